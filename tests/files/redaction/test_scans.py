"""Scans lose pixels and words; a picture that other pages show, too, is not forgotten."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw

from prongsai.files import rules
from prongsai.files.locating import Box
from prongsai.files.redaction.pdf import redact_pdf
from prongsai.files.redaction.verifying import verify_redaction
from prongsai.files.rules import PageText, Word
from tests.files.redaction.proofs import everything_in, text_of
from tests.files.redaction.samples import NUMBER


def scan(secret: str = NUMBER) -> Image.Image:
    picture = Image.new("L", (827, 1169), 235)
    pen = ImageDraw.Draw(picture)
    pen.text((100, 100), "Before", fill=20, font_size=40)
    pen.text((100, 200), secret, fill=20, font_size=40)
    pen.text((100, 300), "After", fill=20, font_size=40)
    return picture


SCANNED = PageText(
    1,
    f"Before\n{NUMBER}\nAfter",
    "ocr",
    0.9,
    (),
    (
        Word(0, 6, 0.12, 0.08, 0.32, 0.13),
        Word(7, 24, 0.12, 0.165, 0.62, 0.215),
        Word(25, 30, 0.12, 0.25, 0.32, 0.3),
    ),
)


def test_a_scan_loses_pixels_and_words_and_keeps_the_others(tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    scan().save(source, "PDF", resolution=100)
    boxes = [Box(1, 0.12, 0.165, 0.62, 0.215)]

    made = redact_pdf(source, tmp_path / "result.pdf", boxes, [SCANNED])

    assert made.covered == (NUMBER,)
    assert text_of(tmp_path / "result.pdf")[0].split() == ["Before", "[ปิดทับ]", "After"]
    assert verify_redaction(made.covered, tmp_path / "result.pdf", rules.PDF, boxes) == []


def test_the_old_picture_is_not_in_the_new_file(tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    scan().save(source, "PDF", resolution=100)
    with pikepdf.open(source) as pdf:
        [old] = [value.read_raw_bytes() for value in pdf.pages[0].resources.XObject.values()]

    redact_pdf(source, tmp_path / "result.pdf", [Box(1, 0.12, 0.165, 0.62, 0.215)], [SCANNED])

    assert old[200:400] not in everything_in(tmp_path / "result.pdf")


@pytest.mark.parametrize(("top", "pages"), [(0.165, [2]), (0.6, [])])
def test_a_covered_picture_that_another_page_shows_too_is_reported(
    tmp_path: Path, top: float, pages: list[int]
) -> None:
    """Where the picture is empty paper, nothing was covered of it but what stood over it."""
    source = tmp_path / "source.pdf"
    scan().save(source, "PDF", resolution=100)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        shared = Dictionary(pdf.pages[0].obj)
        shared.Contents = pdf.make_stream(b"q 300 0 0 400 90 90 cm /image Do Q")
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(shared)))
        pdf.pages.append(pikepdf.Page(Dictionary(Type=Name.Page, MediaBox=[0, 0, 595, 842])))
        pdf.save(source)
    boxes = [Box(1, 0.12, top, 0.62, top + 0.05)]

    made = redact_pdf(source, tmp_path / "result.pdf", boxes, [SCANNED])

    assert [(one.kind, one.page) for one in made.problems] == [
        ("same_picture", number) for number in pages
    ]
    assert set(made.problems) <= set(
        verify_redaction([], tmp_path / "result.pdf", rules.PDF, boxes, known=made.problems)
    )
