"""A record on real files, new for each test: SQLite with its write-ahead log, blobs, a signing key."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import ConnectionHandler, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from prongsai.config.databases import databases
from tests.config.conftest import prongsai  # noqa: F401 -- a fixture, used by name
from tests.record.factories import corrected, file, published, recalled, withdrawn


def open_record(path: Path, *, read_only: bool = False) -> BaseDatabaseWrapper:
    """A connection as the worker (or the portal) makes it, to a file of the test's own."""
    settings = databases(read_only=("record",) if read_only else ())["record"]
    settings["NAME"] = f"file:{path}?mode=ro" if read_only else str(path)
    connection: BaseDatabaseWrapper = ConnectionHandler({"default": {}, "record": settings})[
        "record"
    ]
    return connection


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """An empty record's database, to copy."""
    path = tmp_path_factory.mktemp("record") / "record.sqlite3"
    before = connections["record"]
    with django_db_blocker.unblock():
        connections["record"] = open_record(path)
        call_command("migrate", "record", database="record", verbosity=0)
        connections["record"].close()
    connections["record"] = before
    return path


@pytest.fixture
def data(tmp_path: Path, migrated: Path, settings: Any, django_db_blocker: Any) -> Iterator[Path]:
    """A data folder with an empty record; all of `prongsai.record` works on it."""
    record = tmp_path / "data" / "record"
    (record / "blobs").mkdir(parents=True)
    shutil.copy(migrated, record / "record.sqlite3")
    settings.LOG_KEY_PATH = tmp_path / "data" / "secrets" / "log-key"
    settings.LOG_VKEY_PATH = record / "log.vkey"
    blobs = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(record / "blobs")},
    }
    settings.STORAGES = {**settings.STORAGES, "blobs": blobs}
    before = connections["record"]
    connections["record"] = open_record(record / "record.sqlite3")
    with django_db_blocker.unblock():
        yield tmp_path / "data"
        connections["record"].close()
    connections["record"] = before


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log below, made once: making it took longer than verifying it."""
    return tmp_path_factory.mktemp("kept") / "data"


@pytest.fixture
def log(data: Path, kept: Path) -> Path:
    """Seven entries of which the sixth recalls the fourth's number, in a folder of the test's own."""
    connections["record"].close()
    if kept.exists():
        shutil.copytree(kept, data, dirs_exist_ok=True)
        return data
    write_log()
    # Closed, so that the write-ahead log is in the database when that is copied.
    connections["record"].close()
    shutil.copytree(data, kept)
    return data


def write_log() -> None:
    first = published(files=[file(b"one")], obligations=["oit-o1"]).number
    corrected(first, files=[file(b"two")], obligations=["oit-o1"])
    withdrawn(published().number)
    gone = published(title="หายไป", files=[file(b"gone", slot="gone")]).number
    recalled(gone)
    published()


@pytest.fixture
def tamper(data: Path) -> Callable[[str], None]:
    """What somebody who holds the file can do: drop the triggers, change anything, put them back."""

    def change(statement: str) -> None:
        connections["record"].close()
        with closing(sqlite3.connect(data / "record" / "record.sqlite3")) as connection:
            found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            made = dict(found.fetchall())
            for name in made:
                connection.execute(f'DROP TRIGGER "{name}"')
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.executescript(statement)
            for sql in made.values():
                connection.execute(sql)
            connection.commit()

    return change
