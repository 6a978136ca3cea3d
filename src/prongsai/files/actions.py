"""The one way in for files, and what becomes of them afterwards."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BufferedReader
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from prongsai.files import places
from prongsai.files.examination.accepted import searchable_pdf
from prongsai.files.examination.isolated import AllBusy
from prongsai.files.looking import Seen, examined, scanned
from prongsai.files.models import CheckedText, PageDraft, PageReading, StoredFile
from prongsai.files.places import NamedUpload, Upload
from prongsai.files.queries import (
    files_being_read,
    open_original,
    path_of,
    reading_progress,
    text_pages,
)
from prongsai.files.reading import Read
from prongsai.files.refusals import Refused
from prongsai.files.rules import (
    IMAGES,
    MAX_TEXT,
    MEBIBYTE,
    PDF,
    PageText,
    Sight,
    Word,
    as_told_before,
    text_sha256,
)
from prongsai.files.states import ON_THE_WAY, Derivation, FileState, ReadingState
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import Outcome
from prongsai.thai.filenames import safe_file_name
from prongsai.thai.normalise import display_text

MOST_ATTEMPTS = 3
_WORKER = Actor.system("worker")


class CannotReceive(CannotAct):
    """Nothing was received, and nothing is left of the attempt."""


class CannotVouch(CannotAct):
    """The text stays what it was: the machine's, or what somebody vouched for earlier."""


def receive(
    *,
    upload: Upload,
    by: Actor,
    at: datetime,
    derived_from: StoredFile | None = None,
    derivation: str = Derivation.NONE,
    keeps_original: bool = False,
) -> StoredFile:
    """Takes the upload in, has it scanned and reads it. Clean bytes are kept; of a refused file only the reason is.

    Pictures are redrawn; `keeps_original` is for evidence, of which the bytes that came are kept privately, too.
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
            _take_in(stored, path, _look_at_upload(path, stored, upload), by, at)
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


def _look_at_upload(path: Path, stored: StoredFile, upload: Upload) -> Seen:
    limit = settings.MAX_UPLOAD_BYTES
    measured = places.fill(path, upload, limit=limit)
    if not measured.is_whole:
        return Seen(measured, refusal=str(Refused("too_big", {"limit": limit // MEBIBYTE})))
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
        reason=stored.refusal,
        outcome=Outcome.REFUSED if is_refused else Outcome.DONE,
        details={
            "name": stored.name,
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
        details={"name": stored.name, "sha256": sha256},
    )
    return stream


def ask_for_reading(*, stored: StoredFile, at: datetime) -> None:
    """Puts pages without a text layer, and those with pictures, on the machine's list, once for the same bytes."""
    has_pages = stored.media_type == PDF or stored.media_type in IMAGES
    unread = [
        (page["number"], page["source"] != "none")
        for page in stored.text
        if (page["source"] == "none" and has_pages) or page.get("has_pictures")
    ]
    # Whoever sends a hundred scans stands in their own way only.
    first = files_being_read(stored.received_by_id) if unread else 0
    PageReading.objects.bulk_create(
        (
            PageReading(
                sha256=stored.sha256,
                media_type=stored.media_type,
                number=number,
                looks_only=looks_only,
                turn=turn,
                asked_at=at,
            )
            for turn, (number, looks_only) in enumerate(unread, start=first)
        ),
        ignore_conflicts=True,
    )


def begin_reading(*, page: PageReading) -> None:
    """Counted before it is tried: whatever kills its reader three times is not tried a fourth time."""
    PageReading.objects.filter(pk=page.pk).update(attempts=F("attempts") + 1)


def put_back(*, page: PageReading) -> None:
    """It gave way to something more urgent, which is none of its attempts."""
    begun = PageReading.objects.filter(pk=page.pk, state=ReadingState.WAITING, attempts__gt=0)
    begun.update(attempts=F("attempts") - 1)


def finish_reading(
    *,
    page: PageReading,
    text: str,
    confidence: float,
    words: Sequence[Word],
    at: datetime,
    sights: Sequence[Sight] = (),
) -> None:
    """Keeps what was read. A second reader's answer about the same page is dropped."""
    rows = [
        [
            word.start,
            word.end,
            *(round(edge, 5) for edge in (word.left, word.top, word.right, word.bottom)),
            round(word.confidence, 3),
        ]
        for word in words
    ]
    PageReading.objects.filter(pk=page.pk, state=ReadingState.WAITING).update(
        state=ReadingState.READ,
        text=text,
        confidence=round(confidence, 3),
        words=rows,
        sights=[list(vars(sight).values()) for sight in sights],
        finished_at=at,
    )


def fail_reading(*, page: PageReading, problem: str, at: datetime) -> None:
    """Tried again up to three times in all; then the page stays unread, and somebody has to look at it."""
    waiting = PageReading.objects.filter(pk=page.pk, state=ReadingState.WAITING)
    # Another page's turn comes first: one that always breaks must not stand in the way of the others.
    waiting.filter(attempts__lt=MOST_ATTEMPTS).update(turn=F("turn") + 1, problem=problem[:200])
    waiting.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=ReadingState.FAILED, problem=problem[:200], finished_at=at
    )


def make_searchable(*, stored: StoredFile, by: Actor, at: datetime) -> StoredFile:
    """A copy of a scan with the words that were read laid unseen over its pages. Made before, it is given again."""
    if stored.media_type != PDF or not reading_progress(stored).read:
        raise CannotReceive([_("สร้าง PDF ที่ค้นข้อความได้จากไฟล์นี้ไม่ได้ เพราะไม่ใช่ PDF สแกนที่ระบบอ่านแล้ว")])
    if reading_progress(stored).waiting:
        raise CannotReceive(
            [_("ยังสร้าง PDF ที่ค้นข้อความได้ไม่ได้ เพราะระบบยังอ่านไม่ครบทุกหน้า โปรดรอสักครู่แล้วลองใหม่")]
        )
    made = stored.derivatives.filter(derivation=Derivation.SEARCHABLE, state=FileState.CLEAN)
    return made.first() or _with_words(stored, by, at)


def _with_words(stored: StoredFile, by: Actor, at: datetime) -> StoredFile:
    with places.draft() as path:
        try:
            searchable_pdf(path_of(stored), path, text_pages(stored))
        except Refused as refused:
            raise CannotReceive([str(refused)]) from refused
        with path.open("rb") as stream:
            upload = NamedUpload(stored.name, stream)
            made = receive(
                upload=upload,
                by=by,
                at=at,
                derived_from=stored,
                derivation=Derivation.SEARCHABLE,
            )
    if made.state != FileState.CLEAN:
        sentence = _("ยังสร้าง PDF ที่ค้นข้อความได้ไม่ได้ เพราะไฟล์ที่สร้างยังไม่ผ่านการตรวจ โปรดลองใหม่ภายหลัง")
        raise CannotReceive([made.refusal or sentence])
    return made


def draft_page(
    *, stored: StoredFile, number: int, text: str, is_same: bool, by: Actor, at: datetime
) -> PageDraft:
    """Keeps what somebody has typed of a page. Their earlier draft of that page gives way."""
    person_id = _voucher_id(stored, by)
    _refuse_other_pages({number} - {page.number for page in text_pages(stored)})
    _refuse_long_text(text)
    draft, _is_new = PageDraft.objects.update_or_create(
        file=stored,
        person_id=person_id,
        number=number,
        defaults={"text": display_text(text), "is_same": is_same, "saved_at": at},
    )
    return draft


@transaction.atomic
def vouch_for_text(
    *, stored: StoredFile, pages: Mapping[int, str], by: Actor, at: datetime
) -> CheckedText:
    """Somebody has compared the text of each page (by number) with the page, and says that it is the same.

    Saying the same again adds nothing. What is public changes only when this text goes through the gate.
    """
    person_id = _voucher_id(stored, by)
    numbers = {page.number for page in text_pages(stored)}
    _refuse_missing_pages(numbers - set(pages))
    _refuse_other_pages(set(pages) - numbers)
    _refuse_long_text("".join(pages.values()))
    said = [PageText(number, display_text(pages[number]), "checked") for number in sorted(pages)]
    PageDraft.objects.filter(file=stored, person_id=person_id).delete()
    known = stored.checked_texts.filter(by_id=person_id, text_sha256=text_sha256(said)).first()
    if known is not None:
        return known
    checked = CheckedText.objects.create(
        file=stored,
        pages=[page.to_json() for page in said],
        text_sha256=text_sha256(said),
        at=at,
        by_id=person_id,
        post_title=by.post_title,
    )
    record_act(
        by=by,
        at=at,
        verb="vouch_for_text",
        subject=f"file:{stored.pk}",
        details={"sha256": stored.sha256, "text_sha256": checked.text_sha256, "pages": len(said)},
    )
    return checked


def _voucher_id(stored: StoredFile, by: Actor) -> int:
    if by.person_id is None:
        raise CannotVouch([_("ระบบรับรองข้อความเองไม่ได้ โปรดให้เจ้าหน้าที่ลงชื่อเข้าใช้แล้วเทียบกับภาพ")])
    if stored.state != FileState.CLEAN:
        raise CannotVouch([_("ตรวจข้อความของไฟล์นี้ไม่ได้ เพราะไฟล์ยังไม่ผ่านการตรวจ โปรดรอหรือส่งไฟล์ใหม่")])
    return by.person_id


def _refuse_missing_pages(numbers: set[int]) -> None:
    if numbers:
        sentence = _(
            "ยังรับรองข้อความไม่ได้ เพราะยังไม่ได้เทียบหน้า {pages} กับภาพ โปรดเปิดหน้าเหล่านั้นแล้วกด “ตรงกับภาพแล้ว”"
        )
        raise CannotVouch([sentence.format(pages=_listed(numbers))])


def _refuse_other_pages(numbers: set[int]) -> None:
    if numbers:
        sentence = _("ไฟล์นี้ไม่มีหน้า {pages} จึงบันทึกข้อความของหน้านั้นไม่ได้ โปรดเปิดหน้าตรวจข้อความใหม่")
        raise CannotVouch([sentence.format(pages=_listed(numbers))])


def _listed(numbers: set[int]) -> str:
    most = 20
    listed = ", ".join(map(str, sorted(numbers)[:most]))
    return f"{listed} …" if len(numbers) > most else listed


def _refuse_long_text(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise CannotVouch([_("บันทึกข้อความนี้ไม่ได้ เพราะยาวเกินไป โปรดตัดส่วนที่ไม่อยู่ในเอกสารออก")])
