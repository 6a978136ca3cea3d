"""Alternates, posts that decide early, vacant posts, named remands, and who is told of it."""

from datetime import timedelta
from typing import Any

import pytest

from prongsai.approval import actions, queries
from prongsai.approval.chains import ABOVE, Plan
from prongsai.approval.models import Circulation, Decision, Submission
from prongsai.approval.queries import inbox
from prongsai.approval.refusals import CannotAcknowledge, CannotDecide, CannotSubmit
from prongsai.approval.states import DecisionBlocker as Not
from prongsai.approval.states import SubmissionBlocker, Verdict
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Person
from prongsai.organisation.refusals import Blocker
from prongsai.publication.queries import case
from prongsai.publication.rules import publication_blockers
from tests import factories as base
from tests.approval import chains, factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
HEAD, DIRECTOR, CLERK = Plan(("section-head",)), Plan(("division-head",)), Plan(("clerk",))


def say(submission: Submission, by: Actor, verdict: Verdict, **words: Any) -> Decision:
    return actions.decide(
        submission=submission,
        verdict=verdict,
        reason="ทบทวน" if verdict != Verdict.ENDORSE else "",
        content_hash_seen=submission.content_hash,
        by=by,
        at=NOW + timedelta(minutes=Decision.objects.count() + 1),
        **words,
    )


def refusals(submission: Submission, by: Actor, verdict: Verdict, **words: Any) -> set[Any]:
    with pytest.raises(CannotDecide) as refused:
        say(submission, by, verdict, **words)
    return {each.code for each in refused.value.blockers if isinstance(each, Blocker)}


def told(submission: Submission) -> set[tuple[str, str]]:
    return set(Circulation.objects.filter(submission=submission).values_list("post_code", "cause"))


def passes_the_gate(submission: Submission) -> bool:
    return publication_blockers(case(submission, at=NOW + timedelta(hours=1))) == []


def vacate(*codes: str) -> None:
    Appointment.objects.filter(post__code__in=codes).delete()


def person(people: People, code: str) -> Person:
    return Person.objects.get(pk=people[code].person_id)


def test_an_alternate_fills_the_seat_and_the_other_is_told(people: People) -> None:
    chains.counting(Plan(("mayor",), alternates=(("mayor", "deputy-clerk"),)))
    submission = factories.submitted(people)
    assert {code: len(inbox(person(people, code), TODAY).to_decide) for code in ("mayor", "clerk")}
    say(submission, people["deputy-clerk"], Verdict.ENDORSE)
    assert submission.state == "approved"
    assert told(submission) == {("mayor", "other_decided")}
    assert passes_the_gate(submission)


def test_a_post_does_not_sign_beside_its_alternate(people: People) -> None:
    plan = Plan(("mayor", "clerk"), quorum=2, alternates=(("mayor", "deputy-clerk"),))
    chains.counting(plan)
    submission = factories.submitted(people)
    say(submission, people["deputy-clerk"], Verdict.ENDORSE)
    assert refusals(submission, people["mayor"], Verdict.ENDORSE) == {Not.POST_DECIDED}
    assert inbox(person(people, "mayor"), TODAY).to_decide == ()


def test_a_post_that_may_pulls_the_matter_up(people: People) -> None:
    chains.counting(HEAD, DIRECTOR, Plan(("clerk",), pulls_up=True))
    submission = factories.submitted(people)
    assert inbox(person(people, "clerk"), TODAY).to_decide == ()
    made = say(submission, people["clerk"], Verdict.ENDORSE)
    assert (made.step, made.passing, made.from_step) == (2, "pulled_up", 0)
    assert told(submission) == {("head", "passed_over"), ("director", "passed_over")}
    assert (submission.state, submission.step) == ("approved", 2)
    assert passes_the_gate(submission)


def test_the_gate_asks_whether_the_chain_allowed_to_pull_up(people: People) -> None:
    chains.counting(HEAD, Plan(("clerk",), pulls_up=True))
    submission = factories.submitted(people)
    say(submission, people["clerk"], Verdict.ENDORSE)
    submission.steps[1].pop("pulls_up")
    assert not passes_the_gate(submission)


def test_nobody_pulls_up_who_may_not_or_sends_others_about(people: People) -> None:
    chains.counting(HEAD, DIRECTOR, Plan(("clerk",), pulls_up=True), Plan(("mayor",)))
    submission = factories.submitted(people)
    assert refusals(submission, people["mayor"], Verdict.ENDORSE) == {Not.NOT_THEIR_TURN}
    say(submission, people["head"], Verdict.ENDORSE)
    assert refusals(submission, people["clerk"], Verdict.REMAND_ONE_STEP) == {Not.NOT_THEIR_TURN}
    say(submission, people["clerk"], Verdict.REMAND_TO_START)
    assert submission.state == "remanded"


def test_after_a_remand_the_passed_steps_are_asked(people: People) -> None:
    chains.counting(HEAD, DIRECTOR, Plan(("clerk",), pulls_up=True), Plan(("mayor",)))
    submission = factories.submitted(people)
    say(submission, people["clerk"], Verdict.ENDORSE)
    assert submission.step == 3
    say(submission, people["mayor"], Verdict.REMAND_ONE_STEP)
    assert (submission.step, submission.round) == (0, 2)


def test_a_remand_to_a_named_step_starts_again_from_there(people: People) -> None:
    chains.counting(HEAD, DIRECTOR, CLERK)
    submission = factories.submitted(people)
    say(submission, people["head"], Verdict.ENDORSE)
    say(submission, people["director"], Verdict.ENDORSE)
    for wrong in (None, 2, 7):
        found = refusals(submission, people["clerk"], Verdict.REMAND_TO_STEP, to_step=wrong)
        assert found == {Not.NO_SUCH_STEP}
    made = say(submission, people["clerk"], Verdict.REMAND_TO_STEP, to_step=0)
    assert (made.to_step, submission.step, submission.round) == (0, 0, 2)
    for code in ("head", "director", "clerk"):
        say(submission, people[code], Verdict.ENDORSE)
    assert passes_the_gate(submission)


def test_for_a_vacant_post_the_next_higher_steps_in(people: People) -> None:
    chains.counting(Plan(("section-head",)), Plan(("division-head",), stand_in=ABOVE))
    vacate("director")
    submission = factories.submitted(people)
    say(submission, people["head"], Verdict.ENDORSE)
    assert inbox(person(people, "deputy-clerk"), TODAY).to_decide == (submission,)
    assert refusals(submission, people["clerk"], Verdict.ENDORSE) == {Not.NOT_THEIR_TURN}
    made = say(submission, people["deputy-clerk"], Verdict.ENDORSE)
    assert (made.post_code, made.for_post, made.for_post_title) == (
        "deputy-clerk",
        "director",
        "ผู้อำนวยการกอง",
    )
    assert passes_the_gate(submission)


def test_a_stand_in_leaves_the_post_when_it_is_filled(people: People) -> None:
    chains.counting(Plan(("division-head",), stand_in="clerk"))
    submission = factories.submitted(people)
    assert refusals(submission, people["clerk"], Verdict.ENDORSE) == {Not.NOT_THEIR_TURN}
    say(submission, people["director"], Verdict.ENDORSE)
    assert submission.state == "approved"


def test_a_vacant_step_whose_stand_in_comes_later_is_passed(people: People) -> None:
    chains.counting(Plan(("division-head",), stand_in=ABOVE), Plan(("deputy-clerk",)))
    vacate("director")
    submission = factories.submitted(people)
    assert inbox(person(people, "deputy-clerk"), TODAY).to_decide == (submission,)
    made = say(submission, people["deputy-clerk"], Verdict.ENDORSE)
    assert (made.step, made.passing, submission.state) == (1, "vacant", "approved")
    assert told(submission) == set()
    assert passes_the_gate(submission)


def test_without_a_rule_a_vacant_post_stops_the_sending(people: People) -> None:
    vacate("director")
    with pytest.raises(CannotSubmit) as refused:
        factories.submitted(people)
    assert [each.code for each in refused.value.blockers if isinstance(each, Blocker)] == [
        SubmissionBlocker.VACANT
    ]


def test_those_who_are_to_know_are_told_once_and_hold_up_nothing(people: People) -> None:
    chains.counting(HEAD, informed=["mayor", "division-head"])
    submission = factories.submitted(people)
    say(submission, people["head"], Verdict.ENDORSE)
    assert submission.state == "approved"
    (row,) = inbox(person(people, "mayor"), TODAY).to_acknowledge
    with pytest.raises(CannotAcknowledge):
        actions.acknowledge(circulation=row, by=people["head"], at=NOW)
    for _twice in range(2):
        actions.acknowledge(circulation=row, by=people["mayor"], at=NOW)
    assert row.acknowledged_by_id == people["mayor"].person_id
    assert inbox(person(people, "mayor"), TODAY).to_acknowledge == ()
    assert told(submission) == {("mayor", "for_information"), ("director", "for_information")}


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        ({}, True),
        ({"scope_kinds": ["news"]}, True),
        ({"scope_kinds": ["law"]}, False),
        ({"scope_units": ["academic"]}, True),
        ({"scope_units": ["city"], "scope_kinds": ["news"]}, True),
        ({"scope_units": ["treasury"]}, False),
    ],
)
def test_an_acting_order_reaches_as_far_as_it_says(
    people: People, scope: dict[str, list[str]], *, may: bool
) -> None:
    submission = factories.submitted(people)
    deputy = base.acting(post=base.post("head"), **scope).person
    assert queries.deciding_posts(deputy, submission, TODAY) == ["head"] * may
    assert (inbox(deputy, TODAY).to_decide == (submission,)) is may
    assert (queries.may_decide(deputy, submission, TODAY) == []) is may
    if not may:
        actor = Actor(deputy.pk, "", "head", "หัวหน้าฝ่าย")
        assert refusals(submission, actor, Verdict.ENDORSE) == {Not.OUT_OF_SCOPE}


def test_an_acting_person_stands_for_one_post_of_a_chain(people: People) -> None:
    chains.counting(HEAD, Plan(("division-head",), stand_in="head"))
    vacate("director")
    base.acting(post=base.post("head"))
    submission = factories.submitted(people)
    say(submission, people["head"], Verdict.ENDORSE)
    # The same word of the same person is a double click, and fills no second step.
    say(submission, people["head"], Verdict.ENDORSE)
    assert (submission.state, submission.decisions.count()) == ("under_way", 1)
