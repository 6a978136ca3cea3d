"""The days on which offices are closed, from data files: ours, and what the municipality adds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from prongsai.organisation.rows import Column, Row, parse
from prongsai.organisation.rules import made_up_for

DATA = Path(__file__).parent / "data" / "holidays.toml"
CONFIDENCES = frozenset({"high", "medium", "low"})
_NAMED = {"name": Column(), "confidence": Column(choices=CONFIDENCES)}
EVERY_YEAR = {"month": Column(type=int), "day": Column(type=int)} | _NAMED
DAYS = {"date": Column(type=date)} | _NAMED
# As far as deadlines are counted ahead.
YEARS_AHEAD = 2


@dataclass(frozen=True)
class Calendar:
    """Days fixed for every year as (month, day), and days of single years."""

    every_year: frozenset[tuple[int, int]]
    days: frozenset[date]

    def holidays(self, years: Iterable[int]) -> frozenset[date]:
        """All of those years of the common era, with the working days that make up for those on weekends."""
        fixed = {date(year, month, day) for year in years for month, day in self.every_year}
        return made_up_for(fixed | self.days)


def read_calendar(text: str, *, name: str) -> Calendar:
    """Raises `BadFile`."""
    rows = parse(text, name=name)
    fixed = rows.table("every_year", EVERY_YEAR)
    for index, row in enumerate(fixed):
        if not _is_day(row):
            raise rows.error("every_year", index, "ไม่มีวันนี้ในปฏิทิน โปรดแก้ month หรือ day")
    days = rows.table("days", DAYS)
    return Calendar(
        frozenset((row["month"], row["day"]) for row in fixed),
        frozenset(row["date"] for row in days),
    )


def _is_day(row: Row) -> bool:
    try:
        # No leap year: 29 February does not come every year.
        return bool(date(2023, row["month"], row["day"]))
    except ValueError:
        return False


@cache
def calendar(own: Path | None) -> Calendar:
    """Ours and, where that file exists, the municipality's. Raises `BadFile`."""
    ours = read_calendar(DATA.read_text(encoding="utf-8"), name=DATA.name)
    if own is None or not own.exists():
        return ours
    theirs = read_calendar(own.read_text(encoding="utf-8"), name=own.name)
    return Calendar(ours.every_year | theirs.every_year, ours.days | theirs.days)


def holidays_from(day: date, own: Path | None) -> frozenset[date]:
    """Those that a deadline which begins on that day may meet."""
    return calendar(own).holidays(range(day.year, day.year + YEARS_AHEAD))


def holidays_around(day: date, own: Path | None) -> frozenset[date]:
    """Those that a deadline near that day may meet when one counts back from it, or on."""
    return calendar(own).holidays(range(day.year - YEARS_AHEAD, day.year + YEARS_AHEAD + 1))
