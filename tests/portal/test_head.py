from pathlib import Path
from typing import Any

from django.db import connections

from prongsai.portal.head import DatabaseHead, SqliteHead, head_reader
from prongsai.portal.owed import with_days
from tests.obligations.test_obligations import FILE
from tests.record.factories import observed, published


def test_an_empty_record_has_no_head(data: Path) -> None:
    assert head_reader(connections["record"])() == (-1, -1)
    assert DatabaseHead("record")() == (-1, -1)


def test_the_head_moves_with_each_append(data: Path) -> None:
    reader = head_reader(connections["record"])
    before = reader()
    published()

    assert (before, reader(), DatabaseHead("record")()) == ((-1, -1), (0, -1), (0, -1))


def test_the_head_moves_when_something_else_is_owed(data: Path) -> None:
    observed("oia-7-1", "missing")
    before = head_reader(connections["record"])()
    observed("oia-7-1", "met")

    assert before == (-1, 1)
    assert head_reader(connections["record"])() == DatabaseHead("record")() == (-1, 2)


def test_a_record_that_cannot_be_read_has_no_head(tmp_path: Path) -> None:
    assert SqliteHead(str(tmp_path / "missing.sqlite3"))() is None


def test_a_reader_finds_the_record_that_came_later(data: Path, tmp_path: Path) -> None:
    place = tmp_path / "later.sqlite3"
    reader = SqliteHead(str(place))
    before = reader()
    (data / "record" / "record.sqlite3").rename(place)

    assert (before, reader()) == (None, (-1, -1))


def test_another_database_without_tables_has_no_head(data: Path) -> None:
    with connections["record"].cursor() as cursor:
        cursor.execute("ALTER TABLE record_entry RENAME TO elsewhere")

    assert DatabaseHead("record")() is None


def test_a_database_other_than_sqlite_is_read_through_django(data: Path) -> None:
    connection = connections["record"]
    connection.vendor = "postgresql"

    assert isinstance(head_reader(connection), DatabaseHead)


def test_pages_hold_for_the_duties_that_a_municipality_has_written_down(
    tmp_path: Path, settings: Any
) -> None:
    valid_for = with_days(lambda: "head")
    settings.OBLIGATIONS_FOLDER = tmp_path / "empty"
    before = valid_for()
    settings.OBLIGATIONS_FOLDER = tmp_path
    (tmp_path / "act.toml").write_text(FILE, encoding="utf-8")

    assert before != valid_for() == valid_for()
    assert with_days(lambda: None)() is None
