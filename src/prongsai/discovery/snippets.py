"""Passages that show why an item was found: cut from the text as it is shown, with what matches marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from prongsai.discovery.analysis import SMALL_MARKS, SPACE_BESIDE_THAI, Terms, folded, joined
from prongsai.discovery.rules import asks_for_all_words
from prongsai.thai.normalise import Normalised, normalise, normalise_with_offsets
from prongsai.thai.words import cut

LENGTH = 240
STEP = LENGTH // 3
LEAD = 60
# A marked stretch holds a whole word of the query, or is so long that it is a word typed otherwise.
LONG_STRETCH = 6
# In a sentence the shortest words are those that stand everywhere.
SHORTEST_OF_MANY = 4
SAMPLE = 24
# When this much of the query stands in a text as it is written, spelling hides little of it.
PLAIN_SHARE = 0.6
ELLIPSIS = "…"

_SPACES = re.compile(r"\s+")
_LEFT_OUT = re.compile(f"{SPACE_BESIDE_THAI.pattern}|{SMALL_MARKS.pattern}")
_RUN = re.compile(b"\x01+")
Span = tuple[int, int]


class Piece(NamedTuple):
    """A stretch of a passage, for the template to escape, and to mark where it matches."""

    text: str
    is_match: bool


class Passage(NamedTuple):
    """A place in a text, and how much of the query stands there (0 to 1)."""

    share: float
    start: int


class Text:
    """A text as it is shown. As it is meant, it is made when somebody asks, and then kept with it."""

    def __init__(self, shown: str) -> None:
        self.shown = shown

    @cached_property
    def meant(self) -> str:
        return joined(normalise(self.shown))


@dataclass(frozen=True)
class Finder:
    """Looks for a query in texts. `is_folded`: small marks are left out of account on both sides."""

    terms: Terms
    is_folded: bool = False

    @cached_property
    def _sample(self) -> tuple[str, ...]:
        """Enough of the query's pieces to know a place by; a long query has more than are needed."""
        wanted = self.terms.grams or self.terms.words
        return wanted[:: max(1, len(wanted) // SAMPLE)]

    def share(self, text: str) -> float:
        """How much of the query stands in a text as it is written."""
        if not self._sample:
            return 0.0
        return sum(map(text.__contains__, self._sample)) / len(self._sample)

    def passage(self, text: Text) -> Passage:
        """Where in the text most of the query stands: looked for as it is written, and, where spelling
        hides much of it, as it is meant.
        """
        if not self.is_folded and self.share(text.shown) >= PLAIN_SHARE:
            return self._best_stretch(text.shown)
        meant = folded(text.meant) if self.is_folded else text.meant
        if self.share(meant) < PLAIN_SHARE:
            return self._best_stretch(text.shown)
        traced = _traced(text.shown)
        letters, places = self._letters(traced)
        found = self._best_stretch(letters)
        return Passage(found.share, traced.offsets[places[found.start]])

    def pieces(self, text: Text) -> tuple[Piece, ...]:
        """The whole text with its matches."""
        shown = text.shown
        return tuple(_pieces(shown, self._spans(shown), 0, len(shown)))

    def snippet(self, whole: Text, passage: Passage) -> tuple[Piece, ...]:
        """At most LENGTH letters of the text around a passage; no cluster of letters is cut."""
        text = whole.shown
        offset = _floor(text, max(passage.start - LEAD, 0))
        near = text[offset : passage.start + LENGTH + LEAD]
        spans = [(a + offset, b + offset) for a, b in self._spans(near)]
        anchor = max(spans, key=lambda span: span[1] - span[0], default=(passage.start, 0))[0]
        start = _floor(text, max(anchor - LEAD, 0))
        end = _floor(text, min(start + LENGTH - 2 * len(ELLIPSIS), len(text)))
        pieces = list(_pieces(text, spans, start, end))
        before = [Piece(ELLIPSIS, is_match=False)] if start else []
        after = [Piece(ELLIPSIS, is_match=False)] if end < len(text) else []
        return tuple(before + pieces + after) if pieces else ()

    def _best_stretch(self, text: str) -> Passage:
        starts = range(0, max(len(text) - LENGTH // 2, 1), STEP)
        # Negative, so that of equally good places max() takes the first.
        found = ((self.share(text[start : start + LENGTH]), -start) for start in starts)
        best_share, start = max(found)
        return Passage(best_share, -start)

    def _spans(self, text: str) -> list[Span]:
        """Where the query's pieces cover the text, in the text's own positions, widened to clusters."""
        traced = _traced(text)
        letters, places = self._letters(traced)
        found = (
            traced.span(places[start], places[end - 1] + 1)
            for start, end in self._stretches(letters)
        )
        return _merged(cut(text, *span) for span in found)

    def _letters(self, traced: Normalised) -> tuple[str, list[int]]:
        """The letters that count, and where in the normalised text each stands."""
        left_out = _LEFT_OUT if self.is_folded else SPACE_BESIDE_THAI
        places: list[int] = []
        done = 0
        for match in left_out.finditer(traced.text):
            places += range(done, match.start())
            done = match.end()
        places += range(done, len(traced.text))
        return left_out.sub("", traced.text), places

    def _stretches(self, letters: str) -> Iterator[Span]:
        covered = bytearray(len(letters))
        for piece in self.terms.grams or self.terms.words:
            _cover(covered, letters, piece)
        for run in _RUN.finditer(covered):
            if self._is_worth_marking(letters[run.start() : run.end()]):
                yield run.span()

    def _is_worth_marking(self, stretch: str) -> bool:
        if len(stretch) >= LONG_STRETCH:
            return True
        if len(stretch) < SHORTEST_OF_MANY and not asks_for_all_words(len(self.terms.words)):
            return False
        return any(word in stretch for word in self.terms.words)


def _cover(covered: bytearray, letters: str, piece: str) -> None:
    """Every place of the piece, also where it overlaps itself."""
    mark = b"\x01" * len(piece)
    place = letters.find(piece)
    while place >= 0:
        covered[place : place + len(piece)] = mark
        place = letters.find(piece, place + 1)


def _traced(text: str) -> Normalised:
    """With offsets; made quickly for text that is normal already, as most official text is."""
    plain = normalise(text)
    if plain == text:
        return Normalised(text, tuple(range(len(text) + 1)))
    return normalise_with_offsets(text)


def _merged(spans: Iterator[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _pieces(text: str, spans: list[Span], start: int, end: int) -> Iterator[Piece]:
    """The text from start to end; lines are run together, as a passage is read in one."""
    done = start
    for span_start, span_end in spans:
        a, b = max(span_start, done), min(span_end, end)
        if a < b:
            yield from _piece(text[done:a], is_match=False)
            yield from _piece(text[a:b], is_match=True)
            done = b
    yield from _piece(text[done:end], is_match=False)


def _piece(text: str, *, is_match: bool) -> Iterator[Piece]:
    if text:
        yield Piece(_SPACES.sub(" ", text), is_match)


def _floor(text: str, position: int) -> int:
    """The border of a letter cluster at the position or just before it."""
    return cut(text, position, position + 1)[0] if 0 < position < len(text) else position
