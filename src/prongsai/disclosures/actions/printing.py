"""The body of a disclosure as an official paper in a slot of its own."""

from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile as Upload
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.actions.attaching import lay, record_about, revise, take_out
from prongsai.disclosures.actions.locking import latest_content, locked, refuse_if_locked
from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.disclosures.printing import printed_body
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.tables.slots import BODY_SLOT
from prongsai.files.actions import receive
from prongsai.files.states import FileState
from prongsai.letters.documents import Report
from prongsai.letters.render import CannotSet, render
from prongsai.organisation.actors import Actor


def print_body(*, disclosure: Disclosure, by: Actor, at: datetime) -> Attachment:
    """Of the newest revision, in the place of what was printed before. Raises `CannotSave`."""
    refuse_if_locked(disclosure)
    content = latest_content(disclosure)
    if not content.body:
        raise CannotSave([_("ยังไม่มีเนื้อหาให้จัดทำเป็น PDF โปรดเขียนเนื้อหาแล้วบันทึกก่อน")])
    # Made before the lock: to set many tables takes seconds.
    pdf = _set(_paper(content))
    stored = receive(upload=Upload(pdf, name=f"{content.title[:80]}.pdf"), by=by, at=at)
    if stored.state != FileState.CLEAN:
        sentence = _("ยังแนบ PDF ของเนื้อหาไม่ได้ เพราะไฟล์ยังไม่ผ่านการตรวจ {why} โปรดลองอีกครั้งในอีกสักครู่")
        raise CannotSave([format_lazy(sentence, why=stored.refusal)])
    with locked(disclosure, verb="print_body", by=by, at=at) as row:
        refuse_if_locked(row)
        if _paper(latest_content(row)) != _paper(content):
            raise CannotSave([_("มีคนบันทึกเนื้อหาใหม่ระหว่างที่จัดทำ PDF โปรดเปิดหน้าเขียนใหม่แล้วกดอีกครั้ง")])
        there = row.attachments.present().filter(slot=BODY_SLOT, file__sha256=stored.sha256)
        if there.exists():
            return there.get()
        attachment = lay(row, stored, BODY_SLOT, by=by, at=at)
        revise(row, by=by, at=at)
        record_about("print_body", row, attachment, by=by, at=at)
    return attachment


def drop_outdated(row: Disclosure, content: Content, *, by: Actor, at: datetime) -> bool:
    """Takes out what was printed of a body that `content` changes, under the caller's lock."""
    if not row.attachments.present().filter(slot=BODY_SLOT).exists():
        return False
    if _paper(latest_content(row)) == _paper(content):
        return False
    return take_out(row, BODY_SLOT, by=by, at=at) is not None


def _paper(content: Content) -> Report:
    return printed_body(content, body=settings.MUNICIPALITY["name_th"])


def _set(paper: Report) -> bytes:
    try:
        return render(paper)
    except CannotSet as why:
        raise CannotSave([str(why)]) from why
