"""What is bound to a duty and said of it, as the record has it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from prongsai.monitoring.bound import Bound
from prongsai.monitoring.periods import Part
from prongsai.monitoring.rules import Statement
from prongsai.obligations.states import Period
from prongsai.record.states import Action, Says
from prongsai.thai.periods import Stretch
from tests.monitoring.factories import duty
from tests.record.factories import do, published, reviewed, stated

pytestmark = pytest.mark.django_db
MONTHLY = "oia-9-8"
OCTOBER = Part("m10", Stretch(date(2026, 10, 1), date(2026, 10, 31)), None)


@pytest.fixture(autouse=True)
def record(data: Path) -> Path:
    return data


def said_of_october() -> tuple[Statement, ...]:
    owed = duty(key=MONTHLY, period=Period.MONTHLY)
    return Bound([owed]).said(owed, OCTOBER)


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"period": "พฤศจิกายน 2569"}, False),
        ({"period": "", "fiscal_year": 2570}, True),
        ({"period": "", "fiscal_year": 2569}, False),
        ({"period": "", "fiscal_year": None}, True),
        ({"period": "ไตรมาสที่ 1", "fiscal_year": 2570}, True),
        # Nobody knows which days that is, so it holds for none.
        ({"period": "ช่วงปลายฝน", "fiscal_year": 2570}, False),
    ],
)
def test_a_statement_holds_for_every_period_that_lies_in_its_own(
    changes: dict[str, Any], holds: bool
) -> None:
    number = do(Action.STATEMENT, None, stated(**changes)).number

    expected = (Statement(number, Says.NONE_THIS_PERIOD),) if holds else ()
    assert said_of_october() == expected


def test_that_an_item_was_reviewed_is_no_statement_of_a_duty() -> None:
    about = published(obligations=[MONTHLY]).number
    do(Action.STATEMENT, None, reviewed(about, obligations=[MONTHLY]))

    assert said_of_october() == ()
