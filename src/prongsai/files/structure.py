"""From a page's text to what is on it: headings, paragraphs, lists and tables. Plain values; no markup.

Nothing is added to what the page says, and only printed page numbers are set apart.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Literal

from prongsai.files.page_lines import PageLine, Row, lines_of_page
from prongsai.files.page_tables import runs
from prongsai.files.rules import PageText
from prongsai.thai.digits import to_arabic

Kind = Literal["heading", "paragraph", "list", "table", "marker"]
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
_COUNT = re.compile(rf"[{_DIGITS}.]+")
_DIVISION = re.compile(
    rf"(?:หมวด|ส่วน|บท|ภาค|ตอน)(?:ที่)?\s*[{_DIGITS}]{{1,3}}(?:\s|$)|(?:chapter|part|section)\s+\d{{1,3}}\b",
    re.IGNORECASE,
)
_OPENING = re.compile("(?:ประกาศ|คำสั่ง|บันทึกข้อความ|ข้อบัญญัติ|เทศบัญญัติ|ระเบียบ|สัญญา|รายงาน|แผน)")
_NUMERIC = re.compile(rf"[{_DIGITS}][{_DIGITS},.\s%/-]*")
LONGEST_HEADING = 90
# Of the longest lines of the page; a shorter one is the last of its paragraph.
_FULL = 0.75
_FEWEST_ROWS = 3
# In heights and steps of usual lines: a title's height, and the step to a new paragraph.
_LARGER, _APART = 1.3, 1.4
# In sizes of the usual letters: a title's, and that of a title below it.
_TITLE, _SUBTITLE = 1.3, 1.12


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


def blocks_of(page: PageText, *, is_printed: bool) -> tuple[Block, ...]:
    """What is on the page, in its order. On a printed page a paragraph goes over several lines.

    In a document of an office program each line is a paragraph, and none is joined.
    """
    lines = lines_of_page(page)
    usual = _Usual.of(lines, is_printed=is_printed)
    # The places of words in a text layer tell themselves what stands apart; rows of a table may do so, too.
    is_placed = page.source == "text" and usual.step
    told = [line for line in lines if line.text] if is_placed else lines
    return tuple(_blocks(told, usual))


def may_hold_table(text: str) -> bool:
    """Whether it is worth asking where the words of this text stand: some lines on end with a number of their own."""
    on_end = 0
    for line in filter(str.strip, text.split("\n")):
        cells = line.split()
        is_row = len(cells) > 1 and any(map(_NUMERIC.fullmatch, cells))
        on_end = on_end + 1 if is_row else 0
        # The row with the names of the columns has none.
        if on_end >= _FEWEST_ROWS - 1:
            return True
    return False


def may_hold_title(text: str) -> bool:
    """Whether it is worth asking how the letters of this text are set: a short line over a longer one."""
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    return any(
        len(one) <= LONGEST_HEADING and len(other) > len(one) and not _NUMERIC.fullmatch(one)
        for one, other in pairwise(lines)
    )


def _full_length(lines: Sequence[PageLine]) -> int:
    """How long a line that reaches the margin is: a tenth of the lines may be longer."""
    lengths = sorted(len(line.text) for line in lines if line.text)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


@dataclass(frozen=True)
class _Usual:
    """What most lines of a page are: `length` in letters of one that reaches the margin, None where none goes on.

    `height`, the `step` from a line to the next and the size `em` of letters are in parts of the page, 0 where no word
    has a place, or none a size. `is_bold` when most letters are.
    """

    length: int | None
    height: float
    step: float
    em: float = 0.0
    is_bold: bool = False

    @classmethod
    def of(cls, lines: Sequence[PageLine], *, is_printed: bool) -> "_Usual":
        heights = [line.height for line in lines if line.height]
        steps = [step for one, other in pairwise(lines) if (step := _step(one, other)) > 0]
        return cls(
            _full_length(lines) if is_printed else None,
            median(heights) if heights else 0.0,
            median(steps) if steps else 0.0,
            _usual_em(lines),
            2 * sum(len(line.text) for line in lines if line.is_bold)
            > sum(len(line.text) for line in lines),
        )


def _usual_em(lines: Sequence[PageLine]) -> float:
    """Of most letters, not of most lines: titles are short. 0 where the size of none is known."""
    sizes = [line.em for line in lines if line.em for _letter in line.text]
    return median(sizes) if sizes else 0.0


def _step(one: PageLine, other: PageLine) -> float:
    return other.bottom - one.bottom if one.bottom and other.bottom else 0.0


def _blocks(lines: Sequence[PageLine], usual: _Usual) -> Iterator[Block]:
    for rows, part in runs(lines):
        if rows:
            yield _table(rows)
        else:
            yield from _with_lists(_texts(part, usual))


def _table(rows: tuple[Row, ...]) -> Block:
    first = rows[0]
    has_head = all(first) and not any(map(_NUMERIC.fullmatch, first))
    return Block("table", rows=rows, has_head=has_head)


def _texts(lines: Sequence[PageLine], usual: _Usual) -> Iterator[Block]:
    """Headings, paragraphs and points; a point is a paragraph until `_with_lists` takes it up."""
    open_lines: list[PageLine] = []
    last = len(lines) - 1
    titles = _titled_points(lines)
    for place, line in enumerate(lines):
        level = _typed_level(lines, place, usual) or _level(
            lines, place, titles, not usual.em and _is_large(lines, place, usual)
        )
        alone = _alone(line.text, is_edge=place in (0, last), level=level)
        if not line.text or alone or not _goes_on(open_lines, line, usual):
            yield from _closed(open_lines)
        if alone:
            yield alone
        elif line.text:
            open_lines.append(line)
    yield from _closed(open_lines)


def _goes_on(open_lines: Sequence[PageLine], line: PageLine, usual: _Usual) -> bool:
    """Whether a line belongs to the paragraph of those before it."""
    if not open_lines or usual.length is None or _is_point(line.text):
        return False
    before = open_lines[-1]
    is_apart = bool(usual.step) and _step(before, line) > _APART * usual.step
    return not is_apart and not _is_short(before.text, usual.length)


def _alone(text: str, *, is_edge: bool, level: int) -> Block | None:
    """A line that is a block by itself: a heading, or a page's printed number."""
    if is_edge and _MARKER.fullmatch(text):
        return Block("marker", text)
    return Block("heading", text, level) if level and _may_be_title(text) else None


def _may_be_title(text: str) -> bool:
    return len(text) <= LONGEST_HEADING and not text.endswith((".", ",", ";", ":"))


def _is_large(lines: Sequence[PageLine], place: int, usual: _Usual) -> bool:
    """Whether it is a title by its letters: larger than usual, and over longer lines.

    Marks above and below Thai letters make a line of usual ones high; such a line reaches the margin and goes on.
    """
    line, after = lines[place], lines[place + 1 :]
    is_larger = usual.height and line.height >= _LARGER * usual.height
    if not is_larger or _NUMERIC.fullmatch(line.text):
        return False
    goes_on = bool(after and after[0].text) and not _is_short(line.text, usual.length or 0)
    return not goes_on and any(len(other.text) > len(line.text) for other in after)


def _typed_level(lines: Sequence[PageLine], place: int, usual: _Usual) -> int:
    """Of a title that its type tells: larger letters, or bold ones between lines that are not. 0 of anything else."""
    line, after = lines[place], lines[place + 1 :]
    is_over_text = any(
        0 < other.em < _SUBTITLE * usual.em and not _MARKER.fullmatch(other.text) for other in after
    )
    if not line.em or line.is_row or _NUMERIC.fullmatch(line.text) or not is_over_text:
        return 0
    if line.em >= _SUBTITLE * usual.em:
        return 2 if line.em >= _TITLE * usual.em else 3
    return 3 if _stands_out(lines, place, usual) else 0


def _stands_out(lines: Sequence[PageLine], place: int, usual: _Usual) -> bool:
    """Not at the edges of a page, where its running titles are, nor over or under other bold lines or rows."""
    line = lines[place]
    # The name under a signature stands in brackets.
    is_named = line.text.startswith("(")
    if not line.is_bold or usual.is_bold or is_named or not 0 < place < len(lines) - 1:
        return False
    beside = (lines[place - 1], lines[place + 1])
    is_alone = all(_is_plain(other, usual) for other in beside)
    return is_alone and _is_short(line.text, usual.length or 0)


def _is_plain(line: PageLine, usual: _Usual) -> bool:
    """Text whose letters are known, or a title by its size."""
    is_text = bool(line.em) and not line.is_bold
    return not line.is_row and (is_text or line.em >= _SUBTITLE * usual.em)


def _level(lines: Sequence[PageLine], place: int, titles: set[int], is_large: bool) -> int:
    text = lines[place].text
    if is_large or _DIVISION.match(text) or (place == 0 and _OPENING.match(text)):
        return 2
    return 3 if place in titles else 0


def _titled_points(lines: Sequence[PageLine]) -> set[int]:
    """The places of points that are titles of what follows, not items of a list: most of their row are."""
    titles: set[int] = set()
    for row in _rows_of_points(lines):
        titled = [place for place in row if _is_over_text(lines, place)]
        if 2 * len(titled) > len(row):
            titles.update(titled)
    return titles


def _rows_of_points(lines: Sequence[PageLine]) -> Iterator[list[int]]:
    """The places of points of the same depth that count on from each other."""
    rows: dict[int, tuple[int, list[int]]] = {}
    for place, line in enumerate(lines):
        number = _number(line.text)
        if not number:
            continue
        depth, count = len(number), number[-1]
        before, row = rows.pop(depth, (0, []))
        if row and count <= before:
            yield row
            row = []
        rows[depth] = (count, [*row, place])
    yield from (row for _, row in rows.values())


def _number(text: str) -> tuple[int, ...]:
    """Of a point: 1.2 is (1, 2); none of a point with a letter or a dash."""
    found = _COUNT.match(text) if _is_point(text) else None
    return tuple(map(int, re.findall(r"[0-9]+", to_arabic(found[0])))) if found else ()


def _is_over_text(lines: Sequence[PageLine], place: int) -> bool:
    """Whether a short line stands over a longer one, which is no point of the same kind."""
    text, after = lines[place].text, lines[place + 1].text if place + 1 < len(lines) else ""
    beside = _number(after)
    is_followed = bool(beside) and len(beside) <= len(_number(text))
    return len(text) <= LONGEST_HEADING // 2 and len(after) > len(text) and not is_followed


def _is_point(text: str) -> bool:
    return bool(_POINT.match(text))


def _is_short(line: str, full: int) -> bool:
    return len(line) < _FULL * full


def _closed(lines: list[PageLine]) -> Iterator[Block]:
    if lines:
        text = lines[0].text
        for before, after in pairwise(lines):
            text += joint(before.text, after.text) + after.text
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
