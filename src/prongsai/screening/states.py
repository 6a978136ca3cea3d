"""Severities, and how a finding may be decided."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    BLOCK = "block", _("ห้ามเผยแพร่จนกว่าจะจัดการ")
    DECIDE = "decide", _("ต้องตัดสินก่อนเผยแพร่")
    ADVISE = "advise", _("ข้อแนะนำ")


class Verdict(TextChoices):
    """What a screener said of a finding. The last two take back what was said before them."""

    REMOVE = "remove", _("นำออกจากเนื้อหา")
    REDACT_LATER = "redact_later", _("ปิดทับก่อนเผยแพร่")
    LEGAL_GROUND = "legal_ground", _("เผยแพร่ได้โดยมีฐานกฎหมาย")
    NOT_APPLICABLE = "not_applicable", _("ไม่ใช่ข้อมูลต้องห้าม")
    OBJECTED = "objected", _("ผู้ตรวจคนที่สองไม่เห็นด้วย")
    WITHDRAWN = "withdrawn", _("ถอนคำตัดสินแล้ว")


class Scope(TextChoices):
    """How many findings one decision is about."""

    ONE = "one", _("ข้อนี้ข้อเดียว")
    ALIKE = "alike", _("ข้อความเดียวกันทุกแห่ง")
    GROUP = "group", _("ทั้งกลุ่ม")


class SecondWord(TextChoices):
    """What the second person says of a decision that lets a blocked passage stand."""

    CONFIRM = "confirm", _("เห็นด้วย")
    OBJECT = "object", _("ไม่เห็นด้วย")


# These two promise a change: the content must come back without the passage before it can go on.
CHANGES_CONTENT = frozenset({Verdict.REMOVE, Verdict.REDACT_LATER})
# These let the passage stand, also in later revisions where it stands in the same kind of place.
LETS_STAND = frozenset({Verdict.LEGAL_GROUND, Verdict.NOT_APPLICABLE})
# What may be chosen; the finding is open again after the others.
CHOOSABLE = (
    Verdict.REMOVE,
    Verdict.REDACT_LATER,
    Verdict.LEGAL_GROUND,
    Verdict.NOT_APPLICABLE,
)
REOPENS = frozenset({Verdict.OBJECTED, Verdict.WITHDRAWN})
# Advice is shown and waits for nobody.
MUST_BE_DECIDED = frozenset({Severity.BLOCK, Severity.DECIDE})
# Where one person alone may not let the passage stand.
NEEDS_TWO_PEOPLE = frozenset({Severity.BLOCK})


class RedactionState(TextChoices):
    """`DRAFT` is what an officer draws; `MAKING` is the machine's; the others are how it ended."""

    DRAFT = "draft", _("กำลังทำกรอบ")
    MAKING = "making", _("กำลังสร้างไฟล์")
    VERIFIED = "verified", _("ปิดทับแล้ว ตรวจผลแล้ว")
    FAILED = "failed", _("ใช้ไม่ได้")
    DROPPED = "dropped", _("ทิ้งร่างแล้ว")


# One slot has at most one of these.
UNDER_WAY = frozenset({RedactionState.DRAFT, RedactionState.MAKING})
