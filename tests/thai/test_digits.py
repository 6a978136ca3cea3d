from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.digits import to_arabic, to_thai


def test_thai_and_full_width_digits_become_arabic() -> None:
    assert to_arabic("พ.ศ. ๒๕๖๔ เล่ม \uff11\uff12 ข้อ 3") == "พ.ศ. 2564 เล่ม 12 ข้อ 3"


def test_arabic_and_full_width_digits_become_thai() -> None:
    assert to_thai("0123456789 \uff17") == "๐๑๒๓๔๕๖๗๘๙ ๗"


@given(st.integers(min_value=0))
def test_a_number_survives_the_way_there_and_back(number: int) -> None:
    assert int(to_arabic(to_thai(str(number)))) == number


@given(st.text())
def test_positions_never_move(text: str) -> None:
    assert len(to_arabic(text)) == len(to_thai(text)) == len(text)
