"""What a virus scanner says decides before anything else is looked at."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prongsai.files import places, queries
from prongsai.files.actions import finish_receiving, receive
from prongsai.files.antivirus import ScannerUnavailable, answers, virus_in
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.organisation.models import Act
from tests.factories import NOW, actor
from tests.files import samples
from tests.files.clamd import EICAR, saying, scanner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, settings: Any) -> Path:
    place = tmp_path / "files"
    backend = "django.core.files.storage.FileSystemStorage"
    options = {"location": str(place)}
    settings.STORAGES = settings.STORAGES | {"files": {"BACKEND": backend, "OPTIONS": options}}
    return place


@pytest.fixture
def line(settings: Any) -> Iterator[Path]:
    """Where the scanner listens, when it does; sockets have short paths."""
    with tempfile.TemporaryDirectory(prefix="clamd") as folder:
        path = Path(folder) / "s"
        settings.VIRUS_SCANNER = str(path)
        yield path


@pytest.fixture
def real(line: Path) -> Iterator[None]:
    """ClamAV itself, with one signature of our own: the fake must answer as it does."""
    folder = line.parent
    signature = f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n"
    (folder / "own.ndb").write_text(signature, encoding="ascii")
    settings = (
        f"LocalSocket {line}\nDatabaseDirectory {folder}\nForeground yes\nStreamMaxLength 1M\n"
    )
    (folder / "conf").write_text(settings, encoding="ascii")
    command = ["/usr/sbin/clamd", "-c", str(folder / "conf")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + 30
            while not answers(str(line)) and time.monotonic() < deadline:
                time.sleep(0.05)
            yield
        finally:
            process.kill()


def verdict(path: Path, content: bytes, *, scanner: Path) -> str:
    path.write_bytes(content)
    try:
        return virus_in(path, scanner=str(scanner)).removesuffix(".UNOFFICIAL")
    except ScannerUnavailable:
        # Of a stream that is too long, its reason is lost now and then: clamd hangs up while it is still sent.
        return "unavailable"


@pytest.mark.usefixtures("real")
def test_the_scanner_of_these_tests_answers_as_the_real_one(line: Path, tmp_path: Path) -> None:
    contents = (b"nothing", EICAR, b"x" * 200_000 + EICAR, b"x" * 5_000_000, b"")
    path = tmp_path / "content"
    with scanner(line.parent / "fake") as fake:
        assert [answers(str(one)) for one in (line, fake, tmp_path)] == [True, True, False]
        assert [verdict(path, one, scanner=line) for one in contents] == [
            verdict(path, one, scanner=Path(fake)) for one in contents
        ]


def take(name: str, content: bytes) -> StoredFile:
    return receive(upload=samples.upload(name, content), by=actor(), at=NOW)


def kept(shelf: Path) -> int:
    return sum(path.is_file() for path in shelf.rglob("*"))


def test_what_the_scanner_lets_pass_is_clean(line: Path) -> None:
    with scanner(line):
        assert take("a.txt", b"nothing").state == FileState.CLEAN


def test_a_virus_is_refused_by_name_and_its_bytes_are_not_kept(line: Path, shelf: Path) -> None:
    with scanner(line):
        stored = take("a.txt", EICAR)
    assert stored.state == FileState.REFUSED
    assert "Eicar-Test-Signature" in stored.refusal
    assert kept(shelf) == 0


def test_a_file_longer_than_a_piece_is_sent_whole(line: Path) -> None:
    with scanner(line):
        assert take("a.txt", b"x" * 200_000 + EICAR).state == FileState.REFUSED


def test_without_the_scanner_nothing_becomes_clean_and_nothing_is_lost(line: Path) -> None:
    stored = take("a.txt", b"text")
    assert stored.state == FileState.RECEIVED
    with pytest.raises(FileNotFoundError):
        queries.open_bytes(stored)
    assert queries.actual_sha256(stored) == ""
    assert places.path_of(stored.sha256).read_bytes() == b"text"
    assert not finish_receiving(stored=stored, at=NOW)
    assert list(queries.on_the_way()) == [stored]


def test_what_waited_becomes_clean_when_the_scanner_is_back(line: Path, shelf: Path) -> None:
    stored = take("ภาพ.jpg", samples.photograph())
    waited_as = stored.sha256
    with scanner(line):
        assert finish_receiving(stored=stored, at=NOW)
    stored.refresh_from_db()
    assert (stored.state, stored.media_type) == (FileState.CLEAN, "image/jpeg")
    # It was redrawn: what had waited is not kept beside it.
    assert stored.sha256 != waited_as
    assert kept(shelf) == 1
    assert queries.actual_sha256(stored) == stored.sha256
    assert not queries.on_the_way().exists()


def test_a_virus_that_waited_is_refused_and_removed(line: Path, shelf: Path) -> None:
    stored = take("a.txt", EICAR)
    with scanner(line):
        finish_receiving(stored=stored, at=NOW)
    stored.refresh_from_db()
    assert stored.state == FileState.REFUSED
    assert kept(shelf) == 0
    states = Act.objects.filter(verb="receive_file").order_by("id").values_list("details__state")
    assert list(states) == [("received",), ("refused",)]


def test_a_stream_that_the_scanner_does_not_finish_is_not_clean(line: Path) -> None:
    with scanner(line, most=1000):
        assert take("a.txt", b"x" * 5_000_000).state == FileState.RECEIVED


def test_what_a_killed_worker_left_half_looked_at_is_looked_at_again(line: Path) -> None:
    stored = take("a.txt", b"text")
    StoredFile.objects.filter(pk=stored.pk).update(state=FileState.SCANNED)
    stored.refresh_from_db()
    with scanner(line):
        assert finish_receiving(stored=stored, at=NOW)
    assert stored.state == FileState.CLEAN


@pytest.mark.parametrize(
    "answer",
    ["", "OK", "stream: ok", "stream: OK\nstream: OK", "stream: stream: OK", "stream:  FOUND"],
)
def test_only_the_very_words_of_the_scanner_make_a_file_clean(
    line: Path, tmp_path: Path, answer: str
) -> None:
    sent = tmp_path / "sent"
    sent.write_bytes(b"x")
    with saying(line, answer.encode()), pytest.raises(ScannerUnavailable):
        virus_in(sent, scanner=str(line))


def test_a_scanner_that_is_content_before_the_end_has_not_looked(
    line: Path, tmp_path: Path
) -> None:
    sent = tmp_path / "sent"
    sent.write_bytes(bytes(8 * 1024 * 1024))
    with saying(line, b"stream: OK\0", after=1), pytest.raises(ScannerUnavailable):
        virus_in(sent, scanner=str(line))


def test_evidence_that_waited_is_kept_as_it_came(line: Path) -> None:
    came = samples.photograph()
    upload = samples.upload("หลักฐาน.jpg", came)
    stored = receive(upload=upload, by=actor(), at=NOW, keeps_original=True)
    with scanner(line):
        finish_receiving(stored=stored, at=NOW)
    with queries.open_original(stored) as original:
        assert original.read() == came
