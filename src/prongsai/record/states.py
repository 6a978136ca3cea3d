"""What an entry may say, what state it leaves an item in, and why one is refused."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Action(TextChoices):
    PUBLISHED = "published", _("เผยแพร่")
    CORRECTED = "corrected", _("แก้ไข")
    WITHDRAWN = "withdrawn", _("ยกเลิกการใช้งาน")
    CONSOLIDATED = "consolidated", _("รวมไว้กับรายการอื่น")
    RECALLED = "recalled", _("เรียกคืน")
    RESTORED = "restored", _("นำกลับมาใช้")
    EXPIRED = "expired", _("สิ้นสุดระยะเวลา")
    NOTICE = "notice", _("ประกาศฉุกเฉิน")
    STATEMENT = "statement", _("ถ้อยแถลง")


class ItemState(TextChoices):
    CURRENT = "current", _("ใช้อยู่")
    WITHDRAWN = "withdrawn", _("ยกเลิกการใช้งานแล้ว")
    CONSOLIDATED = "consolidated", _("รวมไว้กับรายการอื่นแล้ว")
    RECALLED = "recalled", _("เรียกคืนแล้ว")
    EXPIRED = "expired", _("สิ้นสุดระยะเวลาแล้ว")


class Significance(TextChoices):
    MAJOR = "major", _("สาระสำคัญเปลี่ยน")
    MINOR = "minor", _("แก้ไขเล็กน้อย")


class RecallReason(TextChoices):
    """The grounds that a tombstone names. A reason in other words is shown as it was written."""

    PERSONAL_DATA = "personal_data", _("มีข้อมูลส่วนบุคคลที่เปิดเผยไม่ได้")
    UNLAWFUL = "unlawful", _("มีเนื้อหาที่กฎหมายห้ามเผยแพร่")
    COURT_ORDER = "court_order", _("ศาลหรือหน่วยงานที่มีอำนาจมีคำสั่ง")
    RIGHTS = "rights", _("ละเมิดลิขสิทธิ์หรือสิทธิของผู้อื่น")
    MISTAKE = "mistake", _("เผยแพร่โดยผิดพลาด")


class Extent(TextChoices):
    """How much of an item is withheld."""

    WORDS = "words", _("ข้อความบางส่วน")
    TABLE = "table", _("แถวหรือคอลัมน์ของตาราง")
    PAGES = "pages", _("บางหน้าของไฟล์")
    FILE = "file", _("ทั้งไฟล์")
    WHOLE = "whole", _("เอกสารทั้งฉบับ")


class Says(TextChoices):
    """What a statement says in public instead of content, or about it."""

    NONE_THIS_PERIOD = "none_this_period", _("ช่วงเวลานี้ไม่มี")
    NOT_APPLICABLE = "not_applicable", _("ไม่เกี่ยวข้องกับเทศบาล")
    REVIEWED_NO_CHANGE = "reviewed_no_change", _("ตรวจทานแล้ว ไม่มีการเปลี่ยนแปลง")


def extent_label(value: str) -> str:
    """A word that a later version knows speaks for itself."""
    return str(Extent(value).label) if value in Extent.values else value


class Refusal(TextChoices):
    """Why the record does not take an entry. `%(about)s` is filled in by `rules.Reason`."""

    UNKNOWN_ACTION = "unknown_action", _("ไม่รู้จักการกระทำ “%(about)s” ให้แจ้งผู้ดูแลระบบ")
    NUMBER_IS_ALLOTTED = (
        "number_is_allotted",
        _("รายการใหม่รับเลขจากทะเบียน จะกำหนดเลข %(about)s เองไม่ได้ ให้ใช้การแก้ไขแทน"),
    )
    NUMBER_UNKNOWN = "number_unknown", _("ไม่มีรายการเลขที่ %(about)s ในทะเบียน ให้ตรวจเลขที่อีกครั้ง")
    MAY_NOT_FOLLOW = (
        "may_not_follow",
        _("สถานะปัจจุบันของรายการคือ “%(about)s” จึงทำขั้นนี้ไม่ได้ ให้เปิดดูสถานะล่าสุดก่อน"),
    )
    KEY_REUSED = "key_reused", _("คำขอนี้เคยใช้กับรายการ %(about)s แล้ว ให้แจ้งผู้ดูแลระบบ")
    CLOCK_WENT_BACK = (
        "clock_went_back",
        _("เวลาของเครื่องย้อนหลังรายการล่าสุดในทะเบียน (%(about)s) ให้ตั้งนาฬิกาของเครื่องให้ตรงแล้วลองใหม่"),
    )
    FIELD_MISSING = "field_missing", _("เอกสารไม่มีข้อมูล “%(about)s” ให้เติมแล้วส่งใหม่")
    FIELD_MALFORMED = "field_malformed", _("ข้อมูล “%(about)s” ผิดรูปแบบหรือยาวเกินไป ให้แก้แล้วส่งใหม่")
    NOT_CANONICAL = "not_canonical", _("เอกสารมีค่าที่บันทึกลงทะเบียนไม่ได้: %(about)s")
    TOO_LARGE = "too_large", _("เอกสารใหญ่เกิน %(about)s ไบต์ ให้ย้ายเนื้อหาส่วนใหญ่ไปเป็นไฟล์แนบ")
    SECTION_UNKNOWN = "section_unknown", _("ไม่มีหมวดข้อมูล “%(about)s” ให้เลือกหมวดจากรายการ")
    SLOT_TWICE = "slot_twice", _("มีไฟล์สองไฟล์ในช่อง “%(about)s” ให้เหลือไฟล์เดียว")
    FILE_NOT_STORED = "file_not_stored", _("ไฟล์ “%(about)s” ยังไม่อยู่ในคลังไฟล์สาธารณะ ให้ลองเผยแพร่ใหม่")
    EXPLANATION_MISSING = "explanation_missing", _("ต้องมีคำอธิบายให้ประชาชนทราบ ให้เขียนคำอธิบายแล้วส่งใหม่")
    NOTE_MISSING = "note_missing", _("การแก้ไขต้องมีบันทึกว่าแก้อะไร ให้เขียนบันทึกแล้วส่งใหม่")
    RECALL_REASON_MISSING = "recall_reason_missing", _("การเรียกคืนต้องระบุเหตุผล ให้เลือกเหตุผลแล้วส่งใหม่")
    REDIRECT_UNUSABLE = (
        "redirect_unusable",
        _("รวมไว้กับรายการ “%(about)s” ไม่ได้ เพราะไม่ใช่รายการอื่นที่ใช้อยู่ ให้เลือกรายการที่ใช้อยู่"),
    )
    BUNDLE_IN_PARTS = (
        "bundle_in_parts",
        _("ชุดเผยแพร่ “%(about)s” เข้าทะเบียนได้ทั้งชุดเท่านั้น ให้ลองเผยแพร่ใหม่ทั้งชุด"),
    )
    BASE_CHANGED = (
        "base_changed",
        _("รายการ %(about)s ไม่ได้อยู่ในฉบับที่ชุดเผยแพร่นี้แก้ ให้เทียบกับฉบับปัจจุบันแล้วส่งทั้งชุดเข้าพิจารณาใหม่"),
    )
    ABOUT_NOT_CURRENT = (
        "about_not_current",
        _("แถลงว่าตรวจทานรายการ %(about)s ไม่ได้ เพราะไม่ใช่รายการที่ใช้อยู่ ให้เปิดดูสถานะล่าสุดของรายการนั้น"),
    )
    ABOUT_CHANGED = (
        "about_changed",
        _("รายการ %(about)s มีฉบับใหม่กว่าฉบับที่ตรวจทานแล้ว ให้ตรวจทานฉบับปัจจุบันแล้วทำถ้อยแถลงใหม่"),
    )
    SAID_ALREADY = (
        "said_already",
        _("มีถ้อยแถลงเลขที่ %(about)s ซึ่งกล่าวอย่างเดียวกันถึงข้อและงวดนี้ใช้อยู่แล้ว ให้แก้ไขหรือยกเลิกถ้อยแถลงนั้นแทน"),
    )
    SAYS_OTHERWISE = (
        "says_otherwise",
        _("แก้ถ้อยแถลงให้กล่าวอย่างอื่นหรือถึงรายการอื่นไม่ได้ ให้ยกเลิกถ้อยแถลงนี้แล้วทำฉบับใหม่"),
    )
    LOG_BROKEN = (
        "log_broken",
        _("ทะเบียนไม่ตรงกับลายเซ็นล่าสุด จึงไม่รับรายการใหม่ ให้แจ้งผู้ดูแลระบบและตรวจด้วยคำสั่ง prongsai verify"),
    )
    KEY_IS_ANOTHER = (
        "key_is_another",
        _("กุญแจลงนามของเครื่องนี้ไม่ใช่กุญแจของทะเบียน ให้นำกุญแจเดิมกลับมาจากข้อมูลสำรอง"),
    )


# No later attempt helps: whoever wrote the document, or asked for the act, must do something about it.
OF_THE_DOCUMENT = frozenset(
    {
        Refusal.MAY_NOT_FOLLOW,
        Refusal.FIELD_MISSING,
        Refusal.FIELD_MALFORMED,
        Refusal.NOT_CANONICAL,
        Refusal.TOO_LARGE,
        Refusal.SECTION_UNKNOWN,
        Refusal.SLOT_TWICE,
        Refusal.EXPLANATION_MISSING,
        Refusal.NOTE_MISSING,
        Refusal.RECALL_REASON_MISSING,
        Refusal.REDIRECT_UNUSABLE,
        Refusal.BASE_CHANGED,
        Refusal.ABOUT_NOT_CURRENT,
        Refusal.ABOUT_CHANGED,
        Refusal.SAID_ALREADY,
        Refusal.SAYS_OTHERWISE,
    }
)
# The acts that begin an item and are given a number.
STARTING_ACTIONS = frozenset({Action.PUBLISHED, Action.NOTICE, Action.STATEMENT})
# The acts that carry a whole edition; the others speak about one that is already there.
CONTENT_ACTIONS = STARTING_ACTIONS | {Action.CORRECTED}
# The acts of which several may be made as one.
BUNDLED_ACTIONS = frozenset({Action.PUBLISHED, Action.CORRECTED})
# The acts that a reader needs a reason for, in words.
EXPLAINED_ACTIONS = frozenset({Action.WITHDRAWN, Action.CONSOLIDATED, Action.RECALLED})
STATE_AFTER = {
    Action.PUBLISHED: ItemState.CURRENT,
    Action.NOTICE: ItemState.CURRENT,
    Action.STATEMENT: ItemState.CURRENT,
    Action.CORRECTED: ItemState.CURRENT,
    Action.RESTORED: ItemState.CURRENT,
    Action.WITHDRAWN: ItemState.WITHDRAWN,
    Action.CONSOLIDATED: ItemState.CONSOLIDATED,
    Action.RECALLED: ItemState.RECALLED,
    Action.EXPIRED: ItemState.EXPIRED,
}
# Which acts may follow when an item is in this state.
MAY_FOLLOW: dict[ItemState, frozenset[Action]] = {
    ItemState.CURRENT: frozenset(
        {
            Action.CORRECTED,
            Action.WITHDRAWN,
            Action.CONSOLIDATED,
            Action.RECALLED,
            Action.EXPIRED,
        }
    ),
    ItemState.WITHDRAWN: frozenset({Action.RESTORED, Action.RECALLED, Action.CORRECTED}),
    ItemState.EXPIRED: frozenset({Action.RESTORED, Action.RECALLED, Action.CORRECTED}),
    # No correction: its address redirects, and nobody would read it.
    ItemState.CONSOLIDATED: frozenset({Action.RESTORED, Action.RECALLED}),
    # The end: what was erased cannot be restored, only published anew under a new number.
    ItemState.RECALLED: frozenset(),
}
