"""A sheet of paper photographed on a table: the paper is cut out, and what lies around it becomes paper."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prongsai.files.recognition.straightening import Box, paper_of
from prongsai.files.seeing.ink import Mask, blobs

_STUDIED = 240
# Of the picture, and of its own box, the paper fills so much; more of the picture needs no cutting.
_LEAST, _MOST, _FULL = 0.15, 0.92, 0.75
# The table is so much darker than the paper.
_DARKER = 35
# Lines of text are gaps in the paper until it is blurred so much.
_BLUR = 4
_EDGE = 2
# How far from an edge is looked, how much beyond it is table, and how many sides must show it.
_RING, _TABLE, _SIDES = 8, 0.9, 2

Shades = NDArray[np.int64]


@dataclass(frozen=True)
class Paper:
    """A picture of nothing but the paper, and where that lies in the whole picture, in parts 0 to 1."""

    image: Image.Image
    place: Box = (0.0, 0.0, 1.0, 1.0)

    def in_whole(self, box: Box) -> Box:
        """A box in parts of the paper, as parts of the whole picture."""
        left, top, right, bottom = self.place
        wide, high = right - left, bottom - top
        return (
            left + box[0] * wide,
            top + box[1] * high,
            left + box[2] * wide,
            top + box[3] * high,
        )


def paper_in(image: Image.Image) -> Paper:
    """The grey picture as it is where no table is seen around the paper."""
    small = image.copy()
    small.thumbnail((_STUDIED, _STUDIED), Image.Resampling.BOX)
    shades = np.asarray(small, dtype=np.int64)
    if int(shades.max()) - int(shades.min()) < _DARKER:
        return Paper(image)
    limit = _limit(shades)
    bright: Mask = shades > limit
    found = max(blobs(bright, _BLUR), key=lambda blob: int(blob[1].sum()), default=None)
    if found is None or not _is_paper(*found, shades, limit):
        return Paper(image)
    (left, top, right, bottom), points = found
    sheet = _filled(points)
    wide, high = small.size
    place = left / wide, top / high, right / wide, bottom / high
    return Paper(_cut_out(image, place, sheet), place)


def _limit(shades: Shades) -> int:
    """The grey that parts dark from bright best (Otsu)."""
    counts = np.bincount(shades.ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    sums = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return int(np.nanargmax(apart))


def _is_paper(box: Box, points: Mask, shades: Shades, limit: int) -> bool:
    """Bright, nearly a rectangle, and at its edges what is darker begins at once."""
    left, top, right, bottom = (int(edge) for edge in box)
    outside = np.ones(shades.shape, dtype=np.bool_)
    outside[top:bottom, left:right] = False
    share = (right - left) * (bottom - top) / shades.size
    if not _LEAST <= share <= _MOST or float(_filled(points).mean()) < _FULL:
        return False
    is_table = float((shades[outside] <= limit).mean()) > _TABLE
    steps = list(_steps(shades, box))
    return is_table and len(steps) >= _SIDES and min(steps) >= _DARKER


def _steps(shades: Shades, box: Box) -> Iterator[float]:
    """How much darker it gets over each side that is not the picture's own edge; light that fades has no steps."""
    left, top, right, bottom = (int(edge) for edge in box)
    upright = shades[:, left:right], top, bottom
    level = shades[top:bottom].T, left, right
    for lines, first, last in (upright, level):
        if first >= _RING:
            yield _median(lines[first + _EDGE : first + _RING]) - _median(
                lines[first - _RING : first]
            )
        if last + _RING <= len(lines):
            yield _median(lines[last - _RING : last - _EDGE]) - _median(lines[last : last + _RING])


def _median(shades: Shades) -> float:
    return float(np.median(shades))


def _filled(points: Mask) -> Mask:
    """With what is written on it: in each row all from the first bright point to the last."""
    columns = np.arange(points.shape[1])
    first = np.where(points.any(axis=1), points.argmax(axis=1), points.shape[1])
    last = points.shape[1] - points[:, ::-1].argmax(axis=1)
    filled: Mask = (columns >= first[:, None] + _EDGE) & (columns < last[:, None] - _EDGE)
    return filled


def _cut_out(image: Image.Image, place: Box, sheet: Mask) -> Image.Image:
    wide, high = image.size
    cut = image.crop(
        (
            round(place[0] * wide),
            round(place[1] * high),
            round(place[2] * wide),
            round(place[3] * high),
        )
    )
    mask = Image.fromarray(sheet).convert("L").resize(cut.size, Image.Resampling.BILINEAR)
    is_sheet = mask.point(lambda shade: 255 if shade > 250 else 0)
    ground = Image.new("L", cut.size, paper_of(cut))
    return Image.composite(cut, ground, is_sheet)
