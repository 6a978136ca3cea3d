"""Clicks that come twice, late or from two people; and what each decision leaves in its row and in the trail."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from prongsai.approval import actions, queries
from prongsai.approval.models import Decision, Submission
from prongsai.approval.refusals import CannotDecide, CannotTakeBack
from prongsai.approval.states import DecisionBlocker as Not
from prongsai.approval.states import SubmissionState, Verdict
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person, Post
from prongsai.organisation.queries import actor_for
from tests import factories as base
from tests.approval import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
ENDORSE, BACK, START = Verdict.ENDORSE, Verdict.REMAND_ONE_STEP, Verdict.REMAND_TO_START


def decide(submission: Submission, by: Actor, verdict: str = ENDORSE, **changes: Any) -> Decision:
    wishes = {"content_hash_seen": submission.content_hash, "at": NOW, "reason": ""} | changes
    return actions.decide(submission=submission, verdict=verdict, by=by, **wishes)


def refused(submission: Submission, by: Actor, verdict: str = ENDORSE, **wishes: Any) -> list[Any]:
    with pytest.raises(CannotDecide) as refusal:
        decide(submission, by, verdict, **wishes)
    return [blocker.code for blocker in refusal.value.blockers]


def test_a_decision_is_about_its_own_submission_only(people: People) -> None:
    first, second = factories.submitted(people), factories.submitted(people)
    decide(second, people["head"])
    first.refresh_from_db()
    assert (first.step, second.step) == (0, 1)
    assert not first.decisions.exists()
    first.disclosure.refresh_from_db()
    assert first.disclosure.stage == Stage.DECIDING


def test_the_whole_row_of_a_decision(people: People) -> None:
    submission = factories.submitted(people)
    made = decide(submission, people["head"], at=NOW + timedelta(minutes=3))
    row = Decision.objects.values().get(pk=made.pk)
    assert row == {
        "id": made.pk,
        "submission_id": submission.pk,
        "step": 0,
        "round": 1,
        "post_code": "head",
        "post_title": "หัวหน้าฝ่าย",
        "person_id": people["head"].person_id,
        "capacity": "substantive",
        "acting_order": "",
        "verdict": "endorse",
        "for_post": "",
        "for_post_title": "",
        "passing": "",
        "from_step": None,
        "to_step": None,
        "reason": "",
        "content_hash": submission.content_hash,
        "at": NOW + timedelta(minutes=3),
    }


@pytest.mark.parametrize(
    ("verdict", "reason"), [(ENDORSE, ""), (ENDORSE, "เห็นด้วย"), (START, "แก้ยอดเงิน")]
)
def test_a_decision_is_recorded_with_verdict_step_and_content(
    people: People, verdict: Verdict, reason: str
) -> None:
    submission = factories.submitted(people)
    decide(submission, people["head"], verdict, reason=reason)
    act = Act.objects.get(verb="decide")
    assert (act.subject, act.reason, act.outcome) == (submission.subject, reason, "done")
    assert act.details == {
        "verdict": verdict.value,
        "step": 0,
        "round": 1,
        "content_hash": submission.content_hash,
    }


def test_the_second_round_is_counted_in_rows_and_trail(people: People) -> None:
    submission = factories.submitted(people)
    decide(submission, people["head"])
    decide(submission, people["director"], BACK, reason="ทบทวน")
    decide(submission, people["head"])
    assert [(each.step, each.round) for each in submission.decisions.all()] == [
        (0, 1),
        (1, 1),
        (0, 2),
    ]
    newest = Act.objects.filter(verb="decide").first()
    assert newest is not None
    assert newest.details["round"] == 2


@pytest.mark.parametrize("reason", ["", "  ", "\n", "\u200b", "\u202e", "\ufeff \u2060"])
@pytest.mark.parametrize("verdict", [START, BACK])
def test_a_remand_needs_a_reason_that_can_be_read(
    people: People, verdict: Verdict, reason: str
) -> None:
    submission = factories.submitted(people)
    decide(submission, people["head"])
    assert refused(submission, people["director"], verdict, reason=reason) == [Not.NO_REASON]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  แก้ยอด\r\nหน้า ๒  ", "แก้ยอด\nหน้า ๒"),
        ("\u202eกลับด้าน", "กลับด้าน"),
        ("ตัด\x00ขาด", "ตัดขาด"),
        ("ก" * 20_000, "ก" * 20_000),
    ],
)
def test_a_reason_is_kept_as_it_reads(people: People, typed: str, kept: str) -> None:
    made = decide(factories.submitted(people), people["head"], START, reason=typed)
    made.refresh_from_db()
    assert made.reason == kept


def test_a_verdict_that_does_not_exist_changes_nothing(people: People) -> None:
    submission = factories.submitted(people)
    with pytest.raises(ValueError, match="approve"):
        decide(submission, people["head"], "approve")
    submission.refresh_from_db()
    assert (submission.state, Decision.objects.count()) == (SubmissionState.UNDER_WAY, 0)


def test_a_double_click_after_the_next_step_still_finds_the_endorsement(people: People) -> None:
    submission = factories.submitted(people)
    first = decide(submission, people["head"])
    decide(submission, people["director"])
    assert decide(submission, people["head"]) == first
    assert Decision.objects.count() == 2


def test_an_endorsement_that_a_remand_undid_is_no_longer_repeated(people: People) -> None:
    submission = factories.submitted(people)
    first = decide(submission, people["head"])
    decide(submission, people["director"], BACK, reason="ทบทวน")
    second = decide(submission, people["head"])
    assert (second == first, submission.step) == (False, 1)


def test_a_remand_is_not_repeated_once_something_else_was_said(people: People) -> None:
    submission = factories.submitted(people)
    decide(submission, people["head"])
    decide(submission, people["director"], BACK, reason="ทบทวน")
    decide(submission, people["head"])
    again = decide(submission, people["director"], BACK, reason="ทบทวนอีก")
    assert (again.round, again.reason) == (2, "ทบทวนอีก")


def test_another_verdict_is_not_taken_for_a_second_click(people: People) -> None:
    submission = factories.submitted(people, urgency="urgent")
    decide(submission, people["director"])
    found = refused(submission, people["director"], START, reason="เปลี่ยนใจ")
    assert Not.NOT_UNDER_WAY in found
    assert submission.state == SubmissionState.APPROVED


def test_an_old_page_is_not_taken_for_a_second_click(people: People) -> None:
    submission = factories.submitted(people)
    decide(submission, people["head"])
    found = refused(submission, people["head"], content_hash_seen="0" * 64)
    assert Not.OTHER_CONTENT in found


def test_somebody_else_in_the_same_post_is_not_taken_for_a_second_click(people: People) -> None:
    submission = factories.submitted(people)
    decide(submission, people["head"])
    held = base.acting(post=base.post("head"))
    by = actor_for(held.person, post_code="head", on=TODAY)
    assert Not.NOT_THEIR_TURN in refused(submission, by)


def test_the_same_person_in_another_post_is_not_taken_for_a_second_click(people: People) -> None:
    submission = factories.submitted(people)
    decide(submission, people["head"])
    head = Person.objects.get(pk=people["head"].person_id)
    base.acting(person=head, post=base.post("director"))
    by = actor_for(head, post_code="director", on=TODAY)
    assert refused(submission, by) == [Not.DECIDED_ALREADY]


def test_after_an_approval_everybody_else_is_told_that_it_is_over(people: People) -> None:
    submission = factories.approved(people)
    for code in ("deputy-clerk", "clerk", "mayor"):
        assert Not.NOT_UNDER_WAY in refused(submission, people[code])
    assert queries.open_submission(submission.disclosure) == submission


def test_an_approval_moves_its_disclosure_and_says_so(people: People) -> None:
    submission = factories.approved(people)
    submission.disclosure.refresh_from_db()
    assert submission.disclosure.stage == Stage.APPROVED
    moved = Act.objects.filter(verb="move_stage").first()
    assert moved is not None
    assert moved.details == {"from": "deciding", "to": "approved"}


def test_a_decision_writes_only_what_it_changes(people: People) -> None:
    """A page that was opened earlier must not carry old values of other columns back into the row."""
    submission = factories.submitted(people)
    stale = Submission.objects.get(pk=submission.pk)
    Submission.objects.filter(pk=submission.pk).update(refusal="ข้อความจากที่อื่น")
    decide(stale, people["head"])
    assert Submission.objects.get(pk=submission.pk).refusal == "ข้อความจากที่อื่น"


# In which state who may endorse a submission that has just been sent.
MAY_ENDORSE = {
    "under_way": ["head"],
    "approved": [],
    "remanded": [],
    "recalled": [],
    "published": [],
    "refused": [],
    "stopped": [],
}


@pytest.mark.parametrize("state", SubmissionState.values)
def test_in_every_state_only_the_post_whose_turn_it_is_may_endorse(
    people: People, state: str
) -> None:
    submission = factories.submitted(people)
    Submission.objects.update(state=state)
    submission.refresh_from_db()
    found = {
        code: queries.may_decide(Person.objects.get(pk=by.person_id), submission, TODAY)
        for code, by in people.items()
    }
    assert [code for code, blockers in found.items() if not blockers] == MAY_ENDORSE[state]
    told = {code: Not.NOT_UNDER_WAY in [each.code for each in found[code]] for code in found}
    assert set(told.values()) == {state != "under_way"}


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (state, state == SubmissionState.UNDER_WAY)
        for state in SubmissionState
        if state != "recalled"
    ],
)
def test_in_every_state_taking_back_is_allowed_only_under_way(
    people: People, state: SubmissionState, may: bool
) -> None:
    submission = factories.submitted(people)
    Submission.objects.update(state=state)
    if may:
        actions.take_back(submission=submission, by=people["officer"], at=NOW)
    else:
        with pytest.raises(CannotTakeBack):
            actions.take_back(submission=submission, by=people["officer"], at=NOW)
    submission.refresh_from_db()
    assert submission.state == (SubmissionState.RECALLED if may else state)


def test_an_officer_of_the_unit_may_take_back_what_a_colleague_sent(people: People) -> None:
    submission = factories.submitted(people)
    type(base.post("officer-2", unit=base.unit("plan"))).objects.get(code="officer-2").roles.set(
        Post.objects.get(code="officer").roles.all()
    )
    actions.take_back(submission=submission, by=base.actor("officer-2"), at=NOW)
    assert submission.state == SubmissionState.RECALLED


@pytest.mark.parametrize("action", ["withdrawn", "recalled"])
def test_the_database_refuses_a_withdrawal_without_words(people: People, action: str) -> None:
    submission = factories.submitted(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(action=action)


@pytest.mark.parametrize("action", ["corrected", "consolidated"])
def test_the_database_refuses_a_correction_without_note_and_a_redirect_without_target(
    people: People, action: str
) -> None:
    submission = factories.submitted(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(action=action)


def test_the_database_refuses_a_remand_without_reason_and_a_second_word_of_a_post(
    people: People,
) -> None:
    made = decide(factories.submitted(people), people["head"])
    columns = {
        name: value
        for name, value in Decision.objects.values().get(pk=made.pk).items()
        if name != "id"
    }
    for change in ({"verdict": START, "step": 1}, {"verdict": ENDORSE, "reason": "อีกครั้ง"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(**(columns | change))


def test_rows_are_called_by_what_people_know_of_them(people: People) -> None:
    submission = factories.submitted(people)
    decision = decide(submission, people["head"])
    assert str(decision) == "หัวหน้าฝ่าย: endorse"
    assert str(submission) == f"published {submission.disclosure_id}"
