"""The log of entries, its nodes, and proofs from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connections

from prongsai.record import merkle, tiles
from prongsai.record.editions import leaf_data
from prongsai.record.merkle import Place as TreePlace
from prongsai.record.models import Checkpoint, Entry, Node
from prongsai.record.queries.bare import bare_rows
from prongsai.record.triggers import RECORD


@dataclass(frozen=True)
class Proof:
    """That an entry is in the signed log: everything that somebody needs to check it alone."""

    seq: int
    leaf_data: str
    leaf_hash: str
    size: int
    root_hash: str
    path: tuple[str, ...]
    checkpoint: str


def head() -> int:
    """The number of the last entry, -1 when there is none. Asked on every request, so one indexed row."""
    with connections[RECORD].cursor() as cursor:
        cursor.execute("SELECT MAX(seq) FROM record_entry")
        last = cursor.fetchone()[0]
    return -1 if last is None else int(last)


def entry_leaf(entry: Entry) -> bytes:
    """The bytes that the log hashes for an entry."""
    return leaf_data(
        seq=entry.seq,
        at=entry.at,
        action=entry.action,
        number=entry.number,
        version=entry.version,
        edition=entry.edition_id,
    )


def nodes(places: Iterable[TreePlace]) -> dict[TreePlace, bytes]:
    """The stored hashes of complete subtrees, in one question (every append and every proof asks it)."""
    wanted = [number for place in places for number in place]
    if not wanted:
        return {}
    these = " OR ".join(['(level = %s AND "index" = %s)'] * (len(wanted) // 2))
    rows = bare_rows(f'SELECT level, "index", hash FROM record_node WHERE {these}', wanted)  # noqa: S608 -- placeholders
    return {TreePlace(level, position): bytes.fromhex(value) for level, position, value in rows}


def checkpoint() -> Checkpoint | None:
    """The newest signed head."""
    return Checkpoint.objects.order_by("-size").first()


def proof(seq: int) -> Proof | None:
    """That entry `seq` is under the newest signed head; None when there is no such entry."""
    last = checkpoint()
    entry = Entry.objects.filter(seq=seq).first()
    # An append may have come between the two questions: its entry is not under this head.
    if last is None or entry is None or seq >= last.size:
        return None
    steps = merkle.inclusion_steps(seq, last.size)
    path = merkle.proof(steps, nodes(merkle.places_of(steps)))
    return Proof(
        seq=seq,
        leaf_data=entry_leaf(entry).decode("utf-8"),
        leaf_hash=entry.leaf_hash,
        size=last.size,
        root_hash=last.root_hash,
        path=tuple(value.hex() for value in path),
        checkpoint=last.note,
    )


def tile(wanted: tiles.Tile) -> bytes | None:
    """The bytes of a tile or bundle; None while the log is too small for it."""
    last = checkpoint()
    if last is None or not tiles.is_in_log(wanted, last.size):
        return None
    span = (wanted.begin, wanted.begin + wanted.width - 1)
    if wanted.level is None:
        entries = Entry.objects.filter(seq__range=span).order_by("seq")
        return tiles.bundle(entry_leaf(each) for each in entries)
    # A tile holds the lowest of its eight levels; clients compute the others (c2sp.org/tlog-tiles).
    hashes = Node.objects.filter(level=wanted.level * tiles.HEIGHT, index__range=span)
    return bytes.fromhex("".join(hashes.order_by("index").values_list("hash", flat=True)))


def entries(*, before: int | None = None, limit: int = 50) -> list[Entry]:
    """The log, newest first, for people who page through it."""
    rows = Entry.objects.order_by("-seq")
    return list((rows if before is None else rows.filter(seq__lt=before))[:limit])
