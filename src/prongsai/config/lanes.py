"""Two lanes of slow work: redactions and long tables, for which somebody waits, and hundreds of pages to read."""

import logging
from collections import deque
from datetime import datetime
from functools import partial

from prongsai.config.slow_work import SlowWork
from prongsai.disclosures.tables.isolated import TableMaker
from prongsai.disclosures.tasks import TableFiles
from prongsai.files.examination.isolated import EXAMINER
from prongsai.files.recognition.isolated import IsolatedReader
from prongsai.files.redaction.isolated import RedactionMaker
from prongsai.files.tasks import SlowTask, TaskSource, page_reading
from prongsai.screening.redacting.tasks import redaction_making

logger = logging.getLogger(__name__)
# Of all children together: reader, maker, and those that look into files. Each alone keeps within its own limit.
# Papers are set in the worker itself, which with the typesetter and its fonts holds 210 MB (138 without; measured over
# thirty memoranda, it does not grow): so all of it stays below a gigabyte, and a quarter above it for the seconds in
# which Chromium takes a picture for a pack (245 MB, measured). A table of two thousand rows holds 1.2 GB for ten
# seconds, which is why it is in one lane with redactions, and pages wait.
MEMORY = 800 * 1024 * 1024


class Lanes:
    """Side by side while both fit into `memory`; where they do not, the page gives way until the other is made.

    Without a reader nothing is read.
    """

    def __init__(
        self,
        reader: IsolatedReader | None,
        maker: RedactionMaker,
        tables: TableMaker,
        *,
        memory: int = MEMORY,
    ) -> None:
        self._reader, self._makers, self._memory = reader, (maker, tables), memory
        sources = (partial(redaction_making, maker), TableFiles(tables))
        self._sources: deque[TaskSource] = deque(sources)
        self._awaited = SlowWork(self._next_awaited)
        self._pages = SlowWork(self._next_page)
        self._is_narrow = False

    @property
    def is_busy(self) -> bool:
        return self._awaited.is_busy or self._pages.is_busy

    def turn(self, *, at: datetime) -> bool:
        """Whether something was begun, is under way, or was finished."""
        is_moving = self._awaited.turn(at=at)
        self._keep_within_memory()
        return self._pages.turn(at=at) or is_moving or self.is_busy

    def stop(self) -> None:
        """What is under way is left: the next worker begins it again."""
        self._awaited.stop()
        self._pages.stop()
        for maker in self._makers:
            maker.abort()
        if self._reader:
            self._reader.abort()

    def _next_awaited(self) -> SlowTask | None:
        """Of the one kind and of the other in turn, so that many of one hold up none of the other for long."""
        for source in list(self._sources):
            self._sources.rotate(-1)
            if task := source():
                return task
        return None

    def _next_page(self) -> SlowTask | None:
        return None if self._reader is None or self._is_narrow else page_reading(self._reader)

    def _keep_within_memory(self) -> None:
        if not self._awaited.is_busy:
            self._is_narrow = False
        elif self._reader and not self._is_narrow:
            makers = sum(maker.resident for maker in self._makers)
            taken = self._reader.resident + makers + EXAMINER.resident
            if taken > self._memory:
                logger.info("pages wait until a large redaction or table is made")
                self._is_narrow = True
                self._reader.abort()
