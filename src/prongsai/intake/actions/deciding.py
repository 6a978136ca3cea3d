"""What a person makes of an arrival. Each verb locks the row first: a second click finds it decided."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures import actions as disclosures
from prongsai.disclosures.content import Content
from prongsai.disclosures.kinds import MAIN
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.intake.models import Arrival
from prongsai.intake.noting import values_in
from prongsai.intake.queries import duplicates_of
from prongsai.intake.refusals import CannotConfirm
from prongsai.intake.rules import changed_fields
from prongsai.intake.states import ArrivalState, DuplicateChoice
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.thai.masking import mask_persons_numbers

Json = dict[str, Any]
UNDECIDED_DUPLICATE = _(
    "ยังทำเป็นฉบับร่างไม่ได้: “{name}” เหมือนเอกสารที่มีอยู่แล้ว โปรดเลือกก่อนว่าจะข้าม เพิ่มเป็นเรื่องใหม่ หรือใช้แก้ไขเรื่องเดิม"
)
STILL_READING = _("ยังตัดสินไม่ได้: “{name}” ยังอ่านไม่เสร็จ โปรดรอสักครู่")
DECIDED = _("“{name}” ตัดสินไปแล้ว: {state} หน้าจอนี้อาจเก่า โปรดเปิดหน้านี้ใหม่")


@contextmanager
def locked(arrival: Arrival, *, verb: str, by: Actor, at: datetime) -> Iterator[Arrival]:
    """The row, fresh and locked, in a transaction; a refusal undoes all of it and is then recorded."""
    with refusals_recorded(by=by, at=at, verb=verb, subject=arrival.subject):
        # Without joins: a row that was waited for is fresh, what was joined to it is from before the wait.
        yield Arrival.objects.select_for_update().get(pk=arrival.pk)
    arrival.refresh_from_db()


def keep(*, arrival: Arrival, typed: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Keeps what was typed over the proposals, as it was typed; it is still no content."""
    with locked(arrival, verb="keep_arrival", by=by, at=at) as row:
        refuse_unless_proposed(row)
        row.given = dict(typed)
        row.save(update_fields=["given"])


def confirm(
    *, arrival: Arrival, content: Content, accepted: Json, by: Actor, at: datetime
) -> Disclosure:
    """Makes a draft of what a person confirmed, with the file as its main document. Once: then it is that draft.

    `accepted` are the confirmed values under the names of the proposals; what differs is remembered in an act.
    """
    with locked(arrival, verb="confirm_arrival", by=by, at=at) as row:
        if row.state == ArrivalState.CONFIRMED and row.disclosure is not None:
            return row.disclosure
        refuse_unless_proposed(row)
        if row.duplicate_choice != DuplicateChoice.NEW and duplicates_of([row])[row.pk]:
            raise CannotConfirm([format_lazy(UNDECIDED_DUPLICATE, name=row.name)])
        draft = draft_of(row, content, by=by, at=at)
        changed = changed_fields(values_in(row.proposals), accepted)
        row.accepted = accepted
        settle(row, ArrivalState.CONFIRMED, draft, by=by, at=at)
        _record(row, "confirm_arrival", by=by, at=at, disclosure=str(draft.ref), changed=changed)
    return draft


def draft_of(row: Arrival, content: Content, *, by: Actor, at: datetime) -> Disclosure:
    """The draft with its file and content; call it with the arrival locked."""
    # The draft's address is the arrival's: whatever is tried twice finds the first one's draft.
    draft = disclosures.start(kind=content.kind, unit=row.batch.unit, ref=row.ref, by=by, at=at)
    disclosures.attach(disclosure=draft, file=row.file, slot=MAIN, by=by, at=at)
    draft.refresh_from_db()
    base = draft.latest.sequence if draft.latest else 0
    disclosures.save(disclosure=draft, content=content, base_sequence=base, by=by, at=at)
    return draft


def decide_duplicate(*, arrival: Arrival, choice: str, by: Actor, at: datetime) -> None:
    """Skips what is there already, or goes on with it as something new."""
    with locked(arrival, verb="decide_duplicate", by=by, at=at) as row:
        refuse_unless_proposed(row)
        row.duplicate_choice = choice
        if choice == DuplicateChoice.SKIP:
            settle(row, ArrivalState.SKIPPED, None, by=by, at=at)
        else:
            row.save(update_fields=["duplicate_choice"])
        _record(row, "decide_duplicate", by=by, at=at, choice=choice)


def correct_with(*, arrival: Arrival, disclosure: Disclosure, by: Actor, at: datetime) -> None:
    """Puts the file into the main slot of what is there, opening it for a new version if it is published."""
    with locked(arrival, verb="correct_with_arrival", by=by, at=at) as row:
        refuse_unless_proposed(row)
        if disclosure.stage == Stage.RESTING:
            disclosures.begin_correction(disclosure=disclosure, by=by, at=at)
        disclosures.attach(disclosure=disclosure, file=row.file, slot=MAIN, by=by, at=at)
        row.duplicate_choice = DuplicateChoice.CORRECT
        settle(row, ArrivalState.CORRECTED, disclosure, by=by, at=at)
        _record(row, "correct_with_arrival", by=by, at=at, disclosure=str(disclosure.ref))


def discard(*, arrival: Arrival, by: Actor, at: datetime) -> None:
    """Takes it off the list; the file stays in the private store for the record of acts."""
    with locked(arrival, verb="discard_arrival", by=by, at=at) as row:
        if row.state == ArrivalState.DISCARDED:
            return
        refuse_decided(row)
        settle(row, ArrivalState.DISCARDED, None, by=by, at=at)
        _record(row, "discard_arrival", by=by, at=at)


def refuse_unless_proposed(row: Arrival) -> None:
    """Raises `CannotConfirm` with what became of it, or that it is still being read."""
    if row.state == ArrivalState.READING:
        raise CannotConfirm([format_lazy(STILL_READING, name=row.name)])
    refuse_decided(row)


def refuse_decided(row: Arrival) -> None:
    """What somebody decided, or what was refused, stays so."""
    if not row.is_open:
        state = ArrivalState(row.state).label
        raise CannotConfirm([format_lazy(DECIDED, name=row.name, state=state)])


def settle(
    row: Arrival,
    state: ArrivalState,
    disclosure: Disclosure | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Writes down what became of the arrival, and who decided so."""
    row.state, row.disclosure = state, disclosure
    row.decided_at, row.decided_by_id = at, by.person_id
    row.save()


def _record(row: Arrival, verb: str, *, by: Actor, at: datetime, **details: Any) -> None:
    about = {
        "batch": str(row.batch.ref),
        "name": mask_persons_numbers(row.name),
        "sha256": row.file.sha256,
    }
    record_act(by=by, at=at, verb=verb, subject=row.subject, details=about | details)
