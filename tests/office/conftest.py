"""A small town at its desks: each person is a signed-in test client."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.states import RoleCode
from tests.approval.factories import line
from tests.databases import Remembered, standing
from tests.factories import actor, post, unit
from tests.office.vouching import fake  # noqa: F401 -- a fixture, used by name
from tests.product import Product

SignIn = Callable[[str], Client]
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(scope="module")
def office(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The office running by itself, where nothing is shown that portal or worker do."""
    running = Product(data=tmp_path_factory.mktemp("office") / "data")
    shutil.copytree(prepared, running.data)
    running.start_office()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Actor]]:
    """Made once for the tests of a module: that took longer than most of them."""
    with standing(everybody, django_db_blocker) as known:
        yield known


@pytest.fixture
def people(town: dict[str, Actor], db: None) -> dict[str, Actor]:
    """The line of approvers, and one person for each other role."""
    return dict(town)


def _everybody() -> dict[str, Actor]:
    others = {
        "screener": RoleCode.SCREENER,
        "second": RoleCode.SCREENER,
        "webmaster": RoleCode.WEBMASTER,
        "auditor": RoleCode.AUDITOR,
        "administrator": RoleCode.ADMINISTRATOR,
    }
    known = line()
    post("neighbour", unit=unit("treasury"), roles=[RoleCode.OFFICER], title_th="เจ้าหน้าที่คลัง")
    known["neighbour"] = actor("neighbour")
    return known | {code: actor(code, roles=[role]) for code, role in others.items()}


everybody = Remembered(_everybody)


@pytest.fixture
def sit(people: dict[str, Actor]) -> SignIn:
    """A client at the desk of this post's holder: second factor set up, signed in a moment ago."""

    def at_desk(code: str) -> Client:
        person = Person.objects.get(pk=people[code].person_id)
        if not is_mfa_enabled(person):
            TOTP.activate(person, SECRET)
        return signed_in(person)

    return at_desk


def signed_in(person: Person, *, seconds_ago: float = 0) -> Client:
    """As somebody who gave their password then. Only the session is there: to come in also leaves acts and a device."""
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
            "account_authentication_methods": [
                {"method": "password", "at": time.time() - seconds_ago}
            ],
            "account_authentication_methods_user": str(person.pk),
        }
    )
    session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client
