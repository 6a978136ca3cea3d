"""Which process is given which database, and with whose rights."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from prongsai.config.databases import (
    Confined,
    databases,
    reader_environment,
    refuse_owner_as_reader,
)

URL = "postgresql://owner:geheim@db.example:5432/town"


def test_sqlite_is_opened_for_reading_only_where_nothing_may_be_written() -> None:
    chosen = databases(read_only=("record",))

    assert chosen["record"]["NAME"].startswith("file:")
    assert chosen["record"]["NAME"].endswith("?mode=ro")
    assert "mode=ro" not in chosen["default"]["NAME"]


def test_a_process_without_the_office_is_confined_to_its_files(tmp_path: Path) -> None:
    chosen = databases(without=("default",), read_only=("record",))
    (tmp_path / "other.sqlite3").touch()

    assert chosen["default"] == {}
    assert chosen["record"]["OPTIONS"]["factory"] is Confined
    connection = sqlite3.connect(tmp_path / "own.sqlite3", factory=Confined)
    with pytest.raises(sqlite3.OperationalError, match="attached"):
        connection.execute(f"ATTACH DATABASE '{tmp_path}/other.sqlite3' AS other")
    connection.close()


def test_on_postgresql_each_database_is_a_schema_and_the_reader_reads(monkeypatch: Any) -> None:
    monkeypatch.setenv("PRONGSAI_DATABASE", URL)
    monkeypatch.setenv("PRONGSAI_DATABASE_READER", "reader")
    monkeypatch.setenv("PRONGSAI_DATABASE_READER_PASSWORD", "ansehen")

    chosen = databases(read_only=("record",))

    assert (chosen["default"]["USER"], chosen["record"]["USER"]) == ("owner", "reader")
    assert chosen["default"]["OPTIONS"]["options"] == "-c search_path=office -c lock_timeout=20s"
    assert "default_transaction_read_only=on" in chosen["record"]["OPTIONS"]["options"]
    assert "lock_timeout" not in chosen["record"]["OPTIONS"]["options"]


def test_the_portal_is_given_the_reader_s_name_and_never_the_owner_s_password() -> None:
    given = reader_environment(
        {
            "PRONGSAI_DATABASE": URL,
            "PRONGSAI_DATABASE_READER": "reader",
            "PRONGSAI_DATABASE_READER_PASSWORD": "a/b@c",
            "PATH": "/bin",
        }
    )

    assert given["PRONGSAI_DATABASE"] == "postgresql://reader:a%2Fb%40c@db.example:5432/town"
    assert "geheim" not in str(given)
    assert given["PATH"] == "/bin"


def test_the_portal_is_given_no_secret_of_the_office() -> None:
    secrets = dict.fromkeys(
        (
            *("PRONGSAI_OIDC_CLIENT_SECRET", "PRONGSAI_SMTP_PASSWORD", "PRONGSAI_LINE_TOKEN"),
            "PRONGSAI_DEMO_PASSWORD",
        ),
        "geheim",
    )

    assert reader_environment({**secrets, "PATH": "/bin"}) == {"PATH": "/bin"}


@pytest.mark.parametrize(
    "environment", [{}, {"PRONGSAI_DATABASE": URL}, {"PRONGSAI_DATABASE_READER": "reader"}]
)
def test_without_a_reader_or_a_server_nothing_is_changed(environment: dict[str, str]) -> None:
    assert reader_environment(environment) == environment


@pytest.mark.parametrize("without", [(), ("default",)])
@pytest.mark.parametrize("reader", ["", "owner"])
def test_the_owner_does_not_read_in_place_of_a_reader(
    monkeypatch: Any, reader: str, without: tuple[str, ...]
) -> None:
    """But who gives the portal the reader's own address names the same role twice."""
    monkeypatch.setenv("PRONGSAI_DATABASE", URL)
    monkeypatch.setenv("PRONGSAI_DATABASE_READER", reader)

    if without and reader:
        assert databases(without=without, read_only=("record",))["record"]["PASSWORD"] == "geheim"
        return
    with pytest.raises(ImproperlyConfigured, match="set PRONGSAI_DATABASE_READER and"):
        databases(without=without, read_only=("record",))


def test_a_reader_without_a_password_is_not_given_the_owner_s(monkeypatch: Any) -> None:
    monkeypatch.setenv("PRONGSAI_DATABASE", URL)
    monkeypatch.setenv("PRONGSAI_DATABASE_READER", "reader")
    monkeypatch.delenv("PRONGSAI_DATABASE_READER_PASSWORD", raising=False)

    assert databases(read_only=("record",))["record"]["PASSWORD"] == ""


def test_files_need_no_reader() -> None:
    refuse_owner_as_reader({})
