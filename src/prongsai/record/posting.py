"""How long an item stood in public, from what the record says of it: plain values in, answers out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from prongsai.record.states import STARTING_ACTIONS, Action
from prongsai.thai.dates import BANGKOK

BEGINS = STARTING_ACTIONS | {Action.RESTORED}
ENDS = frozenset({Action.WITHDRAWN, Action.CONSOLIDATED, Action.RECALLED, Action.EXPIRED})


@dataclass(frozen=True)
class Event:
    """What the record says of an item: an act and its moment."""

    action: str
    at: datetime


@dataclass(frozen=True)
class Stay:
    """From when to when an item was public; `ended` is empty, and `ended_by` too, while it still is."""

    begun_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""


@dataclass(frozen=True)
class Posting:
    """How long an item was public until a day. Days are those in Thailand.

    `days` are all on which it stood at some time, the first included. `full_days` are those on which it stood from
    midnight to midnight: a period of days in law begins on the day after (Civil and Commercial Code, section 193/3),
    and the day that still runs is not over.
    """

    stays: tuple[Stay, ...]
    from_date: date
    to_date: date
    days: int
    full_days: int
    minimum: int

    @property
    def is_standing(self) -> bool:
        return self.stays[-1].ended_at is None

    @property
    def is_met(self) -> bool:
        """By full days: a duty of so many days is not done with on the day on which the last of them begins."""
        return self.full_days >= self.minimum

    @property
    def interruptions(self) -> tuple[tuple[Stay, datetime], ...]:
        """Each stay that ended, with the moment at which the item came back."""
        following = (stay.begun_at for stay in self.stays[1:])
        return tuple(zip(self.stays, following, strict=False))


def posting(events: Iterable[Event], *, minimum: int, on: date) -> Posting | None:
    """None for what was never public. `events` oldest first; those after `on` do not count."""
    found = stays([each for each in events if _day(each.at) <= on])
    if not found:
        return None
    last = found[-1].ended_at
    return Posting(
        stays=tuple(found),
        from_date=_day(found[0].begun_at),
        to_date=_day(last) if last else on,
        days=_days(found, on),
        full_days=sum(_full_days(stay, on) for stay in found),
        minimum=minimum,
    )


def stays(events: Sequence[Event]) -> list[Stay]:
    """A correction goes on where the earlier version stood."""
    found: list[Stay] = []
    for event in events:
        is_open = bool(found) and found[-1].ended_at is None
        if event.action in BEGINS and not is_open:
            found.append(Stay(event.at))
        elif event.action in ENDS and is_open:
            found[-1] = Stay(found[-1].begun_at, event.at, event.action)
    return found


def _days(found: Iterable[Stay], on: date) -> int:
    """Different days on which it stood at some time: a day of two stays counts once."""
    counted = {
        _day(stay.begun_at) + timedelta(days=passed)
        for stay in found
        for passed in range(
            ((_day(stay.ended_at) if stay.ended_at else on) - _day(stay.begun_at)).days + 1
        )
    }
    return len(counted)


def _full_days(stay: Stay, on: date) -> int:
    """Days between the one on which it came and the one on which it went, or that is looked at."""
    end = _day(stay.ended_at) if stay.ended_at else on
    return max(0, (end - _day(stay.begun_at)).days - 1)


def _day(moment: datetime) -> date:
    return moment.astimezone(BANGKOK).date()
