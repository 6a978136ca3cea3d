"""Where things stand on the page, in centimetres from its left and upper edge."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from prongsai.letters.documents import (
    Announcement,
    Clause,
    Endorsement,
    Letter,
    Memorandum,
    Section,
    Signatory,
    Table,
)
from prongsai.letters.render import render

WIDTH, HEIGHT, POINTS = 21.0, 29.7, 72 / 2.54
BLANK = Announcement("", "", None, Signatory("", ""))
LONG = "เทศบาลประกาศให้ทราบโดยทั่วกันว่าข้อมูลข่าวสารนี้เปิดเผยต่อสาธารณะ " * 40


@dataclass(frozen=True)
class Placed:
    letter: str
    left: float
    right: float
    top: float


def placed(letter: Letter, page: int = 0) -> list[Placed]:
    """Every visible character of a page."""
    with pypdfium2.PdfDocument(render(letter)) as document:
        return list(_characters(document[page].get_textpage()))


def _characters(text: pypdfium2.PdfTextPage) -> Iterator[Placed]:
    for index in range(text.count_chars()):
        left, _, right, top = text.get_charbox(index)
        letter = text.get_text_range(index, 1)
        if letter.strip() and right > left:
            yield Placed(letter, left / POINTS, right / POINTS, HEIGHT - top / POINTS)


def first_of(characters: list[Placed], letter: str) -> Placed:
    return next(character for character in characters if character.letter == letter)


def test_text_keeps_three_centimetres_on_the_left_and_two_on_the_right() -> None:
    characters = placed(replace(BLANK, paragraphs=(LONG,)))

    assert min(character.left for character in characters) == pytest.approx(3, abs=0.1)
    assert max(character.right for character in characters) <= WIDTH - 2 + 0.05


def test_text_is_not_justified() -> None:
    """Justified lines would all end within a hair of the margin."""
    characters = placed(replace(BLANK, paragraphs=(LONG,)))
    tops = sorted({round(character.top) for character in characters})[8:-4]
    ends = {round(max(c.right for c in characters if abs(c.top - top) < 0.4), 2) for top in tops}

    assert len(ends) > 1


def test_a_paragraph_begins_two_and_a_half_centimetres_in() -> None:
    characters = placed(replace(BLANK, paragraphs=("X" + LONG,)))

    assert first_of(characters, "X").left == pytest.approx(5.5, abs=0.1)


def test_deeper_clauses_begin_further_in() -> None:
    deep = Clause("A", clauses=(Clause("B", clauses=(Clause("C"),)),))
    characters = placed(replace(BLANK, clauses=(deep,)))

    lefts = [first_of(characters, letter).left for letter in "ABC"]

    assert lefts == sorted(lefts)
    assert lefts[2] - lefts[0] > 1.8


def test_the_place_of_the_garuda_is_left_empty() -> None:
    announcement = placed(replace(BLANK, issuing_body="เทศบาล"))
    memorandum = placed(Memorandum("", "", "", None, "", "", Signatory("", "")))

    assert min(character.top for character in announcement) > 2.5 + 3
    assert min(character.left for character in memorandum if character.top < 3.4) > 3 + 1.5


def test_the_heading_of_an_announcement_stands_in_the_middle_of_the_text() -> None:
    characters = [c for c in placed(replace(BLANK, issuing_body="เทศบาลนครตัวอย่าง")) if c.top < 7]
    first_line = min(character.top for character in characters) + 0.5
    line = [character for character in characters if character.top < first_line]

    middle = (min(c.left for c in line) + max(c.right for c in line)) / 2

    assert middle == pytest.approx(3 + (WIDTH - 5) / 2, abs=0.3)


def test_the_signature_stands_in_the_right_half() -> None:
    characters = placed(replace(BLANK, signatory=Signatory("X Y", "Z")))

    assert all(first_of(characters, letter).left > WIDTH / 2 for letter in "XYZ")


def test_room_is_left_for_the_signature_above_the_name() -> None:
    letter = replace(BLANK, announced_on=date(2021, 4, 26), signatory=Signatory("X", ""))
    characters = placed(letter)

    assert first_of(characters, "X").top - first_of(characters, "ณ").top > 1.6


def test_the_page_number_stands_in_the_middle_above_the_text() -> None:
    characters = placed(replace(BLANK, paragraphs=(LONG, LONG)), page=1)
    number = first_of(characters, "๒")

    assert number.top < 2
    assert (number.left + number.right) / 2 == pytest.approx(3 + (WIDTH - 5) / 2, abs=0.2)


def test_a_long_table_repeats_its_header_on_the_next_page() -> None:
    table = Table(("Q", "W"), tuple((str(row), "ข้อความ") for row in range(60)))

    characters = placed(replace(BLANK, tables=(table,)), page=1)

    assert first_of(characters, "Q").top < 3.5


def test_amounts_stand_on_the_right_of_their_cells() -> None:
    table = Table(("รายการ", "บาท"), (("ก", "1,000,000.00"), ("ข", "5.00")))
    characters = placed(replace(BLANK, tables=(table,)))
    ends = sorted(character.right for character in characters if character.letter == "๐")

    assert ends[-1] == pytest.approx(ends[-2], abs=0.02)


def test_endorsements_stand_side_by_side() -> None:
    endorsements = tuple(Endorsement(text, Signatory("", "")) for text in ("X", "Y", "Z"))
    letter = Memorandum(
        "", "", "", None, "", "", Signatory("", ""), (Section(),), endorsements=endorsements
    )
    characters = placed(letter)
    first, second, third = (first_of(characters, text) for text in "XYZ")

    assert first.top == pytest.approx(second.top, abs=0.05)
    assert first.left == pytest.approx(third.left, abs=0.1)
    assert third.top > first.top


def test_everything_is_set_in_sarabun_of_sixteen_points() -> None:
    letter = replace(BLANK, issuing_body="เทศบาล", paragraphs=("ข้อความ",))
    with pikepdf.open(BytesIO(render(letter))) as document:
        page = document.pages[0]
        fonts = {str(font.BaseFont).split("+")[1] for font in page.resources.Font.values()}
        sizes = {
            float(instruction.operands[1])
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) == "Tf"
        }

    assert fonts == {"Sarabun-Regular", "Sarabun-Bold"}
    assert sizes == {16.0}
