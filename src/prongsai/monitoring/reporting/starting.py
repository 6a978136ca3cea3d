"""A yearly report becomes a draft that an officer edits and sends through approval like any other work."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from prongsai.disclosures.actions import save, start
from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import KindCode
from prongsai.monitoring.reporting.draft import report_body, report_summary, report_title
from prongsai.monitoring.reporting.duties import duties_of_report
from prongsai.monitoring.reporting.report import yearly_report
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit

SECTION = "basic"
SOURCE = "ทะเบียนสาธารณะและบันทึกการทำงานของระบบ"


@transaction.atomic
def start_report(*, year: int, unit: Unit, ref: uuid.UUID, by: Actor, at: datetime) -> Disclosure:
    """A draft with the numbers as they stand now, bound to the duties that ask for it.

    The same `ref` again gives the same draft as it is by then. Raises `CannotSave`, and `ValueError` before the year
    has begun.
    """
    duties = tuple(each.key for each in duties_of_report(year))
    report = yearly_report(year, on=localdate(at))
    kind = KindCode.INFORMATION
    made = start(kind=kind, unit=unit, by=by, at=at, ref=ref, duties=duties)
    # Whoever clicks twice must not write over what was typed in between.
    if made.latest is None or made.latest.sequence > 1:
        return made
    content = Content(
        kind=kind,
        section=SECTION,
        unit=unit.code,
        title=report_title(year),
        summary=report_summary(report),
        body=report_body(report),
        fiscal_year=year,
        period=f"ปีงบประมาณ {year}",
        source=SOURCE,
        as_of_date=report.span.last,
        details={"subject": "result"},
        obligations=duties,
    )
    save(disclosure=made, content=content, base_sequence=made.latest.sequence, by=by, at=at)
    made.refresh_from_db()
    return made
