"""What can be wrong with published content, and in which words the staff are told: one table.

`%(about)s` is filled in with the place that is meant.
"""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from prongsai.obligations.results import Words


class Flaw(TextChoices):
    """In the order in which they are shown: what leads nowhere first."""

    LINK_BROKEN = "link_broken", _("ลิงก์เปิดไม่ได้")
    LINK_INSIDE = "link_inside", _("ลิงก์ไปยังเครื่องภายใน")
    LINK_TO_NO_PLACE = "link_to_no_place", _("ลิงก์ไปยังจุดในหน้าที่ไม่มี")
    TEXT_NOT_VERIFIED = "text_not_verified", _("ข้อความที่เครื่องอ่านยังไม่มีใครตรวจ")
    FILE_WITHOUT_TEXT = "file_without_text", _("ไฟล์มีแต่ภาพ ไม่มีข้อความ")
    PICTURE_WITHOUT_WORDS = "picture_without_words", _("ภาพไม่มีคำบรรยายแทนภาพ")
    PICTURE_NAMED_BY_FILE = "picture_named_by_file", _("คำบรรยายแทนภาพเป็นชื่อไฟล์")
    LINK_SAYS_NOTHING = "link_says_nothing", _("ข้อความลิงก์ไม่บอกว่าไปที่ใด")
    LINK_IS_ADDRESS = "link_is_address", _("ข้อความลิงก์เป็นที่อยู่เว็บ")
    TABLE_WITHOUT_HEADER = "table_without_header", _("ตารางไม่มีหัวตาราง")
    ALL_CAPITALS = "all_capitals", _("ตัวพิมพ์ใหญ่ทั้งข้อความ")
    PDF_WITHOUT_TAGS = "pdf_without_tags", _("PDF ไม่มีแท็กโครงสร้าง")
    PDF_WITHOUT_TITLE = "pdf_without_title", _("PDF ไม่มีชื่อเอกสาร")
    PDF_WITHOUT_LANGUAGE = "pdf_without_language", _("PDF ไม่บอกภาษา")


LINKS = frozenset(
    {
        *(Flaw.LINK_BROKEN, Flaw.LINK_INSIDE, Flaw.LINK_TO_NO_PLACE),
        *(Flaw.LINK_SAYS_NOTHING, Flaw.LINK_IS_ADDRESS),
    }
)
FILES = frozenset(
    {
        *(Flaw.TEXT_NOT_VERIFIED, Flaw.FILE_WITHOUT_TEXT),
        *(Flaw.PDF_WITHOUT_TAGS, Flaw.PDF_WITHOUT_TITLE, Flaw.PDF_WITHOUT_LANGUAGE),
    }
)
PICTURES = frozenset({Flaw.PICTURE_WITHOUT_WORDS, Flaw.PICTURE_NAMED_BY_FILE})


class Outcome(TextChoices):
    """What asking for an address came to. `UNSURE`: it is there, or may be, but says nothing to machines."""

    WELL = "well", _("เปิดได้")
    UNSURE = "unsure", _("ตัดสินไม่ได้")
    GONE = "gone", _("ไม่มีหน้านี้แล้ว")
    FAILED = "failed", _("เว็บไซต์ตอบว่าผิดพลาด")
    SILENT = "silent", _("เว็บไซต์ไม่ตอบ")


FAILING = frozenset({Outcome.GONE, Outcome.FAILED, Outcome.SILENT})


_LINK_ACT = _("เปิดลิงก์ดู ถ้าเปิดไม่ได้จริง ให้แก้เป็นที่อยู่ใหม่หรือเอาลิงก์ออก แล้วเผยแพร่เป็นฉบับแก้ไข")
_PDF_ACT = _("ตั้งค่าในโปรแกรมต้นทางแล้วบันทึกเป็น PDF ใหม่ (เลือกให้มีแท็กสำหรับการเข้าถึง) แนบแทนไฟล์เดิมในฉบับแก้ไข")
WORDS: Mapping[Flaw, Words] = {
    Flaw.LINK_BROKEN: Words(_("ลิงก์เปิดไม่ได้: %(about)s"), _LINK_ACT),
    Flaw.LINK_INSIDE: Words(
        _("ลิงก์ไปยังเครื่องภายในที่ประชาชนเปิดไม่ได้: %(about)s"),
        _("แนบไฟล์หรือเขียนเนื้อหาในรายการนี้แทน หรือใช้ที่อยู่ที่ประชาชนเปิดได้"),
    ),
    Flaw.LINK_TO_NO_PLACE: Words(
        _("ลิงก์ไปยังจุดในหน้าซึ่งไม่มีอยู่: %(about)s"), _("ลบลิงก์นี้ หรือเปลี่ยนเป็นที่อยู่เต็มของหน้าที่ต้องการ")
    ),
    Flaw.TEXT_NOT_VERIFIED: Words(
        _("ข้อความของไฟล์มาจากการอ่านด้วยเครื่อง ยังไม่มีใครเทียบกับภาพ: %(about)s"),
        _("เริ่มฉบับแก้ไข เปิดหน้าตรวจข้อความของไฟล์นี้ เทียบกับภาพแล้วรับรอง"),
    ),
    Flaw.FILE_WITHOUT_TEXT: Words(
        _("ไฟล์มีแต่ภาพ ค้นและอ่านออกเสียงไม่ได้: %(about)s"),
        _("แนบไฟล์ต้นฉบับที่มีข้อความ หรือเริ่มฉบับแก้ไขแล้วพิมพ์ข้อความของไฟล์ในหน้าตรวจข้อความ"),
    ),
    Flaw.PICTURE_WITHOUT_WORDS: Words(
        _("ภาพที่ %(about)s ในเนื้อหาไม่มีคำบรรยายแทนภาพ"),
        _("เขียนว่าภาพบอกอะไร ถ้าเป็นภาพประดับให้เอาออกจากเนื้อหา"),
    ),
    Flaw.PICTURE_NAMED_BY_FILE: Words(
        _("คำบรรยายแทนภาพเป็นชื่อไฟล์: %(about)s"), _("เขียนว่าภาพบอกอะไรแทนชื่อไฟล์")
    ),
    Flaw.LINK_SAYS_NOTHING: Words(
        _("ข้อความลิงก์ “%(about)s” ไม่บอกว่าไปที่ใด"),
        _("ใช้ชื่อของเอกสารหรือหน้าปลายทางเป็นข้อความลิงก์ ผู้ที่ฟังด้วยโปรแกรมอ่านหน้าจอจะได้รู้ว่าลิงก์ไปไหน"),
    ),
    Flaw.LINK_IS_ADDRESS: Words(
        _("ข้อความลิงก์เป็นที่อยู่เว็บ: %(about)s"), _("ใช้ชื่อของหน้าปลายทางเป็นข้อความลิงก์แทนที่อยู่เว็บ")
    ),
    Flaw.TABLE_WITHOUT_HEADER: Words(
        _("ตารางที่ %(about)s ในเนื้อหาไม่มีหัวตาราง"),
        _("กำหนดแถวแรกเป็นหัวตาราง หรือใช้ตารางที่กรอกครั้งเดียวแทน"),
    ),
    Flaw.ALL_CAPITALS: Words(
        _("เขียนด้วยตัวพิมพ์ใหญ่ทั้งหมด: %(about)s"), _("เขียนด้วยตัวพิมพ์เล็กตามปกติ อ่านง่ายกว่าและอ่านออกเสียงถูกกว่า")
    ),
    Flaw.PDF_WITHOUT_TAGS: Words(
        _("PDF ไม่มีแท็กโครงสร้าง โปรแกรมอ่านหน้าจออ่านไม่เป็นลำดับ: %(about)s"), _PDF_ACT
    ),
    Flaw.PDF_WITHOUT_TITLE: Words(_("PDF ไม่มีชื่อเอกสารอยู่ข้างใน: %(about)s"), _PDF_ACT),
    Flaw.PDF_WITHOUT_LANGUAGE: Words(_("PDF ไม่บอกว่าเป็นภาษาใด: %(about)s"), _PDF_ACT),
}
