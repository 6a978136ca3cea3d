"""What may come in, and how much of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MEBIBYTE = 1024 * 1024

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
TXT = "text/plain"
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
MAX_WALKED = 8 * MEBIBYTE
MAX_PDF_PAGES = 1_000
MAX_PIXELS = 100_000_000
MAX_SIDE = 30_000
MAX_TEXT = 5_000_000


@dataclass(frozen=True)
class PageText:
    """`source` is `none` where the page shows something that no text layer tells."""

    number: int
    text: str
    source: str = "text"

    def to_json(self) -> dict[str, object]:
        return {"number": self.number, "text": self.text, "source": self.source}


def extension_mismatch(name: str, media_type: str) -> str | None:
    """The extension of the name (perhaps none) when content of this type does not carry it; None when it does."""
    dot = name.rfind(".")
    extension = name[dot:].lower() if dot > 0 else ""
    return None if extension in EXTENSIONS[media_type] else extension
