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
_IN_PARENTHESES = re.compile(r"\([^()]*\)")
_PIECE = re.compile(r"(?:(?! {2}|\t).)+")
_NAME = re.compile(r"\(\s{0,9}[ก-๎.]{2,40}(?:\s{1,9}[ก-๎.]{2,40}){1,3}\s{0,9}\)")
_SET_ON = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_CELL, _LONGEST_ROW = 200, 1_200


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
    """A row of a table that holds a signature is unfolded: its cells one after the other, line by line."""
    end, top = 0, 0
    for found in _LINE.finditer(sheet.text):
        inner = found[0].strip()
        if inner:
            start = found.end() - len(found[0].lstrip())
            gap = sheet.text.count("\n", end, start) > 1
            line = Line(Spot(sheet, start, start + len(inner)), inner, top, top == 0 or gap)
            yield from _unfolded(line)
            end, top = start + len(inner), top + 1


def _unfolded(line: Line) -> Iterator[Line]:
    """Where a name in parentheses and its post share a line, they stood below each other in a cell."""
    is_row = "(" in line.text and len(line.text) <= _LONGEST_ROW
    pieces = list(_pieces(line.text)) if is_row else []
    names = [piece for piece in pieces if _NAME.fullmatch(line.text[slice(*piece)])]
    if not names or len(names) == len(pieces):
        yield line
        return
    cells: set[int] = set()
    for start, end in pieces:
        cell = line.text.count("\t", 0, start)
        spot = line.part(start, end)
        yield Line(spot, line.text[start:end], line.top, line.after_gap or cell not in cells)
        cells.add(cell)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between tabs and wide gaps; a gap in parentheses parts nothing."""
    solid = _IN_PARENTHESES.sub(lambda found: "x" * len(found[0]), text)
    for found in _PIECE.finditer(solid):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        if found[0].strip():
            yield start, start + len(found[0].strip())


def columns_of(line: Line) -> tuple[tuple[Spot, float], ...]:
    """What stands side by side in a line, and how far from the left each has its middle, in letters."""
    sheet, begin = line.spot.sheet, line.spot.start
    row = sheet.text.rfind("\n", 0, begin) + 1
    before = sheet.text[row:begin]
    return tuple(
        (line.part(start, end), _middle(before + line.text, len(before) + start, len(before) + end))
        for start, end in _pieces(line.text)
    )


def _middle(row: str, start: int, end: int) -> float:
    first = row.count("\t", 0, start) * _CELL + _width(row[row.rfind("\t", 0, start) + 1 : start])
    return first + _width(row[start:end]) / 2


def _width(text: str) -> int:
    return len(_SET_ON.sub("", text))
