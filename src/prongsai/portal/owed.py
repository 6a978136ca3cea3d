"""The public board of what is owed: what was asked for, and what the pages show of it."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import catalogue_stamp, instrument
from prongsai.obligations.results import FULFILLED, ORDER, Result
from prongsai.portal.asked_day import AskedDay, asked_day
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
    stood_since,
    tallies_at,
    tally,
)
from prongsai.record.templatetags.owed import evidence_path
from prongsai.record.uptime import uptime_of_month

LONGEST = 80
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
    """What the reader narrowed the board to."""

    result: str = ""
    post: str = ""
    asked: AskedDay = field(default_factory=AskedDay)

    @property
    def on(self) -> date | None:
        """The day that it is asked for; None is now."""
        return self.asked.on

    def holds(self, line: Line) -> bool:
        return self.result in ("", line.result.value) and self.post in ("", line.post_code)


def chosen(query: Mapping[str, str]) -> Chosen:
    result = query.get("result", "")
    known = result if result in Result.values else ""
    return Chosen(known, query.get("post", "")[:LONGEST], asked_day(query))


def board_page(narrowed: Chosen) -> dict[str, Any]:
    found = lines(on=narrowed.on)
    shown = [each for each in found if narrowed.holds(each)]
    return {
        "tally": tally(found),
        "groups": groups(found),
        "owed": late_first([each for each in shown if each.is_owed], narrowed.on),
        "filters": _filters(narrowed, found),
        "on": narrowed.on,
        "asked": narrowed.asked,
        "today": localdate(),
        "uptime": uptime_of_month(on=narrowed.on or localdate()),
    }


def instrument_page(key: str, narrowed: Chosen) -> dict[str, Any] | None:
    """The newest year of a law or list; None for one that no file knows, or that was never looked at."""
    group, today = newest_group(key, on=narrowed.on), narrowed.on or localdate()
    if group is None:
        law = instrument(key) if narrowed.on else None
        return {"instrument": law, "on": narrowed.on, "asked": narrowed.asked} if law else None
    return {
        "instrument": group.instrument,
        "year": group.year,
        "tally": group.tally,
        "lines": _late([each for each in group.lines if narrowed.holds(each)], narrowed.on),
        "filters": _filters(narrowed, group.lines),
        "history": month_ends(group.lines, group.year, on=today),
        "on": narrowed.on,
        "asked": narrowed.asked,
        "today": localdate(),
    }


def evidence_page(duty: Obligation, query: Mapping[str, str]) -> dict[str, Any]:
    """One duty as it stands or stood, with what shows it; `line` is None while nobody has looked at it."""
    asked, written = asked_day(query), query.get("year", "")
    year = int(written) if written.isdecimal() and len(written) == 4 else None
    found = line(duty.key, year=year, on=asked.on)
    kept = {"on": asked.on, "asked": asked, "year": year or ""}
    if found is None:
        return {"line": None, **kept}
    shown = exhibits(found)
    return {
        "line": found,
        "exhibits": shown,
        "explanation": explanation(found, shown),
        "history": history(duty.key, found.year, on=asked.on),
        "late": found.days_late(asked.on or localdate()),
        "today": localdate(),
        **kept,
    }


def due_calendar(*, origin: str, name: str, at: datetime, unit: str = "") -> str:
    """What is still to be met and has a day: each period that is not met yet; of all units for ""."""
    days = [
        DueDay(
            uid=f"{each.duty.key}-{each.year}-{part.key or 'year'}@prongsai",
            on=part.due_date,
            title=" ".join(filter(None, [each.duty.named, part.label])),
            about=" · ".join(filter(None, [each.duty.instrument.short, each.post])),
            url=f"{origin}{evidence_path(each.duty, 'th')}{each.year_asked}",
        )
        for each in lines()
        if unit in ("", each.unit_code)
        for part in each.parts
        if part.due_date and part.result not in FULFILLED
    ]
    whose = f"{name} · {unit_name(unit)}" if unit else name
    # Among other calendars the name alone must say what this one is.
    named = _("%(name)s: วันครบกำหนดเผยแพร่") % {"name": whose}
    return calendar(sorted(days, key=lambda each: (each.on, each.uid)), name=named, at=at)


@dataclass(frozen=True)
class Late:
    """A duty, for how many calendar days it is owed past its date, and where no date is known since when it is owed."""

    line: Line
    days: int
    since: datetime | None


def _late(found: Iterable[Line], on: date | None) -> list[Late]:
    shown = list(found)
    undated = [each for each in shown if each.is_owed and each.due_date is None]
    since = stood_since(undated, on=on)
    return [
        Late(each, each.days_late(on or localdate()), since.get((each.duty.key, each.year)))
        for each in shown
    ]


def late_first(owed: Iterable[Line], on: date | None) -> list[Late]:
    """The longest overdue first, then the worse result, in the order of the lists."""
    return sorted(_late(owed, on), key=lambda each: (-each.days, -ORDER.index(each.line.result)))


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
