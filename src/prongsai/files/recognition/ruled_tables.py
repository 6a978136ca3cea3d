"""Tables that rules make: where each cell of them is, also in rows that no rule parts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from prongsai.files.recognition.ruling import Rule, Ruling
from prongsai.files.recognition.straightening import paper_of
from prongsai.files.recognition.text_columns import Ink, Place, ink_of_page

# Part of a page's width: how far rules that meet may miss each other.
_MISSED = 1 / 120
# Of the ink of a row's lines: what is between two of them has less.
_SPARSE = 0.15
# Rows without rules between them are at least so many, and most of the columns have something in each.
_FEWEST_ROWS, _MOST = 3, 2 / 3
# Of a line's height, the part in which a cell that says something has ink; and of the highest line's, that of the
# lowest: what is left of a rule that letters cross is none.
_SAID, _LOW = 0.4, 0.5


@dataclass(frozen=True)
class Table:
    """Its rules, and the places of the edges of its rows and columns in points of the picture."""

    level: list[Rule]
    upright: list[Rule]
    rows: list[int]
    columns: list[int]
    missed: int

    @property
    def place(self) -> Place:
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]


def tables_of(ruling: Ruling) -> list[Table]:
    """From the top of the page down; none begins inside another one."""
    missed = round(ruling.image.width * _MISSED)
    tables: list[Table] = []
    for table in _tables(ruling, missed):
        if not tables or table.rows[0] >= tables[-1].rows[-1]:
            tables.append(_with_all_rows(table, ruling))
    return tables


def cells_of(table: Table) -> Iterator[list[Place]]:
    """Row by row; a cell over several rows stands in its first one."""
    taken: set[tuple[int, int]] = set()
    for row in range(len(table.rows) - 1):
        cells = []
        for column in range(len(table.columns) - 1):
            if (row, column) in taken:
                continue
            right, lower = _extents(table, row, column)
            taken |= {(y, x) for y in range(row, lower) for x in range(column, right)}
            cells.append(
                (table.columns[column], table.rows[row], table.columns[right], table.rows[lower])
            )
        yield cells


def _tables(ruling: Ruling, missed: int) -> Iterator[Table]:
    level, upright = _meeting(ruling, missed)
    for start, end in _joined(sorted((rule.start, rule.end) for rule in upright), missed):
        across = [rule for rule in level if start - missed <= rule.at <= end + missed]
        down = [rule for rule in upright if start <= rule.start < end]
        rows, columns = _edges(across, down, missed), _edges(down, across, missed)
        if len(rows) > 1 and len(columns) > 1 and len(rows) + len(columns) > 4:
            yield Table(across, down, rows, columns, missed)


def _meeting(ruling: Ruling, missed: int) -> tuple[list[Rule], list[Rule]]:
    """Level and upright rules that meet at least two of the other direction."""

    def meet(level: Rule, upright: Rule) -> bool:
        return _is_on(level, upright.at, missed) and _is_on(upright, level.at, missed)

    upright = [
        rule for rule in ruling.upright if sum(meet(level, rule) for level in ruling.level) > 1
    ]
    level = [rule for rule in ruling.level if sum(meet(rule, other) for other in upright) > 1]
    return level, upright


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


def _edges(rules: list[Rule], crossing: list[Rule], missed: int) -> list[int]:
    """The places of rules; where those that cross them go on, a table is open, and ends with these."""
    places: list[int] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > missed:
            places.append(round(at))
    if not places:
        return []
    start, end = (
        min(rule.start for rule in crossing),
        max(rule.end for rule in crossing),
    )
    before = [start] if places[0] - start > 2 * missed else []
    after = [end] if end - places[-1] > 2 * missed else []
    return [*before, *places, *after]


def _extents(table: Table, row: int, column: int) -> tuple[int, int]:
    """Before which column and which row the cell that begins here ends."""
    rows, columns = len(table.rows) - 1, len(table.columns) - 1
    right, lower = column + 1, row + 1
    while right < columns and not _is_parted_at(table, row, right):
        right += 1
    while lower < rows and not _is_closed_at(table, lower, column, right):
        lower += 1
    return right, lower


def _is_parted_at(table: Table, row: int, column: int) -> bool:
    middle = (table.rows[row] + table.rows[row + 1]) / 2
    return any(
        abs(rule.at - table.columns[column]) <= table.missed and rule.start <= middle <= rule.end
        for rule in table.upright
    )


def _is_closed_at(table: Table, row: int, column: int, right: int) -> bool:
    middle = (table.columns[column] + table.columns[right]) / 2
    return any(
        abs(rule.at - table.rows[row]) <= table.missed and rule.start <= middle <= rule.end
        for rule in table.level
    )


def _with_all_rows(table: Table, ruling: Ruling) -> Table:
    """With rules where only the lines of the cells say that a row begins."""
    left, _upper, right, _lower = table.place
    ink = ink_of_page(ruling.image, paper_of(ruling.image), 1)
    widths = np.diff(table.columns)
    seen = [
        upper + begun
        for upper, lower in pairwise(table.rows)
        for begun in _begun(_spoken(ink[upper:lower], table.columns), widths)
    ]
    return replace(
        table,
        level=[*table.level, *(Rule(at, left, right) for at in seen)],
        rows=sorted([*table.rows, *seen]),
    )


@dataclass(frozen=True)
class _Lines:
    """Lines across the cells of a row: their first and last points, and (line, column) which cell says something."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    says: NDArray[np.bool_]


def _spoken(ink: Ink, columns: list[int]) -> _Lines:
    profile = ink[:, columns[0] : columns[-1]].sum(axis=1)
    inked = np.sort(profile[profile > 0])
    usual = float(inked[len(inked) * 3 // 4]) if len(inked) else 0.0
    is_line = profile > _SPARSE * usual
    edges = np.flatnonzero(np.diff(is_line.astype(np.int8), prepend=0, append=0))
    starts, ends = edges[::2], edges[1::2]
    high = ends - starts >= _LOW * (ends - starts).max(initial=0)
    starts, ends = starts[high], ends[high]
    says = [
        [
            ink[start:end, left:right].any(axis=1).mean() >= _SAID
            for left, right in pairwise(columns)
        ]
        for start, end in zip(starts, ends, strict=True)
    ]
    return _Lines(starts, ends, np.array(says, dtype=np.bool_).reshape(len(starts), -1))


def _begun(lines: _Lines, widths: NDArray[np.int64]) -> list[int]:
    """The points between two lines at which rows begin, but the first one."""
    counts = lines.says.sum(axis=0)
    full = lines.says[:, counts > 0].mean(axis=1) >= _MOST
    if (counts > 0).sum() < 2 or full.sum() < _FEWEST_ROWS:
        return []
    # Text goes on over several lines, in the widest column first; numbers and amounts stand in one, also their sum.
    in_one = (counts <= full.sum() + 1) & (widths < widths.max())
    begins = np.flatnonzero(full | lines.says[:, in_one].any(axis=1))
    return [int(lines.ends[line - 1] + lines.starts[line]) // 2 for line in begins if line]
