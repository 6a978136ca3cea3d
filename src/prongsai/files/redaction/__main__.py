"""Makes one redacted file, checks it and says how far it is: `isolated` starts this."""

import sys
from typing import Any

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from prongsai.files.confined import Answer, Tell
from prongsai.files.confinement import answer_all
from prongsai.files.redaction.grid import CannotRedact
from prongsai.files.redaction.making import make, problem_json
from prongsai.files.redaction.questions import Question
from prongsai.files.refusals import Refused

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


def _answer(question: Any, tell: Tell) -> Answer:
    def tell_step(step: str, done: int, of: int) -> None:
        tell({"step": step, "done": done, "of": of})

    problems = make(Question.from_json(question), tell_step)
    return {"problems": [problem_json(one) for one in problems]}


if __name__ == "__main__":
    sys.exit(answer_all(_answer, broken=_BROKEN))
