"""Fills an installation with submissions through the real actions, and prints the reference of each.

`python -m tests.attacks.approved 5 [--under-way] [--size BYTES]`: the first one's file has that size.
`python -m tests.attacks.approved --go-on`: one after the other, until its standard input ends.
"""

import os
import select
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import count

import django
import pikepdf

os.environ["DJANGO_SETTINGS_MODULE"] = "prongsai.config.settings.worker"
django.setup()

from prongsai.approval.actions import decide, submit  # noqa: E402 -- settings come first
from prongsai.approval.models import Submission  # noqa: E402
from prongsai.approval.states import SubmissionState, Verdict  # noqa: E402
from prongsai.config.demonstration.loader import holder  # noqa: E402
from prongsai.disclosures.actions import attach, save, start  # noqa: E402
from prongsai.disclosures.content import Content  # noqa: E402
from prongsai.disclosures.models import Disclosure  # noqa: E402
from prongsai.files.actions import receive  # noqa: E402
from prongsai.organisation.models import Unit  # noqa: E402
from prongsai.screening.actions import submit_for_screening  # noqa: E402
from tests.files.samples import pdf  # noqa: E402

UNIT = "dissemination"
# Seconds in which other processes get on with theirs.
PAUSE = 0.4


def big_pdf(size: int) -> bytes:
    """A page of text, and so many bytes of what an editor's program keeps for itself."""

    def swell(made: pikepdf.Pdf) -> None:
        kept = pikepdf.Stream(made, os.urandom(size))
        made.Root.PieceInfo = pikepdf.Dictionary(Editor=pikepdf.Dictionary(Private=kept))

    return pdf(swell)


def written(title: str, size: int) -> Disclosure:
    """A piece of news with one file: a line of text, or a PDF of at least `size` bytes."""
    at = datetime.now(UTC)
    officer = holder(f"officer-{UNIT}", at=at)
    made = start(kind="news", unit=Unit.objects.get(code=UNIT), by=officer, at=at)
    upload = BytesIO(big_pdf(size) if size else title.encode())
    upload.name = "หลักเกณฑ์.pdf" if size else "หลักเกณฑ์.txt"
    attach(
        disclosure=made,
        file=receive(upload=upload, by=officer, at=at),
        by=officer,
        at=at,
        slot="main",
    )
    content = Content(
        kind="news",
        section="news",
        unit=UNIT,
        title=title,
        summary="แจ้งประชาชน",
        body="<p>รายละเอียด</p>",
    )
    save(disclosure=made, content=content, base_sequence=made.latest.sequence, by=officer, at=at)
    return made


def submitted(disclosure: Disclosure) -> Submission:
    at = datetime.now(UTC)
    officer = holder(f"officer-{UNIT}", at=at)
    submit_for_screening(disclosure=disclosure, by=officer, at=at)
    disclosure.refresh_from_db()
    return submit(disclosure=disclosure, action="published", by=officer, at=at)


def endorse(submission: Submission) -> None:
    """By every post of its chain."""
    while submission.state == SubmissionState.UNDER_WAY:
        at = datetime.now(UTC)
        post = submission.steps[submission.step]["posts"][0]
        decide(
            submission=submission, verdict=Verdict.ENDORSE, by=holder(post, at=at), at=at,
            content_hash_seen=submission.content_hash,
        )  # fmt: skip


def numbers(words: list[str]) -> Iterator[int]:
    """How many, or one whenever there was a pause and nobody has said that it is enough."""
    if "--go-on" not in words:
        yield from range(1, int(words[0]) + 1)
        return
    for number in count(1):
        if select.select([sys.stdin], [], [], PAUSE)[0]:
            return
        yield number


def main(words: list[str]) -> None:
    size = int(words[words.index("--size") + 1]) if "--size" in words else 0
    for number in numbers(words):
        submission = submitted(written(f"ข่าวที่ {number}", size if number == 1 else 0))
        if "--under-way" not in words:
            endorse(submission)
        sys.stdout.write(f"{submission.ref}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
