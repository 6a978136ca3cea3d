"""When a row may be confirmed without being opened, and what a person changed of what was proposed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prongsai.thai.masking import mask_persons_numbers

# Without these a draft cannot be told from another.
NEEDED = ("title", "kind", "section")
# Confirmed as content; what else was proposed (urgency, secrecy, type of paper) is only shown.
CONTENT = (
    "title",
    "kind",
    "section",
    "unit",
    "official_number",
    "typed_date",
    "signed_date",
    "in_force_date",
    "fiscal_year",
    "period",
    "obligations",
    "signatories",
)
# Free text that may hold a person's name: the act says that it was changed, the row itself what it was.
UNQUOTED = frozenset({"title", "signatories", "period"})


@dataclass(frozen=True)
class Proposed:
    """What counts of one proposal here: its field, whether its confidence is high, and whether it has a value."""

    field: str
    is_sure: bool
    has_value: bool = True


def unsure_fields(notes: Sequence[Proposed], typed: Collection[str]) -> list[str]:
    """Fields that a person has to look at before the row is confirmed together with others.

    What a person typed is theirs; what was not found and is not needed may stay empty.
    """
    found = {note.field for note in notes if note.has_value}
    missing = {name for name in NEEDED if name not in found}
    doubtful = {note.field for note in notes if note.field in CONTENT and not note.is_sure}
    return [name for name in CONTENT if name in (missing | doubtful) - set(typed)]


def changed_fields(proposed: Mapping[str, Any], accepted: Mapping[str, Any]) -> dict[str, Any]:
    """Field -> [proposed, accepted] of what a person changed, added or took out; only `true` for free text."""
    changed = {
        name: [proposed.get(name), accepted.get(name)]
        for name in CONTENT
        if (proposed.get(name) or None) != (accepted.get(name) or None)
    }
    return {
        name: True if name in UNQUOTED else [_masked(each) for each in pair]
        for name, pair in changed.items()
    }


def _masked(value: Any) -> Any:
    return mask_persons_numbers(value) if isinstance(value, str) else value
