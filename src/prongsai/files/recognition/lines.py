"""The lines of a page: where each stands, and where the bodies of its letters do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from prongsai.files.recognition.straightening import Box
from prongsai.files.recognition.strips import body_of, ink_of

# In heights of a low letter, measured: a line cut this far above and below its bodies keeps its vowels and tone
# marks, which Tesseract's own boxes often lose, and little of its neighbours. Errors fell from 3.6 to 2.4 %.
ABOVE, BELOW = 1.4, 0.6
_SIDES = 8
# Of the width of a line of marks, the part that stands over or under the line that they belong to.
_WITHIN = 0.6
# In the same heights: a gap wider than any space, and a short line. What is less darker than paper is no ink.
_GAP, _SHORT, _DARKER = 3.0, 16, 45


@dataclass(frozen=True)
class Line:
    """Points of the picture: its box as the layout has it, and the rows between which low letters stand.

    `ends` is what follows it: a line or a block break.
    """

    box: Box
    top: float
    base: float
    ends: str

    @property
    def height(self) -> float:
        """Of its low letters, the measure of everything else in it."""
        return self.base - self.top

    def of_height(self, typical: float) -> "Line":
        """A few digits have their ink low, a few letters have it high: they seem lower than the lines around."""
        left, upper, right, lower = self.box
        if right - left >= _SHORT * typical or self.height >= 0.85 * typical:
            return self
        # Without marks above, or on either side, the box says where the bodies stand.
        for base in (self.base, float(lower)):
            if 0.85 * typical <= base - upper <= 1.2 * typical:
                return replace(self, top=float(upper), base=base)
        return self

    def cut(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """What to cut out of a picture of `size`."""
        width, height = size
        left, right = max(0, int(self.box[0]) - _SIDES), min(width, int(self.box[2]) + _SIDES)
        upper, lower = self.top - ABOVE * self.height, self.base + BELOW * self.height
        return left, max(0, int(upper)), right, min(height, int(np.ceil(lower)))


def measured(image: Image.Image, box: Box, ends: str) -> Line:
    """The line in `box` of the grey picture."""
    left, upper, right, lower = (int(edge) for edge in box)
    cut = image.crop((left, upper, max(right, left + 1), max(lower, upper + 1)))
    top, base = body_of(ink_of(cut))
    return Line(box, upper + top, upper + base, ends)


def typical_height(lines: Iterable[Line]) -> float:
    """That of lines, the longer the weightier; 0 of none."""
    heights = sorted((line.height, line.box[2] - line.box[0]) for line in lines)
    if not heights:
        return 0.0
    lengths = np.cumsum([length for _, length in heights])
    return heights[int(np.searchsorted(lengths, lengths[-1] / 2))][0]


def parted(image: Image.Image, line: Line) -> list[Line]:
    """The line's parts between wide gaps, into which a reader would dream letters; a line without ink has none."""
    left, upper, right, lower = line.cut(image.size)
    upper, lower = max(upper, int(line.top)), min(lower, int(np.ceil(line.base)))
    if lower <= upper:
        return []
    shades = np.asarray(image.crop((left, upper, right, lower)), dtype=np.float32)
    paper, toner = np.percentile(shades, (85, 1))
    threshold = paper - max(_DARKER, float(paper - toner) / 2)
    inked = np.flatnonzero((shades < threshold).any(axis=0))
    if not len(inked):
        return []
    breaks = np.flatnonzero(np.diff(inked) > _GAP * line.height)
    starts = inked[np.concatenate(([0], breaks + 1))]
    ends = inked[np.concatenate((breaks, [len(inked) - 1]))]
    return [
        replace(
            line, box=(left + int(start), line.box[1], left + int(end) + 1, line.box[3]), ends=" "
        )
        for start, end in zip(starts[:-1], ends[:-1], strict=True)
    ] + [replace(line, box=(left + int(starts[-1]), line.box[1], line.box[2], line.box[3]))]


def without_detached(lines: list[Line]) -> list[Line]:
    """Without what the layout took for lines, but are the upper marks of large letters, or specks beside them."""
    return [line for line in lines if not _belongs_to_another(line, lines)]


def _belongs_to_another(line: Line, lines: Iterable[Line]) -> bool:
    left, upper, right, lower = line.box
    middle = (upper + lower) / 2
    for other in lines:
        is_larger = line.height < 0.6 * other.height
        is_within = other.box[0] <= left and right <= other.box[2]
        overlap = min(right, other.box[2]) - max(left, other.box[0])
        are_marks = lower - upper < 0.8 * other.height and overlap >= _WITHIN * (right - left)
        reach = other.top - ABOVE * other.height, other.base + BELOW * other.height
        if is_larger and (is_within or are_marks) and reach[0] <= middle <= reach[1]:
            return True
    return False
