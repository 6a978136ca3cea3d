"""What is approved and waits for its time is kept from the gate."""

from datetime import datetime

from django.db.models import Q

from prongsai.approval import queries, rules
from prongsai.approval.actions.submitting import stage_before
from prongsai.approval.models import Submission
from prongsai.approval.refusals import CannotStop, CannotSubmit
from prongsai.approval.states import StopBlocker, SubmissionBlocker, SubmissionState
from prongsai.approval.timing import is_at_the_gate
from prongsai.disclosures.actions import move_stage
from prongsai.disclosures.tidy import lines
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import Blocker


def stop(*, submission: Submission, reason: str, by: Actor, at: datetime) -> None:
    """Its submitter, or a post of its last step, undoes an approval before the time that was set.

    Content goes back to writing. Stopping twice changes nothing. Raises `CannotStop`.
    """
    reason = lines(reason)
    with refusals_recorded(by=by, at=at, verb="stop", subject=submission.subject):
        rows = Submission.objects.select_for_update().select_related("disclosure")
        _stop(rows.get(pk=submission.pk), reason, by=by, at=at)
    submission.refresh_from_db()


def _stop(submission: Submission, reason: str, *, by: Actor, at: datetime) -> None:
    if submission.state == SubmissionState.STOPPED and queries.is_stoppable_by(submission, by, at):
        return
    blockers = queries.stopping(submission, reason=reason, by=by, at=at)
    title = queries.bundle_title(submission)
    blockers += rules.alone_blockers(StopBlocker.IN_BUNDLE, title)
    if blockers:
        raise CannotStop(blockers)
    stop_submission(submission, reason, by=by, at=at)


def stop_submission(submission: Submission, reason: str, *, by: Actor, at: datetime) -> None:
    """Back with its writers, with the reason. Part of another act."""
    submission.state = SubmissionState.STOPPED
    # The inbox shows `refusal` to the writers as the word with which the work came back.
    submission.refusal = f"{by.signature}: {reason}"
    submission.save(update_fields=["state", "refusal"])
    move_stage(disclosure=submission.disclosure, to=stage_before(submission), by=by, at=at)
    record_act(by=by, at=at, verb="stop", subject=submission.subject, reason=reason)


def give_back(*, submission: Submission, reason: str, by: Actor, at: datetime) -> None:
    """What is under way or waits goes back to its writers, because its unit ends. Part of that act.

    Raises `CannotSubmit` while the gate may be at it.
    """
    # A bundle goes back as a whole, whichever of its members is of that unit.
    wanted = Q(pk=submission.pk)
    if submission.sending_id is not None:
        wanted = Q(sending=submission.sending_id)
    rows = Submission.objects.select_for_update().select_related("disclosure").filter(wanted)
    for row in rows.order_by("place"):
        if row.state == SubmissionState.APPROVED:
            give_way(submission=row, reason=reason, by=by, at=at)
        elif row.state == SubmissionState.UNDER_WAY:
            stop_submission(row, reason, by=by, at=at)


def give_way(*, submission: Submission, reason: str, by: Actor, at: datetime) -> None:
    """What is approved and waits is stopped, because what is public now is to be recalled. Part of that act.

    Whoever may ask for the recall may do it. Raises `CannotSubmit` while the gate may be at it.
    """
    row = Submission.objects.select_for_update().select_related("disclosure").get(pk=submission.pk)
    if row.state != SubmissionState.APPROVED:
        return
    if is_at_the_gate(row.publish_after, row.approved_at, at=at):
        raise CannotSubmit([Blocker(SubmissionBlocker.AT_THE_GATE)])
    stop_submission(row, reason, by=by, at=at)
