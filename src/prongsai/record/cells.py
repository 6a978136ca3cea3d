"""Cells of a CSV file as a spreadsheet may safely read them."""

import csv
from collections.abc import Iterable, Iterator

# A cell that begins so is run as a formula by spreadsheets, in full-width letters by some of Asia; the mark before it
# keeps it a text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")
TEXT_MARK = "'"
# Before the first heading: without it, spreadsheets on Thai Windows read UTF-8 as windows-874.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
CSV_TYPE = "text/csv; charset=utf-8"


def harmless(text: str) -> str:
    """For a spreadsheet that reads a CSV: never a formula."""
    return f"{TEXT_MARK}{text}" if text.startswith(FORMULA_STARTS) else text


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """The headings are a row like any other."""
    return "".join(csv_lines(rows))


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Row by row, however many: first the mark, and no cell that a spreadsheet would run."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([harmless(str(cell)) for cell in row])


class _Echo:
    """A file for `csv` that keeps nothing: each row goes out at once."""

    def write(self, text: str) -> str:
        return text
