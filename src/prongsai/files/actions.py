"""The one way in for files."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.files import places, reading
from prongsai.files.models import StoredFile
from prongsai.files.places import Upload
from prongsai.files.refusals import Refused
from prongsai.files.rules import MEBIBYTE
from prongsai.files.states import FileState
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import Outcome
from prongsai.thai.filenames import safe_file_name


class CannotReceive(CannotAct):
    """Nothing was received, and nothing is left of the attempt."""


@dataclass(frozen=True)
class _Seen:
    """What one look at the draft found: either what it says, or why it may not come in."""

    measured: places.Measured
    read: reading.Read | None = None
    refusal: str = ""


def receive(*, upload: Upload, by: Actor, at: datetime) -> StoredFile:
    """Takes the upload in and reads it. Clean bytes are kept; of a refused file only the reason is."""
    if by.person_id is None:
        raise CannotReceive([_("รับไฟล์ไม่ได้ เพราะไม่มีผู้ส่ง โปรดลงชื่อเข้าใช้แล้วส่งใหม่")])
    name = safe_file_name(upload.name or "")
    try:
        with places.draft() as path:
            return _take_in(path, _look(path, name, upload), name, by, at)
    except OSError as error:
        sentence = _(
            "รับไฟล์ไม่ได้ เพราะเขียนลงที่เก็บไม่สำเร็จ โปรดลองอีกครั้ง หากยังไม่ได้ให้แจ้งผู้ดูแลระบบตรวจพื้นที่ว่าง"
        )
        raise CannotReceive([sentence]) from error


def _look(path: Path, name: str, upload: Upload) -> _Seen:
    limit = settings.MAX_UPLOAD_BYTES
    measured = places.fill(path, upload, limit=limit)
    try:
        if not measured.is_whole:
            raise Refused("too_big", {"limit": limit // MEBIBYTE})
        read = reading.read(path, name)
    except Refused as refused:
        return _Seen(measured, refusal=str(refused))
    # Pictures were redrawn: what is kept has another hash than what came.
    return _Seen(places.measure(path), read)


@transaction.atomic
def _take_in(path: Path, seen: _Seen, name: str, by: Actor, at: datetime) -> StoredFile:
    stored = StoredFile(
        name=name,
        size=seen.measured.size,
        sha256=seen.measured.sha256,
        refusal=seen.refusal,
        received_at=at,
        received_by=Person(pk=by.person_id),
    )
    if seen.read is None:
        stored.state = FileState.REFUSED
    else:
        stored.state = FileState.CLEAN
        stored.media_type = seen.read.media_type
        stored.pages = seen.read.pages
        stored.text = [page.to_json() for page in seen.read.texts]
    stored.save(force_insert=True)
    _record(stored, by, at)
    if stored.state == FileState.CLEAN:
        # Last: when it fails, row and act are rolled back, and nobody finds a row without bytes.
        places.put(path, stored.sha256)
    return stored


def _record(stored: StoredFile, by: Actor, at: datetime) -> None:
    is_clean = stored.state == FileState.CLEAN
    record_act(
        by=by,
        at=at,
        verb="receive_file",
        subject=f"file:{stored.pk}",
        reason=stored.refusal,
        outcome=Outcome.DONE if is_clean else Outcome.REFUSED,
        details={"name": stored.name, "sha256": stored.sha256, "size": stored.size},
    )
