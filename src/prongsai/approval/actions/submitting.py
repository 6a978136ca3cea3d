"""A revision, or an act on what is public, goes to those who must agree; or is taken back."""

from dataclasses import replace
from datetime import UTC, datetime

from django.utils.timezone import localdate

from prongsai.approval import queries, rules
from prongsai.approval.models import Submission
from prongsai.approval.queries.proposing import is_author
from prongsai.approval.refusals import CannotSubmit, CannotTakeBack
from prongsai.approval.states import (
    SUBMITTABLE,
    SubmissionBlocker,
    SubmissionState,
    TakeBackBlocker,
    Urgency,
)
from prongsai.disclosures.actions import move_stage
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.states import Stage
from prongsai.disclosures.tidy import line, lines
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import Blocker
from prongsai.record.states import Action, Significance
from prongsai.thai.digits import to_arabic


def submit(
    *,
    disclosure: Disclosure,
    action: str,
    urgency: str = Urgency.NORMAL,
    significance: str = Significance.MAJOR,
    change_note: str = "",
    explanation: str = "",
    recall_reason: str = "",
    redirect_number: str = "",
    publish_after: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Submission:
    """Locks the content and starts the chain. The same submission again (a double click) returns the first.

    Raises `CannotSubmit` with every reason.
    """
    act = rules.Act(
        action=str(action),
        significance=str(Significance(significance)),
        # The public reads both: nothing invisible may stand in for words.
        change_note=lines(change_note),
        explanation=lines(explanation),
        recall_reason=recall_reason if action == Action.RECALLED else "",
        redirect_number=to_arabic(line(redirect_number)) if action == Action.CONSOLIDATED else "",
        publish_after=publish_after.astimezone(UTC).isoformat() if publish_after else "",
    )
    subject = f"disclosure:{disclosure.ref}"
    with refusals_recorded(by=by, at=at, verb="submit", subject=subject):
        row = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
        made = _submit(row, act, urgency=urgency, publish_after=publish_after, by=by, at=at)
    disclosure.refresh_from_db()
    return made


def _submit(
    disclosure: Disclosure,
    act: rules.Act,
    *,
    urgency: str,
    publish_after: datetime | None,
    by: Actor,
    at: datetime,
) -> Submission:
    if act.action not in SUBMITTABLE:
        raise CannotSubmit([Blocker(SubmissionBlocker.ACTION_UNKNOWN)])
    # The newest revision under the lock, not the one that the writer's page showed: what is approved is
    # what lies in the office, and a save in between is part of it.
    revision = _revision(disclosure, act.action)
    act = _completed(act, disclosure, revision)
    first = queries.open_submission(disclosure)
    if first is not None and _is_repeat(first, act, urgency, by):
        return first
    excluded = queries.contributors_to(disclosure, action=act.action, by=by)
    day = localdate(at)
    way = queries.route(disclosure, action=act.action, urgency=urgency, excluded=excluded, on=day)
    case = queries.proposal(disclosure, revision, act=act, way=way, by=by, on=day)
    blockers = rules.submission_blockers(case)
    if blockers or revision is None or by.person_id is None:
        raise CannotSubmit(blockers)
    submission = submission_row(act, disclosure=disclosure, revision=revision, way=way)
    submission.urgency, submission.publish_after = urgency, publish_after
    return start_submission(submission, by.person_id, excluded, by=by, at=at)


def submission_row(
    act: rules.Act, *, disclosure: Disclosure, revision: Revision, way: queries.Route
) -> Submission:
    """The act as a row. The chain is copied: a later change of the chains does not touch it."""
    return Submission(
        disclosure=disclosure,
        revision=revision,
        content_hash=rules.submission_hash(act),
        action=act.action,
        significance=act.significance,
        change_note=act.change_note,
        explanation=act.explanation,
        recall_reason=act.recall_reason,
        redirect_number=act.redirect_number,
        base_seq=act.base,
        chain_code=way.chain_code,
        chain_version=way.chain_version,
        steps=[step.to_json() for step in way.steps],
        informed=list(way.informed),
    )


def _revision(disclosure: Disclosure, action: str) -> Revision | None:
    return disclosure.latest if rules.carries_content(action) else disclosure.published_revision


def _completed(act: rules.Act, disclosure: Disclosure, revision: Revision | None) -> rules.Act:
    """With the number and the content that it is about, and what it corrects."""
    carries_content = revision is not None and rules.carries_content(act.action)
    content = queries.public_hash(revision) if revision and carries_content else ""
    base = queries.newest_seq(disclosure) if act.action == Action.CORRECTED else None
    return replace(act, number=disclosure.number, content=content, base=base)


def _is_repeat(first: Submission, act: rules.Act, urgency: str, by: Actor) -> bool:
    # Urgency is not public and so not hashed, yet asking for another way is another wish.
    there = (first.submitted_by_id, first.urgency, first.content_hash)
    return there == (by.person_id, urgency, rules.submission_hash(act))


def start_submission(
    submission: Submission, person_id: int, excluded: set[int], *, by: Actor, at: datetime
) -> Submission:
    """Saved, its content locked, and remembered. Part of another act."""
    submission.submitted_at, submission.submitted_by_id = at, person_id
    submission.arrived_at = at
    submission.submitter_post = by.signature[:200]
    # The content is locked from here on, so those who may not decide are known; inboxes read them.
    submission.contributors = sorted(excluded)
    submission.save(force_insert=True)
    move_stage(disclosure=submission.disclosure, to=Stage.DECIDING, by=by, at=at)
    record_act(
        by=by,
        at=at,
        verb="submit",
        subject=submission.subject,
        reason=submission.change_note or submission.explanation,
        details={
            "disclosure": str(submission.disclosure.ref),
            "action": str(submission.action),
            "urgency": str(submission.urgency),
            "content_hash": submission.content_hash,
        },
    )
    return submission


def take_back(*, submission: Submission, by: Actor, at: datetime, reason: str = "") -> None:
    """The submitter, or an officer of the unit, wants to go on writing. Taking back twice changes nothing.

    Raises `CannotTakeBack`.
    """
    with refusals_recorded(by=by, at=at, verb="take_back", subject=submission.subject):
        row = (
            Submission.objects.select_for_update()
            .select_related("disclosure")
            .get(pk=submission.pk)
        )
        _take_back(row, by=by, at=at, reason=reason)
    submission.refresh_from_db()


def _take_back(submission: Submission, *, by: Actor, at: datetime, reason: str) -> None:
    officer = is_author(by, submission.disclosure, on=localdate(at))
    is_theirs = officer or by.person_id == submission.submitted_by_id
    if is_theirs and submission.state == SubmissionState.RECALLED:
        return
    blockers = rules.take_back_blockers(
        state=submission.state,
        state_label=str(SubmissionState(submission.state).label),
        is_theirs=is_theirs,
    )
    title = queries.bundle_title(submission)
    blockers += rules.alone_blockers(TakeBackBlocker.IN_BUNDLE, title)
    if blockers:
        raise CannotTakeBack(blockers)
    undo_submission(submission, by=by, at=at, reason=reason)


def undo_submission(submission: Submission, *, by: Actor, at: datetime, reason: str) -> None:
    """Back with its writers, and remembered. Part of another act."""
    submission.state = SubmissionState.RECALLED
    submission.save(update_fields=["state"])
    move_stage(disclosure=submission.disclosure, to=stage_before(submission), by=by, at=at)
    record_act(by=by, at=at, verb="take_back", subject=submission.subject, reason=reason)


def stage_before(submission: Submission) -> Stage:
    """Where the disclosure goes when its submission ends without approval."""
    return Stage.WRITING if rules.carries_content(submission.action) else Stage.RESTING
