import hashlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from prongsai.record import blobs
from tests.record.factories import file, published, recalled

RAW = b"%PDF-1.7 a public file"
SHA = hashlib.sha256(RAW).hexdigest()


def store(raw: bytes = RAW, sha256: str = SHA) -> None:
    blobs.store(sha256, BytesIO(raw))


def test_bytes_lie_under_their_hash(data: Path) -> None:
    store()

    path = data / "record" / "blobs" / SHA[:2] / SHA
    assert path.read_bytes() == RAW
    assert blobs.size(SHA) == len(RAW)


def test_other_bytes_than_promised_are_refused_and_leave_nothing(data: Path) -> None:
    with pytest.raises(blobs.WrongBytes):
        store(b"something else")

    assert blobs.size(SHA) is None
    assert list((data / "record" / "blobs").glob("*/*")) == []


def test_storing_again_repairs_what_was_damaged_on_the_disk(data: Path) -> None:
    store()
    path = data / "record" / "blobs" / SHA[:2] / SHA
    path.write_bytes(b"rotten")

    store()

    assert path.read_bytes() == RAW


def test_a_disk_that_fails_leaves_no_half_file(data: Path) -> None:
    class Failing(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        blobs.store(SHA, Failing())

    assert list(blobs.stored()) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", SHA.upper(), SHA[:-1], f"{SHA}/x"])
def test_only_a_hash_names_a_blob(data: Path, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.size(name)


def test_stored_bytes_are_private_until_an_edition_refers_to_them(data: Path) -> None:
    store()

    with pytest.raises(blobs.NotPublic):
        blobs.open_blob(SHA)


def test_published_bytes_are_public(data: Path) -> None:
    published(files=[file(RAW)])

    with blobs.open_blob(SHA) as blob:
        assert blob.read() == RAW


def test_recalled_bytes_are_private_even_while_they_still_lie_there(data: Path) -> None:
    entry = published(files=[file(RAW)])
    recalled(entry.number)
    store()

    with pytest.raises(blobs.NotPublic):
        blobs.open_blob(SHA)


def test_a_public_file_whose_bytes_are_lost_is_not_there(data: Path) -> None:
    published(files=[file(RAW)])
    blobs.remove(SHA)

    with pytest.raises(blobs.NotPublic):
        blobs.open_blob(SHA)
    assert blobs.size(SHA) is None
    blobs.remove(SHA)


def test_what_lies_in_the_folder_is_told_with_its_age(data: Path) -> None:
    store()
    folder = data / "record" / "blobs" / SHA[:2]
    (folder / f".{SHA}.1234.part").write_bytes(b"half")
    vanished = folder / "vanished"

    found = {each.sha256: each.changed_at for each in blobs.stored()}

    assert set(found) == {SHA, ""}
    assert abs((datetime.now(tz=UTC) - found[SHA]).total_seconds()) < 60
    assert blobs.changed_at(vanished) is None


def test_a_file_that_vanishes_while_the_folder_is_read_is_passed_over(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store()
    monkeypatch.setattr(blobs, "changed_at", lambda path: None)

    assert list(blobs.stored()) == []
