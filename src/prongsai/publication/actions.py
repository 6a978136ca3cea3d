"""The gate: blobs first, then one transaction in the record, then the office is told.

Whatever is killed in between, running it again repairs it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from prongsai.approval.bundles.actions import finish_bundle
from prongsai.approval.bundles.queries import is_as_sent, together
from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.actions import move_stage, record_publication
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.states import Stage
from prongsai.files.models import StoredFile
from prongsai.files.queries import open_bytes
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import Outcome
from prongsai.publication import queries
from prongsai.publication.documents import document, entered_as, public_text
from prongsai.publication.recalls import actions as recalls
from prongsai.publication.rules import Blocker, Reason, publication_blockers
from prongsai.publication.texts import sentence
from prongsai.record import blobs
from prongsai.record.actions import Act as AppendAct
from prongsai.record.actions import CannotAppend, append, append_all
from prongsai.record.models import Entry
from prongsai.record.queries import entry_with_key
from prongsai.record.states import CONTENT_ACTIONS, OF_THE_DOCUMENT, Action
from prongsai.screening.actions import screen
from prongsai.screening.queries import unspeakable

GATE = Actor.system("ประตูเผยแพร่")


class CannotPublish(CannotAct):
    """The gate stays shut; `blockers` are the reasons (`rules.Reason`), the text their sentences."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__(sentence(reason) for reason in reasons)
        self.reasons = tuple(reasons)


def publish(*, submission_ref: UUID, at: datetime) -> Entry:
    """Carry one approved submission through the gate, exactly once, whatever was killed before.

    A member of a bundle goes with all others, in one transaction of the record, or stays with all others. Raises
    CannotPublish with every reason; the submission is then refused, its author told, and the refusal remembered.
    What the record already holds is only reported to the office again.
    """
    asked = Submission.objects.select_related("disclosure", "revision", "sending__bundle")
    submission = asked.get(ref=submission_ref)
    members = together(submission)
    entries = _entries_of(members)
    if not entries:
        for each in members:
            _screen_by_todays_rules(each, at=at)
        _check(members, at=at)
        # Before the entries: the record must never promise bytes that are not there.
        for each in members:
            _store_blobs(each)
        # Before the entry, too: afterwards the record has forgotten where the item stood.
        if submission.action == Action.RECALLED:
            recalls.note_addresses(submission=submission)
        entries = _append(members, at=at)
    _tell_office(members, entries, at=at)
    return entries[submission.place]


def _entries_of(members: Sequence[Submission]) -> list[Entry]:
    """What the record holds of these already: all of it or nothing, for they were appended as one."""
    found = [entry_with_key(_key(each)) for each in members]
    return [entry for entry in found if entry]


def _append(members: Sequence[Submission], *, at: datetime) -> list[Entry]:
    try:
        return append_all([_act(each, at=at) for each in members], at=at)
    except CannotAppend as error:
        # A clock or a key that is wrong is mended elsewhere, and the worker tries again.
        if not all(each.refusal in OF_THE_DOCUMENT for each in error.reasons):
            raise
        about = _named(members[error.place])
        refusal = CannotPublish(
            [Reason(Blocker.RECORD_REFUSES, str(each), about) for each in error.reasons]
        )
        _refuse(members, refusal, at=at)
        raise refusal from error


def _act(submission: Submission, *, at: datetime) -> AppendAct:
    return AppendAct(
        action=entered_as(submission),
        number=submission.disclosure.number or None,
        document=document(submission, at=at),
        key=_key(submission),
        file_texts=_file_texts(submission),
    )


def _named(member: Submission) -> str:
    """The title of the member that a reason is about; what goes alone needs none."""
    return member.disclosure.title if member.sending_id else ""


def expire(*, disclosure: Disclosure, at: datetime) -> Entry:
    """Take an item out of the lists on the day after the expiry date that was approved with its content.

    The trail hears of it first: a crash in between leaves an item that is still due, and nothing is said twice.
    """
    key = queries.expiry_key(disclosure)
    if not Act.objects.filter(verb="expire", subject=disclosure.subject, details__key=key).exists():
        record_act(by=GATE, at=at, verb="expire", subject=disclosure.subject, details={"key": key})
    return append(
        action=Action.EXPIRED,
        number=disclosure.number,
        document={
            "schema": "prongsai-act-1",
            "action": Action.EXPIRED,
            "published_at": at.isoformat(),
            "decided": [],
            "explanation": "",
            "recall_reason": "",
            "redirect_number": "",
        },
        file_texts={},
        key=key,
        at=at,
    )


def _key(submission: Submission) -> str:
    return f"submission:{submission.ref}"


def _screen_by_todays_rules(submission: Submission, *, at: datetime) -> None:
    """Detectors may have been updated since the approval, or an election drawn near: what they find is decided."""
    if submission.action in CONTENT_ACTIONS and submission.state == SubmissionState.APPROVED:
        screen(disclosure=submission.disclosure, by=GATE, at=at)


def _check(members: Sequence[Submission], *, at: datetime) -> None:
    reasons = _reasons(members, at=at)
    # Another worker may have appended these meanwhile: then a correction finds itself in the place of its base.
    if not reasons or _entries_of(members):
        return
    refusal, first = CannotPublish(reasons), members[0]
    # Being early is nobody's fault: the approval stands, and the gate is asked again when the time has come.
    if first.state == SubmissionState.APPROVED and not _only_early(first, at=at):
        _refuse(members, refusal, at=at)
    else:
        for each in members:
            _remember(each, refusal, at=at)
    raise refusal


def _reasons(members: Sequence[Submission], *, at: datetime) -> list[Reason]:
    """Of all members, each with the name of its own."""
    contributors = queries.contributors_of(members[0])
    found = [
        replace(reason, member=_named(each))
        for each in members
        for reason in publication_blockers(queries.case(each, contributors=contributors, at=at))
    ]
    sending = members[0].sending
    if sending is not None:
        # The title is bound as it was that day, and what may be said may have changed since.
        found += [
            Reason(Blocker.TEXT_UNSPEAKABLE, each) for each in unspeakable(sending.bundle.title)
        ]
        if not is_as_sent(sending, members):
            found.append(Reason(Blocker.BUNDLE_CHANGED, sending.bundle.title))
    return found


def _only_early(submission: Submission, *, at: datetime) -> bool:
    return submission.publish_after is not None and submission.publish_after > at


def _refuse(members: Sequence[Submission], refusal: CannotPublish, *, at: datetime) -> None:
    """Back to its author, with the reasons; nothing has reached the record."""
    with transaction.atomic():
        # Only while it is still approved: of two workers, one tells the author.
        changed = Submission.objects.filter(
            pk__in=[each.pk for each in members], state=SubmissionState.APPROVED
        ).update(state=SubmissionState.REFUSED, refusal=str(refusal))
        if not changed:
            return
        for each in members:
            move_stage(disclosure=each.disclosure, to=_stage_after_refusal(each), by=GATE, at=at)
            _remember(each, refusal, at=at)


def _remember(submission: Submission, refusal: CannotPublish, *, at: datetime) -> None:
    record_act(
        by=GATE,
        at=at,
        verb="publish",
        subject=submission.disclosure.subject,
        reason=str(refusal),
        outcome=Outcome.REFUSED,
        details={"blockers": [reason.blocker.value for reason in refusal.reasons]},
    )


def _stage_after_refusal(submission: Submission) -> Stage:
    return Stage.WRITING if submission.action in CONTENT_ACTIONS else Stage.RESTING


def _store_blobs(submission: Submission) -> None:
    for each in _files(submission):
        with open_bytes(StoredFile.objects.get(pk=each["file_id"])) as stream:
            blobs.store(each["sha256"], stream)


def _file_texts(submission: Submission) -> dict[str, list[dict[str, Any]]]:
    stored = {
        str(each.pk): each
        for each in StoredFile.objects.filter(pk__in=[f["file_id"] for f in _files(submission)])
    }
    number = submission.disclosure.number
    return {
        each["sha256"]: public_text(stored[each["file_id"]], each.get("text_sha256", ""))
        for each in _files(submission)
        # What another item tells of the same bytes, checked and approved, does not give way to the machine's text.
        if each.get("text_sha256") or not queries.is_checked_elsewhere(each["sha256"], number)
    }


def _files(submission: Submission) -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = submission.revision.content["files"]
    return files if submission.action in CONTENT_ACTIONS else []


def _tell_office(members: Sequence[Submission], entries: Sequence[Entry], *, at: datetime) -> None:
    """The office's own note of what the record now holds; running it twice changes nothing."""
    with transaction.atomic():
        for submission, entry in zip(members, entries, strict=True):
            _tell_of_one(submission, entry, at=at)
        if members[0].sending is not None:
            finish_bundle(sending=members[0].sending)


def _tell_of_one(submission: Submission, entry: Entry, *, at: datetime) -> None:
    changed = (
        Submission.objects.filter(pk=submission.pk)
        .exclude(state=SubmissionState.PUBLISHED)
        .update(state=SubmissionState.PUBLISHED, entry_seq=entry.seq, published_at=entry.at)
    )
    # The office knows already; a second note of the same edition would be one act too many in the trail.
    if not changed:
        return
    record_publication(
        disclosure=submission.disclosure,
        revision=_published_revision(submission),
        number=entry.number,
        by=GATE,
        at=at,
    )
    record_act(
        by=GATE,
        at=at,
        verb="publish",
        subject=submission.disclosure.subject,
        details={"number": entry.number, "seq": entry.seq, "action": entry.action},
    )
    if submission.action == Action.RECALLED:
        recalls.make_sure_of_incident(submission=submission, by=GATE, at=at)


def _published_revision(submission: Submission) -> Revision:
    """What the public reads now: this revision, or the one that the act spoke about."""
    earlier = submission.disclosure.published_revision
    return submission.revision if submission.action in CONTENT_ACTIONS or not earlier else earlier


def append_notice(
    *, action: str, number: str | None, document: dict[str, Any], key: str, at: datetime
) -> Entry:
    """The entry of an emergency notice that the director has put before the public already, or of its end.

    Nothing is checked again: what the public has read must be in the record, whatever one thinks of it now. The same
    `key` answers the same entry. Raises CannotAppend.
    """
    made = entry_with_key(key)
    if made is not None:
        return made
    whole = {"action": action, "published_at": at.isoformat(), **document}
    return append(action=action, number=number, document=whole, file_texts={}, key=key, at=at)
