"""Makes one redacted file and checks it: `isolated` starts this.

python -m prongsai.files.redaction MEMORY, with the question as JSON on its input. Answers lines of JSON: how far it
is, and at last what came out.
"""

import json
import os
import resource
import sys
import threading
import time
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from prongsai.files.redaction.grid import CannotRedact
from prongsai.files.redaction.making import Question, make, problem_json
from prongsai.files.refusals import Refused

NICENESS = 10
_BROKEN = (
    Refused,
    CannotRedact,
    pdfium.PdfiumError,
    pikepdf.PdfError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
)


def main(memory: int) -> int:
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    # Whatever a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(said: dict[str, Any]) -> None:
        answers.write(json.dumps(said) + "\n")
        answers.flush()

    def tell(step: str, done: int, of: int) -> None:
        answer({"step": step, "done": done, "of": of})

    question = Question.from_json(json.load(sys.stdin))
    try:
        answer({"problems": [problem_json(one) for one in make(question, tell)]})
    except MemoryError:
        answer({"failed": "memory"})
    except _BROKEN:
        answer({"failed": "broken"})
    return 0


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
