"""Links that lead elsewhere than a reader thinks, and the words with which spammers stuff pages."""

import re
from collections.abc import Iterator
from itertools import chain

from prongsai.screening.located import Hit, Page
from prongsai.screening.words import any_of, words

_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?:(?P<user>[^\s/@]{1,64})@)?(?P<host>[a-z0-9.\-\u0e00-\u0e7f]{1,253})(?P<rest>[^\s<>\"'ก-๛]{0,300})"
)
_NUMBERS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9]{8,10}")
_HOST = re.compile(r"(?:https?://)?(?P<host>(?:[a-z0-9\-]{1,63}\.)+[a-z]{2,15})(?:[/?#].*)?")
_START = (0, 0)


def risky_links(page: Page) -> list[Hit]:
    """Short addresses, bare numbers, look-alike letters, and a name before the host."""
    return [Hit(start, end, link[0]) for link, start, end in _links(page) if _is_risky(link)]


def _is_risky(link: re.Match[str]) -> bool:
    host = link["host"].strip(".")
    shorteners = words("links")["shorteners"]
    return (
        host.removeprefix("www.") in shorteners
        or _NUMBERS.fullmatch(host) is not None
        or "xn--" in host
        or link["user"] is not None
    )


def plain_links(page: Page) -> list[Hit]:
    """Without encryption anybody on the way may change what the reader gets."""
    return [
        Hit(start, end, link[0])
        for link, start, end in _links(page)
        if link["scheme"] == "http" and not _is_risky(link)
    ]


def _links(page: Page) -> Iterator[tuple[re.Match[str], int, int]]:
    """Those in the text, and those behind the words of a body, which stand nowhere."""
    for found in _ADDRESS.finditer(page.text):
        yield found, *found.span()
    for link in page.seen.links:
        found_behind = _ADDRESS.match(link.href.lower())
        if found_behind is not None and link.href.lower() not in page.text:
            yield found_behind, *_shown(page, link.text)


def _shown(page: Page, text: str) -> tuple[int, int]:
    wanted = text.strip().lower()
    start = page.text.find(wanted) if wanted else -1
    return (start, start + len(wanted)) if start >= 0 else _START


def hidden_links(page: Page) -> list[Hit]:
    """Nothing to see of a link, or the address of one place over a way to another."""
    return [
        Hit(*_shown(page, link.text), link.href)
        for link in page.seen.links
        if not link.text.strip() or _is_disguised(link.href.lower(), link.text.strip().lower())
    ]


def _is_disguised(href: str, text: str) -> bool:
    shown, real = _HOST.fullmatch(text), _ADDRESS.match(href)
    if shown is None or real is None:
        return False
    return shown["host"].removeprefix("www.") != real["host"].strip(".").removeprefix("www.")


def gambling_spam(page: Page) -> list[Hit]:
    """Many different words of gambling on one page; a campaign against it uses one or two."""
    lists = words("links")["gambling"]
    behind = "\n".join(
        chain.from_iterable((link.href.lower(), link.text) for link in page.seen.links)
    )
    spam = any_of(tuple(lists["words"]))
    found = list(spam.finditer(page.text))
    different = {one[0] for one in found} | set(spam.findall(behind))
    against = any_of(tuple(lists["against"])).search(page.text) is not None
    if len(different) < lists["least_against" if against else "least"]:
        return []
    return [Hit(*(found[0].span() if found else _START), "|".join(sorted(different)))]


def pictures_without_words(page: Page) -> list[Hit]:
    """Who cannot see a picture of the body is told nothing of it."""
    # With the body around it: another picture in its place is another question.
    return [
        Hit(*_START, f"picture {place}|{page.text}")
        for place, words_of_it in enumerate(page.seen.pictures)
        if not words_of_it.strip()
    ]


def missing_sources(page: Page) -> list[Hit]:
    """Others' pictures and knowledge without a word whose they are."""
    if not page.seen.needs:
        return []
    licences = any_of(tuple(words("links")["licences"]["words"]))
    said = {"source": bool(page.text.strip()), "licence": bool(licences.search(page.text))}
    missing = [need for need in page.seen.needs if not said[need]]
    return [Hit(*_START, "|".join(missing))] if missing else []
