"""What was covered, what a check of the result may find, and which words a box takes with it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prongsai.files.locating import Box, is_same_line
from prongsai.files.rules import PageText, Word

# Stands in the text where something was covered, so that who listens to the page knows. Not ปกปิด, which was a
# class of secrecy once and is found as one.
COVERED_MARK = "[ปิดทับ]"
BLOCKS = "█████"
# Of a word's height: a box that reaches less far into it covers the next word or the next line.
_ACROSS, _DOWN = 0.08, 0.2


@dataclass(frozen=True)
class Problem:
    """Why a result may not go out. `kind` is a key of `problems.SENTENCES`; page 0 is the file as a whole.

    `excerpt` is masked: it says which of the covered texts was found without saying it again.
    """

    kind: str
    page: int = 0
    where: str = ""
    excerpt: str = ""


@dataclass(frozen=True)
class Redacted:
    """`covered` is every text that went, to be sought in the result; `pictures` the pages that are pictures now.

    `problems` are those that only the original shows; the check of the result is asked with them.
    """

    covered: tuple[str, ...]
    pictures: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


def takes(box: Box, word: Word, aspect: float) -> bool:
    """Whether the box covers a part of the word; `aspect` is the page's height over its width."""
    height = word.bottom - word.top
    across = min(box.right, word.right) - max(box.left, word.left)
    down = min(box.bottom, word.bottom) - max(box.top, word.top)
    enough_across = min(_ACROSS * height * aspect, 0.5 * (box.right - box.left))
    enough_down = _DOWN * min(height, box.bottom - box.top)
    return across > enough_across and down > enough_down


def full_height(boxes: Sequence[Box], gone: Sequence[Word], aspect: float) -> list[Box]:
    """The boxes, and with them the whole height of each word that they take, where they take it.

    A bar through a word, or one that leaves its feet, would leave it legible.
    """
    return [
        *boxes,
        *(
            replace(
                box,
                left=max(box.left, word.left),
                top=word.top,
                right=min(box.right, word.right),
                bottom=word.bottom,
            )
            for box in boxes
            for word in gone
            if takes(box, word, aspect)
        ),
    ]


def split_words(
    words: Sequence[Word], boxes: Sequence[Box], aspect: float
) -> tuple[list[Word], list[Word]]:
    """The words that stay and the words that go, in the order of the text."""
    gone = [word for word in words if any(takes(box, word, aspect) for box in boxes)]
    is_gone = {(word.start, word.end) for word in gone}
    return [word for word in words if (word.start, word.end) not in is_gone], gone


def covered_texts(
    page: PageText, gone: Sequence[Word], stay: Sequence[Word], boxes: Sequence[Box], aspect: float
) -> Iterator[str]:
    """The stretches of text that went: neighbours in one piece, but for those of another box in the same line.

    A name that is broken across two lines is one; two numbers in two cells of a row are two.
    """
    starts = sorted(word.start for word in stay)
    run: list[Word] = []
    for word in sorted(gone, key=lambda one: one.start):
        if run and (
            bisect_left(starts, run[-1].end) < bisect_left(starts, word.start)
            or _is_of_another_box(run[-1], word, boxes, aspect)
        ):
            yield page.text[run[0].start : run[-1].end]
            run = []
        run.append(word)
    if run:
        yield page.text[run[0].start : run[-1].end]


def _is_of_another_box(one: Word, other: Word, boxes: Sequence[Box], aspect: float) -> bool:
    if not is_same_line(one, other):
        return False
    return not any(takes(box, one, aspect) and takes(box, other, aspect) for box in boxes)
