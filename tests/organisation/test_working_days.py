"""Deadlines in working days: weekends and holidays do not count, nor does the day on which the clock starts."""

from datetime import date
from pathlib import Path

import pytest

from prongsai.organisation.holidays import calendar, holidays_from, read_calendar
from prongsai.organisation.rows import BadFile
from prongsai.organisation.rules import is_working_day, made_up_for, working_days_after

FRIDAY, SATURDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("start", "count", "holidays", "end"),
    [
        (FRIDAY, 0, set(), FRIDAY),
        (FRIDAY, 1, set(), MONDAY),
        (SATURDAY, 1, set(), MONDAY),
        (FRIDAY, 1, {MONDAY}, date(2026, 12, 1)),
        (FRIDAY, 3, set(), date(2026, 12, 2)),
    ],
)
def test_only_working_days_count(start: date, count: int, holidays: set[date], end: date) -> None:
    assert working_days_after(start, count, holidays) == end


def test_a_holiday_on_a_weekend_is_made_up_for_on_the_next_working_day() -> None:
    closed = made_up_for({SATURDAY, MONDAY})
    assert closed == {SATURDAY, MONDAY, date(2026, 12, 1)}
    assert not is_working_day(date(2026, 12, 1), closed)


def test_our_list_has_new_year_and_the_days_of_the_moon() -> None:
    found = holidays_from(date(2026, 12, 1), None)
    assert {date(2026, 12, 31), date(2027, 1, 1), date(2027, 5, 20)} <= found


def test_a_municipality_adds_its_own_days(tmp_path: Path) -> None:
    own = tmp_path / "holidays.toml"
    own.write_text('[[days]]\ndate = 2026-12-01\nname = "วันท้องถิ่น"\nconfidence = "high"\n', "utf-8")
    assert date(2026, 12, 1) in holidays_from(date(2026, 11, 1), own)
    assert calendar(tmp_path / "none.toml") == calendar(None)


@pytest.mark.parametrize(
    "text",
    [
        '[[every_year]]\nmonth = 2\nday = 29\nname = "ก"\nconfidence = "high"',
        '[[every_year]]\nmonth = 13\nday = 1\nname = "ก"\nconfidence = "high"',
        '[[days]]\ndate = 2026-12-01\nname = "ก"\nconfidence = "sure"',
        '[[days]]\ndate = "1/12/2569"\nname = "ก"\nconfidence = "high"',
        "[[days]",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadFile):
        read_calendar(text, name="holidays.toml")
