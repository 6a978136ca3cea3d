"""Three databases: `default` (the office), `record` (what the public may see), `cases` (both sides).

SQLite files by default; with `PRONGSAI_DATABASE=postgresql://user:password@host:port/name` three schemas
of one PostgreSQL database, where each process connects with the role that its rights allow
(docs/reference/settings.md).
"""

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from prongsai.config.folders import CASES, OFFICE, RECORD

# Measured: with the defaults 232 of 360 concurrent write transactions failed; with these none.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
}
# As long as a writer waits on SQLite: a stop that waited longer would come after the gate that it was to shut.
LONGEST_WAIT = "20s"
SQLITE_READ_OPTIONS = {"timeout": 20, "uri": True, "init_command": "PRAGMA query_only=ON"}


class Confined(sqlite3.Connection):
    """For processes that the public reaches: no statement, however it got there, opens another database's file."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)


SCHEMAS = {"default": "office", "record": "record", "cases": "cases"}
FILES = {
    "default": OFFICE / "office.sqlite3",
    "record": RECORD / "record.sqlite3",
    "cases": CASES / "cases.sqlite3",
}
READER, READER_PASSWORD = "PRONGSAI_DATABASE_READER", "PRONGSAI_DATABASE_READER_PASSWORD"
# Settings that sign in somewhere for the office or the worker; the portal signs in nowhere.
OFFICE_SECRETS = frozenset(
    {
        *("PRONGSAI_OIDC_CLIENT_SECRET", "PRONGSAI_OIDC_CLIENT_SECRET_FILE"),
        *("PRONGSAI_SMTP_PASSWORD", "PRONGSAI_LINE_TOKEN", "PRONGSAI_DEMO_PASSWORD"),
    }
)
APPS_ELSEWHERE = {"record": "record", "cases": "cases"}


def databases(*, without: tuple[str, ...] = (), read_only: tuple[str, ...] = ()) -> dict[str, Any]:
    """Django's DATABASES: those named in `without` are closed, those in `read_only` refuse writes."""
    url = os.environ.get("PRONGSAI_DATABASE", "")
    chosen: dict[str, Any] = {}
    is_confined = bool(without)
    if read_only:
        # A process without the office may have been given the reader's own address.
        refuse_owner_as_reader(os.environ, is_reader_address=is_confined)
    for alias in SCHEMAS:
        if alias in without:
            # Django puts its dummy backend here, which refuses every question.
            chosen[alias] = {}
        elif url:
            chosen[alias] = _postgresql(url, alias, read_only=alias in read_only)
        else:
            chosen[alias] = _sqlite(
                FILES[alias], read_only=alias in read_only, confined=is_confined
            )
    return chosen


def _sqlite(path: Path, *, read_only: bool, confined: bool) -> dict[str, Any]:
    options = dict(SQLITE_READ_OPTIONS if read_only else SQLITE_OPTIONS)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"file:{path}?mode=ro" if read_only else str(path),
        "OPTIONS": options | ({"factory": Confined} if confined else {}),
        # Keeping connections alone doubled the throughput (measured).
        "CONN_MAX_AGE": None,
    }


def _postgresql(url: str, alias: str, *, read_only: bool) -> dict[str, Any]:
    parts = _address(url)
    options, engine = f"-c search_path={SCHEMAS[alias]}", "prongsai.config.postgresql"
    # Percent signs mean something in an address, and stand for themselves in the reader's own variables.
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if read_only:
        reader = os.environ["PRONGSAI_DATABASE_READER"]
        own_password = password if reader == user else ""
        user, password = reader, os.environ.get("PRONGSAI_DATABASE_READER_PASSWORD") or own_password
        options += " -c default_transaction_read_only=on"
        engine = "django.db.backends.postgresql"
    else:
        options += f" -c lock_timeout={LONGEST_WAIT}"
    return {
        "ENGINE": engine,
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": user,
        "PASSWORD": password,
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)) | {"options": options},
        "CONN_MAX_AGE": None,
    }


def _address(url: str) -> SplitResult:
    """The parts of a PostgreSQL address. The message of a wrong one never shows the password in it."""
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in ("postgresql", "postgres") and parts.path.strip("/") != ""
        is_whole = is_whole and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole:
        raise ImproperlyConfigured(
            "PRONGSAI_DATABASE must be an address such as postgresql://user:password@host:5432/name"
        )
    return parts


def refuse_owner_as_reader(
    environment: Mapping[str, str], *, is_reader_address: bool = False
) -> None:
    """On PostgreSQL a role of its own reads: the owner's read-only session could SET itself free again."""
    url, reader = environment.get("PRONGSAI_DATABASE", ""), environment.get(READER, "")
    if not url:
        return
    is_owner = reader == unquote(_address(url).username or "") and not is_reader_address
    if not reader or is_owner:
        raise ImproperlyConfigured(
            f"PRONGSAI_DATABASE is PostgreSQL: set {READER} and {READER_PASSWORD} to a role other than"
            " its owner, with SELECT only (docs/reference/settings.md)"
        )


def reader_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """For the portal: with the reader's name and password, and without any secret of the office."""
    kept = {name: value for name, value in environment.items() if name not in OFFICE_SECRETS}
    url, reader = environment.get("PRONGSAI_DATABASE", ""), environment.get(READER, "")
    if not url or not reader:
        return kept
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    who = f"{quote(reader, safe='')}:{quote(environment.get(READER_PASSWORD, ''), safe='')}"
    return {**kept, "PRONGSAI_DATABASE": parts._replace(netloc=f"{who}@{place}").geturl()}


class Router:
    """Each app's tables live in one database; nothing crosses."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return APPS_ELSEWHERE.get(model._meta.app_label, "default")

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return APPS_ELSEWHERE.get(model._meta.app_label, "default")

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return self.db_for_read(first) == self.db_for_read(second)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == APPS_ELSEWHERE.get(app_label, "default")
