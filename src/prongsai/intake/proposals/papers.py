"""Which papers a file holds, told by their headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from prongsai.intake.proposals.marks import without_marks
from prongsai.intake.proposals.placing import proposal
from prongsai.intake.proposals.sheets import Line
from prongsai.intake.proposals.values import Proposal, Remark, remark
from prongsai.intake.proposals.words import ALIKE, beginning_like, longest_first, table
from prongsai.thai.normalise import normalise

_FIRST_LINES, _TOP, _SOON, _LONGEST_HEADING = 12, 10, 5, 130
_ALONE_MORE, _MOST_PAPERS, _MOST_NAMED = 14, 40, 6
_GARBLED, _TEXT_READ_FOR_SIGNS = 0.8, 20_000
OTHER = "other"


@dataclass(frozen=True)
class PaperType:
    """A row of `data/document_types.toml`, which explains the columns."""

    code: str
    th: str
    en: str
    title: str
    heads: tuple[str, ...] = ()
    not_heads: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    alone: bool = False
    splits: bool = False
    dated: str = ""
    numbered: bool = False
    counted: bool = False


@dataclass(frozen=True)
class Heading:
    """A line that begins a paper of this type; `likeness` is 1 when it is written as it should be."""

    index: int
    type: PaperType
    head: str
    likeness: float
    is_confirmed: bool


@dataclass(frozen=True)
class Read:
    """One paper of the file; without a heading its type was told by its words, or not at all."""

    type: PaperType
    lines: tuple[Line, ...]
    heading: Heading | None
    signs: int
    # Lines of the first page before the heading.
    above: tuple[Line, ...] = ()

    @property
    def title_line(self) -> Line | None:
        return self.lines[0] if self.heading and self.lines else None


@cache
def paper_types() -> tuple[PaperType, ...]:
    return tuple(_paper_type(row) for row in table("document_types")["types"])


def paper_type(code: str) -> PaperType:
    """Raises KeyError for a code that is not in the table."""
    return {each.code: each for each in paper_types()}[code]


def _paper_type(row: dict[str, Any]) -> PaperType:
    lists = ("heads", "not_heads", "follows", "signs")
    return PaperType(**row | {key: longest_first(row.get(key, ())) for key in lists})


def papers_in(lines: Sequence[Line]) -> tuple[Read, ...]:
    """At least one. What stands before the first heading, such as a stamp, belongs to none."""
    first = next(_first_headings(lines), None) or next(_later_headings(lines, 0), None)
    if first is None:
        return (_read(None, lines, len(lines)),)
    headings = [first, *islice(_later_headings(lines, first.index + 1), _MOST_PAPERS - 1)]
    ends = [*(heading.index for heading in headings[1:]), len(lines)]
    above = tuple(lines[: first.index]) if first.index < _TOP else ()
    return tuple(
        _read(heading, lines, end, above if heading is first else ())
        for heading, end in zip(headings, ends, strict=True)
    )


def _read(
    heading: Heading | None, lines: Sequence[Line], end: int, above: tuple[Line, ...] = ()
) -> Read:
    own = tuple(lines[heading.index if heading else 0 : end])
    text = "\n".join(line.text for line in own)[:_TEXT_READ_FOR_SIGNS]
    if heading:
        return Read(heading.type, own, heading, _signs(heading.type, text), above)
    counted = [(_signs(each, text), each) for each in paper_types()]
    most, likeliest = max(counted, key=lambda pair: pair[0])
    return Read(likeliest if most > 1 else paper_type(OTHER), own, None, most)


def _signs(type_: PaperType, text: str) -> int:
    return sum(sign in text for sign in type_.signs)


def _first_headings(lines: Sequence[Line]) -> Iterator[Heading]:
    for index in range(min(_FIRST_LINES, len(lines))):
        heading = _heading(lines, index)
        if heading and (heading.likeness == 1 or heading.is_confirmed):
            yield heading


def _later_headings(lines: Sequence[Line], start: int) -> Iterator[Heading]:
    """Inside a file only headings that stand apart and are followed by what such a paper has next."""
    for index in range(start, len(lines)):
        line = lines[index]
        stands_apart = line.top < _TOP or line.after_gap
        if stands_apart and len(line.text) <= _LONGEST_HEADING:
            heading = _heading(lines, index)
            if heading and heading.type.splits and heading.is_confirmed:
                yield heading


def _heading(lines: Sequence[Line], index: int) -> Heading | None:
    text = without_marks(lines[index].text)
    if len(text) > _LONGEST_HEADING:
        return None
    # Likeness takes time; a misread heading is sought where headings stand.
    is_top = lines[index].top < _TOP
    found = [like for type_ in paper_types() for like in _likenesses(text, type_, is_top=is_top)]
    if not found:
        return None
    likeness, _length, type_, head = max(found, key=lambda each: each[:2])
    after = [line.text for line in lines[index + 1 : index + 1 + _SOON]]
    return Heading(index, type_, head, likeness, _is_confirmed(text, after, type_))


def _likenesses(
    text: str, type_: PaperType, *, is_top: bool
) -> Iterator[tuple[float, int, PaperType, str]]:
    barred = _barred(text, type_)
    for head in type_.heads:
        likeness = _head_likeness(text, head, type_, is_top=is_top) if len(head) > barred else 0.0
        if likeness >= _GARBLED:
            yield likeness, len(head), type_, head


def _is_confirmed(text: str, after: Sequence[str], type_: PaperType) -> bool:
    """By what such a paper has next; “ประกาศ… เรื่อง …” may stand in one line."""
    if not type_.follows or any(f" {word} " in text for word in type_.follows):
        return True
    return any(_follows(each, type_.follows) for each in after)


def _barred(text: str, type_: PaperType) -> int:
    """The length of the words with which the line begins like a heading of the type and is none."""
    if not text.startswith(type_.not_heads):
        return 0
    return max(len(other) for other in type_.not_heads if text.startswith(other))


def _head_likeness(text: str, head: str, type_: PaperType, *, is_top: bool) -> float:
    if type_.alone and len(text) > len(head) + _ALONE_MORE:
        return 0.0
    if text.startswith(head):
        return 1.0
    # A short word is like too many others.
    return beginning_like(text, head) if is_top and len(head) >= 9 else 0.0


def _follows(text: str, words: tuple[str, ...]) -> bool:
    begun = next((word for word in words if text.startswith(word)), None)
    if begun is None:
        # Machines lose the small marks.
        first = text.split(maxsplit=1)[0]
        return any(beginning_like(first, word) >= ALIKE for word in words)
    return begun is not None and re.match(r"[\s\d:.]|$", text[len(begun) :]) is not None


def type_proposal(papers: Sequence[Read]) -> Proposal[str]:
    """Of the first paper, which is what the file begins with."""
    paper = papers[0]
    doubts: list[Remark] = []
    line = paper.title_line
    if line is None or paper.heading is None:
        is_known = paper.type.code != OTHER
        doubts.append(remark("type_by_words" if is_known else "type_unknown"))
        place = paper.lines[0].spot if paper.lines else None
        confidence = min(0.6, 0.15 * paper.signs) if is_known else 0.1
    else:
        place = line.part(0, len(line.text))
        confidence = _heading_confidence(paper, paper.heading) * place.certainty
        if paper.heading.likeness < 1:
            doubts.append(
                remark("type_garbled", written=place.written, meant=_as_written(paper.heading))
            )
    if len(papers) > 1:
        doubts.append(several_papers(papers))
    return proposal(paper.type.code, confidence, place, doubts)


def _heading_confidence(paper: Read, heading: Heading) -> float:
    known = 0.7 if heading.is_confirmed else 0.5
    return min(0.97, known + 0.08 * paper.signs) * (1.0 if heading.likeness == 1 else 0.8)


def _as_written(heading: Heading) -> str:
    """The heading in the spelling of the table, which keeps Thai digits and capitals."""
    rows = {row["code"]: row for row in table("document_types")["types"]}
    heads: list[str] = rows[heading.type.code]["heads"]
    return next(head for head in heads if normalise(head) == heading.head)


def several_papers(papers: Sequence[Read]) -> Remark:
    named = ", ".join(f"{each.type.th} ({_pages(each)})" for each in papers[:_MOST_NAMED])
    named += " …" if len(papers) > _MOST_NAMED else ""
    return remark("several_papers", papers=named)


def _pages(paper: Read) -> str:
    first, last = pages_of(paper)
    return f"หน้า {first}" if first == last else f"หน้า {first}–{last}"


def pages_of(paper: Read) -> tuple[int, int]:
    return paper.lines[0].spot.sheet.number, paper.lines[-1].spot.sheet.number
