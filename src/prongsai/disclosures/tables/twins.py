"""The files that are made of a table. The same table gives the same bytes, whenever and wherever they are made."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from prongsai.disclosures.tables.catalogue import TableColumn, TableForm
from prongsai.disclosures.tables.cells import cell_words
from prongsai.disclosures.tables.table import MOST_ROWS, Row, Table
from prongsai.letters.documents import Sheet
from prongsai.letters.documents import Table as PrintedTable
from prongsai.record.cells import csv_text
from prongsai.thai.dates import format_date

# The first day that a ZIP can name: a file tells nothing of when it was made.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
# Spreadsheets know no day before, and show signs instead; the two months before that they count wrongly.
_FIRST_DAY = "1900-03-01"
_WIDE, _NARROW = 36, 18
_NUMBER, _SUM, _MADE = "ลำดับ", "รวม", "จัดทำเมื่อ"
_ROWS_SHEET, _ABOUT_SHEET, _EXAMPLE_SHEET = "ข้อมูล", "เกี่ยวกับ", "ตัวอย่าง"


def csv_bytes(form: TableForm, table: Table) -> bytes:
    """UTF-8 with its mark, dates ISO, amounts without commas, no cell that a spreadsheet would run."""
    headings = [column.label_th for column in form.columns]
    rows = ([_csv_cell(each, row.get(each.key, "")) for each in form.columns] for row in table.rows)
    nothing = [[form.nothing_th, *[""] * (len(headings) - 1)]] if table.nothing else []
    return csv_text([headings, *rows, *nothing]).encode()


def _csv_cell(column: TableColumn, value: str) -> str:
    choice = column.choice(value)
    return choice.th if choice else value


def xlsx_bytes(form: TableForm, table: Table, *, body: str) -> bytes:
    """Amounts and days as such, everything else as text; `body` is whose table it is."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, _ROWS_SHEET, form)
    for row in table.rows:
        cells = [_xlsx_cell(sheet, column, row.get(column.key, "")) for column in form.columns]
        sheet.append(cells)
    if table.nothing:
        sheet.append([text_cell(sheet, form.nothing_th)])
    about = book.create_sheet(_ABOUT_SHEET)
    for words in _about(form, table, body):
        about.append([text_cell(about, each) for each in words])
    return fixed_book(book)


def template_bytes(form: TableForm) -> bytes:
    """An empty table with its headings and choices; an example and what each column wants on the second sheet."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, _ROWS_SHEET, form)
    example = book.create_sheet(_EXAMPLE_SHEET)
    for words in (
        [column.label_th for column in form.columns],
        [column.example for column in form.columns],
        [_wants(column) for column in form.columns],
    ):
        example.append([text_cell(example, each) for each in words])
    for place, column in enumerate(form.columns, start=1):
        if column.choices:
            sheet.data_validations.append(_choices(book, column, get_column_letter(place)))
    return fixed_book(book)


def _choices(book: Any, column: TableColumn, letter: str) -> DataValidation:
    """A list of its own sheet: written into the rule, long ones would be too long."""
    name = f"ตัวเลือก {letter}"
    sheet = book.create_sheet(name)
    for choice in column.choices:
        sheet.append([text_cell(sheet, choice.th)])
    formula = f"'{name}'!$A$1:$A${len(column.choices)}"
    rule = DataValidation(type="list", formula1=formula, allow_blank=True)
    rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    return rule


def _wants(column: TableColumn) -> str:
    words = [column.help_th, "ต้องกรอก" if column.required else "เว้นได้"]
    return " · ".join(filter(None, words))


def _sheet(book: Any, title: str, form: TableForm) -> Any:
    widths = [_WIDE if column.type == "text" else _NARROW for column in form.columns]
    return headed_sheet(book, title, [column.label_th for column in form.columns], widths)


def headed_sheet(book: Any, title: str, headings: Iterable[str], widths: Iterable[int]) -> Any:
    """A new sheet whose headings stay in sight."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    cells = [text_cell(sheet, words) for words in headings]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    return sheet


def _xlsx_cell(sheet: Any, column: TableColumn, value: str) -> Any:
    if value and column.type in ("money", "int"):
        cell = WriteOnlyCell(sheet, value=Decimal(value) if column.type == "money" else int(value))
        cell.number_format = "#,##0.00" if column.type == "money" else "#,##0"
        return cell
    if column.type == "date" and value >= _FIRST_DAY:
        cell = WriteOnlyCell(sheet, value=date.fromisoformat(value))
        cell.number_format = "yyyy-mm-dd"
        return cell
    choice = column.choice(value)
    return text_cell(sheet, choice.th if choice else value)


def text_cell(sheet: Any, words: str) -> Any:
    """A text whatever it begins with: what looks like a formula is none."""
    cell = WriteOnlyCell(sheet, value=words)
    if words:
        cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _about(form: TableForm, table: Table, body: str) -> Iterable[Sequence[str]]:
    yield ("ตาราง", form.title_th)
    yield ("หน่วยงาน", body)
    yield ("ปีงบประมาณ", str(table.fiscal_year or ""))
    yield ("งวด", table.period)
    yield (_MADE, format_date(table.made_date) if table.made_date else "")
    yield ("แหล่งที่มาของแบบ", form.source)


def fixed_book(book: Any) -> bytes:
    """The book without the moment of its making, which openpyxl and ZIP write into it."""
    made, kept = BytesIO(), BytesIO()
    book.save(made)
    with ZipFile(made) as source, ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            told = _TIMES.sub(rb"\g<1>2000-01-01T00:00:00Z", source.read(name))
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, told)
    return kept.getvalue()


def printed(form: TableForm, table: Table, *, body: str) -> Sheet:
    """As the official form has it: numbered rows, joined columns, sums at the end."""
    period = [table.period, f"ปีงบประมาณ พ.ศ. {table.fiscal_year}" if table.fiscal_year else ""]
    return Sheet(
        heading=form.title_th,
        issuing_body=body,
        subject=" ".join(filter(None, period)),
        made_on=table.made_date,
        table=None if table.nothing else _printed_table(form, table),
        nothing=form.nothing_th if table.nothing else "",
    )


def _printed_table(form: TableForm, table: Table) -> PrintedTable:
    groups = _groups(form)
    heads = [group[-1].joined_th or group[-1].label_th for group in groups]
    rows = [
        (str(number), *(_joined(group, row) for group in groups))
        for number, row in enumerate(table.rows, start=1)
    ]
    sums = _sums(form, table)
    if table.rows and sums:
        rows.append((_SUM, *(_joined(group, sums) for group in groups)))
    return PrintedTable(header=(_NUMBER, *heads), rows=tuple(rows))


def _groups(form: TableForm) -> list[list[TableColumn]]:
    """Columns that share one on paper stand together."""
    groups: list[list[TableColumn]] = []
    for column in form.columns:
        if column.joined_th and groups:
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _joined(group: Sequence[TableColumn], row: Row) -> str:
    return " / ".join(filter(None, (cell_words(each, row.get(each.key, "")) for each in group)))


def _sums(form: TableForm, table: Table) -> Row:
    summed = [column.key for column in form.columns if column.summed]
    totals = {key: sum(Decimal(row.get(key) or 0) for row in table.rows) for key in summed}
    return {key: str(total) for key, total in totals.items()}
