"""What is owed for which months, and until when: fiscal years, leap days, Songkran and substitute days."""

from datetime import date

import pytest

from prongsai.monitoring.actions import holidays_of
from prongsai.monitoring.periods import is_open, parts
from prongsai.obligations.catalogue import Due
from prongsai.obligations.states import DueRule, Period
from tests.monitoring.factories import duty

AFTER = DueRule.WORKING_DAYS_AFTER_PERIOD


def due_dates(period: Period, due: Due, *, year: int = 2569, **changes: object) -> list[str]:
    owed = duty(period=period, due=due, **changes)
    return [str(part.due_date) for part in parts(owed, year, holidays_of(year))]


def test_the_months_of_a_fiscal_year_begin_with_october_of_the_year_before() -> None:
    months = parts(duty(period=Period.MONTHLY), 2569, frozenset())
    assert [part.key for part in months] == [
        *("m10", "m11", "m12", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9")
    ]
    assert (months[0].stretch.first, months[-1].stretch.last) == (
        date(2025, 10, 1),
        date(2026, 9, 30),
    )


def test_only_the_first_half_is_owed_where_only_that_is_asked_for() -> None:
    halves = parts(duty(period=Period.HALF_YEAR, part="first_half"), 2569, frozenset())
    assert [(part.key, part.stretch.last) for part in halves] == [("h1", date(2026, 3, 31))]
    assert len(parts(duty(period=Period.HALF_YEAR), 2569, frozenset())) == 2
    assert len(parts(duty(period=Period.QUARTERLY), 2569, frozenset())) == 4


def test_a_report_on_last_year_speaks_of_last_year() -> None:
    (part,) = parts(duty(period=Period.FISCAL_YEAR, year_offset=-1), 2569, frozenset())
    assert (part.stretch.first, part.stretch.last) == (date(2024, 10, 1), date(2025, 9, 30))


@pytest.mark.parametrize(
    ("due", "first", "last"),
    [
        (Due(DueRule.DAYS_AFTER_PERIOD, days=15), "2025-11-15", "2026-10-15"),
        # The fifth working day after 31 October 2025, a Friday.
        (Due(AFTER, days=5), "2025-11-07", "2026-10-07"),
        (Due(), "None", "None"),
    ],
)
def test_a_month_is_due_some_days_after_its_end(due: Due, first: str, last: str) -> None:
    found = due_dates(Period.MONTHLY, due)
    assert (found[0], found[-1]) == (first, last)


def test_songkran_and_its_neighbours_are_no_working_days() -> None:
    # 31 March 2026 is a Tuesday; 6 April is Chakri day, 13 to 15 April are Songkran.
    march = due_dates(Period.MONTHLY, Due(AFTER, days=8))[5]
    assert march == "2026-04-16"


def test_a_holiday_on_a_sunday_is_made_up_for_on_monday() -> None:
    # 3 June 2028 is a Saturday, so that Monday the 5th is closed as well.
    may = due_dates(Period.MONTHLY, Due(AFTER, days=3), year=2571)[7]
    assert may == "2028-06-06"


def test_labour_day_is_a_working_day_of_the_government() -> None:
    # 30 April 2026 is a Thursday: the first working day after it is Friday, 1 May.
    april = due_dates(Period.MONTHLY, Due(AFTER, days=1))[6]
    assert april == "2026-05-01"


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2569, 2, 29, "2026-02-28"),
        (2567, 2, 29, "2024-02-29"),
        (2569, 10, 1, "2025-10-01"),
        (2569, 9, 30, "2026-09-30"),
        (2569, 12, 31, "2025-12-31"),
        (2569, 4, 30, "2026-04-30"),
    ],
)
def test_a_date_of_the_fiscal_year_exists_in_every_year(
    year: int, month: int, day: int, expected: str
) -> None:
    due = Due(DueRule.DATE_IN_YEAR, month=month, day=day)
    assert due_dates(Period.FISCAL_YEAR, due, year=year) == [expected]


@pytest.mark.parametrize(
    ("due", "on", "expected"),
    [
        (Due(DueRule.DAYS_AFTER_PERIOD, days=15), date(2025, 11, 15), True),
        (Due(DueRule.DAYS_AFTER_PERIOD, days=15), date(2025, 11, 16), False),
        (Due(), date(2025, 10, 31), True),
        (Due(), date(2025, 11, 1), False),
    ],
)
def test_a_month_is_open_until_its_due_date_or_its_end(due: Due, on: date, expected: bool) -> None:
    owed = duty(period=Period.MONTHLY, due=due)
    october = parts(owed, 2569, frozenset())[0]
    assert is_open(october, owed, on=on) is expected


def test_what_has_no_date_and_no_period_is_owed_at_once() -> None:
    owed = duty()
    (part,) = parts(owed, 2569, frozenset())
    assert not is_open(part, owed, on=date(2025, 10, 1))
