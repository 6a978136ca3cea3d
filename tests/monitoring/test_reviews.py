"""“Reviewed, no change” counts for the item from its day, whatever small correction follows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prongsai.monitoring.actions import look
from prongsai.obligations.results import Result
from prongsai.record.models import Observation
from prongsai.record.states import Action
from tests.record.factories import correction, do, published, reviewed

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)
STRUCTURE = "oia-7-1"
BODY = "<p>นายกเทศมนตรี สภาเทศบาล ปลัดเทศบาล ผังโครงสร้าง ข้อมูล ณ วันที่ 1 มีนาคม 2569</p>"
SHOWN = {"title": "โครงสร้างเทศบาล", "body": BODY, "obligations": [STRUCTURE]}
DUE = "2026-11-30"


@pytest.fixture(autouse=True)
def record(data: Path) -> Path:
    return data


def result(at: datetime) -> str:
    look(at=at)
    return Observation.objects.standing().get(obligation_key=STRUCTURE).result


def correct(number: str, significance: str, *, at: datetime) -> None:
    change = {"significance": significance, "note": "แก้คำผิด"}
    document = correction(**SHOWN, review_date=DUE, change=change)
    do(Action.CORRECTED, number, document, at=at)


@pytest.mark.parametrize("duties", [[STRUCTURE], []])
def test_a_small_correction_leaves_the_review(duties: list[str]) -> None:
    entry = published(**SHOWN, review_date=DUE)
    late = entry.at + timedelta(days=30)
    assert result(late) == Result.STALE
    do(Action.STATEMENT, None, reviewed(entry.number, obligations=duties), at=late)
    assert result(late + timedelta(minutes=1)) == Result.MET
    correct(entry.number, "minor", at=late + timedelta(days=1))
    assert result(late + timedelta(days=2)) == Result.MET


def test_a_review_of_what_has_since_changed_in_substance_says_nothing_of_it() -> None:
    entry = published(**SHOWN, review_date=DUE)
    late = entry.at + timedelta(days=30)
    do(Action.STATEMENT, None, reviewed(entry.number), at=late)
    correct(entry.number, "major", at=late + timedelta(days=1))
    assert result(late + timedelta(days=2)) == Result.STALE
