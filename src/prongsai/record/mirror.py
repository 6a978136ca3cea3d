"""A static copy of the log, its editions and its files, in the paths of the portal.

Whoever keeps such a copy can check everything alone (`verifier`), and can prove a change of history.
"""

import shutil
from pathlib import Path

from prongsai.record import blobs, queries
from prongsai.record.addresses import public_path, tile_path
from prongsai.record.keys import log_key
from prongsai.record.models import Edition
from prongsai.record.tiles import tiles_of


def write_mirror(folder: Path) -> int:
    """Write or bring up to date a mirror; answers how many entries it has.

    What is no longer public is removed from it. The checkpoint comes last, so that a mirror that was
    interrupted is never ahead of its files.
    """
    # Asked first: the mirror is of this size, whatever is appended while it is written.
    last = queries.checkpoint()
    size = last.size if last else 0
    kept = _write_editions(folder) | _write_files(folder)
    for tile in tiles_of(size):
        _write(folder, tile_path(tile), queries.tile(tile) or b"")
    _remove_others(folder, kept)
    _write(folder, public_path("log_key"), f"{log_key()}\n".encode())
    if last:
        _write(folder, public_path("log_checkpoint"), last.note.encode("utf-8"))
    return size


def _write_editions(folder: Path) -> set[Path]:
    kept = set()
    rows = Edition.objects.exclude(canonical=None).values_list("hash", "canonical")
    for hash_, text in rows.iterator():
        path = public_path("log_edition", hash=hash_)
        kept.add(_write(folder, path, (text or "").encode("utf-8")))
    return kept


def _write_files(folder: Path) -> set[Path]:
    kept = set()
    for file in queries.all_files():
        # Not the quoted address: a folder holds names as they are.
        path = folder / "files" / file["sha256"] / file["name"]
        kept.add(path)
        # The hash is in the path, so what is there is never out of date.
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with blobs.open_blob(file["sha256"]) as blob, path.open("wb") as copy:
                shutil.copyfileobj(blob, copy)
    return kept


def _write(folder: Path, address: str, content: bytes) -> Path:
    path = folder / address.lstrip("/")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _remove_others(folder: Path, kept: set[Path]) -> None:
    for part in ("log/editions", "files"):
        for path in (folder / part).rglob("*"):
            if path.is_file() and path not in kept:
                path.unlink()
