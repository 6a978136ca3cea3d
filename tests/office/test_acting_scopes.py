"""Whoever stands in for some units or kinds alone sees what they may decide there, and nothing that they may not."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from prongsai.approval import actions as approval
from prongsai.approval.models import Circulation
from prongsai.notices import actions as notices
from prongsai.office.desk import desk_for
from prongsai.office.inbox import inbox_lists
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person, Post
from prongsai.organisation.queries import actor_for
from prongsai.organisation.refusals import CannotAct
from prongsai.publication.recalls import sets
from prongsai.screening.actions import decide_finding, screen, submit_for_screening
from prongsai.screening.models import Finding
from tests import factories as base
from tests.approval import chains
from tests.approval.factories import draft, endorse, submitted
from tests.factories import NOW, TODAY
from tests.notices.factories import awaiting, ended
from tests.office.conftest import SignIn, signed_in
from tests.publication.factories import LATER
from tests.publication.recalls.factories import leaked
from tests.publication.recalls.test_sets import proposed, sign

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
Act = Callable[[Actor], Any]

# What an order says, and whether it reaches news of the section `plan`.
SCOPES = [
    pytest.param({}, True, id="all"),
    pytest.param({"scope_kinds": ["news"]}, True, id="the kind"),
    pytest.param({"scope_kinds": ["law", "news"]}, True, id="two kinds"),
    pytest.param({"scope_units": ["academic"]}, True, id="the division above"),
    pytest.param({"scope_kinds": ["news"], "scope_units": ["plan"]}, True, id="kind and unit"),
    pytest.param({"scope_kinds": ["procurement"]}, False, id="another kind"),
    pytest.param({"scope_units": ["treasury"]}, False, id="another unit"),
    pytest.param({"scope_kinds": ["news"], "scope_units": ["treasury"]}, False, id="kind alone"),
]


@dataclass(frozen=True)
class Case:
    """A list of the inbox, the post that is asked there, and the act that answers it."""

    shown_in: str
    post: str
    prepare: Callable[[People], Act]


def submission(people: People) -> Act:
    waiting = submitted(people)
    return lambda by: endorse(waiting, by)


def circulation(people: People) -> Act:
    first, second = chains.keepers()
    made = chains.proposed(first, chains.Plan(("head",)), informed=["mayor"])
    approval.confirm_chain(version=made, by=second, at=NOW)
    endorse(submitted(people), people["head"])
    row = Circulation.objects.get()
    return lambda by: approval.acknowledge(circulation=row, by=by, at=NOW)


def finding(people: People) -> Act:
    work = draft(people["officer"], summary="โทรมือถือ 081-234-5678")
    submit_for_screening(disclosure=work, by=people["officer"], at=NOW)
    found = Finding.objects.filter(detector="phone").first() or Finding.objects.get()
    words = {"verdict": "not_applicable", "reason": "เบอร์กลาง"}
    return lambda by: decide_finding(finding=found, by=by, at=NOW, **words)


def notice(people: People) -> Act:
    waiting = awaiting(people)
    return lambda by: notices.approve(wording=waiting, seen=waiting.hash, by=by, at=NOW)


def look_back(people: People) -> Act:
    over, texts = ended(people), {"review_effect": "ทันเวลา", "review_lesson": "เพิ่มป้าย"}
    return lambda by: notices.review(notice=over, texts=texts, by=by, at=NOW)


def recall_set(people: People) -> Act:
    wish = proposed(people, leaked(people))
    while sets.carry_on(at=LATER):
        pass
    wish.refresh_from_db()
    return lambda by: sign(wish, by)


def to_write(people: People) -> Act:
    work = draft(people["officer"])
    screen(disclosure=work, by=people["officer"], at=NOW)
    return lambda by: approval.submit(disclosure=work, action="published", by=by, at=NOW)


CASES = [
    pytest.param(Case("to-decide", "head", submission), id="submission"),
    pytest.param(Case("to-acknowledge", "mayor", circulation), id="circulation"),
    pytest.param(Case("to-screen", "screener", finding), id="finding"),
    pytest.param(Case("notices", "director", notice), id="notice"),
    pytest.param(Case("notices", "clerk", look_back), id="look back"),
    pytest.param(Case("to-decide", "director", recall_set), id="recall set"),
    pytest.param(Case("to-write", "officer", to_write), id="draft"),
]


@pytest.fixture(autouse=True)
def notice_file(settings: Any, tmp_path: Path) -> None:
    settings.NOTICE_FILE = tmp_path / "notices" / "live.json"


def stand_in(code: str, scope: dict[str, list[str]]) -> tuple[Person, Actor]:
    held = base.acting(post=Post.objects.get(code=code), **scope)
    return held.person, actor_for(held.person, post_code=code, on=TODAY)


def lengths(person: Person) -> dict[str, int]:
    desk = desk_for(person, chosen_code="", on=TODAY)
    return {each.key: len(each.rows) for each in inbox_lists(desk, at=NOW)}


def is_accepted(act: Act, by: Actor) -> bool:
    try:
        act(by)
    except CannotAct:
        return False
    return True


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("scope", "reaches"), SCOPES)
def test_a_list_shows_what_an_order_lets_decide_and_nothing_else(
    people: People, case: Case, scope: dict[str, list[str]], *, reaches: bool
) -> None:
    act = case.prepare(people)
    person, by = stand_in(case.post, scope)
    assert lengths(person).get(case.shown_in, 0) == int(reaches)
    assert is_accepted(act, by) is reaches


@pytest.mark.parametrize(("scope", "reaches"), SCOPES)
def test_a_door_opens_as_far_as_an_order_reaches(
    people: People, sit: SignIn, scope: dict[str, list[str]], *, reaches: bool
) -> None:
    work = draft(people["officer"])
    person, _by = stand_in("officer", scope)
    answer = signed_in(person).get(reverse("write", kwargs={"ref": work.ref}))
    assert answer.status_code == (200 if reaches else 403)


@pytest.mark.parametrize("scope", [{}, {"scope_kinds": ["news"]}, {"scope_units": ["city"]}])
def test_only_an_order_without_limits_confirms_chains(
    people: People, scope: dict[str, list[str]]
) -> None:
    first, _second = chains.keepers()
    made = chains.proposed(first, chains.Plan(("clerk",)))
    person, by = stand_in("clerk", scope)
    assert lengths(person).get("to-confirm", 0) == int(not scope)
    assert is_accepted(lambda who: approval.confirm_chain(version=made, by=who, at=NOW), by) is (
        not scope
    )


def test_whoever_took_part_is_not_asked_to_look_back(people: People) -> None:
    """The director who agreed holds the clerk's post for a while, too."""
    director = Person.objects.get(pk=people["director"].person_id)
    base.acting(post=Post.objects.get(code="clerk"), person=director)
    ended(people)
    assert lengths(director).get("notices", 0) == 0
