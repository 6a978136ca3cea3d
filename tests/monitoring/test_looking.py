"""From the record to the public's board: what a publication, a correction and a recall change of what is owed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections
from django.utils.timezone import localdate

from prongsai.monitoring.actions import keep_visits, look
from prongsai.monitoring.models import Charge
from prongsai.monitoring.probing import Spot, Visit
from prongsai.monitoring.queries import watched
from prongsai.obligations.results import Result
from prongsai.record.actions import rebuild
from prongsai.record.models import Observation
from tests.factories import post
from tests.record.factories import corrected, file, published, recalled, withdrawn

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)
STRUCTURE = "oia-7-1"
BOTH = "<p>นายกเทศมนตรี สภาเทศบาล ปลัดเทศบาล ผังโครงสร้าง ข้อมูล ณ วันที่ 1 มีนาคม 2569</p>"


@pytest.fixture(autouse=True)
def record(data: Path) -> Path:
    return data


def standing(key: str = STRUCTURE) -> Observation:
    (row,) = Observation.objects.standing().filter(obligation_key=key)
    return row


def shown(**changes: Any) -> str:
    """The number of an item that shows the structure."""
    fields = {"title": "โครงสร้างเทศบาล", "body": BOTH, "obligations": [STRUCTURE]}
    return published(**(fields | changes)).number


def test_what_is_owed_and_not_there_is_missing_from_the_first_look() -> None:
    owed = sum(len(watch.duties) for watch in watched(on=localdate(AT)))
    assert look(at=AT) == owed > 60
    assert standing().result == Result.MISSING


def test_a_publication_meets_a_duty_and_only_what_it_touches_is_looked_at() -> None:
    look(at=AT)
    number = shown()
    look(at=AT + timedelta(minutes=1))
    row = standing()
    assert (row.result, row.parts[0]["evidence"]) == (
        Result.MET,
        [{"number": number, "version": 1, "review": "2027-11-23"}],
    )
    assert standing("oia-7-2").at == AT


def test_looking_again_adds_nothing() -> None:
    shown()
    look(at=AT)
    before = Observation.objects.count()
    assert look(at=AT + timedelta(minutes=1)) == 0
    assert look(at=AT + timedelta(days=1)) == 0
    assert Observation.objects.count() == before


@pytest.mark.parametrize("act", [recalled, withdrawn])
def test_what_is_taken_back_is_owed_again(act: Any) -> None:
    number = shown()
    look(at=AT)
    assert standing().result == Result.MET
    act(number)
    look(at=AT + timedelta(minutes=1))
    assert (standing().result, standing().parts[0]["evidence"]) == (Result.MISSING, [])


def test_a_correction_that_unbinds_it_is_noticed() -> None:
    number = shown()
    look(at=AT)
    corrected(number, obligations=[])
    look(at=AT + timedelta(minutes=1))
    assert standing().result == Result.MISSING


def test_binding_to_one_law_answers_the_same_topic_of_a_yearly_list() -> None:
    shown()
    look(at=AT)
    assert standing("ita-oit-2569-o1").result in {Result.MET, Result.INCOMPLETE}
    assert standing("ita-oit-2569-o2").result == Result.MISSING


def test_history_says_what_stood_on_a_day() -> None:
    look(at=AT)
    shown()
    look(at=AT + timedelta(days=2))
    before, after = (
        Observation.objects.standing(at=AT + timedelta(days=days)).get(obligation_key=STRUCTURE)
        for days in (1, 3)
    )
    assert (before.result, after.result) == (Result.MISSING, Result.MET)


def test_a_scan_that_nobody_has_compared_is_told_as_pictures() -> None:
    scan = file(b"%PDF-1.7 scan", name="ผัง.pdf")
    texts = {scan["sha256"]: [{"number": 1, "text": "ผังโครงสร้าง", "source": "ocr"}]}
    shown(files=[scan], texts=texts)
    look(at=AT)
    assert standing().result == Result.INCOMPLETE
    (failure,) = standing().parts[0]["failed"]
    assert (failure["check"], failure["about"]) == ("readable", "#1")


def test_the_post_that_is_charged_with_a_topic_is_named() -> None:
    Charge.objects.create(
        topic="structure", post=post("clerk", title_th="ปลัดเทศบาล"), charged_at=AT
    )
    look(at=AT)
    assert (standing().post_code, standing().post_th) == ("clerk", "ปลัดเทศบาล")
    # Another charge is looked at without waiting for the night.
    Charge.objects.create(topic="structure", post=post("head", title_th="หัวหน้า"), charged_at=AT)
    look(at=AT + timedelta(minutes=1))
    assert standing().post_code == "head"


def test_a_rebuild_leaves_what_was_seen() -> None:
    shown()
    look(at=AT)
    before = list(Observation.objects.values())
    rebuild()
    assert list(Observation.objects.values()) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_observation SET result = 'met'",
        "DELETE FROM record_observation",
        "INSERT OR REPLACE INTO record_observation SELECT * FROM record_observation",
    ],
)
def test_the_database_refuses_to_change_what_was_seen(statement: str) -> None:
    look(at=AT)
    with connections["record"].cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute(statement)


def test_no_word_of_an_item_stays_in_what_was_seen_of_it() -> None:
    secret = file(b"%PDF-1.7 secret", name="ผู้ป่วย นางสาวลับ.pdf")
    texts = {secret["sha256"]: [{"number": 1, "text": "นางสาวลับ", "source": "ocr"}]}
    number = shown(title="ผัง นางสาวลับ", files=[secret], texts=texts)
    spots = [Spot(number, 1, place) for place in range(2)]
    for minute in range(2):
        keep_visits(visits={spot: Visit("", 404, 5) for spot in spots}, at=AT)
        look(at=AT + timedelta(minutes=minute))
    failed = {each["check"]: each["about"] for each in standing().parts[0]["failed"]}
    assert failed["reachable"] == f"{number}, {number} #1"
    recalled(number)
    look(at=AT + timedelta(minutes=3))
    kept = repr(list(Observation.objects.values()))
    assert number in kept
    assert "ลับ" not in kept
