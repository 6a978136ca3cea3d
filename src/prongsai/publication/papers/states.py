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


OF_A_SUBMISSION = (PaperKind.MEMORANDUM, PaperKind.REQUEST_FORM, PaperKind.PROOF)
OF_THE_YEAR = (PaperKind.APPOINTMENT_ORDER, PaperKind.FRAMEWORK)


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
