"""Where a stretch of text stands on its page, measured against where it was written."""

from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pikepdf import Array

from prongsai.files import pdf_pages, rules
from prongsai.files.aligning import aligned
from prongsai.files.letter_places import locate
from prongsai.files.locating import Box
from prongsai.files.redaction import pictures
from prongsai.files.rules import PageText, Word
from tests.files.redaction.samples import LINE, NUMBER, PERSON, pdf_of, written
from tests.files.samples import typst_pdf

# At 100 points from the left and 700 from the bottom of a page of 600 by 800.
PLACED = b"BT /F 20 Tf 100 700 Td (1234567890) Tj ET"


def boxes_of(path: Path, sought: str, *, after: str = "") -> tuple[Box, ...]:
    [page] = pdf_pages.read_pages(path)
    start = page.text.index(sought, page.text.index(after))
    return locate(path, rules.PDF, page).boxes(start, start + len(sought))


def near(box: Box, left: float, top: float, right: float, bottom: float) -> bool:
    expected = (left, top, right, bottom)
    edges = (box.left, box.top, box.right, box.bottom)
    return all(abs(one - other) < 0.008 for one, other in zip(edges, expected, strict=True))


# Ten digits of Helvetica at 20 points are 111 points wide.
@pytest.mark.parametrize(
    ("turned", "edges"),
    [
        (0, (100 / 600, 82 / 800, 211 / 600, 104 / 800)),
        (90, (696 / 800, 100 / 600, 718 / 800, 211 / 600)),
        (180, (389 / 600, 696 / 800, 500 / 600, 718 / 800)),
        (270, (82 / 800, 389 / 600, 104 / 800, 500 / 600)),
    ],
)
def test_a_number_is_found_where_it_was_written_however_the_page_is_turned(
    tmp_path: Path, turned: int, edges: tuple[float, float, float, float]
) -> None:
    path = written(tmp_path / "a.pdf", pdf_of(PLACED, Rotate=turned))

    [box] = boxes_of(path, "1234567890")

    assert near(box, *edges)


def test_the_edges_are_parts_of_what_is_shown_of_a_cropped_page(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", pdf_of(PLACED, CropBox=Array([50, 600, 350, 750])))

    [box] = boxes_of(path, "1234567890")

    assert near(box, 50 / 300, 32 / 150, 161 / 300, 54 / 150)


def test_a_page_whose_corner_is_not_zero_is_no_exception(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", pdf_of(PLACED, media=(50, 100, 650, 900)))

    [box] = boxes_of(path, "1234567890")

    assert near(box, 50 / 600, 182 / 800, 161 / 600, 204 / 800)


def test_of_several_like_ones_the_one_that_is_meant_is_found(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", typst_pdf(f"ก {NUMBER}\nข {NUMBER}\nค {NUMBER}"))

    [first], [second], [third] = (boxes_of(path, NUMBER, after=letter) for letter in "กขค")

    assert first.bottom < second.top < second.bottom < third.top


def test_a_stretch_over_two_lines_has_two_boxes(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", typst_pdf(f"{LINE} {LINE}"))
    [page] = pdf_pages.read_pages(path)

    boxes = locate(path, rules.PDF, page).boxes(0, len(page.text))

    assert len(boxes) == page.text.count("\n") + 1 > 1
    assert all(one.bottom < other.top + 0.01 for one, other in pairwise(boxes))


def test_no_ink_of_thai_marks_sticks_out(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", typst_pdf("ปู่ฝ้ายกินน้ำผึ้งฟื้นญัตติฐานะ"))
    document = pdfium.PdfDocument(path)
    picture = pictures.drawn(document[0])
    document.close()

    [box] = boxes_of(path, "ปู่ฝ้ายกินน้ำผึ้งฟื้นญัตติฐานะ")

    assert pictures.shows_ink(picture, box)
    picture.paste(255, pictures.pixels_of(box, picture.size))
    assert not pictures.shows_ink(picture, Box(1, 0, 0, 1, 1))


def test_what_no_page_shows_has_no_box(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", typst_pdf(LINE))
    page = PageText(1, f"{LINE}\nความเห็นที่ซ่อนอยู่")

    assert locate(path, rules.PDF, page).boxes(len(LINE) + 1, len(page.text)) == ()


def test_on_a_page_that_was_read_by_machine_the_words_of_the_reader_count(tmp_path: Path) -> None:
    words = (Word(0, 3, 0.1, 0.1, 0.2, 0.12), Word(3, 9, 0.2, 0.1, 0.5, 0.12))
    page = PageText(1, "นายสมหมาย", "ocr", 0.9, (), words)

    assert locate(tmp_path / "none", rules.PNG, page).boxes(4, 6) == (Box(1, 0.2, 0.1, 0.5, 0.12),)


def test_lines_that_lie_askew_are_boxed_one_by_one(tmp_path: Path) -> None:
    """The second line begins at the left and stands half beside the end of the first."""
    words = (
        Word(0, 4, 0.1, 0.10, 0.2, 0.14),
        Word(5, 9, 0.7, 0.12, 0.8, 0.16),
        Word(10, 14, 0.1, 0.13, 0.2, 0.17),
    )
    page = PageText(1, "aaaa bbbb\ncccc", "ocr", words=words)
    path = tmp_path / "a.jpg"
    first, second = locate(path, "image/jpeg", page).boxes(5, 14)
    assert (first.top, first.bottom, second.top, second.bottom) == (0.12, 0.16, 0.13, 0.17)
    # A hair wider than the reader of pictures said, where no neighbour stands close.
    assert (first.left, first.right) == pytest.approx((0.692, 0.808))
    assert (second.left, second.right) == pytest.approx((0.092, 0.208))


def test_a_picture_that_nobody_read_has_no_boxes(tmp_path: Path) -> None:
    assert locate(tmp_path / "none", rules.PNG, PageText(1, "สมหมาย")).boxes(0, 6) == ()


def test_words_are_thai_words_and_whole_numbers(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", typst_pdf(f"น้ำประปาหมู่บ้าน {NUMBER} {PERSON}"))
    [page] = pdf_pages.read_pages(path)

    words = locate(path, rules.PDF, page).words()

    pieces = [page.text[word.start : word.end] for word in words]
    assert NUMBER in pieces
    assert "".join(pieces) == "".join(page.text.split())
    assert "น้ำประปา" in pieces or "น้ำ" in pieces


@pytest.mark.parametrize(
    ("text", "other", "found"),
    [
        ("กขค", "กขค", [0, 1, 2]),
        ("ก ข", "กข", [0, None, 1]),
        ("๑๒", "12", [0, 1]),
        ("กขค", "กคค", [0, None, 2]),
        ("กก", "กกก", [0, 1]),
        ("", "ก", []),
        ("ก", "", [None]),
        ("İA", "İa", [0, 1]),
    ],
)
def test_letters_are_paired_across_slips(text: str, other: str, found: list[int | None]) -> None:
    assert aligned(text, other) == found


def test_long_texts_with_repeated_slips_are_paired_nearly_whole() -> None:
    """Every eleventh letter stands twice in the other reading, as a reader of marks may do."""
    text = "".join(chr(0x0E01 + pow(11, at, 100_003) % 46) for at in range(6000))
    other = "".join(letter * (2 if at % 11 == 0 else 1) for at, letter in enumerate(text))

    places = aligned(text, other)

    assert sum(place is None for place in places) < 60
    assert all(other[place] == text[at] for at, place in enumerate(places) if place is not None)
