"""Asks a program of ours in a process of its own, which may hang, crash or run out of memory without harm to others.

This is the side that asks; `confinement` is the side that answers. Between them go lines of JSON.
"""

import json
import os
import select
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

BROKEN, MEMORY_SPENT, TIME_SPENT, ENDED = "broken", "memory", "time", "ended"
# What a process says as soon as it has read a question.
BEGUN = {"begun": True}
# One thread each: there is much to do, and others need the machine.
_SINGLE = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
# What such a process may know of where it runs. It opens files of strangers, so it is told no key, password or
# address of a database; and the trained data, which it reads itself, are the only setting of ours.
HANDED_ON = frozenset(
    {
        *("PATH", "LANG", "LANGUAGE", "TZ", "TMPDIR", "HOME", "LD_LIBRARY_PATH"),
        *("PYTHONPATH", "VIRTUAL_ENV", "TESSDATA_PREFIX", "PRONGSAI_TESSDATA"),
        "COVERAGE_PROCESS_CONFIG",  # only where tests count what was run
    }
)
_LOCALE = "LC_"
_AT_ONCE = 1 << 16
# For a process that was told to end and has nothing to do; then it is killed.
_PATIENCE = 2.0
_NICE = 10

Answer = dict[str, Any]
Tell = Callable[[Answer], None]


class ConfinedFailed(Exception):
    """No answer: `reason` is `broken` (what it was asked about), `memory`, `time`, or `ended` (the process died)."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class _NeverBegan(ConfinedFailed):
    """The process ended before it had read the question, which cannot be the reason of its end."""

    def __init__(self) -> None:
        super().__init__(ENDED)


def _unheard(said: Answer) -> None:
    """For who does not want to know how far it is."""


class Confined:
    """Keeps one process for up to `most` questions, and starts another when it has ended.

    It has no more than `memory` bytes of address space, and ends with this one.
    Safe for several threads, which wait for each other.
    """

    def __init__(
        self,
        command: tuple[str, ...],
        *,
        memory: int,
        most: int,
        niceness: int = _NICE,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._command = (*command, str(memory), str(niceness))
        self._most = most
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._asked = 0
        self._aborted = False
        self._turn = threading.Lock()

    @property
    def process_id(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process else None

    @property
    def resident(self) -> int:
        """Bytes of memory that the process holds now; 0 while there is none, or nobody can tell (Linux tells)."""
        process = self._process
        try:
            pages = (
                Path(f"/proc/{process.pid}/statm").read_text("ascii").split()[1] if process else 0
            )
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def ask(self, question: Any, *, seconds: float, tell: Tell = _unheard) -> Answer:
        """What the process says to the question (JSON); `tell` hears how far it is. Raises `ConfinedFailed`."""
        said = json.dumps({"seconds": seconds, "question": question}).encode() + b"\n"
        deadline = time.monotonic() + seconds
        with self._turn:
            self._aborted = False
            try:
                answer = self._answer(said, deadline, tell)
            except _NeverBegan:
                if self._aborted:
                    raise
                answer = self._answer(said, deadline, tell)
        if "failed" in answer:
            raise ConfinedFailed(answer["failed"])
        return answer

    def start(self) -> None:
        """Has a process ready, so that the first question need not wait until it has begun."""
        with self._turn:
            self._ready()

    def close(self) -> None:
        """Ends the process; a later question starts another."""
        with self._turn:
            self._dismiss()

    def abort(self) -> None:
        """Ends the process at once, from another thread: what is under way fails as `ended`."""
        self._aborted = True
        process = self._process
        if process:
            process.kill()

    def _answer(self, question: bytes, deadline: float, tell: Tell) -> Answer:
        process = self._ready()
        self._asked += 1
        try:
            answer = _exchange(process, question, deadline, tell)
        except BaseException:
            # Late, dead, or interrupted: whoever asks next must not get this answer to the next question.
            self._kill()
            raise
        if answer.get("failed") == MEMORY_SPENT:
            self._kill()
        return answer

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is not None:
            self._kill()
        if self._asked >= self._most:
            self._dismiss()
        self._process = self._process or self._started()
        return self._process

    def _started(self) -> subprocess.Popen[bytes]:
        self._asked = 0
        return subprocess.Popen(  # noqa: S603 -- our own program
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**_handed_on(os.environ), **_SINGLE, **self._environment},
            start_new_session=True,
        )

    def _dismiss(self) -> None:
        """Without a further question it goes by itself."""
        if self._process and self._process.stdin:
            self._process.stdin.close()
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._kill()

    def _kill(self) -> None:
        process, self._process = self._process, None
        self._asked = 0
        if process:
            process.kill()
            with process:
                """Closes its pipes and takes note of its end."""


class Fresh:
    """Asks each question in a process of its own, which gives its memory back by ending. One at a time, and nice."""

    def __init__(self, command: tuple[str, ...], *, memory: int) -> None:
        self._command, self._memory = command, memory
        self._confined: Confined | None = None

    def ask(
        self, question: Any, *, seconds: float, tell: Tell, environment: Mapping[str, str]
    ) -> Answer:
        """As `Confined.ask`."""
        confined = Confined(self._command, memory=self._memory, most=1, environment=environment)
        self._confined = confined
        try:
            return confined.ask(question, seconds=seconds, tell=tell)
        finally:
            self._confined = None
            confined.close()

    def abort(self) -> None:
        """Ends what is under way, from another thread: it fails as `ended`."""
        confined = self._confined
        if confined:
            confined.abort()

    @property
    def resident(self) -> int:
        """Bytes of memory that what is under way holds now."""
        confined = self._confined
        return confined.resident if confined else 0


def _handed_on(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if name in HANDED_ON or name.startswith(_LOCALE)
    }


def _exchange(
    process: subprocess.Popen[bytes], question: bytes, deadline: float, tell: Tell
) -> Answer:
    assert process.stdin is not None  # noqa: S101 -- both are pipes
    assert process.stdout is not None  # noqa: S101
    _send(process.stdin.fileno(), question, deadline)
    began = False
    for line in _lines(process.stdout.fileno(), deadline):
        said: Answer = json.loads(line)
        if said == BEGUN:
            began = True
        elif "step" in said:
            tell(said)
        else:
            return said
    raise ConfinedFailed(ENDED) if began else _NeverBegan


def _send(target: int, question: bytes, deadline: float) -> None:
    """A process that hangs reads nothing: a question that is longer than the pipe must not wait for it for ever."""
    os.set_blocking(target, False)
    left = memoryview(question)
    while left:
        _, ready, _ = select.select([], [target], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise ConfinedFailed(TIME_SPENT)
        try:
            left = left[os.write(target, left) :]
        except BrokenPipeError as error:
            raise _NeverBegan from error


def _lines(source: int, deadline: float) -> Iterator[bytes]:
    """Ends when the process does. Raises `ConfinedFailed` when nothing comes in time."""
    received = bytearray()
    while True:
        ready, _, _ = select.select([source], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise ConfinedFailed(TIME_SPENT)
        part = os.read(source, _AT_ONCE)
        if not part:
            return
        received += part
        if b"\n" in part:
            *whole, rest = received.split(b"\n")
            received = bytearray(rest)
            yield from (bytes(line) for line in whole)
