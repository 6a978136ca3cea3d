"""What is said of a cell that cannot be read, and of what the checks found: one table for each."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.date_words import DATE_ERRORS
from prongsai.disclosures.tables.catalogue import TableForm
from prongsai.disclosures.tables.cells import UnreadableCell
from prongsai.disclosures.tables.checks import Remark

CELLS: Mapping[str, Promise] = {
    "number": _("อ่าน “{text}” เป็นตัวเลขไม่ได้ โปรดพิมพ์เฉพาะตัวเลข เช่น 1,250,000.50"),
    "negative": _("“{text}” ติดลบ ซึ่งช่องนี้ติดลบไม่ได้ โปรดตรวจตัวเลข"),
    "huge": _("“{text}” เกิน 12 หลัก โปรดตรวจตัวเลข"),
    "too_fine": _("“{text}” มีทศนิยมเกินสองตำแหน่ง โปรดแก้ตัวเลข"),
    "not_whole": _("“{text}” ไม่ใช่จำนวนเต็ม โปรดแก้ตัวเลข"),
    "choice": _("ไม่รู้จัก “{text}” โปรดใช้คำใดคำหนึ่งใน: {choices}"),
    "tax_id": _("เลขประจำตัวไม่ถูกต้อง ต้องมี 13 หลักและหลักสุดท้ายตรงตามสูตร โปรดตรวจกับต้นฉบับ"),
    "url": _("“{text}” ไม่ใช่ที่อยู่เว็บ โปรดคัดลอกจากแถบที่อยู่ของเบราว์เซอร์ เช่น https://www.example.go.th"),
    "pattern": _("“{text}” ไม่ตรงรูปแบบ ({help}) โปรดตรวจกับต้นฉบับ"),
    "too_long": _("ยาว {length} ตัวอักษร รับได้ไม่เกิน {most} โปรดย่อให้สั้นลง"),
    **DATE_ERRORS,
}
SPANS: Mapping[str, Promise] = {
    "month": _("เดือนเดียว เช่น ตุลาคม 2568"),
    "quarter": _("ไตรมาสเดียว เช่น ไตรมาสที่ 1"),
    "half": _("ครึ่งปีงบประมาณ เช่น 6 เดือนแรก"),
    "year": _("ทั้งปีงบประมาณ เช่น ปีงบประมาณ 2569"),
}
REMARKS: Mapping[str, Promise] = {
    "empty": _("ตารางยังไม่มีแถว โปรดเพิ่มแถว หรือเลือกว่าไม่มีรายการในงวดนี้"),
    "fiscal_year": _("ตารางยังไม่ได้บอกปีงบประมาณ โปรดเปิดหน้าตารางแล้วกรอก"),
    "period": _("งวดของตารางต้องเป็น{span} โปรดแก้งวดในหน้าตาราง"),
    "period_of_other_year": _("งวดของตารางไม่อยู่ในปีงบประมาณ {year} โปรดแก้งวดหรือปีให้ตรงกัน"),
    "required": _("ช่องนี้ว่าง ซึ่งต้องมี โปรดกรอก"),
    "not_above": _("{value} สูงกว่า “{other}” ({limit}) โปรดตรวจ ถ้าถูกต้องให้บอกเหตุผลไว้ในแถว"),
    "not_before": _("{value} มาก่อน “{other}” ({limit}) ไม่ได้ โปรดตรวจวันที่"),
    "unique": _("“{value}” ซ้ำกับแถวที่ {first} โปรดตรวจเลขที่ หรือลบแถวที่ซ้ำ"),
    "sum": _("{value} ไม่เท่ากับ {of} ซึ่งรวมได้ {total} โปรดตรวจตัวเลข"),
    "in_fiscal_year": _(
        "{value} ไม่อยู่ในปีงบประมาณของตาราง ({first} – {last}) โปรดตรวจวันที่หรือปีงบประมาณ"
    ),
    "in_period": _("{value} ไม่อยู่ในงวดของตาราง ({first} – {last}) โปรดตรวจว่าเป็นของงวดนี้"),
}
_PLACED = _("แถวที่ {row} ช่อง “{column}”: {sentence}")


def cell_sentence(why: UnreadableCell) -> str:
    return str(CELLS[why.reason]).format(**why.values)


def remark_sentence(remark: Remark) -> str:
    """Without its place."""
    values: dict[str, Any] = dict(remark.values)
    if "span" in values:
        values["span"] = SPANS[str(values["span"])]
    return str(REMARKS[remark.rule]).format(**values)


def placed_sentence(form: TableForm, remark: Remark) -> str:
    """With row and column, where it speaks of one."""
    sentence = remark_sentence(remark)
    if not remark.row:
        return sentence
    return placed(remark.row, form.column(remark.column).label, sentence)


def placed(row: int, column: str, sentence: str) -> str:
    return str(_PLACED).format(row=row, column=column, sentence=sentence)
