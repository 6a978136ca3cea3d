"""Copies of papers that belong to a person: what is printed on an ID card, a bank book, a house register.

Read from scans, so several of the printed words must be there, and none must be whole.
"""

import re
from functools import partial

from prongsai.screening.finders.scanned import is_scan
from prongsai.screening.located import Find, Hit, Page
from prongsai.screening.words import any_of, words

_CERTIFIED = re.compile(r"^[^\n]{0,12}สำเนา\s?ถูกต้อง[^\n]{0,12}$", re.MULTILINE)


def _copies(kind: str, page: Page) -> list[Hit]:
    lists = words("copies")[kind]
    found = list(any_of(tuple(lists["printed"])).finditer(page.text))
    different = {one[0] for one in found}
    has_proof = any_of(tuple(lists["proof"])).search(page.text) is not None
    if len(different) < lists["least"] or not has_proof:
        return []
    return [Hit(found[0].start(), found[0].end(), page.text)]


def paper_copy(kind: str) -> Find:
    """The finder of one kind of paper."""
    return partial(_copies, kind)


def certified_copies(page: Page) -> list[Hit]:
    """The mark by itself in a line: somebody's signature stands beside it."""
    hits = [Hit(*found.span(), page.text) for found in _CERTIFIED.finditer(page.text)]
    return [hit for hit in hits if is_scan(page) or not _is_asked_for(page.text, hit)]


def _is_asked_for(text: str, hit: Hit) -> bool:
    asked = any_of(tuple(words("copies")["asked_for"]))
    return asked.search(text, max(0, hit.start - 60), hit.end) is not None
