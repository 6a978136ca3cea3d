"""Whether a record's tables agree with each other: the tree with the entries, the projections with the editions."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from prongsai.record.editions import as_utc
from prongsai.record.merkle import node_hash
from prongsai.record.notes import SignedHead
from prongsai.record.projections import Past, Projection, Row, projection
from prongsai.record.sources import DAMAGE, Rows, Unreadable

PROJECTIONS = (
    "record_item",
    "record_version",
    "record_publishedfile",
    "record_binding",
    "record_withholding",
    "record_bundling",
    "record_said",
)
# A tree of as many levels has more leaves than `Entry.seq` can count.
LEVELS = 64
REPAIR = "`prongsai rebuild` repairs it."


def table_problems(rows: Rows) -> Iterator[str]:
    """Leaves, nodes and checkpoints, one for each entry and each where it belongs."""
    yield from _leaf_problems(rows)
    yield from _node_problems(rows)
    yield from _checkpoint_problems(rows)
    yield from _stray_rows(rows)


def _leaf_problems(rows: Rows) -> Iterator[str]:
    question = (
        'SELECT e.seq FROM record_entry e LEFT JOIN record_node n ON n.level = 0 AND n."index" = e.seq'
        " WHERE n.hash IS NULL OR n.hash <> e.leaf_hash ORDER BY e.seq"
    )
    for (seq,) in rows(question):
        yield f"Entry {seq}: its leaf hash is not that of the tree."


def _node_problems(rows: Rows) -> Iterator[str]:
    question = (
        'SELECT p.level, p."index", p.hash, l.hash, r.hash FROM record_node p'
        ' LEFT JOIN record_node l ON l.level = p.level - 1 AND l."index" = p."index" * 2'
        ' LEFT JOIN record_node r ON r.level = p.level - 1 AND r."index" = p."index" * 2 + 1'
        ' WHERE p.level > 0 ORDER BY p."index", p.level'
    )
    for level, position, value, left, right in rows(question):
        if not (isinstance(level, int) and isinstance(position, int) and level < LEVELS):
            yield f"Node {level}/{position} stands over no entry: no tree has such a place."
        elif _hash_above(left, right) != value:
            yield f"Entry {position << level}: node {level}/{position} above it is wrong."
    # A log of n entries has 2n minus as many complete subtrees as n has ones in binary.
    ((leaves,),) = rows("SELECT COUNT(*) FROM record_entry")
    ((nodes,),) = rows("SELECT COUNT(*) FROM record_node")
    if nodes != 2 * leaves - leaves.bit_count():
        yield f"Entry {max(leaves - 1, 0)}: the tree has {nodes} nodes, which {leaves} entries do not make."


def _hash_above(left: Any, right: Any) -> str | None:
    """What the node over these two says, in hexadecimal; None when one is missing or no hash."""
    try:
        return node_hash(bytes.fromhex(left), bytes.fromhex(right)).hex()
    except (ValueError, TypeError):
        return None


def _checkpoint_problems(rows: Rows) -> Iterator[str]:
    question = (
        "SELECT e.seq FROM record_entry e LEFT JOIN record_checkpoint c ON c.size = e.seq + 1"
        " WHERE c.size IS NULL ORDER BY e.seq"
    )
    for (seq,) in rows(question):
        yield f"Entry {seq}: the head that was signed with it is missing."
    # The notes' signatures were checked on the way through the log.
    for size, root, note in rows("SELECT size, root_hash, note FROM record_checkpoint"):
        head = SignedHead.parse(note)
        if (head.size, head.root.hex()) != (size, root):
            yield f"The signed head of {size} entries: its row says something else than its note."


def _stray_rows(rows: Rows) -> Iterator[str]:
    """A projection about a number that no entry speaks of (such a file row would open a file), or an edition
    that stands under another number than its entry, or under none.
    """
    for table in PROJECTIONS:
        question = (
            f"SELECT number FROM {table} WHERE number NOT IN (SELECT number FROM record_entry)"  # noqa: S608 -- our names
        )
        for (number,) in rows(question):
            yield f"{table} speaks of {number}, but no entry does; {REPAIR}"
    question = (
        "SELECT e.seq, d.number FROM record_edition d LEFT JOIN record_entry e ON e.edition_hash = d.hash"
        " WHERE e.seq IS NULL OR e.number <> d.number ORDER BY e.seq"
    )
    for seq, number in rows(question):
        if seq is None:
            yield f"record_edition speaks of {number}, but no entry does."
        else:
            yield f"Entry {seq}: its edition is kept under the number {number}."


def projection_problems(rows: Rows) -> Iterator[str]:
    """For each number: what is shown is what its entries say."""
    for past in _pasts(rows):
        number, last = past[-1].number, past[-1].seq
        try:
            expected = projection(past)
        except DAMAGE:
            yield f"Entry {last}: the editions of {number} are not in a form that can be shown."
            continue
        if not _is_stored(rows, number, expected):
            yield f"Entry {last}: what is shown of {number} is not what its entries say; {REPAIR}"


def _pasts(rows: Rows) -> Iterator[list[Past]]:
    question = (
        "SELECT e.number, e.seq, e.at, e.action, e.version, e.edition_hash, d.canonical"
        " FROM record_entry e JOIN record_edition d ON d.hash = e.edition_hash ORDER BY e.number, e.seq"
    )
    for number, group in groupby(rows(question), key=lambda row: row[0]):
        yield [
            Past(
                seq,
                as_utc(at),
                action,
                number,
                version,
                edition,
                json.loads(text) if text else None,
            )
            for _number, seq, at, action, version, edition, text in group
        ]


def _is_stored(rows: Rows, number: str, expected: Projection) -> bool:
    """A value that cannot be read is not what was expected."""
    try:
        return _stored(rows, number, expected) == expected
    except (Unreadable, *DAMAGE):
        return False


def _stored(rows: Rows, number: str, like: Projection) -> Projection | None:
    """The rows that lie there, in the form of what was computed."""
    items = _rows(rows, "record_item", like.item, number, "number")
    if len(items) != 1:
        return None
    version, file = next(iter(like.versions), {}), next(iter(like.files), {})
    part, bundling = next(iter(like.withheld), {}), next(iter(like.bundlings), {})
    said = next(iter(like.said), {})
    keys = _rows(rows, "record_binding", {"obligation_key": ""}, number, "id")
    return Projection(
        item=items[0],
        versions=tuple(_rows(rows, "record_version", version, number, "version")),
        files=tuple(_rows(rows, "record_publishedfile", file, number, "version, position")),
        obligations=tuple(row["obligation_key"] for row in keys),
        withheld=tuple(_rows(rows, "record_withholding", part, number, "position")),
        bundlings=tuple(_rows(rows, "record_bundling", bundling, number, "version")),
        said=tuple(_rows(rows, "record_said", said, number, "position")),
    )


def _rows(rows: Rows, table: str, like: Row, number: str, order: str) -> list[Row]:
    """Rows of a number with the columns of `like` (or their count, when there should be none)."""
    columns = list(like) or ["number"]
    question = (
        f"SELECT {', '.join(columns)} FROM {table} WHERE number = '{number}' ORDER BY {order}"  # noqa: S608 -- checked
    )
    return [dict(zip(columns, _values(columns, row), strict=True)) for row in rows(question)]


def _values(columns: list[str], row: Iterable[Any]) -> Iterator[Any]:
    for column, value in zip(columns, row, strict=True):
        # SQLite keeps days as text, PostgreSQL as days.
        if column.endswith("_date") and isinstance(value, str):
            yield date.fromisoformat(value)
            continue
        is_moment = isinstance(value, datetime) or column == "at" or column.endswith("_at")
        yield as_utc(value) if is_moment else value
