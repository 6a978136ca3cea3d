"""Two lanes of slow work: redactions, for which somebody waits, and pages to read, of which there may be hundreds."""

import logging
from datetime import datetime
from functools import partial

from prongsai.config.slow_work import SlowWork
from prongsai.files.examination.isolated import EXAMINER
from prongsai.files.recognition.isolated import IsolatedReader
from prongsai.files.redaction.isolated import RedactionMaker
from prongsai.files.tasks import SlowTask, page_reading
from prongsai.screening.redacting.tasks import redaction_making

logger = logging.getLogger(__name__)
# Of all children together: reader, maker, and those that look into files. Each alone keeps within its own limit.
# Papers are set in the worker itself, which with the typesetter and its fonts holds 210 MB (138 without; measured over
# thirty memoranda, it does not grow): so all of it stays below a gigabyte, and a quarter above it for the seconds in
# which Chromium takes a picture for a pack (245 MB, measured).
MEMORY = 800 * 1024 * 1024


class Lanes:
    """Side by side while both fit into `memory`; where they do not, the page gives way until the redaction is made.

    Without a reader nothing is read.
    """

    def __init__(
        self, reader: IsolatedReader | None, maker: RedactionMaker, *, memory: int = MEMORY
    ) -> None:
        self._reader, self._maker, self._memory = reader, maker, memory
        self._redactions = SlowWork(partial(redaction_making, maker))
        self._pages = SlowWork(self._next_page)
        self._is_narrow = False

    @property
    def is_busy(self) -> bool:
        return self._redactions.is_busy or self._pages.is_busy

    def turn(self, *, at: datetime) -> bool:
        """Whether something was begun, is under way, or was finished."""
        is_moving = self._redactions.turn(at=at)
        self._keep_within_memory()
        return self._pages.turn(at=at) or is_moving or self.is_busy

    def stop(self) -> None:
        """What is under way is left: the next worker begins it again."""
        self._redactions.stop()
        self._pages.stop()
        self._maker.abort()
        if self._reader:
            self._reader.abort()

    def _next_page(self) -> SlowTask | None:
        return None if self._reader is None or self._is_narrow else page_reading(self._reader)

    def _keep_within_memory(self) -> None:
        if not self._redactions.is_busy:
            self._is_narrow = False
        elif self._reader and not self._is_narrow:
            taken = self._reader.resident + self._maker.resident + EXAMINER.resident
            if taken > self._memory:
                logger.info("pages wait until a large redaction is made")
                self._is_narrow = True
                self._reader.abort()
