from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.dates import (
    Digits,
    Style,
    UnreadableDate,
    buddhist_year,
    end_of,
    fiscal_year,
    format_date,
    format_datetime,
    format_month,
    month_name,
    parse_date,
    start_of,
)

APRIL_26 = date(2021, 4, 26)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "written",
    [
        "๒๖ เมษายน พ.ศ. ๒๕๖๔",
        "26 เมษายน 2564",
        "26 เม.ย. 64",
        "26 เมย 64",
        "26เม.ย.2564",
        "วันที่ 26 เดือนเมษายน พ.ศ. 2564",
        "ณ วันที่ ๒๖ เมษายน พ.ศ.๒๕๖๔",
        "วันจันทร์ที่ 26 เมษายน 2564",
        "26/4/2564",
        "26/04/64",
        "26-04-2021",
        "26.4.2564",
        "26–04–2564",
        "2564-04-26",
        "2021-04-26",
        "26 เมษายน ค.ศ. 2021",
        "\u200b26  เมษายน\u00a02564 ",
    ],
)
def test_the_same_day_is_read_however_it_is_written(written: str) -> None:
    assert parse_date(written) == APRIL_26


@pytest.mark.parametrize("written", ["29/02/2567", "2567-02-29", "29 ก.พ. 67"])
def test_a_leap_day_is_that_of_the_common_year_behind_the_buddhist_one(written: str) -> None:
    assert parse_date(written) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("written", "reason", "part_of_sentence"),
    [
        ("31 กุมภาพันธ์ 2567", "no_such_day", "ไม่มีวันที่ 31 กุมภาพันธ์ เพราะเดือนนี้มี 29 วัน"),
        ("29/02/2566", "not_a_leap_year", "ไม่มีวันที่ 29 กุมภาพันธ์ พ.ศ. 2566"),
        ("0/1/2566", "no_such_day", "ไม่มีวันที่ 0 มกราคม"),
        ("1/13/2566", "no_such_month", "ไม่มีเดือนที่ 13"),
        ("1/0/2566", "no_such_month", "ไม่มีเดือนที่ 0"),
        ("5/5/1", "unclear_year", "ไม่แน่ใจว่าปี “1” คือปีใด"),
        ("5/5/2200", "unclear_year", "ไม่แน่ใจว่าปี “2200” คือปีใด"),
        ("5 พ.ค. ค.ศ. 2564", "unclear_year", "ไม่แน่ใจว่าปี “2564” คือปีใด"),
        ("5 พ.ค. พ.ศ. 2021", "unclear_year", "ไม่แน่ใจว่าปี “2021” คือปีใด"),
        ("5 พ.ค. ค.ศ. 21", "unclear_year", "ไม่แน่ใจว่าปี “21” คือปีใด"),
        ("เมื่อวาน", "unrecognised", "อ่าน “เมื่อวาน” เป็นวันที่ไม่ได้"),
        ("", "unrecognised", "เป็นวันที่ไม่ได้"),
        ("99999999999999999999/1/2566", "unrecognised", "เป็นวันที่ไม่ได้"),
    ],
)
def test_what_cannot_be_a_date_is_refused_with_the_reason(
    written: str, reason: str, part_of_sentence: str
) -> None:
    with pytest.raises(UnreadableDate) as refused:
        parse_date(written)

    assert refused.value.reason == reason
    assert part_of_sentence in str(refused.value)
    assert "โปรด" in str(refused.value)


@given(st.text())
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    with suppress(UnreadableDate):
        assert isinstance(parse_date(text), date)


@pytest.mark.parametrize("filler", [" ", ".", "\u200b", "9"])
def test_a_huge_text_is_refused_at_once(filler: str) -> None:
    with pytest.raises(UnreadableDate):
        parse_date("26 ม" + filler * 1_000_000)


@given(
    DAYS,
    st.sampled_from(["long", "formal", "short", "numeric"]),
    st.sampled_from(["arabic", "thai"]),
)
def test_every_written_date_is_read_again(day: date, style: Style, digits: Digits) -> None:
    assert parse_date(format_date(day, style=style, digits=digits)) == day


@pytest.mark.parametrize(
    ("style", "digits", "written"),
    [
        ("long", "arabic", "26 เมษายน 2564"),
        ("formal", "thai", "๒๖ เมษายน พ.ศ. ๒๕๖๔"),
        ("short", "arabic", "26 เม.ย. 2564"),
        ("numeric", "arabic", "26/04/2564"),
    ],
)
def test_a_date_is_written_in_the_asked_style(style: Style, digits: Digits, written: str) -> None:
    assert format_date(APRIL_26, style=style, digits=digits) == written


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2020, 9, 30), 2563),
        (date(2020, 10, 1), 2564),
        (date(2021, 3, 31), 2564),
        (date(2021, 4, 1), 2564),
        (date(2021, 9, 30), 2564),
    ],
)
def test_the_budget_year_starts_in_october(day: date, year: int) -> None:
    assert fiscal_year(day) == year


def test_a_day_lasts_from_midnight_to_midnight_in_thailand() -> None:
    assert start_of(APRIL_26) == datetime(2021, 4, 25, 17, tzinfo=UTC)
    assert end_of(APRIL_26) == datetime(2021, 4, 26, 17, tzinfo=UTC)


def test_a_month_is_written_with_its_year() -> None:
    assert format_month(date(2026, 12, 1)) == "ธันวาคม 2569"


def test_the_calendar_year_is_the_buddhist_one() -> None:
    assert buddhist_year(APRIL_26) == 2564


def test_a_month_has_a_full_and_a_short_name() -> None:
    assert (month_name(4), month_name(12, short=True)) == ("เมษายน", "ธ.ค.")


def test_there_is_no_month_0() -> None:
    with pytest.raises(UnreadableDate):
        month_name(0)


@pytest.mark.parametrize(
    ("style", "digits", "written"),
    [
        ("long", "arabic", "24 พฤศจิกายน 2569 เวลา 01.05 น."),
        ("long", "thai", "๒๔ พฤศจิกายน ๒๕๖๙ เวลา ๐๑.๐๕ น."),
        ("short", "arabic", "24 พ.ย. 2569 01.05 น."),
    ],
)
def test_a_moment_is_shown_in_bangkok_time(style: Style, digits: Digits, written: str) -> None:
    moment = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)

    assert format_datetime(moment, style=style, digits=digits) == written


def test_a_moment_without_its_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        format_datetime(datetime(2026, 11, 23, 18, 5))  # noqa: DTZ001 - what is refused here


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("stops", [".", ""])
def test_every_month_is_read_by_each_of_its_names(month: int, short: bool, stops: str) -> None:
    name = month_name(month, short=short).replace(".", stops)

    assert parse_date(f"9 {name} 2564") == date(2021, month, 9)


@pytest.mark.parametrize("day", ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"])
def test_the_day_of_the_week_may_stand_before_the_date(day: str) -> None:
    assert parse_date(f"วัน{day}ที่ 26 เมษายน 2564") == APRIL_26


@given(DAYS)
def test_the_budget_year_changes_on_the_first_of_october_only(day: date) -> None:
    is_october_1 = (day.month, day.day) == (10, 1)
    before = fiscal_year(date.fromordinal(day.toordinal() - 1))

    assert fiscal_year(day) - before == int(is_october_1)


@given(DAYS)
def test_a_common_year_is_read_as_it_stands(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("year", "common"),
    [("2400", 1857), ("2699", 2156), ("1900", 1900), ("2100", 2100), ("00", 1957)],
)
def test_the_edges_of_the_years_are_read(year: str, common: int) -> None:
    assert parse_date(f"1/2/{year}") == date(common, 2, 1)


@pytest.mark.parametrize("year", ["2399", "2700", "1899", "2101", "564", "02564"])
def test_years_outside_both_calendars_are_refused(year: str) -> None:
    with pytest.raises(UnreadableDate, match=r"โปรดพิมพ์ปี พ\.ศ\. สี่หลัก"):
        parse_date(f"1/2/{year}")


def test_a_refusal_carries_what_another_language_needs() -> None:
    with pytest.raises(UnreadableDate) as refused:
        parse_date("31/4/2564")

    assert refused.value.values == {"day": 31, "month_name": "เมษายน", "last": 30}


GOLDEN = [
    (date(2026, 11, 23), "23 พฤศจิกายน 2569", "๒๓ พฤศจิกายน พ.ศ. ๒๕๖๙", "23 พ.ย. 2569", "23/11/2569", 2570),
    (date(2026, 9, 30), "30 กันยายน 2569", "๓๐ กันยายน พ.ศ. ๒๕๖๙", "30 ก.ย. 2569", "30/09/2569", 2569),
    (date(2026, 10, 1), "1 ตุลาคม 2569", "๑ ตุลาคม พ.ศ. ๒๕๖๙", "1 ต.ค. 2569", "01/10/2569", 2570),
    (date(2026, 3, 31), "31 มีนาคม 2569", "๓๑ มีนาคม พ.ศ. ๒๕๖๙", "31 มี.ค. 2569", "31/03/2569", 2569),
    (date(2026, 4, 1), "1 เมษายน 2569", "๑ เมษายน พ.ศ. ๒๕๖๙", "1 เม.ย. 2569", "01/04/2569", 2569),
    (date(2024, 2, 29), "29 กุมภาพันธ์ 2567", "๒๙ กุมภาพันธ์ พ.ศ. ๒๕๖๗", "29 ก.พ. 2567", "29/02/2567", 2567),
    (date(2026, 12, 31), "31 ธันวาคม 2569", "๓๑ ธันวาคม พ.ศ. ๒๕๖๙", "31 ธ.ค. 2569", "31/12/2569", 2570),
    (date(2027, 1, 1), "1 มกราคม 2570", "๑ มกราคม พ.ศ. ๒๕๗๐", "1 ม.ค. 2570", "01/01/2570", 2570),
]  # fmt: skip


@pytest.mark.parametrize(("day", "long", "formal", "short", "numeric", "year"), GOLDEN)
def test_a_day_at_an_edge_of_the_year_is_written_and_counted_as_offices_do(
    day: date, long: str, formal: str, short: str, numeric: str, year: int
) -> None:
    assert format_date(day) == long
    assert format_date(day, style="formal", digits="thai") == formal
    assert format_date(day, style="short") == short
    assert format_date(day, style="numeric") == numeric
    assert fiscal_year(day) == year


@pytest.mark.parametrize("written", [golden[place] for golden in GOLDEN for place in (1, 2, 3, 4)])
def test_what_is_written_in_any_style_is_read_as_the_same_day(written: str) -> None:
    (day,) = {golden[0] for golden in GOLDEN if written in golden}

    assert parse_date(written) == day


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "unrecognised"),
        (" ", "unrecognised"),
        ("วันนี้", "unrecognised"),
        ("26", "unrecognised"),
        ("26/4", "unrecognised"),
        ("26/4/2564/1", "unrecognised"),
        ("26 เมษ 2564", "unrecognised"),
        ("เมษายน 2564", "unrecognised"),
        ("26 April 2021", "unrecognised"),
        ("๒๖ เมษายน ๒๕๖๔ และ ๒๗ เมษายน ๒๕๖๔", "unrecognised"),
        ("26\u202e/4/2564x", "unrecognised"),
        ("-26/4/2564", "unrecognised"),
        ("32/4/2564", "no_such_day"),
        ("0/4/2564", "no_such_day"),
        ("31/4/2564", "no_such_day"),
        ("26/13/2564", "no_such_month"),
        ("26/0/2564", "no_such_month"),
        ("26/4/564", "unclear_year"),
        ("26/4/25645", "unclear_year"),
        ("26/4/1564", "unclear_year"),
        ("26 เมษายน พ.ศ. 2021", "unclear_year"),
        ("26 เมษายน ค.ศ. 2564", "unclear_year"),
        ("26 เมษายน ค.ศ. 21", "unclear_year"),
        ("29/2/2565", "not_a_leap_year"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason_that_helps(written: str, reason: str) -> None:
    with pytest.raises(UnreadableDate) as refused:
        parse_date(written)

    assert refused.value.reason == reason
    assert "โปรด" in str(refused.value)


def test_beyond_two_hundred_letters_nothing_is_read() -> None:
    """A form field is no document."""
    assert parse_date("26 เมษายน 2564" + " " * 5000 + "x") == APRIL_26
