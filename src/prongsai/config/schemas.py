"""On PostgreSQL: one schema for each database of ours, and a reader that can look at the record and at nothing else."""

import os

from django.conf import settings
from django.db import connections

from prongsai.config.databases import SCHEMAS


def make_schemas() -> None:
    """Before migrating. Nothing happens on SQLite."""
    for alias in settings.DATABASES:
        connection = connections[alias]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMAS[alias]}")


def let_the_reader_read() -> None:
    """After migrating: SELECT on the record for `PRONGSAI_DATABASE_READER`, now and for tables to come."""
    connection = connections["record"]
    reader = os.environ.get("PRONGSAI_DATABASE_READER", "")
    if connection.vendor != "postgresql" or reader in ("", connection.settings_dict["USER"]):
        return
    role = connection.ops.quote_name(reader)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA record TO {role}")
        cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA record TO {role}")
        cursor.execute(
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA record GRANT SELECT ON TABLES TO {role}"
        )
