"""How ITA scores a list, in one place: 100 for an item that is whole, 0 for any other, and their mean (ITA-05)."""

from collections.abc import Mapping

from prongsai.obligations.results import FULFILLED, Result

FULL, NOTHING = 100, 0


def points(result: Result) -> int:
    """Nothing in between: an item that lacks one component counts as one that is not there."""
    return FULL if result in FULFILLED else NOTHING


def score(counts: Mapping[Result, int]) -> str:
    """Of how many items came to which result, with two decimals; a dash for an empty list."""
    total = sum(counts.values())
    if not total:
        return "–"
    return f"{sum(points(result) * count for result, count in counts.items()) / total:.2f}"
