"""What is bound to duties in the record, what is said of them, and what a citizen gets of each item."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from prongsai.discovery.texts import bare_texts, own_texts
from prongsai.monitoring.condition.states import Flaw
from prongsai.monitoring.evidence import Evidence, FileSeen
from prongsai.monitoring.models import Defect, Probe
from prongsai.monitoring.periods import Part, basis_year
from prongsai.monitoring.probing import Spot
from prongsai.monitoring.rules import Statement
from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import keys_that_count, obligations
from prongsai.obligations.states import RETURNS_YEARLY, Asks
from prongsai.record.addresses import public_path
from prongsai.record.models import Binding, Item, Said
from prongsai.record.queries import editions, file_pages
from prongsai.record.rules import text_at
from prongsai.record.states import ItemState, Says
from prongsai.thai.normalise import normalise
from prongsai.thai.periods import Stretch, stretch

# Of what is kept current or comes with events the newest show whether it is kept up.
MOST_LOOKED_AT = 40
# A month's duty may have dozens of papers a year, and each must be read for its month.
MOST_IN_A_YEAR = 400
# Text enough to find any component; a plan of 900 pages is not read whole each night.
LONGEST_TEXT = 400_000
# The kind of items that speak about others, or of what there is not (disclosures.states.KindCode).
STATEMENT = "statement"
_FORMATS = {".htm": "html", ".jpeg": "jpg"}
Document = Mapping[str, Any]
# The number of an item, and which version of it.
Version = tuple[str, int]


def failing_spots() -> frozenset[Spot]:
    """Pages and files that were not well twice in a row: once may be a moment's load."""
    rows = Probe.objects.filter(failures__gte=2).values_list("number", "version", "place")
    return frozenset(Spot(*row) for row in rows)


def dead_links() -> dict[Version, tuple[int, ...]]:
    """By number and version the places (from 1) of links that lead nowhere by the rules of `condition`."""
    rows = Defect.objects.filter(flaw=Flaw.LINK_BROKEN).order_by("number", "version", "place")
    found: dict[Version, tuple[int, ...]] = {}
    for number, version, place in rows.values_list("number", "version", "place"):
        found[number, version] = (*found.get((number, version), ()), place + 1)
    return found


def dead_links_that_count() -> dict[Version, tuple[int, ...]]:
    """Those in items that are bound to a duty which is met by what its links lead to."""
    dead = dead_links()
    if not dead:
        return {}
    asking = (each for each in obligations() if Asks.LINKS_ANSWER in each.checks)
    keys = frozenset[str]().union(*map(keys_that_count, asking))
    rows = Binding.objects.filter(obligation_key__in=keys)
    numbers = set(rows.values_list("number", flat=True))
    return {version: places for version, places in dead.items() if version[0] in numbers}


def paths_of(number: str, files: Iterable[Document]) -> tuple[str, ...]:
    """Of an item and its files, as the portal has them in Thai."""
    own = (public_path("file", sha256=each["sha256"], name=each["name"]) for each in files)
    return (public_path("item", number=number), *own)


class Bound:
    """What is bound to some duties. Each edition is read once, however many duties it answers."""

    def __init__(self, duties: Iterable[Obligation]) -> None:
        self._keys = {duty.key: keys_that_count(duty) for duty in duties}
        wanted = frozenset().union(*self._keys.values())
        rows = Binding.objects.filter(obligation_key__in=wanted)
        self._numbers: dict[str, list[str]] = {}
        for key, number in rows.values_list("obligation_key", "number"):
            self._numbers.setdefault(key, []).append(number)
        self._read: dict[str, Evidence] = {}
        self._failing, self._dead = failing_spots(), dead_links()
        self._said: dict[str, list[Said]] = {}
        for row in Said.objects.filter(obligation_key__in=wanted):
            self._said.setdefault(row.obligation_key, []).append(row)

    def evidence(self, duty: Obligation, year: int) -> tuple[Evidence, ...]:
        """The newest first, with the days on which the present versions were said to be still right."""
        numbers = self._numbers_of(duty)
        if not numbers:
            return ()
        items = _current(numbers).exclude(kind=STATEMENT)
        own = items.filter(fiscal_year=basis_year(duty, year))
        # Of other years only the newest, to name them.
        chosen = list(own[:MOST_IN_A_YEAR]) if duty.period in RETURNS_YEARLY else []
        found = self._evidence(chosen or list(items[:MOST_LOOKED_AT]))
        return tuple(_reviewed(each, self._reviews.get(each.number)) for each in found)

    def said(self, duty: Obligation, part: Part) -> tuple[Statement, ...]:
        """What was said of this duty for the whole period, the newest first."""
        return tuple(
            Statement(row.number, row.says)
            for row in self._statements(duty)
            if row.says != Says.REVIEWED_NO_CHANGE and _holds_for(row, part.stretch)
        )

    def _numbers_of(self, duty: Obligation) -> set[str]:
        return {number for key in self._keys[duty.key] for number in self._numbers.get(key, ())}

    def _evidence(self, items: Sequence[Item]) -> list[Evidence]:
        """What a citizen gets of these; one whose edition is erased is left out."""
        new = [each for each in items if each.number not in self._read]
        documents = editions(each.edition_hash for each in new)
        pages = file_pages(documents.values())
        for each in new:
            if document := documents.get(each.edition_hash):
                found = _evidence_of(each, document, pages, self._failing)
                dead = self._dead.get((each.number, each.version), ())
                self._read[each.number] = replace(found, dead_links=dead)
        return [self._read[each.number] for each in items if each.number in self._read]

    def _statements(self, duty: Obligation) -> list[Said]:
        found = (row for key in self._keys[duty.key] for row in self._said.get(key, ()))
        return sorted(found, key=lambda row: (row.at, row.number), reverse=True)

    @cached_property
    def _reviews(self) -> dict[str, tuple[date, date | None]]:
        """By number the last day on which it was said that nothing has changed, and until when.

        Whichever version was reviewed: a small correction after it leaves what was read as it was, and one of
        substance has a later day of its own.
        """
        rows = Said.objects.filter(says=Says.REVIEWED_NO_CHANGE).order_by("at", "number")
        # The newest last, so that it stays.
        return {row.about_number: (localdate(row.at), row.review_date) for row in rows}


def _current(numbers: Collection[str]) -> QuerySet[Item]:
    items = Item.objects.filter(number__in=numbers, state=ItemState.CURRENT)
    return items.order_by("-major_updated_at", "-number")


def _reviewed(evidence: Evidence, review: tuple[date, date | None] | None) -> Evidence:
    """Its own date to be looked at again is over with the review; the rhythm of its duty goes on from there."""
    if review is None or review[0] < evidence.reviewed_date:
        return evidence
    day, named = review
    # The statement itself may name the next day, if that is later.
    due = max((each for each in (evidence.review_date, named) if each), default=None)
    return replace(evidence, reviewed_date=day, review_date=None if due and due <= day else due)


def _holds_for(row: Said, period: Stretch) -> bool:
    """What names no year and no period holds for every one."""
    if row.fiscal_year is None and not row.period:
        return True
    if row.first_date is None or row.last_date is None:
        return False
    return Stretch(row.first_date, row.last_date).covers(period)


def _evidence_of(
    item: Item, document: Document, pages: Mapping[str, Any], failing: frozenset[Spot]
) -> Evidence:
    official = document.get("official") or {}
    files = document.get("files", ())
    title = normalise(item.title)
    return Evidence(
        number=item.number,
        version=item.version,
        title=title,
        text=_text(document, title, [pages.get(file["sha256"]) or () for file in files]),
        published_date=localdate(item.first_published_at),
        reviewed_date=localdate(item.major_updated_at),
        fiscal_year=item.fiscal_year,
        stretch=_stretch(document, item),
        review_date=_day(document.get("review_date")),
        as_of_date=_day(document.get("as_of_date")),
        typed_date=_day(official.get("typed_date")),
        signed_date=_day(official.get("signed_date")),
        has_signatory=bool(official.get("signatories")),
        files=tuple(_file(file, pages.get(file["sha256"]) or ()) for file in files),
        unreachable=tuple(
            f"{item.number} #{place}" if place else item.number
            for place in range(len(files) + 1)
            if Spot(item.number, item.version, place) in failing
        ),
    )


def _text(document: Document, title: str, read: Sequence[Sequence[Document]]) -> str:
    """As long as is needed to find what is looked for, and no longer."""
    own = [title, *own_texts(document), *bare_texts(document)]
    words = "\n".join([*own, *(text_at(page, "text") for pages in read for page in pages)])
    return normalise(words[:LONGEST_TEXT])


def _stretch(document: Document, item: Item) -> Stretch | None:
    """The period that was filled in; else the one that the title names."""
    written = (text_at(document, "period"), item.title)
    return next(
        filter(None, (stretch(each, fiscal_year=item.fiscal_year) for each in written)), None
    )


def _file(file: Document, pages: Sequence[Document]) -> FileSeen:
    """Pages that a machine read count as text only when somebody has compared them: `text_sha256` names that text."""
    ending = PurePosixPath(file["name"]).suffix.lower()
    has_text = bool(file.get("text_sha256")) or any(
        page.get("source") == "text" and str(page.get("text") or "").strip() for page in pages
    )
    return FileSeen(
        name=file["name"],
        format=_FORMATS.get(ending, ending.removeprefix(".")),
        has_text=has_text or not pages,
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
