"""Tesseract's engine, once per process: it finds the lines of a page, then reads each on its own."""

import os
from collections.abc import Iterator
from functools import cache

import tesserocr
from PIL import Image
from tesserocr import OEM, PSM, RIL

from prongsai.files.recognition.lines import Line, measured, without_detached
from prongsai.files.recognition.printed import BLOCK_BREAK, LINE_BREAK, Printed
from prongsai.files.recognition.trained import trained_directory

# Measured: a page taken as a single column of blocks loses fewer lines than one taken apart freely.
_LAYOUT, _LINE = PSM.SINGLE_COLUMN, PSM.RAW_LINE
# A4 is this high; nothing tells a picture's true size.
_PAGE_INCHES = 11.7
_MIN_RESOLUTION, _MAX_RESOLUTION = 70, 600
_LINE_RESOLUTION = 300


@cache
def _engine(language: str, mode: int) -> tesserocr.PyTessBaseAPI:
    engine = tesserocr.PyTessBaseAPI(
        path=str(trained_directory()), lang=language, psm=mode, oem=OEM.LSTM_ONLY
    )
    # It writes a line to standard error about every speck that is too small.
    engine.SetVariable("debug_file", os.devnull)
    return engine


def _show(engine: tesserocr.PyTessBaseAPI, image: Image.Image, resolution: int) -> None:
    width, height = image.size
    engine.SetImageBytes(image.tobytes(), width, height, 1, width)
    engine.SetSourceResolution(resolution)


def lines_of(image: Image.Image, language: str) -> list[Line]:
    """The lines of an upright grey picture in reading order. Raises `trained.MissingTrainedData`."""
    engine = _engine(language, _LAYOUT)
    _show(engine, image, _resolution(image))
    try:
        found = list(_boxes(engine.AnalyseLayout()))
    finally:
        engine.Clear()
    return without_detached([measured(image, box, ends) for box, ends in found])


def _boxes(
    layout: tesserocr.PyPageIterator | None,
) -> Iterator[tuple[tuple[int, int, int, int], str]]:
    while layout is not None:
        box = layout.BoundingBox(RIL.TEXTLINE)
        if box:
            is_last = layout.IsAtFinalElement(RIL.PARA, RIL.TEXTLINE)
            yield box, BLOCK_BREAK if is_last else LINE_BREAK
        if not layout.Next(RIL.TEXTLINE):
            return


def printed_words(image: Image.Image, line: Line, language: str) -> list[Printed]:
    """What stands in a line of the picture, from left to right: words, or pieces of them."""
    engine = _engine(language, _LINE)
    cut = line.cut(image.size)
    _show(engine, image.crop(cut), _LINE_RESOLUTION)
    try:
        engine.Recognize()
        words = list(_words(engine.GetIterator(), engine.GetUTF8Text(), cut))
    finally:
        engine.Clear()
    return words


def _words(
    seen: tesserocr.PyResultIterator | None, text: str, cut: tuple[int, int, int, int]
) -> Iterator[Printed]:
    """Thai words follow each other without a space: only the text of the whole line tells of one."""
    done = 0
    while seen is not None and not seen.Empty(RIL.WORD):
        word, box = seen.GetUTF8Text(RIL.WORD), seen.BoundingBox(RIL.WORD)
        if word and box:
            done = max(done, text.find(word, done) + len(word))
            left, upper, right, lower = box
            place = (left + cut[0], upper + cut[1], right + cut[0], lower + cut[1])
            ends = " " if text[done : done + 1].isspace() else ""
            yield Printed(word, seen.Confidence(RIL.WORD) / 100, place, ends)
        if not seen.Next(RIL.WORD):
            return


def _resolution(image: Image.Image) -> int:
    estimate = round(max(image.size) / _PAGE_INCHES)
    return min(_MAX_RESOLUTION, max(_MIN_RESOLUTION, estimate))
