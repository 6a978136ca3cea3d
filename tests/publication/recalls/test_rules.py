"""What an answer of the portal proves."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from prongsai.publication.recalls.rules import (
    Heard,
    Question,
    clock,
    complaint,
    is_failure,
    marks,
    pause,
    set_text,
)

LINE = "รายชื่อผู้ทิ้งงานปีที่แล้ว"
KNOWN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "heard", "expected"),
    [
        (Question("/p/1/", "page"), Heard(410, "เรียกคืนแล้ว"), ""),
        (Question("/p/1/", "page"), Heard(404), ""),
        (Question("/p/1/", "page"), Heard(200, ""), "still_there"),
        (Question("/p/1/", "page"), Heard(301), "still_there"),
        (Question("/p/1/", "page"), Heard(0), "silent"),
        (Question("/p/1/", "page", marks=(LINE,)), Heard(410, f"<p>{LINE}</p>"), "says_it"),
        (Question("/files/a/b", "file"), Heard(200, "bytes"), "still_there"),
        (Question("/files/a/b", "file", stays=True), Heard(200, "bytes"), ""),
        (Question("/files/a/b", "file", stays=True), Heard(500), "odd_status"),
        (Question("/", "list", links=("/p/1/",)), Heard(200, "<a href='/p/2/'>"), ""),
        (Question("/", "list", links=("/p/1/",)), Heard(200, "<a href='/p/1/'>"), "says_it"),
        (Question("/", "list"), Heard(503), "odd_status"),
        (Question("/", "list", marks=("ก & ข กับ ค ง จ",)), Heard(200, "ก &amp; ข กับ ค ง จ"), "says_it"),
        (
            Question("/api", "list", marks=("รายชื่อผู้ทิ้งงาน",)),
            Heard(200, json.dumps({"title": "รายชื่อผู้ทิ้งงาน"})),
            "says_it",
        ),
    ],
)  # fmt: skip
def test_an_address_is_clean_only_when_its_answer_proves_it(
    question: Question, heard: Heard, expected: str
) -> None:
    assert complaint(question, heard) == expected


def test_words_that_others_say_as_well_are_no_mark() -> None:
    own = [f"{LINE}\nสั้น", "ประกาศเทศบาลเรื่องเดียวกันทุกฉบับ"]

    assert marks(own, said_elsewhere="ประกาศเทศบาลเรื่องเดียวกันทุกฉบับ และอื่น ๆ") == (LINE,)


def test_it_asks_again_ever_more_slowly_and_calls_it_a_failure_when_copies_must_have_gone() -> None:
    pauses = [pause(tries) for tries in range(8)]

    assert pauses == [timedelta(seconds=each) for each in (0, 2, 5, 10, 30, 60, 300, 300)]
    assert [tries for tries in range(8) if is_failure(tries)] == [5, 6, 7]
    # Copies on the way may answer for a minute and a half (portal.site).
    assert sum(pauses[:6], timedelta()) > timedelta(seconds=90)


@pytest.mark.parametrize(
    ("hours_later", "left", "is_over"), [(0, 72, False), (71, 1, False), (72, 0, False), (75, 3, True)]
)  # fmt: skip
def test_the_clock_of_an_incident_runs_from_when_it_became_known(
    hours_later: int, left: int, is_over: bool
) -> None:
    found = clock(KNOWN, hours=72, at=KNOWN + timedelta(hours=hours_later))

    assert (found.hours, found.is_over) == (left, is_over)
    assert found.due_at == KNOWN + timedelta(days=3)


def test_a_set_is_the_same_in_any_order_and_another_with_another_member() -> None:
    words = {"reason": "mistake", "explanation": "ผิด"}

    assert set_text(["1", "2"], **words) == set_text(["2", "1"], **words)
    assert set_text(["1", "2"], **words) != set_text(["1"], **words)
    assert set_text(["1"], **words) != set_text(["1"], reason="mistake", explanation="ถูก")
