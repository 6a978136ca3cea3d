"""From the picture of a page to a file that may go out, with the project's own reader of pictures."""

import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from prongsai.files import pdf_pages, rules
from prongsai.files.letter_places import locate
from prongsai.files.recognition.engine import recognise
from prongsai.files.redaction import pictures
from prongsai.files.redaction.pdf import redact_pdf
from prongsai.files.redaction.verifying import verify_redaction
from prongsai.files.rules import PageText
from prongsai.files.searchable import searchable_pdf
from tests.files.redaction.samples import LINE, NUMBER, OTHER, secret_pdf, written


@pytest.fixture(scope="module")
def page() -> Image.Image:
    document = pdfium.PdfDocument(secret_pdf())
    picture = pictures.drawn(document[0])
    document.close()
    return picture


@pytest.fixture(scope="module")
def read(page: Image.Image) -> PageText:
    seen = recognise(page)
    return PageText(1, seen.text, "ocr", seen.confidence, (), tuple(seen.words))


def test_a_number_on_a_scan_is_found_covered_and_cannot_be_read_again(
    tmp_path: Path, page: Image.Image, read: PageText
) -> None:
    page.save(tmp_path / "scan.pdf", resolution=200)
    found = re.search(r"\d-\d{4}-\d{5}-\d\d-\d", read.text)
    assert found
    assert found[0] == NUMBER
    boxes = locate(tmp_path / "scan.pdf", rules.PDF, read).boxes(*found.span())

    made = redact_pdf(tmp_path / "scan.pdf", tmp_path / "result.pdf", boxes, [read])

    covered = (NUMBER, *made.covered)
    assert verify_redaction(covered, tmp_path / "result.pdf", rules.PDF, boxes, recognise) == []
    assert "[ปิดทับ]" in pdf_pages.read_pages(tmp_path / "result.pdf")[0].text


def test_a_box_beside_the_number_is_found_out(
    tmp_path: Path, page: Image.Image, read: PageText
) -> None:
    """The words of the reader are not given, so that only the picture can tell."""
    page.save(tmp_path / "scan.pdf", resolution=200)
    start = read.text.index(NUMBER)
    [box] = locate(tmp_path / "scan.pdf", rules.PDF, read).boxes(start, start + len(NUMBER))
    height = box.bottom - box.top
    beside = box.__class__(1, box.left, box.bottom + 3 * height, box.right, box.bottom + 4 * height)

    redact_pdf(tmp_path / "scan.pdf", tmp_path / "result.pdf", [beside], [PageText(1, "")])

    found = verify_redaction([NUMBER], tmp_path / "result.pdf", rules.PDF, [beside], recognise)
    assert [(one.kind, one.page) for one in found] == [("still_read", 1)]


def test_a_searchable_scan_says_what_was_read(
    tmp_path: Path, page: Image.Image, read: PageText
) -> None:
    page.save(tmp_path / "scan.pdf", resolution=200)

    searchable_pdf(tmp_path / "scan.pdf", tmp_path / "result.pdf", [read])

    [again] = pdf_pages.read_pages(tmp_path / "result.pdf")
    assert "".join(again.text.split()) == "".join(read.text.split())


def test_the_samples_are_two_pages(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", secret_pdf())

    texts = ["".join(page.text.split()) for page in pdf_pages.read_pages(path)]
    assert texts == ["".join(LINE.split()), "".join(OTHER.split())]
