"""Pages of files as pictures: for reading them, and for showing them beside their text."""

import math
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from prongsai.files import rules
from prongsai.files.recognition.engine import recognise
from prongsai.files.recognition.printed import Recognised
from prongsai.files.rules import Sight
from prongsai.files.seeing.embedded import embedded_pictures, placed_pictures
from prongsai.files.seeing.looking import sights_in_picture, sights_on

RESOLUTION = 300
POINTS_PER_INCH = 72
# A3 at 300 dpi is 17 million points; larger pages are read at less.
MAX_POINTS = 25_000_000
_SHOWN_QUALITY = 80
# The shorter side: on a page so large, a face on an ID card has some 75 points.
_SEEN = 1_000
_FORMATS = {rules.PNG: "PNG", rules.JPEG: "JPEG", rules.WEBP: "WEBP"}


def recognise_page(path: Path, media_type: str, number: int) -> Recognised:
    """The text of page `number` (from 1) of a PDF, or of a picture, whose number is 1, and what is seen there.

    Raises what PDFium, Pillow and memory raise: ask through `isolated`.
    """
    read = recognise(page_image(path, media_type, number))
    seen = sights_on(colour_picture(path, media_type, number), read.text, read.words)
    return replace(read, sights=seen)


def look_at_page(path: Path, media_type: str, number: int) -> Recognised:
    """What is seen in the pictures of a page that has a text of its own, or in those of an office document.

    Raises as `recognise_page`.
    """
    if media_type in rules.OFFICE_FORMATS:
        return Recognised("", 0.0, (), _sights_in_document(path))
    return Recognised("", 0.0, (), tuple(_sights_in_pdf(path, number)))


def _sights_in_document(path: Path) -> tuple[Sight, ...]:
    """They have no place on a page: which picture they are in is all that is known."""
    found = [
        (kind, number)
        for number, picture in embedded_pictures(path)
        for kind in dict.fromkeys(_kinds(picture))
    ]
    return tuple(Sight(kind, 0.0, 0.0, 1.0, 1.0, number) for kind, number in found)


def _kinds(picture: Image.Image | None) -> list[str]:
    if picture is None:
        return ["unseen"]
    return [sight.kind for sight in sights_in_picture(picture)]


def _sights_in_pdf(path: Path, number: int) -> Iterator[Sight]:
    page = colour_picture(path, rules.PDF, number)
    wide, high = page.size
    for left, top, right, bottom in placed_pictures(path, number):
        cut = page.crop(
            (int(left * wide), int(top * high), math.ceil(right * wide), math.ceil(bottom * high))
        )
        for sight in sights_in_picture(cut):
            across, down = right - left, bottom - top
            yield Sight(
                sight.kind,
                left + sight.left * across,
                top + sight.top * down,
                left + sight.right * across,
                top + sight.bottom * down,
            )


def colour_picture(path: Path, media_type: str, number: int) -> Image.Image:
    """The page, or the picture, as small as faces and signatures can be told."""
    if media_type == rules.PDF:
        return _drawn(path, number, lambda wide, high: _SEEN / min(wide, high), mode="RGB")

    def scale(wide: float, high: float) -> float:
        return min(1.0, _SEEN / min(wide, high))

    return _opened(path, media_type, number, scale, mode="RGB")


def page_image(path: Path, media_type: str, number: int) -> Image.Image:
    """The page as a grey picture of 300 dots an inch, or as many as it has, within `MAX_POINTS`."""
    if media_type == rules.PDF:
        return _drawn(path, number, _reading_scale, mode="L")
    return _opened(path, media_type, number, _within_limit, mode="L")


def page_picture(path: Path, media_type: str, number: int, width: int) -> bytes:
    """The page as a JPEG picture, `width` points wide, or less where it would be very high.

    Of an office document it is picture `number` that stands in it; ValueError for one that nobody can look at.
    """

    def size_of(wide: float, high: float) -> float:
        return min(width / wide, math.sqrt(MAX_POINTS / (wide * high)))

    if media_type == rules.PDF:
        picture = _drawn(path, number, size_of, mode="RGB")
    elif media_type in rules.OFFICE_FORMATS:
        picture = _standing(path, number)
        picture.thumbnail((width, width), Image.Resampling.BOX)
    else:
        picture = _opened(path, media_type, number, size_of, mode="RGB")
    shown = BytesIO()
    picture.save(shown, "JPEG", quality=_SHOWN_QUALITY)
    return shown.getvalue()


def _standing(path: Path, number: int) -> Image.Image:
    found = next((one for at, one in embedded_pictures(path) if at == number), None)
    if found is None:
        raise ValueError(number)
    return found


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
