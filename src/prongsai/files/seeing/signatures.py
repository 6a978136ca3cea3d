"""Signatures: strokes of a pen where people sign, in blue ink anywhere, or alone in a picture.

What was read for certain there is print; rules and dots are lower than a pen's strokes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from PIL import Image

from prongsai.files.recognition.straightening import Box
from prongsai.files.rules import Word
from prongsai.files.seeing.ink import Colours, Mask, Shades, blobs, colours_of, darkness
from prongsai.files.seeing.seals import blue_ink

_SIGNED = re.compile(r"(?:ลง\s?(?:ลายมือ)?ชื่อ|ลายมือชื่อ|ลงนาม)")
_BRACKETED = re.compile(r"^[ \t]*\(([^()\n]{4,60})\)[ \t]*$", re.MULTILINE)
# Readers are quite sure of the short words that they make of a pen's strokes.
_READ, _LONG = 0.88, 3
_INK = 0.3
# In parts of the page's width.
_LEAST_WIDE, _LEAST_HIGH, _MOST_WIDE = 0.035, 0.014, 0.45
_LEAST_BLUE_WIDE, _LEAST_BLUE_HIGH = 0.06, 0.03
# Of its box a pen fills little; what fills more is print, a stamp or a picture.
_FILLED = (0.012, 0.32)
_STRAIGHT, _FLAT = 0.8, 1.25
# Where a reader has seen letters, strokes are longer or higher than any letter.
_LONG_STROKE, _HIGH_STROKE = 0.06, 0.034
_CELL, _LETTER = 6, 2
_STUDIED = 400


def signatures_on(colours: Colours, dark: Shades, text: str, words: Sequence[Word]) -> list[Box]:
    """On a page whose text was read."""
    ink = unprinted_ink(dark, words)
    guessed = [_in_points(word, dark.shape) for word in words]
    found = [box for place in _places(text, words) for box in _strokes(ink, place, guessed)]
    blue = blue_ink(colours) & ~_printed(dark.shape, words)
    found += [
        box
        for box, points in blobs(blue, _CELL)
        if _is_pen(box, points, dark.shape[1], is_blue=True)
    ]
    return _apart(found)


def unprinted_ink(dark: Shades, words: Iterable[Word]) -> Mask:
    """What is dark and was not read for certain."""
    return (dark > _INK) & ~_printed(dark.shape, words)


def _printed(shape: tuple[int, ...], words: Iterable[Word]) -> Mask:
    mask = np.zeros(shape, dtype=np.bool_)
    for word in words:
        if word.confidence >= _READ and word.end - word.start >= _LONG:
            left, top, right, bottom = _in_points(word, shape)
            mask[max(0, int(top) - 2) : int(bottom) + 3, max(0, int(left) - 2) : int(right) + 3] = (
                True
            )
    return mask


def _in_points(word: Word, shape: tuple[int, ...]) -> Box:
    high, wide = shape[:2]
    return word.left * wide, word.top * high, word.right * wide, word.bottom * high


def _places(text: str, words: Sequence[Word]) -> Iterator[Box]:
    """Where somebody signs, in parts of the page: behind the word for it, and above a name in brackets."""
    for found in _SIGNED.finditer(text):
        for left, top, right, bottom in _around(found, words):
            high = bottom - top
            yield left, top - 2.5 * high, min(1.0, right + 0.4), bottom + high
    for found in _BRACKETED.finditer(text):
        for left, top, right, bottom in _around(found, words):
            yield left - 0.06, top - 0.075, right + 0.06, (top + bottom) / 2


def _around(found: re.Match[str], words: Sequence[Word]) -> Iterator[Box]:
    touched = [word for word in words if word.start < found.end() and found.start() < word.end]
    if touched:
        yield (
            min(word.left for word in touched),
            min(word.top for word in touched),
            max(word.right for word in touched),
            max(word.bottom for word in touched),
        )


def _strokes(ink: Mask, place: Box, guessed: Sequence[Box]) -> Iterator[Box]:
    high, wide = ink.shape
    left, top = max(0, int(place[0] * wide)), max(0, int(place[1] * high))
    cut = ink[top : int(place[3] * high), left : int(place[2] * wide)]
    for box, points in blobs(cut, _CELL):
        moved = (box[0] + left, box[1] + top, box[2] + left, box[3] + top)
        is_letters = any(_meets(moved, one) for one in guessed)
        if _is_pen(moved, points, wide) and (not is_letters or _has_long_stroke(points, wide)):
            yield moved


def _meets(box: Box, other: Box) -> bool:
    is_beside = box[2] <= other[0] or other[2] <= box[0]
    return not is_beside and box[1] < other[3] and other[1] < box[3]


def _has_long_stroke(points: Mask, page: int) -> bool:
    return any(
        box[2] - box[0] >= _LONG_STROKE * page or box[3] - box[1] >= _HIGH_STROKE * page
        for box, part in blobs(points, _LETTER)
        if _is_thin(part)
    )


def _is_pen(box: Box, points: Mask, page: int, *, is_blue: bool = False) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    least = (_LEAST_BLUE_WIDE, _LEAST_BLUE_HIGH) if is_blue else (_LEAST_WIDE, _LEAST_HIGH)
    is_size = least[0] * page <= wide <= _MOST_WIDE * page and high >= least[1] * page
    return is_size and high <= 2 * wide and _is_thin(points)


def _is_thin(points: Mask) -> bool:
    """Strokes that fill little of their box, and do not run along it as rules do."""
    is_filled = _FILLED[0] <= float(points.mean()) <= _FILLED[1]
    return is_filled and float(points.mean(axis=1).max()) < _STRAIGHT


def _apart(boxes: Iterable[Box]) -> list[Box]:
    """Without those that lie mostly in a larger one."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda one: (one[0] - one[2]) * (one[3] - one[1])):
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not any(one[0] <= middle[0] <= one[2] and one[1] <= middle[1] <= one[3] for one in kept):
            kept.append(box)
    return kept


def is_signature(picture: Image.Image) -> bool:
    """A picture of nothing but a few strokes of one pen on empty ground: no emblem, chart, code or photograph."""
    small = picture.convert("RGB")
    small.thumbnail((_STUDIED, _STUDIED), Image.Resampling.BOX)
    colours = colours_of(small)
    ink = darkness(colours) > _INK
    if ink.mean() > _FILLED[1] or not ink.any():
        return False
    found = max(blobs(ink, 8), key=lambda blob: int(blob[1].sum()))
    box, points = found
    is_alone = points.sum() >= 0.6 * ink.sum()
    is_flat = box[2] - box[0] >= _FLAT * (box[3] - box[1])
    return bool(is_alone and is_flat and _is_thin(points) and _is_one_pen(colours, ink))


def _is_one_pen(colours: Colours, ink: Mask) -> bool:
    """One ink, and strokes much thinner than they are long."""
    tints = colours[ink] - colours[ink].mean(axis=1, keepdims=True).astype(np.int64)
    edges = int((ink[:, 1:] != ink[:, :-1]).sum() + (ink[1:] != ink[:-1]).sum())
    thickness = 2 * int(ink.sum()) / max(1, edges)
    return bool(tints.std(axis=0).max() < 30 and thickness < 0.08 * min(ink.shape) + 2)
