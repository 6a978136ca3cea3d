"""Sheets of words that others wrote: a sign that no typeface has must not keep all the rest back."""

from dataclasses import replace

from prongsai.letters.documents import Sheet
from prongsai.letters.render import CannotSet, render

GAP = "?"


def render_with_gaps(sheet: Sheet) -> bytes:
    """As `render`, with a question mark for each sign that cannot be set. Raises `CannotSet` for what is too long."""
    while True:
        try:
            return render(sheet)
        except CannotSet as why:
            plain = _without(sheet, why.characters)
            if plain == sheet:
                raise
            sheet = plain


def _without(sheet: Sheet, characters: str) -> Sheet:
    gaps = dict.fromkeys(map(ord, characters), GAP)
    table = sheet.table
    if table:
        rows = tuple(tuple(cell.translate(gaps) for cell in row) for row in table.rows)
        table = replace(
            table, rows=rows, header=tuple(each.translate(gaps) for each in table.header)
        )
    return replace(
        sheet,
        heading=sheet.heading.translate(gaps),
        issuing_body=sheet.issuing_body.translate(gaps),
        subject=sheet.subject.translate(gaps),
        notes=tuple(each.translate(gaps) for each in sheet.notes),
        table=table,
    )
