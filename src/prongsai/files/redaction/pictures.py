"""Pages and pictures as pixels: painted over, and packed small without a trace of what was there."""

import math
from collections.abc import Iterable
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageDraw, ImageStat

from prongsai.files.locating import Box, Letter
from prongsai.files.rules import Word

_DPI, _POINTS = 200, 72
# Some 300 dpi on A3; a larger page is drawn more coarsely.
_MOST_PIXELS = 24_000_000
_QUALITY = 85
# Of 255: what two channels of a grey page differ by, and what paper without ink varies by.
_GREY, _BLANK = 12, 24


def drawn(page: pdfium.PdfPage, *, with_forms: bool = False) -> Image.Image:
    """The page as it is shown, at 200 dpi or as many as its size allows. The lock must be held."""
    width, height = page.get_size()
    scale = min(_DPI / _POINTS, math.sqrt(_MOST_PIXELS / max(width * height, 1)))
    bitmap = page.render(scale=scale, may_draw_forms=with_forms, draw_annots=True)
    try:
        picture: Image.Image = bitmap.to_pil()
        return picture.convert("L" if _is_grey(picture) else "RGB")
    finally:
        bitmap.close()


def painted(picture: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    """A new picture with every box in solid black; a pixel that a box only touches is black too.

    What is transparent becomes white: something else may lie under it.
    """
    made = _opaque(picture)
    mode = made.mode
    pen = ImageDraw.Draw(made)
    for box in boxes:
        left, top, right, bottom = pixels_of(box, made.size)
        pen.rectangle((left, top, right - 1, bottom - 1), fill=_black(mode))
    return made


def pixels_of(box: Box | Word | Letter, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels that the box touches: left, top, and behind the last to the right and below."""
    width, height = size
    left, top = math.floor(box.left * width), math.floor(box.top * height)
    right, bottom = math.ceil(box.right * width), math.ceil(box.bottom * height)
    left, top = max(0, min(left, width - 1)), max(0, min(top, height - 1))
    return left, top, max(left + 1, min(right, width)), max(top + 1, min(bottom, height))


def shows_ink(picture: Image.Image, box: Box | Word | Letter) -> bool:
    """Whether anything can be seen there: letters that lie under a bar or are white on white cannot."""
    part = picture.crop(pixels_of(box, picture.size)).convert("L")
    [(low, high)] = ImageStat.Stat(part).extrema
    return high - low > _BLANK


def is_black(picture: Image.Image, box: Box, *, margin: int = 4, most: int = 64) -> bool:
    """Whether all pixels of the box are black, but for what a JPEG smears along its edges."""
    left, top, right, bottom = pixels_of(box, picture.size)
    if right - left > 3 * margin and bottom - top > 3 * margin:
        left, top, right, bottom = left + margin, top + margin, right - margin, bottom - margin
    part = picture.convert("RGB").crop((left, top, right, bottom))
    return all(high <= most for _, high in ImageStat.Stat(part).extrema)


def stream_of(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    """The picture without loss, or as a JPEG where that is smaller."""
    lossless, photograph = _png_pixels(picture), _jpeg(picture)
    channels = len(picture.getbands())
    made = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if channels == 1 else Name.DeviceRGB,
    )
    if len(photograph) < len(lossless):
        made.Filter = Name.DCTDecode
        return pikepdf.Stream(pdf, photograph, made)
    made.Filter = Name.FlateDecode
    made.DecodeParms = Dictionary(
        Predictor=15, Colors=channels, BitsPerComponent=8, Columns=picture.width
    )
    return pikepdf.Stream(pdf, lossless, made)


def page_of(
    pdf: pikepdf.Pdf, picture: Image.Image, size: tuple[float, float], text: bytes, font: object
) -> pikepdf.Dictionary:
    """A page of this size in points that the picture fills, with unseen text over it."""
    width, height = size
    content = f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Picture Do Q\n".encode() + text
    return Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 4), round(height, 4)]),
        Resources=Dictionary(
            XObject=Dictionary(Picture=stream_of(pdf, picture)),
            Font=Dictionary(ProngsaiUnseen=font),
        ),
        Contents=pdf.make_stream(content),
    )


def _opaque(picture: Image.Image) -> Image.Image:
    """A copy of the pixels in eight bits, grey or in colours."""
    if picture.mode.startswith(("I", "F")):
        # Sixteen bits, as some scanners write them.
        return picture.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(paper, picture.convert("RGBA")).convert("RGB")
    mode = "L" if picture.mode in ("1", "L") else "RGB"
    made = Image.new(mode, picture.size)
    made.paste(picture.convert(mode))
    return made


def _black(mode: str) -> int | tuple[int, ...]:
    return 0 if mode == "L" else (0, 0, 0)


def _is_grey(picture: Image.Image) -> bool:
    if picture.mode == "L":
        return True
    red, green, blue = picture.convert("RGB").split()
    differences = ImageChops.difference(red, green), ImageChops.difference(green, blue)
    return all(ImageStat.Stat(one).extrema[0][1] <= _GREY for one in differences)


def _jpeg(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()


def _png_pixels(picture: Image.Image) -> bytes:
    """The packed pixels of a PNG, which a PDF takes as they are (ISO 32000-1, 7.4.4.4)."""
    target = BytesIO()
    picture.save(target, "PNG")
    png, place, found = target.getvalue(), 8, b""
    while place < len(png):
        size, kind = int.from_bytes(png[place : place + 4], "big"), png[place + 4 : place + 8]
        if kind == b"IDAT":
            found += png[place + 8 : place + 8 + size]
        place += 12 + size
    return found
