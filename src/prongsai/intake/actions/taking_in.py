"""Files come into a batch, each by itself. The same bytes sent again are the arrival that is there."""

import hashlib
import uuid
from datetime import datetime
from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from prongsai.files.actions import receive
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.intake.models import Arrival, Batch
from prongsai.intake.queries import known_arrival
from prongsai.intake.refusals import CannotTakeIn
from prongsai.intake.states import ArrivalState, Source
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.thai.masking import mask_persons_numbers

_CHUNK = 1024 * 1024
NO_SENDER = _("รับไฟล์ไม่ได้ เพราะไม่มีผู้ส่ง โปรดลงชื่อเข้าใช้แล้วส่งใหม่")


class Upload(Protocol):
    """What comes from a form, from a folder or from a test; read twice, once to know it again."""

    name: str | None

    def read(self, size: int = -1, /) -> bytes: ...

    def seek(self, offset: int, whence: int = 0, /) -> int: ...


def open_batch(
    *,
    unit: Unit,
    by: Actor,
    at: datetime,
    ref: uuid.UUID | None = None,
    source: str = Source.DROPPED,
    name: str = "",
) -> Batch:
    """A batch for this unit. The same `ref` again is the same batch, so that each file may ask for it."""
    fresh = {"unit": unit, "source": source, "name": name[:255], "created_at": at}
    batch, _is_new = Batch.objects.get_or_create(
        ref=ref or uuid.uuid4(), defaults=fresh | {"created_by_id": sender_id(by)}
    )
    if batch.unit_id != unit.pk:
        raise CannotTakeIn([_("ชุดนำเข้านี้เป็นของหน่วยงานอื่น โปรดเปิดหน้านำเข้าเอกสารใหม่แล้ววางไฟล์อีกครั้ง")])
    return batch


def take_in(*, batch: Batch, upload: Upload, by: Actor, at: datetime) -> Arrival:
    """Receives one file. A refused one stands in the batch with its reason; it keeps nothing else from coming in."""
    sent_sha256 = sha256_of(upload)
    known = known_arrival(batch=batch, unit_code=batch.unit.code, sent_sha256=sent_sha256)
    if known is not None:
        return known
    stored = receive(upload=upload, by=by, at=at)
    return _arrive(batch, stored, sent_sha256, by=by, at=at)


def sender_id(by: Actor) -> int:
    """Files come from people; a machine may not bring any."""
    if by.person_id is None:
        raise CannotTakeIn([NO_SENDER])
    return by.person_id


def sha256_of(upload: Upload) -> str:
    digest = hashlib.sha256()
    while chunk := upload.read(_CHUNK):
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


@transaction.atomic
def _arrive(
    batch: Batch, stored: StoredFile, sent_sha256: str, *, by: Actor, at: datetime
) -> Arrival:
    # Sent twice at the same time, both were received; only the first one arrives.
    Batch.objects.select_for_update().get(pk=batch.pk)
    known = known_arrival(batch=batch, unit_code=batch.unit.code, sent_sha256=sent_sha256)
    if known is not None:
        return known
    is_refused = stored.state == FileState.REFUSED
    arrival = Arrival.objects.create(
        batch=batch,
        file=stored,
        name=stored.name,
        sent_sha256=sent_sha256,
        state=ArrivalState.REFUSED if is_refused else ArrivalState.READING,
        arrived_at=at,
        arrived_by_id=sender_id(by),
    )
    record_act(
        by=by,
        at=at,
        verb="take_in",
        subject=batch.subject,
        reason=stored.refusal,
        details={
            "arrival": str(arrival.ref),
            "file": str(stored.pk),
            "name": mask_persons_numbers(stored.name),
        },
    )
    return arrival
