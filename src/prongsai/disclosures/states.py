"""Kinds, and where a disclosure stands in the office."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KindCode(TextChoices):
    INFORMATION = "information", _("ข้อมูลพื้นฐาน")
    LAW = "law", _("กฎหมาย ระเบียบ ข้อบังคับ")
    PROCUREMENT = "procurement", _("จัดซื้อจัดจ้าง")
    NEWS = "news", _("ข่าวประชาสัมพันธ์")
    SERVICE = "service", _("บริการประชาชน")
    FORM = "form", _("แบบฟอร์ม")
    LINK = "link", _("เว็บลิงก์")
    KNOWLEDGE = "knowledge", _("คลังความรู้")
    DATASET = "dataset", _("ข้อมูลอื่น ๆ และชุดข้อมูล")
    STATEMENT = "statement", _("ถ้อยแถลง")


# What somebody writes or brings in; a statement is made on a page of its own.
WRITTEN_KINDS = tuple(pair for pair in KindCode.choices if pair[0] != KindCode.STATEMENT)


class Stage(TextChoices):
    """Where the work stands. It says nothing of what the public sees: the record alone says that."""

    WRITING = "writing", _("กำลังเขียน")
    SCREENING = "screening", _("รอตัดสินข้อสังเกต")
    DECIDING = "deciding", _("รออนุมัติ")
    APPROVED = "approved", _("อนุมัติแล้ว รอเผยแพร่")
    RESTING = "resting", _("เสร็จแล้ว ไม่มีงานค้าง")
    DISCARDED = "discarded", _("เลิกทำ")


class MakingProblem(TextChoices):
    """Why there are no files of a table, and what to do; empty while they are being made."""

    ENDED = (
        "ended",
        _(
            "ทำไฟล์ของตารางไม่สำเร็จสามครั้ง — กดทำอีกครั้ง หากยังไม่ได้ "
            "ให้แบ่งตารางเป็นหลายเรื่อง หรือแจ้งผู้ดูแลระบบตรวจพื้นที่ว่างและหน่วยความจำ"
        ),
    )
    CANNOT_SET = "cannot_set", _("ทำไฟล์ PDF ของตารางไม่ได้ — แก้ข้อความในตารางแล้วบันทึกใหม่")
    REFUSED = "refused", _("ไฟล์ของตารางไม่ผ่านการตรวจ — แบ่งตารางเป็นหลายเรื่อง หรือแจ้งผู้ดูแลระบบ")


# Content may change only here; everywhere else it is locked until a remand or a new correction.
EDITABLE_STAGES = frozenset({Stage.WRITING})
MAY_MOVE = {
    Stage.WRITING: frozenset({Stage.SCREENING, Stage.DECIDING, Stage.DISCARDED, Stage.RESTING}),
    Stage.SCREENING: frozenset({Stage.WRITING, Stage.DECIDING}),
    Stage.DECIDING: frozenset({Stage.WRITING, Stage.APPROVED, Stage.RESTING}),
    Stage.APPROVED: frozenset({Stage.RESTING, Stage.WRITING}),
    Stage.RESTING: frozenset({Stage.WRITING, Stage.DECIDING}),
    Stage.DISCARDED: frozenset({Stage.WRITING}),
}
