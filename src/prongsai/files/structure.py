"""From a page's text to what is on it: headings, paragraphs, lists and tables. Plain values; no markup.

Nothing is added to what the page says, and only printed page numbers are set apart.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Literal

from prongsai.files.rules import PageText, Word

Kind = Literal["heading", "paragraph", "list", "table", "marker"]
Row = tuple[str, ...]
_THAI_END = re.compile("[\u0e01-\u0e4e]$")
_THAI_START = re.compile("^[\u0e01-\u0e4e]")
_DIGITS = "0-9\u0e50-\u0e59"
_MARKER = re.compile(
    rf"[-–—]?\s*(?:หน้า(?:ที่)?\s*)?[{_DIGITS}]{{1,4}}\s*(?:/\s*[{_DIGITS}]{{1,4}})?\s*[-–—]?"
)
_AFTER_POINT = r"(?!น\.|นาฬิกา|บาท|ล้าน|เปอร์เซ็นต์|กิโล|เมตร|ตร\.|ตาราง|%)(?=\S)"
_POINT = re.compile(
    rf"(?:[-•–●○▪*]\s+|\(?[{_DIGITS}]{{1,3}}[.)]\s+|\([{_DIGITS}]{{1,3}}\)\s*|\(?[ก-ฮ][.)]\s+"
    # 1.2 and 1.2.3, but not 16.00 or 0.5.
    rf"|[{_DIGITS}]{{1,2}}(?:\.[1-9\u0e51-\u0e59][{_DIGITS}]?)+[.)]?\s+|ข้อ\s*[{_DIGITS}]{{1,3}}[.\s]\s*)"
    rf"{_AFTER_POINT}"
)
_BARE_POINT = re.compile(rf"[-•–●○▪*]|\(?[{_DIGITS}ก-ฮ]{{1,3}}[.)]")
_DIVISION = re.compile(
    rf"(?:หมวด|ส่วน|บท|ภาค|ตอน)(?:ที่)?\s*[{_DIGITS}]{{1,3}}(?:\s|$)|(?:chapter|part|section)\s+\d{{1,3}}\b",
    re.IGNORECASE,
)
_OPENING = re.compile("(?:ประกาศ|คำสั่ง|บันทึกข้อความ|ข้อบัญญัติ|เทศบัญญัติ|ระเบียบ|สัญญา|รายงาน|แผน)")
_NUMERIC = re.compile(rf"[{_DIGITS}][{_DIGITS},.\s%/-]*")
LONGEST_HEADING = 90
# Of the longest lines of the page; a shorter one is the last of its paragraph.
_FULL = 0.75
# In parts of the page's width: what parts columns, and how exactly cells of one column stand below each other.
_COLUMN_GAP, _ALIGNED = 0.014, 0.02
_FEWEST_ROWS = 3
_LARGER = 1.3


@dataclass(frozen=True)
class Block:
    """`text` of a heading, paragraph or marker; `items` of a list, with their numbers; `rows` of a table.

    `level` is 2 or 3, for headings. `has_head` says that the first row names the columns.
    """

    kind: Kind
    text: str = ""
    level: int = 0
    items: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    has_head: bool = False

    def to_json(self) -> dict[str, object]:
        said: dict[str, object] = {"kind": self.kind}
        if self.kind == "list":
            return said | {"items": list(self.items)}
        if self.kind == "table":
            return said | {"rows": [list(row) for row in self.rows], "has_head": self.has_head}
        return said | {"text": self.text} | ({"level": self.level} if self.level else {})


@dataclass(frozen=True)
class _Line:
    """`cells` are several where tabs or wide gaps part it; `edges` of them are known on pictures only."""

    text: str
    cells: Row
    edges: tuple[tuple[float, float], ...] = ()
    height: float = 0.0

    @property
    def is_row(self) -> bool:
        return len(self.cells) > 1


def blocks_of(page: PageText, *, is_printed: bool) -> tuple[Block, ...]:
    """What is on the page, in its order. On a printed page a paragraph goes over several lines.

    In a document of an office program each line is a paragraph, and none is joined.
    """
    lines = _lines(page)
    return tuple(_blocks(lines, _full_length(lines) if is_printed else None))


def may_hold_table(text: str) -> bool:
    """Whether it is worth asking where the words of this text stand: some lines on end with a number of their own."""
    on_end = 0
    for line in text.split("\n"):
        cells = line.split()
        is_row = len(cells) > 1 and any(map(_NUMERIC.fullmatch, cells))
        on_end = on_end + 1 if is_row else 0
        # The row with the names of the columns has none.
        if on_end >= _FEWEST_ROWS - 1:
            return True
    return False


def _lines(page: PageText) -> list[_Line]:
    words = sorted(page.words, key=lambda word: word.start)
    lines, start, place = [], 0, 0
    for text in page.text.split("\n"):
        end = start + len(text)
        inside = []
        while place < len(words) and words[place].start < end:
            inside.append(words[place])
            place += 1
        lines.append(_line(page.text, text, inside))
        start = end + 1
    return lines


def _line(whole: str, text: str, words: Sequence[Word]) -> _Line:
    if "\t" in text.rstrip():
        return _Line(text.strip(), tuple(cell.strip() for cell in text.rstrip().split("\t")))
    parts: list[list[Word]] = []
    for word in words:
        if parts and word.left - parts[-1][-1].right < _COLUMN_GAP:
            parts[-1].append(word)
        else:
            parts.append([word])
    stripped = " ".join(text.split())
    height = median([word.bottom - word.top for word in words]) if words else 0.0
    if len(parts) < 2:
        return _Line(stripped, (stripped,), height=height)
    cells = tuple(whole[part[0].start : part[-1].end].strip() for part in parts)
    # Every letter must be in a cell: words that stand nowhere would be lost.
    if "".join("".join(cells).split()) != "".join(text.split()):
        return _Line(stripped, (stripped,), height=height)
    return _Line(stripped, cells, tuple((p[0].left, p[-1].right) for p in parts), height)


def _full_length(lines: Sequence[_Line]) -> int:
    """How long a line that reaches the margin is: a tenth of the lines may be longer."""
    lengths = sorted(len(line.text) for line in lines if line.text)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _blocks(lines: Sequence[_Line], full: int | None) -> Iterator[Block]:
    heights = [line.height for line in lines if line.height]
    usual = median(heights) if heights else 0.0
    for is_table, run in groupby(_runs(lines), key=lambda each: each[0]):
        for _is_table, part in run:
            if is_table:
                yield _table(part)
            else:
                yield from _with_lists(_texts(part, full, usual))


def _runs(lines: Sequence[_Line]) -> Iterator[tuple[bool, list[_Line]]]:
    """Neighbouring lines that make a table together, and those that do not."""
    texts: list[_Line] = []
    for is_row, group in groupby(lines, key=lambda line: line.is_row):
        rows = list(group)
        if is_row and _is_table(rows):
            if texts:
                yield False, texts
            yield True, rows
            texts = []
        else:
            texts += rows
    if texts:
        yield False, texts


def _is_table(rows: Sequence[_Line]) -> bool:
    """Rows with tabs are; what stands in columns on a picture only when every row agrees."""
    if all(not row.edges for row in rows):
        # A tab before a paragraph only sets it in.
        filled = [row for row in rows if sum(map(bool, row.cells)) > 1]
        return len(rows) > 1 and 2 * len(filled) >= len(rows)
    if len(rows) < _FEWEST_ROWS or len({len(row.cells) for row in rows}) > 1:
        return False
    if all(_BARE_POINT.fullmatch(row.cells[0]) for row in rows):
        # Points whose text stands apart from their numbers.
        return False
    return all(map(_is_column, zip(*(row.edges for row in rows), strict=False)))


def _is_column(edges: Sequence[tuple[float, float]]) -> bool:
    """Aligned at the left, at the right, or about the middle."""
    sides = (
        [left for left, _right in edges],
        [right for _left, right in edges],
        [(left + right) / 2 for left, right in edges],
    )
    return any(max(side) - min(side) <= _ALIGNED for side in sides)


def _table(lines: Sequence[_Line]) -> Block:
    width = max(len(line.cells) for line in lines)
    rows = tuple(line.cells + ("",) * (width - len(line.cells)) for line in lines)
    first = rows[0]
    has_head = all(first) and not any(map(_NUMERIC.fullmatch, first))
    return Block("table", rows=rows, has_head=has_head)


def _texts(lines: Sequence[_Line], full: int | None, usual: float) -> Iterator[Block]:
    """Headings, paragraphs and points; a point is a paragraph until `_with_lists` takes it up."""
    open_lines: list[str] = []
    last = len(lines) - 1
    for place, line in enumerate(lines):
        if not line.text:
            yield from _closed(open_lines)
            continue
        is_edge = place in (0, last)
        is_large = _is_large(lines, place, full, usual)
        alone = _alone(lines, place, is_large=is_large, is_edge=is_edge)
        if alone:
            yield from _closed(open_lines)
            yield alone
            continue
        if open_lines and (full is None or _is_point(line.text) or _is_short(open_lines[-1], full)):
            yield from _closed(open_lines)
        open_lines.append(line.text)
    yield from _closed(open_lines)


def _alone(lines: Sequence[_Line], place: int, *, is_large: bool, is_edge: bool) -> Block | None:
    """A line that is a block by itself: a heading, or a page's printed number."""
    line = lines[place]
    if is_edge and _MARKER.fullmatch(line.text):
        return Block("marker", line.text)
    if len(line.text) > LONGEST_HEADING or line.text.endswith((".", ",", ";", ":")):
        return None
    after = lines[place + 1].text if place + 1 < len(lines) else ""
    level = 2 if is_large else _level(line.text, is_start=place == 0)
    if level == 3 and len(after) <= len(line.text):
        # One of many short points, not the title of what follows.
        return None
    return Block("heading", line.text, level) if level else None


def _is_large(lines: Sequence[_Line], place: int, full: int | None, usual: float) -> bool:
    """Whether it is a title by its letters: larger than usual, and over longer lines.

    Marks above and below Thai letters make a line of usual ones high; such a line reaches the margin and goes on.
    """
    line, after = lines[place], lines[place + 1 :]
    if not usual or line.height < _LARGER * usual or _NUMERIC.fullmatch(line.text):
        return False
    goes_on = bool(after and after[0].text) and not _is_short(line.text, full or 0)
    return not goes_on and any(len(other.text) > len(line.text) for other in after)


def _level(text: str, *, is_start: bool) -> int:
    if _DIVISION.match(text) or (is_start and _OPENING.match(text)):
        return 2
    is_titled = _is_point(text) and len(text) <= LONGEST_HEADING // 2
    return 3 if is_titled and re.match(rf"[{_DIGITS}]", text) else 0


def _is_point(text: str) -> bool:
    return bool(_POINT.match(text))


def _is_short(line: str, full: int) -> bool:
    return len(line) < _FULL * full


def _closed(lines: list[str]) -> Iterator[Block]:
    if lines:
        text = lines[0]
        for before, after in pairwise(lines):
            text += joint(before, after) + after
        yield Block("paragraph", text)
    lines.clear()


def joint(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: nothing where Thai goes on, which has no spaces."""
    is_thai = _THAI_END.search(before) and _THAI_START.match(after)
    return "" if is_thai else " "


def _with_lists(blocks: Iterator[Block]) -> Iterator[Block]:
    for is_list, group in groupby(
        blocks, key=lambda one: one.kind == "paragraph" and _is_point(one.text)
    ):
        if is_list:
            yield Block("list", items=tuple(one.text for one in group))
        else:
            yield from group
