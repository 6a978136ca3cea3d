"""Two people's changes to one content, joined field by field. Plain values; no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
# Joined key by key, for two people seldom fill in the same detail.
NESTED = ("details", "official")
APART = ("files", "withheld", "table", "statement")


@dataclass(frozen=True)
class Merge:
    """`merged` has both sides' changes; where both changed one field, it is named and yours stands in it."""

    merged: Json
    conflicts: tuple[str, ...]


def merge(base: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> Merge:
    """Three contents as JSON. Nested fields are named `details.budget`; what is `APART` is always theirs.

    It never passes through the writing form, so what was attached in between must survive it.
    """
    joined = _merge_flat(*(_flat(side) for side in (base, theirs, yours)))
    merged = {name: value for name, value in _nested(joined.merged).items() if name not in APART}
    merged |= {"files": []} | {name: theirs[name] for name in APART if name in theirs}
    return Merge(merged, tuple(name for name in joined.conflicts if name not in APART))


def _merge_flat(base: Json, theirs: Json, yours: Json) -> Merge:
    merged: Json = {}
    conflicts = []
    for name in sorted(base.keys() | theirs.keys() | yours.keys()):
        before, there, here = base.get(name), theirs.get(name), yours.get(name)
        # Yours stands in a conflict because it exists nowhere else; theirs is safe in its revision.
        merged[name] = there if here == before else here
        if before not in (there, here) and there != here:
            conflicts.append(name)
    return Merge(merged, tuple(conflicts))


def _flat(content: Mapping[str, Any]) -> Json:
    flat = {name: value for name, value in content.items() if name not in NESTED}
    for group in NESTED:
        flat |= {f"{group}.{name}": value for name, value in content.get(group, {}).items()}
    return flat


def _nested(flat: Json) -> Json:
    """The other way; a detail that neither side has any more is left out."""
    content: Json = {group: {} for group in NESTED}
    for name, value in flat.items():
        group, _, key = name.partition(".")
        if not key:
            content[name] = value
        elif value is not None or group != "details":
            content[group][key] = value
    return content
