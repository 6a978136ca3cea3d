"""Attacks on the sign-in by an identity provider: tokens that lie, answers of others, and accounts that are shut."""

import time
from datetime import date
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person
from tests.office.conftest import signed_in
from tests.office.provider import CLIENT, FakeProvider
from tests.office.vouching import (
    come_back,
    go,
    is_in,
    linked,
    sign_in,
)

pytestmark = pytest.mark.django_db(databases=["default", "record"])
PASSWORD = "กขค-long-enough-1"
LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "of somebody else"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "another-office"},
    "several audiences, issued for none": {"aud": [CLIENT, "another-office"]},
    "issued for another": {"azp": "another-office"},
    "another issuer": {"iss": "https://evil.example"},
    "ended": {"exp": int(time.time()) - 3600},
    "without an end": {"exp": None},
    "from the future": {"iat": int(time.time()) + 36000, "nbf": int(time.time()) + 36000},
    "nobody": {"sub": None},
    "a name that is a list": {"sub": ["1234567890121"]},
}


@pytest.fixture
def officer(people: dict[str, Actor], fake: FakeProvider, settings: Any) -> Person:
    """Has linked the account for which the provider vouches."""
    somebody = Person.objects.get(pk=people["officer"].person_id)
    somebody.set_password(PASSWORD)
    somebody.save()
    return linked(somebody, fake, settings)


def refused(client: Client, answer: Any) -> bool:
    """They are not in, and it is in the trail."""
    act = Act.objects.filter(verb="office.sign_in_by_provider", outcome="refused").last()
    return answer.status_code >= 400 and not is_in(client) and act is not None


def test_a_stranger_writes_no_trail_without_an_end_and_asks_the_provider_no_more_than_that(
    fake: FakeProvider,
) -> None:
    back = {Client().get(reverse("provider_callback")).status_code for _again in range(45)}
    assert back == {400, 429}
    assert Act.objects.filter(verb="office.sign_in_by_provider").count() == 40
    assert Client().post(reverse("provider_start")).status_code == 429


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_lies_opens_nothing(officer: Person, fake: FakeProvider, lie: str) -> None:
    fake.lies, client = LIES[lie], Client()
    assert refused(client, sign_in(client, fake))


def test_a_token_that_nobody_signed_opens_nothing(officer: Person, fake: FakeProvider) -> None:
    fake.algorithm, client = "none", Client()
    assert refused(client, sign_in(client, fake))


def test_a_token_signed_by_another_key_opens_nothing(officer: Person, fake: FakeProvider) -> None:
    fake.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    client = Client()
    assert refused(client, sign_in(client, fake))


def test_a_token_signed_with_a_shared_secret_opens_nothing(
    officer: Person, fake: FakeProvider
) -> None:
    fake.algorithm, fake.signing_key = "HS256", "x" * 64  # type: ignore[assignment]
    client = Client()
    assert refused(client, sign_in(client, fake))


def test_another_name_at_the_provider_is_another_person(
    officer: Person, fake: FakeProvider
) -> None:
    fake.sub, client = "3210987654321", Client()
    assert refused(client, sign_in(client, fake))


def test_an_answer_works_once(officer: Person, fake: FakeProvider) -> None:
    client = Client()
    brought = fake.agree(go(client))
    come_back(client, brought)
    client.logout()
    assert refused(client, come_back(client, brought))


def test_an_answer_works_only_where_the_question_was_asked(
    officer: Person, fake: FakeProvider
) -> None:
    victim, attacker = Client(), Client()
    brought = fake.agree(go(attacker))
    go(victim)
    assert refused(victim, come_back(victim, brought))


@pytest.mark.parametrize("changed", [{"state": "invented"}, {"state": ""}, {"code": "invented"}])
def test_an_invented_answer_opens_nothing(
    officer: Person, fake: FakeProvider, changed: dict[str, str]
) -> None:
    client = Client()
    brought = fake.agree(go(client)) | changed
    assert refused(client, come_back(client, brought))


def test_a_code_of_somebody_else_does_not_fit(officer: Person, fake: FakeProvider) -> None:
    """Stolen on its way, a code is worth nothing without what the session that asked for it keeps (PKCE)."""
    attacker, client = Client(), Client()
    stolen = fake.agree(go(client))["code"]
    state = fake.agree(go(attacker))["state"]
    assert refused(attacker, come_back(attacker, {"code": stolen, "state": state}))


@pytest.mark.parametrize(
    "target",
    [
        *("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"),
        "https:evil.example",
    ],
)
def test_it_leads_to_no_other_site(officer: Person, fake: FakeProvider, target: str) -> None:
    assert sign_in(Client(), fake, next=target)["Location"] == "/office/"


def test_it_leads_to_where_people_wanted_to_be(officer: Person, fake: FakeProvider) -> None:
    assert sign_in(Client(), fake, next="/office/published/")["Location"] == "/office/published/"


def test_an_address_adds_nothing_to_what_is_asked_of_the_provider(
    officer: Person, fake: FakeProvider
) -> None:
    client = Client()
    place = reverse("provider_start", query={"scope": "address", "auth_params": "prompt=none"})
    page = client.post(place).content.decode()
    assert "address" not in page.partition("http-equiv")[2].partition(">")[0]
    assert "prompt" not in page


def test_an_account_that_is_shut_stays_shut(officer: Person, fake: FakeProvider) -> None:
    Person.objects.update(is_active=False)
    client = Client()
    answer = sign_in(client, fake)
    assert refused(client, answer)
    assert "ถูกระงับ" in answer.content.decode()


def test_who_holds_no_post_any_more_gets_no_further_than_the_door(
    officer: Person, fake: FakeProvider
) -> None:
    ended = {"from_date": date(2000, 1, 1), "to_date": date(2000, 12, 31)}
    Appointment.objects.filter(person=officer).update(**ended)
    client = Client()
    sign_in(client, fake)
    assert client.get("/office/").status_code == 403


def test_a_locked_door_is_locked_for_this_way_in_too(officer: Person, fake: FakeProvider) -> None:
    client = Client()
    for _again in range(6):
        client.post(reverse("account_login"), {"login": officer.username, "password": "wrong"})
    assert AccessAttempt.objects.exists()
    assert sign_in(client, fake).status_code == 429
    assert not is_in(client)


def test_a_session_that_was_there_before_is_not_the_one_after(
    officer: Person, fake: FakeProvider
) -> None:
    client = Client()
    address = go(client)
    planted = client.session.session_key
    come_back(client, fake.agree(address))
    assert is_in(client)
    assert client.session.session_key != planted
    stolen = Client()
    stolen.cookies["prongsai_office_session"] = planted or ""
    assert stolen.get("/office/").status_code == 302


def test_somebody_who_is_signed_in_is_not_made_somebody_else(
    people: dict[str, Actor], officer: Person, fake: FakeProvider
) -> None:
    """Else a page of an attacker could put a colleague to work under the attacker's name."""
    client = Client()
    brought = fake.agree(go(client))
    neighbour = Person.objects.get(pk=people["neighbour"].person_id)
    client.force_login(neighbour)
    come_back(client, brought)
    assert client.session.get("_auth_user_id") in (None, str(neighbour.pk))


def test_what_somebody_else_started_links_nothing_to_who_is_signed_in_now(
    people: dict[str, Actor], officer: Person, fake: FakeProvider
) -> None:
    fake.sub = "3210987654321"
    neighbour = Person.objects.get(pk=people["neighbour"].person_id)
    client = signed_in(neighbour)
    brought = fake.agree(go(client, "provider_link"))
    session = client.session
    kept = session["socialaccount_states"]
    other = signed_in(Person.objects.get(pk=people["second"].person_id))
    planted = other.session
    planted["socialaccount_states"] = kept
    planted.save()
    come_back(other, brought)
    assert Act.objects.filter(verb="link_identity", outcome="refused").count() == 1
    assert [one.user_id for one in SocialAccount.objects.all()] == [officer.pk]


@pytest.mark.parametrize("method", ["get", "put"])
def test_a_visit_begins_nothing(fake: FakeProvider, method: str) -> None:
    assert getattr(Client(), method)(reverse("provider_start")).status_code == 405


def test_no_page_of_somebody_else_begins_it(fake: FakeProvider) -> None:
    forger = Client(enforce_csrf_checks=True)
    assert forger.post(reverse("provider_start")).status_code == 403


def test_a_provider_that_calls_itself_by_another_name_is_not_asked(fake: FakeProvider) -> None:
    fake.config = {"issuer": "https://evil.example"}
    assert Client().post(reverse("provider_start")).status_code == 400


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_provider_that_leads_off_its_way_is_not_asked(fake: FakeProvider, name: str) -> None:
    fake.config = {name: "ftp://evil.example/"}
    assert Client().post(reverse("provider_start")).status_code == 400
