"""What the office shows of reminders: who was told of a duty, who is told next, and what waits for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from prongsai.monitoring.reminding import (
    Awaited,
    Escalation,
    Group,
    awaited,
    by_duty,
    escalation,
    newest_reminders,
    recent_reminders,
    reminders_of,
    still_waiting,
)
from prongsai.office.desk import Desk
from prongsai.office.rows import Row
from prongsai.organisation.queries import post_titles
from prongsai.record.owed import Line, lines
from prongsai.thai.dates import start_of

DUE, REVIEW, FOUND = _("ครบกำหนด"), _("ทบทวนภายใน"), _("พบว่าค้างเมื่อ")
TO_REVIEW = "{}?mine=on"
LONGEST_SHOWN = timedelta(days=400)


@dataclass(frozen=True)
class Spoken:
    """Somebody who was told, or will be: when, which post, and of which period."""

    day: date
    post: str
    period: str = ""


@dataclass(frozen=True)
class Reminders:
    """Of one duty: who was told, the newest first, and who will be, the soonest first."""

    told: tuple[Spoken, ...]
    coming: tuple[Spoken, ...]


def reminders(line: Line, *, on: date) -> Reminders:
    rows = reminders_of(line)
    things = awaited([line], on=on)
    ways = escalation([line], on=on)
    coming = [(thing, found) for thing in things if (found := ways.coming(thing))]
    titles = post_titles()
    labels = {part.key: part.label for part in line.parts}
    ahead = [
        Spoken(found.day, titles.get(found.post_code, ""), thing.part.label)
        for thing, found in coming
    ]
    return Reminders(
        tuple(
            Spoken(
                localdate(row.at),
                titles.get(row.post_code, row.post_code),
                labels.get(row.period, ""),
            )
            for row in rows
        ),
        tuple(sorted(ahead, key=lambda each: each.day)),
    )


def spoken_by_line(found: Iterable[Line], *, on: date) -> dict[tuple[str, int], Reminders]:
    """Of each duty on the board the last one told and the next to be told, by key and year."""
    shown = list(found)
    ways, things = escalation(shown, on=on), awaited(shown, on=on)
    coming = sorted(
        ((step, thing) for thing in things if (step := ways.coming(thing))),
        key=lambda each: each[0].day,
        reverse=True,
    )
    told = newest_reminders({line.year for line in shown})
    titles = post_titles()
    # The soonest last, so that it stays.
    ahead = {
        thing.place[:2]: (Spoken(step.day, titles.get(step.post_code, "")),)
        for step, thing in coming
    }
    past = {
        key: (Spoken(localdate(row.at), titles.get(row.post_code, row.post_code)),)
        for key, row in told.items()
    }
    return {key: Reminders(past.get(key, ()), ahead.get(key, ())) for key in {*past, *ahead}}


@dataclass(frozen=True)
class Duties:
    """Rows of what the posts held here owe themselves, and of what came up to them from other posts; soonest first."""

    own: list[Row]
    below: list[Row]


def duties_waiting(desk: Desk) -> Duties:
    """From the first reminder on, one row for each duty, however many periods of it are owed."""
    own = awaited(lines(posts=desk.post_codes), on=desk.on)
    ways = escalation([], on=desk.on)
    mine = {thing.cycle: thing for thing in own if ways.is_business(thing)}
    told = recent_reminders(desk.post_codes, on=desk.on, since=LONGEST_SHOWN)
    below = {thing.cycle: thing for _row, thing in still_waiting(told, on=desk.on)}
    others = (thing for cycle, thing in below.items() if cycle not in mine)
    return Duties(
        [_row(each, ways, is_mine=True) for each in by_duty(mine.values())],
        [_row(each, ways, is_mine=False) for each in by_duty(others)],
    )


def _row(group: Group, ways: Escalation, *, is_mine: bool) -> Row:
    thing = group.first
    line = thing.line
    act = "" if thing.is_review else " · ".join(line.acts[:1])
    is_review = thing.is_review and is_mine
    day, label = _said_of(thing)
    return Row(
        address=TO_REVIEW.format(reverse("freshness")) if is_review else duty_address(line),
        title=_named(group),
        kind=line.duty.instrument.short,
        unit=line.post,
        since=start_of(day),
        since_label=label,
        is_day=True,
        days_late=ways.days_late(thing),
        has_day=thing.has_day,
        note=act if is_mine else "",
    )


def _named(group: Group) -> str:
    if not group.others:
        return group.first.named
    more = ngettext("%(name)s และอีก %(n)s งวด", "%(name)s และอีก %(n)s งวด", group.others)
    return more % {"name": group.first.named, "n": group.others}


def _said_of(thing: Awaited) -> tuple[date, Promise]:
    if thing.is_review:
        return thing.due_date, REVIEW
    return (thing.due_date, DUE) if thing.has_day else (thing.last_date + timedelta(days=1), FOUND)


def duty_address(line: Line) -> str:
    """The office's page of the duty; of last year where that year's line is meant."""
    address = reverse("duty", kwargs={"duty_key": line.duty.key})
    return f"{address}?year={line.year}" if line.is_last_year else address
