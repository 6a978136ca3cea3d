"""Looks of the cells, columns and rows of an open document, by the names of their styles."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from xml.etree.ElementTree import Element

from prongsai.files.redaction.looks import PLAIN, Look, light

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FORMAT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SIDES = ("left", "right", "top", "bottom")
_PLACES = {"start": "left", "left": "left", "center": "center", "end": "right", "right": "right"}
_HEIGHTS = {"top": "top", "middle": "center", "bottom": "bottom"}
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)(cm|mm|in|pt|pc|px)")
_POINTS = {"cm": 28.346, "mm": 2.8346, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
# A letter of Excel's own font, and what a column has beside its letters.
_LETTER, _MARGIN = 5.25, 3.75
# Excel takes no more.
_WIDEST, _HIGHEST = 255.0, 409.0


class OpenLooks:
    def __init__(self, roots: Iterable[Element]) -> None:
        styles = [style for root in roots for style in root.iter(f"{_STYLE}style")]
        self._styles = {style.get(f"{_STYLE}name", ""): style for style in styles}
        self._look = cache(self._read)

    def of_cell(self, cell: Element) -> Look:
        return self._look(cell.get(f"{_TABLE}style-name", ""))

    def width(self, column: Element) -> float | None:
        """In letters, as Excel counts."""
        points = self._points(column, "table-column-properties", "column-width")
        return None if points is None else min(_WIDEST, max(0.0, points - _MARGIN) / _LETTER)

    def height(self, row: Element) -> float | None:
        """In points; None for rows that are as high as their text."""
        style = self._styles.get(row.get(f"{_TABLE}style-name", ""))
        name = "use-optimal-row-height"
        if style is None or _said(style, "table-row-properties", _STYLE, name) == "true":
            return None
        points = self._points(row, "table-row-properties", "row-height")
        return None if points is None else min(_HIGHEST, points)

    def _points(self, element: Element, properties: str, name: str) -> float | None:
        style = self._styles.get(element.get(f"{_TABLE}style-name", ""))
        match = None if style is None else _LENGTH.fullmatch(_said(style, properties, _STYLE, name))
        return float(match[1]) * _POINTS[match[2]] if match else None

    def _read(self, name: str) -> Look:
        style = self._styles.get(name)
        if style is None:
            return PLAIN
        cell, letters = "table-cell-properties", "text-properties"
        return Look(
            tuple(_lines(style)),
            _PLACES.get(_said(style, "paragraph-properties", _FORMAT, "text-align")),
            _HEIGHTS.get(_said(style, cell, _STYLE, "vertical-align")),
            light(_said(style, cell, _FORMAT, "background-color").lstrip("#")),
            _said(style, letters, _FORMAT, "font-weight") == "bold",
            _said(style, cell, _FORMAT, "wrap-option") == "wrap",
        )


def _said(style: Element, properties: str, space: str, name: str) -> str:
    found = style.find(f"{_STYLE}{properties}")
    return "" if found is None else found.get(f"{space}{name}", "")


def _lines(style: Element) -> Iterator[tuple[str, str]]:
    around = _said(style, "table-cell-properties", _FORMAT, "border")
    for side in _SIDES:
        line = _said(style, "table-cell-properties", _FORMAT, f"border-{side}") or around
        if line and line != "none":
            yield side, "thin"
