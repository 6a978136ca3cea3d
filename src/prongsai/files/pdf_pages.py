"""The pages of a PDF as located texts."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_raw

from prongsai.files.aligned_runs import with_hidden
from prongsai.files.hidden_marks import marked, without_marks
from prongsai.files.pdf_fonts import NoText, loses_marks
from prongsai.files.pdf_hidden import hidden_runs
from prongsai.files.pdf_text import text_with_lost_marks, written_text
from prongsai.files.refusals import Refused
from prongsai.files.rules import MAX_DRAWN_OBJECTS, MAX_WALKED, Hidden, PageText
from prongsai.files.seeing.embedded import has_pictures
from prongsai.files.unshown_text import UnshownText
from prongsai.thai.extracted import mend_extracted
from prongsai.thai.normalise import display_text

# A page number printed over a scan is not the text of the scan.
_SCAN_SHARE, _SCAN_TEXT = 0.5, 200
_OF_PROGRAMS = frozenset(("/Creator", "/Producer"))
_SHOWN_NOTES = frozenset(("/Widget", "/Link", "/FreeText"))
_DATE = re.compile(r"D:\d{4,14}(?:[+\-Z][\d']{0,6})?")
# PDFium is not made for two threads at once.
ONE_AT_A_TIME = threading.Lock()


def read_pages(path: Path) -> list[PageText]:
    """Every page; `none` where a picture fills the page, or nothing on it is text. Raises `Refused`."""
    try:
        with ONE_AT_A_TIME, pikepdf.open(path) as pdf:
            document = pdfium.PdfDocument(path)
            try:
                return _with_unshown(list(_pages(pdf, document)), pdf)
            finally:
                document.close()
    except (pikepdf.PdfError, pdfium.PdfiumError) as error:
        raise Refused("pdf_broken") from error


def _pages(pdf: pikepdf.Pdf, document: pdfium.PdfDocument) -> Iterator[PageText]:
    drawn = 0
    for number, page in enumerate(pdf.pages, start=1):
        shown = document[number - 1]
        try:
            drawn += pdfium_raw.FPDFPage_CountObjects(shown)
            if drawn > MAX_DRAWN_OBJECTS:
                raise Refused("pdf_bomb")
            written, is_sure = _page_text(page, shown)
            text = display_text(mend_extracted(written)).strip()
            # Few words over a large picture: most of what the page says is in the picture.
            is_scan = len(text) < _SCAN_TEXT and _picture_share(shown) >= _SCAN_SHARE
            is_illustrated = has_pictures(shown)
            text, hidden = with_hidden(text, hidden_runs(shown))
        finally:
            shown.close()
        # What lacks marks is read by machine, too.
        source = "none" if is_scan or not is_sure or not text.strip() else "text"
        said, seen = _with_notes(text, page)
        shows = is_illustrated and source == "text"
        yield PageText(number, said, source, hidden=(*hidden, *seen), has_pictures=shows)


def _with_notes(text: str, page: pikepdf.Page) -> tuple[str, tuple[Hidden, ...]]:
    """The text with the page's notes behind it; notes that open only when somebody asks are hidden."""
    hidden = []
    for note, is_hidden in _notes(page):
        written = display_text(note).strip()
        if written:
            start = len(text) + 1 if text else 0
            text = f"{text}\n{written}" if text else written
            hidden += [Hidden("comment", start, len(text))] if is_hidden else []
    return text, tuple(hidden)


def _with_unshown(pages: list[PageText], pdf: pikepdf.Pdf) -> list[PageText]:
    """Titles of bookmarks and the properties of the file, behind the last page."""
    found = UnshownText(page.text for page in pages)
    for title in _bookmarks(pdf):
        found.add(title)
    titles = len(found.lines)
    for key, value in _properties(pdf):
        found.add(value, is_quiet=key in _OF_PROGRAMS)
    _add_metadata(found, pdf)
    if not found.lines or not pages:
        return pages
    *before, last = pages
    lines = [marked(line, "properties") for line in found.lines[titles:]]
    added = display_text("\n".join([*found.lines[:titles], *lines]))
    text, hidden = without_marks(f"{last.text}\n{added}".strip())
    return [*before, replace(last, text=text, hidden=(*last.hidden, *hidden))]


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Walked by hand, because a hostile outline may lead back to itself."""
    waiting, seen = [pdf.Root.get("/Outlines")], set()
    while waiting:
        entry = waiting.pop()
        if not isinstance(entry, pikepdf.Dictionary) or entry.objgen in seen:
            continue
        if entry.is_indirect:
            seen.add(entry.objgen)
        if isinstance(title := entry.get("/Title"), pikepdf.String):
            yield str(title)
        waiting += [entry.get("/Next"), entry.get("/First")]


def _properties(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    properties = pdf.trailer.get("/Info")
    for key, value in properties.items() if isinstance(properties, pikepdf.Dictionary) else ():
        if isinstance(value, pikepdf.String) and not _DATE.fullmatch(str(value)):
            yield key, str(value)


def _add_metadata(found: UnshownText, pdf: pikepdf.Pdf) -> None:
    metadata = pdf.Root.get("/Metadata")
    if isinstance(metadata, pikepdf.Stream):
        content = metadata.read_bytes()
        try:
            found.add_xml([content], is_quiet=True)
        except ElementTree.ParseError:
            found.add_markup(content)


def _page_text(page: pikepdf.Page, shown: pdfium.PdfPage) -> tuple[str, bool]:
    """The page's text, and whether its marks are sure."""
    try:
        contents = list(_contents(page))
        # Pages with more instructions than any writer makes are left to PDFium, which is faster.
        if sum(map(len, contents)) <= MAX_WALKED:
            if any(b"ActualText" in content for content in contents):
                return written_text(page), True
            if any(map(loses_marks, _fonts(page))):
                return text_with_lost_marks(page)
    except (NoText, pikepdf.PdfError, KeyError, AttributeError, ValueError, TypeError):
        pass  # PDFium reads more fonts, if less well.
    texts = shown.get_textpage()
    try:
        return str(texts.get_text_range()), True
    finally:
        texts.close()


def _fonts(page: pikepdf.Page) -> list[pikepdf.Object]:
    fonts = page.resources.get("/Font")
    return list(fonts.values()) if isinstance(fonts, pikepdf.Dictionary) else []


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


def _notes(page: pikepdf.Page) -> Iterator[tuple[str, bool]]:
    """Comments and the filled-in fields of forms, which no text layer has; and whether a reader sees them."""
    for note in page.obj.get("/Annots", []):
        if not isinstance(note, pikepdf.Dictionary):
            continue
        is_hidden = str(note.get("/Subtype", "")) not in _SHOWN_NOTES
        # The comment, what was filled in, and who wrote it (or the field's name).
        for key in ("/Contents", "/V", "/T"):
            value = note.get(key)
            if isinstance(value, pikepdf.String):
                yield str(value), is_hidden
