"""Reads the data files of obligations into frozen values, strictly: a bad file stops the start."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prongsai.obligations.states import RETURNS_WITHIN_THE_YEAR, Asks, Confidence, DueRule, Period
from prongsai.organisation.rows import BadFile, Column, Row, Rows, parse
from prongsai.organisation.spoken import Spoken, spoken

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
    # Of this file: a later one of the same instrument takes the place of an earlier.
    "edition": Column(type=int, default=1),
    # The instrument that took its place: what is written from now on is bound to that one.
    "succeeded_by": Column(default=""),
    # Of a yearly list: by what it is scored (ITA-07). “9.1” is a part of “9”.
    "indicators": Column(type=list, default=[], of=dict),
}
INDICATOR = {
    "key": Column(),
    "label_th": Column(),
    "label_en": Column(),
    # Of the name, and of which items are in it.
    "source": Column(),
    "confidence": Column(choices=frozenset(Confidence.values)),
}
LEAP_YEAR = 2024
KEY = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
LONGEST_KEY = 80
# A year outside is one of the common era, or a slip.
YEARS = range(2540, 2700)
# Ten years: whoever reckons with more has slipped, and would leave the calendar.
MOST_DAYS = 3_660
OFFSETS = range(-10, 11)
FORMATS = frozenset({"pdf", "xlsx", "csv", "docx", "ods", "html"})
# Written as a table: due = { rule = "days_after_period", days = 15 }
DUE = {
    "rule": Column(choices=frozenset(DueRule.values)),
    "days": Column(type=int, default=0),
    "month": Column(type=int, default=0),
    "day": Column(type=int, default=0),
}
COMPONENT = {
    "key": Column(),
    "label_th": Column(),
    "label_en": Column(),
    # Any of them in what is public shows the component; none = only a person can see it.
    "words": Column(type=list, default=[], of=str),
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
    "part": Column(default="", choices=frozenset({"", "first_half"})),
    "also_topics": Column(type=list, default=[], of=str),
    # The part of an indicator in which the item is scored; empty where nobody knows it.
    "indicator": Column(default=""),
    "owner": Column(default=""),
    "due": Column(type=dict, default={"rule": "none"}),
    "formats": Column(type=list, default=[], choices=FORMATS, of=str),
    "checks": Column(type=list, default=[], choices=frozenset(Asks.values), of=str),
    "review_days": Column(type=int, default=None),
    "components": Column(type=list, default=[], of=dict),
    "sections": Column(type=list, choices=SECTIONS, of=str),
    "source": Column(),
    "confidence": Column(choices=frozenset(Confidence.values)),
}


@dataclass(frozen=True)
class Indicator:
    """What a yearly list scores: “9”, or a part of it, “9.1”. Items are in parts only."""

    key: str
    label_th: str
    label_en: str
    source: str
    confidence: Confidence

    @property
    def whole(self) -> str:
        """The key of what it is a part of; empty for what is no part."""
        return self.key.rpartition(".")[0]

    @property
    def named(self) -> str:
        """Number and name, in the reader's language."""
        return f"{self.key} {spoken(self.label_th, self.label_en)}"

    @property
    def is_verified(self) -> bool:
        return self.confidence == Confidence.SEEN


@dataclass(frozen=True)
class Instrument:
    """A law, a standard, or a yearly list. `assessment_year` (Buddhist era) marks the last kind.

    `succeeded_by` is the key of the instrument that took the place of this one; empty while it is the newest.
    """

    key: str
    name_th: str
    name_en: str
    short_th: str
    short_en: str
    assessment_year: int | None
    edition: int = 1
    succeeded_by: str = ""
    indicators: tuple[Indicator, ...] = ()

    short = Spoken()
    name = Spoken()


@dataclass(frozen=True)
class Due:
    """Until when: `days` after the end of what it is about, or a `day` and `month` of the fiscal year."""

    rule: DueRule = DueRule.NONE
    days: int = 0
    month: int = 0
    day: int = 0


@dataclass(frozen=True)
class Component:
    """A part that evidence must have. `words` show it to a machine; without any, only a person sees it."""

    key: str
    label_th: str
    label_en: str
    words: tuple[str, ...] = ()

    label = Spoken()


@dataclass(frozen=True)
class Obligation:
    """One duty to publish. `key` is its name for ever; `topic` joins the same duty over the years.

    `year_offset` -1: the period spoken of is the year before the one in which it must be shown. `part` "first_half":
    of a half-yearly duty only October to March is asked for. `also_topics` are those that this item took in.
    `owner` is the code of the post that owes it unless the municipality charges another; `review_days` how often what
    is kept current must be looked at again.
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
    part: str = ""
    also_topics: tuple[str, ...] = ()
    indicator: str = ""
    owner: str = ""
    due: Due = Due()
    formats: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    review_days: int | None = None
    components: tuple[Component, ...] = ()

    @property
    def numbered(self) -> str:
        """The clause alone, in the reader's language."""
        return spoken(self.clause, self.clause_en)

    @property
    def named(self) -> str:
        """Clause and label, in the reader's language. A clause that is no number is a heading, said once."""
        clause = self.numbered
        if clause == self.label:
            return clause
        is_number = any(letter.isdigit() for letter in clause)
        return f"{clause}{' ' if is_number or not clause else ': '}{self.label}".strip()

    label = Spoken()

    @property
    def slug(self) -> str:
        """The last part of its public address: `o1` for `ita-oit-2569-o1`."""
        return self.key.removeprefix(f"{self.instrument.key}-")

    @property
    def outlasts_its_year(self) -> bool:
        """Whether the last period of a fiscal year (year_offset 0) can only be met when that year is over."""
        is_short = self.period in RETURNS_WITHIN_THE_YEAR and self.part != "first_half"
        is_later = self.due.rule in {DueRule.DAYS_AFTER_PERIOD, DueRule.WORKING_DAYS_AFTER_PERIOD}
        return self.year_offset == 0 and (is_short or is_later)

    @property
    def is_verified(self) -> bool:
        """Whether the point itself was seen in its source; else staff are told to check it."""
        return self.confidence == Confidence.SEEN


@dataclass(frozen=True)
class Sheet:
    """What one file says: an instrument, and what it obliges to. Without obligations it asks for nothing any more."""

    instrument: Instrument
    obligations: tuple[Obligation, ...]


def read_sheet(name: str, text: str) -> Sheet:
    """One file alone. Raises `BadFile`."""
    rows = parse(text, name=name)
    instrument = _instrument(rows)
    found = rows.table("obligations", OBLIGATION)
    rows.refuse_repeats("obligations", found, "key")
    _refuse_odd(name, [instrument.key, *(row["key"] for row in found)])
    parts = {each.key for each in instrument.indicators if each.whole}
    rows.refuse_strangers("obligations", found, "indicator", parts)
    return Sheet(instrument, tuple(_obligation(rows, row, instrument) for row in found))


def _instrument(rows: Rows) -> Instrument:
    head = rows.document.get("instrument")
    if not isinstance(head, dict):
        raise BadFile(f"{rows.name}: ไม่มีตาราง [instrument]")
    # A slip of the pen in [[obligations]] would ask for nothing at all.
    unknown = sorted(set(rows.document) - {"instrument", "obligations"})
    if unknown:
        raise BadFile(f"{rows.name}: ไม่รู้จักตาราง “{unknown[0]}” โปรดตรวจตัวสะกด")
    row = rows.row("instrument", head, INSTRUMENT)
    found = Instrument(**row | {"indicators": _indicators(rows, row["indicators"])})
    if found.assessment_year is not None and found.assessment_year not in YEARS:
        raise rows.error("instrument", 0, "“assessment_year” ต้องเป็นปีพุทธศักราช เช่น 2569")
    if found.edition < 0:
        raise rows.error("instrument", 0, "“edition” ต้องตั้งแต่ 0 ขึ้นไป")
    return found


def _indicators(rows: Rows, listed: list[Row]) -> tuple[Indicator, ...]:
    name = "instrument.indicators"
    read_rows = [rows.row(name, each, INDICATOR) for each in listed]
    rows.refuse_repeats(name, read_rows, "key")
    found = tuple(
        Indicator(**row | {"confidence": Confidence(row["confidence"])}) for row in read_rows
    )
    wholes = {each.key for each in found if not each.whole}
    rows.refuse_strangers(name, [{"key": each.whole} for each in found], "key", wholes)
    return found


def _refuse_odd(name: str, keys: Iterable[str]) -> None:
    """Keys stand in addresses, and the record takes none that is longer."""
    odd = next((key for key in keys if not KEY.fullmatch(key) or len(key) > LONGEST_KEY), None)
    if odd is not None:
        raise BadFile(
            f"{name}: “key” เป็น “{odd}” ไม่ได้ ใช้ได้คือ a-z 0-9 คั่นด้วย - หรือ . ไม่เกิน {LONGEST_KEY} ตัวอักษร"
        )


def _obligation(rows: Rows, row: Row, instrument: Instrument) -> Obligation:
    days = row["review_days"]
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise BadFile(
            f"{rows.name}: “review_days” ของ {row['key']} ต้องตั้งแต่ 1 ขึ้นไป และไม่เกิน {MOST_DAYS}"
        )
    if row["year_offset"] not in OFFSETS:
        raise BadFile(
            f"{rows.name}: “year_offset” ของ {row['key']} ต้องอยู่ระหว่าง {OFFSETS[0]} กับ {OFFSETS[-1]}"
        )
    typed: dict[str, Any] = {
        "period": Period(row["period"]),
        "confidence": Confidence(row["confidence"]),
        "due": _due(rows, row),
        "components": _components(rows, row),
    }
    listed = ("sections", "also_topics", "formats", "checks")
    typed |= {name: tuple(row[name]) for name in listed}
    return Obligation(instrument=instrument, **(row | typed))


def _due(rows: Rows, row: Row) -> Due:
    """Days are needed by the rules that count them, a day that exists by the one that names a date."""
    found = rows.row(f"due ของ {row['key']}", row["due"], DUE)
    due = Due(**found | {"rule": DueRule(found["rule"])})
    counts = due.rule not in {DueRule.NONE, DueRule.DATE_IN_YEAR}
    if counts and not 1 <= due.days <= MOST_DAYS:
        raise BadFile(
            f"{rows.name}: “due” ของ {row['key']} ต้องมี “days” ตั้งแต่ 1 ขึ้นไป และไม่เกิน {MOST_DAYS}"
        )
    # Of a year with 29 February, so that the day may be named.
    if due.rule == DueRule.DATE_IN_YEAR and not _is_day(due):
        raise BadFile(f"{rows.name}: “due” ของ {row['key']} ไม่ใช่วันในปฏิทิน โปรดแก้ “month” หรือ “day”")
    return due


def _is_day(due: Due) -> bool:
    return 1 <= due.month <= 12 and 1 <= due.day <= monthrange(LEAP_YEAR, due.month)[1]


def _components(rows: Rows, row: Row) -> tuple[Component, ...]:
    name = f"components ของ {row['key']}"
    found = [rows.row(name, each, COMPONENT) for each in row["components"]]
    rows.refuse_repeats(name, found, "key")
    return tuple(Component(**each | {"words": tuple(each["words"])}) for each in found)
