"""Drawing over a file, asking for the result, throwing a draft away, and taking a result back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from prongsai.disclosures.actions import attach, detach
from prongsai.disclosures.actions.locking import author_id, locked, refuse_if_locked
from prongsai.disclosures.models import Disclosure, WithheldPart
from prongsai.disclosures.states import Stage
from prongsai.files.locating import Box
from prongsai.files.queries import reading_progress
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.screening.models import CoverAnswer, Redaction
from prongsai.screening.redacting import queries
from prongsai.screening.redacting.covers import (
    LONGEST_GROUND,
    MOST_MARKS,
    Mark,
    Picture,
    Span,
    joined,
)
from prongsai.screening.redacting.keeping import keep_until
from prongsai.screening.redacting.queries import Marking
from prongsai.screening.redacting.refusals import SENTENCES, CannotRedactFile, is_confirmable
from prongsai.screening.states import RedactionState
from prongsai.thai.dates import BANGKOK


@dataclass(frozen=True)
class Target:
    """The file in a slot as it was when somebody opened it; another one there meanwhile is not touched."""

    disclosure: Disclosure
    slot: str
    file_id: UUID


def mark(
    *,
    target: Target,
    page: int,
    marks: Sequence[Mark],
    by: Actor,
    at: datetime,
    rows: range | None = None,
) -> Redaction:
    """These marks in the place of those of one page; of a sheet, of those rows and of whole columns."""
    with _opened(target, "mark_redaction", by, at) as marking:
        if not 1 <= page <= marking.count:
            raise CannotRedactFile([SENTENCES["no_page"]])
        if any(not _is_inside(each, marking) for each in marks):
            raise CannotRedactFile([SENTENCES["bad_mark"]])
        kept = [each for each in marking.marks if not _is_shown(each, page, rows)]
        return _draft(marking, joined(kept, marks), by, at)


def add_marks(*, target: Target, marks: Sequence[Mark], by: Actor, at: datetime) -> Redaction:
    """These beside what is marked already, wherever they are."""
    with _opened(target, "mark_redaction", by, at) as marking:
        return _draft(marking, joined(marking.marks, marks), by, at)


def _is_inside(mark: Mark, marking: Marking) -> bool:
    """Of the kind that the file has, and within its text where it covers a stretch of it."""
    if isinstance(mark.place, Picture):
        return mark.place.number <= marking.pictures
    if isinstance(mark.place, Span):
        is_text = not queries.has_pages(marking.stored) and not queries.is_table(marking.stored)
        return is_text and mark.place.end <= len(marking.page(mark.page).text)
    return isinstance(mark.place, Box) == queries.has_pages(marking.stored)


def _is_shown(mark: Mark, page: int, rows: range | None) -> bool:
    """Whether the screen that was sent showed the mark, so that its absence means that it was taken away."""
    row = getattr(mark.place, "row", None)
    return mark.page == page and (rows is None or row is None or row in rows)


@contextmanager
def _opened(target: Target, verb: str, by: Actor, at: datetime) -> Iterator[Marking]:
    preset = _preset(target)
    with locked(target.disclosure, verb=verb, by=by, at=at) as row:
        refuse_if_locked(row)
        attachment = queries.attachment_in(row, target.slot)
        if attachment is None:
            raise CannotRedactFile([SENTENCES["no_file"]])
        if attachment.file_id != target.file_id:
            raise CannotRedactFile([SENTENCES["other_file"]])
        if not queries.can_be_redacted(attachment.file):
            raise CannotRedactFile([SENTENCES["wrong_type"]])
        yield Marking(row, attachment, preset)


def _preset(target: Target) -> tuple[Mark, ...] | None:
    """Looked for before the lock: in a long file it takes a while, and nobody else could save meanwhile."""
    attachment = queries.attachment_in(target.disclosure, target.slot)
    is_same = attachment is not None and attachment.file_id == target.file_id
    if not is_same or attachment is None or not queries.can_be_redacted(attachment.file):
        return None
    marking = Marking(target.disclosure, attachment)
    return marking.marks if marking.attempt is None else None


def _draft(marking: Marking, marks: tuple[Mark, ...], by: Actor, at: datetime) -> Redaction:
    """The draft with these marks; what was asked for before stays as it was."""
    _refuse_marks(marks)
    draft = queries.under_way(marking.disclosure, marking.slot)
    if draft is not None and draft.state == RedactionState.MAKING:
        raise CannotRedactFile([SENTENCES["being_made"]])
    if draft is not None and draft.original_id != marking.stored.pk:
        _drop(draft, at)
        draft = None
    covers = [each.to_json() for each in marks]
    if draft is None:
        return Redaction.objects.create(
            disclosure=marking.disclosure,
            slot=marking.slot,
            original=marking.stored,
            covers=covers,
            begun_at=at,
            begun_by_id=author_id(by),
            saved_at=at,
        )
    draft.covers, draft.saved_at = covers, at
    draft.save(update_fields=["covers", "saved_at"])
    return draft


def _refuse_marks(marks: tuple[Mark, ...]) -> None:
    if len(marks) > MOST_MARKS:
        raise CannotRedactFile([SENTENCES["too_many"]])
    if any(len(each.ground) > LONGEST_GROUND for each in marks):
        raise CannotRedactFile([SENTENCES["long_ground"]])


def ask(*, target: Target, by: Actor, at: datetime, accepts_problems: bool = False) -> Redaction:
    """The machine shall make the file now; asked twice, it is made once.

    With `accepts_problems` the officer has looked at what the last attempt found and says that it is something else.
    """
    with locked(target.disclosure, verb="ask_for_redaction", by=by, at=at) as row:
        present = queries.under_way(row, target.slot)
        if present and present.state == RedactionState.MAKING:
            if present.original_id == target.file_id:
                return present
            raise CannotRedactFile([SENTENCES["being_made"]])
    with _opened(target, "ask_for_redaction", by, at) as marking:
        _refuse_unready(marking)
        last = marking.attempt
        redaction = _draft(marking, marking.marks, by, at)
        if accepts_problems:
            redaction.accepted = _confirmable(marking)
        redaction.state = RedactionState.MAKING
        redaction.asked_at, redaction.asked_by_id = at, author_id(by)
        redaction.post_code, redaction.post_title = by.post_code, by.post_title
        redaction.capacity, redaction.acting_order = by.capacity, by.acting_order
        redaction.keep_original_until_date = _kept_until(last, at)
        redaction.save()
        _record("ask_for_redaction", redaction, by, at)
    return redaction


def _kept_until(last: Redaction | None, at: datetime) -> date:
    """A day that somebody chose before stays."""
    chosen = last.keep_original_until_date if last else None
    return chosen or keep_until(at.astimezone(BANGKOK).date())


def _refuse_unready(marking: Marking) -> None:
    if not marking.marks:
        raise CannotRedactFile([SENTENCES["not_marked"]])
    if reading_progress(marking.stored).waiting:
        raise CannotRedactFile([SENTENCES["still_reading"]])


def _confirmable(marking: Marking) -> list[dict[str, object]]:
    """Of the newest attempt that failed over this file."""
    failed = marking.disclosure.redactions.filter(
        original=marking.stored, state=RedactionState.FAILED
    ).first()
    return [one for one in failed.problems if is_confirmable(one)] if failed else []


def drop(*, target: Target, by: Actor, at: datetime) -> None:
    """Throws the draft away; the next one begins with what the screeners want out."""
    with locked(target.disclosure, verb="drop_redaction", by=by, at=at) as row:
        refuse_if_locked(row)
        draft = queries.under_way(row, target.slot)
        if draft is None:
            return
        if draft.state == RedactionState.MAKING:
            raise CannotRedactFile([SENTENCES["being_made"]])
        _drop(draft, at)
        _record("drop_redaction", draft, by, at)


def _drop(draft: Redaction, at: datetime) -> None:
    draft.state, draft.finished_at = RedactionState.DROPPED, at
    draft.save(update_fields=["state", "finished_at"])


def undo(*, disclosure: Disclosure, slot: str, by: Actor, at: datetime) -> None:
    """Puts the original back in the place of the redacted file, and takes its twin out."""
    redaction = queries.in_force(disclosure).get(slot)
    with locked(disclosure, verb="undo_redaction", by=by, at=at) as row:
        refuse_if_locked(row)
        if redaction is None:
            raise CannotRedactFile([SENTENCES["nothing_to_undo"]])
        lying = queries.attachment_in(row, slot)
        label = lying.label if lying else ""
        attach(disclosure=row, file=redaction.original, by=by, at=at, slot=slot, label=label)
        _take_twin_out(row, redaction, by, at)
        redaction.undone_at, redaction.undone_by_id = at, author_id(by)
        redaction.save(update_fields=["undone_at", "undone_by"])
        _record("undo_redaction", redaction, by, at)


def _take_twin_out(disclosure: Disclosure, redaction: Redaction, by: Actor, at: datetime) -> None:
    if redaction.twin_id:
        for twin in disclosure.attachments.present().filter(file=redaction.twin_id):
            detach(disclosure=disclosure, slot=twin.slot, by=by, at=at)


def keep_original_until(*, redaction: Redaction, until_date: date, by: Actor, at: datetime) -> None:
    """Another day from which the original need not be kept."""
    with locked(redaction.disclosure, verb="keep_original", by=by, at=at):
        if until_date < at.astimezone(BANGKOK).date():
            raise CannotRedactFile([SENTENCES["too_early"]])
        Redaction.objects.filter(pk=redaction.pk).update(keep_original_until_date=until_date)
        redaction.keep_original_until_date = until_date
        _record("keep_original", redaction, by, at)


def answer_cover(
    *,
    disclosure: Disclosure,
    slot: str,
    by: Actor,
    at: datetime,
    part: UUID | None = None,
    reason: str = "",
) -> CoverAnswer:
    """Says of a covered file which entry of the register speaks of it, or why none need. The same again is one."""
    with locked(disclosure, verb="answer_cover", by=by, at=at) as row:
        redaction = _answerable(row, slot)
        entry = _entry(row, part, reason)
        _refuse_hidden_ground(redaction, entry)
        newest = redaction.answers.last()
        if newest and (newest.part, newest.reason) == (entry, reason.strip()):
            return newest
        answer = CoverAnswer.objects.create(
            redaction=redaction,
            part=entry,
            reason=reason.strip(),
            said_at=at,
            said_by_id=author_id(by),
            post_title=by.post_title,
            acting_order=by.acting_order,
        )
        _record("answer_cover", redaction, by, at, reason=answer.reason)
    return answer


def _answerable(disclosure: Disclosure, slot: str) -> Redaction:
    """Until it goes to those who decide; the answer is no content."""
    redaction = queries.in_force(disclosure).get(slot)
    if redaction is None or disclosure.stage not in (Stage.WRITING, Stage.SCREENING):
        raise CannotRedactFile([SENTENCES["no_cover"]])
    return redaction


def _refuse_hidden_ground(redaction: Redaction, entry: WithheldPart | None) -> None:
    """Whoever covered something on another ground has said so beside the box: the public may know of it."""
    grounds = queries.other_grounds(redaction) if entry is None else []
    if grounds:
        named = " ".join(f"“{ground}”" for ground in grounds)
        raise CannotRedactFile([SENTENCES["other_ground"].format(grounds=named)])


def _entry(disclosure: Disclosure, part: UUID | None, reason: str) -> WithheldPart | None:
    if part is None:
        if not reason.strip():
            raise CannotRedactFile([SENTENCES["no_cover_reason"]])
        return None
    entry = disclosure.withheld_parts.present().filter(ref=part).first()
    if entry is None:
        raise CannotRedactFile([SENTENCES["no_part"]])
    return entry


def _record(verb: str, redaction: Redaction, by: Actor, at: datetime, *, reason: str = "") -> None:
    record_act(
        by=by,
        at=at,
        verb=verb,
        subject=redaction.disclosure.subject,
        reason=reason,
        details={
            "slot": redaction.slot,
            "redaction": redaction.pk,
            "original": redaction.original.sha256,
            "covers": len(redaction.covers),
            "until": str(redaction.keep_original_until_date or ""),
        },
    )
