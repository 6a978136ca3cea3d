"""What a file really is, by its bytes. Its name only chooses between plain text and CSV."""

import re
import zipfile
from pathlib import Path

import puremagic

from prongsai.files import archives, rules
from prongsai.files.refusals import Refused

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body")
_MARKUP = (b"<!doctype", b"<svg", b"<?xml", b"<script", b"<?php")
# A mark without its consonant: what CP874 makes of bytes that are not Thai.
_STRAY_MARK = re.compile("(?:^|[\\s,])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_TYPOGRAPHY = "“”‘’–\u2014…•\u00a0€"
_FRIENDLY = {media_type: found[0] for media_type, found in rules.EXTENSIONS.items()}


def media_type_of(path: Path, name: str) -> str:
    """The media type, which is in the allow-list and agrees with the extension, or `Refused`."""
    media_type = _by_content(path, name)
    extension = rules.extension_mismatch(name, media_type)
    if extension is not None:
        values = {"extension": extension, "real": _FRIENDLY[media_type]}
        raise Refused("wrong_extension" if extension else "no_extension", values)
    return media_type


def decoded(raw: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8, UTF-16 with a mark, or the Thai one of old Windows."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_or_refuse(raw, "utf-16"), "utf-16"
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return _decode_or_refuse(raw, "cp874"), "windows-874"


def _decode_or_refuse(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("undecodable") from error
    if encoding == "cp874" and not _looks_thai(text):
        raise Refused("undecodable")
    return text


def _looks_thai(text: str) -> bool:
    """Any byte decodes to something in CP874; real Thai has no marks at the start of a word."""
    letters = [letter for letter in text if ord(letter) > 0x7F and letter not in _TYPOGRAPHY]
    thai = [letter for letter in letters if "ก" <= letter <= "๛"]
    stray = len(_STRAY_MARK.findall(text))
    return len(thai) >= 0.9 * len(letters) and stray * 20 <= len(letters)


def _by_content(path: Path, name: str) -> str:
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise Refused("empty")
    # An encrypted document of today is kept in the container that the old formats used.
    if head.startswith(_OLE):
        raise Refused("encrypted_office" if _is_encrypted_office(path) else "legacy_office")
    if head.startswith(b"PK\x03\x04"):
        return archives.office_type(path)
    return _flat_type(path, head, name)


def _flat_type(path: Path, head: bytes, name: str) -> str:
    signatures = (
        (rules.PDF, head.startswith(b"%PDF-")),
        (rules.PNG, head.startswith(b"\x89PNG\r\n\x1a\n")),
        (rules.JPEG, head.startswith(b"\xff\xd8\xff")),
        (rules.WEBP, head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    )
    found = next((media_type for media_type, matches in signatures if matches), None)
    if found is None:
        return _text_type(head, name)
    # A ZIP is read from its end, so one can hang behind any picture or PDF.
    if zipfile.is_zipfile(path):
        raise Refused("polyglot")
    return found


def _text_type(head: bytes, name: str) -> str:
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    # PDF readers look for this mark in the first 1,024 bytes, whatever stands before it.
    if b"%PDF-" in head[:1024]:
        raise Refused("polyglot")
    if (b"\x00" in head and not is_utf16) or _is_binary(head):
        seems = _seems(head, name)
        raise Refused("unknown_as", {"seems": seems}) if seems else Refused("unknown")
    beginning = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith(_WEB_PAGE):
        return rules.HTML
    if beginning.startswith(_MARKUP):
        raise Refused("markup")
    if name.lower().endswith((".html", ".htm")):
        return _page_without_a_head(beginning)
    return rules.CSV if name.lower().endswith(".csv") else rules.TXT


def _page_without_a_head(beginning: bytes) -> str:
    """Of such a page every element is looked at as well."""
    if not beginning.startswith(b"<"):
        raise Refused("markup")
    return rules.HTML


def _is_binary(head: bytes) -> bool:
    """Control characters that no text has; UTF-16 is judged by its mark alone."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return any(byte < 0x09 or 0x0E <= byte < 0x1A or 0x1B < byte < 0x20 for byte in head)


def _is_encrypted_office(path: Path) -> bool:
    return _ENCRYPTED_PACKAGE in path.read_bytes()


def _seems(head: bytes, name: str) -> str:
    """The extension that such bytes usually have, for the sentence that refuses them."""
    try:
        return puremagic.from_string(head, filename=name)
    except (puremagic.PureError, ValueError):
        return ""
