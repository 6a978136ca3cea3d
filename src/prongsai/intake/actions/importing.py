"""A row of a manifest becomes a draft, or nothing: file, arrival and draft come together or not at all."""

from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure
from prongsai.files.actions import receive
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.intake.actions.deciding import draft_of, locked, refuse_decided, settle
from prongsai.intake.actions.taking_in import Upload, sender_id, sha256_of
from prongsai.intake.models import Arrival, Batch
from prongsai.intake.refusals import CannotImport
from prongsai.intake.states import ArrivalState
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.thai.masking import mask_persons_numbers

NOT_CLEAN = _("ไฟล์ “{name}” ยังตรวจไวรัสไม่เสร็จ โปรดนำเข้าแถวนี้อีกครั้งภายหลัง")
NO_MANIFEST = _("รับบัญชีนำเข้าไม่ได้: {why}")


def keep_manifest(*, batch: Batch, upload: Upload, by: Actor, at: datetime) -> None:
    """Keeps the table beside the batch; a new one takes the place of the old one."""
    stored = receive(upload=upload, by=by, at=at)
    if stored.state != FileState.CLEAN:
        why = stored.refusal or NOT_CLEAN
        raise CannotImport([format_lazy(NO_MANIFEST, why=format_lazy(str(why), name=stored.name))])
    with transaction.atomic():
        row = Batch.objects.select_for_update().get(pk=batch.pk)
        row.manifest = stored
        row.save(update_fields=["manifest"])
        record_act(
            by=by,
            at=at,
            verb="keep_manifest",
            subject=batch.subject,
            details={"file": str(stored.pk), "name": mask_persons_numbers(stored.name)},
        )
    batch.refresh_from_db()


def import_row(
    *, arrival: Arrival, content: Content, row: int, by: Actor, at: datetime
) -> Disclosure:
    """The draft of a file that was dropped before. Once: then it is that draft."""
    with locked(arrival, verb="import_row", by=by, at=at) as found:
        if found.state == ArrivalState.CONFIRMED and found.disclosure is not None:
            return found.disclosure
        refuse_decided(found)
        _refuse_unless_clean(found.file)
        return _made(found, content, row, by=by, at=at)


def import_file(
    *, batch: Batch, upload: Upload, content: Content, row: int, by: Actor, at: datetime
) -> Disclosure:
    """The draft of a file from a folder."""
    sent_sha256 = sha256_of(upload)
    # Before the transaction: looking into a long file would keep everybody else from writing.
    stored = receive(upload=upload, by=by, at=at)
    with refusals_recorded(by=by, at=at, verb="import_row", subject=batch.subject):
        _refuse_unless_clean(stored)
        arrival = Arrival.objects.create(
            batch=batch,
            file=stored,
            name=stored.name,
            sent_sha256=sent_sha256,
            arrived_at=at,
            arrived_by_id=sender_id(by),
        )
        return _made(arrival, content, row, by=by, at=at)


def _refuse_unless_clean(stored: StoredFile) -> None:
    if stored.state != FileState.CLEAN:
        raise CannotImport([stored.refusal or format_lazy(NOT_CLEAN, name=stored.name)])


def _made(arrival: Arrival, content: Content, row: int, *, by: Actor, at: datetime) -> Disclosure:
    draft = draft_of(arrival, content, by=by, at=at)
    arrival.manifest_row = row
    arrival.accepted = content.to_json()
    settle(arrival, ArrivalState.CONFIRMED, draft, by=by, at=at)
    record_act(
        by=by,
        at=at,
        verb="import_row",
        subject=arrival.subject,
        details={
            "batch": str(arrival.batch.ref),
            "row": row,
            "name": mask_persons_numbers(arrival.name),
            "sha256": arrival.file.sha256,
            "disclosure": str(draft.ref),
        },
    )
    return draft
