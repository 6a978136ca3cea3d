"""Kill -9 of the worker while it reads scans: no page is lost, none is read as another, and the rest goes on."""

import sqlite3
import time
from contextlib import closing

from tests.attacks.installation import Installation

WORDS = ["โรงเรียนเทศบาล", "ตลาดสด", "สะพานข้ามคลอง", "ประปาหมู่บ้าน"]
RECEIVE = f"""
from django.utils import timezone
from prongsai.files.actions import receive
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from tests.files.samples import upload
from tests.files.scans import scan
person = Person.objects.earliest("pk")
by = Actor(person_id=person.pk, name="ผู้ส่ง", post_code="x", post_title="ตำแหน่ง")
receive(upload=upload("scan.pdf", scan(*{WORDS})), by=by, at=timezone.now())
"""


def rows(installation: Installation, columns: str) -> list[tuple[object, ...]]:
    """Looked at from outside, so that the look itself starts nothing."""
    database = sqlite3.connect(installation.data / "office" / "office.sqlite3", timeout=20)
    with closing(database):
        return database.execute(
            f"SELECT {columns} FROM files_pagereading ORDER BY number"
        ).fetchall()


def begun(installation: Installation) -> int:
    return sum(int(str(attempts)) for (attempts,) in rows(installation, "attempts"))


def is_begun(installation: Installation, before: int) -> bool:
    """Wait until the worker has noted that it begins a page."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if begun(installation) > before:
            return True
        time.sleep(0.01)
    return False


def test_a_worker_killed_while_it_reads_loses_no_page(installation: Installation) -> None:
    received = installation.python("worker", RECEIVE)
    assert received.returncode == 0, received.stderr
    for _kill in range(4):
        before = begun(installation)
        worker = installation.start("work", "--until-idle")
        assert is_begun(installation, before)
        time.sleep(0.2)
        worker.kill()
        worker.wait()

    assert installation.start("work", "--until-idle").wait(120) == 0

    read = rows(installation, "state, text")
    assert [(state, str(text).replace(" ", "")) for state, text in read] == [
        ("read", word) for word in WORDS
    ]
