"""Making and ending appointments at their edges: whole acts in the trail, days that just fit, hands at once."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from prongsai.organisation import actions, queries
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment
from prongsai.organisation.refusals import CannotAppoint
from prongsai.organisation.rules import Period
from prongsai.organisation.states import AppointmentBlocker as Blocked
from prongsai.organisation.states import Capacity, RoleCode
from tests import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def administrator() -> Actor:
    return factories.actor("admin", roles=[RoleCode.ADMINISTRATOR])


def wanted(**fields: object) -> Appointment:
    defaults = {"person": factories.person(), "post": factories.post("clerk")}
    return Appointment(**({"from_date": TODAY} | defaults | fields))


def appoint(appointment: Appointment, by: Actor, at: datetime = NOW) -> Appointment:
    return actions.appoint(appointment=appointment, by=by, at=at)


def end(appointment: Appointment, to_date: date, by: Actor, at: datetime = NOW) -> None:
    actions.end_appointment(appointment=appointment, to_date=to_date, reason="ย้าย", by=by, at=at)


def test_the_trail_holds_the_whole_appointment(administrator: Actor) -> None:
    made = appoint(
        wanted(
            capacity=Capacity.ACTING,
            order_number="7/2569",
            order_date=YESTERDAY,
            to_date=date(2026, 12, 31),
        ),
        administrator,
    )
    assert Act.objects.get().details == {
        "person": made.person.username,
        "capacity": "acting",
        "order_number": "7/2569",
        "from_date": "2026-11-23",
        "to_date": "2026-12-31",
        "scope": [],
    }


def test_an_appointment_without_end_says_so_in_the_trail(administrator: Actor) -> None:
    appoint(wanted(), administrator)
    assert Act.objects.get().details["to_date"] == ""


def test_an_end_is_recorded_with_its_day_under_the_post(administrator: Actor) -> None:
    held = factories.appointment(post=factories.post("clerk"))
    end(held, TOMORROW, administrator)
    act = Act.objects.get()
    assert (act.verb, act.subject, act.outcome) == ("end_appointment", "post:clerk", "done")
    assert (act.details["to_date"], act.reason) == ("2026-11-24", "ย้าย")


@pytest.mark.parametrize("verb", ["appoint", "end_appointment"])
def test_a_refusal_stands_under_the_post_with_its_verb(verb: str) -> None:
    by, held = factories.actor("officer"), factories.appointment(post=factories.post("clerk"))
    with pytest.raises(CannotAppoint):
        end(held, TODAY, by) if verb == "end_appointment" else appoint(wanted(), by)
    act = Act.objects.get()
    assert (act.verb, act.subject, act.outcome) == (verb, "post:clerk", "refused")


def test_a_refused_end_leaves_the_row_and_the_callers_object(administrator: Actor) -> None:
    held = factories.appointment(from_date=TODAY)
    with pytest.raises(CannotAppoint) as refusal:
        end(held, YESTERDAY, administrator)
    assert [each.code for each in refusal.value.blockers] == [Blocked.ENDS_BEFORE_IT_BEGINS]
    assert Appointment.objects.get(pk=held.pk).to_date is None
    assert held.to_date is None


def test_an_appointment_may_end_on_the_day_it_begins(administrator: Actor) -> None:
    held = factories.appointment(from_date=TODAY)
    end(held, TODAY, administrator)
    assert held.to_date == TODAY


def test_one_that_ends_today_may_still_be_moved(administrator: Actor) -> None:
    held = factories.appointment(to_date=TODAY)
    end(held, TOMORROW, administrator)
    assert held.to_date == TOMORROW


@pytest.mark.parametrize(
    ("at", "may"),
    [
        (datetime.fromisoformat("2026-11-23T16:59:59+00:00"), True),
        (datetime.fromisoformat("2026-11-23T17:00:00+00:00"), False),
    ],
    ids=["23:59:59 in Bangkok", "midnight in Bangkok"],
)
def test_the_day_ends_at_midnight_in_bangkok(administrator: Actor, at: datetime, may: bool) -> None:
    held = factories.appointment(to_date=TODAY)
    if may:
        end(held, TOMORROW, administrator, at)
    else:
        with pytest.raises(CannotAppoint, match="สิ้นสุดไปแล้วเมื่อ 23 พฤศจิกายน 2569"):
            end(held, TOMORROW, administrator, at)
    held.refresh_from_db()
    assert held.to_date == (TOMORROW if may else TODAY)


@pytest.mark.parametrize("name", ["order_date", "from_date", "to_date"])
def test_a_year_of_the_buddhist_era_taken_for_a_common_one_is_seen(
    administrator: Actor, name: str
) -> None:
    order = {"capacity": Capacity.ACTING, "order_number": "7/2569", "order_date": YESTERDAY}
    with pytest.raises(CannotAppoint, match="ปี 2569 น่าจะเป็น"):
        appoint(wanted(**(order | {name: date(2569, 11, 24)})), administrator)
    assert not Appointment.objects.filter(post__code="clerk").exists()


def test_the_last_year_without_doubt_is_2399(administrator: Actor) -> None:
    made = appoint(wanted(to_date=date(2399, 12, 31)), administrator)
    assert list(Appointment.objects.filter(post__code="clerk").held(on=TODAY)) == [made]


def test_a_year_is_named_once_however_often_it_is_wrong(administrator: Actor) -> None:
    with pytest.raises(CannotAppoint) as refusal:
        appoint(wanted(from_date=date(2569, 1, 1), to_date=date(2569, 2, 1)), administrator)
    assert [(each.code, each.detail) for each in refusal.value.blockers] == [
        (Blocked.YEAR_IN_DOUBT, "2569")
    ]


def test_a_second_click_appoints_nobody_twice(administrator: Actor) -> None:
    person = factories.person()
    appoint(wanted(person=person), administrator)
    with pytest.raises(CannotAppoint) as refusal:
        appoint(wanted(person=person), administrator)
    assert [each.code for each in refusal.value.blockers] == [Blocked.HOLDS_IT_ALREADY]
    assert Appointment.objects.filter(post__code="clerk").count() == 1


def test_an_administrator_does_not_appoint_themselves(administrator: Actor) -> None:
    own = factories.person().__class__.objects.get(pk=administrator.person_id)
    with pytest.raises(CannotAppoint) as refusal:
        appoint(wanted(person=own), administrator)
    assert [each.code for each in refusal.value.blockers] == [Blocked.OWN_APPOINTMENT]


def test_an_administrator_may_lay_their_own_post_down(administrator: Actor) -> None:
    own = Appointment.objects.get(post__code="admin")
    end(own, TODAY, administrator)
    assert own.to_date == TODAY


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_superuser": True}])
def test_an_account_flag_makes_no_administrator(change: dict[str, bool]) -> None:
    by = factories.actor("officer", roles=[RoleCode.OFFICER])
    type(factories.person()).objects.filter(pk=by.person_id).update(**change)
    with pytest.raises(CannotAppoint) as refusal:
        appoint(wanted(), by)
    assert [each.code for each in refusal.value.blockers] == [Blocked.NOT_ADMINISTRATOR]


def test_a_shut_out_administrator_appoints_nobody(administrator: Actor) -> None:
    type(factories.person()).objects.filter(pk=administrator.person_id).update(is_active=False)
    with pytest.raises(CannotAppoint, match="เฉพาะผู้ดูแลระบบ"):
        appoint(wanted(), administrator)


def test_an_administrator_of_yesterday_appoints_nobody(administrator: Actor) -> None:
    Appointment.objects.filter(post__code="admin").update(to_date=YESTERDAY)
    with pytest.raises(CannotAppoint, match="เฉพาะผู้ดูแลระบบ"):
        appoint(wanted(), administrator)


@pytest.mark.parametrize(
    ("change", "held"),
    [
        ({}, True),
        ({"post_code": "mayor"}, False),
        ({"post_code": ""}, False),
        ({"person_id": None}, False),
        ({"person_id": 0}, False),
    ],
)
def test_what_an_actor_says_of_themselves_is_looked_up(
    change: dict[str, object], held: bool
) -> None:
    factories.holder("mayor")
    by = factories.actor("clerk")
    claimed = Actor(**(vars(by) | change))  # type: ignore[arg-type]  # as a forger would
    assert queries.held_by(claimed, on=TODAY).exists() is held


def test_the_posts_of_people_who_are_shut_out_stand_empty() -> None:
    person = factories.holder("clerk")
    type(person).objects.update(is_active=False)
    assert queries.posts_with_holders(TODAY) == set()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "นางสมศรี ใจดี"),
        ({"title_th": ""}, "สมศรี ใจดี"),
        ({"last_name": ""}, "นางสมศรี"),
        ({"title_th": "", "first_name": "", "last_name": ""}, "somsri"),
    ],
)
def test_a_person_is_called_as_thai_writes_names(fields: dict[str, str], name: str) -> None:
    whole = {"title_th": "นาง", "first_name": "สมศรี", "last_name": "ใจดี"} | fields
    assert str(factories.person("somsri", **whole)) == name


def test_rows_are_called_by_what_people_know_of_them() -> None:
    held = factories.acting(
        post=factories.post("clerk", title_th="ปลัด", unit=factories.unit("city", name_th="เมือง")),
        person=factories.person("x", title_th="", first_name="ก", last_name="ข"),
    )
    role = factories.role(RoleCode.AUDITOR)
    role.refresh_from_db()
    rows = (held, held.post, held.post.unit, role)
    assert [str(row) for row in rows] == ["ก ข – ปลัด", "ปลัด", "เมือง", "ผู้ตรวจสอบ"]


@pytest.mark.parametrize(
    ("post_code", "sentence"),
    [
        (
            None,
            "ทำรายการไม่ได้: นาย ก ไม่มีตำแหน่งที่มีผลในวันนี้ — ให้ผู้ดูแลระบบตรวจวันเริ่มและวันสิ้นสุดของตำแหน่ง",
        ),
        (
            "clerk",
            "ทำรายการไม่ได้: นาย ก ไม่ได้อยู่ในตำแหน่ง clerk ในวันนี้ — เลือกตำแหน่งอื่นหรือให้ผู้ดูแลระบบตรวจคำสั่งแต่งตั้ง",
        ),
    ],
)
def test_who_holds_no_post_is_told_which_and_what_to_do(
    post_code: str | None, sentence: str
) -> None:
    person = factories.person(title_th="", first_name="นาย", last_name="ก")
    with pytest.raises(queries.HoldsNoPost) as refusal:
        queries.actor_for(person, post_code=post_code, on=TODAY)
    assert str(refusal.value) == sentence


FIRST, LAST = date(2026, 1, 10), date(2026, 1, 20)


@pytest.mark.parametrize(
    ("from_day", "to_day", "overlaps"),
    [
        (1, 9, False),
        (1, 10, True),
        (10, 10, True),
        (12, 15, True),
        (20, 20, True),
        (20, 31, True),
        (21, 31, False),
        (1, None, True),
        (20, None, True),
        (21, None, False),
    ],
)
def test_both_ends_of_a_period_count(from_day: int, to_day: int | None, overlaps: bool) -> None:
    held = Period("ก", Capacity.SUBSTANTIVE, "", None, FIRST, LAST)
    ends = date(2026, 1, to_day) if to_day else None
    other = Period("ข", Capacity.SUBSTANTIVE, "", None, date(2026, 1, from_day), ends)
    assert held.overlaps(other) is overlaps
    assert other.overlaps(held) is overlaps


def test_the_database_refuses_an_end_before_the_beginning() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.appointment(from_date=TODAY, to_date=YESTERDAY)


def test_the_database_lets_two_holders_follow_each_other() -> None:
    post = factories.post("clerk")
    factories.appointment(post=post, to_date=YESTERDAY)
    new = factories.appointment(post=post, from_date=TODAY)
    assert list(Appointment.objects.filter(post=post).held(on=TODAY)) == [new]
