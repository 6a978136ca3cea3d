"""The text of a file as people read it: in parts of some pages, each page with what is on it and how well it was read.

Plain values: the pages as the record keeps them in, what the template shows out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.record.addresses import public_path

PAGES_IN_A_PART = 20
# Means over the letters of a page, as its reader gave them.
UNCLEAR, CLEAR = 0.75, 0.9
CLARITIES: Mapping[str, Promise] = {
    "clear": _("อ่านได้ชัด"),
    "fair": _("อ่านได้พอใช้ อาจมีคำผิดบ้าง"),
    "unclear": _("อ่านได้ไม่ชัด โปรดเทียบกับตัวไฟล์"),
}
Json = Mapping[str, Any]


@dataclass(frozen=True)
class ShownBlock:
    """`depth` is the heading's rank on the web page; a table's first row is `head` when it names the columns."""

    kind: str
    text: str = ""
    depth: int = 0
    items: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class ShownPage:
    """`text` is what there is when nobody has found the blocks; `previous` and `next` are links, or empty."""

    number: int
    blocks: tuple[ShownBlock, ...]
    text: str
    clarity: str
    previous: str = ""
    next: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.blocks and not self.text

    @property
    def clarity_words(self) -> Promise | str:
        return CLARITIES.get(self.clarity, "")


@dataclass(frozen=True)
class Part:
    """Pages `first` to `last`; `query` leads there from any other part."""

    query: str
    first: int
    last: int
    is_here: bool


@dataclass(frozen=True)
class FileReading:
    """One part of a file's text. `checked_at` is None while it is only the machine's."""

    pages: tuple[ShownPage, ...]
    parts: tuple[Part, ...]
    total: int
    is_empty: bool
    checked_post: str = ""
    checked_at: datetime | None = None


def file_reading(pages: Sequence[Json], part: int) -> FileReading:
    """Part `part` (from 1) of the text; the last one when there are fewer."""
    starts = range(0, len(pages), PAGES_IN_A_PART)
    part = min(max(part, 1), max(len(starts), 1))
    here = pages[(part - 1) * PAGES_IN_A_PART : part * PAGES_IN_A_PART]
    post, at = _vouched(pages)
    return FileReading(
        pages=tuple(_shown_pages(here, pages)),
        parts=tuple(
            _part(pages[start : start + PAGES_IN_A_PART], place, is_here=place == part)
            for place, start in enumerate(starts, start=1)
        ),
        total=len(pages),
        is_empty=not any(_text(page).strip() for page in pages),
        checked_post=post,
        checked_at=at,
    )


def text_path(sha256: str, name: str, number: int | None, language: str) -> str:
    """Where page `number` of a file's text is read."""
    if not number:
        return public_path("file_text", language, sha256=sha256, name=name)
    part = _part_of(number)
    path = public_path(
        "file_text", language, sha256=sha256, name=name, page=part if part > 1 else ""
    )
    return f"{path}#page-{number}"


def _part_of(number: int) -> int:
    return (number - 1) // PAGES_IN_A_PART + 1


def _part(pages: Sequence[Json], place: int, *, is_here: bool) -> Part:
    return Part(f"?page={place}", _number(pages[0]), _number(pages[-1]), is_here)


def _vouched(pages: Sequence[Json]) -> tuple[str, datetime | None]:
    """By which post and when, if somebody has compared every page."""
    first = pages[0].get("checked") if pages else None
    if not first or any(page.get("checked") != first for page in pages):
        return "", None
    return str(first["post"]), datetime.fromisoformat(first["at"])


def _shown_pages(here: Sequence[Json], pages: Sequence[Json]) -> Iterable[ShownPage]:
    numbers = [_number(page) for page in pages]
    has_heading = False
    for page in here:
        place = numbers.index(_number(page))
        blocks = []
        for each in page.get("blocks") or ():
            blocks.append(_block(each, has_heading=has_heading))
            has_heading = has_heading or blocks[-1].kind == "heading"
        yield ShownPage(
            number=numbers[place],
            blocks=tuple(blocks),
            text="" if blocks else _text(page).strip(),
            clarity=_clarity(page),
            previous=_link(numbers, place, place - 1) if place else "",
            next=_link(numbers, place, place + 1) if place + 1 < len(numbers) else "",
        )


def _link(numbers: Sequence[int], here: int, to: int) -> str:
    """To a page of this part by its name alone; to one of another part with the part."""
    part = to // PAGES_IN_A_PART + 1
    query = "" if part == here // PAGES_IN_A_PART + 1 else f"?page={part}"
    return f"{query}#page-{numbers[to]}"


def _block(block: Json, *, has_heading: bool) -> ShownBlock:
    """The first heading of a web page is of the second rank, whatever it was on paper."""
    rows = tuple(tuple(map(str, row)) for row in block.get("rows", ()))
    has_head = bool(block.get("has_head")) and len(rows) > 1
    return ShownBlock(
        kind=str(block.get("kind", "")),
        text=str(block.get("text", "")),
        depth=3 if block.get("level") == 3 and has_heading else 2,
        items=tuple(map(str, block.get("items", ()))),
        head=rows[0] if has_head else (),
        rows=rows[1:] if has_head else rows,
    )


def _clarity(page: Json) -> str:
    confidence = page.get("confidence")
    if page.get("source") != "ocr" or not isinstance(confidence, int | float):
        return ""
    return "clear" if confidence >= CLEAR else "fair" if confidence >= UNCLEAR else "unclear"


def _number(page: Json) -> int:
    return int(page.get("number") or 0)


def _text(page: Json) -> str:
    return str(page.get("text") or "")
