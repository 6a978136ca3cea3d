"""Real processes on real files: two workers at once, and workers that are killed anywhere."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from prongsai.record.verifier import Report, verify_folder

REPOSITORY = Path(__file__).parents[2]
PROLOGUE = """
import os, signal, sys
from multiprocessing import get_context
import django
django.setup()
from django.db import connections
from prongsai.record import queries
from prongsai.record.actions import sweep
from prongsai.record.models import Entry
from tests.record.factories import act, content, correction, do, file, later, published, recalled
"""
APPEND_MANY = """
name = sys.argv[1]
for turn in range(25):
    do("published", None, content(title=f"{name} {turn}", files=[file(f"{name} {turn}".encode())]),
       key=f"{name}:{turn}")
"""
SAME_KEYS = """
for turn in range(25):
    print(do("published", None, content(), key=f"submission:{turn}").number)
"""
# Each child dies before the nth question that it puts to the database; then another one tries again,
# and gets one question further.
KILLED = """
def work():
    number = do("published", None, content(files=[file(b"first")]), key="a").number
    do("corrected", number, correction(files=[file(b"second")]), key="b")
    do("recalled", number, act(), key="c")
    do("published", None, content(files=[file(b"third")]), key="d")

def child(last):
    asked = 0
    def count(execute, sql, params, many, context):
        nonlocal asked
        asked += 1
        if asked == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)
    with connections["record"].execute_wrapper(count):
        work()

last, kills, head, killed = 0, 0, -1, True
while killed:
    last += 1
    connections.close_all()
    process = get_context("fork").Process(target=child, args=[last])
    process.start()
    process.join()
    killed = process.exitcode == -signal.SIGKILL
    kills += killed
    reached = queries.head()
    assert reached == Entry.objects.count() - 1, reached
    if reached > head:  # what follows begins with its first question again
        head, last = reached, 0
sweep(at=later())
print(kills, head, process.exitcode)
"""


@pytest.fixture
def folder(tmp_path: Path, migrated: Path) -> Path:
    (tmp_path / "record").mkdir()
    shutil.copy(migrated, tmp_path / "record" / "record.sqlite3")
    return tmp_path


def command(script: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", PROLOGUE + script, *arguments]


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PRONGSAI_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.record.process_settings",
        "PYTHONPATH": f"{REPOSITORY / 'src'}{os.pathsep}{REPOSITORY}",
    }


def run(folder: Path, script: str, *arguments: str) -> str:
    done = subprocess.run(
        command(script, *arguments),
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_together(folder: Path, script: str, *names: str) -> list[str]:
    started: list[Any] = [
        subprocess.Popen(
            command(script, name), env=environment(folder), stdout=subprocess.PIPE, text=True
        )
        for name in names
    ]
    answers = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0] * len(names)
    return answers


def verified(folder: Path) -> Report:
    report = verify_folder(folder)
    assert report.first_problem is None
    return report


def test_two_workers_at_once_share_one_row_of_numbers(folder: Path) -> None:
    """The verifier holds that numbers are unique and without a gap, and that there is one head."""
    run_together(folder, APPEND_MANY, "ก", "ข")

    report = verified(folder)
    assert (report.entries, report.editions, report.blobs) == (50, 50, 50)


def test_two_workers_with_the_same_work_do_it_once(folder: Path) -> None:
    first, second = run_together(folder, SAME_KEYS, "ก", "ข")

    assert first == second
    assert verified(folder).entries == 25


def test_a_worker_that_is_killed_anywhere_loses_nothing_and_doubles_nothing(folder: Path) -> None:
    kills, head, exitcode = run(folder, KILLED).split()

    assert int(kills) > 40
    assert (head, exitcode) == ("3", "0")
    report = verified(folder)
    assert (report.entries, report.recalled, report.blobs) == (4, 1, 1)
    # The files of the recalled item are gone, whenever its worker died.
    assert len(list((folder / "record" / "blobs").glob("*/*"))) == 1


def test_a_file_stored_by_a_worker_that_died_before_its_entry_is_swept_or_used(
    folder: Path,
) -> None:
    died = subprocess.run(
        command('file(b"orphan"); file(b"used"); os.kill(os.getpid(), signal.SIGKILL)'),
        env=environment(folder),
        timeout=120,
    )
    assert died.returncode == -9

    script = (
        'published(files=[file(b"used")])\n'
        "import datetime\n"
        "print(sweep(at=datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(days=2)).files)"
    )
    assert run(folder, script).strip() == "1"
    assert verified(folder).blobs == 1


def test_the_keys_that_processes_make_at_once_are_one_key(folder: Path) -> None:
    script = "from prongsai.record.keys import log_signer; print(log_signer().verifier)"
    answers = run_together(folder, script, *("abcd"))

    assert len(set(answers)) == 1
    assert json.dumps(answers[0].strip())[1:].startswith("tangjai.example/log+")
