"""The text that somebody vouches for, beside the file whose text it is. Each change is a revision."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.actions.attaching import record_about, revise
from prongsai.disclosures.actions.locking import locked, refuse_if_locked
from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.disclosures.refusals import CannotSave
from prongsai.files.models import CheckedText
from prongsai.organisation.actors import Actor


def bind_checked_text(
    *, disclosure: Disclosure, slot: str, checked: CheckedText, by: Actor, at: datetime
) -> Attachment:
    """From now on this text goes out with the file of the slot, once it is approved; again changes nothing."""
    with locked(disclosure, verb="bind_checked_text", by=by, at=at) as row:
        refuse_if_locked(row)
        attachment = _present(row, slot)
        if attachment is None or attachment.file_id != checked.file_id:
            sentence = _(
                "ใช้ข้อความนี้ไม่ได้ เพราะเป็นข้อความของไฟล์อื่นหรือไฟล์ถูกแทนไปแล้ว โปรดตรวจข้อความของไฟล์ปัจจุบัน"
            )
            raise CannotSave([sentence])
        if attachment.checked_text_id != checked.pk:
            _bind(row, attachment, checked, "bind_checked_text", by, at)
    return attachment


def unbind_checked_text(*, disclosure: Disclosure, slot: str, by: Actor, at: datetime) -> None:
    """Back to the machine's text. What was vouched for is kept."""
    with locked(disclosure, verb="unbind_checked_text", by=by, at=at) as row:
        refuse_if_locked(row)
        attachment = _present(row, slot)
        if attachment is not None and attachment.checked_text_id is not None:
            _bind(row, attachment, None, "unbind_checked_text", by, at)


def _present(disclosure: Disclosure, slot: str) -> Attachment | None:
    return disclosure.attachments.present().filter(slot=slot).select_related("file").first()


def _bind(
    disclosure: Disclosure,
    attachment: Attachment,
    checked: CheckedText | None,
    verb: str,
    by: Actor,
    at: datetime,
) -> None:
    attachment.checked_text = checked
    attachment.save(update_fields=["checked_text"])
    revise(disclosure, by=by, at=at)
    record_about(verb, disclosure, attachment, by=by, at=at)
