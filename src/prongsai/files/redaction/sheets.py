"""Tables without what is covered in them: new books of values alone, and their twins in CSV."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path
from typing import TypeVar

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from prongsai.files.redaction.excel_looks import dress
from prongsai.files.redaction.grid import Cell, Sheet, column_name
from prongsai.files.redaction.looks import GENERAL, Look
from prongsai.files.redaction.questions import Cover
from prongsai.files.redaction.rules import BLOCKS
from prongsai.files.redaction.sheet_reading import read_sheets

T = TypeVar("T")

# What a spreadsheet takes for a formula when it opens a CSV.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,\s]*$)")


@dataclass(frozen=True)
class RedactedSheets:
    """`covered` is to be sought in the result; `sheets` are what was written, for twins in CSV."""

    covered: tuple[str, ...]
    sheets: tuple[Sheet, ...]


def redact_cells(
    path: Path, target: Path, covers: Sequence[Cover], media_type: str
) -> RedactedSheets:
    """Writes a new XLSX: what was seen of the original, without what is covered. Raises `CannotRedact`.

    Hidden sheets, rows and columns, comments, formulas, charts, pictures and properties stay behind.
    """
    covered: dict[str, None] = {}
    made = []
    for sheet in read_sheets(path, media_type):
        shown = _covered(sheet, covers, covered)
        if not sheet.is_hidden:
            made.append(_compact(shown))
    _write_book(made, target)
    return RedactedSheets(tuple(covered), tuple(made))


def write_csv(sheet: Sheet, target: Path) -> None:
    """In UTF-8 with the mark that Excel needs to read Thai; nothing in it is taken for a formula."""
    lines = StringIO()
    writer = csv.writer(lines)
    height = max((row for row, _column in sheet.cells), default=0)
    width = max((column for _row, column in sheet.cells), default=0)
    for row in range(1, height + 1):
        writer.writerow(_plain(sheet.cells.get((row, column))) for column in range(1, width + 1))
    target.write_bytes(lines.getvalue().encode("utf-8-sig"))


def _plain(cell: Cell | None) -> str:
    text = cell.shown if cell else ""
    return f"'{text}" if len(text) > 1 and _FORMULA.match(text) else text


def _covered(sheet: Sheet, covers: Sequence[Cover], covered: dict[str, None]) -> Sheet:
    """The sheet with blocks in the place of what is covered, which is added to `covered`."""
    mine = [cover for cover in covers if cover.sheet == sheet.number]
    cells = dict(sheet.cells)
    for (row, column), cell in sheet.cells.items():
        if any(cover.takes(sheet.number, row, column) for cover in mine):
            covered[cell.shown] = None
            cells[row, column] = replace(cell, value=BLOCKS, shown=BLOCKS, number_format=GENERAL)
    title = sheet.title
    if any(cover.row == 0 for cover in mine):
        covered[title] = None
        title = _("แผ่น {number}").format(number=sheet.number)
    return replace(sheet, title=title, cells=cells)


def _compact(sheet: Sheet) -> Sheet:
    """Without what is hidden: what is left moves together."""
    rows = _places((row for row, _column in sheet.cells), sheet.hidden_rows)
    columns = _places((column for _row, column in sheet.cells), sheet.hidden_columns)
    seen = {place: cell for place, cell in sheet.cells.items() if not cell.is_unseen}
    widths = {columns[column]: width for column, width in sheet.widths.items() if column in columns}
    moved = (_moved(merge, rows, columns) for merge in sheet.merges)
    heights = {rows[row]: height for row, height in sheet.heights.items() if row in rows}
    merges = [merge for merge in moved if merge]
    cells, empty = _shifted(seen, rows, columns), _shifted(sheet.empty, rows, columns)
    return Sheet(sheet.number, sheet.title, cells, widths, merges, heights=heights, empty=empty)


def _shifted(
    at: Mapping[tuple[int, int], T], rows: Mapping[int, int], columns: Mapping[int, int]
) -> dict[tuple[int, int], T]:
    """What stands in rows and columns that stay, at their new places."""
    return {
        (rows[row], columns[column]): one
        for (row, column), one in at.items()
        if row in rows and column in columns
    }


def _moved(
    merge: tuple[int, int, int, int], rows: dict[int, int], columns: dict[int, int]
) -> tuple[int, int, int, int] | None:
    """Where a merged cell lies now; None where its corner, and with it its text, is hidden, or one cell is left."""
    top, left, bottom, right = merge
    if top not in rows or left not in columns:
        return None
    down = [rows[row] for row in range(top, bottom + 1) if row in rows]
    across = [columns[column] for column in range(left, right + 1) if column in columns]
    is_merged = len(down) * len(across) > 1
    return (down[0], across[0], down[-1], across[-1]) if is_merged else None


def _places(used: Iterable[int], hidden: set[int]) -> dict[int, int]:
    last = max(used, default=0)
    shown = [number for number in range(1, last + 1) if number not in hidden]
    return {number: place for place, number in enumerate(shown, start=1)}


def _write_book(sheets: Sequence[Sheet], target: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = ""
    for sheet in sheets or [Sheet(1, "")]:
        title = re.sub(r"[\[\]:*?/\\]", " ", sheet.title)[:31] or "Sheet"
        _write_sheet(book.create_sheet(title), sheet)
    with target.open("wb") as stream:
        book.save(stream)


def _write_sheet(made: Worksheet, sheet: Sheet) -> None:
    # Dressing each cell anew would take longer than all the rest.
    dressed: dict[tuple[Look, str], StyleArray] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        written = made.cell(row, column)
        written.value = _writable(cell)
        if isinstance(written.value, str):
            # A text that begins with “=” is no formula.
            written.data_type = "s"
        style = (cell.look, cell.number_format)
        if style not in dressed:
            dress(written, *style)
            dressed[style] = written._style
        written._style = copy(dressed[style])
    for (row, column), look in sheet.empty.items():
        dress(made.cell(row, column), look, GENERAL)
    for row, height in sheet.heights.items():
        made.row_dimensions[row].height = height
    for column, width in sheet.widths.items():
        made.column_dimensions[column_name(column)].width = width
    for top, left, bottom, right in sheet.merges:
        made.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _writable(cell: Cell) -> object:
    if isinstance(cell.value, bool | int | float | date | datetime | time):
        return cell.value
    text = cell.value if isinstance(cell.value, str) else cell.shown
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))
