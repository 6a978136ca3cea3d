"""Answers questions for pages, a line of JSON each, until its input ends: `isolated` starts this.

python -m prongsai.files.recognition MEMORY SECONDS
"""

import json
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from prongsai.files.recognition.isolated import BROKEN, MEMORY_SPENT
from prongsai.files.recognition.pages import recognise_page

NICENESS = 10
# Beyond the time for a page, after which whoever asked should have ended this process.
_GRACE = 10
_BROKEN = (
    pdfium.PdfiumError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
    EOFError,
)


def main(memory: int, seconds: float) -> int:
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    # Whatever a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for question in sys.stdin:
        # Ends this process even within a library, should nobody else do so.
        signal.alarm(int(seconds) + _GRACE)
        answers.write(json.dumps(_answer(**json.loads(question))) + "\n")
        answers.flush()
        signal.alarm(0)
    return 0


def _answer(path: str, media_type: str, number: int) -> dict[str, Any]:
    try:
        page = recognise_page(Path(path), media_type, number)
    except MemoryError:
        return {"failed": MEMORY_SPENT}
    except _BROKEN:
        return {"failed": BROKEN}
    words = [list(vars(word).values()) for word in page.words]
    return {"text": page.text, "confidence": page.confidence, "words": words}


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), float(sys.argv[2])))
