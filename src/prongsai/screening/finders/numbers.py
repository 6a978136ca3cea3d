"""Numbers that belong to a person. Shape first, then checksum, then the words around.

OCR splits numbers, breaks lines in them and reads digits as letters; a number whose checksum fails is
therefore still a finding when its words say what it is.
"""

import re
from typing import Any

from prongsai.screening.finders.people import is_anybody_named
from prongsai.screening.located import Hit, Page
from prongsai.screening.words import any_of, nearest, words

# What OCR reads for digits (measured): O, I, l, S, B, g, q, z and the bar.
_LETTERS = str.maketrans("oilsbgqz|", "011589921")
DIGIT = r"[0-9oilsbgqz|]"
DASH = r"\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u00ad\u00b7.~"
GAP = rf"[\s{DASH}]{{1,4}}"
MAYBE_GAP = rf"[\s{DASH}]{{0,4}}"
FREE_BEFORE = rf"(?<![0-9a-z])(?<![0-9][{DASH}/])"
FREE_AFTER = rf"(?![0-9a-z])(?![{DASH}/][0-9])"


def _grouped(*sizes: int) -> str:
    return GAP.join(rf"{DIGIT}{{{size}}}" for size in sizes)


_ROW_NUMBER = re.compile(r"\s*[0-9]{1,4}[.)]?\s")
_BANK = re.compile(
    rf"{FREE_BEFORE}(?:{_grouped(3, 1, 5, 1)}|[0-9]{{3}}[{DASH}\s][0-9]{{6,7}}[{DASH}\s]?[0-9]?"
    rf"|[0-9]{{10}}|[0-9]{{12}}){FREE_AFTER}"
)
# However a bank groups them; ten to twelve digits in all.
_BANK_GROUPED = re.compile(
    rf"{FREE_BEFORE}[0-9ol](?:[0-9ol]{{0,8}}[ {DASH}]{{1,3}}){{1,4}}[0-9ol]{{1,9}}{FREE_AFTER}"
)
_MOBILE = re.compile(r"0[689][0-9]{8}")
_MOBILE_GROUPED = re.compile(rf"0[689][0-9][ {DASH}]{{1,3}}[0-9]{{3}}[ {DASH}]{{1,3}}[0-9]{{4}}")
_PASSPORT = re.compile(r"(?<![0-9a-z])(?:[a-z]{1,2}\s?[0-9o]{6,8}|[0-9]{9})(?![0-9a-z])")
# Its dashes alone tell what it is; without them the words around must.
_LASER_PRINTED = re.compile(r"(?<![0-9a-z])[a-z]{2}[0-9]-[0-9]{7}-[0-9]{2}(?![0-9\-])")
_LASER = re.compile(
    rf"(?<![0-9a-z])[a-z]{{2}}[0-9]{MAYBE_GAP}[0-9]{{7}}{MAYBE_GAP}[0-9]{{2}}(?![0-9])"
)
_HOUSE = re.compile(rf"{FREE_BEFORE}[0-9]{{4}}{MAYBE_GAP}[0-9]{{6}}{MAYBE_GAP}[0-9]{FREE_AFTER}")
_PLATE = re.compile(
    r"(?<![ก-๎0-9.])(?:[0-9]?\s?[ก-ฮ]{2}[\s\-]{0,2}[0-9]{1,4}|[0-9]{2}-[0-9]{4})(?![0-9/.])"
)


def digits_of(written: str) -> str:
    """The digits that a scanned number means."""
    return re.sub(r"[^0-9]", "", written.translate(_LETTERS))


def distance(page: Page, start: int, end: int, which: str, kind: str) -> int:
    window = words("context")["window"]
    pattern = any_of(tuple(words("context")[which][kind]))
    return nearest(page.text, start, end, pattern, (window["before"], window["after"]))


def _is_near(page: Page, found: re.Match[str], which: str) -> bool:
    """The words that make it personal are nearer than those that make it something else.

    As near means inside: รหัสบัญชี is not a บัญชี.
    """
    person = distance(page, *found.span(), which, "person")
    return person < distance(page, *found.span(), which, "other")


def is_in_column(page: Page, start: int, which: str) -> bool:
    """In a row of a table whose heading, somewhere above, says that a column holds such numbers."""
    line, end = _line_around(page.text, start, start)
    row = page.text[line:end]
    if "\t" not in row and "|" not in row and not _ROW_NUMBER.match(row):
        return False
    headings = any_of(tuple(words("context")[which]["columns"]))
    return headings.search(page.text, 0, line) is not None


def bank_accounts(page: Page) -> list[Hit]:
    """Also in a table that has a column of accounts. What an office or a firm holds is nobody's own."""
    hits: list[Hit] = []
    for pattern in (_BANK, _BANK_GROUPED):
        for found in pattern.finditer(page.text):
            hit = _account(page, found)
            if hit and not any(hit.overlaps(other) for other in hits):
                hits.append(hit)
    return hits


def _account(page: Page, found: re.Match[str]) -> Hit | None:
    digits = digits_of(found[0])
    is_mobile = _MOBILE_GROUPED.fullmatch(found[0]) is not None
    if len(digits) not in (10, 11, 12) or is_mobile:
        return None
    is_called = _is_near(page, found, "bank")
    is_listed = not _MOBILE.fullmatch(digits) and is_in_column(page, found.start(), "bank")
    if not is_called and not is_listed:
        return None
    severity = _account_severity(page, found, is_listed=is_listed)
    return Hit(*found.span(), digits, severity) if severity else None


def _account_severity(page: Page, found: re.Match[str], *, is_listed: bool) -> str:
    """Nothing where an office or a firm holds it, a block with who is paid or in a list, else a question."""
    lists = words("context")["bank"]
    line = _line_around(page.text, *found.span())
    above = (max(0, line[0] - lists["reports_reach"]), line[0])

    def stands(key: str, place: tuple[int, int] = line) -> bool:
        return any_of(tuple(lists[key])).search(page.text, *place) is not None

    is_held = stands("holders") or stands("reports", above)
    is_paid = is_anybody_named(page, *line) or (stands("paid") and not stands("gifts"))
    if is_held and not is_paid:
        return ""
    return "block" if is_paid or is_listed else "decide"


def passports(page: Page) -> list[Hit]:
    """Also in a table that has a column of them."""
    return [
        Hit(*found.span(), _unspaced(found[0]))
        for found in _PASSPORT.finditer(page.text)
        if _is_near(page, found, "passport")
        or (found[0][0].isalpha() and is_in_column(page, found.start(), "passport"))
    ]


def laser_codes(page: Page) -> list[Hit]:
    hits = [Hit(*one.span(), _unspaced(one[0])) for one in _LASER_PRINTED.finditer(page.text)]
    near = _near(page, _LASER, "laser", _unspaced)
    return hits + [hit for hit in near if not any(hit.overlaps(other) for other in hits)]


def house_codes(page: Page) -> list[Hit]:
    return _near(page, _HOUSE, "house", digits_of)


def plates(page: Page) -> list[Hit]:
    """Not of the vehicles of an office."""
    lists = words("context")["plate"]
    public, owned = (any_of(tuple(lists[key])) for key in ("public", "owned"))
    hits = []
    for hit in _near(page, _PLATE, "plate", _unspaced):
        line = _line_around(page.text, hit.start, hit.end)
        if owned.search(page.text, *line) or not public.search(page.text, *line):
            hits.append(hit)
    return hits


def _line_around(text: str, start: int, end: int) -> tuple[int, int]:
    end = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, end if end >= 0 else len(text)


def _near(page: Page, pattern: re.Pattern[str], which: str, datum: Any) -> list[Hit]:
    found = pattern.finditer(page.text)
    return [Hit(*one.span(), datum(one[0])) for one in found if _is_near(page, one, which)]


def _unspaced(written: str) -> str:
    return re.sub(r"[\s\-]", "", written)
