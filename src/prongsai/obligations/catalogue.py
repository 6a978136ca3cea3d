"""Reads the data files of obligations into frozen values, strictly: a bad file stops the start."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prongsai.obligations.states import Confidence, Period
from prongsai.organisation.rows import BadFile, Column, Row, parse
from prongsai.organisation.spoken import spoken

# Also in record/data/sections.toml, which this app may not import (DESIGN, section 3); a test holds the
# two together.
SECTIONS = frozenset(
    {"basic", "laws", "procurement", "news", "services", "forms", "links", "knowledge", "other"}
)
INSTRUMENT = {
    "key": Column(),
    "name_th": Column(),
    "name_en": Column(),
    "short_th": Column(),
    "short_en": Column(),
    "assessment_year": Column(type=int, default=None),
}
OBLIGATION = {
    "key": Column(),
    "topic": Column(),
    "clause": Column(),
    "clause_en": Column(default=""),
    "label_th": Column(),
    "label_en": Column(),
    "demand_th": Column(),
    # The clause of the founding announcement that led here; empty for duties that it does not speak of.
    "seed_clause": Column(default=""),
    "period": Column(choices=frozenset(Period.values)),
    "year_offset": Column(type=int, default=0),
    "sections": Column(type=list, choices=SECTIONS),
    "source": Column(),
    "confidence": Column(choices=frozenset(Confidence.values)),
}


@dataclass(frozen=True)
class Instrument:
    """A law, a standard, or a yearly list. `assessment_year` (Buddhist era) marks the last kind."""

    key: str
    name_th: str
    name_en: str
    short_th: str
    short_en: str
    assessment_year: int | None

    @property
    def short(self) -> str:
        """In the reader's language."""
        return spoken(self.short_th, self.short_en)


@dataclass(frozen=True)
class Obligation:
    """One duty to publish. `key` is its name for ever; `topic` joins the same duty over the years.

    `year_offset` -1: the period spoken of is the year before the one in which it must be shown.
    """

    key: str
    topic: str
    instrument: Instrument
    clause: str
    clause_en: str
    label_th: str
    label_en: str
    demand_th: str
    seed_clause: str
    period: Period
    year_offset: int
    sections: tuple[str, ...]
    source: str
    confidence: Confidence

    @property
    def named(self) -> str:
        """Clause and label, in the reader's language."""
        clause = spoken(self.clause, self.clause_en)
        return f"{clause} {spoken(self.label_th, self.label_en)}".strip()

    @property
    def is_verified(self) -> bool:
        """Whether the point itself was seen in its source; else staff are told to check it."""
        return self.confidence == Confidence.SEEN


def read(documents: Iterable[tuple[str, str]]) -> tuple[Obligation, ...]:
    """From (file name, text) pairs. Raises `BadFile`, also when two files use the same key."""
    found: dict[str, Obligation] = {}
    for name, text in documents:
        for obligation in _read_file(name, text):
            # Editions carry these keys for ever (record), so one key may never mean two duties.
            if obligation.key in found:
                raise BadFile(f"{name}: “key” ซ้ำกับไฟล์อื่น: {obligation.key}")
            found[obligation.key] = obligation
    return tuple(found.values())


def _read_file(name: str, text: str) -> list[Obligation]:
    rows = parse(text, name=name)
    head = rows.document.get("instrument")
    if not isinstance(head, dict):
        raise BadFile(f"{name}: ไม่มีตาราง [instrument]")
    instrument = Instrument(**rows.row("instrument", head, INSTRUMENT))
    found = rows.table("obligations", OBLIGATION)
    rows.refuse_repeats("obligations", found, "key")
    return [_obligation(row, instrument) for row in found]


def _obligation(row: Row, instrument: Instrument) -> Obligation:
    typed: dict[str, Any] = {
        "period": Period(row["period"]),
        "confidence": Confidence(row["confidence"]),
        "sections": tuple(row["sections"]),
    }
    return Obligation(instrument=instrument, **(row | typed))
