"""The Merkle tree of RFC 6962 (and 9162), in plain Python.

A tree is spoken of by its complete subtrees: node `(level, position)` stands over the
leaves `position * 2**level` up to `(position + 1) * 2**level`. Such a node never changes once it is there.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

# RFC 6962, section 2.1: the hash of an empty list is the hash of an empty string.
EMPTY_ROOT = hashlib.sha256(b"").digest()


class Place(NamedTuple):
    """Where a complete subtree stands."""

    level: int
    position: int


class Step(NamedTuple):
    """One turn on the way down from the root: the leaves of the sibling that is left aside."""

    begin: int
    end: int
    sibling_is_right: bool


# Different first bytes keep a leaf from posing as a node.
def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def subtrees(begin: int, end: int) -> list[Place]:
    """The complete subtrees that together cover these leaves, from the left."""
    places = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        places.append(Place(level, begin >> level))
        begin += 1 << level
    return places


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over complete subtrees that stand side by side, tallest first."""
    if not hashes:
        return EMPTY_ROOT
    folded = hashes[-1]
    for left in reversed(hashes[:-1]):
        folded = node_hash(left, folded)
    return folded


def _split(size: int) -> int:
    """The largest power of two below size."""
    # k in RFC 9162, section 2.1.1.
    return 1 << (size - 1).bit_length() - 1


def inclusion_steps(index: int, size: int) -> list[Step]:
    """The turns from the root of a tree of that size down to a leaf. Raises ValueError outside it."""
    if not 0 <= index < size:
        raise ValueError(f"A log of {size} entries has no entry {index}.")
    steps, begin, end = [], 0, size
    # RFC 9162, section 2.1.3.1, from the top down.
    while end - begin > 1:
        middle = begin + _split(end - begin)
        is_left = index < middle
        steps.append(Step(middle, end, True) if is_left else Step(begin, middle, False))
        begin, end = (begin, middle) if is_left else (middle, end)
    return steps


def places_of(steps: Iterable[Step]) -> set[Place]:
    """All the complete subtrees that `proof` will ask for."""
    return {place for step in steps for place in subtrees(step.begin, step.end)}


def proof(steps: Iterable[Step], nodes: Mapping[Place, bytes]) -> list[bytes]:
    """The hashes of a proof in the order of the RFC: deepest first."""
    path = [fold([nodes[place] for place in subtrees(step.begin, step.end)]) for step in steps]
    return path[::-1]


class Frontier:
    """The right edge of a growing tree: all that is needed to add a leaf and to tell the root."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """`peaks` are the hashes of `subtrees(0, size)`."""
        self.size = size
        self.peaks = list(peaks)

    def add(self, leaf: bytes) -> dict[Place, bytes]:
        """Add a leaf hash; answers the complete subtrees that came to be."""
        place, reached = Place(0, self.size), leaf
        made = {place: reached}
        # A right child completes its parent, which may complete its own, and so on.
        while place.position % 2:
            place = Place(place.level + 1, place.position // 2)
            reached = node_hash(self.peaks.pop(), reached)
            made[place] = reached
        self.peaks.append(reached)
        self.size += 1
        return made

    @property
    def root(self) -> bytes:
        return fold(self.peaks)
