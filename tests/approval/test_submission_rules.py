"""What may be submitted, and why not: every reason at once."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from prongsai.approval.chains import Step
from prongsai.approval.rules import (
    Act,
    Proposal,
    staffing_blockers,
    submission_blockers,
    submission_hash,
)
from prongsai.approval.states import SubmissionBlocker as NotYet
from prongsai.organisation.refusals import Blocker
from prongsai.record.states import Action, ItemState

FIRST = Proposal(
    act=Act(action=Action.PUBLISHED, content="c"),
    stage_label="",
    is_stage_right=True,
    is_author=True,
    author_post="เจ้าหน้าที่",
    has_open_submission=False,
    item_state=None,
    target_state=None,
    is_unchanged=False,
)
TEXTS = {
    Action.PUBLISHED: {},
    Action.CORRECTED: {"change_note": "แก้ยอดเงิน"},
    Action.WITHDRAWN: {"explanation": "ใช้ฉบับใหม่แทน"},
    Action.RESTORED: {"explanation": "กลับมาใช้อีก"},
    Action.CONSOLIDATED: {"explanation": "รวมกับฉบับใหม่", "redirect_number": "2569-00002"},
    Action.RECALLED: {"explanation": "มีข้อมูลส่วนบุคคล", "recall_reason": "personal_data"},
}


def proposal(action: Action, state: ItemState | None, **changes: Any) -> Proposal:
    number = "2569-00001" if state else ""
    act = replace(Act(action=action, number=number), **TEXTS[action])
    return replace(FIRST, act=act, item_state=state, target_state=ItemState.CURRENT, **changes)


def reasons(case: Proposal) -> list[Any]:
    return [blocker.code for blocker in submission_blockers(case)]


MAY = {
    (Action.PUBLISHED, None),
    *((Action.CORRECTED, state) for state in ("current", "withdrawn", "expired")),
    (Action.WITHDRAWN, "current"),
    (Action.CONSOLIDATED, "current"),
    *((Action.RESTORED, state) for state in ("withdrawn", "expired", "consolidated")),
    *((Action.RECALLED, s) for s in ("current", "withdrawn", "expired", "consolidated")),
}


@pytest.mark.parametrize("state", [None, *ItemState])
@pytest.mark.parametrize("action", list(TEXTS))
def test_each_act_follows_only_what_it_may(action: Action, state: ItemState | None) -> None:
    assert (reasons(proposal(action, state)) == []) is ((action, state) in MAY)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"is_author": False}, [NotYet.NOT_AUTHOR]),
        ({"has_open_submission": True, "is_stage_right": False}, [NotYet.UNDER_WAY]),
        ({"is_stage_right": False}, [NotYet.WRONG_STAGE]),
        ({"missing_fields": ("ก", "ข")}, [NotYet.FIELD_MISSING, NotYet.FIELD_MISSING]),
        ({"screening_reasons": ("เหลือ 1 ข้อ",)}, [NotYet.SCREENING]),
        ({"chain_blockers": (Blocker(NotYet.VACANT, "ปลัด"),)}, [NotYet.VACANT]),
    ],
)
def test_what_stops_a_first_publication(changes: dict[str, Any], found: list[NotYet]) -> None:
    assert reasons(replace(FIRST, **changes)) == found


@pytest.mark.parametrize(
    ("action", "missing", "found"),
    [
        (Action.CORRECTED, "change_note", [NotYet.NO_CHANGE_NOTE]),
        (Action.WITHDRAWN, "explanation", [NotYet.NO_EXPLANATION]),
        (Action.CONSOLIDATED, "redirect_number", []),
        (Action.RECALLED, "recall_reason", [NotYet.NO_RECALL_REASON]),
        (Action.RECALLED, "explanation", [NotYet.NO_EXPLANATION]),
    ],
)
def test_acts_must_be_explained(action: Action, missing: str, found: list[NotYet]) -> None:
    case = proposal(action, ItemState.CURRENT)
    case = replace(case, act=replace(case.act, **{missing: ""}))
    if missing == "redirect_number":
        case, found = replace(case, target_state=None), [NotYet.NO_TARGET]
    assert reasons(case) == found


@pytest.mark.parametrize("target", [None, ItemState.WITHDRAWN, ItemState.RECALLED])
def test_a_redirect_leads_to_something_in_use(target: ItemState | None) -> None:
    case = replace(proposal(Action.CONSOLIDATED, ItemState.CURRENT), target_state=target)
    assert reasons(case) == [NotYet.NO_TARGET]


def test_a_redirect_does_not_lead_to_itself() -> None:
    case = proposal(Action.CONSOLIDATED, ItemState.CURRENT)
    case = replace(case, act=replace(case.act, redirect_number=case.act.number))
    assert reasons(case) == [NotYet.NO_TARGET]


def test_a_recall_names_one_of_the_known_reasons() -> None:
    case = proposal(Action.RECALLED, ItemState.CURRENT)
    assert reasons(replace(case, act=replace(case.act, recall_reason="because"))) == [
        NotYet.NO_RECALL_REASON
    ]


def test_a_correction_changes_something() -> None:
    case = proposal(Action.CORRECTED, ItemState.CURRENT, is_unchanged=True)
    assert reasons(case) == [NotYet.NOTHING_CHANGED]


def test_every_reason_comes_at_once() -> None:
    case = replace(
        FIRST,
        act=Act(action=Action.CORRECTED),
        is_author=False,
        is_stage_right=False,
        missing_fields=("ไม่มีชื่อเรื่อง",),
        screening_reasons=("เหลือข้อสังเกต",),
    )
    assert reasons(case) == [
        NotYet.NOT_AUTHOR,
        NotYet.WRONG_STAGE,
        NotYet.NOT_PUBLISHED,
        NotYet.NO_CHANGE_NOTE,
        NotYet.FIELD_MISSING,
        NotYet.SCREENING,
    ]


def test_a_reason_carries_the_sentence_of_another_app_unchanged() -> None:
    (blocker,) = submission_blockers(replace(FIRST, missing_fields=("ยังไม่มีชื่อเรื่อง โปรดกรอก",)))
    assert str(blocker) == "ยังไม่มีชื่อเรื่อง โปรดกรอก"


@pytest.mark.parametrize("name", [field.name for field in fields(Act)])
def test_the_hash_covers_everything_that_becomes_public(name: str) -> None:
    act = Act(action="corrected")
    assert submission_hash(replace(act, **{name: "x"})) != submission_hash(act)
    assert submission_hash(replace(act)) == submission_hash(act)


def test_the_number_that_the_gate_allots_does_not_change_what_was_approved() -> None:
    act = Act(action="published", content="c")
    assert submission_hash(replace(act, number="2569-00001")) == submission_hash(act)


TITLES = {"head": "หัวหน้าฝ่าย", "director": "ผู้อำนวยการ", "clerk": "ปลัด"}
HEAD, DIRECTOR = Step(("head",)), Step(("director",))
BOTH = Step(("head", "director"), quorum=2)


@pytest.mark.parametrize(
    ("steps", "holders", "found"),
    [
        ([HEAD, DIRECTOR], {"head": {1}, "director": {2}}, []),
        ([HEAD, DIRECTOR], {"head": {1}}, [(NotYet.VACANT, "ผู้อำนวยการ")]),
        ([HEAD, DIRECTOR], {}, [(NotYet.VACANT, "หัวหน้าฝ่าย"), (NotYet.VACANT, "ผู้อำนวยการ")]),
        ([HEAD], {"head": {9}}, [(NotYet.ONLY_CONTRIBUTORS, "หัวหน้าฝ่าย")]),
        ([HEAD], {"head": {9, 1}}, []),
        (
            [HEAD, DIRECTOR],
            {"head": {1}, "director": {1}},
            [(NotYet.ONE_FOR_TWO, "หัวหน้าฝ่าย, ผู้อำนวยการ")],
        ),
        ([HEAD, DIRECTOR], {"head": {1}, "director": {1, 2}}, []),
        (
            [BOTH],
            {"head": {1}, "director": {1}},
            [(NotYet.ONLY_CONTRIBUTORS, "หัวหน้าฝ่าย, ผู้อำนวยการ")],
        ),
        ([BOTH], {"head": {1}}, [(NotYet.VACANT, "หัวหน้าฝ่าย, ผู้อำนวยการ")]),
        ([BOTH], {"head": {1}, "director": {2}}, []),
    ],
)
def test_there_must_be_people_who_can_walk_the_whole_chain(
    steps: list[Step], holders: dict[str, set[int]], found: list[tuple[NotYet, str]]
) -> None:
    blockers = staffing_blockers(steps, holders, excluded={9}, titles=TITLES)
    assert [(blocker.code, blocker.detail) for blocker in blockers] == found


@pytest.mark.parametrize("code", [each for each in NotYet if str(each.label) != "{detail}"])
def test_every_sentence_says_what_why_and_what_to_do(code: NotYet) -> None:
    sentence = str(Blocker(code, "ทดสอบ"))
    assert sentence.startswith("ส่ง")
    assert ": " in sentence
    assert " — " in sentence
    assert "{" not in sentence


@pytest.mark.parametrize(
    ("action", "found"),
    [
        (Action.WITHDRAWN, [NotYet.POSTED_TOO_SHORT]),
        (Action.CONSOLIDATED, [NotYet.POSTED_TOO_SHORT]),
        (Action.CORRECTED, []),
        (Action.RECALLED, []),
    ],
)
def test_what_must_stay_posted_is_taken_down_only_by_a_recall(
    action: Action, found: list[NotYet]
) -> None:
    case = proposal(action, ItemState.CURRENT, posted_until=date(2026, 12, 1))

    assert reasons(case) == found
    assert ["1 ธันวาคม 2569" in blocker.detail for blocker in submission_blockers(case)] == [
        True for _ in found
    ]
