"""The yearly report against a small world: what counts in which year, and that nothing secret gets in."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from prongsai.monitoring.models import Uptime
from prongsai.monitoring.reporting.figures import Figures, Report
from prongsai.monitoring.reporting.report import yearly_report
from prongsai.organisation.actors import Actor
from prongsai.record.states import Action
from tests.factories import NOW
from tests.notices import factories as notices
from tests.publication import factories as gate
from tests.publication.conftest import people, shelves  # noqa: F401 -- fixtures, used by name
from tests.record import factories as record
from tests.screening.factories import decide, screened

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
# The last minute of fiscal year 2569 in Thailand, and the first of 2570.
LAST = datetime(2026, 9, 30, 16, 59, tzinfo=UTC)
FIRST = LAST + timedelta(minutes=1)
AFTER = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _record(data: Path) -> None:
    """An empty record."""


def figures(report: Report, key: str) -> Figures:
    return next(each for each in report.figures if each.key == key)


def rows(report: Report, key: str) -> tuple[tuple[object, ...], ...]:
    return figures(report, key).rows


def done(report: Report, clause: str) -> str:
    return next(each.done for each in report.clauses if each.clause == clause)


def test_a_year_with_nothing_is_told_in_sentences() -> None:
    report = yearly_report(2569, on=AFTER)
    assert {each.key for each in report.figures if each.rows} == set()
    assert all(each.nothing and each.counted for each in report.figures)
    assert "จึงบอกไม่ได้" in figures(report, "weak_points").nothing
    assert done(report, "1.4") == "เผยแพร่ข่าวประชาสัมพันธ์ 0 เรื่อง บริการประชาชน 0 เรื่อง"
    assert "ไม่มีบันทึก" in done(report, "2.2.1")


def test_the_last_minute_of_september_and_the_first_of_october_are_of_two_years() -> None:
    for at in (LAST, FIRST):
        record.do(Action.PUBLISHED, None, record.content(), at=at)
    for year in (2569, 2570):
        assert rows(yearly_report(year, on=AFTER), "published_by_section") == (
            ("ข่าวประชาสัมพันธ์", 1, 0, 0, 0, 0, 0),
        )


def test_what_was_done_is_counted_by_section_and_unit_and_a_recall_leaves_no_name() -> None:
    small = {"change": {"significance": "minor", "note": "แก้คำผิด"}}
    kept, gone = record.published().number, record.published(title="ความลับที่เรียกคืน").number
    record.corrected(kept)
    record.corrected(kept, **small)
    record.withdrawn(kept)
    record.recalled(gone)
    report = yearly_report(2570, on=AFTER)
    assert rows(report, "published_by_section") == (
        ("ข่าวประชาสัมพันธ์", 1, 1, 1, 1, 0, 0),
        ("รายการที่เรียกคืนแล้ว", 1, 0, 0, 0, 1, 0),
    )
    assert rows(report, "published_by_unit")[0] == ("สำนักปลัด", 1, 1, 1, 1, 0, 0)
    assert "ความลับ" not in json.dumps(report.to_json(), ensure_ascii=False)


def test_statements_are_told_by_what_they_say_and_not_among_the_works() -> None:
    number = record.published().number
    record.do(Action.STATEMENT, None, record.stated())
    record.do(Action.STATEMENT, None, record.reviewed(number))
    report = yearly_report(2570, on=AFTER)
    assert rows(report, "statements") == (
        ("ช่วงเวลานี้ไม่มี", 1),
        ("ตรวจทานแล้ว ไม่มีการเปลี่ยนแปลง", 1),
    )
    assert [row[1] for row in rows(report, "published_by_section")] == [1]
    assert "ไม่เปลี่ยนแปลง 1 ครั้ง" in done(report, "1.5")


def test_coverage_stands_as_it_did_at_the_end_of_each_quarter() -> None:
    key = "oia-7-1"
    record.observed(key, "missing", at=datetime(2026, 1, 10, tzinfo=UTC))
    record.observed(key, "met", at=datetime(2026, 6, 30, 16, 59, tzinfo=UTC))
    record.observed(key, "stale", at=datetime(2026, 7, 1, tzinfo=UTC))
    report = yearly_report(2569, on=AFTER)
    assert rows(report, "coverage") == (
        ("พ.ร.บ. ข้อมูลข่าวสาร", "ยังไม่มีผลตรวจ", "0 จาก 1", "1 จาก 1", "0 จาก 1"),
    )


def test_weak_points_are_compared_with_the_year_before_by_topic() -> None:
    before, now = datetime(2025, 9, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)
    failed = record.part("missing", failed=[{"check": "bound", "number": "", "about": ""}])
    record.observed("ita-oit-2568-o1", "missing", failed, at=before, year=2568)
    record.observed("ita-oit-2568-o4", "missing", failed, at=before, year=2568)
    record.observed("ita-oit-2569-o1", at=now)
    due = date(2026, 9, 20)
    record.observed("ita-oit-2569-o4", "missing", failed, at=now, due_date=due)
    report = yearly_report(2569, on=AFTER)
    assert {row[1:] for row in rows(report, "weak_points")} == {
        ("ยังไม่มี", "ครบถ้วน", "ไม่ค้างแล้ว"),
        ("ยังไม่มี", "ยังไม่มี", "ยังค้างเหมือนเดิม"),
    }
    assert [row[-1] for row in rows(report, "overdue")] == [10]
    assert rows(report, "failing_checks") == (("มีรายการที่เผยแพร่แล้ว", 2, 1),)


def test_uptime_is_told_by_the_month_in_thailand() -> None:
    october = datetime(2025, 9, 30, 17, 0, tzinfo=UTC)
    answers = ((october, 200, 90), (october, 503, 90), (october, 200, 9_000))
    outside = ((october - timedelta(minutes=1), 200, 90),)
    for at, status, milliseconds in (*answers, *outside):
        Uptime.objects.create(at=at, status=status, milliseconds=milliseconds)
    assert rows(yearly_report(2569, on=AFTER), "uptime") == (("ตุลาคม 2568", 3, 1, "33.33"),)


def test_the_office_is_told_in_counts_and_no_word_that_was_found(people: People) -> None:  # noqa: F811
    gate.published(people)
    finding = screened().findings.get(detector="national_id")
    decide(finding, "remove")
    report = yearly_report(2570, on=AFTER)
    assert rows(report, "findings")[0] == ("ข้อมูลส่วนบุคคล", 1, 0, 0, 0, 0, 0)
    assert rows(report, "days_to_public") == ((1, 0.0, 0.0),)
    verdicts = dict(row for row in rows(report, "decisions"))
    assert verdicts["เห็นชอบ"] >= 2
    assert finding.excerpt not in json.dumps(report.to_json(), ensure_ascii=False)


def test_notices_are_counted_once_and_drills_apart(people: People) -> None:  # noqa: F811
    notices.live(people)
    notices.live(people, is_drill=True, valid_until_at=NOW + timedelta(hours=1))
    report = yearly_report(2570, on=AFTER)
    assert dict(row for row in rows(report, "notices")) == {
        "ประกาศฉุกเฉินที่เผยแพร่": 1,
        "ทบทวนหลังสิ้นสุดแล้ว": 0,
        "ยังไม่ได้ทบทวน": 1,
        "เรียกคืน": 0,
        "การฝึกซ้อม": 1,
    }
    assert notices.HEADLINE not in json.dumps(report.to_json(), ensure_ascii=False)
