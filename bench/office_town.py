"""A town with work on every desk, made through the real actions; a program that runs with the worker's settings.

    python -m bench.office_town 500

Prints, as JSON, the references of the drafts that several people may write at.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice

import django

django.setup()

from django.db import transaction  # noqa: E402 -- Django must be set up first

from prongsai.approval.actions import decide, submit  # noqa: E402 -- as above
from prongsai.approval.models import Submission  # noqa: E402
from prongsai.approval.states import SubmissionState, Verdict  # noqa: E402
from prongsai.config.demonstration.loader import holder  # noqa: E402
from prongsai.disclosures.actions import save, start  # noqa: E402
from prongsai.disclosures.content import Content  # noqa: E402
from prongsai.disclosures.models import Disclosure  # noqa: E402
from prongsai.organisation.models import Unit  # noqa: E402
from prongsai.publication.actions import publish  # noqa: E402
from prongsai.screening.actions import submit_for_screening  # noqa: E402

UNITS = (
    *("administration", "disaster", "dissemination", "supplies"),
    *("construction", "environment", "schools", "community"),
)
SUBJECTS = (
    "แผนปรับปรุงถนน",
    "รายงานผลการดำเนินงาน",
    "งบประมาณรายจ่าย",
    "เชิญร่วมงานลอยกระทง",
    "แจ้งปิดถนนชั่วคราว",
)
PARAGRAPH = (
    "<p>เทศบาลขอแจ้งให้ประชาชนในเขตเทศบาลทราบว่าได้ดำเนินการตามแผนงานประจำปีแล้ว "
    "ขอดูเอกสารฉบับเต็มได้ที่สำนักงานเทศบาลในวันและเวลาราชการ</p>"
)
SECTIONS = {"news": "news", "information": "basic"}
# What became of the works, again and again in this order: how many words were said, and how it ended.
ENDS = ("0", "1", "0", "1", "published", "0", "1", "scheduled", "1", "remanded")
DRAFTS_A_UNIT, SHARED = 10, 4


def draft(place: int, unit: str, at: datetime) -> Disclosure:
    kind = "information" if place % 5 < 2 else "news"
    by = holder(f"officer-{unit}", at=at)
    made = start(kind=kind, unit=Unit.objects.get(code=unit), by=by, at=at)
    made.refresh_from_db()
    content = Content(
        kind=kind,
        section=SECTIONS[kind],
        unit=unit,
        title=f"{SUBJECTS[place % len(SUBJECTS)]} เรื่องที่ {place}",
        summary="สรุปเรื่องสั้น ๆ ให้ประชาชนเข้าใจ",
        body=PARAGRAPH * 6,
        fiscal_year=2569,
        source="งานสถิติ",
    )
    save(disclosure=made, content=content, base_sequence=1, by=by, at=at)
    made.refresh_from_db()
    return made


def submitted(place: int, unit: str, end: str, at: datetime) -> None:
    work, by = draft(place, unit, at), holder(f"officer-{unit}", at=at)
    submit_for_screening(disclosure=work, by=by, at=at)
    work.refresh_from_db()
    later = at + timedelta(days=400) if end == "scheduled" else None
    sent = submit(disclosure=work, action="published", by=by, at=at, publish_after=later)
    if end == "remanded":
        say(sent, Verdict.REMAND_TO_START, "ขอให้แก้หัวข้อให้ตรงกับเนื้อหา", at)
    elif end.isdigit():
        for _word in range(int(end)):
            say(sent, Verdict.ENDORSE, "", at)
    else:
        while sent.state == SubmissionState.UNDER_WAY:
            say(sent, Verdict.ENDORSE, "", at)
    if end == "published":
        publish(submission_ref=sent.ref, at=at)


def say(sent: Submission, verdict: Verdict, reason: str, at: datetime) -> None:
    by = holder(sent.steps[sent.step]["posts"][0], at=at)
    seen = sent.content_hash
    decide(submission=sent, verdict=verdict, reason=reason, content_hash_seen=seen, by=by, at=at)
    sent.refresh_from_db()


def main(count: int) -> None:
    """The works are a day old; the shared drafts are the first of each unit."""
    at = datetime.now(UTC) - timedelta(days=1)
    for place, unit, end in islice(zip(range(count), cycle(UNITS), ends(), strict=False), count):
        if end == "published":
            submitted(place, unit, end, at)
        else:
            with transaction.atomic():
                submitted(place, unit, end, at)
    shared = []
    for number, unit in enumerate(UNITS * DRAFTS_A_UNIT):
        with transaction.atomic():
            made = draft(count + number, unit, at)
        if number < SHARED:
            shared.append(str(made.ref))
    sys.stdout.write(json.dumps(shared))


def ends() -> "cycle[str]":
    return cycle(ENDS)


if __name__ == "__main__":
    main(int(sys.argv[1]))
