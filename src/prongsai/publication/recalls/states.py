"""How a recall's checks, incidents and sets stand, and why one of them is refused."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Carrier(TextChoices):
    """What stood at an address, and so what its absence looks like."""

    PAGE = "page", _("หน้าของรายการ")
    FILE = "file", _("ไฟล์และข้อความของไฟล์")
    LIST = "list", _("รายการ ฟีด การค้นหา และแผนผังเว็บไซต์")


class CheckState(TextChoices):
    WAITING = "waiting", _("รอตรวจ")
    GONE = "gone", _("หายแล้ว")
    FAILED = "failed", _("ยังไม่หายหรือตรวจไม่ได้")


class IncidentBlocker(TextChoices):
    """Why an incident is not closed or answered."""

    CLOSED = "closed", _("บันทึกไม่ได้: เหตุนี้ปิดแล้ว — เปิดดูคำตอบที่บันทึกไว้")
    NOT_THEIRS = (
        "not_theirs",
        _("บันทึกไม่ได้: เหตุนี้เป็นของหน่วยงานอื่น — ให้เจ้าหน้าที่ของหน่วยงานนั้น ปลัด นายก หรือผู้ดูแลเว็บไซต์บันทึก"),
    )
    UNKNOWN_QUESTION = "unknown_question", _("บันทึกไม่ได้: ไม่มีคำถามนี้ในรายการตรวจ — เปิดหน้านี้ใหม่")
    NO_WORDS = "no_words", _("บันทึกไม่ได้: ยังไม่ได้เขียนคำตอบ — เขียนคำตอบสั้น ๆ หรือเขียนว่ายังไม่ทราบ")
    UNANSWERED = "unanswered", _("ปิดเหตุไม่ได้: ยังไม่ได้ตอบ “{detail}” — ตอบก่อนปิด")
    NO_REASON = "no_reason", _("ปิดเหตุไม่ได้: ยังไม่ได้บอกเหตุผลที่ปิด — เขียนเหตุผล")
    KNOWN_LATER = (
        "known_later",
        _("บันทึกไม่ได้: เวลาที่ทราบเหตุอยู่ในอนาคต — ตรวจวันที่และเวลา"),
    )


class SetState(TextChoices):
    """Where a recall of several items stands; how each member stands is its submission's to say."""

    SUBMITTING = "submitting", _("กำลังจัดทำคำขอ")
    DECIDING = "deciding", _("รออนุมัติ")
    DONE = "done", _("เสร็จแล้ว")


class SetBlocker(TextChoices):
    """Why a set is not made or decided."""

    EMPTY = "empty", _("เรียกคืนเป็นชุดไม่ได้: ไม่มีรายการที่เรียกคืนได้ในชุดนี้ — แก้เงื่อนไขแล้วลองใหม่")
    CHANGED = (
        "changed",
        _("เรียกคืนเป็นชุดไม่ได้: รายการที่ตรงเงื่อนไขเปลี่ยนไปหลังจากที่ท่านเปิดดู — ดูผลการลองใหม่แล้วส่งอีกครั้ง"),
    )
    NOT_READY = "not_ready", _("พิจารณาไม่ได้: ระบบยังจัดทำคำขอไม่ครบ — รอสักครู่แล้วเปิดใหม่")
    OTHER_SET = "other_set", _("พิจารณาไม่ได้: ชุดที่ท่านเปิดอ่านไม่ใช่ชุดที่เสนอ — เปิดหน้านี้ใหม่")
    NOT_THEIR_TURN = (
        "not_their_turn",
        _("พิจารณาไม่ได้: ไม่มีรายการในชุดนี้ที่รอตำแหน่งของท่านในวันนี้ — กลับไปที่งานของฉัน"),
    )
    NO_REASON = "no_reason", _("ส่งกลับไม่ได้: ยังไม่ได้บอกเหตุผล — เขียนว่าต้องแก้อะไร")
