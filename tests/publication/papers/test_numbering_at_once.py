"""Many hands at once, and some that die: still no gap and no repeat, on both databases."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.db import ConnectionHandler, connections, transaction

from prongsai.config.databases import SQLITE_OPTIONS
from prongsai.organisation.actors import Actor
from prongsai.organisation.queries import first_broken_act
from prongsai.publication.models import IssuedNumber
from prongsai.publication.papers.numbering import issue_number
from tests.at_once import town_on
from tests.factories import NOW, TODAY

HANDS, PAPERS = 4, 9
Connect = Callable[[], Any]


class Dies(Exception):
    """As if the process were killed after the number was written and before the commit."""


def issue(key: str) -> None:
    hand = Actor.system("hand")
    issue_number(key=key, series="s", prefix="ตง 1", day=TODAY, by=hand, at=NOW)


def write(connect: Connect, name: str) -> None:
    """One hand with a connection of its own; every third paper dies on the way, and is tried again."""
    connections["default"] = connect()
    for paper in range(PAPERS):
        if paper % 3 == 0:
            with suppress(Dies), transaction.atomic():
                issue(f"{name}-{paper}")
                raise Dies
        issue(f"{name}-{paper}")
    connections["default"].close()


def on_sqlite(path: Path) -> Connect:
    settings = connections["default"].settings_dict | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": SQLITE_OPTIONS,
    }
    return lambda: ConnectionHandler({"default": settings})["default"]


@pytest.fixture
def connect(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Connect]:
    """The office's tables in a place of their own, instead of the test database."""
    with django_db_blocker.unblock():
        if request.param == "postgresql":
            with town_on(request.getfixturevalue("postgres_url")) as town:
                yield partial(town.connect, "default")
            return
        before = connections["default"]
        # A copy: migrating takes seconds.
        made = request.getfixturevalue("prepared") / "office" / "office.sqlite3"
        found = on_sqlite(shutil.copy(made, tmp_path))
        connections["default"] = found()
        try:
            yield found
        finally:
            connections["default"].close()
            connections["default"] = before


@pytest.mark.parametrize(
    "connect", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_numbers_written_at_once_have_no_gap_and_no_repeat(connect: Connect) -> None:
    hands = [Thread(target=write, args=(connect, f"hand-{number}")) for number in range(HANDS)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    running = list(IssuedNumber.objects.values_list("running", flat=True))
    assert running == list(range(1, HANDS * PAPERS + 1))
    assert first_broken_act() is None
