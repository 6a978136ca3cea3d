"""Marks as forms and rows carry them; and the same words found again, however they are written."""

import pytest

from prongsai.files.locating import Box
from prongsai.files.redaction.questions import Cover
from prongsai.screening.redacting.covers import (
    BadMark,
    Mark,
    Place,
    Span,
    box_of,
    cells_of,
    is_box,
    joined,
    rounded,
    span_of,
    words_of,
)
from prongsai.screening.redacting.offers import spans_alike

PLACES: list[tuple[Place, str]] = [
    (Box(3, 0.1, 0.2, 0.3, 0.4), "0.1000,0.2000,0.3000,0.4000"),
    (Cover(3, 2, 5), "R2C5"),
    (Cover(3, 2), "R2"),
    (Cover(3, None, 5, 2), "C5F2"),
    (Cover(3, 0, 0), "R0C0"),
    (Span(3, 4, 9), "S4E9"),
]


@pytest.mark.parametrize(("place", "words"), PLACES)
def test_a_place_comes_back_from_its_words_and_from_its_row(place: Place, words: str) -> None:
    read = {Box: box_of, Cover: cells_of, Span: span_of}[type(place)]
    mark = Mark(place, "มาตรา 15", 7)
    assert words_of(place) == words
    assert read(words, 3) == place
    assert Mark.from_json(mark.to_json()) == mark


@pytest.mark.parametrize("words", ["", "R", "C", "F2", "R1C2F", "R1;C2", "R-1", "r1", "R99999999"])
def test_words_that_name_no_cells_are_refused(words: str) -> None:
    with pytest.raises(BadMark):
        cells_of(words, 1)


@pytest.mark.parametrize("words", ["", "S1", "S5E5", "S9E4", "S-1E4", "S1E999999999"])
def test_words_that_name_no_stretch_are_refused(words: str) -> None:
    with pytest.raises(BadMark):
        span_of(words, 1)


def test_a_box_is_rounded_outwards() -> None:
    assert rounded(Box(1, 0.12345, 0.2, 0.34561, 0.4)) == Box(1, 0.1234, 0.2, 0.3457, 0.4)


@pytest.mark.parametrize("edge", [float("nan"), float("inf"), -0.1, 1.1])
def test_what_is_no_part_of_a_page_is_no_box(edge: float) -> None:
    assert not is_box(Box(1, 0.1, 0.1, edge, 0.5))


def test_the_same_box_counts_once_and_its_first_reason_stays() -> None:
    box, other = Box(2, 0.1, 0.1, 0.2, 0.2), Box(1, 0.1, 0.1, 0.2, 0.2)
    marks = joined([Mark(box, "แรก")], [Mark(box, "หลัง"), Mark(other)])
    assert marks == (Mark(other), Mark(box, "แรก"))


@pytest.mark.parametrize(
    ("text", "sought", "found"),
    [
        ("เลข ๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑ และ 1234567890121", "1-2345-67890-12-1", 2),
        ("นาย สมหมาย  ใจงาม กับ สมหมายใจงาม", "สมหมาย ใจงาม", 2),
        ("น้ํา กับ น้ำ", "น้ำ", 2),
        ("ABC abc", "Abc", 2),
        ("12 1 2", "12", 2),
        ("ก", "ก", 0),
        ("---", "--", 0),
        ("", "คำ", 0),
    ],
)
def test_the_same_words_are_found_however_they_are_written(
    text: str, sought: str, found: int
) -> None:
    spans = spans_alike(text, sought)
    assert len(spans) == found
    assert all(text[start:end].strip() for start, end in spans)
