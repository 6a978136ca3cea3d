"""Stamps, round or oval: in coloured ink, or in the grey that scans and copies make of it."""

import math
from collections.abc import Iterator

import numpy as np

from prongsai.files.recognition.straightening import Box
from prongsai.files.seeing.ink import Colours, Mask, blobs

# In parts of the page's width: 15 to 60 mm of an A4 page.
_SMALLEST, _LARGEST = 0.07, 0.29
_ROUND = 1.5
_SECTORS, _FULL = 24, 0.75
# In parts of its width: a stamp of lines and letters has no solid square so large, charts have; and it is not empty.
_SOLID, _LEAST_INSIDE, _WITHIN = 0.1, 0.015, 0.75
_RIM, _OUTSIDE = (0.8, 1.06), 1.1
_CELL = 8


def seals_in(coloured: Mask) -> Iterator[Box]:
    """Of what hangs together in coloured ink, the rings: most of the rim is there, and nothing outside of it."""
    return (box for box, _points in _rings(coloured, _FULL))


def grey_seals_in(ink: Mask) -> Iterator[Box]:
    """The same in ink without colour, of which charts, tables and letters are, too: closed rings of thin lines."""
    for box, points in _rings(ink, 1.0):
        if not _is_solid(points) and _inside(points) >= _LEAST_INSIDE:
            yield box


def _is_solid(points: Mask) -> bool:
    side = max(3, round(_SOLID * points.shape[1]))
    sums = np.pad(points.astype(np.int64).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    squares = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    return bool(squares.max() == side * side)


def _inside(points: Mask) -> float:
    """How much of what lies within the rim is inked."""
    high, wide = points.shape
    down, across = np.ogrid[-1 : 1 : high * 1j, -1 : 1 : wide * 1j]
    return float(points[np.hypot(down, across) < _WITHIN].mean())


def _rings(ink: Mask, full: float) -> Iterator[tuple[Box, Mask]]:
    width = ink.shape[1]
    for box, points in blobs(ink, _CELL):
        sides = sorted((box[2] - box[0], box[3] - box[1]))
        is_size = _SMALLEST * width <= sides[1] <= _LARGEST * width
        if is_size and sides[1] <= _ROUND * sides[0] and _is_ring(points, full):
            yield box, points


def _is_ring(points: Mask, full: float) -> bool:
    high, wide = points.shape
    rows, columns = np.nonzero(points)
    across, down = (columns + 0.5) / (wide / 2) - 1, (rows + 0.5) / (high / 2) - 1
    far = np.hypot(across, down)
    on_rim = (far >= _RIM[0]) & (far <= _RIM[1])
    turns = np.floor((np.arctan2(down, across) + math.pi) / (2 * math.pi) * _SECTORS)
    sectors = {int(turn) % _SECTORS for turn in turns[on_rim]}
    is_whole = len(sectors) >= full * _SECTORS
    return is_whole and float((far > _OUTSIDE).mean()) < 0.03 and float(points.mean()) < 0.6


def coloured_ink(colours: Colours) -> Mask:
    """Points of a plain colour on paper: neither grey nor skin nor faint."""
    most, least = colours.max(axis=2), colours.min(axis=2)
    is_plain: Mask = (most - least > 60) & (least < 170)
    return is_plain


def blue_ink(colours: Colours) -> Mask:
    red, green, blue = (colours[:, :, part] for part in range(3))
    is_blue: Mask = (blue - red > 35) & (blue - green > 10) & (red < 170)
    return is_blue
