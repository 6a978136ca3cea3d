"""Whether two texts are the same document: a small sketch of each, and a comparison of sketches.

Letters tell the wording (MinHash over runs of five, without digits, spaces and the vowels and tones above and below a
line, which machines misread most); numbers tell this year's
paper from last year's on the same form. Thresholds are measured in tests/intake/test_likeness.py.
"""

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prongsai.thai.digits import to_arabic
from prongsai.thai.normalise import normalise

Hashes = NDArray[np.uint64]

# The head of a document tells it apart; comparing all of a long one would only take time.
READ = 30_000
RUN = 5
PLACES, ROWS = 120, 3
FEWEST_LETTERS = 60
MOST_NUMBERS = 400
# Typed texts of one document differ by an edit; a scan's by what was misread.
SAME_TYPED, SAME_SCANNED = 0.80, 0.45
# Of the numbers of the one that has fewer, how many the other has too.
NUMBERS_TYPED, NUMBERS_SCANNED = 0.75, 0.40
FEW_NUMBERS = 3

_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
# Of the next century no paper speaks yet; a machine that misreads a digit does.
_YEAR = re.compile(r"(?<!\d)2[45]\d\d(?!\d)")
_seeds = np.random.default_rng(2569)
_FACTORS: Hashes = _seeds.integers(1, 2**63, PLACES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_STEPS: Hashes = _seeds.integers(0, 2**63, PLACES, dtype=np.uint64)
_POWERS: Hashes = np.array([1_000_003**power % 2**64 for power in range(RUN)], dtype=np.uint64)


@dataclass(frozen=True)
class Sketch:
    """`year` is the latest Buddhist year that is named twice, or else the latest; `length` counts letters looked at."""

    signature: bytes
    numbers: frozenset[int]
    year: int | None
    years: frozenset[int]
    length: int
    is_scanned: bool = False


def sketch(text: str, *, is_scanned: bool = False) -> Sketch | None:
    """None for a text too short to tell anything."""
    plain = to_arabic(normalise(text[:READ])).casefold()
    letters = "".join(_LETTERS.findall(plain))
    if len(letters) < FEWEST_LETTERS:
        return None
    years = Counter(map(int, _YEAR.findall(plain)))
    numbers = dict.fromkeys(zlib.crc32(each.encode()) for each in _NUMBER.findall(plain))
    return Sketch(
        signature=_signature(letters).tobytes(),
        numbers=frozenset(list(numbers)[:MOST_NUMBERS]),
        year=max(years, key=lambda year: (years[year] > 1, year), default=None),
        years=frozenset(years),
        length=len(letters),
        is_scanned=is_scanned,
    )


def _signature(letters: str) -> NDArray[np.uint32]:
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(codes, RUN)
    runs: Hashes = np.unique((windows * _POWERS).sum(axis=1, dtype=np.uint64))
    # Multiplication wraps at 64 bits; the upper half of the product is well mixed.
    mixed = runs[np.newaxis, :] * _FACTORS[:, np.newaxis] + _STEPS[:, np.newaxis]
    smallest: NDArray[np.uint32] = (mixed >> np.uint64(32)).min(axis=1).astype(np.uint32)
    return smallest


def bands(found: Sketch) -> tuple[int, ...]:
    """Texts with half their runs in common share a band 199 times in 200; with a fifth, 1 in 4."""
    width = 4 * ROWS
    return tuple(
        zlib.crc32(found.signature[start : start + width], start) + (start << 32)
        for start in range(0, len(found.signature), width)
    )


def wording(one: Sketch, other: Sketch) -> float:
    """The estimated share (0 to 1) of runs of letters that both have."""
    first = np.frombuffer(one.signature, dtype=np.uint32)
    return float((first == np.frombuffer(other.signature, dtype=np.uint32)).mean())


def shared_numbers(one: Sketch, other: Sketch) -> float | None:
    """Of the numbers of the one that has fewer; None when there are too few to tell."""
    fewer = min(len(one.numbers), len(other.numbers))
    if fewer < FEW_NUMBERS:
        return None
    return len(one.numbers & other.numbers) / fewer


def is_same(one: Sketch, other: Sketch) -> bool:
    """The same document, perhaps corrected, or scanned once and typed once; not next year's on the same form."""
    by_machine = one.is_scanned or other.is_scanned
    if wording(one, other) < (SAME_SCANNED if by_machine else SAME_TYPED):
        return False
    if not _may_be_of_one_year(one, other, by_machine=by_machine):
        return False
    numbers = shared_numbers(one, other)
    return numbers is None or numbers >= (NUMBERS_SCANNED if by_machine else NUMBERS_TYPED)


def _may_be_of_one_year(one: Sketch, other: Sketch, *, by_machine: bool) -> bool:
    if one.year is None or other.year is None or one.year == other.year:
        return True
    # A machine may misread the one year for the other, yet hardly each time that it is named.
    return by_machine and one.year in other.years and other.year in one.years


def text_of(pages: Sequence[str]) -> str:
    """As much of the first pages as a sketch looks at."""
    gathered, length = [], 0
    for page in pages:
        gathered.append(page)
        length += len(page)
        if length >= READ:
            break
    return "\n".join(gathered)[:READ]
