"""The rows of a CSV (UTF-8, UTF-16 or windows-874) or of the first sheet of an XLSX that is shown, as texts."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from prongsai.files import sniffing
from prongsai.files.office_hidden import HiddenCells, hidden_cells
from prongsai.files.rules import CSV, TXT, XLSX
from prongsai.files.table_rows import (
    BROKEN_CSV,
    HIDDEN,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    NO_SHEET,
    NO_TABLE,
    TOO_LONG,
    Cells,
    UnreadableTable,
)

# What openpyxl raises for books that others can open.
_UNREADABLE = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    LookupError,
    OSError,
    TypeError,
    ValueError,
)


def rows_of(path: Path, name: str) -> Iterator[Cells]:
    """The rows of the table at `path`, which somebody calls `name`. Raises `UnreadableTable` and `Refused`."""
    media_type = sniffing.media_type_of(path, name)
    if media_type == XLSX:
        with path.open("rb") as book, closing(_workbook(book)) as workbook:
            sheet = _first_shown(workbook)
            with ZipFile(book) as archive:
                hidden = hidden_cells(archive, sheet._worksheet_path)
            yield from _bounded(_sheet_rows(sheet, hidden))
    elif media_type in (CSV, TXT):
        with path.open(encoding=_encoding(path), newline="") as stream:
            yield from _bounded(csv.reader(stream, delimiter=_delimiter(path)))
    else:
        raise UnreadableTable(NO_TABLE)


def _workbook(stream: BinaryIO) -> Any:
    """By its bytes: what lies in our store has no ending, and by its name openpyxl would refuse it."""
    try:
        workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except _UNREADABLE as error:
        raise UnreadableTable(NO_SHEET) from error
    if not workbook.worksheets:
        raise UnreadableTable(NO_SHEET)
    return workbook


def _first_shown(workbook: Any) -> Any:
    """What whoever sends it has before them: a hidden sheet may stand before it, or be all that there is."""
    shown = (sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible")
    return next(shown, workbook.worksheets[0])


def _encoding(path: Path) -> str:
    """UTF-16 by its mark, as Excel's “Unicode text”; UTF-8 when all of it is; else what Thai Windows writes."""
    with path.open("rb") as stream:
        if stream.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE):
            return "utf-16"
    try:
        with path.open(encoding="utf-8-sig") as stream:
            while stream.read(1024 * 1024):
                pass
    except UnicodeDecodeError:
        return "cp874"
    return "utf-8-sig"


def _delimiter(path: Path) -> str:
    """Thai Windows with other regional settings writes semicolons."""
    with path.open(encoding=_encoding(path), errors="replace") as stream:
        heading = stream.readline(10_000)
    return max(",;\t", key=heading.count)


def _sheet_rows(sheet: Any, hidden: HiddenCells) -> Iterator[Cells]:
    """What is filtered out or folded away nobody has looked at. Raises `UnreadableTable` where it says anything."""
    # A sheet may claim a million empty columns.
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)):
        cells = [_text(value) for value in row]
        unseen = range(len(cells)) if number in hidden.rows else hidden.columns
        if any(cells[place].strip() for place in unseen if place < len(cells)):
            raise UnreadableTable(HIDDEN)
        yield cells


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        # Typed as a Buddhist year, a spreadsheet keeps it as that year of the common era.
        day = value.date() if isinstance(value, datetime) else value
        return f"{day.day}/{day.month}/{day.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _bounded(rows: Iterable[Cells]) -> Iterator[Cells]:
    letters = 0
    try:
        for number, cells in enumerate(rows, start=1):
            kept = [cell[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]]
            letters += sum(map(len, kept))
            if number > MOST_ROWS or letters > MOST_TEXT:
                raise UnreadableTable(TOO_LONG)
            yield kept
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnreadableTable(BROKEN_CSV) from error
