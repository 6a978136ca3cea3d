"""Kill -9 of the worker in the middle of publishing bundles: a reader never sees one member without the others."""

import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.attacks.installation import ROOT, Installation
from tests.resilience.forked import workers
from tests.resilience.ledger import assert_each_was_published_once
from tests.resilience.test_kill_worker import is_publishing, start

AT_ONCE = 4
KILLS = 3
LONGEST = 0.1


@pytest.fixture(scope="module")
def sent(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A data folder to copy, in which a bundle is approved; and the references of its members."""
    data = tmp_path_factory.mktemp("bundle") / "data"
    shutil.copytree(prepared, data)
    return data, approve(Installation(data))


@pytest.fixture
def installation(sent: tuple[Path, list[str]], tmp_path: Path) -> Installation:
    return Installation(Path(shutil.copytree(sent[0], tmp_path / "data")))


@pytest.fixture
def refs(sent: tuple[Path, list[str]]) -> list[str]:
    return list(sent[1])


def approve(installation: Installation) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.bundled", str(AT_ONCE)],
        env=installation.environment, capture_output=True, text=True, cwd=ROOT, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@contextmanager
def watched(record: Path) -> Iterator[set[int]]:
    """How many editions the public could see, at every moment until the end."""
    seen: set[int] = set()
    is_over = threading.Event()

    def look() -> None:
        # One connection for all its questions: to open one for each took most of a core from the worker.
        with closing(sqlite3.connect(f"file:{record}?mode=ro", uri=True)) as connection:
            while not is_over.is_set():
                row = connection.execute("SELECT count(*) FROM record_version").fetchone()
                seen.add(int(row[0]))
                time.sleep(0.002)

    reader = threading.Thread(target=look)
    reader.start()
    try:
        yield seen
    finally:
        is_over.set()
        reader.join()


def test_a_worker_killed_between_members_shows_none_without_the_others(
    installation: Installation, refs: list[str]
) -> None:
    pauses = random.Random(2570)  # noqa: S311 -- the same points in every run
    record = installation.data / "record" / "record.sqlite3"
    office = installation.data / "office" / "office.sqlite3"
    wal = [path.with_name(f"{path.name}-wal") for path in (record, office)]
    kills = 0

    with watched(record) as seen, workers(installation) as forked:
        while kills < KILLS:
            worker = forked.start()
            if is_publishing(wal[0], wal[1], worker):
                time.sleep(pauses.uniform(0, LONGEST))
            if worker.poll() is None:
                kills += 1
            else:
                refs += approve(installation)
            worker.kill()
            worker.wait()
        assert start(installation).wait(60) == 0

    # Before each bundle one is published alone, which the bundle corrects.
    assert {count % (AT_ONCE + 1) for count in seen} == {0, 1}, seen
    assert_each_was_published_once(installation, refs, corrections=len(refs) // (AT_ONCE + 1))


@pytest.mark.parametrize("of_two", [False, True])
def test_a_bundle_is_published_by_one_command_or_by_two_at_once(
    installation: Installation, refs: list[str], of_two: bool
) -> None:
    named = [refs[1], refs[2]] if of_two else [refs[1]]

    commands = [installation.start("publish", ref) for ref in named]

    assert {each.wait(60) for each in commands} == {0}
    assert_each_was_published_once(installation, refs, corrections=1)
