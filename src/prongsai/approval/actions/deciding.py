"""A post endorses a submission or sends it back."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import localdate

from prongsai.approval import queries, rules
from prongsai.approval.actions.circulating import circulate
from prongsai.approval.actions.submitting import stage_before
from prongsai.approval.models import Decision, Submission, Suggestion
from prongsai.approval.refusals import CannotDecide
from prongsai.approval.states import Cause, DecisionBlocker, Passing, SubmissionState, Verdict
from prongsai.approval.suggesting import Replacement
from prongsai.approval.walking import Turn, passed_steps, place_of
from prongsai.disclosures.actions import move_stage
from prongsai.disclosures.states import Stage
from prongsai.disclosures.tidy import lines
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Post
from prongsai.organisation.queries import actor_for, held_by


class Word(NamedTuple):
    """What is said, of which content (`hash_seen`); `to_step` counts from 0 and belongs to a named step."""

    verdict: Verdict
    reason: str
    hash_seen: str
    to_step: int | None
    replacements: Sequence[Replacement] = ()


def decide(
    *,
    submission: Submission,
    verdict: str,
    reason: str = "",
    content_hash_seen: str,
    to_step: int | None = None,
    replacements: Sequence[Replacement] = (),
    by: Actor,
    at: datetime,
) -> Decision:
    """Adds a decision and moves the submission. A double click returns the decision that is there.

    `content_hash_seen` is the hash that the approver's page was made from; `to_step` goes with a remand to a named
    step. `replacements` are words that a remand to its author suggests; the author makes them, or not. Raises
    `CannotDecide` with every reason.
    """
    is_named = verdict == Verdict.REMAND_TO_STEP
    word = Word(
        verdict=Verdict(verdict),
        reason=lines(reason),
        hash_seen=content_hash_seen,
        to_step=to_step if is_named else None,
        replacements=replacements if verdict == Verdict.REMAND_TO_START else (),
    )
    with refusals_recorded(by=by, at=at, verb="decide", subject=submission.subject):
        rows = Submission.objects.select_for_update().select_related("disclosure", "revision")
        row = rows.get(pk=submission.pk)
        made = repeated(row, word, by) or _decide(row, word, by=by, at=at)
    submission.refresh_from_db()
    return made


def repeated(submission: Submission, word: Word, by: Actor) -> Decision | None:
    """The same said again by the same person in the same post, while nothing else has happened to it."""
    same = submission.decisions.filter(
        post_code=by.post_code,
        verdict=word.verdict,
        content_hash=word.hash_seen,
        to_step=word.to_step,
    )
    last = same.filter(person_id=by.person_id or 0).order_by("-id").first()
    newest = submission.decisions.order_by("-id").first()
    # A remand is the same click only while it is the last word; an endorsement as long as it counts,
    # for other posts of the step may have spoken between two clicks.
    if last is None or word.verdict != Verdict.ENDORSE:
        return last if last == newest else None
    return last if last in queries.effective_endorsements(submission) else None


def _decide(submission: Submission, word: Word, *, by: Actor, at: datetime) -> Decision:
    case, turn = queries.deciding(submission, by=by, on=localdate(at), **word._asdict())
    blockers = rules.decision_blockers(case)
    title = queries.bundle_title(submission)
    blockers += rules.alone_blockers(DecisionBlocker.IN_BUNDLE, title)
    if blockers or turn is None:
        raise CannotDecide(blockers)
    return enter_decision(submission, word, turn, by=by, at=at)


def enter_decision(
    submission: Submission, word: Word, turn: Turn, *, by: Actor, at: datetime
) -> Decision:
    """A decision against which nothing stands, with all that follows from it. Part of another act."""
    # The decision first: where the submission stands is read from the decisions that are there.
    decision = _add(submission, word, turn, by=by, at=at)
    if word.replacements:
        rows = [{"old": each.old, "new": each.new} for each in word.replacements]
        Suggestion.objects.create(decision=decision, replacements=rows)
    _MOVES[word.verdict](submission, decision, by, at)
    record_act(
        by=by,
        at=at,
        verb="decide",
        subject=submission.subject,
        reason=word.reason,
        details=_details(decision),
    )
    return decision


def _details(decision: Decision) -> dict[str, object]:
    said = {
        "verdict": str(decision.verdict),
        "step": decision.step,
        "round": decision.round,
        "content_hash": decision.content_hash,
    }
    more = {name: getattr(decision, name) for name in ("for_post", "passing", "to_step")}
    return said | {name: value for name, value in more.items() if value not in ("", None)}


def _add(submission: Submission, word: Word, turn: Turn, *, by: Actor, at: datetime) -> Decision:
    """With post and capacity as they are held on that day, whatever the page remembered of them."""
    # `Actor` came with the request and may be hours old; the appointment is asked again.
    held = held_by(by, on=localdate(at)).select_related("person").order_by("id")[0]
    holder = actor_for(held.person, post_code=by.post_code, on=localdate(at))
    is_early = bool(turn.passing) and word.verdict == Verdict.ENDORSE
    return Decision.objects.create(
        submission=submission,
        # A remand undoes from where the submission stands, whoever says it.
        step=turn.step if is_early else submission.step,
        round=submission.round,
        post_code=holder.post_code,
        post_title=holder.post_title,
        person=held.person,
        capacity=holder.capacity,
        acting_order=holder.acting_order,
        verdict=word.verdict,
        for_post=turn.for_post,
        for_post_title=_title(turn.for_post),
        passing=turn.passing if is_early else "",
        from_step=submission.step if is_early else None,
        to_step=word.to_step,
        reason=word.reason,
        content_hash=submission.content_hash,
        at=at,
    )


def _title(code: str) -> str:
    return Post.objects.filter(code=code).values_list("title_th", flat=True).first() or ""


def _after_endorsement(submission: Submission, decision: Decision, by: Actor, at: datetime) -> None:
    """On to the next step when the quorum is reached; after the last one it is approved."""
    steps, said = queries.steps_of(submission), queries.said(submission.decisions.all())
    _tell_the_passed(submission, decision, at)
    place = place_of(steps, said)
    if place in (submission.step, decision.step):
        _stand_at(submission, place, at)
        return
    _tell_the_others(submission, decision, at)
    if place < len(steps):
        _stand_at(submission, place, at)
        return
    # `step` stays at the last one, so that screens can always show where it stands. Nobody is told:
    # the worker looks for approved rows (publication.queries.due), so no message can be lost.
    submission.step = len(steps) - 1
    submission.state, submission.approved_at = SubmissionState.APPROVED, at
    submission.save(update_fields=["step", "state", "approved_at"])
    move_stage(disclosure=submission.disclosure, to=Stage.APPROVED, by=by, at=at)
    circulate(
        submission=submission,
        posts=submission.informed,
        cause=Cause.FOR_INFORMATION,
        step=submission.step,
        at=at,
    )


def _stand_at(submission: Submission, place: int, at: datetime) -> None:
    """A deadline runs from the day on which a step was reached, not from each word that is said in it."""
    if place != submission.step:
        submission.step, submission.arrived_at = place, at
        submission.save(update_fields=["step", "arrived_at"])


def _tell_the_passed(submission: Submission, decision: Decision, at: datetime) -> None:
    # Nobody sits in a vacant post who could be told.
    if decision.passing != Passing.PULLED_UP:
        return
    steps = queries.steps_of(submission)
    said = queries.said([decision])
    for place in sorted(passed_steps(said)):
        circulate(
            submission=submission,
            posts=steps[place].posts,
            cause=Cause.PASSED_OVER,
            step=place,
            at=at,
        )


def _tell_the_others(submission: Submission, decision: Decision, at: datetime) -> None:
    """Whoever of the step was not needed any more, an alternate above all."""
    step = queries.steps_of(submission)[decision.step]
    counting = queries.effective_endorsements(submission)
    spoken = {each.seat for each in counting if each.step == decision.step}
    circulate(
        submission=submission,
        posts=[post for post in step.posts if post not in spoken],
        cause=Cause.OTHER_DECIDED,
        step=decision.step,
        at=at,
    )


def _back_to_start(submission: Submission, _decision: Decision, by: Actor, at: datetime) -> None:
    submission.state = SubmissionState.REMANDED
    submission.save(update_fields=["state"])
    move_stage(disclosure=submission.disclosure, to=stage_before(submission), by=by, at=at)


def _back_within(submission: Submission, _decision: Decision, _by: Actor, at: datetime) -> None:
    # Decisions stay: which of them still count is computed (`walking.effective`), never deleted.
    said = queries.said(submission.decisions.all())
    submission.step = place_of(queries.steps_of(submission), said)
    submission.round, submission.arrived_at = submission.round + 1, at
    submission.save(update_fields=["step", "round", "arrived_at"])


_MOVES = {
    Verdict.ENDORSE: _after_endorsement,
    Verdict.REMAND_TO_START: _back_to_start,
    Verdict.REMAND_ONE_STEP: _back_within,
    Verdict.REMAND_TO_STEP: _back_within,
}
