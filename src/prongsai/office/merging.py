"""Two people's texts beside each other, and the choice between them field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from prongsai.disclosures.content import Content
from prongsai.disclosures.queries import field_label, field_words
from prongsai.disclosures.refusals import EditConflict


@dataclass(frozen=True)
class Difference:
    """A field that both changed: its name in the form (`use_<name>`), and both texts as people read them."""

    name: str
    label: str
    theirs: str
    yours: str


def differences(conflict: EditConflict) -> list[Difference]:
    theirs, yours = conflict.versions.theirs.to_json(), conflict.versions.yours.to_json()
    kind = conflict.versions.yours.kind
    return [
        Difference(
            name=name,
            label=field_label(kind, name),
            theirs=field_words(kind, name, value_at(theirs, name)),
            yours=field_words(kind, name, value_at(yours, name)),
        )
        for name in conflict.versions.merge.conflicts
    ]


def value_at(content: Mapping[str, Any], name: str) -> Any:
    """`details.budget` is one level down."""
    group, dot, key = name.partition(".")
    return content.get(group, {}).get(key) if dot else content.get(group)


def with_theirs(content: Content, theirs: Mapping[str, Any], names: Iterable[str]) -> Content:
    """The content with these fields as the other person left them."""
    document = content.to_json()
    for name in names:
        group, dot, key = name.partition(".")
        if dot:
            document[group] = document[group] | {key: value_at(theirs, name)}
        else:
            document[group] = theirs.get(group)
    document["details"] = {key: value for key, value in document["details"].items() if value}
    return Content.from_json(document)
