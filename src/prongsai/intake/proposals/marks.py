"""Stamps at the edge of a page: how urgent a paper is, and whether it has a secrecy class."""

from collections.abc import Iterator, Sequence
from functools import cache

from prongsai.intake.proposals.papers import Read
from prongsai.intake.proposals.placing import nothing, proposal
from prongsai.intake.proposals.sheets import Line
from prongsai.intake.proposals.values import Proposal, Remark, remark
from prongsai.intake.proposals.words import table
from prongsai.thai.normalise import normalise

_EDGE_LINES = 6
_SIGNS = " .-–*\"'“”()[]"
_BEFORE = ("ชั้นความลับ", "ชั้นความเร็ว", "ความลับ")


@cache
def _mark_words(name: str) -> dict[str, str]:
    """From the searched spelling to the word itself."""
    return {normalise(word): word for word in table("words")[name]}


def urgency_proposal(papers: Sequence[Read]) -> Proposal[str]:
    """The word itself, such as “ด่วนที่สุด”."""
    return next(_marks(papers, "urgency"), nothing())


def secrecy_proposal(papers: Sequence[Read]) -> Proposal[str]:
    """The word itself, such as “ลับมาก”."""
    return next(_marks(papers, "secrecy"), nothing())


def secrecy_warnings(secrecy: Proposal[str]) -> list[Remark]:
    if secrecy.value is None:
        return []
    return [remark("secret", written=secrecy.value, page=secrecy.page)]


def _marks(papers: Sequence[Read], name: str) -> Iterator[Proposal[str]]:
    known = _mark_words(name)
    for line in _edges(papers):
        bare = line.text.strip(_SIGNS)
        for before in _BEFORE:
            bare = bare.removeprefix(before).strip(_SIGNS + ":")
        bare = "".join(bare.split())
        # “ด่วนที่สุด ที่ ตง 52001/1” has mark and number in one line.
        leading = next(
            (
                word
                for word in sorted(known, key=len, reverse=True)
                if line.text.startswith(f"{word} ที่")
            ),
            "",
        )
        word = bare if bare in known else leading
        if word:
            start = max(0, line.text.find(word))
            spot = line.part(start, start + len(word)) if word in line.text else line.spot
            yield proposal(known[word], 0.85, spot)


def _edges(papers: Sequence[Read]) -> Iterator[Line]:
    """The first and last lines of every page."""
    pages: dict[int, list[Line]] = {}
    for paper in papers:
        for line in paper.lines:
            pages.setdefault(line.spot.sheet.number, []).append(line)
    for lines in pages.values():
        yield from lines[:_EDGE_LINES]
        yield from lines[max(_EDGE_LINES, len(lines) - _EDGE_LINES) :]
