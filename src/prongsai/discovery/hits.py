"""From a ranked row to what a result list shows: the item as it is listed now, and why it was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from prongsai.discovery.opened import Opened, Openings
from prongsai.discovery.ranking import Row
from prongsai.discovery.snippets import Finder, Piece
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


def hits(
    rows: Sequence[Row], finder: Finder, openings: Openings, *, at_head: int
) -> tuple[Hit, ...]:
    """The rows that are listed at that head of the record, whatever the index says, with what matches in them."""
    listed = openings.listed(at_head, (row.number for row in rows))
    shown = [(listed[row.number], row.score) for row in rows if row.number in listed]
    own = [_own_highlight(opened, finder) for opened, _score in shown]
    unexplained = [opened for (opened, _), (share, _h) in zip(shown, own, strict=True) if share < 1]
    openings.read_files(at_head, unexplained)
    return tuple(
        Hit(opened.item, score, finder.pieces(opened.title), _both(found, opened, finder))
        for (opened, score), found in zip(shown, own, strict=True)
    )


def plain_hit(item: Item) -> Hit:
    return Hit(item, 0.0, (Piece(item.title, is_match=False),))


Found = tuple[float, Highlight | None]


def _own_highlight(opened: Opened, finder: Finder) -> Found:
    passage = finder.passage(opened.own)
    pieces = finder.snippet(opened.own, passage) if passage.share >= TELLING_SHARE else ()
    return passage.share, Highlight(BODY, pieces) if pieces else None


def _both(own: Found, opened: Opened, finder: Finder) -> tuple[Highlight, ...]:
    """The item's own passage, and one of a file where that holds more of the query."""
    share, highlight = own
    more_than = max(share, TELLING_SHARE)
    in_file = _file_highlight(opened, finder, more_than=more_than) if share < 1 else None
    return tuple(each for each in (in_file, highlight) if each)


def _file_highlight(opened: Opened, finder: Finder, *, more_than: float) -> Highlight | None:
    if not opened.pages:
        return None
    page = max(opened.pages, key=lambda page: finder.share(page.text.shown))
    passage = finder.passage(page.text)
    if passage.share <= more_than:
        return None
    pieces = finder.snippet(page.text, passage)
    return (
        Highlight(FILE, pieces, page.slot, page.file_name, page.sha256, page.number)
        if pieces
        else None
    )
