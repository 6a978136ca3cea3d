"""Where the words of a page's text stand on the page as it is shown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from prongsai.files.rules import PageText, Word
from prongsai.thai.words import segment

# Of a stretch of which less was found, nobody knows where it stands.
_ENOUGH = 0.5
# Of a line's height, on each side of what a reader of pictures has found.
_HAIR = 0.2
_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e\u0e5a\u0e5b]+")
_PIECE = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e\u0e5a\u0e5b]+|[^\\s\u0e01-\u0e3a\u0e40-\u0e4e]+")


@dataclass(frozen=True)
class Box:
    """Edges in parts (0 to 1) of the page as it is shown, turned and cropped, from its upper left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Letter(NamedTuple):
    """A letter of a page's text layer and its edges, in parts of the page as shown.

    The line of a letter that `is_upended` runs up or down the page. `em` is the size of its font, in parts of the
    page's height.
    """

    letter: str
    left: float
    top: float
    right: float
    bottom: float
    is_upended: bool = False
    em: float = 0.0
    is_bold: bool = False


@dataclass(frozen=True)
class Located:
    """A page's text, and the letter on the page (perhaps none) that each letter of the text is."""

    page: PageText
    letters: tuple[Letter | None, ...]

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """One box for each line; none when too little of the stretch was found on the page."""
        if self.page.words:
            touched = [w for w in self.page.words if w.start < end and start < w.end]
            return self._padded(_line_boxes(self.page.number, touched), start, end)
        wanted = [i for i in range(start, end) if not self.page.text[i].isspace()]
        found = [letter for i in wanted if (letter := self.letters[i]) is not None]
        if not found or len(found) < _ENOUGH * len(wanted):
            return ()
        return _line_boxes(self.page.number, self._with_ends(start, end, found))

    def _padded(self, boxes: tuple[Box, ...], start: int, end: int) -> tuple[Box, ...]:
        """Wider by a hair: readers of pictures cut edges short. Not towards a neighbour without a space between."""
        if not boxes:
            return ()
        text = self.page.text
        is_free = (not text[:start][-1:].strip(), not text[end : end + 1].strip())
        padded = [_padded(box, 1.0, 1.0) for box in boxes]
        padded[0] = replace(padded[0], left=_padded(boxes[0], float(is_free[0]), 0.0).left)
        padded[-1] = replace(padded[-1], right=_padded(boxes[-1], 0.0, float(is_free[1])).right)
        return tuple(padded)

    def _with_ends(self, start: int, end: int, found: list[Letter]) -> list[Letter]:
        """An end that was not found itself reaches as far as the nearest letter beyond it."""
        reached = list(found)
        before = next((one for one in reversed(self.letters[:start]) if one), None)
        if self.letters[start] is None and before and is_same_line(before, found[0]):
            reached.insert(0, found[0]._replace(left=min(before.right, found[0].left)))
        after = next((one for one in self.letters[end:] if one), None)
        if self.letters[end - 1] is None and after and is_same_line(found[-1], after):
            reached.append(found[-1]._replace(right=max(after.left, found[-1].right)))
        return reached

    def words(self) -> tuple[Word, ...]:
        """Every word that was found on the page; one that is broken across lines is several."""
        return self.page.words or tuple(
            Word(start, end, box.left, box.top, box.right, box.bottom, 1.0, *self._type(start, end))
            for start, end in self._broken(_pieces(self.page.text))
            for box in self.boxes(start, end)[:1]
        )

    def _type(self, start: int, end: int) -> tuple[float, bool]:
        """The size of a word's letters, and whether they are bold."""
        known = [letter for letter in self.letters[start:end] if letter is not None]
        is_bold = 2 * sum(one.is_bold for one in known) > len(known)
        return median(one.em for one in known), is_bold

    def _broken(self, pieces: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for start, end in pieces:
            cuts = [start]
            known = [i for i in range(start, end) if self.letters[i] is not None]
            for one, other in pairwise(known):
                first, second = self.letters[one], self.letters[other]
                if first and second and not is_same_line(first, second):
                    cuts.append(other)
            yield from pairwise([*cuts, end])


def _line_boxes(number: int, parts: Sequence[Letter | Word]) -> tuple[Box, ...]:
    lines: list[list[Letter | Word]] = []
    for part in parts:
        if lines and is_same_line(lines[-1][-1], part) and not _wraps(lines[-1][-1], part):
            lines[-1].append(part)
        else:
            lines.append([part])
    return tuple(
        Box(
            number,
            max(0.0, min(part.left for part in line)),
            max(0.0, min(part.top for part in line)),
            min(1.0, max(part.right for part in line)),
            min(1.0, max(part.bottom for part in line)),
        )
        for line in lines
    )


def _padded(box: Box, left: float, right: float) -> Box:
    hair = _HAIR * (box.bottom - box.top)
    return replace(
        box, left=max(0.0, box.left - left * hair), right=min(1.0, box.right + right * hair)
    )


def _wraps(one: Letter | Word, other: Letter | Word) -> bool:
    """On a page that lies askew, the lines of words overlap: the next one begins again at the left."""
    return isinstance(other, Word) and other.right <= one.left


def is_same_line(one: Letter | Word, other: Letter | Word) -> bool:
    """Half of the smaller one stands beside the other, as their lines run."""
    if isinstance(one, Letter) and one.is_upended:
        shared = min(one.right, other.right) - max(one.left, other.left)
        return shared > 0.5 * min(one.right - one.left, other.right - other.left)
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Thai words, and between them whatever stands without a space: a number with its hyphens is one."""
    for piece in _PIECE.finditer(text):
        place = piece.start()
        words = segment(piece[0]) if _THAI.fullmatch(piece[0]) else [piece[0]]
        for word in words:
            yield place, place + len(word)
            place += len(word)
