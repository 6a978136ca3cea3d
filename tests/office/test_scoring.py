"""Self-assessment: have and score apart, what more items would come to, and the nearest first."""

from typing import Any

import pytest
from django.urls import reverse

from prongsai.obligations.results import Result
from prongsai.obligations.scoring import score
from prongsai.organisation.actors import Actor
from tests.approval.factories import draft
from tests.office.conftest import SignIn
from tests.record.factories import observed, part, published

pytestmark = pytest.mark.django_db(databases=["default", "record"])
O2, O4, O5, O6 = (f"ita-oit-2569-o{number}" for number in (2, 4, 5, 6))
PAGE = reverse("score", kwargs={"instrument": "ita-oit-2569"})
FAILED = {"number": "", "about": "xlsx", "check": "format"}


@pytest.fixture
def board() -> None:
    """O2 is whole, O4 there but in two ways not whole, O5 there and lacks one thing, O6 missing."""
    shown = [{"number": published().number, "version": 1}]
    observed(O2, "met", part(evidence=shown))
    observed(O4, "incomplete", part("incomplete", failed=[FAILED, FAILED], evidence=shown))
    observed(O5, "incomplete", part("incomplete", failed=[FAILED], evidence=shown))
    observed(O6, "missing", part("missing", failed=[FAILED | {"check": "bound"}]))


def context(client: Any, query: str = "") -> Any:
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return answer.context["found"]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "–"),
        ({Result.MET: 1}, "100.00"),
        ({Result.INCOMPLETE: 3, Result.STALE: 1}, "0.00"),
        ({Result.MET: 21, Result.NOT_APPLICABLE: 1, Result.MISSING: 3, Result.NOT_DUE: 1}, "84.62"),
    ],
)
def test_an_item_scores_all_or_nothing(counts: dict[Result, int], said: str) -> None:
    assert score(counts) == said


def test_have_and_score_are_told_apart(board: None, sit: SignIn) -> None:
    found = context(sit("officer"))
    assert (found.there, found.now.fulfilled, found.now.score) == (3, 1, "25.00")
    assert found.not_whole == ["O4", "O5"]
    assert "มีสิ่งที่แสดงได้ <strong>3</strong> จาก 4 ข้อ" in sit("officer").get(PAGE).content.decode()


def test_what_lacks_least_stands_first_and_what_nobody_has_begun_last(
    board: None, sit: SignIn
) -> None:
    rows = context(sit("officer")).rows
    assert [row.line.duty.clause for row in rows] == ["O5", "O4", "O6"]


def test_a_draft_brings_a_missing_item_nearer(
    board: None, people: dict[str, Actor], sit: SignIn
) -> None:
    draft(people["officer"], obligations=[O6])
    rows = context(sit("officer")).rows
    assert [(row.line.duty.clause, row.has_draft) for row in rows] == [
        ("O6", True),
        ("O5", False),
        ("O4", False),
    ]


def test_chosen_items_would_count_and_strange_ones_do_not(board: None, sit: SignIn) -> None:
    text = sit("officer").get(f"{PAGE}?with=o5&with=o6&with=o2&with=nothing").content.decode()
    assert "ถ้าทำ O5, O6 ให้ครบ จะได้ <strong>75.00</strong> (เดิม 25.00)" in text


def test_the_score_is_told_by_indicator_as_it_is_and_as_it_would_be(
    board: None, sit: SignIn
) -> None:
    observed("ita-oit-2569-o25", "missing", part("missing", failed=[FAILED]))
    plain, hoped = context(sit("officer")), context(sit("officer"), "?with=o5&with=o6&with=o25")
    rows = {row.now.indicator.key: (row.now.score, row.then.score) for row in hoped.indicators}

    # 9.1: O2 whole, O4 not; 9.2: O5 and O6 not; nothing is known of where O25 is.
    assert [rows[key] for key in ("9", "9.1", "9.2", "10")] == [
        ("25.00", "75.00"),
        ("50.00", "50.00"),
        ("0.00", "100.00"),
        ("–", "–"),
    ]
    assert (plain.marks_now.score, hoped.marks_then.score) == ("25.00", "75.00")
    assert (plain.unplaced, plain.now.score, hoped.then.score) == (["O25"], "20.00", "80.00")
    text = sit("officer").get(PAGE).content.decode()
    # Nothing of it was compared: said once, and not in each row.
    assert text.count("ยังไม่ได้เทียบกับคู่มือ</span>") == 1
    assert "ไม่ทราบตัวชี้วัด (O25)" in text


@pytest.mark.parametrize("instrument", ["nothing", "oia"])
def test_only_yearly_lists_are_scored(board: None, sit: SignIn, instrument: str) -> None:
    observed("oia-7-1")
    assert (
        sit("officer").get(reverse("score", kwargs={"instrument": instrument})).status_code == 404
    )
