"""Makes the demonstration's attachments: letters by our own typesetting, sheets, tables and blank forms."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

import pypdfium2 as pdfium
from django.core.files.base import ContentFile
from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font
from PIL import Image

from prongsai.letters.documents import Announcement, Clause, Signatory
from prongsai.letters.render import render

# 150 dots an inch, as office scanners are usually left.
_SCANNED = 150 / 72


def make(
    row: Mapping[str, Any], *, issuing_body: str, signatories: Mapping[str, Signatory]
) -> "ContentFile[bytes]":
    """The file that a row of the data describes by `letter` (perhaps `scanned`), `sheet`, `csv` or `docx`."""
    if "letter" in row:
        content = render(_announcement(row["letter"], issuing_body, signatories))
        content = _scan(content) if row.get("scanned") else content
    elif "sheet" in row:
        content = _sheet(row["sheet"])
    elif "csv" in row:
        content = _csv(row["csv"])
    else:
        content = _form(row["docx"])
    return ContentFile(content, name=row["name"])


def _announcement(
    letter: Mapping[str, Any], issuing_body: str, signatories: Mapping[str, Signatory]
) -> Announcement:
    return Announcement(
        issuing_body=issuing_body,
        subject=letter["subject"],
        announced_on=letter["announced"],
        signatory=signatories[letter["signatory"]],
        paragraphs=tuple(letter["paragraphs"]),
        clauses=tuple(Clause(text=text) for text in letter.get("clauses", ())),
        closing="จึงประกาศให้ทราบโดยทั่วกัน",
    )


def _scan(letter: bytes) -> bytes:
    """The letter as it comes out of the office's scanner: grey pictures, a little askew, no text layer."""
    document = pdfium.PdfDocument(letter)
    try:
        pages = [page.render(scale=_SCANNED, grayscale=True).to_pil() for page in document]
    finally:
        document.close()
    askew = [page.rotate(0.6, Image.Resampling.BICUBIC, fillcolor=255) for page in pages]
    made = BytesIO()
    askew[0].save(
        made, "PDF", resolution=72 * _SCANNED, save_all=True, append_images=askew[1:], quality=60
    )
    return made.getvalue()


def _sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _csv(rows: Sequence[Sequence[Any]]) -> bytes:
    stream = StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def _form(lines: Sequence[str]) -> bytes:
    document = Document()
    document.add_heading(lines[0], level=1)
    for line in lines[1:]:
        document.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
