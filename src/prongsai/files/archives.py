"""Office documents are ZIP archives: which one it is, and what hides in it."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from prongsai.files import rules
from prongsai.files.refusals import Refused

_CONTENT_TYPES = "[Content_Types].xml"
# How [Content_Types].xml names the main part of a document without macros.
_MAIN_PARTS = (
    (rules.DOCX, b"wordprocessingml.document.main+xml"),
    (rules.XLSX, b"spreadsheetml.sheet.main+xml"),
)
_ARCHIVE_HEADS = (
    b"PK\x03\x04",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"MZ",
    b"%PDF",
)
_ARCHIVE_NAMES = re.compile(
    r"\.(?:zip|7z|rar|gz|docx|xlsx|pptx|docm|xlsm|exe|dll|js|vbs|hta|msi)$", re.IGNORECASE
)
_MACRO_NAMES = re.compile(
    r"(?:^|/)(?:vbaProject|vbaData|Basic/|Scripts/|activeX/|macrosheets/)", re.IGNORECASE
)
_LINK = re.compile(rb"<Relationship\b[^>]*>", re.DOTALL)
_LOADED_KINDS = re.compile(
    rb'Type="[^"]*/(?:attachedTemplate|oleObject|frame|externalLinkPath|image)"'
)
_MAIN_NAMES = {rules.DOCX: "word/document.xml", rules.XLSX: "xl/workbook.xml"}
_MAIN_KIND = "/relationships/officeDocument"
_READ_AT_ONCE = 16 * rules.MEBIBYTE


def office_type(path: Path) -> str:
    """The media type of an archive that is an office document without hidden content, or `Refused`."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive)
            _refuse_unreadable(archive)
            media_type = _declared_type(archive)
            for check in _CHECKS:
                check(archive)
            if media_type in _MAIN_NAMES:
                _refuse_elsewhere(archive, _MAIN_NAMES[media_type])
            # Last, because it unpacks everything: bombs have been refused by now.
            if archive.testzip() is not None:
                raise Refused("broken_archive")
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        zlib.error,
    ) as error:
        raise Refused("broken_archive") from error
    return media_type


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    """Reading stops at the declared size of an entry, so the sum of these is what can come out."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    is_steep = unpacked > rules.RATIO_MATTERS_FROM and unpacked / packed > rules.MAX_RATIO
    if len(entries) > rules.MAX_ENTRIES or unpacked > rules.MAX_UNPACKED or is_steep:
        raise Refused("archive_bomb")


def _refuse_unreadable(archive: zipfile.ZipFile) -> None:
    """What stands before the archive is another file's; what is encrypted cannot be looked into."""
    entries = archive.infolist()
    if min((entry.header_offset for entry in entries), default=0) != 0:
        raise Refused("polyglot")
    # Bit 0 of the flags is encryption (APPNOTE.TXT, 4.4.4).
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused("encrypted_office")
    # Of two entries of one name, each program takes another one.
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise Refused("broken_archive")


def _declared_type(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    # ODF names its type in the entry `mimetype`, the others in the content types of their package.
    if "mimetype" in names:
        declared = archive.read("mimetype").decode("ascii", "replace").strip()
        if declared in (rules.ODT, rules.ODS):
            return declared
    if _CONTENT_TYPES in names:
        declaration = archive.read(_CONTENT_TYPES)
        if b"macroEnabled" in declaration:
            raise Refused("macro")
        for media_type, part in _MAIN_PARTS:
            if part in declaration:
                return media_type
    raise Refused("unknown_as", {"seems": ".zip"})


def _refuse_macros(archive: zipfile.ZipFile) -> None:
    if any(_MACRO_NAMES.search(name) for name in archive.namelist()):
        raise Refused("macro")


def _refuse_nested(archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            head = stream.read(8)
        if _ARCHIVE_NAMES.search(entry.filename) or head.startswith(_ARCHIVE_HEADS):
            raise Refused("nested", {"name": entry.filename.rsplit("/", 1)[-1][:80]})


def _refuse_encrypted(archive: zipfile.ZipFile) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        raise Refused("encrypted_office")


def _refuse_loaded_links(archive: zipfile.ZipFile) -> None:
    """Hyperlinks wait for a click; templates, objects and pictures from elsewhere load by themselves."""
    for name in archive.namelist():
        if not name.endswith(".rels"):
            continue
        for link in _LINK.findall(archive.read(name)):
            if b'TargetMode="External"' in link and _LOADED_KINDS.search(link):
                raise Refused("external", {"name": name.rsplit("/", 1)[-1]})


def _refuse_entities(archive: zipfile.ZipFile) -> None:
    """No office program writes a document type; an entity bomb needs one.

    Nor does any write UTF-16, in which none of the checks here would find what it looks for.
    """
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as stream:
            head = stream.read(_READ_AT_ONCE)
        if any(sign in head for sign in (b"<!DOCTYPE", b"<!ENTITY", b"\x00")):
            raise Refused("unreadable")


def _refuse_elsewhere(archive: zipfile.ZipFile, main: str) -> None:
    """Programs open the part that the package points to, whatever lies under the usual name."""
    try:
        links = ElementTree.fromstring(archive.read("_rels/.rels"))  # noqa: S314 -- entities were refused
    except (KeyError, ElementTree.ParseError) as error:
        raise Refused("unreadable") from error
    targets = [
        posixpath.normpath(link.get("Target", "").lstrip("/"))
        for link in links
        if link.get("Type", "").endswith(_MAIN_KIND)
    ]
    # What was read and screened must be what readers will see.
    if targets != [main]:
        raise Refused("unreadable")


_CHECKS: tuple[Callable[[zipfile.ZipFile], None], ...] = (
    _refuse_encrypted,
    _refuse_macros,
    _refuse_nested,
    _refuse_loaded_links,
    _refuse_entities,
)
