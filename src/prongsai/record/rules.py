"""Why the record refuses an entry: plain values in, every reason out."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from prongsai.record.bundles import Bundled, bundled
from prongsai.record.statements import (
    ALONE,
    Surroundings,
    form_refusals,
    said,
    standing_refusals,
)
from prongsai.record.states import (
    BUNDLED_ACTIONS,
    CONTENT_ACTIONS,
    EXPLAINED_ACTIONS,
    MAY_FOLLOW,
    STARTING_ACTIONS,
    Action,
    ItemState,
    Refusal,
    Significance,
)
from prongsai.record.tables import malformations

# Two workers read the clock before they queue for the lock (20 s at most); the later one is moved on.
CLOCK_TOLERANCE = timedelta(seconds=60)
# The verifier reads no more than this of one edition, so nothing larger may come in.
MAXIMUM_EDITION = 8 * 1024 * 1024
# Of a table that is wrong throughout, these say enough.
MOST_MALFORMED = 20
SHA256 = re.compile(r"[0-9a-f]{64}")
SLUG = re.compile(r"[-a-zA-Z0-9_]+")
# With the encoding, where a text is not in UTF-8: browsers must be told.
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*(?:; charset=[a-z0-9-]+)?")
# A name becomes the last part of an address and of a path in a mirror.
FILE_NAME = re.compile(r"(?!\.{1,2}$)[^/\\\x00-\x1f\x7f]+")
DAY = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
ANYTHING = re.compile(r"[^\x00]+", re.DOTALL)


@dataclass(frozen=True)
class Reason:
    """One refusal, with what it is about (a field, a number, a file's name)."""

    refusal: Refusal
    about: str = ""

    def __str__(self) -> str:
        return str(self.refusal.label) % {"about": self.about}


class CannotAppend(Exception):
    """The record does not take the entry; `reasons` says why, the text says it in sentences."""

    def __init__(self, reasons: list[Reason], *, place: int = 0) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = tuple(reasons)
        # Of several acts that were asked for together, the one that was refused.
        self.place = place


class Field(NamedTuple):
    """A text in a document: where, how long at most (a column holds it), and what it looks like."""

    path: str
    length: int
    shape: re.Pattern[str] = ANYTHING
    is_required: bool = True


# Where a projection has a column, as long as that: PostgreSQL would fail in the middle of an append, SQLite never.
CONTENT_FIELDS = (
    Field("kind", 20),
    Field("title", 500),
    Field("title_en", 500, is_required=False),
    Field("summary", 20_000, is_required=False),
    Field("section.top", 60, SLUG),
    Field("section.slug", 60, SLUG, is_required=False),
    Field("unit.code", 40, SLUG),
    Field("unit.name_th", 200),
    Field("unit.name_en", 200, is_required=False),
)
FILE_FIELDS = (
    Field("slot", 60, SLUG),
    Field("sha256", 64, SHA256),
    Field("name", 255, FILE_NAME),
    Field("media_type", 150, MEDIA_TYPE),
    Field("label", 300, is_required=False),
)


WITHHELD_FIELDS = (
    Field("extent", 20, SLUG),
    Field("part", 1_000),
    Field("reason", 5_000),
    Field("ground.key", 60, SLUG),
    Field("ground.law_th", 300),
    Field("ground.law_en", 300, is_required=False),
    Field("ground.label_th", 300),
    Field("ground.label_en", 300, is_required=False),
    Field("decided_date", 10, DAY),
    Field("review_date", 10, DAY, is_required=False),
)


@dataclass(frozen=True)
class Standing:
    """What the record holds at the moment when an entry asks to be added.

    `state` and `version` are those of the number (None when there is none), `stored` the (sha256, size) pairs of the
    document's files whose bytes are there.
    """

    state: ItemState | None
    last_at: datetime | None
    redirect_state: ItemState | None
    stored: Collection[tuple[str, int]]
    sections: Collection[str]
    head_reason: Reason | None
    version: int | None = None
    around: Surroundings = ALONE


def moment(at: datetime, last_at: datetime | None) -> datetime:
    """The entry's time: never before the last entry's."""
    return at if last_at is None else max(at, last_at)


def append_reasons(
    *,
    action: str,
    number: str | None,
    document: Mapping[str, Any],
    at: datetime,
    standing: Standing,
) -> list[Reason]:
    """Every reason why this act may not be recorded now; none means that it may."""
    # Nothing else can be said about an act that nobody knows.
    if action not in Action.values:
        return [Reason(Refusal.UNKNOWN_ACTION, action)]
    reasons = [
        *_place_reasons(Action(action), number, standing),
        *_clock_reasons(at, standing.last_at),
    ]
    if action in CONTENT_ACTIONS:
        reasons += content_reasons(document, standing)
    else:
        reasons += _act_reasons(Action(action), number, document, standing)
    if action == Action.CORRECTED and not text_at(document, "change.note").strip():
        reasons.append(Reason(Refusal.NOTE_MISSING))
    reasons += _statement_reasons(Action(action), document, standing.around)
    reasons += _bundled_reasons(Action(action), number, document, standing)
    if standing.head_reason:
        reasons.append(standing.head_reason)
    return reasons


def _place_reasons(action: Action, number: str | None, standing: Standing) -> Iterator[Reason]:
    if action in STARTING_ACTIONS:
        if number:
            yield Reason(Refusal.NUMBER_IS_ALLOTTED, number)
    elif standing.state is None:
        yield Reason(Refusal.NUMBER_UNKNOWN, number or "–")
    elif action not in MAY_FOLLOW[standing.state]:
        yield Reason(Refusal.MAY_NOT_FOLLOW, str(standing.state.label))


def _statement_reasons(
    action: Action, document: Mapping[str, Any], around: Surroundings
) -> Iterator[Reason]:
    """Of an edition as it is written, of a restoration as it stood before."""
    if action in CONTENT_ACTIONS:
        yield from (Reason(*each) for each in form_refusals(action, document, around.kind))
    wanted = said(document) if action in CONTENT_ACTIONS else around.before
    if wanted is not None and action in CONTENT_ACTIONS | {Action.RESTORED}:
        yield from (Reason(*each) for each in standing_refusals(action, wanted, around))


def _bundled_reasons(
    action: Action, number: str | None, document: Mapping[str, Any], standing: Standing
) -> Iterator[Reason]:
    """Only editions are published together with others, and a correction on the edition that it was written upon."""
    if "bundle" not in document:
        return
    found = _bundled(document)
    if found is None or action not in BUNDLED_ACTIONS:
        yield Reason(Refusal.FIELD_MALFORMED, "bundle")
        return
    base = found.bases[found.place]
    if (base is None) != (action == Action.PUBLISHED):
        yield Reason(Refusal.FIELD_MALFORMED, "bundle")
    elif base is not None and base != (number, standing.version):
        yield Reason(Refusal.BASE_CHANGED, base.number)


def bundle_reasons(documents: Sequence[Mapping[str, Any]]) -> list[Reason]:
    """Whether a bundle of which a document is a member stands whole and in its order among these."""
    found = [_bundled(document) for document in documents]
    return [
        Reason(Refusal.BUNDLE_IN_PARTS, each.title)
        for here, each in enumerate(found)
        if each and found[here - each.place :][: each.count] != each.all_members()
    ]


def _bundled(document: Mapping[str, Any]) -> Bundled | None:
    try:
        return bundled(document)
    # Told with the other reasons of its act.
    except ValueError:
        return None


def _clock_reasons(at: datetime, last_at: datetime | None) -> Iterator[Reason]:
    if last_at is not None and at < last_at - CLOCK_TOLERANCE:
        yield Reason(Refusal.CLOCK_WENT_BACK, last_at.isoformat(timespec="seconds"))


def _act_reasons(
    action: Action, number: str | None, document: Mapping[str, Any], standing: Standing
) -> Iterator[Reason]:
    if action in EXPLAINED_ACTIONS and not text_at(document, "explanation").strip():
        yield Reason(Refusal.EXPLANATION_MISSING)
    if action == Action.RECALLED and not text_at(document, "recall_reason").strip():
        yield Reason(Refusal.RECALL_REASON_MISSING)
    if action == Action.CONSOLIDATED:
        target = text_at(document, "redirect_number")
        if target == number or standing.redirect_state != ItemState.CURRENT:
            yield Reason(Refusal.REDIRECT_UNUSABLE, target)


def content_reasons(document: Mapping[str, Any], standing: Standing) -> Iterator[Reason]:
    """What is wrong with the document of an edition, whoever wrote it."""
    yield from _field_reasons(document, CONTENT_FIELDS)
    top = text_at(document, "section.top")
    if top and top not in standing.sections:
        yield Reason(Refusal.SECTION_UNKNOWN, top)
    if not _is_whole_number(document.get("fiscal_year"), or_none=True):
        yield Reason(Refusal.FIELD_MALFORMED, "fiscal_year")
    if text_at(document, "change.significance") not in ("", *Significance.values):
        yield Reason(Refusal.FIELD_MALFORMED, "change.significance")
    yield from _obligation_reasons(document.get("obligations", []))
    yield from _withheld_reasons(document.get("withheld", []))
    if "table" in document:
        wrong = list(malformations(document["table"]))[:MOST_MALFORMED]
        yield from (Reason(Refusal.FIELD_MALFORMED, path) for path in wrong)
    yield from _file_reasons(document.get("files", []), standing)


def _field_reasons(
    document: Mapping[str, Any], fields: tuple[Field, ...], about: str = ""
) -> Iterator[Reason]:
    for field in fields:
        value = value_at(document, field.path)
        if value in (None, ""):
            if field.is_required:
                yield Reason(Refusal.FIELD_MISSING, about + field.path)
        elif not (
            isinstance(value, str)
            and len(value) <= field.length
            and field.shape.fullmatch(value)
            and (value.strip() or not field.is_required)
        ):
            yield Reason(Refusal.FIELD_MALFORMED, about + field.path)


def _obligation_reasons(keys: Any) -> Iterator[Reason]:
    is_list = isinstance(keys, list)
    if not is_list or not all(isinstance(key, str) and 0 < len(key) <= 80 for key in keys):
        yield Reason(Refusal.FIELD_MALFORMED, "obligations")


def _withheld_reasons(parts: Any) -> Iterator[Reason]:
    if not isinstance(parts, list) or not all(isinstance(part, Mapping) for part in parts):
        yield Reason(Refusal.FIELD_MALFORMED, "withheld")
        return
    for part in parts:
        yield from _field_reasons(part, WITHHELD_FIELDS, about="withheld: ")
        for name in ("decided_date", "review_date"):
            if part.get(name) and not _is_day(part[name]):
                yield Reason(Refusal.FIELD_MALFORMED, f"withheld: {name}")


def _is_day(value: Any) -> bool:
    """Whether the calendar has that day: a pattern alone would let 30 February through."""
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _file_reasons(files: Any, standing: Standing) -> Iterator[Reason]:
    if not isinstance(files, list) or not all(isinstance(file, Mapping) for file in files):
        yield Reason(Refusal.FIELD_MALFORMED, "files")
        return
    seen: set[Any] = set()
    for file in files:
        slot = text_at(file, "slot")
        yield from _field_reasons(file, FILE_FIELDS, about=f"{slot or 'files'}: ")
        yield from _count_reasons(file, slot or "files", standing)
        if slot in seen:
            yield Reason(Refusal.SLOT_TWICE, slot)
        seen.add(slot)


def _count_reasons(file: Mapping[str, Any], slot: str, standing: Standing) -> Iterator[Reason]:
    """A file's size and pages, and whether that many bytes lie under its hash."""
    counts = _is_whole_number(file.get("size")), _is_whole_number(file.get("pages"), or_none=True)
    if not all(counts):
        yield Reason(Refusal.FIELD_MALFORMED, f"{slot}: size")
    elif (text_at(file, "sha256"), file["size"]) not in standing.stored:
        yield Reason(Refusal.FILE_NOT_STORED, text_at(file, "name"))


def _is_whole_number(value: Any, *, or_none: bool = False) -> bool:
    """Whether a column for counts can hold it (bool is an int to Python, not to us)."""
    if value is None:
        return or_none
    return type(value) is int and 0 <= value < 2**31


def value_at(document: Any, path: str) -> Any:
    """The value behind a dotted path, or None."""
    for name in path.split("."):
        if not isinstance(document, Mapping):
            return None
        document = document.get(name)
    return document


def text_at(document: Any, path: str) -> str:
    """The text behind a dotted path, or an empty one."""
    value = value_at(document, path)
    return value if isinstance(value, str) else ""


def holds_nul(value: Any) -> bool:
    """Whether a text in the document holds U+0000, which PostgreSQL does not store."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, Mapping):
        return any(holds_nul(each) for pair in value.items() for each in pair)
    return isinstance(value, list | tuple) and any(holds_nul(each) for each in value)
