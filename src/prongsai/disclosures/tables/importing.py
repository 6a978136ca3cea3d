"""The rows of a CSV or XLSX that came in, read as this form wants them: every mistake at once, or the rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.tables.catalogue import TableColumn, TableForm
from prongsai.disclosures.tables.cells import UnreadableCell, folded, read_cell
from prongsai.disclosures.tables.table import MOST_ROWS, Row
from prongsai.disclosures.tables.words import cell_sentence
from prongsai.files.examination.accepted import table_rows
from prongsai.files.refusals import Refused
from prongsai.files.table_rows import (
    BROKEN_CSV,
    HIDDEN,
    NO_SHEET,
    NO_TABLE,
    TOO_LONG,
    Cells,
    UnreadableTable,
)
from prongsai.organisation.refusals import CannotAct

# A running number says nothing that the order of the rows does not say.
_NUMBERS = frozenset({"ลำดับ", "ลำดับที่", "ที่", "no", "no."})
_SUMS = frozenset({"รวม", "รวมทั้งสิ้น", "total"})
_EMPTY = _("ไฟล์ไม่มีแถวใต้หัวคอลัมน์ โปรดกรอกแล้วส่งใหม่")
_TOO_LONG = format_lazy(_("ตารางยาวเกิน {most} แถว โปรดแบ่งเป็นหลายเรื่อง"), most=MOST_ROWS)
_SENTENCES = {
    NO_TABLE: _("ตารางต้องเป็น CSV หรือ XLSX โปรดบันทึกเป็นชนิดนั้นแล้วส่งใหม่"),
    NO_SHEET: _("ไม่มีแผ่นงานที่อ่านได้ โปรดบันทึกเป็น XLSX ใหม่จากโปรแกรมตารางแล้วส่งอีกครั้ง"),
    TOO_LONG: _TOO_LONG,
    HIDDEN: _("ตารางมีแถวหรือคอลัมน์ที่ซ่อนหรือกรองไว้ โปรดเลิกซ่อน หรือลบส่วนนั้น แล้วส่งใหม่"),
    BROKEN_CSV: _("ไฟล์ไม่ใช่ CSV ที่สมบูรณ์ โปรดบันทึกเป็น CSV แบบ UTF-8 แล้วส่งใหม่"),
}


class CannotReadTable(CannotAct):
    """There are no rows, and nothing was changed."""


@dataclass(frozen=True)
class Mistake:
    """In a row as a spreadsheet counts it, and a column by its heading."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Imported:
    """`rows` are empty while there are mistakes: nothing comes in by halves."""

    rows: tuple[Row, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    nothing: bool = False


def read_table(form: TableForm, path: Path, name: str) -> Imported:
    """The rows of the file at `path`. Raises `CannotReadTable`, and `CannotLook` when nobody could look into it."""
    try:
        with table_rows(path, name) as rows:
            # Two more than can be taken tell that it is too long; headings are one of them.
            return read_rows(form, list(islice(rows, MOST_ROWS * 2)))
    except Refused as refused:
        raise CannotReadTable([format_lazy(_("อ่านตารางไม่ได้: {why}"), why=refused)]) from refused
    except UnreadableTable as why:
        raise CannotReadTable([_SENTENCES[str(why)]]) from why


def read_rows(form: TableForm, rows: Sequence[Cells]) -> Imported:
    """`rows` as they stand in the sheet, the headings among them. Raises `CannotReadTable`."""
    numbered = [(number, cells) for number, cells in enumerate(rows, start=1) if _is_filled(cells)]
    if not numbered:
        raise CannotReadTable([_EMPTY])
    columns, body = _columns(form, numbered[0][1]), numbered[1:]
    # What is copied out of the middle of a sheet has no headings: it has the form's own order.
    if columns is None:
        columns, body = _in_order(form, _width(form, numbered)), numbered
    if len(body) == 1 and folded(form.nothing_th) in map(folded, body[0][1]):
        return Imported(nothing=True)
    body = [(number, cells) for number, cells in body if not _is_sum(cells)]
    if not body:
        raise CannotReadTable([_EMPTY])
    if len(body) > MOST_ROWS:
        raise CannotReadTable([_TOO_LONG])
    return _read(columns, body)


def _read(columns: Sequence[TableColumn | None], body: Iterable[tuple[int, Cells]]) -> Imported:
    found: list[Row] = []
    mistakes: list[Mistake] = []
    for number, cells in body:
        row: dict[str, str] = {}
        for column, cell in zip(columns, cells, strict=False):
            if column is None:
                continue
            try:
                row[column.key] = read_cell(column, cell)
            except UnreadableCell as why:
                mistakes.append(Mistake(number, column.label, cell_sentence(why)))
        found.append({key: value for key, value in row.items() if value})
    return Imported(() if mistakes else tuple(found), tuple(mistakes))


def _columns(form: TableForm, headings: Cells) -> list[TableColumn | None] | None:
    """What each heading means, None for a running number; None altogether when these are no headings."""
    known = _known(form)
    found = [known.get(folded(heading)) for heading in headings]
    if not any(found):
        return None
    strange = [
        heading
        for heading, column in zip(headings, found, strict=True)
        if column is None and _is_strange(heading)
    ]
    named = [column for column in found if column]
    twice = {column.label for column in named if named.count(column) > 1}
    lacking = [each.label for each in form.columns if each.required and each not in named]
    _refuse_headings(strange, sorted(twice), lacking)
    return found


def _known(form: TableForm) -> dict[str, TableColumn]:
    """Columns by the names that a heading may have."""
    return {
        folded(name): column
        for column in form.columns
        for name in (column.label_th, column.label_en, column.key)
    }


def _is_strange(heading: str) -> bool:
    """Neither empty nor that of running numbers."""
    return bool(heading.strip()) and folded(heading) not in _NUMBERS


def _refuse_headings(*names: Sequence[str]) -> None:
    sentences = (
        _("ไม่รู้จักหัวคอลัมน์ {names} โปรดแก้ให้ตรงกับแม่แบบ หรือลบคอลัมน์นั้น"),
        _("มีหัวคอลัมน์ {names} มากกว่าหนึ่งครั้ง โปรดเหลือไว้คอลัมน์เดียว"),
        _("ไม่มีคอลัมน์ {names} ซึ่งต้องมี โปรดเพิ่มแล้วส่งใหม่"),
    )
    problems = [
        format_lazy(sentence, names=", ".join(f"“{name[:60]}”" for name in wrong[:10]))
        for sentence, wrong in zip(sentences, names, strict=True)
        if wrong
    ]
    if problems:
        raise CannotReadTable(problems)


def _width(form: TableForm, numbered: Sequence[tuple[int, Cells]]) -> int:
    """How many cells a row has; of a sheet, whose rows go on for ever, up to the last that is filled in any."""
    first = numbered[0][1]
    if len(first) <= len(form.columns) + 1:
        return len(first)
    return max(
        place for _, cells in numbered for place, cell in enumerate(cells, 1) if cell.strip()
    )


def _in_order(form: TableForm, filled: int) -> list[TableColumn | None]:
    if filled == len(form.columns):
        return list(form.columns)
    if filled == len(form.columns) + 1:
        return [None, *form.columns]
    sentence = _("ไม่พบหัวคอลัมน์ และจำนวนช่อง ({n}) ไม่ตรงกับแบบ ({wanted}) โปรดคัดลอกหัวคอลัมน์มาด้วย")
    raise CannotReadTable([format_lazy(sentence, n=filled, wanted=len(form.columns))])


def _is_filled(cells: Cells) -> bool:
    return any(cell.strip() for cell in cells)


def _is_sum(cells: Cells) -> bool:
    return next((folded(cell) for cell in cells if cell.strip()), "") in _SUMS
