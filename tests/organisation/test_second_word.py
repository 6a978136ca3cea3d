"""An administrator alone gives nobody the power to approve or to administer."""

import pytest

from prongsai.organisation import actions, queries
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Post
from prongsai.organisation.refusals import CannotAppoint
from prongsai.organisation.states import AppointmentBlocker as Not
from prongsai.organisation.states import Capacity, RoleCode, Standing
from tests import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Actor:
    return factories.actor("admin", roles=[RoleCode.ADMINISTRATOR])


@pytest.fixture
def clerk() -> Actor:
    return factories.actor("clerk", roles=[RoleCode.APPROVER])


def proposed(by: Actor, role: str = RoleCode.APPROVER, **fields: object) -> Appointment:
    post = factories.post("mayor", roles=[role])
    wanted = Appointment(
        **({"person": factories.person(), "post": post, "from_date": TODAY} | fields)
    )
    return actions.appoint(appointment=wanted, by=by, at=NOW)


def settle(held: Appointment, by: Actor, *, agrees: bool = True, reason: str = "") -> None:
    actions.settle_appointment(appointment=held, agrees=agrees, reason=reason, by=by, at=NOW)


def refused(held: Appointment, by: Actor, **said: object) -> list[object]:
    with pytest.raises(CannotAppoint) as refusal:
        settle(held, by, **said)  # type: ignore[arg-type]  # the caller names them
    held.refresh_from_db()
    return [each.code for each in refusal.value.blockers]


@pytest.mark.parametrize("role", [RoleCode.APPROVER, RoleCode.ADMINISTRATOR])
def test_it_counts_once_a_second_person_has_said_so(
    administrator: Actor, clerk: Actor, role: str
) -> None:
    held = proposed(administrator, role)
    assert queries.posts_held(held.person, TODAY) == []
    settle(held, clerk)
    assert queries.posts_held(held.person, TODAY) == [held]
    assert [act.verb for act in Act.objects.order_by("id")] == ["appoint", "confirm_appointment"]


@pytest.mark.parametrize("role", [RoleCode.OFFICER, RoleCode.SCREENER, RoleCode.WEBMASTER])
def test_other_posts_take_one_person(administrator: Actor, role: str) -> None:
    assert proposed(administrator, role).standing == Standing.COUNTS


def test_what_is_refused_never_counts_and_leaves_the_post_free(
    administrator: Actor, clerk: Actor
) -> None:
    held = proposed(administrator)
    settle(held, clerk, agrees=False, reason="ไม่มีคำสั่งนี้")
    assert queries.posts_held(held.person, TODAY) == []
    assert refused(held, clerk) == [Not.SETTLED_ALREADY]
    again = proposed(administrator)
    settle(again, clerk)
    assert queries.posts_held(again.person, TODAY) == [again]


def test_nobody_settles_their_own_proposal_or_appointment(
    administrator: Actor, clerk: Actor
) -> None:
    person = factories.person()
    held = proposed(administrator, person=person)
    factories.appointment(person=person, post=Post.objects.get(code="clerk"), to_date=TODAY,
                          capacity=Capacity.ACTING, order_number="1/2569", order_date=TODAY)  # fmt: skip
    themselves = queries.actor_for(person, post_code="clerk", on=TODAY)
    assert refused(held, administrator) == [Not.OWN_WORD]
    assert refused(held, themselves) == [Not.OWN_WORD]
    assert held.standing == Standing.WAITING


@pytest.mark.parametrize("role", [RoleCode.OFFICER, RoleCode.WEBMASTER, RoleCode.AUDITOR])
def test_others_have_no_second_word(administrator: Actor, role: str) -> None:
    by = factories.actor("other", roles=[role])
    held = proposed(administrator)
    assert refused(held, by) == [Not.NOT_SECOND]
    assert refused(held, Actor.system("worker")) == [Not.NOT_SECOND]
    assert Act.objects.filter(verb="confirm_appointment", outcome="refused").count() == 2


def test_an_approver_of_one_division_or_with_a_limited_order_has_none(administrator: Actor) -> None:
    factories.post("director", unit=factories.unit("academic"), roles=[RoleCode.APPROVER])
    factories.post("clerk", roles=[RoleCode.APPROVER])
    deputy = factories.acting(post=Post.objects.get(code="clerk"), scope_kinds=["news"]).person
    held = proposed(administrator)
    assert refused(held, factories.actor("director")) == [Not.NOT_SECOND]
    assert refused(held, queries.actor_for(deputy, post_code="clerk", on=TODAY)) == [Not.NOT_SECOND]


def test_a_refusal_says_why(administrator: Actor, clerk: Actor) -> None:
    assert refused(proposed(administrator), clerk, agrees=False) == [Not.NO_REASON]


def test_a_second_administrator_opened_by_the_first_confirms_nothing(
    administrator: Actor, clerk: Actor
) -> None:
    """A shadow: the account is there, and counts for nothing until somebody else looked."""
    shadow = proposed(administrator, RoleCode.ADMINISTRATOR)
    other = factories.post("deputy", roles=[RoleCode.APPROVER])
    held = actions.appoint(
        appointment=Appointment(person=factories.person(), post=other, from_date=TODAY),
        by=administrator,
        at=NOW,
    )
    by = Actor(shadow.person_id, "เงา", "mayor", "นายก")
    assert refused(held, by) == [Not.NOT_SECOND]
