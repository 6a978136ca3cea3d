"""Ink on paper: how dark each point is, and which points hang together."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prongsai.files.recognition.straightening import Box

Mask = NDArray[np.bool_]
Shades = NDArray[np.float64]
Colours = NDArray[np.int64]


def darkness(colours: Colours) -> Shades:
    """How much darker than the paper each point is, 0 to 1; the paper is the commonest shade."""
    grey = colours.mean(axis=2)
    paper = float(np.bincount(grey.astype(np.int64).ravel(), minlength=256).argmax())
    shades: Shades = np.clip((paper - grey) / max(paper, 1.0), 0.0, 1.0)
    return shades


def colours_of(image: Image.Image) -> Colours:
    return np.asarray(image.convert("RGB"), dtype=np.int64)


def blobs(mask: Mask, cell: int) -> Iterator[tuple[Box, Mask]]:
    """What hangs together when seen in cells of so many points: its box, and its own points within."""
    high, wide = (-(-side // cell) for side in mask.shape)
    padded = np.zeros((high * cell, wide * cell), dtype=np.bool_)
    padded[: mask.shape[0], : mask.shape[1]] = mask
    inked = padded.reshape(high, cell, wide, cell).any(axis=(1, 3))
    waiting = {(int(row), int(column)) for row, column in np.argwhere(inked)}
    while waiting:
        cells = np.array(sorted(_joined(waiting)))
        upper, left = cells.min(axis=0)
        lower, right = cells.max(axis=0) + 1
        own = np.zeros((lower - upper, right - left), dtype=np.bool_)
        own[cells[:, 0] - upper, cells[:, 1] - left] = True
        large = np.kron(own, np.ones((cell, cell), dtype=np.bool_))
        points = padded[upper * cell : lower * cell, left * cell : right * cell] & large
        yield _cropped(points, int(left) * cell, int(upper) * cell)


def _joined(waiting: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Takes out of `waiting` one cell and all that touch it, and each other."""
    found, edge = set[tuple[int, int]](), [waiting.pop()]
    while edge:
        row, column = edge.pop()
        found.add((row, column))
        for near in ((row + down, column + across) for down in (-1, 0, 1) for across in (-1, 0, 1)):
            if near in waiting:
                waiting.remove(near)
                edge.append(near)
    return found


def _cropped(points: Mask, left: int, upper: int) -> tuple[Box, Mask]:
    rows, columns = np.flatnonzero(points.any(axis=1)), np.flatnonzero(points.any(axis=0))
    first, last, start, end = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    box = (float(left + start), float(upper + first), float(left + end), float(upper + last))
    return box, points[first:last, start:end]
