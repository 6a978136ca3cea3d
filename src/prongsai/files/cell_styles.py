"""Styles of spreadsheets and open documents that hide what is written: sheets, rows, columns, cells, passages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
_FORMAT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
# All parts of a number's format are empty: `;;;`.
_SHOWS_NOTHING = re.compile(r'(?:[\s"]*;){2,3}[\s"]*')
_NOTHING_HIGH = re.compile(r"0*(?:\.0*)?(?:cm|mm|in|pt|px|pc)?")
_WHITE, _PLAIN_GROUND = "#ffffff", frozenset(("", "transparent", "#ffffff"))
# In the order of a theme's colours, the first is the paper's.
_PAPER = 0


@dataclass(frozen=True)
class OpenStyles:
    """Names of an open document's styles that show nothing, by what they are styles of."""

    sheets: frozenset[str]
    rows: frozenset[str]
    columns: frozenset[str]
    texts: frozenset[str]

    def hides_sheet(self, table: Element) -> bool:
        return table.get(f"{_TABLE}style-name") in self.sheets

    def hides_row(self, row: Element) -> bool:
        is_shown = row.get(f"{_TABLE}visibility", "visible") == "visible"
        return not is_shown or row.get(f"{_TABLE}style-name") in self.rows

    def hides_column(self, column: Element) -> bool:
        is_shown = column.get(f"{_TABLE}visibility", "visible") == "visible"
        return not is_shown or column.get(f"{_TABLE}style-name") in self.columns

    def hides_text(self, element: Element) -> bool:
        """A cell, a paragraph or a stretch by its style, a section by itself."""
        names = (element.get(f"{_TABLE}style-name"), element.get(f"{_TEXT}style-name"))
        is_shown = element.get(f"{_TEXT}display", "true") == "true"
        return not is_shown or any(name in self.texts for name in names)


def open_styles(roots: Iterable[Element]) -> OpenStyles:
    """Of the parts of an open document in which styles may be."""
    styles = [style for root in roots for style in root.iter(f"{_STYLE}style")]
    empty = {name for root in roots for name in _empty_formats(root)}
    return OpenStyles(
        _named(styles, "table-properties", f"{_TABLE}display", re.compile("false")),
        _named(styles, "table-row-properties", f"{_STYLE}row-height", _NOTHING_HIGH),
        _named(styles, "table-column-properties", f"{_STYLE}column-width", _NOTHING_HIGH),
        frozenset(
            style.get(f"{_STYLE}name", "")
            for style in styles
            if _is_unseen(style) or style.get(f"{_STYLE}data-style-name") in empty
        ),
    )


def _named(
    styles: Iterable[Element], properties: str, attribute: str, says: re.Pattern[str]
) -> frozenset[str]:
    return frozenset(
        style.get(f"{_STYLE}name", "")
        for style in styles
        for one in style.iter(f"{_STYLE}{properties}")
        if (value := one.get(attribute)) and says.fullmatch(value)
    )


def _is_unseen(style: Element) -> bool:
    grounds = {
        one.get(f"{_FORMAT}background-color", "").lower()
        for one in style
        if one.get(f"{_FORMAT}background-color")
    }
    return any(
        one.get(f"{_TEXT}display") == "none"
        or (one.get(f"{_FORMAT}color", "").lower() == _WHITE and grounds <= _PLAIN_GROUND)
        for one in style.iter(f"{_STYLE}text-properties")
    )


def _empty_formats(root: Element) -> Iterator[str]:
    """Number formats without any part that writes something."""
    for kind in ("number-style", "text-style"):
        for style in root.iter(f"{_NUMBER}{kind}"):
            parts = [part for part in style if part.tag.startswith(_NUMBER)]
            if not any((part.text or "").strip() or part.tag != f"{_NUMBER}text" for part in parts):
                yield style.get(f"{_STYLE}name", "")


def unseen_cell_styles(book: Any) -> frozenset[int]:
    """Numbers of an Excel book's cell styles that show nothing: white letters on white, or the format `;;;`."""
    return frozenset(
        number
        for number, style in enumerate(book._cell_styles)
        if _shows_nothing(book, style.numFmtId)
        or (_is_white(book._fonts[style.fontId].color) and _is_plain(book._fills[style.fillId]))
    )


def _shows_nothing(book: Any, number: int) -> bool:
    custom = number - 164
    formats = book._number_formats
    return 0 <= custom < len(formats) and bool(_SHOWS_NOTHING.fullmatch(formats[custom]))


def _is_white(color: Any) -> bool:
    if color is None:
        return False
    if color.type == "theme":
        return bool(color.theme == _PAPER and not color.tint)
    return color.type == "rgb" and str(color.rgb).upper().endswith("FFFFFF")


def _is_plain(fill: Any) -> bool:
    kind = getattr(fill, "fill_type", "gradient")
    return kind in (None, "none") or (kind == "solid" and _is_white(fill.fgColor))
