"""Text that stands in columns beside each other, as newsletters have it: where each of them is."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prongsai.files.recognition.straightening import paper_of

Place = tuple[int, int, int, int]
Ink = NDArray[np.bool_]
Span = tuple[int, int]

# Part of a page's width: the white between two columns of text.
_GUTTER = 1 / 60
_STUDIED_WIDTH = 850
_DARKER = 40
# Rows of a page `_STUDIED_WIDTH` wide: a line with its distance, and the least of columns.
_LINE, _LEAST = 25, 160
# Most lines of a column fill at least this part of it, and have no gap as wide as three gutters in them.
_FILLED, _MOST, _GAP = 0.75, 0.6, 3
# Of the text's width, the narrowest column; of its columns' height, what the white between two others has.
_NARROWEST, _HIGH = 0.2, 0.9
# A column of points with less ink is empty but for what a copier left there.
_INKED = 0.03


def text_places(image: Image.Image, place: Place) -> list[Place]:
    """The part of the upright grey picture in reading order, taken apart where columns of text stand in it."""
    left, upper, right, lower = place
    if lower - upper < 2:
        return []
    reduced = max(1, round(image.width / _STUDIED_WIDTH))
    if lower - upper < _LEAST * reduced:
        return [place]
    ink = ink_of_page(image.crop(place), paper_of(image), reduced)
    found = _columns(ink)
    if found is None:
        return [place]
    (start, end), gutters = found
    top, bottom = upper + start * reduced, upper + end * reduced
    edges = [left, *(left + gutter * reduced for gutter in gutters), right]
    return [
        *text_places(image, (left, upper, right, top)),
        *((before, top, after, bottom) for before, after in pairwise(edges)),
        *text_places(image, (left, bottom, right, lower)),
    ]


def ink_of_page(image: Image.Image, paper: int, reduced: int) -> Ink:
    """Where there is ink, with `reduced` points of the picture as one."""
    ink: Ink = np.asarray(image.reduce(reduced)) < paper - _DARKER
    return ink


def _columns(ink: Ink) -> tuple[Span, list[int]] | None:
    """The rows in which columns of text stand, and the middles of the white between these."""
    inked = np.flatnonzero(ink.mean(axis=0) > _INKED)
    if not len(inked):
        return None
    left, right = int(inked[0]), int(inked[-1]) + 1
    wide = round(ink.shape[1] * _GUTTER)
    narrowest = max(wide, round((right - left) * _NARROWEST))
    column, start, end = _trimmed(ink, *_gutter(ink, (left, right), narrowest, wide))
    if end - start < _LEAST:
        return None
    part = ink[start:end]
    gutters = [
        *_more(part, (left, column), narrowest, wide),
        column,
        *_more(part, (column, right), narrowest, wide),
    ]
    columns = pairwise([left, *gutters, right])
    if all(_is_text(part[:, before:after], wide) for before, after in columns):
        return (start, end), gutters
    return None


def _gutter(ink: Ink, within: Span, narrowest: int, wide: int) -> tuple[int, int, int]:
    """The column in the middle of the highest white, and the rows from and to which it reaches."""
    best = (0, 0, 0)
    for column in range(within[0] + narrowest, within[1] - narrowest, 2):
        for start, end in _blank(ink[:, column - wide // 2 : column + wide // 2]):
            if end - start > best[2] - best[1]:
                best = (column, start, end)
    return best


def _more(ink: Ink, within: Span, narrowest: int, wide: int) -> list[int]:
    """The white inside a column that is rather several."""
    column, start, end = _gutter(ink, within, narrowest, wide)
    if end - start < _HIGH * len(ink):
        return []
    before, after = (within[0], column), (column, within[1])
    return [*_more(ink, before, narrowest, wide), column, *_more(ink, after, narrowest, wide)]


def _blank(ink: Ink) -> Iterator[Span]:
    blank = ~ink.any(axis=1)
    edges = np.flatnonzero(np.diff(blank.astype(np.int8), prepend=0, append=0))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield int(start), int(end)


def _trimmed(ink: Ink, column: int, start: int, end: int) -> tuple[int, int, int]:
    """Begins and ends where lines end, at rows without any ink."""
    empty = np.flatnonzero(~ink[start:end].any(axis=1))
    if not len(empty):
        return column, start, end
    return column, start + int(empty[0]), start + int(empty[-1]) + 1


def _is_text(ink: Ink, wide: int) -> bool:
    """Whether most lines go from one edge of the column to the other, as no table's do."""
    full = []
    for upper, lower in pairwise(range(0, len(ink) + 1, _LINE)):
        columns = np.flatnonzero(ink[upper:lower].any(axis=0))
        if len(columns):
            gap = np.diff(columns).max(initial=0)
            reach = columns[-1] - columns[0]
            full.append(reach >= _FILLED * ink.shape[1] and gap < _GAP * wide)
    return len(full) > 5 and sum(full) > _MOST * len(full)
