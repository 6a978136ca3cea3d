"""Kill -9 of the worker at 20 random points of publishing; and two workers at once."""

import os
import random
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

from tests.attacks.installation import APPROVED, Installation
from tests.resilience.forked import Forked, workers
from tests.resilience.ledger import assert_each_was_published_once

KILLS = 20
LONGEST = 0.1
# States that a reader sees, until the worker dies that makes them.
MORE = 3


def start(installation: Installation) -> subprocess.Popen[bytes]:
    """A worker that stops by itself when nothing is due."""
    return installation.start("work", "--until-idle")


def is_publishing(record: Path, office: Path, worker: subprocess.Popen[bytes] | Forked) -> bool:
    """Wait until this worker has written, in the record or in the office: then it is in the middle of its work."""
    before = (size(record), size(office))
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and worker.poll() is None:
        if (size(record), size(office)) != before:
            return True
        time.sleep(0.002)
    return False


def size(path: Path) -> tuple[int, int]:
    """Of a database's write-ahead log: every commit changes its length or its time."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return found.st_size, found.st_mtime_ns


def test_a_worker_killed_at_twenty_random_points_loses_and_doubles_nothing(
    waiting: Installation,
) -> None:
    refs = list(waiting.states)
    pauses = random.Random(2569)  # noqa: S311 -- the same points in every run
    record = waiting.data / "record" / "record.sqlite3-wal"
    office = waiting.data / "office" / "office.sqlite3-wal"
    kills = 0

    with workers(waiting) as forked:
        while kills < KILLS:
            worker = forked.start()
            if is_publishing(record, office, worker):
                time.sleep(pauses.uniform(0, LONGEST))
            if worker.poll() is None:
                kills += 1
            else:
                refs += waiting.approve(APPROVED)
            worker.kill()
            worker.wait()

    assert start(waiting).wait(60) == 0
    assert_each_was_published_once(waiting, refs)


def test_two_workers_at_once_give_one_head_and_numbers_without_gaps(
    waiting: Installation,
) -> None:
    refs = list(waiting.states)

    workers = [start(waiting) for _ in range(2)]

    assert [worker.wait(60) for worker in workers] == [0, 0]
    assert_each_was_published_once(waiting, refs)


def test_two_workers_of_which_one_is_killed(waiting: Installation) -> None:
    refs = list(waiting.states)
    record = waiting.data / "record" / "record.sqlite3-wal"
    office = waiting.data / "office" / "office.sqlite3-wal"

    doomed, other = start(waiting), start(waiting)
    is_publishing(record, office, doomed)
    doomed.send_signal(signal.SIGKILL)
    doomed.wait()
    other.wait(60)

    assert start(waiting).wait(60) == 0
    assert_each_was_published_once(waiting, refs)


def test_a_reader_never_sees_half_an_entry_while_workers_die(waiting: Installation) -> None:
    path = waiting.data / "record" / "record.sqlite3"
    seen: set[tuple[int, ...]] = set()

    with workers(waiting) as forked:
        for _attempt in range(3):
            worker, enough = forked.start(), len(seen) + MORE
            while len(seen) < enough and worker.poll() is None:
                seen.add(counts(path))
                time.sleep(0.002)
            worker.kill()
            worker.wait()

    assert len(seen) >= MORE
    assert {len(set(each)) for each in seen} == {1}, seen


def counts(path: Path) -> tuple[int, ...]:
    """Entries, editions, heads and items in one snapshot."""
    tables = ("record_entry", "record_edition", "record_checkpoint", "record_item")
    columns = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        row: tuple[int, ...] = connection.execute(f"SELECT {columns}").fetchone()
    finally:
        connection.close()
    return row


def test_a_worker_that_is_told_to_stop_finishes_what_it_has_begun(
    waiting: Installation,
) -> None:
    refs = list(waiting.states)
    worker = waiting.start("work")
    deadline = time.monotonic() + 120
    record = waiting.data / "record" / "record.sqlite3"
    while counts(record)[0] < len(refs) and time.monotonic() < deadline:
        time.sleep(0.05)

    os.kill(worker.pid, signal.SIGTERM)

    assert worker.wait(20) == 0
    assert_each_was_published_once(waiting, refs)
