"""Every date that stands in a text, with what is odd about it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from prongsai.intake.proposals.sheets import Sheet, Spot
from prongsai.intake.proposals.values import Remark, remark
from prongsai.intake.proposals.words import likeness, skeleton
from prongsai.thai.dates import (
    BUDDHIST_OFFSET,
    MONTHS,
    SHORT_MONTHS,
    UnreadableDate,
    buddhist_year,
    parse_date,
)
from prongsai.thai.normalise import normalise

_ERA = r"(?P<era>(?:พุทธศักราช|คริสต์ศักราช|พ\s?\.?\s?ศ|ค\s?\.?\s?ศ)\s?\.?\s{0,3})?"
_ERAS = {"พ": "พ.ศ. ", "ค": "ค.ศ. "}
_YEAR = r"(?P<year>\d{4}|\d{2})(?!\d)"
_NAMED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?P<odd>\s{{0,3}}[/.\-|\\]?\s{{0,3}})(?:เดือน\s{{0,3}})?"
    rf"(?P<month>[ก-๎.]{{3,14}}?)\s{{0,3}}[/.\-]?\s{{0,3}}{_ERA}{_YEAR}"
)
_NUMERIC = re.compile(
    rf"(?<![\d/.\-])(?P<day>\d{{1,2}})\s?[/.\-]\s?(?P<month>\d{{1,2}})\s?[/.\-]\s?{_ERA}{_YEAR}(?![/\-]\d)"
)
_ISO = re.compile(r"(?<![\d/.\-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)(?P<era>)")
# Letters to other countries.
_ENGLISH_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_ENGLISH = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s{{1,3}}(?P<month>(?:{'|'.join(_ENGLISH_MONTHS)})[a-z]{{0,6}})\.?,?\s{{1,3}}"
    rf"(?P<era>)(?P<year>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
# Bare numbers are a date only where the word before them says so: a stamp or a hand. Its tone mark is often
# misread as the figure two.
_STAMPED = re.compile(
    r"วันที(?:่|2(?=\s))?[\s.:]{0,4}(?P<day>\d{2}|\d(?=\s))\s{0,3}(?P<month>\d{2}|\d(?=\s))\s{0,3}(?P<era>)(?P<year>\d{4}|\d{2})(?!\d)"
)
# A machine may see the day twice, and differently.
_STRAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})\s{1,3}$")
_MOST = 400
_LIKE, _MARGIN, _FAR = 0.72, 0.08, 15


@dataclass(frozen=True)
class WrittenDate:
    """`day` is None when no such day exists; `factor` (0 to 1) is what its oddities leave of its confidence."""

    spot: Spot
    day: date | None
    factor: float
    doubts: tuple[Remark, ...]
    has_full_year: bool = True


def dates_on(sheet: Sheet) -> tuple[WrittenDate, ...]:
    """In the order of the text; bounded, as a table of a thousand dates tells no more than one of a hundred."""
    found: dict[int, WrittenDate] = {}
    for pattern in (_NAMED, _NUMERIC, _ISO, _ENGLISH, _STAMPED):
        for match in pattern.finditer(sheet.text):
            written = _written(sheet, match, is_stamped=pattern is _STAMPED)
            if written and len(found) < _MOST:
                found.setdefault(written.spot.start, written)
    return tuple(found[start] for start in sorted(found))


def _written(sheet: Sheet, match: re.Match[str], *, is_stamped: bool) -> WrittenDate | None:
    month, doubts = _month(sheet, match)
    if month is None:
        return None
    spot = Spot(sheet, match.start("day"), match.end("year"))
    if match.re is _ISO:
        spot = Spot(sheet, match.start("year"), match.end("day"))
    factor = 0.6 if doubts else 1.0
    if match.re is _NAMED and match["odd"].strip():
        doubts.append(remark("odd_signs", written=spot.written))
        factor *= 0.6
    stray = _STRAY_BEFORE.search(sheet.text, max(0, match.start() - 6), match.start())
    if match.re is _NAMED and stray and int(stray[1]) != int(match["day"]):
        doubts.append(remark("day_or_stamp", other=stray[1], day=int(match["day"])))
        factor *= 0.5
    if is_stamped:
        doubts.append(remark("stamped", written=spot.written))
        factor *= 0.6
    return _dated(match, month, WrittenDate(spot, None, factor, tuple(doubts)))


def _dated(match: re.Match[str], month: int, written: WrittenDate) -> WrittenDate | None:
    name = MONTHS[month - 1] if 1 <= month <= 12 else str(month)
    era = _ERAS.get((match["era"] or "")[:1], "")
    spelt = f"{match['day']} {name} {era}{match['year']}"
    numeric = f"{match['day']}/{month}/{era}{match['year']}"
    try:
        day = parse_date(spelt if 1 <= month <= 12 else numeric)
    except UnreadableDate as problem:
        # Three numbers with strokes may be anything; only a real month makes them a failed date.
        if problem.reason in ("no_such_month", "unrecognised") and match.re is not _STAMPED:
            return None
        doubt = remark("no_such_date", written=written.spot.written, reason=str(problem))
        return replace(written, factor=0.0, doubts=(*written.doubts, doubt))
    return _with_year(match["year"], replace(written, day=day))


def _with_year(typed: str, written: WrittenDate) -> WrittenDate:
    if written.day is None:
        return written
    year = buddhist_year(written.day)
    if len(typed) == 2:
        doubt = remark("two_digit_year", written=typed, year=year)
        short = replace(written, factor=written.factor * 0.6, has_full_year=False)
        return replace(short, doubts=(*written.doubts, doubt))
    if int(typed) != year:
        doubt = remark("common_year", written=typed, year=year)
        return replace(written, factor=written.factor * 0.85, doubts=(*written.doubts, doubt))
    return written


@cache
def _month_names() -> dict[str, int]:
    return {
        re.sub(r"[\s.]", "", normalise(name)): number
        for names in (MONTHS, SHORT_MONTHS)
        for number, name in enumerate(names, start=1)
    }


@cache
def _skeletons() -> tuple[tuple[str, int], ...]:
    return tuple((skeleton(normalise(name)), number) for number, name in enumerate(MONTHS, start=1))


def month_of(name: str) -> tuple[int | None, bool]:
    """The month (1 to 12) that a word names, and whether it is spelt so; a misread one is the likeliest, if clear."""
    written = re.sub(r"[\s.]", "", name)
    if written in _month_names():
        return _month_names()[written], True
    bones = skeleton(written)
    if not 3 <= len(bones) <= 12:
        return None, False
    ranked = sorted(((likeness(bones, meant), n) for meant, n in _skeletons()), reverse=True)
    (best, number), (second, _other) = ranked[:2]
    return (number if best >= _LIKE and best - second >= _MARGIN else None), False


def _month(sheet: Sheet, match: re.Match[str]) -> tuple[int | None, list[Remark]]:
    if match.re is _ENGLISH:
        return _ENGLISH_MONTHS.index(match["month"][:3].lower()) + 1, []
    if match.re is not _NAMED:
        return int(match["month"]), []
    month, is_spelt = month_of(match["month"])
    if month is None or is_spelt:
        return month, []
    seen = Spot(sheet, match.start("month"), match.end("month")).written
    return month, [remark("month_garbled", written=seen, meant=MONTHS[month - 1])]


def compared(found: WrittenDate, usual: int) -> WrittenDate:
    """Doubts a date that is far from the usual year; two digits that are near it as ค.ศ. are taken so, and say so."""
    if found.day is None or abs(buddhist_year(found.day) - usual) <= _FAR:
        return found
    if not found.has_full_year:
        return _as_common(found, found.day, usual)
    doubt = remark("year_far", year=buddhist_year(found.day), others=usual)
    return replace(found, factor=found.factor * 0.6, doubts=(*found.doubts, doubt))


def _as_common(found: WrittenDate, day: date, usual: int) -> WrittenDate:
    """“19/05/21” beside 2564 is 2021, not 2521."""
    year = 2000 + buddhist_year(day) % 100
    if abs(year + BUDDHIST_OFFSET - usual) > _FAR:
        return found
    try:
        moved = day.replace(year=year)
    except ValueError:
        return found
    doubt = remark("common_year", written=f"{year % 100:02}", year=buddhist_year(moved))
    doubts = tuple(each for each in found.doubts if each.code != "two_digit_year")
    return replace(found, day=moved, doubts=(*doubts, doubt))


def all_dates(sheets: Sequence[Sheet]) -> tuple[WrittenDate, ...]:
    """Of every sheet, compared with the year that most of them have."""
    found = tuple(each for sheet in sheets for each in dates_on(sheet))
    years = Counter(buddhist_year(each.day) for each in found if each.day and each.has_full_year)
    if not years:
        return found
    [(usual, _count)] = years.most_common(1)
    return tuple(compared(each, usual) for each in found)
