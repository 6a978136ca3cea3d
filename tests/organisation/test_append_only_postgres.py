"""The same refusals on PostgreSQL, with a real server."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from prongsai.organisation import append_only
from tests.record.test_postgres import connection_to

pytestmark = pytest.mark.postgres
SCHEMA = "trail"


@pytest.fixture
def server(postgres_url: str, django_db_blocker: Any) -> Iterator[BaseDatabaseWrapper]:
    """A schema with one table of one row, which refuses change."""
    with django_db_blocker.unblock():
        connection = connection_to(postgres_url, SCHEMA)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {SCHEMA}")
            cursor.execute("CREATE TABLE act (id bigserial PRIMARY KEY, verb text UNIQUE)")
            cursor.execute("INSERT INTO act (verb) VALUES ('first')")
        append_only.install(connection, ["act"])
        yield connection
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
        connection.close()


def verbs(server: BaseDatabaseWrapper) -> list[str]:
    with server.cursor() as cursor:
        cursor.execute("SELECT verb FROM act ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE act SET verb = 'other'",
        "DELETE FROM act",
        "TRUNCATE act",
        "TRUNCATE act CASCADE",
        "INSERT INTO act (verb) VALUES ('first') ON CONFLICT (verb) DO UPDATE SET verb = 'other'",
        "MERGE INTO act USING (VALUES (1)) AS v(id) ON act.id = v.id WHEN MATCHED THEN DELETE",
    ],
)
def test_sql_cannot_change_or_remove_a_row(server: BaseDatabaseWrapper, sql: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), server.cursor() as cursor:
        cursor.execute(sql)
    assert verbs(server) == ["first"]


def test_rows_are_still_added(server: BaseDatabaseWrapper) -> None:
    with server.cursor() as cursor:
        cursor.execute("INSERT INTO act (verb) VALUES ('second')")
    assert verbs(server) == ["first", "second"]


@pytest.mark.parametrize(
    "harm",
    [
        "DROP TRIGGER act_refuses_truncate ON act",
        "ALTER TABLE act DISABLE TRIGGER act_refuses_truncate",
    ],
)
def test_a_trigger_that_is_gone_or_off_is_missed_and_repaired(
    server: BaseDatabaseWrapper, harm: str
) -> None:
    assert append_only.missing(server, ["act"]) == []
    with server.cursor() as cursor:
        cursor.execute(harm)
    assert append_only.missing(server, ["act"]) == ["act_refuses_truncate"]
    append_only.install(server, ["act"])
    assert append_only.missing(server, ["act"]) == []
