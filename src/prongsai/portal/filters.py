"""The filters of lists and of search: a GET form whose choices come from what is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

# A year that no item has, for a query whose year is no number.
NO_YEAR = 9999


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

    def narrowing(self) -> dict[str, Any]:
        """What was chosen, as the record's lists take it. A year that is no number finds nothing."""
        chosen: dict[str, Any] = {each.name: each.value for each in self.choices if each.value}
        if "year" in chosen:
            year = chosen["year"]
            chosen["year"] = (
                int(year) if year.isascii() and year.isdigit() and len(year) == 4 else NO_YEAR
            )
        return chosen
