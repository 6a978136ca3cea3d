"""A PDF may show pages and nothing else: no actions, no attachments, no password, no bomb."""

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from django.utils.translation import gettext as _

from prongsai.files import rules
from prongsai.files.refusals import Refused

_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
_ACTIONS = frozenset(
    (
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/GoToE",
        "/Rendition",
        "/Movie",
        "/Sound",
    )
)
_ANNOTATIONS = frozenset(("/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"))
_ACTIVE_KEYS = frozenset(("/JS", "/AA", "/XFA"))
_PACKED = frozenset(("/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"))
_DEEPEST = 40


def check(path: Path) -> int:
    """The number of pages of a PDF that may come in. Raises `Refused`."""
    _refuse_bomb(path)
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise Refused("pdf_encrypted")
            _refuse_hidden(pdf)
            return _page_count(pdf)
    except pikepdf.PasswordError as error:
        raise Refused("pdf_encrypted") from error
    except (
        pikepdf.PdfError,
        pikepdf.DataDecodingError,
        ValueError,
        RuntimeError,
        KeyError,
    ) as error:
        raise Refused("pdf_broken") from error


def _page_count(pdf: pikepdf.Pdf) -> int:
    pages = len(pdf.pages)
    if not pages or not pdf.Root.get("/Pages"):
        raise Refused("pdf_broken")
    if pages > rules.MAX_PDF_PAGES:
        raise Refused("pdf_pages", {"pages": pages, "limit": rules.MAX_PDF_PAGES})
    return pages


def _refuse_bomb(path: Path) -> None:
    """Looked at in the raw bytes, before any reader unpacks its index."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        if not _ends_like_a_pdf(raw):
            raise Refused("pdf_broken")
        unpacked = 0
        for found in _STREAM.finditer(raw):
            size = _unpacked_size(raw, found.end())
            unpacked += size
            if size > rules.MAX_STREAM or unpacked > rules.MAX_STREAMS:
                raise Refused("pdf_bomb")


def _ends_like_a_pdf(raw: mmap.mmap) -> bool:
    """A cut-off file can often be guessed together again, but then pages may be missing."""
    return raw.rfind(b"%%EOF", max(0, len(raw) - 2048)) >= 0


def _unpacked_size(raw: mmap.mmap, start: int) -> int:
    """How many bytes come out of the stream that begins here; a little over the limit is enough to know."""
    unpacker = zlib.decompressobj()
    unpacked, position, chunk = 0, start, b""
    try:
        while not unpacker.eof and unpacked <= rules.MAX_STREAM and (chunk or position < len(raw)):
            if not chunk:
                chunk = raw[position : position + 65536]
                position += len(chunk)
            unpacked += len(unpacker.decompress(chunk, 4 * rules.MEBIBYTE))
            chunk = unpacker.unconsumed_tail
    except zlib.error:
        return unpacked
    return unpacked


def _refuse_hidden(pdf: pikepdf.Pdf) -> None:
    for found in _dictionaries(pdf):
        subtype = str(found.get("/S", ""))
        if subtype in _ACTIONS or str(found.get("/Subtype", "")) in _ANNOTATIONS:
            raise Refused("pdf_active", {"name": subtype.strip("/") or _("สื่อที่เล่นเอง")})
        active = next((key for key in _ACTIVE_KEYS if key in found), "")
        if active:
            raise Refused("pdf_active", {"name": active.strip("/")})
        if "/EF" in found or "/EmbeddedFiles" in found:
            raise Refused("pdf_attachment")
        _refuse_picture_or_pack_bomb(found)


def _refuse_picture_or_pack_bomb(found: pikepdf.Object) -> None:
    if str(found.get("/Subtype", "")) == "/Image":
        pixels = int(found.get("/Width", 0)) * int(found.get("/Height", 0))
        if pixels > 4 * rules.MAX_PIXELS:
            raise Refused("pdf_bomb")
    filters = found.get("/Filter")
    if isinstance(filters, pikepdf.Array) and sum(str(name) in _PACKED for name in filters) > 1:
        raise Refused("pdf_bomb")


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for whole in pdf.objects:
        yield from _inside(whole, _DEEPEST)
    yield from _inside(pdf.trailer, _DEEPEST)


def _inside(value: object, depth: int) -> Iterator[pikepdf.Object]:
    """The dictionaries that lie directly in this one; what it refers to is visited by itself."""
    if depth == 0:
        raise Refused("pdf_broken")
    if isinstance(value, pikepdf.Stream):
        yield from _inside(value.stream_dict, depth - 1)
    elif isinstance(value, pikepdf.Dictionary):
        yield value
        for child in value.values():
            yield from _direct(child, depth)
    elif isinstance(value, pikepdf.Array):
        for child in value:
            yield from _direct(child, depth)


def _direct(child: object, depth: int) -> Iterator[pikepdf.Object]:
    if isinstance(child, pikepdf.Object) and not child.is_indirect:
        yield from _inside(child, depth - 1)
