"""What will fall due, month by month: of what was last seen, and of the periods that the next fiscal year brings."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from prongsai.monitoring.periods import parts
from prongsai.obligations.results import OWED, Result
from prongsai.obligations.states import RETURNS_WITHIN_THE_YEAR, RETURNS_YEARLY
from prongsai.record.owed import Line, PartLine

MONTHS = 12


@dataclass(frozen=True)
class Falling:
    """One thing to do for a duty; without a day it is owed already."""

    line: Line
    day: date | None

    @property
    def place(self) -> tuple[str, int]:
        return self.line.duty.key, self.line.year

    @property
    def month(self) -> date | None:
        """Its first day."""
        return self.day.replace(day=1) if self.day else None


def months_from(on: date) -> list[date]:
    """First days of the months that are looked at, this one first."""
    found = [on.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] + timedelta(days=31)).replace(day=1))
    return found


def falling(found: Iterable[Line], *, on: date, holidays: Collection[date]) -> list[Falling]:
    """In these months, and what is owed. A period without a day counts on its last: then it can be reported on."""
    months = frozenset(months_from(on))
    things = (Falling(line, day) for line in found for day in _days(line, on, holidays))
    return [each for each in things if each.month is None or each.month in months]


def _days(line: Line, on: date, holidays: Collection[date]) -> Iterator[date | None]:
    for part in line.parts:
        if part.result in OWED:
            is_to_come = part.due_date is not None and part.due_date >= on
            yield part.due_date if is_to_come else None
        elif day := _day(line, part):
            # A look again that was due yesterday and is not yet seen as late is for today.
            yield max(day, on)
    yield from _next_year(line, on, holidays)


def _day(line: Line, part: PartLine) -> date | None:
    if part.result == Result.MET:
        return part.review_date
    if part.result != Result.NOT_DUE:
        return None
    return part.due_date or _end(line, part.last)


def _end(line: Line, last: date) -> date | None:
    return last if line.duty.period in RETURNS_WITHIN_THE_YEAR else None


def _next_year(line: Line, on: date, holidays: Collection[date]) -> Iterator[date]:
    """Of standing duties; which yearly list there will be, nobody knows."""
    duty = line.duty
    is_listed = duty.instrument.assessment_year is not None
    if is_listed or line.is_last_year or duty.period not in RETURNS_YEARLY:
        return
    for part in parts(duty, line.year + 1, holidays):
        day = part.due_date or _end(line, part.stretch.last)
        if day is not None and day >= on:
            yield day
