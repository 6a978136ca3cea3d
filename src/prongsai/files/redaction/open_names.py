"""New names for the styles of an open document: writers call them as they like, also by whom they were made for.

Programs write a space in a name as “_20_” and a first digit as “_31_”: a covered text in it is not found again.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from prongsai.files.redaction.open_cleaning import NAMED

_ENCODED = re.compile(r"_([0-9a-fA-F]{1,5})_")
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_REFERENCES = ("style-name", "page-name", "layout-name", "font-name", "name-asian", "name-complex")
# Of automatic styles (“P12”, “Mfr1”); a longer name may be one of somebody.
_LONGEST_SIGN, _MOST_DIGITS = 3, 4
_OWN_WORDS = frozenset(
    (
        *("anchor", "body", "bullet", "bullets", "caption", "characters", "contents", "default"),
        *("emphasis", "endnote", "endnotes", "first", "font", "footer", "footnote", "footnotes"),
        *("frame", "graphics", "header", "heading", "horizontal", "index", "internet", "landscape"),
        *("left", "line", "link", "list", "normal", "number", "numbering", "outline", "page"),
        *("paragraph", "quotations", "right", "standard", "strong", "style", "subtitle"),
        *("symbol", "symbols", "table", "text", "title", "visited"),
    )
)


def rename_styles(roots: Iterable[Element]) -> None:
    """Whatever is not a word of the programs themselves; the same name becomes the same everywhere."""
    made: dict[str, str] = {}
    for element, key in _names(roots):
        name = element.attrib[key]
        if not _is_own(name):
            element.attrib[key] = made.setdefault(name, f"X{len(made) + 1}")


def _names(roots: Iterable[Element]) -> Iterator[tuple[Element, str]]:
    for element in (each for root in roots for each in root.iter()):
        is_named = str(element.tag).startswith(NAMED)
        for key in element.attrib:
            local = key.rpartition("}")[2]
            if local.endswith(_REFERENCES) or (is_named and local == "name"):
                yield element, key


def _is_own(name: str) -> bool:
    plain = _ENCODED.sub(lambda found: chr(int(found[1], 16)), name)
    pieces = _PIECE.findall(plain)
    others = [piece for piece in pieces if piece.isalpha() and piece.lower() not in _OWN_WORDS]
    digits = sum(len(piece) for piece in pieces if piece.isdigit())
    return (
        plain.isascii()
        and digits <= _MOST_DIGITS
        and len(others) <= 1
        and all(len(other) <= _LONGEST_SIGN for other in others)
    )
