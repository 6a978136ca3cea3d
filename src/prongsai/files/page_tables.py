"""Tables in a page's text: neighbouring lines whose cells stand in columns."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from prongsai.files.page_lines import PageLine, Row

_DIGITS = "0-9\u0e50-\u0e59"
_BARE_POINT = re.compile(rf"[-•–●○▪*]|\(?[{_DIGITS}ก-ฮ]{{1,3}}[.)]")
# In parts of the page's width: how exactly cells of one column stand below each other.
_ALIGNED = 0.02
_FEWEST_ROWS = 3

Span = tuple[float, float]


def runs(lines: Sequence[PageLine]) -> Iterator[tuple[tuple[Row, ...], list[PageLine]]]:
    """The page from above: rows of a table and no lines, or no rows and lines that are none."""
    for has_rows, group in groupby(_parts(lines), key=lambda part: bool(part[0])):
        if has_rows:
            yield from ((rows, []) for rows, _ in group)
        else:
            yield (), [line for _, part in group for line in part]


def _parts(lines: Sequence[PageLine]) -> Iterator[tuple[tuple[Row, ...], list[PageLine]]]:
    """Neighbours that may belong together, with the rows that they are, if they are a table's."""
    for is_row, group in groupby(lines, key=lambda line: line.is_row):
        near = list(group)
        for part in _without_set_in(near) if is_row else [near]:
            yield _rows(part) if is_row else (), part


def _without_set_in(lines: list[PageLine]) -> list[list[PageLine]]:
    """Apart from what is between them, the lines at either end that a tab only sets in."""
    widest = max(len(line.cells) for line in lines)

    def is_set_in(line: PageLine) -> bool:
        return not line.edges and len(line.said) < 2 and len(line.cells) < widest

    start, end = 0, len(lines)
    while start < end and is_set_in(lines[start]):
        start += 1
    while end > start and is_set_in(lines[end - 1]):
        end -= 1
    return [part for part in (lines[:start], lines[start:end], lines[end:]) if part]


def _rows(lines: Sequence[PageLine]) -> tuple[Row, ...]:
    """The lines as rows, or none when they are no table."""
    if all(len(line.said) == 2 and _BARE_POINT.fullmatch(line.said[0]) for line in lines):
        # Points whose text stands apart from their numbers.
        return ()
    return _placed(lines) if any(line.edges for line in lines) else _tabbed(lines)


def _tabbed(lines: Sequence[PageLine]) -> tuple[Row, ...]:
    """Rows with tabs are a table; one tab before a paragraph only sets it in."""
    filled = [line for line in lines if len(line.said) > 1]
    if len(lines) < 2 or 2 * len(filled) < len(lines):
        return ()
    width = max(len(line.cells) for line in lines)
    return tuple(line.cells + ("",) * (width - len(line.cells)) for line in lines)


def _placed(lines: Sequence[PageLine]) -> tuple[Row, ...]:
    """What stands in columns; a row may lack cells, as that of the sum does."""
    # The names of columns stand in their middle, at times over nothing that is below.
    head, below = lines[0], lines[1:]
    columns = _columns(below)
    full = [line for line in below if len(line.cells) == len(columns)]
    if len(lines) < _FEWEST_ROWS or len(columns) < 2 or 2 * len(full) <= len(below):
        return ()
    if not all(map(_is_column, zip(*(line.edges for line in full), strict=True))):
        return ()
    first = head.cells if len(head.cells) == len(columns) else _in_columns(head, columns)
    rows = [first, *(_in_columns(line, columns) for line in below)]
    return tuple(rows) if all(rows) else ()


def _columns(lines: Sequence[PageLine]) -> list[Span]:
    """Where anything stands, one over the other."""
    columns: list[Span] = []
    for left, right in sorted(edges for line in lines for edges in line.edges):
        if columns and left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _in_columns(line: PageLine, columns: Sequence[Span]) -> Row:
    """The cells, each in its column; none when one stands in no column, or two would in one."""
    row = [""] * len(columns)
    for cell, (left, right) in zip(line.cells, line.edges, strict=True):
        place = next((at for at, (_start, end) in enumerate(columns) if left <= end), None)
        if place is None or right < columns[place][0] or row[place]:
            return ()
        row[place] = cell
    return tuple(row)


def _is_column(edges: Sequence[Span]) -> bool:
    """Aligned at the left, at the right, or about the middle."""
    sides = (
        [left for left, _right in edges],
        [right for _left, right in edges],
        [(left + right) / 2 for left, right in edges],
    )
    return any(max(side) - min(side) <= _ALIGNED for side in sides)
