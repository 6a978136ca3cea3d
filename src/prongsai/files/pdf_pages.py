"""The pages of a PDF as located texts."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_raw

from prongsai.files.pdf_fonts import NoText
from prongsai.files.pdf_text import written_text
from prongsai.files.refusals import Refused
from prongsai.files.rules import MAX_WALKED, PageText
from prongsai.thai.normalise import display_text

# A page number printed over a scan is not the text of the scan.
_SCAN_SHARE, _SCAN_TEXT = 0.5, 200
# PDFium is not made for two threads at once.
_ONE_AT_A_TIME = threading.Lock()


def read_pages(path: Path) -> list[PageText]:
    """Every page; `none` where a picture fills the page, or nothing on it is text. Raises `Refused`."""
    try:
        with _ONE_AT_A_TIME, pikepdf.open(path) as pdf:
            document = pdfium.PdfDocument(path)
            try:
                return list(_pages(pdf, document))
            finally:
                document.close()
    except (pikepdf.PdfError, pdfium.PdfiumError) as error:
        raise Refused("pdf_broken") from error


def _pages(pdf: pikepdf.Pdf, document: pdfium.PdfDocument) -> Iterator[PageText]:
    for number, page in enumerate(pdf.pages, start=1):
        shown = document[number - 1]
        try:
            text = display_text(_page_text(page, shown)).strip()
            is_scan = len(text) < _SCAN_TEXT and _picture_share(shown) >= _SCAN_SHARE
        finally:
            shown.close()
        notes = "\n".join(_notes(page))
        source = "none" if is_scan or not text else "text"
        yield PageText(number, f"{text}\n{display_text(notes)}".strip(), source)


def _page_text(page: pikepdf.Page, shown: pdfium.PdfPage) -> str:
    if _has_replacement_texts(page):
        try:
            return written_text(page)
        except (NoText, pikepdf.PdfError, KeyError, AttributeError, ValueError, TypeError):
            pass  # PDFium reads more fonts, if less well.
    texts = shown.get_textpage()
    try:
        return str(texts.get_text_range())
    finally:
        texts.close()


def _has_replacement_texts(page: pikepdf.Page) -> bool:
    """Pages with more instructions than any writer makes are left to PDFium, which is faster."""
    try:
        contents = list(_contents(page))
    except pikepdf.PdfError:
        return False
    is_short = sum(map(len, contents)) <= MAX_WALKED
    return is_short and any(b"ActualText" in content for content in contents)


def _contents(page: pikepdf.Page) -> Iterator[bytes]:
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    drawn = page.resources.get("/XObject")
    if isinstance(drawn, pikepdf.Dictionary):
        streams += [form for form in drawn.values() if str(form.get("/Subtype", "")) == "/Form"]
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            yield stream.read_bytes()


def _picture_share(shown: pdfium.PdfPage) -> float:
    """How much of the page its largest picture covers."""
    width, height = shown.get_size()
    pictures = shown.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    areas = [(right - left) * (top - bottom) for left, bottom, right, top in map(_bounds, pictures)]
    return max(areas, default=0.0) / (width * height or 1.0)


def _bounds(picture: pdfium.PdfObject) -> tuple[float, float, float, float]:
    left, bottom, right, top = picture.get_bounds()
    return left, bottom, right, top


def _notes(page: pikepdf.Page) -> Iterator[str]:
    """Comments and the filled-in fields of forms, which no text layer has."""
    for note in page.obj.get("/Annots", []):
        for key in ("/Contents", "/V", "/T") if isinstance(note, pikepdf.Dictionary) else ():
            value = note.get(key)
            if isinstance(value, pikepdf.String):
                yield str(value)
