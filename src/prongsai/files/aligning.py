"""Which letter of one text is which of another that says the same with slips: two readings of one page."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from prongsai.thai.digits import to_arabic

# Runs that stand once in both texts belong together; shorter ones are tried in what lies between. A number is the
# longest text in which one may be trusted: in longer ones, short runs meet by chance.
_ANCHORS = (12, 6)
_TRUSTED = {12: 1_000_000, 6: 2_000}
# Letters times letters that are compared one by one; longer texts without anchors go by windows.
_SMALL, _WINDOW = 20_000, 600

Pair = tuple[int, int]


def aligned(text: str, other: str) -> list[int | None]:
    """For each letter of `text` its place in `other`; None for spaces and what is not found there.

    Spaces, case and the script of digits make no difference.
    """
    mine, mine_at = _squeezed(text)
    theirs, theirs_at = _squeezed(other)
    places: list[int | None] = [None] * len(text)
    for here, there in _pairs(mine, theirs, _ANCHORS):
        places[mine_at[here]] = theirs_at[there]
    return places


def _squeezed(text: str) -> tuple[str, list[int]]:
    kept = [index for index, letter in enumerate(text) if not letter.isspace()]
    letters = (to_arabic(text[index]) for index in kept)
    # Letter by letter, and one for one: some letters have two in lower case.
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in letters), kept


def _pairs(mine: str, theirs: str, anchors: tuple[int, ...]) -> Iterator[Pair]:
    begin = _common(mine, theirs)
    yield from ((index, index) for index in range(begin))
    mine, theirs = mine[begin:], theirs[begin:]
    end = _common(mine[::-1], theirs[::-1])
    inner_mine, inner_theirs = mine[: len(mine) - end], theirs[: len(theirs) - end]
    for here, there in _inner_pairs(inner_mine, inner_theirs, anchors):
        yield here + begin, there + begin
    for index in range(end, 0, -1):
        yield begin + len(mine) - index, begin + len(theirs) - index


def _common(mine: str, theirs: str) -> int:
    pairs = enumerate(zip(mine, theirs, strict=False))
    differs = (index for index, (here, there) in pairs if here != there)
    return next(differs, min(len(mine), len(theirs)))


def _inner_pairs(mine: str, theirs: str, anchors: tuple[int, ...]) -> Iterator[Pair]:
    if not mine or not theirs:
        return
    if _may_be_anchored(mine, theirs, anchors):
        yield from _anchored(mine, theirs, *anchors)
    else:
        yield from _windowed(mine, theirs)


def _may_be_anchored(mine: str, theirs: str, anchors: tuple[int, ...]) -> bool:
    if not anchors or len(mine) * len(theirs) <= _SMALL:
        return False
    return max(len(mine), len(theirs)) <= _TRUSTED[anchors[0]]


def _anchored(mine: str, theirs: str, size: int, *shorter: int) -> Iterator[Pair]:
    """By runs of `size` letters that stand once in both, and between those by shorter ones."""
    before = (0, 0)
    for here, there in [*_rising(_unique_runs(mine, theirs, size)), (len(mine), len(theirs))]:
        if here < before[0] or there < before[1]:
            continue
        between = mine[before[0] : here], theirs[before[1] : there]
        for first, second in _pairs(*between, shorter):
            yield before[0] + first, before[1] + second
        length = min(size, len(mine) - here)
        yield from ((here + step, there + step) for step in range(length))
        before = here + length, there + length


def _windowed(mine: str, theirs: str) -> Iterator[Pair]:
    """Window by window; what is paired in the last quarter of one is looked at again in the next."""
    here = there = 0
    while here < len(mine) and there < len(theirs):
        pairs = _matching(mine[here : here + _WINDOW], theirs[there : there + _WINDOW])
        is_last = here + _WINDOW >= len(mine) and there + _WINDOW >= len(theirs)
        sure = pairs if is_last else [pair for pair in pairs if max(pair) < 0.75 * _WINDOW]
        yield from ((here + first, there + second) for first, second in sure)
        if is_last:
            return
        step = sure[-1] if sure else (_WINDOW // 2, _WINDOW // 2)
        here, there = here + step[0] + 1, there + step[1] + 1


def _matching(mine: str, theirs: str) -> list[Pair]:
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]


def _unique_runs(mine: str, theirs: str, size: int) -> list[Pair]:
    first, second = _runs(mine, size), _runs(theirs, size)
    once, there = Counter(first), Counter(second)
    places = {run: index for index, run in enumerate(second)}
    return [
        (index, places[run])
        for index, run in enumerate(first)
        if once[run] == 1 and there.get(run) == 1
    ]


def _runs(text: str, size: int) -> list[str]:
    return [text[index : index + size] for index in range(len(text) - size + 1)]


def _rising(pairs: list[Pair]) -> list[Pair]:
    """The most of these pairs whose second numbers rise as their first ones do."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, there) in enumerate(pairs):
        place = bisect_left(tails, there)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [there]
        ends[place : place + 1] = [index]
    chain, index = [], ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
