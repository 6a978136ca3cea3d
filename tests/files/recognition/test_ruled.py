"""Rules, tables, dotted lines and columns: what is no text is not read, and what is, in its order."""

import re
from collections.abc import Iterable

import pypdfium2 as pdfium
import pytest
import typst
from PIL import Image

from prongsai.files.recognition.engine import recognise
from prongsai.files.recognition.ruling import without_rules
from prongsai.files.recognition.text_columns import text_places
from prongsai.letters.fonts import font_directory

DOTS = 200
FIRST = "ผู้อำนวยการกองช่างรายงานความก้าวหน้าของโครงการ"
SECOND = "วงเงิน ๔๘๗,๐๐๐ บาท ลงวันที่ ๒๖ กุมภาพันธ์ ๒๕๖๗"
ROWS = (
    ("๑", "จัดซื้อวัสดุสำนักงาน", "๔๕,๒๐๐.๐๐"),
    ("๒", "จ้างซ่อมเครื่องสูบน้ำ", "๑๒๘,๗๐๐.๐๐"),
    ("๓", "จ้างทำป้ายประชาสัมพันธ์", "๙,๖๐๐.๐๐"),
)
PARAGRAPHS = (
    "กองช่างได้ออกตรวจสอบพื้นที่เมื่อวันที่ ๓๐ มกราคม ๒๕๖๗ พบว่า ท่อระบายน้ำมีตะกอนดินและเศษขยะอุดตันเป็นระยะทางยาว",
    "ประธานสภาเทศบาลแจ้งว่า จังหวัดได้อนุมัติให้ขยายเวลาการเบิกจ่ายเงินอุดหนุนเฉพาะกิจออกไปจนถึงสิ้นปีงบประมาณ",
)


def drawn(*paragraphs: str) -> Image.Image:
    """A page of Typst's markup, grey."""
    body = "\n\n".join(paragraphs)
    source = f'#set text(font: "Sarabun", lang: "th", size: 16pt)\n{body}'
    made = typst.compile(source.encode(), font_paths=[font_directory()], ignore_system_fonts=True)
    document = pdfium.PdfDocument(made)
    try:
        picture: Image.Image = document[0].render(scale=DOTS / 72, grayscale=True).to_pil()
        return picture.convert("L")
    finally:
        document.close()


def table(stroke: str, rows: Iterable[tuple[str, ...]] = ROWS) -> str:
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return f"#table(columns: (1.5cm, 1fr, 4cm), align: (center, left, right), stroke: {stroke}, {cells})"


COLUMN_RULES = "(x, y) => (x: 0.7pt, top: if y < 2 { 0.7pt }, bottom: if y == 5 { 0.7pt })"
# As in books: no rules at the sides.
OPEN_SIDES = "(x, y) => (left: if x > 0 { 0.7pt }, top: 0.7pt, bottom: 0.7pt)"


def lines(image: Image.Image) -> list[str]:
    return [line for line in recognise(image).text.split("\n") if line]


def digits(text: str) -> list[str]:
    return re.findall("[๐-๙0-9][๐-๙0-9,.]*", text)


def test_a_rule_between_lines_is_no_text() -> None:
    rule = "#line(length: 100%, stroke: 1pt)"

    ruled = recognise(drawn(FIRST, rule, SECOND, "#line(length: 30%, stroke: 2pt)", FIRST))

    assert ruled.text == recognise(drawn(FIRST, SECOND, FIRST)).text


def test_a_page_of_rules_alone_says_nothing() -> None:
    page = recognise(drawn("#line(length: 100%)", "#line(length: 50%)", "." * 60))

    assert page.text == ""


def test_underlined_words_are_read() -> None:
    page = recognise(drawn("วงเงิน #underline[๔๘๗,๐๐๐ บาท] ลงวันที่ #underline[๒๖ กุมภาพันธ์ ๒๕๖๗]"))

    assert digits(page.text) == ["๔๘๗,๐๐๐", "๒๖", "๒๕๖๗"]


def test_letters_that_stand_on_a_rule_stay_whole() -> None:
    plain, ruled = Image.new("L", (1600, 200), 255), Image.new("L", (1600, 200), 255)
    for picture in (plain, ruled):
        picture.paste(0, (400, 60, 420, 160))
    ruled.paste(0, (100, 120, 1500, 124))

    left = without_rules(ruled)

    assert left.image.tobytes() == plain.tobytes()
    assert [(rule.start, rule.end) for rule in left.level] == [(100, 1500)]


@pytest.mark.parametrize("dots", ["." * 50, "#box(width: 6cm, repeat[.])"])
def test_dots_to_sign_on_do_not_become_digits(dots: str) -> None:
    page = drawn(FIRST, f"ลงชื่อ {dots} ผู้รับจ้าง", "(นายสมมติ ใจดี)")

    assert lines(page)[1:2] == ["ลงชื่อ ผู้รับจ้าง"]
    assert digits(recognise(page).text) == []


@pytest.mark.parametrize("stroke", ["0.7pt", "none", OPEN_SIDES])
def test_a_table_is_read_row_by_row(stroke: str) -> None:
    read = lines(drawn(FIRST, table(stroke), SECOND))

    numbers = [digits(line) for line in read]
    assert [row for row in numbers if row] == [
        *([number, price] for number, _, price in ROWS),
        ["๔๘๗,๐๐๐", "๒๖", "๒๕๖๗"],
    ]


def test_lines_of_a_cell_follow_each_other() -> None:
    cells = f"[๑], [{FIRST}{FIRST}], [๔๕,๒๐๐], [๒], [{FIRST}], [๙,๖๐๐]"

    read = lines(drawn(f"#table(columns: (1.5cm, 1fr, 4cm), {cells})"))

    assert [digits(line) for line in read] == [["๑", "๔๕,๒๐๐"], ["๒", "๙,๖๐๐"]]


def test_rows_that_no_rule_parts_are_read_row_by_row() -> None:
    long = "ปรับปรุงภูมิทัศน์สวนสาธารณะและลานกีฬาชุมชนตลาดสดเทศบาล"
    rows = [("ที่", "รายการ", "ราคา"), *ROWS, ("๔", long, "๖๘๐,๐๐๐.๐๐"), ("", "รวม", "๘๖๓,๕๐๐.๐๐")]

    read = lines(drawn(FIRST, table(COLUMN_RULES, rows)))

    assert [digits(line) for line in read[2:]] == [
        *([number, price] for number, _, price in ROWS),
        ["๔", "๖๘๐,๐๐๐.๐๐"],
        ["๘๖๓,๕๐๐.๐๐"],
    ]
    assert "เทศบาล" in read[5]


def test_names_of_columns_over_two_lines_stay_whole() -> None:
    rows = [(r"ลำดับ \ ที่", r"ชื่อ \ โครงการ", r"งบ \ ประมาณ"), *ROWS]

    assert lines(drawn(table("0.7pt", rows)))[0] == "ลำดับ ที่ ชื่อ โครงการ งบ ประมาณ"


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = PARAGRAPHS[0] * 2, PARAGRAPHS[1] * 2

    read = recognise(drawn(FIRST, f"#columns(2)[{left} #colbreak() {right}]")).text

    assert 0 < read.rindex("กองช่างได้ออก") < read.rindex("ตะกอนดิน") < read.index("ประธานสภา")


def test_three_columns_are_read_one_after_the_other() -> None:
    left, middle, right = PARAGRAPHS[0] * 2, "สำนักคลัง" + PARAGRAPHS[0] * 2, PARAGRAPHS[1] * 2
    columns = f"#columns(3)[{left} #colbreak() {middle} #colbreak() {right}]"

    read = recognise(drawn(FIRST, f"#text(size: 11pt)[{columns}]", SECOND)).text

    marks = ("ผู้อำนวยการ", "กองช่างได้ออก", "สำนักคลัง", "ประธานสภา", "๔๘๗,๐๐๐")
    places = [read.index(mark) for mark in marks]
    assert places == sorted(places)


def test_a_broken_line_from_top_to_bottom_is_no_column() -> None:
    page = Image.new("L", (1700, 2400), 255)
    for top in range(100, 2300, 60):
        page.paste(0, (850, top, 854, top + 40))

    assert text_places(page, (0, 0, 1700, 2400)) == [(0, 0, 1700, 2400)]
