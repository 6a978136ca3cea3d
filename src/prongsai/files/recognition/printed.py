"""What an engine saw on a page, word by word, and how that becomes one text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from prongsai.files.recognition.straightening import Box
from prongsai.files.rules import Word
from prongsai.thai.normalise import display_text

LINE_BREAK, BLOCK_BREAK = "\n", "\n\n"


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


@dataclass(frozen=True)
class Recognised:
    """A page read by machine: `confidence` (0 to 1) is the mean over its letters, 0 of a page without any."""

    text: str
    confidence: float
    words: tuple[Word, ...]


def assemble(seen: Iterable[tuple[Printed, Box]]) -> Recognised:
    """Joins words, each with its place on the page in parts 0 to 1."""
    text, gap = "", ""
    words: list[Word] = []
    joined = list(_joined(seen))
    for printed, place in joined:
        # Neither a mark nor anything else crosses a space, so words may be tidied one by one.
        letters = display_text(printed.text).strip()
        if letters:
            text += gap if text else ""
            words.append(Word(len(text), len(text) + len(letters), *place, printed.confidence))
            text, gap = text + letters, printed.ends
        else:
            gap = max(gap, printed.ends, key=_weight)
    return Recognised(text, mean_confidence(word for word, _ in joined), tuple(words))


def _joined(seen: Iterable[tuple[Printed, Box]]) -> Iterator[tuple[Printed, Box]]:
    """What follows without a space belongs to the word before: engines part Thai words by letters."""
    before: tuple[Printed, Box] | None = None
    for each in seen:
        if before and _is_one_word(before[0], each[0]):
            before = _together(*before, *each)
            continue
        if before:
            yield before
        before = each
    if before:
        yield before


def _is_one_word(before: Printed, after: Printed) -> bool:
    return not (before.ends or before.is_number or after.is_number)


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


def _weight(ends: str) -> int:
    return ("", " ", LINE_BREAK, BLOCK_BREAK).index(ends)


def mean_confidence(printed: Iterable[Printed]) -> float:
    """Over all letters, 0 of none."""
    letters, sure = 0, 0.0
    for word in printed:
        letters += len(word.text)
        sure += word.confidence * len(word.text)
    return sure / letters if letters else 0.0
