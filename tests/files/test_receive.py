import errno
import hashlib
import io
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from prongsai.files import places, queries
from prongsai.files.actions import CannotReceive, receive
from prongsai.files.examination.isolated import EXAMINER
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome
from tests.factories import NOW, actor
from tests.files import samples
from tests.files.killing import killing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, settings: Any) -> Path:
    """A private shelf for each test, empty at its start."""
    place = tmp_path / "files"
    options = {"location": str(place)}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"files": {"BACKEND": backend, "OPTIONS": options}}
    return place


def files_on(shelf: Path) -> list[Path]:
    return [path for path in shelf.rglob("*") if path.is_file()]


def take(name: str, content: bytes) -> StoredFile:
    return receive(upload=samples.upload(name, content), by=actor(), at=NOW)


def test_a_clean_file_is_kept_under_its_hash_for_this_system_user_only(shelf: Path) -> None:
    content = samples.pdf()
    stored = take("ประกาศ.pdf", content)
    sha256 = hashlib.sha256(content).hexdigest()
    [kept] = files_on(shelf)
    assert (stored.state, stored.sha256, stored.size) == (FileState.CLEAN, sha256, len(content))
    assert kept.relative_to(shelf).as_posix() == f"{sha256[:2]}/{sha256}"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert (stored.name, stored.media_type, stored.pages) == ("ประกาศ.pdf", "application/pdf", 1)


def test_the_bytes_read_back_are_the_bytes_that_came() -> None:
    content = samples.word("ข้อความ")
    stored = take("a.docx", content)
    with queries.open_bytes(stored) as stream:
        assert stream.read() == content
    assert queries.actual_sha256(stored) == stored.sha256


def test_the_actual_hash_tells_that_bytes_were_exchanged_or_lost(shelf: Path) -> None:
    stored = take("a.txt", "ข้อความ".encode())
    [kept] = files_on(shelf)
    kept.write_bytes(b"other")
    assert queries.actual_sha256(stored) == hashlib.sha256(b"other").hexdigest() != stored.sha256
    kept.unlink()
    assert queries.actual_sha256(stored) == ""


def test_the_same_bytes_twice_are_two_rows_and_one_file(shelf: Path) -> None:
    first, second = take("a.txt", b"same"), take("b.txt", b"same")
    assert first.pk != second.pk
    assert len(files_on(shelf)) == 1


def test_a_refused_file_leaves_its_reason_and_no_bytes(shelf: Path) -> None:
    stored = take("ว่าง.pdf", b"")
    assert stored.state == FileState.REFUSED
    assert "ว่างเปล่า" in stored.refusal
    assert files_on(shelf) == []
    assert queries.actual_sha256(stored) == ""
    with pytest.raises(FileNotFoundError):
        queries.open_bytes(stored)


def test_coming_in_and_being_refused_are_both_acts() -> None:
    clean, refused = take("a.txt", b"text"), take("a.exe", b"MZ\x00\x01")
    acts = {act.subject: (act.verb, act.outcome) for act in Act.objects.all()}
    assert acts == {
        f"file:{clean.pk}": ("receive_file", Outcome.DONE),
        f"file:{refused.pk}": ("receive_file", Outcome.REFUSED),
    }


def test_a_file_over_the_limit_is_refused_after_one_byte_too_many(
    shelf: Path, settings: Any
) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    upload = samples.upload("a.txt", b"x" * (3 * 1024 * 1024))
    stored = receive(upload=upload, by=actor(), at=NOW)
    assert "ใหญ่กว่า 1 MB" in stored.refusal
    assert stored.size == 1024 * 1024 + 1
    assert files_on(shelf) == []


def test_a_file_of_exactly_the_limit_comes_in(settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 5
    assert take("a.txt", b"12345").state == FileState.CLEAN


class BreaksOff(io.BytesIO):
    """An upload whose line goes dead after the first piece."""

    name = "a.txt"

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionError("gone")
        return super().read(4)


def test_an_upload_that_breaks_off_leaves_nothing(shelf: Path) -> None:
    with pytest.raises(CannotReceive, match="แจ้งผู้ดูแลระบบ"):
        receive(upload=BreaksOff(b"12345678"), by=actor(), at=NOW)
    assert files_on(shelf) == []
    assert not StoredFile.objects.exists()


def test_a_full_disk_leaves_nothing(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(places.os, "fsync", no_space)
    with pytest.raises(CannotReceive):
        take("a.txt", b"text")
    assert files_on(shelf) == []
    assert not StoredFile.objects.exists()
    assert not Act.objects.exists()


def test_a_machine_sends_no_files() -> None:
    with pytest.raises(CannotReceive, match="ไม่มีผู้ส่ง"):
        receive(upload=samples.upload("a.txt", b"a"), by=Actor.system("worker"), at=NOW)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "etc-passwd.txt"),
        ("C:\\เอกสาร\\แผน.txt", "แผน.txt"),
        ("ใบ\u202etxt.exe\u202c.txt", "ใบtxt.exe.txt"),
        ("น้ำ\u200bประปา.txt", "น้ำประปา.txt"),
        ("บรรทัด\nใหม่\x00.txt", "บรรทัด ใหม่.txt"),
    ],
)
def test_a_hostile_name_becomes_harmless_and_keeps_its_thai(
    name: str, kept: str, shelf: Path
) -> None:
    stored = take(name, b"text")
    assert stored.name == kept
    [path] = files_on(shelf)
    assert path.name == stored.sha256


def test_the_largest_upload_is_a_setting() -> None:
    assert settings.MAX_UPLOAD_BYTES == 50 * 1024 * 1024


def test_an_upload_without_a_name_gets_one() -> None:
    upload = samples.upload("", b"text")
    assert receive(upload=upload, by=actor(), at=NOW).state == FileState.REFUSED


def test_evidence_is_kept_as_it_came_beside_the_picture_that_may_be_shown(shelf: Path) -> None:
    came = samples.photograph()
    upload = samples.upload("หลักฐาน.jpg", came)
    stored = receive(upload=upload, by=actor(), at=NOW, keeps_original=True)
    with queries.open_original(stored) as original, queries.open_bytes(stored) as shown:
        assert original.read() == came
        assert b"SecretCamera" not in shown.read()
    assert len(files_on(shelf)) == 2


def test_evidence_that_is_kept_as_it_came_anyway_is_kept_once(shelf: Path) -> None:
    upload = samples.upload("คำให้การ.txt", "ข้อความ".encode())
    stored = receive(upload=upload, by=actor(), at=NOW, keeps_original=True)
    with queries.open_original(stored) as original:
        assert original.read().decode() == "ข้อความ"
    assert len(files_on(shelf)) == 1


def test_refused_evidence_leaves_no_bytes(shelf: Path) -> None:
    upload = samples.upload("a.jpg", b"\xff\xd8\xff broken")
    stored = receive(upload=upload, by=actor(), at=NOW, keeps_original=True)
    assert stored.state == FileState.REFUSED
    assert files_on(shelf) == []


def test_of_an_ordinary_picture_the_original_is_gone(shelf: Path) -> None:
    stored = take("ภาพ.jpg", samples.photograph())
    with pytest.raises(FileNotFoundError):
        queries.open_original(stored)
    assert len(files_on(shelf)) == 1


@pytest.fixture
def asleep() -> Iterator[int]:
    """The process that will examine the next file; it does nothing until it is woken or killed."""
    EXAMINER.close()
    EXAMINER.start()
    [process] = EXAMINER.process_ids
    os.kill(process, signal.SIGSTOP)
    yield process
    EXAMINER.close()


def test_a_file_that_kills_whatever_looks_at_it_is_refused_and_leaves_nothing(
    shelf: Path,
) -> None:
    content = samples.pdf()

    with killing(lambda: EXAMINER.process_ids):
        stored = take("ระเบิด.pdf", content)

    assert (stored.state, stored.pages, stored.text) == (FileState.REFUSED, None, [])
    assert "หยุดกลางคันขณะอ่านไฟล์นี้" in stored.refusal
    assert "Print to PDF" in stored.refusal
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert [act.outcome for act in Act.objects.all()] == [Outcome.REFUSED]
    assert files_on(shelf) == []
    assert take("ปกติ.pdf", samples.pdf()).state == FileState.CLEAN


@pytest.mark.usefixtures("asleep")
def test_a_file_that_takes_too_long_is_refused_and_leaves_nothing(
    shelf: Path, settings: Any
) -> None:
    settings.EXAMINATION_SECONDS = 1

    upload = samples.upload("ช้า.jpg", samples.photograph())
    stored = receive(upload=upload, by=actor(), at=NOW, keeps_original=True)

    assert stored.state == FileState.REFUSED
    assert "ตรวจไม่เสร็จใน 1 วินาที" in stored.refusal
    assert (stored.original_sha256, files_on(shelf)) == ("", [])
