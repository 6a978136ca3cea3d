"""Recalls are asked for, checked and followed up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from prongsai.approval import actions as approval
from prongsai.approval.models import Submission
from prongsai.approval.queries import open_submission
from prongsai.approval.queries.proposing import is_author
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.actions import discard
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.disclosures.tidy import lines
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import Blocker
from prongsai.publication.models import Incident, IncidentAnswer, PurgeCheck, RecallSet
from prongsai.publication.recalls import queries, rules
from prongsai.publication.recalls.addresses import carried_at
from prongsai.publication.recalls.checklist import checklist
from prongsai.publication.recalls.refusals import CannotRecord
from prongsai.publication.recalls.states import CheckState, IncidentBlocker
from prongsai.record.states import Action, RecallReason
from prongsai.screening import actions as screening


def recall(
    *,
    disclosure: Disclosure,
    reason: str,
    explanation: str,
    urgency: str,
    known_at: datetime | None = None,
    has_incident: bool = False,
    by: Actor,
    at: datetime,
) -> Submission:
    """Asks for a recall. What is written, decided or waits on the item gives way: a leak does not wait for it.

    Personal data open an incident whose clock runs from `known_at`, or from now; `has_incident` says that a
    set has one already. Raises what `approval.actions.submit` raises.
    """
    with refusals_recorded(by=by, at=at, verb="recall", subject=disclosure.subject):
        _give_up_what_is_written(disclosure, by=by, at=at)
        submission = approval.submit(
            disclosure=disclosure,
            action=Action.RECALLED,
            urgency=urgency,
            explanation=explanation,
            recall_reason=reason,
            by=by,
            at=at,
        )
        if reason == RecallReason.PERSONAL_DATA and not has_incident:
            open_incident(recalled=submission, known_at=known_at or at, by=by, at=at)
    return submission


def _give_up_what_is_written(disclosure: Disclosure, *, by: Actor, at: datetime) -> None:
    disclosure.refresh_from_db()
    under_way = open_submission(disclosure)
    why = "เรียกคืนรายการที่เผยแพร่"
    if under_way is not None:
        # The same wish again is for `submit` to answer.
        if under_way.action == Action.RECALLED or not _gives_way(under_way, why, by=by, at=at):
            return
        disclosure.refresh_from_db()
    if disclosure.stage == Stage.SCREENING:
        screening.take_back(disclosure=disclosure, by=by, at=at, reason=why)
        disclosure.refresh_from_db()
    if disclosure.stage == Stage.WRITING and disclosure.number:
        discard(disclosure=disclosure, by=by, at=at, reason=why)
        disclosure.refresh_from_db()


def _gives_way(submission: Submission, why: str, *, by: Actor, at: datetime) -> bool:
    """Whether what was decided or waits has gone back to its writers; not for somebody who is none of them."""
    is_alone = submission.sending_id is None
    if is_alone and submission.state == SubmissionState.UNDER_WAY:
        approval.take_back(submission=submission, by=by, at=at, reason=why)
        return True
    if not is_author(by, submission.disclosure, on=localdate(at)):
        return False
    # A bundle cannot go on without a member, and a leak waits for no other.
    give = approval.give_way if is_alone else approval.give_back
    give(submission=submission, by=by, at=at, reason=why)
    return True


def note_addresses(*, submission: Submission) -> None:
    """Before the gate recalls: every address that carries the item now is written down, to be asked afterwards."""
    PurgeCheck.objects.bulk_create(
        [
            PurgeCheck(
                submission=submission,
                address=each.address,
                carrier=each.carrier,
                is_shared=each.is_shared,
            )
            for each in carried_at(submission.disclosure.number)
        ],
        # A gate that was killed in between notes them again.
        ignore_conflicts=True,
    )


def keep_answers(
    *, checks: Sequence[PurgeCheck], heard: Sequence[rules.Heard], at: datetime
) -> None:
    """What the portal said at these addresses, in their order."""
    asked = queries.questions(list(checks))
    for check, question, answer in zip(checks, asked, heard, strict=True):
        check.complaint = rules.complaint(question, answer)
        check.status = answer.status or None
        check.tries, check.asked_at = check.tries + 1, at
        check.state = _state(check)
        check.save(update_fields=["complaint", "status", "tries", "asked_at", "state"])


def _state(check: PurgeCheck) -> CheckState:
    if not check.complaint:
        return CheckState.GONE
    return CheckState.FAILED if rules.is_failure(check.tries) else CheckState.WAITING


def open_incident(
    *, recalled: Submission | RecallSet, known_at: datetime, by: Actor, at: datetime
) -> Incident:
    """Once for each recall; asked again it answers the one that is there. Raises `CannotRecord`."""
    name = "submission" if isinstance(recalled, Submission) else "recall_set"
    return _open({name: recalled}, recalled.subject, known_at=known_at, by=by, at=at)


def open_notice_incident(*, ref: UUID, known_at: datetime, by: Actor, at: datetime) -> Incident:
    """Of an emergency notice. Once; asked again it answers the one that is there. Raises `CannotRecord`."""
    return _open({"notice_ref": ref}, f"notice:{ref}", known_at=known_at, by=by, at=at)


def _open(
    recalled: dict[str, Any], subject: str, *, known_at: datetime, by: Actor, at: datetime
) -> Incident:
    if known_at > at:
        raise CannotRecord([Blocker(IncidentBlocker.KNOWN_LATER)])
    incident, is_new = Incident.objects.get_or_create(
        **recalled,
        defaults={
            "known_at": known_at,
            "known_by_id": by.person_id,
            "opened_at": at,
            "opened_by_id": by.person_id,
        },
    )
    if is_new:
        details = {"recall": subject, "known_at": known_at.isoformat()}
        record_act(by=by, at=at, verb="open_incident", subject=incident.subject, details=details)
    return incident


def make_sure_of_incident(*, submission: Submission, by: Actor, at: datetime) -> None:
    """At the gate: personal data that were recalled by another way get their clock, too."""
    if submission.recall_reason != RecallReason.PERSONAL_DATA:
        return
    if RecallSet.objects.filter(members__submission=submission).exists():
        return
    known_at = min(submission.submitted_at, at)
    open_incident(recalled=submission, known_at=known_at, by=by, at=at)


def answer(
    *, incident: Incident, question: str, text: str, by: Actor, at: datetime
) -> IncidentAnswer:
    """Adds an answer to a question of the checklist; the same words again add nothing. Raises `CannotRecord`."""
    text = lines(text)
    with refusals_recorded(by=by, at=at, verb="answer_incident", subject=incident.subject):
        row = Incident.objects.select_for_update().get(pk=incident.pk)
        newest = row.answers.filter(question=question).order_by("-id").first()
        if newest is not None and (newest.text, newest.person_id) == (text, by.person_id):
            return newest
        blockers = _answer_blockers(row, question, text, by=by, at=at)
        if blockers or by.person_id is None:
            raise CannotRecord(blockers)
        made = IncidentAnswer.objects.create(
            incident=row,
            question=question,
            text=text,
            person_id=by.person_id,
            post_title=by.signature[:200],
            at=at,
        )
        record_act(
            by=by,
            at=at,
            verb="answer_incident",
            subject=row.subject,
            details={"question": question},
        )
    return made


def _answer_blockers(
    incident: Incident, question: str, text: str, *, by: Actor, at: datetime
) -> list[Blocker]:
    known = {each.key for each in checklist().questions}
    found = [
        (incident.closed_at is not None, IncidentBlocker.CLOSED),
        (not queries.may_keep(incident, by, on=localdate(at)), IncidentBlocker.NOT_THEIRS),
        (question not in known, IncidentBlocker.UNKNOWN_QUESTION),
        (not text, IncidentBlocker.NO_WORDS),
    ]
    return [Blocker(code) for is_so, code in found if is_so]


def close_incident(*, incident: Incident, reason: str, by: Actor, at: datetime) -> None:
    """Ends the clock. Closing twice changes nothing. Raises `CannotRecord` with every reason."""
    reason = lines(reason)
    with refusals_recorded(by=by, at=at, verb="close_incident", subject=incident.subject):
        row = Incident.objects.select_for_update().get(pk=incident.pk)
        blockers = _close_blockers(row, reason, by=by, at=at)
        if blockers:
            raise CannotRecord(blockers)
        if row.closed_at is None:
            row.closed_at, row.closed_by_id, row.closing_reason = at, by.person_id, reason
            row.save(update_fields=["closed_at", "closed_by", "closing_reason"])
            record_act(by=by, at=at, verb="close_incident", subject=row.subject, reason=reason)
    incident.refresh_from_db()


def _close_blockers(incident: Incident, reason: str, *, by: Actor, at: datetime) -> list[Blocker]:
    missing = [
        Blocker(IncidentBlocker.UNANSWERED, line.asked.text)
        for line in queries.lines(incident)
        if line.asked.required and line.answer is None
    ]
    found = [
        (not queries.may_keep(incident, by, on=localdate(at)), IncidentBlocker.NOT_THEIRS),
        (not reason, IncidentBlocker.NO_REASON),
    ]
    return [*(Blocker(code) for is_so, code in found if is_so), *missing]
