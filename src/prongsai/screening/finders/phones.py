"""Telephones: mobiles are somebody's unless they are the office's; land lines only where words say so."""

import re

from prongsai.screening.finders.national_ids import is_printed_id
from prongsai.screening.finders.numbers import DASH, FREE_AFTER, digits_of, distance
from prongsai.screening.finders.people import behind_a_name
from prongsai.screening.located import Hit, Page
from prongsai.screening.words import FAR, any_of, nearest, words

# (081) 234-5678 is as common on notices as 081-234-5678.
_GAP = rf"[\s{DASH}()]{{0,4}}"
_MOBILE = re.compile(
    rf"(?<![0-9a-z+])(?<![0-9][{DASH}/])(?:\+\s?66[\s\-.()]{{0,4}}0?\)?\s?|[0o])"
    rf"{_GAP}[689b](?:{_GAP}[0-9olsb]){{8}}{FREE_AFTER}"
)
_LAND = re.compile(
    rf"(?<![0-9a-z+])(?<![0-9][{DASH}/])0{_GAP}[2-57](?:{_GAP}[0-9]){{7}}{FREE_AFTER}"
)
_NAME_REACH = 45


def mobile_phones(page: Page) -> list[Hit]:
    """Office phones begin with 02 to 05 and 07, extensions and short numbers are shorter."""
    hits = []
    for found in _MOBILE.finditer(page.text):
        # +66 stands for the leading 0.
        digits = f"0{digits_of(found[0])[-9:]}"
        other, person = (
            distance(page, *found.span(), "phone", kind) for kind in ("other", "person")
        )
        if is_printed_id(page.text, found.start()):
            continue
        has_letters = re.search(r"[olsb]", found[0]) is not None
        if other < person or digits in page.own.phones or (has_letters and person == FAR):
            continue
        hits.append(Hit(*found.span(), digits, _severity(page, *found.span())))
    return hits


def _severity(page: Page, start: int, end: int) -> str:
    """Money goes to it, or a complaint came from it: then it blocks."""
    lists = words("phones")
    grave = any_of(tuple(lists["money"] + lists["complaint"]))
    office = any_of(tuple(lists["office"]))
    reach = (lists["reach"], 0)
    is_grave = nearest(page.text, start, end, grave, reach) < min(
        nearest(page.text, start, end, office, reach), FAR
    )
    return "block" if is_grave else ""


def land_lines(page: Page) -> list[Hit]:
    """Of a home or a private person, and not of an office or a shop."""
    return [
        Hit(*found.span(), digits_of(found[0]))
        for found in _LAND.finditer(page.text)
        if digits_of(found[0]) not in page.own.phones and _is_home(page, *found.span())
    ]


def _is_home(page: Page, start: int, end: int) -> bool:
    lists = words("phones")
    home = nearest(page.text, start, end, any_of(tuple(lists["home"])), (lists["reach"], 0))
    office = nearest(page.text, start, end, any_of(tuple(lists["office"])), (lists["reach"], 12))
    named = behind_a_name(page, start)
    return min(home, named if named <= _NAME_REACH else FAR) < min(office, FAR)
