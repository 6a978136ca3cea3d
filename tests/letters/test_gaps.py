"""A sheet of others' words is set whatever signs they used, but for those of which no typeface has a picture."""

from dataclasses import replace
from datetime import date

import pytest
from pypdfium2 import PdfDocument

from prongsai.letters.documents import Sheet, Table
from prongsai.letters.gaps import render_with_gaps
from prongsai.letters.render import CannotSet, render

SHEET = Sheet(
    heading="ดัชนี",
    issuing_body="เทศบาล",
    subject="๒ เอกสาร",
    made_on=date(2026, 11, 23),
    table=Table(("ที่", "เอกสาร"), (("1", "ประกาศ 📣 ด่วน"), ("2", "ประกาศ 中文"))),
    notes=("หมายเหตุ 🙏",),
)


def test_what_no_typeface_has_is_a_gap_and_everything_else_is_there() -> None:
    with pytest.raises(CannotSet):
        render(SHEET)
    pages = PdfDocument(render_with_gaps(SHEET))
    said = "".join("".join(page.get_textpage().get_text_range() for page in pages).split())
    assert "ประกาศ?ด่วน" in said
    assert "ประกาศ??" in said


def test_what_is_too_long_for_a_page_is_told_as_before() -> None:
    with pytest.raises(CannotSet, match="โปรดแบ่งเป็นย่อหน้า"):
        render_with_gaps(replace(SHEET, subject="-" * 100_000))
