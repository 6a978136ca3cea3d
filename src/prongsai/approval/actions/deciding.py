"""A post endorses a submission or sends it back."""

from datetime import datetime

from django.utils.timezone import localdate

from prongsai.approval import queries, rules
from prongsai.approval.actions.submitting import stage_before
from prongsai.approval.models import Decision, Submission
from prongsai.approval.refusals import CannotDecide
from prongsai.approval.states import SubmissionState, Verdict
from prongsai.disclosures.actions import move_stage
from prongsai.disclosures.states import Stage
from prongsai.disclosures.tidy import lines
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.queries import actor_for, held_by


def decide(
    *,
    submission: Submission,
    verdict: str,
    reason: str = "",
    content_hash_seen: str,
    by: Actor,
    at: datetime,
) -> Decision:
    """Adds a decision and moves the submission. A double click returns the decision that is there.

    `content_hash_seen` is the hash that the approver's page was made from. Raises `CannotDecide` with
    every reason.
    """
    with refusals_recorded(by=by, at=at, verb="decide", subject=submission.subject):
        rows = Submission.objects.select_for_update().select_related("disclosure", "revision")
        row = rows.get(pk=submission.pk)
        made = _repeated(row, verdict, content_hash_seen, by) or _decide(
            row, verdict, reason=lines(reason), hash_seen=content_hash_seen, by=by, at=at
        )
    submission.refresh_from_db()
    return made


def _repeated(submission: Submission, verdict: str, hash_seen: str, by: Actor) -> Decision | None:
    """The same said again by the same person in the same post, while nothing else has happened to it."""
    same = submission.decisions.filter(
        post_code=by.post_code, verdict=verdict, content_hash=hash_seen
    )
    last = same.filter(person_id=by.person_id or 0).order_by("-id").first()
    newest = submission.decisions.order_by("-id").first()
    # A remand is the same click only while it is the last word; an endorsement as long as it counts,
    # for other posts of the step may have spoken between two clicks.
    if last is None or verdict != Verdict.ENDORSE:
        return last if last == newest else None
    return last if last in queries.effective_endorsements(submission) else None


def _decide(
    submission: Submission, verdict: str, *, reason: str, hash_seen: str, by: Actor, at: datetime
) -> Decision:
    case = queries.deciding(
        submission,
        by=by,
        verdict=Verdict(verdict),
        reason=reason,
        hash_seen=hash_seen,
        on=localdate(at),
    )
    blockers = rules.decision_blockers(case)
    if blockers:
        raise CannotDecide(blockers)
    # The decision first: whether a step is complete is read from the decisions that are there.
    decision = _add(submission, verdict, reason=reason, by=by, at=at)
    _MOVES[Verdict(verdict)](submission, by, at)
    record_act(
        by=by,
        at=at,
        verb="decide",
        subject=submission.subject,
        reason=reason,
        details={
            "verdict": str(verdict),
            "step": decision.step,
            "round": decision.round,
            "content_hash": submission.content_hash,
        },
    )
    return decision


def _add(submission: Submission, verdict: str, *, reason: str, by: Actor, at: datetime) -> Decision:
    """With post and capacity as they are held on that day, whatever the page remembered of them."""
    # `Actor` came with the request and may be hours old; the appointment is asked again.
    held = held_by(by, on=localdate(at)).select_related("person").order_by("id")[0]
    holder = actor_for(held.person, post_code=by.post_code, on=localdate(at))
    return Decision.objects.create(
        submission=submission,
        step=submission.step,
        round=submission.round,
        post_code=holder.post_code,
        post_title=holder.post_title,
        person=held.person,
        capacity=holder.capacity,
        acting_order=holder.acting_order,
        verdict=verdict,
        reason=reason,
        content_hash=submission.content_hash,
        at=at,
    )


def _after_endorsement(submission: Submission, by: Actor, at: datetime) -> None:
    """On to the next step when the quorum is reached; after the last one it is approved."""
    steps = queries.steps_of(submission)
    counting = rules.effective(queries.said(submission.decisions.all()))
    if not rules.is_step_complete(steps[submission.step], submission.step, counting):
        return
    if submission.step + 1 < len(steps):
        submission.step += 1
        submission.save(update_fields=["step"])
        return
    # `step` stays at the last one, so that screens can always show where it stands. Nobody is told:
    # the worker looks for approved rows (publication.queries.due), so no message can be lost.
    submission.state, submission.approved_at = SubmissionState.APPROVED, at
    submission.save(update_fields=["state", "approved_at"])
    move_stage(disclosure=submission.disclosure, to=Stage.APPROVED, by=by, at=at)


def _back_to_start(submission: Submission, by: Actor, at: datetime) -> None:
    submission.state = SubmissionState.REMANDED
    submission.save(update_fields=["state"])
    move_stage(disclosure=submission.disclosure, to=stage_before(submission), by=by, at=at)


def _back_one_step(submission: Submission, _by: Actor, _at: datetime) -> None:
    # Decisions stay: which of them still count is computed (`rules.effective`), never deleted.
    submission.step -= 1
    submission.round += 1
    submission.save(update_fields=["step", "round"])


_MOVES = {
    Verdict.ENDORSE: _after_endorsement,
    Verdict.REMAND_TO_START: _back_to_start,
    Verdict.REMAND_ONE_STEP: _back_one_step,
}
