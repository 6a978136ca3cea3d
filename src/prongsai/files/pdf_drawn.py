"""What is drawn on a page of a PDF, in the order of drawing, with its place on the page."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pikepdf import Matrix
from pypdfium2 import raw

_OPAQUE, _FAINT, _WHITE = 250, 26, 235
# Thinner than this it is a line, which covers nothing.
_THIN = 4.0
_DEEPEST = 8
_PLAIN = Matrix()
_OVERLAYS = frozenset(
    (
        *(raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_INK),
        *(raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_REDACT, raw.FPDF_ANNOT_HIGHLIGHT),
        *(raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_FREETEXT),
    )
)


@dataclass(frozen=True)
class Box:
    """In points, from the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.height)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )


def is_within(point: tuple[float, float], box: Box) -> bool:
    return box.left <= point[0] <= box.right and box.bottom <= point[1] <= box.top


@dataclass(frozen=True)
class Drawn:
    """`mode` and `size` (in points) are of text; `covers` holds for what hides whatever lies beneath it."""

    handle: Any
    order: int
    kind: int
    box: Box
    color: tuple[int, int, int] | None = None
    alpha: int = 255
    mode: int = 0
    size: float = 0.0
    is_filled: bool = False

    @property
    def address(self) -> int:
        return ctypes.cast(self.handle, ctypes.c_void_p).value or 0

    @property
    def is_text(self) -> bool:
        return self.kind == int(raw.FPDF_PAGEOBJ_TEXT)

    @property
    def is_picture(self) -> bool:
        return self.kind == int(raw.FPDF_PAGEOBJ_IMAGE)

    @property
    def is_faint(self) -> bool:
        """White, or nearly without colour."""
        return self.alpha < _FAINT or (self.color is not None and min(self.color) >= _WHITE)

    @property
    def covers(self) -> bool:
        is_path = self.kind == raw.FPDF_PAGEOBJ_PATH and self.is_filled and self.alpha >= _OPAQUE
        is_large = min(self.box.right - self.box.left, self.box.height) >= _THIN
        return is_large and (is_path or self.is_picture or self.kind == raw.FPDF_PAGEOBJ_SHADING)


def drawn_on(shown: pdfium.PdfPage) -> list[Drawn]:
    """All that is drawn, forms taken apart."""
    return [_drawn(handle, order, matrix) for order, (handle, matrix) in enumerate(_walk(shown))]


def laid_over(shown: pdfium.PdfPage) -> list[Box]:
    """Boxes, stamps, strokes and the like that somebody laid over the page; no links, fields or notes."""
    boxes = []
    for index in range(max(0, raw.FPDFPage_GetAnnotCount(shown))):
        note = raw.FPDFPage_GetAnnot(shown, index)
        place = raw.FS_RECTF()
        if raw.FPDFAnnot_GetSubtype(note) in _OVERLAYS and raw.FPDFAnnot_GetRect(note, place):
            across, up = (place.left, place.right), (place.bottom, place.top)
            boxes.append(Box(min(across), min(up), max(across), max(up)))
        raw.FPDFPage_CloseAnnot(note)
    return boxes


def _walk(shown: pdfium.PdfPage) -> Iterator[tuple[Any, Matrix]]:
    for index in range(max(0, raw.FPDFPage_CountObjects(shown))):
        yield from _taken_apart(raw.FPDFPage_GetObject(shown, index), _PLAIN, 0)


def _taken_apart(handle: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM or depth >= _DEEPEST:
        yield handle, matrix
        return
    inner = _matrix(handle) @ matrix
    for index in range(max(0, raw.FPDFFormObj_CountObjects(handle))):
        yield from _taken_apart(raw.FPDFFormObj_GetObject(handle, index), inner, depth + 1)


def _matrix(handle: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, found)
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _drawn(handle: Any, order: int, matrix: Matrix) -> Drawn:
    kind = raw.FPDFPageObj_GetType(handle)
    box = _box(handle, matrix)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        size = _size(handle, matrix)
        return Drawn(handle, order, kind, box, *_color(handle), mode=mode, size=size)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(handle, fill, stroke)
        is_filled = fill.value != raw.FPDF_FILLMODE_NONE
        return Drawn(handle, order, kind, box, *_color(handle), is_filled=is_filled)
    return Drawn(handle, order, kind, box)


def _size(handle: Any, matrix: Matrix) -> float:
    written, found = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(handle, written)
    raw.FPDFPageObj_GetMatrix(handle, found)
    scale = found.a * found.d - found.b * found.c
    if matrix is not _PLAIN:
        scale *= matrix.a * matrix.d - matrix.b * matrix.c
    return abs(written.value) * math.sqrt(abs(scale))


def _color(handle: Any) -> tuple[tuple[int, int, int] | None, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return None, 255
    return (red.value, green.value, blue.value), alpha.value


def _box(handle: Any, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    if matrix is _PLAIN:
        return Box(left.value, bottom.value, right.value, top.value)
    corners = [
        matrix.transform((x, y))
        for x in (left.value, right.value)
        for y in (bottom.value, top.value)
    ]
    across, up = zip(*corners, strict=True)
    return Box(min(across), min(up), max(across), max(up))
