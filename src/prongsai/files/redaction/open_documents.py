"""Open documents without what is covered in them: a new package with what is seen, and with nothing beside it."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from prongsai.files import odf_numbers, rules
from prongsai.files.aligning import aligned
from prongsai.files.cell_styles import open_styles
from prongsai.files.hidden_marks import free_of_marks
from prongsai.files.odf_text import odf_text
from prongsai.files.office_hidden import odf_kind
from prongsai.files.redaction import open_cleaning
from prongsai.files.redaction.blotting import (
    Letters,
    Place,
    String,
    blot_everywhere,
    blot_spans,
    parsed,
    said,
    serialised,
    write,
)
from prongsai.files.redaction.open_cleaning import DRAW, HREF
from prongsai.files.redaction.open_names import rename_styles
from prongsai.files.redaction.rules import Redacted
from prongsai.files.redaction.standing_pictures import black_picture, covered_names, redrawn
from prongsai.files.rules import PageText

_PARTS = ("content.xml", "styles.xml")
# Beyond the marks of what is hidden: around each string, while the reader puts the text together.
_BEGIN, _BREAK, _END = chr(0x100000), chr(0x100001), chr(0x100002)
_STRING = re.compile(f"{_BEGIN}(\\d+){_BREAK}([^{_BEGIN}{_BREAK}{_END}]*){_END}")
_MARKS = re.compile(f"[{_BEGIN}{_BREAK}{_END}]")
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_IN_PACKAGE = re.compile(r"(?:\./)?(Pictures/[^/]+)")
_PICTURE_TYPES = {"png": rules.PNG, "jpg": rules.JPEG, "jpeg": rules.JPEG}


def redact_open_document(
    path: Path,
    target: Path,
    page: PageText,
    spans: Sequence[tuple[int, int]],
    pictures: Sequence[int] = (),
) -> Redacted:
    """Writes `target`: `spans` of the text, and the same words elsewhere, become blocks; `pictures` become black.

    Only the text, its styles and its pictures are taken over: no settings, no thumbnail, no embedded object, no
    earlier state. Raises `CannotRedact`.
    """
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        parts = {name: parsed(archive.read(name)) for name in _PARTS if name in names}
        blot_spans(_letters(parts), page, spans)
        covered = tuple(dict.fromkeys(page.text[start:end] for start, end in spans))
        styles = open_styles(parts.values())
        for root in parts.values():
            open_cleaning.clean(root, lambda element: bool(odf_kind(element, styles)))
            blot_everywhere(open_cleaning.paragraphs(root), covered)
        rename_styles(parts.values())
        _write(archive, parts, covered_names(archive, pictures), target)
    return Redacted(covered)


def _letters(parts: Mapping[str, Element]) -> Letters:
    """As the reader of files puts the text together, whose order is not that of the file."""
    roots = list(parts.values())
    numbers = odf_numbers.written_numbers(roots)
    strings = [string for root in roots for string in _strings(root)]
    kept = [said(string) for string in strings]
    for place, string in enumerate(strings):
        write(string, f"{_BEGIN}{place}{_BREAK}{_MARKS.sub('', kept[place])}{_END}")
    whole = "\n".join(odf_text(root, numbers=numbers) for root in roots)
    for string, text in zip(strings, kept, strict=True):
        write(string, text)
    pieces: list[str] = []
    places: list[Place | None] = []
    for text, found in _pieces(free_of_marks(whole), strings):
        pieces.append(text)
        places += found
    return Letters("".join(pieces), places)


def _strings(root: Element) -> Iterator[String]:
    for element in root.iter():
        if (element.text or "").strip():
            yield element, "text"
        if (element.tail or "").strip():
            yield element, "tail"


def _pieces(whole: str, strings: Sequence[String]) -> Iterator[tuple[str, Sequence[Place | None]]]:
    done = 0
    for found in _STRING.finditer(whole):
        between = _MARKS.sub("", whole[done : found.start()])
        yield between, [None] * len(between)
        yield found[2], _places(found[2], strings[int(found[1])])
        done = found.end()
    rest = _MARKS.sub("", whole[done:])
    yield rest, [None] * len(rest)


def _places(shown: str, string: String) -> Sequence[Place | None]:
    """Letter for letter; only breaks within a string may have become spaces."""
    text = said(string)
    if shown == text:
        return [(string, at) for at in range(len(text))]
    return [None if at is None else (string, at) for at in aligned(shown, text)]


def _write(
    archive: zipfile.ZipFile,
    parts: Mapping[str, Element],
    covered: Mapping[str, str],
    target: Path,
) -> None:
    names = set(archive.namelist())
    shown = {name for root in parts.values() for name in _link_pictures(root, names, covered)}
    entries = {name: serialised(root) for name, root in parts.items()}
    for name in sorted(shown):
        is_black = name in covered.values()
        entries[name] = black_picture() if is_black else redrawn(archive.read(name), name)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        # First and unpacked, so that programs know the kind of file by its first bytes; no entry tells a day.
        made.writestr(zipfile.ZipInfo("mimetype"), rules.ODT, zipfile.ZIP_STORED)
        for name, content in entries.items():
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        made.writestr(
            zipfile.ZipInfo("META-INF/manifest.xml"), _manifest(entries), zipfile.ZIP_DEFLATED
        )


def _link_pictures(root: Element, names: set[str], covered: Mapping[str, str]) -> Iterator[str]:
    """The entries that are shown, under their new names; a picture that lies elsewhere is not shown any more."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for image in list(root.iter(f"{DRAW}image")):
        found = _IN_PACKAGE.fullmatch(image.get(HREF, ""))
        if found is None or found[1] not in names:
            parents[image].remove(image)
            continue
        name = covered.get(found[1], found[1])
        image.set(HREF, name)
        image.attrib.pop(f"{DRAW}mime-type", None)
        yield name


def _manifest(entries: Mapping[str, bytes]) -> bytes:
    rows = [("/", rules.ODT), *((name, _media_type(name)) for name in entries)]
    listed = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)} manifest:media-type={quoteattr(kind)}/>"
        for name, kind in rows
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return (
        f'{head}\n<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.2">'
        f"{listed}</manifest:manifest>"
    ).encode()


def _media_type(name: str) -> str:
    return _PICTURE_TYPES.get(name.rpartition(".")[2].lower(), "text/xml")
