"""Who may say what until when: plain values, no database."""

from datetime import timedelta
from typing import Any

import pytest

from prongsai.notices import rules
from prongsai.notices.labels import LABELS
from prongsai.notices.states import (
    DecideBlocker,
    NoticeState,
    ReviewBlocker,
    Stage,
    WriteBlocker,
)
from tests.factories import NOW

DIRECTOR = rules.Decider("ผู้อำนวยการกอง", is_director=True, person_id=7)
STRANGER = rules.Decider("เจ้าหน้าที่", is_director=False, person_id=8)
LONGEST = timedelta(hours=72)
FULL = dict.fromkeys(rules.NEEDED, "ข้อความ")


def writing(**changes: Any) -> rules.Writing:
    plain: dict[str, Any] = {
        "texts": FULL,
        "labels": {name: str(label) for name, label in LABELS.items()},
        "valid_until_at": NOW + timedelta(hours=24),
        "longest": LONGEST,
    }
    return rules.Writing(**plain | changes)


def codes(blockers: list[Any]) -> list[Any]:
    return [each.code for each in blockers]


def test_a_whole_wording_may_be_sent() -> None:
    assert rules.sending_blockers(writing(), at=NOW) == []


@pytest.mark.parametrize("name", rules.NEEDED)
def test_each_missing_field_is_named(name: str) -> None:
    [found] = rules.sending_blockers(writing(texts=FULL | {name: " \n"}), at=NOW)
    assert (found.code, found.detail) == (WriteBlocker.FIELD_MISSING, str(LABELS[name]))


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (None, [WriteBlocker.FIELD_MISSING]),
        (-1, [WriteBlocker.TIME_IS_PAST]),
        (0.1, [WriteBlocker.TIME_IS_PAST]),
        (0.2, []),
        (72, []),
        (72.01, [WriteBlocker.TIME_IS_FAR]),
        (543 * 365 * 24, [WriteBlocker.TIME_IS_FAR]),
    ],
)
def test_a_notice_stands_for_ten_minutes_to_seventy_two_hours(
    hours: float | None, expected: list[Any]
) -> None:
    until = None if hours is None else NOW + timedelta(hours=hours)
    assert codes(rules.sending_blockers(writing(valid_until_at=until), at=NOW)) == expected


def test_what_may_not_be_said_is_told_with_all_else() -> None:
    found = rules.sending_blockers(
        writing(texts=FULL | {"area": ""}, unspeakable=("1-23xx",)), at=NOW
    )
    assert codes(found) == [WriteBlocker.FIELD_MISSING, WriteBlocker.UNSPEAKABLE]


def approval(decider: rules.Decider = DIRECTOR, **changes: Any) -> list[Any]:
    plain: dict[str, Any] = {
        "stage": Stage.AWAITING_DIRECTOR,
        "writers": [3],
        "seen": "a",
        "present": "a",
        "valid_until_at": NOW + timedelta(hours=1),
        "at": NOW,
    }
    return codes(rules.approval_blockers(decider, **plain | changes))


@pytest.mark.parametrize(
    ("decider", "changes", "expected"),
    [
        (DIRECTOR, {}, []),
        (STRANGER, {}, [DecideBlocker.NOT_DIRECTOR]),
        (DIRECTOR, {"writers": [3, 7]}, [DecideBlocker.IS_WRITER]),
        (DIRECTOR, {"seen": "b"}, [DecideBlocker.OTHER_WORDING]),
        (DIRECTOR, {"valid_until_at": NOW}, [DecideBlocker.TIME_IS_PAST]),
        (DIRECTOR, {"valid_until_at": None}, [DecideBlocker.TIME_IS_PAST]),
        (DIRECTOR, {"stage": Stage.DRAFT}, [DecideBlocker.NOT_AWAITING]),
        (DIRECTOR, {"stage": Stage.APPROVED}, [DecideBlocker.NOT_AWAITING]),
        (
            STRANGER,
            {"writers": [8], "seen": "b"},
            [DecideBlocker.NOT_DIRECTOR, DecideBlocker.IS_WRITER, DecideBlocker.OTHER_WORDING],
        ),
    ],
)
def test_approval_case_by_case(
    decider: rules.Decider, changes: dict[str, Any], expected: list[Any]
) -> None:
    assert approval(decider, **changes) == expected


def renewal(decider: rules.Decider = DIRECTOR, **changes: Any) -> list[Any]:
    plain: dict[str, Any] = {
        "state": NoticeState.LIVE,
        "writers": [3],
        "before": NOW + timedelta(hours=2),
        "until": NOW + timedelta(hours=26),
        "longest": LONGEST,
        "at": NOW,
    }
    return codes(rules.renewal_blockers(decider, **plain | changes))


@pytest.mark.parametrize(
    ("decider", "changes", "expected"),
    [
        (DIRECTOR, {}, []),
        (STRANGER, {}, [DecideBlocker.NOT_DIRECTOR]),
        (DIRECTOR, {"writers": [7]}, [DecideBlocker.IS_WRITER]),
        (DIRECTOR, {"state": NoticeState.ENDED}, [DecideBlocker.NOT_LIVE]),
        (DIRECTOR, {"until": NOW + timedelta(hours=2)}, [DecideBlocker.TIME_IS_EARLIER]),
        (DIRECTOR, {"until": NOW + timedelta(hours=73)}, [DecideBlocker.TIME_IS_FAR]),
    ],
)
def test_renewal_case_by_case(
    decider: rules.Decider, changes: dict[str, Any], expected: list[Any]
) -> None:
    assert renewal(decider, **changes) == expected


@pytest.mark.parametrize(
    ("reason", "unspeakable", "expected"),
    [
        ("น้ำลดแล้ว", (), []),
        ("  ", (), [DecideBlocker.NO_REASON]),
        ("ก" * 301, (), [DecideBlocker.TOO_LONG]),
        ("โทร 081…", ("081…",), [DecideBlocker.UNSPEAKABLE]),
    ],
)
def test_a_reason_is_there_and_short(
    reason: str, unspeakable: tuple[str, ...], expected: list[Any]
) -> None:
    assert codes(rules.reason_blockers(reason, unspeakable)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"state": NoticeState.LIVE}, [ReviewBlocker.NOT_ENDED]),
        ({"state": NoticeState.REVIEWED}, [ReviewBlocker.NOT_ENDED]),
        ({"is_reviewer": False, "took_part": True}, [ReviewBlocker.NOT_REVIEWER]),
        ({"took_part": True}, [ReviewBlocker.APPROVED_IT]),
        ({"texts": {"effect": "ดี"}}, [ReviewBlocker.FIELD_MISSING]),
    ],
)
def test_review_case_by_case(changes: dict[str, Any], expected: list[Any]) -> None:
    plain: dict[str, Any] = {
        "state": NoticeState.ENDED,
        "post": "ปลัด",
        "is_reviewer": True,
        "took_part": False,
        "texts": {"effect": "ดี", "lesson": "ไม่มี"},
        "labels": {"effect": "ผล", "lesson": "บทเรียน"},
    }
    assert codes(rules.review_blockers(**plain | changes)) == expected
