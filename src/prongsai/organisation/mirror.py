"""The trail of acts once more, as JSON lines in files: what somebody with the database alone cannot change with it.

One file for each day, `acts-2026-11-23.jsonl`, for this system user only. A line holds an act's columns, its key and
both hashes; a file goes on where the one before it ended.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from prongsai.organisation.rules import act_hash

# Bytes from the end of a file within which its last lines are looked for, and twice as many each time that there is
# none; an act is seldom longer than one thousand.
TAIL = 256 * 1024
# The same for the last line alone, which each act asks for.
LAST = 8 * 1024


class Line(NamedTuple):
    """An act as it was written; `fields` are what its hash covers, with the hash before it."""

    id: int
    fields: Mapping[str, Any]
    previous_hash: str
    hash: str

    @property
    def is_whole(self) -> bool:
        return self.hash == act_hash(self.fields, self.previous_hash)


class UnreadableLine(ValueError):
    """A line that is no act: somebody wrote in the file, or the disk is damaged."""


def as_text(line: Line) -> str:
    columns = {"id": line.id, **line.fields}
    hashes = {"previous_hash": line.previous_hash, "hash": line.hash}
    return json.dumps(columns | hashes, ensure_ascii=False, separators=(",", ":")) + "\n"


def as_line(text: str) -> Line:
    """Raises `UnreadableLine`."""
    try:
        columns = dict(json.loads(text))
        own = columns.pop("id"), columns.pop("previous_hash"), columns.pop("hash")
    except (ValueError, TypeError, KeyError) as error:
        raise UnreadableLine(text[:60]) from error
    return Line(own[0], columns, own[1], own[2])


def files(folder: Path) -> list[Path]:
    """Oldest first."""
    return sorted(folder.glob("acts-*.jsonl"))


def day_of(path: Path) -> date:
    return date.fromisoformat(path.stem.removeprefix("acts-"))


def lines(folder: Path) -> Iterator[Line]:
    """Every line, oldest first. Raises `UnreadableLine`."""
    for path in files(folder):
        # What the disk spoiled is a line that is no act, or one that was changed; it stops nobody who looks.
        with path.open(encoding="utf-8", errors="replace") as stream:
            yield from map(as_line, stream)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process writes at a time."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / "lock", "w", encoding="utf-8", opener=_private) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def tail(folder: Path) -> list[Line]:
    """The newest lines, oldest of them first; empty when nothing was written yet. Call it `alone`.

    A line that a power cut left without its end is taken away: the act is in the table and is written again.
    """
    return [as_line(row) for row in _newest_rows(folder, TAIL)]


def last(folder: Path) -> Line | None:
    """The newest of them, if there is one. Call it `alone`."""
    rows = _newest_rows(folder, LAST)
    return as_line(rows[-1]) if rows else None


def _newest_rows(folder: Path, window: int) -> list[str]:
    for path in reversed(files(folder)):
        with path.open("rb+") as stream:
            rows = _last_rows(stream, window)
        if rows:
            # By the line end alone: a text may hold other signs that count as one elsewhere.
            return [row.decode("utf-8", "replace") for row in rows]
    return []


def _last_rows(stream: BinaryIO, window: int) -> list[bytes]:
    """Whole rows; empty when the file has none."""
    size = stream.seek(0, os.SEEK_END)
    while True:
        start = stream.seek(max(size - window, 0))
        whole, end, _rest = stream.read().rpartition(b"\n")
        # The first piece may begin in the middle of a line.
        rows = whole.split(b"\n")[1 if start else 0 :] if end else []
        if rows or not start:
            stream.truncate(start + len(whole + end))
            return rows
        window *= 2


def append(folder: Path, line: Line, *, on: date) -> None:
    """Add a line to the file of that day, or to a later one that is there already. Call it `alone`."""
    there = files(folder)
    day = max(on, day_of(there[-1])) if there else on
    path = folder / f"acts-{day}.jsonl"
    with open(path, "a", encoding="utf-8", opener=_private) as stream:
        stream.write(as_text(line))


def drop_before(folder: Path, day: date) -> int:
    """Remove the files of days before this one, but never the newest; returns how many."""
    old = [path for path in files(folder)[:-1] if day_of(path) < day]
    for path in old:
        path.unlink()
    return len(old)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
