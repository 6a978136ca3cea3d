"""The file of notices on disk: put there whole or not at all, and read with one `os.stat` while nothing changes."""

import fcntl
import logging
import os
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from prongsai.notices.public import NOTHING, BadBulletin, Bulletin, PublicNotice, read_bulletin

logger = logging.getLogger(__name__)
# Far more than two hundred notices take; a file beyond that is not ours.
LARGEST = 16 * 1024 * 1024
NEVER = float("inf")
# Seconds until a file that could not be read is tried again, though nothing of it has changed.
PAUSE = 1.0
Mark = tuple[int, int, int]


def previous(path: Path) -> Path:
    """Where the file before the last change is kept."""
    return path.with_name(f"{path.name}.previous")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One writer at a time, of whatever process, from asking the database to the last rename."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def put(path: Path, content: bytes) -> None:
    """In the place of what is there, which is kept beside it. Call it under `locked`. Raises OSError."""
    draft = path.with_name(f"{path.name}.new")
    with draft.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    _keep(path)
    draft.replace(path)
    _settle(path.parent)


def _keep(path: Path) -> None:
    """A second name of the same bytes: nothing is copied, and nobody sees a moment without a file."""
    try:
        read(path)
    except (OSError, BadBulletin):
        # What cannot be read would push out the last good one.
        return
    spare = path.with_name(f"{path.name}.spare")
    spare.unlink(missing_ok=True)
    os.link(path, spare)
    spare.replace(previous(path))


def _settle(folder: Path) -> None:
    """The rename itself must outlive a power cut, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> Bulletin:
    """Raises OSError or `BadBulletin`."""
    with path.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise BadBulletin("the file is too large")
    return read_bulletin(content)


class Standing(NamedTuple):
    """How the file is: `state` is `none` (no notice yet), `current`, `kept` (unreadable, the last good one is shown) or
    `lost` (unreadable, and nothing good is known).
    """

    state: str
    sequence: int
    problem: str = ""


class Board:
    """Shared by the threads of one process. What was once read well stays until something better can be read."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._path = path
        self._clock = clock
        self._lock = Lock()
        self._mark: Mark | None = (-1, -1, -1)
        # Within these moments what was seen last holds: what is live changes neither before nor after them.
        self._since = self._until = 0.0
        self._stamp = 0
        self._bulletin = NOTHING
        self._shown: tuple[Bulletin, int] | None = None
        self._standing = Standing("none", 0)

    def stamp(self) -> int:
        """Another number whenever the file or what is live of it is another."""
        mark = _mark(self._path)
        if mark == self._mark and self._since <= self._clock() < self._until:
            return self._stamp
        with self._lock:
            return self._look(mark)

    @property
    def bulletin(self) -> Bulletin:
        self.stamp()
        return self._bulletin

    @property
    def standing(self) -> Standing:
        self.stamp()
        return self._standing

    def _look(self, mark: Mark | None) -> int:
        now = self._clock()
        if mark == self._mark and self._since <= now < self._until:
            # Another thread was quicker.
            return self._stamp
        if mark != self._mark or self._standing.problem:
            self._take()
        ends = sorted(map(_end, self._bulletin.notices))
        over = bisect_right(ends, now)
        if (self._bulletin, over) != self._shown:
            self._shown = self._bulletin, over
            self._stamp += 1
        self._since, self._until = [-NEVER, *ends, NEVER][over : over + 2]
        if self._standing.problem:
            # The file may be whole, and this process short of handles for a moment.
            self._since, self._until = now, min(self._until, now + PAUSE)
        # Last: until then other threads wait for the lock.
        self._mark = mark
        return self._stamp

    def _take(self) -> None:
        """Read what is there now; a broken or missing file changes nothing of what is shown."""
        try:
            self._bulletin = read(self._path)
        except FileNotFoundError:
            self._make_do("the file is gone" if self._has_seen_any() else "")
        except (OSError, BadBulletin) as error:
            self._make_do(f"the file cannot be read ({error})")
        else:
            self._standing = Standing("current", self._bulletin.sequence)

    def _has_seen_any(self) -> bool:
        return self._bulletin is not NOTHING or previous(self._path).exists()

    def _make_do(self, problem: str) -> None:
        if not problem:
            self._standing = Standing("none", 0)
            return
        if self._bulletin is NOTHING:
            with suppress(OSError, BadBulletin):
                self._bulletin = read(previous(self._path))
        state, known = "lost" if self._bulletin is NOTHING else "kept", self._standing.problem
        self._standing = Standing(state, self._bulletin.sequence, problem)
        if problem != known:
            logger.error("notices: %s; %s", problem, state)


def _mark(path: Path) -> Mark | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _end(notice: PublicNotice) -> float:
    return NEVER if notice.ended_at else notice.valid_until_at.timestamp()
