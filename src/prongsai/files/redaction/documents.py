"""Word documents without what is covered in them: a new package with the parts that are seen, cleaned."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext as _

from prongsai.files import images, rules
from prongsai.files.aligning import aligned
from prongsai.files.redaction import word_cleaning
from prongsai.files.redaction.grid import CannotRedact
from prongsai.files.redaction.rules import BLOCKS, Redacted
from prongsai.files.redaction.seeking import Sought, letters_with_offsets
from prongsai.files.redaction.word_cleaning import W
from prongsai.files.rules import PageText
from prongsai.files.word_numbers import written_numbers
from prongsai.files.word_text import PARTS, word_pieces

_KEPT = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|styles|numbering|theme/theme\d+)\.xml"
)
_PICTURES = {".png": rules.PNG, ".jpg": rules.JPEG, ".jpeg": rules.JPEG}
_TYPES = "[Content_Types].xml"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_LINK = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCUMENT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'officeDocument" Target="word/document.xml"/></Relationships>'
)

Place = tuple[Element, int]


@dataclass(frozen=True)
class _Letters:
    """A text and where each of its letters is written; None for breaks that no element writes."""

    text: str
    places: list[Place | None]


def redact_document(
    path: Path, target: Path, page: PageText, spans: Sequence[tuple[int, int]], media_type: str
) -> Redacted:
    """Writes `target`: `spans` of the document's text, and the same words wherever they stand, become blocks.

    Raises `CannotRedact` when the result could not be told to be clean: then a PDF of it can be redacted.
    """
    if media_type != rules.DOCX:
        raise CannotRedact(
            _(
                "ปกปิดในเอกสาร ODT โดยตรงไม่ได้ เพราะรับรองไม่ได้ว่าข้อความหายไปหมด โปรดบันทึกเป็น PDF แล้วปกปิดใน PDF"
            )
        )
    with zipfile.ZipFile(path) as archive:
        parts = {
            name: _parsed(archive.read(name))
            for name in archive.namelist()
            if _KEPT.fullmatch(name)
        }
        _cover_spans(_letters(archive, parts), page, spans)
        covered = tuple(dict.fromkeys(page.text[start:end] for start, end in spans))
        hidden = _hidden_styles(parts.get("word/styles.xml"))
        for root in parts.values():
            word_cleaning.clean(root, hidden)
            _cover_everywhere(root, covered)
        _write(archive, parts, target)
    return Redacted(covered)


def _letters(archive: zipfile.ZipFile, parts: dict[str, Element]) -> _Letters:
    """As the reader of files puts the text together, comments left out: they go as a whole."""
    shown = [name for name in parts if PARTS.fullmatch(name)]
    shown.sort(key=lambda name: (name != "word/document.xml", name))
    numbers = written_numbers({name: parts[name] for name in sorted(parts)})
    text: list[str] = []
    places: list[Place | None] = []
    for name in shown:
        for piece, element in word_pieces(parts[name], numbers):
            text.append(piece)
            places += [(element, at) if element is not None else None for at in range(len(piece))]
        text.append("\n")
        places.append(None)
    return _Letters("".join(text), places)


def _cover_spans(letters: _Letters, page: PageText, spans: Sequence[tuple[int, int]]) -> None:
    pairs = aligned(page.text, letters.text)
    wanted = [at for start, end in spans for at in pairs[start:end] if at is not None]
    _cover(place for at in wanted if (place := letters.places[at]) is not None)


def _cover(places: Iterable[Place]) -> None:
    by_element: dict[Element, set[int]] = {}
    for element, at in places:
        by_element.setdefault(element, set()).add(at)
    for element, gone in by_element.items():
        text = element.text or ""
        for one, other in pairwise(sorted(gone)):
            if not text[one + 1 : other].strip():
                gone |= set(range(one, other))
        pieces = [
            (BLOCKS if at - 1 not in gone else "") if at in gone else letter
            for at, letter in enumerate(text)
        ]
        element.text = "".join(pieces)


def _cover_everywhere(root: Element, covered: Sequence[str]) -> None:
    sought = [one for one in map(Sought, covered) if not one.is_short]
    if not any(one.letters for one in sought):
        return
    for elements in word_cleaning.written(root):
        texts = [one.text or "" for one in elements]
        places = [
            (one, at) for one, text in zip(elements, texts, strict=True) for at in range(len(text))
        ]
        _cover(places[at] for at in _found("".join(texts), sought))


def _found(text: str, sought: Sequence[Sought]) -> Iterator[int]:
    letters, offsets = letters_with_offsets(text)
    for one in sought:
        for found in re.finditer(one.pattern, letters):
            yield from range(offsets[found.start()], offsets[found.end() - 1] + 1)


def _hidden_styles(styles: Element | None) -> frozenset[str]:
    found = [] if styles is None else styles.findall(f"{W}style")
    return frozenset(
        style.get(f"{W}styleId", "")
        for style in found
        if word_cleaning.hides(style.find(f"{W}rPr"))
    )


def _write(archive: zipfile.ZipFile, parts: dict[str, Element], target: Path) -> None:
    names = set(archive.namelist())
    entries: dict[str, bytes] = {"_rels/.rels": _DOCUMENT}
    for name, root in parts.items():
        entries[name] = _serialised(root)
        place = PurePosixPath(name)
        links = f"{place.parent}/_rels/{place.name}.rels"
        if links in names:
            kept = _kept_links(archive.read(links), place, set(parts), names)
            entries[links] = _flat(kept)
            entries |= {
                picture: _redrawn(archive.read(picture), picture)
                for picture in _pictures(kept, place)
            }
    entries[_TYPES] = _content_types(archive.read(_TYPES), set(entries))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        # The list of types comes first, as programs write it; and no entry tells a day.
        for name in sorted(entries, key=lambda name: (name != _TYPES, name)):
            made.writestr(zipfile.ZipInfo(name), entries[name], zipfile.ZIP_DEFLATED)


def _parsed(raw: bytes) -> Element:
    return ElementTree.fromstring(raw)  # noqa: S314 -- archives refuses entities before


def _serialised(root: Element) -> bytes:
    made: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def _target(link: Element, place: PurePosixPath) -> str:
    named = link.get("Target", "")
    return named.lstrip("/") if named.startswith("/") else f"{place.parent}/{named}"


def _kept_links(raw: bytes, place: PurePosixPath, parts: set[str], names: set[str]) -> Element:
    """Links to kept parts and to pictures; none to an address, which may be somebody's."""
    root = _parsed(raw)
    for link in list(root):
        target = _target(link, place)
        is_picture = link.get("Type", "").endswith("/image") and target in names
        if link.get("TargetMode") == "External" or not (target in parts or is_picture):
            root.remove(link)
    return root


def _pictures(links: Element, place: PurePosixPath) -> list[str]:
    found = [link for link in links.iter(_LINK) if link.get("Type", "").endswith("/image")]
    return [_target(link, place) for link in found]


def _redrawn(picture: bytes, name: str) -> bytes:
    """The pixels alone: a photograph may tell where it was taken."""
    media_type = _PICTURES.get(PurePosixPath(name).suffix.lower())
    if media_type is None:
        raise CannotRedact(
            _("ปกปิดในเอกสารนี้โดยตรงไม่ได้ เพราะมีภาพชนิดที่ตรวจข้างในไม่ได้ โปรดบันทึกเป็น PDF แล้วปกปิดใน PDF")
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "picture"
        path.write_bytes(picture)
        images.redraw(path, media_type)
        return path.read_bytes()


def _content_types(raw: bytes, entries: set[str]) -> bytes:
    root = _parsed(raw)
    for one in list(root):
        if one.tag == f"{_TYPE}Override" and one.get("PartName", "").lstrip("/") not in entries:
            root.remove(one)
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
