"""Dates and numbers as they stand on papers: every way of writing is read back as the same thing."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.dates import (
    BANGKOK,
    Digits,
    Style,
    buddhist_year,
    fiscal_year,
    format_date,
    format_datetime,
    parse_date,
)
from prongsai.thai.digits import to_thai
from prongsai.thai.numbers import (
    OfficialNumber,
    parse_official_number,
    read_number,
)

STYLES: tuple[Style, ...] = ("long", "formal", "short", "numeric")
DIGITS: tuple[Digits, ...] = ("arabic", "thai")
DAYS = st.dates(date(1860, 1, 1), date(2150, 12, 31))
BORDERS = {
    date(2026, 9, 30): (2569, 2569),
    date(2026, 10, 1): (2569, 2570),
    date(2026, 12, 31): (2569, 2570),
    date(2027, 1, 1): (2570, 2570),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("digits", DIGITS)
@given(day=DAYS)
def test_a_day_of_three_centuries_is_read_back(day: date, style: Style, digits: Digits) -> None:
    assert parse_date(format_date(day, style=style, digits=digits)) == day


@pytest.mark.parametrize("style", STYLES)
@given(day=DAYS)
def test_both_kinds_of_digits_say_the_same_and_are_not_mixed(day: date, style: Style) -> None:
    arabic, thai = (format_date(day, style=style, digits=digits) for digits in DIGITS)

    assert thai.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")) == arabic
    assert not any(sign.isascii() and sign.isdigit() for sign in thai)


@pytest.mark.parametrize("day", BORDERS, ids=date.isoformat)
def test_calendar_year_and_budget_year_turn_on_their_own_days(day: date) -> None:
    assert (buddhist_year(day), fiscal_year(day)) == BORDERS[day]


@given(DAYS)
def test_a_budget_year_is_this_calendar_year_or_the_next(day: date) -> None:
    assert fiscal_year(day) - buddhist_year(day) == (1 if day.month in (10, 11, 12) else 0)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 12, 31, 16, 59, tzinfo=UTC), "31/12/2569 23.59 น."),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "01/01/2570 00.00 น."),
        (datetime(2026, 9, 30, 17, 0, tzinfo=UTC), "01/10/2569 00.00 น."),
    ],
)
def test_the_year_turns_at_midnight_in_bangkok(moment: datetime, shown: str) -> None:
    assert format_datetime(moment, style="numeric") == shown


@given(st.integers(0, 4_000_000_000), st.integers(-12, 14))
def test_a_moment_is_shown_the_same_from_wherever_it_is_told(seconds: int, hours: int) -> None:
    here = datetime.fromtimestamp(seconds, BANGKOK)
    elsewhere = datetime.fromtimestamp(seconds, timezone(timedelta(hours=hours)))

    assert format_datetime(elsewhere) == format_datetime(here)


@pytest.mark.parametrize("year", [2400, 2475, 2569, 2699])
@pytest.mark.parametrize("kind", ["", "คำสั่ง", "ประกาศ"])
def test_the_number_of_an_order_is_read(kind: str, year: int) -> None:
    number = OfficialNumber(745, year=year, kind=kind)

    assert parse_official_number(f"{kind}ที่ 745/{year}") == number
    assert parse_official_number(f"{kind}ที่ {to_thai(f'745/{year}')}") == number


@pytest.mark.parametrize(
    "written",
    [
        *("ที่ ตง 52008/306", "ตง 52008/306", "ที่  ตง  52008 / 306", "ที่ ตง ๕๒๐๐๘/๓๐๖"),
        *("ที่ ตง\u00a052008/306", "ที่\u200b ตง 52008/306", " ที่ ตง 52008/306 "),
    ],
)
def test_the_number_of_a_letter_is_the_same_however_it_is_typed(written: str) -> None:
    assert parse_official_number(written) == OfficialNumber(306, letters="ตง", unit="52008")


@pytest.mark.parametrize("written", ["745/2399", "745/2700", "745/2026", "คำสั่งที่ /2569", "ที่ /1"])
def test_what_only_resembles_a_number_of_a_paper_is_none(written: str) -> None:
    assert parse_official_number(written) is None


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_an_amount_in_thai_digits_is_the_same_amount(amount: Decimal) -> None:
    thai = f"{amount:,}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))

    assert read_number(f"{thai} บาท") == amount
