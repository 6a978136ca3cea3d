"""Bundles on PostgreSQL, where several hands really reach for the same rows at once."""

from collections.abc import Iterator
from typing import Any

import pytest

from prongsai.approval.bundles import actions
from prongsai.approval.models import BundleMember, Decision, Sending, Submission
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.organisation.queries import first_broken_act
from prongsai.organisation.refusals import CannotAct
from prongsai.screening.actions import screen
from tests.approval import factories
from tests.at_once import Town, town_on
from tests.factories import NOW
from tests.publication import bundles

pytestmark = pytest.mark.postgres
HANDS = 4
People = dict[str, Actor]


@pytest.fixture(scope="module")
def town(postgres_url: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    with django_db_blocker.unblock(), town_on(postgres_url) as made:
        yield made


@pytest.fixture(scope="module")
def people(town: Town) -> People:
    return factories.line()


def drafts(people: People) -> list[Disclosure]:
    made = [factories.draft(people["officer"], title=f"ร่างที่ {n}") for n in (1, 2)]
    for each in made:
        screen(disclosure=each, by=people["officer"], at=NOW)
    return made


def test_of_two_bundles_that_want_the_same_draft_at_once_one_gets_it(
    town: Town, people: People
) -> None:
    works = drafts(people)
    answers = town.at_once([lambda: bundles.opened(people, works)] * HANDS, told=CannotAct)
    assert sum(not isinstance(each, CannotAct) for each in answers) == 1
    assert BundleMember.objects.filter(is_open=True, disclosure__in=works).count() == 2
    assert first_broken_act() is None


def test_a_bundle_that_many_send_at_once_is_sent_once(town: Town, people: People) -> None:
    bundle = bundles.opened(people, drafts(people))
    answers = town.at_once([lambda: bundles.resent(people, bundle)] * HANDS, told=CannotAct)
    assert not any(isinstance(each, CannotAct) for each in answers)
    assert Sending.objects.filter(bundle=bundle).count() == 1
    assert Submission.objects.filter(sending__bundle=bundle).count() == 2


def test_a_tap_that_comes_many_times_at_once_counts_once_for_each_member(
    town: Town, people: People
) -> None:
    sending = bundles.sent(people, drafts(people))
    town.at_once([lambda: bundles.say(sending, people["head"])] * HANDS, told=CannotAct)
    assert Decision.objects.filter(submission__sending=sending).count() == 2
    assert {each.step for each in bundles.rows(sending)} == {1}


def test_a_bundle_is_taken_back_whole_or_decided_whole(town: Town, people: People) -> None:
    sending = bundles.sent(people, drafts(people))
    town.at_once(
        [
            lambda: bundles.say(sending, people["head"]),
            lambda: actions.take_back_bundle(bundle=sending.bundle, by=people["officer"], at=NOW),
        ],
        told=CannotAct,
    )
    standing = {(each.state, each.step) for each in bundles.rows(sending)}
    assert len(standing) == 1


def test_two_bundles_that_are_sent_at_once_do_not_wait_for_each_other_for_ever(
    town: Town, people: People
) -> None:
    made = [bundles.opened(people, drafts(people)[::step]) for step in (1, -1)]
    acts = [lambda each=each: bundles.resent(people, each) for each in made]
    answers = town.at_once(acts, told=CannotAct)
    assert not any(isinstance(each, CannotAct) for each in answers)
