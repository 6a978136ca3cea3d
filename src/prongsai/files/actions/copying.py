"""Copies that are made of a file which is in already."""

from datetime import datetime

from django.utils.translation import gettext as _

from prongsai.files import places
from prongsai.files.actions.receiving import CannotReceive, receive
from prongsai.files.examination.accepted import searchable_pdf
from prongsai.files.models import StoredFile
from prongsai.files.places import NamedUpload
from prongsai.files.queries import path_of, reading_progress, text_pages
from prongsai.files.refusals import Refused
from prongsai.files.rules import PDF
from prongsai.files.states import Derivation, FileState
from prongsai.organisation.actors import Actor


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
