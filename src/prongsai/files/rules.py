"""What may come in, and how much of it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Self

import rfc8785

MEBIBYTE = 1024 * 1024

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
TXT = "text/plain"
HTML = "text/html"
PNG = "image/png"
JPEG = "image/jpeg"
WEBP = "image/webp"

EXTENSIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        PDF: (".pdf",),
        DOCX: (".docx",),
        XLSX: (".xlsx",),
        ODT: (".odt",),
        ODS: (".ods",),
        CSV: (".csv",),
        TXT: (".txt",),
        HTML: (".html", ".htm"),
        PNG: (".png",),
        JPEG: (".jpg", ".jpeg"),
        WEBP: (".webp",),
    }
)
IMAGES = frozenset({PNG, JPEG, WEBP})
OFFICE_FORMATS = frozenset({DOCX, XLSX, ODT, ODS})

# Far above what officers send, far below what would exhaust a small server.
MAX_ENTRIES = 5_000
MAX_UNPACKED = 300 * MEBIBYTE
MAX_RATIO = 250
RATIO_MATTERS_FROM = 20 * MEBIBYTE
MAX_STREAM = 128 * MEBIBYTE
MAX_STREAMS = 2048 * MEBIBYTE
MAX_LZW = 8 * MEBIBYTE
MAX_PACKED_TEXT = 24 * MEBIBYTE
MAX_WALKED = 8 * MEBIBYTE
MAX_PDF_PAGES = 1_000
# Looking at so many lines, letters and pictures takes half a minute.
MAX_DRAWN_OBJECTS = 1_000_000
MAX_PIXELS = 100_000_000
MAX_SIDE = 30_000
MAX_TEXT = 5_000_000


@dataclass(frozen=True)
class Word:
    """Where a stretch of a page's text is seen.

    `start` and `end` are code points of that text; the edges are parts (0 to 1) of the page's width and
    height, from its upper left; `confidence` (0 to 1) is how sure the reader was of it. `em` is the size of its letters
    in parts of the page's height, 0 where only their edges are known; `is_bold` goes with it.
    """

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0
    em: float = 0.0
    is_bold: bool = False


@dataclass(frozen=True)
class Hidden:
    """A stretch of a page's text that nobody sees who looks at the page, and how it is hidden there."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Sight:
    """What is seen on a page and not read: a `face`, a `card` with a face, a `signature`, a `seal`.

    Or `unseen`: pictures that nobody could look at. The edges are parts (0 to 1) of the page, as a word's are; in a
    document without pages `picture` is the number of the one that shows it, else 0.
    """

    kind: str
    left: float
    top: float
    right: float
    bottom: float
    picture: int = 0


@dataclass(frozen=True)
class PageText:
    """`source` is `text`, `ocr`, `checked` by a person, or `none` where the page shows something that nothing has
    read yet.

    `confidence` is of a page read by machine; `words` and `sights` are known for pages that were looked at as a
    picture, which pages of text that `has_pictures` are too.
    """

    number: int
    text: str
    source: str = "text"
    confidence: float | None = None
    hidden: tuple[Hidden, ...] = ()
    words: tuple[Word, ...] = ()
    sights: tuple[Sight, ...] = ()
    has_pictures: bool = False

    def to_json(self) -> dict[str, Any]:
        """What is kept beside the file. Without words and sights: they are kept by whoever read them."""
        said: dict[str, Any] = {"number": self.number, "text": self.text, "source": self.source}
        if self.confidence is not None:
            said["confidence"] = self.confidence
        if self.hidden:
            said["hidden"] = [[one.kind, one.start, one.end] for one in self.hidden]
        if self.has_pictures:
            said["has_pictures"] = True
        return said

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        return cls(
            said["number"],
            said["text"],
            said["source"],
            said.get("confidence"),
            tuple(Hidden(*one) for one in said.get("hidden", ())),
            has_pictures=said.get("has_pictures", False),
        )


@dataclass(frozen=True)
class Read:
    """What one look into a file found. `pages` is None for what has no pages of its own.

    Pictures are redrawn before they are read.
    `notes` tell what was taken out, as keys of `refusals.NOTES`.
    """

    media_type: str
    texts: tuple[PageText, ...]
    pages: int | None = None
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        texts = [page.to_json() for page in self.texts]
        return {
            "media_type": self.media_type,
            "texts": texts,
            "pages": self.pages,
            "notes": self.notes,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        texts = tuple(PageText.from_json(page) for page in said["texts"])
        return cls(said["media_type"], texts, said["pages"], tuple(said["notes"]))


def text_sha256(pages: Iterable[PageText]) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON of a text: what an approval of it is bound to."""
    return hashlib.sha256(rfc8785.dumps([page.to_json() for page in pages])).hexdigest()


def with_reading(
    page: PageText,
    text: str,
    confidence: float | None,
    words: Iterable[Word],
    sights: Iterable[Sight] = (),
) -> PageText:
    """The page with what was read of its picture.

    That comes first, so that its words stand where they say; then what the file itself tells of the page.
    """
    whole = "\n".join(filter(None, (text, page.text)))
    moved = len(whole) - len(page.text)
    hidden = tuple(Hidden(one.kind, one.start + moved, one.end + moved) for one in page.hidden)
    return PageText(page.number, whole, "ocr", confidence, hidden, tuple(words), tuple(sights))


def as_told_before(
    pages: Iterable[PageText], originals: Iterable[PageText]
) -> tuple[PageText, ...]:
    """Pages that were made into pictures with their words behind them: those words are as sure as they were before."""
    known = {page.number: page for page in originals if page.source != "none"}
    return tuple(_as_told(page, known.get(page.number)) for page in pages)


def _as_told(page: PageText, original: PageText | None) -> PageText:
    is_picture = any(one.kind == "scan_layer" for one in page.hidden)
    if original is None or not is_picture or not page.text.strip():
        return page
    return replace(page, source=original.source, confidence=original.confidence)


def extension_mismatch(name: str, media_type: str) -> str | None:
    """The extension of the name (perhaps none) when content of this type does not carry it; None when it does."""
    dot = name.rfind(".")
    extension = name[dot:].lower() if dot > 0 else ""
    return None if extension in EXTENSIONS[media_type] else extension
