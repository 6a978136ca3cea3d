"""Sheets as they are seen: the values of their cells, and where each stands in the text that was screened."""

from dataclasses import dataclass, field

from prongsai.files.aligning import aligned
from prongsai.files.redaction.looks import GENERAL, PLAIN, Look

_SEPARATORS = str.maketrans(',;|"', "    ")


class CannotRedact(Exception):
    """Says why not, and what to do instead."""


@dataclass(frozen=True)
class Cell:
    """`shown` is how the cell stands in the text of its sheet, also where its style shows nothing of it."""

    value: object
    shown: str
    number_format: str = GENERAL
    look: Look = PLAIN
    is_unseen: bool = False


@dataclass
class Sheet:
    """Cells by row and column, counted from 1 as the original counts; what is hidden there is told apart."""

    number: int
    title: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_hidden: bool = False
    heights: dict[int, float] = field(default_factory=dict)
    # How cells look in which nothing stands: the lines of a table go around them, too.
    empty: dict[tuple[int, int], Look] = field(default_factory=dict)

    def text(self) -> tuple[str, list[tuple[int, int]]]:
        """The text as the reader of files gives it, and the cell of each of its letters; (0, 0) is the title."""
        pieces, places = [self.title], [(0, 0)] * len(self.title)
        before = 0
        for row, column in sorted(self.cells):
            piece = ("\n" if row != before else "\t") + self.cells[row, column].shown
            pieces.append(piece)
            places += [(row, column)] * len(piece)
            before = row
        return "".join(pieces), places


def cells_of_letters(sheet: Sheet, page_text: str) -> list[tuple[int, int] | None]:
    """The cell (perhaps none) that each letter of the sheet's screened text stands in; (0, 0) is the title."""
    text, places = sheet.text()
    # Between the cells of a CSV stand signs that a table does not have.
    pairs = aligned(page_text.translate(_SEPARATORS), text.translate(_SEPARATORS))
    return [None if at is None else places[at] for at in pairs]


def column_name(column: int) -> str:
    """As spreadsheets call it: A to Z, then AA."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
