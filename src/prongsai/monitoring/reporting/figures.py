"""What a yearly report consists of, in plain values: no clock, no database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from statistics import median
from typing import Any

from prongsai.thai.dates import end_of, format_date, start_of
from prongsai.thai.periods import months, whole_year

Cell = str | int | float
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Span:
    """A fiscal year (Buddhist era) as far as it is told: from its first day to `last`, both in it, in Thailand."""

    year: int
    last: date

    @classmethod
    def told(cls, year: int, *, on: date) -> "Span":
        """Until its end, or until the day on which it is asked for. Raises `ValueError` before it has begun."""
        whole = whole_year(year)
        if on < whole.first:
            raise ValueError(f"fiscal year {year} has not begun on {on}")
        return cls(year, min(whole.last, on))

    @property
    def first(self) -> date:
        return whole_year(self.year).first

    @property
    def is_whole(self) -> bool:
        return self.last == whole_year(self.year).last

    @property
    def begin(self) -> datetime:
        """The first moment that counts."""
        return start_of(self.first)

    @property
    def end(self) -> datetime:
        """The first moment that does not count any more."""
        return end_of(self.last)

    @property
    def words(self) -> str:
        return f"ตั้งแต่ {format_date(self.first)} ถึงสิ้นวันที่ {format_date(self.last)} ตามเวลาในประเทศไทย"

    @property
    def quarter_ends(self) -> tuple[date, ...]:
        """Those that have come."""
        ends = (months(self.year, place - 2, place).last for place in (3, 6, 9, 12))
        return tuple(day for day in ends if day <= self.last)


@dataclass(frozen=True)
class Figures:
    """One table. `counted` says in one sentence what is counted; `nothing` stands where there are no rows."""

    key: str
    title: str
    counted: str
    header: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    nothing: str = "ไม่มีในช่วงเวลานี้"

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "title": self.title,
            "counted": self.counted,
            "header": list(self.header),
            "rows": [list(row) for row in self.rows],
        }


@dataclass(frozen=True)
class Done:
    """What was done under one clause of the founding document, told from the figures."""

    clause: str
    subject: str
    done: str


@dataclass(frozen=True)
class Report:
    span: Span
    clauses: tuple[Done, ...]
    figures: tuple[Figures, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "year": self.span.year,
            "first": self.span.first.isoformat(),
            "last": self.span.last.isoformat(),
            "is_whole": self.span.is_whole,
            "clauses": [vars(each) for each in self.clauses],
            "figures": [each.to_json() for each in self.figures],
        }


def middle(days: Collection[float]) -> float:
    """The median, to one decimal; the collection is not empty."""
    return round(median(days), 1)


def nine_of_ten(days: Collection[float]) -> float:
    """The smallest of them that at least nine in ten do not exceed, to one decimal; the collection is not empty."""
    return round(sorted(days)[ceil(0.9 * len(days)) - 1], 1)
