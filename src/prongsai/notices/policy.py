"""Who agrees, who looks back, and the limits of time: data, ours and the municipality's."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from prongsai.organisation.rows import BadFile, Column, overlaid

DATA = Path(__file__).parent / "data" / "notices.toml"
_NAMES = {name: Column(type=list) for name in ("directors", "otherwise", "reviewers", "executives")}
_NUMBERS = {
    name: Column(type=int)
    for name in ("longest_hours", "longest_drill_hours", "review_working_days")
}


@dataclass(frozen=True)
class Policy:
    """`directors` and `otherwise` are seats, the other lists codes of posts."""

    directors: tuple[str, ...]
    otherwise: tuple[str, ...]
    reviewers: tuple[str, ...]
    executives: tuple[str, ...]
    longest_hours: int
    longest_drill_hours: int
    review_working_days: int

    def longest(self, *, is_drill: bool) -> timedelta:
        return timedelta(hours=self.longest_drill_hours if is_drill else self.longest_hours)


@cache
def policy(own: Path | None) -> Policy:
    """Ours, with what the municipality's file says instead. Raises `BadFile`."""
    rows = overlaid(DATA, own)
    row = rows.row("notices", dict(rows.document), _NAMES | _NUMBERS)
    lists = {each: tuple(map(str, row[each])) for each in _NAMES}
    numbers = {each: row[each] for each in _NUMBERS}
    if not lists["directors"] or not lists["reviewers"]:
        raise BadFile(f"{rows.name}: directors และ reviewers ต้องมีอย่างน้อยหนึ่งตำแหน่ง")
    # Longer than that, a notice is news and takes the ordinary way.
    if not 1 <= numbers["longest_hours"] <= 72 or numbers["longest_drill_hours"] < 1:
        raise BadFile(
            f"{rows.name}: longest_hours ต้องอยู่ระหว่าง 1 ถึง 72 และ longest_drill_hours อย่างน้อย 1"
        )
    return Policy(
        directors=lists["directors"],
        otherwise=lists["otherwise"],
        reviewers=lists["reviewers"],
        executives=lists["executives"],
        longest_hours=numbers["longest_hours"],
        longest_drill_hours=numbers["longest_drill_hours"],
        review_working_days=numbers["review_working_days"],
    )
