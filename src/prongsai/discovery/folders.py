"""Where the index lies: one folder per generation, a link to the one in use, and a lock for the one writer.

A new generation is made beside the old and becomes `current` in one step, so that readers see a whole
index at any time, and a crash leaves the old one in use.
"""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CURRENT = "current"
LOCK = "writer.lock"
META = "meta.json"
PATIENCE = 30.0
PAUSE = 0.05
REMOVALS = 20

Signature = tuple[int, int, int]


class CannotIndex(Exception):
    """Somebody else has been writing the index for longer than we waited; the text says what to do."""


@contextmanager
def writer_lock(root: Path, *, patience: float | None = None) -> Iterator[None]:
    """Be the only writer; the system lets go of the lock when this process dies. Raises CannotIndex."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (root / LOCK).open("w") as lock:
        deadline = time.monotonic() + (PATIENCE if patience is None else patience)
        while not _is_locked(lock.fileno()):
            if time.monotonic() >= deadline:
                raise CannotIndex(
                    f"The search index in {root} is being written by another process;"
                    " wait until it has finished, or stop the second worker."
                )
            time.sleep(PAUSE)
        yield


def _is_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def current(root: Path) -> Path | None:
    """The folder of the generation in use."""
    try:
        return root / os.readlink(root / CURRENT)
    except FileNotFoundError:
        return None


def signature(root: Path) -> Signature | None:
    """Changes with each commit and each new generation; one cheap question to the file system."""
    try:
        status = os.stat(root / CURRENT / META)
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns


def new_generation(root: Path) -> Path:
    return Path(tempfile.mkdtemp(prefix="generation-", dir=root))


def use(root: Path, folder: Path) -> None:
    """Make this generation the current one, and remove all others from the disk."""
    link = root / f"{CURRENT}.new"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    # Renamed over the old link: without one, even for a moment, there would be no search.
    link.replace(root / CURRENT)
    _keep_only(root, folder)


def _keep_only(root: Path, folder: Path) -> None:
    for other in root.glob("generation-*"):
        if other != folder:
            remove(other)


def remove(folder: Path) -> None:
    """All of it. A writer that is not told yet may still be adding files, so there is a second try and a third."""
    for _ in range(REMOVALS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(PAUSE)
    # What cannot be removed may hold recalled words: that is an error, not a remainder.
    shutil.rmtree(folder)
