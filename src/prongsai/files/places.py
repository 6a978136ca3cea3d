"""Where bytes lie: drafts while they come in, then under their SHA-256, for this system user only."""

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from django.core.files.storage import storages

_CHUNK = 1024 * 1024
_INCOMING = "incoming"


class Upload(Protocol):
    """What comes from a form, from the command line or from a test."""

    name: str | None

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass
class NamedUpload:
    """What the machine itself made, under the name that it shall have."""

    name: str | None
    stream: BufferedReader

    def read(self, size: int = -1, /) -> bytes:
        return self.stream.read(size)


@dataclass(frozen=True)
class Measured:
    """`is_whole` is false when reading stopped at the limit."""

    size: int
    sha256: str
    is_whole: bool


@contextmanager
def draft() -> Iterator[Path]:
    """An empty private file that is gone afterwards, unless it was moved to its place."""
    folder = _root() / _INCOMING
    _make_folder(folder)
    path = folder / uuid.uuid4().hex
    # Private from its first moment: with open() the umask would decide who reads it.
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        original_beside(path).unlink(missing_ok=True)


def original_beside(draft: Path) -> Path:
    """Where a draft's bytes are kept as they came, while it is looked at and perhaps redrawn."""
    return draft.with_name(f"{draft.name}.original")


def fill(path: Path, upload: Upload, *, limit: int) -> Measured:
    """Copies at most `limit` bytes and the one more that tells that there was more."""
    digest = hashlib.sha256()
    size = 0
    with path.open("wb") as target:
        while size <= limit and (chunk := upload.read(min(_CHUNK, limit + 1 - size))):
            target.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Measured(size, digest.hexdigest(), size <= limit)


def measure(path: Path) -> Measured:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    return Measured(path.stat().st_size, digest.hexdigest(), is_whole=True)


def put(path: Path, sha256: str) -> None:
    """Moves a draft to its place in one step. The same bytes may be there already: they stay whole."""
    place = _root() / name_of(sha256)
    _make_folder(place.parent)
    path.chmod(0o600)
    with path.open("rb") as stream:
        # Before the name appears: after a power cut, a name over empty bytes would be a wrong hash.
        os.fsync(stream.fileno())
    path.replace(place)


def remove(sha256: str) -> None:
    """For what turned out not to be wanted; nothing happens when it is gone."""
    (_root() / name_of(sha256)).unlink(missing_ok=True)


def open_place(sha256: str) -> BufferedReader:
    return (_root() / name_of(sha256)).open("rb")


def remove_leftovers(*, before: datetime) -> int:
    """Takes away what processes that were killed have left of files on their way in; answers how many."""
    folder, removed = _root() / _INCOMING, 0
    for path in list(folder.iterdir()) if folder.is_dir() else []:
        # Another process may put it in its place in this very moment.
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                removed += 1
    return removed


def path_of(sha256: str) -> Path:
    """Where the bytes lie, for readers that want a file and not a stream."""
    return _root() / name_of(sha256)


def work_path(name: str) -> Path:
    """A private file that the worker makes and somebody waits for; whoever writes it takes it away again."""
    folder = _root() / _INCOMING
    _make_folder(folder)
    return folder / name


def name_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _root() -> Path:
    return Path(storages["files"].path(""))


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
