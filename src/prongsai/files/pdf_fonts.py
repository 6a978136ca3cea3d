"""What the codes of a PDF font mean, and how wide they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pikepdf

_BLOCK = re.compile(rb"begin(bfchar|bfrange|codespacerange)(.*?)end\1", re.DOTALL)
_TOKEN = re.compile(rb"<[0-9A-Fa-f\s]*>|\[|\]")

_NO_LETTER = re.compile(rb"<[0-9A-Fa-f]+>\s*<>")
_THAI = re.compile("[\u0e01-\u0e4e]")
_SARA_AA = re.compile("[\u0e48-\u0e4b]?[\u0e32\u0e33]")
# As `thai.lost_marks` knows them.
_AA, _LOST, _STAND_INS = 0xE000, 0xE400, 0x400


class NoText(Exception):
    """The font does not say what its codes mean."""


class Glyph(NamedTuple):
    """Width in units of the font size."""

    code: int
    text: str
    width: float


@dataclass(frozen=True)
class Font:
    """Codes of `code_size` bytes, their texts and widths, as the font's dictionary tells them."""

    code_size: int
    texts: dict[int, str]
    widths: dict[int, float]
    default_width: float

    def glyphs(self, raw: bytes) -> list[Glyph]:
        size = self.code_size
        codes = [int.from_bytes(raw[i : i + size], "big") for i in range(0, len(raw), size)]
        return [
            Glyph(code, self.texts.get(code, ""), self.widths.get(code, self.default_width))
            for code in codes
        ]


@dataclass
class GlyphNames:
    """Stand-ins for glyphs of fonts in which marks are lost; `said` is what a font claims of one for sara
    aa, `lost` in which font (by its number) a mark is.
    """

    is_lossy: bool = False
    said: dict[str, str] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    fonts: int = 0

    def named(self, font: Font) -> Font:
        if not self.is_lossy or not any(map(_THAI.search, font.texts.values())):
            return font
        self.fonts += 1
        return replace(font, texts={code: self._name(text) for code, text in font.texts.items()})

    def _name(self, text: str) -> str:
        if not text and len(self.lost) < _STAND_INS:
            name = chr(_LOST + len(self.lost))
            self.lost[name] = self.fonts
            return name
        if _SARA_AA.fullmatch(text) and len(self.said) < _STAND_INS:
            name = chr(_AA + len(self.said))
            self.said[name] = text
            return name
        return text


def loses_marks(font: pikepdf.Object) -> bool:
    """Whether it maps a glyph to no letter at all; a writer that does so to a Thai mark loses it."""
    to_unicode = font.get("/ToUnicode")
    return isinstance(to_unicode, pikepdf.Stream) and bool(
        _NO_LETTER.search(to_unicode.read_bytes())
    )


def read_font(font: pikepdf.Object) -> Font:
    """Raises `NoText` for a font without a map to Unicode whose encoding is its own."""
    is_composite = str(font.get("/Subtype", "")) == "/Type0"
    to_unicode = font.get("/ToUnicode")
    if isinstance(to_unicode, pikepdf.Stream):
        texts = _unicode_map(to_unicode.read_bytes())
    elif is_composite or not _is_western(font):
        raise NoText
    else:
        texts = {code: bytes([code]).decode("cp1252", "replace") for code in range(32, 256)}
    if is_composite:
        # 1000 when the font does not say (ISO 32000-1, 9.7.4.3).
        missing = float(font.DescendantFonts[0].get("/DW", 1000)) / 1000
        return Font(2, texts, _composite_widths(font), missing)
    return Font(1, texts, _simple_widths(font), 0.5)


def _is_western(font: pikepdf.Object) -> bool:
    return str(font.get("/Encoding", "")) in ("/WinAnsiEncoding", "/MacRomanEncoding")


def _unicode_map(cmap: bytes) -> dict[int, str]:
    texts: dict[int, str] = {}
    for kind, body in _BLOCK.findall(cmap):
        tokens = [found[0] for found in _TOKEN.finditer(body)]
        if kind == b"bfchar":
            pairs = zip(tokens[::2], tokens[1::2], strict=False)
            texts |= {_number(code): _utf16(_hex(text)) for code, text in pairs}
        elif kind == b"bfrange":
            _read_ranges(iter(tokens), texts)
    return texts


def _read_ranges(tokens: Iterator[bytes], texts: dict[int, str]) -> None:
    """`<low> <high> <first>` counts up from the first text, `<low> <high> [<a> <b>]` lists them."""
    for low in tokens:
        high, first = next(tokens, b"<>"), next(tokens, b"<>")
        # Codes have two bytes at most: a hostile range must not fill the memory.
        codes = range(_number(low), min(_number(high), 0xFFFF) + 1)
        if first == b"[":
            listed = [_utf16(_hex(token)) for token in iter(lambda: next(tokens, b"]"), b"]")]
            texts.update(zip(codes, listed, strict=False))
        else:
            start = _hex(first)
            texts.update((code, _next_text(start, code - codes.start)) for code in codes)


def _next_text(start: bytes, step: int) -> str:
    last = (int.from_bytes(start[-2:], "big") + step) & 0xFFFF
    return _utf16(start[:-2] + last.to_bytes(2, "big"))


def _hex(token: bytes) -> bytes:
    digits = b"".join(token.strip(b"<>").split()).decode("ascii")
    # A missing last digit is 0 (ISO 32000-1, 7.3.4.3).
    return bytes.fromhex(digits + "0" * (len(digits) % 2))


def _number(token: bytes) -> int:
    return int.from_bytes(_hex(token), "big")


def _utf16(text: bytes) -> str:
    return text.decode("utf-16-be", "replace")


def _simple_widths(font: pikepdf.Object) -> dict[int, float]:
    first = int(font.get("/FirstChar", 0))
    scale = 1000.0
    return {first + i: float(width) / scale for i, width in enumerate(font.get("/Widths", []))}


def _composite_widths(font: pikepdf.Object) -> dict[int, float]:
    """`/W` holds either `first [w w w]` or `first last w`."""
    descendant = font.DescendantFonts[0]
    entries = list(descendant.get("/W", []))
    widths: dict[int, float] = {}
    while len(entries) >= 2:
        first = int(entries[0])
        if isinstance(entries[1], pikepdf.Array):
            widths |= {first + i: float(width) / 1000 for i, width in enumerate(entries[1])}
            entries = entries[2:]
        else:
            last, width = int(entries[1]), float(entries[2]) / 1000
            widths |= dict.fromkeys(range(first, min(last, 0xFFFF) + 1), width)
            entries = entries[3:]
    return widths
