"""What people say of a file's text: typed page by page, and vouched for as a whole."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from prongsai.files.models import CheckedText, PageDraft, StoredFile
from prongsai.files.queries import text_pages
from prongsai.files.rules import MAX_TEXT, PageText, text_sha256
from prongsai.files.states import FileState
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import CannotAct
from prongsai.thai.normalise import display_text


class CannotVouch(CannotAct):
    """The text stays what it was: the machine's, or what somebody vouched for earlier."""


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
