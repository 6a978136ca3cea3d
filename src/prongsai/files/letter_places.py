"""Where the letters of a PDF's text layer stand on the page as it is shown."""

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_raw

from prongsai.files import rules
from prongsai.files.aligning import aligned
from prongsai.files.locating import Letter, Located
from prongsai.files.pdf_pages import ONE_AT_A_TIME
from prongsai.files.rules import PageText

# PDFium answers in whole points of the picture that it is asked about.
_FINE = 1_000_000
# As weights of fonts are counted: 400 is usual, 700 bold.
_BOLD, _BOLD_NAME, _LONGEST_NAME = 600, re.compile(rb"(?i)bold|black|heavy"), 120


def locate(path: Path, media_type: str, page: PageText) -> Located:
    """By the words that a reader of pictures gave, or by the text layer of a PDF."""
    if page.words or media_type != rules.PDF:
        return Located(page, (None,) * len(page.text))
    with ONE_AT_A_TIME:
        document = pdfium.PdfDocument(path)
        try:
            letters = page_letters(document, page.number - 1)
        finally:
            document.close()
    return located(page, letters)


def located(page: PageText, letters: Sequence[Letter]) -> Located:
    places = aligned(page.text, "".join(letter.letter for letter in letters))
    return Located(page, tuple(None if at is None else letters[at] for at in places))


def page_letters(document: pdfium.PdfDocument, index: int) -> list[Letter]:
    """Every letter that PDFium finds, in its order. The lock must be held."""
    page = document[index]
    texts = page.get_textpage()
    try:
        return list(_letters(page, texts))
    finally:
        texts.close()
        page.close()


def _letters(page: pdfium.PdfPage, texts: pdfium.PdfTextPage) -> Iterator[Letter]:
    for index in range(texts.count_chars()):
        code = pdfium_raw.FPDFText_GetUnicode(texts, index)
        # PDFium's sign for a hyphen at the end of a line is no letter of anybody.
        letter = chr(code) if 0x20 < code < 0x110000 and code != 0xFFFE else " "
        if letter.isspace() or pdfium_raw.FPDFText_IsGenerated(texts, index) == 1:
            continue
        edges = texts.get_charbox(index), texts.get_charbox(index, loose=True)
        low = [min(one, other) for one, other in zip(*edges, strict=True)][:2]
        high = [max(one, other) for one, other in zip(*edges, strict=True)][2:]
        one = _shown(page, low[0], low[1])
        other = _shown(page, high[0], high[1])
        left, right = sorted((one[0], other[0]))
        top, bottom = sorted((one[1], other[1]))
        em, is_bold = _type_of(texts, index)
        turned = _is_upended(page, texts, index)
        yield Letter(letter, left, top, right, bottom, turned, em / page.get_height(), is_bold)


def _type_of(texts: pdfium.PdfTextPage, index: int) -> tuple[float, bool]:
    """In points of the page as it is shown; a program may write small letters and enlarge them."""
    matrix, name = pdfium_raw.FS_MATRIX(), ctypes.create_string_buffer(_LONGEST_NAME)
    pdfium_raw.FPDFText_GetMatrix(texts, index, ctypes.byref(matrix))
    pdfium_raw.FPDFText_GetFontInfo(texts, index, name, _LONGEST_NAME, None)
    weight = pdfium_raw.FPDFText_GetFontWeight(texts, index)
    size = float(pdfium_raw.FPDFText_GetFontSize(texts, index))
    return size * math.hypot(matrix.c, matrix.d), bool(
        weight >= _BOLD or _BOLD_NAME.search(name.value)
    )


def _is_upended(page: pdfium.PdfPage, texts: pdfium.PdfTextPage, index: int) -> bool:
    angle = math.degrees(float(pdfium_raw.FPDFText_GetCharAngle(texts, index)))
    quarters = round((angle + int(page.get_rotation())) / 90)
    return quarters % 2 == 1


def _shown(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_raw.FPDF_PageToDevice(
        page, 0, 0, _FINE, _FINE, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value / _FINE, down.value / _FINE
