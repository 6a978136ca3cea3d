"""One administrator alone: what they propose waits, what they change is told, and no address lets them round it."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from prongsai.office.actions import ask_for_mails
from prongsai.office.actions.accounts import ask_for_reset, invite
from prongsai.office.mails import message
from prongsai.office.models import AccountNotice, StaffMail
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person
from prongsai.organisation.states import Standing
from prongsai.thai.dates import BANGKOK
from tests import factories as base
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]


def person(people: People, code: str) -> Person:
    return Person.objects.get(pk=people[code].person_id)


def propose(sit: SignIn, who: Person, code: str = "mayor") -> Any:
    form = {
        "post": code, "person": who.pk, "capacity": "acting", "order_number": "9/2569",
        "order_date": "1/11/2569", "from_date": "1/11/2569",
    }  # fmt: skip
    return sit("administrator").post(reverse("appoint"), form)


def settle(sit: SignIn, code: str, held: Appointment, do: str = "agree", **said: str) -> Any:
    place = reverse("settle_appointment", kwargs={"pk": held.pk})
    return sit(code).post(place, {"do": do} | said, follow=True)


def shown(sit: SignIn, code: str, name: str = "inbox") -> str:
    return str(sit(code).get(reverse(name)).content.decode())


def test_a_new_approver_counts_when_the_clerk_has_confirmed(people: People, sit: SignIn) -> None:
    shadow = base.person(first_name="เงา")
    assert propose(sit, shadow).status_code == 302
    held = Appointment.objects.get(person=shadow)
    assert held.standing == Standing.WAITING
    assert "คำสั่งแต่งตั้งที่รอท่านยืนยัน" in shown(sit, "clerk")
    assert "ตรงกับคำสั่ง ให้มีผล" in shown(sit, "clerk", "oversight")
    settle(sit, "clerk", held)
    held.refresh_from_db()
    assert held.standing == Standing.COUNTS
    assert "คำสั่งแต่งตั้งที่รอท่านยืนยัน" not in shown(sit, "clerk")


@pytest.mark.parametrize("code", ["administrator", "officer", "head", "screener", "webmaster"])
def test_nobody_else_confirms_it_by_form_or_replay(people: People, sit: SignIn, code: str) -> None:
    propose(sit, base.person())
    held = Appointment.objects.latest("pk")
    for _again in range(2):
        settle(sit, code, held)
    held.refresh_from_db()
    assert held.standing == Standing.WAITING
    assert Act.objects.filter(verb="confirm_appointment", outcome="refused").count() == 2
    assert "ตรงกับคำสั่ง ให้มีผล" not in shown(sit, code, "oversight")


def test_an_auditor_sends_nothing(people: People, sit: SignIn) -> None:
    propose(sit, base.person())
    held = Appointment.objects.latest("pk")
    assert settle(sit, "auditor", held).status_code == 403
    held.refresh_from_db()
    assert held.standing == Standing.WAITING


def test_a_visit_confirms_nothing_and_a_second_tap_says_nothing_more(
    people: People, sit: SignIn
) -> None:
    propose(sit, base.person())
    held = Appointment.objects.latest("pk")
    place = reverse("settle_appointment", kwargs={"pk": held.pk})
    assert sit("clerk").get(place).status_code == 405
    settle(sit, "clerk", held, "refuse", reason="ไม่มีคำสั่งนี้")
    settle(sit, "clerk", held)
    held.refresh_from_db()
    assert held.standing == Standing.REFUSED
    assert Act.objects.filter(verb="confirm_appointment", outcome="done").count() == 0


def test_an_administrator_appoints_neither_themselves_nor_their_shadow(
    people: People, sit: SignIn
) -> None:
    assert propose(sit, person(people, "administrator")).status_code == 422
    propose(sit, base.person(), code="administrator")
    held = Appointment.objects.latest("pk")
    assert (held.standing, held.post.code) == (Standing.WAITING, "administrator")
    assert Appointment.objects.filter(person=person(people, "administrator")).count() == 1


def test_a_link_for_an_approver_is_told_to_them_at_once_and_to_those_above(
    people: People, sit: SignIn
) -> None:
    mayor = person(people, "mayor")
    Person.objects.filter(pk=mayor.pk).update(email="mayor@example.go.th")
    sit("administrator").post(
        reverse("invite", kwargs={"username": mayor.username}), {"by": "slip"}
    )
    notice = AccountNotice.objects.get()
    assert (notice.person, notice.verb) == (mayor, "invite")
    assert "มีผู้เปลี่ยนบัญชีของท่าน" in shown(sit, "mayor")
    assert "มีผู้เปลี่ยนบัญชีของผู้มีอำนาจ" in shown(sit, "clerk")
    # Before the hour of the digest, whenever this test is run.
    night = datetime.combine(localdate() + timedelta(days=1), time(3), tzinfo=BANGKOK)
    assert ask_for_mails(at=night) == 1
    (mail,) = StaffMail.objects.all()
    assert mail.is_urgent
    assert message(mail).to == ["mayor@example.go.th"]
    assert mayor.first_name not in str(message(mail).body)


def test_whoever_holds_the_account_cannot_silence_those_above(people: People, sit: SignIn) -> None:
    mayor = person(people, "mayor")
    invite(person=mayor, by=people["administrator"], at=datetime.now(UTC))
    notice = AccountNotice.objects.get()
    place = reverse("read_account_notice", kwargs={"pk": notice.pk})
    for code in ("mayor", "administrator", "officer"):
        sit(code).post(place)
    notice.refresh_from_db()
    assert (notice.owner_read_at is not None, notice.read_at) == (True, None)
    assert "มีผู้เปลี่ยนบัญชีของผู้มีอำนาจ" in shown(sit, "clerk")
    sit("clerk").post(place)
    notice.refresh_from_db()
    assert notice.read_by_id == people["clerk"].person_id
    assert Act.objects.filter(verb="read_account_notice", outcome="refused").count() == 2


def test_the_old_address_hears_that_it_was_changed(people: People, sit: SignIn) -> None:
    director = person(people, "director")
    Person.objects.filter(pk=director.pk).update(email="old@example.go.th")
    place = reverse("change_contacts", kwargs={"username": director.username})
    sit("administrator").post(place, {"email": "new@example.go.th", "phone": ""})
    mail = StaffMail.objects.get()
    assert message(mail).to == ["old@example.go.th"]
    assert AccountNotice.objects.get().verb == "change_contacts"


def test_a_wish_to_reset_is_told_to_its_owner_before_anybody_agrees(
    people: People, sit: SignIn
) -> None:
    director = person(people, "director")
    sit("director")
    ask_for_reset(person=director, reason="ทำโทรศัพท์หาย", by=people["administrator"], at=datetime.now(UTC))  # fmt: skip
    assert AccountNotice.objects.get().verb == "ask_for_factor_reset"


@pytest.mark.parametrize("code", ["officer", "auditor"])
def test_accounts_that_decide_nothing_are_not_announced(people: People, code: str) -> None:
    invite(person=person(people, code), by=people["administrator"], at=datetime.now(UTC))
    assert not AccountNotice.objects.exists()


def test_the_page_is_empty_for_those_whom_nothing_concerns(people: People, sit: SignIn) -> None:
    assert "ไม่มีสิ่งที่รอท่าน" in shown(sit, "officer", "oversight")
