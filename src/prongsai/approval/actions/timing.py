"""What is approved and waits for its time is put off, by those who may or with the last approver's word."""

from datetime import datetime
from typing import Any

from prongsai.approval import queries
from prongsai.approval.models import Submission, TimeAnswer, TimeChange, TimeWish
from prongsai.approval.refusals import CannotMoveTime
from prongsai.disclosures.tidy import lines
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor


def move_time(
    *, submission: Submission, to: datetime, reason: str, by: Actor, at: datetime
) -> TimeChange:
    """Not before the time that was approved, nor so late that the approved end comes too soon.

    The same wish again answers the change that is there. Raises `CannotMoveTime`.
    """
    reason = lines(reason)
    with refusals_recorded(by=by, at=at, verb="move_time", subject=submission.subject):
        row = _locked(submission)
        made = _repeated(row, to, by) or _move(row, to, reason, by=by, at=at)
    submission.refresh_from_db()
    return made


def _repeated(submission: Submission, to: datetime, by: Actor) -> TimeChange | None:
    last = submission.time_changes.last()
    is_same = last is not None and (last.after_at, last.person_id) == (to, by.person_id)
    return last if is_same and submission.publish_after == to else None


def _move(
    submission: Submission, to: datetime, reason: str, *, by: Actor, at: datetime
) -> TimeChange:
    blockers = queries.moving(submission, wanted=to, reason=reason, by=by, at=at)
    before = submission.publish_after
    if blockers or by.person_id is None or before is None:
        raise CannotMoveTime(blockers)
    made = TimeChange.objects.create(
        submission=submission, before_at=before, after_at=to, **_said(reason, by, at)
    )
    submission.publish_after = to
    submission.save(update_fields=["publish_after"])
    record_act(
        by=by,
        at=at,
        verb="move_time",
        subject=submission.subject,
        reason=reason,
        details={"before": before.isoformat(), "after": to.isoformat()},
    )
    return made


def ask_for_time(
    *, submission: Submission, to: datetime, reason: str, by: Actor, at: datetime
) -> TimeWish:
    """A writer wants it put off; whoever decides the last step agrees or not.

    The same wish again answers the one that is there. Raises `CannotMoveTime`.
    """
    reason = lines(reason)
    with refusals_recorded(by=by, at=at, verb="ask_for_time", subject=submission.subject):
        row = _locked(submission)
        there = queries.open_wish(row)
        if there and (there.after_at, there.person_id) == (to, by.person_id):
            return there
        blockers = queries.asking(row, wanted=to, reason=reason, by=by, at=at)
        before = row.publish_after
        if blockers or by.person_id is None or before is None:
            raise CannotMoveTime(blockers)
        made = TimeWish.objects.create(
            submission=row, before_at=before, after_at=to, **_said(reason, by, at)
        )
        details = {"before": before.isoformat(), "after": to.isoformat()}
        subject = submission.subject
        record_act(
            by=by, at=at, verb="ask_for_time", subject=subject, reason=reason, details=details
        )
    return made


def agree_to_time(*, wish: TimeWish, by: Actor, at: datetime) -> None:
    """It is put off as the wish says, by whoever agrees. A second time changes nothing. Raises `CannotMoveTime`."""
    _answer(wish, is_agreed=True, reason="", by=by, at=at)


def refuse_time(*, wish: TimeWish, reason: str, by: Actor, at: datetime) -> None:
    """It keeps its time, and the writer reads why. A second time changes nothing. Raises `CannotMoveTime`."""
    _answer(wish, is_agreed=False, reason=lines(reason), by=by, at=at)


def _answer(wish: TimeWish, *, is_agreed: bool, reason: str, by: Actor, at: datetime) -> None:
    verb = "agree_to_time" if is_agreed else "refuse_time"
    subject = wish.submission.subject
    with refusals_recorded(by=by, at=at, verb=verb, subject=subject):
        wish.submission = _locked(wish.submission)
        said = TimeAnswer.objects.filter(wish=wish).first()
        if said and (said.is_agreed, said.person_id) == (is_agreed, by.person_id):
            return
        blockers = queries.answering(wish, is_agreed=is_agreed, reason=reason, by=by, at=at)
        if blockers or by.person_id is None:
            raise CannotMoveTime(blockers)
        if is_agreed:
            _move(wish.submission, wish.after_at, wish.reason, by=by, at=at)
        TimeAnswer.objects.create(wish=wish, is_agreed=is_agreed, **_said(reason, by, at))
        details = {"asked_by": wish.post, "after": wish.after_at.isoformat()}
        record_act(by=by, at=at, verb=verb, subject=subject, reason=reason, details=details)


def _said(reason: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Who said it, as which post, when and why."""
    return {
        "reason": reason,
        "person_id": by.person_id,
        "post": by.signature[:200],
        "at": at,
    }


def _locked(submission: Submission) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",))
    return rows.select_related("disclosure__unit", "revision").get(pk=submission.pk)
