"""The columns that a manifest may have, and the words by which their headings are known."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.thai.normalise import normalise


@dataclass(frozen=True)
class Column:
    """`heading` is what the template writes; `known_as` are the other headings that are understood."""

    key: str
    heading: str
    known_as: tuple[str, ...]
    help: Promise
    example: str = ""
    is_needed: bool = False


COLUMNS = (
    Column(
        "file",
        "ไฟล์",
        ("file", "ชื่อไฟล์", "filename", "file name"),
        _("ชื่อไฟล์ในโฟลเดอร์เดียวกับบัญชี หรือไฟล์ที่วางไว้ในชุดนำเข้า"),
        "ประกาศรับสมัคร.pdf",
        is_needed=True,
    ),
    Column(
        "title",
        "ชื่อเรื่อง",
        ("title", "เรื่อง", "subject"),
        _("ชื่อที่ประชาชนเห็น"),
        "ประกาศรับสมัครพนักงานจ้าง",
        is_needed=True,
    ),
    Column(
        "kind",
        "ประเภท",
        ("kind", "type"),
        _("ชื่อหรือรหัสหนึ่งในเก้าประเภท เช่น ข่าวประชาสัมพันธ์ หรือ news"),
        "ข่าวประชาสัมพันธ์",
        is_needed=True,
    ),
    Column(
        "section",
        "หมวด",
        ("section", "หมวดที่เผยแพร่"),
        _("ชื่อหรือชื่อย่อของหมวด เว้นว่างคือหมวดแรกของประเภท"),
        "รับสมัครงาน",
    ),
    Column(
        "unit",
        "หน่วยงาน",
        ("unit", "หน่วยงานที่รับผิดชอบ", "หน่วยงานเจ้าของเรื่อง"),
        _("ชื่อหรือรหัสหน่วยงาน เว้นว่างคือหน่วยงานของผู้นำเข้า"),
    ),
    Column(
        "official_number",
        "เลขที่",
        ("number", "เลขที่หนังสือ", "official number", "official_number"),
        _("ตามที่พิมพ์บนเอกสาร"),
        "ตง 52008/306",
    ),
    Column(
        "typed_date",
        "วันที่พิมพ์",
        ("typed_date", "typed date", "typed"),
        _("วัน เดือน ปี พ.ศ. หรือ 2026-11-23"),
    ),
    Column(
        "signed_date",
        "วันที่ลงนาม",
        ("signed_date", "signed date", "signed", "date", "วันที่", "ลงวันที่"),
        _("วัน เดือน ปี พ.ศ. หรือ 2026-11-23"),
        "23 พ.ย. 2569",
    ),
    Column(
        "in_force_date",
        "วันที่มีผล",
        ("in_force_date", "in force date", "in force", "วันที่มีผลใช้บังคับ"),
        _("วัน เดือน ปี พ.ศ. หรือ 2026-11-23"),
    ),
    Column(
        "fiscal_year",
        "ปีงบประมาณ",
        ("fiscal_year", "fiscal year", "year", "ปีงบประมาณ พ.ศ.", "ปี"),
        _("ปี พ.ศ. สี่หลัก"),
        "2570",
    ),
    Column("period", "งวด", ("period", "ช่วงเวลา", "งวดหรือช่วงเวลา"), _("เช่น ไตรมาสที่ 2")),
    Column(
        "obligations",
        "ข้อกำหนด",
        ("obligations", "obligation", "หน้าที่ต้องเปิดเผย", "เผยแพร่ตามข้อกำหนดใด"),
        _("รหัสหรือชื่อเต็มของข้อกำหนด หลายข้อคั่นด้วย ;"),
    ),
    Column("summary", "คำสรุป", ("summary",), _("สองสามประโยคที่บอกว่าเรื่องนี้คืออะไร")),
    Column("source", "แหล่งที่มา", ("source",), _("ต้องมีเมื่อเป็นคลังความรู้")),
    Column(
        "as_of_date",
        "ข้อมูล ณ วันที่",
        ("as_of_date", "as of date", "as of"),
        _("วัน เดือน ปี พ.ศ. หรือ 2026-11-23"),
    ),
    Column(
        "duplicate",
        "ถ้าซ้ำ",
        ("duplicate", "if duplicate"),
        _("ใส่ new เพื่อทำเป็นเรื่องใหม่แม้มีไฟล์เดียวกันอยู่แล้ว"),
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}


def _folded(heading: str) -> str:
    return " ".join(
        normalise(heading).replace("\N{ZERO WIDTH NO-BREAK SPACE}", "").casefold().split()
    )


_BY_HEADING = {
    _folded(words): column.key
    for column in COLUMNS
    for words in (column.key, column.heading, *column.known_as)
}


def column_of(heading: str) -> str:
    """The key of the column that a heading means; "" for one that nobody knows."""
    return _BY_HEADING.get(_folded(heading), "")
