import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import ConnectionHandler, IntegrityError, connections, transaction

from prongsai.record import triggers
from prongsai.record.checks import triggers_are_there
from prongsai.record.models import Checkpoint, Edition, Entry, Node
from prongsai.record.receivers import after_migrate, before_migrate, prepare_connection
from tests.record.conftest import open_record
from tests.record.factories import BEGIN, published, recalled

SHA = "ab" * 32
CHANGES = [
    "UPDATE record_entry SET number = '2569-00009'",
    "UPDATE record_entry SET seq = 7 WHERE seq = 0",
    "DELETE FROM record_entry",
    "UPDATE record_node SET hash = 'x'",
    "DELETE FROM record_node",
    "UPDATE record_checkpoint SET note = 'x'",
    "DELETE FROM record_checkpoint WHERE size = 1",
    "UPDATE record_edition SET canonical = '{}'",
    "UPDATE record_edition SET canonical = NULL",
    "UPDATE record_edition SET number = '2569-00009'",
    f"UPDATE record_edition SET hash = '{SHA}'",
    "DELETE FROM record_edition",
    "UPDATE OR REPLACE record_entry SET leaf_hash = 'x'",
    "REPLACE INTO record_checkpoint SELECT size, root_hash, 'forged' FROM record_checkpoint",
    "REPLACE INTO record_edition SELECT hash, number, '{}' FROM record_edition",
    f"INSERT INTO record_edition VALUES ('{SHA}', '2569-00002', '{{}}')",
    "INSERT INTO record_checkpoint VALUES (9, 'x', 'x')",
    "INSERT INTO record_node (level, \"index\", hash) VALUES (9, 9, 'x')",
    (
        "INSERT INTO record_entry (seq, at, action, number, version, leaf_hash, key, edition_hash)"
        " SELECT 1, at, action, number, version, 'x', 'k', 'x' FROM record_entry"
    ),
]


def run(statement: str) -> None:
    with connections["record"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_database_refuses_whatever_changes_the_truth(data: Path, statement: str) -> None:
    published()

    with pytest.raises(IntegrityError):
        run(statement)


@pytest.mark.parametrize("statement", CHANGES)
def test_another_program_cannot_change_the_truth_either(data: Path, statement: str) -> None:
    published()
    connection = sqlite3.connect(data / "record" / "record.sqlite3")

    with pytest.raises(sqlite3.Error):
        connection.execute(statement)
    connection.close()


def test_models_are_refused_like_everybody(data: Path) -> None:
    entry = published()
    attempts = [
        lambda: Entry.objects.update(number="2569-00009"),
        lambda: Entry.objects.get().delete(),
        lambda: Entry.objects.all()._raw_delete("record"),
        entry.save,
        lambda: Edition.objects.update(canonical=None),
        lambda: Edition.objects.create(hash=SHA, number="x", canonical="{}"),
        lambda: Node.objects.create(level=0, index=1, hash=SHA),
        lambda: Checkpoint.objects.create(size=2, root_hash=SHA, note=""),
        lambda: Entry.objects.create(
            seq=1, at=BEGIN, action="published", number="x", version=1, edition_id=SHA, key="k"
        ),
    ]

    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic(using="record"):
            attempt()


def test_an_open_gate_lets_no_entry_in_out_of_turn(data: Path) -> None:
    published()
    connection = connections["record"]

    for seq in (0, 2, 7):
        entry = Entry(seq=seq, at=BEGIN, number="x", version=1, edition_id=SHA, key="k")
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(using="record"),
            triggers.gate_open(connection),
        ):
            entry.save(force_insert=True)


def test_an_open_gate_opens_nothing_for_change(data: Path) -> None:
    published()

    for statement in CHANGES[:15]:
        with pytest.raises(IntegrityError), triggers.gate_open(connections["record"]):
            run(statement)


def test_the_gate_is_open_on_one_connection_only(data: Path) -> None:
    other = open_record(data / "record" / "record.sqlite3")
    other.settings_dict["OPTIONS"]["timeout"] = 1

    with triggers.gate_open(connections["record"]), pytest.raises(IntegrityError):
        other.cursor().execute("INSERT INTO record_checkpoint VALUES (9, 'x', 'x')")
    other.close()


def test_the_gate_shuts_when_an_append_fails(data: Path) -> None:
    connection = connections["record"]
    connection.ensure_connection()
    with pytest.raises(RuntimeError), triggers.gate_open(connection):
        raise RuntimeError

    with pytest.raises(IntegrityError):
        run("INSERT INTO record_checkpoint VALUES (9, 'x', 'x')")


def test_a_recall_lets_only_earlier_texts_of_its_own_number_go(data: Path) -> None:
    published()
    number = published().number
    tomb = recalled(number)
    first, gone, tombstone = Edition.objects.order_by("entry__seq")

    assert (gone.canonical, tombstone.hash) == (None, tomb.edition_id)
    for edition in (first, tombstone):
        with pytest.raises(IntegrityError):
            Edition.objects.filter(pk=edition.pk).update(canonical=None)
    with pytest.raises(IntegrityError):
        Edition.objects.filter(pk=gone.pk).update(canonical="{}")


def test_no_trigger_is_missing_after_a_migrate(data: Path) -> None:
    assert triggers.missing_triggers() == []
    assert triggers_are_there(databases=["record"]) == []


@pytest.mark.parametrize("table", triggers.TABLES)
def test_a_dropped_trigger_is_missed_and_comes_back_with_the_next_migrate(
    data: Path, table: str
) -> None:
    run(f"DROP TRIGGER {table}_needs_the_gate")
    assert triggers.missing_triggers() == [f"{table}_needs_the_gate"]
    (error,) = triggers_are_there(databases=["record"])
    assert (error.id, table in error.msg) == ("record.E001", True)

    call_command("migrate", "record", database="record", verbosity=0)

    assert triggers.missing_triggers() == []


def test_a_trigger_that_was_made_harmless_is_missed(data: Path) -> None:
    run("DROP TRIGGER record_edition_only_erased")
    run(
        "CREATE TRIGGER record_edition_only_erased BEFORE UPDATE ON record_edition"
        " WHEN 0 BEGIN SELECT 1; END"
    )

    assert triggers.missing_triggers() == ["record_edition_only_erased"]


def test_a_plain_table_without_its_trigger_is_missed_as_well(data: Path) -> None:
    run("DROP TRIGGER record_entry_refuses_update")

    assert triggers.missing_triggers() == ["record_entry_refuses_update"]


def test_a_table_may_be_rebuilt_by_a_migration(data: Path) -> None:
    """SQLite refuses to rename a table that a trigger of another table names."""
    published()
    connection = connections["record"]

    class Migration:
        app_label = "record"

    before_migrate(using="record", plan=[(Migration(), False)])
    with connection.schema_editor() as editor:
        editor._remake_table(Entry)
    assert triggers.missing_triggers()
    after_migrate(using="record")

    assert triggers.missing_triggers() == []
    assert published().seq == 1


def test_a_migrate_that_changes_nothing_never_takes_triggers_away(data: Path) -> None:
    class Migration:
        app_label = "office"

    before_migrate(using="record", plan=[(Migration(), False)])

    assert triggers.missing_triggers() == []


def test_a_database_without_the_tables_is_left_alone(tmp_path: Path, data: Path) -> None:
    connections["record"].close()
    connections["record"] = open_record(tmp_path / "empty.sqlite3")

    after_migrate(using="record")
    triggers.remove(connections["record"])

    assert triggers_are_there(databases=["record"]) == []


@pytest.mark.parametrize("databases", [None, [], ["default"]])
def test_the_check_looks_only_where_it_may(databases: list[str] | None) -> None:
    assert triggers_are_there(databases=databases) == []


def test_deleted_rows_are_overwritten_on_the_records_connection(data: Path) -> None:
    with connections["record"].cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_other_databases_are_left_as_they_are(tmp_path: Path, django_db_blocker: Any) -> None:
    """Every SQLite connection learns the gate's question; nothing else is changed on it."""
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "office.sqlite3")}
    office = ConnectionHandler({"default": settings})["default"]

    with django_db_blocker.unblock(), office.cursor() as cursor:
        assert cursor.execute("SELECT prongsai_gate_is_open()").fetchone() == (0,)
    office.close()


def test_a_database_that_is_not_sqlite_is_not_asked() -> None:
    class Other:
        vendor = "oracle"

    prepare_connection(connection=Other())  # type: ignore[arg-type]  # no connection at all


def test_a_read_only_connection_reads_and_writes_nothing(data: Path) -> None:
    published()
    reader: Any = open_record(data / "record" / "record.sqlite3", read_only=True)

    with reader.cursor() as cursor:
        assert cursor.execute("SELECT COUNT(*) FROM record_entry").fetchone() == (1,)
        for statement in ("UPDATE record_item SET title = 'x'", "DELETE FROM record_publishedfile"):
            with pytest.raises(Exception, match="readonly"):
                cursor.execute(statement)
    reader.close()
