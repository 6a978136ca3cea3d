"""Statements: what an edition says instead of content. Plain values in, refusals and rows out.

An edition of the kind `statement` has the block `{"says", "about_number", "about_version"}` beside its other fields;
its fiscal year, its period and its obligations are those of every edition.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from prongsai.record.states import Action, ItemState, Refusal, Says
from prongsai.thai.dates import BUDDHIST_YEARS
from prongsai.thai.periods import Stretch, stretch, whole_year

KIND = "statement"
LONGEST_PERIOD = 200
Document = Mapping[str, Any]
Found = tuple[Refusal, str]


@dataclass(frozen=True)
class Said:
    """What a statement says. The dates are those of its period, if its words are understood, or of its year."""

    says: str
    obligations: tuple[str, ...] = ()
    fiscal_year: int | None = None
    period: str = ""
    first_date: date | None = None
    last_date: date | None = None
    about_number: str = ""
    about_version: int | None = None

    @property
    def substance(self) -> tuple[str, str, int | None]:
        """What a correction may not change."""
        return self.says, self.about_number, self.about_version

    def is_of_period(self, other: "Said") -> bool:
        """Whether both speak of one period, in whichever words."""
        if self.first_date and other.first_date:
            return (self.first_date, self.last_date) == (other.first_date, other.last_date)
        return (self.fiscal_year, self.period) == (other.fiscal_year, other.period)


@dataclass(frozen=True)
class Surroundings:
    """What the record holds where a statement asks to come in.

    `kind` is that of the item, "" for a new one. `before` is what its last edition says. `about_state` and
    `about_version` are those of the item that was reviewed. `same` is the number of another statement in use that
    says the same of the same duty and period.
    """

    kind: str = ""
    before: Said | None = None
    about_kind: str = ""
    about_state: ItemState | None = None
    about_version: int | None = None
    same: str = ""


ALONE = Surroundings()


def until(document: Document) -> date | None:
    """The day on which it is to be looked at again."""
    try:
        return date.fromisoformat(document.get("review_date") or "")
    except (TypeError, ValueError):
        return None


def is_statement(document: Document) -> bool:
    return document.get("kind") == KIND


def said(document: Document) -> Said | None:
    """What a document says; None when it is no statement, or not in a form that can be read."""
    block = document.get("statement")
    if not is_statement(document) or not isinstance(block, Mapping):
        return None
    if not _is_well_formed(block) or not _has_plain_fields(document):
        return None
    plain = Said(
        says=block["says"],
        obligations=tuple(dict.fromkeys(document.get("obligations") or ())),
        fiscal_year=document.get("fiscal_year"),
        period=document.get("period") or "",
        about_number=block.get("about_number") or "",
        about_version=block.get("about_version"),
    )
    return with_dates(plain)


def with_dates(plain: Said) -> Said:
    found = _stretch(plain.period, plain.fiscal_year)
    return replace(plain, first_date=found.first, last_date=found.last) if found else plain


def _stretch(period: str, year: int | None) -> Stretch | None:
    """Words that nobody understands stand for no days; no words at all for the whole year."""
    if period:
        return stretch(period, fiscal_year=year)
    return whole_year(year) if year and year in BUDDHIST_YEARS else None


def _is_well_formed(block: Document) -> bool:
    """A review names a number and a version; the other statements name neither."""
    number, version = block.get("about_number") or "", block.get("about_version")
    if block.get("says") not in Says.values:
        return False
    if block["says"] != Says.REVIEWED_NO_CHANGE:
        return number == "" and version is None
    is_number = isinstance(number, str) and 0 < len(number) <= 20
    return is_number and type(version) is int and 0 < version < 2**31


def _has_plain_fields(document: Document) -> bool:
    """Asked before the fields of an edition are checked, and of editions that a later program wrote."""
    keys, year = document.get("obligations") or (), document.get("fiscal_year")
    period = document.get("period") or ""
    is_list = isinstance(keys, list | tuple) and all(isinstance(key, str) for key in keys)
    is_short = isinstance(period, str) and len(period) <= LONGEST_PERIOD
    return is_list and is_short and (year is None or type(year) is int)


def form_refusals(action: str, document: Document, kind: str) -> Iterator[Found]:
    """Whether kind, block and act belong together; a notice and an edition of another kind have no block."""
    is_one = is_statement(document)
    if is_one != (action == Action.STATEMENT or (action == Action.CORRECTED and kind == KIND)):
        yield Refusal.FIELD_MALFORMED, "kind"
    elif is_one != (said(document) is not None) or is_one != ("statement" in document):
        yield Refusal.FIELD_MALFORMED, "statement"


def standing_refusals(action: str, wanted: Said, around: Surroundings) -> Iterator[Found]:
    """Whether it may be said, as the record stands."""
    before = around.before or wanted
    if action == Action.CORRECTED and before.substance != wanted.substance:
        yield Refusal.SAYS_OTHERWISE, ""
    if wanted.says == Says.REVIEWED_NO_CHANGE:
        yield from _about_refusals(action, wanted, around)
    elif around.same:
        yield Refusal.SAID_ALREADY, around.same


def _about_refusals(action: str, wanted: Said, around: Surroundings) -> Iterator[Found]:
    if around.about_state != ItemState.CURRENT or around.about_kind == KIND:
        yield Refusal.ABOUT_NOT_CURRENT, wanted.about_number
    # Later, what was reviewed then stays true of what stood there then.
    elif action == Action.STATEMENT and around.about_version != wanted.about_version:
        yield Refusal.ABOUT_CHANGED, wanted.about_number
