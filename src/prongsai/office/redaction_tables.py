"""A sheet as rows of ticks, some at a time."""

from dataclasses import dataclass
from typing import Any

from prongsai.files.redaction.grid import Sheet, column_name
from prongsai.files.redaction.questions import Cover
from prongsai.office.redacting import frame, picture_choices
from prongsai.screening.redacting.covers import Mark, words_of
from prongsai.screening.redacting.queries import Marking

ROWS_AT_ONCE, MOST_COLUMNS = 50, 40


@dataclass(frozen=True)
class Tick:
    """A column, a row or a cell that may be covered. A `taken` cell is covered by its row or column already."""

    words: str
    name: str
    text: str = ""
    is_marked: bool = False
    is_taken: bool = False
    is_asked: bool = False
    is_hidden: bool = False
    finding: int | None = None


@dataclass(frozen=True)
class Row:
    head: Tick
    cells: tuple[Tick, ...]


def table_screen(marking: Marking, number: int, first: int, header: int) -> dict[str, Any]:
    """Everything that `redacting/table.html` takes; rows from `first` on, with `header` rows above the data."""
    sheet = marking.sheet(number)
    height = max((row for row, _column in sheet.cells), default=1)
    width = min(max((column for _row, column in sheet.cells), default=1), MOST_COLUMNS)
    first = min(max(first, 1), height)
    last = min(first + ROWS_AT_ONCE - 1, height)
    header = min(max(header, 0), height)
    view = _View(marking, sheet, header)
    return frame(marking, number) | {
        "sheet": sheet,
        "sheets": marking.sheets,
        "columns": [view.column(column) for column in range(1, width + 1)],
        "rows": [view.row(row, width) for row in range(first, last + 1)],
        "others": view.others(width),
        "first": first,
        "last": last,
        "height": height,
        "header": header,
        "earlier": max(first - ROWS_AT_ONCE, 1) if first > 1 else None,
        "later": last + 1 if last < height else None,
        "hidden": hidden_parts(marking.sheets),
        "pictures": picture_choices(marking, number),
    }


def _found(marking: Marking, number: int) -> dict[tuple[int, int], int | None]:
    """Each cell of that sheet with something to cover, by row and column, and the key of the finding that asks it."""
    asked = {finding.fingerprint: finding.pk for finding in marking.asked}
    found: dict[tuple[int, int], int | None] = {}
    for offer in marking.offers(number):
        finding = asked.get(marking.fingerprint(offer, number))
        covers = (place for place in offer.places if isinstance(place, Cover))
        for cell in ((cover.row or 0, cover.column or 0) for cover in covers):
            found[cell] = found.get(cell) or finding
    return found


class _View:
    """The marks and findings of one sheet, looked up once."""

    def __init__(self, marking: Marking, sheet: Sheet, header: int) -> None:
        self.sheet, self.header = sheet, header
        self.marks = marking.marks_on(sheet.number)
        self.words = {mark.words for mark in self.marks}
        places = [mark.place for mark in self.marks if isinstance(mark.place, Cover)]
        self.whole = [place for place in places if place.row is None or place.column is None]
        self.found = _found(marking, sheet.number)

    def column(self, column: int) -> Tick:
        """From below the header on, so that what the column is about can still be read."""
        words = words_of(Cover(self.sheet.number, None, column, self.header + 1))
        is_hidden = column in self.sheet.hidden_columns
        return Tick(words, column_name(column), "", words in self.words, is_hidden=is_hidden)

    def row(self, row: int, width: int) -> Row:
        words = words_of(Cover(self.sheet.number, row))
        is_hidden = row in self.sheet.hidden_rows
        head = Tick(words, str(row), "", words in self.words, is_hidden=is_hidden)
        return Row(head, tuple(self.cell(row, column) for column in range(1, width + 1)))

    def cell(self, row: int, column: int) -> Tick:
        cell = self.sheet.cells.get((row, column))
        words = words_of(Cover(self.sheet.number, row, column))
        return Tick(
            words,
            f"{column_name(column)}{row}",
            cell.shown if cell else "",
            words in self.words,
            is_taken=any(one.takes(self.sheet.number, row, column) for one in self.whole),
            is_asked=(row, column) in self.found,
            is_hidden=row in self.sheet.hidden_rows or column in self.sheet.hidden_columns,
            finding=self.found.get((row, column)),
        )

    def others(self, width: int) -> list[Tick]:
        """Columns that were covered with another header: they stay ticked until somebody unticks them."""
        shown = {self.column(column).words for column in range(1, width + 1)}
        return [
            Tick(mark.words, _name(mark), is_marked=True)
            for mark in self.marks
            if isinstance(mark.place, Cover) and mark.place.row is None and mark.words not in shown
        ]


def _name(mark: Mark) -> str:
    place = mark.place
    return column_name(place.column) if isinstance(place, Cover) and place.column else mark.words


def hidden_parts(sheets: list[Sheet]) -> dict[str, int]:
    """How many parts nobody sees who opens the file; they do not come along."""
    return {
        "sheets": sum(sheet.is_hidden for sheet in sheets),
        "rows": sum(len(sheet.hidden_rows) for sheet in sheets if not sheet.is_hidden),
        "columns": sum(len(sheet.hidden_columns) for sheet in sheets if not sheet.is_hidden),
    }
