"""Secrecy class marks, and passages that clause 1.1 wants a human to read."""

import re
from collections.abc import Iterator
from functools import partial

from prongsai.screening.located import Find, Hit, Page
from prongsai.screening.words import any_of, words

# A decision about one passage must not hold for the same word elsewhere.
_AROUND = 40
_CLASS_LINE = re.compile(r"ชั้นความลับ\s*(?:[:\-]\s*)?(?P<mark>ลับที่สุด|ลับมาก|ลับ)(?![ก-๎])")


def secrecy_marks(page: Page) -> list[Hit]:
    """A mark stands by itself in a line near an edge of the page; the word in a sentence is none."""
    marks = any_of(tuple(words("secrecy")["marks"])).pattern
    alone = re.compile(rf"^[\s(\[\"“*\-–]*(?P<mark>{marks})[\s)\]\"”*\-–]*$")
    # Beside it in the same line may stand something else, far away.
    apart = re.compile(
        rf"^\s*(?P<mark>{marks})(?:\t|\s{{3}}|\s?/\s?ด่วน)|(?:\t|\s{{3}}|ด่วน(?:มาก|ที่สุด)?\s?/\s?)(?P<last>{marks})\s*$"
    )
    hits = [_marked(page.text, found, 0) for found in _CLASS_LINE.finditer(page.text)]
    for start, line in _edge_lines(page.text):
        found = alone.match(line) or apart.search(line)
        if found:
            hits.append(_marked(page.text, found, start))
    return hits


def _marked(text: str, found: re.Match[str], offset: int) -> Hit:
    first, last = found.span("mark" if found["mark"] else "last")
    start, end = offset + first, offset + last
    return Hit(start, end, _unspaced(_passage(text, start, end)))


def _passage(text: str, start: int, end: int) -> str:
    """What stands around, as a datum: elsewhere the same word is another question."""
    return text[max(0, start - _AROUND) : end + _AROUND]


def _unspaced(written: str) -> str:
    return re.sub(r"\s", "", written)


def _edge_lines(text: str) -> Iterator[tuple[int, str]]:
    """The first and last lines that have something in them, with their offsets."""
    lines = []
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((offset, line))
        offset += len(line) + 1
    edge = words("secrecy")["lines_from_edge"]
    yield from lines if len(lines) <= 2 * edge else lines[:edge] + lines[-edge:]


def _clause(family: str, page: Page) -> list[Hit]:
    lists = words("clauses")[family]
    hits = []
    for found in any_of(tuple(lists["words"])).finditer(page.text):
        around = _passage(page.text, *found.span())
        if not any_of(tuple(lists["set_forms"])).search(around):
            hits.append(Hit(*found.span(), _unspaced(around)))
    return hits


def clause(family: str) -> Find:
    """The finder of one family of clause 1.1."""
    return partial(_clause, family)


def nothing(page: Page) -> list[Hit]:
    """For what is seen in the file and not in its text."""
    return []
