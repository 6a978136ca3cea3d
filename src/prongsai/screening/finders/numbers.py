"""Numbers that belong to a person. Shape first, then checksum, then the words around.

OCR splits numbers, breaks lines in them and reads digits as letters; a number whose checksum fails is
therefore still a finding when its words say what it is.
"""

import re
from dataclasses import dataclass
from typing import Any

from prongsai.screening.finders.people import behind_a_name, is_anybody_named
from prongsai.screening.located import Hit, Page
from prongsai.screening.words import FAR, any_of, nearest, words
from prongsai.thai.identity import is_national_id

# What OCR reads for digits (measured): O, I, l, S, B, g, q, z and the bar.
_LETTERS = str.maketrans("oilsbgqz|", "011589921")
_MORE_LETTERS = str.maketrans("d!", "01")
_DIGIT = r"[0-9oilsbgqz|]"
DASH = r"\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u00ad\u00b7.~"
_GAP = rf"[\s{DASH}]{{1,4}}"
_MAYBE_GAP = rf"[\s{DASH}]{{0,4}}"
FREE_BEFORE = rf"(?<![0-9a-z])(?<![0-9][{DASH}/])"
FREE_AFTER = rf"(?![0-9a-z])(?![{DASH}/][0-9])"


def is_printed_id(text: str, start: int) -> bool:
    """Whether thirteen digits grouped as an ID's, or as a firm's number, begin there."""
    return _ID_PRINTED.match(text, start) is not None


def _grouped(*sizes: int, gap: str = _GAP) -> str:
    return gap.join(rf"{_DIGIT}{{{size}}}" for size in sizes)


# The printed groups of an ID. Nothing else is grouped like this, so that also what parts other things joins them.
_ID_GAP = rf"[\s{DASH}_/\u2022\u30fb]{{1,4}}"
_ID_GROUPS = (1, 4, 5, 2, 1)
_ID_PRINTED = re.compile(
    FREE_BEFORE
    + _ID_GAP.join(rf"{_DIGIT}(?:\n?{_DIGIT}){{{size - 1}}}" for size in _ID_GROUPS)
    + FREE_AFTER
)
_ID_UNBROKEN = re.compile(rf"{FREE_BEFORE}{_DIGIT}{{13}}{FREE_AFTER}")
_ID_SPREAD = re.compile(rf"{FREE_BEFORE}{_DIGIT}(?:{_GAP}{_DIGIT}){{12}}{FREE_AFTER}")
# The printed groups as a poor scan, or a table's cells, leave them: any signs between, more letters within.
_ID_SLIPPED = re.compile(
    FREE_BEFORE
    + r"[^\w\n!]{1,4}".join(rf"([0-9oilsbgqzd!]{{{size}}})" for size in _ID_GROUPS)
    + FREE_AFTER
)
# Each digit in a box of a form.
_ID_BOXED = re.compile(r"(?<![0-9a-z])[0-9](?:\s?[|\u2502\u2503]\s?[0-9]){12}(?![0-9a-z])")
# With something else directly beside it; as a spreadsheet writes amounts; torn anywhere.
_ID_BESIDE = re.compile(r"(?<![0-9a-z])[0-9]{13}(?![0-9a-z])")
_ID_AS_AMOUNT = re.compile(r"(?<![0-9a-z,.])[1-8](?:,[0-9]{3}){4}(?![0-9a-z,])(?!\.[0-9])")
_ID_TORN = re.compile(rf"{FREE_BEFORE}{_DIGIT}(?:{_MAYBE_GAP}{_DIGIT}){{12}}{FREE_AFTER}")
# Begun as an ID, but its last three digits are grouped as somebody's hand or a scanner left them.
_ID_BEGUN = re.compile(rf"{_DIGIT}{_GAP}{_DIGIT}{{4}}{_GAP}{_DIGIT}{{5}}{_GAP}\S")
_HALVES = re.compile(rf"{_DIGIT}{{2,11}}{_GAP}{_DIGIT}{{2,11}}")
_CLOSE = 25
# As far away as this a heading counts: a firm named beside the number is nearer.
_COLUMN_REACH = 12
_ROW_NUMBER = re.compile(r"\s*[0-9]{1,4}[.)]?\s")
# What the bars of a company that sells in Thailand begin with (GS1's prefix of the country).
_THAI_BARS = "885"
# With more letters than this it is a word or a code, not a misread number.
_MOST_LETTERS = 3

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
    rf"(?<![0-9a-z])[a-z]{{2}}[0-9]{_MAYBE_GAP}[0-9]{{7}}{_MAYBE_GAP}[0-9]{{2}}(?![0-9])"
)
_HOUSE = re.compile(rf"{FREE_BEFORE}[0-9]{{4}}{_MAYBE_GAP}[0-9]{{6}}{_MAYBE_GAP}[0-9]{FREE_AFTER}")
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


@dataclass(frozen=True)
class _Shape:
    """A torn one counts only with its check digit and a person's words, a slipped one with either."""

    pattern: re.Pattern[str]
    is_printed: bool = False
    is_slipped: bool = False
    is_torn: bool = False

    def digits(self, found: re.Match[str]) -> str:
        if self.is_slipped:
            return digits_of("".join(found.groups()).translate(_MORE_LETTERS))
        # The bars between boxes are no digits.
        return digits_of(found[0].replace("|", "") if self.pattern is _ID_BOXED else found[0])


_SHAPES = (
    _Shape(_ID_PRINTED, is_printed=True),
    _Shape(_ID_UNBROKEN),
    _Shape(_ID_SPREAD),
    _Shape(_ID_SLIPPED, is_printed=True, is_slipped=True),
    _Shape(_ID_BOXED),
    _Shape(_ID_BESIDE, is_torn=True),
    _Shape(_ID_AS_AMOUNT, is_torn=True),
    _Shape(_ID_TORN, is_torn=True),
)


def national_ids(page: Page) -> list[Hit]:
    hits: list[Hit] = []
    for shape in _SHAPES:
        for found in shape.pattern.finditer(page.text):
            hit = _national_id(page, found, shape)
            if hit and not any(hit.overlaps(other) for other in hits):
                hits.append(hit)
    return hits


@dataclass(frozen=True)
class _Thirteen:
    """Thirteen digits: how they are written, and how near the words stand that speak for and against an ID."""

    digits: str
    is_printed: bool
    is_slipped: bool
    is_torn: bool
    is_halved: bool
    person: int
    other: int
    company: int
    is_stateless: bool
    is_of_goods: bool

    @property
    def is_right(self) -> bool:
        """The checksum alone is not asked: OCR misreads about 30 % of Thai digits, and chance passes one in ten."""
        return is_national_id(self.digits)

    @property
    def is_personal(self) -> bool:
        return self.is_stateless or (self.person < FAR and self.person <= self.other)

    @property
    def is_other(self) -> bool:
        is_bars = self.digits.startswith(_THAI_BARS) and not self.is_printed
        return self.other < self.person or self.is_of_goods or is_bars

    @property
    def is_nothing(self) -> bool:
        """A pattern to fill in, or too poor to be one without its check digit or a person's words, or both."""
        if len(set(self.digits)) == 1:
            return True
        if self.is_torn:
            return not (self.is_right and self.is_personal)
        return self.is_slipped and not (self.is_right or self.is_personal)

    @property
    def is_of_a_firm(self) -> bool:
        """A number with 0 in front: juristic ones go on with a province (10 to 99), and their checksum is right.

        0-0 is a person without nationality; another 0 beside a person's words may be a misread digit.
        """
        is_named = self.company < FAR and self.company <= self.person
        is_firms = is_named or (self.is_right and self.digits[1] != "0")
        return self.digits[0] == "0" and not self.is_stateless and is_firms

    def severity(self) -> str:
        """What the shape, the checksum and the words together make of them; empty is nothing."""
        is_right, is_known = self.is_right, self.is_right and self.person < FAR
        table = (
            # In two pieces, and some of its digits misread: the words alone tell.
            (self.is_halved and self.person < _CLOSE, "block" if is_right else "decide"),
            (self.is_of_a_firm, ""),
            (self.is_nothing, ""),
            (is_right and self.is_printed and not self.is_other, "block"),
            (self.is_personal, "block"),
            # No ID begins with 9, and every book's number does.
            (self.digits[0] == "9" and not self.is_printed, ""),
            (self.is_printed and is_right, "decide"),
            (self.is_other and not is_known, ""),
            (self.is_printed or is_right, "decide"),
        )
        return next((severity for condition, severity in table if condition), "")


def _national_id(page: Page, found: re.Match[str], shape: _Shape) -> Hit | None:
    is_cell = shape.is_slipped or shape.pattern is _ID_BOXED
    # A stroke at its edge is the edge of a cell.
    is_edge = "|" in (found[0][0], found[0][-1])
    if not is_cell and (is_edge or len(re.findall(r"[a-z|]", found[0])) > _MOST_LETTERS):
        return None
    is_printed = shape.is_printed or _ID_BEGUN.match(found[0]) is not None
    is_torn = shape.is_torn and not is_printed
    person, other, company, stateless = (
        distance(page, *found.span(), "national_id", kind)
        for kind in ("person", "other", "company", "stateless")
    )
    if person == FAR and not is_torn and _is_in_column(page, found.start(), "national_id"):
        person = _COLUMN_REACH
    thirteen = _Thirteen(
        digits=shape.digits(found),
        is_printed=is_printed,
        is_slipped=shape.is_slipped,
        is_torn=is_torn,
        is_halved=is_torn and _HALVES.fullmatch(found[0]) is not None,
        person=min(person, _behind_a_name(page, found.start())),
        other=other,
        company=company,
        is_stateless=stateless < FAR,
        is_of_goods=_is_in_column(page, found.start(), "goods"),
    )
    severity = thirteen.severity()
    return Hit(*found.span(), thirteen.digits, severity) if severity else None


def _behind_a_name(page: Page, start: int) -> int:
    behind = behind_a_name(page, start)
    return behind if behind <= words("context")["national_id"]["name_reach"] else FAR


def _is_in_column(page: Page, start: int, which: str) -> bool:
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
    is_listed = not _MOBILE.fullmatch(digits) and _is_in_column(page, found.start(), "bank")
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
        or (found[0][0].isalpha() and _is_in_column(page, found.start(), "passport"))
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
