"""Numbers on a page are read a second time, by the digits' own reader, which replaces what the engine read.

Tesseract takes every third Thai digit for another one. What two readers see differently, or the digits' reader is
unsure of, gets so low a confidence that nobody may rely on it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from PIL import Image

from prongsai.files.recognition.digit_reading import signs_in
from prongsai.files.recognition.digit_signs import LETTER
from prongsai.files.recognition.lines import Line
from prongsai.files.recognition.printed import Printed, mean_confidence
from prongsai.files.recognition.strips import BASELINE, BODY, BODY_TOP, strip_of
from prongsai.thai.digits import ARABIC, THAI

DIGITS = frozenset(THAI + ARABIC)
# Below it a number was not read: it may be another one.
_DOUBTED = 0.3
_DISPUTED = 0.5
# Where the engine saw letters or Arabic digits, the digits' reader must be this sure to be believed.
_SURE, _CERTAIN = 0.95, 0.98
# Latin words of so many letters are rather digits, if the digits' reader is sure.
_FEW = 2
# Three digits stand between commas and after the last one, seldom three after a point, and no two signs on end.
_ODD = re.compile(
    r"\d,\d{1,2}(?!\d)|\d,\d{4}|\d{4},|(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,])|[.,/:-]{2}"
)
# In heights of a low letter: how wide a digit is about, a space at least, and a gap between two numbers.
_DIGIT, _SPACE, _APART = 0.9, 0.5, 2.5


@dataclass(frozen=True)
class _Sign:
    """What the digits' reader saw, in columns of the page's picture, and whether there is a space before it."""

    sign: str
    column: float
    confidence: float
    is_apart: bool


def with_digits(image: Image.Image, line: Line, words: list[Printed]) -> list[Printed]:
    """The words of a line of the level grey picture, with its numbers read anew."""
    pieces = words
    for number in _numbers(_signs(image, line), line.height * _APART):
        pieces = _replaced(pieces, number, line)
    return [_doubted(piece) for piece in pieces]


def _signs(image: Image.Image, line: Line) -> list[_Sign]:
    cut = line.cut(image.size)
    strip, points = strip_of(image.crop(cut), (line.top - cut[1], line.base - cut[1]))
    is_blank = strip[BODY_TOP - 4 : BASELINE + 4].max(axis=0) < 0.4
    signs = []
    before = 0.0
    for seen in signs_in(strip):
        gap = _longest_run(is_blank[int(before) : int(seen.column)])
        column = cut[0] + seen.column * points
        signs.append(_Sign(seen.sign, column, seen.confidence, gap > _SPACE * BODY))
        before = seen.column
    return signs


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


def _replaced(words: list[Printed], number: list[_Sign], line: Line) -> list[Printed]:
    """The words with `number` in the place of what the engine saw there."""
    sure = min(sign.confidence for sign in number)
    if latin := [place for place, word in enumerate(words) if _is_latin_at(word, number, sure)]:
        return _vouched(words, latin, number)
    first, last = _span(words, number, line.height * _DIGIT)
    covered = words[first:last]
    read = _read(number, covered, line)
    if _digits(read) == _digits(covered):
        agreed = max(sure, mean_confidence(covered))
        read = [replace(chunk, confidence=agreed) for chunk in read]
    elif not _is_believed(number, covered, sure):
        return words
    elif _is_disputed(read, covered, sure) or _may_go_on(words, first, last, sure):
        read = [_less_sure(chunk, _DISPUTED) for chunk in read]
    return [*words[:first], *map(_doubted_if_odd, read), *words[last:]]


def _may_go_on(words: list[Printed], first: int, last: int, sure: float) -> bool:
    return sure < _CERTAIN and _goes_on(words, first, last)


def _doubted_if_odd(chunk: Printed) -> Printed:
    return _less_sure(chunk, _DISPUTED) if _ODD.search(chunk.text) else chunk


def _read(number: list[_Sign], covered: list[Printed], line: Line) -> list[Printed]:
    # A narrow digit has room beside it: a space is one that both readers see.
    is_parted = not covered or any(word.ends for word in covered[:-1])
    read = list(_chunks(number, line, is_parted))
    if covered:
        read[-1] = replace(read[-1], ends=covered[-1].ends)
    return read


def _less_sure(word: Printed, most: float) -> Printed:
    return replace(word, confidence=min(word.confidence, most))


def _is_latin_at(word: Printed, number: list[_Sign], sure: float) -> bool:
    if sure >= _SURE and len(word.text) <= _FEW and len(word.text) == len(number):
        # Thai digits alone between spaces look Latin to data that know no others.
        return False
    left, _, right, _ = word.box
    return _is_latin(word) and any(left <= sign.column <= right for sign in number)


def _is_latin(word: Printed) -> bool:
    return word.text.isascii() and any(letter.isalpha() for letter in word.text)


def _vouched(words: list[Printed], latin: list[int], number: list[_Sign]) -> list[Printed]:
    """Latin words stay as they are; their digits count as read when both readers see the same."""
    seen = "".join(sign.sign for sign in number if sign.sign in DIGITS)
    return [
        replace(word, is_number=True) if place in latin and _digits([word]) == seen else word
        for place, word in enumerate(words)
    ]


def _is_believed(number: list[_Sign], covered: list[Printed], sure: float) -> bool:
    """Whether the digits' reader is believed against the engine."""
    digits = [sign.sign for sign in number if sign.sign in DIGITS]
    engines = _digits(covered)
    if engines:
        # The engine knows Arabic digits well.
        return not set(engines) <= set(ARABIC) or (sure >= _SURE and len(digits) > len(engines))
    # A zero is also a letter, of a script that the engine does not know.
    return sure >= _SURE and (len(digits) > 1 or (sure >= _CERTAIN and digits != ["๐"]))


def _is_disputed(read: list[Printed], covered: list[Printed], sure: float) -> bool:
    """Two readers that see different Arabic digits, or more or fewer digits, warn of each other."""
    seen, engines = _digits(read), _digits(covered)
    if set(engines) & set(ARABIC):
        return True
    if _is_taken(seen, engines):
        return True
    # Thai digits are where the engine errs; of faces it has not practised, the other one does, too, and knows it.
    is_warned = bool(engines) or any(map(_is_latin, covered))
    return is_warned and sure < (_SURE if len(seen) == len(engines) else _CERTAIN)


def _is_taken(seen: str, engines: str) -> bool:
    """Whether the digits' reader sees what it takes ๓ for in unknown faces, or a ๐ too many in a quotation mark."""
    is_three = len(seen) == len(engines) and ("๑", "๓") in zip(seen, engines, strict=True)
    return is_three or (bool(engines) and seen == engines + "๐")


def _digits(words: list[Printed]) -> str:
    return "".join(letter for word in words for letter in word.text if letter in DIGITS)


def _span(words: list[Printed], number: list[_Sign], width: float) -> tuple[int, int]:
    """The words (from, to) that the engine saw where the number is; none between two when it saw nothing."""
    low, high = number[0].column - width / 2, number[-1].column + width / 2
    first, last = _inside(words, low, high)
    wanted = sum(sign.sign in DIGITS for sign in number)

    def slack() -> float:
        # The engine knows places only roughly: digits that are lacking are those beside.
        return width if len(_digits(words[first:last])) < wanted else 0.0

    while first and _is_part(words[first - 1], low, high, slack()):
        first -= 1
    while last < len(words) and _is_part(words[last], low, high, slack()):
        last += 1
    return first, last


def _inside(words: list[Printed], low: float, high: float) -> tuple[int, int]:
    inside = [place for place, word in enumerate(words) if low <= word.middle <= high]
    if not inside:
        before = sum(word.middle < low for word in words)
        return before, before
    return inside[0], inside[-1] + 1


def _is_part(word: Printed, low: float, high: float, slack: float) -> bool:
    """Whether a digit that the engine put beside a number is one of it."""
    if word.is_number or not DIGITS & set(word.text):
        return False
    left, _, right, _ = word.box
    overlap = min(right, high) - max(left, low)
    return overlap > 0.3 * (right - left) or low - slack <= word.middle <= high + slack


def _goes_on(words: list[Printed], first: int, last: int) -> bool:
    """Whether the engine saw more digits of the same number at either end."""
    before, after = words[first - 1 : first], words[last : last + 1]
    is_before = any(not word.ends and _ends_in_digit(word) for word in before)
    is_joined = first < last and not words[last - 1].ends
    return is_before or (is_joined and any(DIGITS & set(word.text[:1]) for word in after))


def _ends_in_digit(word: Printed) -> bool:
    return not word.is_number and bool(DIGITS & set(word.text[-1:]))


def _chunks(number: list[_Sign], line: Line, is_parted: bool) -> Iterator[Printed]:
    """The parts of a number between its spaces."""
    half = line.height * _DIGIT / 2
    starts = [0] + [
        place for place, sign in enumerate(number) if place and sign.is_apart and is_parted
    ]
    for start, end in pairwise([*starts, len(number)]):
        part = number[start:end]
        text = "".join(sign.sign for sign in part)
        left, right = part[0].column - half, part[-1].column + half
        place = (left, line.top - line.height / 2, right, line.base + line.height / 2)
        sure = min((sign.confidence for sign in part if sign.sign in DIGITS), default=0.0)
        yield Printed(text, sure, place, " ", is_number=True)


def _doubted(word: Printed) -> Printed:
    """A digit that only the engine saw."""
    if word.is_number or not DIGITS & set(word.text):
        return word
    return _less_sure(word, _DOUBTED)
