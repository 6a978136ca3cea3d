import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.identity import is_national_id


@pytest.mark.parametrize(
    "written",
    [
        "1234567890121",
        "1-2345-67890-12-1",
        "1 2345 67890 12 1",
        "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑",
        "1\u20132345\u201367890\u201312\u20131",
        "1.2345.67890.12.1",
        "12345\u200b67890\n121",
        "1010101110110",
        "9999999999994",
        "9876543210989",
        "5432109876546",
    ],
)
def test_a_right_number_passes_however_it_is_written(written: str) -> None:
    assert is_national_id(written)


@pytest.mark.parametrize(
    "written", ["1234567890123", "", "123456789012", "12345678901211", "x1234567890121", "๑๒๓"]
)
def test_anything_else_does_not_pass(written: str) -> None:
    assert not is_national_id(written)


@given(st.from_regex(r"[1-8][0-9]{11}", fullmatch=True))
def test_exactly_one_last_digit_is_right(twelve: str) -> None:
    assert sum(is_national_id(f"{twelve}{last}") for last in range(10)) == 1


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert is_national_id(text) in (True, False)
