"""The demonstration's attachments are real files of their kind, and say what their rows say."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from prongsai.config.demonstration.files import make
from prongsai.letters.documents import Signatory

ROWS = [["ลำดับ", "รายการ"], [1, "ถนน, สะพาน"], [2, 'ป้าย "หยุด"']]
LETTER: dict[str, Any] = {
    "subject": "ปิดถนน",
    "announced": date(2026, 11, 26),
    "signatory": "mayor",
    "paragraphs": ["เพื่อซ่อมผิวจราจร"],
}


def made(**row: Any) -> bytes:
    signatories = {"mayor": Signatory("นายสมมุติ ตัวอย่างดี", "นายกเทศมนตรี")}
    file = make({"name": "แฟ้ม", **row}, issuing_body="เทศบาลนครตัวอย่าง", signatories=signatories)
    assert file.name == "แฟ้ม"
    return file.read()


@pytest.mark.parametrize("clauses", [[], ["ข้อหนึ่ง", "ข้อสอง"]])
def test_a_letter_is_an_announcement_with_its_signatory(clauses: list[str]) -> None:
    with pypdfium2.PdfDocument(made(letter={**LETTER, "clauses": clauses})) as document:
        read = document[0].get_textpage().get_text_range().splitlines()

    assert [line.strip() for line in read] == [
        "ประกาศเทศบาลนครตัวอย่าง",
        "เรื่อง ปิดถนน",
        "เพื่อซ่อมผิวจราจร",
        *(f"{number} {text}" for number, text in zip(("๑.", "๒."), clauses, strict=False)),
        "จึงประกาศให้ทราบโดยทั่วกัน",
        "ประกาศ ณ วันที่ ๒๖ พฤศจิกายน พ.ศ. ๒๕๖๙",
        "(นายสมมุติ ตัวอย่างดี)",
        "นายกเทศมนตรี",
    ]


def test_a_letter_of_somebody_unknown_is_not_made() -> None:
    with pytest.raises(KeyError, match="stranger"):
        made(letter={**LETTER, "signatory": "stranger"})


def test_a_sheet_has_its_rows_and_a_header_that_stays() -> None:
    sheet = load_workbook(BytesIO(made(sheet=ROWS))).active

    assert [list(row) for row in sheet.values] == ROWS
    assert [cell.font.bold for cell in sheet[1]] == [True, True]
    assert (sheet.freeze_panes, sheet["A2"].font.bold) == ("A2", False)


def test_a_table_opens_in_a_spreadsheet_as_thai() -> None:
    content = made(csv=ROWS)

    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [[str(cell) for cell in row] for row in ROWS]


def test_a_form_has_a_heading_and_its_lines() -> None:
    document = Document(BytesIO(made(docx=["คำขอ", "ชื่อ ........", ""])))

    assert [(each.text, each.style.name) for each in document.paragraphs] == [
        ("คำขอ", "Heading 1"),
        ("ชื่อ ........", "Normal"),
        ("", "Normal"),
    ]


def test_a_row_that_describes_no_file_is_refused() -> None:
    with pytest.raises(KeyError, match="docx"):
        made(picture="ภาพ")
