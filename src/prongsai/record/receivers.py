"""Wiring: every connection gets the gate's question, every migrate gets the triggers."""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from prongsai.record import triggers


def prepare_connection(*, connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """On SQLite: the gate's function, and zeros over whatever is deleted from the record."""
    if connection.vendor != "sqlite":
        return
    triggers.give_gate(connection)
    if connection.alias == triggers.RECORD:
        connection.connection.execute("PRAGMA secure_delete = ON")


def before_migrate(*, using: str, plan: list[tuple[Any, bool]], **_kwargs: Any) -> None:
    """Our triggers name other tables, and SQLite refuses to rebuild a table that one of them names."""
    if any(migration.app_label == "record" for migration, _backwards in plan):
        triggers.remove(connections[using])


def after_migrate(*, using: str, **_kwargs: Any) -> None:
    connection = connections[using]
    if triggers.has_tables(connection):
        triggers.install(connection)
