import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.normalise import display_text, normalise, normalise_with_offsets
from tests.effort import is_done_within

THAI_LETTERS = "".join(chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E5C)))
TRICKY = (
    THAI_LETTERS
    + "aZßİΣς1\uff10\u0301\u0327\u200b\u202e\u00ad\uf70a\uf711\r\n\t \u00a0\u1100\u1161"
)
TEXTS = st.text(st.sampled_from(TRICKY)) | st.text()


@pytest.mark.parametrize(
    ("written", "same"),
    [
        pytest.param("น\u0e4d\u0e49\u0e32", "น้ำ", id="nikhahit, tone, aa"),
        pytest.param("น\u0e49\u0e4d\u0e32", "น้ำ", id="tone, nikhahit, aa"),
        pytest.param("น\u0e33\u0e49", "น้ำ", id="am before tone"),
        pytest.param("น\u0e4d\u0e32", "นำ", id="nikhahit, aa"),
        pytest.param("ขา\u0e49ว", "ข้าว", id="tone after aa"),
        pytest.param("เเม่", "แม่", id="two sara e"),
        pytest.param("ท\u0e48\u0e35", "ที่", id="tone before upper vowel"),
        pytest.param("ก\u0e49\u0e38ง", "กุ้ง", id="tone before lower vowel"),
        pytest.param("ที\u0e35\u0e48\u0e48", "ที่", id="doubled marks"),
        pytest.param("ป\uf70aา", "ป่า", id="private-use tone"),
        pytest.param("\uf70fิง", "ญิง", id="private-use consonant"),
        pytest.param("เท\u200bศ\u00adบาล\ufeff", "เทศบาล", id="zero-width and soft hyphen"),
        pytest.param("\u202eabc\u202c", "abc", id="bidi"),
        pytest.param("๑๒๓ \uff14\uff15", "123 45", id="digits"),
        pytest.param("PDF", "pdf", id="case"),
        pytest.param("ก\u00a0ข", "ก ข", id="no-break space"),
        pytest.param("หนึ่ง\r\nสอง\x0cสาม", "หนึ่ง\nสอง\nสาม", id="line and page breaks"),
        pytest.param("e\u0301", "é", id="NFC"),
        pytest.param("ก\ud800ข\x00", "กข", id="what no database stores"),
    ],
)
def test_spellings_that_look_the_same_become_the_same(written: str, same: str) -> None:
    assert normalise(written) == same


def test_correct_thai_is_left_alone() -> None:
    text = "พระราชบัญญัติข้อมูลข่าวสารของราชการ ก็ตาม สิทธิ์ ฤๅษี ปีที่ 2 ซ้ำๆ ฯลฯ น้ำใจ ไม้ไผ่"

    assert normalise(text) == text


@given(TEXTS)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(TEXTS)
def test_both_ways_of_normalising_agree(text: str) -> None:
    traced = normalise_with_offsets(text)

    assert traced.text == normalise(text)
    assert len(traced.offsets) == len(traced.text) + 1


@given(TEXTS)
def test_offsets_never_go_back_and_end_with_the_text(text: str) -> None:
    offsets = normalise_with_offsets(text).offsets

    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(text)
    assert offsets[0] >= 0


@given(TEXTS)
def test_a_normalised_character_never_comes_from_an_empty_span(text: str) -> None:
    traced = normalise_with_offsets(text)
    spans = [traced.span(i, i + 1) for i in range(len(traced.text))]

    assert all(start < end for start, end in spans)


def test_a_span_leads_back_to_the_digits_that_were_written() -> None:
    text = "เลข\u200bบัตร ๑๒๓๔-\u00ad๕ ครับ"
    traced = normalise_with_offsets(text)
    start = traced.text.index("1234-5")

    begin, end = traced.span(start, start + 6)

    assert text[begin:end] == "๑๒๓๔-\u00ad๕"


def test_an_empty_span_stays_empty() -> None:
    assert normalise_with_offsets("กขค").span(1, 1) == (1, 1)


@given(TEXTS)
def test_displayed_text_is_stable_and_searches_the_same(text: str) -> None:
    shown = display_text(text)

    assert display_text(shown) == shown
    assert normalise(shown) == normalise(text)


def test_displayed_text_keeps_case_and_thai_digits() -> None:
    assert display_text("PDF ๑๒ น\u0e4d\u0e49\u0e32\u202e\u200b") == "PDF ๑๒ น้ำ"


GLYPHS_OF_OLD_FONTS = "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู"


@pytest.mark.parametrize(
    ("glyph", "letter"),
    [(chr(0xF700 + index), letter) for index, letter in enumerate(GLYPHS_OF_OLD_FONTS)],
)
def test_every_glyph_of_old_fonts_becomes_its_letter(glyph: str, letter: str) -> None:
    assert normalise(f"ก {glyph}") == f"ก {letter}"


def test_a_private_letter_outside_the_thai_glyphs_is_left_alone() -> None:
    assert normalise("\uf6ff\uf71b") == "\uf6ff\uf71b"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ปี", "ปิ"),
        ("ค่า", "ค้า"),
        ("แก", "เก"),
        ("กำ", "กา"),
        ("สิทธิ", "สิทธิ์"),
        ("มาก", "มากๆ"),
        ("กก", "ก ก"),
    ],
)
def test_words_that_differ_stay_different(left: str, right: str) -> None:
    assert normalise(left) != normalise(right)


@given(TEXTS, TEXTS)
def test_lines_are_normalised_one_by_one(first: str, second: str) -> None:
    assert normalise(f"{first}|{second}") == normalise(first) + "|" + normalise(second)


@given(TEXTS)
def test_a_whole_text_leads_back_to_all_that_is_visible_in_it(text: str) -> None:
    traced = normalise_with_offsets(text)
    start, end = traced.span(0, len(traced.text))

    assert normalise(text[start:end]) == traced.text


def test_a_megabyte_is_normalised_in_less_than_two_seconds() -> None:
    text = "เทศบาลนครตรัง ๒๕๖๔ น\u0e4d\u0e49\u0e32 PDF " * 30_000

    assert is_done_within(2, lambda: normalise(text))
