"""Passkeys and codes: each opens the account of its owner, once, and nobody else's."""

import json
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.test import Client
from django.urls import reverse

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from tests.office.conftest import SECRET, SignIn, signed_in
from tests.office.passkeys import HOST, Machine, add, enter

pytestmark = pytest.mark.django_db(databases=["default", "record"])
PASSWORD = "กขค-long-enough-1"


def somebody(people: dict[str, Actor], code: str) -> Person:
    found = Person.objects.get(pk=people[code].person_id)
    found.set_password(PASSWORD)
    found.save()
    return found


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def password(client: Client, person: Person, word: str = PASSWORD) -> int:
    fields = {"login": person.username, "password": word}
    return client.post(reverse("account_login"), fields, headers=HOST).status_code


def proven(person: Person) -> Client:
    """Signed in, and having said the password once more, as every change of factors asks."""
    client = signed_in(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD}, headers=HOST)
    return client


@pytest.fixture
def mayor(people: dict[str, Actor]) -> tuple[Person, Machine]:
    """An approver with a passkey and nothing else."""
    person, machine = somebody(people, "mayor"), Machine()
    assert add(proven(person), machine) == 302
    return person, machine


def test_an_approver_may_choose_a_passkey_instead_of_an_app(mayor: tuple[Person, Machine]) -> None:
    kinds = Authenticator.objects.filter(user=mayor[0]).values_list("type", flat=True)
    assert sorted(kinds) == ["recovery_codes", "webauthn"]
    assert signed_in(mayor[0]).get("/office/").status_code == 200
    added = Act.objects.filter(verb="office.second_factor_added").values_list("details", flat=True)
    assert "webauthn" in {each["type"] for each in added}


def test_a_passkey_signs_in_alone(mayor: tuple[Person, Machine]) -> None:
    client = Client()
    enter(client, mayor[1])
    assert client.get("/office/", headers=HOST).status_code == 200


def test_a_passkey_is_the_second_step_after_the_password(mayor: tuple[Person, Machine]) -> None:
    client, place = Client(), reverse("mfa_authenticate")
    password(client, mayor[0])
    assert not is_in(client)
    options = client.get(place, headers=HOST).context["js_data"]["request_options"]
    answer = mayor[1].signed(json.loads(json.dumps(options)))
    client.post(place, {"credential": answer}, headers=HOST)
    assert is_in(client)


def test_the_passkey_of_another_account_opens_nothing(
    people: dict[str, Actor], mayor: tuple[Person, Machine]
) -> None:
    other = Machine()
    add(proven(somebody(people, "head")), other)

    client, place = Client(), reverse("mfa_authenticate")
    password(client, mayor[0])
    options = client.get(place, headers=HOST).context["js_data"]["request_options"]
    stolen = other.signed(json.loads(json.dumps(options)))
    client.post(place, {"credential": stolen}, headers=HOST)
    assert not is_in(client)

    stranger = Client()
    other.handle = mayor[1].handle
    enter(stranger, other)
    assert not is_in(stranger)


def test_a_passkey_answers_only_what_it_was_asked(mayor: tuple[Person, Machine]) -> None:
    client, machine, place = Client(), mayor[1], reverse("mfa_login_webauthn")
    ask = HOST | {"x-requested-with": "XMLHttpRequest"}
    asked = client.get(place, headers=ask).json()["request_options"]
    answer = machine.signed(asked)
    client.get(place, headers=ask)
    client.post(place, {"credential": answer}, headers=HOST)
    assert not is_in(client)


def test_a_copy_of_the_sign_in_page_gets_no_use_of_a_passkey(
    mayor: tuple[Person, Machine],
) -> None:
    client = Client()
    mayor[1].origin = "https://localhost.evil.example"
    enter(client, mayor[1])
    assert not is_in(client)


def test_a_shut_account_does_not_open_with_its_passkey(mayor: tuple[Person, Machine]) -> None:
    Person.objects.filter(pk=mayor[0].pk).update(is_active=False)
    client = Client()
    enter(client, mayor[1])
    assert client.get("/office/", headers=HOST).status_code == 302


def test_a_code_that_was_used_does_not_work_again_while_it_is_valid(
    people: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = somebody(people, "officer")
    TOTP.activate(officer, SECRET)
    now = time.time()
    code = format_hotp_value(hotp_value(SECRET, int(now) // 30))

    first = Client()
    password(first, officer)
    first.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(first)

    # allauth itself forgets after thirty seconds.
    cache.delete(f"allauth.mfa.totp.used?user={officer.pk}&code={code}")
    for written in (code, f"{code[:3]} {code[3:]}"):
        second = Client()
        password(second, officer)
        second.post(reverse("mfa_authenticate"), {"code": written})
        assert not is_in(second)


def test_codes_are_shown_where_there_are_some_and_else_made(
    mayor: tuple[Person, Machine], people: dict[str, Actor]
) -> None:
    client = proven(mayor[0])
    shown, made = reverse("mfa_view_recovery_codes"), reverse("mfa_generate_recovery_codes")
    assert f'href="{shown}"' in client.get(reverse("account")).content.decode()

    Authenticator.objects.filter(user=mayor[0], type="recovery_codes").delete()

    page = client.get(reverse("account")).content.decode()
    assert f'href="{shown}"' not in page
    assert f'href="{made}"' in page


def test_a_recovery_code_opens_once(people: dict[str, Actor]) -> None:
    person = somebody(people, "mayor")
    add(proven(person), Machine())
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    opened = []
    for _again in range(2):
        client = Client()
        password(client, person)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        opened.append(is_in(client))
    assert opened == [True, False]


def lock(person: Person) -> str:
    for _each in range(6):
        client = Client()
        fields = {"login": person.username, "password": "wrong"}
        page = client.post(reverse("account_login"), fields)
    return page.content.decode()


def later(minutes: float) -> None:
    """As if so much time had passed since every attempt."""
    earlier = timedelta(minutes=minutes)
    with connection.cursor() as cursor:
        cursor.execute('DROP TRIGGER IF EXISTS "organisation_act_refuses_update"')
    Act.objects.filter(verb="office.lock_out").update(at=F("at") - earlier)
    for attempt in AccessAttempt.objects.select_related("expiration"):
        attempt.attempt_time -= earlier
        attempt.save()
        attempt.expiration.expires_at -= earlier
        attempt.expiration.save()


def test_each_lock_of_a_day_stands_longer_than_the_one_before(people: dict[str, Actor]) -> None:
    officer = somebody(people, "officer")
    assert "15 นาที" in lock(officer)
    later(14)
    assert password(Client(), officer) == 429
    later(2)
    assert "30 นาที" in lock(officer)
    later(16)
    assert password(Client(), officer) == 429
    later(15)
    assert password(Client(), officer) == 302


def test_knocking_at_a_shut_door_makes_it_stay_shut_no_longer(people: dict[str, Actor]) -> None:
    officer = somebody(people, "officer")
    lock(officer)
    page = lock(officer)
    assert "15 นาที" in page
    begun = Act.objects.filter(verb="office.lock_out", details__begins=True)
    assert begun.count() == 1


def test_the_sign_in_of_another_opens_no_locked_door(people: dict[str, Actor]) -> None:
    officer, other = somebody(people, "officer"), somebody(people, "neighbour")
    lock(officer)
    later(16)
    lock(officer)
    later(16)
    assert password(Client(), other) == 302
    assert password(Client(), officer) == 429


def sign_ins() -> list[dict[str, Any]]:
    found = Act.objects.filter(verb="office.sign_in", outcome="done").order_by("id")
    return list(found.values_list("details", flat=True))


def test_a_sign_in_from_a_new_browser_is_noted_once_for_each_person(
    people: dict[str, Actor],
) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140"})
    for who in ("officer", "officer", "neighbour"):
        password(client, somebody(people, who))
        client.post(reverse("account_logout"))
    assert [each.get("new_device") for each in sign_ins()] == [
        "Chrome · Android",
        None,
        "Chrome · Android",
    ]
    cookie = client.cookies[django_settings.DEVICE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_made_up_device_cookie_is_replaced(people: dict[str, Actor]) -> None:
    client = Client()
    client.cookies[django_settings.DEVICE_COOKIE_NAME] = "short"
    password(client, somebody(people, "officer"))
    assert client.cookies[django_settings.DEVICE_COOKIE_NAME].value != "short"


def three_browsers(person: Person) -> list[Client]:
    clients = [Client() for _each in range(3)]
    for client in clients:
        password(client, person)
    return clients


def inside(clients: list[Client]) -> list[bool]:
    return [client.get("/office/").status_code == 200 for client in clients]


def test_one_session_is_ended_and_the_others_go_on(people: dict[str, Actor]) -> None:
    clients = three_browsers(somebody(people, "officer"))
    rows = clients[0].get(reverse("sessions")).context["rows"]
    target = next(row for row in rows if row.session_key == clients[1].session.session_key)
    clients[0].post(reverse("end_sessions"), {"session": str(target.pk)})
    assert inside(clients) == [True, False, True]


@pytest.mark.parametrize(("do", "left"), [("others", True), ("all", False)])
def test_all_sessions_are_ended_at_once(people: dict[str, Actor], do: str, left: bool) -> None:
    clients = three_browsers(somebody(people, "officer"))
    clients[0].post(reverse("end_sessions"), {"do": do})
    assert inside(clients) == [left, False, False]
    assert Act.objects.filter(verb="end_sessions").exists()


def test_a_session_of_somebody_else_is_not_ended(people: dict[str, Actor], sit: SignIn) -> None:
    clients = three_browsers(somebody(people, "officer"))
    row = clients[0].get(reverse("sessions")).context["rows"][0]
    sit("neighbour").post(reverse("end_sessions"), {"session": str(row.pk)})
    assert inside(clients) == [True, True, True]


def test_a_new_password_ends_the_other_sessions(people: dict[str, Actor]) -> None:
    clients = three_browsers(somebody(people, "officer"))
    new = "ไม้ขีดไฟ ทุเรียน ตะเกียง"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    clients[0].post(reverse("account_change_password"), fields)
    assert inside(clients) == [True, False, False]
    assert Act.objects.filter(verb="change_password").count() == 1
