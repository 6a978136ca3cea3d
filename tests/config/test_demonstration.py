"""The demonstration's data fit the product's own tables, and its events come in order of time."""

import tomllib
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from prongsai.config.demonstration.plan import (
    BANGKOK,
    DATA,
    SENT,
    Row,
    events,
    html,
    screening_moments,
)
from prongsai.config.demonstration.underway import Work, working_day, works
from prongsai.config.demonstration.verdicts import verdicts
from prongsai.disclosures.body import clean_body
from prongsai.disclosures.kinds import kind_of
from prongsai.obligations.queries import obligation
from prongsai.record.sections import section_slugs
from prongsai.record.states import Action
from prongsai.screening.detectors import DETECTORS
from prongsai.screening.states import LETS_STAND

ALL = events()
FIRST = [event for event in ALL if event.action == Action.PUBLISHED]
MORNING = datetime(2027, 1, 4, 8, 30, tzinfo=BANGKOK)  # a Monday
WORKS = works(MORNING)
ROWS = [event.row for event in FIRST] + [work.row for work in WORKS]
SECTIONS = Path(DATA).parents[2] / "disclosures/data/sections.toml"


def tops() -> dict[str, str]:
    """Section slug -> the top section that it stands under."""
    tree = tomllib.loads(SECTIONS.read_text(encoding="utf-8"))
    below = {child["slug"]: top for top, row in tree.items() for child in row["children"]}
    return below | {slug: slug for slug in section_slugs()}


def test_at_least_sixty_disclosures_over_all_nine_sections() -> None:
    assert len(FIRST) >= 60
    assert {tops()[event.row["section"]] for event in FIRST} == set(section_slugs())


def test_the_founding_announcement_is_the_first() -> None:
    assert ALL[0].key == "measure-2569"


def test_there_are_versions_a_withdrawal_a_recall_and_an_ended_notice() -> None:
    found = [event.action for event in ALL]

    assert found.count(Action.CORRECTED) >= 3
    assert {Action.WITHDRAWN, Action.RECALLED, Action.EXPIRED} <= set(found)
    assert any(event.row.get("urgent") and event.row.get("expires") for event in FIRST)


def test_events_come_in_order_and_each_is_published_after_it_was_submitted() -> None:
    assert all(before.published <= after.published for before, after in pairwise(ALL))
    assert all(event.submitted <= event.published for event in ALL)


def test_what_the_clock_has_not_reached_has_not_happened() -> None:
    last = ALL[20]

    assert events(until=last.published) == ALL[:21]
    assert events(until=last.published - timedelta(seconds=1)) == ALL[:20]


def test_no_two_acts_are_published_at_the_same_moment() -> None:
    moments = [event.published for event in ALL]

    assert len(set(moments)) == len(moments)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_a_row_speaks_of_what_exists(row: Row) -> None:
    kind = kind_of(row["kind"])

    assert [key for key in row.get("obligations", ()) if obligation(key) is None] == []
    assert [key for key in row.get("details", {}) if kind.detail(key) is None] == []
    assert [
        file["slot"] for file in row.get("files", ()) if not kind.allows_slot(file["slot"])
    ] == []
    assert row["section"] in tops()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["key"])
def test_a_body_is_kept_as_it_is_written(row: Row) -> None:
    body = html(row.get("body", []))

    assert clean_body(body) == body


def test_no_key_is_used_twice() -> None:
    keys = [row["key"] for row in ROWS]

    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.key)
def test_work_has_come_forward_step_by_step_in_the_days_before(work: Work) -> None:
    steps = [work.begun, work.written, work.sent, work.submitted, *(word.at for word in work.words)]
    moments = [step for step in steps if step]

    assert moments == sorted(set(moments))
    assert MORNING - timedelta(days=14) < moments[0]
    assert moments[-1] < MORNING


def test_days_in_texts_are_counted_from_the_day_of_loading() -> None:
    photographs = next(work for work in WORKS if work.key == "desk-photographs")

    assert photographs.row["details"]["event_to"] == "2027-01-28"
    assert photographs.row["body"][0].startswith("ส่งภาพได้ตั้งแต่ 7 มกราคม 2570 ถึง 28 มกราคม 2570")
    assert not [work.key for work in WORKS if "{" in str(work.row).replace("{'", "")]


@pytest.mark.parametrize(
    ("today", "back", "day"),
    [
        (date(2027, 1, 4), 0, date(2027, 1, 4)),
        (date(2027, 1, 4), 1, date(2027, 1, 1)),
        (date(2027, 1, 3), 1, date(2027, 1, 1)),
        (date(2027, 1, 2), 1, date(2027, 1, 1)),
        (date(2027, 1, 6), 5, date(2026, 12, 30)),
    ],
)
def test_a_working_day_is_no_saturday_and_no_sunday(today: date, back: int, day: date) -> None:
    assert working_day(today, back=back) == day


def test_the_screener_lets_hardly_anything_stand_that_blocks() -> None:
    blocking = {each.name for each in DETECTORS if each.severity == "block"}
    known = {each.name for each in DETECTORS}

    assert set(verdicts()) <= known
    assert set(verdicts()) & blocking == {"bank_account", "secrecy_class"}


@pytest.mark.parametrize("detector", sorted(verdicts()))
def test_a_verdict_lets_stand_and_names_its_ground(detector: str) -> None:
    row = verdicts()[detector]

    assert row["verdict"] in LETS_STAND
    assert len(row["reason"]) > 40
    assert bool(row.get("legal_ground")) == (row["verdict"] == "legal_ground")


def test_no_two_detectors_are_answered_with_the_same_words() -> None:
    reasons = [row["reason"] for row in verdicts().values()]

    assert len(set(reasons)) == len(reasons)


@pytest.mark.parametrize("findings", [1, 40])
def test_findings_are_decided_after_they_were_sent_and_before_the_chain(findings: int) -> None:
    moments = screening_moments(MORNING, findings=findings)

    assert len(set(moments)) == findings
    assert MORNING + timedelta(minutes=5) == moments[0] <= moments[-1] < MORNING + SENT


def test_words_before_an_address_lead_to_it() -> None:
    made = html(["- ดู[แบบ <ก>](/c/forms/?a=1) (ปี 2569)", "[ไม่ใช่ลิงก์](javascript:x)"])

    assert made == (
        '<ul><li><p>ดู<a href="/c/forms/?a=1" rel="noopener noreferrer">แบบ &lt;ก&gt;</a>'
        " (ปี 2569)</p></li></ul>"
        "<p>[ไม่ใช่ลิงก์](javascript:x)</p>"
    )


def test_lines_become_headings_lists_and_tables() -> None:
    made = html(["เปิด", "## หัวข้อ", "- หนึ่ง", "- สอง", "| ก | ข", "| 1 | <2>"])

    assert made == (
        "<p>เปิด</p><h2>หัวข้อ</h2><ul><li><p>หนึ่ง</p></li><li><p>สอง</p></li></ul>"
        '<table><thead><tr><th scope="col"><p>ก</p></th><th scope="col"><p>ข</p></th></tr></thead>'
        "<tbody><tr><td><p>1</p></td><td><p>&lt;2&gt;</p></td></tr></tbody></table>"
    )
