"""All files of a table in one go, in the office's request where that is quick, or by the worker."""

from prongsai.disclosures.tables.catalogue import TableForm
from prongsai.disclosures.tables.slots import CSV_SLOT, PDF_SLOT, XLSX_SLOT
from prongsai.disclosures.tables.table import Table
from prongsai.disclosures.tables.twins import csv_bytes, printed, xlsx_bytes
from prongsai.letters.render import render

ENDINGS = {PDF_SLOT: "pdf", XLSX_SLOT: "xlsx", CSV_SLOT: "csv"}
# A second on the machine on which it was measured: most goes into setting the PDF and reading it again.
LETTERS_AT_ONCE = 30_000
# What a cell costs by being there, in letters.
_CELL = 10


def is_quick(form: TableForm, table: Table) -> bool:
    """Whether whoever saves the table can wait for its files."""
    letters = sum(len(value) for row in table.rows for value in row.values())
    return letters + _CELL * len(table.rows) * len(form.columns) <= LETTERS_AT_ONCE


def files_of(form: TableForm, table: Table, *, body: str) -> dict[str, bytes]:
    """By slot; `body` is whose table it is. Raises `CannotSet`."""
    return {
        PDF_SLOT: render(printed(form, table, body=body)),
        XLSX_SLOT: xlsx_bytes(form, table, body=body),
        CSV_SLOT: csv_bytes(form, table),
    }


def file_name(form: TableForm, table: Table, slot: str) -> str:
    """By what a citizen looks for: what it is and of when; a period that says its own year needs no second one."""
    has_year = any(word.isdecimal() and len(word) == 4 for word in table.period.split())
    year = "" if has_year or not table.fiscal_year else f"ปีงบประมาณ {table.fiscal_year}"
    stem = " ".join(filter(None, [form.file_th, table.period, year]))
    return f"{stem}.{ENDINGS[slot]}"
