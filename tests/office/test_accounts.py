"""Who comes in, who does not, and what the trail remembers of it."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from prongsai.office.accounts import demo_totp_secret
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person
from tests.factories import TODAY, person
from tests.office.conftest import SECRET, SignIn, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "record"])
PASSWORD = "กขค-long-enough-1"


@pytest.fixture
def officer(people: dict[str, Actor]) -> Person:
    somebody = Person.objects.get(pk=people["officer"].person_id)
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


def try_to_sign_in(client: Client, username: str, password: str = PASSWORD) -> str:
    answer = client.post(reverse("account_login"), {"login": username, "password": password})
    return answer.headers.get("Location", f"{answer.status_code}")


def acts(verb: str) -> list[tuple[str, str]]:
    return list(Act.objects.filter(verb=verb).values_list("outcome", "actor_name").order_by("id"))


def test_an_officer_comes_in_with_a_password_and_the_trail_says_so(officer: Person) -> None:
    client = Client()
    assert try_to_sign_in(client, officer.username) == "/office/"
    assert client.get("/office/").status_code == 200
    assert acts("office.sign_in") == [("done", officer.full_name)]


def test_a_wrong_password_is_refused_and_remembered_without_the_password(officer: Person) -> None:
    assert try_to_sign_in(Client(), officer.username, "wrong") == "200"
    refused = Act.objects.get(verb="office.sign_in")
    assert (refused.outcome, refused.details["typed"]) == ("refused", officer.username)
    assert "wrong" not in str(vars(refused))


def test_six_wrong_passwords_lock_the_door_with_a_thai_page(officer: Person) -> None:
    client = Client()
    for _again in range(6):
        answer = client.post(
            reverse("account_login"), {"login": officer.username, "password": "wrong"}
        )
    assert answer.status_code == 429
    assert "พักการเข้าสู่ระบบชั่วคราว" in answer.content.decode()
    assert try_to_sign_in(client, officer.username) == "429"
    assert acts("office.lock_out")[0][0] == "refused"


def test_another_spelling_of_the_name_does_not_open_a_locked_door(officer: Person) -> None:
    for _again in range(6):
        try_to_sign_in(Client(), officer.username.upper(), "wrong")
    assert try_to_sign_in(Client(), officer.username) == "429"


def test_a_lock_for_one_name_leaves_others_alone(officer: Person) -> None:
    other = person("other", password=officer.password)
    for _again in range(6):
        try_to_sign_in(Client(), officer.username, "wrong")
    assert try_to_sign_in(Client(), other.username) == "/office/"


def test_nobody_elsewhere_locks_a_colleague_out_by_the_name_alone(officer: Person) -> None:
    attacker = Client(REMOTE_ADDR="198.51.100.7")
    for _again in range(20):
        try_to_sign_in(attacker, officer.username, "wrong")
    assert try_to_sign_in(attacker, officer.username) == "429"
    assert try_to_sign_in(Client(), officer.username) == "/office/"


def test_nobody_signs_up(client: Client) -> None:
    fields = {"username": "stranger", "password1": PASSWORD, "password2": PASSWORD}
    page = client.post(reverse("account_signup"), fields)
    assert "ไม่เปิดให้สมัครเอง" in page.content.decode()
    assert not Person.objects.filter(username="stranger").exists()


@pytest.mark.parametrize("place", ["email/", "password/reset/", "confirm-email/", "login/code/"])
def test_e_mail_flows_do_not_exist(client: Client, place: str) -> None:
    assert client.get(f"/office/accounts/{place}").status_code == 404


def test_a_suspended_account_meets_a_clear_page(officer: Person) -> None:
    officer.is_active = False
    officer.save()
    client = Client()
    assert try_to_sign_in(client, officer.username) in {"200", reverse("account_inactive")}
    assert client.get("/office/").status_code == 302


def test_somebody_without_an_appointment_today_is_told_so(officer: Person) -> None:
    Appointment.objects.filter(person=officer).update(to_date=TODAY.replace(day=1))
    answer = signed_in(officer).get("/office/")
    assert answer.status_code == 403
    assert "ท่านยังไม่มีตำแหน่งในวันนี้" in answer.content.decode()


@pytest.mark.parametrize("post", ["head", "screener", "webmaster", "administrator"])
def test_who_can_make_things_public_sets_up_a_second_factor_first(
    people: dict[str, Actor], post: str
) -> None:
    client = signed_in(Person.objects.get(pk=people[post].person_id))
    for place in ("/office/", "/office/disclosures/", "/office/acts/"):
        assert client.get(place).headers["Location"] == reverse("mfa_activate_totp")


@pytest.mark.parametrize("post", ["officer", "auditor"])
def test_who_cannot_needs_none(people: dict[str, Actor], post: str) -> None:
    client = signed_in(Person.objects.get(pk=people[post].person_id))
    assert client.get("/office/").status_code == 200


def test_a_second_factor_is_asked_for_at_sign_in(officer: Person) -> None:
    TOTP.activate(officer, SECRET)
    client = Client()
    assert try_to_sign_in(client, officer.username) == reverse("mfa_authenticate")
    assert client.get("/office/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert acts("office.second_factor") == [("refused", officer.full_name)]
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    assert (
        client.post(reverse("mfa_authenticate"), {"code": code}).headers["Location"] == "/office/"
    )


def test_a_second_factor_cannot_be_guessed(officer: Person) -> None:
    TOTP.activate(officer, SECRET)
    client = Client()
    try_to_sign_in(client, officer.username)
    for number in range(10):
        client.post(reverse("mfa_authenticate"), {"code": f"{number:06}"})

    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    answer = client.post(reverse("mfa_authenticate"), {"code": code})

    assert answer.status_code == 200
    assert client.get("/office/").status_code == 302
    other = Client()
    try_to_sign_in(other, officer.username)
    assert other.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_a_visit_to_the_sign_out_page_signs_nobody_out(sit: SignIn) -> None:
    client = sit("officer")
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get("/office/").status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/office/").status_code == 302


def test_the_demonstration_secret_follows_from_password_and_name() -> None:
    secret = demo_totp_secret("password", "mayor")
    assert len(secret) == 32
    assert secret == demo_totp_secret("password", "mayor")
    assert secret not in {demo_totp_secret("password", "clerk"), demo_totp_secret("other", "mayor")}


def test_every_address_is_closed_to_strangers(client: Client) -> None:
    for place in ("/office/", "/office/disclosures/new/", "/office/acts/", "/office/sections/"):
        assert client.get(place).headers["Location"].startswith(reverse("account_login"))
        assert client.post(place).headers["Location"].startswith(reverse("account_login"))


def test_there_is_no_admin(sit: SignIn) -> None:
    assert sit("administrator").get("/admin/").status_code == 404
