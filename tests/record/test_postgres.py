"""The same promises on a real PostgreSQL server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import (
    ConnectionHandler,
    DatabaseError,
    IntegrityError,
    connections,
    transaction,
)

from prongsai.config.postgresql.base import WAIT
from prongsai.record import queries, triggers
from prongsai.record.actions import rebuild, sweep
from prongsai.record.models import Entry, Erasure, Item
from prongsai.record.verifier import verify_record
from tests.record.factories import corrected, file, later, published, recalled, withdrawn

pytestmark = pytest.mark.postgres
REFUSED = [
    "UPDATE record_entry SET number = '2569-00009'",
    "DELETE FROM record_entry",
    "TRUNCATE record_entry CASCADE",
    "UPDATE record_node SET hash = 'x'",
    "TRUNCATE record_node",
    "DELETE FROM record_checkpoint",
    "UPDATE record_edition SET canonical = '{}'",
    "UPDATE record_edition SET canonical = NULL",
    "DELETE FROM record_edition",
    "TRUNCATE record_edition CASCADE",
    "INSERT INTO record_edition VALUES ('x', '2569-00002', '{}')",
    (
        "INSERT INTO record_edition SELECT hash, number, '{}' FROM record_edition"
        " ON CONFLICT (hash) DO UPDATE SET canonical = '{}'"
    ),
    "INSERT INTO record_checkpoint VALUES (9, 'x', 'x')",
    "INSERT INTO record_node (level, index, hash) VALUES (9, 9, 'x')",
]


def connection_to(url: str, schema: str) -> Any:
    parts = urlsplit(url)
    settings = {
        "ENGINE": "prongsai.config.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"options": f"-c search_path={schema}"},
    }
    return ConnectionHandler({"default": {}, "record": settings})["record"]


@pytest.fixture
def served(postgres_url: str, data: Path, django_db_blocker: Any) -> Iterator[str]:
    """The record in a schema of its own on the server; blobs and keys in the test's folder."""
    schema = f"record_{uuid4().hex[:8]}"
    before = connections["record"]
    connections["record"] = connection_to(postgres_url, schema)
    with connections["record"].cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
    call_command("migrate", "record", database="record", verbosity=0)
    yield schema
    connections["record"].close()
    connections["record"] = before


def run(statement: str) -> None:
    with transaction.atomic(using="record"), connections["record"].cursor() as cursor:
        cursor.execute(statement)


def test_a_life_on_postgresql_verifies(served: str) -> None:
    main = file()
    pages = [{"number": 1, "text": "ข้อ\x00ความ", "source": "text"}]
    number = published(files=[main], obligations=["oit-o1"], texts={main["sha256"]: pages}).number
    corrected(number, files=[main])
    withdrawn(published().number)

    assert queries.head() == 3
    page = queries.page(number, 1)
    assert page is not None
    assert page.place.first_published_at == later()
    assert queries.file_text(main["sha256"]) == [pages[0] | {"text": "ข้อความ"}]
    assert verify_record().first_problem is None
    assert rebuild() == 2
    assert verify_record().ok


@pytest.mark.parametrize("statement", REFUSED)
def test_the_server_refuses_whatever_changes_the_truth(served: str, statement: str) -> None:
    published()

    with pytest.raises(IntegrityError):
        run(statement)
    assert queries.head() == 0


def test_an_open_gate_lets_no_entry_in_out_of_turn(served: str) -> None:
    published()

    for seq in (2, 7):
        entry = Entry(seq=seq, at=later(), number="x", version=1, edition_id="x", key="k")
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(using="record"),
            triggers.gate_open(connections["record"]),
        ):
            entry.save(force_insert=True)


def test_the_gate_is_shut_again_after_an_append(served: str) -> None:
    published()

    with connections["record"].cursor() as cursor:
        cursor.execute("SELECT COALESCE(current_setting('prongsai.gate', true), '')")
        assert cursor.fetchone() == ("",)


def test_a_recall_erases_on_postgresql(served: str) -> None:
    number = published(files=[file()], title="ความลับ").number

    recalled(number)

    with connections["record"].cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM record_edition WHERE canonical LIKE '%ความลับ%'")
        assert cursor.fetchone() == (0,)
    assert not Erasure.objects.exists()
    assert sweep(at=later()).recalls == 0
    assert verify_record().ok


def test_missing_and_disabled_triggers_are_missed(served: str) -> None:
    assert triggers.missing_triggers() == []
    run("DROP TRIGGER record_edition_only_erased ON record_edition")
    run("ALTER TABLE record_node DISABLE TRIGGER record_node_needs_the_gate")

    assert set(triggers.missing_triggers()) == {
        "record_edition_only_erased",
        "record_node_needs_the_gate",
    }

    call_command("migrate", "record", database="record", verbosity=0)
    assert triggers.missing_triggers() == []


def test_an_append_waits_for_the_one_before_it(served: str, postgres_url: str) -> None:
    other = connection_to(postgres_url, served)
    with other.cursor() as cursor:
        cursor.execute(WAIT.replace("_xact", ""))
    with connections["record"].cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")

    with pytest.raises(DatabaseError, match="lock timeout"):
        published()
    other.close()

    assert published().number == "2569-00001"
    assert Item.objects.count() == 1


def test_triggers_may_be_taken_away_for_a_migration(served: str) -> None:
    triggers.remove(connections["record"])
    assert "record_entry_in_turn" in triggers.missing_triggers()

    triggers.install(connections["record"])
    assert triggers.missing_triggers() == []
