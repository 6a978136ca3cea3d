"""Self-assessment: what a list scores today, what it would score if some items were whole, and which are nearest."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from prongsai.disclosures.states import Stage
from prongsai.obligations.queries import keys_that_count
from prongsai.obligations.results import Result
from prongsai.obligations.scoring import NOTHING, Mark, Marks, marks, points
from prongsai.office.desk import Desk
from prongsai.office.queries import visible_disclosures
from prongsai.record.owed import Group, Line, Tally

_UNDER_WAY = (Stage.WRITING, Stage.SCREENING, Stage.DECIDING, Stage.APPROVED)


@dataclass(frozen=True)
class Nearby:
    """An item that scores nothing today. `has_draft`: somebody is writing what would answer it."""

    line: Line
    failing: int
    has_draft: bool
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """An indicator or a part of it, as it stands and as it would."""

    now: Mark
    then: Mark


@dataclass(frozen=True)
class WhatIf:
    """A list as it stands, and as it would with the chosen items whole; `rows` are the others, nearest first."""

    group: Group
    rows: tuple[Nearby, ...]

    @property
    def now(self) -> Tally:
        return self.group.tally

    @property
    def then(self) -> Tally:
        return Tally(Counter(result for _part, result in self._hoped))

    @cached_property
    def marks_now(self) -> Marks:
        found = ((each.duty.indicator, each.result) for each in self.group.lines)
        return marks(self.group.instrument.indicators, found)

    @cached_property
    def marks_then(self) -> Marks:
        return marks(self.group.instrument.indicators, self._hoped)

    @property
    def indicators(self) -> tuple[Row, ...]:
        return tuple(map(Row, self.marks_now.rows, self.marks_then.rows))

    @property
    def is_unverified(self) -> bool:
        """Whether of no indicator it is known that it is the assessors' own: said once, then, and not in each row."""
        return not any(row.now.indicator.is_verified for row in self.indicators)

    @property
    def unplaced(self) -> list[str]:
        """Clauses of items of which nobody knows the indicator."""
        return [each.duty.clause for each in self.group.lines if not each.duty.indicator]

    @property
    def sources(self) -> list[str]:
        """Where what is not verified about the indicators comes from, each once, in the list's own language."""
        found = (each for each in self.group.instrument.indicators if not each.is_verified)
        return list(dict.fromkeys(each.source for each in found))

    @property
    def _hoped(self) -> list[tuple[str, Result]]:
        """The part and result of each item, were the chosen ones whole."""
        chosen = {row.line.duty.key for row in self.chosen}
        return [
            (each.duty.indicator, Result.MET if each.duty.key in chosen else each.result)
            for each in self.group.lines
        ]

    @property
    def chosen(self) -> tuple[Nearby, ...]:
        return tuple(row for row in self.rows if row.is_chosen)

    @property
    def chosen_clauses(self) -> str:
        """In the order of the list."""
        keys = {row.line.duty.key for row in self.chosen}
        return ", ".join(each.duty.clause for each in self.group.lines if each.duty.key in keys)

    @property
    def there(self) -> int:
        return sum(each.has_evidence for each in self.group.lines)

    @property
    def not_whole(self) -> list[str]:
        """Clauses that can show something and score nothing."""
        lines = self.group.lines
        return [each.duty.clause for each in lines if each.has_evidence and not _is_whole(each)]


def what_if(group: Group, desk: Desk, chosen: Collection[str]) -> WhatIf:
    """`chosen` are items by the last part of their addresses; unknown ones are passed over."""
    drafted = drafted_duties(desk)
    rows = (
        Nearby(
            line=each,
            failing=sum(len(part.failed) for part in each.parts),
            has_draft=bool(keys_that_count(each.duty) & drafted),
            is_chosen=each.duty.slug in chosen,
        )
        for each in group.lines
        if not _is_whole(each)
    )
    return WhatIf(group, tuple(sorted(rows, key=_distance)))


def drafted_duties(desk: Desk) -> frozenset[str]:
    """Keys of duties that works under way are bound to, of those that this desk may see."""
    under_way = visible_disclosures(desk).filter(stage__in=_UNDER_WAY, latest__isnull=False)
    found = under_way.values_list("latest__content__obligations", flat=True)
    return frozenset(key for keys in found for key in keys or ())


def _is_whole(line: Line) -> bool:
    return points(line.result) != NOTHING


def _distance(row: Nearby) -> tuple[bool, int, bool]:
    """What has nothing and nobody at it comes last: it fails one check only, that there is nothing."""
    is_far = not row.line.has_evidence and not row.has_draft
    return (is_far, row.failing, not row.has_draft)
