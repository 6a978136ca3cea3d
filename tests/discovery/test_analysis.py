import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prongsai.discovery.analysis import (
    MAXIMUM_QUERY,
    Terms,
    clean_query,
    folded,
    folded_terms,
    grams,
    joined,
    query_terms,
    words,
)


def test_words_leave_out_spaces_and_signs() -> None:
    assert words("ประกาศ (ฉบับที่ 2) / ita-o43") == ["ประกาศ", "ฉบับ", "ที่", "2", "ita", "o", "43"]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("ท่อ ระบาย น้ำ", "ท่อระบายน้ำ"),
        ("ปี 2569 บาท", "ปี2569บาท"),
        ("open   data", "open data"),
        ("โครง\nการ", "โครงการ"),
        ("  ", ""),
    ],
)
def test_spaces_beside_thai_do_not_part_pieces(text: str, together: str) -> None:
    assert joined(text) == together


def test_pieces_are_three_letters_in_a_row() -> None:
    assert grams("กขคง") == ["กขค", "ขคง"]


def test_a_text_of_two_letters_has_no_pieces() -> None:
    assert grams("กข") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("นํ้าท่วม", "น้ำท่วม"),
        ("คํานํา", "คำนำ"),
        ("เเผนพัฒนา", "แผนพัฒนา"),
        ("พ.ศ. ๒๕๖๙", "พ.ศ. 2569"),
        ("น้ำ\u200bท่วม", "น้ำท่วม"),
        ("ITA", "ita"),
    ],
)
def test_what_looks_the_same_asks_for_the_same(typed: str, meant: str) -> None:
    assert query_terms(typed) == query_terms(meant)


def test_each_term_is_asked_for_once() -> None:
    terms = query_terms("น้ำ น้ำ น้ำ")

    assert terms.words == ("น้ำ",)
    assert len(terms.grams) == len(set(terms.grams))


def test_small_marks_go_for_the_second_chance() -> None:
    assert folded("ค่าน้ำ เก็บ ศุกร์") == "คานำ เกบ ศุกร"


def test_the_second_chance_asks_for_no_piece_with_a_space() -> None:
    assert folded_terms("open data").grams == ("ope", "pen", "dat", "ata")


@pytest.mark.parametrize("text", ["", "   ", "!?()", "\u200b"])
def test_a_query_without_letters_asks_for_nothing(text: str) -> None:
    assert not query_terms(text).words


def test_a_query_is_one_line_without_control_characters() -> None:
    assert clean_query(" ขยะ\x00\tมูลฝอย\r\n\u202eใหม่\ud800 ") == "ขยะ มูลฝอย ใหม่"


@given(st.text(max_size=1_000))
@example("0\r\x1b\r0")
def test_a_query_is_never_longer_than_allowed(text: str) -> None:
    cleaned = clean_query(text)

    assert len(cleaned) <= MAXIMUM_QUERY
    assert clean_query(cleaned) == cleaned


@given(st.text(max_size=300))
def test_any_text_has_terms_without_spaces_in_words(text: str) -> None:
    assert all(not any(map(str.isspace, word)) for word in query_terms(text).words)


@pytest.mark.parametrize(
    ("grams", "letters", "telling"),
    [
        (("กกก",), 3, True),
        (("กกก",), 4, True),
        (("กกก",), 5, False),
        (("กกก", "กกข"), 6, True),
        (("กกก", "กกข"), 7, False),
    ],
)
def test_pieces_of_which_more_than_half_come_again_tell_nothing(
    grams: tuple[str, ...], letters: int, telling: bool
) -> None:
    terms = Terms(words=(), grams=grams, letters=letters)

    assert terms.telling_grams == (grams if telling else ())
