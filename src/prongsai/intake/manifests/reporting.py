"""An outcome as rows of a report: one for each problem, so that a spreadsheet can be worked through."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.intake.manifests.running import Outcome, Status
from prongsai.record.cells import harmless

HEADINGS = (_("แถว"), _("ไฟล์"), _("ผล"), _("คอลัมน์"), _("ปัญหาและวิธีแก้"))
STATUSES: Mapping[Status, Promise] = {
    "ready": _("พร้อมนำเข้า"),
    "made": _("ทำเป็นฉบับร่างแล้ว"),
    "there": _("นำเข้าไปแล้ว"),
    "wrong": _("ต้องแก้"),
}


def report_rows(outcome: Outcome) -> Iterator[list[str]]:
    """Row number, file, status, column, sentence."""
    head = [str(outcome.row), harmless(outcome.file), str(STATUSES[outcome.status])]
    for problem in outcome.problems:
        yield [*head, harmless(problem.heading), harmless(problem.sentence)]
    if not outcome.problems:
        yield [*head, "", ""]


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """What `prongsai import --json` prints for a row."""
    return {
        "row": outcome.row,
        "file": outcome.file,
        "title": outcome.title,
        "status": outcome.status,
        "disclosure": str(outcome.disclosure.ref) if outcome.disclosure else None,
        "problems": [
            {"column": each.column, "heading": each.heading, "sentence": each.sentence}
            for each in outcome.problems
        ],
    }
