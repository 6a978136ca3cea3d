"""Where to read what first: the cells of ruled tables row by row, columns of text one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prongsai.files.recognition.printed import BLOCK_BREAK, LINE_BREAK
from prongsai.files.recognition.ruling import Rule, Ruling
from prongsai.files.recognition.straightening import paper_of

Place = tuple[int, int, int, int]

# Parts of a page's width: how far rules that meet may miss each other, and the white between two columns of text.
_MISSED, _GUTTER = 1 / 120, 1 / 60
_STUDIED_WIDTH = 850
_DARKER = 40
# Rows of a page `_STUDIED_WIDTH` wide: a line with its distance, and the least of columns.
_LINE, _COLUMNS = 25, 160
# Most lines of a column fill at least this part of it.
_FILLED, _MOST = 0.75, 0.6
# A column of points with less ink is empty but for what a copier left there.
_INKED = 0.03


@dataclass(frozen=True)
class Region:
    """A part of the picture that is read by itself. The lines of a `cell` belong together; `ends` follows its last."""

    place: Place
    ends: str = BLOCK_BREAK
    is_cell: bool = False


def regions_of(ruling: Ruling) -> list[Region]:
    """The whole page in reading order; nothing on it is in no region."""
    width, height = ruling.image.size
    missed = round(width * _MISSED)
    regions: list[Region] = []
    done = 0
    for table in _tables(ruling, missed):
        cells = list(_cells(table, missed))
        left, upper = table.columns[0], table.rows[0]
        right, lower = table.columns[-1], table.rows[-1]
        if upper < done:
            continue
        regions += _columns(ruling.image, (0, done, width, upper))
        regions += [Region((0, upper, left, lower)), *cells, Region((right, upper, width, lower))]
        done = lower
    return [*regions, *_columns(ruling.image, (0, done, width, height))]


@dataclass(frozen=True)
class _Table:
    level: list[Rule]
    upright: list[Rule]
    rows: list[int]
    columns: list[int]


def _tables(ruling: Ruling, missed: int) -> Iterator[_Table]:
    """Rules that meet at least two of the other direction, from the top of the page down."""

    def meet(level: Rule, upright: Rule) -> bool:
        return _is_on(level, upright.at, missed) and _is_on(upright, level.at, missed)

    upright = [
        rule for rule in ruling.upright if sum(meet(level, rule) for level in ruling.level) > 1
    ]
    level = [rule for rule in ruling.level if sum(meet(rule, other) for other in upright) > 1]
    for start, end in _joined(sorted((rule.start, rule.end) for rule in upright), missed):
        across = [rule for rule in level if start - missed <= rule.at <= end + missed]
        down = [rule for rule in upright if start <= rule.start < end]
        rows, columns = _distinct(across, missed), _distinct(down, missed)
        if len(rows) > 1 and len(columns) > 1 and len(rows) + len(columns) > 4:
            yield _Table(across, down, rows, columns)


def _is_on(rule: Rule, at: float, missed: int) -> bool:
    return rule.start - missed <= at <= rule.end + missed


def _joined(spans: list[tuple[int, int]], missed: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1] + missed // 2:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _distinct(rules: list[Rule], missed: int) -> list[int]:
    places: list[int] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > missed:
            places.append(round(at))
    return places


def _cells(table: _Table, missed: int) -> Iterator[Region]:
    """Row by row; a cell over several rows stands in its first one."""
    taken: set[tuple[int, int]] = set()
    rows, columns = len(table.rows) - 1, len(table.columns) - 1
    for row in range(rows):
        cells = []
        for column in range(columns):
            if (row, column) in taken:
                continue
            right, lower = _extents(table, row, column, missed)
            taken |= {(y, x) for y in range(row, lower) for x in range(column, right)}
            cells.append(
                (table.columns[column], table.rows[row], table.columns[right], table.rows[lower])
            )
        for index, place in enumerate(cells):
            yield Region(place, " " if index < len(cells) - 1 else LINE_BREAK, is_cell=True)


def _extents(table: _Table, row: int, column: int, missed: int) -> tuple[int, int]:
    """Before which column and which row the cell that begins here ends."""
    rows, columns = len(table.rows) - 1, len(table.columns) - 1
    right, lower = column + 1, row + 1
    while right < columns and not _is_parted_at(table, row, right, missed):
        right += 1
    while lower < rows and not _is_closed_at(table, lower, column, right, missed):
        lower += 1
    return right, lower


def _is_parted_at(table: _Table, row: int, column: int, missed: int) -> bool:
    middle = (table.rows[row] + table.rows[row + 1]) / 2
    return any(
        abs(rule.at - table.columns[column]) <= missed and rule.start <= middle <= rule.end
        for rule in table.upright
    )


def _is_closed_at(table: _Table, row: int, column: int, right: int, missed: int) -> bool:
    middle = (table.columns[column] + table.columns[right]) / 2
    return any(
        abs(rule.at - table.rows[row]) <= missed and rule.start <= middle <= rule.end
        for rule in table.level
    )


def _columns(image: Image.Image, place: Place) -> list[Region]:
    """The part of the page, taken apart where two columns of text stand in it."""
    left, upper, right, lower = place
    if lower - upper < 2:
        return []
    reduced = max(1, round(image.width / _STUDIED_WIDTH))
    if (lower - upper) < _COLUMNS * reduced:
        return [Region(place)]
    found = _gutter(_ink(image.crop(place), paper_of(image), reduced))
    if found is None:
        return [Region(place)]
    middle, start, end = (edge * reduced for edge in found)
    return [
        Region((left, upper, right, upper + start)),
        Region((left, upper + start, middle, upper + end)),
        Region((middle, upper + start, right, upper + end)),
        Region((left, upper + end, right, lower)),
    ]


def _ink(image: Image.Image, paper: int, reduced: int) -> NDArray[np.bool_]:
    ink: NDArray[np.bool_] = np.asarray(image.reduce(reduced)) < paper - _DARKER
    return ink


def _gutter(ink: NDArray[np.bool_]) -> tuple[int, int, int] | None:
    """The column in the middle of the white, and the rows between which it parts two columns of text."""
    inked = np.flatnonzero(ink.mean(axis=0) > _INKED)
    if not len(inked):
        return None
    left, right = int(inked[0]), int(inked[-1]) + 1
    wide = round(ink.shape[1] * _GUTTER)
    best = (0, 0, 0)
    for column in range(left + (right - left) * 2 // 5, left + (right - left) * 3 // 5, 2):
        for start, end in _blank(ink[:, column - wide // 2 : column + wide // 2]):
            if end - start > best[2] - best[1]:
                best = (column, start, end)
    column, start, end = _trimmed(ink, *best)
    if end - start < _COLUMNS:
        return None
    are_full = _is_full(ink[start:end, left:column]) and _is_full(ink[start:end, column:right])
    return (column, start, end) if are_full else None


def _blank(ink: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    blank = ~ink.any(axis=1)
    edges = np.flatnonzero(np.diff(blank.astype(np.int8), prepend=0, append=0))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield int(start), int(end)


def _trimmed(ink: NDArray[np.bool_], column: int, start: int, end: int) -> tuple[int, int, int]:
    """Begins and ends where lines end, at rows without any ink."""
    empty = np.flatnonzero(~ink[start:end].any(axis=1))
    if not len(empty):
        return column, start, end
    return column, start + int(empty[0]), start + int(empty[-1]) + 1


def _is_full(ink: NDArray[np.bool_]) -> bool:
    """Whether most lines go from one edge of the column to the other."""
    full = []
    for upper, _lower in pairwise(range(0, len(ink) + 1, _LINE)):
        columns = np.flatnonzero(ink[upper : upper + _LINE].any(axis=0))
        if len(columns):
            full.append(columns[-1] - columns[0] >= _FILLED * ink.shape[1])
    return len(full) > 5 and sum(full) > _MOST * len(full)
