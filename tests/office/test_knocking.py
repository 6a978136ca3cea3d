"""Whoever tries to come in uses up their own tries, and nobody else's."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from prongsai.office.actions import forget_sessions
from prongsai.office.addresses import counted
from prongsai.office.models import KnownDevice
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from tests.office.conftest import SECRET

pytestmark = pytest.mark.django_db(databases=["default", "record"])
PASSWORD = "กขค-long-enough-1"
ELSEWHERE = "198.51.100.7"
IN = "/office/"
AJAX = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture
def officer(people: dict[str, Actor]) -> Person:
    return with_password(people, "officer")


def with_password(people: dict[str, Actor], code: str) -> Person:
    found = Person.objects.get(pk=people[code].person_id)
    found.set_password(PASSWORD)
    found.save()
    return found


def sign_in(client: Client, name: str, password: str = PASSWORD) -> str:
    answer = client.post(reverse("account_login"), {"login": name, "password": password})
    return answer.headers.get("Location", f"{answer.status_code}")


def code_now() -> str:
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def type_code(client: Client, code: str) -> bool:
    """Whether it let them in."""
    client.post(reverse("mfa_authenticate"), {"code": code})
    return "_auth_user_id" in client.session


@pytest.fixture
def known(officer: Person) -> Client:
    """A browser from which the officer has signed in, and out again."""
    client = Client()
    assert sign_in(client, officer.username) == IN
    client.post(reverse("account_logout"))
    return client


def guess(client: Client, person: Person, times: int) -> None:
    for _again in range(times):
        sign_in(client, person.username, "wrong")


def test_a_browser_that_is_known_comes_in_while_its_neighbours_are_locked_out(
    officer: Person, known: Client
) -> None:
    guess(Client(), officer, 7)
    assert sign_in(Client(), officer.username) == "429"
    assert sign_in(known, officer.username) == IN


def test_a_browser_that_is_known_may_not_guess_for_ever(officer: Person, known: Client) -> None:
    guess(known, officer, 12)
    assert sign_in(known, officer.username) == "429"


def test_a_sign_in_gives_a_browser_all_its_tries_back(officer: Person, known: Client) -> None:
    for _again in range(3):
        guess(known, officer, 5)
        assert sign_in(known, officer.username.upper()) == IN
        known.post(reverse("account_logout"))
    assert not AccessAttempt.objects.exists()


def test_a_browser_is_known_of_one_person_alone(
    people: dict[str, Actor], officer: Person, known: Client
) -> None:
    other = with_password(people, "neighbour")
    guess(known, other, 6)
    assert sign_in(known, other.username) == "429"


def test_what_somebody_does_elsewhere_makes_nobody_wait_for_longer(officer: Person) -> None:
    stranger = Client(REMOTE_ADDR=ELSEWHERE)
    guess(stranger, officer, 6)
    AccessAttempt.objects.all().delete()
    guess(stranger, officer, 6)
    colleague = Client()
    guess(colleague, officer, 5)
    answer = colleague.post(
        reverse("account_login"), {"login": officer.username, "password": "wrong"}
    )
    assert "15 นาที" in answer.content.decode()


def test_a_connection_without_an_address_is_counted_too(officer: Person) -> None:
    client = Client(REMOTE_ADDR="")
    guess(client, officer, 6)
    assert sign_in(client, officer.username) == "429"


def test_who_has_the_password_uses_up_no_codes_of_a_browser_that_is_known(
    officer: Person, known: Client
) -> None:
    TOTP.activate(officer, SECRET)
    thief = Client(REMOTE_ADDR=ELSEWHERE)
    sign_in(thief, officer.username)
    for number in range(11):
        assert not type_code(thief, f"{number:06}")
    assert not type_code(thief, code_now())

    sign_in(known, officer.username)
    assert type_code(known, code_now())


def test_nobody_guesses_codes_from_many_addresses(officer: Person) -> None:
    TOTP.activate(officer, SECRET)
    for number in range(10):
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")
        sign_in(client, officer.username)
        type_code(client, f"{number:06}")
    client = Client(REMOTE_ADDR="198.51.100.99")
    sign_in(client, officer.username)
    assert not type_code(client, code_now())


def test_a_flood_of_other_tries_brings_back_no_codes(officer: Person) -> None:
    TOTP.activate(officer, SECRET)
    thief = Client()
    sign_in(thief, officer.username)
    for number in range(10):
        type_code(thief, f"{number:06}")
    for number in range(2_000):
        cache.add(f"flood.{number}", 1)
    assert not type_code(thief, code_now())


def test_one_who_knocks_all_the_time_shuts_out_no_known_browser_of_the_same_network(
    officer: Person, known: Client
) -> None:
    knocking = Client()
    said = [sign_in(knocking, f"nobody-{number}", "wrong") for number in range(31)]
    assert said[-1] == "429"
    assert sign_in(Client(), officer.username) == "429"
    assert sign_in(known, officer.username) == IN


def test_too_often_is_said_in_a_sentence(officer: Person) -> None:
    client = Client()
    for number in range(31):
        answer = client.post(
            reverse("account_login"), {"login": f"nobody-{number}", "password": "wrong"}
        )
    assert "โปรดรอหนึ่งนาที" in answer.content.decode()


def test_asking_for_a_passkey_makes_no_rows_without_an_end() -> None:
    place = reverse("mfa_login_webauthn")
    said = {Client().get(place, headers=AJAX).status_code for _again in range(70)}
    assert said == {200, 429}
    assert Session.objects.count() == 60


@pytest.mark.parametrize(
    "credential",
    [
        *("", "5", "[]", "{}", "null", '"x"', '{"id": 5}', '{"response": 5}', '{"response": []}'),
        '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}',
        *(
            json.dumps(
                {
                    "id": "AA",
                    "rawId": "AA",
                    "type": "public-key",
                    "response": {
                        "clientDataJSON": said,
                        "authenticatorData": "AA",
                        "signature": "AA",
                        "userHandle": handle,
                    },
                }
            )
            for said in ("AA", "e30", "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUEifQ")
            for handle in ("AA", "MQ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OQ", None, 5, [])
        ),
    ],
)
def test_nonsense_for_a_passkey_is_refused_and_breaks_nothing(
    credential: str, officer: Person
) -> None:
    client = Client()
    client.get(reverse("mfa_login_webauthn"), headers=AJAX)
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert answer.headers["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("credential", ["[]", "{}", '{"id": 5}', '{"id": "x", "response": {}}'])
def test_nonsense_for_a_new_passkey_is_refused_too(credential: str, officer: Person) -> None:
    client = Client()
    sign_in(client, officer.username)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    fields = {"name": "a", "credential": credential, "passwordless": "on"}
    assert client.post(reverse("mfa_add_webauthn"), fields).status_code == 200
    assert not Authenticator.objects.exists()


def test_a_password_in_the_wrong_field_is_not_kept(officer: Person) -> None:
    for client in (Client(), Client()):
        guess_word(client, "ไม้ขีดไฟ ทุเรียน ตะเกียง")
    guess(Client(), officer, 1)
    kept = [
        act.details["typed"] for act in Act.objects.filter(verb="office.sign_in").order_by("id")
    ]
    assert kept[0] == kept[1] != kept[2] == officer.username
    assert "ทุเรียน" not in str(list(Act.objects.values()))


def guess_word(client: Client, word: str) -> None:
    sign_in(client, word, "wrong")


def test_sessions_that_are_over_are_forgotten_with_their_addresses(officer: Person) -> None:
    old, new = Client(), Client()
    for client in (old, new):
        sign_in(client, officer.username)
    now = datetime.now(UTC)
    Session.objects.filter(pk=old.session.session_key).update(expire_date=now - timedelta(hours=1))
    assert forget_sessions(at=now) == 1
    assert [row.session_key for row in UserSession.objects.all()] == [new.session.session_key]


def test_what_was_typed_and_browsers_are_forgotten_when_they_matter_no_more(
    officer: Person, known: Client
) -> None:
    guess(Client(), officer, 1)
    now = datetime.now(UTC)
    forget_sessions(at=now)
    assert (AccessAttempt.objects.count(), KnownDevice.objects.count()) == (1, 1)
    forget_sessions(at=now + timedelta(minutes=16))
    assert (AccessAttempt.objects.count(), KnownDevice.objects.count()) == (0, 1)
    forget_sessions(at=now + timedelta(days=366))
    assert not KnownDevice.objects.exists()


def test_sign_ins_are_kept_in_the_trail_alone(officer: Person) -> None:
    sign_in(Client(), officer.username)
    assert Act.objects.filter(verb="office.sign_in", outcome="done").count() == 1
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize(
    ("address", "under"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("2001:db8:1:1ff::1", "2001:db8:1:100::"),
        ("", "0.0.0.0"),  # noqa: S104 -- nothing is opened
    ],
)
def test_an_address_is_counted_with_its_network(address: str, under: str) -> None:
    assert counted(address) == under


def test_a_network_of_ipv6_has_no_more_tries_than_one_address(officer: Person) -> None:
    for last in range(6):
        guess(Client(REMOTE_ADDR=f"2001:db8::{last}:7"), officer, 1)
    assert sign_in(Client(REMOTE_ADDR="2001:db8::99:7"), officer.username) == "429"
    assert sign_in(Client(REMOTE_ADDR="2001:db9::99:7"), officer.username) == IN
