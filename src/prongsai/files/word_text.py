"""The text of a Word part, piece by piece: a row of a table is one line, boxes come after their paragraph."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from prongsai.files.hidden_marks import free_of_marks, marked
from prongsai.files.odf_text import IN_CELL
from prongsai.files.office_hidden import hidden_in_word
from prongsai.files.word_numbers import W

PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
SHOWN_TAGS = frozenset((f"{W}t", f"{W}delText"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NUMBERED = frozenset(
    f"{W}{name}" for name in ("footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef")
)
_SPLIT = (f"{W}tc", f"{W}tr", f"{W}tbl")
_WIDEST = 64

Piece = tuple[str, Element | None]
_NONE: Mapping[Element, str] = MappingProxyType({})


def word_text(element: Element, numbers: Mapping[Element, str] = _NONE) -> str:
    hidden = hidden_in_word(element)
    return "".join(
        marked(free_of_marks(piece), hidden[writer]) if writer in hidden else free_of_marks(piece)
        for piece, writer in word_pieces(element, numbers)
    )


def word_pieces(element: Element, numbers: Mapping[Element, str] = _NONE) -> Iterator[Piece]:
    """The text piece by piece, with the element that writes it, or None for what Word writes by itself.

    Text boxes stand twice, for new and for old programs; the old one's copy is left out.
    """
    if element.tag in SHOWN_TAGS:
        yield element.text or "", element
    elif element.tag in _SIGNS:
        yield _SIGNS[element.tag], None
    elif element.tag in _NUMBERED:
        yield numbers.get(element, ""), None
    elif element.tag == f"{W}p":
        yield from _paragraph(element, numbers)
    elif element.tag == f"{W}tr":
        yield from _row(element, numbers)
    elif element.tag != _FALLBACK:
        for child in element:
            yield from word_pieces(child, numbers)


def _paragraph(element: Element, numbers: Mapping[Element, str]) -> Iterator[Piece]:
    if number := numbers.get(element):
        yield number, None
    boxes: list[Element] = []
    for child in element:
        yield from _beside_boxes(child, numbers, boxes)
    yield "\n", None
    for box in boxes:
        yield from word_pieces(box, numbers)


def _beside_boxes(
    element: Element, numbers: Mapping[Element, str], boxes: list[Element]
) -> Iterator[Piece]:
    """A box is anchored somewhere in a sentence, which it does not interrupt on paper."""
    if element.tag == f"{W}txbxContent":
        boxes.append(element)
    elif element.tag == f"{W}p" or not len(element):
        yield from word_pieces(element, numbers)
    elif element.tag != _FALLBACK:
        for child in element:
            yield from _beside_boxes(child, numbers, boxes)


def _row(element: Element, numbers: Mapping[Element, str]) -> Iterator[Piece]:
    """A cell over several columns leaves the others empty, so that columns stay below each other."""
    cells = list(_cells(element))
    before = element.find(f"{W}trPr/{W}gridBefore")
    yield "\t" * (0 if before is None else _count(before)), None
    for cell in cells:
        pieces = [piece for child in cell for piece in word_pieces(child, numbers)]
        if cell.find(f".//{W}tbl") is not None:
            # A table in a cell has rows of its own.
            yield from (*_ended(pieces), ("\n", None))
        else:
            # A row of one cell is a frame around a text.
            yield from _ended(pieces) if len(cells) == 1 else map(_in_cell, _ended(pieces))
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        yield "\t" * (1 if span is None else _count(span)), None
    yield "\n", None


def _ended(pieces: list[Piece]) -> list[Piece]:
    while pieces and pieces[-1] == ("\n", None):
        pieces = pieces[:-1]
    return pieces


def _cells(row: Element) -> Iterator[Element]:
    """Also those that a control or a change wraps."""
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag not in _SPLIT:
            yield from _cells(child)


def _in_cell(piece: Piece) -> Piece:
    return (IN_CELL, None) if piece == ("\n", None) else piece


def _count(element: Element) -> int:
    said = element.get(f"{W}val", "1")
    return min(int(said), _WIDEST) if said.isascii() and said.isdigit() else 1
