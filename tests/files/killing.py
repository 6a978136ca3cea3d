"""Kills what looks at a file, and what is started in its place."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def killing(processes: Callable[[], list[int]]) -> Iterator[None]:
    """As long as this lasts, no process lives long enough to read a question: each needs more time to begin."""

    def kill() -> None:
        for process in processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def kill_on() -> None:
        while not enough.wait(0.02):
            kill()

    kill()
    enough = threading.Event()
    killer = threading.Thread(target=kill_on)
    killer.start()
    try:
        yield
    finally:
        enough.set()
        killer.join()
