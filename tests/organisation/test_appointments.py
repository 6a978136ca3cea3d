"""Who may come to hold a post, what follows from it, and what ends with it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from prongsai.organisation import actions, queries
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment
from prongsai.organisation.refusals import CannotAppoint, HoldsNoPost
from prongsai.organisation.rules import Period, appointing_blockers, appointment_blockers
from prongsai.organisation.states import AppointmentBlocker as Blocked
from prongsai.organisation.states import Capacity, RoleCode
from tests import factories
from tests.factories import NOW, TODAY

HELD = Period("ก", Capacity.SUBSTANTIVE, "", None, date(2026, 1, 1), date(2026, 6, 30))
OTHER = replace(HELD, person="ข")
STANDS_IN = replace(
    OTHER, capacity=Capacity.ACTING, order_number="7/2569", order_date=date(2025, 12, 1)
)


@pytest.mark.parametrize(
    ("wanted", "reasons"),
    [
        (replace(OTHER, from_date=date(2026, 7, 1), to_date=None), []),
        (replace(OTHER, from_date=date(2025, 1, 1), to_date=date(2025, 12, 31)), []),
        (replace(OTHER, from_date=date(2026, 6, 30), to_date=None), [Blocked.POST_IS_HELD]),
        (replace(OTHER, from_date=date(2025, 1, 1), to_date=None), [Blocked.POST_IS_HELD]),
        (OTHER, [Blocked.POST_IS_HELD]),
        (HELD, [Blocked.HOLDS_IT_ALREADY]),
        (STANDS_IN, []),
        (replace(STANDS_IN, capacity=Capacity.ON_DUTY), []),
        (replace(STANDS_IN, order_number=""), [Blocked.NO_ORDER]),
        (replace(STANDS_IN, order_date=None), [Blocked.NO_ORDER]),
        (replace(OTHER, to_date=date(2025, 1, 1)), [Blocked.ENDS_BEFORE_IT_BEGINS]),
    ],
)
def test_an_appointment_beside_another(wanted: Period, reasons: list[Blocked]) -> None:
    assert [blocker.code for blocker in appointment_blockers(wanted, [HELD])] == reasons


def test_all_reasons_come_at_once() -> None:
    wanted = replace(HELD, capacity=Capacity.ACTING)
    assert [blocker.code for blocker in appointment_blockers(wanted, [HELD])] == [
        Blocked.NO_ORDER,
        Blocked.HOLDS_IT_ALREADY,
    ]


@pytest.mark.parametrize(
    ("machine", "administrator", "own", "reasons"),
    [
        (True, False, False, []),
        (False, True, False, []),
        (False, False, False, [Blocked.NOT_ADMINISTRATOR]),
        (False, True, True, [Blocked.OWN_APPOINTMENT]),
        (False, False, True, [Blocked.NOT_ADMINISTRATOR, Blocked.OWN_APPOINTMENT]),
    ],
)
def test_only_an_administrator_appoints_and_only_others(
    machine: bool, administrator: bool, own: bool, reasons: list[Blocked]
) -> None:
    blockers = appointing_blockers(
        is_machine=machine, is_administrator=administrator, is_own_appointment=own
    )
    assert [blocker.code for blocker in blockers] == reasons


def administrator() -> Actor:
    return factories.actor("admin", roles=[RoleCode.ADMINISTRATOR])


def wanted(**fields: object) -> Appointment:
    defaults = {"person": factories.person(), "post": factories.post("clerk")}
    return Appointment(**({"from_date": TODAY} | defaults | fields))


@pytest.mark.django_db
def test_an_administrator_appoints_and_the_act_is_recorded() -> None:
    made = actions.appoint(appointment=wanted(), by=administrator(), at=NOW)
    act = Act.objects.get()
    assert list(Appointment.objects.filter(post__code="clerk").held(on=TODAY)) == [made]
    assert (act.verb, act.subject, act.outcome) == ("appoint", "post:clerk", "done")
    assert act.details["person"] == made.person.username


@pytest.mark.django_db
def test_a_second_holder_is_refused_and_the_refusal_is_recorded() -> None:
    first = factories.appointment(post=factories.post("clerk"))
    with pytest.raises(CannotAppoint) as refusal:
        actions.appoint(appointment=wanted(), by=administrator(), at=NOW)
    assert [blocker.code for blocker in refusal.value.blockers] == [Blocked.POST_IS_HELD]
    assert first.person.username in str(refusal.value)
    assert list(Appointment.objects.filter(post__code="clerk").held(on=TODAY)) == [first]
    assert Act.objects.get().outcome == "refused"


@pytest.mark.django_db
def test_an_officer_cannot_appoint_even_as_super_user() -> None:
    by = factories.actor(roles=[RoleCode.OFFICER])
    type(wanted().person).objects.filter(pk=by.person_id).update(is_superuser=True)
    with pytest.raises(CannotAppoint, match="ผู้ดูแลระบบ"):
        actions.appoint(appointment=wanted(), by=by, at=NOW)
    assert not Appointment.objects.filter(post__code="clerk").held(on=TODAY)


@pytest.mark.django_db
def test_the_database_refuses_a_second_holder_without_end() -> None:
    factories.appointment(post=factories.post("clerk"))
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.appointment(post=factories.post("clerk"))


@pytest.mark.django_db
@pytest.mark.parametrize("missing", [{"order_number": ""}, {"order_date": None}])
def test_the_database_refuses_acting_without_an_order(missing: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.acting(**missing)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2026, 10, 31), True),
        (date(2026, 11, 1), False),
    ],
)
def test_a_post_is_held_from_its_first_to_its_last_day(day: date, holds: bool) -> None:
    held = factories.acting(
        post=factories.post("clerk", roles=[RoleCode.APPROVER]), to_date=date(2026, 10, 31)
    )
    assert bool(queries.posts_held(held.person, day)) is holds
    assert ("clerk" in queries.posts_with_holders(day)) is holds


@pytest.mark.django_db
def test_ending_the_last_post_ends_access_the_day_after() -> None:
    held = factories.appointment(post=factories.post("clerk", roles=[RoleCode.APPROVER]))
    actions.end_appointment(
        appointment=held, to_date=TODAY, reason="โอนย้าย", by=administrator(), at=NOW
    )
    assert queries.posts_held(held.person, TODAY)
    assert not queries.posts_held(held.person, date(2026, 11, 24))
    assert Act.objects.get().reason == "โอนย้าย"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ends", "to_date", "reason"),
    [
        (date(2026, 11, 1), TODAY, Blocked.ENDED_ALREADY),
        (None, date(2026, 9, 1), Blocked.ENDS_BEFORE_IT_BEGINS),
    ],
)
def test_an_impossible_end_is_refused(ends: date | None, to_date: date, reason: Blocked) -> None:
    held = factories.appointment(to_date=ends)
    with pytest.raises(CannotAppoint) as refusal:
        actions.end_appointment(
            appointment=held, to_date=to_date, reason="", by=administrator(), at=NOW
        )
    assert [blocker.code for blocker in refusal.value.blockers] == [reason]
    held.refresh_from_db()
    assert held.to_date == ends


@pytest.mark.django_db
def test_an_end_to_come_may_still_be_moved() -> None:
    held = factories.appointment(to_date=date(2026, 12, 31))
    actions.end_appointment(
        appointment=held, to_date=TODAY, reason="ลาออกก่อน", by=administrator(), at=NOW
    )
    assert held.to_date == TODAY


@pytest.mark.django_db
def test_roles_come_from_every_post_held_and_from_nothing_else() -> None:
    person = factories.person(is_superuser=True)
    for code, role in (("a", RoleCode.OFFICER), ("b", RoleCode.SCREENER)):
        factories.appointment(person=person, post=factories.post(code, roles=[role]))
    past = {"from_date": date(2020, 1, 1), "to_date": date(2020, 2, 1)}
    factories.appointment(
        person=person, post=factories.post("c", roles=[RoleCode.APPROVER]), **past
    )
    held = queries.posts_held(person, TODAY)
    assert {role.code for one in held for role in one.post.roles.all()} == {"officer", "screener"}


@pytest.mark.django_db
def test_somebody_shut_out_holds_nothing() -> None:
    person = factories.holder("clerk", roles=[RoleCode.APPROVER])
    person.is_active = False
    person.save()
    assert queries.posts_held(person, TODAY) == []
    assert "clerk" not in queries.posts_with_holders(TODAY)


@pytest.mark.django_db
def test_an_actor_is_the_highest_post_unless_one_is_named() -> None:
    person = factories.person()
    for code, rank in (("low", 9), ("high", 1)):
        factories.appointment(person=person, post=factories.post(code, rank=rank))
    assert queries.actor_for(person, post_code=None, on=TODAY).post_code == "high"
    assert queries.actor_for(person, post_code="low", on=TODAY).post_code == "low"


@pytest.mark.django_db
@pytest.mark.parametrize("post_code", [None, "clerk"])
def test_without_the_post_there_is_no_actor(post_code: str | None) -> None:
    factories.holder("clerk")
    with pytest.raises(HoldsNoPost, match="ทำรายการไม่ได้"):
        queries.actor_for(factories.person(is_superuser=True), post_code=post_code, on=TODAY)


@pytest.mark.django_db
def test_an_acting_actor_signs_with_the_order() -> None:
    held = factories.acting(post=factories.post("clerk", title_th="ปลัดเทศบาล"))
    actor = queries.actor_for(held.person, post_code="clerk", on=TODAY)
    assert actor.signature == ("ปลัดเทศบาล (รักษาราชการแทน ตามคำสั่งที่ 745/2569 ลงวันที่ 28 กันยายน 2569)")


def test_a_machine_signs_with_its_name() -> None:
    assert Actor.system("worker").signature == "worker"


def test_a_substantive_holder_signs_with_the_post_alone() -> None:
    actor = Actor(1, "นางก ข", "clerk", "ปลัดเทศบาล", Capacity.SUBSTANTIVE)
    assert actor.signature == "ปลัดเทศบาล"


def test_a_signature_stays_thai_on_an_english_screen() -> None:
    actor = Actor(1, "นางก ข", "clerk", "ปลัดเทศบาล", Capacity.ON_DUTY, "ตามคำสั่งที่ 1/2569")
    with translation.override("en"):
        assert actor.signature == "ปลัดเทศบาล (ปฏิบัติหน้าที่ ตามคำสั่งที่ 1/2569)"
