import io
import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from prongsai.files import places


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, settings: Any) -> Path:
    options = {"location": str(tmp_path / "files")}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"files": {"BACKEND": backend, "OPTIONS": options}}
    return tmp_path / "files"


def test_a_draft_is_private_from_its_first_moment_and_gone_at_the_end() -> None:
    with places.draft() as path:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not path.exists()


def test_a_draft_is_gone_after_a_failure_too() -> None:
    with pytest.raises(RuntimeError), places.draft() as path:
        raise RuntimeError
    assert not path.exists()


@pytest.mark.parametrize(
    ("size", "limit", "copied", "is_whole"),
    [(0, 4, 0, True), (4, 4, 4, True), (5, 4, 5, False), (99, 4, 5, False)],
)
def test_copying_stops_one_byte_after_the_limit(
    size: int, limit: int, copied: int, is_whole: bool, tmp_path: Path
) -> None:
    path = tmp_path / "draft"
    measured = places.fill(path, io.BytesIO(b"x" * size), limit=limit)  # type: ignore[arg-type]
    assert (measured.size, measured.is_whole, path.stat().st_size) == (copied, is_whole, copied)


def test_the_hash_on_the_fly_is_the_hash_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "draft"
    content = os.urandom(3 * 1024 * 1024 + 7)
    assert places.fill(path, io.BytesIO(content), limit=10**9) == places.measure(path)  # type: ignore[arg-type]


def test_putting_the_same_bytes_again_mends_what_was_changed_on_disk(shelf: Path) -> None:
    for content in (b"right", b"right"):
        with places.draft() as path:
            path.write_bytes(content)
            sha256 = places.measure(path).sha256
            places.put(path, sha256)
        place = shelf / places.name_of(sha256)
        assert place.read_bytes() == b"right"
        place.write_bytes(b"wrong")
    with places.open_place(sha256) as stream:
        assert stream.read() == b"wrong"


def test_what_a_killed_process_left_is_taken_away_after_a_day(shelf: Path) -> None:
    with places.draft() as fresh:
        left = [places.work_path("redaction-1"), places.work_path("tmpabc")]
        left[0].write_bytes(b"private")
        left[1].mkdir()
        (left[1] / "picture").write_bytes(b"private")
        for path in left:
            os.utime(path, (0, 0))

        assert places.remove_leftovers(before=datetime(2026, 11, 1, tzinfo=UTC)) == 2
        assert fresh.exists()
        assert not any(path.exists() for path in left)


def test_where_nothing_came_in_nothing_is_left() -> None:
    assert places.remove_leftovers(before=datetime(2026, 11, 1, tzinfo=UTC)) == 0
