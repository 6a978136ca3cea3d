"""From where a request came: what a client says of itself is believed from named proxies only."""

from ipaddress import ip_network
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from prongsai.office.addresses import address_beyond, hops_of
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person

PASSWORD = "กขค-long-enough-1"
PROXIES = tuple(map(ip_network, ("10.0.0.0/8", "127.0.0.1/32", "fd00::/8")))
CLIENT, FORGED = "203.0.113.7", "198.51.100.66"


@pytest.mark.parametrize(
    ("peer", "header", "address"),
    [
        # Nobody between: whatever the client says of itself is nothing.
        (CLIENT, FORGED, CLIENT),
        (CLIENT, f"10.0.0.1, {FORGED}, 10.0.0.2", CLIENT),
        # One proxy, which adds what it sees to what the client sent.
        ("10.0.0.1", CLIENT, CLIENT),
        ("10.0.0.1", f"{FORGED}, {CLIENT}", CLIENT),
        ("10.0.0.1", f"{FORGED}, 10.0.0.9, {CLIENT}", CLIENT),
        # Two proxies.
        ("10.0.0.1", f"{FORGED}, {CLIENT}, 10.0.0.2", CLIENT),
        # Somebody in the proxies' own network.
        ("10.0.0.1", "10.0.0.7", "10.0.0.7"),
        # What is no address ends the search at who is known to be there.
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", f"{FORGED}, unknown", "10.0.0.1"),
        ("10.0.0.1", f"{FORGED}, 10.0.0.2; DROP TABLE", "10.0.0.1"),
        ("10.0.0.1", f"{CLIENT}, , 10.0.0.2", "10.0.0.2"),
        # Ports, brackets, and IPv4 within IPv6.
        ("10.0.0.1", f"{CLIENT}:51000", CLIENT),
        ("::ffff:10.0.0.1", f"::ffff:{CLIENT}", CLIENT),
        ("fd00::1", "[2001:db8::7]:51000", "2001:db8::7"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        # A socket of the machine has no address, and is nobody's proxy.
        ("", CLIENT, ""),
    ],
)
def test_the_address_is_that_of_the_last_who_is_no_proxy(
    peer: str, header: str, address: str
) -> None:
    assert address_beyond(peer, hops_of("x-forwarded-for", header), PROXIES) == address


@pytest.mark.parametrize(
    ("header", "address"),
    [
        (f"for={CLIENT}", CLIENT),
        (f'by=10.0.0.1;For="{CLIENT}:80";proto=https', CLIENT),
        ('for="[2001:db8::7]:51000"', "2001:db8::7"),
        (f"for={FORGED}, for={CLIENT}", CLIENT),
        (f"for={FORGED};by=10.0.0.1, proto=https", "10.0.0.1"),
        ("for=_hidden", "10.0.0.1"),
    ],
)
def test_the_standard_header_is_read_as_it_is_written(header: str, address: str) -> None:
    assert address_beyond("10.0.0.1", hops_of("forwarded", header), PROXIES) == address


@pytest.fixture
def officer(people: dict[str, Actor]) -> Person:
    somebody = Person.objects.get(pk=people["officer"].person_id)
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


def sign_in(name: str, password: str = PASSWORD, **meta: str) -> None:
    words = {"login": name, "password": password}
    Client().post(reverse("account_login"), words, **meta)  # type: ignore[arg-type]


def told(verb: str = "office.sign_in") -> list[dict[str, Any]]:
    rows = Act.objects.filter(verb=verb).order_by("id").values_list("details", flat=True)
    return [{key: row[key] for key in ("address", "unnamed_proxy") if key in row} for row in rows]


@pytest.mark.django_db(databases=["default", "record"])
def test_trail_sessions_and_lock_out_know_the_same_address(officer: Person, settings: Any) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    came = {"HTTP_X_FORWARDED_FOR": f"{FORGED}, {CLIENT}"}
    sign_in(officer.username, "wrong", **came)
    sign_in(officer.username, **came)
    assert told() == [{"address": CLIENT}] * 2
    assert UserSession.objects.get(user=officer).ip == CLIENT


@pytest.mark.django_db(databases=["default", "record"])
@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"])
def test_without_a_named_proxy_a_header_changes_nothing_but_is_noted(
    officer: Person, header: str
) -> None:
    sign_in(officer.username, **{header: f"for={FORGED}"})
    assert told() == [{"address": "127.0.0.1", "unnamed_proxy": True}]
    assert UserSession.objects.get(user=officer).ip == "127.0.0.1"


@pytest.mark.django_db(databases=["default", "record"])
def test_the_header_that_the_proxy_does_not_write_is_not_believed(
    officer: Person, settings: Any
) -> None:
    settings.TRUSTED_PROXIES, settings.PROXY_HEADER = PROXIES, "forwarded"
    sign_in(officer.username, HTTP_X_FORWARDED_FOR=FORGED, HTTP_FORWARDED=f"for={CLIENT}")
    assert told() == [{"address": CLIENT}]


@pytest.mark.django_db(databases=["default", "record"])
def test_nobody_escapes_the_lock_by_inventing_addresses(officer: Person, settings: Any) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    for last in range(6):
        invented = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{last}, {CLIENT}"}
        sign_in(officer.username, "wrong", **invented)
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {CLIENT}
    assert told("office.lock_out") == [{"address": CLIENT}]


@pytest.mark.django_db(databases=["default", "record"])
def test_one_behind_a_proxy_does_not_lock_another_out(officer: Person, settings: Any) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    for _again in range(6):
        sign_in(officer.username, "wrong", HTTP_X_FORWARDED_FOR=FORGED)
    sign_in(officer.username, HTTP_X_FORWARDED_FOR=CLIENT)
    assert told()[-1] == {"address": CLIENT}
