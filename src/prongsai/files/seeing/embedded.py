"""Pictures that stand in a document: in the package of an office document, on a page of a PDF."""

import ctypes
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError
from pypdfium2 import raw as pdfium_raw

from prongsai.files.recognition.straightening import Box

_PICTURES = re.compile(r"(?:^|/)(?:media|Pictures)/[^/]+$")
_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")
# More of them are no document; so large ones are looked at smaller.
_MOST, _LONGEST = 300, 1_800
_MOST_POINTS = 50_000_000
# In points of a page, across and down: a signature is larger, dots and rules are not.
_LEAST_WIDE, _LEAST_HIGH = 36.0, 16.0
_DEEPEST = 4
_FINE = 1_000_000


def has_pictures(shown: pdfium.PdfPage) -> bool:
    """Whether a picture on the page is large enough to show a face or a signature."""
    return any(True for _box in _bounds(shown))


def placed_pictures(path: Path, number: int) -> list[Box]:
    """Where pictures stand on the page, in parts of it as it is shown. One that fills the page is one of them."""
    document = pdfium.PdfDocument(path)
    try:
        page = document[number - 1]
        placed = [_shown(page, box) for box in _bounds(page)]
        page.close()
        return placed
    finally:
        document.close()


def _bounds(shown: pdfium.PdfPage) -> Iterator[Box]:
    for one in shown.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST):
        left, bottom, right, top = one.get_bounds()
        if right - left >= _LEAST_WIDE and top - bottom >= _LEAST_HIGH:
            yield left, bottom, right, top


def _shown(page: pdfium.PdfPage, box: Box) -> Box:
    across, down = ctypes.c_int(), ctypes.c_int()
    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        pdfium_raw.FPDF_PageToDevice(
            page, 0, 0, _FINE, _FINE, 0, x, y, ctypes.byref(across), ctypes.byref(down)
        )
        corners.append((across.value / _FINE, down.value / _FINE))
    (x1, y1), (x2, y2) = corners
    edges = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
    left, top, right, bottom = (min(1.0, max(0.0, edge)) for edge in edges)
    return left, top, right, bottom


def picture_names(archive: zipfile.ZipFile) -> list[str]:
    """Of an office document, in the order by which its pictures are counted from 1."""
    return [name for name in archive.namelist() if _PICTURES.search(name)]


def embedded_pictures(path: Path) -> Iterator[tuple[int, Image.Image | None]]:
    """Those of an office document with their numbers, one after the other, upright as they lie there.

    None for one that nobody can look at: drawings (EMF, WMF, SVG), what is damaged, far too large, or one too many.
    """
    with zipfile.ZipFile(path) as archive:
        for number, name in enumerate(picture_names(archive), start=1):
            yield number, _opened(archive.read(name)) if number <= _MOST else None


def _opened(content: bytes) -> Image.Image | None:
    """None for drawings, and for what is damaged or far too large."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_POINTS:
                return None
            image.draft("RGB", (_LONGEST, _LONGEST))
            shown = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
    shown.thumbnail((_LONGEST, _LONGEST), Image.Resampling.BOX)
    paper = Image.new("RGBA", shown.size, "white")
    return Image.alpha_composite(paper, shown).convert("RGB")
