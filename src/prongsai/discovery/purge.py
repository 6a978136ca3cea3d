"""The index without the words that a recall has left on the disk, made a few items at a time.

A deleted row is found no more, but its terms stay in their segment until that is merged, which may be never.
So the whole index is written anew beside the one in use. That takes a minute and more for thousands of
items; in small steps the worker can publish in between.
"""

import logging
from pathlib import Path

from prongsai.discovery.folders import current, new_generation, remove, use
from prongsai.discovery.reader import Mark
from prongsai.discovery.schema import open_index
from prongsai.discovery.texts import searchables
from prongsai.discovery.writing import (
    REBUILD_HEAP,
    add_rows,
    head_mark,
    replace_rows,
    set_mark,
)
from prongsai.record.models import Entry, Item
from prongsai.record.states import Action

logger = logging.getLogger(__name__)
# About a second's work on a small server (5,000 items: 49 s in one go, with others at work).
STEP = 100


class Purge:
    """One new generation on its way. What it has not finished is worth nothing to another process."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.began: Mark = head_mark()
        self.replaces = current(root)
        self.folder = new_generation(root)
        self._writer = open_index(self.folder).writer(REBUILD_HEAP, 1)
        self._last_number = ""

    @property
    def is_overtaken(self) -> bool:
        """Whether it must be begun anew: a later recall may be of words that it has written already, and
        another process that made the index again has thrown this generation away.
        """
        since = Entry.objects.filter(seq__gt=self.began.seq, action=Action.RECALLED)
        return current(self.root) != self.replaces or not self.folder.is_dir() or since.exists()

    def step(self) -> int:
        """The next items; answers how many, which is less than STEP when all are there."""
        # By number and not with an open cursor, which would hold the record's old state for a minute.
        left = Item.objects.listed().filter(number__gt=self._last_number).order_by("number")
        numbers = list(left.values_list("number", flat=True)[:STEP])
        if numbers:
            add_rows(self._writer, searchables(Item.objects.listed().filter(number__in=numbers)))
            self._last_number = numbers[-1]
        return len(numbers)

    def finish(self) -> bool:
        """Catch up with what was appended meanwhile, and take the old one's place; False when overtaken."""
        head = head_mark()
        since = Entry.objects.filter(seq__gt=self.began.seq, seq__lte=head.seq)
        replace_rows(self._writer, since.values_list("number", flat=True))
        # Asked last, so that no recall slips in between the question and the rows.
        if self.is_overtaken:
            return False
        set_mark(self._writer, head)
        self._writer.commit()
        self._writer.wait_merging_threads()
        use(self.root, self.folder)
        logger.info("recalled words have left the search index, head %s", head.seq)
        return True

    def abandon(self) -> None:
        """Another process may have removed the folder already."""
        del self._writer
        remove(self.folder)
