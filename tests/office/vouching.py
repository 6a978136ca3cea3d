"""People on their way to an identity provider and back."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prongsai.office.actions.accounts import link_identity
from prongsai.office.identity import key_of
from prongsai.office.tokens import IdentityProvider
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from tests.factories import NOW
from tests.office.provider import CLIENT, SECRET, FakeProvider, running


@pytest.fixture
def fake(settings: Any) -> Iterator[FakeProvider]:
    """A provider that is set up, and runs."""
    with running() as made:
        settings.IDENTITY_PROVIDER = IdentityProvider(
            issuer=made.issuer, client_id=CLIENT, client_secret=SECRET, label="ThaiD"
        )
        yield made


def lets_count(settings: Any, *pairs: tuple[str, str]) -> None:
    settings.IDENTITY_PROVIDER = replace(settings.IDENTITY_PROVIDER, strong=frozenset(pairs))


def way_there(answer: HttpResponse) -> str:
    """The address at the provider to which this page leads."""
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    return html.unescape(found[1])


def go(client: Client, place: str = "provider_start", **sent: str) -> str:
    return way_there(client.post(reverse(place), sent))


def come_back(client: Client, brought: dict[str, str]) -> Any:
    return client.get(reverse("provider_callback"), brought)


def sign_in(client: Client, fake: FakeProvider, **sent: str) -> Any:
    """There and back; what the office says then."""
    return come_back(client, fake.agree(go(client, **sent)))


def linked(person: Person, fake: FakeProvider, settings: Any) -> Person:
    """This person has linked the account that the provider vouches for."""
    by = Actor(person_id=person.pk, name=person.full_name)
    key = key_of(fake.sub, settings.IDENTITY_PROVIDER)
    link_identity(person=person, started_by=person.pk, key=key, by=by, at=NOW)
    return person


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
