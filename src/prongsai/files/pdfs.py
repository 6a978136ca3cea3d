"""A PDF may show pages and nothing else: no actions, no attachments, no password, no bomb."""

import base64
import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf

from prongsai.files import rules
from prongsai.files.pdf_drawings import refuse_endless_drawings
from prongsai.files.refusals import Refused

# The first byte of a zlib stream (RFC 1950, 2.2): method 8 behind a window size of 0 to 7.
_STREAM = re.compile(rb"stream[ \t]*\r?\n?(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")
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
_LZW, _RUNS = frozenset(("/LZWDecode", "/LZW")), frozenset(("/RunLengthDecode", "/RL"))
# Photographs that a writer packed once more; they begin with what the raw look measures.
_PACKED_PHOTOGRAPHS = frozenset(
    (flate, photograph)
    for flate in ("/FlateDecode", "/Fl")
    for photograph in ("/DCTDecode", "/DCT")
)
# What ReportLab writes unless told otherwise; how much comes out is measured once the file is open.
_WRITTEN_AS_TEXT = frozenset(
    (text, flate) for text in ("/ASCII85Decode", "/A85") for flate in ("/FlateDecode", "/Fl")
)
# What a reader unpacks while it opens a file, before anything could be measured.
_INDEX_KINDS = (b"/XRef", b"/ObjStm")
# A list; or what no writer puts there: an endless list, a comment, a reference to another place.
_RAW_FILTERS = re.compile(rb"/Filter[\s\x00]*(?:\[([^\]]{0,400})\]|[\[%0-9])")
_RAW_NAME = re.compile(rb"/[A-Za-z0-9]+")
_ESCAPED_NAME = re.compile(rb"/[A-Za-z0-9#]{0,40}#[0-9A-Fa-f]{2}[A-Za-z0-9#]{0,40}")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
# Signs of the two old ways to pack, from ISO 32000-1, 7.4.4 and 7.4.5.
_RUNS_END, _LZW_ANEW, _LZW_END, _LZW_FIRST, _LZW_CODES = 128, 256, 257, 258, 4096
_DEEPEST = 40


def check(path: Path) -> int:
    """The number of pages of a PDF that may come in. Raises `Refused`."""
    _refuse_bomb(path)
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise Refused("pdf_encrypted")
            _refuse_hidden(pdf)
            _refuse_old_packing(pdf)
            _refuse_packed_text(pdf)
            refuse_endless_drawings(pdf)
            return _page_count(pdf)
    except pikepdf.PasswordError as error:
        raise Refused("pdf_encrypted") from error
    except (
        pikepdf.PdfError,
        pikepdf.DataDecodingError,
        ValueError,
        TypeError,
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
        _refuse_raw_filters(raw)
        unpacked = 0
        for found in _STREAM.finditer(raw):
            size = _unpacked_size(raw, found.end())
            unpacked += size
            if size > rules.MAX_STREAM or unpacked > rules.MAX_STREAMS:
                raise Refused("pdf_bomb")


def _refuse_raw_filters(raw: mmap.mmap) -> None:
    """The index itself may lie in a packed stream, and is unpacked when the file is opened."""
    has_index = any(raw.find(kind) >= 0 for kind in _INDEX_KINDS)
    for found in _RAW_FILTERS.finditer(raw):
        filters = _named_filters(found.group(1))
        _refuse_chain(filters)
        if has_index and tuple(filters) in _WRITTEN_AS_TEXT:
            raise Refused("pdf_bomb")
    _refuse_escaped_names(raw)


def _named_filters(inside: bytes | None) -> list[str]:
    """What is said elsewhere, or beside a comment, nobody can tell from the raw bytes."""
    if inside is None or b"%" in inside or re.search(rb"\bR\b", inside):
        raise Refused("pdf_bomb")
    return [name.decode() for name in _RAW_NAME.findall(inside)]


def _refuse_escaped_names(raw: mmap.mmap) -> None:
    for found in _ESCAPED_NAME.finditer(raw):
        name = _ESCAPE.sub(lambda sign: bytes((int(sign[1], 16),)), found.group())
        if name in (b"/Filter", *_INDEX_KINDS) or name.decode("latin-1") in _PACKED:
            raise Refused("pdf_bomb")


def _refuse_chain(filters: list[str]) -> None:
    """Behind another filter, nobody sees how much a stream swells before it has."""
    is_known = tuple(filters) in _PACKED_PHOTOGRAPHS | _WRITTEN_AS_TEXT
    if len(filters) > 1 and not is_known and _PACKED & set(filters):
        raise Refused("pdf_bomb")


def _ends_like_a_pdf(raw: mmap.mmap) -> bool:
    """A cut-off file can often be guessed together again, but then pages may be missing."""
    return raw.rfind(b"%%EOF", max(0, len(raw) - 2048)) >= 0


def _unpacked_size(raw: mmap.mmap | bytes, start: int) -> int:
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
        action = str(found.get("/S", ""))
        if action in _ACTIONS:
            raise Refused("pdf_active", {"name": action.strip("/")})
        if str(found.get("/Subtype", "")) in _ANNOTATIONS:
            raise Refused("pdf_media")
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
    _refuse_chain(_filters(found))


def _filters(found: pikepdf.Object) -> list[str]:
    filters = found.get("/Filter")
    return [str(name) for name in (filters if isinstance(filters, pikepdf.Array) else [filters])]


def _refuse_old_packing(pdf: pikepdf.Pdf) -> None:
    """LZW and run lengths do not show themselves in the raw bytes."""
    unpacked = 0
    for whole in pdf.objects:
        if not isinstance(whole, pikepdf.Stream):
            continue
        filters = _filters(whole)
        if _RUNS & set(filters):
            unpacked += _runs_size(whole.read_raw_bytes())
        elif _LZW & set(filters):
            unpacked += _lzw_size(whole.read_raw_bytes(), _early_change(whole))
        if unpacked > rules.MAX_STREAM:
            raise Refused("pdf_bomb")


def _refuse_packed_text(pdf: pikepdf.Pdf) -> None:
    """Packed streams that were written as letters once more."""
    unpacked = 0
    for whole in pdf.objects:
        if isinstance(whole, pikepdf.Stream) and tuple(_filters(whole)) in _WRITTEN_AS_TEXT:
            size = _packed_text_size(whole.read_raw_bytes())
            unpacked += size
            if size > rules.MAX_STREAM or unpacked > rules.MAX_STREAMS:
                raise Refused("pdf_bomb")


def _packed_text_size(written: bytes) -> int:
    # Five letters stand for four bytes, but one `z` does, too (ISO 32000-1, 7.4.3).
    if len(written) > rules.MAX_PACKED_TEXT:
        raise Refused("pdf_bomb")
    packed = base64.a85decode(written.partition(b"~>")[0], ignorechars=b" \t\n\r\x0b\x0c\x00")
    return _unpacked_size(packed, 0)


def _early_change(stream: pikepdf.Object) -> int:
    options = stream.get("/DecodeParms")
    options = options[0] if isinstance(options, pikepdf.Array) and len(options) else options
    # 1 when the stream does not say (ISO 32000-1, table 8).
    return int(options.get("/EarlyChange", 1)) if isinstance(options, pikepdf.Dictionary) else 1


def _runs_size(packed: bytes) -> int:
    position = unpacked = 0
    while position < len(packed) and packed[position] != _RUNS_END:
        length = packed[position]
        # Up to 127: one more byte than that follows; from 129: one byte, 257 minus that many times (7.4.5).
        unpacked += length + 1 if length < _RUNS_END else 257 - length
        position += length + 2 if length < _RUNS_END else 2
    return unpacked


def _lzw_size(packed: bytes, early: int) -> int:
    """Follows how long the entry of each code is, and never what is in it."""
    if len(packed) > rules.MAX_LZW:
        raise Refused("pdf_bomb")
    lengths, before, unpacked = [1] * _LZW_FIRST, 0, 0
    for code in _lzw_codes(packed, lengths, early):
        if code == _LZW_ANEW:
            del lengths[_LZW_FIRST:]
            before = 0
            continue
        if code == _LZW_END or code > len(lengths) or unpacked > rules.MAX_STREAM:
            break
        length = lengths[code] if code < len(lengths) else before + 1
        if before and len(lengths) < _LZW_CODES:
            lengths.append(before + 1)
        before = length
        unpacked += length
    return unpacked


def _lzw_codes(packed: bytes, lengths: list[int], early: int) -> Iterator[int]:
    """One code after the other; each is as wide as the table, which grows meanwhile, asks for."""
    bits = held = 0
    for byte in packed:
        held, bits = (held << 8 | byte) & 0xFFFFFF, bits + 8
        # Codes begin with nine bits and end with twelve (ISO 32000-1, 7.4.4.2).
        width = min(12, max(9, (len(lengths) + early).bit_length()))
        if bits >= width:
            bits -= width
            yield held >> bits & ((1 << width) - 1)


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
