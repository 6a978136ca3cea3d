"""Number and subject of a paper, from its first lines."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from prongsai.intake.proposals.papers import Read
from prongsai.intake.proposals.placing import nothing, proposal
from prongsai.intake.proposals.sheets import Line, Spot
from prongsai.intake.proposals.values import Proposal, Remark, remark
from prongsai.intake.proposals.words import any_of, words
from prongsai.thai.dates import BUDDHIST_YEARS, buddhist_year
from prongsai.thai.numbers import OfficialNumber, parse_official_number

_HEAD_LINES, _TITLE_LINES, _WRAPPED, _FULL, _LONGEST = 14, 6, 45, 60, 400
_NAME_LINES, _LONGEST_IN_HEAD = 3, 90
_BESIDE = re.compile(r"\t|\s{3,}")
_RULE = re.compile(r"[\-_=*.~–—]{4,}")
_NUMBER = r"(?P<number>[^\n]*?\d[^\n]*?)"
_END = r"(?=\s*(?:ลงวันที|วันที)|\s{3,}|[)]|$)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?:สัญญาเลขที่?|เลขที่?สัญญา|ใบสั่ง(?:ซื้อ|จ้าง)เลขที่?|บันทึกข้อตกลงเลขที่?|ข้อตกลงเลขที่?)\s{{0,4}}[:.]?\s{{0,4}}{_NUMBER}{_END}",
        rf"^(?:ที่?|เลขที่?)\s{{0,8}}[:.]?\s{{0,8}}(?!\d{{1,2}}\s[ก-๎])(?=[ก-ฮ(]{{0,6}}[\s.]{{0,2}}[\dก-ฮ]){_NUMBER}{_END}",
        rf"^คำสั่ง[^\n]{{0,80}}?\sที่?\s{{0,4}}{_NUMBER}{_END}",
    )
)
_COUNTED = tuple(
    re.compile(form)
    for form in (
        r"^(?:[^\n]{0,120}\s)?ครั้งที่?\s{0,4}(?P<number>\d{1,3}\s?/\s?(?:พ\.ศ\.\s?)?\d{4})",
        r"^(?:[^\n]{0,120}\s)?(?P<number>ครั้งที่?\s{0,4}\d{1,3}\s{1,3}(?:ประจำปี\s{0,3})?(?:พ\.ศ\.\s{0,3}|พุทธศักราช\s{0,3})?\d{4})",
    )
)
_LONGEST_NUMBER, _NUMBERS_SIGN = 40, re.compile(r"\d\s?/|/\s?\d|\d{3,}")
_SUBJECT = re.compile(r"^(?P<label>เร[ืิีึ]?[่้]?อ[่้]?ง)(?:\s{0,6}[:.]\s{0,6}|\s{1,12})(?P<subject>\S.*)$")
_INLINE_SUBJECT = re.compile(r"\s(?P<label>เรื่อง)\s{1,4}(?P<subject>\S.*)$")
_LABEL_ALONE = re.compile(r"^เรื่อง\s{0,4}[:.]?$")


def number_proposal(paper: Read, days: Sequence[date]) -> Proposal[str]:
    """As it is written, without “ที่”. `days` are the paper's dates, which an order's year should agree with."""
    spot = next(_numbers(paper.lines[:_HEAD_LINES], _forms(paper)), None)
    # Above the heading stands a number only where it says of what; the others are stamps.
    spot = spot or next(_numbers(paper.above, _FORMS[:1]), None)
    if spot:
        return _numbered(paper, spot, days)
    return nothing(remark("number_missing")) if paper.type.numbered else nothing()


def _forms(paper: Read) -> tuple[re.Pattern[str], ...]:
    return (*_FORMS, *_COUNTED) if paper.type.counted else _FORMS


def _numbers(lines: Sequence[Line], forms: Sequence[re.Pattern[str]]) -> Iterator[Spot]:
    for line in lines:
        for form in forms:
            match = form.search(line.text)
            if match and _is_number(match["number"]):
                yield line.part(match.start("number"), match.end("number"))


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
        at = _below_a_bare_word(paper, _fullest_heading(paper))
        spot = _title(paper.lines, at, 0, is_heading=True, is_minutes=paper.type.counted)
        doubts = (
            []
            if paper.heading and paper.heading.likeness == 1
            else [remark("subject_from_heading")]
        )
        return proposal(spot.written, 0.75, spot, doubts)
    return labelled or _heading_as_subject(paper)


def _fullest_heading(paper: Read) -> int:
    """The name of a form may stand above its title, as “แบบ สขร.1” does."""
    first = [line.text for line in paper.lines[:_NAME_LINES]]
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
    # In columns stands what is filled in.
    is_title = after and not _BESIDE.search(after)
    is_title = is_title and not after.startswith((*words("ends_a_subject"), *words("bodies")))
    return index + 1 if paper.lines[index].text in paper.type.heads and is_title else index


def _heading_as_subject(paper: Read) -> Proposal[str]:
    if not paper.lines:
        return nothing()
    spot = _title(paper.lines, _below_a_bare_word(paper, 0), 0, is_heading=True)
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


def _title(
    lines: Sequence[Line],
    index: int,
    start: int,
    *,
    is_heading: bool = False,
    is_minutes: bool = False,
) -> Spot:
    """From there to the end of the line, and on while lines are full and begin no other part of the paper."""
    first = lines[index]
    end = first.spot.end
    previous = first
    # Up to the line that closes a head all is subject, however short its lines are.
    closed = index + _TITLE_LINES if is_heading else _closed_at(lines, index)
    for at, line in enumerate(lines[index + 1 : index + _TITLE_LINES], index + 1):
        is_apart = line.spot.sheet is not first.spot.sheet or _is_apart(previous, line)
        goes_on = _goes_on(previous, line, is_heading=is_heading, is_minutes=is_minutes)
        if is_apart or not (goes_on or (at < closed and not is_heading and not _ends(line))):
            break
        end, previous = line.spot.end, line
    spot = Spot(first.spot.sheet, first.spot.start + start, min(end, first.spot.start + _LONGEST))
    beside = spot.text.find("\t")
    return spot if beside < 0 else Spot(spot.sheet, spot.start, spot.start + beside)


def _closed_at(lines: Sequence[Line], index: int) -> int:
    """The line that ends a head after the subject: a rule, a gap or the addressee; else the subject's own."""
    for at, line in enumerate(lines[index + 1 : index + 1 + _TITLE_LINES], index + 1):
        if line.after_gap or _RULE.match(line.text) or line.text.startswith(words("after_subject")):
            return at
        if _ends(line) or len(line.text) > _LONGEST_IN_HEAD:
            break
    return index


def _ends(line: Line) -> bool:
    """Whether another part of the paper begins. Where a subject may go on so, too, the longer word decides."""
    if re.match(r"[\d\-_=*]", line.text) or _RULE.match(line.text):
        return True
    stop = _longest(line.text, "ends_a_subject")
    return stop > 0 and stop >= _longest(line.text, "continues_a_subject")


def _longest(text: str, name: str) -> int:
    return next((len(word) for word in words(name) if text.startswith(word)), 0)


def _is_apart(previous: Line, line: Line) -> bool:
    """Machines see gaps where there are none, but a line that is full goes on all the same."""
    is_full = line.spot.sheet.is_scanned and len(previous.text) >= _FULL
    return line.after_gap and not is_full


def _goes_on(previous: Line, line: Line, *, is_heading: bool, is_minutes: bool) -> bool:
    begun = _longest(line.text, "continues_a_subject")
    if begun > _longest(line.text, "ends_a_subject") and len(line.text) <= _LONGEST_IN_HEAD:
        return True
    if is_minutes and line.text.startswith((*words("sittings"), *words("bodies"))):
        return True
    is_begun_anew = re.match(r"[\d(\-_=*]", line.text) is not None
    if previous.text.endswith(words("goes_on")):
        return not is_begun_anew
    if is_begun_anew or _ends(line):
        return False
    return not (is_heading and _only_names_a_body(line)) and len(previous.text) >= _WRAPPED


def _only_names_a_body(line: Line) -> bool:
    """Under a heading it has a line of its own, unless the line goes on as subjects do."""
    says_more = any(f" {word}" in line.text for word in words("continues_a_subject"))
    return _owner().match(line.text) is not None and not says_more


@cache
def _owner() -> re.Pattern[str]:
    bodies, parts = any_of(words("bodies")), any_of((*words("divisions"), *words("councils")))
    return re.compile(rf"{bodies}|ของ\s{{0,3}}(?:{bodies}|{parts})")
