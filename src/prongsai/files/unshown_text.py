"""Text that lies in a file beside what its program shows: pivot caches, diagrams, properties, links."""

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import isfinite
from typing import IO
from xml.etree import ElementTree

from prongsai.files import rules
from prongsai.files.hidden_marks import free_of_marks, marked
from prongsai.files.office_hidden import part_kind
from prongsai.files.refusals import Refused

# What programs write by themselves about every file.
_DULL = re.compile(
    r"""true|false|Title|Worksheets|Named\ Ranges|แผ่นงาน|ชื่อเรื่อง|Normal(?:\.dotm?)?
    |python-docx|generated\ by\ python-docx|openpyxl|Microsoft\ Excel\ Compatible\ /\ Openpyxl\ [\d.]{1,9}
    |Microsoft\ (?:Office\ |Macintosh\ )?(?:Word|Excel)
    |\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ
    |(?:uuid:|xmp\.[di]id:)?\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?
    |(?:PAGE|NUMPAGES|DATE|TIME)[^0-9๐-๙]*
    |about:blank|02[0-9A-F]{18}
    |[๑ก],\ [๒ข],\ [๓ค],\ \.\.\.
    |left|right|center|top|bottom|margin|page|column|paragraph|inside|outside""",
    re.VERBOSE,
)
# Numbers with fewer digits are sizes, positions and indices; a telephone number has nine.
_DIGITS_OF_A_PERSON = 9
_PERSONAL = re.compile(r"[ก-๛@]|(?:[0-9๐-๙][ .\-]?){13}")
_TELLING_ATTRIBUTES = frozenset(
    (
        *("v", "descr", "title", "author", "caption", "tooltip", "display", "displayName"),
        *("prompt", "promptTitle", "error", "errorTitle"),
    )
)
_LINES = frozenset(("p", "h", "si", "is", "text"))
_BREAKS = frozenset(("tab", "br", "cr", "line-break"))
_FORMULAS = frozenset(("f", "formula", "formula1", "formula2"))
_PLACED = frozenset(("posOffset", "align", "pctWidth", "pctHeight"))
_APART = frozenset((*_FORMULAS, *_PLACED))
_FALLBACK = "Fallback"
# How a document looks; only what may be personal is picked out of these.
_QUIET_PARTS = re.compile(
    r"""(?:word|xl)/(?:styles|stylesWithEffects|settings|webSettings|fontTable|numbering)\.xml
    |(?:word|xl)/theme/.*|\[Content_Types\]\.xml|.*\.rels
    |(?:.*/)?settings\.xml|META-INF/manifest\.xml|Configurations2/.*""",
    re.VERBOSE,
)
_TAG = re.compile(r"<[^<>]*>")
_END_OF_PIECE = re.compile(r"[\n\r\t]")
_READ_AT_ONCE = 65536


class UnshownText:
    """The lines found so far, each once, and none that is in the `shown` texts already."""

    def __init__(self, shown: Iterable[str]) -> None:
        self.lines: list[str] = []
        # How what is added next is hidden; empty for what is drawn somewhere.
        self.kind = ""
        self._seen = {piece for text in shown for piece in _pieces(text)}
        self._size = 0

    def add(self, text: str, *, is_quiet: bool = False) -> None:
        """Of `is_quiet` text only what may be personal is kept. Raises `Refused` at the limit."""
        # A large sheet has a million attributes; nearly all of them end here.
        if is_quiet and not _PERSONAL.search(text):
            return
        for written in _pieces(text):
            if is_quiet and not _PERSONAL.search(written):
                continue
            piece = free_of_marks(_telling(written))
            if not piece or piece in self._seen:
                continue
            self._seen.add(piece)
            self.lines.append(marked(piece, self.kind) if self.kind else piece)
            self._size += len(piece)
            if self._size > rules.MAX_TEXT:
                raise Refused("too_much_text")

    def add_xml(
        self,
        chunks: Iterable[bytes],
        *,
        is_quiet: bool = False,
        shown_tags: frozenset[str] = frozenset(),
    ) -> None:
        """Text and telling attributes. Raises `ParseError`."""
        parser = ElementTree.XMLParser(target=_Walk(self, is_quiet, shown_tags))  # noqa: S314 -- archives refuses entities before
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()

    def add_markup(self, content: bytes) -> None:
        """Of what need not be well-formed: drawings of old programs, SVG."""
        self.add(html.unescape(_TAG.sub("\n", content.decode("utf-8", "replace"))), is_quiet=True)


class _Walk:
    """What expat tells, part by part, so that no tree of a large sheet is built."""

    def __init__(self, found: UnshownText, is_quiet: bool, shown_tags: frozenset[str]) -> None:
        self._found, self._is_quiet, self._shown_tags = found, is_quiet, shown_tags
        self._path: list[str] = []
        self._line: list[str] = []
        self._apart: list[str] = []
        self._lines_deep = self._fallbacks = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name in _LINES or name in _BREAKS or not self._lines_deep:
            self._end_line()
        self._lines_deep += name in _LINES
        self._fallbacks += name == _FALLBACK
        self._path.append(tag)
        for key, value in attributes.items():
            is_telling = _local(key) in _TELLING_ATTRIBUTES and not self._is_quiet
            self._found.add(value, is_quiet=not is_telling)

    def data(self, text: str) -> None:
        tag = self._path[-1]
        if _local(tag) in _APART:
            self._apart.append(text)
        elif self._fallbacks or tag not in self._shown_tags:
            self._line.append(text)

    def end(self, tag: str) -> None:
        name = _local(self._path.pop())
        if name == "noBreakHyphen" and not self._shown_tags:
            self._line.append("-")
        if self._apart:
            self._found.add("".join(self._apart), is_quiet=self._is_quiet or name in _FORMULAS)
            self._apart = []
        if name in _LINES or not self._lines_deep:
            self._end_line()
        self._lines_deep -= name in _LINES
        self._fallbacks -= name == _FALLBACK

    def close(self) -> None:
        self._end_line()

    def _end_line(self) -> None:
        if self._line:
            self._found.add("".join(self._line), is_quiet=self._is_quiet)
            self._line = []


def unshown_text(
    archive: zipfile.ZipFile, shown: Iterable[str], shown_tags: dict[str, frozenset[str]]
) -> str:
    """What the parts of an office document say beyond `shown`, marked by how it is hidden.

    `shown_tags` names per part what `shown` has of it.
    """
    found = UnshownText(shown)
    for name in sorted(archive.namelist()):
        with archive.open(name) as stream:
            found.kind = part_kind(name)
            head = stream.read(16).removeprefix(b"\xef\xbb\xbf").lstrip()
            chunks = _chunks(head, stream)
            if name.lower().endswith((".xml", ".rels")):
                tags = shown_tags.get(name, frozenset())
                found.add_xml(chunks, is_quiet=bool(_QUIET_PARTS.fullmatch(name)), shown_tags=tags)
            elif head.startswith(b"<"):
                found.add_markup(b"".join(chunks))
            elif head.startswith((b"\xff\xfe<\x00", b"\xfe\xff\x00<")):
                raise Refused("unreadable")
    return "\n".join(found.lines)


def _chunks(head: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    yield head
    while chunk := stream.read(_READ_AT_ONCE):
        yield chunk


def _pieces(text: str) -> Iterator[str]:
    for piece in _END_OF_PIECE.split(text):
        if stripped := piece.strip():
            yield stripped


def _telling(piece: str) -> str:
    """The piece, with its digits written out, or nothing where a program wrote it for itself."""
    if _DULL.fullmatch(piece):
        return ""
    try:
        number = float(piece)
    except ValueError:
        return piece
    # Python reads `nan` and `infinity` as numbers; here they are words.
    if not isfinite(number):
        return piece
    if not number.is_integer() or abs(number) < 10 ** (_DIGITS_OF_A_PERSON - 1):
        return ""
    return piece if piece.isdigit() else f"{number:.0f}"


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
