"""What is approved and waits for its time is put off."""

from datetime import datetime

from prongsai.approval import queries
from prongsai.approval.models import Submission, TimeChange
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
        rows = Submission.objects.select_for_update()
        row = rows.select_related("disclosure__unit", "revision").get(pk=submission.pk)
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
        submission=submission,
        before_at=before,
        after_at=to,
        reason=reason,
        person_id=by.person_id,
        post=by.signature[:200],
        at=at,
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
