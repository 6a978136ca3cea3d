"""Figures of the dashboards: plain numbers in, plain numbers out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Spread:
    """How many waits there are, and of their days (calendar days) the middle one and the longest."""

    count: int = 0
    median: float = 0.0
    longest: float = 0.0


def spread(days: Iterable[float]) -> Spread:
    known = list(days)
    return Spread(len(known), round(median(known), 1), round(max(known), 1)) if known else Spread()


def days_between(start: datetime, end: datetime) -> float:
    """In days, never below zero: clocks of two machines may differ."""
    return max((end - start) / DAY, 0.0)


def percent(part: int, whole: int) -> int:
    """Rounded to a whole number; of nothing it is 0."""
    return round(100 * part / whole) if whole else 0


def latest_months(day: date, count: int) -> list[date]:
    """First days of that many months, oldest first; the last is the month of `day`."""
    last = day.year * 12 + day.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - count + 1, last + 1)]
