"""Accounts are opened by invitation, shut at once, and lose a second factor only by two people's word."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.urls import reverse

from prongsai.office.models import FactorReset, Invitation
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from tests.factories import appointment, person, post
from tests.office.conftest import SECRET, SignIn, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "record"])
PASSWORD = "ไม้ขีดไฟ ทุเรียน ตะเกียง"
NEW = {
    "username": "somying",
    "first_name": "สมหญิง",
    "last_name": "ตัวอย่าง",
    "email": "s@example.org",
}


def of(name: str, username: str) -> str:
    return reverse(name, kwargs={"username": username})


def username(people: dict[str, Actor], code: str) -> str:
    return Person.objects.get(pk=people[code].person_id).username


def slip(client: Client, name: str) -> str:
    """The path of the link that the slip shows."""
    page = client.post(of("invite", name), {"by": "slip"}).content.decode()
    found = re.search(r"<code class=\"office-secret\">https?://[^/]+([^<]+)</code>", page)
    assert found, page
    return found[1]


def set_password(path: str, password: str = PASSWORD, again: str = "") -> int:
    fields = {"new_password1": password, "new_password2": again or password}
    return Client().post(path, fields).status_code


def sign_in(name: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": name, "password": password})
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def invited(people: dict[str, Actor], sit: SignIn) -> str:
    """A path with which somebody new sets their password."""
    client = sit("administrator")
    assert client.post(reverse("new_person"), NEW).status_code == 302
    return slip(client, "somying")


def test_an_account_is_opened_by_its_link_and_works_with_a_post_only(invited: str) -> None:
    assert Client().get(invited).status_code == 200
    assert set_password(invited) == 302

    client = sign_in("somying")
    assert client.get("/office/").status_code == 403
    appointment(person=Person.objects.get(username="somying"), post=post("officer-2"))
    assert client.get("/office/").status_code == 200


def test_a_link_works_once(invited: str) -> None:
    assert set_password(invited) == 302
    assert set_password(invited, "อย่างอื่น ที่ยาวพอ และใหม่") == 410
    assert Client().get(invited).status_code == 410
    assert is_in(sign_in("somying"))


def test_looking_at_a_link_does_not_use_it_up(invited: str) -> None:
    for _scanner in range(3):
        Client().get(invited)
    assert Invitation.objects.get().used_at is None


def test_a_link_ends_after_seven_days(invited: str) -> None:
    Invitation.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert set_password(invited) == 410


def test_a_new_link_makes_the_earlier_one_useless(invited: str, sit: SignIn) -> None:
    again = slip(sit("administrator"), "somying")
    assert set_password(invited) == 410
    assert set_password(again) == 302


def test_a_cancelled_link_opens_nothing(invited: str, sit: SignIn) -> None:
    sit("administrator").post(of("cancel_invitation", "somying"))
    assert set_password(invited) == 410


def test_a_link_from_before_an_account_was_shut_stays_useless_when_it_is_opened_again(
    invited: str, sit: SignIn
) -> None:
    administrator = sit("administrator")
    for turn in ("shut", "open"):
        words = {"turn-reason": "ลาออก", "do": turn}
        administrator.post(of("turn_account", "somying"), words)
    assert set_password(invited) == 410


def test_the_link_itself_is_kept_nowhere(invited: str) -> None:
    token = invited.rstrip("/").rpartition("/")[2]
    kept = str(list(Invitation.objects.values())) + str(list(Act.objects.values()))
    assert token not in kept


def test_a_guessed_link_tells_nothing() -> None:
    answer = Client().get(reverse("invitation", args=["guess"]))
    assert (answer.status_code, "somying" in answer.content.decode()) == (410, False)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("สั้นไป", "สั้นเกินไป"),
        ("P@ssw0rd2569!", "เดาได้ง่าย"),
        ("ยฟหหไนพก๒๕๖๙", "เดาได้ง่าย"),
        ("somying-12345", "คล้ายกับ"),
        ("aaaaaaaaaaaaaa", "เดาได้ง่าย"),
    ],
)
def test_a_password_that_can_be_guessed_is_refused_in_thai(
    invited: str, password: str, sentence: str
) -> None:
    fields = {"new_password1": password, "new_password2": password}
    answer = Client().post(invited, fields)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert Invitation.objects.get().used_at is None


def test_a_mail_carries_the_link_of_the_set_address_and_nobody_s_name(
    invited: str, sit: SignIn, settings: Any
) -> None:
    settings.OFFICE_URL = "https://office.example.go.th"
    sit("administrator").post(
        of("invite", "somying"), {"by": "mail"}, headers={"host": "localhost"}
    )
    [message] = mail.outbox
    text = f"{message.subject} {message.body}"
    assert "https://office.example.go.th/office/invitations/" in text
    assert not re.search("สมหญิง|somying|เทศบาล", text)


def test_without_a_server_for_mail_a_slip_is_shown(
    invited: str, sit: SignIn, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    answer = sit("administrator").post(of("invite", "somying"), {"by": "mail"})
    assert "office-secret" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_name_in_another_spelling_is_taken(sit: SignIn, people: dict[str, Actor]) -> None:
    client = sit("administrator")
    taken = username(people, "officer").upper()
    answer = client.post(reverse("new_person"), NEW | {"username": taken})
    assert (answer.status_code, "อยู่แล้ว" in answer.content.decode()) == (422, True)


def test_a_shut_account_is_out_at_once_and_an_old_session_stays_dead(
    people: dict[str, Actor], sit: SignIn
) -> None:
    officer = Person.objects.get(pk=people["officer"].person_id)
    officer.set_password(PASSWORD)
    officer.save()
    client, administrator = sign_in(officer.username), sit("administrator")
    assert client.get("/office/").status_code == 200

    words = {"turn-reason": "ลาออก", "do": "shut"}
    administrator.post(of("turn_account", officer.username), words)
    assert client.get("/office/").status_code == 302
    assert not is_in(sign_in(officer.username))

    administrator.post(of("turn_account", officer.username), words | {"do": "open"})
    assert client.get("/office/").status_code == 302
    assert is_in(sign_in(officer.username))
    verbs = Act.objects.filter(subject=officer.subject).values_list("verb", "reason")
    assert {("shut_account", "ลาออก"), ("reopen_account", "ลาออก")} <= set(verbs)


def test_a_new_password_by_link_ends_the_sessions_of_the_old_one(
    people: dict[str, Actor], sit: SignIn
) -> None:
    officer = Person.objects.get(pk=people["officer"].person_id)
    officer.set_password("เก่าแล้ว แต่ยาวพอสมควร")
    officer.save()
    client = sign_in(officer.username, "เก่าแล้ว แต่ยาวพอสมควร")

    assert set_password(slip(sit("administrator"), officer.username)) == 302

    assert client.get("/office/").status_code == 302


def test_a_shut_account_gets_no_link(people: dict[str, Actor], sit: SignIn) -> None:
    gone = person("gone", is_active=False)
    answer = sit("administrator").post(of("invite", gone.username), follow=True)
    assert "บัญชีนี้ถูกระงับอยู่" in answer.content.decode()


@pytest.mark.parametrize("name", ["invite", "turn_account", "rename_person", "ask_for_reset"])
def test_administrators_do_not_change_their_own_account(
    people: dict[str, Actor], sit: SignIn, name: str
) -> None:
    own = username(people, "administrator")
    client = sit("administrator")
    before = Person.objects.values().get(username=own)
    words = {"turn-reason": "ก", "do": "shut", "reset-reason": "ก"}
    words |= {"rename-first_name": "ก", "rename-last_name": "ข", "rename-reason": "ค"}
    answer = client.post(of(name, own), words, follow=True)
    assert "บัญชีของตนเองไม่ได้" in answer.content.decode()
    assert Person.objects.values().get(username=own) == before
    assert Authenticator.objects.filter(user__username=own).exists()


def test_a_new_name_signs_from_now_on(people: dict[str, Actor], sit: SignIn) -> None:
    name = username(people, "officer")
    words = {"rename-first_name": "ชื่อใหม่", "rename-last_name": "สกุลใหม่"}
    client = sit("administrator")
    assert client.post(of("rename_person", name), words).status_code == 422
    client.post(of("rename_person", name), words | {"rename-reason": "หนังสือสำคัญ 1/2569"})
    assert Person.objects.get(username=name).full_name == "ชื่อใหม่ สกุลใหม่"
    assert Act.objects.get(verb="rename_person").details["first_name"][1] == "ชื่อใหม่"


def test_the_trail_does_not_keep_telephone_and_mail(people: dict[str, Actor], sit: SignIn) -> None:
    words = {"email": "private@example.org", "phone": "0 7500 0000"}
    sit("administrator").post(of("change_contacts", username(people, "officer")), words)
    assert Act.objects.get(verb="change_contacts").details == {"changed": ["email", "phone"]}


def lost(people: dict[str, Actor], code: str) -> Person:
    somebody = Person.objects.get(pk=people[code].person_id)
    TOTP.activate(somebody, SECRET)
    return somebody


def test_an_officer_s_factor_goes_by_one_administrator_s_word(
    people: dict[str, Actor], sit: SignIn
) -> None:
    officer = lost(people, "officer")
    client = sit("administrator")
    client.post(of("ask_for_reset", officer.username), {"reset-reason": "พบตัวจริงแล้ว"})
    assert not Authenticator.objects.filter(user=officer).exists()
    assert Act.objects.get(verb="reset_second_factor").details == {"types": ["totp"]}


def test_an_approver_s_factor_goes_by_two_people_s_word(
    people: dict[str, Actor], sit: SignIn
) -> None:
    mayor, head = lost(people, "mayor"), signed_in(lost(people, "head"))
    administrator = sit("administrator")
    administrator.post(of("ask_for_reset", mayor.username), {"reset-reason": "พบตัวจริงแล้ว"})
    place = reverse("settle_reset", kwargs={"pk": FactorReset.objects.get().pk})
    assert Authenticator.objects.filter(user=mayor).exists()

    assert "ยืนยันไม่ได้" in administrator.post(place, {"do": "agree"}, follow=True).content.decode()
    assert "ยืนยันไม่ได้" in signed_in(mayor).post(place, {"do": "agree"}, follow=True).content.decode()
    assert sit("officer").post(place, {"do": "agree"}).status_code == 403
    assert Authenticator.objects.filter(user=mayor).exists()

    assert mayor.full_name in head.get(reverse("factor_resets")).content.decode()
    head.post(place, {"do": "agree"})
    assert not Authenticator.objects.filter(user=mayor).exists()
    assert "คำตอบแล้ว" in head.post(place, {"do": "agree"}, follow=True).content.decode()


def test_a_reset_that_was_refused_or_is_a_day_old_changes_nothing(
    people: dict[str, Actor], sit: SignIn
) -> None:
    mayor, head = lost(people, "mayor"), signed_in(lost(people, "head"))
    client = sit("administrator")
    ask = of("ask_for_reset", mayor.username)
    client.post(ask, {"reset-reason": "พบตัวจริงแล้ว"})
    FactorReset.objects.update(asked_at=datetime.now(UTC) - timedelta(days=1, seconds=1))
    place = reverse("settle_reset", kwargs={"pk": FactorReset.objects.get().pk})
    assert "เกินหนึ่งวัน" in head.post(place, {"do": "agree"}, follow=True).content.decode()

    client.post(ask, {"reset-reason": "พบอีกครั้ง"})
    newest = FactorReset.objects.first()
    assert newest is not None
    head.post(reverse("settle_reset", kwargs={"pk": newest.pk}), {"do": "refuse"})
    assert Authenticator.objects.filter(user=mayor).exists()


def test_changing_accounts_asks_for_the_password_again(
    people: dict[str, Actor], sit: SignIn
) -> None:
    sit("administrator")
    administrator = Person.objects.get(pk=people["administrator"].person_id)
    client = signed_in(administrator, seconds_ago=3600)
    answer = client.post(of("invite", username(people, "officer")))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not Invitation.objects.exists()


def test_the_auditor_sees_accounts_and_changes_none(people: dict[str, Actor], sit: SignIn) -> None:
    client, name = sit("auditor"), username(people, "officer")
    assert client.get(reverse("people")).status_code == 200
    page = client.get(of("person", name)).content.decode()
    assert "ตำแหน่งวันนี้" in page
    assert "ระงับบัญชี" not in page
    assert client.post(of("turn_account", name), {"turn-reason": "ก"}).status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    people: dict[str, Actor], sit: SignIn, many: int, django_assert_max_num_queries: Any
) -> None:
    for _each in range(many):
        appointment()
    client = sit("administrator")
    with django_assert_max_num_queries(30):
        client.get(reverse("people"))


def test_people_are_found_by_name_and_post(people: dict[str, Actor], sit: SignIn) -> None:
    client = sit("administrator")
    names = {code: username(people, code) for code in ("mayor", "officer")}
    page = client.get(reverse("people"), {"q": "เจ้าหน้าที่คลัง"}).content.decode()
    assert of("person", username(people, "neighbour")) in page
    assert of("person", names["mayor"]) not in page
    page = client.get(reverse("people"), {"q": names["mayor"]}).content.decode()
    assert of("person", names["mayor"]) in page
