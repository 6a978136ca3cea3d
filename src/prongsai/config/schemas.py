"""On PostgreSQL: one schema for each database of ours, and a reader that can look at the record and at nothing else."""

import os

from django.conf import settings
from django.db import connections

from prongsai.config.databases import SCHEMAS

_MAY_CHANGE = """
SELECT pg_has_role(%(reader)s, current_user, 'MEMBER'),
       has_schema_privilege(%(reader)s, %(schema)s, 'CREATE'),
       EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = %(schema)s AND has_table_privilege(
           %(reader)s, format('%%I.%%I', schemaname, tablename), 'INSERT, UPDATE, DELETE, TRUNCATE'))
"""


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


def reader_may_change() -> bool:
    """Whether the server lets the reader do more with the record than read it, or become its owner."""
    connection = connections["record"]
    if connection.vendor != "postgresql":
        return False
    reader = os.environ["PRONGSAI_DATABASE_READER"]
    with connection.cursor() as cursor:
        cursor.execute(_MAY_CHANGE, {"reader": reader, "schema": SCHEMAS["record"]})
        return any(cursor.fetchone())
