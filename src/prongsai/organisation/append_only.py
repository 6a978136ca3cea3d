"""Tables whose rows are added and never changed: the database itself refuses, whoever asks.

SQLite drops a table's triggers when Django rebuilds the table, so they are installed again after
each migrate, and `missing` compares what is there with what must be there.
"""

from collections.abc import Iterable, Mapping

from django.apps import AppConfig, apps
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

# TRUNCATE fires no row trigger on PostgreSQL; SQLite has none: a DELETE of a whole table runs row triggers.
EVENTS = {"sqlite": ("insert", "update", "delete"), "postgresql": ("update", "delete", "truncate")}
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION prongsai_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: rows are added, never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def append_only_sql(
    table: str, vendor: str, *, keys: Iterable[tuple[str, ...]] = (("id",),)
) -> dict[str, str]:
    """Trigger name -> the statement that creates it.

    `keys` are the table's unique sets of columns. SQLite's `INSERT OR REPLACE` removes rows without
    asking delete triggers, so there an insert that meets an existing key is refused as well.
    """
    if vendor == "sqlite":
        return {_name(table, event): _sqlite(table, event, keys) for event in EVENTS[vendor]}
    return {_name(table, event): _postgresql(table, event) for event in EVENTS["postgresql"]}


def _name(table: str, event: str) -> str:
    return f"{table}_refuses_{event}"


def _sqlite(table: str, event: str, keys: Iterable[tuple[str, ...]]) -> str:
    condition = ""
    # `NEW.id` is -1 for a row that has no key yet, which no row has: plain inserts pass.
    if event == "insert":
        same = [" AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in keys]
        found = f'SELECT 1 FROM "{table}" WHERE {" OR ".join(same)}'  # noqa: S608 -- our own names
        condition = f" WHEN EXISTS ({found})"
    message = f"{table} is append-only: rows are added, never changed or removed"
    return (
        f'CREATE TRIGGER "{_name(table, event)}" BEFORE {event.upper()} ON "{table}"{condition} '
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _postgresql(table: str, event: str) -> str:
    level = "STATEMENT" if event == "truncate" else "ROW"
    return (
        f'CREATE TRIGGER "{_name(table, event)}" BEFORE {event.upper()} ON "{table}" '
        f"FOR EACH {level} EXECUTE FUNCTION prongsai_refuse_change()"
    )


def install(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Makes these tables refuse change. Running it again repairs what is missing."""
    found = _found(connection)
    for table in tables:
        absent = _absent(connection, table, found)
        with connection.cursor() as cursor:
            # One function serves all tables of the schema.
            if absent and connection.vendor == "postgresql":
                cursor.execute(POSTGRESQL_FUNCTION)
            for name, statement in sorted(absent.items()):
                cursor.execute(_drop_sql(name, table, connection.vendor))
                cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> list[str]:
    """Names of triggers that are absent, switched off or not as they were made."""
    found = _found(connection)
    return [name for table in tables for name in _absent(connection, table, found)]


def _absent(
    connection: BaseDatabaseWrapper, table: str, found: Mapping[str, str]
) -> dict[str, str]:
    """Of the table's triggers those that `found` lacks or has otherwise, with their statements."""
    return {
        name: statement
        for name, statement in _wanted(connection, table).items()
        if found.get(name) != (statement if connection.vendor == "sqlite" else table)
    }


def _wanted(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
    keys = {
        tuple(constraint["columns"])
        for constraint in constraints.values()
        if constraint["unique"] or constraint["primary_key"]
    }
    return append_only_sql(table, connection.vendor, keys=sorted(keys))


def _drop_sql(name: str, table: str, vendor: str) -> str:
    return f'DROP TRIGGER IF EXISTS "{name}"' + ("" if vendor == "sqlite" else f' ON "{table}"')


def _found(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Trigger name -> its statement (SQLite) or the table whose changes it refuses (PostgreSQL)."""
    questions = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": (
            "SELECT t.tgname, c.relname FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgenabled IN ('O', 'A') AND p.proname = 'prongsai_refuse_change'"
            # Another installation may live in another schema of the same server, with the same names.
            " AND c.relnamespace = current_schema()::regnamespace"
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(questions[connection.vendor])
        return dict(cursor.fetchall())


def keep(app: AppConfig) -> None:
    """For `AppConfig.ready`: installs after each migrate for the app's `append_only` models."""

    def install_after_migrate(*, using: str, **_kwargs: object) -> None:
        connection = connections[using]
        # `migrate app zero` ends with this signal too, when the tables are gone.
        there = set(connection.introspection.table_names())
        install(connection, [table for table in tables_of(app, using) if table in there])

    # Strong, because the inner function has no other holder and would be collected at once.
    post_migrate.connect(
        install_after_migrate, sender=app, weak=False, dispatch_uid=f"append_only.{app.label}"
    )


def tables_of(app: AppConfig, using: str) -> list[str]:
    """Tables in database `using` of the models that the app names in `append_only`."""
    models = [app.get_model(name) for name in getattr(app, "append_only", ())]
    return [model._meta.db_table for model in models if router.allow_migrate_model(using, model)]


def missing_triggers(using: str) -> list[str]:
    """What `missing` says of every installed app's append-only tables in database `using`."""
    tables = [table for app in apps.get_app_configs() for table in tables_of(app, using)]
    return missing(connections[using], tables)
