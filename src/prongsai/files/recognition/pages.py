"""Pages of files as pictures: for reading them, and for showing them beside their text."""

import math
import warnings
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
    return recognise(page_image(path, media_type, number))


def page_image(path: Path, media_type: str, number: int) -> Image.Image:
    """The page as a grey picture of 300 dots an inch, or as many as it has, within `MAX_POINTS`."""
    if media_type == rules.PDF:
        return _drawn(path, number, _reading_scale, mode="L")
    return _opened(path, media_type, number, _within_limit, mode="L")


def page_picture(path: Path, media_type: str, number: int, width: int) -> bytes:
    """The page as a JPEG picture, `width` points wide, or less where it would be very high."""

    def size_of(wide: float, high: float) -> float:
        return min(width / wide, math.sqrt(MAX_POINTS / (wide * high)))

    if media_type == rules.PDF:
        picture = _drawn(path, number, size_of, mode="RGB")
    else:
        picture = _opened(path, media_type, number, size_of, mode="RGB")
    shown = BytesIO()
    picture.save(shown, "JPEG", quality=_SHOWN_QUALITY)
    return shown.getvalue()


def _reading_scale(wide: float, high: float) -> float:
    return min(RESOLUTION / POINTS_PER_INCH, _within_limit(wide, high, enlarge=True))


def _within_limit(wide: float, high: float, *, enlarge: bool = False) -> float:
    scale = math.sqrt(MAX_POINTS / (wide * high))
    return scale if enlarge else min(1.0, scale)


def _drawn(
    path: Path, number: int, scale_for: Callable[[float, float], float], *, mode: str
) -> Image.Image:
    document = pdfium.PdfDocument(path)
    try:
        # Without it, what was filled into a form is not drawn.
        document.init_forms()
        if not 1 <= number <= len(document):
            raise IndexError(number)
        page = document[number - 1]
        try:
            drawn = page.render(scale=scale_for(*page.get_size()), grayscale=mode == "L")
            picture: Image.Image = drawn.to_pil()
            return picture.convert(mode)
        finally:
            page.close()
    finally:
        document.close()


def _opened(
    path: Path,
    media_type: str,
    number: int,
    scale_for: Callable[[float, float], float],
    *,
    mode: str,
) -> Image.Image:
    if number != 1:
        raise IndexError(number)
    with warnings.catch_warnings():
        # Our own limit comes below; Pillow's warning would only be noise in the log.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        opened = Image.open(path, formats=[_FORMATS[media_type]])
    with opened as image:
        if image.width * image.height > rules.MAX_PIXELS:
            raise Image.DecompressionBombError
        # JPEG can be opened smaller and grey at once, which spares memory.
        side = math.ceil(max(image.size) * scale_for(*image.size))
        image.draft(mode, (side, side))
        ImageOps.exif_transpose(image, in_place=True)
        scale = scale_for(*image.size)
        wanted = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        return _on_paper(image, mode).resize(wanted, Image.Resampling.BOX)


def _on_paper(image: Image.Image, mode: str) -> Image.Image:
    """What is transparent in a picture shows the paper, not black."""
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image.convert(mode)
    shown = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert(mode)
