"""Names of private persons, and what may not be told of them. Officials in duty are not findings."""

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache, lru_cache

from prongsai.screening.located import Hit, Page
from prongsai.screening.words import FAR, any_of, nearest, words
from prongsai.thai.words import word_start

_WORD = r"[ก-ฮเ-ไ][ก-๎]"
_THAI = re.compile(r"[ก-๎]")
# In a list a name begins its line, or only a number and a cell's edge stand before it.
_ROW_START = re.compile(r"[\s0-9.)|,\-]*")


@cache
def _name_pattern() -> re.Pattern[str]:
    names = words("names")
    titles, attached = (any_of(tuple(names[key])).pattern for key in ("titles", "attached"))
    ranks = any_of(tuple(names["ranks"])).pattern
    not_names, whole, not_surnames = (
        any_of(tuple(names[key])).pattern for key in ("not_names", "whole_words", "not_surnames")
    )
    not_after = "".join(
        rf"(?!(?<={title})(?:{any_of(tuple(behind)).pattern}))"
        for title, behind in names["not_after"].items()
    )
    return re.compile(
        rf"(?P<title>(?<![ก-๎.])(?:(?:ว่าที่\s?)?(?:{ranks})\s?(?:หญิง)?|{titles})|(?<![ทข])(?<!พระ)(?<!มิถุ)(?:{attached}))"
        rf"(?!{not_names})(?!(?:{whole})(?![ก-๎])){not_after}\s{{0,2}}"
        # Possessive: stepping back letter by letter would find a name inside a longer word.
        rf"(?P<given>{_WORD}{{1,24}}+)[ \t]{{1,3}}(?!{not_surnames})(?P<surname>(?:ณ\s)?{_WORD}{{1,30}}+)"
    )


_LATIN_NAME = re.compile(
    r"(?P<title>(?<![a-z])(?:mr|mrs|ms|miss)\b\.?)\s{0,2}(?P<given>[a-z]{2,24})\s{1,2}(?P<surname>[a-z]{2,30}(?:\s[a-z]{2,30})?)(?![a-z])"
)


@lru_cache(maxsize=2)
def names_on(page: Page) -> list[re.Match[str]]:
    """Private persons on the page, found once for all finders that ask.

    Whoever is an official in one place of the page is one everywhere on it, by given name too.
    """
    found = _with_titles(page)
    officials = {name["given"] for name in found if _is_official(page, name)}
    return [name for name in found if name["given"] not in officials]


@lru_cache(maxsize=2)
def _with_titles(page: Page) -> list[re.Match[str]]:
    speech = any_of(tuple(words("names")["speech"]))
    found = [name for name in _name_pattern().finditer(page.text) if not speech.search(name[0])]
    return sorted([*found, *_LATIN_NAME.finditer(page.text)], key=re.Match.start)


def is_anybody_named(page: Page, start: int, end: int) -> bool:
    """Officials, too."""
    return any(start <= name.start() < end for name in _with_titles(page))


@lru_cache(maxsize=2)
def _ends(page: Page) -> list[int]:
    return [name.end() for name in names_on(page)]


def behind_a_name(page: Page, start: int) -> int:
    """How far before `start` a private person's name ends in the same line; FAR if none does."""
    place = bisect_right(_ends(page), start)
    end = _ends(page)[place - 1] if place else -1
    return start - end if place and "\n" not in page.text[end:start] else FAR


def _is_official(page: Page, found: re.Match[str]) -> bool:
    """A post stands directly behind the name, or before it and no private word nearer."""
    names = words("names")
    if found["title"] in names["children"]:
        return False
    officials, private = (any_of(tuple(names[key])) for key in ("officials", "private"))
    reach, behind = names["window"]["official"], names["window"]["official_after"]
    post = nearest(page.text, *found.span(), officials, (reach, behind))
    return post < FAR and post <= nearest(page.text, *found.span(), private, (reach, reach))


def _datum(found: re.Match[str]) -> str:
    return f"{found['given']} {found['surname']}"


def private_names(page: Page) -> list[Hit]:
    """A name alone is advice; beside a complaint it blocks, and so do the names of a list."""
    people = names_on(page)
    listed = {name.start() for name in people if begins_row(page.text, name.start())}
    lists = words("names")["lists"]
    is_list = len(listed) >= lists["least"] and any_of(tuple(lists["words"])).search(page.text)
    return [
        Hit(
            # Read by a machine, a title may be the end of a longer word.
            word_start(page.text, name.start()),
            name.end(),
            _datum(name),
            "block" if is_list and name.start() in listed else _name_severity(page, name),
        )
        for name in people
    ]


def begins_row(text: str, start: int) -> bool:
    """At the beginning of a line, or of a paragraph inside of a table's cell, which two spaces part from others."""
    line, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    is_of_table = text.find("\t", line, end if end > 0 else len(text)) >= 0
    place = max(line, text.rfind("  ", line, start)) if is_of_table else line
    return _ROW_START.fullmatch(text, place, start) is not None


def _name_severity(page: Page, found: re.Match[str]) -> str:
    names = words("names")
    reach = (names["window"]["private"], names["window"]["private"])
    is_complaint, is_private = (
        nearest(page.text, *found.span(), any_of(tuple(names[key])), reach) < FAR
        for key in ("complaint", "private")
    )
    if is_complaint:
        return "block"
    is_child = found["title"] in names["children"]
    return "decide" if is_private or is_child else "advise"


@cache
def _sensitive_pattern() -> re.Pattern[str]:
    families = words("sensitive")
    groups = (f"(?P<{label}>{'|'.join(patterns)})" for label, patterns in families.items())
    return re.compile("|".join(groups))


def sensitive_facts(page: Page) -> list[Hit]:
    """Only of somebody: what a plan or a statistic says of nobody in particular is no finding."""
    people = names_on(page)
    starts = [name.start() for name in people]
    told: list[tuple[re.Match[str], Hit]] = []
    for found in _sensitive_pattern().finditer(page.text) if people else ():
        behind = bisect_right(starts, found.start())
        # The nearest of all is one of those around it.
        around = people[max(0, behind - 2) : behind + 1]
        person = min(around, key=lambda name: _between(name, found))
        if _is_told_of(page.text, person, found):
            fact = Hit(*found.span(), found[0], label=found.lastgroup or "")
            joined = _joined(page.text, told[-1], (person, fact)) if told else None
            told[len(told) - bool(joined) :] = [(person, joined or fact)]
    return [replace(fact, datum=f"{_datum(person)}|{fact.datum}") for person, fact in told]


def _joined(
    text: str, one: tuple[re.Match[str], Hit], other: tuple[re.Match[str], Hit]
) -> Hit | None:
    """Facts of one family about one person, told in one breath, go or stay together."""
    (person, first), (same, last) = one, other
    between = text[first.end : last.start]
    is_one = person == same and first.label == last.label
    is_apart = "\n" in between or first.end <= person.start() < last.start
    if not is_one or is_apart or len(between) > words("names")["window"]["facts"]:
        return None
    return Hit(first.start, last.end, text[first.start : last.end], label=first.label)


def _between(one: re.Match[str], other: re.Match[str]) -> int:
    return max(one.start() - other.end(), other.start() - one.end(), 0)


def _is_told_of(text: str, person: re.Match[str], fact: re.Match[str]) -> bool:
    """In the same line, close behind the name or just before it, and not spoken of in general."""
    window = words("names")["window"]
    if person.end() <= fact.start():
        between, reach = text[person.end() : fact.start()], window["fact_after"]
    else:
        between, reach = text[fact.end() : person.start()], window["fact_before"]
    is_in_name = person.start() <= fact.start() < person.end()
    # Numbers and addresses of the same person may stand between; only words lead away from them.
    if is_in_name or len(between) / 4 > reach or len(_THAI.findall(between)) > reach:
        return False
    return "\n" not in between and not any_of(tuple(words("names")["talk"]["words"])).search(
        between
    )
