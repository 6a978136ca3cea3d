"""Word documents without what is covered in them: a new package with the parts that are seen, cleaned."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, SubElement
from xml.sax.saxutils import quoteattr

from prongsai.files import rules
from prongsai.files.redaction import word_cleaning
from prongsai.files.redaction.blotting import (
    Letters,
    Place,
    String,
    blot_everywhere,
    blot_spans,
    parsed,
    serialised,
)
from prongsai.files.redaction.open_documents import redact_open_document
from prongsai.files.redaction.rules import Redacted
from prongsai.files.redaction.standing_pictures import black_picture, covered_names, redrawn
from prongsai.files.redaction.word_cleaning import W
from prongsai.files.rules import PageText
from prongsai.files.word_numbers import written_numbers
from prongsai.files.word_text import PARTS, word_pieces

_KEPT = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|styles|numbering|theme/theme\d+)\.xml"
)
_TYPES = "[Content_Types].xml"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_LINK = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCUMENT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'officeDocument" Target="word/document.xml"/></Relationships>'
)


def redact_document(
    path: Path,
    target: Path,
    page: PageText,
    spans: Sequence[tuple[int, int]],
    media_type: str,
    pictures: Sequence[int] = (),
) -> Redacted:
    """Writes `target`: `spans` of the document's text, and the same words wherever they stand, become blocks.

    `pictures` (numbers from 1, as `seeing.embedded` counts) become black. Raises `CannotRedact` when the result could
    not be told to be clean: then a PDF of it can be redacted.
    """
    if media_type == rules.ODT:
        return redact_open_document(path, target, page, spans, pictures)
    with zipfile.ZipFile(path) as archive:
        parts = {
            name: parsed(archive.read(name)) for name in archive.namelist() if _KEPT.fullmatch(name)
        }
        blot_spans(_letters(archive, parts), page, spans)
        covered = tuple(dict.fromkeys(page.text[start:end] for start, end in spans))
        hidden = _hidden_styles(parts.get("word/styles.xml"))
        for root in parts.values():
            word_cleaning.clean(root, hidden)
            blot_everywhere(_paragraphs(root), covered)
        _write(archive, parts, covered_names(archive, pictures), target)
    return Redacted(covered)


def _letters(archive: zipfile.ZipFile, parts: dict[str, Element]) -> Letters:
    """As the reader of files puts the text together, comments left out: they go as a whole."""
    shown = [name for name in parts if PARTS.fullmatch(name)]
    shown.sort(key=lambda name: (name != "word/document.xml", name))
    numbers = written_numbers({name: parts[name] for name in sorted(parts)})
    text: list[str] = []
    places: list[Place | None] = []
    for name in shown:
        for piece, element in word_pieces(parts[name], numbers):
            text.append(piece)
            places += [
                ((element, "text"), at) if element is not None else None for at in range(len(piece))
            ]
        text.append("\n")
        places.append(None)
    return Letters("".join(text), places)


def _paragraphs(root: Element) -> Iterator[list[String]]:
    for elements in word_cleaning.written(root):
        yield [(one, "text") for one in elements]


def _hidden_styles(styles: Element | None) -> frozenset[str]:
    found = [] if styles is None else styles.findall(f"{W}style")
    return frozenset(
        style.get(f"{W}styleId", "")
        for style in found
        if word_cleaning.hides(style.find(f"{W}rPr"))
    )


def _write(
    archive: zipfile.ZipFile, parts: dict[str, Element], covered: Mapping[str, str], target: Path
) -> None:
    names = set(archive.namelist())
    entries: dict[str, bytes] = {"_rels/.rels": _DOCUMENT}
    for name, root in parts.items():
        entries[name] = serialised(root)
        place = PurePosixPath(name)
        links = f"{place.parent}/_rels/{place.name}.rels"
        if links in names:
            kept = _kept_links(archive.read(links), place, set(parts), names)
            for picture, link in _pictures(kept, place):
                stored, shown = _shown(archive, picture, covered.get(picture, ""))
                link.set("Target", f"/{stored}")
                entries[stored] = shown
            entries[links] = _flat(kept)
    entries[_TYPES] = _content_types(archive.read(_TYPES), set(entries))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        # The list of types comes first, as programs write it; and no entry tells a day.
        for name in sorted(entries, key=lambda name: (name != _TYPES, name)):
            made.writestr(zipfile.ZipInfo(name), entries[name], zipfile.ZIP_DEFLATED)


def _shown(archive: zipfile.ZipFile, picture: str, covered_as: str) -> tuple[str, bytes]:
    """Under which name a picture goes into the new file, and its bytes."""
    if covered_as:
        return covered_as, black_picture()
    return picture, redrawn(archive.read(picture), picture)


def _target(link: Element, place: PurePosixPath) -> str:
    named = link.get("Target", "")
    return named.lstrip("/") if named.startswith("/") else f"{place.parent}/{named}"


def _kept_links(raw: bytes, place: PurePosixPath, parts: set[str], names: set[str]) -> Element:
    """Links to kept parts and to pictures; none to an address, which may be somebody's."""
    root = parsed(raw)
    for link in list(root):
        target = _target(link, place)
        is_picture = link.get("Type", "").endswith("/image") and target in names
        if link.get("TargetMode") == "External" or not (target in parts or is_picture):
            root.remove(link)
    return root


def _pictures(links: Element, place: PurePosixPath) -> list[tuple[str, Element]]:
    """The entries of pictures, each with the link to it."""
    found = [link for link in links.iter(_LINK) if link.get("Type", "").endswith("/image")]
    return [(_target(link, place), link) for link in found]


def _content_types(raw: bytes, entries: set[str]) -> bytes:
    root = parsed(raw)
    for one in list(root):
        if one.tag == f"{_TYPE}Override" and one.get("PartName", "").lstrip("/") not in entries:
            root.remove(one)
    if not any(one.get("Extension", "").lower() == "png" for one in root):
        SubElement(root, f"{_TYPE}Default", {"Extension": "png", "ContentType": rules.PNG})
    return _flat(root)


def _flat(root: Element) -> bytes:
    """A list of one depth without prefixes, because some programs look for its bare names."""
    uri, name = root.tag.strip("{").split("}")
    rows = [
        f"<{one.tag.rpartition('}')[2]} {' '.join(f'{key}={quoteattr(value)}' for key, value in one.items())}/>"
        for one in root
    ]
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}\n<{name} xmlns="{uri}">{"".join(rows)}</{name}>'.encode()
