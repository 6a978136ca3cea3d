"""Which obligations a paper probably meets, and on which shelf it belongs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from prongsai.intake.proposals.papers import Read
from prongsai.intake.proposals.placing import proposal
from prongsai.intake.proposals.sheets import Line, Spot
from prongsai.intake.proposals.values import Proposal, Remark, remark
from prongsai.intake.proposals.words import longest_first, table
from prongsai.obligations.catalogue import Obligation
from prongsai.thai.normalise import normalise

MOST = 8
_HEAD_LINES, _MOST_LINES, _OFTEN = 8, 400, 3
_SHORTEST_LABEL = 12


@dataclass(frozen=True)
class _Duty:
    topic: str
    types: tuple[str, ...]
    words: tuple[str, ...]
    without: tuple[str, ...]


@dataclass(frozen=True)
class _Hit:
    """`strength` 0 to 1 says whether the words stood in the subject, near the head, or often in the text."""

    strength: float
    spot: Spot | None
    in_text: bool = False


@cache
def _duties() -> dict[str, _Duty]:
    return {row["topic"]: _duty(row) for row in table("duties")["duties"]}


def _duty(row: dict[str, Any]) -> _Duty:
    lists = (longest_first(row.get(key, ())) for key in ("words", "without"))
    return _Duty(row["topic"], tuple(row.get("types", ())), *lists)


def obligation_proposals(
    papers: Sequence[Read],
    subject: Proposal[str],
    year: int | None,
    obligations: Sequence[Obligation],
) -> tuple[Proposal[str], ...]:
    """The likeliest first; the value is the obligation's key."""
    title = normalise(subject.value or "")
    hits: dict[str, _Hit | None] = {}
    found: list[Proposal[str]] = []
    for each in obligations:
        known = _duties().get(each.key) or _duties().get(each.topic)
        key = known.topic if known else each.key
        if key not in hits:
            hits[key] = _hit(papers, title, known or _by_label(each))
        hit = hits[key]
        if hit:
            found.append(_proposed(each, hit, year, subject))
    found.sort(key=lambda each: -each.confidence)
    return tuple(found[:MOST])


def _by_label(obligation: Obligation) -> _Duty:
    """For topics that have no words of their own: the whole name of the duty."""
    label = normalise(obligation.label_th)
    return _Duty(obligation.topic, (), (label,) if len(label) >= _SHORTEST_LABEL else (), ())


def _hit(papers: Sequence[Read], title: str, duty: _Duty) -> _Hit | None:
    if papers[0].type.code in duty.types:
        line = papers[0].title_line
        return _Hit(0.8, line.spot if line else None)
    if any(word in title for word in duty.without):
        return None
    if any(word in title for word in duty.words):
        return _Hit(0.8, None)
    return _hit_in_lines(papers, duty)


def _hit_in_lines(papers: Sequence[Read], duty: _Duty) -> _Hit | None:
    mentions: list[Spot] = []
    for paper in papers:
        for at, line in enumerate(paper.lines[:_MOST_LINES]):
            spot = _mention(line, duty.words)
            if spot and at < _HEAD_LINES and paper is papers[0] and not _is_sentence(line):
                return _Hit(0.6, spot)
            if spot:
                mentions.append(spot)
    return _Hit(0.3, mentions[0], in_text=True) if len(mentions) >= _OFTEN else None


def _is_sentence(line: Line) -> bool:
    return len(line.text) > 120


def _mention(line: Line, words: Sequence[str]) -> Spot | None:
    for word in words:
        at = line.text.find(word)
        if at >= 0:
            return line.part(at, at + len(word))
    return None


def _proposed(
    obligation: Obligation, hit: _Hit, year: int | None, subject: Proposal[str]
) -> Proposal[str]:
    doubts: list[Remark] = []
    confidence = hit.strength
    if hit.in_text and hit.spot:
        doubts.append(remark("duty_by_text", written=hit.spot.written))
    assessed = obligation.instrument.assessment_year
    if assessed and year and assessed != year - obligation.year_offset:
        doubts.append(remark("duty_of_other_year", year=assessed, spoken=year))
        confidence *= 0.4
    if hit.spot:
        return proposal(obligation.key, confidence, hit.spot, doubts)
    confidence = round(min(confidence, confidence * subject.confidence / 0.9), 2)
    return Proposal(obligation.key, confidence, subject.place, subject.written, tuple(doubts))


@dataclass(frozen=True)
class _Shelf:
    types: tuple[str, ...]
    words: tuple[str, ...]
    kind: str
    section: str
    sure: bool = False

    def fits(self, type_code: str, spoken: str) -> bool:
        is_of_type = not self.types or type_code in self.types
        return is_of_type and (not self.words or any(word in spoken for word in self.words))


@cache
def _shelves() -> tuple[_Shelf, ...]:
    return tuple(_shelf(row) for row in table("shelves")["shelves"])


def _shelf(row: dict[str, Any]) -> _Shelf:
    lists = {"types": tuple(row.get("types", ())), "words": longest_first(row.get("words", ()))}
    return _Shelf(**row | lists)


def shelf_proposals(
    papers: Sequence[Read], subject: Proposal[str]
) -> tuple[Proposal[str], Proposal[str]]:
    """Kind and section. A memorandum with an announcement behind it is put where the announcement belongs."""
    spoken = normalise(subject.value or "")
    published = next(
        (each for each in papers if each.type.code not in ("memo", "letter")), papers[0]
    )
    line = published.title_line
    spoken = f"{spoken} {line.text if line else ''}"
    shelf = next(_fitting(published.type.code, spoken))
    is_sure = shelf.sure or bool(shelf.words)
    doubts = () if is_sure else (remark("shelf_by_type"),)
    base = 0.85 if is_sure else 0.5
    confidence = round(base * (subject.confidence if shelf.words else 1.0), 2)
    place, written = subject.place, subject.written
    kind: Proposal[str] = Proposal(shelf.kind, confidence, place, written, doubts)
    return kind, Proposal(shelf.section, confidence, place, written, doubts)


def _fitting(type_code: str, spoken: str) -> Iterator[_Shelf]:
    yield from (shelf for shelf in _shelves() if shelf.fits(type_code, spoken))
