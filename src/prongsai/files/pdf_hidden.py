"""Text of a PDF page that nobody sees who looks at it: covered, invisible, or outside the page.

Few pages look suspicious by what is drawn on them. Those are drawn twice, with their text and without it:
what makes no difference is hidden, however it was done.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2 import raw

from prongsai.files.pdf_drawn import Box, Drawn, drawn_on, is_within, laid_over

# Drawn at some hundred dots an inch; a difference that no eye sees is none.
_SCALE, _LEAST_DIFFERENCE = 1.4, 24
_DARK, _EVEN = 90, 24
_BODY = (0.15, 0.65)
_SCAN_SHARE, _SCAN_HIDDEN = 0.8, 0.6
_TINY = 1.5
# A dot or a rule that is hidden tells nobody anything.
_LEAST_LETTERS = 2
# Hostile pages draw without end; what is drawn last covers.
_MOST_COVERS, _MOST_PAIRS, _MOST_LETTERS, _SAMPLE = 1_000, 2_000_000, 100_000, 200
_INVISIBLE_MODES = frozenset((raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP))


# When it is drawn, and where.
_Covers = list[tuple[int, Box]]


@dataclass(frozen=True)
class Run:
    """Hidden letters as PDFium reads them, how they are hidden, and about where in the page's text (0 to 1)."""

    kind: str
    text: str
    about: float = 0.0


@dataclass
class _Letter:
    sign: str
    box: Box
    drawn: Drawn | None
    kind: str = field(default="")


def hidden_runs(shown: pdfium.PdfPage) -> list[Run]:
    """In the order of the page's text; for a scan with text behind its picture one run of all that text."""
    drawn = drawn_on(shown)
    page = Box(*shown.get_bbox())
    covers = [(one.order, one.box) for one in drawn if one.covers]
    # What is laid over a page is drawn after all that is on it.
    covers += [(len(drawn), box) for box in laid_over(shown)]
    suspects = _suspects(drawn, covers[-_MOST_COVERS:], page)
    letters = list(islice(_letters(shown, drawn), _MOST_LETTERS)) if suspects else []
    if not letters:
        return []
    if len(letters) == _MOST_LETTERS:
        # No page that people made has as many; somebody has to look at this one.
        return [Run("invisible", "".join(letter.sign for letter in letters[:_SAMPLE]))]
    with_text, without_text = _drawings(shown, drawn)
    difference = ImageChops.difference(with_text, without_text)
    for letter, by in _drawn_by(letters, suspects):
        letter.kind = _kind(letter, by, covers, page, difference)
    if _is_scan(letters, drawn, page):
        return _scan_runs(letters, drawn, page, with_text)
    return list(_runs(letters))


def _drawn_by(letters: list[_Letter], suspects: set[int]) -> Iterator[tuple[_Letter, Drawn]]:
    for letter in letters:
        if letter.drawn is not None and letter.drawn.order in suspects:
            yield letter, letter.drawn


def _suspects(drawn: list[Drawn], covers: _Covers, page: Box) -> set[int]:
    """The orders of texts that may be hidden, by how they are drawn and by what is drawn over them."""
    texts = [one for one in drawn if one.is_text]
    if len(texts) * len(covers) > _MOST_PAIRS:
        return {text.order for text in texts}
    grounds = [one for one in drawn if one.covers and one.color is not None][-_MOST_COVERS:]
    return {
        text.order
        for text in texts
        if _is_odd(text, page) or _lies_under(text, covers) or _lies_on_its_color(text, grounds)
    }


def _lies_under(text: Drawn, covers: _Covers) -> bool:
    return any(later > text.order and box.overlaps(text.box) for later, box in covers)


def _lies_on_its_color(text: Drawn, grounds: list[Drawn]) -> bool:
    return any(one.color == text.color and one.box.overlaps(text.box) for one in grounds)


def _is_odd(text: Drawn, page: Box) -> bool:
    is_outside = not is_within(text.box.middle, page)
    is_small = text.size < _TINY
    return text.mode in _INVISIBLE_MODES or text.is_faint or is_outside or is_small


def _letters(shown: pdfium.PdfPage, drawn: list[Drawn]) -> Iterator[_Letter]:
    by_address = {one.address: one for one in drawn if one.is_text}
    texts = shown.get_textpage()
    try:
        for index in range(texts.count_chars()):
            sign = chr(raw.FPDFText_GetUnicode(texts, index))
            left, right, bottom, top = (ctypes.c_double() for _ in range(4))
            raw.FPDFText_GetCharBox(texts, index, left, right, bottom, top)
            owner = raw.FPDFText_GetTextObject(texts, index)
            address = ctypes.cast(owner, ctypes.c_void_p).value
            box = Box(left.value, bottom.value, right.value, top.value)
            yield _Letter(sign, box, by_address.get(address or 0))
    finally:
        texts.close()


def _drawings(shown: pdfium.PdfPage, drawn: list[Drawn]) -> tuple[Image.Image, Image.Image]:
    """The page in greys, as it is and without its text. The page in memory has no text afterwards."""
    with_text = shown.render(scale=_SCALE, grayscale=True).to_pil().convert("L")
    for one in drawn:
        if one.is_text:
            raw.FPDFPageObj_SetIsActive(one.handle, False)
    without_text = shown.render(scale=_SCALE, grayscale=True).to_pil().convert("L")
    return with_text, without_text


def _kind(letter: _Letter, text: Drawn, covers: _Covers, page: Box, difference: Image.Image) -> str:
    """How the letter is hidden; empty for one that is seen."""
    if letter.sign.isspace():
        return ""
    if not is_within(letter.box.middle, page):
        return "off_page"
    if text.size < _TINY:
        return "invisible"
    if _makes_a_difference(difference, letter.box, page):
        return ""
    is_covered = text.mode not in _INVISIBLE_MODES and _is_covered(letter, text.order, covers)
    return "covered" if is_covered else "invisible"


def _makes_a_difference(difference: Image.Image, box: Box, page: Box) -> bool:
    # Tone marks may look out above a bar: the body of the letter counts.
    low, high = (box.bottom + share * box.height for share in _BODY)
    body = Box(box.left, low, box.right, high)
    _least, most = _extremes(_pixels(difference, body, page))
    return most >= _LEAST_DIFFERENCE


def _pixels(picture: Image.Image, box: Box, page: Box) -> Image.Image:
    """What the picture shows in the box, and at least one dot of it."""
    left, right = ((x - page.left) * _SCALE for x in (box.left, box.right))
    top, bottom = ((page.top - y) * _SCALE for y in (box.top, box.bottom))
    return picture.crop((int(left), int(top), int(right) + 1, int(bottom) + 1))


def _extremes(grey: Image.Image) -> tuple[int, int]:
    counts = grey.histogram()
    shades = [shade for shade, count in enumerate(counts) if count]
    return (shades[0], shades[-1]) if shades else (0, 0)


def _is_covered(letter: _Letter, order: int, covers: _Covers) -> bool:
    return any(later > order and is_within(letter.box.middle, box) for later, box in covers)


def _is_scan(letters: list[_Letter], drawn: list[Drawn], page: Box) -> bool:
    told = [letter for letter in letters if not letter.sign.isspace()]
    hidden = [letter for letter in told if letter.kind]
    fills = any(one.is_picture and one.box.area >= _SCAN_SHARE * page.area for one in drawn)
    return fills and len(hidden) >= _SCAN_HIDDEN * len(told)


def _scan_runs(
    letters: list[_Letter], drawn: list[Drawn], page: Box, picture: Image.Image
) -> list[Run]:
    """All of it once, and what a bar hides in the picture while the text behind still says it."""
    bars = [one for one in drawn if one.covers and one.box.area < _SCAN_SHARE * page.area]
    for letter in letters:
        is_barred = any(is_within(letter.box.middle, bar.box) for bar in bars)
        is_told = not letter.sign.isspace()
        is_bar = is_told and (is_barred or _is_dark(_pixels(picture, letter.box, page)))
        letter.kind = "covered" if is_bar else ""
    return [*_runs(letters), Run("scan_layer", "")]


def _is_dark(pixels: Image.Image) -> bool:
    least, most = _extremes(pixels)
    return most - least < _EVEN and most < _DARK


def _runs(letters: list[_Letter]) -> Iterator[Run]:
    kind, run, begun = "", "", 0
    for index, letter in enumerate([*letters, _Letter("", Box(0, 0, 0, 0), None)]):
        if letter.sign.isspace():
            run += letter.sign if kind else ""
            continue
        if letter.kind != kind:
            if kind and sum(map(str.isalnum, run)) >= _LEAST_LETTERS:
                yield Run(kind, run.strip(), begun / len(letters))
            kind, run, begun = letter.kind, "", index
        run += letter.sign
