"""PDFs that hold a secret in many places, and the boxes over it."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name

from prongsai.files import pdf_pages, rules
from prongsai.files.letter_places import locate
from prongsai.files.locating import Box
from tests.files.samples import typst_pdf

# Invented; the last digit is not the right one.
NUMBER = "1-2345-67890-12-3"
DIGITS = "1234567890123"
PERSON = "สมหมาย ใจงาม"
LINE = f"นาย{PERSON} เลขประจำตัวประชาชน {NUMBER} บ้านเลขที่ ๙๙ ตำบลน้ำผุด"
OTHER = "หน้านี้ไม่มีข้อมูลส่วนบุคคลของผู้ใด น้ำประปาสำหรับหมู่บ้าน"


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def changed(content: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as made:
        change(made)
        made.save(target)
    return target.getvalue()


def secret_pdf(change: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """Two pages, the secret on the first."""
    made = typst_pdf(LINE, OTHER)
    return made if change is None else changed(made, change)


def boxes_over(path: Path, *secrets: str) -> tuple[Box, ...]:
    """Over every place where one of these stands on a page."""
    return tuple(
        box
        for page in pdf_pages.read_pages(path)
        for secret in secrets
        for start in _places(page.text, secret)
        for box in locate(path, rules.PDF, page).boxes(start, start + len(secret))
    )


def _places(text: str, secret: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(secret, at)]


def plain_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
    )


def pdf_of(content: bytes, *, media: tuple[int, ...] = (0, 0, 600, 800), **page: object) -> bytes:
    """A page with these instructions, in Helvetica as F."""
    target = io.BytesIO()
    with pikepdf.new() as made:
        dictionary = Dictionary(
            Type=Name.Page,
            MediaBox=Array(list(media)),
            Resources=Dictionary(Font=Dictionary(F=plain_font(made))),
            Contents=made.make_stream(content),
            **page,
        )
        made.pages.append(pikepdf.Page(made.make_indirect(dictionary)))
        made.save(target)
    return target.getvalue()
