"""A small network that reads the digits of a line; `script/train-digits` made it."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from prongsai.files.recognition.digit_signs import SIGNS
from prongsai.files.recognition.strips import Strip

WEIGHTS = Path(__file__).parent / "data" / "digits.npz"
_LAYERS = 6
# Rows and columns that are pooled to one after each of the first layers.
_POOLS = ((2, 2), (2, 1), (2, 1))
# The fourth layer sees the whole height that is left; the others look beyond the edge.
_PADDED_ROWS = (1, 1, 1, 0, 0, 0)
COLUMNS_PER_STEP = 2

Grid = NDArray[np.float32]


@dataclass(frozen=True)
class Seen:
    """A sign, the columns of the strip around whose middle it stands, and how sure (0 to 1) the network is."""

    sign: str
    column: float
    confidence: float


def signs_in(strip: Strip) -> list[Seen]:
    """What stands in a strip, from left to right; runs of letters as one or more `LETTER`s."""
    chances = _chances(strip)
    best = chances.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best, prepend=-1, append=-1))
    seen = []
    before, before_end = 0, 0
    for start, end in pairwise(edges):
        sign = int(best[start])
        if sign:
            sure = float(chances[start:end, sign].max())
            missed = _missed(chances[before_end:start], before, sign)
            column = (start + end) / 2 * COLUMNS_PER_STEP
            seen.append(Seen(SIGNS[sign - 1], column, min(sure, 1 - missed)))
            before, before_end = sign, int(end)
    return seen


def _missed(between: Grid, before: int, after: int) -> float:
    """How likely it is that another sign stands between two."""
    if not len(between):
        return 0.0
    expected = between[:, sorted({0, before, after})].sum(axis=1)
    return float(1 - expected.min())


def _chances(strip: Strip) -> Grid:
    """For every step to the right, how likely nothing and each of `SIGNS` is there."""
    grid = strip[None, :, : strip.shape[1] // 2 * 2]
    for index, (kernel, bias) in enumerate(_weights()):
        grid = _convolved(grid, kernel, bias, _PADDED_ROWS[index])
        if index < _LAYERS - 1:
            np.maximum(grid, 0, out=grid)
        if index < len(_POOLS):
            grid = _pooled(grid, *_POOLS[index])
    scores = grid[:, 0, :].T
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Grid = exponents / exponents.sum(axis=1, keepdims=True)
    return shares


@cache
def _weights() -> list[tuple[Grid, Grid]]:
    with np.load(WEIGHTS) as stored:
        names = [(f"kernel{index}", f"bias{index}") for index in range(_LAYERS)]
        return [
            (stored[kernel].astype(np.float32), stored[bias].astype(np.float32))
            for kernel, bias in names
        ]


def _convolved(grid: Grid, kernel: Grid, bias: Grid, rows: int) -> Grid:
    """Channels, rows and columns of `grid` seen through a kernel (after, before, high, wide)."""
    after, before, high, wide = kernel.shape
    padded = np.pad(grid, ((0, 0), (rows, rows), (wide // 2, wide // 2)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (high, wide), axis=(1, 2))
    _, tall, broad = windows.shape[:3]
    looked_at = windows.transpose(0, 3, 4, 1, 2).reshape(before * high * wide, tall * broad)
    result: Grid = kernel.reshape(after, -1) @ looked_at + bias[:, None]
    return result.reshape(after, tall, broad)


def _pooled(grid: Grid, rows: int, columns: int) -> Grid:
    channels, tall, broad = grid.shape
    cut = grid[:, : tall // rows * rows, : broad // columns * columns]
    blocks = cut.reshape(channels, tall // rows, rows, broad // columns, columns)
    largest: Grid = blocks.max(axis=(2, 4))
    return largest
