"""Fills an installation with submissions through the real actions: `python -m tests.attacks.approved 5 [--under-way]`.

Prints the reference of each.
"""

import os
import sys
from datetime import UTC, datetime
from io import BytesIO

import django

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

UNIT = "dissemination"


def written(title: str, annex: bytes) -> Disclosure:
    """A piece of news with one text file."""
    at = datetime.now(UTC)
    officer = holder(f"officer-{UNIT}", at=at)
    made = start(kind="news", unit=Unit.objects.get(code=UNIT), by=officer, at=at)
    upload = BytesIO(annex)
    upload.name = "หลักเกณฑ์.txt"
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


def main(words: list[str]) -> None:
    annex = b"x" * int(words[words.index("--annex") + 1]) if "--annex" in words else b""
    for number in range(int(words[0])):
        title = f"ข่าวที่ {number + 1}"
        submission = submitted(written(title, annex or title.encode()))
        if "--under-way" not in words:
            endorse(submission)
        sys.stdout.write(f"{submission.ref}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
