"""The filters of lists and of search: a GET form whose choices come from what is there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from prongsai.portal.units import answered_for

# A year that no item has, for a query whose year is no number.
NO_YEAR = 9999
LIST_FIELDS = ("year", "unit", "kind")
SEARCH_FIELDS = ("section", *LIST_FIELDS)


@dataclass(frozen=True)
class Choice:
    """One select: its field in the query, and pairs of value and label."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str = ""


@dataclass(frozen=True)
class Filters:
    """The selects of a form. `kept` is what the query holds beside them, such as the words searched for."""

    choices: tuple[Choice, ...]
    kept: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_used(self) -> bool:
        return any(choice.value for choice in self.choices)

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        chosen = [(each.name, each.value) for each in self.choices if each.value]
        return (*self.kept.items(), *chosen)

    @property
    def cleared_query(self) -> str:
        return urlencode(self.kept)


def narrowing(query: Mapping[str, str], names: Iterable[str]) -> dict[str, Any]:
    """What was chosen, as the record's lists take it. A year that is no number finds nothing.

    A unit stands for those that have gone into it, too: it answers for what they published.
    """
    chosen: dict[str, Any] = {name: query[name] for name in names if query.get(name)}
    if "year" in chosen:
        chosen["year"] = _year(chosen["year"])
    if "unit" in chosen:
        chosen["units"] = answered_for(chosen.pop("unit"))
    return chosen


def _year(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else NO_YEAR
