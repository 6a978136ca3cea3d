"""What changed between two texts, paragraph by paragraph, then by Thai words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from prongsai.thai.words import segment

Operation = Literal["equal", "insert", "delete", "gap"]
# Unchanged paragraphs around a change that are shown with it.
CONTEXT = 1
# Beyond this many pairs of equal words or paragraphs (a second or two) whole texts are shown instead.
MOST_PAIRS = 4_000_000
# Below this likeness two paragraphs are two texts, and words in common are chance.
ALIKE = 0.4
_ADDRESS = re.compile(r"((?:https?://|mailto:|tel:)[^\s)]+)")


@dataclass(frozen=True)
class Part:
    """`gap` stands for unchanged paragraphs that are left out."""

    operation: Operation
    text: str


Paragraph = tuple[Part, ...]


def paragraphs(old: str, new: str) -> tuple[Paragraph, ...]:
    """The new text with what went and what came, paragraph by paragraph, then word by word."""
    before, after = old.split("\n"), new.split("\n")
    if _pairs(before, after) > MOST_PAIRS:
        return (*_whole("delete", before), *_whole("insert", after))
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    # Paragraphs first: word by word over a whole text would be slow and pair words far apart.
    shown: list[Paragraph] = []
    for place, (operation, first, last, start, end) in enumerate(steps):
        if operation == "equal":
            is_edge = (place == 0, place == len(steps) - 1)
            shown += _unchanged(before[first:last], *is_edge)
        else:
            shown += _changed(before[first:last], after[start:end])
    return tuple(shown)


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How often one of the old stands against its like among the new: what a comparison costs."""
    # Forty thousand equal short paragraphs, which fit into a body, would keep a reader for minutes.
    times = Counter(new)
    return sum(times[each] for each in old)


def _unchanged(texts: Sequence[str], is_first: bool, is_last: bool) -> list[Paragraph]:
    """Only the paragraphs beside a change, and a gap for the rest."""
    head = [] if is_first else list(texts[:CONTEXT])
    tail = [] if is_last else list(texts[max(len(head), len(texts) - CONTEXT) :])
    left_out = len(texts) - len(head) - len(tail)
    gap = [(Part("gap", "…"),)] if left_out else []
    return [*_whole("equal", head), *gap, *_whole("equal", tail)]


def _whole(operation: Operation, texts: Sequence[str]) -> list[Paragraph]:
    return [(Part(operation, text),) for text in texts if text]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs are compared in pairs; those without a partner went or came whole."""
    paired = min(len(old), len(new))
    for there, here in zip(old[:paired], new[:paired], strict=True):
        yield words(there, here)
    yield from _whole("delete", old[paired:])
    yield from _whole("insert", new[paired:])


def words(old: str, new: str) -> Paragraph:
    """One paragraph by Thai words."""
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    # quick_ratio is an upper bound and cheap; ratio is exact and is asked only when that is promising.
    is_long = _pairs(before, after) > MOST_PAIRS
    if is_long or matcher.quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        return parts(("delete", old), ("insert", new))
    found: list[tuple[Operation, str]] = []
    for operation, first, last, start, end in matcher.get_opcodes():
        if operation == "equal":
            found.append(("equal", "".join(before[first:last])))
        else:
            found.append(("delete", "".join(before[first:last])))
            found.append(("insert", "".join(after[start:end])))
    return parts(*found)


def _words(text: str) -> list[str]:
    """Segmented, but an address is one word: half of one tells nobody where it leads."""
    pieces = _ADDRESS.split(text)
    return [
        word
        for place, piece in enumerate(pieces)
        for word in ([piece] if place % 2 else segment(piece))
    ]


def parts(*found: tuple[Operation, str]) -> Paragraph:
    """Without the empty ones."""
    return tuple(Part(operation, text) for operation, text in found if text)
