"""Keeps the spaces between Thai words in a letter's text layer.

Typst says what a consonant with marks reads by an ActualText span. A space between two such spans is
a text object of its own, which has no ink; pdfium (Chromium's viewer, and our own reader of files)
drops objects without ink, and two words run together. Each such space is taken into the span before.
"""

import re
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Page

# One line of the map from codes to letters: on the next line <0020> would be a code.
_SPACE_GLYPH = re.compile(rb"^<([0-9A-Fa-f]{4})>[ \t]*<0020>[ \t]*\r?$", re.MULTILINE)
# A span to its end, what sets the state behind it, and one glyph that is shown alone. As Typst writes them: a page is
# not taken apart into its instructions, which for a long table takes longer than setting it. No glyph of our
# typefaces has a code in which EMC could stand.
_SPAN_AND_GLYPH = re.compile(
    rb"/ActualText<(?P<read>[0-9A-Fa-f]*)>>>BDC"
    rb"(?P<shown>[^E]*+(?:E(?!MC)[^E]*+)*+)EMC"
    rb"(?P<state>(?:\s*+(?:\d Tr|/(?P<font>\w+) [\d.]+ Tf|(?:[-\d.]+ ){6}Tm))++)"
    rb"(?P<alone>\s*(?:\[\s*)?\((?P<glyph>(?:\\[0-7]{3}|\\.|[^\\()]){2})\)[-\d. ]*(?:\]\s*TJ|Tj))",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_SPACE = b"0020"


def keep_spaces(pdf: bytes) -> bytes:
    """The same pages and the same structure; the same input gives the same bytes."""
    mended = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        known: dict[tuple[int, int], bytes] = {}
        for page in document.pages:
            page.Contents = document.make_stream(_mended(page, known))
        document.save(mended, deterministic_id=True)
    return mended.getvalue()


def _mended(page: Page, known: dict[tuple[int, int], bytes]) -> bytes:
    """The page's instructions, with the end of each span moved behind the lone space after it."""
    spaces = _space_glyphs(page, known)

    def taken_in(found: re.Match[bytes]) -> bytes:
        space = spaces.get(found["font"])
        if not space or _plain(found["glyph"]) != space:
            return found[0]
        read, behind = found["read"] + _SPACE, found["state"] + found["alone"]
        return b"/ActualText<%b>>>BDC%b%b\nEMC" % (read, found["shown"], behind)

    return _SPAN_AND_GLYPH.sub(taken_in, page.Contents.read_bytes())


def _plain(glyph: bytes) -> bytes:
    """A string of PDF without its escapes."""
    return _ESCAPED.sub(lambda found: _unescaped(found[1]), glyph)


def _unescaped(code: bytes) -> bytes:
    return bytes([int(code, 8)]) if code.isdigit() else _NAMED.get(code, code)


def _space_glyphs(page: Page, known: dict[tuple[int, int], bytes]) -> dict[bytes, bytes]:
    """By name of the font in this page the code of the space in it, b"" for one that has none."""
    fonts = page.resources.get("/Font", Dictionary())
    found = {}
    for name, font in fonts.items():
        if font.objgen not in known:
            code = _SPACE_GLYPH.search(font.ToUnicode.read_bytes())
            known[font.objgen] = bytes.fromhex(code[1].decode()) if code else b""
        found[name.removeprefix("/").encode()] = known[font.objgen]
    return found
