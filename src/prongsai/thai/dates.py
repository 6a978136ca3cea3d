"""Dates as Thai officers write them, in Buddhist years; in the program they are `date`."""

import re
from calendar import isleap, monthrange
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal, NamedTuple

from prongsai.thai.digits import to_thai
from prongsai.thai.normalise import normalise

Style = Literal["long", "formal", "short", "numeric"]
Digits = Literal["arabic", "thai"]
Reason = Literal["unrecognised", "no_such_month", "no_such_day", "not_a_leap_year", "unclear_year"]

BUDDHIST_OFFSET = 543
# The two ranges do not meet, so that a year of four digits without its era is never in doubt.
BUDDHIST_YEARS = range(2400, 2700)
COMMON_YEARS = range(1900, 2101)
# Thailand has kept UTC+7 without summer time since 1920.
BANGKOK = timezone(timedelta(hours=7), "ICT")

MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
SHORT_MONTHS = (
    *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
    *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
)

# Longer than any date is written; keeps the patterns from reading a whole document.
_LONGEST = 200

# One sentence for each reason, so that all can be read and corrected in one go.
_SENTENCES: dict[Reason, str] = {
    "unrecognised": "อ่าน “{text}” เป็นวันที่ไม่ได้ โปรดพิมพ์วัน เดือน และปี เช่น 26 เมษายน 2564 หรือ 26/04/2564",
    "no_such_month": "ไม่มีเดือนที่ {month} โปรดใส่เดือนเป็นเลข 1 ถึง 12 หรือพิมพ์ชื่อเดือน",
    "no_such_day": "ไม่มีวันที่ {day} {month_name} เพราะเดือนนี้มี {last} วัน โปรดแก้วันที่",
    "not_a_leap_year": "ไม่มีวันที่ 29 กุมภาพันธ์ {year} เพราะปีนั้นเดือนกุมภาพันธ์มี 28 วัน โปรดแก้วันที่หรือปี",
    "unclear_year": "ไม่แน่ใจว่าปี “{year}” คือปีใด โปรดพิมพ์ปี พ.ศ. สี่หลัก เช่น 2564",
}


class UnreadableDate(ValueError):
    """Says in Thai what to do; `reason` and `values` let a form say it in other words."""

    def __init__(self, reason: Reason, **values: object) -> None:
        self.reason = reason
        self.values = values
        super().__init__(_SENTENCES[reason].format(**values))


class _Parts(NamedTuple):
    day: int
    month: int
    year: str
    era: str


def _month_pattern(name: str) -> str:
    """A month name with or without its full stops, which people often leave out."""
    return re.escape(normalise(name)).replace(r"\.", r"\s*\.?\s*")


_MONTH_NUMBERS = {
    re.sub(r"[\s.]", "", normalise(name)): number
    for names in (MONTHS, SHORT_MONTHS)
    for number, name in enumerate(names, start=1)
}
_NAMES = "|".join(_month_pattern(name) for name in MONTHS + SHORT_MONTHS)
_ERA = r"(?P<era>(?:พ\s*\.?\s*ศ|ค\s*\.?\s*ศ)\s*\.?\s*)?"
_LEAD = r"(?:ณ\s*)?(?:วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)?\s*(?:ที่)?\s*)?"
_SEPARATOR = r"\s*[/.\-\u2010-\u2015\u2212]\s*"
# In the order of trust: a month's name cannot be mistaken for a day.
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_LEAD}(?P<day>\d{{1,2}})\s*(?:เดือน\s*)?(?P<month>{_NAMES})\s*{_ERA}(?P<year>\d{{1,6}})",
        rf"(?P<day>\d{{1,2}}){_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}{_ERA}(?P<year>\d{{1,6}})",
        rf"{_ERA}(?P<year>\d{{4}}){_SEPARATOR}(?P<month>\d{{1,2}}){_SEPARATOR}(?P<day>\d{{1,2}})",
    )
)


def parse_date(text: str) -> date:
    """Thai or Arabic digits, month names or numbers (day first), Buddhist or common years.

    Two digits are a Buddhist year 25xx. Raises `UnreadableDate`.
    """
    parts = _parts(text)
    year = _common_year(parts)
    if parts.month not in range(1, 13):
        raise UnreadableDate("no_such_month", month=parts.month)
    _refuse_impossible_day(parts.day, parts.month, year)
    return date(year, parts.month, parts.day)


def _parts(text: str) -> _Parts:
    written = re.sub(r"\s+", " ", normalise(text[:_LONGEST])).strip().removesuffix(".")
    found = next((match for form in _FORMS if (match := form.fullmatch(written))), None)
    if found is None:
        raise UnreadableDate("unrecognised", text=text.strip()[:60])
    name = re.sub(r"[\s.]", "", found["month"])
    month = _MONTH_NUMBERS.get(name) or int(name)
    return _Parts(int(found["day"]), month, found["year"], (found["era"] or "")[:1])


def _common_year(parts: _Parts) -> int:
    year = int(parts.year) if len(parts.year) in (2, 4) else 0
    # A year that says ค.ศ. is never taken for a Buddhist one, nor the other way round.
    if len(parts.year) == 2 and parts.era != "ค":
        year += 2500
    if year in BUDDHIST_YEARS and parts.era != "ค":
        return year - BUDDHIST_OFFSET
    if year in COMMON_YEARS and parts.era != "พ":
        return year
    raise UnreadableDate("unclear_year", year=parts.year)


def _refuse_impossible_day(day: int, month: int, year: int) -> None:
    if (day, month) == (29, 2) and not isleap(year):
        raise UnreadableDate("not_a_leap_year", year=f"พ.ศ. {year + BUDDHIST_OFFSET}")
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise UnreadableDate("no_such_day", day=day, month_name=MONTHS[month - 1], last=last)


def buddhist_year(day: date) -> int:
    """The calendar year as people in Thailand count it."""
    return day.year + BUDDHIST_OFFSET


def fiscal_year(day: date) -> int:
    """The Thai budget year (Buddhist era), which starts on 1 October of the year before it."""
    return buddhist_year(day) + (day.month >= 10)


def start_of(day: date) -> datetime:
    """Its first moment in Thailand."""
    return datetime.combine(day, time.min, tzinfo=BANGKOK)


def end_of(day: date) -> datetime:
    """The first moment in Thailand after it."""
    return start_of(day + timedelta(days=1))


def month_name(month: int, short: bool = False) -> str:
    """Month 1 is มกราคม, ม.ค."""
    if month not in range(1, 13):
        raise UnreadableDate("no_such_month", month=month)
    return (SHORT_MONTHS if short else MONTHS)[month - 1]


def format_month(first: date) -> str:
    """มกราคม 2569."""
    return f"{month_name(first.month)} {buddhist_year(first)}"


def format_date(day: date, *, style: Style = "long", digits: Digits = "arabic") -> str:
    """Always a Buddhist year of four digits; `formal` is long with “พ.ศ.” before it."""
    year = buddhist_year(day)
    patterns: dict[Style, str] = {
        "long": f"{day.day} {month_name(day.month)} {year}",
        "formal": f"{day.day} {month_name(day.month)} พ.ศ. {year}",
        "short": f"{day.day} {month_name(day.month, short=True)} {year}",
        "numeric": f"{day.day:02}/{day.month:02}/{year}",
    }
    return _in_digits(patterns[style], digits)


def format_datetime(moment: datetime, *, style: Style = "long", digits: Digits = "arabic") -> str:
    """Bangkok time; a moment without a time zone is refused with ValueError."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone to be shown in Bangkok time.")
    local = moment.astimezone(BANGKOK)
    word = " " if style in ("short", "numeric") else " เวลา "
    clock = f"{local.hour:02}.{local.minute:02} น."
    return _in_digits(format_date(local.date(), style=style) + word + clock, digits)


def _in_digits(text: str, digits: Digits) -> str:
    return to_thai(text) if digits == "thai" else text
