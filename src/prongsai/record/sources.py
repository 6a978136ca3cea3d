"""Where a log that is to be verified lies: a mirror's folder, a portal's address, or a record's database."""

import hashlib
import http.client
import sqlite3
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from prongsai.record.addresses import public_path, tile_path
from prongsai.record.editions import as_utc, leaf_data
from prongsai.record.notes import MAXIMUM_NOTE
from prongsai.record.rules import MAXIMUM_EDITION, SHA256
from prongsai.record.tiles import HEIGHT, MAXIMUM_BUNDLE, BadBundle, Tile, tiles_of, unbundle
from prongsai.record.triggers import RECORD

CHUNK = 1024 * 1024
TIMEOUT_SECONDS = 30
# No more than this is read from a stranger's server; a full tile holds 256 hashes of 32 bytes.
MAXIMUM_KEY = 1024
MAXIMUM_TILE = 256 * 32
# Not there, or there no more: the portal answers 410 for what was recalled.
GONE = {404, 410}
# What reading a value raises that no append ever wrote.
DAMAGE = (ValueError, TypeError, AttributeError, ArithmeticError, LookupError)
# Django's own transactions would take SQLite's write lock at once.
VIEWS = {
    "sqlite": "BEGIN",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}
Rows = Callable[[str], Iterator[tuple[Any, ...]]]


class Unreadable(Exception):
    """The source does not answer, or answers with more than any honest one would."""


class Source(ABC):
    """A log with its editions and files, wherever it lies. None means that a thing is not there."""

    @abstractmethod
    def vkey(self) -> str | None: ...

    @abstractmethod
    def notes(self) -> Iterator[tuple[str, Any]]:
        """The checkpoints that can be had, oldest first, each behind the words for where it stands."""

    @abstractmethod
    def leaves(self, size: int) -> Iterator[bytes]: ...

    @abstractmethod
    def tile(self, tile: Tile) -> bytes | None: ...

    @abstractmethod
    def edition(self, hash_: str) -> str | None: ...

    @abstractmethod
    def file_sha256(self, sha256: str, name: str, size: int) -> str | None:
        """The hash of what is there under the promised one; no more than `size` bytes are asked for."""

    def renew(self) -> None:  # noqa: B027 -- most sources always show what is there now
        """Show from now on what has been appended since."""


class Published(Source):
    """A log in the paths of the portal."""

    @abstractmethod
    def open(self, address: str) -> BinaryIO | None: ...

    def read(self, address: str, limit: int) -> bytes | None:
        stream = self.open(address)
        if stream is None:
            return None
        with stream:
            # One byte more tells an answer that is too long from one that just fits.
            content = _read(stream, limit + 1)
        if len(content) > limit:
            raise Unreadable(f"{address} is larger than {limit} bytes.")
        return content

    def text(self, address: str, limit: int) -> str | None:
        content = self.read(address, limit)
        try:
            return None if content is None else content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Unreadable(f"{address} is not text.") from error

    def vkey(self) -> str | None:
        return self.text(public_path("log_key"), MAXIMUM_KEY)

    def notes(self) -> Iterator[tuple[str, str]]:
        address = public_path("log_checkpoint")
        note = self.text(address, MAXIMUM_NOTE)
        if note is not None:
            yield address, note

    def leaves(self, size: int) -> Iterator[bytes]:
        for tile in tiles_of(size):
            # Bundles come first: the first tile of hashes ends the entries.
            if tile.level is not None:
                return
            raw = self.read(tile_path(tile), MAXIMUM_BUNDLE)
            yield from _leaves(tile, raw)

    def tile(self, tile: Tile) -> bytes | None:
        return self.read(tile_path(tile), MAXIMUM_TILE)

    def edition(self, hash_: str) -> str | None:
        return self.text(public_path("log_edition", hash=hash_), MAXIMUM_EDITION)

    def file_sha256(self, sha256: str, name: str, size: int) -> str | None:
        stream = self.open(self.file_address(sha256, name))
        if stream is None:
            return None
        with stream:
            return _digest(stream, size)

    def file_address(self, sha256: str, name: str) -> str:
        return public_path("file", sha256=sha256, name=name)


class MirrorFolder(Published):
    """What `mirror.write_mirror` wrote."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self, address: str) -> BinaryIO | None:
        path = self.folder / address.lstrip("/")
        try:
            return path.open("rb") if path.is_file() else None
        except (OSError, ValueError) as error:
            raise Unreadable(f"{address} cannot be read: {error}.") from error

    def file_address(self, sha256: str, name: str) -> str:
        """In a folder, names stand as they are."""
        return f"files/{sha256}/{name}"


class Portal(Published):
    """A running portal, over HTTP. It follows no redirects and opens no other kind of address."""

    def __init__(self, url: str) -> None:
        if not _is_web_address(url):
            raise Unreadable(f"{url} is not an http or https address.")
        self.url = url.rstrip("/")
        # Put together by hand: the usual opener also knows files, FTP and redirects.
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.HTTPDefaultErrorHandler(),
        ):
            self._opener.add_handler(handler)

    def open(self, address: str) -> BinaryIO | None:
        try:
            request = urllib.request.Request(self.url + address)  # noqa: S310 -- http(s), see __init__
            answer: BinaryIO = self._opener.open(request, timeout=TIMEOUT_SECONDS)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in GONE:
                return None
            raise Unreadable(f"{address} answers with status {error.code}.") from error
        # ValueError: an address that cannot be written in a request, such as a Thai path.
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreadable(f"{self.url} cannot be reached: {error}.") from error
        return answer


class Database(Source):
    """The record's own database and blobs. `rows` asks one question that has no parameters; `renewed` ends
    the view that it asks and begins another, where that can be done.
    """

    def __init__(
        self, rows: Rows, record: Path, renewed: Callable[[], object] | None = None
    ) -> None:
        self.rows = rows
        self.record = record
        self._renewed = renewed

    def renew(self) -> None:
        """Blobs are files and stand outside the view: a recall takes them while its rows still show."""
        if self._renewed:
            self._renewed()

    def vkey(self) -> str | None:
        path = self.record / "log.vkey"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else None

    def notes(self) -> Iterator[tuple[str, Any]]:
        for size, note in self.rows("SELECT size, note FROM record_checkpoint ORDER BY size"):
            yield f"The signed head of {size} entries", note

    def leaves(self, size: int) -> Iterator[bytes]:
        """All rows, so that one too many is noticed as well as one too few."""
        question = (
            "SELECT seq, at, action, number, version, edition_hash FROM record_entry ORDER BY seq"
        )
        position = 0
        try:
            for row in self.rows(question):
                yield _leaf_of(row)
                position += 1
        except (Unreadable, *DAMAGE) as error:
            raise Unreadable(f"Entry {position} is damaged: {error}") from error

    def tile(self, tile: Tile) -> bytes | None:
        level = HEIGHT * (tile.level or 0)
        question = (
            f'SELECT hash FROM record_node WHERE level = {level} AND "index" >= {tile.begin}'  # noqa: S608 -- numbers
            f' AND "index" < {tile.begin + tile.width} ORDER BY "index"'
        )
        try:
            return bytes.fromhex("".join(hash_ for (hash_,) in self.rows(question)))
        except (ValueError, TypeError):
            return None

    def edition(self, hash_: str) -> str | None:
        if not SHA256.fullmatch(hash_):
            return None
        question = f"SELECT canonical FROM record_edition WHERE hash = '{hash_}'"  # noqa: S608 -- hexadecimal
        text = next((text for (text,) in self.rows(question)), None)
        if not isinstance(text, str | None):
            raise Unreadable("its edition is not text.")
        return text

    def file_sha256(self, sha256: str, name: str, size: int) -> str | None:
        path = self.record / "blobs" / sha256[:2] / sha256
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return _digest(stream, size)


@contextmanager
def sqlite_source(record: Path) -> Iterator[Database]:
    """The database of a record's folder, opened for reading only."""
    path = record / "record.sqlite3"
    address = f"{path.resolve().as_uri()}?mode=ro"

    def rows(question: str) -> Iterator[tuple[Any, ...]]:
        with _readable(str(path)):
            yield from connection.execute(question)

    with (
        _readable(str(path)),
        closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection,
    ):
        connection.text_factory = _text
        # One view of everything, whatever is appended meanwhile.
        connection.execute("BEGIN")
        yield Database(rows, record, partial(_begin_anew, connection, "BEGIN"))


@contextmanager
def installed_source(record: Path) -> Iterator[Database]:
    """The database of this installation, of whatever kind, in one view and without its write lock."""
    connection = connections[RECORD]

    def rows(question: str) -> Iterator[tuple[Any, ...]]:
        # A cursor on the server, where there is such a thing: editions need not fit into memory.
        with _readable("The record's database"), connection.chunked_cursor() as cursor:
            cursor.execute(question)
            # One by one, so that whoever asks knows at which row a damaged value stands.
            yield from cursor

    # Inside somebody's transaction there is one view already.
    if connection.in_atomic_block:
        with _broken_text_as_bytes(connection):
            yield Database(rows, record)
        return
    with connection.cursor() as cursor, _broken_text_as_bytes(connection):
        begin = VIEWS[connection.vendor]
        cursor.execute(begin)
        try:
            yield Database(rows, record, partial(_begin_anew, cursor, begin))
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def _broken_text_as_bytes(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """PostgreSQL takes no text that is not UTF-8; SQLite takes anything, and fails when it is asked for."""
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite:
        connection.ensure_connection()
        connection.connection.text_factory = _text
    try:
        yield
    finally:
        if is_sqlite:
            # The connection is Django's and lives on: everybody else expects text.
            connection.connection.text_factory = str


def _text(raw: bytes) -> str | bytes:
    """Bytes where text should stand are a damaged value of their row, as any other is."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw


@contextmanager
def _readable(name: str) -> Iterator[None]:
    """A database that cannot be read is a finding, in one line that says what to do."""
    try:
        yield
    except (sqlite3.Error, DatabaseError) as error:
        said = next(iter(str(error).splitlines()), type(error).__name__)
        raise Unreadable(
            f"{name} cannot be read: {said}; `prongsai migrate` makes what is missing, a backup"
            " brings back what is damaged."
        ) from error


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc != ""


def _leaf_of(row: tuple[Any, ...]) -> bytes:
    """The leaf of a row of the table; raises one of DAMAGE when a value is none that an append writes."""
    seq, at, action, number, version, edition = row
    return leaf_data(
        seq=seq, at=as_utc(at), action=action, number=number, version=version, edition=edition
    )


def _begin_anew(cursor: sqlite3.Connection | CursorWrapper, begin: str) -> None:
    cursor.execute("ROLLBACK")
    cursor.execute(begin)


def _leaves(tile: Tile, raw: bytes | None) -> list[bytes]:
    if raw is None:
        raise Unreadable(f"Entries {tile.begin} and on are missing: {tile_path(tile)}.")
    try:
        leaves = unbundle(raw)
    except BadBundle as error:
        raise Unreadable(f"Entries {tile.begin} and on are damaged: {error}") from error
    if len(leaves) != tile.width:
        raise Unreadable(
            f"Entries {tile.begin} and on are damaged: {tile_path(tile)} holds {len(leaves)} of {tile.width}."
        )
    return leaves


def _read(stream: BinaryIO, limit: int) -> bytes:
    try:
        return stream.read(limit)
    except (OSError, http.client.HTTPException) as error:
        raise Unreadable(f"The answer broke off: {error}.") from error


def _digest(stream: BinaryIO, size: int) -> str:
    """The hash of at most one byte more than promised: enough to know that it is not the promised file."""
    digest, left = hashlib.sha256(), size + 1
    while left > 0 and (chunk := _read(stream, min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()
