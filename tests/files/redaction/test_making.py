"""A redaction from question to outcome: whatever its making has seen speaks against it, too."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary

from prongsai.files import pdf_pages, rules
from prongsai.files.locating import Box
from prongsai.files.redaction.making import make
from prongsai.files.redaction.questions import Question
from prongsai.files.rules import PageText
from tests.files.samples import typst_pdf
from tests.files.scans import scan

BOX = Box(1, 0.1, 0.05, 0.9, 0.12)


def quietly(step: str, done: int, whole: int) -> None:
    """Nobody watches."""


def question(source: Path, content: bytes, pages: int) -> Question:
    source.write_bytes(content)
    texts = tuple(pdf_pages.read_pages(source))
    assert len(texts) == pages
    return Question(source, rules.PDF, source.with_suffix(".out"), boxes=(BOX,), pages=texts)


def test_a_covered_picture_that_another_page_shows_keeps_the_result_back(tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(scan("ผู้ร้องเรียน นางสาวทดลอง ระบบ"))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        again = Dictionary(pdf.pages[0].obj)
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(again)))
        pdf.save(source)
    asked = question(source, source.read_bytes(), 2)

    assert ("same_picture", 2) in {(one.kind, one.page) for one in make(asked, quietly)}


@pytest.mark.parametrize(("pages", "fonts"), [(3, 0), (21, 1)])
def test_a_short_file_keeps_no_font_that_tells_an_order_of_letters(
    tmp_path: Path, pages: int, fonts: int
) -> None:
    content = typst_pdf("1-2345-67890-12-1", *(f"หน้าที่ {page}" for page in range(2, pages + 1)))
    asked = question(tmp_path / "source.pdf", content, pages)

    assert make(asked, quietly) == []

    with pikepdf.open(asked.target) as pdf:
        embedded = [one for one in pdf.objects if _is_drawn_font(one)]
    assert bool(embedded) == bool(fonts)


def _is_drawn_font(one: pikepdf.Object) -> bool:
    """A typeface whose letters are drawn, such as the source has; the unseen one has none."""
    return isinstance(one, Dictionary) and "Sarabun" in str(one.get("/FontName", ""))


def test_a_text_that_no_box_covers_is_still_there(tmp_path: Path) -> None:
    asked = question(tmp_path / "source.pdf", typst_pdf("ปิดตรงนี้", "เปิดเผยได้"), 2)

    assert make(asked, quietly) == []

    shown = PageText(2, "เปิดเผยได้").text
    assert shown in pdf_pages.read_pages(asked.target)[1].text.replace(" ", "")
