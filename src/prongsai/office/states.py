"""Choices of the office's own tables: how people are told that work waits, and what becomes of accounts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Telling(TextChoices):
    """When somebody is mailed that work waits. What is urgent is mailed at once, whatever is chosen."""

    AT_ONCE = "at_once", _("ทันทีที่มีเรื่องใหม่")
    DIGEST = "digest", _("รวมครั้งเดียว เวลา 8.00 น. ของวันทำการ")
    NONE = "none", _("ไม่ต้องแจ้ง ยกเว้นเรื่องเร่งด่วน")


class MailState(TextChoices):
    WAITING = "waiting", _("รอส่ง")
    SENDING = "sending", _("กำลังส่ง")
    SENT = "sent", _("ส่งแล้ว")
    GIVEN_UP = "given_up", _("ส่งไม่ได้")
    UNSURE = "unsure", _("ไม่ทราบผล")


class ResetState(TextChoices):
    """What became of a wish to take away somebody's second factor."""

    OPEN = "open", _("รอผู้อื่นยืนยัน")
    DONE = "done", _("ล้างแล้ว")
    REFUSED = "refused", _("ไม่ให้ล้าง")


class InvitationBlocker(TextChoices):
    """Why somebody is not invited, or cannot use an invitation."""

    ACCOUNT_IS_SHUT = (
        "account_is_shut",
        _("ออกลิงก์ไม่ได้: บัญชีนี้ถูกระงับอยู่ — เปิดบัญชีก่อนแล้วออกลิงก์ใหม่"),
    )
    # One sentence for every cause: a stranger who tries links learns nothing.
    USELESS = (
        "useless",
        _("ใช้ลิงก์นี้ไม่ได้: ลิงก์ไม่ถูกต้อง ใช้ไปแล้ว ถูกยกเลิก หรือเกินเจ็ดวัน — ขอลิงก์ใหม่จากผู้ดูแลระบบ"),
    )


class ResetBlocker(TextChoices):
    """Why a second factor is not taken away."""

    NO_FACTOR = ("no_factor", _("ล้างไม่ได้: บัญชีนี้ไม่มีการยืนยันสองชั้น — ไม่ต้องทำอะไร"))
    ASKED_ALREADY = (
        "asked_already",
        _("ขอล้างซ้ำไม่ได้: มีคำขอที่รอผู้อื่นยืนยันอยู่แล้ว — ให้ผู้นั้นยืนยันหรือไม่ให้ล้าง"),
    )
    SECOND_PERSON = (
        "second_person",
        _("ยืนยันไม่ได้: ผู้ขอและเจ้าของบัญชียืนยันเองไม่ได้ — ให้ผู้ดูแลระบบหรือผู้อนุมัติคนอื่นยืนยัน"),
    )
    NOT_ALLOWED = (
        "not_allowed",
        _("ยืนยันไม่ได้: ต้องเป็นผู้ดูแลระบบหรือผู้อนุมัติ — แจ้งผู้ดูแลระบบ"),
    )
    SETTLED = (
        "settled",
        _("ยืนยันไม่ได้: คำขอนี้มีคำตอบแล้วหรือเกินหนึ่งวัน — ให้ผู้ดูแลระบบขอใหม่"),
    )
