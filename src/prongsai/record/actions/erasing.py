"""Bytes that nobody may see any more are deleted from the disk and from the database's own remains."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connections, transaction

from prongsai.record import blobs
from prongsai.record.models import Erasure, PublishedFile
from prongsai.record.triggers import RECORD

# Tables with words or names of what was published: what was deleted there goes from the disk as well.
WORDED = (
    *("record_edition", "record_item", "record_version", "record_filetext"),
    *("record_publishedfile", "record_withholding", "record_bundling"),
)
logger = logging.getLogger(__name__)
# Bytes are stored before their entry is appended: a younger file may belong to a publication under way.
GRACE = timedelta(hours=24)


@dataclass(frozen=True)
class Swept:
    """What a sweep did: recalls whose bytes are gone now, and files that nobody referred to."""

    recalls: int
    files: int


def finish_erasures() -> int:
    """Delete what recalls left on the disk; answers how many recalls are finished.

    Bytes that another item refers to stay. A crash, or a reader that holds an old page of the
    database, leaves the row, and the next sweep finishes it.
    """
    finished = 0
    for erasure in Erasure.objects.all():
        _remove_files(erasure)
        if _scrub():
            # Last of all: as long as the row stands, the work is not done.
            erasure.delete()
            finished += 1
    return finished


def _remove_files(erasure: Erasure) -> None:
    """While no append is under way, because an append may refer to one of the files at this very moment."""
    with transaction.atomic(using=RECORD):
        for sha256 in erasure.files:
            if not _is_referred(sha256):
                blobs.remove(sha256)


def _scrub() -> bool:
    """Drop what the database's own log and free space still hold of deleted rows."""
    connection = connections[RECORD]
    # Neither works inside a transaction; whoever holds one (a test, a command) leaves it to the sweep.
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM {', '.join(WORDED)}")
            return True
        # The write-ahead log keeps old pages until it is cut; a reader of an old snapshot prevents that.
        is_busy, _written, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def sweep(*, at: datetime) -> Swept:
    """Finish recalls at once, and remove files that nobody has referred to for a day."""
    recalls = finish_erasures()
    old = [each for each in blobs.stored() if each.changed_at < at - GRACE]
    removed = sum(_remove_orphan(each, at=at) for each in old if not _is_referred(each.sha256))
    if recalls or removed:
        logger.info("swept %s recalls, %s files", recalls, removed)
    return Swept(recalls, removed)


def _is_referred(sha256: str) -> bool:
    return PublishedFile.objects.filter(sha256=sha256).exists()


def _remove_orphan(stored: blobs.Stored, *, at: datetime) -> bool:
    """Asked again when no append is under way: one may have come, or the file may have been stored anew."""
    with transaction.atomic(using=RECORD):
        # The question first: with it the transaction waits for others.
        if _is_referred(stored.sha256):
            return False
        changed_at = blobs.changed_at(stored.path)
        if changed_at is None or changed_at >= at - GRACE:
            return False
        stored.path.unlink(missing_ok=True)
    return True
