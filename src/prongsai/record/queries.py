"""Questions to the record. None of them knows anything but what was appended."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.db import connections
from django.db.models import Case, Q, QuerySet, Value, When

from prongsai.record import merkle, tiles
from prongsai.record.editions import leaf_data
from prongsai.record.merkle import Place as TreePlace
from prongsai.record.models import (
    Binding,
    Checkpoint,
    Edition,
    Entry,
    FileText,
    Item,
    Node,
    PublishedFile,
    Version,
)
from prongsai.record.pages import Decision, EditionPage, Place, UpdateNote, decisions, edition_page
from prongsai.record.projections import Past
from prongsai.record.rules import text_at
from prongsai.record.states import CONTENT_ACTIONS, Action, ItemState, RecallReason
from prongsai.record.triggers import RECORD

PER_PAGE = 20


@dataclass(frozen=True)
class Listing:
    """One page of a list, with what the pager needs."""

    items: tuple[Item, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Facets:
    """What a section can be filtered by: only what leads to something."""

    years: tuple[int, ...]
    units: tuple[tuple[str, str, str], ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """That an entry is in the signed log: everything that somebody needs to check it alone."""

    seq: int
    leaf_data: str
    leaf_hash: str
    size: int
    root_hash: str
    path: tuple[str, ...]
    checkpoint: str


@dataclass(frozen=True)
class Tombstone:
    """All that is left of a recalled item."""

    number: str
    seq: int
    leaf_hash: str
    recalled_at: datetime
    first_published_at: datetime
    reason: str
    explanation: str
    decided: tuple[Decision, ...]

    @property
    def reason_label(self) -> str:
        known = self.reason in RecallReason.values
        return str(RecallReason(self.reason).label) if known else self.reason


def head() -> int:
    """The number of the last entry, -1 when there is none. Asked on every request, so one indexed row."""
    with connections[RECORD].cursor() as cursor:
        cursor.execute("SELECT MAX(seq) FROM record_entry")
        last = cursor.fetchone()[0]
    return -1 if last is None else int(last)


def entry_with_key(key: str) -> Entry | None:
    """The entry that an append with this key made, if it did."""
    return Entry.objects.filter(key=key).first()


def item(number: str) -> Item | None:
    return Item.objects.filter(number=number).first()


def page(number: str, version: int | None = None) -> EditionPage | None:
    """The current edition of a number, or the one of that version; None when it cannot be read."""
    found = item(number)
    if found is None or found.state == ItemState.RECALLED:
        return None
    wanted = found.version if version is None else version
    entry = (
        Entry.objects.filter(number=number, version=wanted, action__in=CONTENT_ACTIONS)
        .select_related("edition")
        .first()
    )
    if entry is None or entry.edition.canonical is None:
        return None
    place = Place(
        number=number,
        version=wanted,
        current_version=found.version,
        state=ItemState(found.state),
        redirect_number=found.redirect_number,
        first_published_at=found.first_published_at,
        updated_at=found.updated_at,
        seq=entry.seq,
        leaf_hash=entry.leaf_hash,
        edition_hash=entry.edition_id,
        history=tuple(history(number)),
    )
    return edition_page(json.loads(entry.edition.canonical), place)


def history(number: str) -> list[UpdateNote]:
    """All that happened to a number, newest first, in the words that were written for the reader.

    The notes of editions stand in `Version`, so that no edition is read for them.
    """
    versions = {each.seq: each for each in Version.objects.filter(number=number)}
    words = Case(When(action__in=CONTENT_ACTIONS, then=Value(None)), default="edition__canonical")
    entries = Entry.objects.filter(number=number).order_by("-seq").annotate(words=words)
    return [_update_note(each, versions.get(each.seq)) for each in entries]


def _update_note(entry: Any, version: Version | None) -> UpdateNote:
    """`entry` is an Entry with `words`, the text of the edition of an act."""
    note = text_at(json.loads(entry.words), "explanation") if entry.words else ""
    return UpdateNote(
        seq=entry.seq,
        at=entry.at,
        action=entry.action,
        version=entry.version,
        significance=version.significance if version else "",
        note=version.note if version else note,
    )


def tombstone(number: str) -> Tombstone | None:
    """What stands where a recalled item stood; None for every other number."""
    entry = (
        Entry.objects.filter(number=number, action=Action.RECALLED)
        .select_related("edition")
        .first()
    )
    found = item(number)
    if entry is None or found is None:
        return None
    document = json.loads(entry.edition.canonical or "{}")
    return Tombstone(
        number=number,
        seq=entry.seq,
        leaf_hash=entry.leaf_hash,
        recalled_at=entry.at,
        first_published_at=found.first_published_at,
        reason=text_at(document, "recall_reason"),
        explanation=text_at(document, "explanation"),
        decided=decisions(document),
    )


def latest(limit: int, section: str | None = None) -> list[Item]:
    """What is in use, newest change of substance first."""
    listed = Item.objects.listed()
    return list((listed.in_section(section) if section else listed)[:limit])


def section_items(
    section: str | None = None,
    *,
    year: int | None = None,
    unit: str | None = None,
    kind: str | None = None,
) -> QuerySet[Item]:
    """What is in use in a section (or in all), filtered by what is given."""
    items = Item.objects.listed()
    if section:
        items = items.in_section(section)
    wanted = {"fiscal_year": year, "unit_code": unit, "kind": kind}
    return items.filter(**{name: value for name, value in wanted.items() if value})


def section_listing(
    section: str | None = None,
    *,
    year: int | None = None,
    unit: str | None = None,
    kind: str | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Listing:
    """One page of `section_items`; a page beyond the ends is the nearest one."""
    items = section_items(section, year=year, unit=unit, kind=kind)
    total = items.count()
    pages = max(1, ceil(total / per_page))
    shown = min(max(page, 1), pages)
    begin = (shown - 1) * per_page
    return Listing(tuple(items[begin : begin + per_page]), total, shown, pages)


def facets(section: str | None = None) -> Facets:
    """Years newest first, units by name, kinds."""
    items = section_items(section).order_by()
    years = items.exclude(fiscal_year=None).values_list("fiscal_year", flat=True).distinct()
    units = items.values_list("unit_code", "unit_name_th", "unit_name_en").distinct()
    kinds = items.values_list("kind", flat=True).distinct()
    names = {code: (code, thai, english) for code, thai, english in units}
    return Facets(
        years=tuple(sorted((year for year in years if year), reverse=True)),
        units=tuple(sorted(names.values(), key=lambda each: each[1])),
        kinds=tuple(sorted(kinds)),
    )


def related(found: Item, limit: int = 5) -> list[Item]:
    """Others of the same section, those of the same unit first."""
    others = Item.objects.listed().filter(section=found.section).exclude(number=found.number)
    same_unit = Case(When(unit_code=found.unit_code, then=Value(0)), default=Value(1))
    return list(others.order_by(same_unit, "-major_updated_at", "-number")[:limit])


def items_answering(keys: Iterable[str]) -> dict[str, list[Item]]:
    """For each obligation key the items in use that answer it, newest first."""
    bindings = list(Binding.objects.filter(obligation_key__in=list(keys)))
    numbers = {each.number for each in bindings}
    items = {each.number: each for each in Item.objects.listed().filter(number__in=numbers)}
    answers: dict[str, list[Item]] = {key: [] for key in keys}
    for found in sorted(items.values(), key=lambda each: each.major_updated_at, reverse=True):
        for binding in bindings:
            if binding.number == found.number:
                answers[binding.obligation_key].append(found)
    return answers


def slot_file(number: str, slot: str) -> PublishedFile | None:
    """The file that lies in a slot of the newest version that can be read."""
    return (
        PublishedFile.objects.filter(number=number, slot=slot, version__in=_newest(number))
        .order_by("-version")
        .first()
    )


def _newest(number: str) -> QuerySet[Item, int]:
    return Item.objects.filter(number=number).values_list("version", flat=True)


def public_file(sha256: str, name: str) -> PublishedFile | None:
    """A file that can be read now, with the newest item that refers to it under that name."""
    return PublishedFile.objects.filter(sha256=sha256, name=name).order_by("-number").first()


def file_text(sha256: str) -> list[dict[str, Any]] | None:
    """The pages of text of a public file; None when it is not public or has none."""
    if not PublishedFile.objects.filter(sha256=sha256).exists():
        return None
    text = FileText.objects.filter(sha256=sha256).first()
    return text.pages if text else None


def numbers() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("number", flat=True).distinct())


def changed_numbers(after: int) -> list[str]:
    """The numbers that entries behind `after` speak about, for those who follow the head."""
    return list(
        Entry.objects.filter(seq__gt=after)
        .order_by("number")
        .values_list("number", flat=True)
        .distinct()
    )


def past(number: str) -> list[Past]:
    """All entries of a number with their documents, oldest first."""
    rows = (
        Entry.objects.filter(number=number)
        .order_by("seq")
        .values_list("seq", "at", "action", "version", "edition_id", "edition__canonical")
    )
    return [
        Past(seq, at, action, number, version, edition, json.loads(text) if text else None)
        for seq, at, action, version, edition, text in rows
    ]


def entry_leaf(entry: Entry) -> bytes:
    """The bytes that the log hashes for an entry."""
    return leaf_data(
        seq=entry.seq,
        at=entry.at,
        action=entry.action,
        number=entry.number,
        version=entry.version,
        edition=entry.edition_id,
    )


def edition_text(hash_: str) -> str | None:
    """The canonical text of an edition; None when there is none, or a recall has erased it."""
    return Edition.objects.filter(hash=hash_).values_list("canonical", flat=True).first()


def is_erased(hash_: str) -> bool:
    """Whether there was such an edition and a recall has erased it (410, not 404)."""
    return Edition.objects.filter(hash=hash_, canonical=None).exists()


def nodes(places: Iterable[TreePlace]) -> dict[TreePlace, bytes]:
    """The stored hashes of complete subtrees, in one question."""
    levels: dict[int, list[int]] = {}
    for place in places:
        levels.setdefault(place.level, []).append(place.position)
    if not levels:
        return {}
    wanted = Q()
    for level, indexes in levels.items():
        wanted |= Q(level=level, index__in=indexes)
    rows = Node.objects.filter(wanted).values_list("level", "index", "hash")
    return {TreePlace(level, index): bytes.fromhex(value) for level, index, value in rows}


def checkpoint() -> Checkpoint | None:
    """The newest signed head."""
    return Checkpoint.objects.order_by("-size").first()


def proof(seq: int) -> Proof | None:
    """That entry `seq` is under the newest signed head; None when there is no such entry."""
    last = checkpoint()
    entry = Entry.objects.filter(seq=seq).first()
    if last is None or entry is None or seq >= last.size:
        return None
    steps = merkle.inclusion_steps(seq, last.size)
    path = merkle.proof(steps, nodes(merkle.places_of(steps)))
    return Proof(
        seq=seq,
        leaf_data=entry_leaf(entry).decode("utf-8"),
        leaf_hash=entry.leaf_hash,
        size=last.size,
        root_hash=last.root_hash,
        path=tuple(value.hex() for value in path),
        checkpoint=last.note,
    )


def consistency(old: int, new: int) -> list[str]:
    """The hashes that show that the log of `new` entries continues that of `old`."""
    steps = merkle.consistency_steps(old, new)
    return [value.hex() for value in merkle.proof(steps, nodes(merkle.places_of(steps)))]


def tile(wanted: tiles.Tile) -> bytes | None:
    """The bytes of a tile or bundle; None while the log is too small for it."""
    last = checkpoint()
    if last is None or not tiles.is_in_log(wanted, last.size):
        return None
    span = (wanted.begin, wanted.begin + wanted.width - 1)
    if wanted.level is None:
        entries = Entry.objects.filter(seq__range=span).order_by("seq")
        return tiles.bundle(entry_leaf(each) for each in entries)
    hashes = Node.objects.filter(level=wanted.level * tiles.HEIGHT, index__range=span)
    return bytes.fromhex("".join(hashes.order_by("index").values_list("hash", flat=True)))


def entries(*, before: int | None = None, limit: int = 50) -> list[Entry]:
    """The log, newest first, for people who page through it."""
    rows = Entry.objects.order_by("-seq")
    return list((rows if before is None else rows.filter(seq__lt=before))[:limit])


def titles(numbers_: Iterable[str]) -> dict[str, str]:
    """What the items of these numbers are called now; a recalled one has no title any more."""
    return dict(Item.objects.filter(number__in=list(numbers_)).values_list("number", "title"))


def all_files() -> Iterator[Mapping[str, Any]]:
    """Every public file once for each name, for a mirror."""
    rows = PublishedFile.objects.order_by("sha256", "name").values("sha256", "name").distinct()
    yield from rows.iterator()
