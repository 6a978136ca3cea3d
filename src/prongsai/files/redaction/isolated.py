"""Makes redacted files in a process of its own, which may hang, crash or run out of memory without harm to others."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prongsai.files.redaction.making import Question
from prongsai.files.redaction.rules import Problem

MEMORY = 1000 * 1024 * 1024
SECONDS, SECONDS_PER_PAGE = 300.0, 60.0
BROKEN, MEMORY_SPENT, TIME_SPENT, ENDED = "broken", "memory", "time", "ended"
# One thread each: others need the machine.
_SINGLE = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class MakingFailed(Exception):
    """No outcome: `reason` is `broken`, `memory`, `time`, or `ended` (the process died or was stopped)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Step:
    """How far it is: `covering` or `checking`, and how many of how many pages were looked at."""

    name: str
    done: int = 0
    of: int = 0


class RedactionMaker:
    """One redaction at a time. Its process is nice, has no more than `memory` bytes, and ends with this one."""

    def __init__(
        self,
        *,
        memory: int = MEMORY,
        seconds: float = SECONDS,
        command: tuple[str, ...] = (sys.executable, "-m", "prongsai.files.redaction"),
    ) -> None:
        self._seconds = seconds
        self._command = (*command, str(memory))
        self._process: subprocess.Popen[bytes] | None = None

    def make(self, question: Question, tell: Callable[[Step], None]) -> list[Problem]:
        """Writes the question's target, and says what speaks against letting it out. Raises `MakingFailed`."""
        with subprocess.Popen(  # noqa: S603 -- our own program
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What it puts down in between lies beside its target: killed, it cannot take that away itself.
            env={**os.environ, **_SINGLE, "TMPDIR": str(question.target.parent.absolute())},
            start_new_session=True,
        ) as process:
            self._process = process
            pages = len({box.page for box in question.boxes})
            timer = _Timer(process, self._seconds + SECONDS_PER_PAGE * pages)
            try:
                answer = _answer(process, question, tell)
            finally:
                timer.stop()
                process.kill()
                self._process = None
        if timer.has_struck:
            raise MakingFailed(TIME_SPENT)
        if "problems" not in answer:
            raise MakingFailed(answer.get("failed", ENDED))
        return [Problem(**one) for one in answer["problems"]]

    def abort(self) -> None:
        """Ends what is under way, from another thread: it fails as `ended`."""
        process = self._process
        if process:
            process.kill()


class _Timer:
    """Kills the process when its time is spent."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.has_struck = False
        self._process = process
        self._timer = threading.Timer(seconds, self._strike)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        self._timer.cancel()

    def _strike(self) -> None:
        self.has_struck = True
        self._process.kill()


def _answer(
    process: subprocess.Popen[bytes], question: Question, tell: Callable[[Step], None]
) -> dict[str, Any]:
    """The last line that is no step; empty when the process ended before it."""
    assert process.stdin is not None  # noqa: S101 -- both are pipes
    assert process.stdout is not None  # noqa: S101
    try:
        process.stdin.write(json.dumps(question.to_json()).encode())
        process.stdin.close()
    except BrokenPipeError:
        return {}
    for line in process.stdout:
        if not line.endswith(b"\n"):
            break
        said: dict[str, Any] = json.loads(line)
        if "step" not in said:
            return said
        tell(Step(said["step"], said["done"], said["of"]))
    return {}
