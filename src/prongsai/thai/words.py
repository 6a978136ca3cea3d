"""Words, and the smallest pieces of Thai writing that may not be cut.

Segmentation is newmm (maximal matching over a dictionary, bounded by clusters) by nlpo3.
"""

import ctypes
import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from pathlib import Path

import nlpo3

WORD_LIST = Path(__file__).parent / "data" / "words_th.txt"

_DICTIONARY = "prongsai"
_MARK = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f\u200d\u20d0-\u20ff\ufe00-\ufe0f]*"
_CLUSTER = re.compile(f"[เ-ไ]?[ก-ฮ]{_MARK}(?:า?ะ|[าำๅ])?{_MARK}|.{_MARK}", re.DOTALL)

_LONGEST_WORD = 30
_LAST_SPACE = re.compile(r"\s(?=\S*\Z)")


@cache
def _load_dictionary() -> str:
    """Read once in a process, at the first question."""
    # nlpo3 panics over a missing file, and only says no when another thread was first.
    if not WORD_LIST.is_file():
        raise FileNotFoundError(WORD_LIST)
    nlpo3.load_dict(str(WORD_LIST), _DICTIONARY)
    _give_back_memory()
    return _DICTIONARY


def _give_back_memory() -> None:
    """Loading leaves 12 MiB that nobody uses; the C library of most Linux systems returns them if asked."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def segment(text: str) -> list[str]:
    """Every piece of the text in order, spaces and signs included: joined, they are the text."""
    if not text:
        return []
    # Its safe mode loses letters in texts of 140 letters or more; without it time stays linear.
    return nlpo3.segment(text, _load_dictionary(), safe=False)


@cache
def known_words() -> frozenset[str]:
    return frozenset(WORD_LIST.read_text("utf-8").split())


def clusters(text: str) -> list[str]:
    """A consonant with its marks, the vowel written before it, and sara a, aa or am after it."""
    return _CLUSTER.findall(text)


def cut(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest span around `text[start:end]` that cuts no cluster."""
    return _floor(text, start), _ceiling(text, end)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest span around `text[start:end]` that cuts no word. The whole text is looked at."""
    borders = [0, *accumulate(map(len, segment(text)))]
    first, last = borders[bisect_right(borders, start) - 1], borders[bisect_left(borders, end)]
    return cut(text, first, last)


def word_start(text: str, place: int) -> int:
    """Where the word that goes on at `place` begins, or `place`; only the letters around are looked at."""
    begin, end = max(0, place - _LONGEST_WORD), place + _LONGEST_WORD
    space = _LAST_SPACE.search(text, begin, place)
    begin = space.end() if space else begin
    if begin == place:
        return place
    return begin + whole_words(text[begin:end], place - begin, place - begin)[0]


def _cluster_around(text: str, position: int) -> tuple[int, int]:
    """The cluster that holds the character before `position`."""
    # A space always begins a cluster, so reading can start at the nearest one.
    begin = max(text.rfind(" ", 0, position), text.rfind("\n", 0, position), 0)
    for found in _CLUSTER.finditer(text, begin):
        if found.end() >= position:
            return found.span()
    return position, position


def _floor(text: str, position: int) -> int:
    begin, end = _cluster_around(text, position)
    return position if position == end else begin


def _ceiling(text: str, position: int) -> int:
    return _cluster_around(text, position)[1] if position > 0 else 0
