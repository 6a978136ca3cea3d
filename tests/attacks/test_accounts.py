"""Attacks on the way in: fixed sessions, forged forms, false hosts, open redirects, names that are guessed."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import get_resolver, reverse

from prongsai.office.middleware import AUDITORS_OWN, ENTRANCE
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from tests.attacks.test_office_doors import Target, routes, rows
from tests.factories import person
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
PASSWORD = "กขค-long-enough-1"
KEPT = ("pk", "password", "is_active", "email", "phone", "first_name", "last_name")


class CountingHasher(MD5PasswordHasher):
    """Tells how often a password was hashed: what an attacker with a stop-watch would measure."""

    times = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).times += 1
        return super().encode(password, salt)


@pytest.fixture
def officer(people: dict[str, Actor]) -> Person:
    somebody = Person.objects.get(pk=people["officer"].person_id)
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


def sign_in(client: Client, name: str, password: str = PASSWORD, **query: str) -> Any:
    place = reverse("account_login", query=query)
    return client.post(place, {"login": name, "password": password} | query)


def test_a_session_that_was_there_before_is_not_the_one_after(officer: Person) -> None:
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["prongsai_office_session"] = session.session_key
    sign_in(client, officer.username)
    assert client.session.session_key != session.session_key
    assert "_auth_user_id" in client.session
    stolen = Client()
    stolen.cookies["prongsai_office_session"] = session.session_key
    assert stolen.get("/office/").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        *("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"),
        "https:evil.example",
    ],
)
def test_signing_in_leads_to_no_other_site(officer: Person, target: str) -> None:
    answer = sign_in(Client(), officer.username, next=target)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/office/")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil"])
def test_a_false_host_gets_no_answer(host: str) -> None:
    assert Client().get(reverse("account_login"), headers={"host": host}).status_code == 400


def test_a_name_that_exists_is_told_by_neither_words_nor_work(
    officer: Person, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    officer.set_password(PASSWORD)
    officer.save()
    told, work = [], []
    for name in (officer.username, "nobody-of-that-name"):
        CountingHasher.times = 0
        answer = sign_in(Client(), name, "wrong-but-long-enough")
        told.append((answer.status_code, errors(answer.content.decode())))
        work.append(CountingHasher.times)
    assert told[0] == told[1]
    assert work[0] == work[1] > 0


def errors(page: str) -> list[str]:
    return re.findall(r'<p class="ds-paragraph">(.*?)</p>', page, re.DOTALL)


def test_a_lock_is_the_same_for_a_name_that_does_not_exist(officer: Person) -> None:
    pages = []
    for name in (officer.username, "nobody-of-that-name"):
        for _again in range(6):
            answer = sign_in(Client(), name, "wrong")
        pages.append((answer.status_code, "พักการเข้าสู่ระบบชั่วคราว" in answer.content.decode()))
    assert pages == [(429, True), (429, True)]


@pytest.fixture
def target(people: dict[str, Actor], files: Any) -> Target:
    return Target(people)


def test_no_form_is_taken_without_its_token(target: Target, sit: SignIn) -> None:
    for who in ("officer", "administrator", "auditor"):
        forger = Client(enforce_csrf_checks=True)
        forger.cookies = sit(who).cookies
        before = rows()
        for name, address in target.addresses():
            if not address.startswith("/office/"):
                continue
            assert forger.post(address, target.payload).status_code in {403, 405}, name
        assert rows() == before


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_auditor_changes_nothing_and_each_attempt_is_in_the_trail(
    target: Target, sit: SignIn, people: dict[str, Actor], method: str
) -> None:
    client, before = sit("auditor"), rows()
    known = list(Person.objects.order_by("pk").values(*KEPT))
    tried = []
    for name, address in target.addresses():
        if name in ENTRANCE | AUDITORS_OWN or name.startswith("mfa_"):
            continue
        assert getattr(client, method)(address, target.payload).status_code == 403, name
        tried.append(address)
    refused = Act.objects.filter(outcome="refused", person_id=people["auditor"].person_id)
    told = refused.order_by("id").values_list("verb", "details__path")
    assert list(told) == [("office.change", address) for address in tried]
    assert {"/office/recalls/", "/office/people/new/", "/office/chains/new/"} <= set(tried)
    assert rows() == before
    assert list(Person.objects.order_by("pk").values(*KEPT)) == known


def test_every_exception_for_auditors_is_an_address_that_exists() -> None:
    known = {name for name, _route in routes(get_resolver("prongsai.config.urls.office"))}
    assert known >= AUDITORS_OWN


def test_the_trail_remembers_no_password(officer: Person) -> None:
    secret = "รหัสลับ-ที่พิมพ์ผิด-2569"
    sign_in(Client(), officer.username, secret)
    sign_in(Client(), "nobody", secret)
    assert secret not in str(list(Act.objects.values()))


def test_an_account_that_is_shut_says_so_only_to_who_knows_its_password() -> None:
    gone = person("gone", is_active=False)
    gone.set_password(PASSWORD)
    gone.save()
    wrong = sign_in(Client(), "gone", "wrong-but-long-enough")
    stranger = sign_in(Client(), "nobody", "wrong-but-long-enough")
    assert errors(wrong.content.decode()) == errors(stranger.content.decode())
