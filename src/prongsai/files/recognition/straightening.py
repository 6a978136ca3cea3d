"""A page lying askew or on its side is turned upright, and boxes on it are turned back."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Box = tuple[float, float, float, float]

_STUDIED_SIDE = 1_000
_MAX_SKEW, _COARSE, _FINE = 4.0, 0.25, 0.05
# Turning blurs: a skew this small does less harm.
_NEGLIGIBLE_SKEW = 0.1
# Lines of text that run down the page must be this much plainer than those along it.
_PLAINLY_SIDEWAYS = 1.6
# Of the rows with ink, at least so many per cent are not ruled.
_RULED = 94
_QUARTERS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


@dataclass(frozen=True)
class Straight:
    """A picture that was turned by `quarter` degrees (0, 90, 180, 270) and then by `skew`, counter-clockwise."""

    image: Image.Image
    quarter: int
    skew: float

    def on_page(self, box: Box) -> Box:
        """The box (pixels of `image`) as parts 0 to 1 of the page as it came: left, top, right, bottom."""
        left, top, right, bottom = box
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        columns, rows = zip(*(self._point_on_page(*corner) for corner in corners), strict=True)
        return _part(min(columns)), _part(min(rows)), _part(max(columns)), _part(max(rows))

    def _point_on_page(self, column: float, row: float) -> tuple[float, float]:
        width, height = self.image.size
        across, down = column - width / 2, row - height / 2
        turn = math.radians(self.skew)
        x = (across * math.cos(turn) - down * math.sin(turn)) / width + 0.5
        y = (across * math.sin(turn) + down * math.cos(turn)) / height + 0.5
        turned_back = {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}
        return turned_back[self.quarter]


def straighten(image: Image.Image, quarter: int | None = None) -> Straight:
    """The grey picture, upright as far as its lines tell: upside down looks the same as upright.

    A `quarter` turn that is known already is not sought.
    """
    if quarter is None:
        quarter = 90 if _is_sideways(image) else 0
    turned = image.transpose(_QUARTERS[quarter]) if quarter else image
    skew = _skew_of(_ink(turned))
    if abs(skew) < _NEGLIGIBLE_SKEW:
        return Straight(turned, quarter, 0.0)
    level = turned.rotate(skew, Image.Resampling.BICUBIC, fillcolor=paper_of(turned))
    return Straight(level, quarter, skew)


def _part(value: float) -> float:
    return min(1.0, max(0.0, value))


def paper_of(image: Image.Image) -> int:
    """The commonest grey, which is the paper's."""
    counts = image.histogram()
    return counts.index(max(counts))


def _ink(image: Image.Image) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Columns and rows of the dark points of a small copy."""
    small = image.copy()
    small.thumbnail((_STUDIED_SIDE, _STUDIED_SIDE), Image.Resampling.BOX)
    shades = np.asarray(small, dtype=np.float64)
    rows, columns = np.nonzero(shades < np.median(shades) - 40)
    return columns.astype(np.float64), rows.astype(np.float64)


def _skew_of(ink: tuple[NDArray[np.float64], NDArray[np.float64]]) -> float:
    """Degrees counter-clockwise by which the picture must be turned for its lines to be level."""
    if len(ink[0]) < 100:
        return 0.0
    coarse = np.arange(-_MAX_SKEW, _MAX_SKEW + _COARSE, _COARSE)
    best = max(coarse, key=lambda angle: _plainness(ink, angle))
    fine = np.arange(best - _COARSE, best + _COARSE, _FINE)
    return float(max(fine, key=lambda angle: _plainness(ink, angle)))


def _plainness(
    ink: tuple[NDArray[np.float64], NDArray[np.float64]], angle: float, most: float = 100
) -> float:
    """How sharply rows with ink differ from rows without, were the picture turned by `angle`.

    Rows with more ink than `most` per cent of the rows with any count as those.
    """
    columns, rows = ink
    turned = rows - columns * math.tan(math.radians(angle))
    profile = np.bincount((turned - turned.min()).astype(np.int64)).astype(np.float64)
    if most < 100:
        profile = np.minimum(profile, np.percentile(profile[profile > 0], most))
    return float(np.square(np.diff(profile)).sum())


def _is_sideways(image: Image.Image) -> bool:
    columns, rows = _ink(image)
    if len(rows) < 100:
        return False
    along, down = (columns, rows), (rows, columns)
    sideways = _plainness(down, _skew_of(down), _RULED)
    return sideways > _PLAINLY_SIDEWAYS * _plainness(along, _skew_of(along), _RULED)
