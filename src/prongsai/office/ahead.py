"""The work that lies ahead: what falls due in which month, for which unit, as a table of figures."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.monitoring.forecast import Falling, falling, months_from
from prongsai.office.owed import NO_UNIT, OWED_NOW
from prongsai.organisation.holidays import holidays_around
from prongsai.organisation.queries import unit_names
from prongsai.record.addresses import public_path
from prongsai.record.owed import Line


@dataclass(frozen=True)
class Cell:
    """How many things, and where they are listed."""

    count: int
    address: str


@dataclass(frozen=True)
class MonthAhead:
    """A month (its first day; None for what is owed already). Of the bar, the month with most has 100."""

    month: date | None
    whole: Cell
    length: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class UnitAhead:
    name: str
    calendar: str


@dataclass(frozen=True)
class Ahead:
    units: tuple[UnitAhead, ...]
    months: tuple[MonthAhead, ...]


def in_month(found: Iterable[Line], asked: str, *, on: date) -> list[Line]:
    """Lines with something in that month (`2026-12`, or `OWED_NOW`); all of them for "", as for what is no month."""
    shown = list(found)
    if asked != OWED_NOW and asked not in {f"{month:%Y-%m}" for month in months_from(on)}:
        return shown
    return [line for line in shown if asked in {_asked(each.month) for each in _things([line], on)}]


def _asked(month: date | None) -> str:
    return f"{month:%Y-%m}" if month else OWED_NOW


def _things(found: Iterable[Line], on: date) -> list[Falling]:
    return falling(found, on=on, holidays=holidays_around(on, settings.HOLIDAYS_FILE))


def ahead(found: Iterable[Line], *, on: date) -> Ahead:
    # A duty of several months or items counts once in each month, as the board shows it.
    things = {(each.month, each.line.unit_code, each.place) for each in _things(found, on)}
    counts = Counter((month, unit) for month, unit, _place in things)
    units = _units({unit for _month, unit in counts})
    totals = {
        month: sum(counts[month, unit] for unit in units) for month in [None, *months_from(on)]
    }
    # What is owed already would make all months small; its bar is full.
    most = max((total for month, total in totals.items() if month), default=0)
    rows = [
        MonthAhead(
            month,
            _cell(total, month, None),
            _percent(total, most),
            tuple(_cell(counts[month, unit], month, unit) for unit in units),
        )
        for month, total in totals.items()
    ]
    named = [UnitAhead(name, _calendar(code)) for code, name in units.items()]
    return Ahead(tuple(named), tuple(rows))


def _percent(count: int, most: int) -> int:
    return min(100, 100 * count // most) if most else 0


def _units(codes: AbstractSet[str]) -> dict[str, str]:
    """In the chart's order; what is charged to nobody last."""
    known = {code: name for code, name in unit_names().items() if code in codes}
    others = {code: code or _("ยังไม่ได้มอบ") for code in sorted(codes - known.keys(), reverse=True)}
    return known | others


def _cell(count: int, month: date | None, unit: str | None) -> Cell:
    asked = {"month": _asked(month)}
    if unit is not None:
        asked["unit"] = unit or NO_UNIT
    return Cell(count, f"{reverse('owed')}?{urlencode(asked)}")


def _calendar(unit: str) -> str:
    """Of one unit, for calendars that people subscribe to; none for what is charged to nobody."""
    feed = settings.PORTAL_URL + public_path("due_calendar")
    return f"{feed}?{urlencode({'unit': unit})}" if unit else ""
