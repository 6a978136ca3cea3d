"""Pages as they are searched: one spelling, cut into lines, with the way back to the page's own text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prongsai.files.rules import PageText, Word
from prongsai.thai.normalise import Normalised, display_text, normalise_with_offsets

# Head and foot of a paper tell what it is; reading more of a long one would only take time.
LONGEST_HEAD, LONGEST_TAIL = 150_000, 50_000
_SCANNED = 0.8
_LINE = re.compile(r"[^\n\f]+")


@dataclass(frozen=True)
class Sheet:
    """A page, or a part of one that begins at `offset` of the page's text."""

    number: int
    original: str
    offset: int
    traced: Normalised
    is_scanned: bool
    confidence: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return self.traced.text


@dataclass(frozen=True)
class Spot:
    """A span of a sheet's searched text."""

    sheet: Sheet
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.sheet.text[self.start : self.end]

    @property
    def span(self) -> tuple[int, int]:
        """In the page's own text."""
        start, end = self.sheet.traced.span(self.start, self.end)
        return start + self.sheet.offset, end + self.sheet.offset

    @property
    def written(self) -> str:
        """As it stands on the page, in one line and without what nobody sees."""
        start, end = self.sheet.traced.span(self.start, self.end)
        return " ".join(display_text(self.sheet.original[start:end]).split())

    @property
    def certainty(self) -> float:
        """1 for typed text; for a page read by machine that of the least sure word."""
        if not self.sheet.is_scanned:
            return 1.0
        start, end = self.span
        sure = [w.confidence for w in self.sheet.words if w.start < end and w.end > start]
        return min(sure, default=self.sheet.confidence)


@dataclass(frozen=True)
class Line:
    """A line with something on it. `top` counts from 0 on its page; `after_gap` is true after an empty line."""

    spot: Spot
    text: str
    top: int
    after_gap: bool

    def part(self, start: int, end: int) -> Spot:
        return Spot(self.spot.sheet, self.spot.start + start, self.spot.start + end)


def sheets_of(pages: Sequence[PageText]) -> tuple[Sheet, ...]:
    """Only head and tail of a text that is longer than both; see `is_cut`."""
    return tuple(_sheet(page, start, end) for page, start, end in _chosen(pages))


def is_cut(pages: Sequence[PageText]) -> bool:
    return sum(len(page.text) for page in pages) > LONGEST_HEAD + LONGEST_TAIL


def _chosen(pages: Sequence[PageText]) -> Iterator[tuple[PageText, int, int]]:
    if not is_cut(pages):
        yield from ((page, 0, len(page.text)) for page in pages)
        return
    total = sum(len(page.text) for page in pages)
    before = 0
    for page in pages:
        end = before + len(page.text)
        head = min(end, LONGEST_HEAD) - before
        tail = max(before, total - LONGEST_TAIL) - before
        if head > 0:
            yield page, 0, head
        if tail < len(page.text):
            yield page, tail, len(page.text)
        before = end


def _sheet(page: PageText, start: int, end: int) -> Sheet:
    original = _seen(page)[start:end]
    is_scanned = page.source == "ocr"
    confidence = page.confidence if page.confidence is not None else _SCANNED
    return Sheet(
        number=page.number,
        original=original,
        offset=start,
        traced=normalise_with_offsets(original),
        is_scanned=is_scanned,
        confidence=confidence if is_scanned else 1.0,
        words=page.words if is_scanned else (),
    )


def _seen(page: PageText) -> str:
    """What nobody sees who looks at the page proposes nothing: it is blanked, letter by letter."""
    text = page.text
    for hidden in page.hidden:
        blank = re.sub(r"[^\n]", " ", text[hidden.start : hidden.end])
        text = text[: hidden.start] + blank + text[hidden.end :]
    return text


def lines_of(sheet: Sheet) -> Iterator[Line]:
    end, top = 0, 0
    for found in _LINE.finditer(sheet.text):
        inner = found[0].strip()
        if inner:
            start = found.end() - len(found[0].lstrip())
            gap = sheet.text.count("\n", end, start) > 1
            yield Line(Spot(sheet, start, start + len(inner)), inner, top, top == 0 or gap)
            end, top = start + len(inner), top + 1
