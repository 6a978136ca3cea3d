"""Reads pages, one after the other: `isolated` starts this."""

import sys
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from prongsai.files.confined import Answer, Tell
from prongsai.files.confinement import answer_all
from prongsai.files.recognition.pages import recognise_page

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
    page = recognise_page(Path(question["path"]), question["media_type"], question["number"])
    words = [list(vars(word).values()) for word in page.words]
    return {"text": page.text, "confidence": page.confidence, "words": words}


if __name__ == "__main__":
    sys.exit(answer_all(_answer, broken=_BROKEN))
