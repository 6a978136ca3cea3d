"""Text that lies unseen over the picture of a page, for search, copying and reading aloud.

Its font has one glyph for every letter: a line without width across a space half as wide as high, because
PDFium passes over turned text whose glyphs are empty. What the letters are is told by the map to Unicode.
Built here byte by byte (OpenType 1.9; ISO 32000-1, 9.7).
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name

from prongsai.files.locating import is_same_line
from prongsai.files.rules import Word

FONT_NAME = "/ProngsaiUnseen"
_NAME = "PRNGSI+ProngsaiUnseen"
_UNITS, _WIDTH = 1000, 500
_LOW, _HIGH = -250, 750
# More than 100 lines are not allowed in one block of a map (Adobe Technical Note 5014).
_BLOCK = 100


@dataclass(frozen=True)
class Piece:
    """Letters in one line, and their edges in parts of the page as shown."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def pieces(text: str, words: Sequence[Word]) -> list[Piece]:
    """The words, each reaching to its neighbour in the line, so that no reader sees a gap and adds a space."""
    made = [_reaching(text, one, other) for one, other in pairwise(words)]
    return made + [
        Piece(text[w.start : w.end], w.left, w.top, w.right, w.bottom) for w in words[-1:]
    ]


def _reaching(text: str, word: Word, following: Word) -> Piece:
    between = text[word.end : following.start]
    letters, right = text[word.start : word.end], word.right
    is_beside = is_same_line(word, following) and word.right <= following.left
    if is_beside and not between.strip() and "\n" not in between:
        letters, right = letters + (" " if between else ""), following.left
    return Piece(letters, word.left, word.top, right, word.bottom)


class UnseenFont:
    """One for a whole document. `letters` are counted while pages are written; `finish` tells what they are."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._codes: dict[str, int] = {}
        self.reference = pdf.make_indirect(Dictionary(Type=Name.Font))

    def content(
        self, parts: Iterable[Piece], size: tuple[float, float], place: Matrix | None = None
    ) -> bytes:
        """The instructions for a page of this width and height in points; `place` leads to its own space."""
        lines = [line for part in parts if (line := self._line(part, *size))]
        moved = b"%s cm " % _numbers(*place.shorthand) if place is not None else b""
        return b"q %sBT 3 Tr\n%s\nET Q\n" % (moved, b"\n".join(lines)) if lines else b""

    def _line(self, part: Piece, width: float, height: float) -> bytes:
        tall = (part.bottom - part.top) * height
        wide = (part.right - part.left) * width
        if not part.text or tall <= 0 or wide <= 0:
            return b""
        stretch = 100 * wide / (len(part.text) * tall * _WIDTH / _UNITS)
        codes = "".join(f"{self._code(letter):04X}" for letter in part.text)
        # Letters stand on a line a quarter above the lower edge of their box.
        base = (1 - part.bottom) * height + tall / 4
        return b"%s %s Tf %s Tz 1 0 0 1 %s Tm <%s> Tj" % (
            FONT_NAME.encode(),
            _numbers(tall),
            _numbers(stretch),
            _numbers(part.left * width, base),
            codes.encode(),
        )

    def _code(self, letter: str) -> int:
        # A page has far fewer different letters than two bytes can count.
        return self._codes.setdefault(letter, min(len(self._codes) + 1, 0xFFFF))

    def finish(self) -> None:
        made = self.reference
        made.Subtype, made.BaseFont = Name.Type0, Name(f"/{_NAME}")
        made.Encoding = Name("/Identity-H")
        made.DescendantFonts = Array([self._pdf.make_indirect(self._descendant())])
        made.ToUnicode = self._pdf.make_stream(_unicode_map(self._codes))

    def _descendant(self) -> Dictionary:
        glyphs = b"\x00\x00" + b"\x00\x01" * len(self._codes)
        program = font_program()
        file = self._pdf.make_stream(program, Length1=len(program))
        described = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{_NAME}"),
            Flags=4,
            FontBBox=Array([0, _LOW, _WIDTH, _HIGH]),
            ItalicAngle=0,
            Ascent=_HIGH,
            Descent=_LOW,
            CapHeight=_HIGH,
            StemV=80,
            FontFile2=file,
        )
        return Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{_NAME}"),
            CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
            FontDescriptor=self._pdf.make_indirect(described),
            DW=_WIDTH,
            CIDToGIDMap=self._pdf.make_stream(glyphs),
        )


def _numbers(*values: float) -> bytes:
    return b" ".join(f"{value:.3f}".rstrip("0").rstrip(".").encode() for value in values)


def _unicode_map(codes: dict[str, int]) -> bytes:
    rows = [
        f"<{code:04X}> <{letter.encode('utf-16-be').hex().upper()}>"
        for letter, code in codes.items()
    ]
    blocks = [rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK)]
    listed = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{listed}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def font_program() -> bytes:
    """A TrueType font of two glyphs, the missing one and the one that all letters use."""
    tables = dict(_tables())
    head = struct.pack(">IHHHH", 0x00010000, len(tables), 128, 3, len(tables) * 16 - 128)
    offset, entries, bodies = 12 + 16 * len(tables), b"", b""
    for tag, body in sorted(tables.items()):
        padded = body + b"\0" * (-len(body) % 4)
        entries += struct.pack(">4sIII", tag, _checksum(padded), offset + len(bodies), len(body))
        bodies += padded
    program = head + entries + bodies
    place = offset + sum(
        len(body) + -len(body) % 4 for tag, body in sorted(tables.items()) if tag < b"head"
    )
    # The head tells what the sum of the whole lacks to this number.
    lack = (0xB1B0AFBA - _checksum(program)) & 0xFFFFFFFF
    return program[: place + 8] + struct.pack(">I", lack) + program[place + 12 :]


def _checksum(body: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(body) // 4}I", body)
    return sum(words) & 0xFFFFFFFF


def _tables() -> Iterator[tuple[bytes, bytes]]:
    box = (0, _LOW, _WIDTH, _HIGH)
    yield (
        b"head",
        struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            *(0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0b11, _UNITS, 0, 0, *box, 0, 8, 2, 0, 0),
        ),
    )
    yield (
        b"hhea",
        struct.pack(">IhhhHhhhhhhhhhhhH", 0x00010000, _HIGH, _LOW, 0, _WIDTH, *(0,) * 11, 2),
    )
    yield b"hmtx", struct.pack(">HhHh", _WIDTH, 0, _WIDTH, 0)
    yield b"maxp", struct.pack(">IH13H", 0x00010000, 2, 2, 1, 0, 0, 1, *(0,) * 8)
    # One contour of two points, from corner to corner; both coordinates as steps of two bytes.
    steps = struct.pack(">hhhh", 0, _WIDTH, _LOW, _HIGH - _LOW)
    glyph = struct.pack(">hhhhhHHBB", 1, *box, 1, 0, 1, 1) + steps
    yield b"loca", struct.pack(">HHH", 0, 0, len(glyph) // 2)
    yield b"glyf", glyph
    # No letter is asked for by this table: codes become glyphs by the map of the PDF.
    closing = struct.pack(">HHHHHHHHHHHh", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0)
    yield b"cmap", struct.pack(">HHHHI", 0, 1, 3, 1, 12) + closing[:24]
    yield b"post", struct.pack(">IIhhIIIII", 0x00030000, 0, -100, 50, 1, *(0,) * 4)
