"""The public board of what is owed: what was asked for, and what the pages show of it."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import catalogue_stamp
from prongsai.obligations.results import FULFILLED, ORDER, Result
from prongsai.portal.calendars import DueDay, calendar
from prongsai.portal.filters import Choice, Filters
from prongsai.portal.units import unit_name
from prongsai.record.evidence import exhibits, explanation
from prongsai.record.owed import (
    Line,
    Tally,
    groups,
    history,
    line,
    lines,
    newest_group,
    tallies_at,
    tally,
)
from prongsai.record.templatetags.owed import evidence_path
from prongsai.record.uptime import uptime_of_month
from prongsai.thai.dates import UnreadableDate, parse_date

LONGEST = 80
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# The history of a list is told by the ends of months: that many of them, and today.
MONTHS_TOLD = 12


def with_days(standing: Callable[[], Hashable | None]) -> Callable[[], Hashable | None]:
    """What pages are valid for, with the day in Thailand (how late something is changes at midnight) and the duties."""

    def today() -> Hashable | None:
        found = standing()
        return None if found is None else (found, localdate(), catalogue_stamp())

    return today


@dataclass(frozen=True)
class Chosen:
    """What the reader narrowed the board to. `on` is the day that it is asked for; None is now."""

    result: str = ""
    post: str = ""
    on: date | None = None

    def holds(self, line: Line) -> bool:
        return self.result in ("", line.result.value) and self.post in ("", line.post_code)


def chosen(query: Mapping[str, str]) -> Chosen:
    result = query.get("result", "")
    known = result if result in Result.values else ""
    return Chosen(known, query.get("post", "")[:LONGEST], day_asked(query))


def day_asked(query: Mapping[str, str]) -> date | None:
    """The day in `on`, as ISO or as people write it; None for none, for what is no day, and for one to come."""
    written = query.get("on", "")
    try:
        day = date.fromisoformat(written) if ISO_DAY.fullmatch(written) else parse_date(written)
    except (ValueError, UnreadableDate):
        return None
    return day if day <= localdate() else None


def board_page(narrowed: Chosen) -> dict[str, Any]:
    found = lines(on=narrowed.on)
    shown = [each for each in found if narrowed.holds(each)]
    return {
        "tally": tally(found),
        "groups": groups(found),
        "owed": late_first([each for each in shown if each.is_owed], narrowed.on or localdate()),
        "filters": _filters(narrowed, found),
        "on": narrowed.on,
        "uptime": uptime_of_month(on=narrowed.on or localdate()),
    }


def instrument_page(key: str, narrowed: Chosen) -> dict[str, Any] | None:
    """The newest year of a law or list; None for one that no file knows, or that was not looked at yet."""
    group, today = newest_group(key, on=narrowed.on), narrowed.on or localdate()
    if group is None:
        return None
    return {
        "instrument": group.instrument,
        "year": group.year,
        "tally": group.tally,
        "lines": [
            Late(each, each.days_late(today)) for each in group.lines if narrowed.holds(each)
        ],
        "filters": _filters(narrowed, group.lines),
        "history": month_ends(group.lines, group.year, on=today),
        "on": narrowed.on,
    }


def evidence_page(duty: Obligation, query: Mapping[str, str]) -> dict[str, Any] | None:
    """One duty as it stands or stood, with what shows it; None while nobody has looked at it."""
    on, year = day_asked(query), query.get("year", "")
    found = line(duty.key, year=int(year) if year.isdecimal() and len(year) == 4 else None, on=on)
    if found is None:
        return None
    shown = exhibits(found)
    return {
        "line": found,
        "exhibits": shown,
        "explanation": explanation(found, shown),
        "history": history(duty.key, found.year),
        "late": found.days_late(on or localdate()),
        "on": on,
    }


def due_calendar(*, origin: str, name: str, at: datetime, unit: str = "") -> str:
    """What is still to be met and has a day: each period that is not met yet; of all units for ""."""
    days = [
        DueDay(
            uid=f"{each.duty.key}-{each.year}-{part.key or 'year'}@prongsai",
            on=part.due_date,
            title=" ".join(filter(None, [each.duty.named, part.label])),
            about=" · ".join(filter(None, [each.duty.instrument.short, each.post])),
            url=f"{origin}{evidence_path(each.duty, 'th')}",
        )
        for each in lines()
        if unit in ("", each.unit_code)
        for part in each.parts
        if part.due_date and part.result not in FULFILLED
    ]
    named = f"{name} · {unit_name(unit)}" if unit else name
    return calendar(sorted(days, key=lambda each: (each.on, each.uid)), name=named, at=at)


@dataclass(frozen=True)
class Late:
    """A duty that is owed, and for how many calendar days past its date; 0 where no date is known."""

    line: Line
    days: int


def late_first(owed: Iterable[Line], on: date) -> list[Late]:
    """The longest overdue first, then the worse result, in the order of the lists."""
    found = [Late(each, each.days_late(on)) for each in owed]
    return sorted(found, key=lambda each: (-each.days, -ORDER.index(each.line.result)))


def month_ends(of_year: Iterable[Line], year: int, *, on: date) -> list[tuple[date, Tally]]:
    """How many were met at the end of each of the last months, and on the day itself; months before the first look
    are left out.
    """
    days = [on]
    while len(days) <= MONTHS_TOLD:
        days.insert(0, days[0].replace(day=1) - timedelta(days=1))
    keys = [each.duty.key for each in of_year]
    return [(day, found) for day, found in tallies_at(keys, year, days) if found.total]


def _filters(narrowed: Chosen, found: Iterable[Line]) -> Filters:
    posts = {each.post_code: each.post for each in found if each.post_code}
    results = tuple((each.value, str(each.label)) for each in ORDER)
    choices = [Choice("result", _("สถานะ"), results, narrowed.result)]
    if posts:
        options = tuple(sorted(posts.items(), key=lambda each: each[1]))
        choices.append(Choice("post", _("ผู้รับผิดชอบ"), options, narrowed.post))
    kept = {"on": narrowed.on.isoformat()} if narrowed.on else {}
    return Filters(tuple(choices), kept)
