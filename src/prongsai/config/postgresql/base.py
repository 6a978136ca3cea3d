"""A transaction waits at its first statement for the one before it, as SQLite's IMMEDIATE transactions do.

Every act ends with a line of one hash-chained trail, so that writers wait for each other in any case. Those that waited
at the end, with rows of their own in their hands, now and then waited for each other: PostgreSQL ended one of them.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base

# Named by the schema, because each of the three databases is one.
WAIT = "SELECT pg_advisory_xact_lock(hashtext(current_schema()))"


class DatabaseWrapper(base.DatabaseWrapper):
    """For processes that write; who only reads waits for nobody."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.execute_wrappers.append(self._after_the_others)

    def _after_the_others(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if not self.get_autocommit() and self._has_begun_nothing():
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute(WAIT)
        return execute(*statement)

    def _has_begun_nothing(self) -> bool:
        return bool(self.connection.info.transaction_status.name == "IDLE")
