"""Approves a bundle in an installation through the real actions, and prints the reference of each member's submission.

The second member corrects what was published alone just before; the reference of that stands last.

`python -m tests.attacks.bundled 6`
"""

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "prongsai.config.settings.worker"
django.setup()

from prongsai.approval.bundles.actions import open_bundle, seen_of, send_bundle  # noqa: E402 -- settings come first
from prongsai.approval.bundles.deciding import decide_bundle  # noqa: E402
from prongsai.approval.bundles.rules import Change  # noqa: E402
from prongsai.approval.models import Submission  # noqa: E402
from prongsai.approval.states import SubmissionState, Verdict  # noqa: E402
from prongsai.config.demonstration.loader import holder  # noqa: E402
from prongsai.disclosures.actions import begin_correction, save  # noqa: E402
from prongsai.disclosures.content import Content  # noqa: E402
from prongsai.disclosures.models import Disclosure  # noqa: E402
from prongsai.organisation.models import Unit  # noqa: E402
from prongsai.publication.actions import publish  # noqa: E402
from prongsai.screening.actions import submit_for_screening  # noqa: E402
from tests.attacks.approved import UNIT, endorse, submitted, written  # noqa: E402


def corrected() -> tuple[Submission, Disclosure]:
    """What was published alone, and its work with another title."""
    first = submitted(written("เล่มที่แก้", 0))
    endorse(first)
    at = datetime.now(UTC)
    publish(submission_ref=first.ref, at=at)
    work, officer = Disclosure.objects.get(pk=first.disclosure_id), holder(f"officer-{UNIT}", at=at)
    begin_correction(disclosure=work, by=officer, at=at)
    content = replace(Content.from_json(work.latest.content), title="เล่มที่แก้แล้ว")
    save(disclosure=work, content=content, base_sequence=work.latest.sequence, by=officer, at=at)
    return first, work


def approved(how_many: int) -> list[Submission]:
    at = datetime.now(UTC)
    officer = holder(f"officer-{UNIT}", at=at)
    works = [written(f"เล่มที่ {number + 1}", 0) for number in range(how_many - 1)]
    first, correction = corrected()
    works.insert(1, correction)
    for each in works:
        submit_for_screening(disclosure=each, by=officer, at=at)
    unit = Unit.objects.get(code=UNIT)
    bundle = open_bundle(title="แผนประจำปี", unit=unit, disclosures=works, by=officer, at=at)
    sending = send_bundle(
        bundle=bundle, seen=seen_of(bundle, works), by=officer, at=datetime.now(UTC),
        changes={str(correction.ref): Change("แก้ชื่อ")},
    )  # fmt: skip
    rows = sending.submissions.order_by("place")
    while (lead := rows[0]).state == SubmissionState.UNDER_WAY:
        post, now = lead.steps[lead.step]["posts"][0], datetime.now(UTC)
        decide_bundle(
            sending=sending, verdict=Verdict.ENDORSE, hash_seen=sending.statement_hash,
            by=holder(post, at=now), at=now,
        )  # fmt: skip
    return [*rows, first]


if __name__ == "__main__":
    for each in approved(int(sys.argv[1])):
        sys.stdout.write(f"{each.ref}\n")
