"""From a ranked row to what a result list shows: the item as it is listed now, and why it was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prongsai.discovery.ranking import Row
from prongsai.discovery.snippets import Finder, Passage, Piece
from prongsai.discovery.texts import (
    AttachedText,
    Document,
    Pages,
    attached_texts,
    editions,
    file_pages,
    own_texts,
)
from prongsai.record.models import Item

BODY, FILE = "body", "file"
# A passage that holds less of the query than this does not tell why the item was found.
TELLING_SHARE = 0.3


@dataclass(frozen=True)
class Highlight:
    """A passage and where it stands: `place` is "body" or "file"; a file has a name and a page."""

    place: str
    pieces: tuple[Piece, ...]
    slot: str = ""
    file_name: str = ""
    sha256: str = ""
    page: int | None = None

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Hit:
    """An item that is listed now; its title and passages come with their matches."""

    item: Item
    score: float
    title: tuple[Piece, ...]
    highlights: tuple[Highlight, ...] = ()

    @property
    def is_title_match(self) -> bool:
        return any(piece.is_match for piece in self.title)


def hits(rows: Sequence[Row], finder: Finder) -> tuple[Hit, ...]:
    """The rows that are listed at this moment, whatever the index says, with what matches in them."""
    listed = Item.objects.listed().in_bulk([row.number for row in rows])
    documents = editions(item.edition_hash for item in listed.values())
    shown = [row for row in rows if row.number in listed]
    opened = [documents.get(listed[row.number].edition_hash, {}) for row in shown]
    own = [_own_highlight(document, finder) for document in opened]
    unexplained = [document for document, (share, _) in zip(opened, own, strict=True) if share < 1]
    read = file_pages(unexplained)
    return tuple(
        _hit(listed[row.number], row.score, _both(found, document, read, finder), finder)
        for row, document, found in zip(shown, opened, own, strict=True)
    )


def plain_hit(item: Item) -> Hit:
    return Hit(item, 0.0, (Piece(item.title, is_match=False),))


def _hit(item: Item, score: float, highlights: tuple[Highlight, ...], finder: Finder) -> Hit:
    return Hit(item, score, finder.pieces(item.title), highlights)


Found = tuple[float, Highlight | None]


def _own_highlight(document: Document, finder: Finder) -> Found:
    text = "\n".join(own_texts(document))
    passage = finder.passage(text)
    pieces = finder.snippet(text, passage) if passage.share >= TELLING_SHARE else ()
    return passage.share, Highlight(BODY, pieces) if pieces else None


def _both(
    own: Found, document: Document, read: dict[str, Pages], finder: Finder
) -> tuple[Highlight, ...]:
    """The item's own passage, and one of a file where that holds more of the query."""
    share, highlight = own
    attached = attached_texts(document, read) if read and share < 1 else ()
    in_file = _file_highlight(attached, finder, more_than=max(share, TELLING_SHARE))
    return tuple(each for each in (in_file, highlight) if each)


def _file_highlight(
    attached: Iterable[AttachedText], finder: Finder, *, more_than: float
) -> Highlight | None:
    pages = [(file, number, text) for file in attached for number, text in file.pages]
    if not pages:
        return None
    file, number, text = max(pages, key=lambda page: finder.share(page[2]))
    passage: Passage = finder.passage(text)
    if passage.share <= more_than:
        return None
    pieces = finder.snippet(text, passage)
    return Highlight(FILE, pieces, file.slot, file.name, file.sha256, number) if pieces else None
