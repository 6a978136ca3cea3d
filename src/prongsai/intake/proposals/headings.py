"""Number and subject of a paper, from its first lines."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from prongsai.intake.proposals.papers import Read
from prongsai.intake.proposals.placing import nothing, proposal
from prongsai.intake.proposals.sheets import Line, Spot
from prongsai.intake.proposals.values import Proposal, Remark, remark
from prongsai.intake.proposals.words import words
from prongsai.thai.dates import BUDDHIST_YEARS, buddhist_year
from prongsai.thai.numbers import OfficialNumber, parse_official_number

_HEAD_LINES, _TITLE_LINES, _WRAPPED, _FULL, _LONGEST = 14, 3, 45, 60, 400
_NUMBER = r"(?P<number>[^\n]*?\d[^\n]*?)"
_END = r"(?=\s*(?:ลงวันที|วันที)|\s{3,}|[)]|$)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?:สัญญาเลขที่|เลขที่สัญญา|ใบสั่ง(?:ซื้อ|จ้าง)เลขที่|บันทึกข้อตกลงเลขที่|ข้อตกลงเลขที่)\s{{0,4}}[:.]?\s{{0,4}}{_NUMBER}{_END}",
        rf"^(?:ที่|ที|เลขที่)\s{{0,8}}[:.]?\s{{0,8}}(?!\d{{1,2}}\s[ก-๎])(?=[ก-ฮ(]{{0,6}}[\s.]{{0,2}}[\dก-ฮ]){_NUMBER}{_END}",
        rf"^คำสั่ง[^\n]{{0,80}}?\sที่\s{{0,4}}{_NUMBER}{_END}",
        rf"^รายงานการประชุม[^\n]{{0,120}}?ครั้งที่\s{{0,4}}{_NUMBER}{_END}",
        r"^(?:[^\n]{0,60}\s)?ครั้งที่\s{0,4}(?P<number>\d{1,3}\s?/\s?\d{4})",
    )
)
_LONGEST_NUMBER, _NUMBERS_SIGN = 40, re.compile(r"\d\s?/|/\s?\d|\d{3,}")
_SUBJECT = re.compile(r"^(?P<label>เร[ืิีึ]?[่้]?อ[่้]?ง)(?:\s{0,6}[:.]\s{0,6}|\s{1,12})(?P<subject>\S.*)$")
_INLINE_SUBJECT = re.compile(r"\s(?P<label>เรื่อง)\s{1,4}(?P<subject>\S.*)$")
_LABEL_ALONE = re.compile(r"^เรื่อง\s{0,4}[:.]?$")


def number_proposal(paper: Read, days: Sequence[date]) -> Proposal[str]:
    """As it is written, without “ที่”. `days` are the paper's dates, which an order's year should agree with."""
    for line in paper.lines[:_HEAD_LINES]:
        for form in _FORMS:
            match = form.search(line.text)
            if match and _is_number(match["number"]):
                spot = line.part(match.start("number"), match.end("number"))
                return _numbered(paper, spot, days)
    return nothing(remark("number_missing")) if paper.type.numbered else nothing()


def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and _NUMBERS_SIGN.search(text) is not None


def _numbered(paper: Read, spot: Spot, days: Sequence[date]) -> Proposal[str]:
    parsed = parse_official_number(spot.text)
    doubts, confidence = _doubts_of_form(paper, spot, parsed)
    if parsed and parsed.year and _is_of_other_year(paper, parsed, days):
        dated = ", ".join(str(year) for year in sorted(set(map(buddhist_year, days))))
        doubts.append(
            remark("number_of_other_year", written=spot.written, year=parsed.year, dated=dated)
        )
        confidence = 0.5
    return proposal(spot.written, confidence, spot, doubts, is_digits=True)


def _doubts_of_form(
    paper: Read, spot: Spot, parsed: OfficialNumber | None
) -> tuple[list[Remark], float]:
    """With how sure the number is for all that."""
    if paper.type.code in ("memo", "letter") and not (parsed and parsed.letters):
        return [remark("number_without_letters", written=spot.written)], 0.4
    if parsed is None and not (paper.type.code == "contract" and "/" in spot.text):
        return [remark("number_unrecognised", written=spot.written)], 0.5
    return [], 0.9


def _is_of_other_year(paper: Read, parsed: OfficialNumber, days: Sequence[date]) -> bool:
    # Numbers of contracts and committees may run by budget year, which begins in October.
    allowed = {buddhist_year(day) + more for day in days for more in (0, 1)}
    is_dated = bool(days) and parsed.year in BUDDHIST_YEARS
    return is_dated and parsed.year not in allowed and paper.type.code not in ("memo", "letter")


def subject_proposal(paper: Read) -> Proposal[str]:
    """What follows “เรื่อง”, over as many lines as it goes; else the heading, where papers of the type have none."""
    labelled = next(_labelled_subjects(paper.lines[:_HEAD_LINES]), None)
    if labelled and (paper.type.title == "label" or paper.type.code in ("regulation", "plan")):
        return labelled
    if paper.title_line and paper.type.title == "head":
        spot = _title(paper.lines, _below_a_bare_word(paper, _fullest_heading(paper)), 0)
        doubts = (
            []
            if paper.heading and paper.heading.likeness == 1
            else [remark("subject_from_heading")]
        )
        return proposal(spot.written, 0.75, spot, doubts)
    return labelled or _heading_as_subject(paper)


def _fullest_heading(paper: Read) -> int:
    """The name of a form may stand above its title, as “แบบ สขร.1” does."""
    first = [line.text for line in paper.lines[:_TITLE_LINES]]
    stops = (*words("ends_a_subject"), *paper.type.not_heads)
    titles = [
        at
        for at, text in enumerate(first)
        if text.startswith(paper.type.heads) and not text.startswith(stops)
    ]
    return max(titles, key=lambda at: len(first[at]), default=0)


def _below_a_bare_word(paper: Read, index: int) -> int:
    """Where the title is, when the word for such papers has a line of its own."""
    after = paper.lines[index + 1].text if index + 1 < len(paper.lines) else ""
    is_title = after and not after.startswith((*words("ends_a_subject"), *words("bodies")))
    return index + 1 if paper.lines[index].text in paper.type.heads and is_title else index


def _heading_as_subject(paper: Read) -> Proposal[str]:
    if not paper.lines:
        return nothing()
    spot = _title(paper.lines, _below_a_bare_word(paper, 0), 0)
    confidence = 0.5 if paper.title_line else 0.25
    return proposal(spot.written, confidence, spot, [remark("subject_from_heading")])


def _labelled_subjects(lines: Sequence[Line]) -> Iterator[Proposal[str]]:
    for index, line in enumerate(lines):
        match = _SUBJECT.match(line.text)
        if match is None and index < 3:
            match = _INLINE_SUBJECT.search(line.text)
        if match:
            spot = _title(lines, index, match.start("subject"))
            yield _labelled_subject(line, match, spot)
        elif _LABEL_ALONE.match(line.text) and index + 1 < len(lines):
            spot = _title(lines, index + 1, 0)
            yield proposal(spot.written, 0.85, spot)


def _labelled_subject(line: Line, match: re.Match[str], spot: Spot) -> Proposal[str]:
    if match["label"] == "เรื่อง":
        return proposal(spot.written, 0.92, spot)
    label = line.part(match.start("label"), match.end("label")).written
    return proposal(spot.written, 0.7, spot, [remark("subject_garbled", written=label)])


def _title(lines: Sequence[Line], index: int, start: int) -> Spot:
    """From there to the end of the line, and on while lines are full and begin no other part of the paper."""
    first = lines[index]
    end = first.spot.end
    previous = first
    for line in lines[index + 1 : index + _TITLE_LINES]:
        is_apart = line.spot.sheet is not first.spot.sheet or _is_apart(previous, line)
        if is_apart or not _goes_on(previous, line, is_heading=start == 0):
            break
        end, previous = line.spot.end, line
    return Spot(first.spot.sheet, first.spot.start + start, min(end, first.spot.start + _LONGEST))


def _is_apart(previous: Line, line: Line) -> bool:
    """Machines see gaps where there are none, but a line that is full goes on all the same."""
    is_full = line.spot.sheet.is_scanned and len(previous.text) >= _FULL
    return line.after_gap and not is_full


def _goes_on(previous: Line, line: Line, *, is_heading: bool) -> bool:
    if re.match(r"[\d(\-_=*]", line.text):
        return False
    if previous.text.endswith(words("goes_on")):
        return True
    stops = words("ends_a_subject")
    # Under a heading stands the name of the body, in a line of its own.
    is_part = line.text.startswith((*stops, *words("bodies")) if is_heading else stops)
    return not is_part and len(previous.text) >= _WRAPPED
