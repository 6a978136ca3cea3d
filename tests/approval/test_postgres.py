"""Deciding on PostgreSQL, where rows are locked: two people at the same moment, and one who clicks twice."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from prongsai.approval import actions
from prongsai.approval.chains import Plan
from prongsai.approval.models import ChainConfirmation, ChainVersion, Decision, Submission
from prongsai.approval.queries import said, steps_of
from prongsai.approval.refusals import CannotChangeChain, CannotDecide
from prongsai.approval.states import SubmissionState, Verdict
from prongsai.approval.walking import place_of
from prongsai.organisation.actors import Actor
from prongsai.organisation.queries import first_broken_act
from prongsai.organisation.refusals import CannotAct
from tests.approval import chains, factories
from tests.at_once import Town, town_on
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.postgres
HANDS = 5
People = dict[str, Actor]


@pytest.fixture
def town(postgres_url: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    with django_db_blocker.unblock(), town_on(postgres_url) as made:
        yield made


@pytest.fixture
def people(town: Town) -> People:
    return factories.line()


def deciding(
    submission: Submission, by: Actor, verdict: Verdict = Verdict.ENDORSE
) -> Callable[[], Decision]:
    """By somebody who has the page as it is now open."""
    seen, page = submission.content_hash, Submission.objects.get(pk=submission.pk)
    return lambda: actions.decide(
        submission=page, verdict=verdict, reason="แก้ยอด", content_hash_seen=seen, by=by, at=NOW
    )


def stands_where_its_words_say(submission: Submission) -> bool:
    place = place_of(steps_of(submission), said(submission.decisions.all()))
    is_through = place == len(submission.steps)
    return (submission.state == SubmissionState.APPROVED) == is_through and (
        is_through or submission.step == place
    )


def test_two_posts_of_one_step_sign_at_once_and_both_count(town: Town, people: People) -> None:
    chains.counting(Plan(("head", "director"), quorum=2))
    submission = factories.submitted(people)
    hands = [deciding(submission, people[code]) for code in ("head", "director")]

    town.at_once(hands, told=CannotDecide)

    submission.refresh_from_db()
    assert submission.state == SubmissionState.APPROVED
    assert sorted(submission.decisions.values_list("post_code", flat=True)) == ["director", "head"]
    assert first_broken_act() is None


def test_a_click_that_comes_five_times_is_one_decision(town: Town, people: People) -> None:
    submission = factories.submitted(people)

    made = town.at_once([deciding(submission, people["head"])] * HANDS, told=CannotDecide)

    submission.refresh_from_db()
    assert {each.pk for each in made} == {Decision.objects.get().pk}
    assert submission.step == 1


def test_of_yes_and_no_at_once_both_are_kept_and_it_stands_where_they_say(
    town: Town, people: People
) -> None:
    chains.counting(Plan(("head", "director"), quorum=2))
    submission = factories.submitted(people)
    hands = [
        deciding(submission, people["head"]),
        deciding(submission, people["director"], Verdict.REMAND_TO_START),
    ]

    answers = town.at_once(hands, told=CannotDecide)

    submission.refresh_from_db()
    assert submission.state == SubmissionState.REMANDED
    kept = [each for each in answers if isinstance(each, Decision)]
    assert len(kept) == submission.decisions.count()
    assert not isinstance(answers[1], CannotDecide)


def test_taken_back_and_signed_at_once_it_is_one_of_the_two(town: Town, people: People) -> None:
    submission = factories.submitted(people)
    page = Submission.objects.get(pk=submission.pk)
    hands = [
        lambda: actions.take_back(submission=page, by=people["officer"], at=NOW, reason="ผิด"),
        deciding(submission, people["head"]),
    ]

    town.at_once(hands, told=CannotAct)

    submission.refresh_from_db()
    submission.disclosure.refresh_from_db()
    assert submission.state == SubmissionState.RECALLED
    assert submission.disclosure.stage == "writing"


def test_two_administrators_never_make_the_same_version(town: Town, people: People) -> None:
    keepers = chains.keepers()
    wishes = [
        partial(
            actions.propose_chain,
            version=chains.version(Plan((post,))),
            base_number=0,
            by=by,
            at=NOW,
        )
        for post, by in zip(("clerk", "mayor"), keepers, strict=True)
    ]

    answers = town.at_once(wishes, told=CannotChangeChain)

    assert [type(each) for each in answers].count(ChainVersion) == 1
    assert list(ChainVersion.objects.filter(code="news").values_list("number", flat=True)) == [1]


def test_confirmed_and_refused_at_once_a_version_has_one_fate(town: Town, people: People) -> None:
    first, second = chains.keepers()
    version = chains.proposed(first, Plan(("clerk",)), from_date=TODAY)
    hands = [
        partial(actions.confirm_chain, version=version, by=second, at=NOW),
        partial(
            actions.refuse_chain, version=version, reason="ยังไม่ถึงเวลา", by=people["mayor"], at=NOW
        ),
    ]

    answers = town.at_once(hands, told=CannotChangeChain)

    assert [type(each) for each in answers].count(ChainConfirmation) == 1
    assert ChainConfirmation.objects.filter(version=version).count() == 1
