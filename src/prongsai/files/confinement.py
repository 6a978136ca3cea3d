"""Answers questions, a line of JSON each, within limits of memory and time, until there are no more: for `confined`.

python -m PROGRAM MEMORY NICENESS, where the program calls `answer_all`.
"""

import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

from prongsai.files.confined import BEGUN, BROKEN, MEMORY_SPENT, Answer, Tell

# Beyond the time for a question, after which whoever asked should have ended this process.
_GRACE = 10


def answer_all(
    answer: Callable[[Any, Tell], Answer], *, broken: tuple[type[Exception], ...] = ()
) -> int:
    """What `answer` raises of `broken` is said to be the fault of what it was asked about; anything else ends all."""
    # No apps are loaded here, without which asking for a translation ends all: sentences go back in Thai.
    settings.configure(USE_I18N=False)
    _confine(memory=int(sys.argv[1]), niceness=int(sys.argv[2]))
    # Whatever a library prints must not get between the answers.
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(said: Answer) -> None:
        lines.write(json.dumps(said) + "\n")
        lines.flush()

    for line in sys.stdin:
        asked = json.loads(line)
        say(BEGUN)
        # Ends this process even within a library, should nobody else do so.
        signal.alarm(int(asked["seconds"]) + _GRACE)
        try:
            say(answer(asked["question"], say))
        except MemoryError:
            say({"failed": MEMORY_SPENT})
        except broken:
            say({"failed": BROKEN})
        signal.alarm(0)
    return 0


def _confine(*, memory: int, niceness: int) -> None:
    os.nice(niceness)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _go_first()
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _go_first() -> None:
    """Where the machine runs out of memory, the system ends this process, and not the office or the database."""
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", encoding="ascii")


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
