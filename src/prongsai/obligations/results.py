"""What looking at a duty came to, and in which words the public and the staff are told.

Each check has a label, a sentence for when it fails, and what to do then. `%(about)s` is filled in by `Told`.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.obligations import abouts


class Result(TextChoices):
    """From good to bad in `ORDER`."""

    MET = "met", _("ครบถ้วน")
    NOT_APPLICABLE = "not_applicable", _("ไม่เกี่ยวข้อง")
    NOT_DUE = "not_due", _("ยังไม่ถึงกำหนด")
    STALE = "stale", _("เก่าเกินกำหนดทบทวน")
    INCOMPLETE = "incomplete", _("ยังไม่ครบ")
    BROKEN = "broken", _("เปิดไม่ได้")
    MISSING = "missing", _("ยังไม่มี")


ORDER = tuple(Result)
# What an assessor who asks “have you got it” would be answered with yes.
FULFILLED = frozenset({Result.MET, Result.NOT_APPLICABLE})
OWED = frozenset({Result.STALE, Result.INCOMPLETE, Result.BROKEN, Result.MISSING})


class Check(TextChoices):
    BOUND = "bound", _("มีรายการที่เผยแพร่แล้ว")
    YEAR = "year", _("ปีงบประมาณตรง")
    YEAR_IN_TITLE = "year_in_title", _("ชื่อเรื่องบอกปี")
    PERIOD = "period", _("ช่วงเวลาตรง")
    COMPONENT = "component", _("มีองค์ประกอบที่กำหนด")
    REACHABLE = "reachable", _("เปิดหน้าและไฟล์ได้โดยไม่ต้องเข้าสู่ระบบ")
    LINKS_ANSWER = "links_answer", _("ลิงก์ในหน้าเปิดได้")
    READABLE = "readable", _("ไฟล์มีข้อความที่ค้นและอ่านออกเสียงได้")
    FORMAT = "format", _("มีไฟล์ครบรูปแบบ")
    BOTH_SIDES = "both_sides", _("มีทั้งฝ่ายการเมืองและฝ่ายประจำ")
    OWN_WORDS = "own_words", _("สรุปด้วยถ้อยคำของเทศบาลเอง")
    SIGNED_AND_DATED = "signed_and_dated", _("มีผู้ลงนามและวันที่")
    AS_OF_DATE = "as_of_date", _("บอกว่าเป็นข้อมูล ณ วันที่ใด")
    DATES_IN_ORDER = "dates_in_order", _("ลำดับวันที่เป็นไปได้")
    FRESH = "fresh", _("ทบทวนตามกำหนด")


@dataclass(frozen=True)
class Words:
    """A sentence that says what is wrong, and the next act."""

    wrong: Promise
    act: Promise


WORDS: dict[Check, Words] = {
    Check.BOUND: Words(
        _("ยังไม่มีรายการที่เผยแพร่แล้วของข้อนี้"),
        _("เขียนเรื่องใหม่ ผูกรายการที่เผยแพร่แล้ว หรือแจ้งว่าไม่มีหรือไม่เกี่ยวข้อง"),
    ),
    Check.YEAR: Words(
        _("รายการที่มีเป็นของปีงบประมาณ %(about)s"),
        _("เผยแพร่ฉบับของปีที่ถาม หรือแก้ปีงบประมาณของรายการให้ถูก"),
    ),
    Check.YEAR_IN_TITLE: Words(
        _("ชื่อเรื่องและเนื้อหาไม่บอกปี %(about)s"),
        _("เติมปีในชื่อเรื่อง เพื่อให้ผู้ประเมินและประชาชนเห็นว่าเป็นของปีใด"),
    ),
    Check.PERIOD: Words(
        _("ไม่บอกว่าเป็นของช่วงเวลาใด"), _("กรอกงวดหรือช่วงเวลา เช่น “ไตรมาสที่ 2” หรือ “ตุลาคม 2568”")
    ),
    Check.COMPONENT: Words(_("ไม่พบ: %(about)s"), _("เติมส่วนที่ขาด แล้วเผยแพร่เป็นฉบับแก้ไข")),
    Check.REACHABLE: Words(
        _("เปิดไม่ได้หรือช้าเกินไป: %(about)s"), _("เปิดดูด้วยตนเอง ถ้ายังเปิดไม่ได้ให้แจ้งผู้ดูแลระบบ")
    ),
    Check.LINKS_ANSWER: Words(
        _("ลิงก์ในหน้าเปิดไม่ได้: %(about)s นับจากต้นหน้า"),
        _("แก้ลิงก์ให้ไปถึงสิ่งที่ใช้ได้จริง หรือเอาลิงก์ออก แล้วเผยแพร่เป็นฉบับแก้ไข"),
    ),
    Check.READABLE: Words(
        _("มีแต่ภาพ ไม่มีข้อความ: %(about)s"),
        _("แนบไฟล์ต้นฉบับที่มีข้อความ หรือตรวจข้อความที่เครื่องอ่านแล้วยืนยัน"),
    ),
    Check.FORMAT: Words(_("ยังไม่มีไฟล์ชนิด %(about)s"), _("แนบไฟล์ชนิดที่ขาดในรายการเดียวกัน")),
    Check.BOTH_SIDES: Words(
        _("ไม่พบ%(about)s"), _("แสดงทั้งฝ่ายการเมือง (นายก รองนายก สภา) และฝ่ายประจำ (ปลัด ผู้อำนวยการ)")
    ),
    Check.OWN_WORDS: Words(
        _("เหมือนคัดลอกตัวบทกฎหมายมาทั้งฉบับ"), _("สรุปเป็นถ้อยคำของเทศบาล แล้วเชื่อมไปยังตัวบทแทน")
    ),
    Check.SIGNED_AND_DATED: Words(
        _("ไม่บอกผู้ลงนามหรือวันที่ลงนาม"), _("กรอกวันที่ลงนามและชื่อผู้ลงนามของเอกสาร")
    ),
    Check.AS_OF_DATE: Words(_("ไม่บอกว่าเป็นข้อมูล ณ วันที่ใด"), _("กรอกช่อง “ข้อมูล ณ วันที่” ของรายการ")),
    Check.DATES_IN_ORDER: Words(
        _("วันที่ของเอกสารเรียงเป็นไปไม่ได้: %(about)s"), _("ตรวจวันที่พิมพ์ ลงนาม และมีผล กับต้นฉบับ")
    ),
    Check.FRESH: Words(
        _("ครบกำหนดทบทวนเมื่อ %(about)s"),
        _("ตรวจว่ายังถูกต้อง แล้วแก้ไข หรือกด “ตรวจทานแล้ว ไม่มีการเปลี่ยนแปลง”"),
    ),
}
# Of other checks what they are about is said as it stands.
ABOUTS: dict[Check, abouts.Said] = {
    Check.YEAR: abouts.each(abouts.year),
    Check.REACHABLE: abouts.each(abouts.place),
    Check.LINKS_ANSWER: abouts.each(abouts.link),
    Check.READABLE: abouts.each(abouts.place),
    Check.BOTH_SIDES: abouts.side,
    Check.DATES_IN_ORDER: abouts.each(abouts.day),
    Check.FRESH: abouts.day,
}
# A failure of these makes an item what the right side says; of any other, incomplete.
RESULT_OF: dict[Check, Result] = {
    Check.BOUND: Result.MISSING,
    Check.YEAR: Result.MISSING,
    Check.PERIOD: Result.MISSING,
    Check.REACHABLE: Result.BROKEN,
    Check.LINKS_ANSWER: Result.BROKEN,
    Check.FRESH: Result.STALE,
}


@dataclass(frozen=True)
class Told:
    """One check that failed, in the reader's language."""

    check: Check
    about: str

    @property
    def wrong(self) -> str:
        said = ABOUTS.get(self.check, str)
        return str(WORDS[self.check].wrong) % {"about": said(self.about)}

    @property
    def act(self) -> str:
        return str(WORDS[self.check].act)
