"""How wide a table's columns are, and on which side its cells stand."""

import re
from collections.abc import Sequence

from prongsai.thai.digits import to_arabic
from prongsai.thai.words import clusters

NARROWEST, WIDEST = 5, 40

_NUMBER = re.compile(r"[-\u2212]?[\d,]+(?:\.\d+)?%?|-")


def column_width(cells: Sequence[str]) -> int:
    """A share of the page, by the longest cell; clusters count, since marks take no room."""
    longest = max(len(clusters(cell)) for cell in cells)
    return min(max(longest, NARROWEST), WIDEST)


def column_align(cells: Sequence[str]) -> str:
    """Amounts stand on the right, running numbers in the middle, words on the left."""
    # Empty cells say nothing about a column.
    numbers = [to_arabic(cell) for cell in cells if cell]
    if not numbers or not all(_NUMBER.fullmatch(number) for number in numbers):
        return "left"
    return "center" if all(len(number) <= 3 for number in numbers) else "right"
