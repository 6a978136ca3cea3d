"""What a bundle must be, and how the ways of its members become one."""

from typing import Any

import pytest

from prongsai.approval.bundles.rules import (
    Arrangement,
    Candidate,
    Way,
    arrangement_blockers,
    candidate_blockers,
    joined,
)
from prongsai.approval.bundles.states import BundleBlocker as Not
from prongsai.approval.bundles.states import BundleState
from prongsai.approval.chains import Step


def candidate(**changes: Any) -> Candidate:
    plain = {
        "title": "แผน",
        "is_author": True,
        "is_draft": True,
        "is_in_another": False,
    }
    return Candidate(**plain | changes)


def arrangement(**changes: Any) -> Arrangement:
    plain = {
        "state": BundleState.DRAFTING,
        "is_of_unit": True,
        "title": "ชุด",
        "members": [candidate()],
    }
    return Arrangement(**plain | changes)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"is_author": False}, [Not.NOT_AUTHOR]),
        ({"is_draft": False}, [Not.NO_DRAFT]),
        ({"is_in_another": True}, [Not.IN_ANOTHER]),
        ({"is_author": False, "is_in_another": True}, [Not.NOT_AUTHOR, Not.IN_ANOTHER]),
    ],
)
def test_a_candidate_is_refused_with_every_reason(
    changes: dict[str, Any], codes: list[Not]
) -> None:
    found = candidate_blockers(candidate(**changes))
    assert [each.code for each in found] == codes
    assert all("แผน" in str(each) for each in found)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"members": []}, []),
        ({"state": BundleState.UNDER_WAY}, [Not.ON_ITS_WAY]),
        ({"state": BundleState.CLOSED}, [Not.ON_ITS_WAY]),
        ({"is_of_unit": False}, [Not.NOT_OF_UNIT]),
        ({"title": ""}, [Not.NO_TITLE]),
        ({"title": "ก" * 300}, []),
        ({"title": "ก" * 301}, [Not.TITLE_TOO_LONG]),
        ({"members": [candidate()] * 50}, []),
        ({"members": [candidate()] * 51}, [Not.TOO_MANY]),
        ({"title": "", "members": [candidate(is_draft=False)]}, [Not.NO_TITLE, Not.NO_DRAFT]),
    ],
)
def test_an_arrangement_is_refused_with_every_reason(
    changes: dict[str, Any], codes: list[Not]
) -> None:
    assert [each.code for each in arrangement_blockers(arrangement(**changes))] == codes


HEAD_A, HEAD_B, CLERK = Step(("head-a",)), Step(("head-b",)), Step(("clerk",))


def way(*steps: Step, chain: str = "ordinary", version: int = 1, informed: Any = ()) -> Way:
    return Way(chain, version, steps, informed)


def test_members_of_one_unit_go_the_way_of_each() -> None:
    one = way(HEAD_A, CLERK, informed=("auditor",))
    assert joined([one, one, one]) == (one, [])


def test_members_of_two_units_ask_the_heads_of_both_at_one_step() -> None:
    found, blockers = joined([way(HEAD_A, CLERK), way(HEAD_B, CLERK)])
    assert blockers == []
    assert found is not None
    assert found.steps == (Step(("head-a", "head-b"), quorum=2), CLERK)


def test_everybody_who_would_be_told_of_a_member_is_told() -> None:
    found, _none = joined([way(CLERK, informed=("a",)), way(CLERK, informed=("b", "a"))])
    assert found is not None
    assert found.informed == ("a", "b")


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (way(HEAD_A, CLERK, chain="procurement"), Not.DIFFERENT_CHAINS),
        (way(HEAD_A, CLERK, version=2), Not.DIFFERENT_CHAINS),
        (way(CLERK), Not.DIFFERENT_WAYS),
        # One of two is enough for the one, and the other asks somebody else: no number of words means both.
        (way(Step(("x", "y"), quorum=1), CLERK), Not.DIFFERENT_WAYS),
        (way(Step(("head-b",), pulls_up=True), CLERK), Not.DIFFERENT_WAYS),
    ],
)
def test_ways_without_common_sense_are_refused(other: Way, code: Not) -> None:
    found, blockers = joined([way(HEAD_A, CLERK), other])
    assert found is None
    assert [each.code for each in blockers] == [code]


def test_the_shorter_deadline_counts_and_none_is_no_deadline() -> None:
    found, _none = joined([way(Step(("a",), days=5)), way(Step(("b",), days=3))])
    assert found is not None
    assert found.steps[0].days == 3
    free, _none = joined([way(Step(("a",))), way(Step(("b",), days=3))])
    assert free is not None
    assert free.steps[0].days == 3


def test_whoever_has_a_seat_of_their_own_fills_no_other_in_the_joined_step() -> None:
    one = Step(("a", "b"), quorum=1, alternates=(("a", "b"),), stand_ins=(("a", ("c", "b")),))
    found, _none = joined([way(one), way(Step(("b",)))])
    assert found is not None
    assert found.steps[0] == Step(("a", "b"), quorum=2, stand_ins=(("a", ("c",)),))


def test_one_alternate_for_two_seats_would_count_once_and_is_refused() -> None:
    one = Step(("a", "x"), quorum=1, alternates=(("a", "x"),))
    other = Step(("b", "x"), quorum=1, alternates=(("b", "x"),))
    found, blockers = joined([way(one), way(other)])
    assert found is None
    assert [each.code for each in blockers] == [Not.DIFFERENT_WAYS]
