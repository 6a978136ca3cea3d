"""Numbers of official papers, amounts of money, and whole numbers in words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from prongsai.thai.dates import BUDDHIST_YEARS
from prongsai.thai.digits import to_arabic
from prongsai.thai.normalise import display_text


@dataclass(frozen=True)
class OfficialNumber:
    """`ที่ ตง 52008/ว 306` has letters, unit, circular mark and running number; `คำสั่งที่ 745/2559` has
    kind, running number and Buddhist year. What a number does not have is empty.
    """

    running: int
    letters: str = ""
    unit: str = ""
    year: int | None = None
    kind: str = ""
    is_circular: bool = False


class UnreadableNumber(ValueError):
    """Says in Thai what could not be read and how to write it."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f"อ่าน “{text.strip()[:40]}” เป็นตัวเลขไม่ได้ โปรดพิมพ์เฉพาะตัวเลข เช่น 1,250,000.50"
        )


_URGENCY = r"(?:ด่วน(?:ที่สุด|มาก)?\s+)?"
_KIND = r"(?P<kind>คำสั่ง|ประกาศ|ระเบียบ|ข้อบัญญัติ|เทศบัญญัติ|ข้อบังคับ)?"
_LETTERS = r"(?P<letters>[ก-ฮ]{1,4}(?:\s?\([ก-ฮ\s.]{1,20}\))?)"
_CIRCULAR = r"(?P<circular>ว\s*\.?\s*)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_URGENCY}(?:ที่\s*)?{_LETTERS}\s*(?P<unit>\d[\d.]{{0,11}})\s*/\s*{_CIRCULAR}(?P<running>\d{{1,9}})",
        rf"{_KIND}\s*(?:ที่|เลขที่)?\s*{_CIRCULAR}(?P<running>\d{{1,9}})\s*/\s*(?P<year>\d{{4}})",
        r"(?:ที่\s*)?(?P<circular>ว)\s*\.?\s*(?P<running>\d{1,9})",
    )
)
# Thousands stand in threes or not at all: “1,23” may be a slip for 1,230 or for 1.23.
_AMOUNT = re.compile(
    r"฿?\s?(?P<sign>[-\u2212])?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?(?:\.?[-\u2013])?\s?(?:บาท)?"
)


def parse_official_number(text: str) -> OfficialNumber | None:
    """None when the text is not the number of an official paper, and nothing else."""
    written = re.sub(r"\s+", " ", to_arabic(display_text(text[:200]))).strip()
    found = next((match for form in _FORMS if (match := form.fullmatch(written))), None)
    if found is None:
        return None
    parts = found.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    # “26/2021” is a fraction or a date in common years, not the number of an order.
    if year is not None and year not in BUDDHIST_YEARS:
        return None
    return OfficialNumber(
        running=int(parts["running"]),
        letters=parts.get("letters") or "",
        unit=parts.get("unit") or "",
        year=year,
        kind=parts.get("kind") or "",
        is_circular=bool(parts.get("circular")),
    )


def read_number(text: str) -> Decimal:
    """Thai digits, thousands in threes, ฿ and บาท are understood. Raises `UnreadableNumber`."""
    written = re.sub(r"\s+", " ", to_arabic(display_text(text[:100]))).strip()
    found = _AMOUNT.fullmatch(written)
    if found is None:
        raise UnreadableNumber(text)
    whole = found["whole"].replace(",", "")
    return Decimal(f"{'-' if found['sign'] else ''}{whole}{found['part'] or ''}")


_DIGIT_WORDS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACE_WORDS = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")


def in_words(number: int) -> str:
    """A whole number from 0 up, as it is spoken."""
    millions, rest = divmod(number, 1_000_000)
    if not millions:
        return _below_a_million(rest, is_continued=False) or "ศูนย์"
    return f"{in_words(millions)}ล้าน{_below_a_million(rest, is_continued=True)}"


def _below_a_million(number: int, *, is_continued: bool) -> str:
    written = str(number)
    words = [
        _place(int(digit), len(written) - 1 - index, is_alone=number == 1 and not is_continued)
        for index, digit in enumerate(written)
    ]
    return "".join(words)


def _place(digit: int, place: int, *, is_alone: bool) -> str:
    """Ten is not “one ten”, twenty has its own word, and a last one after anything is เอ็ด."""
    if digit == 0:
        return ""
    special = {(1, 1): "", (2, 1): "ยี่", (1, 0): "หนึ่ง" if is_alone else "เอ็ด"}
    return special.get((digit, place), _DIGIT_WORDS[digit]) + _PLACE_WORDS[place]
