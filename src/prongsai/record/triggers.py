"""The database's own refusal to change the record, and the gate through which alone rows come in.

Entries, nodes, checkpoints and observations are append-only (`organisation.append_only`). Beyond that, rows of
the record come in only while `gate_open` holds on the very connection, an entry's `seq` continues the last, and an
edition's text may become NULL once a later entry recalls its number. Whoever owns the file can drop triggers: what
proves history then is the signed log in other people's hands.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from prongsai.organisation import append_only

RECORD = "record"
SIMPLE_TABLES = ("record_entry", "record_node", "record_checkpoint")
EDITION = "record_edition"
TABLES = (*SIMPLE_TABLES, EDITION)
# What monitoring saw comes in without the gate, and is kept as strictly.
APPEND_ONLY = (*SIMPLE_TABLES, "record_observation", "record_uptimeday")
GATE_FUNCTION = "prongsai_gate_is_open"
SHUT = "the record takes rows through its gate only"
OUT_OF_TURN = "an entry continues the last one"
CHANGED = "record_edition is append-only: only a recall erases its text"

_RECALL_CAME_LATER = (
    "EXISTS (SELECT 1 FROM record_entry AS own JOIN record_entry AS recall"
    " ON recall.number = own.number AND recall.seq > own.seq"
    " WHERE own.edition_hash = OLD.hash AND recall.action = 'recalled')"
)
_ERASES_ONLY = (
    "NEW.canonical IS NULL AND NEW.hash = OLD.hash AND NEW.number = OLD.number"
    f" AND {_RECALL_CAME_LATER}"
)
_NEXT_SEQ = "(SELECT COALESCE(MAX(seq), -1) + 1 FROM record_entry)"


class _Gate:
    """Whether rows may come in on one connection. Shut unless an append is at work."""

    is_open = False


# A connection ends with its thread, and its gate must not keep it alive.
_gates: WeakKeyDictionary[BaseDatabaseWrapper, _Gate] = WeakKeyDictionary()


def give_gate(connection: BaseDatabaseWrapper) -> None:
    """Teach a new SQLite connection to answer the triggers' question."""
    # The function holds the gate, not the connection, which could not be freed otherwise.
    gate = _gates.setdefault(connection, _Gate())
    connection.connection.create_function(GATE_FUNCTION, 0, lambda: gate.is_open)


@contextmanager
def gate_open(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let rows in on this connection. Only `actions.append` asks for it, inside its transaction."""
    if connection.vendor == "postgresql":
        # Local to the transaction: a rollback shuts it as well.
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('prongsai.gate', 'open', true)")
            yield
            cursor.execute("SELECT set_config('prongsai.gate', '', true)")
        return
    connection.ensure_connection()
    gate = _gates[connection]
    gate.is_open = True
    try:
        yield
    finally:
        gate.is_open = False


def install(connection: BaseDatabaseWrapper) -> None:
    """Create what is missing. Running it again repairs."""
    append_only.install(connection, APPEND_ONLY)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for function in POSTGRESQL_FUNCTIONS:
                cursor.execute(function)
        for name, (table, statement) in _statements(connection.vendor).items():
            cursor.execute(_drop_sql(connection.vendor, name, table))
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take our own triggers away for a migration: they name tables that SQLite is about to rebuild."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, (table, _statement) in _statements(connection.vendor).items():
            if table in there:
                cursor.execute(_drop_sql(connection.vendor, name, table))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that are absent, switched off or not as they were made."""
    found = _found(connection)
    own = _statements(connection.vendor)
    is_sqlite = connection.vendor == "sqlite"
    # SQLite keeps the statement, so a trigger of the right name that does nothing is noticed as well.
    return [
        *append_only.missing(connection, APPEND_ONLY),
        *(
            name
            for name, (table, statement) in own.items()
            if found.get(name) != (statement if is_sqlite else table)
        ),
    ]


def missing_triggers() -> list[str]:
    """What `missing` says of the record, for readiness and for the system check."""
    return missing(connections[RECORD])


def has_tables(connection: BaseDatabaseWrapper) -> bool:
    return {*TABLES, *APPEND_ONLY} <= set(connection.introspection.table_names())


def _drop_sql(vendor: str, name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")


def _statements(vendor: str) -> dict[str, tuple[str, str]]:
    """Our own triggers: name -> table and the statement that creates it."""
    rows = SQLITE if vendor == "sqlite" else POSTGRESQL
    return {name: (table, statement) for name, table, statement in rows}


def _sqlite(
    name: str, table: str, event: str, condition: str, message: str
) -> tuple[str, str, str]:
    when = f" WHEN {condition}" if condition else ""
    statement = (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table}{when} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )
    return name, table, statement


def _postgresql(name: str, table: str, event: str, function: str) -> tuple[str, str, str]:
    level = "STATEMENT" if event == "TRUNCATE" else "ROW"
    statement = (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        f"FOR EACH {level} EXECUTE FUNCTION {function}()"
    )
    return name, table, statement


SQLITE = [
    *(
        _sqlite(f"{table}_needs_the_gate", table, "INSERT", f"NOT {GATE_FUNCTION}()", SHUT)
        for table in TABLES
    ),
    _sqlite(
        "record_entry_in_turn",
        "record_entry",
        "INSERT",
        # With `<>`, a seq of NULL would give NULL, and the trigger would not fire.
        f"NEW.seq IS NOT {_NEXT_SEQ}",
        OUT_OF_TURN,
    ),
    # SQLite's REPLACE removes a row without asking delete triggers.
    _sqlite(
        "record_edition_is_new",
        EDITION,
        "INSERT",
        "EXISTS (SELECT 1 FROM record_edition WHERE hash = NEW.hash)",
        CHANGED,
    ),
    _sqlite("record_edition_only_erased", EDITION, "UPDATE", f"NOT ({_ERASES_ONLY})", CHANGED),
    _sqlite("record_edition_refuses_delete", EDITION, "DELETE", "", CHANGED),
]
POSTGRESQL = [
    *(_postgresql(f"{table}_needs_the_gate", table, "INSERT", "prongsai_gate") for table in TABLES),
    _postgresql("record_entry_in_turn", "record_entry", "INSERT", "prongsai_in_turn"),
    _postgresql("record_edition_only_erased", EDITION, "UPDATE", "prongsai_only_erased"),
    _postgresql("record_edition_refuses_delete", EDITION, "DELETE", "prongsai_keep_edition"),
    _postgresql("record_edition_refuses_truncate", EDITION, "TRUNCATE", "prongsai_keep_edition"),
]


def _function(name: str, condition: str, message: str) -> str:
    """A trigger function that raises when the condition holds."""
    # With the search path as it is now: a caller's own could put another record_entry before ours.
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
        SET search_path FROM CURRENT AS $$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
    """


POSTGRESQL_FUNCTIONS = (
    _function(
        "prongsai_gate", "COALESCE(current_setting('prongsai.gate', true), '') <> 'open'", SHUT
    ),
    _function("prongsai_in_turn", f"NEW.seq <> {_NEXT_SEQ}", OUT_OF_TURN),
    _function("prongsai_only_erased", f"NOT ({_ERASES_ONLY})", CHANGED),
    _function("prongsai_keep_edition", "true", CHANGED),
)


def _found(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Trigger name -> its statement (SQLite) or its table, if it is switched on (PostgreSQL)."""
    questions = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": (
            # O is on and A always on; D is off, and R works on replicas only.
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgenabled IN ('O', 'A') AND c.relnamespace = current_schema()::regnamespace"
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(questions[connection.vendor])
        return dict(cursor.fetchall())
