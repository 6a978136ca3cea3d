"""Passages that somebody has to read: the software points, names the rule, and judges nothing."""

import re
from bisect import bisect
from collections.abc import Iterator
from functools import partial

from prongsai.screening.finders.people import names_on
from prongsai.screening.located import Find, Hit, Page
from prongsai.screening.words import any_of, words

_AROUND = 40


def _passages(kind: str, page: Page) -> list[Hit]:
    lists = words("passages")[kind]
    set_forms = any_of(tuple(lists["set_forms"]))
    hits = []
    for found in _once_a_line(page.text, any_of(tuple(lists["words"]))):
        around = page.text[max(0, found.start() - lists["around"]) : found.end() + lists["around"]]
        if not set_forms.search(around):
            hits.append(Hit(*found.span(), _datum(page.text, *found.span())))
    return hits


def passage(kind: str) -> Find:
    """The finder of one kind of passage: words that stand outside the forms in which they are usual."""
    return partial(_passages, kind)


def _once_a_line(text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The first in each line: who reads it reads the whole line."""
    line_end = -1
    for found in pattern.finditer(text):
        if found.start() > line_end:
            yield found
            end = text.find("\n", found.end())
            line_end = end if end >= 0 else len(text)


def _datum(text: str, start: int, end: int) -> str:
    return "".join(text[max(0, start - _AROUND) : end + _AROUND].split())


_PASSWORD = re.compile(r"(?:รหัสผ่าน|password|passwd|pwd)\s{0,3}[:=]\s{0,3}(?P<word>[!-~]{4,40})")


def credentials(page: Page) -> list[Hit]:
    """A password with its word behind it."""
    return [Hit(*found.span("word"), found["word"]) for found in _PASSWORD.finditer(page.text)]


def accusations(page: Page) -> list[Hit]:
    """A word of guilt in the same line as the name of a private person or a firm, and near it."""
    lists = words("passages")["accusation"]
    guilt, general = (any_of(tuple(lists[key])) for key in ("words", "set_forms"))
    accused = [name.span() for name in names_on(page)]
    accused += [firm.span() for firm in any_of(tuple(lists["firms"])).finditer(page.text)]
    accused.sort()
    hits = []
    for found in guilt.finditer(page.text) if accused else ():
        start, end = found.span()
        place = bisect(accused, (start, end))
        around = accused[max(0, place - 2) : place + 2]
        near = [
            span for span in around if _is_beside(page.text, span, (start, end), lists["reach"])
        ]
        if near and not general.search(
            page.text, max(0, start - lists["around"]), end + lists["around"]
        ):
            hits.append(Hit(start, end, _datum(page.text, start, end)))
    return hits


def _is_beside(text: str, one: tuple[int, int], other: tuple[int, int], reach: int) -> bool:
    first, second = sorted((one, other))
    between = text[first[1] : second[0]]
    return len(between) <= reach and "\n" not in between
