"""What may be covered on a page of a file: what detectors find there, its lines, and what reads alike elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from prongsai.files.examination.accepted import locate
from prongsai.files.locating import Box, Located
from prongsai.files.redaction.grid import Sheet, cells_of_letters
from prongsai.files.redaction.questions import Cover
from prongsai.files.redaction.seeking import squeezed
from prongsai.files.rules import PageText
from prongsai.screening.located import Located as Found
from prongsai.screening.located import Own, Seen
from prongsai.screening.redacting.covers import Picture, Place, Span, is_box, rounded
from prongsai.screening.rules import findings_in
from prongsai.thai.normalise import normalise_with_offsets

# Shorter words are everywhere.
SHORTEST_SOUGHT = 2


class Surface(Protocol):
    """A page or a sheet: its text, and where a stretch of it is seen."""

    @property
    def page(self) -> PageText: ...

    def places(self, start: int, end: int) -> tuple[Place, ...]: ...


@dataclass(frozen=True)
class Offer:
    """A finding with the places to cover: a box a line, or cells; none where it cannot be seen."""

    found: Found
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Line:
    """A line of the page's text, for those who do not draw."""

    text: str = field(repr=False)
    places: tuple[Place, ...]


@dataclass(frozen=True)
class PageSurface:
    """A page of a PDF or a picture, located once for all questions about it."""

    located: Located = field(repr=False)

    @property
    def page(self) -> PageText:
        return self.located.page

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        made = (rounded(box) for box in self.located.boxes(start, end))
        return tuple(box for box in made if is_box(box))


@dataclass(frozen=True)
class TableSurface:
    """A sheet of a table; `cells` are those of the letters of its text."""

    page: PageText
    sheet: Sheet = field(repr=False)
    cells: tuple[tuple[int, int] | None, ...] = field(repr=False)

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        found = {cell for cell in self.cells[start:end] if cell is not None}
        return tuple(Cover(self.page.number, row, column) for row, column in sorted(found))


@dataclass(frozen=True)
class DocumentSurface:
    """The text of a document that has no pages of its own."""

    page: PageText

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        return (Span(self.page.number, start, end),)


def surface_of(path: Path, media_type: str, page: PageText) -> PageSurface:
    """Raises `CannotLook`."""
    return PageSurface(locate(path, media_type, page))


def table_surface(sheet: Sheet, page: PageText) -> TableSurface:
    return TableSurface(page, sheet, tuple(cells_of_letters(sheet, page.text)))


def offers(surface: Surface, own: Own) -> list[Offer]:
    """Everything that today's rules find there, in the order of the text."""
    page = surface.page
    return [
        Offer(found, _places(surface, found))
        for found in findings_in(page.text, own, Seen.of(page))
        if found.end > found.start or found.boxes
    ]


def _places(surface: Surface, found: Found) -> tuple[Place, ...]:
    """What is seen stands on a page; of a table or a document of one long text only the picture is known."""
    if not found.boxes:
        return surface.places(found.start, found.end)
    if not isinstance(surface, PageSurface):
        numbers = dict.fromkeys(one.picture for one in found.boxes if one.picture)
        return tuple(Picture(surface.page.number, number) for number in numbers)
    boxes = (
        rounded(Box(surface.page.number, one.left, one.top, one.right, one.bottom))
        for one in found.boxes
    )
    return tuple(box for box in boxes if is_box(box))


def lines(surface: Surface) -> Iterator[Line]:
    """Those that are seen on the page."""
    start = 0
    for line in surface.page.text.split("\n"):
        end = start + len(line)
        if line.strip() and (places := surface.places(start, end)):
            yield Line(line.strip(), places)
        start = end + 1


def spans_alike(text: str, sought: str) -> list[tuple[int, int]]:
    """Where the text says the same, whatever spaces, hyphens and kinds of digits it is written with."""
    wanted = squeezed(sought)
    if len(wanted) < SHORTEST_SOUGHT:
        return []
    read = normalise_with_offsets(text)
    kept = [place for place, letter in enumerate(read.text) if squeezed(letter)]
    letters = "".join(read.text[place] for place in kept)
    spans, at = [], letters.find(wanted)
    while at >= 0:
        after = at + len(wanted)
        spans.append(read.span(kept[at], kept[after - 1] + 1))
        at = letters.find(wanted, after)
    return spans
