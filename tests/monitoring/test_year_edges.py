"""Standing duties at the turn of the fiscal year: September's report is still owed in October, others come once."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from prongsai.monitoring.actions import look
from prongsai.monitoring.queries import watched
from prongsai.obligations.results import Result
from prongsai.record.owed import Line, lines
from prongsai.record.states import Action
from tests.record.factories import content, do, published

pytestmark = pytest.mark.django_db
MONTHLY, KEPT, LISTED = "proc-monthly", "oia-7-1", "ita-oit-2569-o1"
# In Bangkok the last minutes of fiscal year 2569 and the first of 2570.
LAST, FIRST = datetime(2026, 9, 30, 16, 50, tzinfo=UTC), datetime(2026, 9, 30, 17, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def record(data: Path) -> Path:
    return data


def shown(key: str) -> dict[int, Line]:
    return {each.year: each for each in lines(keys=[key])}


def september() -> Result:
    return next(part.result for part in shown(MONTHLY)[2569].parts if part.key == "m9")


def test_the_report_on_september_is_owed_in_october_until_it_is_there() -> None:
    look(at=LAST)
    assert september() == Result.NOT_DUE
    look(at=FIRST)
    assert september() == Result.MISSING
    published(
        title="สรุปผลการจัดซื้อจัดจ้าง กันยายน 2569",
        fiscal_year=2569,
        period="กันยายน 2569",
        obligations=[MONTHLY],
    )
    look(at=datetime(2026, 10, 5, 3, tzinfo=UTC))
    assert september() != Result.MISSING


def test_what_is_kept_current_has_one_line_whatever_the_year() -> None:
    look(at=LAST)
    assert set(shown(KEPT)) == {2569}
    look(at=FIRST)
    assert set(shown(KEPT)) == {2570}
    assert {year: each.is_last_year for year, each in shown(MONTHLY).items()} == {
        2569: True,
        2570: False,
    }
    assert set(shown(LISTED)) == {2569}


def test_a_year_later_nobody_looks_at_it_any_more() -> None:
    look(at=LAST)
    later = datetime(2027, 10, 1, 3, tzinfo=UTC)
    look(at=later)
    standing = {
        watch.year
        for watch in watched(on=later.date())
        for duty in watch.duties
        if duty.instrument.assessment_year is None
    }
    assert standing == {2570, 2571}
    assert 2569 not in shown(MONTHLY)


@pytest.mark.parametrize(
    ("begun", "years"),
    [
        (None, {2569}),
        (datetime(2025, 9, 30, 16, 50, tzinfo=UTC), {2568, 2569}),
        (datetime(2025, 9, 30, 17, 10, tzinfo=UTC), {2569}),
    ],
)
def test_a_list_whose_year_was_over_before_anything_was_public_is_not_asked_for(
    begun: datetime | None, years: set[int]
) -> None:
    if begun:
        do(Action.PUBLISHED, None, content(), at=begun)
    listed = {
        duty.instrument.assessment_year
        for watch in watched(on=date(2026, 3, 16))
        for duty in watch.duties
    }
    assert listed - {None} == years
