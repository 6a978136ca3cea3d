"""Reads the sheets of a workbook (XLSX, ODS) or of a CSV, as they are seen."""

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from prongsai.files import rules, sniffing
from prongsai.files.cell_styles import OpenStyles, open_styles, unseen_cell_styles
from prongsai.files.odf_text import odf_text
from prongsai.files.office_text import shown_value
from prongsai.files.redaction.excel_looks import excel_look
from prongsai.files.redaction.grid import CannotRedact, Cell, Sheet
from prongsai.files.redaction.looks import GENERAL, Look, wordless
from prongsai.files.redaction.open_looks import OpenLooks

# More than this is not edited by hand; openpyxl needs some 500 bytes for each.
MAX_CELLS = 400_000
# Of a sheet of Excel.
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
_DAY = "yyyy-mm-dd"
_MERGED = re.compile(rb"<(?:\w{1,9}:)?mergeCell\b[^>]{0,200}?\bref=[\"']([^\"']{1,40})")
_BROKEN = (
    *(ValueError, TypeError, AttributeError, LookupError, OSError, SyntaxError),
    *(RecursionError, ArithmeticError, BadZipFile, csv.Error),
)
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_WRITTEN_NUMBER = re.compile(
    r"(?P<open>\()?-?(?P<whole>[0-9,]{1,30})(?:\.(?P<part>[0-9]{1,15}))?\)?"
)
# A formula whose result nobody has computed yet; one whose result is an empty text says so.
_UNCOMPUTED = re.compile(
    rb'<c\b(?![^>]*t="str")[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)


def read_sheets(path: Path, media_type: str) -> list[Sheet]:
    """Raises `CannotRedact` for more cells than can be handled, and for tables that are written wrongly."""
    try:
        sheets = list(_READERS[media_type.partition(";")[0]](path))
    except _BROKEN as error:
        raise CannotRedact(
            _("ปกปิดในตารางนี้ไม่ได้ เพราะเขียนผิดรูปแบบ โปรดเปิดด้วยโปรแกรมตาราง บันทึกใหม่ แล้วส่งอีกครั้ง")
        ) from error
    _refuse_many(sum(len(sheet.cells) for sheet in sheets))
    return sheets


def _refuse_many(cells: int) -> None:
    if cells > MAX_CELLS:
        raise CannotRedact(_("ปกปิดในตารางนี้ไม่ได้ เพราะมีช่องมากเกินไป โปรดแบ่งเป็นหลายไฟล์แล้วส่งใหม่"))


def _excel(path: Path) -> Iterator[Sheet]:
    _refuse_uncomputed(path)
    _refuse_many(_merged_cells(path))
    with path.open("rb") as stream:
        # Values only: a formula shows how its secret was made.
        book = openpyxl.load_workbook(stream, data_only=True)
    unseen = unseen_cell_styles(book)
    looks: dict[int, Look] = {}
    for number, sheet in enumerate(book.worksheets, start=1):
        made = Sheet(number, sheet.title, is_hidden=sheet.sheet_state != "visible")
        made.cells = {
            (cell.row, cell.column): _excel_cell(cell, unseen, looks)
            # Those that are there: asked for row by row, openpyxl makes all others up to the last one.
            for cell in sheet._cells.values()
            if cell.value is not None and cell.row <= MAX_ROWS and cell.column <= MAX_COLUMNS
        }
        made.empty = dict(_empty(sheet, looks))
        made.merges = [
            (span.min_row, span.min_col, span.max_row, span.max_col)
            for span in sheet.merged_cells.ranges
        ]
        _read_dimensions(sheet, made)
        yield made


def _merged_cells(path: Path) -> int:
    """How many cells lie in merged ranges: openpyxl makes an object of each."""
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        ranges = [span for name in names for span in _MERGED.findall(archive.read(name))]
    return sum(_size_of(span.decode("ascii", "replace")) for span in ranges)


def _size_of(span: str) -> int:
    left, top, right, bottom = range_boundaries(span)
    return (1 + (right or 0) - (left or 0)) * (1 + (bottom or 0) - (top or 0))


def _refuse_uncomputed(path: Path) -> None:
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if any(_UNCOMPUTED.search(archive.read(name)) for name in names):
            raise CannotRedact(
                _(
                    "ปกปิดในตารางนี้ไม่ได้ เพราะมีสูตรที่ยังไม่ได้คำนวณ โปรดเปิดด้วย Excel หรือ LibreOffice บันทึก แล้วส่งใหม่"
                )
            )


def _empty(sheet: Worksheet, looks: dict[int, Look]) -> Iterator[tuple[tuple[int, int], Look]]:
    for cell in sheet._cells.values():
        if cell.value is None and cell.row <= MAX_ROWS and cell.column <= MAX_COLUMNS:
            look = _look(cell, looks)
            if look.lines or look.ground:
                yield (cell.row, cell.column), look


def _look(cell: ExcelCell, looks: dict[int, Look]) -> Look:
    if cell.style_id not in looks:
        looks[cell.style_id] = excel_look(cell)
    return looks[cell.style_id]


def _excel_cell(cell: ExcelCell, unseen: frozenset[int], looks: dict[int, Look]) -> Cell:
    look, is_unseen = _look(cell, looks), cell.style_id in unseen
    return Cell(cell.value, shown_value(cell.value), _form(cell), look, is_unseen)


def _form(cell: ExcelCell) -> str:
    form = wordless(cell.number_format)
    # A day without a form would be shown as a number.
    return _DAY if form == GENERAL and cell.is_date else form


def _read_dimensions(sheet: Worksheet, made: Sheet) -> None:
    rows = sheet.row_dimensions.items()
    made.hidden_rows.update(row for row, one in rows if one.hidden or one.height == 0)
    made.heights.update({row: one.height for row, one in rows if one.height and one.customHeight})
    for dimension in sheet.column_dimensions.values():
        _note_columns(dimension, made)


def _note_columns(dimension: ColumnDimension, made: Sheet) -> None:
    """One entry may stand for several columns."""
    columns = range(dimension.min or 0, min(dimension.max or 0, MAX_COLUMNS) + 1)
    if dimension.hidden or dimension.width == 0:
        made.hidden_columns.update(columns)
    elif dimension.customWidth:
        made.widths.update(dict.fromkeys(columns, dimension.width))


def _open_document(path: Path) -> Iterator[Sheet]:
    with ZipFile(path) as archive:
        names = [name for name in ("content.xml", "styles.xml") if name in archive.namelist()]
        roots = [ElementTree.fromstring(archive.read(name)) for name in names]  # noqa: S314 -- archives refuses entities before
    root, styles, looks = roots[0], open_styles(roots), OpenLooks(roots)
    for number, table in enumerate(root.iter(f"{_TABLE}table"), start=1):
        made = Sheet(number, table.get(f"{_TABLE}name", ""))
        made.is_hidden = styles.hides_sheet(table)
        _read_columns(table, made, styles, looks)
        _read_rows(table, made, styles, looks)
        yield made


def _read_columns(
    table: ElementTree.Element, made: Sheet, styles: OpenStyles, looks: OpenLooks
) -> None:
    column = 1
    for one in table.iter(f"{_TABLE}table-column"):
        repeated = int(one.get(f"{_TABLE}number-columns-repeated", 1))
        these, width = range(column, min(column + repeated, MAX_COLUMNS + 1)), looks.width(one)
        if styles.hides_column(one):
            made.hidden_columns.update(these)
        elif width:
            made.widths.update(dict.fromkeys(these, width))
        column += repeated


def _read_rows(
    table: ElementTree.Element, made: Sheet, styles: OpenStyles, looks: OpenLooks
) -> None:
    row, merged = 1, 0
    for one in table.iter(f"{_TABLE}table-row"):
        repeated = int(one.get(f"{_TABLE}number-rows-repeated", 1))
        cells = list(_open_cells(one, styles, looks))
        spans = list(_open_merges(one, row))
        merged += sum(map(_size, spans))
        _refuse_many(merged)
        made.merges += spans
        # Rows without anything are repeated a million times, to the end of the sheet.
        for copy in range(repeated if cells else 0):
            made.cells.update({(row + copy, column): cell for column, cell in cells})
            if len(made.cells) > MAX_CELLS:
                return
            if height := looks.height(one):
                made.heights[row + copy] = height
        if cells and styles.hides_row(one):
            made.hidden_rows.update(range(row, min(row + repeated, MAX_ROWS + 1)))
        row += repeated


def _open_merges(row: ElementTree.Element, number: int) -> Iterator[tuple[int, int, int, int]]:
    column = 1
    for one in row:
        across = int(one.get(f"{_TABLE}number-columns-spanned", 1))
        down = int(one.get(f"{_TABLE}number-rows-spanned", 1))
        right, bottom = column + across - 1, number + down - 1
        if across * down > 1 and right <= MAX_COLUMNS and bottom <= MAX_ROWS:
            yield number, column, bottom, right
        column += int(one.get(f"{_TABLE}number-columns-repeated", 1))


def _size(span: tuple[int, int, int, int]) -> int:
    top, left, bottom, right = span
    return (bottom - top + 1) * (right - left + 1)


def _open_cells(
    row: ElementTree.Element, styles: OpenStyles, looks: OpenLooks
) -> Iterator[tuple[int, Cell]]:
    column = 1
    for one in row:
        repeated = int(one.get(f"{_TABLE}number-columns-repeated", 1))
        # A comment is a child of its cell, and no value of it.
        for note in one.findall(f"{_OFFICE}annotation"):
            one.remove(note)
        shown = odf_text(one).strip()
        if shown:
            # What lies under a merged cell nobody sees, until its corner is taken away.
            unseen = one.tag == f"{_TABLE}covered-table-cell"
            unseen = unseen or any(styles.hides_text(part) for part in one.iter())
            cell = Cell(*_open_value(one, shown), looks.of_cell(one), unseen)
            yield from (
                (place, cell) for place in range(column, min(column + repeated, MAX_COLUMNS + 1))
            )
        column += repeated


def _open_value(cell: ElementTree.Element, shown: str) -> tuple[object, str, str]:
    """The value, what is shown of it, and a format that shows a number so."""
    is_number = cell.get(f"{_OFFICE}value-type") in ("float", "currency")
    written = cell.get(f"{_OFFICE}value", "")
    try:
        number = float(written)
    except ValueError:
        return shown, shown, GENERAL
    if not is_number:
        return shown, shown, GENERAL
    return int(number) if number.is_integer() else number, shown, _number_format(shown)


def _number_format(shown: str) -> str:
    """From how the number stands there, as an open document's formats are written in many elements."""
    match = _WRITTEN_NUMBER.fullmatch(shown)
    if match is None:
        return GENERAL
    whole = "#,##0" if "," in match["whole"] else "0"
    written = f"{whole}.{'0' * len(match['part'])}" if match["part"] else whole
    return f"{written};({written})" if match["open"] else written


def _comma_separated(path: Path) -> Iterator[Sheet]:
    text, _encoding = sniffing.decoded(path.read_bytes())
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:8192], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    made = Sheet(1, "")
    for row, values in enumerate(csv.reader(StringIO(text), dialect), start=1):
        _refuse_many(len(made.cells) + len(values))
        cells = enumerate(values, start=1)
        made.cells.update({(row, column): Cell(value, value) for column, value in cells if value})
    yield made


_READERS: dict[str, Callable[[Path], Iterator[Sheet]]] = {
    rules.XLSX: _excel,
    rules.ODS: _open_document,
    rules.CSV: _comma_separated,
}
