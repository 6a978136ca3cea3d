"""Rows and the mark, written into one generation of the index. Only the holder of the writer's lock does."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from prongsai.discovery.reader import Mark, index_format
from prongsai.discovery.schema import MARK_NUMBER, NUMBER, Searchable, mark_row, open_index, row
from prongsai.discovery.texts import searchables
from prongsai.record.models import Entry, Item

# Tantivy fills this much memory before it writes a segment. Few rows need little; a whole index gets fewer
# segments, and is asked faster, with more.
HEAP = 32_000_000
REBUILD_HEAP = 128_000_000


def head_mark() -> Mark:
    """What the mark of an index says that has followed the record to its last entry."""
    last = Entry.objects.order_by("-seq").values_list("seq", "leaf_hash").first()
    seq, leaf_hash = last or (-1, "")
    return Mark(seq, leaf_hash, index_format())


def fill(folder: Path, rows: Iterable[Searchable], mark: Mark) -> int:
    """A whole index in an empty folder, in one commit; answers how many rows it holds."""
    with writer_in(folder, REBUILD_HEAP) as writer:
        count = add_rows(writer, rows)
        set_mark(writer, mark)
    return count


@contextmanager
def writer_in(folder: Path, heap: int = HEAP) -> Iterator[tantivy.IndexWriter]:
    """Commits at the end, or leaves the index as it was; waits until merged segments are gone."""
    writer = open_index(folder).writer(heap, 1)
    try:
        yield writer
        writer.commit()
    finally:
        writer.wait_merging_threads()


def add_rows(writer: tantivy.IndexWriter, rows: Iterable[Searchable]) -> int:
    count = 0
    for searchable in rows:
        writer.add_document(row(searchable))
        count += 1
    return count


def replace_rows(writer: tantivy.IndexWriter, numbers: Iterable[str]) -> None:
    """The rows of these numbers as the record lists them now; of those that it lists no more, none."""
    changed = sorted(set(numbers))
    for number in changed:
        writer.delete_documents_by_term(NUMBER, number)
    add_rows(writer, searchables(Item.objects.listed().filter(number__in=changed)))


def set_mark(writer: tantivy.IndexWriter, mark: Mark) -> None:
    writer.delete_documents_by_term(NUMBER, MARK_NUMBER)
    writer.add_document(mark_row(mark.written()))
