"""The budget year that a paper speaks of, and the month, quarter or half in it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from prongsai.intake.proposals.papers import Read
from prongsai.intake.proposals.placing import nothing, proposal
from prongsai.intake.proposals.sheets import Line, Spot
from prongsai.intake.proposals.values import DateRole, Proposal, Remark, remark
from prongsai.intake.proposals.written_dates import WrittenDate, month_of
from prongsai.thai.dates import (
    BUDDHIST_OFFSET,
    BUDDHIST_YEARS,
    COMMON_YEARS,
    MONTHS,
    fiscal_year,
    format_date,
)

_ERA = r"(?:พ\s?\.?\s?ศ\s?\.?\s{0,3}|ค\s?\.?\s?ศ\s?\.?\s{0,3}|(?:พุทธ|คริสต์)ศักราช\s{0,3})?"
_YEARS = re.compile(
    rf"(?:ปี\s?งบประมาณ|งบประมาณ(?:รายจ่าย)?\s?ประจำปี|ประจำปี(?!\s?งบ))\s{{0,3}}{_ERA}(?P<year>\d{{4}})(?!\d)(?P<to>\s?[-–]\s?\d{{4}})?"
)
_MONTH = re.compile(
    rf"(?P<word>ประจำเดือน|ในรอบเดือน|รอบเดือน|เดือน)\s{{0,3}}(?P<month>[ก-๎.]{{3,14}}?)\s{{0,3}}{_ERA}(?P<year>\d{{4}})(?!\d)"
)
_QUARTER = re.compile(
    r"ไตรมาส(?:ที่)?\s{0,3}(?P<quarter>[1-4])(?!\d)(?:\s{0,2}/\s{0,2}(?P<year>\d{4}))?"
)
_HALF = re.compile(
    r"(?:รอบ|ครึ่งปี|ห้วง)\s{0,3}(?:(?:6|หก)\s{0,2}เดือน)?\s{0,3}(?P<half>แรก|หลัง)|(?:6|หก)\s{0,2}เดือน\s{0,2}(?P<other>แรก|หลัง)"
)
_MONTHS_TO = re.compile(
    rf"(?<![ก-๎])(?P<from>[ก-๎.]{{3,14}}?)\s{{0,3}}{_ERA}(?P<begun>\d{{4}})\s{{0,3}}(?:[-–]|ถึง)\s{{0,3}}(?:เดือน)?(?P<to>[ก-๎.]{{3,14}}?)\s{{0,3}}{_ERA}(?P<year>\d{{4}})(?!\d)"
)
_YEARS_TO = re.compile(
    rf"{_ERA}(?P<begun>\d{{4}})\s{{0,3}}(?:[-–]|ถึง)\s{{0,3}}{_ERA}(?P<year>\d{{4}})(?!\d)"
)
_FROM_DAY = re.compile(r"(?:ตั้งแต่|ระหว่าง|นับแต่|นับตั้งแต่)\s{0,3}(?:วันที่)?\s{0,3}$")
_TO_DAY = re.compile(r"\s{0,3}(?:จน)?ถึง\s{0,3}(?:วันที่)?\s{0,3}")
_HEAD_LINES, _MOST_LINES, _BEFORE = 12, 400, 30
_HALVES = {"แรก": "รอบ 6 เดือนแรก", "หลัง": "รอบ 6 เดือนหลัง"}


@dataclass(frozen=True)
class Span:
    """A stretch of time that a paper is about, in words, and the budget year in which it lies, if that is known."""

    words: str
    fiscal_year: int | None
    spot: Spot
    in_head: bool


def buddhist(year: int) -> int | None:
    if year in BUDDHIST_YEARS:
        return year
    return year + BUDDHIST_OFFSET if year in COMMON_YEARS else None


def period_proposal(spans: Sequence[Span]) -> Proposal[str]:
    best = next((span for span in spans if span.in_head), None) or next(iter(spans), None)
    if best is None:
        return nothing()
    others = sorted({span.words for span in spans if span.in_head} - {best.words})
    doubts = [remark("several", others=", ".join(others))] if others else []
    return proposal(best.words, 0.85 if best.in_head else 0.45, best.spot, doubts, is_digits=True)


def spans_in(paper: Read, written: Sequence[WrittenDate]) -> tuple[Span, ...]:
    """Months only near the head, where they are what the paper is about; deeper they are mere mentions."""
    found = [
        span
        for at, line in enumerate(paper.lines[:_HEAD_LINES])
        for span in _spans(_with_month(paper, at, line), at < _HEAD_LINES)
    ]
    return (*found, *(_terms(paper, written) if paper.lines else ()))


def _with_month(paper: Read, at: int, line: Line) -> Line:
    """With the next line, where the month that a line announces stands there."""
    after = paper.lines[at + 1] if at + 1 < len(paper.lines) else line
    if not line.text.endswith("เดือน") or after.spot.sheet is not line.spot.sheet:
        return line
    spot = replace(line.spot, end=after.spot.end)
    return replace(line, spot=spot, text=spot.text)


def _terms(paper: Read, written: Sequence[WrittenDate]) -> Iterator[Span]:
    """From one full date to another, as contracts have them; anywhere in the paper, so that they say little."""
    first, last = paper.lines[0].spot, paper.lines[-1].spot
    for begin, end in pairwise(written):
        sheet = begin.spot.sheet
        is_here = first.sheet.number <= sheet.number <= last.sheet.number
        between = sheet.text[begin.spot.end : end.spot.start]
        if not (is_here and sheet is end.spot.sheet and begin.day and end.day):
            continue
        before = sheet.text[max(0, begin.spot.start - _BEFORE) : begin.spot.start]
        if begin.day < end.day and _FROM_DAY.search(before) and _TO_DAY.fullmatch(between):
            spot = Spot(sheet, begin.spot.start, end.spot.end)
            yield Span(f"{format_date(begin.day)} ถึง {format_date(end.day)}", None, spot, False)


def _stretches(line: Line, in_head: bool) -> Iterator[Span]:
    """“ตุลาคม 2567 - มีนาคม 2568” and “พ.ศ. 2566 - 2570”."""
    for match in _MONTHS_TO.finditer(line.text):
        begun, ended = (
            _month_and_year(*match.group(*names)) for names in (("from", "begun"), ("to", "year"))
        )
        if begun and ended:
            words = f"{MONTHS[begun[1] - 1]} {begun[0]} - {MONTHS[ended[1] - 1]} {ended[0]}"
            year = ended[0] + (ended[1] >= 10)
            yield Span(words, year, line.part(match.start("from"), match.end()), in_head)
    for match in _YEARS_TO.finditer(line.text):
        begun_in, ended_in = buddhist(int(match["begun"])), buddhist(int(match["year"]))
        if begun_in and ended_in and begun_in < ended_in:
            yield Span(f"พ.ศ. {begun_in} - {ended_in}", None, line.part(*match.span()), in_head)


def _month_and_year(name: str, year: str) -> tuple[int, int] | None:
    """The Buddhist year first."""
    month, is_spelt = month_of(name)
    written = buddhist(int(year))
    return (written, month) if month and is_spelt and written else None


def _spans(line: Line, in_head: bool) -> Iterator[Span]:
    stretches = list(_stretches(line, in_head))
    yield from _months(line, in_head, apart_from=stretches)
    for match in _QUARTER.finditer(line.text):
        year = buddhist(int(match["year"])) if match["year"] else None
        yield Span(f"ไตรมาสที่ {match['quarter']}", year, line.part(*match.span()), in_head)
    for match in _HALF.finditer(line.text):
        words = _HALVES[match["half"] or match["other"]]
        yield Span(words, None, line.part(*match.span()), in_head)
    yield from stretches


def _months(line: Line, in_head: bool, *, apart_from: Sequence[Span]) -> Iterator[Span]:
    taken = [range(span.spot.start, span.spot.end) for span in apart_from]
    for match in _MONTH.finditer(line.text):
        if any(line.spot.start + match.start("month") in each for each in taken):
            continue
        month, _is_spelt = month_of(match["month"])
        year = buddhist(int(match["year"]))
        # “5 เดือนมกราคม 2569” is a date.
        if month and year and not re.search(r"\d\s*$", line.text[: match.start()]):
            budget_year = year + (month >= 10)
            spot = line.part(*match.span())
            yield Span(f"{MONTHS[month - 1]} {year}", budget_year, spot, in_head)


@dataclass(frozen=True)
class _Year:
    year: int | None
    spot: Spot
    weight: int
    doubts: tuple[Remark, ...]


def fiscal_year_proposal(
    paper: Read,
    subject: Proposal[str],
    spans: Sequence[Span],
    dates: Mapping[DateRole, Proposal[date]],
) -> Proposal[int]:
    """As the paper says; else the year in which its period or its date lies."""
    said = list(_years(paper, subject))
    readable = [each for each in said if each.year]
    if readable:
        return _said_year(readable)
    spoken = next((span for span in spans if span.fiscal_year), None)
    if spoken:
        doubt = remark("year_from_period", written=spoken.spot.written)
        return proposal(spoken.fiscal_year, 0.75, spoken.spot, [doubt], is_digits=True)
    if said:
        return proposal(None, 0.0, said[0].spot, said[0].doubts)
    return _year_of_dates(dates)


def _years(paper: Read, subject: Proposal[str]) -> Iterator[_Year]:
    for at, line in enumerate(paper.lines[:_MOST_LINES]):
        for match in _YEARS.finditer(line.text):
            is_plain = match[0].startswith("ประจำปี")
            # Councils count their sittings by the year of the calendar.
            if match["to"] or (is_plain and paper.type.counted):
                continue
            spot = line.part(*match.span())
            typed = int(match["year"])
            year = buddhist(typed)
            doubts: tuple[Remark, ...] = ()
            if year is None:
                doubts = (remark("year_unclear", written=spot.written),)
            elif year != typed:
                doubts = (remark("common_year", written=match["year"], year=year),)
            if year and is_plain:
                doubts = (*doubts, remark("year_of_calendar", written=spot.written))
            yield _Year(year, spot, _weight(at, spot, subject), doubts)


def _weight(at: int, spot: Spot, subject: Proposal[str]) -> int:
    """What the subject says counts most, then the head, then how often it is said."""
    place = subject.place
    start, end = spot.span
    in_subject = (
        place and place.page == spot.sheet.number and place.start <= start and end <= place.end
    )
    if in_subject:
        return 20
    return 5 if at < _HEAD_LINES else 1


def _said_year(said: Sequence[_Year]) -> Proposal[int]:
    weights: Counter[int] = Counter()
    for each in said:
        weights[each.year or 0] += each.weight
    [(year, weight), *rest] = weights.most_common()
    # Of equals the one that is least in doubt.
    own = [each for each in said if each.year == year]
    first = max(own, key=lambda each: (-len(each.doubts), each.weight))
    doubts = list(first.doubts)
    if rest:
        doubts.append(remark("several", others=", ".join(str(other) for other, _ in rest[:3])))
    confidence = _confidence(weight, is_alone=not rest)
    if any(doubt.code == "year_of_calendar" for doubt in first.doubts):
        confidence *= 0.6
    return proposal(year, confidence, first.spot, doubts, is_digits=True)


def _confidence(weight: int, *, is_alone: bool) -> float:
    confidence = 0.92 if weight >= 20 else 0.8 if weight >= 5 else 0.6
    return confidence if is_alone else confidence * 0.8


def _year_of_dates(dates: Mapping[DateRole, Proposal[date]]) -> Proposal[int]:
    roles: tuple[DateRole, ...] = ("signed", "published", "typed", "in_force")
    for role in roles:
        found = dates[role]
        if found.value:
            doubt = remark("year_from_date", written=format_date(found.value))
            confidence = round(found.confidence * 0.5, 2)
            return Proposal(
                fiscal_year(found.value), confidence, found.place, found.written, (doubt,)
            )
    return nothing()
