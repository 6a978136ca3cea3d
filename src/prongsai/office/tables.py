"""What the screen of a table shows: its form, some of its rows as fields, and what the checks say of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile as Upload

from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.tables.catalogue import TableColumn, TableForm, table_form
from prongsai.disclosures.tables.cells import UnreadableCell, cell_words, read_cell
from prongsai.disclosures.tables.checks import Remark, Weight, remarks
from prongsai.disclosures.tables.importing import Imported, Mistake
from prongsai.disclosures.tables.public import table_document
from prongsai.disclosures.tables.table import Row, Table
from prongsai.disclosures.tables.words import cell_sentence, placed_sentence
from prongsai.office.table_files import coming_files
from prongsai.office.table_forms import PAGE, TableHeadForm
from prongsai.office.whole import whole
from prongsai.office.writing import base_content, sequence_of
from prongsai.record.tables import PublicTable, public_table

EMPTY_ROWS = 3
# Of many, enough to begin with.
MOST_SAID = 100
PASTED = "วาง.csv"


@dataclass(frozen=True)
class CellField:
    """A cell as a field: `value` is as typed, or as people read what is kept."""

    name: str
    column: TableColumn
    value: str
    error: str = ""


@dataclass(frozen=True)
class RowFields:
    """`number` is the row's place in the table from 1, 0 for one that is not there yet."""

    place: int
    number: int
    cells: Sequence[CellField]


@dataclass
class Typed:
    """What came back of a page of rows: those that are kept, and how the page looks again if one cannot be."""

    rows: list[Row] = field(default_factory=list)
    shown: list[RowFields] = field(default_factory=list)
    has_errors: bool = False


def form_at(disclosure: Disclosure, wanted: str) -> TableForm | None:
    """The form that was asked for, or that of the table that is there."""
    table = base_content(disclosure).table
    return table_form(wanted or (table.form if table else ""))


def table_at(content: Content, form: TableForm) -> Table:
    """The work's table of this form; one of another form gives its place to an empty one."""
    if content.table and content.table.form == form.key:
        return content.table
    return Table(form.key, fiscal_year=content.fiscal_year, period=content.period)


def pages_of(table: Table) -> int:
    return max(1, -(-len(table.rows) // PAGE))


def page_of(asked: str | None, table: Table) -> int:
    """Within the pages that there are, from 1."""
    return min(max(whole(asked), 1), pages_of(table))


def row_fields(form: TableForm, table: Table, page: int) -> list[RowFields]:
    """The rows of a page; on the last there is room for more."""
    first = (page - 1) * PAGE
    rows = list(table.rows[first : first + PAGE])
    empty = EMPTY_ROWS if page == pages_of(table) else 0
    return [
        RowFields(place, first + place + 1 if place < len(rows) else 0, _cells(form, place, row))
        for place, row in enumerate([*rows, *[{}] * empty])
    ]


def _cells(form: TableForm, place: int, row: Row) -> list[CellField]:
    return [
        CellField(f"r{place}-{each.key}", each, cell_words(each, row.get(each.key, "")))
        for each in form.columns
    ]


def read_typed(form: TableForm, posted: Mapping[str, str], first: int) -> Typed:
    """The rows of a page as they were typed; a row without a word in it is none."""
    typed = Typed()
    for place in range(min(whole(posted.get("rows")), PAGE + EMPTY_ROWS)):
        if f"r{place}-remove" in posted:
            continue
        # Rows move up into the places of those that go.
        at = len(typed.shown)
        cells = [
            _typed_cell(f"r{at}-{each.key}", each, posted.get(f"r{place}-{each.key}", ""))
            for each in form.columns
        ]
        is_filled = any(cell.value.strip() for cell in cells)
        typed.shown.append(RowFields(at, first + at + 1 if is_filled else 0, cells))
        if is_filled:
            typed.has_errors |= any(cell.error for cell in cells)
            typed.rows.append(_kept(cells))
    return typed


def _typed_cell(name: str, column: TableColumn, value: str) -> CellField:
    try:
        read_cell(column, value)
    except UnreadableCell as why:
        return CellField(name, column, value, cell_sentence(why))
    return CellField(name, column, value)


def _kept(cells: Iterable[CellField]) -> Row:
    kept = {each.column.key: read_cell(each.column, each.value) for each in cells if not each.error}
    return {key: value for key, value in kept.items() if value}


def with_page(table: Table, page: int, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The table's rows with those of one page replaced."""
    first = (page - 1) * PAGE
    return (*table.rows[:first], *rows, *table.rows[first + PAGE :])


def said_of(form: TableForm, table: Table) -> dict[str, list[str]]:
    """What stops the table and what is only odd, in words with their places."""
    return _in_words(form, remarks(form, table))


def said_of_rows(form: TableForm, table: Table) -> dict[str, list[str]]:
    """The same without what the heading lacks, where that is still asked for."""
    return _in_words(form, [each for each in remarks(form, table) if each.row])


def _in_words(form: TableForm, found: Sequence[Remark]) -> dict[str, list[str]]:
    return {"stops": _said(form, found, Weight.STOPS), "advice": _said(form, found, Weight.ADVISES)}


def _said(form: TableForm, found: Iterable[Remark], weight: Weight) -> list[str]:
    chosen = [each for each in found if each.weight == weight]
    return [placed_sentence(form, each) for each in chosen[:MOST_SAID]]


def screen(
    disclosure: Disclosure,
    form: TableForm,
    *,
    page: int,
    head: TableHeadForm | None = None,
    rows: Sequence[RowFields] | None = None,
) -> dict[str, Any]:
    """Everything that `tables/table.html` takes."""
    content = base_content(disclosure)
    table = table_at(content, form)
    is_there = content.table == table
    return {
        "disclosure": disclosure,
        "table_form": form,
        "head": head or TableHeadForm.of(form, table),
        "rows": row_fields(form, table, page) if rows is None else rows,
        "page": page,
        "pages": range(1, pages_of(table) + 1),
        "total": len(table.rows),
        "is_there": is_there,
        "replaces": content.table is not None and not is_there,
        "base_sequence": sequence_of(disclosure),
        "coming_files": coming_files(disclosure) if is_there else None,
        "said": said_of(form, table) if is_there else {"stops": [], "advice": []},
    }


def sent_file(files: Mapping[str, Any], posted: Mapping[str, str]) -> Any:
    """What was chosen, or else what was pasted, as a file; None when there is neither."""
    chosen = files.get("file")
    pasted = posted.get("pasted", "")
    if chosen is not None:
        return chosen
    return Upload(pasted.encode(), name=PASTED) if pasted.strip() else None


def previewed(form: TableForm, imported: Imported, table: Table) -> PublicTable | None:
    """The rows as the public page would show them."""
    rows = Table(form.key, imported.rows[:PAGE], False, table.fiscal_year, table.period)
    return public_table(table_document(rows)) if imported.rows else None


def some(mistakes: Sequence[Mistake]) -> Sequence[Mistake]:
    return mistakes[:MOST_SAID]
