"""Tesseract's engine, once per process: it finds the lines of a page, then reads each on its own."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby

import tesserocr
from PIL import Image
from tesserocr import OEM, PSM, RIL

from prongsai.files.recognition.lines import (
    Line,
    measured,
    parted,
    typical_height,
    without_detached,
)
from prongsai.files.recognition.printed import BLOCK_BREAK, LINE_BREAK, Printed
from prongsai.files.recognition.regions import Region
from prongsai.files.recognition.trained import trained_directory

# Measured: a page taken as a single column of blocks loses fewer lines than one taken apart freely.
_LAYOUT, _LINE = PSM.SINGLE_COLUMN, PSM.RAW_LINE
_CELL = PSM.SINGLE_BLOCK
_SMALLEST = 12
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


def lines_of(image: Image.Image, regions: Iterable[Region], language: str) -> list[Line]:
    """The lines of an upright grey picture in reading order. Raises `trained.MissingTrainedData`."""
    found = [(region, _lines_in(image, region, language)) for region in regions]
    lines: list[Line] = []
    for _, some in groupby(found, key=lambda pair: pair[0].is_cell):
        pairs = list(some)
        typical = typical_height(line for _, lines_in in pairs for line in lines_in)
        for region, lines_in in pairs:
            # A row of tone marks by itself is as high as a letter, and must not be measured as one.
            whole = [line.of_height(typical) for line in without_detached(lines_in)]
            lines += _ordered(image, region, whole)
    return lines


def _ordered(image: Image.Image, region: Region, lines: list[Line]) -> list[Line]:
    """The lines without what is none, parted at wide gaps; those of a cell follow each other."""
    parts = [part for line in without_detached(lines) for part in parted(image, line)]
    if not region.is_cell:
        return parts
    return [replace(part, ends=" ") for part in parts[:-1]] + [
        replace(part, ends=region.ends) for part in parts[-1:]
    ]


def _lines_in(image: Image.Image, region: Region, language: str) -> list[Line]:
    left, upper, right, lower = region.place
    if min(right - left, lower - upper) < _SMALLEST:
        return []
    engine = _engine(language, _CELL if region.is_cell else _LAYOUT)
    _show(engine, image.crop(region.place), _resolution(image))
    try:
        found = list(_boxes(engine.AnalyseLayout()))
    finally:
        engine.Clear()
    return [
        measured(image, (box[0] + left, box[1] + upper, box[2] + left, box[3] + upper), ends)
        for box, ends in found
    ]


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
