"""The one writer: keeps the index at the record's head, and makes it anew when it must.

Every step can be killed and run again: rows and mark are committed together, a new generation takes its
place in one step, and whatever the mark has not seen is indexed once more.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import tantivy
from django.conf import settings

from prongsai.discovery.folders import CannotIndex, new_generation, use, writer_lock
from prongsai.discovery.reader import Mark, Reader, index_format
from prongsai.discovery.schema import (
    MARK_NUMBER,
    NUMBER,
    Searchable,
    mark_row,
    open_index,
    row,
)
from prongsai.discovery.texts import searchables
from prongsai.record.models import Entry, Item
from prongsai.record.states import Action

__all__ = ["CannotIndex", "Indexer", "fill"]

logger = logging.getLogger(__name__)
HEAP = 32_000_000
REBUILD_HEAP = 128_000_000


class Indexer:
    """Follows the record; one at a time does, by a lock that dies with its process."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or Path(settings.SEARCH_ROOT)
        self.reader = Reader(self.root)

    def follow(self) -> int:
        """Index what the record has appended; answers how many entries that were. Raises CannotIndex."""
        if self._is_up_to_date():
            return 0
        with writer_lock(self.root):
            mark = self._mark()
            if not _continues(mark):
                self._rebuild()
                return 1
            count = self._catch_up(mark)
            if self._mark().is_purge_due:
                self._rebuild()
        return count

    def rebuild(self) -> int:
        """Make the index again from the record; answers how many items it holds. Raises CannotIndex."""
        with writer_lock(self.root):
            return self._rebuild()

    def _is_up_to_date(self) -> bool:
        mark = self._mark()
        return mark == replace(_head_mark(), is_purge_due=False) and mark.format != ""

    def _mark(self) -> Mark:
        view = self.reader.view()
        return view.mark if view else Mark()

    def _catch_up(self, mark: Mark) -> int:
        """Rows of the numbers in the entries since the mark, in one commit with the new mark."""
        head = _head_mark()
        entries = Entry.objects.filter(seq__gt=mark.seq, seq__lte=head.seq)
        acts = list(entries.values_list("number", "action"))
        if not acts:
            return 0
        numbers = sorted({number for number, _action in acts})
        is_recall = any(action == Action.RECALLED for _number, action in acts)
        folder = (self.root / "current").resolve()
        with _writer(folder, HEAP) as writer:
            for number in numbers:
                writer.delete_documents_by_term(NUMBER, number)
            _add(writer, searchables(Item.objects.listed().filter(number__in=numbers)))
            _set_mark(writer, replace(head, is_purge_due=is_recall or mark.is_purge_due))
        return len(acts)

    def _rebuild(self) -> int:
        """A fresh generation from what is listed now. The old one, and every word in it, leaves the disk."""
        head = _head_mark()
        folder = new_generation(self.root)
        count = fill(folder, searchables(Item.objects.listed()), head)
        use(self.root, folder)
        logger.info("search index made again: %s items, head %s", count, head.seq)
        return count


def fill(folder: Path, rows: Iterable[Searchable], mark: Mark) -> int:
    """A whole index in an empty folder, in one commit; answers how many rows it holds."""
    with _writer(folder, REBUILD_HEAP) as writer:
        count = _add(writer, rows)
        _set_mark(writer, mark)
    return count


def _head_mark() -> Mark:
    last = Entry.objects.order_by("-seq").values_list("seq", "leaf_hash").first()
    seq, leaf_hash = last or (-1, "")
    return Mark(seq, leaf_hash, index_format())


def _continues(mark: Mark) -> bool:
    """Whether the index was made by this code, from this record, and not from one with another history."""
    if mark.format != index_format():
        return False
    if mark.seq == -1:
        return True
    return Entry.objects.filter(seq=mark.seq, leaf_hash=mark.leaf_hash).exists()


@contextmanager
def _writer(folder: Path, heap: int) -> Iterator[tantivy.IndexWriter]:
    """Commits at the end, or leaves the index as it was; waits until merged segments are gone."""
    writer = open_index(folder).writer(heap, 1)
    try:
        yield writer
        writer.commit()
    finally:
        writer.wait_merging_threads()


def _add(writer: tantivy.IndexWriter, rows: Iterable[Searchable]) -> int:
    count = 0
    for searchable in rows:
        writer.add_document(row(searchable))
        count += 1
    return count


def _set_mark(writer: tantivy.IndexWriter, mark: Mark) -> None:
    writer.delete_documents_by_term(NUMBER, MARK_NUMBER)
    writer.add_document(mark_row(mark.written()))
