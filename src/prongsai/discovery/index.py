"""The one writer: keeps the index at the record's head, and makes it anew when it must.

Every step can be killed and run again: rows and mark are committed together, a new generation takes its
place in one step, and whatever the mark has not seen is indexed once more.
"""

import logging
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from prongsai.discovery.folders import CannotIndex, new_generation, use, writer_lock
from prongsai.discovery.purge import STEP, Purge
from prongsai.discovery.reader import Mark, Reader, index_format
from prongsai.discovery.texts import searchables
from prongsai.discovery.writing import fill, head_mark, replace_rows, set_mark, writer_in
from prongsai.record.models import Entry, Item
from prongsai.record.states import Action

__all__ = ["CannotIndex", "Indexer"]

logger = logging.getLogger(__name__)


class Indexer:
    """Follows the record; one at a time does, by a lock that dies with its process."""

    def __init__(self) -> None:
        self.root = Path(settings.SEARCH_ROOT)
        self.reader = Reader(self.root)
        self._purge: Purge | None = None

    def follow(self) -> int:
        """A small step towards the record's head: what was appended, then some of what a recall makes due.

        Answers how much was done; 0 when there is nothing left to do. Raises CannotIndex.
        """
        if self._is_up_to_date():
            return 0
        with writer_lock(self.root):
            mark = self._mark()
            if not _continues(mark):
                self._rebuild()
                return 1
            # Both: on a busy day, new entries must not keep recalled words on the disk.
            return self._catch_up(mark) + self._purge_on()

    def rebuild(self) -> int:
        """Make the index again from the record; answers how many items it holds. Raises CannotIndex."""
        with writer_lock(self.root):
            return self._rebuild()

    def _is_up_to_date(self) -> bool:
        mark = self._mark()
        return mark == replace(head_mark(), is_purge_due=False) and mark.format != ""

    def _mark(self) -> Mark:
        view = self.reader.view()
        return view.mark if view else Mark()

    def _catch_up(self, mark: Mark) -> int:
        """Rows of the numbers in the entries since the mark, in one commit with the new mark."""
        head = head_mark()
        entries = Entry.objects.filter(seq__gt=mark.seq, seq__lte=head.seq)
        acts = list(entries.values_list("number", "action"))
        if not acts:
            return 0
        is_recall = any(action == Action.RECALLED for _number, action in acts)
        with writer_in((self.root / "current").resolve()) as writer:
            replace_rows(writer, (number for number, _action in acts))
            set_mark(writer, replace(head, is_purge_due=is_recall or mark.is_purge_due))
        return len(acts)

    def _purge_on(self) -> int:
        """One step of the new generation; the mark on the disk says that it is due, also after a crash."""
        if not self._mark().is_purge_due:
            return 0
        if self._purge and self._purge.is_overtaken:
            self._purge.abandon()
            self._purge = None
        self._purge = self._purge or Purge(self.root)
        done = self._purge.step()
        if done == STEP:
            return done
        # Whatever goes wrong at the end, the next turn begins anew.
        purge, self._purge = self._purge, None
        if not purge.finish():
            purge.abandon()
        return done + 1

    def _rebuild(self) -> int:
        """A fresh generation from what is listed now. The old one, and every word in it, leaves the disk."""
        head = head_mark()
        folder = new_generation(self.root)
        count = fill(folder, searchables(Item.objects.listed()), head)
        use(self.root, folder)
        logger.info("search index made again: %s items, head %s", count, head.seq)
        return count


def _continues(mark: Mark) -> bool:
    """Whether the index was made by this code, from this record, and not from one with another history."""
    if mark.format != index_format():
        return False
    if mark.seq == -1:
        return True
    return Entry.objects.filter(seq=mark.seq, leaf_hash=mark.leaf_hash).exists()
