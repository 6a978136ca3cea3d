"""For which periods of a year a duty must be met, and until when. Plain values: no clock, no database."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from prongsai.obligations.catalogue import Due, Obligation
from prongsai.obligations.states import DueRule, Period
from prongsai.organisation.rules import working_days_after
from prongsai.thai.periods import Stretch, months, whole_year

# Periods of a budget year by their place in it: key, first and last month (1 is October).
_MONTHLY = tuple(
    (f"m{month}", place, place) for place, month in enumerate((10, 11, 12, *range(1, 10)), 1)
)
_QUARTERLY = tuple((f"q{quarter}", quarter * 3 - 2, quarter * 3) for quarter in range(1, 5))
_HALVES = (("h1", 1, 6), ("h2", 7, 12))
_WITHIN = {Period.MONTHLY: _MONTHLY, Period.QUARTERLY: _QUARTERLY, Period.HALF_YEAR: _HALVES}


@dataclass(frozen=True)
class Part:
    """One period that must be shown. `key` is "" for the whole year and for what is simply kept current.

    `due_date` is the last day on which it is in time; None where no source says one.
    """

    key: str
    stretch: Stretch
    due_date: date | None


def basis_year(obligation: Obligation, year: int) -> int:
    """The fiscal year that the content must speak of when it is shown in `year` (both Buddhist era)."""
    return year + obligation.year_offset


def parts(obligation: Obligation, year: int, holidays: Collection[date]) -> tuple[Part, ...]:
    """What is owed in the fiscal year `year`, in the order of time."""
    return tuple(
        Part(key, stretch, _due_date(obligation.due, year, stretch, holidays))
        for key, stretch in _stretches(obligation, year)
    )


def _stretches(obligation: Obligation, year: int) -> Iterator[tuple[str, Stretch]]:
    basis = basis_year(obligation, year)
    within = _WITHIN.get(obligation.period)
    if within is None:
        yield "", whole_year(basis)
        return
    for key, first, last in within:
        if obligation.part == "first_half" and last > 6:
            continue
        yield key, months(basis, first, last)


def _due_date(due: Due, year: int, stretch: Stretch, holidays: Collection[date]) -> date | None:
    if due.rule == DueRule.DAYS_AFTER_PERIOD:
        return stretch.last + timedelta(days=due.days)
    if due.rule == DueRule.WORKING_DAYS_AFTER_PERIOD:
        return working_days_after(stretch.last, due.days, holidays)
    if due.rule == DueRule.DATE_IN_YEAR:
        return _date_in(whole_year(year), due)
    return None


def _date_in(year: Stretch, due: Due) -> date:
    """The day of the budget year; in a year that has no 29 February, the day before."""
    in_common = year.first.year if due.month >= year.first.month else year.last.year
    last = (date(in_common + due.month // 12, due.month % 12 + 1, 1) - timedelta(days=1)).day
    return date(in_common, due.month, min(due.day, last))


def is_open(part: Part, obligation: Obligation, *, on: date) -> bool:
    """Whether there is still time: the period runs, or its due date has not passed."""
    if part.due_date is not None:
        return on <= part.due_date
    # A report on a period cannot be there before its end.
    return obligation.period in _WITHIN and on <= part.stretch.last
