"""What falls due in which month: from what was last seen, and from the periods of the year after."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from prongsai.monitoring.forecast import falling, months_from
from prongsai.monitoring.periods import parts
from prongsai.obligations.catalogue import Due, Instrument, Obligation
from prongsai.obligations.results import Result
from prongsai.obligations.states import DueRule, Period
from prongsai.record.owed import Line, PartLine
from tests.monitoring.factories import duty

STANDING = Instrument("law", "กฎหมาย", "Law", "กฎหมาย", "Law", None)
NONE: frozenset[date] = frozenset()


def line(
    owed: Obligation, year: int, *results: tuple[str, Result], review: date | None = None
) -> Line:
    """Of the duty's periods what came out so; the others are not due."""
    found = dict(results)
    shown = [
        PartLine(
            key=each.key,
            first=each.stretch.first,
            last=each.stretch.last,
            due_date=each.due_date,
            result=found.get(each.key, Result.NOT_DUE),
            failed=(),
            passed=(),
            evidence=(),
            statement="",
            reviews={"2569-00001": review} if review else {},
        )
        for each in parts(owed, year, NONE)
    ]
    seen_at = datetime(2026, 1, 1, tzinfo=UTC)
    result = Result.NOT_DUE
    return Line(owed, year, result, seen_at, None, "head", "หัวหน้า", "", "clerk", tuple(shown))


def months(found: Line, on: date) -> dict[str, int]:
    things = falling([found], on=on, holidays=NONE)
    return dict(Counter(f"{each.month:%Y-%m}" if each.month else "now" for each in things))


MONTHLY = duty(instrument=STANDING, period=Period.MONTHLY)
ALL = {f"{month:%Y-%m}": 1 for month in months_from(date(2026, 9, 30))}


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2026, 9, 30), "2026-09", "2027-08"),
        (date(2026, 10, 1), "2026-10", "2027-09"),
        (date(2026, 12, 31), "2026-12", "2027-11"),
        (date(2028, 2, 29), "2028-02", "2029-01"),
    ],
)
def test_twelve_months_are_looked_at_across_every_year_s_end(
    on: date, first: str, last: str
) -> None:
    found = [f"{month:%Y-%m}" for month in months_from(on)]
    assert (found[0], found[-1], len(set(found))) == (first, last, 12)


def test_a_monthly_report_counts_in_each_month_into_the_next_fiscal_year() -> None:
    past = [(f"m{month}", Result.MET) for month in (10, 11, 12, *range(1, 9))]
    assert months(line(MONTHLY, 2569, *past), date(2026, 9, 30)) == ALL


def test_what_is_owed_has_no_month_until_its_day_to_come() -> None:
    late = line(MONTHLY, 2569, ("m10", Result.MISSING), ("m11", Result.MET))
    assert months(late, date(2025, 12, 15))["now"] == 1
    dated = duty(period=Period.FISCAL_YEAR, due=Due(DueRule.DATE_IN_YEAR, month=4, day=30))
    early = line(dated, 2569, ("", Result.INCOMPLETE))
    assert months(early, date(2026, 3, 1)) == {"2026-04": 1}
    assert months(early, date(2026, 5, 1)) == {"now": 1}


def test_which_yearly_list_comes_next_is_not_guessed() -> None:
    dated = duty(period=Period.FISCAL_YEAR, due=Due(DueRule.DATE_IN_YEAR, month=4, day=30))
    assert months(line(dated, 2569, ("", Result.MET)), date(2026, 5, 1)) == {}
    law = duty(instrument=STANDING, period=Period.FISCAL_YEAR, due=dated.due)
    assert months(line(law, 2569, ("", Result.MET)), date(2026, 5, 1)) == {"2027-04": 1}


def test_a_look_again_counts_on_its_day() -> None:
    kept = line(duty(), 2569, ("", Result.MET), review=date(2026, 6, 15))
    assert months(kept, date(2026, 3, 1)) == {"2026-06": 1}
    assert months(kept, date(2026, 7, 1)) == {"2026-07": 1}
    assert months(kept, date(2025, 3, 1)) == {}
