"""What was found, in the reader's words: rows say where, and the words are read from the edition that is public now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from prongsai.monitoring.condition.outline import Document, Link, Outline, outline_of
from prongsai.monitoring.condition.states import FILES, LINKS, PICTURES, WORDS, Flaw
from prongsai.monitoring.models import Defect
from prongsai.record.models import Item
from prongsai.record.queries import editions
from prongsai.record.rules import text_at

LONGEST = 120


@dataclass(frozen=True)
class Told:
    """One defect; `slot` is of the file that it is about, else empty."""

    flaw: Flaw
    about: str
    slot: str
    at: datetime

    @property
    def wrong(self) -> str:
        return str(WORDS[self.flaw].wrong) % {"about": self.about}

    @property
    def act(self) -> str:
        return str(WORDS[self.flaw].act)


@dataclass(frozen=True)
class Subject:
    """An item in use and what is wrong with it, the worst first."""

    number: str
    version: int
    title: str
    title_en: str
    unit_code: str
    told: tuple[Told, ...]


def told(rows: Iterable[Defect]) -> list[Subject]:
    """By item, the newest number first. What is about no version in use is left out."""
    by_edition: dict[tuple[str, int], list[Defect]] = {}
    for row in rows:
        by_edition.setdefault((row.number, row.version), []).append(row)
    numbers = {number for number, _version in by_edition}
    items = list(Item.objects.listed().filter(number__in=numbers).order_by("-number"))
    documents = editions(each.edition_hash for each in items)
    return [
        _subject(each, documents[each.edition_hash], found)
        for each in items
        if (found := by_edition.get((each.number, each.version))) and each.edition_hash in documents
    ]


def _subject(item: Item, document: Document, rows: Iterable[Defect]) -> Subject:
    outline, order = outline_of(document), list(Flaw)
    # What a later or an earlier version of the checks wrote goes as soon as the worker has looked again.
    known = [row for row in rows if row.flaw in Flaw.values]
    ordered = sorted(known, key=lambda row: (order.index(Flaw(row.flaw)), row.place))
    return Subject(
        number=item.number,
        version=item.version,
        title=item.title,
        title_en=item.title_en,
        unit_code=item.unit_code,
        told=tuple(each for row in ordered if (each := _told(row, document, outline))),
    )


def _told(row: Defect, document: Document, outline: Outline) -> Told | None:
    flaw, slot = Flaw(row.flaw), ""
    try:
        if flaw in FILES:
            file = _file(document, row.place)
            about, slot = text_at(file, "name"), text_at(file, "slot")
        else:
            about = _about(flaw, row.place, document, outline)
    except IndexError:
        return None
    return Told(flaw, _short(about), slot, row.at)


def _about(flaw: Flaw, place: int, document: Document, outline: Outline) -> str:
    if flaw in LINKS:
        return _link(flaw, outline.links[place])
    if flaw == Flaw.PICTURE_NAMED_BY_FILE:
        return outline.pictures[place]
    if flaw in PICTURES or flaw == Flaw.TABLE_WITHOUT_HEADER:
        return str(place + 1)
    return (text_at(document, "title_en"), *outline.passages)[place]


def _link(flaw: Flaw, link: Link) -> str:
    """What it says and where it leads, each where it helps to find it."""
    address = unquote(link.address)
    if flaw == Flaw.LINK_SAYS_NOTHING:
        return link.words
    return address if link.words in {"", link.address} else f"{link.words} ({address})"


def _file(document: Document, place: int) -> Mapping[str, str]:
    files: list[Mapping[str, str]] = list(document.get("files") or ())
    return files[place - 1]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
