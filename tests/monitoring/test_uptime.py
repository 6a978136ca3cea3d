"""A month of answers: what was well, when it was out, and when nobody watched; and the sums that the public sees."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connections

from prongsai.monitoring.models import Uptime
from prongsai.monitoring.uptime import Answer, Checks, Month, month_of, share
from prongsai.monitoring.uptime_papers import months, tell_uptime, uptime_pdf, watched_month
from prongsai.record.models import UptimeDay
from prongsai.record.uptime import UptimeTally, uptime_of_month
from prongsai.thai.dates import BANGKOK

FIRST = date(2026, 11, 1)
BEGIN = datetime(2026, 11, 1, tzinfo=BANGKOK)
DONE = datetime(2026, 12, 3, tzinfo=BANGKOK)
DOWN, SLOW, FINE = (503, 40), (200, 2_001), (200, 2_000)


def at(minutes: float) -> datetime:
    return BEGIN + timedelta(minutes=minutes)


def answers(kinds: Iterable[tuple[float, tuple[int, int]]]) -> list[Answer]:
    return [Answer(at(minutes), *said) for minutes, said in kinds]


def until(minutes: float, *kinds: tuple[float, tuple[int, int]]) -> Month:
    """The month as it stood so many minutes after its beginning."""
    return month_of(answers(kinds), first=FIRST, now=at(minutes))


def spells(month: Month) -> tuple[list[tuple[int, int, bool]], list[tuple[int, int]]]:
    """Outages and what was not watched, in minutes since the month began."""

    def minutes(moment: datetime) -> int:
        return round((moment - BEGIN) / timedelta(minutes=1))

    out = [
        (minutes(each.begun_at), minutes(each.ended_at), each.is_end_seen) for each in month.outages
    ]
    blind = [(minutes(each.begun_at), minutes(each.ended_at)) for each in month.unwatched]
    return out, blind


@pytest.mark.parametrize(
    ("kinds", "out", "blind"),
    [
        ([(0, FINE), (5, FINE), (10, FINE)], [], []),
        # Slow is no outage, though it is not well.
        ([(0, FINE), (5, SLOW), (10, FINE)], [], []),
        ([(0, FINE), (5, DOWN), (10, FINE)], [(5, 10, True)], []),
        # The month begins or ends in an outage.
        ([(0, DOWN), (5, DOWN), (10, DOWN)], [(0, 15, False)], []),
        # Nobody knows when it came back, for nobody looked.
        ([(0, DOWN), (14, FINE)], [(0, 10, False)], [(10, 14)]),
        # The first answer comes late, and the last one speaks no further than ten minutes.
        ([(3, FINE)], [], [(0, 3), (13, 15)]),
        ([], [], [(0, 15)]),
        # The one before the month speaks into it.
        ([(-5, FINE), (4, FINE), (10, FINE)], [], []),
    ],
)
def test_a_quarter_of_an_hour(
    kinds: list[tuple[float, tuple[int, int]]],
    out: list[tuple[int, int, bool]],
    blind: list[tuple[int, int]],
) -> None:
    assert spells(until(15, *kinds)) == (out, blind)


def test_a_month_without_a_gap_is_watched_whole() -> None:
    kinds = [(5.0 * number, FINE) for number in range(8640)]
    month = month_of(answers(kinds), first=FIRST, now=DONE)
    assert (month.checks, month.well, month.share) == (8640, 8640, "100.00")
    assert (month.minutes, month.watched_minutes) == (43_200, 43_200)


def test_the_figures_add_up_and_one_failure_is_never_rounded_away() -> None:
    kinds = [(5.0 * number, FINE) for number in range(8638)] + [(43_190, SLOW), (43_195, DOWN)]
    month = month_of(answers(kinds), first=FIRST, now=DONE)
    assert (month.well, month.slow, month.failed, month.share) == (8638, 1, 1, "99.97")
    assert share(99_999, 100_000) == "99.99"
    assert share(0, 0) == "–"


def kept(*kinds: tuple[float, tuple[int, int]]) -> None:
    for minutes, (status, milliseconds) in kinds:
        Uptime.objects.create(at=at(minutes), status=status, milliseconds=milliseconds)


@pytest.mark.django_db(databases=["default", "record"])
def test_each_day_that_is_over_is_told_once() -> None:
    kept((0, FINE), (5, DOWN), (1439, FINE), (1440, FINE), (2880, FINE))
    assert tell_uptime(at=at(2885)) == 2
    assert tell_uptime(at=at(2885)) == 0
    assert list(UptimeDay.objects.values_list("on_date", "checks", "well")) == [
        (date(2026, 11, 1), 3, 2),
        (date(2026, 11, 2), 1, 1),
    ]
    assert uptime_of_month(on=date(2026, 11, 3)) == UptimeTally(FIRST, date(2026, 11, 2), 4, 3)
    assert uptime_of_month(on=FIRST) is None


@pytest.mark.django_db(databases=["default", "record"])
@pytest.mark.parametrize(
    "statement", ["UPDATE record_uptimeday SET well = 0", "DELETE FROM record_uptimeday"]
)
def test_what_was_told_is_not_changed(statement: str) -> None:
    kept((0, FINE))
    tell_uptime(at=at(1441))
    with pytest.raises(DatabaseError), connections["record"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(databases=["default", "record"])
def test_a_month_has_a_certificate_and_one_without_a_look_has_none() -> None:
    kept((0, FINE), (5, DOWN), (10, FINE))
    month = watched_month(FIRST, at=DONE)
    assert month is not None
    pdf = uptime_pdf(month, address="https://www.tangjai.example", on=date(2026, 12, 3))
    assert pdf.startswith(b"%PDF-")
    assert watched_month(date(2026, 10, 1), at=DONE) is None
    assert months(on=date(2026, 12, 3)) == [Checks(FIRST, 3, 2, 0)]
