"""What of an office document its program does not show, although the file holds it."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from prongsai.files.cell_styles import OpenStyles

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODF_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ODF_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ODF_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXTS = frozenset((f"{_WORD}t", f"{_WORD}delText"))
_WORD_KINDS = {
    **dict.fromkeys(
        (f"{_WORD}{name}" for name in ("del", "ins", "moveFrom", "moveTo")), "tracked_change"
    ),
    f"{_WORD}comment": "comment",
}
_ODF_KINDS = {
    f"{_ODF_OFFICE}annotation": "comment",
    f"{_ODF_TEXT}tracked-changes": "tracked_change",
    f"{_ODF_TEXT}hidden-text": "invisible",
    f"{_ODF_TEXT}hidden-paragraph": "invisible",
}
_OFF = frozenset(("false", "0", "off", "none"))
_PLAIN_GROUND = frozenset(("auto", "ffffff", ""))
# Half points: letters of two points are dust.
_TINY = 4
_PART_KINDS = (
    (re.compile(r"xl/pivotCache/.*"), "pivot_cache"),
    (re.compile(r"xl/worksheets/sheet[^/]*\.xml"), "hidden_sheet"),
    (re.compile(r"(?:xl|word)/(?:comments|threadedComments|persons|people).*"), "comment"),
    (
        re.compile(
            r"docProps/.*|(?:.*/)?meta\.xml|customXml/.*|xl/workbook\.xml|xl/(?:connections|queryTables).*"
            r"|(?:word|xl)/settings\.xml"
        ),
        "properties",
    ),
)
_ROW = re.compile(rb"<(?:[a-z]{1,9}:)?row\b[^>]{0,2000}>")
_COLUMN = re.compile(rb"<(?:[a-z]{1,9}:)?col\b[^>]{0,2000}>")
_HIDDEN = re.compile(rb"""\shidden=["'](?:1|true)["']|\s(?:ht|width)=["']0(?:\.0+)?["']""")
_CHUNK, _OVERLAP = 1 << 20, 2100
_MOST_COLUMNS = 16_384


def hidden_in_word(root: ElementTree.Element) -> dict[ElementTree.Element, str]:
    """The elements with hidden text, and how it is hidden."""
    return dict(_hidden_texts(root, "", is_shaded=False))


def _hidden_texts(
    element: ElementTree.Element, kind: str, *, is_shaded: bool
) -> Iterator[tuple[ElementTree.Element, str]]:
    if element.tag in _TEXTS and kind:
        yield element, kind
    shaded = is_shaded or _is_shaded(element)
    inner = kind or _WORD_KINDS.get(element.tag, "")
    if not inner and element.tag == f"{_WORD}r" and _is_unseen(element, is_shaded=shaded):
        inner = "invisible"
    for child in element:
        yield from _hidden_texts(child, inner, is_shaded=shaded)


def _is_shaded(element: ElementTree.Element) -> bool:
    """On a ground of its own white letters are seen."""
    for properties in ("rPr", "pPr", "tcPr", "tblPr"):
        shade = element.find(f"{_WORD}{properties}/{_WORD}shd")
        if shade is not None and shade.get(f"{_WORD}fill", "auto").lower() not in _PLAIN_GROUND:
            return True
    return element.find(f"{_WORD}rPr/{_WORD}highlight") is not None


def _is_unseen(run: ElementTree.Element, *, is_shaded: bool) -> bool:
    properties = run.find(f"{_WORD}rPr")
    if properties is None:
        return False
    vanish, color, size = (properties.find(f"{_WORD}{name}") for name in ("vanish", "color", "sz"))
    is_white = color is not None and color.get(f"{_WORD}val", "").lower() == "ffffff"
    is_tiny = (
        size is not None
        and size.get(f"{_WORD}val", "99").isdecimal()
        and int(size.get(f"{_WORD}val", "99")) <= _TINY
    )
    is_gone = vanish is not None and vanish.get(f"{_WORD}val", "true").lower() not in _OFF
    return is_gone or is_tiny or (is_white and not is_shaded)


def odf_kind(element: ElementTree.Element, styles: OpenStyles) -> str:
    """How an element of an open document is hidden; empty where it is not."""
    if styles.hides_row(element):
        return "hidden_row"
    kind = _ODF_KINDS.get(element.tag, "")
    return kind or ("invisible" if styles.hides_text(element) else "")


def hidden_columns_of_odf(sheet: ElementTree.Element, styles: OpenStyles) -> frozenset[int]:
    """Places of hidden columns, from 0."""
    hidden: set[int] = set()
    place = 0
    for column in sheet.iter(f"{_ODF_TABLE}table-column"):
        repeated = column.get(f"{_ODF_TABLE}number-columns-repeated", "1")
        count = min(int(repeated), _MOST_COLUMNS)
        if styles.hides_column(column):
            hidden.update(range(place, min(place + count, _MOST_COLUMNS)))
        place += count
    return frozenset(hidden)


@dataclass(frozen=True)
class HiddenCells:
    """Rows and columns of a sheet that are not shown, both from 0."""

    rows: frozenset[int]
    columns: frozenset[int]


def hidden_cells(archive: zipfile.ZipFile, part: str) -> HiddenCells:
    """By the sheet's own part. Its tags are read and no tree is built: sheets are long."""
    rows: set[int] = set()
    columns: set[int] = set()
    for tag in _tags(archive, part):
        if not _HIDDEN.search(tag):
            continue
        if _ROW.match(tag):
            rows.update(number - 1 for number in _numbers(tag, b"r"))
        else:
            [first], [last] = _numbers(tag, b"min"), _numbers(tag, b"max")
            columns.update(range(first - 1, min(last, _MOST_COLUMNS)))
    return HiddenCells(frozenset(rows), frozenset(columns))


def _tags(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Of rows and columns, some perhaps twice."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield from _tags_in(rest + chunk)
            rest = (rest + chunk)[-_OVERLAP:]


def _tags_in(held: bytes) -> Iterator[bytes]:
    # Nearly all sheets hide nothing.
    if b"hidden=" in held or b'"0"' in held:
        yield from _ROW.findall(held)
        yield from _COLUMN.findall(held)


def _numbers(tag: bytes, name: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"\s" + name + rb"""=["'](\d{1,7})["']""", tag)][:1]


def part_kind(name: str) -> str:
    """What the text of a part is that no page shows; empty for parts that are drawn."""
    return next((kind for pattern, kind in _PART_KINDS if pattern.fullmatch(name)), "")
