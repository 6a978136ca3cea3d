"""What an edition says, as plain text: for the index, and for the passages that show why an item was found."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from prongsai.discovery.schema import Searchable
from prongsai.record.models import Item
from prongsai.record.queries import Pages, editions, file_pages
from prongsai.record.rules import text_at
from prongsai.thai.dates import format_date

CHUNK = 200
Document = Mapping[str, Any]

_BLOCKS = "p|h[1-6]|li|ul|ol|tr|td|th|table|br|hr|blockquote|figure|figcaption|aside|div|pre"
_REST_OF_TAG = r'[^>"]*(?:"[^"]*"[^>"]*)*>'
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCKS})\b{_REST_OF_TAG}", re.IGNORECASE)
_TAG = re.compile(rf"</?[a-z!]{_REST_OF_TAG}", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\s*\n\s*")
# What else of an edition people search by, beside its title, summary, body and details.
_NAMED_TEXTS = (
    "title_en",
    "official.number",
    "period",
    "source",
)
# A hit names its unit and section beside the passage, in the language of the page.
_BESIDE = ("unit.name_th", "unit.name_en", "section.title_th", "section.title_en")


@dataclass(frozen=True)
class AttachedText:
    """A file of an edition and the pages that were read from it."""

    slot: str
    name: str
    sha256: str
    pages: tuple[tuple[int, str], ...]


def body_text(body: str) -> str:
    """The words of a sanitised body, a line for each block."""
    lines = _TAG.sub("", _BLOCK_TAG.sub("\n", body))
    return _BLANK_LINES.sub("\n", html.unescape(lines)).strip()


def own_texts(document: Document) -> list[str]:
    """What the edition itself says below its title, in the order in which a reader meets it."""
    texts = [text_at(document, "summary"), body_text(text_at(document, "body"))]
    texts += (_detail_text(each) for each in _details(document))
    texts += (text_at(document, path) for path in _NAMED_TEXTS)
    texts += _signatories(document)
    texts += (f"{text_at(each, 'label')} {text_at(each, 'name')}" for each in _files(document))
    return [text for text in texts if text.strip()]


def names_beside(document: Document) -> list[str]:
    """Whose the edition is and where it stands: people search by it, but no passage repeats it."""
    return [name for path in _BESIDE if (name := text_at(document, path)).strip()]


def bare_texts(document: Document) -> list[str]:
    """Values as machines write them: people paste them into the search, but no passage shows them."""
    return [value for each in _details(document) if (value := _value(each))]


def attached_texts(document: Document, read: Mapping[str, Pages]) -> list[AttachedText]:
    """The texts of the edition's files; `read` is what was read, by SHA-256."""
    return [
        AttachedText(
            slot=text_at(file, "slot"),
            name=text_at(file, "name"),
            sha256=text_at(file, "sha256"),
            pages=tuple(
                (page.get("number") or place, str(page.get("text") or ""))
                for place, page in enumerate(read.get(text_at(file, "sha256"), ()), 1)
            ),
        )
        for file in _files(document)
    ]


def searchables(items: QuerySet[Item]) -> Iterator[Searchable]:
    """Items with all that can be searched in them. An edition that a recall has erased is left out."""
    ordered = items.order_by("number").iterator(chunk_size=CHUNK)
    while chunk := list(islice(ordered, CHUNK)):
        documents = editions(item.edition_hash for item in chunk)
        for item in chunk:
            if document := documents.get(item.edition_hash):
                yield _searchable(item, document)


def _searchable(item: Item, document: Document) -> Searchable:
    attached = attached_texts(document, file_pages([document]))
    return Searchable(
        number=item.number,
        title=item.title,
        main=(
            item.number,
            *own_texts(document),
            *names_beside(document),
            *bare_texts(document),
        ),
        files=tuple(text for file in attached for _number, text in file.pages if text.strip()),
        top_section=item.top_section,
        section=item.section,
        unit_code=item.unit_code,
        kind=item.kind,
        fiscal_year=item.fiscal_year,
        first_published_at=item.first_published_at,
        updated_at=item.major_updated_at,
    )


def _details(document: Document) -> list[Document]:
    return list(document.get("details") or ())


def _value(detail: Document) -> str:
    """Some are JSON numbers, and 0 is a value too."""
    value = detail.get("value")
    return "" if value is None else str(value)


def _detail_text(detail: Document) -> str:
    """`ราคากลาง 4,752,000 บาท`: a bare number in a passage would tell nobody why the item was found."""
    value = _value(detail)
    label = text_at(detail, "label_th")
    write = _WRITTEN.get(text_at(detail, "type"))
    return f"{label} {write(value) if write else value}".strip() if value else ""


def _thai_date(value: str) -> str:
    try:
        return format_date(date.fromisoformat(value))
    except ValueError:
        return value


def _thousands(value: str) -> str:
    try:
        return f"{Decimal(value):,}".removesuffix(".00")
    except InvalidOperation:
        return value


def _baht(value: str) -> str:
    amount = _thousands(value)
    # Words in the place of an amount, such as “as in the contract”, are no amount.
    return f"{amount} บาท" if amount[-1:].isdigit() else amount


_WRITTEN = {"date": _thai_date, "money": _baht, "int": _thousands}


def _files(document: Document) -> list[Document]:
    return list(document.get("files") or ())


def _signatories(document: Document) -> Iterator[str]:
    for each in (document.get("official") or {}).get("signatories") or ():
        yield f"{text_at(each, 'name')} {text_at(each, 'post')}"
