"""A picture of which a box covers a part may be drawn on other pages, too."""

import ctypes
import hashlib
from collections.abc import Iterator, Mapping, Sequence

import pypdfium2 as pdfium
from pikepdf import Matrix
from pypdfium2 import raw as pdfium_raw

from prongsai.files.locating import Box
from prongsai.files.redaction.pictures import shows_ink

_FINE = 1_000_000


def pages_with_covered_pictures(
    document: pdfium.PdfDocument, boxes: Mapping[int, Sequence[Box]]
) -> list[int]:
    """The pages without a box that draw a picture of which something visible is covered. The lock must be held.

    Pictures within forms are not followed.
    """
    covered = {
        digest
        for number, on_page in boxes.items()
        for digest in _covered_pictures(document, number, on_page)
    }
    if not covered:
        return []
    return [
        number
        for number in range(1, len(document) + 1)
        if number not in boxes and covered & {one for one, _ in _pictures(document, number)}
    ]


def _covered_pictures(
    document: pdfium.PdfDocument, number: int, boxes: Sequence[Box]
) -> Iterator[str]:
    page = document[number - 1]
    for digest, picture in _pictures(document, number):
        if any(_shows_ink_under(page, picture, box) for box in boxes):
            yield digest
    page.close()


def _pictures(document: pdfium.PdfDocument, number: int) -> Iterator[tuple[str, pdfium.PdfImage]]:
    page = document[number - 1]
    for picture in page.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_IMAGE], max_depth=1):
        raw = bytes(picture.get_data(decode_simple=False))
        yield hashlib.sha256(raw).hexdigest(), picture


def _shows_ink_under(page: pdfium.PdfPage, picture: pdfium.PdfImage, box: Box) -> bool:
    """Whether the part of the picture that lies under the box is more than empty paper."""
    matrix = Matrix(*picture.get_matrix().get())
    if abs(matrix.a * matrix.d - matrix.b * matrix.c) < 1e-9:
        return False
    back = matrix.inverse()
    corners = [
        back.transform(_on_page(page, across, down))
        for across in (box.left, box.right)
        for down in (box.top, box.bottom)
    ]
    # A picture is drawn into the unit square, with its first row on top.
    left, right = sorted(min(max(edge, 0.0), 1.0) for edge in _ends(x for x, _y in corners))
    low, high = sorted(min(max(edge, 0.0), 1.0) for edge in _ends(y for _x, y in corners))
    if right - left <= 0 or high - low <= 0:
        return False
    bitmap = picture.get_bitmap()
    try:
        return shows_ink(bitmap.to_pil(), Box(box.page, left, 1 - high, right, 1 - low))
    finally:
        bitmap.close()


def _ends(values: Iterator[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[0], ordered[-1]


def _on_page(page: pdfium.PdfPage, across: float, down: float) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    place = round(across * _FINE), round(down * _FINE)
    pdfium_raw.FPDF_DeviceToPage(
        page, 0, 0, _FINE, _FINE, 0, *place, ctypes.byref(x), ctypes.byref(y)
    )
    return x.value, y.value
