"""Text of a picture of a page: make ready, read, say where everything stands."""

from dataclasses import dataclass, replace

from PIL import Image

from prongsai.files.recognition import trained
from prongsai.files.recognition.despeckling import despeckled
from prongsai.files.recognition.digits import with_digits
from prongsai.files.recognition.latin import may_be_latin, with_latin
from prongsai.files.recognition.lines import Line
from prongsai.files.recognition.paper import paper_in
from prongsai.files.recognition.printed import Printed, Recognised, assemble, mean_confidence
from prongsai.files.recognition.regions import regions_of
from prongsai.files.recognition.ruling import without_rules
from prongsai.files.recognition.straightening import Straight, straighten
from prongsai.files.recognition.tesseract import lines_of, printed_words

# Pages read with less are looked at the other way up, and on their sides: pages the right way up are read with 0.8
# and more, upside down with 0.7. A few lines tell.
_LEGIBLE, _SAMPLE = 0.78, 5
_SMALLEST_SIDE = 16
# In pixels: a rule across the page is taken for a line of text, and read as nonsense; no letter so low can be read.
_LOWEST_LINE = 6


def recognise(image: Image.Image, *, digits_twice: bool = True) -> Recognised:
    """The text of a page's picture; colours are read as greys. Raises `trained.MissingTrainedData`.

    `bench/reading` measures what it is worth to read digits twice.
    """
    grey = image.convert("L")
    if min(grey.size) < _SMALLEST_SIDE:
        return Recognised("", 0.0, ())
    paper = paper_in(grey)
    page = _upright(despeckled(paper.image))
    words = [word for line in page.lines for word in _line_of(page, line, digits_twice)]
    return assemble((word, paper.in_whole(page.straight.on_page(word.box))) for word in words)


@dataclass(frozen=True)
class _Page:
    """A picture as it was turned, its lines, and what its longest ones say."""

    straight: Straight
    lines: list[Line]
    longest: dict[Line, list[Printed]]

    @property
    def legibility(self) -> float:
        return mean_confidence(word for words in self.longest.values() for word in words)


def _upright(image: Image.Image) -> _Page:
    """The picture the right way up, which is how it reads best."""
    first = best = _studied(straighten(image))
    for more in (180, 90, 270):
        if not first.lines or best.legibility >= _LEGIBLE:
            break
        turned = _studied(straighten(image, (first.straight.quarter + more) % 360))
        best = max(best, turned, key=lambda page: page.legibility)
    return best


def _studied(straight: Straight) -> _Page:
    ruling = without_rules(straight.image)
    straight = replace(straight, image=ruling.image)
    found = lines_of(ruling.image, regions_of(ruling), trained.THAI)
    lines = [line for line in found if _may_hold_letters(line)]
    longest = sorted(lines, key=lambda line: line.box[2] - line.box[0])[-_SAMPLE:]
    return _Page(straight, lines, {line: _words(straight.image, line) for line in longest})


def _may_hold_letters(line: Line) -> bool:
    _left, top, _right, bottom = line.box
    return bottom - top >= _LOWEST_LINE


def _line_of(page: _Page, line: Line, digits_twice: bool) -> list[Printed]:
    words = page.longest.get(line) or _words(page.straight.image, line)
    if digits_twice:
        words = with_digits(page.straight.image, line, words)
    return [*words[:-1], replace(words[-1], ends=line.ends)] if words else []


def _words(image: Image.Image, line: Line) -> list[Printed]:
    words = printed_words(image, line, trained.THAI)
    if not may_be_latin(words):
        return words
    return with_latin(words, printed_words(image, line, trained.ENGLISH))
