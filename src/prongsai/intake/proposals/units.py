"""The unit that a paper comes from, and which of the municipality's units that is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Protocol

from prongsai.intake.proposals.papers import Read
from prongsai.intake.proposals.placing import nothing, proposal
from prongsai.intake.proposals.sheets import Line, Spot
from prongsai.intake.proposals.values import Issuer, Proposal, Remark, remark
from prongsai.intake.proposals.words import any_of, likeness, skeleton, words
from prongsai.thai.normalise import normalise

_HEAD_LINES, _LONGEST, _LIKE, _MARGIN = 12, 120, 0.8, 0.04
_UNIT_LINE = re.compile(
    r"^(?:ส่วนราชการ|สวนราชการ|ส่วนราชกาธ|หน่วยงาน(?:เจ้าของเรื่อง)?)\s{0,6}[:.]?\s{0,6}(?P<unit>\S.*)$"
)
_PHONE = re.compile(r"\s*(?:\(?\s*โทร|\bโทรสาร|\d{1,2}\s?-?\s?\d{3,}).*$")
_NAME_END = r"[^\s\d()“”\",.:/]{2,40}"
_MOST_MENTIONS = 200


class NamedUnit(Protocol):
    """What is asked of a unit of the municipality."""

    @property
    def code(self) -> str: ...
    @property
    def name_th(self) -> str: ...


@dataclass(frozen=True)
class _Known:
    code: str
    name: str
    spelt: str
    bones: str


def unit_proposal(papers: Sequence[Read], units: Sequence[NamedUnit]) -> Proposal[Issuer]:
    """By the line for it, else by the body that the heading names, else by the parts that the text speaks of most."""
    known = [_known(unit) for unit in units]
    for finder, confidence in ((_unit_line, 0.9), (_body, 0.75), (_party, 0.75)):
        spot = next((found for paper in papers for found in finder(paper)), None)
        if spot:
            return _matched(spot, known, confidence, [])
    mentioned = _most_mentioned(papers, known)
    if mentioned:
        return _matched(mentioned, known, 0.35, [remark("unit_mentioned")])
    return nothing()


def _known(unit: NamedUnit) -> _Known:
    spelt = normalise(unit.name_th)
    return _Known(unit.code, unit.name_th, spelt, skeleton(spelt))


def _unit_line(paper: Read) -> Iterator[Spot]:
    for line in paper.lines[:_HEAD_LINES]:
        match = _UNIT_LINE.match(line.text)
        if match:
            name = _PHONE.sub("", match["unit"])[:_LONGEST].rstrip(" .:-")
            if name:
                yield line.part(match.start("unit"), match.start("unit") + len(name))


def _body(paper: Read) -> Iterator[Spot]:
    """“ประกาศเทศบาลตำบล…” and the like, near the beginning."""
    pattern = re.compile(rf"{any_of(words('bodies'))}{_NAME_END}")
    for index, line in enumerate(paper.lines[:_HEAD_LINES]):
        match = pattern.search(line.text)
        if match and _names_a_body(line, match):
            spot = line.part(match.start(), match.end())
            yield replace(spot, start=_begin_of_part(paper, index, match.start()))


def _begin_of_part(paper: Read, index: int, start: int) -> int:
    """Where the council, committee or division begins whose body is named from there on; else the body itself."""
    line = paper.lines[index]
    first = line
    if line.text[:start].strip() in ("", "ของ") and index and not line.after_gap:
        first = paper.lines[index - 1]
    if first.spot.sheet is not line.spot.sheet or first.text.startswith("เรื่อง"):
        first = line
    begin = first.spot.start
    if first is paper.title_line and paper.heading and first.text.startswith(paper.heading.head):
        begin += len(paper.heading.head)
    end = line.spot.start + start
    part = _part().search(line.spot.sheet.text[begin:end])
    return begin + part.start("part") if part else end


@cache
def _part() -> re.Pattern[str]:
    longer = any_of((*words("councils"), *words("divisions")))
    # “สำนักงานเทศบาล” is where a body has its seat.
    return re.compile(
        rf"(?:^|(?<=\s))(?P<part>สภา|(?!สำนักงาน\s*\Z){longer}\S{{2,90}})\s{{0,80}}(?:ของ\s{{0,4}})?\Z"
    )


def _party(paper: Read) -> Iterator[Spot]:
    """A contract is made between the body and somebody else."""
    if paper.type.code != "contract":
        return
    pattern = re.compile(rf"ระหว่าง\s{{0,4}}(?P<body>{any_of(words('bodies'))}{_NAME_END})")
    for line in paper.lines[:_HEAD_LINES]:
        match = pattern.search(line.text)
        if match:
            yield line.part(*match.span("body"))


def _names_a_body(line: Line, match: re.Match[str]) -> bool:
    """In a heading, not in a sentence."""
    return len(line.text) <= _LONGEST and match.start() <= 60


def _most_mentioned(papers: Sequence[Read], known: Sequence[_Known]) -> Spot | None:
    counts: dict[str, list[Spot]] = {}
    lines = [line for paper in papers for line in paper.lines[:_MOST_MENTIONS]]
    for line, unit in product(lines, known):
        at = line.text.find(unit.spelt)
        if at >= 0:
            counts.setdefault(unit.code, []).append(line.part(at, at + len(unit.spelt)))
    most = max(counts.values(), key=len, default=None)
    return most[0] if most else None


def _matched(
    spot: Spot, known: Sequence[_Known], confidence: float, doubts: list[Remark]
) -> Proposal[Issuer]:
    if not known:
        return proposal(Issuer(spot.written), confidence * 0.9, spot, doubts)
    unit, like = _likeliest(spot.text, known)
    if unit is None:
        said = [*doubts, remark("unit_unknown", written=spot.written)]
        return proposal(Issuer(spot.written), confidence * 0.6, spot, said)
    if like < 1:
        doubts = [*doubts, remark("unit_like", written=spot.written, meant=unit.name)]
    issuer = Issuer(spot.written, unit.code, unit.name)
    return proposal(issuer, confidence * (1.0 if like == 1 else 0.7), spot, doubts)


def _likeliest(text: str, known: Sequence[_Known]) -> tuple[_Known | None, float]:
    """A line may name a section and its division; the name that stands first is the smaller one."""
    exact = [unit for unit in known if unit.spelt in text]
    if exact:
        return min(exact, key=lambda unit: (text.find(unit.spelt), -len(unit.spelt))), 1.0
    ranked = _by_likeness(text, known)
    best = ranked[0]
    second = next((each[0] for each in ranked if each[2] != best[2]), 0.0)
    is_clear = best[0] >= _LIKE and best[0] - second >= _MARGIN
    return (best[3], best[0] if best[0] < 1 else 0.99) if is_clear else (None, 0.0)


def _by_likeness(text: str, known: Sequence[_Known]) -> list[tuple[float, int, str, _Known]]:
    """Each unit beside each part of the line, and beside all of it; the likest first."""
    parts = [part for part in re.split(r"\s+", text) if len(part) > 3] or [text]
    return sorted(
        ((likeness(skeleton(part), unit.bones), -order, unit.code, unit)
         for order, part in enumerate([*parts, text])
         for unit in known),
        key=lambda each: each[:3],
        reverse=True,
    )  # fmt: skip
