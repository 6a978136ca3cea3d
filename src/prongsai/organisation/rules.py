"""Decisions about appointments, working days, and how an act is chained to the one before it."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import rfc8785

from prongsai.organisation.refusals import Blocker
from prongsai.organisation.states import AppointmentBlocker, Capacity

# What the first act follows; no SHA-256 is known that consists of zeros alone.
GENESIS = "0" * 64
# Such a year was meant in the Buddhist era: 2569 is 2026, and a post held from then on is held by nobody.
NO_COMMON_YEAR = 2400


class ChainedAct(NamedTuple):
    """An act as it lies in the table: `fields` are all columns but the two hashes."""

    id: int
    fields: Mapping[str, Any]
    previous_hash: str
    hash: str


def act_hash(fields: Mapping[str, Any], previous_hash: str) -> str:
    """SHA-256 (hex) of the canonical JSON (RFC 8785) of an act's columns and the hash before it."""
    return hashlib.sha256(rfc8785.dumps({**fields, "previous_hash": previous_hash})).hexdigest()


def first_broken_act(acts: Iterable[ChainedAct]) -> int | None:
    """The id of the first act, oldest first, that was changed or follows a gap; None when whole.

    The chain cannot tell that its newest acts were cut off.
    """
    expected = GENESIS
    for act in acts:
        if act.previous_hash != expected or act.hash != act_hash(act.fields, expected):
            return act.id
        expected = act.hash
    return None


@dataclass(frozen=True)
class Period:
    """From when to when (both days included) somebody holds a post, and in what capacity."""

    person: str
    capacity: str
    order_number: str
    order_date: date | None
    from_date: date
    to_date: date | None

    def overlaps(self, other: "Period") -> bool:
        ends = self.to_date or date.max, other.to_date or date.max
        return self.from_date <= ends[1] and other.from_date <= ends[0]


def appointment_blockers(wanted: Period, others: Iterable[Period]) -> list[Blocker]:
    """Why `wanted` cannot stand beside the `others` of the same post."""
    blockers = []
    if wanted.capacity != Capacity.SUBSTANTIVE and not (wanted.order_number and wanted.order_date):
        blockers.append(Blocker(AppointmentBlocker.NO_ORDER))
    if wanted.to_date is not None and wanted.to_date < wanted.from_date:
        blockers.append(Blocker(AppointmentBlocker.ENDS_BEFORE_IT_BEGINS))
    blockers.extend(Blocker(AppointmentBlocker.YEAR_IN_DOUBT, year) for year in _doubtful(wanted))
    for other in others:
        if wanted.overlaps(other):
            blockers.extend(_clash(wanted, other))
    return blockers


def _doubtful(wanted: Period) -> list[str]:
    """Years that are of the Buddhist era where a date wants the common one."""
    days = (wanted.order_date, wanted.from_date, wanted.to_date)
    return sorted({str(day.year) for day in days if day and day.year >= NO_COMMON_YEAR})


def _clash(wanted: Period, other: Period) -> list[Blocker]:
    if wanted.person == other.person:
        return [Blocker(AppointmentBlocker.HOLDS_IT_ALREADY, other.person)]
    # Somebody may act beside the holder, who is only absent; the founding memo itself was signed like that.
    if {wanted.capacity, other.capacity} == {Capacity.SUBSTANTIVE}:
        return [Blocker(AppointmentBlocker.POST_IS_HELD, other.person)]
    return []


class Seat(NamedTuple):
    """A post in the chart; of two ranks the lower number is the higher post."""

    code: str
    unit: str
    rank: int


def posts_above(
    seats: Iterable[Seat], parents: Mapping[str, str], *, of: Iterable[Seat] = ()
) -> dict[str, tuple[str, ...]]:
    """Post -> the posts of its unit and the units above that rank higher, the nearest first.

    `of` are asked for as well, and sit above nobody.
    """
    known = list(seats)
    return {seat.code: _above(seat, known, parents) for seat in [*known, *of]}


def _above(seat: Seat, seats: Iterable[Seat], parents: Mapping[str, str]) -> tuple[str, ...]:
    line: list[str] = []
    unit = seat.unit
    while unit and unit not in line:
        line.append(unit)
        unit = parents.get(unit, "")
    higher = [each for each in seats if each.unit in line and each.rank < seat.rank]
    nearest = sorted(higher, key=lambda each: (line.index(each.unit), -each.rank, each.code))
    return tuple(each.code for each in nearest)


def is_in_scope(
    *, kinds: Sequence[str], units: Sequence[str], kind: str, unit_line: Sequence[str]
) -> bool:
    """Whether an order reaches so far: empty lists are everything; a unit stands for all that lies in it."""
    return (not kinds or kind in kinds) and (not units or bool(set(units) & set(unit_line)))


def appointing_blockers(
    *, is_machine: bool, is_administrator: bool, is_own_appointment: bool
) -> list[Blocker]:
    """Who may change who holds a post: an administrator, for others; the machine loads the chart."""
    blockers = []
    if not (is_machine or is_administrator):
        blockers.append(Blocker(AppointmentBlocker.NOT_ADMINISTRATOR))
    if is_own_appointment:
        blockers.append(Blocker(AppointmentBlocker.OWN_APPOINTMENT))
    return blockers


def second_word_blockers(
    *, may_second: bool, is_own: bool, is_waiting: bool, lacks_reason: bool
) -> list[Blocker]:
    """Why somebody's word about an appointment that waits does not count."""
    found = [
        (not may_second, AppointmentBlocker.NOT_SECOND),
        (is_own, AppointmentBlocker.OWN_WORD),
        (not is_waiting, AppointmentBlocker.SETTLED_ALREADY),
        (lacks_reason, AppointmentBlocker.NO_REASON),
    ]
    return [Blocker(code) for is_so, code in found if is_so]


SATURDAY = 5


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def working_days_after(day: date, count: int, holidays: Collection[date]) -> date:
    """The last of `count` working days; the day itself does not count (Civil and Commercial Code s.193/3)."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day


def working_days_before(day: date, count: int, holidays: Collection[date]) -> date:
    """The first of `count` working days that are left before that day."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day


def made_up_for(holidays: Collection[date]) -> frozenset[date]:
    """With the next working day for each that falls on a Saturday or Sunday."""
    closed = set(holidays)
    for day in sorted(holidays):
        if day.weekday() >= SATURDAY:
            closed.add(working_days_after(day, 1, closed))
    return frozenset(closed)


def working_days_late(due: date, on: date, holidays: Collection[date]) -> int:
    """How many working days have begun since the day on which something was due; 0 until then."""
    days = (due + timedelta(days=number) for number in range(1, (on - due).days + 1))
    return sum(is_working_day(day, holidays) for day in days)


@dataclass(frozen=True)
class Delegation:
    """A holder about to let somebody else act in their post for a time."""

    is_allowed: bool
    is_own_post: bool
    has_end: bool
    is_to_oneself: bool
    deputy: str
    deputy_holds_a_post: bool


def delegation_blockers(case: Delegation) -> list[Blocker]:
    """Why a holder cannot delegate. What holds for every appointment is asked besides."""
    found = [
        (not case.is_allowed, AppointmentBlocker.DELEGATION_NOT_ALLOWED, ""),
        (not case.is_own_post, AppointmentBlocker.NOT_OWN_POST, ""),
        (not case.has_end, AppointmentBlocker.NO_END, ""),
        (case.is_to_oneself, AppointmentBlocker.TO_YOURSELF, ""),
        (not case.deputy_holds_a_post, AppointmentBlocker.HOLDS_NO_POST, case.deputy),
    ]
    return [Blocker(code, detail) for is_so, code, detail in found if is_so]
