"""Which papers there are, and why one cannot be made."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    MEMORANDUM = "memorandum", _("บันทึกขออนุญาตเผยแพร่")
    REQUEST_FORM = "request_form", _("แบบขอเผยแพร่ข้อมูล")
    PROOF = "proof", _("หลักฐานการเผยแพร่")
    POSTING_CERTIFICATE = "posting_certificate", _("หนังสือรับรองระยะเวลาการเผยแพร่")
    APPOINTMENT_ORDER = "appointment_order", _("คำสั่งแต่งตั้งผู้รับผิดชอบ")
    FRAMEWORK = "framework", _("ประกาศกรอบการเผยแพร่")


OF_THE_YEAR = (PaperKind.APPOINTMENT_ORDER, PaperKind.FRAMEWORK)


class TextBlocker(TextChoices):
    """Why a text of the papers is not changed."""

    NOT_ADMINISTRATOR = (
        "not_administrator",
        _("แก้ถ้อยคำไม่ได้: แก้ได้เฉพาะผู้ดูแลระบบ — แจ้งผู้ดูแลระบบว่าต้องการถ้อยคำใด"),
    )
    UNKNOWN = "unknown", _("แก้ถ้อยคำไม่ได้: ไม่มีข้อความชื่อ {detail} — เลือกจากรายการ")
    NO_REASON = "no_reason", _("แก้ถ้อยคำไม่ได้: ยังไม่ได้บอกเหตุผล — เขียนว่าแก้เพราะอะไร")
    STRANGE_WORD = (
        "strange_word",
        _("แก้ถ้อยคำไม่ได้: ใช้ {detail} ในวงเล็บปีกกาไม่ได้ หรือวงเล็บไม่ครบคู่ — ใช้เฉพาะคำที่แสดงไว้ใต้ช่อง"),
    )
    CHANGES_FACTS = (
        "changes_facts",
        _(
            "แก้ถ้อยคำไม่ได้: {detail} เป็นข้อเท็จจริงของหลักฐาน ซึ่งมาจากทะเบียนเท่านั้น — คงคำในวงเล็บปีกกาให้ครบ และไม่ใส่ตัวเลขเอง"
        ),
    )
    TOO_LONG = "too_long", _("แก้ถ้อยคำไม่ได้: ยาวเกิน 1,000 ตัวอักษร — ย่อให้สั้นลง")
    UNCHANGED = "unchanged", _("แก้ถ้อยคำไม่ได้: เหมือนข้อความที่ใช้อยู่ — แก้ข้อความ หรือกลับไปที่รายการ")
    CHANGED_MEANWHILE = (
        "changed_meanwhile",
        _("แก้ถ้อยคำไม่ได้: มีผู้แก้ข้อความนี้ระหว่างที่ท่านแก้ — เปิดหน้านี้ใหม่แล้วแก้จากฉบับล่าสุด"),
    )


class PaperBlocker(TextChoices):
    """Why a paper cannot be made, and what to do."""

    NOT_COMPLETE = (
        "not_complete",
        _("จัดทำฉบับสมบูรณ์ไม่ได้: {detail}ยังไม่ครบขั้นตอน — เปิดดูฉบับระหว่างพิจารณาได้ และรอให้ถึงขั้นนั้น"),
    )
    NEVER_POSTED = (
        "never_posted",
        _("ออกหนังสือรับรองไม่ได้: เรื่องนี้ยังไม่เคยเผยแพร่ — รอให้เผยแพร่ก่อน"),
    )
    CANNOT_SET = "cannot_set", "{detail}"
