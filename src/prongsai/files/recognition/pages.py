"""Pages of files as pictures: for reading them, and for showing them beside their text."""

import math
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from prongsai.files import rules
from prongsai.files.recognition.engine import recognise
from prongsai.files.recognition.printed import Recognised

RESOLUTION = 300
POINTS_PER_INCH = 72
# A3 at 300 dpi is 17 million points; larger pages are read at less.
MAX_POINTS = 25_000_000
_SHOWN_QUALITY = 80
_FORMATS = {rules.PNG: "PNG", rules.JPEG: "JPEG", rules.WEBP: "WEBP"}


def recognise_page(path: Path, media_type: str, number: int) -> Recognised:
    """The text of page `number` (from 1) of a PDF, or of a picture, whose number is 1.

    Raises what PDFium, Pillow and memory raise: ask through `isolated`.
    """
    if media_type == rules.PDF:
        return recognise(_drawn(path, number, _reading_scale, is_grey=True))
    return recognise(_opened(path, media_type, number, _within_limit).convert("L"))


def page_picture(path: Path, media_type: str, number: int, width: int) -> bytes:
    """The page as a JPEG picture, `width` points wide, or less where it would be very high."""

    def size_of(wide: float, high: float) -> float:
        return min(width / wide, math.sqrt(MAX_POINTS / (wide * high)))

    if media_type == rules.PDF:
        picture = _drawn(path, number, size_of, is_grey=False)
    else:
        picture = _opened(path, media_type, number, size_of)
    shown = BytesIO()
    picture.convert("RGB").save(shown, "JPEG", quality=_SHOWN_QUALITY)
    return shown.getvalue()


def _reading_scale(wide: float, high: float) -> float:
    return min(RESOLUTION / POINTS_PER_INCH, _within_limit(wide, high, enlarge=True))


def _within_limit(wide: float, high: float, *, enlarge: bool = False) -> float:
    scale = math.sqrt(MAX_POINTS / (wide * high))
    return scale if enlarge else min(1.0, scale)


def _drawn(
    path: Path, number: int, scale_for: Callable[[float, float], float], *, is_grey: bool
) -> Image.Image:
    document = pdfium.PdfDocument(path)
    try:
        # Without it, what was filled into a form is not drawn.
        document.init_forms()
        page = document[number - 1]
        try:
            drawn = page.render(scale=scale_for(*page.get_size()), grayscale=is_grey)
            picture: Image.Image = drawn.to_pil()
            return picture.convert("L" if is_grey else "RGB")
        finally:
            page.close()
    finally:
        document.close()


def _opened(
    path: Path, media_type: str, number: int, scale_for: Callable[[float, float], float]
) -> Image.Image:
    if number != 1:
        raise IndexError(number)
    with Image.open(path, formats=[_FORMATS[media_type]]) as image:
        if image.width * image.height > rules.MAX_PIXELS:
            raise Image.DecompressionBombError
        # JPEG can be opened smaller at once, which spares memory; either way round, for it may be turned.
        side = math.ceil(max(image.size) * scale_for(*image.size))
        image.draft(None, (side, side))
        ImageOps.exif_transpose(image, in_place=True)
        scale = scale_for(*image.size)
        wanted = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        return _on_paper(image).resize(wanted, Image.Resampling.BOX)


def _on_paper(image: Image.Image) -> Image.Image:
    """What is transparent in a picture shows the paper, not black."""
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image if image.mode in ("L", "RGB") else image.convert("RGB")
    shown = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")
