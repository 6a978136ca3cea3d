"""The trail on PostgreSQL: many hands at once make one chain."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import ConnectionHandler, connections

from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.append_only import missing_triggers
from prongsai.organisation.models import Act
from prongsai.organisation.queries import first_broken_act
from tests.factories import NOW
from tests.record.test_postgres import connection_to

pytestmark = pytest.mark.postgres
SCHEMA = "office_trail"
HANDS, ACTS = 4, 10


def office_connection(url: str) -> Any:
    settings = connection_to(url, SCHEMA).settings_dict
    return ConnectionHandler({"default": settings})["default"]


@pytest.fixture
def office(postgres_url: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The office's tables in a schema of their own, instead of the test database."""
    before = connections["default"]
    with django_db_blocker.unblock():
        connections["default"] = office_connection(postgres_url)
        with connections["default"].cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        try:
            call_command("migrate", verbosity=0)
            yield postgres_url
        finally:
            connections["default"].close()
            connections["default"] = before


def write(url: str, name: str) -> None:
    """One hand, with a connection of its own."""
    connections["default"] = office_connection(url)
    for _ in range(ACTS):
        record_act(by=Actor.system(name), at=NOW, verb="count")
    connections["default"].close()


def test_acts_written_at_once_form_one_unbroken_chain(office: str) -> None:
    hands = [Thread(target=write, args=(office, f"hand-{number}")) for number in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert Act.objects.count() == HANDS * ACTS
    assert len(set(Act.objects.values_list("previous_hash", flat=True))) == HANDS * ACTS
    assert first_broken_act() is None


def test_a_migrated_office_lacks_no_trigger(office: str) -> None:
    assert missing_triggers("default") == []
