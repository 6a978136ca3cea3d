"""The text of an open document's elements: a row is one line; notes, remarks and boxes come after their paragraph."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from xml.etree.ElementTree import Element

from prongsai.files.hidden_marks import free_of_marks
from prongsai.files.odf_numbers import TEXT

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ROW, _PARAGRAPHS = f"{_TABLE}table-row", (f"{TEXT}p", f"{TEXT}h")
_SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n", f"{TEXT}s": " "}
# What stands inside of a sentence in the file, and outside of it on paper.
_APART = frozenset(
    (
        f"{TEXT}note-body",
        "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation",
        "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box",
    )
)
# Two spaces end a name as a cell's edge does; a tab would begin another cell.
IN_CELL = "  "

Around = Callable[[Element, str], str]


def _as_it_is(_element: Element, text: str) -> str:
    return text


@dataclass(frozen=True)
class _Said:
    """What an element says, and what it says apart from its paragraph."""

    text: str
    apart: str = ""


@dataclass(frozen=True)
class _Reader:
    around: Around
    numbers: Mapping[Element, str]

    def said(self, element: Element, *, is_line: bool = False) -> _Said:
        """`is_line` for a cell whose row must stay one line."""
        lines = _cells_in_line(element)
        parts = [(self.said(child, is_line=child in lines), _own(child.tail)) for child in element]
        inside = _own(element.text) + "".join(part.text + tail for part, tail in parts)
        apart = "".join(part.apart for part, _tail in parts)
        if element.tag in _PARAGRAPHS:
            whole = f"{self.numbers.get(element, '')}{inside}\n{apart}"
            return _Said(self.around(element, whole))
        if element.tag in _APART:
            whole = inside + apart
            whole = whole if not whole or whole.endswith("\n") else whole + "\n"
            return _Said("", self.around(element, whole))
        text = self.around(element, _written(element, inside, is_line=is_line))
        return _Said(text, self.around(element, apart))


def _cells_in_line(element: Element) -> frozenset[Element]:
    """A row of one cell is a frame around a text, and a table in a cell has rows of its own."""
    cells = [child for child in element if element.tag == _ROW and child.tag in _CELLS]
    is_frame = len(cells) == 1
    return frozenset(
        cell for cell in cells if not is_frame and cell.find(f".//{_TABLE}table") is None
    )


def _written(element: Element, inside: str, *, is_line: bool) -> str:
    if element.tag == f"{TEXT}note-citation":
        return f"[{inside}]"
    if element.tag in _CELLS:
        stripped = inside.rstrip("\n")
        return (in_one_line(stripped) if is_line else stripped) + "\t"
    if element.tag == _ROW:
        return inside + "\n"
    return _SIGNS.get(element.tag, "") + inside


def odf_text(
    element: Element,
    around: Around = _as_it_is,
    numbers: Mapping[Element, str] = MappingProxyType({}),
) -> str:
    """`around` may put marks around what an element says; `numbers` stand before paragraphs."""
    said = _Reader(around, numbers).said(element)
    return said.text + said.apart


def in_one_line(text: str) -> str:
    """The paragraphs of a cell, which must not break its row."""
    return re.sub(r"\s*\n\s*", IN_CELL, text)


def _own(text: str | None) -> str:
    return free_of_marks(text or "").strip("\n")
