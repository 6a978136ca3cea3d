"""Where something that came in stands, and what may be done when it is there already."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Source(TextChoices):
    DROPPED = "dropped", _("วางไฟล์")
    MANIFEST = "manifest", _("บัญชีนำเข้า")


class ArrivalState(TextChoices):
    """Only a person moves an arrival out of `PROPOSED`; the machine brings it there."""

    READING = "reading", _("กำลังอ่าน")
    PROPOSED = "proposed", _("รอยืนยัน")
    CONFIRMED = "confirmed", _("ทำเป็นฉบับร่างแล้ว")
    CORRECTED = "corrected", _("ใช้แก้ไขเรื่องเดิมแล้ว")
    SKIPPED = "skipped", _("ข้าม เพราะซ้ำ")
    DISCARDED = "discarded", _("นำออกแล้ว")
    REFUSED = "refused", _("ไม่รับ")


class DuplicateChoice(TextChoices):
    NONE = "", _("ยังไม่ได้เลือก")
    SKIP = "skip", _("ข้าม ไม่ใช้ไฟล์นี้")
    NEW = "new", _("เพิ่มเป็นเรื่องใหม่")
    CORRECT = "correct", _("ใช้แก้ไขเรื่องเดิม")


# Somebody still has to do something with these.
OPEN_STATES = frozenset({ArrivalState.READING, ArrivalState.PROPOSED})
# A person decided; who and when stands in the row.
DECIDED_STATES = frozenset(
    {
        ArrivalState.CONFIRMED,
        ArrivalState.CORRECTED,
        ArrivalState.SKIPPED,
        ArrivalState.DISCARDED,
    }
)
