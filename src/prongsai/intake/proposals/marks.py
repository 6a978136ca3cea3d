"""Stamps at the edge of a page: how urgent a paper is, and whether it has a secrecy class."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from prongsai.intake.proposals.placing import nothing, proposal
from prongsai.intake.proposals.sheets import Line
from prongsai.intake.proposals.values import Proposal, Remark, remark
from prongsai.intake.proposals.words import table
from prongsai.thai.normalise import normalise

_EDGE_LINES = 6
_SIGNS = " .-–*\"'“”()[]"
_APART = re.compile(r"\s{3,}|\t|\s?/\s?")
_BEFORE = ("ชั้นความลับ", "ชั้นความเร็ว", "ความลับ")


@cache
def _mark_words(name: str) -> dict[str, str]:
    """From the searched spelling to the word itself."""
    return {normalise(word): word for word in table("words")[name]}


def urgency_proposal(lines: Sequence[Line]) -> Proposal[str]:
    """The word itself, such as “ด่วนที่สุด”."""
    return next(_marks(lines, "urgency"), nothing())


def secrecy_proposal(lines: Sequence[Line]) -> Proposal[str]:
    """The word itself, such as “ลับมาก”."""
    return next(_marks(lines, "secrecy"), nothing())


def secrecy_warnings(secrecy: Proposal[str]) -> list[Remark]:
    if secrecy.value is None:
        return []
    return [remark("secret", written=secrecy.value, page=secrecy.page)]


def _marks(lines: Sequence[Line], name: str) -> Iterator[Proposal[str]]:
    known = _mark_words(name)
    for line in _edges(lines):
        bare = next((cell for cell in _cells(line.text) if cell in known), "")
        # “ด่วนที่สุด ที่ ตง 52001/1” has mark and number in one line.
        leading = next(
            (
                word
                for word in sorted(known, key=len, reverse=True)
                if line.text.startswith(f"{word} ที่")
            ),
            "",
        )
        word = bare or leading
        if word:
            start = max(0, line.text.find(word))
            spot = line.part(start, start + len(word)) if word in line.text else line.spot
            yield proposal(known[word], 0.85, spot)


def _cells(text: str) -> Iterator[str]:
    """What stands in the line, far apart or on either side of a stroke, without the signs around it."""
    for cell in (text, *_APART.split(text)):
        bare = cell.strip(_SIGNS)
        for before in _BEFORE:
            bare = bare.removeprefix(before).strip(_SIGNS + ":")
        yield "".join(bare.split())


def without_marks(text: str) -> str:
    """A line without the stamp that stands far before the rest of it."""
    first, *rest = _APART.split(text.strip(), maxsplit=1)
    is_mark = any(first in _mark_words(name) for name in ("urgency", "secrecy"))
    return rest[0] if rest and is_mark else text


def _edges(lines: Sequence[Line]) -> Iterator[Line]:
    """The first and last lines of every page."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.spot.sheet.number, []).append(line)
    for own in pages.values():
        yield from own[:_EDGE_LINES]
        yield from own[max(_EDGE_LINES, len(own) - _EDGE_LINES) :]
