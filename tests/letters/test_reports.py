"""A report: what somebody wrote, in its order, with tables that keep to the page."""

from datetime import date

import pypdfium2

from prongsai.letters.documents import Block, Report, Table
from prongsai.letters.render import render

# Points: 3 cm on the left.
MARGIN = 85
HEADER = ("หมวด", "เผยแพร่ใหม่", "แก้ไขสาระสำคัญ", "แก้ไขเล็กน้อย", "เรียกคืน", "อื่น ๆ")
TABLE = Table(HEADER, (("กฎหมายและระเบียบ", "17", "1", "2", "0", "0"),))
REPORT = Report(
    heading="รายงานประจำปี 2569",
    issuing_body="เทศบาลนครตัวอย่าง",
    made_on=date(2026, 9, 30),
    blocks=(
        Block("heading", "ตัวเลข"),
        Block("subheading", "ตามหมวด"),
        Block("paragraph", "นับจากทะเบียน\nทั้งปี"),
        Block("table", table=TABLE),
        Block("bullet", "ข้อสังเกต"),
    ),
)


def page() -> pypdfium2.PdfTextPage:
    return pypdfium2.PdfDocument(render(REPORT))[0].get_textpage()


def test_it_reads_in_the_order_in_which_it_was_written() -> None:
    text = "".join(page().get_text_range().replace("\u200b", "").split())
    order = ("รายงานประจำปี๒๕๖๙", "๓๐กันยายน๒๕๖๙", "ตัวเลข", "นับจากทะเบียน", "๑๗", "ข้อสังเกต")
    assert sorted(order, key=text.index) == list(order)


def test_words_beside_many_numbers_stay_on_the_page() -> None:
    found = page()
    lefts = [found.get_charbox(place)[0] for place in range(found.count_chars())]
    assert min(left for left in lefts if left) > MARGIN - 2
