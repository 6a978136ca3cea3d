"""Items and their editions as the public sees them."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.db.models import QuerySet

from prongsai.record.editions import as_utc
from prongsai.record.models import (
    Edition,
    Entry,
    FileText,
    Item,
    PublishedFile,
)
from prongsai.record.pages import (
    Decision,
    EditionPage,
    Place,
    Review,
    UpdateNote,
    decisions,
    edition_page,
)
from prongsai.record.projections import Past
from prongsai.record.queries.bare import bare_rows
from prongsai.record.rules import text_at
from prongsai.record.states import CONTENT_ACTIONS, Action, ItemState, RecallReason

PER_PAGE = 20
Pages = list[dict[str, Any]]
# No database takes any number of values in one question.
AT_A_TIME = 500
# What PostgreSQL's integer holds: a larger one, typed into an address, would be an error there and not a 404.
MAXIMUM_VERSION = 2**31 - 1
# The page of an item is what citizens ask for most: two bare questions cost a quarter of four with models.
_CONTENT = ", ".join(["%s"] * len(CONTENT_ACTIONS))
PAGE = f"""
    SELECT i.version, i.state, i.redirect_number, i.first_published_at, i.updated_at,
        e.seq, e.version, e.leaf_hash, e.edition_hash, d.canonical,
        (SELECT b.bundle FROM record_bundling b WHERE b.number = i.number AND b.version <= e.version
            ORDER BY b.version DESC LIMIT 1),
        r.at, r.number, r.about_version
    FROM record_item i
    JOIN record_entry e ON e.number = i.number AND e.action IN ({_CONTENT})
    JOIN record_edition d ON d.hash = e.edition_hash
    LEFT JOIN record_said r ON r.id = (SELECT s.id FROM record_said s
        WHERE s.about_number = i.number ORDER BY s.at DESC, s.id DESC LIMIT 1)
    WHERE i.number = %s AND e.version = COALESCE(CAST(%s AS integer), i.version)
        AND i.state <> 'recalled' AND d.canonical IS NOT NULL
"""  # noqa: S608 -- placeholders
HISTORY = f"""
    SELECT e.seq, e.at, e.action, e.version, v.significance, v.note,
        CASE WHEN e.action IN ({_CONTENT}) THEN NULL ELSE d.canonical END
    FROM record_entry e
    JOIN record_edition d ON d.hash = e.edition_hash
    LEFT JOIN record_version v ON v.number = e.number AND v.seq = e.seq
    WHERE e.number = %s ORDER BY e.seq DESC
"""  # noqa: S608 -- placeholders


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


def entry_with_key(key: str) -> Entry | None:
    """The entry that an append with this key made, if it did."""
    return Entry.objects.filter(key=key).first()


def item(number: str) -> Item | None:
    return Item.objects.filter(number=number).first()


def page(number: str, version: int | None = None) -> EditionPage | None:
    """The current edition of a number, or the one of that version; None when it cannot be read."""
    if version is not None and not 0 < version <= MAXIMUM_VERSION:
        return None
    row = next(bare_rows(PAGE, [*CONTENT_ACTIONS, number, version]), None)
    if row is None:
        return None
    current, state, redirect, first, updated, seq, shown, leaf, edition, text, bundle, *said = row
    place = Place(
        number=number,
        version=shown,
        current_version=current,
        state=ItemState(state),
        redirect_number=redirect,
        first_published_at=as_utc(first),
        updated_at=as_utc(updated),
        seq=seq,
        leaf_hash=leaf,
        edition_hash=edition,
        history=tuple(history(number)),
        bundle=bundle or "",
        review=Review(as_utc(said[0]), said[1], said[2]) if said[0] else None,
    )
    return edition_page(json.loads(text), place)


def history(number: str) -> list[UpdateNote]:
    """All that happened to a number, newest first, in the words that were written for the reader.

    The notes of editions stand in `Version`, so that no edition is read for them.
    """
    return [
        UpdateNote(
            seq=seq,
            at=as_utc(at),
            action=action,
            version=version,
            significance=significance or "",
            note=note or (text_at(json.loads(act), "explanation") if act else ""),
        )
        for seq, at, action, version, significance, note, act in bare_rows(
            HISTORY, [*CONTENT_ACTIONS, number]
        )
    ]


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
    units: Collection[str] = (),
    kind: str | None = None,
) -> QuerySet[Item]:
    """What is in use in a section (or in all), filtered by what is given; `units` are codes, any of which fits."""
    items = Item.objects.listed()
    if section:
        items = items.in_section(section)
    wanted = {"fiscal_year": year, "unit_code__in": units, "kind": kind}
    return items.filter(**{name: value for name, value in wanted.items() if value})


def section_listing(
    section: str | None = None,
    *,
    year: int | None = None,
    units: Collection[str] = (),
    kind: str | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Listing:
    """One page of `section_items`; a page beyond the ends is the nearest one."""
    items = section_items(section, year=year, units=units, kind=kind)
    total = items.count()
    pages = max(1, ceil(total / per_page))
    shown = min(max(page, 1), pages)
    begin = (shown - 1) * per_page
    return Listing(tuple(items[begin : begin + per_page]), total, shown, pages)


def facets(section: str | None = None) -> Facets:
    """Years newest first, units by name, kinds."""
    # Columns of an ordering count for DISTINCT too, and every row would be distinct.
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


def editions(hashes: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """The documents of these editions, by hash; one that is erased is left out."""
    rows = Edition.objects.filter(hash__in=list(hashes), canonical__isnull=False)
    return {
        hash_: json.loads(text) for hash_, text in rows.values_list("hash", "canonical") if text
    }


def file_pages(documents: Iterable[Mapping[str, Any]]) -> dict[str, Pages]:
    """What was read from the files of these editions, by SHA-256."""
    hashes = {file["sha256"] for document in documents for file in document.get("files") or ()}
    return dict(FileText.objects.filter(sha256__in=hashes).values_list("sha256", "pages"))


def in_parts(numbers: Iterable[str]) -> Iterator[list[str]]:
    """In their order, as many at a time as a question may name."""
    wanted = sorted(numbers)
    for start in range(0, len(wanted), AT_A_TIME):
        yield wanted[start : start + AT_A_TIME]


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


def edition_text(hash_: str) -> str | None:
    """The canonical text of an edition; None when there is none, or a recall has erased it."""
    return Edition.objects.filter(hash=hash_).values_list("canonical", flat=True).first()


def is_erased(hash_: str) -> bool:
    """Whether there was such an edition and a recall has erased it (410, not 404)."""
    return Edition.objects.filter(hash=hash_, canonical=None).exists()


def all_files() -> Iterator[Mapping[str, Any]]:
    """Every public file once for each name, for a mirror."""
    rows = PublishedFile.objects.order_by("sha256", "name").values("sha256", "name").distinct()
    yield from rows.iterator()
