"""Reads pages in a process of its own, which may hang, crash or run out of memory without harm to whoever asks."""

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from prongsai.files.recognition.printed import Recognised
from prongsai.files.recognition.trained import trained_directory
from prongsai.files.rules import Word

SECONDS_PER_PAGE = 60.0
MEMORY = 900 * 1024 * 1024
# Tesseract and C libraries keep a little of every page.
PAGES_PER_PROCESS = 200
# One thread each: pages are many, and others need the machine.
_SINGLE = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_AT_ONCE = 1 << 16

BROKEN, MEMORY_SPENT, TIME_SPENT, ENDED = "broken", "memory", "time", "ended"


class PageFailed(Exception):
    """A page could not be read.

    `reason` is `broken` (the file, or there is no such page), `memory`, `time`, or `ended` (the process died).
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class IsolatedReader:
    """Keeps one reading process for many pages, and starts another when it has ended.

    Its process is nice, has no more than `memory` bytes of address space, and ends with this one.
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
        self._command = (*command, str(memory), str(seconds))
        self._process: subprocess.Popen[bytes] | None = None
        self._pages = 0
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def page(self, path: Path, media_type: str, number: int) -> Recognised:
        """What stands on page `number` (from 1). Raises `PageFailed`."""
        question = {"path": str(path.absolute()), "media_type": media_type, "number": number}
        with self._turn:
            if self._pages >= PAGES_PER_PROCESS or self._has_died():
                self._end()
            answer = self._ask(json.dumps(question).encode() + b"\n")
        if "failed" in answer:
            raise PageFailed(answer["failed"])
        words = tuple(Word(*word) for word in answer["words"])
        return Recognised(answer["text"], answer["confidence"], words)

    def close(self) -> None:
        """Ends the process; a later page starts another."""
        with self._turn:
            self._end()

    def abort(self) -> None:
        """Ends the process at once; whoever waits for a page of it gets `PageFailed`."""
        process = self._process
        if process:
            process.kill()

    @property
    def process_id(self) -> int | None:
        """Of the reading process, while there is one."""
        return self._process.pid if self._process else None

    def _has_died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def _ask(self, question: bytes) -> dict[str, Any]:
        process = self._process or self._start()
        self._pages += 1
        try:
            line = _exchange(process, question, time.monotonic() + self._seconds)
        except BaseException:
            # Late, dead, or interrupted: whoever asks next must not get this page's answer to the next question.
            self._end()
            raise
        answer: dict[str, Any] = json.loads(line)
        if answer.get("failed") == MEMORY_SPENT:
            self._end()
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603 -- our own program
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_SINGLE},
            start_new_session=True,
        )
        self._pages = 0
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()


def _exchange(process: subprocess.Popen[bytes], question: bytes, deadline: float) -> bytes:
    """The line that answers. Raises `PageFailed` when none comes in time, or the process ends."""
    assert process.stdin is not None  # noqa: S101 -- both are pipes
    assert process.stdout is not None  # noqa: S101
    try:
        process.stdin.write(question)
        process.stdin.flush()
    except BrokenPipeError as error:
        raise PageFailed(ENDED) from error
    return _line(process.stdout.fileno(), deadline, time.monotonic)


def _line(source: int, deadline: float, clock: Callable[[], float]) -> bytes:
    received = b""
    while not received.endswith(b"\n"):
        ready, _, _ = select.select([source], [], [], max(0.0, deadline - clock()))
        if not ready:
            raise PageFailed(TIME_SPENT)
        part = os.read(source, _AT_ONCE)
        if not part:
            raise PageFailed(ENDED)
        received += part
    return received
