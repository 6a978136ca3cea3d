"""Reads pages in a process of its own, which may hang, crash or run out of memory without harm to whoever asks."""

import sys
from pathlib import Path
from typing import Self

from prongsai.files.confined import Confined, ConfinedFailed
from prongsai.files.recognition.printed import Recognised
from prongsai.files.recognition.trained import trained_directory
from prongsai.files.rules import Sight, Word

SECONDS_PER_PAGE = 60.0
MEMORY = 900 * 1024 * 1024
# Tesseract and C libraries keep a little of every page.
PAGES_PER_PROCESS = 200
GAVE_WAY = "gave_way"


class PageFailed(ConfinedFailed):
    """A page could not be read. It is `broken` when the file is, or there is no such page.

    Where somebody ended the reader, it `gave_way`: that is no fault of the page.
    """


class IsolatedReader:
    """Keeps one reading process for many pages, which is nice, and starts another when it has ended.

    Raises `trained.MissingTrainedData` when made. Safe for several threads, which wait for each other.
    """

    def __init__(
        self,
        *,
        seconds: float = SECONDS_PER_PAGE,
        memory: int = MEMORY,
        command: tuple[str, ...] = (sys.executable, "-m", "prongsai.files.recognition"),
    ) -> None:
        trained_directory()
        self._seconds = seconds
        self._confined = Confined(command, memory=memory, most=PAGES_PER_PROCESS)
        self._is_aborted = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def page(
        self, path: Path, media_type: str, number: int, *, looks_only: bool = False
    ) -> Recognised:
        """What stands on page `number` (from 1); with `looks_only` what its pictures show. Raises `PageFailed`."""
        question = {
            "path": str(path.absolute()),
            "media_type": media_type,
            "number": number,
            "looks_only": looks_only,
        }
        self._is_aborted = False
        try:
            answer = self._confined.ask(question, seconds=self._seconds)
        except ConfinedFailed as failed:
            raise PageFailed(GAVE_WAY if self._is_aborted else failed.reason) from failed
        words = tuple(Word(*word) for word in answer["words"])
        sights = tuple(Sight(*sight) for sight in answer["sights"])
        return Recognised(answer["text"], answer["confidence"], words, sights)

    def close(self) -> None:
        """Ends the process; a later page starts another."""
        self._confined.close()

    def abort(self) -> None:
        """Ends the process at once; whoever waits for a page of it gets `PageFailed`."""
        self._is_aborted = True
        self._confined.abort()

    @property
    def process_id(self) -> int | None:
        """Of the reading process, while there is one."""
        return self._confined.process_id

    @property
    def resident(self) -> int:
        """Bytes of memory that the reading process holds now."""
        return self._confined.resident
