"""How often the pages of a PDF draw their forms: drawings in drawings double with every step."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

from prongsai.files.refusals import Refused

# Far above what maps with symbols need, far below what keeps a reader busy for minutes.
MAX_DRAWN = 100_000
# As deep as PDFium itself goes.
_DEEPEST = 40
_OF_PIXELS = frozenset(
    ("/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode")
)
_DO = re.compile(rb"\bDo\b")
_NAMED = re.compile(rb"/([^\s\x00/<>\[\](){}%#]+)[\s\x00]+Do\b")
Known = dict[tuple[int, int], int]


def refuse_endless_drawings(pdf: pikepdf.Pdf) -> None:
    """Raises `Refused` for pages that draw more forms than any reader could in time."""
    drawn = 0
    for page in pdf.pages:
        # Of this page alone: a form without resources of its own takes those of the page that draws it.
        drawn += _drawn_by(_contents(page.obj), page.resources, page.resources, {}, 0)
        if drawn > MAX_DRAWN:
            raise Refused("pdf_bomb")


def _contents(page: pikepdf.Object) -> bytes:
    written: Any = page.get("/Contents", [])
    pieces = [written] if isinstance(written, pikepdf.Stream) else list(written)
    return b"\n".join(_unpacked(one) for one in pieces if isinstance(one, pikepdf.Stream))


def _unpacked(stream: pikepdf.Stream) -> bytes:
    """Nothing of what is packed as pixels: no reader takes those for commands."""
    filters: Any = stream.get("/Filter", [])
    names = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
    if any(str(name) in _OF_PIXELS for name in names):
        return b""
    return stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)


def _drawn_by(
    contents: bytes, own: pikepdf.Object, pages: pikepdf.Object, known: Known, depth: int
) -> int:
    """How many forms are drawn, those in forms included. A name that is written in disguise may be any of them."""
    if depth > _DEEPEST:
        raise Refused("pdf_bomb")
    calls = len(_DO.findall(contents))
    if not calls:
        return 0
    weights = {name: _weight(form, pages, known, depth) for name, form in _forms(own)}
    named = Counter(name.decode("latin-1") for name in _NAMED.findall(contents))
    drawn = sum(times * weights.get(f"/{name}", 0) for name, times in named.items())
    return drawn + max(0, calls - named.total()) * max(weights.values(), default=0)


def _forms(resources: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Stream]]:
    for name, form in resources.get("/XObject", {}).items():
        if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
            yield name, form


def _weight(form: pikepdf.Stream, pages: pikepdf.Object, known: Known, depth: int) -> int:
    """Of one that draws itself, readers break the circle."""
    place = form.objgen
    if place not in known:
        known[place] = 0
        own = form.get("/Resources", pages)
        drawn = _drawn_by(_unpacked(form), own, pages, known, depth + 1)
        known[place] = min(MAX_DRAWN + 1, 1 + drawn)
    return known[place]
