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


class Purpose(TextChoices):
    """What the holder of a link may do with it."""

    PASSWORD = "password", _("ตั้งรหัสผ่าน")
    LINK = "link", _("ผูกบัญชีผู้ให้บริการยืนยันตัวตน")


class Failure(TextChoices):
    """Why somebody who comes from the identity provider is not let in. What to do now stands on the page."""

    DOWN = "down", _("ติดต่อผู้ให้บริการยืนยันตัวตนไม่ได้ในขณะนี้")
    REFUSED = "refused", _("ผู้ให้บริการยืนยันตัวตนไม่รับคำขอ")
    CANCELLED = "cancelled", _("ท่านยกเลิกที่หน้าของผู้ให้บริการยืนยันตัวตน")
    STATE = (
        "state",
        _("คำตอบจากผู้ให้บริการนี้ใช้ไม่ได้: ใช้ไปแล้ว เกินสิบนาที หรือไม่ได้เริ่มจากเบราว์เซอร์เครื่องนี้"),
    )
    TOKEN = "token", _("คำตอบจากผู้ให้บริการพิสูจน์ไม่ได้ว่าเป็นของจริง")
    UNKNOWN = "unknown", _("บัญชีของผู้ให้บริการนี้ยังไม่ได้ผูกกับบัญชีเจ้าหน้าที่คนใด")
    SHUT = "shut", _("บัญชีเจ้าหน้าที่นี้ถูกระงับการใช้งาน")


class LinkBlocker(TextChoices):
    """Why an account at the identity provider is not linked, or stays linked."""

    TAKEN = (
        "taken",
        _("ผูกไม่ได้: บัญชีของผู้ให้บริการนี้ผูกกับเจ้าหน้าที่คนอื่นอยู่ — ใช้บัญชีของท่านเอง หรือแจ้งผู้ดูแลระบบ"),
    )
    LINKED_ALREADY = (
        "linked_already",
        _("ผูกซ้ำไม่ได้: บัญชีนี้ผูกกับผู้ให้บริการอยู่แล้ว — เลิกผูกบัญชีเดิมก่อน"),
    )
    NOT_LINKED = ("not_linked", _("เลิกผูกไม่ได้: บัญชีนี้ไม่ได้ผูกกับผู้ให้บริการใด — ไม่ต้องทำอะไร"))
    NO_PASSWORD = (
        "no_password",
        _("ออกลิงก์ไม่ได้: เจ้าของยังไม่มีรหัสผ่านไว้ใช้เมื่อผู้ให้บริการขัดข้อง — ออกลิงก์ตั้งรหัสผ่านก่อน"),
    )
    # A link on paper is weaker than the factor that it would come to stand beside.
    HAS_FACTOR = (
        "has_factor",
        _("ใช้ลิงก์ไม่ได้: บัญชีนี้มีการยืนยันสองชั้นแล้ว — ให้เจ้าของเข้าสู่ระบบและผูกเองที่หน้าบัญชี"),
    )
    SOMEBODY_ELSE = (
        "somebody_else",
        _("ผูกไม่ได้: ผู้ที่เข้าสู่ระบบอยู่ไม่ใช่ผู้ที่เริ่มผูก — เข้าสู่ระบบใหม่แล้วเริ่มอีกครั้ง"),
    )


class NoticeBlocker(TextChoices):
    """Why somebody cannot say that they have read of a changed account."""

    NOT_THEIRS = (
        "not_theirs",
        _("รับทราบไม่ได้: รับทราบได้เฉพาะเจ้าของบัญชี และผู้อนุมัติของเทศบาลที่ไม่ใช่ผู้ทำเอง — ให้ผู้นั้นรับทราบ"),
    )


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


class WishState(TextChoices):
    """What became of somebody's wish to have their name put right."""

    OPEN = "open", _("รอผู้ดูแลระบบ")
    DONE = "done", _("แก้แล้ว")
    REFUSED = "refused", _("ไม่แก้")


class NameBlocker(TextChoices):
    """Why a wish about a name is not taken, or not answered."""

    ASKED_ALREADY = (
        "asked_already",
        _("ขอซ้ำไม่ได้: มีคำขอแก้ชื่อที่รอผู้ดูแลระบบอยู่แล้ว — รอคำตอบ หรือติดต่อผู้ดูแลระบบ"),
    )
    SAME = ("same", _("ขอแก้ไม่ได้: ชื่อที่ขอเหมือนชื่อเดิมทุกตัวอักษร — แก้ช่องที่ผิดก่อนแล้วส่งใหม่"))
    NO_REASON = ("no_reason", _("ขอแก้ไม่ได้: ยังไม่มีเหตุผลหรือหลักฐาน — พิมพ์เหตุผลสั้น ๆ แล้วส่งใหม่"))
    NOT_OWN = ("not_own", _("ขอแก้ไม่ได้: ขอแก้ได้เฉพาะชื่อของตนเอง — ให้เจ้าของชื่อขอเอง"))
    SETTLED = ("settled", _("ตอบไม่ได้: คำขอนี้มีคำตอบแล้ว — ไม่ต้องทำอะไร"))


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
