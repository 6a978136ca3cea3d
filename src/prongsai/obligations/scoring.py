"""How ITA scores a list, in one place: 100 for an item that is whole, 0 for any other (ITA-05), and means of means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from prongsai.obligations.catalogue import Indicator
from prongsai.obligations.results import FULFILLED, Result

FULL, NOTHING = 100, 0


def points(result: Result) -> int:
    """Nothing in between: an item that lacks one component counts as one that is not there."""
    return FULL if result in FULFILLED else NOTHING


def score(counts: Mapping[Result, int]) -> str:
    """Of how many items came to which result, with two decimals; a dash for an empty list."""
    total = sum(counts.values())
    won = sum(points(result) * count for result, count in counts.items())
    return _said(Fraction(won, total) if total else None)


@dataclass(frozen=True)
class Mark:
    """What came of an indicator or a part of it; `value` is None when no item is in it."""

    indicator: Indicator
    fulfilled: int
    total: int
    value: Fraction | None

    @property
    def score(self) -> str:
        return _said(self.value)


@dataclass(frozen=True)
class Marks:
    """Every indicator with its parts behind it; `fulfilled` of `unplaced` items have no place in any."""

    rows: tuple[Mark, ...]
    fulfilled: int
    unplaced: int

    @property
    def score(self) -> str:
        """The mean of the indicators."""
        return _said(_mean(row.value for row in self.rows if not row.indicator.whole))


def marks(indicators: Sequence[Indicator], results: Iterable[tuple[str, Result]]) -> Marks:
    """Of the result of each item and the part it is in: the mean of items, then of parts, then of indicators (ITA-07).

    An indicator or part without an item has no weight.
    """
    by_part: dict[str, list[int]] = {}
    for part, result in results:
        by_part.setdefault(part, []).append(points(result))
    rows: list[Mark] = []
    for whole in (each for each in indicators if not each.whole):
        parts = [_part(each, by_part) for each in indicators if each.whole == whole.key]
        rows += [_whole(whole, parts), *parts]
    left = by_part.get("", [])
    return Marks(tuple(rows), left.count(FULL), len(left))


def _part(indicator: Indicator, by_part: Mapping[str, Sequence[int]]) -> Mark:
    won = by_part.get(indicator.key, ())
    return Mark(indicator, list(won).count(FULL), len(won), _mean(map(Fraction, won)))


def _whole(indicator: Indicator, parts: Sequence[Mark]) -> Mark:
    fulfilled, total = sum(each.fulfilled for each in parts), sum(each.total for each in parts)
    return Mark(indicator, fulfilled, total, _mean(each.value for each in parts))


def _mean(values: Iterable[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return sum(known, Fraction()) / len(known) if known else None


def _said(value: Fraction | None) -> str:
    return "–" if value is None else f"{float(value):.2f}"
