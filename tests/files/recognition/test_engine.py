"""What stands on a page's picture is read, with its place and how sure the reader was."""

import re

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from bench.reading_quality import distance
from prongsai.files.recognition.engine import recognise
from prongsai.files.recognition.printed import Recognised
from prongsai.files.rules import Word
from prongsai.thai.normalise import display_text
from tests.files.recognition.printed import MEMO, picture

DOUBTFUL = 0.6


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def errors(page: Recognised, truth: str) -> float:
    return distance(bare(truth), bare(page.text)) / len(bare(truth))


def ink_in(image: Image.Image, word: Word) -> float:
    """The share of dark points in the word's box, which lies within the page."""
    across, down = image.size
    box = (word.left * across, word.top * down, word.right * across, word.bottom * down)
    return float(np.mean(np.asarray(image.crop(tuple(round(edge) for edge in box))) < 128))


def doubted(page: Recognised) -> set[str]:
    return {page.text[word.start : word.end] for word in page.words if word.confidence < DOUBTFUL}


def numbers(page: Recognised) -> list[str]:
    return re.findall(r"[๐-๙0-9][๐-๙0-9,.:/-]*[๐-๙0-9]|[๐-๙0-9]", page.text)


def test_a_printed_page_is_read_with_few_errors() -> None:
    page = recognise(picture(MEMO))

    assert errors(page, MEMO) < 0.02
    assert page.confidence > 0.85


def test_a_rule_across_the_page_is_not_read() -> None:
    page = picture("ประกาศเทศบาล")
    across, down = page.size
    draw = ImageDraw.Draw(page)
    draw.line((across // 10, down // 2, across * 9 // 10, down // 2), fill=0, width=3)

    assert bare(recognise(page).text) == "ประกาศเทศบาล"


def test_the_text_is_what_may_be_shown_and_its_words_are_pieces_of_it() -> None:
    page = recognise(picture(MEMO))

    pieces = [page.text[word.start : word.end] for word in page.words]
    assert page.text == display_text(page.text)
    assert bare("".join(pieces)) == bare(page.text)
    assert all(piece == piece.strip() != "" for piece in pieces)


def test_words_are_those_of_the_language_not_runs_between_spaces() -> None:
    page = recognise(picture("ผู้อำนวยการกองช่างรายงานความก้าวหน้าของโครงการ"))

    assert "รายงาน" in {page.text[word.start : word.end] for word in page.words}


@pytest.mark.parametrize("turn", [1.7, -2.6, 90, 180])
def test_boxes_lie_over_the_ink_of_a_page_however_it_lies(turn: float) -> None:
    image = picture(MEMO).rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=255)

    page = recognise(image)

    assert errors(page, MEMO) < 0.05
    assert min(ink_in(image, word) for word in page.words if word.end - word.start > 1) > 0.02


def test_a_box_shows_its_own_word() -> None:
    image = picture("กขคง ๒๕๖๗")
    page = recognise(image)
    number = next(word for word in page.words if page.text[word.start : word.end] == "๒๕๖๗")

    blotted = image.copy()
    across, down = image.size
    blotted.paste(
        255,
        (
            round(number.left * across),
            round(number.top * down),
            round(number.right * across),
            round(number.bottom * down),
        ),
    )

    assert numbers(recognise(blotted)) == []


@pytest.mark.parametrize(
    "number",
    ["๑๒๓๔๕๖๗๘๙๐", "๓-๙๒๐๑-๐๐๐๔๕-๖๗-๘", "๒๖/๐๔/๒๕๖๔", "๑๔๗,๖๘๙.๕๐", "1234567890", "08-1234-5678"],
)
def test_digits_are_read_as_they_are(number: str) -> None:
    page = recognise(picture(f"เลขที่ {number} ลงวันที่"))

    assert numbers(page) == [number]


def test_a_number_that_cannot_be_read_is_marked() -> None:
    blurred = picture("เลขประจำตัว ๓๙๒๐๑๐๐๐๔๕๖๗๘ โทรศัพท์").filter(ImageFilter.GaussianBlur(5))

    page = recognise(blurred)

    read = set(re.findall("[๐-๙0-9]+", page.text)) - {"๓๙๒๐๑๐๐๐๔๕๖๗๘"}
    assert read <= {digits for word in doubted(page) for digits in re.findall("[๐-๙0-9]+", word)}


@pytest.mark.parametrize(
    ("number", "is_doubted"), [("๔๕,๒๐๐.๐๐", False), ("๔๕,๒๐๐,๐๐", True), ("๙๖.๕๐๐", True)]
)
def test_a_number_whose_signs_stand_where_none_does_is_doubted(
    number: str, is_doubted: bool
) -> None:
    page = recognise(picture(f"ราคากลาง {number} บาท"))

    assert (number in doubted(page)) is is_doubted


def test_latin_words_among_thai_ones_are_read() -> None:
    page = recognise(picture("ติดต่อ Public Relations Section โทร. 0-7521-0000 ต่อ 12"))

    assert "Public Relations Section" in page.text
    assert "ติดต่อ" in page.text


def test_specks_of_a_copier_do_no_harm() -> None:
    noise = np.random.RandomState(7)
    shades = np.array(picture(MEMO))
    specks = noise.rand(*shades.shape)
    shades[specks < 0.006] = 40

    assert errors(recognise(Image.fromarray(shades)), MEMO) < 0.05


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (600, 800)])
def test_an_empty_page_says_nothing(size: tuple[int, int]) -> None:
    assert recognise(Image.new("L", size, 255)) == Recognised("", 0.0, ())


def test_a_photograph_does_not_become_text_that_anybody_is_sure_of() -> None:
    noise = np.random.RandomState(3)
    small = Image.fromarray(noise.randint(0, 255, (40, 30), dtype=np.uint8))

    page = recognise(small.resize((600, 800), Image.Resampling.BICUBIC))

    assert page.confidence < DOUBTFUL
