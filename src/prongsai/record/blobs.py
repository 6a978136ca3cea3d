"""Files by SHA-256, below `storages["blobs"]`. A row of `PublishedFile` alone makes one public."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.core.files.storage import storages

from prongsai.record.models import PublishedFile
from prongsai.record.rules import SHA256

CHUNK = 1024 * 1024
PART = ".part"


class NotPublic(LookupError):
    """No edition refers to this file now, whether its bytes are there or not."""


class WrongBytes(ValueError):
    """What was given to be stored is not what its hash says."""


class Stored(NamedTuple):
    """A file below the blobs' folder: a whole blob, or what a crash left of one (`sha256` is empty)."""

    sha256: str
    path: Path
    changed_at: datetime


def store(sha256: str, stream: BinaryIO) -> None:
    """Keep the bytes under their hash, on the disk for good when this returns. Raises WrongBytes.

    Storing again what is there makes it young again, so that no sweep takes it before its entry comes.
    """
    path = _path(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{sha256}.{secrets.token_hex(8)}{PART}")
    # Always written anew: bytes that rotted under the right name are replaced by good ones.
    try:
        if _write(part, stream) != sha256:
            raise WrongBytes(f"These are not the bytes of {sha256}.")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    # A file is safe from a power cut only when the folders that name it are on the disk too.
    _flush_folder(path.parent)
    _flush_folder(path.parent.parent)


def _write(path: Path, stream: BinaryIO) -> str:
    """Write and flush to the disk; answers the SHA-256 of what was written."""
    digest = hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    with os.fdopen(descriptor, "wb") as file:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def size(sha256: str) -> int | None:
    """How many bytes lie under this hash; None when there are none."""
    try:
        return _path(sha256).stat().st_size
    except FileNotFoundError:
        return None


def open_blob(sha256: str) -> BinaryIO:
    """The bytes of a public file, whatever else lies in the folder. Raises NotPublic."""
    try:
        return path_of(sha256).open("rb")
    except FileNotFoundError as error:
        raise NotPublic(sha256) from error


def path_of(sha256: str) -> Path:
    """Where the bytes of a public file lie, for reading only, if they are there. Raises NotPublic."""
    if not PublishedFile.objects.filter(sha256=sha256).exists():
        raise NotPublic(sha256)
    return _path(sha256)


def remove(sha256: str) -> None:
    """Delete the bytes. Only `actions` calls this, under the record's lock."""
    _path(sha256).unlink(missing_ok=True)


def stored() -> Iterator[Stored]:
    """Everything that lies in the folder."""
    for path in _root().glob("*/*"):
        name = path.name if SHA256.fullmatch(path.name) else ""
        if moment := changed_at(path):
            yield Stored(name, path, moment)


def changed_at(path: Path) -> datetime | None:
    """When the file was written; None when another process has removed it meanwhile."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    except FileNotFoundError:
        return None


def _root() -> Path:
    return Path(storages["blobs"].path(""))


def _path(sha256: str) -> Path:
    # The hash comes from an address or a document; anything else could lead out of the folder.
    if not SHA256.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is not a SHA-256 in hexadecimal.")
    return _root() / sha256[:2] / sha256
