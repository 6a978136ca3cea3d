"""Two people at the same moment: one is first, the other is told, and no number is given twice."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from prongsai.disclosures import actions
from prongsai.disclosures.models import Attachment, Disclosure, Revision
from prongsai.disclosures.refusals import EditConflict
from prongsai.organisation.queries import first_broken_act
from tests.disclosures.factories import content, disclosure, stored_file
from tests.factories import NOW, actor

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture
def on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it when everything is prepared: threads begun after it work on a file.

    Tests' own database is in memory, where writers at once are refused instead of waiting for each other.
    """

    def move() -> None:
        with sqlite3.connect(tmp_path / "office.sqlite3") as copy:
            connection.connection.backup(copy)
            # As every file of ours is before anybody works on it; the switch itself waits for nobody.
            copy.execute("PRAGMA journal_mode = WAL")
        copy.close()
        name = str(tmp_path / "office.sqlite3")
        monkeypatch.setitem(connections.settings["default"], "NAME", name)

    connection.ensure_connection()
    return move


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """What each act answered, or its conflict, all begun together, each with its own connection."""
    start, answers = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            answers.append(act())
        except EditConflict as conflict:
            answers.append(conflict)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def look(question: Callable[[], Any]) -> Any:
    """Asks the database that the threads wrote."""
    return at_once([question])[0]


def saving(work: Disclosure, title: str) -> Callable[[], Any]:
    by, fresh = actor(), Disclosure.objects.get(pk=work.pk)
    return lambda: actions.save(
        disclosure=fresh, content=content(title=title), base_sequence=2, by=by, at=NOW
    )


def test_of_writers_at_once_one_is_saved_and_the_others_are_told(
    on_disk: Callable[[], None],
) -> None:
    work = disclosure()
    acts = [saving(work, f"ของคนที่ {number}") for number in range(MANY)]
    on_disk()
    answers = at_once(acts)
    conflicts = [answer for answer in answers if isinstance(answer, EditConflict)]
    assert (len(answers), len(conflicts)) == (MANY, MANY - 1)
    assert look(lambda: sorted(Revision.objects.values_list("sequence", flat=True))) == [1, 2, 3]
    saved = look(lambda: Revision.objects.get(sequence=3).content["title"])
    assert {conflict.versions.theirs.title for conflict in conflicts} == {saved}


def test_a_double_click_on_save_is_one_revision(on_disk: Callable[[], None]) -> None:
    work = disclosure()
    acts = [saving(work, "เหมือนกัน") for _click in range(MANY)]
    on_disk()
    assert [answer.sequence for answer in at_once(acts)] == [3] * MANY


def test_files_dropped_at_once_each_get_a_slot(on_disk: Callable[[], None]) -> None:
    work, by = disclosure(), actor()

    def attaching(number: int) -> Callable[[], Any]:
        file, fresh = stored_file(text=f"ไฟล์ {number}"), Disclosure.objects.get(pk=work.pk)
        return lambda: actions.attach(disclosure=fresh, file=file, by=by, at=NOW)

    acts = [attaching(number) for number in range(MANY)]
    on_disk()
    at_once(acts)
    assert look(lambda: Attachment.objects.values("slot").distinct().count()) == MANY
    assert look(lambda: len(Revision.objects.latest("sequence").content["files"])) == MANY
    assert look(first_broken_act) is None
