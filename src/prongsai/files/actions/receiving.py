"""The one way in for files, and what becomes of them afterwards."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from io import BufferedReader
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from prongsai.files import places
from prongsai.files.actions.reading import ask_for_reading
from prongsai.files.examination.isolated import AllBusy
from prongsai.files.looking import Seen, examined, scanned
from prongsai.files.models import StoredFile
from prongsai.files.places import Upload
from prongsai.files.queries import open_original, text_pages
from prongsai.files.refusals import Refused
from prongsai.files.rules import MEBIBYTE, PageText, Read, as_told_before
from prongsai.files.states import ON_THE_WAY, Derivation, FileState
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import Outcome
from prongsai.thai.filenames import safe_file_name
from prongsai.thai.masking import mask_persons_numbers

_WORKER = Actor.system("worker")


class CannotReceive(CannotAct):
    """Nothing was received, and nothing is left of the attempt."""


def receive(
    *,
    upload: Upload,
    by: Actor,
    at: datetime,
    derived_from: StoredFile | None = None,
    derivation: str = Derivation.NONE,
    keeps_original: bool = False,
    seen: Seen | None = None,
) -> StoredFile:
    """Takes the upload in, has it scanned and reads it. Clean bytes are kept; of a refused file only the reason is.

    Pictures are redrawn; `keeps_original` is for evidence, of which the bytes that came are kept privately, too.
    What was `seen` of these very bytes already is not looked for again.
    While the virus scanner does not answer, the bytes are kept and wait: `finish_receiving` goes on.
    """
    if by.person_id is None:
        raise CannotReceive([_("รับไฟล์ไม่ได้ เพราะไม่มีผู้ส่ง โปรดลงชื่อเข้าใช้แล้วส่งใหม่")])
    stored = StoredFile(
        name=safe_file_name(upload.name or ""),
        derived_from=derived_from,
        derivation=derivation,
        keeps_original=keeps_original,
        received_at=at,
        received_by=Person(pk=by.person_id),
    )
    try:
        with places.draft() as path:
            _take_in(stored, path, _look_at_upload(path, stored, upload, seen), by, at)
    except OSError as error:
        sentence = _(
            "รับไฟล์ไม่ได้ เพราะเขียนลงที่เก็บไม่สำเร็จ โปรดลองอีกครั้ง หากยังไม่ได้ให้แจ้งผู้ดูแลระบบตรวจพื้นที่ว่าง"
        )
        raise CannotReceive([sentence]) from error
    except AllBusy as busy:
        sentence = _("ยังรับไฟล์ไม่ได้ เพราะระบบกำลังตรวจไฟล์อื่นอยู่หลายไฟล์ โปรดรอสักครู่แล้วส่งใหม่")
        raise CannotReceive([sentence]) from busy
    return stored


def finish_receiving(*, stored: StoredFile, at: datetime) -> bool:
    """Goes on with a file that waits for the scanner; False when it still has to wait."""
    if stored.state not in ON_THE_WAY:
        return True
    with places.draft() as path:
        with places.open_place(stored.sha256) as stream, path.open("wb") as target:
            shutil.copyfileobj(stream, target)
        seen = _look_again(path, stored)
        if seen.state == FileState.RECEIVED:
            return False
        waited_as = stored.sha256
        _take_in(stored, path, seen, _WORKER, at)
    kept = StoredFile.objects.exclude(state=FileState.REFUSED)
    if not kept.filter(Q(sha256=waited_as) | Q(original_sha256=waited_as)).exists():
        places.remove(waited_as)
    return True


def _look_at_upload(path: Path, stored: StoredFile, upload: Upload, before: Seen | None) -> Seen:
    limit = settings.MAX_UPLOAD_BYTES
    measured = places.fill(path, upload, limit=limit)
    if not measured.is_whole:
        return Seen(measured, refusal=str(Refused("too_big", {"limit": limit // MEBIBYTE})))
    if before is not None and before.measured == measured:
        return before
    return scanned(path, measured) or examined(path, stored, measured)


def _look_again(path: Path, stored: StoredFile) -> Seen:
    measured = places.measure(path)
    seen = scanned(path, measured)
    if seen is not None:
        return seen
    stored.state = FileState.SCANNED
    stored.save(update_fields=["state"])
    try:
        return examined(path, stored, measured)
    except AllBusy:
        return Seen(measured)


@transaction.atomic
def _take_in(stored: StoredFile, path: Path, seen: Seen, by: Actor, at: datetime) -> None:
    stored.size, stored.sha256 = seen.measured.size, seen.measured.sha256
    stored.state, stored.refusal = seen.state, seen.refusal
    if seen.read is not None:
        stored.media_type = seen.read.media_type
        stored.pages = seen.read.pages
        stored.text = [page.to_json() for page in _told(stored, seen.read)]
        stored.notes = list(seen.read.notes)
        stored.original_sha256 = _original_sha256(stored, path)
    stored.save()
    _record(stored, by, at)
    if stored.state == FileState.CLEAN:
        ask_for_reading(stored=stored, at=at)
    if stored.state != FileState.REFUSED:
        # Last: when it fails, row and act are rolled back, and nobody finds a row without bytes.
        places.put(path, stored.sha256)
    if stored.original_sha256:
        places.put(places.original_beside(path), stored.original_sha256)


def _original_sha256(stored: StoredFile, path: Path) -> str:
    """Empty when the bytes are kept as they came anyway."""
    if not stored.keeps_original:
        return ""
    came_as = places.measure(places.original_beside(path)).sha256
    return "" if came_as == stored.sha256 else came_as


def _told(stored: StoredFile, read: Read) -> Sequence[PageText]:
    """Covered pages are pictures now, with the words that were left behind them: nobody need read those again."""
    if stored.derivation != Derivation.REDACTED or stored.derived_from is None:
        return read.texts
    return as_told_before(read.texts, text_pages(stored.derived_from))


def _record(stored: StoredFile, by: Actor, at: datetime) -> None:
    is_refused = stored.state == FileState.REFUSED
    record_act(
        by=by,
        at=at,
        verb="receive_file",
        subject=f"file:{stored.pk}",
        reason=mask_persons_numbers(stored.refusal),
        outcome=Outcome.REFUSED if is_refused else Outcome.DONE,
        details={
            "name": mask_persons_numbers(stored.name),
            "sha256": stored.sha256,
            "size": stored.size,
            "state": str(stored.state),
        },
    )


@transaction.atomic
def hand_out_original(*, stored: StoredFile, by: Actor, at: datetime) -> BufferedReader:
    """The bytes as they came, position and all. Who looked at them stays in the trail. Raises FileNotFoundError."""
    stream = open_original(stored)
    sha256 = stored.original_sha256 or stored.sha256
    record_act(
        by=by,
        at=at,
        verb="hand_out_original",
        subject=f"file:{stored.pk}",
        details={"name": mask_persons_numbers(stored.name), "sha256": sha256},
    )
    return stream
