"""The index of what anybody may inspect under sections 7 and 9 of the Information Act: each item a folder with its
documents, where they stand, since when, and which unit holds them.

The Board's rule on inspection of 2541 asks for an index so detailed that people find things themselves; made from the
record, it is never older than what it lists, and what was recalled is in none, of whatever day.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import keys_that_count, sheet
from prongsai.record.addresses import public_path
from prongsai.record.cells import csv_text
from prongsai.record.models import Binding, Entry, Item, Observation, Said
from prongsai.record.queries import editions, in_parts
from prongsai.record.rules import text_at
from prongsai.record.states import CONTENT_ACTIONS, STATE_AFTER, Action, ItemState, Says
from prongsai.thai.dates import end_of

LAW = "oia"
# Of the duties of that law those that the two sections name; others say how to ask for things.
NAMED = re.compile(r"[79]-[0-9].*")
# In Thai whatever the screen speaks: it is a paper of the information centre.
HEADINGS = (
    "แฟ้ม",
    "รายการตามกฎหมาย",
    "เอกสาร",
    "เลขทะเบียน",
    "ที่อยู่ (URL)",
    "เผยแพร่ครั้งแรก",
    "ปรับปรุงล่าสุด",
    "หน่วยงานที่ดูแล",
    "วันที่ทำดัชนี",
)


@dataclass(frozen=True)
class Document:
    """One public item as it stood on the day of the index."""

    number: str
    version: int
    title: str
    title_en: str
    unit_code: str
    unit_name_th: str
    unit_name_en: str
    first_published_at: datetime
    updated_at: datetime
    keys: frozenset[str]


@dataclass(frozen=True)
class Folder:
    """One item of the law with its documents, the newest first."""

    duty: Obligation
    documents: tuple[Document, ...]

    @property
    def updated_at(self) -> datetime | None:
        return max((each.updated_at for each in self.documents), default=None)


def duties_of_law() -> tuple[Obligation, ...]:
    law = sheet(LAW)
    return tuple(each for each in law.obligations if NAMED.fullmatch(each.slug)) if law else ()


def folders(*, on: date | None = None) -> list[Folder]:
    """In the order of the law, as things stand now or stood at the end of that day in Thailand."""
    keys = {each: keys_that_count(each) for each in duties_of_law()}
    every = frozenset().union(*keys.values())
    found = _now(every) if on is None else _then(every, end_of(on))
    ordered = sorted(found, key=lambda each: (each.updated_at, each.number), reverse=True)
    return [
        Folder(duty, tuple(each for each in ordered if each.keys & wanted))
        for duty, wanted in keys.items()
    ]


def folder(slug: str, *, on: date | None = None) -> Folder | None:
    return next((each for each in folders(on=on) if each.duty.slug == slug), None)


def _now(keys: Collection[str]) -> list[Document]:
    bound: dict[str, set[str]] = {}
    for number, key in Binding.objects.filter(obligation_key__in=keys).values_list(
        "number", "obligation_key"
    ):
        bound.setdefault(number, set()).add(key)
    reviews = _reviews()
    return [
        _of_item(row, frozenset(bound[row.number]))
        for some in in_parts(number for number in bound if number not in reviews)
        for row in Item.objects.listed().filter(number__in=some)
    ]


def _reviews() -> frozenset[str]:
    """Statements that something was looked at again are no documents of their own."""
    rows = Said.objects.filter(says=Says.REVIEWED_NO_CHANGE)
    return frozenset(rows.values_list("number", flat=True))


def _of_item(row: Item, keys: frozenset[str]) -> Document:
    return Document(
        number=row.number,
        version=row.version,
        title=row.title,
        title_en=row.title_en,
        unit_code=row.unit_code,
        unit_name_th=row.unit_name_th,
        unit_name_en=row.unit_name_en,
        first_published_at=row.first_published_at,
        updated_at=row.updated_at,
        keys=keys,
    )


@dataclass(frozen=True)
class _Stood:
    """What the entries of a number came to at a moment."""

    number: str
    first_at: datetime
    last_action: str
    version: int
    updated_at: datetime
    edition: str


def _then(keys: frozenset[str], end: datetime) -> Iterator[Document]:
    """From the editions that were the newest then, as far as they can still be read."""
    reviews = _reviews()
    for some in in_parts(_candidates(keys) - reviews):
        stood = [each for each in _stood(some, end) if _was_in_use(each)]
        documents = editions(each.edition for each in stood)
        for each in stood:
            document = documents.get(each.edition, {})
            answered = frozenset(document.get("obligations") or ()) & keys
            if answered:
                yield _of_edition(each, document, answered)


def _candidates(keys: Collection[str]) -> set[str]:
    """Numbers that answer one of the duties now, or were seen to answer it at any time."""
    bound = Binding.objects.filter(obligation_key__in=keys).values_list("number", flat=True)
    seen = Observation.objects.filter(obligation_key__in=keys).only("parts")
    return {number for row in seen for number in row.numbers} | set(bound)


def _stood(numbers: Collection[str], end: datetime) -> list[_Stood]:
    rows = Entry.objects.filter(number__in=numbers, at__lt=end).order_by("seq")
    found: dict[str, _Stood] = {}
    for number, at, action, version, edition in rows.values_list(
        "number", "at", "action", "version", "edition_id"
    ):
        before = found.get(number)
        is_content = action in CONTENT_ACTIONS
        found[number] = _Stood(
            number=number,
            first_at=before.first_at if before else at,
            last_action=action,
            version=version if before is None or is_content else before.version,
            updated_at=at,
            edition=edition if before is None or is_content else before.edition,
        )
    return list(found.values())


def _was_in_use(stood: _Stood) -> bool:
    return STATE_AFTER[Action(stood.last_action)] == ItemState.CURRENT


def _of_edition(stood: _Stood, document: Mapping[str, Any], keys: frozenset[str]) -> Document:
    return Document(
        number=stood.number,
        version=stood.version,
        title=text_at(document, "title"),
        title_en=text_at(document, "title_en"),
        unit_code=text_at(document, "unit.code"),
        unit_name_th=text_at(document, "unit.name_th"),
        unit_name_en=text_at(document, "unit.name_en"),
        first_published_at=stood.first_at,
        updated_at=stood.updated_at,
        keys=keys,
    )


def index_rows(found: Iterable[Folder], *, origin: str, made_on: date) -> Iterator[tuple[str, ...]]:
    """As on paper, one row a document; a folder without any has one that says so. Days in Thailand, ISO."""
    for each in found:
        head = (each.duty.clause, each.duty.label_th)
        if not each.documents:
            yield (*head, "ยังไม่มีเอกสาร", "", "", "", "", "", made_on.isoformat())
        for document in each.documents:
            yield (
                *head,
                document.title,
                document.number,
                origin + public_path("item", number=document.number),
                localdate(document.first_published_at).isoformat(),
                localdate(document.updated_at).isoformat(),
                document.unit_name_th,
                made_on.isoformat(),
            )


def index_csv(found: Iterable[Folder], *, origin: str, made_on: date) -> str:
    return csv_text([HEADINGS, *index_rows(found, origin=origin, made_on=made_on)])
