"""What posts must be told of: what is due, overdue or to be looked at again, as monitoring last saw it; and who was."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.utils.timezone import localdate

from prongsai.monitoring.ladder import Ladder, Step, ladder
from prongsai.monitoring.models import DutyReminder
from prongsai.monitoring.states import Rung
from prongsai.obligations.results import OWED, Result
from prongsai.organisation.holidays import holidays_around
from prongsai.organisation.queries import posts_above, posts_with_holders
from prongsai.organisation.rules import working_days_late
from prongsai.record.owed import Line, PartLine, Place, lines, owed_since
from prongsai.thai.dates import fiscal_year


@dataclass(frozen=True)
class Awaited:
    """One period of a duty that somebody must see to. `last_date` is the last day on which nobody is late with it."""

    line: Line
    part: PartLine
    last_date: date

    @property
    def place(self) -> Place:
        return self.line.duty.key, self.line.year, self.part.key

    @property
    def cycle(self) -> tuple[str, int, str, date]:
        """What reminders of it have in common."""
        return (*self.place, self.last_date)

    @property
    def due_date(self) -> date:
        """As people are told it: what is simply not there was due on its own day, whenever that was first seen."""
        if self.part.result == Result.MISSING and self.part.due_date:
            return self.part.due_date
        return self.last_date

    @property
    def has_day(self) -> bool:
        """Whether a source, or the rhythm of a review, says until when; else it is owed since it was found."""
        return self.part.due_date is not None or self.is_review

    @property
    def is_review(self) -> bool:
        """It is there, and has to be looked at again."""
        return self.part.result in {Result.MET, Result.STALE}

    @property
    def named(self) -> str:
        return " ".join(filter(None, [self.line.duty.named, self.part.label]))


@dataclass(frozen=True)
class Group:
    """What is awaited of one duty in one year, the soonest first: its periods are told of in one line."""

    things: tuple[Awaited, ...]

    @property
    def first(self) -> Awaited:
        return self.things[0]

    @property
    def others(self) -> int:
        """Periods beside the first."""
        return len(self.things) - 1


def by_duty(found: Iterable[Awaited]) -> list[Group]:
    """Soonest first. What has to be looked at again stands apart from what is not there."""
    ordered = sorted(found, key=lambda each: (each.due_date, each.place))
    gathered: dict[tuple[str, int, bool], list[Awaited]] = {}
    for each in ordered:
        gathered.setdefault((*each.place[:2], each.is_review), []).append(each)
    return [Group(tuple(things)) for things in gathered.values()]


def awaited(found: Iterable[Line], *, on: date) -> list[Awaited]:
    """Soonest first. Lists of years that are over are left out: nobody can add to them any more."""
    running = [each for each in found if not _is_over(each, on)]
    since = owed_since(running)
    waiting = [
        Awaited(line, part, last)
        for line in running
        for part in line.parts
        if (last := _last_date(line, part, since))
    ]
    return sorted(waiting, key=lambda each: (each.last_date, each.place))


def _is_over(line: Line, on: date) -> bool:
    return line.duty.instrument.assessment_year is not None and line.year < fiscal_year(on)


def _last_date(line: Line, part: PartLine, since: dict[Place, datetime]) -> date | None:
    """What was in time and broke later is late from the day on which that was seen; so is what the first look found."""
    if part.result in OWED:
        seen = since.get((line.duty.key, line.year, part.key), line.seen_at)
        before = localdate(seen) - timedelta(days=1)
        return max(before, part.due_date) if part.due_date else before
    if part.result == Result.NOT_DUE:
        return part.due_date
    return part.review_date if part.result == Result.MET else None


@dataclass(frozen=True)
class Coming:
    """Who will be told next if nothing happens, and when."""

    day: date
    post_code: str
    rung: Rung


@dataclass(frozen=True)
class Escalation:
    """Whom each step goes to on a day, by who holds which post then."""

    on: date
    owners: frozenset[str]

    @cached_property
    def house(self) -> Ladder:
        return ladder(settings.REMINDERS_FILE)

    @cached_property
    def holidays(self) -> frozenset[date]:
        return holidays_around(self.on, settings.HOLIDAYS_FILE)

    @cached_property
    def _above(self) -> dict[str, tuple[str, ...]]:
        return posts_above(self.owners)

    @cached_property
    def _held(self) -> Collection[str]:
        return posts_with_holders(self.on)

    def post_for(self, rung: Rung, owner: str) -> str:
        """The code of the first post that somebody holds; "" while nobody up to the mayor does."""
        line_up = self.house.line_up(owner, self._above.get(owner, ()), rung)
        return next((post for post in line_up if post in self._held), "")

    def steps_taken(self, thing: Awaited) -> list[tuple[Step, str]]:
        """Steps whose day has come, with the posts that they go to today."""
        reached = self.house.reached(thing.last_date, self.on, self.holidays)
        found = ((step, self.post_for(step.rung, thing.line.post_code)) for step in reached)
        return [(step, post) for step, post in found if post]

    def coming(self, thing: Awaited) -> Coming | None:
        found = self.house.next(thing.last_date, self.on, self.holidays)
        if found is None:
            return None
        step, day = found
        post = self.post_for(step.rung, thing.line.post_code)
        return Coming(day, post, step.rung) if post else None

    def is_business(self, thing: Awaited) -> bool:
        """Whether the first reminder of it is due already."""
        return self.house.first_day(thing.last_date, self.holidays) <= self.on

    def days_late(self, thing: Awaited) -> int:
        """Working days."""
        return working_days_late(thing.due_date, self.on, self.holidays)


def escalation(found: Iterable[Line], *, on: date) -> Escalation:
    return Escalation(on, frozenset(each.post_code for each in found if each.post_code))


def reminders_of(line: Line) -> list[DutyReminder]:
    """Of one duty of one year, the newest first."""
    rows = DutyReminder.objects.filter(obligation_key=line.duty.key, year=line.year)
    return list(rows.order_by("-pk"))


def newest_reminders(years: Collection[int]) -> dict[tuple[str, int], DutyReminder]:
    """Of each duty of these years the last one."""
    rows = DutyReminder.objects.filter(year__in=years).order_by("pk")
    # The newest last, so that it stays.
    return {(row.obligation_key, row.year): row for row in rows}


# Whoever was away for longer finds it in the inbox and on the board.
LONGEST_UNTOLD = timedelta(days=14)
Waiting = list[tuple[DutyReminder, Awaited]]


def recent_reminders(
    posts: Collection[str], *, on: date, since: timedelta = LONGEST_UNTOLD
) -> list[DutyReminder]:
    """Of these posts, the oldest first."""
    return list(DutyReminder.objects.filter(post_code__in=posts, at__date__gte=on - since))


def reminders_by_pk(keys: Iterable[int]) -> list[DutyReminder]:
    return list(DutyReminder.objects.filter(pk__in=list(keys)))


def still_waiting(rows: Collection[DutyReminder], *, on: date) -> Waiting:
    """With what each is about; what has been answered since is left out."""
    if not rows:
        return []
    found = awaited(lines(keys={row.obligation_key for row in rows}), on=on)
    waiting = {each.cycle: each for each in found}
    return [(row, waiting[cycle]) for row in rows if (cycle := cycle_of(row)) in waiting]


def came_up(row: DutyReminder, thing: Awaited) -> bool:
    """Whether it was told to somebody else than the post that answers for it."""
    return row.post_code != thing.line.post_code


def cycle_of(row: DutyReminder) -> tuple[str, int, str, date]:
    return row.obligation_key, row.year, row.period, row.last_date
