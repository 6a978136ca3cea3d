"""Which of the dates in a file is the one typed, signed, in force or published, and whether their order can be."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from prongsai.intake.proposals.papers import Read
from prongsai.intake.proposals.placing import nothing, proposal
from prongsai.intake.proposals.sheets import Line, Sheet, Spot, columns_of
from prongsai.intake.proposals.values import DATE_ROLES, DateRole, Proposal, Remark, remark
from prongsai.intake.proposals.words import any_of, words
from prongsai.intake.proposals.written_dates import WrittenDate
from prongsai.thai.dates import format_date

Dates = dict[DateRole, Proposal[date]]

_BEFORE, _AFTER, _SHORT_LINE, _HEAD_LINES = 60, 70, 60, 12
# As machines read it, too; a figure between the word and the date is doubted with the date.
_DAY = r"ว[ัี]?[นบ]ที่?"
_THEN = r"[\s.:]{0,4}(?:\d{1,2}\s{1,3})?$"
_ANNOUNCED = re.compile(rf"ประกาศ\s{{0,3}}(?:ไว้\s{{0,3}}|มา\s{{0,3}})?ณ\s{{0,3}}(?:{_DAY})?{_THEN}")
_GIVEN = re.compile(rf"(?:สั่ง|ให้ไว้|ตราไว้|ออกให้)\s{{0,3}}ณ\s{{0,3}}(?:{_DAY})?{_THEN}")
_STARTS = re.compile(rf"(?:ตั้งแต่|นับแต่|นับจาก|เมื่อ)\s{{0,3}}(?:{_DAY})?\s{{0,3}}$")
_ONWARDS = re.compile(r"\s{0,3}เป็นต้นไป")
_BINDING = re.compile(
    r"(?:(?:ใช้\s?บังคับ|มีผล(?:ใช้)?\s?บังคับ|มีผลตั้งแต่|บังคับใช้)[\s\S]{0,30}|ประกาศใช้[\s\S]{0,50})$"
)
_UNTIL = re.compile(r"\s{0,3}(?:จน)?ถึง")
_SIGNED_LINE = re.compile(r"^\W{0,3}ลงวันที(?:่|2)?\W{0,6}$")
# In a line of its own, or behind the number.
_TYPED_LINE = re.compile(rf"(?:^|^ที่?\s?[^\n]{{2,45}}|\s{{3}})(?<!ลง)(?<!เมื่อ)(?<!แต่){_DAY}{_THEN}")
_STATED = re.compile(
    rf"(?:จัดทำ(?:ขึ้น)?|ข้อมูล|รายงาน|พิมพ์)\s{{0,3}}(?:เมื่อ|ณ)\s{{0,3}}(?:{_DAY})?{_THEN}"
)
_DAY_LINE = re.compile(rf"^\W{{0,3}}{_DAY}\W{{0,6}}$")
_MADE = re.compile(rf"(?<!ถึง)(?<!แต่)(?<!ใน)(?:เมื่อ\s{{0,3}}|ลง)?{_DAY}{_THEN}")
# Such a sentence may go on in the next line.
_ON = r"[^\n]{0,60}?\n?[^\n]{0,60}?เป็นต้นไป"
_FROM_NOW = re.compile(r"(?:ตั้งแต่|นับแต่)\s{0,2}(?:บัดนี้|วันนี้)\s{0,2}เป็นต้นไป")
_NEXT_DAY = re.compile(
    rf"(?:ตั้งแต่|นับแต่)\s{{0,2}}วัน(?:ถัดจากวัน|รุ่งขึ้น)[^\n]{{0,20}}?ประกาศ(?:{_ON}|\s{{0,3}}$)",
    re.MULTILINE,
)
_FROM_ANNOUNCED = re.compile(rf"(?:ตั้งแต่|นับแต่)\s{{0,2}}วันประกาศ{_ON}")
_BLANKS: tuple[tuple[DateRole, re.Pattern[str]], ...] = (
    ("published", re.compile(rf"ประกาศ\s{{0,3}}ณ\s{{0,3}}{_DAY}[^\n]{{0,60}}")),
    ("signed", re.compile(rf"สั่ง\s{{0,3}}ณ\s{{0,3}}{_DAY}[^\n]{{0,60}}")),
)
_BLANK_TYPED = re.compile(rf"^{_DAY}[^\n]{{0,50}}")
_BLANK_SIGNED = re.compile(r"^\W{0,3}ลงวันที่[\s.…_/]{0,40}$")
_STRAY = re.compile(r"^(\d{1,2})$")
_MOST_SEEN = 60
_NAMED = re.compile(rf"\(\s{{0,8}}{any_of(words('people', 'titles'))}")

# How much a label is trusted; a date in figures under a signature has none.
_TRUST: dict[str, float] = {
    "typed": 0.9, "typed_alone": 0.6, "typed_stated": 0.6, "signed_line": 0.7, "signed_given": 0.9,
    "signed_under": 0.45, "signed_made": 0.8, "published": 0.9, "in_force": 0.85,
}  # fmt: skip
_ROLE_OF: dict[str, DateRole] = {
    "typed": "typed", "typed_alone": "typed", "typed_stated": "typed", "signed_line": "signed",
    "signed_given": "signed", "signed_under": "signed", "signed_made": "signed", "published": "published",
    "in_force": "in_force",
}  # fmt: skip


@dataclass(frozen=True)
class _Labelled:
    label: str
    written: WrittenDate
    paper: int


def date_proposals(papers: Sequence[Read], written: Sequence[WrittenDate]) -> Dates:
    """The first paper's own dates; what it lacks may come from the papers behind it."""
    labelled = [
        each for index, paper in enumerate(papers) for each in _labelled(index, paper, written)
    ]
    found: Dates = {role: _chosen(role, labelled) for role in DATE_ROLES}
    _doubt_blank(found, papers)
    _derive(found, papers)
    return found


def _labelled(index: int, paper: Read, written: Sequence[WrittenDate]) -> Iterator[_Labelled]:
    if not paper.lines:
        return
    starts = [_key(line.spot) for line in paper.lines]
    for each in written:
        position = _line_position(paper, starts, each)
        label = _label(paper, position, each) if position is not None else ""
        if label:
            yield _Labelled(label, _with_neighbours(paper, position or 0, each), index)


def _key(spot: Spot) -> tuple[int, int, int]:
    return spot.sheet.number, spot.sheet.offset, spot.start


def _line_position(
    paper: Read, starts: Sequence[tuple[int, int, int]], each: WrittenDate
) -> int | None:
    """The line of the paper in which the date begins."""
    position = bisect_right(starts, _key(each.spot)) - 1
    if position < 0:
        return None
    spot = paper.lines[position].spot
    return position if spot.sheet is each.spot.sheet and each.spot.start < spot.end else None


def _label(paper: Read, position: int, each: WrittenDate) -> str:
    """What the words around a date say that it is; nothing for the many that are only mentioned."""
    sheet, start, end = each.spot.sheet, each.spot.start, each.spot.end
    before, after = sheet.text[max(0, start - _BEFORE) : start], sheet.text[end : end + _AFTER]
    if _ANNOUNCED.search(before):
        return "published"
    if _GIVEN.search(before):
        return "signed_given"
    if _STARTS.search(before) and _begins(paper, before, after):
        return "in_force"
    if paper.type.dated == "typed" and _STATED.search(before):
        return "typed_stated"
    return _label_by_line(paper, position, each)


def _begins(paper: Read, before: str, after: str) -> bool:
    """A contract holds from one day to another; what an announcement says so may be anything."""
    is_term = paper.type.code == "contract" and _UNTIL.match(after)
    return bool(is_term or _ONWARDS.match(after) or _BINDING.search(before))


def _label_by_line(paper: Read, position: int, each: WrittenDate) -> str:
    line = paper.lines[position]
    inner = line.text[: max(0, each.spot.start - line.spot.start)]
    is_short = len(line.text) <= _SHORT_LINE
    if is_short and _SIGNED_LINE.match(inner):
        return "signed_line"
    is_day = is_short and _DAY_LINE.match(inner)
    if _is_under_a_name(paper, position) and (is_day or _is_alone(line, each.spot)):
        return "signed_under"
    return _label_in_head(paper, inner, line) if position < _HEAD_LINES else ""


def _is_alone(line: Line, spot: Spot) -> bool:
    """Nothing else stands in its line, or in its column."""
    return any(
        column.start <= spot.start and spot.end <= column.end <= column.start + len(spot.text) + 4
        for column, _middle in columns_of(line)
    )


def _label_in_head(paper: Read, inner: str, line: Line) -> str:
    dated = paper.type.dated
    if dated == "typed" and _TYPED_LINE.search(inner):
        return "typed"
    if dated == "signed" and _MADE.search(inner):
        return "typed" if _DAY_LINE.match(inner) else "signed_made"
    # Letters have their date in a line of its own, without a word.
    if paper.type.code == "letter" and not inner and len(line.text) <= 30:
        return "typed_alone"
    return ""


def _is_under_a_name(paper: Read, position: int) -> bool:
    near = paper.lines[max(0, position - 4) : position]
    if position < _HEAD_LINES:
        # In a head, what stands in parentheses may be the seal.
        return any(_NAMED.match(line.text) for line in near)
    return any(line.text.startswith("(") for line in near)


def _with_neighbours(paper: Read, position: int, each: WrittenDate) -> WrittenDate:
    """A lone number within three lines of a date may be its day, written by hand or stamped beside it."""
    near = [
        *paper.lines[max(0, position - 1) : position],
        *paper.lines[position + 1 : position + 4],
    ]
    for line in near:
        stray = _STRAY.match(line.text)
        if stray and each.day and 1 <= int(stray[1]) <= 31 and int(stray[1]) != each.day.day:
            doubt = remark("day_or_stamp", other=line.spot.written, day=each.day.day)
            return replace(each, factor=each.factor * 0.6, doubts=(*each.doubts, doubt))
    return each


def _chosen(role: DateRole, labelled: Sequence[_Labelled]) -> Proposal[date]:
    own = [each for each in labelled if _ROLE_OF[each.label] == role]
    if not own:
        return nothing()
    first_paper = min(each.paper for each in own)
    own = [each for each in own if each.paper == first_paper][:_MOST_SEEN]
    best = max(enumerate(own), key=lambda pair: (_strength(pair[1]), _order(*pair)))[1]
    others = {each.written.day for each in own if each.written.day} - {best.written.day}
    doubts = list(best.written.doubts)
    if others:
        said = ", ".join(format_date(day) for day in sorted(others))
        doubts.append(remark("several", others=said))
    return proposal(best.written.day, _strength(best), best.written.spot, doubts, is_digits=True)


def _order(position: int, each: _Labelled) -> tuple[date, int]:
    """The latest by a signature, else the last of equals: papers are signed from the lowest post to the highest.

    A contract says first of all when it is made, a report of when it is.
    """
    is_by_signature = each.label == "signed_under" and each.written.day is not None
    day = each.written.day if is_by_signature and each.written.day else date.min
    return day, -position if each.label in ("signed_made", "typed_stated") else position


def _strength(each: _Labelled) -> float:
    return _TRUST[each.label] * each.written.factor


def _doubt_blank(found: Dates, papers: Sequence[Read]) -> None:
    """“ประกาศ ณ วันที่” without a readable date after it: the place is known, the date is not."""
    head = papers[0].lines[:_HEAD_LINES] if papers[0].type.dated == "typed" else ()
    lines = [line for paper in papers for line in paper.lines]
    _doubt(found, "typed", _BLANK_TYPED, head)
    for role, pattern in _BLANKS:
        _doubt(found, role, pattern, lines)


def _doubt(found: Dates, role: DateRole, pattern: re.Pattern[str], lines: Sequence[Line]) -> None:
    blank = next(((line, match) for line in lines if (match := pattern.search(line.text))), None)
    if blank and not found[role].place:
        spot = blank[0].part(*blank[1].span())
        found[role] = proposal(None, 0.0, spot, [remark("date_incomplete", written=spot.written)])


def _derive(found: Dates, papers: Sequence[Read]) -> None:
    published = found["published"]
    if published.value and not found["signed"].place:
        doubt = remark("signed_as_announced")
        found["signed"] = _copied(published, 0.9, doubt)
    made = found["typed"]
    if papers[0].type.dated == "signed" and made.value and not found["signed"].place:
        found["signed"] = _copied(made, 0.8, remark("signed_as_made"))
    if published.value:
        found["published"] = _copied(published, 0.95, remark("announced_as_published"))
    if not found["in_force"].place:
        found["in_force"] = _in_force_by_words(found, papers)


def _copied(source: Proposal[date], factor: float, doubt: Remark) -> Proposal[date]:
    confidence = round(source.confidence * factor, 2)
    return replace(source, confidence=confidence, doubts=(*source.doubts, doubt))


def _in_force_by_words(found: Dates, papers: Sequence[Read]) -> Proposal[date]:
    announced = found["published"] if found["published"].value else found["signed"]
    if announced.value is None:
        return nothing()
    forms = (
        (_FROM_NOW, "in_force_from_now", 0),
        (_FROM_ANNOUNCED, "in_force_from_now", 0),
        (_NEXT_DAY, "in_force_next_day", 1),
    )
    for sheet in _sheets(papers):
        for pattern, code, days in forms:
            match = pattern.search(sheet.text)
            if match:
                spot = Spot(sheet, *match.span())
                doubt = remark(code, written=spot.written)
                day = announced.value + timedelta(days=days)
                return proposal(day, 0.65 * announced.confidence, spot, [doubt])
    return nothing()


def _sheets(papers: Sequence[Read]) -> list[Sheet]:
    sheets = {
        (line.spot.sheet.number, line.spot.sheet.offset): line.spot.sheet
        for p in papers
        for line in p.lines
    }
    return list(sheets.values())


_NAMES: dict[DateRole, str] = {
    "typed": "วันที่พิมพ์", "signed": "วันที่ลงนาม", "in_force": "วันที่มีผล", "published": "วันที่ประกาศ",
}  # fmt: skip
_ORDER: tuple[tuple[DateRole, DateRole, str], ...] = (
    ("typed", "signed", "typed_after"),
    ("typed", "published", "typed_after"),
    ("signed", "published", "signed_after_published"),
    ("signed", "in_force", "in_force_before"),
)


def with_order_checked(found: Dates) -> tuple[Dates, tuple[Remark, ...]]:
    """The dates, each doubted when it cannot stand with the others, and one warning for each such pair."""
    warnings: list[Remark] = []
    checked = dict(found)
    for first, second, code in _ORDER:
        one, other = found[first].value, found[second].value
        if one and other and one > other:
            sentence = remark(
                code, later=_NAMES[second], first=format_date(one), second=format_date(other)
            )
            warnings.append(sentence)
            # Working backwards is odd but lawful: the signing is not in doubt for it.
            if code != "in_force_before":
                checked[first] = _against_order(checked[first], sentence)
            checked[second] = _against_order(checked[second], sentence)
    return checked, tuple(warnings)


def _against_order(found: Proposal[date], sentence: Remark) -> Proposal[date]:
    if any(doubt.code == "against_order" for doubt in found.doubts):
        return found
    doubts = (*found.doubts, remark("against_order", sentence=sentence))
    return replace(found, confidence=round(found.confidence * 0.6, 2), doubts=doubts)


def date_warnings(
    papers: Sequence[Read], written: Sequence[WrittenDate], found: Dates
) -> Iterator[Remark]:
    """Dates that no calendar has, and places for one that were left empty."""
    for each in written:
        if each.day is None:
            yield next(doubt for doubt in each.doubts if doubt.code == "no_such_date")
    for paper in papers:
        for line in paper.lines:
            if _BLANK_SIGNED.match(line.text):
                yield remark("empty_date", page=line.spot.sheet.number)
    yield from (
        doubt for each in found.values() for doubt in each.doubts if doubt.code == "date_incomplete"
    )
