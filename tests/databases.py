"""Rows that stand under all tests of a module, and cleaning up although tables refuse to be emptied."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

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
def standing(make: Callable[[], Made], blocker: Any) -> Iterator[Made]:
    """Makes rows of the office once; each test's own transaction goes back to them, and they go with the module."""
    whole = transaction.atomic()
    with blocker.unblock():
        whole.__enter__()
        made = make()
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def _drop_triggers(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
