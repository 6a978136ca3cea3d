"""Titles of a page that only their type tells, in PDFs as programs write them."""

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import typst
from pikepdf import Dictionary, Name

from prongsai.files import pdf_pages, rules
from prongsai.files.letter_places import locate
from prongsai.files.structure import blocks_of, may_hold_title
from prongsai.letters.fonts import font_directory

TEXT = "ข้อความเนื้อหายาวพอสมควรเพื่อให้ครบบรรทัดหนึ่ง และต่อไปอีกจนถึงบรรทัดที่สองของย่อหน้านี้ให้ได้ตามต้องการ"
WARNING = (
    "คำเตือนที่พิมพ์ด้วยตัวหนาทั้งย่อหน้าและยาวกว่าหนึ่งบรรทัดไม่ใช่หัวข้อของสิ่งใด ผู้สมัครทุกคนต้องอ่านให้ครบถ้วนก่อนยื่นใบสมัคร "
    "และต้องนำหลักฐานฉบับจริงมาแสดงต่อเจ้าหน้าที่ในวันรายงานตัว"
)
OTHER = "ผู้ผ่านการคัดเลือกมารายงานตัวที่สำนักงานเทศบาลภายในสิบวันทำการนับถัดจากวันที่ปิดประกาศบัญชีรายชื่อนี้"
STRONG = "#set text(size: 12pt)\n#set page(header: [*เทศบาลนครตั้งใจ — รายงานประจำปี*], footer: [*หน้า ๑*])\n"


def titles(path: Path) -> list[tuple[int, str]]:
    [page, *_] = pdf_pages.read_pages(path)
    placed = replace(page, words=locate(path, rules.PDF, page).words())
    blocks = blocks_of(placed, is_printed=True)
    return [(one.level, one.text) for one in blocks if one.kind == "heading"]


def typeset(folder: Path, source: str) -> Path:
    path = folder / "a.pdf"
    whole = f'#set text(font: "Sarabun")\n{STRONG}{source}'.encode()
    typst.compile(whole, output=path, font_paths=[font_directory()], ignore_system_fonts=True)
    return path


def test_larger_letters_are_titles_by_their_size(tmp_path: Path) -> None:
    source = f"= ผลงาน\n{TEXT}\n== ความเป็นมา\n{TEXT}\n\n{TEXT}\n"
    assert titles(typeset(tmp_path, source)) == [(2, "ผลงาน"), (3, "ความเป็นมา")]


def test_a_bold_line_between_texts_is_a_title(tmp_path: Path) -> None:
    assert titles(typeset(tmp_path, f"{TEXT}\n\n*วัตถุประสงค์*\n\n{TEXT}\n")) == [(3, "วัตถุประสงค์")]


@pytest.mark.parametrize(
    "source",
    [
        f"{TEXT}\n\n*{WARNING}*\n\n{OTHER}",
        f"{TEXT} *เน้นคำนี้* {TEXT}",
        f"{TEXT}\n\n#table(columns: 2, [*รายการ*], [*บาท*], [ค่าวัสดุ], [1,000], [*รวม*], [*3,000*])\n\n{TEXT}",
        f"{TEXT}\n\n#text(size: 20pt)[125,000]\n\n{TEXT}",
        f"{TEXT}\n\n*(นายตัวอย่าง ทดสอบ)*\n\nนายกเทศมนตรีและผู้ลงนามในประกาศฉบับนี้",
        f"#strong[{TEXT}\n\nสั้น\n\n{TEXT}]",
        f"{TEXT}\n\n#text(size: 30pt)[ท้ายหน้า]",
    ],
    ids=["bold text", "emphasis", "table", "figure", "signature", "all bold", "over nothing"],
)
def test_what_is_only_strong_or_large_is_no_title(tmp_path: Path, source: str) -> None:
    assert titles(typeset(tmp_path, source)) == []


def test_letters_that_a_program_scales_count_as_large_as_they_are_seen(tmp_path: Path) -> None:
    path, made = tmp_path / "a.pdf", pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = made.add_blank_page(page_size=(600, 800))
    page.Resources = Dictionary(Font=Dictionary(F=made.make_indirect(font)))
    text = "ordinary text of the page that goes on to the margin and so on"
    lines = "".join(f"BT /F 12 Tf 50 {680 - 18 * row} Td ({text}) Tj ET\n" for row in range(5))
    shrunk = "q .1 0 0 .1 0 0 cm BT /F 180 Tf 500 7300 Td (Shrunk title) Tj ET Q\n"
    grown = "BT /F 1 Tf 16 0 0 16 50 705 Tm (Grown title) Tj ET\n"
    page.Contents = made.make_stream(f"{shrunk}{grown}{lines}".encode())
    made.save(path)
    assert [text for _level, text in titles(path)] == ["Shrunk title", "Grown title"]


@pytest.mark.parametrize(
    ("text", "may"),
    [("หัวข้อ\nข้อความที่ยาวกว่า", True), ("1,000\nข้อความ", False), ("ยาวกว่า\nสั้น", False)],
)
def test_only_pages_with_a_short_line_over_a_longer_one_are_asked(text: str, may: bool) -> None:
    assert may_hold_title(text) is may
