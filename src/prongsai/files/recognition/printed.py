"""What an engine saw on a page, word by word, and how that becomes one text."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from prongsai.files.recognition.straightening import Box
from prongsai.files.rules import Sight, Word
from prongsai.thai.normalise import display_text
from prongsai.thai.words import segment

LINE_BREAK, BLOCK_BREAK = "\n", "\n\n"
_GAPS = ("", " ", LINE_BREAK, BLOCK_BREAK)
_LEADING_VOWELS = ("เ", "แ", "โ", "ใ", "ไ")
# Vowels and marks that belong to the letter before them.
_FOLLOWS = re.compile("[\u0300-\u036f\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")


@dataclass(frozen=True)
class Printed:
    """A word as seen, its box in pixels.

    `ends` is what follows: nothing, a space, or the end of its line or block. A number stays a word of its
    own, so that its confidence is not hidden by the letters beside it.
    """

    text: str
    confidence: float
    box: Box
    ends: str = " "
    is_number: bool = False

    @property
    def middle(self) -> float:
        """Between its left and its right."""
        return (self.box[0] + self.box[2]) / 2


Placed = tuple[Printed, Box]


@dataclass(frozen=True)
class Recognised:
    """A page read by machine: `confidence` (0 to 1) is the mean over its letters, 0 of a page without any."""

    text: str
    confidence: float
    words: tuple[Word, ...]
    sights: tuple[Sight, ...] = ()


def assemble(seen: Iterable[tuple[Printed, Box]]) -> Recognised:
    """Joins what was seen, each with its place on the page in parts 0 to 1, into words of the language."""
    text, gap = "", ""
    words: list[Word] = []
    placed = list(_words(_letters(seen)))
    for printed, place in placed:
        if printed.text:
            text += gap if text else ""
            start, gap = len(text), printed.ends
            words.append(Word(start, start + len(printed.text), *place, printed.confidence))
            text += printed.text
        else:
            gap = max(gap, printed.ends, key=_GAPS.index)
    return Recognised(text, mean_confidence(word for word, _ in placed), tuple(words))


def _letters(seen: Iterable[Placed]) -> Iterator[Placed]:
    """Letters with all of their marks, as they are shown: tidying never reaches beyond one of these."""
    for printed, place in _merged(seen, _is_one_letter):
        yield replace(printed, text=display_text(printed.text).strip()), place


def _is_one_letter(before: Printed, after: Printed) -> bool:
    is_open = before.text.endswith(_LEADING_VOWELS) or bool(_FOLLOWS.match(after.text))
    return is_open and not (before.ends or before.is_number or after.is_number)


def _words(letters: Iterable[Placed]) -> Iterator[Placed]:
    """Thai is written without spaces: a run of letters is cut where its words end."""
    run: list[Placed] = []
    for each in letters:
        run.append(each)
        if each[0].ends or each[0].is_number:
            yield from _cut(run)
            run = []
    yield from _cut(run)


def _cut(run: list[Placed]) -> Iterator[Placed]:
    ends_of_words = set(accumulate(map(len, segment("".join(printed.text for printed, _ in run)))))
    ends_of_letters = accumulate(len(printed.text) for printed, _ in run)
    is_last = [end in ends_of_words for end in ends_of_letters]
    numbers = [printed.is_number for printed, _ in run]
    word: list[Placed] = []
    for place, each in enumerate(run):
        word.append(each)
        if is_last[place] or each[0].is_number or any(numbers[place + 1 : place + 2]):
            yield from _merged(word, _always)
            word = []
    yield from _merged(word, _always)


def _always(_before: Printed, _after: Printed) -> bool:
    return True


def _merged(seen: Iterable[Placed], is_one: Callable[[Printed, Printed], bool]) -> Iterator[Placed]:
    before: Placed | None = None
    for each in seen:
        if before and is_one(before[0], each[0]):
            before = _together(*before, *each)
            continue
        if before:
            yield before
        before = each
    if before:
        yield before


def _together(
    printed: Printed, place: Box, after: Printed, after_place: Box
) -> tuple[Printed, Box]:
    first, second = len(printed.text), len(after.text)
    sure = (printed.confidence * first + after.confidence * second) / (first + second)
    both = replace(
        after,
        text=printed.text + after.text,
        confidence=sure,
        box=around(printed.box, after.box),
    )
    return both, around(place, after_place)


def around(one: Box, other: Box) -> Box:
    """The smallest box that holds both."""
    (left, top, right, bottom), (left2, top2, right2, bottom2) = one, other
    return min(left, left2), min(top, top2), max(right, right2), max(bottom, bottom2)


def mean_confidence(printed: Iterable[Printed]) -> float:
    """Over all letters, 0 of none."""
    letters, sure = 0, 0.0
    for word in printed:
        letters += len(word.text)
        sure += word.confidence * len(word.text)
    return sure / letters if letters else 0.0
