"""Tables that need not be made again, rows that stand under all tests of a module, and how tables are emptied."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from prongsai.config.databases import FILES
from prongsai.config.folders import DATA

Made = TypeVar("Made")


@pytest.fixture(autouse=True)
def append_only_tables_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Django empties tables after a test with real transactions, which our triggers refuse.

    Its `flush` ends with post_migrate, which installs them again.
    """
    marker = request.node.get_closest_marker("django_db")
    emptied: set[str] = set()
    if marker and marker.kwargs.get("transaction"):
        request.getfixturevalue("transactional_db")
        emptied = set(marker.kwargs.get("databases", ["default"]))
    yield
    for alias in connections if "__all__" in emptied else emptied:
        _drop_triggers(connections[alias])


@contextmanager
def standing(
    make: Callable[[], Made], blocker: Any, databases: Iterable[str] = ("default",)
) -> Iterator[Made]:
    """Makes rows once; each test's own transaction goes back to them, and they go with the module."""
    wholes = {name: transaction.atomic(using=name) for name in databases}
    with blocker.unblock():
        for whole in wholes.values():
            # As Django marks those of its own test cases: what must be the outermost one may still begin.
            whole._from_testcase = True
            whole.__enter__()
        made = make()
    yield made
    with blocker.unblock():
        for name, whole in wholes.items():
            transaction.set_rollback(True, using=name)
            whole.__exit__(None, None, None)


class Remembered:
    """Calls `make` once in a process; later, where its tables are empty again, its rows are put back as they were.

    It may depend on nothing but those tables. On PostgreSQL and outside a test's own transaction, where what comes
    after the commit is wanted too, it is called itself.
    """

    def __init__(self, make: Callable[[], dict[str, Made]]) -> None:
        self._make = make
        self._made: dict[str, Made] | None = None
        self._rows: dict[str, list[tuple[Any, ...]]] = {}

    def __call__(self) -> dict[str, Made]:
        connection = connections["default"]
        if connection.vendor != "sqlite" or not connection.in_atomic_block:
            return self._make()
        if self._made is None:
            return self._first(connection)
        if _filled(connection, self._rows):
            return self._make()
        with connection.cursor() as cursor:
            for table, rows in self._rows.items():
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)
        return dict(self._made)

    def _first(self, connection: BaseDatabaseWrapper) -> dict[str, Made]:
        tables = connection.introspection.table_names()
        before = _filled(connection, tables)
        made = self._make()
        with connection.cursor() as cursor:
            for table in sorted(_filled(connection, tables) - before):
                self._rows[table] = cursor.execute(f'SELECT * FROM "{table}"').fetchall()
        self._made = dict(made)
        return made


def _filled(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> set[str]:
    """Those in which there is a row."""
    names = list(tables)
    asked = ", ".join(f'EXISTS (SELECT 1 FROM "{name}")' for name in names)
    with connection.cursor() as cursor:
        found = cursor.execute(f"SELECT {asked}").fetchone()
    return {name for name, is_filled in zip(names, found, strict=True) if is_filled}


@contextmanager
def tables_in_memory(migrated: Path) -> Iterator[None]:
    """Where Django makes its databases for tests, with the tables of that data folder: migrating takes seconds.

    Django still looks for what is missing, and for triggers.
    """
    office = migrated / FILES["default"].relative_to(DATA)
    copies = []
    for alias in settings.DATABASES:
        copy = _opened(connections[alias].creation._get_test_db_name())
        with closing(sqlite3.connect(migrated / FILES[alias].relative_to(DATA))) as made:
            made.backup(copy)
        if alias != "default":
            _call_migrated(copy, office)
        copies.append(copy)
    yield
    for copy in copies:
        copy.close()


def _drop_triggers(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


def _opened(name: str) -> sqlite3.Connection:
    """It is there as long as somebody has it open."""
    return sqlite3.connect(name, uri=True, check_same_thread=False)


def _call_migrated(copy: sqlite3.Connection, office: Path) -> None:
    """Walks through the office's tables make none here, as `prongsai migrate` knows and Django does not."""
    with closing(sqlite3.connect(office)) as made:
        columns = "app, name, applied"
        rows = made.execute(f"SELECT {columns} FROM django_migrations").fetchall()
        (table,) = made.execute("SELECT sql FROM sqlite_master WHERE name = 'django_migrations'")
    copy.execute(table[0].replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1))
    copy.execute("DELETE FROM django_migrations")
    copy.executemany(f"INSERT INTO django_migrations ({columns}) VALUES (?, ?, ?)", rows)
    copy.commit()
