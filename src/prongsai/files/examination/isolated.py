"""Examines files in processes of their own, which may hang, crash or run out of memory without harm to others."""

import atexit
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prongsai.files.confined import (
    BROKEN,
    ENDED,
    MEMORY_SPENT,
    TIME_SPENT,
    Answer,
    Confined,
    ConfinedFailed,
)
from prongsai.files.refusals import Refused
from prongsai.files.rules import Read

READ, LOOK = "read", "look"
# The largest picture that may come in is drawn anew in less.
MEMORY = 1100 * 1024 * 1024
# C libraries keep a little of every file; a process that is new knows nothing of what others sent.
FILES_PER_PROCESS = 50
# Two, so that one slow file does not hold up everybody; more would need the memory of a small server.
PROCESSES = 2
# More would wait in threads of which the office has not many, and others want something of it, too.
MOST_WAITING = 2
# For a page of a file that is in already: a browser asks for six pictures at once, and most take no tenth of a second.
MOST_LOOKING = 6
_NICENESS = 5
_REFUSALS = {
    TIME_SPENT: "examination_time",
    MEMORY_SPENT: "examination_memory",
    ENDED: "examination_ended",
    BROKEN: "examination_ended",
}


class AllBusy(Exception):
    """Every process is at somebody else's file, and many wait, or one waited longer than a file may take."""


class Examiner:
    """Keeps up to `processes` processes for many files. Safe for several threads.

    Each has no more than `memory` bytes of address space, and is followed by another when a file has ended it.
    """

    def __init__(
        self,
        *,
        memory: int = MEMORY,
        processes: int = PROCESSES,
        files_per_process: int = FILES_PER_PROCESS,
    ) -> None:
        command = (sys.executable, "-m", "prongsai.files.examination")
        self._free = [
            Confined(command, memory=memory, most=files_per_process, niceness=_NICENESS)
            for _ in range(processes)
        ]
        self._all = tuple(self._free)
        self._change = threading.Condition()
        self._incoming, self._looking = _Queue(MOST_WAITING), _Queue(MOST_LOOKING)

    @property
    def process_ids(self) -> list[int]:
        """Of the processes that there are now."""
        return [confined.process_id for confined in self._all if confined.process_id is not None]

    def start(self) -> None:
        """Has a process ready, so that the first file need not wait until it has begun."""
        with self._one(self._incoming, seconds=0) as confined:
            confined.start()

    def close(self) -> None:
        """Ends the processes; a later file starts others."""
        for confined in self._all:
            confined.close()

    def read(self, path: Path, name: str, *, seconds: float) -> Read:
        """Looks at, cleans and reads the file at `path`, which may be rewritten.

        Raises `Refused`, also when it takes more seconds or memory than a file may take, or ends what looks at it;
        and `AllBusy`.
        """
        return self._ask(READ, path, name, seconds)

    def look_only(self, path: Path, name: str, *, seconds: float) -> Read:
        """Whether a PDF may come in, without asking what it says: for copies whose words are known. Raises the same."""
        return self._ask(LOOK, path, name, seconds)

    def ask(self, question: Mapping[str, Any], *, seconds: float) -> Answer:
        """What `answers` says of a file that is in already. Raises `ConfinedFailed` and `AllBusy`."""
        return self._answer(self._looking, question, seconds)

    @property
    def resident(self) -> int:
        """Bytes of memory that the processes hold now."""
        return sum(confined.resident for confined in self._all)

    def _ask(self, look: str, path: Path, name: str, seconds: float) -> Read:
        question = {"look": look, "path": str(path.absolute()), "name": name}
        try:
            answer = self._answer(self._incoming, question, seconds)
        except ConfinedFailed as failed:
            raise Refused(_REFUSALS[failed.reason], {"seconds": round(seconds)}) from failed
        if "refused" in answer:
            raise Refused(answer["refused"], answer["values"])
        return Read.from_json(answer["read"])

    def _answer(self, queue: "_Queue", question: Mapping[str, Any], seconds: float) -> Answer:
        with self._one(queue, seconds) as confined:
            try:
                return confined.ask(question, seconds=seconds)
            finally:
                # Begun now, it is ready when the next file comes.
                confined.start()

    @contextmanager
    def _one(self, queue: "_Queue", seconds: float) -> Iterator[Confined]:
        with self._change:
            self._wait(queue, seconds)
            confined = self._free.pop()
        try:
            yield confined
        finally:
            with self._change:
                self._free.append(confined)
                self._change.notify()

    def _wait(self, queue: "_Queue", seconds: float) -> None:
        if not self._free and queue.waiting >= queue.most:
            raise AllBusy
        queue.waiting += 1
        try:
            if not self._change.wait_for(lambda: self._free, timeout=seconds):
                raise AllBusy
        finally:
            queue.waiting -= 1


@dataclass
class _Queue:
    """How many may wait for a process, and how many do."""

    most: int
    waiting: int = 0


# Of this process: whoever takes in files shares it.
EXAMINER = Examiner()
atexit.register(EXAMINER.close)
