from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest

from prongsai.letters.documents import (
    Announcement,
    Clause,
    Endorsement,
    Letter,
    Memorandum,
    Section,
    Signatory,
    Table,
)
from prongsai.letters.render import render

MAYOR = Signatory("นายสมมุติ ตัวอย่างดี", "รองนายกเทศมนตรี", "รักษาราชการแทน นายกเทศมนตรีนครตัวอย่าง")
DUTIES = Table(
    header=("ลำดับ", "ผู้รับผิดชอบ", "งบประมาณ (บาท)"),
    rows=(("1", "งานเทคโนโลยีสารสนเทศ", "12,500.00"), ("2", "สำนักปลัดเทศบาล", "800.00")),
    caption="ตารางผู้รับผิดชอบ",
)


@pytest.fixture
def announcement() -> Announcement:
    return Announcement(
        issuing_body="เทศบาลนครตัวอย่าง",
        subject="มาตรการเผยแพร่ข้อมูลผ่านเว็บไซต์",
        announced_on=date(2021, 4, 26),
        signatory=MAYOR,
        paragraphs=("เพื่อให้ประชาชนทราบข้อมูลตามมาตรา 7 จึงประกาศดังนี้",),
        clauses=(
            Clause(
                heading="หลักเกณฑ์",
                clauses=(Clause("ข้อมูลต้องไม่กระทบต่อความมั่นคง", clauses=(Clause("ทั้งนี้ให้ตรวจทานก่อน"),)),),
            ),
            Clause("ให้หน่วยงานต่อไปนี้รับผิดชอบ", table=DUTIES),
        ),
    )


@pytest.fixture
def memorandum() -> Memorandum:
    return Memorandum(
        unit="สำนักปลัดเทศบาล งานเทคโนโลยีสารสนเทศ",
        phone="0 7500 0000",
        number="ตง 52008/306",
        written_on=date(2021, 4, 23),
        subject="ขออนุมัติมาตรการ",
        addressee="นายกเทศมนตรีนครตัวอย่าง",
        signatory=Signatory("นางสาวสมหญิง ทดลองงาน", "นักวิชาการคอมพิวเตอร์"),
        sections=(
            Section("เรื่องเดิม", ("ตามที่ได้รับแจ้งนั้น",)),
            Section("ข้อพิจารณา", clauses=(Clause("เห็นควรอนุมัติ"),)),
        ),
        closing="จึงเรียนมาเพื่อโปรดพิจารณา",
        endorsements=(Endorsement("เห็นควรอนุมัติ", MAYOR, "ปลัดเทศบาล", date(2021, 4, 24)),),
    )


@pytest.fixture
def pages_of() -> Callable[[Letter], list[str]]:
    """The text layer, page by page, as our reader of files sees it."""

    def read(letter: Letter) -> list[str]:
        with pypdfium2.PdfDocument(render(letter)) as document:
            return [page.get_textpage().get_text_range() for page in document]

    return read
