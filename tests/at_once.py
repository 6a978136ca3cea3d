"""Several hands at the same moment, each with connections of its own, over tables on a real PostgreSQL server."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier, Thread
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from django.core.management import call_command
from django.db import ConnectionHandler, connections

from prongsai.config.databases import SCHEMAS

ALIASES = ("default", "record")
TEMPLATE = "prongsai_tables"


@dataclass(frozen=True)
class Town:
    """A database with the office's tables and the record's, each in a schema of its own."""

    url: str

    def connect(self, alias: str) -> Any:
        """A connection of its own, which nobody else has."""
        parts = urlsplit(self.url)
        settings = {
            "ENGINE": "prongsai.config.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": parts.username or "",
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {"options": f"-c search_path={SCHEMAS[alias]}"},
        }
        return ConnectionHandler({"default": {}, alias: settings})[alias]

    @contextmanager
    def opened(self) -> Iterator[None]:
        """In this thread Django's own connections lead here."""
        before = {alias: connections[alias] for alias in ALIASES}
        for alias in ALIASES:
            connections[alias] = self.connect(alias)
        try:
            yield
        finally:
            for alias in ALIASES:
                connections[alias].close()
                connections[alias] = before[alias]

    def at_once(self, acts: Sequence[Callable[[], Any]], *, told: type[Exception]) -> list[Any]:
        """What each answered, or the refusal that it was told, in the order of `acts`."""
        start, answers = Barrier(len(acts)), dict[int, Any]()

        def run(place: int, act: Callable[[], Any]) -> None:
            with self.opened():
                start.wait()
                try:
                    answers[place] = act()
                except told as refusal:
                    answers[place] = refusal

        hands = [Thread(target=run, args=each) for each in enumerate(acts)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        return [answers[place] for place in range(len(acts))]


@contextmanager
def town_on(server_url: str) -> Iterator[Town]:
    """A new one, in which this thread works until the end."""
    town = Town(new_database(server_url))
    with town.opened():
        yield town
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {urlsplit(town.url).path.lstrip('/')}")


def new_database(server_url: str) -> str:
    """The address of one with all tables: a copy, for migrating takes seconds."""
    name = f"town_{uuid4().hex[:8]}"
    with psycopg.connect(server_url, autocommit=True) as server:
        made = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        if made.fetchone() is None:
            server.execute(f"CREATE DATABASE {TEMPLATE}")
            _migrate(Town(_at(server_url, TEMPLATE)))
        server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    return _at(server_url, name)


def _migrate(town: Town) -> None:
    with town.opened():
        for alias in ALIASES:
            with connections[alias].cursor() as cursor:
                cursor.execute(f"CREATE SCHEMA {SCHEMAS[alias]}")
            # The walk through the office's migrations makes no table in the record, and takes seconds.
            apps = ["record"] if alias == "record" else []
            call_command("migrate", *apps, database=alias, verbosity=0)


def _at(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()
