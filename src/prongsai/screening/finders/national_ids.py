"""Thirteen digits that may be a person's: how they are written, their check digit, and the words around."""

import re
from dataclasses import dataclass
from functools import cached_property

from prongsai.screening.finders.numbers import (
    DASH,
    DIGIT,
    FREE_AFTER,
    FREE_BEFORE,
    GAP,
    MAYBE_GAP,
    digits_of,
    distance,
    is_in_column,
)
from prongsai.screening.finders.people import behind_a_name
from prongsai.screening.located import Hit, Page
from prongsai.screening.words import FAR, words
from prongsai.thai.identity import is_national_id

_MORE_LETTERS = str.maketrans("d!", "01")
# The printed groups of an ID. Nothing else is grouped like this, so that also what parts other things joins them.
_ANY_GAP = rf"[\s{DASH}_/\u2022\u30fb]{{1,4}}"
_GROUPS = (1, 4, 5, 2, 1)
_PRINTED = re.compile(
    FREE_BEFORE
    + _ANY_GAP.join(rf"{DIGIT}(?:\n?{DIGIT}){{{size - 1}}}" for size in _GROUPS)
    + FREE_AFTER
)
# Words of other languages stand without a space before it.
_UNBROKEN = re.compile(
    rf"(?:{FREE_BEFORE}{DIGIT}|(?<=(?<![a-z])id)[0-9]|(?<=(?<![a-z])no)[0-9]){DIGIT}{{12}}{FREE_AFTER}"
)
_SPREAD = re.compile(rf"{FREE_BEFORE}{DIGIT}(?:{GAP}{DIGIT}){{12}}{FREE_AFTER}")
# The printed groups as a poor scan, or a table's cells, leave them: any signs between, more letters within.
_SLIPPED = re.compile(
    FREE_BEFORE
    + r"[^\w\n!]{1,4}".join(rf"([0-9oilsbgqzd!]{{{size}}})" for size in _GROUPS)
    + FREE_AFTER
)
# Each digit in a box of a form, whatever its edges became.
_BOXED = re.compile(r"(?<![0-9a-z])[0-9](?:\s?[^\w\s,.]{1,2}\s?[0-9]){12}(?![0-9a-z])")
# With something else directly beside it; as a spreadsheet writes amounts; torn anywhere.
_BESIDE = re.compile(r"(?<![0-9a-z])[0-9]{13}(?![0-9a-z])")
_AS_AMOUNT = re.compile(r"(?<![0-9a-z,.])[1-8](?:,[0-9]{3}){4}(?![0-9a-z,])(?!\.[0-9])")
_TORN = re.compile(rf"{FREE_BEFORE}{DIGIT}(?:{MAYBE_GAP}{DIGIT}){{12}}{FREE_AFTER}")
# Begun as an ID, but its last three digits are grouped as somebody's hand or a scanner left them.
_BEGUN = re.compile(rf"{DIGIT}{GAP}{DIGIT}{{4}}{GAP}{DIGIT}{{5}}{GAP}\S")
_HALVES = re.compile(rf"{DIGIT}{{2,11}}{GAP}{DIGIT}{{2,11}}")
_CLOSE = 25
# As far away as this a heading counts: a firm named beside the number is nearer.
_COLUMN_REACH = 12
# Persons without nationality, and without a status in the civil register: no province has these numbers. From
# memory, unverified.
_NO_FIRMS = ("00", "089")
# What the bars of a company that sells in Thailand begin with (GS1's prefix of the country).
_THAI_BARS = "885"
# With more letters than this it is a word or a code, not a misread number.
_MOST_LETTERS = 3


def is_printed_id(text: str, start: int) -> bool:
    """Whether thirteen digits grouped as an ID's, or as a firm's number, begin there."""
    return _PRINTED.match(text, start) is not None


@dataclass(frozen=True)
class _Shape:
    """A torn one counts only with its check digit and a person's words, a slipped one with either."""

    pattern: re.Pattern[str]
    is_printed: bool = False
    is_slipped: bool = False
    is_torn: bool = False

    @property
    def is_of_cells(self) -> bool:
        return self.is_slipped or self.pattern is _BOXED

    def digits(self, found: re.Match[str]) -> str:
        if self.is_slipped:
            return digits_of("".join(found.groups()).translate(_MORE_LETTERS))
        # The bars between boxes are no digits.
        return digits_of(found[0].replace("|", "") if self.pattern is _BOXED else found[0])


_SHAPES = (
    _Shape(_PRINTED, is_printed=True),
    _Shape(_UNBROKEN),
    _Shape(_SPREAD),
    _Shape(_SLIPPED, is_printed=True, is_slipped=True),
    _Shape(_BOXED),
    _Shape(_BESIDE, is_torn=True),
    _Shape(_AS_AMOUNT, is_torn=True),
    _Shape(_TORN, is_torn=True),
)


def national_ids(page: Page) -> list[Hit]:
    hits: list[Hit] = []
    taken: set[int] = set()
    for shape in _SHAPES:
        for found in shape.pattern.finditer(page.text):
            letters = range(*found.span())
            if not taken.isdisjoint(letters):
                continue
            if hit := _national_id(page, found, shape):
                taken.update(letters)
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
    is_of_row: bool

    @cached_property
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
    def is_plain(self) -> bool:
        return self.is_right and self.is_printed and not self.is_other

    @property
    def is_of_a_book(self) -> bool:
        """No ID begins with 9, and every book's number does."""
        return self.digits[0] == "9" and not self.is_printed

    @property
    def is_known(self) -> bool:
        """With its check digit, and a person's words somewhere near."""
        return self.is_right and self.person < FAR

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
        """A number with 0 in front: juristic ones go on with a province (10 to 96), and their checksum is right.

        Another 0 beside a person's words may be a misread digit.
        """
        is_named = self.company < FAR and self.company <= self.person
        is_firms = is_named or (self.is_right and not self.digits.startswith(_NO_FIRMS))
        return self.digits[0] == "0" and not self.is_stateless and is_firms

    def severity(self) -> str:
        """What the shape, the checksum and the words together make of them; empty is nothing."""
        is_right = self.is_right
        if self.is_halved and self.person < _CLOSE:
            # In two pieces, and some of its digits misread: the words alone tell.
            return "block" if is_right else "decide"
        table = (
            (self.is_of_a_firm or self.is_nothing, ""),
            (self.is_plain or self.is_personal, "block"),
            (self.is_of_a_book, ""),
            ((self.is_printed or self.is_of_row) and is_right, "decide"),
            (self.is_other and not self.is_known, ""),
            (self.is_printed or is_right, "decide"),
        )
        return next((severity for condition, severity in table if condition), "")


def _national_id(page: Page, found: re.Match[str], shape: _Shape) -> Hit | None:
    if not shape.is_of_cells and _is_word_or_edge(found[0]):
        return None
    thirteen = _thirteen(page, found, shape)
    severity = thirteen.severity()
    return Hit(*found.span(), thirteen.digits, severity) if severity else None


def _is_word_or_edge(written: str) -> bool:
    """A stroke at its edge is the edge of a cell."""
    return "|" in (written[0], written[-1]) or len(re.findall(r"[a-z|]", written)) > _MOST_LETTERS


def _thirteen(page: Page, found: re.Match[str], shape: _Shape) -> _Thirteen:
    is_printed = shape.is_printed or _BEGUN.match(found[0]) is not None
    is_torn = shape.is_torn and not is_printed
    person, other, company, stateless = (
        distance(page, *found.span(), "national_id", kind)
        for kind in ("person", "other", "company", "stateless")
    )
    if person == FAR and not is_torn and is_in_column(page, found.start(), "national_id"):
        person = _COLUMN_REACH
    return _Thirteen(
        digits=shape.digits(found),
        is_printed=is_printed,
        is_slipped=shape.is_slipped,
        is_torn=is_torn,
        is_halved=is_torn and _HALVES.fullmatch(found[0]) is not None,
        person=min(person, _behind_a_name(page, found.start())),
        other=other,
        company=company,
        is_stateless=stateless < FAR,
        is_of_goods=is_in_column(page, found.start(), "goods"),
        is_of_row=page.seen.is_row,
    )


def _behind_a_name(page: Page, start: int) -> int:
    behind = behind_a_name(page, start)
    return behind if behind <= words("context")["national_id"]["name_reach"] else FAR
