"""Whether the site was up in a month, from what its home page answered. Plain values: no clock, no database.

What was measured is one request from the server itself, as a citizen would make it, every few minutes. Time without an
answer or a failure on record was not watched, and is never counted as up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from prongsai.monitoring.probing import SLOWEST
from prongsai.thai.dates import start_of

# An answer speaks for the time to the next one; for no more than two rounds, when none follows.
SPEAKS_FOR = timedelta(minutes=10)
OK = 200


@dataclass(frozen=True)
class Answer:
    """What came at a moment; status 0 when nobody answered."""

    at: datetime
    status: int
    milliseconds: int

    @property
    def is_up(self) -> bool:
        return self.status == OK

    @property
    def is_well(self) -> bool:
        return self.is_up and self.milliseconds <= SLOWEST


@dataclass(frozen=True)
class Spell:
    """From one moment to another. Of an outage `status` is what came first; `is_end_seen` that it was seen over."""

    begun_at: datetime
    ended_at: datetime
    status: int = OK
    is_end_seen: bool = True

    @property
    def minutes(self) -> int:
        return round((self.ended_at - self.begun_at) / timedelta(minutes=1))


@dataclass(frozen=True)
class Checks:
    """How often it was asked in a month, how often it was well, and how often it answered too late."""

    first: date
    checks: int
    well: int
    slow: int

    @property
    def failed(self) -> int:
        return self.checks - self.well - self.slow

    @property
    def share(self) -> str:
        """Of the checks those that were well, in per cent, cut and not rounded: 100.00 is every single one."""
        return share(self.well, self.checks)


@dataclass(frozen=True)
class Month(Checks):
    """With what is seen in the rows one by one. `begin` and `end` bound what can be told: to its end, or until now."""

    begin: datetime
    end: datetime
    outages: tuple[Spell, ...]
    unwatched: tuple[Spell, ...]

    @property
    def minutes(self) -> int:
        return round((self.end - self.begin) / timedelta(minutes=1))

    @property
    def unwatched_minutes(self) -> int:
        return sum(each.minutes for each in self.unwatched)

    @property
    def watched_minutes(self) -> int:
        return max(0, self.minutes - self.unwatched_minutes)


def share(well: int, checks: int) -> str:
    """A dash where nothing was checked."""
    if not checks:
        return "–"
    hundredths = well * 10_000 // checks
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def bounds(first: date) -> tuple[datetime, datetime]:
    """When the month begins and ends in Thailand."""
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start_of(first), start_of(following)


def month_of(answers: Sequence[Answer], *, first: date, now: datetime) -> Month:
    """From the answers in order of time; those of other months are left out, but for how far the last one speaks."""
    begin, end = bounds(first)
    end = min(end, now)
    inside = [each for each in answers if begin <= each.at < end]
    slow = sum(each.is_up and not each.is_well for each in inside)
    before = [each.at for each in answers if each.at < begin]
    return Month(
        first=first,
        begin=begin,
        end=end,
        checks=len(inside),
        well=sum(each.is_well for each in inside),
        slow=slow,
        outages=tuple(_outages(inside, end)),
        unwatched=tuple(_unwatched([*before[-1:], *(each.at for each in inside)], begin, end)),
    )


def _unwatched(moments: Sequence[datetime], begin: datetime, end: datetime) -> Iterator[Spell]:
    told_until = begin
    for at in moments:
        if at > told_until:
            yield Spell(told_until, at)
        told_until = max(told_until, at + SPEAKS_FOR)
    if end > told_until:
        yield Spell(told_until, end)


def _outages(inside: Sequence[Answer], end: datetime) -> Iterator[Spell]:
    """From the first failure to the next good answer; where watching broke off, to where the last failure speaks."""
    first: Answer | None = None
    last: Answer | None = None
    for each in inside:
        if first and last and each.at > last.at + SPEAKS_FOR:
            yield Spell(first.at, last.at + SPEAKS_FOR, first.status, is_end_seen=False)
            first = None
        if not each.is_up:
            first, last = first or each, each
        elif first:
            yield Spell(first.at, each.at, first.status)
            first = None
    if first and last:
        yield Spell(first.at, min(end, last.at + SPEAKS_FOR), first.status, is_end_seen=False)
