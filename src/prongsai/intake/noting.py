"""Proposals as an arrival keeps them: under the names of the form in which a person confirms them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from prongsai.files.rules import PageText
from prongsai.intake.proposals.sentences import SENTENCES
from prongsai.intake.proposals.values import DateRole, Level, Proposal, Proposals, Remark
from prongsai.thai.masking import mask_long_numbers, mask_persons_numbers
from prongsai.thai.normalise import display_text

Json = dict[str, Any]

# Counted up when the same text would be proposed differently; old rows keep what they were shown.
VERSION = 2
_AROUND = 40
# Below what `values.Proposal.level` calls high.
_NEVER_SURE = 0.7
# Content fields that one proposal fills; the rest of a paper's marks are only shown.
SINGLE = (
    ("title", "subject"),
    ("kind", "kind"),
    ("section", "section"),
    ("official_number", "number"),
    ("fiscal_year", "fiscal_year"),
    ("period", "period"),
    ("document_type", "document_type"),
    ("urgency", "urgency"),
    ("secrecy", "secrecy"),
)
DATES: tuple[tuple[str, DateRole], ...] = (
    ("typed_date", "typed"),
    ("signed_date", "signed"),
    ("in_force_date", "in_force"),
)


@dataclass(frozen=True)
class Said:
    """A doubt or a warning, kept by its code so that each reader sees it in their language."""

    code: str
    values: Mapping[str, str]

    def __str__(self) -> str:
        sentence = SENTENCES.get(self.code)
        return str(sentence).format(**self.values) if sentence else self.code


@dataclass(frozen=True)
class Note:
    """One proposal for the field `field`; `value` is what the form would hold, `excerpt` its place on the page."""

    field: str
    value: Any
    confidence: float
    level: Level
    page: int | None
    excerpt: str
    doubts: tuple[Said, ...]

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        doubts = tuple(Said(each["code"], each["values"]) for each in said["doubts"])
        return cls(**dict(said) | {"doubts": doubts})


def noted(proposals: Proposals, pages: Sequence[PageText]) -> Json:
    """What is kept: every proposal that has a value or a doubt, and the warnings about the whole."""
    texts = {page.number: page.text for page in pages}
    return {
        "version": VERSION,
        "notes": [
            _note(field, found, texts) for field, found in _fields(proposals) if _says(found)
        ],
        "warnings": [_said(each) for each in proposals.warnings],
    }


def notes_in(kept: Mapping[str, Any]) -> list[Note]:
    return [Note.from_json(each) for each in kept.get("notes", ())]


def warnings_in(kept: Mapping[str, Any]) -> list[Said]:
    return [Said(each["code"], each["values"]) for each in kept.get("warnings", ())]


def values_in(kept: Mapping[str, Any]) -> Json:
    """Field -> proposed value; several (obligations, signatories) as a list."""
    values: Json = {}
    for note in notes_in(kept):
        if note.value is None:
            continue
        if note.field in ("obligations", "signatories"):
            values.setdefault(note.field, []).append(note.value)
        else:
            values[note.field] = note.value
    return values


def _says(found: Proposal[Any]) -> bool:
    return found.value is not None or bool(found.doubts)


def _fields(proposals: Proposals) -> Iterator[tuple[str, Proposal[Any]]]:
    for field, name in SINGLE:
        yield field, getattr(proposals, name)
    yield "unit", proposals.unit
    for field, role in DATES:
        yield field, proposals.dates[role]
    yield from (("obligations", each) for each in proposals.obligations)
    yield from (("signatories", each) for each in proposals.signatories)


def _note(field: str, found: Proposal[Any], texts: Mapping[int, str]) -> Json:
    value, doubts = _value(field, found.value), found.doubts
    masked = _without_numbers(value)
    if masked != value:
        # A person has to type it: what is hidden is no content.
        found = replace(found, confidence=min(found.confidence, _NEVER_SURE))
        doubts = (*doubts, Remark("number_hidden", {}))
    return {
        "field": field,
        "value": masked,
        "confidence": found.confidence,
        "level": found.level,
        "page": found.page,
        "excerpt": _excerpt(found, texts),
        "doubts": [_said(doubt) for doubt in doubts],
    }


def _without_numbers(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_numbers(each) for each in value]
    return mask_persons_numbers(value) if isinstance(value, str) else value


def _value(field: str, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    if field == "unit":
        return value.code or None
    if field == "signatories":
        return [value.name, value.post, value.acting]
    return value


def _excerpt(found: Proposal[Any], texts: Mapping[int, str]) -> str:
    """The place with what stands around it, in one line; nobody needs long numbers to find it again."""
    place = found.place
    if place is None or place.page not in texts:
        return mask_long_numbers(found.written)
    first, last = max(0, place.start - _AROUND), place.end + _AROUND
    # Masked before it is cut: half a number would be no long one any more.
    begin = max(0, first - _AROUND)
    text = mask_long_numbers(texts[place.page][begin : last + _AROUND])[
        first - begin : last - begin
    ]
    return " ".join(display_text(text).split())


def _said(remark: Remark) -> Json:
    return {
        "code": remark.code,
        "values": {name: mask_persons_numbers(str(value)) for name, value in remark.values.items()},
    }
