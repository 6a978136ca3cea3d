"""Numbers on a page are read a second time, by the digits' own reader, which replaces what the engine read.

Tesseract takes every third Thai digit for another one. What two readers see differently, or the digits' reader is
unsure of, gets so low a confidence that nobody may rely on it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from prongsai.files.recognition.digit_reading import signs_in
from prongsai.files.recognition.digit_signs import LETTER
from prongsai.files.recognition.printed import Printed, around
from prongsai.files.recognition.straightening import Box
from prongsai.files.recognition.strips import BASELINE, BODY, BODY_TOP, body_of, ink_of, strip_of
from prongsai.thai.digits import ARABIC, THAI

DIGITS = frozenset(THAI + ARABIC)
# Below it a number was not read: it may be another one.
DOUBTFUL = 0.6
_DOUBTED = 0.3
# Where the engine saw letters, the digits' reader must be this sure to be believed.
_SURE = 0.9
_EDGE = 12
# In heights of a low letter: how wide a digit is about, a space at least, and a gap between two numbers.
_DIGIT, _SPACE, _APART = 0.9, 0.5, 2.5


@dataclass(frozen=True)
class _Sign:
    """What the digits' reader saw, in columns of the page's picture, and whether there is a space before it."""

    sign: str
    column: float
    confidence: float
    is_apart: bool


def with_digits(image: Image.Image, printed: Iterable[Printed]) -> list[Printed]:
    """The words of a level grey picture, with its numbers read anew."""
    return [word for line in _lines(printed) for word in _read_again(image, line)]


def _lines(printed: Iterable[Printed]) -> Iterator[list[Printed]]:
    line: list[Printed] = []
    for word in printed:
        line.append(word)
        if "\n" in word.ends:
            yield line
            line = []
    if line:
        yield line


def _read_again(image: Image.Image, line: list[Printed]) -> list[Printed]:
    box = line[0].box
    for word in line[1:]:
        box = around(box, word.box)
    signs, body = _signs(image, box)
    pieces: list[Printed] = line
    for number in _numbers(signs, body * _APART):
        pieces = _replaced(pieces, number, box, body * _DIGIT)
    return [_doubted(piece) for piece in pieces]


def _signs(image: Image.Image, box: Box) -> tuple[list[_Sign], float]:
    """The signs of a line, and the height of its low letters in points."""
    left, right = max(0, int(box[0]) - _EDGE), min(image.width, int(box[2]) + _EDGE)
    upper, lower = int(box[1]), max(int(box[3]), int(box[1]) + 1)
    top, base = body_of(ink_of(image.crop((left, upper, right, lower))))
    high = lower - upper
    cut = image.crop((left, max(0, upper - high), right, min(image.height, lower + high)))
    shift = min(upper, high)
    strip, points = strip_of(cut, (top + shift, base + shift))
    is_blank = strip[BODY_TOP - 4 : BASELINE + 4].max(axis=0) < 0.4
    signs = []
    before = 0.0
    for seen in signs_in(strip):
        gap = _longest_run(is_blank[int(before) : int(seen.column)])
        signs.append(
            _Sign(seen.sign, left + seen.column * points, seen.confidence, gap > _SPACE * BODY)
        )
        before = seen.column
    return signs, base - top


def _longest_run(flags: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _numbers(signs: Iterable[_Sign], apart: float) -> Iterator[list[_Sign]]:
    """Digits with the separators between them."""
    number: list[_Sign] = []
    for sign in signs:
        if sign.sign == LETTER or (number and sign.column - number[-1].column > apart):
            yield from _trimmed(number)
            number = []
        if sign.sign != LETTER:
            number.append(sign)
    yield from _trimmed(number)


def _trimmed(number: list[_Sign]) -> Iterator[list[_Sign]]:
    places = [place for place, sign in enumerate(number) if sign.sign in DIGITS]
    if places:
        yield number[places[0] : places[-1] + 1]


def _replaced(line: list[Printed], number: list[_Sign], box: Box, width: float) -> list[Printed]:
    """The line with `number` in the place of what the engine saw there."""
    low, high = number[0].column - width / 2, number[-1].column + width / 2
    inside = [place for place, word in enumerate(line) if low <= _middle(word) <= high]
    first = inside[0] if inside else sum(_middle(word) < low for word in line)
    last = inside[-1] + 1 if inside else first
    covered = line[first:last]
    is_expected = any(DIGITS & set(word.text) for word in covered)
    if not is_expected and min(sign.confidence for sign in number) < _SURE:
        return line
    read = list(_chunks(number, covered, box, width))
    if covered:
        read[-1] = replace(read[-1], ends=covered[-1].ends)
    elif first == len(line):
        return [
            *line[:-1],
            replace(line[-1], ends=" "),
            *read[:-1],
            replace(read[-1], ends=line[-1].ends),
        ]
    return [*line[:first], *read, *line[last:]]


def _middle(word: Printed) -> float:
    return (word.box[0] + word.box[2]) / 2


def _chunks(
    number: list[_Sign], covered: list[Printed], box: Box, width: float
) -> Iterator[Printed]:
    """The parts of a number between its spaces."""
    upper = min((word.box[1] for word in covered), default=box[1])
    lower = max((word.box[3] for word in covered), default=box[3])
    starts = [0] + [place for place, sign in enumerate(number) if place and sign.is_apart]
    for start, end in zip(starts, [*starts[1:], len(number)], strict=True):
        part = number[start:end]
        text = "".join(sign.sign for sign in part)
        place = (part[0].column - width / 2, upper, part[-1].column + width / 2, lower)
        sure = min(sign.confidence for sign in part)
        yield Printed(text, sure, place, " ", is_number=True)


def _doubted(word: Printed) -> Printed:
    """A digit that only the engine saw."""
    if word.is_number or not DIGITS & set(word.text):
        return word
    return replace(word, confidence=min(word.confidence, _DOUBTED))
