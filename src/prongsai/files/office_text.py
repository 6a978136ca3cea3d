"""The text of office documents, with what their programs do not show at once: comments, hidden sheets,
deleted passages of tracked changes, text boxes, headers and footers.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile

import docx
import openpyxl
from docx.opc.exceptions import PackageNotFoundError
from openpyxl.utils.exceptions import InvalidFileException
from PIL import Image, UnidentifiedImageError

from prongsai.files import rules
from prongsai.files.refusals import Refused
from prongsai.files.rules import PageText
from prongsai.files.unshown_text import unshown_text
from prongsai.thai.normalise import display_text

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODF_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
WORD_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_SHOWN_TAGS = frozenset((f"{_WORD}t", f"{_WORD}delText"))
_COMMENT_PARTS = re.compile(
    r"xl/(?:comments\d*|comments/.*|threadedComments/.*|drawings/drawing\d+)\.xml"
)
_PICTURES = re.compile(r"(?:^|/)(?:media|Pictures)/[^/]+$")
# Half of what a passport photo of an ID card has on a phone; in bytes for formats that are not known.
_PICTURE_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")
_LARGE_PICTURE, _LARGE_UNKNOWN = 400_000, 50_000
_BROKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError),
    *(ElementTree.ParseError, PackageNotFoundError, InvalidFileException, BadZipFile, zlib.error),
)


def read_office(path: Path, media_type: str) -> list[PageText]:
    """One text, or for spreadsheets one for each sheet. Raises `Refused`."""
    try:
        with warnings.catch_warnings():
            # openpyxl warns of every extension of Excel that it does not draw.
            warnings.simplefilter("ignore", UserWarning)
            texts = list(_READERS[media_type](path))
            unshown = display_text(_unshown(path, media_type, texts)).strip()
            has_scan = _has_large_picture(path)
    except _BROKEN as error:
        raise Refused("unreadable") from error
    if sum(len(text) for text in (*texts, unshown)) > rules.MAX_TEXT:
        raise Refused("too_much_text")
    pages = [
        PageText(number, display_text(text).strip(), "text" if text.strip() else "none")
        for number, text in enumerate(texts, start=1)
    ]
    if unshown:
        pages = _with_unshown(pages, unshown, media_type)
    return [*pages, PageText(len(pages) + 1, "", "none")] if has_scan else pages


def _with_unshown(pages: list[PageText], unshown: str, media_type: str) -> list[PageText]:
    """After what is shown, and never a reason to take an empty document for one with text."""
    if media_type in (rules.XLSX, rules.ODS):
        return [*pages, PageText(len(pages) + 1, unshown)]
    [page] = pages
    return [PageText(page.number, f"{page.text}\n{unshown}".strip(), page.source)]


def _unshown(path: Path, media_type: str, texts: list[str]) -> str:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        word = {name: _SHOWN_TAGS for name in names if WORD_PARTS.fullmatch(name)}
        return unshown_text(archive, texts, word if media_type == rules.DOCX else {})


def _has_large_picture(path: Path) -> bool:
    """A scan pasted into a document says what no text of it does; emblems and logos are smaller."""
    with zipfile.ZipFile(path) as archive:
        pictures = [entry for entry in archive.infolist() if _PICTURES.search(entry.filename)]
        return any(_is_large(archive.read(entry)) for entry in pictures)


def _is_large(picture: bytes) -> bool:
    try:
        with Image.open(BytesIO(picture), formats=_PICTURE_FORMATS) as opened:
            return opened.width * opened.height >= _LARGE_PICTURE
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        # A drawing or a damaged picture: its pixels are not known, so its bytes must do.
        return len(picture) >= _LARGE_UNKNOWN


def _docx(path: Path) -> Iterator[str]:
    # Opened only so that a broken package is refused: python-docx would leave out text boxes.
    docx.Document(str(path))
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if WORD_PARTS.fullmatch(name)]
        # The body comes first, then what stands around it.
        parts.sort(key=lambda name: (name != "word/document.xml", name))
        yield "\n".join(text for name in parts if (text := _word_part(archive, name)))


def _word_part(archive: zipfile.ZipFile, name: str) -> str:
    return _word_text(_parse_entry(archive, name)).strip()


_WORD_SIGNS = {
    f"{_WORD}tab": "\t",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_WORD}noBreakHyphen": "-",
}
_WORD_ENDS = {f"{_WORD}p": "\n", f"{_WORD}tc": "\t", f"{_WORD}tr": "\n"}


def _word_text(element: ElementTree.Element) -> str:
    return "".join(piece for piece, _element in word_pieces(element))


def word_pieces(
    element: ElementTree.Element,
) -> Iterator[tuple[str, ElementTree.Element | None]]:
    """The text piece by piece, with the element that writes it, or None for a break between elements.

    Text boxes stand twice, for new and for old programs; the old one's copy is left out.
    """
    if element.tag == _FALLBACK:
        return
    if element.tag in _SHOWN_TAGS:
        yield element.text or "", element
        return
    if sign := _WORD_SIGNS.get(element.tag):
        yield sign, None
    inside = [piece for child in element for piece in word_pieces(child)]
    while element.tag == f"{_WORD}tc" and inside and inside[-1] == ("\n", None):
        inside.pop()
    yield from inside
    if end := _WORD_ENDS.get(element.tag):
        yield end, None


def _xlsx(path: Path) -> Iterator[str]:
    # By stream: openpyxl refuses a path that does not end in .xlsx, and drafts have no name.
    with path.open("rb") as stream:
        # Values as they were computed last: a formula says nothing to a reader or a detector.
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = (
                "\t".join(map(shown_value, row)).rstrip("\t")
                for row in sheet.iter_rows(values_only=True)
            )
            yield "\n".join([sheet.title, *(row for row in rows if row)])
        book.close()
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if _COMMENT_PARTS.fullmatch(name))
        notes = "\n".join(_all_text(archive, name) for name in names)
    if notes.strip():
        yield notes


def shown_value(value: object) -> str:
    if isinstance(value, datetime | date):
        # Day first, so that a date of birth looks to the detectors as it does in any other document.
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float) and value.is_integer():
        # A long number may come as a float, and `1234567890123.0` has no shape that a detector knows.
        return str(int(value))
    return "" if value is None else str(value)


def _all_text(archive: zipfile.ZipFile, name: str) -> str:
    return "\n".join(_parse_entry(archive, name).itertext())


def _odf_content(path: Path) -> list[ElementTree.Element]:
    """What is written, and then the styles, among which headers and footers lie."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in ("content.xml", "styles.xml") if name in archive.namelist()]
        roots = [_parse_entry(archive, name) for name in names]
    if not roots:
        raise Refused("broken_archive")
    return roots


def _parse_entry(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with archive.open(name) as stream:
        return ElementTree.parse(stream).getroot()  # noqa: S314 -- archives refuses entities before


def _odt(path: Path) -> Iterator[str]:
    yield "\n".join(odf_text(root) for root in _odf_content(path)).strip()


def _ods(path: Path) -> Iterator[str]:
    for sheet in _odf_content(path)[0].iter(f"{_ODF_TABLE}table"):
        rows = (_odf_row(row) for row in sheet.iter(f"{_ODF_TABLE}table-row"))
        yield "\n".join([sheet.get(f"{_ODF_TABLE}name", ""), *(row for row in rows if row)])


def _odf_row(row: ElementTree.Element) -> str:
    return "\t".join(odf_text(cell).strip() for cell in row).rstrip("\t")


_ODF_SIGNS = {f"{_ODF_TEXT}tab": "\t", f"{_ODF_TEXT}line-break": "\n", f"{_ODF_TEXT}s": " "}
_ODF_ENDS = {
    f"{_ODF_TEXT}p": "\n",
    f"{_ODF_TEXT}h": "\n",
    f"{_ODF_TABLE}table-cell": "\t",
    f"{_ODF_TABLE}table-row": "\n",
}


def odf_text(element: ElementTree.Element) -> str:
    inside = "".join(odf_text(child) + (child.tail or "").strip("\n") for child in element)
    if element.tag == f"{_ODF_TABLE}table-cell":
        inside = inside.rstrip("\n")
    own = (element.text or "").strip("\n")
    return _ODF_SIGNS.get(element.tag, "") + own + inside + _ODF_ENDS.get(element.tag, "")


_READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    rules.DOCX: _docx,
    rules.XLSX: _xlsx,
    rules.ODT: _odt,
    rules.ODS: _ods,
}
