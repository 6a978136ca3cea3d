"""What may be said, until when, and who may agree: plain values in, every reason out. No clock, no database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from prongsai.notices.states import (
    PUBLIC_STATES,
    DecideBlocker,
    NoticeState,
    ReviewBlocker,
    Stage,
    WriteBlocker,
)
from prongsai.organisation.refusals import Blocker
from prongsai.record.states import RecallReason
from prongsai.thai.dates import format_datetime

# The longest text of each field in code points: together they fit a phone without scrolling twice.
LIMITS: Mapping[str, int] = {
    "headline": 100,
    "happened": 500,
    "to_do": 500,
    "contact": 150,
    "area": 150,
    "source": 150,
    "headline_en": 100,
    "to_do_en": 500,
    "impact": 300,
}
# Without these nobody can act on a notice, or answer for it (clause 1.2).
NEEDED = ("headline", "happened", "to_do", "contact", "area", "impact")
LONGEST_REASON = 300
# Shorter than that, it would be over before people have read it.
SHORTEST = timedelta(minutes=10)


@dataclass(frozen=True)
class Writing:
    """One wording that somebody wants to save or send. `labels` are the fields' names for people."""

    texts: Mapping[str, str]
    labels: Mapping[str, str]
    valid_until_at: datetime | None
    longest: timedelta
    unspeakable: tuple[str, ...] = ()


def sending_blockers(writing: Writing, *, at: datetime) -> list[Blocker]:
    """Why this wording cannot go to the director."""
    missing = [name for name in NEEDED if not writing.texts.get(name, "").strip()]
    found = [Blocker(WriteBlocker.FIELD_MISSING, writing.labels[name]) for name in missing]
    if writing.valid_until_at is None:
        found.append(Blocker(WriteBlocker.FIELD_MISSING, writing.labels["valid_until"]))
    else:
        found += _time_blockers(writing.valid_until_at, writing.longest, at=at)
    found += [Blocker(WriteBlocker.UNSPEAKABLE, each) for each in writing.unspeakable]
    return found


def _time_blockers(until: datetime, longest: timedelta, *, at: datetime) -> list[Blocker]:
    if until < at + SHORTEST:
        return [Blocker(WriteBlocker.TIME_IS_PAST, format_datetime(until))]
    if until > at + longest:
        return [Blocker(WriteBlocker.TIME_IS_FAR, str(int(longest.total_seconds()) // 3600))]
    return []


@dataclass(frozen=True)
class Decider:
    """Whoever is about to decide: their post, whether it is a director's, and who they are."""

    post: str
    is_director: bool
    person_id: int | None


def decider_blockers(decider: Decider) -> list[Blocker]:
    return [] if decider.is_director else [Blocker(DecideBlocker.NOT_DIRECTOR, decider.post)]


def approval_blockers(
    decider: Decider,
    *,
    stage: str,
    writers: Collection[int],
    seen: str,
    present: str,
    valid_until_at: datetime | None,
    at: datetime,
) -> list[Blocker]:
    """Why this person cannot put this wording before the public now. `seen` and `present` are hashes of the wording."""
    found = decider_blockers(decider)
    if stage != Stage.AWAITING_DIRECTOR:
        return [*found, Blocker(DecideBlocker.NOT_AWAITING, str(Stage(stage).label))]
    if decider.person_id in writers:
        found.append(Blocker(DecideBlocker.IS_WRITER))
    if seen != present:
        found.append(Blocker(DecideBlocker.OTHER_WORDING))
    if valid_until_at is None or valid_until_at <= at:
        until = format_datetime(valid_until_at) if valid_until_at else "–"
        found.append(Blocker(DecideBlocker.TIME_IS_PAST, until))
    return found


def renewal_blockers(
    decider: Decider,
    *,
    state: str,
    writers: Collection[int],
    before: datetime,
    until: datetime,
    longest: timedelta,
    at: datetime,
) -> list[Blocker]:
    """Why a live notice does not get more time. A renewal is an approval of the same words anew."""
    found = [*decider_blockers(decider), *live_blockers(state, is_over=before <= at)]
    if decider.person_id in writers:
        found.append(Blocker(DecideBlocker.IS_WRITER))
    if until <= before:
        found.append(Blocker(DecideBlocker.TIME_IS_EARLIER, format_datetime(before)))
    elif until > at + longest:
        found.append(Blocker(DecideBlocker.TIME_IS_FAR, str(int(longest.total_seconds()) // 3600)))
    return found


def live_blockers(state: str, *, is_over: bool = False) -> list[Blocker]:
    """`is_over` by the clock: the public has seen it go, whatever the rows say yet."""
    if state == NoticeState.LIVE and not is_over:
        return []
    shown = NoticeState.ENDED if is_over else NoticeState(state)
    return [Blocker(DecideBlocker.NOT_LIVE, str(shown.label))]


def recall_blockers(
    decider: Decider,
    *,
    state: str,
    is_recalled: bool,
    ground: str,
    reason: str,
    unspeakable: Collection[str],
) -> list[Blocker]:
    """Why a notice is not recalled. A director who wrote it may: a leak waits for nobody."""
    found = [*decider_blockers(decider), *reason_blockers(reason, unspeakable)]
    if state not in PUBLIC_STATES:
        found.append(Blocker(DecideBlocker.NOT_PUBLIC, str(NoticeState(state).label)))
    if is_recalled:
        found.append(Blocker(DecideBlocker.RECALLED))
    if ground not in RecallReason.values:
        found.append(Blocker(DecideBlocker.NO_GROUND))
    return found


def reason_blockers(reason: str, unspeakable: Collection[str] = ()) -> list[Blocker]:
    """Of a sentence that the public, or the writer, will read."""
    found = [Blocker(DecideBlocker.UNSPEAKABLE, each) for each in unspeakable]
    if not reason.strip():
        found.append(Blocker(DecideBlocker.NO_REASON))
    if len(reason) > LONGEST_REASON:
        found.append(Blocker(DecideBlocker.TOO_LONG, str(LONGEST_REASON)))
    return found


def review_blockers(
    *,
    state: str,
    post: str,
    is_reviewer: bool,
    took_part: bool,
    texts: Mapping[str, str],
    labels: Mapping[str, str],
) -> list[Blocker]:
    """Why the look back is not kept. Nobody looks back at what they wrote or agreed to themselves."""
    found = []
    if state != NoticeState.ENDED:
        found.append(Blocker(ReviewBlocker.NOT_ENDED, str(NoticeState(state).label)))
    if not is_reviewer:
        found.append(Blocker(ReviewBlocker.NOT_REVIEWER, post))
    elif took_part:
        found.append(Blocker(ReviewBlocker.APPROVED_IT))
    missing = [name for name in labels if not texts.get(name, "").strip()]
    return found + [Blocker(ReviewBlocker.FIELD_MISSING, labels[name]) for name in missing]
