"""Whatever was damaged, `prongsai verify` ends with status 1 and one line that names the place."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from prongsai.config.cli import verify
from prongsai.record.agreement import projection_problems
from prongsai.record.canonical import canonical_json
from prongsai.record.mirror import write_mirror
from prongsai.record.models import Edition, Entry
from prongsai.record.sources import MirrorFolder, Unreadable
from tests.config.conftest import Command

Tamper = Callable[[str], None]
# As SQL: text that is none of what stands there, bytes, text that is not UTF-8, a number beyond all others.
VALUES = {
    "garbage": "'garbage'",
    "lines": "'two' || char(10) || 'lines'",
    "nothing": "''",
    "bytes": "x'00ff'",
    "not UTF-8": "CAST(x'ff41' AS TEXT)",
    "huge": "9223372036854775807",
    "real": "1e300",
}
# (table, column, row) and what the line names. The key of an entry is the office's own and not in the log.
COLUMNS = {
    ("record_entry", "seq", "seq = 2"): "Entry 2",
    ("record_entry", "at", "seq = 2"): "Entry 2",
    ("record_entry", "action", "seq = 2"): "Entry 2",
    ("record_entry", "number", "seq = 2"): "Entry 2",
    ("record_entry", "version", "seq = 2"): "Entry 2",
    ("record_entry", "edition_hash", "seq = 2"): "Entry 2",
    ("record_entry", "leaf_hash", "seq = 2"): "Entry 2",
    ("record_node", "level", 'level = 1 AND "index" = 2'): "Node ",
    ("record_node", "index", 'level = 1 AND "index" = 2'): "",
    ("record_node", "hash", 'level = 0 AND "index" = 2'): "hashes from entry 0 on",
    ("record_node", "hash", 'level = 1 AND "index" = 0'): "Entry 0: node ",
    ("record_checkpoint", "size", "size = 3"): "Entry 2: the head",
    ("record_checkpoint", "root_hash", "size = 3"): "The signed head of 3 entries",
    ("record_checkpoint", "note", "size = 3"): "The signed head of 3 entries",
    ("record_edition", "hash", "{edition 2}"): "Entry 2",
    ("record_edition", "number", "{edition 2}"): "Entry 2",
    ("record_edition", "canonical", "{edition 2}"): "Entry 2",
    ("record_item", "updated_at", "number = '2569-00001'"): "Entry 1: what is shown",
    ("record_version", "at", "number = '2569-00001'"): "Entry 1: what is shown",
    ("record_publishedfile", "size", "number = '2569-00001'"): "Entry 1: what is shown",
}
MOMENTS = [
    "2026-13-45 00:00:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "99999-01-01",
    "2026-11-23",
    "03:00",
]
FORGED = {
    "a list": [],
    "a text": "x",
    "a number": 5,
    "nothing": None,
    "files are a number": {"files": 5},
    "files are texts": {"files": ["x"]},
    "a file without a size": {"files": [{"sha256": "0" * 64, "name": "x"}]},
}
BODIES = {
    "nothing": b"",
    "text": b"garbage",
    "HTML": "<!doctype html><title>ไม่พบหน้า</title>\n<p>404".encode(),
    "JSON": b'{"entries": [1, 2]}',
    "a JSON list": b"[]",
    "bytes": bytes(range(256)),
    "huge": b"9" * 100_000,
}
PARTS = {
    "log/key": "public key",
    "log/checkpoint": "/log/checkpoint",
    "log/tile/entries/000.p/7": "Entr",
    "log/tile/0/000.p/7": "from entry 0 on",
    "edition": "Entry 1 (",
    "file": "Entry 1 (",
}


@pytest.fixture(autouse=True)
def remembered_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(verify, "DATA", tmp_path / "visitor")
    return tmp_path / "visitor"


@pytest.fixture
def mirror(log: Path, tmp_path: Path) -> Path:
    write_mirror(tmp_path / "mirror")
    return tmp_path / "mirror"


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[str], bytes | None]], str]]:
    """A web server that answers a path with these very bytes, head and all, or with 404."""
    servers = []

    def start(answer: Callable[[str], bytes | None]) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Answer, answer))
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class _Answer(BaseHTTPRequestHandler):
    def __init__(self, answer: Callable[[str], bytes | None], *rest: Any) -> None:
        self.answer = answer
        super().__init__(*rest)

    def do_GET(self) -> None:
        self.wfile.write(self.answer(self.path) or b"HTTP/1.0 404 Not Found\r\n\r\n")

    def log_message(self, *_words: Any) -> None:
        """Standard error is what the tests read."""


def ok(body: bytes, *, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return b"HTTP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n" % size + body


def line(prongsai: Command, *words: object) -> str:
    """The only line of a `prongsai verify` that found something; its report in JSON says the same."""
    ended = prongsai("verify", *words)
    report = prongsai("verify", *words, "--json")

    assert (ended.status, ended.out, report.status, report.err) == (1, "", 1, "")
    assert ended.line == f"prongsai verify: {json.loads(report.out)['first_problem']}"
    return ended.line


def change(log: Path, tamper: Tamper, table: str, column: str, row: str, value: str) -> None:
    edition = Entry.objects.get(seq=2).edition_id
    where = row.replace("{edition 2}", f"hash = '{edition}'")
    tamper(
        "PRAGMA ignore_check_constraints = ON;"
        f'UPDATE OR REPLACE {table} SET "{column}" = {value} WHERE {where}'
    )


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("place", COLUMNS, ids=" ".join)
def test_a_damaged_value_is_named(
    prongsai: Command,
    log: Path,
    tamper: Tamper,
    place: tuple[str, str, str],
    value: str,
) -> None:
    change(log, tamper, *place, VALUES[value])

    assert COLUMNS[place] in line(prongsai, "--dir", log)
    assert COLUMNS[place] in line(prongsai)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_time_that_is_none_is_named(
    prongsai: Command,
    log: Path,
    tamper: Tamper,
    moment: str,
) -> None:
    change(log, tamper, "record_entry", "at", "seq = 2", f"'{moment}'")

    assert "Entry 2" in line(prongsai, "--dir", log)
    assert "Entry 2" in line(prongsai)


@pytest.mark.parametrize("document", FORGED.values(), ids=FORGED)
def test_a_forged_edition_of_another_form_is_named(
    prongsai: Command,
    log: Path,
    tamper: Tamper,
    document: Any,
) -> None:
    """Who writes a new hash into the entry as well gets as far as the document itself."""
    entry = Entry.objects.get(seq=1)
    if isinstance(document, dict):
        kept = Edition.objects.get(pk=entry.edition_id).canonical
        document = json.loads(kept or "") | document
    text = canonical_json(document)
    forged = hashlib.sha256(text.encode()).hexdigest()
    tamper(
        f"UPDATE record_edition SET canonical = '{text}', hash = '{forged}'"
        f" WHERE hash = '{entry.edition_id}';"
        f"UPDATE record_entry SET edition_hash = '{forged}' WHERE seq = 1"
    )

    assert "Entry 1 (corrected 2569-00001 version 2)" in line(prongsai, "--dir", log)


@pytest.mark.parametrize("left", [0, 17, 100, 4096, 20_000, 60_000])
def test_a_truncated_database_is_named(prongsai: Command, log: Path, left: int) -> None:
    path = log / "record" / "record.sqlite3"
    whole = path.read_bytes()
    assert left < len(whole)
    path.write_bytes(whole[:left])

    assert f"{path} cannot be read: " in line(prongsai, "--dir", log)


@pytest.mark.parametrize("begin", [0, 16, 4096])
def test_a_database_of_garbage_is_named(prongsai: Command, log: Path, begin: int) -> None:
    path = log / "record" / "record.sqlite3"
    whole = path.read_bytes()
    path.write_bytes(whole[:begin] + b"garbage\n" * (len(whole) // 8))

    assert f"{path} cannot be read: " in line(prongsai, "--dir", log)


def test_a_database_without_its_tables_is_named(prongsai: Command, log: Path) -> None:
    path = log / "record" / "record.sqlite3"
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (x)")

    said = line(prongsai, "--dir", log)

    assert f"{path} cannot be read: no such table: record_checkpoint; " in said


@pytest.mark.parametrize("body", BODIES)
def test_a_damaged_public_key_is_named(prongsai: Command, log: Path, body: str) -> None:
    (log / "record" / "log.vkey").write_bytes(BODIES[body])

    assert "The log's public key: " in line(prongsai, "--dir", log)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("part", PARTS)
def test_a_damaged_part_of_a_mirror_is_named(
    prongsai: Command,
    mirror: Path,
    part: str,
    body: str,
) -> None:
    path = part_of(mirror, part)
    path.write_bytes(BODIES[body])

    assert named(part, body) in line(prongsai, "--dir", mirror)


@pytest.mark.parametrize("part", PARTS)
def test_a_truncated_part_of_a_mirror_is_named(prongsai: Command, mirror: Path, part: str) -> None:
    path = part_of(mirror, part)
    path.write_bytes(path.read_bytes()[:-2])

    assert named(part) in line(prongsai, "--dir", mirror)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("part", PARTS)
def test_a_portal_that_answers_something_else_is_named(
    prongsai: Command,
    mirror: Path,
    serve: Callable[[Callable[[str], bytes | None]], str],
    part: str,
    body: str,
) -> None:
    part_of(mirror, part).write_bytes(BODIES[body])

    said = line(prongsai, "--url", serve(partial(from_folder, mirror)))

    assert named(part, body) in said


@pytest.mark.parametrize("part", PARTS)
def test_a_portal_whose_answer_breaks_off_is_named(
    prongsai: Command,
    mirror: Path,
    serve: Callable[[Callable[[str], bytes | None]], str],
    part: str,
) -> None:
    broken = part_of(mirror, part)
    whole = broken.read_bytes()

    def answer(path: str) -> bytes | None:
        is_broken = mirror / path.lstrip("/") == broken
        return ok(whole[:-2], length=len(whole)) if is_broken else from_folder(mirror, path)

    assert named(part) in line(prongsai, "--url", serve(answer))


@pytest.mark.parametrize(
    "head",
    [
        b"garbage\n",
        b"\x00\xff\r\n\r\n",
        b"HTTP/1.0 abc\r\n\r\n",
        b"HTTP/1.0 200 OK\r\nContent-Length: many\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
        b"HTTP/1.0 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n",
        b"HTTP/1.0 500 Oh\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n",
    ],
    ids=repr,
)
def test_what_is_no_web_server_is_said_in_one_line(
    prongsai: Command,
    serve: Callable[[Callable[[str], bytes | None]], str],
    head: bytes,
) -> None:
    assert line(prongsai, "--url", serve(lambda _path: head))


@pytest.mark.parametrize(
    "url",
    [
        "http://[",
        "http://[::1",
        "http://127.0.0.1:port",
        "http://127.0.0.1:1/ก",
        "http://a b",
        "x",
        "",
    ],
)
def test_an_address_that_is_none_is_said_in_one_line(prongsai: Command, url: str) -> None:
    assert url in line(prongsai, "--url", url)


def test_an_edition_that_no_entry_speaks_of_is_named(
    prongsai: Command, log: Path, tamper: Tamper
) -> None:
    tamper("INSERT INTO record_edition VALUES ('x', '2569-00001', '{}')")

    assert "record_edition speaks of 2569-00001, but no entry does." in line(prongsai)


def test_an_edition_that_cannot_be_shown_is_named() -> None:
    """Only who holds the key can sign one: a file in it has no slot."""
    document = json.dumps({"files": [{"name": "x"}]})
    row = ("2569-00001", 0, "2026-11-23 03:00:00", "published", 1, "x", document)

    assert list(projection_problems(lambda _question: iter([row]))) == [
        "Entry 0: the editions of 2569-00001 are not in a form that can be shown."
    ]


def test_a_database_that_cannot_be_opened_is_named(
    prongsai: Command, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object, **_named: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(sqlite3, "connect", refuse)

    assert "record.sqlite3 cannot be read: unable to open database file; " in line(
        prongsai, "--dir", log
    )


def test_a_name_that_no_folder_can_hold_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read: "):
        MirrorFolder(tmp_path).read("/" + "x" * 300, 1)


@pytest.mark.parametrize("left", [b"", b"garbage", b"\xff\xfe\x00"])
def test_a_damaged_memory_of_the_last_visit_is_named(
    prongsai: Command,
    log: Path,
    remembered_elsewhere: Path,
    left: bytes,
) -> None:
    assert prongsai("verify", "--dir", log).status == 0
    (memory,) = (remembered_elsewhere / "verified").iterdir()
    key, _, _note = memory.read_bytes().partition(b"\n")
    memory.write_bytes(key + b"\n" + left)

    assert f"What was seen last time ({memory}): " in line(prongsai, "--dir", log)


def test_a_key_that_is_none_is_said_to_be_so(prongsai: Command, log: Path) -> None:
    for key in ("garbage", "a+b+c", "\udcff+1+1"):
        assert "The log's public key: " in line(prongsai, "--dir", log, "--key", key)


def part_of(mirror: Path, part: str) -> Path:
    """`edition` and `file` are those of entry 1."""
    entry = Entry.objects.get(seq=1)
    if part == "edition":
        return mirror / "log" / "editions" / entry.edition_id
    if part == "file":
        return mirror / "files" / hashlib.sha256(b"two").hexdigest() / "main.pdf"
    return mirror / part


def named(part: str, body: str = "") -> str:
    """What is too large, or is not text where text should be, is named by its address instead."""
    by_address = {("log/key", "huge"), ("log/key", "bytes"), ("log/tile/0/000.p/7", "huge")}
    return f"/{part} is " if (part, body) in by_address else PARTS[part]


def from_folder(folder: Path, path: str) -> bytes | None:
    file = folder / path.lstrip("/")
    return ok(file.read_bytes()) if file.is_file() else None
