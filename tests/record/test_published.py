"""Mirrors and portals that are damaged, or that lie."""

import hashlib
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from prongsai.record import sources
from prongsai.record.canonical import canonical_json
from prongsai.record.editions import seal
from prongsai.record.keys import log_signer
from prongsai.record.merkle import Frontier, leaf_hash
from prongsai.record.mirror import write_mirror
from prongsai.record.notes import SignedHead
from prongsai.record.tiles import bundle
from prongsai.record.verifier import verify_folder, verify_url
from tests.record.factories import corrected, file, published, recalled

EDITION = "ab" * 32


@pytest.fixture
def mirror(data: Path, tmp_path: Path) -> Path:
    number = published(files=[file(name="ประกาศ ก.pdf")]).number
    corrected(number, files=[file(b"two")])
    recalled(published().number)
    write_mirror(tmp_path / "mirror")
    return tmp_path / "mirror"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """Nothing on the screen."""


@pytest.fixture
def serve() -> Iterator[Callable[[Any], str]]:
    """Start a server on this machine with a handler; answers its address."""
    servers = []

    def start(handler: Any) -> str:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def problem(folder: Path) -> str:
    return verify_folder(folder).first_problem or ""


def test_a_portal_is_verified_over_http(mirror: Path, serve: Callable[[Any], str]) -> None:
    address = serve(partial(Quiet, directory=str(mirror)))

    report = verify_url(f"{address}/", state=mirror / "state")

    assert report.first_problem is None
    assert (report.entries, report.blobs, report.recalled) == (4, 2, 1)
    assert report == verify_folder(mirror, state=mirror / "state")


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("log/checkpoint", b"x", "not a signed note"),
        ("log/checkpoint", b"\xff", "/log/checkpoint is not text"),
        ("log/checkpoint", b"x" * 70_000, "/log/checkpoint is larger than 65536 bytes"),
        ("log/key", b"x", "not an Ed25519 key"),
        ("log/key", b"x" * 2000, "/log/key is larger than"),
        ("log/tile/entries/000.p/4", b"", "holds 0 of 4"),
        ("log/tile/entries/000.p/4", b"\x00\x09x", "Entries 0 and on are damaged"),
        ("log/tile/entries/000.p/4", bundle([b"{}"] * 4), "Entry 0 is not the leaf"),
        ("log/tile/entries/000.p/4", bundle([b"\xff"] * 4), "Entry 0 is not the leaf"),
        ("log/tile/entries/000.p/4", bundle([b"[]"] * 4), "Entry 0 is not the leaf"),
        ("log/tile/0/000.p/4", b"\x00" * 128, "hashes from entry 0 on (0/000.p/4)"),
        ("log/tile/0/000.p/4", b"\x00" * 9000, "is larger than 8192 bytes"),
    ],
)
def test_a_damaged_part_of_a_mirror_is_named(
    mirror: Path, path: str, content: bytes, said: str
) -> None:
    (mirror / path).write_bytes(content)

    assert said in problem(mirror)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("log/key", "not an Ed25519 key"),
        ("log/tile/entries/000.p/4", "Entries 0 and on are missing"),
        ("log/tile/0/000.p/4", "hashes from entry 0 on"),
        ("log/checkpoint", ""),
    ],
)
def test_a_lost_part_of_a_mirror_is_named(mirror: Path, path: str, said: str) -> None:
    """A mirror without a checkpoint claims nothing, so nothing in it is wrong."""
    (mirror / path).unlink()

    assert said in problem(mirror)
    assert verify_folder(mirror).ok is (path == "log/checkpoint")


def test_a_lost_file_of_a_mirror_is_named(mirror: Path) -> None:
    next(mirror.glob("files/*/ประกาศ*")).unlink()

    assert problem(mirror).endswith("its file ประกาศ ก.pdf is missing.")


def test_a_file_that_grew_is_not_read_to_its_end(mirror: Path) -> None:
    path = next(mirror.glob("files/*/ประกาศ*"))
    path.write_bytes(path.read_bytes() + b"x" * 10_000_000)

    assert problem(mirror).endswith("its file ประกาศ ก.pdf was changed.")


def leaf(**changes: Any) -> bytes:
    values = {
        "seq": 0,
        "at": "2026-11-23T03:00:00.000000Z",
        "action": "published",
        "number": "2569-00001",
        "version": 1,
        "edition": EDITION,
    }
    return canonical_json(values | changes).encode()


def forge(folder: Path, *leaves: bytes) -> None:
    """A mirror whose signed head fits leaves that no honest record would have."""
    edge = Frontier()
    for each in leaves:
        edge.add(leaf_hash(each))
    signer, size = log_signer(), len(leaves)
    (folder / "log").mkdir(parents=True, exist_ok=True)
    (folder / "log" / "key").write_text(str(signer.verifier))
    note = signer.sign(SignedHead(signer.name, size, edge.root).text())
    (folder / "log" / "checkpoint").write_text(note)
    parts = {"entries": bundle(leaves), "0": b"".join(leaf_hash(each) for each in leaves)}
    for level, content in parts.items():
        path = folder / "log" / "tile" / level / f"000.p/{size}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seq": 1}, "Entry 0 stands where entry 1"),
        ({"seq": "0"}, "Entry 0 stands where"),
        ({"at": "2026-11-23"}, "not the leaf"),
        ({"at": 7}, "not the leaf"),
        ({"action": ["published"]}, "not the leaf"),
        ({"number": "../../x"}, "not the leaf"),
        ({"number": "2569-00002"}, "its number does not continue an empty log"),
        ({"version": "1"}, "not the leaf"),
        ({"version": 2}, "a first edition has version 1"),
        ({"edition": "../../secrets/log-key"}, "not the leaf"),
        ({"extra": 1}, "not the leaf"),
        ({"action": "corrected"}, "there is no such number before it"),
        ({}, "its edition is missing, and no later entry recalls it"),
    ],
)
def test_a_signed_log_that_breaks_the_rules_is_refused(
    data: Path, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    forge(tmp_path / "forged", leaf(**changes))

    assert said in problem(tmp_path / "forged")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": "2569-00003"}, "does not continue 2569-00001"),
        ({"number": "2568-00001"}, "does not continue 2569-00001"),
        ({"number": "2569-00001"}, "does not continue 2569-00001"),
        ({"number": "2570-00002"}, "does not continue 2569-00001"),
        ({"number": "2569-00002", "at": "2026-11-23T02:00:00.000000Z"}, "is older"),
        ({"action": "restored"}, "may not follow"),
        ({"action": "withdrawn", "version": 2}, "does not continue version 1"),
        ({"action": "corrected", "version": 1}, "does not continue version 1"),
    ],
)
def test_a_second_entry_that_breaks_the_rules_is_refused(
    data: Path, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    forge(tmp_path / "forged", leaf(), leaf(**{"seq": 1, **changes}))

    assert said in problem(tmp_path / "forged")
    assert problem(tmp_path / "forged").startswith("Entry 1 (")


def test_an_edition_that_names_a_file_outside_the_folder_is_refused(
    data: Path, tmp_path: Path
) -> None:
    at = "2026-11-23T03:00:00.000000Z"
    evil = {"sha256": EDITION, "name": "../../../etc/passwd", "size": 1}
    sealed = seal(
        {
            "action": "published",
            "number": "2569-00001",
            "version": 1,
            "published_at": at,
            "files": [evil],
        }
    )
    forge(tmp_path / "forged", leaf(edition=sealed.hash))
    (tmp_path / "forged" / "log" / "editions").mkdir()
    (tmp_path / "forged" / "log" / "editions" / sealed.hash).write_text(sealed.canonical)

    assert "names a file in no possible way" in problem(tmp_path / "forged")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/", "127.0.0.1:8000", "", "http://", "http:///x"]
)
def test_only_http_addresses_are_opened(url: str) -> None:
    report = verify_url(url)

    assert report.first_problem == f"{url} is not an http or https address.".strip()


def answering(status: int, headers: dict[str, str], body: bytes = b"") -> Any:
    class Handler(Quiet):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (500, {}, "/log/checkpoint answers with status 500."),
        (302, {"Location": "file:///etc/passwd"}, "/log/checkpoint answers with status 302."),
        (301, {"Location": "http://127.0.0.1:1/"}, "/log/checkpoint answers with status 301."),
        (200, {"Transfer-Encoding": "chunked"}, "The answer broke off"),
    ],
)
def test_a_portal_that_does_not_answer_properly_is_said_to(
    serve: Callable[[Any], str], status: int, headers: dict[str, str], said: str
) -> None:
    report = verify_url(serve(answering(status, headers, b"9\r\nhalf")))

    assert said in (report.first_problem or "")


def test_a_portal_that_has_no_log_has_nothing_to_verify(serve: Callable[[Any], str]) -> None:
    for status in (404, 410):
        report = verify_url(serve(answering(status, {})))
        assert (report.ok, report.entries) == (True, 0)


def test_a_portal_that_sends_without_end_is_cut_off(serve: Callable[[Any], str]) -> None:
    address = serve(answering(200, {}, b"x" * 70_000))

    assert "is larger than 65536 bytes" in (verify_url(address).first_problem or "")


def test_a_portal_that_cannot_be_reached_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "TIMEOUT_SECONDS", 2)

    assert "cannot be reached" in (verify_url("http://127.0.0.1:1").first_problem or "")


class Changing(Quiet):
    """Serves one folder until the path that is the turning point is asked for, and another from then on."""

    before: Path
    after: Path
    turning_point: str

    def do_GET(self) -> None:
        # Kept on the class: each request has a handler of its own.
        if self.path.startswith(self.turning_point):
            type(self).before = self.after
        self.directory = str(self.before)
        super().do_GET()


def turning(data: Path, number: str, at: str) -> Any:
    """A portal that recalls a number at the moment when that path is asked for."""
    before, after = data / "before", data / "after"
    write_mirror(before)
    # As a portal does, the later one still answers for the tiles of the smaller log.
    shutil.copytree(before, after)
    recalled(number)
    write_mirror(after)
    return type("Handler", (Changing,), {"before": before, "after": after, "turning_point": at})


@pytest.mark.parametrize("turning_point", ["/log/editions/", "/files/"])
def test_a_recall_while_a_portal_is_verified_is_no_problem(
    data: Path, serve: Callable[[Any], str], turning_point: str
) -> None:
    number = published(files=[file(b"one")]).number
    published(files=[file(b"two", slot="annex")])

    report = verify_url(serve(turning(data, number, turning_point)))

    assert report.first_problem is None
    assert (report.entries, report.recalled, report.blobs) == (3, 1, 1)


@pytest.mark.parametrize("lost", ["log/editions", "files"])
def test_what_is_lost_while_a_portal_grows_is_not_excused(
    data: Path, serve: Callable[[Any], str], lost: str
) -> None:
    """The log has a new entry, but that recalls another number."""
    published(files=[file(b"one")])
    other = published(title="อื่น").number
    handler = turning(data, other, f"/{lost}")
    shutil.rmtree(data / "after" / lost)

    said = verify_url(serve(handler)).first_problem or ""

    assert said.startswith("Entry 0 (published 2569-00001 version 1): its ")
    assert "is missing" in said


def test_a_new_head_that_is_not_signed_excuses_nothing(
    data: Path, serve: Callable[[Any], str]
) -> None:
    handler = turning(data, published().number, "/log/editions/")
    checkpoint = data / "after" / "log" / "checkpoint"
    checkpoint.write_text(checkpoint.read_text().replace("\n2\n", "\n3\n"))

    assert "does not fit the text" in (verify_url(serve(handler)).first_problem or "")


def test_a_file_that_two_numbers_share_is_not_excused_by_the_recall_of_one(mirror: Path) -> None:
    """The first number of the mirror still refers to it."""
    (kept,) = mirror.glob(f"files/{hashlib.sha256(b'two').hexdigest()}/*")
    kept.unlink()

    assert (
        problem(mirror) == "Entry 1 (corrected 2569-00001 version 2): its file main.pdf is missing."
    )
