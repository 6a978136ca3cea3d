"""Which items a query lists: how much of it must stand in them.

Ranking alone would list nearly every item for nearly every query, since all Thai texts share pieces of
three letters. How much may be missing is judged by the best item that there is.
"""

from math import ceil
from typing import NamedTuple


class Demand(NamedTuple):
    """Of the query's pieces: the share that the best item must hold, and the share of its that others must."""

    of_the_query: float
    of_the_best: float


# Up to 40 letters are words that are meant; more are a description, of which much may be missing.
SHORT_QUERY = 40
WORDS_MEANT = Demand(1 / 3, 1 / 2)
DESCRIPTION = Demand(1 / 5, 1 / 3)
FEW_WORDS = 4
# One wrong letter spoils at most the three pieces that it stands in.
ONE_SLIP = 3
COMMON_SHARE = 0.3
ALWAYS_TELLING = 50


def is_telling(document_frequency: int, documents: int) -> bool:
    """Whether a piece tells items apart: not in nearly a third of them."""
    return document_frequency <= max(ALWAYS_TELLING, COMMON_SHARE * documents)


def least_grams(*, asked: int, best: int, letters: int) -> int | None:
    """How many of the `asked` pieces an item must hold to be listed; None lists no item for its pieces.

    `best` is how many the best item holds, `letters` the length of the query.
    """
    demand = WORDS_MEANT if letters <= SHORT_QUERY else DESCRIPTION
    missing = asked - best
    if missing == 0:
        return asked
    if best < asked * demand.of_the_query:
        return None
    least = ceil(best * demand.of_the_best)
    if letters <= SHORT_QUERY and missing <= ONE_SLIP:
        return max(least, asked - 2 * missing)
    return least


def asks_for_all_words(word_count: int) -> bool:
    """A few words are all meant."""
    return 0 < word_count <= FEW_WORDS
