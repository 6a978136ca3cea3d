from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.numbers import (
    OfficialNumber,
    UnreadableNumber,
    in_words,
    parse_official_number,
    read_number,
)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("ที่ ตง ๕๒๐๐๘/๓๐๖", OfficialNumber(306, letters="ตง", unit="52008")),
        ("ตง 52008/ว 12", OfficialNumber(12, letters="ตง", unit="52008", is_circular=True)),
        ("ที่ มท 0808.2/ว1234", OfficialNumber(1234, "มท", "0808.2", is_circular=True)),
        ("ด่วนที่สุด ที่ มท ๐๘๑๖.๓/ว ๒๖", OfficialNumber(26, "มท", "0816.3", is_circular=True)),
        ("ที่ กค (กวจ) 0405.2/119", OfficialNumber(119, letters="กค (กวจ)", unit="0405.2")),
        ("ว 123", OfficialNumber(123, is_circular=True)),
        ("ที่ ว.7", OfficialNumber(7, is_circular=True)),
        ("คำสั่งที่ 745/2559", OfficialNumber(745, year=2559, kind="คำสั่ง")),
        ("คำสั่ง ที่ ๗๔๕ / ๒๕๕๙", OfficialNumber(745, year=2559, kind="คำสั่ง")),
        ("745/2559", OfficialNumber(745, year=2559)),
    ],
)
def test_the_number_of_a_paper_is_taken_apart(written: str, number: OfficialNumber) -> None:
    assert parse_official_number(written) == number


@pytest.mark.parametrize(
    "text", ["", "ตง", "26/04/2564", "745/2021", "123", "ที่ ตง 52008/", "ก" * 999]
)
def test_what_is_no_number_of_a_paper_is_none(text: str) -> None:
    assert parse_official_number(text) is None


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("๑,๒๕๐,๐๐๐.๕๐", "1250000.50"),
        ("1250000", "1250000"),
        (" 1,000 บาท", "1000"),
        ("฿500.-", "500"),
        ("-12.5", "-12.5"),
        ("\u22123", "-3"),
    ],
)
def test_an_amount_is_read(written: str, amount: str) -> None:
    assert read_number(written) == Decimal(amount)


@pytest.mark.parametrize("written", ["", "1,23", "1.2.3", "สิบ", "NaN", "1e5", "12,3456", "1 2"])
def test_what_is_no_amount_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(UnreadableNumber, match=r"โปรดพิมพ์เฉพาะตัวเลข เช่น 1,250,000\.50"):
        read_number(written)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_an_amount_with_its_commas_is_read_again(amount: Decimal) -> None:
    assert read_number(f"{amount:,}") == amount


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "ศูนย์"),
        (1, "หนึ่ง"),
        (10, "สิบ"),
        (11, "สิบเอ็ด"),
        (21, "ยี่สิบเอ็ด"),
        (101, "หนึ่งร้อยเอ็ด"),
        (1_000_000, "หนึ่งล้าน"),
        (1_000_001, "หนึ่งล้านเอ็ด"),
        (11_000_000, "สิบเอ็ดล้าน"),
        (10**12, "หนึ่งล้านล้าน"),
        (1_234_567, "หนึ่งล้านสองแสนสามหมื่นสี่พันห้าร้อยหกสิบเจ็ด"),
    ],
)
def test_a_number_is_written_in_words(number: int, words: str) -> None:
    assert in_words(number) == words
