"""Tables of people: who receives, owes, learns or complains is private even without a number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from prongsai.screening.finders.contacts import DATE
from prongsai.screening.finders.people import begins_row, names_on
from prongsai.screening.located import Find, Hit, Page
from prongsai.screening.words import any_of, words

_PERSON = r"[ก-ฮเ-ไ][ก-๎]{1,24}[ ]{1,3}(?:ณ\s)?[ก-ฮเ-ไ][ก-๎]{1,30}"
# A row's number, then a person without a title, up to the edge of the cell.
_ROW = re.compile(
    rf"^[ \t]*[0-9]{{1,4}}[.)]?[ \t]+(?P<name>{_PERSON})(?=[ ]{{0,2}}(?:\t|$|\||[ ]{{2}}|[ ][0-9x\-]))",
    re.MULTILINE,
)
# Without a number, but beside one that is somebody's: an account, an ID, an address of mail.
_ROW_BESIDE = re.compile(
    rf"^[ \t]*(?:[0-9]{{1,4}}[.)]?[ \t|]+)?(?P<name>{_PERSON})[ ]{{0,2}}[\t|,]"
    r"(?=[^\n]*(?:@|[0-9][0-9 \-.]{8,}[0-9]))",
    re.MULTILINE,
)
_LABEL_GAP = r"[ก-๎]{0,25}\s{0,2}[:=]\s{0,2}"
_COLUMN = re.compile(
    r"ชื่อ\s?[\-–—]?\s?(?:นาม)?\s?สกุล|ชื่อและนามสกุล|ชื่อ\s?/\s?สกุล|^[ \t]*+(?:บัญชี)?รายชื่อ", re.MULTILINE
)
_AGE = re.compile(
    r"(?:อายุ\s{0,3}[0-9]{1,3}\s{0,3}(?:ปี|เดือน)|(?<![0-9,.])[0-9]{1,3}\s{0,2}ปี(?![ก-๎]))"
)
_AGE_REACH = 30
_BIRTH_COLUMN = re.compile(
    r"วันเกิด|เกิดวันที่|(?:เดือน|ด)\s?[/.]?\s?(?:ปี|ป)\s?\.?\s?(?:ที่)?เกิด|date of birth"
)
_DATE = re.compile(rf"(?<![0-9])(?:{DATE})(?![0-9])")


@dataclass(frozen=True)
class Person:
    """Where somebody's name stands in a row."""

    start: int
    end: int
    name: str
    has_title: bool


@lru_cache(maxsize=2)
def listed_people(page: Page) -> list[Person]:
    """Names that begin rows: with a title, or without one where a column of names is announced."""
    people = [
        Person(*name.span(), f"{name['given']} {name['surname']}", has_title=True)
        for name in names_on(page)
        if begins_row(page.text, name.start())
    ]
    if _COLUMN.search(page.text):
        not_people = any_of(tuple(words("lists")["not_people"]))
        people += [
            Person(*row.span("name"), row["name"], has_title=False)
            for row in _ROW.finditer(page.text)
            if not not_people.search(row["name"])
        ]
    return sorted(people, key=lambda person: person.start)


def _lists(kind: str, page: Page) -> list[Hit]:
    people = listed_people(page)
    lists = words("lists")
    if len(people) < lists["least"]:
        return []
    heading = _heading(page.text, people[0].start, tuple(lists[kind]["words"]))
    if heading is None or any_of(tuple(lists["set_forms"])).search(_line(page.text, heading)):
        return []
    datum = f"{heading[0]}|{'|'.join(person.name for person in people)}"
    return [Hit(*heading.span(), datum)]


def _heading(text: str, first: int, kinds: tuple[str, ...]) -> re.Match[str] | None:
    """The word of the kind nearest before the first row, or else in the first row's line."""
    end = text.find("\n", first)
    reach = words("lists")["heading_reach"]
    *_, last = (
        None,
        *any_of(kinds).finditer(text, max(0, first - reach), end if end > 0 else len(text)),
    )
    return last


def _line(text: str, found: re.Match[str]) -> str:
    end = text.find("\n", found.end())
    return text[text.rfind("\n", 0, found.start()) + 1 : end if end > 0 else len(text)]


def people_list(kind: str) -> Find:
    """The finder of one kind of list."""
    return partial(_lists, kind)


def untitled_names(page: Page) -> list[Hit]:
    """Names in the rows of such a list that no title announces."""
    is_private = any(_lists(kind, page) for kind in words("lists")["kinds"])
    people = listed_people(page) if is_private else []
    return [Hit(one.start, one.end, one.name) for one in people if not one.has_title]


def named_rows(page: Page) -> list[Hit]:
    """Names without a title behind a label, or at the head of a row with a number that is somebody's."""
    not_people = any_of(tuple(words("lists")["not_people"]))
    hits: list[Hit] = []
    for pattern in (_labelled(), _ROW_BESIDE):
        for found in pattern.finditer(page.text):
            hit = Hit(*found.span("name"), found["name"])
            is_known = any(hit.overlaps(other) for other in hits)
            if not is_known and not not_people.search(found[0]):
                hits.append(hit)
    return hits


@cache
def _labelled() -> re.Pattern[str]:
    labels = any_of(tuple(words("lists")["labels"])).pattern
    return re.compile(rf"(?:{labels}){_LABEL_GAP}(?P<name>{_PERSON})(?![ก-๎])")


def birth_columns(page: Page) -> list[Hit]:
    """The first date of each person's row, in a table that has a column of births."""
    heading = _BIRTH_COLUMN.search(page.text)
    hits = []
    for person in listed_people(page) if heading else ():
        end = page.text.find("\n", person.end)
        found = _DATE.search(page.text, person.end, end if end > 0 else len(page.text))
        if heading and heading.end() < person.start and found:
            hits.append(Hit(*found.span(), f"{person.name}|{''.join(found[0].split())}"))
    return hits


def ages(page: Page) -> list[Hit]:
    """An age beside a name: advice in a sentence, to be decided in a table."""
    people = names_on(page)
    is_table = len(listed_people(page)) >= words("lists")["least"]
    return [
        Hit(
            *found.span(),
            f"{name['given']} {name['surname']}|{found[0]}",
            "decide" if is_table else "",
        )
        for name, found in _told_ages(page.text, people)
    ]


def _told_ages(
    text: str, people: list[re.Match[str]]
) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    for name in people:
        end = text.find("\n", name.end())
        last = min(end if end > 0 else len(text), name.end() + _AGE_REACH)
        found = _AGE.search(text, name.end(), last)
        if found:
            yield name, found
