"""A system check: the record's triggers are there (`prongsai check`, `migrate`)."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from prongsai.record import triggers


def triggers_are_there(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """Django asks with the databases it may touch; without them nothing is looked up."""
    if triggers.RECORD not in (databases or ()):
        return []
    # `migrate` runs this check before it has made the first table.
    if not triggers.has_tables(connections[triggers.RECORD]):
        return []
    missing = triggers.missing_triggers()
    if not missing:
        return []
    return [
        Error(
            f"The record does not refuse change: {', '.join(missing)} missing.",
            hint="Run `prongsai migrate`, then `prongsai verify`.",
            id="record.E001",
        )
    ]
