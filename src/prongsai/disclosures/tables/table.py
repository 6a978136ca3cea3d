"""The rows of a table as one immutable value, and its JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

MOST_ROWS = 2_000
Row = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """`rows` by column key: amounts are decimal strings, dates ISO, choices their values; what is empty is left out.

    `nothing`: there was nothing in this period, which is why there are no rows. `fiscal_year` (Buddhist era) and
    `period` are those of the heading; `made_date` is the day on which these rows were first saved.
    """

    form: str
    rows: tuple[Row, ...] = ()
    nothing: bool = False
    fiscal_year: int | None = None
    period: str = ""
    made_date: date | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "form": self.form,
            "rows": [
                {key: value for key, value in sorted(row.items()) if value} for row in self.rows
            ],
            "nothing": self.nothing,
            "fiscal_year": self.fiscal_year,
            "period": self.period,
            "made_date": self.made_date.isoformat() if self.made_date else None,
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        made = document.get("made_date")
        return cls(
            form=document["form"],
            rows=tuple(dict(row) for row in document.get("rows", ())),
            nothing=bool(document.get("nothing")),
            fiscal_year=document.get("fiscal_year"),
            period=document.get("period", ""),
            made_date=date.fromisoformat(made) if made else None,
        )

    def says_the_same(self, other: "Table | None") -> bool:
        """Whether nothing but the day of making differs."""
        mine, theirs = self.to_json(), other.to_json() if other else {}
        return {**mine, "made_date": None} == {**theirs, "made_date": None}
