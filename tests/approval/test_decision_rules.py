"""Who may decide what, and when: every combination of role, state and verdict, both ways."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.approval.chains import Step
from prongsai.approval.rules import Deciding, decision_blockers, take_back_blockers
from prongsai.approval.states import DecisionBlocker as Not
from prongsai.approval.states import SubmissionState as State
from prongsai.approval.states import TakeBackBlocker, Verdict
from prongsai.approval.walking import Said, effective, is_step_complete

IN_TURN = Deciding(
    state=State.UNDER_WAY,
    state_label="",
    verdict=Verdict.ENDORSE,
    reason="",
    step=1,
    is_their_turn=True,
    post="director",
    post_title="ผู้อำนวยการ",
    is_person=True,
    holds_post=True,
    is_approver=True,
    has_contributed=False,
    decided_as="",
    post_has_decided=False,
    hash_seen="a",
    hash_submitted="a",
    hash_now="a",
)
ROLES: dict[str, tuple[dict[str, Any], set[Not]]] = {
    "the director whose turn it is": ({}, set()),
    "the director who wrote it": ({"has_contributed": True}, {Not.CONTRIBUTED}),
    "a director whose acting order expired": ({"holds_post": False}, {Not.POST_NOT_HELD}),
    "the clerk before their turn": (
        {"post": "clerk", "is_their_turn": False},
        {Not.NOT_THEIR_TURN},
    ),
    "the head who acts as director too": ({"decided_as": "หัวหน้าฝ่าย"}, {Not.DECIDED_ALREADY}),
    "the officer who wrote it": (
        {"post": "officer", "is_approver": False, "has_contributed": True, "is_their_turn": False},
        {Not.NOT_APPROVER, Not.NOT_THEIR_TURN, Not.CONTRIBUTED},
    ),
    "a super-user without a post": (
        {"post": "", "holds_post": False, "is_approver": False, "is_their_turn": False},
        {Not.POST_NOT_HELD, Not.NOT_APPROVER, Not.NOT_THEIR_TURN},
    ),
    "the machine": (
        {
            "post": "",
            "is_person": False,
            "holds_post": False,
            "is_approver": False,
            "is_their_turn": False,
        },
        {Not.NOBODY, Not.NOT_THEIR_TURN},
    ),
}
STATES = {
    state: set() if state == State.UNDER_WAY else {Not.NOT_UNDER_WAY} for state in State.values
}
VERDICTS: dict[str, tuple[dict[str, Any], set[Not]]] = {
    "endorse": ({}, set()),
    "remand with reason": ({"verdict": Verdict.REMAND_TO_START, "reason": "แก้ยอดเงิน"}, set()),
    "remand without": ({"verdict": Verdict.REMAND_TO_START, "reason": " \n"}, {Not.NO_REASON}),
    "one step": ({"verdict": Verdict.REMAND_ONE_STEP, "reason": "ทบทวน"}, set()),
    "one step from the first": (
        {"verdict": Verdict.REMAND_ONE_STEP, "reason": "ทบทวน", "step": 0},
        {Not.NO_EARLIER_STEP},
    ),
}


@pytest.mark.parametrize(("role", "state", "verdict"), list(product(ROLES, STATES, VERDICTS)))
def test_every_role_state_and_verdict(role: str, state: str, verdict: str) -> None:
    changes = ROLES[role][0] | {"state": state} | VERDICTS[verdict][0]
    expected = ROLES[role][1] | STATES[state] | VERDICTS[verdict][1]
    found = [blocker.code for blocker in decision_blockers(replace(IN_TURN, **changes))]
    assert set(found) == expected
    assert len(found) == len(expected)


def test_only_one_kind_of_person_may_endorse_and_only_under_way() -> None:
    may = [
        (role, state)
        for role, state in product(ROLES, STATES)
        if not decision_blockers(replace(IN_TURN, **ROLES[role][0] | {"state": state}))
    ]
    assert may == [("the director whose turn it is", State.UNDER_WAY)]


@pytest.mark.parametrize(
    ("hashes", "endorsing", "remanding"),
    [
        (("a", "a", "a"), [], []),
        (("b", "a", "a"), [Not.OTHER_CONTENT], [Not.OTHER_CONTENT]),
        (("a", "a", "b"), [Not.CONTENT_CHANGED], []),
        (("b", "a", "b"), [Not.OTHER_CONTENT, Not.CONTENT_CHANGED], [Not.OTHER_CONTENT]),
    ],
    ids=["same", "read another", "changed since", "both"],
)
def test_a_verdict_is_about_the_content_that_was_read(
    hashes: tuple[str, str, str], endorsing: list[Not], remanding: list[Not]
) -> None:
    seen, submitted, now = hashes
    case = replace(IN_TURN, hash_seen=seen, hash_submitted=submitted, hash_now=now)
    back = replace(case, verdict=Verdict.REMAND_TO_START, reason="เนื้อหาเปลี่ยน")
    assert [blocker.code for blocker in decision_blockers(case)] == endorsing
    assert [blocker.code for blocker in decision_blockers(back)] == remanding


def test_a_post_speaks_once_in_a_step() -> None:
    case = replace(IN_TURN, post_has_decided=True)
    assert [blocker.code for blocker in decision_blockers(case)] == [Not.POST_DECIDED]


@pytest.mark.parametrize("code", list(Not) + list(TakeBackBlocker))
def test_every_reason_says_what_why_and_what_to_do(code: Not) -> None:
    sentence = str(code.label)
    assert ": " in sentence
    assert " — " in sentence
    assert "สำเร็จ" not in sentence


@pytest.mark.parametrize(
    ("state", "theirs", "reasons"),
    [
        (State.UNDER_WAY, True, []),
        (State.UNDER_WAY, False, [TakeBackBlocker.NOT_THEIRS]),
        (State.APPROVED, True, [TakeBackBlocker.NOT_UNDER_WAY]),
        (
            State.PUBLISHED,
            False,
            [TakeBackBlocker.NOT_UNDER_WAY, TakeBackBlocker.NOT_THEIRS],
        ),
    ],
)
def test_who_may_take_back(state: State, theirs: bool, reasons: list[TakeBackBlocker]) -> None:
    found = take_back_blockers(state=state, state_label="", is_theirs=theirs)
    assert [blocker.code for blocker in found] == reasons


def decisions(*rows: tuple[int, str, str]) -> list[Said]:
    return [
        Said(number, step, post, number, verdict)
        for number, (step, post, verdict) in enumerate(rows, start=1)
    ]


END, BACK, START = Verdict.ENDORSE, Verdict.REMAND_ONE_STEP, Verdict.REMAND_TO_START


@pytest.mark.parametrize(
    ("rows", "counting"),
    [
        ([], []),
        ([(0, "head", END), (1, "director", END)], [1, 2]),
        ([(0, "head", END), (1, "director", BACK)], []),
        ([(0, "head", END), (1, "director", BACK), (0, "head", END)], [3]),
        ([(0, "head", END), (1, "director", END), (2, "clerk", BACK)], [1]),
        ([(0, "head", END), (1, "a", END), (1, "b", BACK), (0, "head", END)], [4]),
        ([(0, "head", END), (1, "director", START)], []),
    ],
)
def test_a_remand_undoes_its_step_and_the_one_it_goes_to(
    rows: list[tuple[int, str, str]], counting: list[int]
) -> None:
    assert [said.id for said in effective(decisions(*rows))] == counting


@pytest.mark.parametrize(
    ("quorum", "posts", "complete"),
    [(1, [], False), (1, ["a"], True), (2, ["a"], False), (2, ["a", "c"], True), (1, ["x"], False)],
)
def test_a_step_is_complete_when_its_quorum_of_posts_endorsed(
    quorum: int, posts: list[str], complete: bool
) -> None:
    step = Step(("a", "b", "c"), quorum)
    counting = decisions(*((0, post, END) for post in posts), (1, "a", END))
    assert is_step_complete(step, 0, counting) is complete


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("ab"), st.sampled_from(Verdict))))
def test_only_endorsements_ever_count_and_never_two_that_a_remand_divides(
    rows: list[tuple[int, str, Verdict]],
) -> None:
    everything = decisions(*rows)
    counting = effective(everything)
    assert {said.verdict for said in counting} <= {Verdict.ENDORSE}
    for remand in (said for said in everything if said.verdict == Verdict.REMAND_TO_START):
        assert all(said.id > remand.id for said in counting)
