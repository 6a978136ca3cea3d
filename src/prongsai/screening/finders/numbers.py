"""Numbers that belong to a person. Shape first, then checksum, then the words around.

OCR splits numbers, breaks lines in them and reads digits as letters; a number whose checksum fails is
therefore still a finding when its words say what it is.
"""

import re
from typing import Any

from prongsai.screening.located import Hit, Page
from prongsai.screening.words import FAR, any_of, nearest, words
from prongsai.thai.identity import is_national_id

# What OCR reads for digits (measured): O, I, l, S, B and the bar.
_LETTERS = str.maketrans("oilsb|", "011581")
_DIGIT = r"[0-9oilsb|]"
_DASH = r"\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u00ad\u00b7."
_GAP = rf"[\s{_DASH}]{{1,4}}"
_MAYBE_GAP = rf"[\s{_DASH}]{{0,4}}"
_FREE_BEFORE = rf"(?<![0-9a-z])(?<![0-9][{_DASH}/])"
_FREE_AFTER = rf"(?![0-9a-z])(?![{_DASH}/][0-9])"


def _grouped(*sizes: int, gap: str = _GAP) -> str:
    return gap.join(rf"{_DIGIT}{{{size}}}" for size in sizes)


# The printed shape of an ID, with any separator and perhaps torn by the end of a line; then unbroken;
# then one sign at a time.
_ID_PRINTED = re.compile(
    _FREE_BEFORE
    + _GAP.join(rf"{_DIGIT}(?:\n?{_DIGIT}){{{size - 1}}}" for size in (1, 4, 5, 2, 1))
    + _FREE_AFTER
)
_ID_UNBROKEN = re.compile(rf"{_FREE_BEFORE}{_DIGIT}{{13}}{_FREE_AFTER}")
_ID_SPREAD = re.compile(rf"{_FREE_BEFORE}{_DIGIT}(?:{_GAP}{_DIGIT}){{12}}{_FREE_AFTER}")
_ID_TORN = re.compile(rf"{_FREE_BEFORE}{_DIGIT}(?:{_MAYBE_GAP}{_DIGIT}){{12}}{_FREE_AFTER}")
# With more letters than this it is a word or a code, not a misread number.
_MOST_LETTERS = 3

# (081) 234-5678 is as common on notices as 081-234-5678.
_PHONE_GAP = rf"[\s{_DASH}()]{{0,4}}"
_MOBILE = re.compile(
    rf"(?<![0-9a-z+])(?<![0-9][{_DASH}/])(?:\+\s?66[\s\-.()]{{0,4}}0?\)?\s?|[0o])"
    rf"{_PHONE_GAP}[689](?:{_PHONE_GAP}[0-9ol]){{8}}{_FREE_AFTER}"
)
_BANK = re.compile(
    rf"{_FREE_BEFORE}(?:{_grouped(3, 1, 5, 1)}|[0-9]{{3}}[{_DASH}\s][0-9]{{6,7}}[{_DASH}\s]?[0-9]?"
    rf"|[0-9]{{10}}|[0-9]{{12}}){_FREE_AFTER}"
)
_PASSPORT = re.compile(r"(?<![0-9a-z])[a-z]{1,2}\s?[0-9]{6,7}(?![0-9a-z])")
_LASER = re.compile(
    rf"(?<![0-9a-z])[a-z]{{2}}[0-9]{_MAYBE_GAP}[0-9]{{7}}{_MAYBE_GAP}[0-9]{{2}}(?![0-9])"
)
_HOUSE = re.compile(
    rf"{_FREE_BEFORE}[0-9]{{4}}{_MAYBE_GAP}[0-9]{{6}}{_MAYBE_GAP}[0-9]{_FREE_AFTER}"
)
_PLATE = re.compile(r"(?<![ก-๎0-9.])[0-9]?\s?[ก-ฮ]{2}[\s\-]{0,2}[0-9]{1,4}(?![0-9/.])")


def digits_of(written: str) -> str:
    """The digits that a scanned number means."""
    return re.sub(r"[^0-9]", "", written.translate(_LETTERS))


def _distance(page: Page, start: int, end: int, which: str, kind: str) -> int:
    window = words("context")["window"]
    pattern = any_of(tuple(words("context")[which][kind]))
    return nearest(page.text, start, end, pattern, (window["before"], window["after"]))


def _is_near(page: Page, found: re.Match[str], which: str) -> bool:
    """The words that make it personal are nearer than those that make it something else.

    As near means inside: รหัสบัญชี is not a บัญชี.
    """
    person = _distance(page, *found.span(), which, "person")
    return person < _distance(page, *found.span(), which, "other")


def national_ids(page: Page) -> list[Hit]:
    hits: list[Hit] = []
    for pattern in (_ID_PRINTED, _ID_UNBROKEN, _ID_SPREAD, _ID_TORN):
        for found in pattern.finditer(page.text):
            hit = _national_id(
                page, found, is_printed=pattern is _ID_PRINTED, is_torn=pattern is _ID_TORN
            )
            if hit and not any(hit.overlaps(other) for other in hits):
                hits.append(hit)
    return hits


def _national_id(
    page: Page, found: re.Match[str], *, is_printed: bool, is_torn: bool
) -> Hit | None:
    digits = digits_of(found[0])
    if len(re.findall(r"[a-z|]", found[0])) > _MOST_LETTERS:
        return None
    person, other, company = (
        _distance(page, *found.span(), "national_id", kind)
        for kind in ("person", "other", "company")
    )
    # The checksum alone is not asked: OCR misreads about 30 % of Thai digits, and chance passes one in ten.
    is_personal = person < FAR and person <= other
    is_right = is_national_id(digits)
    if digits[0] == "0" and _is_company(digits, is_right, person, company):
        return None
    severity = _severity(
        is_right=is_right,
        is_personal=is_personal,
        is_other=other < person,
        is_printed=is_printed,
        is_torn=is_torn,
    )
    return Hit(*found.span(), digits, severity) if severity else None


def _is_company(digits: str, is_right: bool, person: int, company: int) -> bool:
    """A number with 0 in front: juristic ones go on with a province (10 to 99), and their checksum is right.

    0-0 is a person without nationality; another 0 beside a person's words may be a misread digit.
    """
    is_named = company < FAR and company <= person
    return is_named or (is_right and digits[1] != "0")


def _severity(
    *, is_right: bool, is_personal: bool, is_other: bool, is_printed: bool, is_torn: bool
) -> str:
    """What the shape, the checksum and the words together make of thirteen digits; empty is nothing."""
    table = (
        (is_torn and not (is_right and is_personal), ""),
        (is_right and is_printed and not is_other, "block"),
        (is_personal, "block"),
        (is_printed and is_right, "decide"),
        (is_other, ""),
        (is_printed or is_right, "decide"),
    )
    return next((severity for condition, severity in table if condition), "")


def mobile_phones(page: Page) -> list[Hit]:
    """Office phones begin with 02 to 05 and 07, extensions and short numbers are shorter."""
    hits = []
    for found in _MOBILE.finditer(page.text):
        digits = digits_of(found[0])
        # +66 stands for the leading 0.
        digits = f"0{digits[-9:]}"
        other = _distance(page, *found.span(), "phone", "other")
        person = _distance(page, *found.span(), "phone", "person")
        has_letters = re.search(r"[ol]", found[0]) is not None
        if other < person or digits in page.own.phones or (has_letters and person == FAR):
            continue
        hits.append(Hit(*found.span(), digits))
    return hits


def bank_accounts(page: Page) -> list[Hit]:
    return _near(page, _BANK, "bank", digits_of)


def passports(page: Page) -> list[Hit]:
    return _near(page, _PASSPORT, "passport", _unspaced)


def laser_codes(page: Page) -> list[Hit]:
    return _near(page, _LASER, "laser", _unspaced)


def house_codes(page: Page) -> list[Hit]:
    return _near(page, _HOUSE, "house", digits_of)


def plates(page: Page) -> list[Hit]:
    return _near(page, _PLATE, "plate", _unspaced)


def _near(page: Page, pattern: re.Pattern[str], which: str, datum: Any) -> list[Hit]:
    found = pattern.finditer(page.text)
    return [Hit(*one.span(), datum(one[0])) for one in found if _is_near(page, one, which)]


def _unspaced(written: str) -> str:
    return re.sub(r"[\s\-]", "", written)
