"""A table as its edition says it, with the headings of today; and in words, for whoever compares two."""

from typing import Any

from prongsai.disclosures.tables.catalogue import TableColumn, TableForm, table_form
from prongsai.disclosures.tables.cells import cell_words
from prongsai.disclosures.tables.table import Row, Table

Json = dict[str, Any]


def table_document(table: Table) -> Json:
    """Columns and their words are written into it, for an edition speaks for itself. Whole numbers are numbers."""
    form = table_form(table.form)
    columns = form.columns if form else ()
    return {
        "form": table.form,
        "title_th": form.title_th if form else table.form,
        "title_en": form.title_en if form else "",
        "fiscal_year": table.fiscal_year,
        "period": table.period,
        "made_date": table.made_date.isoformat() if table.made_date else None,
        "nothing": table.nothing,
        "nothing_th": form.nothing_th if form else "",
        "nothing_en": form.nothing_en if form else "",
        "columns": [_column(column) for column in columns],
        "rows": [_row(columns, row) for row in table.rows],
    }


def _column(column: TableColumn) -> Json:
    said: Json = {
        "key": column.key,
        "type": column.type,
        "label_th": column.label_th,
        "label_en": column.label_en,
    }
    if column.summed:
        said["summed"] = True
    if column.choices:
        said["choices"] = [
            {"value": each.value, "th": each.th, "en": each.en} for each in column.choices
        ]
    return said


def _row(columns: tuple[TableColumn, ...], row: Row) -> Json:
    return {
        column.key: int(row[column.key]) if column.type == "int" else row[column.key]
        for column in columns
        if row.get(column.key)
    }


def table_text(table: Table) -> str:
    """A line a row; also of a form that is not known any more."""
    form = table_form(table.form)
    head = f"{form.title if form else table.form} {table.period} {table.fiscal_year or ''}".strip()
    if table.nothing:
        return f"{head}\n{form.nothing_th if form else '–'}"
    return "\n".join([head, *(row_text(form, row) for row in table.rows)])


def row_text(form: TableForm | None, row: Row) -> str:
    """The cells of a row with their headings."""
    if form is None:
        return " · ".join(row.values())
    cells = [(each.label_th, cell_words(each, row.get(each.key, ""))) for each in form.columns]
    return " · ".join(f"{label}: {words}" for label, words in cells if words)
