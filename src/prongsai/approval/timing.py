"""When something approved becomes public: a time may be put off, never brought forward. Plain values in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from prongsai.approval.states import SubmissionState
from prongsai.approval.states import TimeBlocker as Not
from prongsai.organisation.refusals import Blocker
from prongsai.thai.dates import BANGKOK, format_date, format_datetime

# As for a stop (`rules.LAST_MOMENT`): the gate, which cannot be locked, must find the new time in the table.
LAST_MOMENT = timedelta(minutes=1)


# The gate tries again for so long before somebody may take out of its way what it could not publish.
PATIENCE = timedelta(minutes=10)


def is_at_the_gate(
    publish_after: datetime | None, approved_at: datetime | None, *, at: datetime
) -> bool:
    """Whether the gate may be carrying it this very minute, so that nothing can be done to it."""
    times = [each for each in (publish_after, approved_at) if each is not None]
    return bool(times) and -PATIENCE < max(times) - at < LAST_MOMENT


@dataclass(frozen=True)
class Change:
    before: datetime
    after: datetime


def approved_time(now: datetime | None, changes: Sequence[Change]) -> datetime | None:
    """The time that was approved, when the changes lead from it to the present one; else the present one.

    The hash of an approval is over this time, so that a time moved in any other way is one that nobody approved.
    """
    if not changes:
        return now
    first = changes[0].before
    is_linked = all(one.after == two.before for one, two in pairwise(changes))
    is_put_off = all(change.after >= first for change in changes)
    return first if is_linked and is_put_off and changes[-1].after == now else now


def latest_day(expires: date | None, minimum_days: int | None) -> date | None:
    """The last day on which the promised days of posting still fit before the approved end; None without an end.

    The end is the last day on which it stands; the day of publication is none of those promised.
    """
    return expires - timedelta(days=minimum_days or 0) if expires else None


@dataclass(frozen=True)
class Moving:
    """Somebody about to give an approved submission another time, or to ask for it.

    `approved` is the time that was approved; `refused_as` is the reason for whoever may not.
    """

    state: str
    state_label: str
    present: datetime | None
    approved: datetime | None
    wanted: datetime
    latest: date | None
    may_move: bool
    reason: str
    bundle: str = ""
    refused_as: Not = Not.NOT_THEIRS


def time_blockers(case: Moving, *, at: datetime) -> list[Blocker]:
    """Every reason why this time cannot be set now."""
    is_approved = case.state == SubmissionState.APPROVED
    is_early = case.present is not None and case.present - at >= LAST_MOMENT
    found = [
        (not is_approved, Not.NOT_APPROVED, case.state_label),
        (is_approved and not is_early, Not.TIME_HAS_COME, ""),
        (bool(case.bundle), Not.IN_BUNDLE, case.bundle),
        (not case.may_move, case.refused_as, ""),
        (not case.reason.strip(), Not.NO_REASON, ""),
        (case.wanted == case.present, Not.SAME_TIME, ""),
        (case.wanted - at < LAST_MOMENT, Not.TIME_IS_PAST, ""),
    ]
    return [*(Blocker(code, detail) for is_so, code, detail in found if is_so), *_bounds(case)]


def _bounds(case: Moving) -> list[Blocker]:
    """What was approved sets both ends: its own time, and the day on which it ends."""
    blockers = []
    if case.approved is not None and case.wanted < case.approved:
        blockers.append(Blocker(Not.BEFORE_APPROVED, format_datetime(case.approved)))
    if case.latest is not None and case.wanted.astimezone(BANGKOK).date() > case.latest:
        blockers.append(Blocker(Not.AFTER_END, format_date(case.latest)))
    return blockers


@dataclass(frozen=True)
class Answering:
    """Somebody about to agree to a wish for another time, or not to."""

    is_open: bool
    is_asker: bool
    is_last_approver: bool
    is_agreed: bool
    reason: str = ""


def answer_blockers(case: Answering) -> list[Blocker]:
    """Every reason why this person does not answer this wish; the time itself is asked for elsewhere."""
    found = [
        (not case.is_open, Not.WISH_CLOSED),
        (case.is_asker, Not.OWN_WISH),
        (not case.is_last_approver, Not.NOT_LAST),
        (not case.is_agreed and not case.reason.strip(), Not.NO_ANSWER),
    ]
    return [Blocker(code) for is_so, code in found if is_so]
