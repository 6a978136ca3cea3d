"""Reads pages, one after the other: `isolated` starts this."""

import sys
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from prongsai.files.confined import Answer, Tell
from prongsai.files.confinement import answer_all
from prongsai.files.recognition.pages import look_at_page, recognise_page

_BROKEN = (
    pdfium.PdfiumError,
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
    EOFError,
)


def _answer(question: Any, _tell: Tell) -> Answer:
    ask = look_at_page if question["looks_only"] else recognise_page
    page = ask(Path(question["path"]), question["media_type"], question["number"])
    words = [list(vars(word).values()) for word in page.words]
    sights = [list(vars(sight).values()) for sight in page.sights]
    return {"text": page.text, "confidence": page.confidence, "words": words, "sights": sights}


if __name__ == "__main__":
    sys.exit(answer_all(_answer, broken=_BROKEN))
