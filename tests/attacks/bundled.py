"""Approves a bundle in an installation through the real actions, and prints the reference of each member's submission.

`python -m tests.attacks.bundled 6`
"""

import os
import sys
from datetime import UTC, datetime

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "prongsai.config.settings.worker"
django.setup()

from prongsai.approval.bundles.actions import open_bundle, seen_of, send_bundle  # noqa: E402 -- settings come first
from prongsai.approval.bundles.deciding import decide_bundle  # noqa: E402
from prongsai.approval.models import Submission  # noqa: E402
from prongsai.approval.states import SubmissionState, Verdict  # noqa: E402
from prongsai.config.demonstration.loader import holder  # noqa: E402
from prongsai.organisation.models import Unit  # noqa: E402
from prongsai.screening.actions import submit_for_screening  # noqa: E402
from tests.attacks.approved import UNIT, written  # noqa: E402


def approved(how_many: int) -> list[Submission]:
    at = datetime.now(UTC)
    officer = holder(f"officer-{UNIT}", at=at)
    works = [written(f"เล่มที่ {number + 1}", 0) for number in range(how_many)]
    for each in works:
        submit_for_screening(disclosure=each, by=officer, at=at)
    unit = Unit.objects.get(code=UNIT)
    bundle = open_bundle(title="แผนประจำปี", unit=unit, disclosures=works, by=officer, at=at)
    sending = send_bundle(bundle=bundle, seen=seen_of(bundle, works), by=officer, at=at)
    rows = sending.submissions.order_by("place")
    while (lead := rows[0]).state == SubmissionState.UNDER_WAY:
        post, now = lead.steps[lead.step]["posts"][0], datetime.now(UTC)
        decide_bundle(
            sending=sending, verdict=Verdict.ENDORSE, hash_seen=sending.statement_hash,
            by=holder(post, at=now), at=now,
        )  # fmt: skip
    return list(rows)


if __name__ == "__main__":
    for each in approved(int(sys.argv[1])):
        sys.stdout.write(f"{each.ref}\n")
