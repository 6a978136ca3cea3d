"""Where a pack for assessors stands that somebody asked for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PackState(TextChoices):
    ASKED = "asked", _("รอคิวทำชุดหลักฐาน…")
    READY = "ready", _("ทำชุดหลักฐานแล้ว")
    FAILED = "failed", _("ทำชุดหลักฐานไม่สำเร็จ")
    CALLED_OFF = "called_off", _("ยกเลิกแล้ว")
    GONE = "gone", _("ลบไฟล์แล้ว")


class PackProblem(TextChoices):
    """Why there is no file, and what to do."""

    ENDED = "ended", _("ทำไม่สำเร็จเพราะโปรแกรมหยุดกลางคันสามครั้ง — แจ้งผู้ดูแลระบบ แล้วสั่งทำใหม่")
    CANNOT_SET = "cannot_set", _("ทำไฟล์ PDF ไม่ได้ — ดาวน์โหลด XLSX หรือ CSV แทน และแจ้งผู้ดูแลระบบ")
    RECALLED = (
        "recalled",
        _("ลบไฟล์แล้วเพราะมีรายการถูกเรียกคืนหลังทำชุดหลักฐาน — สั่งทำใหม่"),
    )
    TOO_OLD = "too_old", _("ลบไฟล์แล้วเพราะเก็บไว้หนึ่งวัน — สั่งทำใหม่ถ้ายังต้องใช้")
