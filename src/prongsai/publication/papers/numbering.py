"""Numbers of official papers: each series runs through a Buddhist calendar year without gaps and without repeats."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.publication.models import IssuedNumber
from prongsai.publication.papers.rules import document_number
from prongsai.thai.dates import buddhist_year

ORDERS = "order"


def letters_of(unit: Unit) -> tuple[str, str]:
    """Series and prefix: the letters of the unit or of the nearest one above it that has some."""
    above: Unit | None = unit
    while above is not None:
        if above.letter_code:
            # By the letters, not by the unit: two units that write under the same letters share one register.
            return above.letter_code, above.letter_code
        above = above.parent
    return f"unit:{unit.code}", ""


@transaction.atomic
def issue_number(
    *, key: str, series: str, prefix: str, day: date, by: Actor, at: datetime
) -> IssuedNumber:
    """The number of the paper `key`, dated `day`: a new one the first time, the same one ever after.

    What is rolled back was never issued: the next one gets that number.
    """
    known = IssuedNumber.objects.filter(key=key).first()
    if known is not None:
        return known
    year = buddhist_year(day)
    # Transactions come one after another: no other hand writes a number meanwhile.
    last = IssuedNumber.objects.filter(series=series, year=year).aggregate(last=Max("running"))
    running = (last["last"] or 0) + 1
    issued = IssuedNumber.objects.create(
        key=key,
        series=series,
        year=year,
        running=running,
        text=document_number(prefix, running, day),
        at=at,
    )
    record_act(
        by=by,
        at=at,
        verb="issue_number",
        subject=key,
        details={"number": issued.text, "year": year},
    )
    return issued
