"""Tesseract's engine, once per process and language."""

from collections.abc import Iterator
from functools import cache

import tesserocr
from PIL import Image
from tesserocr import OEM, PSM, RIL

from prongsai.files.recognition.printed import BLOCK_BREAK, LINE_BREAK, Printed
from prongsai.files.recognition.trained import trained_directory

# Measured: a page taken as a single column of blocks loses fewer lines than one taken apart freely.
_PAGE = PSM.SINGLE_COLUMN
# A4 is this high; nothing tells a picture's true size.
_PAGE_INCHES = 11.7
_MIN_RESOLUTION, _MAX_RESOLUTION = 70, 600


@cache
def _engine(language: str) -> tesserocr.PyTessBaseAPI:
    return tesserocr.PyTessBaseAPI(
        path=str(trained_directory()), lang=language, psm=_PAGE, oem=OEM.LSTM_ONLY
    )


def printed_words(image: Image.Image, language: str) -> list[Printed]:
    """The words of a grey picture in reading order. Raises `trained.MissingTrainedData`."""
    engine = _engine(language)
    width, height = image.size
    engine.SetImageBytes(image.tobytes(), width, height, 1, width)
    engine.SetSourceResolution(_resolution(image))
    try:
        engine.Recognize()
        return list(_words(engine.GetIterator(), engine.GetUTF8Text()))
    finally:
        engine.Clear()


def _words(seen: tesserocr.PyResultIterator | None, page: str) -> Iterator[Printed]:
    """Thai words follow each other without a space: only the text of the whole page tells of one."""
    if seen is None or seen.Empty(RIL.WORD):
        return
    done = 0
    while True:
        text, box = seen.GetUTF8Text(RIL.WORD), seen.BoundingBox(RIL.WORD)
        if text and box:
            done = max(done, page.find(text, done) + len(text))
            is_apart = page[done : done + 1].isspace()
            yield Printed(text, seen.Confidence(RIL.WORD) / 100, box, _ends(seen, is_apart))
        if not seen.Next(RIL.WORD):
            return


def _ends(seen: tesserocr.PyResultIterator, is_apart: bool) -> str:
    if seen.IsAtFinalElement(RIL.PARA, RIL.WORD):
        return BLOCK_BREAK
    if seen.IsAtFinalElement(RIL.TEXTLINE, RIL.WORD):
        return LINE_BREAK
    return " " if is_apart else ""


def _resolution(image: Image.Image) -> int:
    estimate = round(max(image.size) / _PAGE_INCHES)
    return min(_MAX_RESOLUTION, max(_MIN_RESOLUTION, estimate))
