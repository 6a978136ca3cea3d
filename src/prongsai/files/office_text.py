"""The text of office documents, with what their programs do not show at once: comments, hidden sheets,
deleted passages of tracked changes, text boxes, headers and footers.
"""

import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile

import docx
import openpyxl
from docx.opc.exceptions import PackageNotFoundError
from openpyxl.utils.exceptions import InvalidFileException
from PIL import Image, UnidentifiedImageError

from prongsai.files import odf_numbers, rules, word_numbers, word_text
from prongsai.files.cell_styles import OpenStyles, open_styles, unseen_cell_styles
from prongsai.files.hidden_marks import free_of_marks, marked, without_marks
from prongsai.files.list_numbers import is_in
from prongsai.files.odf_text import IN_CELL, in_one_line, odf_text
from prongsai.files.office_hidden import (
    HiddenCells,
    hidden_cells,
    hidden_columns_of_odf,
    odf_kind,
    part_kind,
)
from prongsai.files.refusals import Refused
from prongsai.files.rules import PageText
from prongsai.files.unshown_text import unshown_text
from prongsai.thai.normalise import display_text

_ODF_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_WORD_NUMBERING = frozenset(("word/numbering.xml", "word/styles.xml"))
_COMMENT_PARTS = re.compile(
    r"xl/(?:comments\d*|comments/.*|threadedComments/.*|drawings/drawing\d+)\.xml"
)
_PICTURES = re.compile(r"(?:^|/)(?:media|Pictures)/[^/]+$")
# Half of what a passport photo of an ID card has on a phone; in bytes for formats that are not known.
_PICTURE_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")
_LARGE_PICTURE, _LARGE_UNKNOWN = 400_000, 50_000
_LAST_ROW = 1_048_576
_BROKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError),
    *(
        RecursionError,
        ElementTree.ParseError,
        PackageNotFoundError,
        InvalidFileException,
        BadZipFile,
        zlib.error,
    ),
)


def read_office(path: Path, media_type: str) -> list[PageText]:
    """One text, or for spreadsheets one for each sheet. Raises `Refused`."""
    try:
        with warnings.catch_warnings():
            # openpyxl warns of every extension of Excel that it does not draw.
            warnings.simplefilter("ignore", UserWarning)
            texts = list(_READERS[media_type](path))
            shown = [without_marks(text)[0] for text in texts]
            unshown = display_text(_unshown(path, media_type, shown)).strip()
            has_pictures, has_scan = _pictures(path)
    except _BROKEN as error:
        raise Refused("unreadable") from error
    if sum(len(text) for text in (*texts, unshown)) > rules.MAX_TEXT:
        raise Refused("too_much_text")
    pages = [_page(number, text) for number, text in enumerate(texts, start=1)]
    if unshown:
        pages = _with_unshown(pages, unshown, media_type)
    if has_pictures and pages:
        # Which of its pages a picture stands on, only the program knows that lays them out.
        pages = [replace(pages[0], has_pictures=pages[0].source == "text"), *pages[1:]]
    return [*pages, PageText(len(pages) + 1, "", "none")] if has_scan else pages


def _page(number: int, text: str) -> PageText:
    said, hidden = without_marks(display_text(text).strip())
    return PageText(number, said, "text" if said.strip() else "none", hidden=hidden)


def _with_unshown(pages: list[PageText], unshown: str, media_type: str) -> list[PageText]:
    """After what is shown, and never a reason to take an empty document for one with text."""
    if media_type in (rules.XLSX, rules.ODS):
        return [*pages, replace(_page(len(pages) + 1, unshown), source="text")]
    [page] = pages
    added = _page(page.number, unshown)
    start = len(page.text) + 1 if page.text else 0
    moved = [replace(one, start=one.start + start, end=one.end + start) for one in added.hidden]
    text = f"{page.text}\n{added.text}" if page.text else added.text
    return [replace(page, text=text, hidden=(*page.hidden, *moved))]


def _unshown(path: Path, media_type: str, texts: list[str]) -> str:
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, ElementTree.Element] = {}
        if media_type == rules.DOCX:
            parts = word_parts(archive)
        elif media_type == rules.ODT:
            parts = _odf_parts(archive)
        tags = {name: _shown_tags(root, name) for name, root in parts.items()}
        return unshown_text(archive, [*texts, *_in_other_words(parts, texts)], tags)


def _shown_tags(root: ElementTree.Element, name: str) -> frozenset[str]:
    """The elements whose text has been read; of an open document those are all."""
    if name.startswith("word/"):
        return word_text.SHOWN_TAGS if word_text.PARTS.fullmatch(name) else frozenset()
    return frozenset(one.tag for one in root.iter())


def _in_other_words(parts: dict[str, ElementTree.Element], texts: list[str]) -> Iterator[str]:
    """What the texts say, too, but put together in another way than the file has it."""
    yield from (text.replace(IN_CELL, "\n") for text in texts if IN_CELL in text)
    whole = "\n".join(texts)
    for name, root in parts.items():
        levels = word_numbers if name.startswith("word/") else odf_numbers
        yield from (said for said in levels.level_texts(root) if is_in(said, whole))


def _pictures(path: Path) -> tuple[bool, bool]:
    """Whether there are any, and a large one.

    A scan pasted into a document says what no text of it does; emblems and logos are smaller.
    """
    with zipfile.ZipFile(path) as archive:
        pictures = [entry for entry in archive.infolist() if _PICTURES.search(entry.filename)]
        return bool(pictures), any(_is_large(archive.read(entry)) for entry in pictures)


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
        parts = word_parts(archive)
    numbers = word_numbers.written_numbers(parts)
    shown = [parts[name] for name in parts if word_text.PARTS.fullmatch(name)]
    texts = (word_text.word_text(root, numbers).strip() for root in shown)
    yield "\n".join(filter(None, texts))


def word_parts(archive: zipfile.ZipFile) -> dict[str, ElementTree.Element]:
    """What a Word document says, its body first, and what numbers it."""
    names = [
        name
        for name in archive.namelist()
        if word_text.PARTS.fullmatch(name) or name in _WORD_NUMBERING
    ]
    names.sort(key=lambda name: (name != "word/document.xml", name))
    return {name: _parse_entry(archive, name) for name in names}


def _xlsx(path: Path) -> Iterator[str]:
    # By stream: openpyxl refuses a path that does not end in .xlsx, and drafts have no name.
    with path.open("rb") as stream:
        # Values as they were computed last: a formula says nothing to a reader or a detector.
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        unseen = unseen_cell_styles(book)
        with zipfile.ZipFile(stream) as archive:
            for sheet in book.worksheets:
                hidden = hidden_cells(archive, sheet._worksheet_path)
                text = "\n".join([free_of_marks(sheet.title), *_rows(sheet, hidden, unseen)])
                yield text if sheet.sheet_state == "visible" else marked(text, "hidden_sheet")
        book.close()
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if _COMMENT_PARTS.fullmatch(name))
        notes = "\n".join(
            marked(free_of_marks(_all_text(archive, name)), part_kind(name) or "properties")
            if "drawings" not in name
            else free_of_marks(_all_text(archive, name))
            for name in names
        )
    if notes.strip():
        yield notes


def _rows(sheet: Any, hidden: HiddenCells, unseen: frozenset[int]) -> Iterator[str]:
    """The rows in which something stands, cells parted by tabs. Raises `Refused` as soon as they are too much."""
    # A single cell in its last corner makes a sheet of seventeen thousand million: what is empty is passed over.
    sheet.reset_dimensions()
    room = rules.MAX_TEXT
    # Cells are made for each value only where some may be unseen.
    rows = sheet.iter_rows(values_only=not unseen, max_row=_LAST_ROW)
    for number, row in enumerate(rows):
        room -= len(row)
        if room < 0:
            raise Refused("too_much_text")
        cells = [_cell_text(cell, unseen) for cell in row] if unseen else [*map(_value_text, row)]
        if number in hidden.rows:
            text = marked("\t".join(cells).rstrip("\t"), "hidden_row")
        else:
            text = "\t".join(_cells(cells, hidden.columns)).rstrip("\t")
        if text:
            yield text


def _value_text(value: object) -> str:
    return in_one_line(free_of_marks(shown_value(value)))


def _cell_text(cell: Any, unseen: frozenset[int]) -> str:
    text = _value_text(cell.value)
    return marked(text, "invisible") if getattr(cell, "_style_id", 0) in unseen else text


def _cells(cells: list[str], hidden: frozenset[int]) -> list[str]:
    if not hidden:
        return cells
    return [
        marked(cell, "hidden_column") if place in hidden else cell
        for place, cell in enumerate(cells)
    ]


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
        roots = list(_odf_parts(archive).values())
    if not roots:
        raise Refused("broken_archive")
    return roots


def _odf_parts(archive: zipfile.ZipFile) -> dict[str, ElementTree.Element]:
    names = [name for name in ("content.xml", "styles.xml") if name in archive.namelist()]
    return {name: _parse_entry(archive, name) for name in names}


def _parse_entry(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with archive.open(name) as stream:
        return ElementTree.parse(stream).getroot()  # noqa: S314 -- archives refuses entities before


def _odt(path: Path) -> Iterator[str]:
    roots = _odf_content(path)
    around, numbers = _odf_marks(open_styles(roots)), odf_numbers.written_numbers(roots)
    yield "\n".join(odf_text(root, around, numbers) for root in roots).strip()


def _ods(path: Path) -> Iterator[str]:
    roots = _odf_content(path)
    styles = open_styles(roots)
    for sheet in roots[0].iter(f"{_ODF_TABLE}table"):
        columns = hidden_columns_of_odf(sheet, styles)
        rows = (_odf_row(row, columns, styles) for row in sheet.iter(f"{_ODF_TABLE}table-row"))
        text = "\n".join([sheet.get(f"{_ODF_TABLE}name", ""), *(row for row in rows if row)])
        yield marked(text, "hidden_sheet") if styles.hides_sheet(sheet) else text


def _odf_row(row: ElementTree.Element, hidden: frozenset[int], styles: OpenStyles) -> str:
    kind = odf_kind(row, styles)
    if kind:
        whole = "\t".join(in_one_line(odf_text(cell).strip()) for cell in row)
        return marked(whole.rstrip("\t"), kind)
    around = _odf_marks(styles)
    cells = [in_one_line(odf_text(cell, around).strip()) for cell in row]
    return "\t".join(_cells(cells, hidden)).rstrip("\t")


def _odf_marks(styles: OpenStyles) -> Callable[[ElementTree.Element, str], str]:
    def around(element: ElementTree.Element, text: str) -> str:
        kind = odf_kind(element, styles)
        return marked(text, kind) if kind else text

    return around


_READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    rules.DOCX: _docx,
    rules.XLSX: _xlsx,
    rules.ODT: _odt,
    rules.ODS: _ods,
}
