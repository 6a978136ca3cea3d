"""The words in which both sides of the wall talk of files that are in already."""

from collections.abc import Mapping
from typing import Any

from prongsai.files.redaction.grid import Cell, Sheet
from prongsai.files.redaction.looks import Look
from prongsai.files.rules import PageText, Word

PICTURE, LETTERS, SHEETS = "picture", "letters", "sheets"
SEARCHABLE, ROWS, PICTURES = "searchable", "rows", "pictures"
KIND, MARKS = "kind", "marks"


def page_json(page: PageText) -> list[Any]:
    """With its words, which `PageText.to_json` leaves to whoever read them."""
    return [page.to_json(), [list(vars(word).values()) for word in page.words]]


def page_of(said: list[Any]) -> PageText:
    page, words = PageText.from_json(said[0]), tuple(Word(*word) for word in said[1])
    return PageText(
        page.number, page.text, page.source, page.confidence, page.hidden, words, page.sights
    )


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """As it is seen: what a cell holds beyond that is of use only to who makes the table anew."""
    return {
        "number": sheet.number,
        "title": sheet.title,
        "cells": [
            [row, column, cell.shown, cell.look.is_bold, cell.look.wraps, cell.is_unseen]
            for (row, column), cell in sheet.cells.items()
        ],
        "widths": list(sheet.widths.items()),
        "merges": sheet.merges,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "is_hidden": sheet.is_hidden,
    }


def sheet_of(said: Mapping[str, Any]) -> Sheet:
    """Its cells' values are what they show."""
    cells = {
        (row, column): Cell(
            shown, shown, look=Look(is_bold=is_bold, wraps=wraps), is_unseen=is_unseen
        )
        for row, column, shown, is_bold, wraps, is_unseen in said["cells"]
    }
    return Sheet(
        said["number"],
        said["title"],
        cells,
        dict(said["widths"]),
        [(top, left, bottom, right) for top, left, bottom, right in said["merges"]],
        set(said["hidden_rows"]),
        set(said["hidden_columns"]),
        is_hidden=said["is_hidden"],
    )
