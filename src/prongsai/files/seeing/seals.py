"""Stamps in coloured ink, round or oval."""

import math
from collections.abc import Iterator

import numpy as np

from prongsai.files.recognition.straightening import Box
from prongsai.files.seeing.ink import Colours, Mask, blobs

# In parts of the page's width: 15 to 60 mm of an A4 page.
_SMALLEST, _LARGEST = 0.07, 0.29
_ROUND = 1.5
_SECTORS, _FULL = 24, 0.75
_RIM, _OUTSIDE = (0.8, 1.06), 1.1
_CELL = 8


def seals_in(coloured: Mask) -> Iterator[Box]:
    """Of what hangs together in coloured ink, the rings: most of the rim is there, and nothing outside of it."""
    width = coloured.shape[1]
    for box, points in blobs(coloured, _CELL):
        sides = sorted((box[2] - box[0], box[3] - box[1]))
        is_size = _SMALLEST * width <= sides[1] <= _LARGEST * width
        if is_size and sides[1] <= _ROUND * sides[0] and _is_ring(points):
            yield box


def _is_ring(points: Mask) -> bool:
    high, wide = points.shape
    rows, columns = np.nonzero(points)
    across, down = (columns + 0.5) / (wide / 2) - 1, (rows + 0.5) / (high / 2) - 1
    far = np.hypot(across, down)
    on_rim = (far >= _RIM[0]) & (far <= _RIM[1])
    turns = np.floor((np.arctan2(down, across) + math.pi) / (2 * math.pi) * _SECTORS)
    sectors = {int(turn) % _SECTORS for turn in turns[on_rim]}
    is_whole = len(sectors) >= _FULL * _SECTORS
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
