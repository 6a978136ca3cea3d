"""The stretch of days that a period written in words stands for: a month, a quarter, a half or a whole budget year."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from prongsai.thai.dates import BUDDHIST_OFFSET, BUDDHIST_YEARS, COMMON_YEARS, MONTHS, SHORT_MONTHS
from prongsai.thai.normalise import normalise

_LONGEST = 300
_MONTH_NUMBERS = {
    re.sub(r"[\s.]", "", name): number
    for names in (MONTHS, SHORT_MONTHS)
    for number, name in enumerate(names, start=1)
}
_NAMES = "|".join(re.escape(name).replace(r"\.", r"\.?\s?") for name in MONTHS + SHORT_MONTHS)
_ERA = r"(?:[พค]\s?\.?\s?ศ\s?\.?\s{0,2})?"
_TO = r"\s{0,3}(?:[-–—]|ถึง)\s{0,3}(?:เดือน)?\s{0,3}"
_DIGITS_OF_WORDS = {"หนึ่ง": "1", "สอง": "2", "สาม": "3", "สี่": "4", "หก": "6"}
_MONTHS_TO = re.compile(
    rf"(?P<first>{_NAMES})\s{{0,3}}(?:{_ERA}(?P<begun>\d{{4}})(?!\d))?{_TO}(?P<last>{_NAMES})\s{{0,3}}{_ERA}(?P<ended>\d{{4}})(?!\d)"
)
_MONTH = re.compile(rf"(?P<month>{_NAMES})\s{{0,3}}{_ERA}(?P<year>\d{{4}})(?!\d)")
_QUARTER = re.compile(
    r"ไตรมาส\s?(?:ที่)?\s{0,3}(?P<quarter>[1-4])(?!\d)(?:\s{0,2}/\s{0,2}(?P<year>\d{4}))?"
)
_HALF = re.compile(
    r"(?:6\s{0,2}เดือน|ครึ่งปี(?:งบประมาณ)?)\s{0,2}(?P<half>แรก|หลัง)|รอบ\s{0,2}(?P<six>6)\s{0,2}เดือน(?!\s{0,2}หลัง)"
)
_WHOLE = re.compile(
    rf"ปี\s?งบประมาณ\s{{0,3}}{_ERA}(?P<year>\d{{4}})(?!\d)|ประจำปี\s{{0,3}}{_ERA}(?P<plain>\d{{4}})(?!\d)"
)


@dataclass(frozen=True)
class Stretch:
    """From one day to another, both in it."""

    first: date
    last: date

    def covers(self, other: "Stretch") -> bool:
        return self.first <= other.first and other.last <= self.last


Reader = Callable[[re.Match[str], int | None], Stretch | None]


def whole_year(fiscal_year: int) -> Stretch:
    """1 October to 30 September. The year is of the Buddhist era and named after the one in which it ends."""
    ends_in = fiscal_year - BUDDHIST_OFFSET
    return Stretch(date(ends_in - 1, 10, 1), date(ends_in, 9, 30))


def months(fiscal_year: int, first: int, last: int) -> Stretch:
    """The months of a budget year by their place in it: 1 is October, 12 is September."""
    begin, end = _month_at(fiscal_year, first), _month_at(fiscal_year, last)
    return Stretch(begin, end.replace(day=monthrange(end.year, end.month)[1]))


def stretch(words: str, *, fiscal_year: int | None = None) -> Stretch | None:
    """What the words mean; those that name no year, such as “ไตรมาสที่ 2”, need the budget year. None if unknown."""
    text = normalise(words[:_LONGEST])
    for word, digit in _DIGITS_OF_WORDS.items():
        text = text.replace(f"{word}เดือน", f"{digit} เดือน")
    for pattern, read in _READERS:
        if found := pattern.search(text):
            return read(found, fiscal_year)
    return None


def _month_at(fiscal_year: int, place: int) -> date:
    begin = whole_year(fiscal_year).first
    years, month = divmod(begin.month - 1 + place - 1, 12)
    return date(begin.year + years, month + 1, 1)


def _common(year: str) -> int | None:
    number = int(year)
    if number in BUDDHIST_YEARS:
        return number - BUDDHIST_OFFSET
    return number if number in COMMON_YEARS else None


def _number(name: str) -> int:
    return _MONTH_NUMBERS[re.sub(r"[\s.]", "", name)]


def _from_to(found: re.Match[str], _year: int | None) -> Stretch | None:
    first, last, ended = _number(found["first"]), _number(found["last"]), _common(found["ended"])
    if ended is None:
        return None
    # “ตุลาคม – มีนาคม 2569” begins in the year before.
    begun = _common(found["begun"]) if found["begun"] else ended - (first > last)
    if begun is None or (begun, first) > (ended, last):
        return None
    return Stretch(date(begun, first, 1), date(ended, last, monthrange(ended, last)[1]))


def _one_month(found: re.Match[str], _year: int | None) -> Stretch | None:
    month, year = _number(found["month"]), _common(found["year"])
    if year is None:
        return None
    return Stretch(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def _quarter(found: re.Match[str], fiscal_year: int | None) -> Stretch | None:
    year = int(found["year"]) if found["year"] else fiscal_year
    last = int(found["quarter"]) * 3
    if year is None or year not in BUDDHIST_YEARS:
        return None
    return months(year, last - 2, last)


def _half(found: re.Match[str], fiscal_year: int | None) -> Stretch | None:
    """“รอบ 6 เดือน” alone is the report on the first half; the whole year has its own."""
    if fiscal_year is None:
        return None
    return months(fiscal_year, 7, 12) if found["half"] == "หลัง" else months(fiscal_year, 1, 6)


def _whole(found: re.Match[str], _year: int | None) -> Stretch | None:
    year = _common(found["year"] or found["plain"])
    return None if year is None else whole_year(year + BUDDHIST_OFFSET)


# A stretch first, or its last month would be taken for the whole.
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_MONTHS_TO, _from_to),
    (_QUARTER, _quarter),
    (_HALF, _half),
    (_MONTH, _one_month),
    (_WHOLE, _whole),
)
