"""Numbers as scanners leave them, and pages of which nobody can be sure.

Measured on rendered pages at 200 dpi: Tesseract reads three Thai digits in ten as another digit, as one of a
few letters, twice, or not at all; so an ID may have eleven or fifteen signs. What was not read for certain is
found, because it must not pass for a number that belongs to nobody.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise

from prongsai.screening.finders.numbers import digits_of, distance
from prongsai.screening.finders.people import behind_a_name
from prongsai.screening.located import Hit, Page
from prongsai.screening.words import FAR, any_of, nearest, words

_SIGN = r"(?:[0-9oilsbgqz|@«ฒซญ]|(?<![ก-๎])[ก-ฮ](?![ก-๎])|[atd&!](?=-?[0-9]))"
_NO_DIGIT = r"[a-z|@«ฒซญ&!]|(?<![ก-๎])[ก-ฮ](?![ก-๎])"
_GAP = r"[ \n\-\u2010-\u2015\u2212.~,='\"_\[\]]{0,3}"
_RUN = re.compile(
    rf"(?<![0-9a-z,/])(?:[0-9]|[atdilsz!](?=[0-9]{{2}})|[ก-ฮ](?=-[0-9]))(?:{_GAP}{_SIGN}){{7,20}}(?![0-9a-z,/])"
)
_LAST_GROUP = re.compile(rf"[ \n\-\u2010-\u2015\u2212.]+{_SIGN}+$")
# Groups about as large as those of an ID, some of their signs lost or doubled.
_SHAPE = re.compile(rf"{_SIGN}{{1,2}}(?:[ \-\u2010-\u2015\u2212.]{{1,3}}{_SIGN}{{1,6}}){{3,4}}")
_ID_SIGNS = 13
# After how many of them an ID has its dashes.
_ID_ENDS = frozenset((1, 5, 10, 12))
_NUMBER_WORD = re.compile(rf"{_SIGN}(?:[\-.]?{_SIGN}){{3,}}")
# A few letters at most come before it and within it.
_SOME_DIGITS = re.compile(r"[^0-9]{0,8}(?P<number>[0-9](?:[^0-9x]{0,3}[0-9]){5,}+)(?!.{0,3}x)")
_MOBILE = re.compile(r"0[689][0-9]{8}")


def is_scan(page: Page) -> bool:
    """Read by machine: now, or before, where the text lies behind the picture of the page."""
    seen = page.seen
    return seen.source == "ocr" or any(one.kind == "scan_layer" for one in seen.hidden)


def scanned_ids(page: Page) -> list[Hit]:
    """Twelve to fifteen signs beside the words of an ID or behind a name; ten to seventeen on a scan."""
    signs = words("unread")["id_signs_scan" if is_scan(page) else "id_signs_text"]
    severity = "block" if is_scan(page) else "decide"
    called = [span for span in _runs(page, *signs) if _is_called_id(page, *span)]
    behind = [
        span
        for run in _runs(page, *words("unread")["name_signs"])
        for span in _first(
            each for each in _shorter(page.text, *run) if _is_behind_a_name(page, *each)
        )
    ]
    hits = [
        Hit(start, end, digits_of(page.text[start:end]), severity)
        for start, end in dict.fromkeys(called + behind)
    ]
    # One digit again and again stands for what is to be filled in.
    return [hit for hit in hits if len(set(hit.datum)) > 1]


def _is_called_id(page: Page, start: int, end: int) -> bool:
    if _MOBILE.fullmatch(digits_of(page.text[start:end])):
        return False
    lists = words("unread")
    called = nearest(page.text, start, end, any_of(tuple(lists["id"])), (lists["id_reach"], 0))
    other = _other_than_personal(page, start, end)
    if page.text[start] == "0" and other < FAR and not is_scan(page):
        # Typed so, it is a firm's, however far away the firm is named.
        return distance(page, start, end, "national_id", "stateless") < FAR
    return called < min(other, FAR)


def _is_behind_a_name(page: Page, start: int, end: int) -> bool:
    """In the same line as a private person's name, as long as an ID, or grouped like one."""
    if not is_scan(page) and not _looks_like_an_id(page.text[start:end]):
        return False
    named = behind_a_name(page, start)
    return named <= words("unread")["id_reach"] and named < _other_than_personal(page, start, end)


def _looks_like_an_id(written: str) -> bool:
    """In groups as large, or with as many signs of which some were misread or most groups are right."""
    if _SHAPE.fullmatch(written):
        return True
    signs = list(re.finditer(_SIGN, written))
    if len(signs) != _ID_SIGNS:
        return False
    ends = {
        count
        for count, (one, following) in enumerate(pairwise(signs), start=1)
        if one.end() < following.start()
    }
    right = ends & _ID_ENDS
    is_misread = not ends and re.search(_NO_DIGIT, written) is not None
    return is_misread or len(right) > max(1, len(ends - _ID_ENDS))


def scanned_phones(page: Page) -> list[Hit]:
    """On a scan: about as many signs as a mobile has, called a telephone and not an office's."""
    if not is_scan(page):
        return []
    lists = words("unread")
    spans = [
        span
        for kind in ("mobile", "phone")
        for span in _runs(page, *lists[kind]["signs"])
        if _is_called_phone(page, *span, kind)
    ]
    return [Hit(*span, digits_of(page.text[slice(*span)])) for span in dict.fromkeys(spans)]


def scanned_accounts(page: Page) -> list[Hit]:
    """On a scan: about as many signs as an account has, called one."""
    signs = words("unread")["bank_signs"]
    return [
        Hit(start, end, digits_of(page.text[start:end]))
        for start, end in (_runs(page, *signs) if is_scan(page) else ())
        if distance(page, start, end, "bank", "person")
        < distance(page, start, end, "bank", "other")
    ]


def _is_called_phone(page: Page, start: int, end: int, kind: str) -> bool:
    lists = words("unread")
    reach = (lists["id_reach"], 12)
    office = any_of(tuple(words("phones")["office"]))
    called = any_of(tuple(lists[kind]["words"]))
    is_office = nearest(page.text, start, end, office, reach) < FAR
    return not is_office and nearest(page.text, start, end, called, (lists["id_reach"], 0)) < FAR


def _other_than_personal(page: Page, start: int, end: int) -> int:
    window, lists = words("context")["window"], words("context")["national_id"]
    other = any_of((*lists["other"], *lists["company"]))
    return nearest(page.text, start, end, other, (window["before"], window["after"]))


def _runs(page: Page, least: int, most: int) -> Iterator[tuple[int, int]]:
    """Longer ones without their last groups: an amount may stand close behind a number."""
    for run in _all_runs(page):
        yield from _first(
            (start, end)
            for start, end in _shorter(page.text, *run)
            if least <= _signs(page.text[start:end]) <= most
        )


def _shorter(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The run, and then without its last group, its last two, and so on."""
    yield start, end
    while group := _LAST_GROUP.search(text, start, end):
        end = group.start()
        yield start, end


def _first(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return islice(spans, 1)


@lru_cache(maxsize=2)
def _all_runs(page: Page) -> list[tuple[int, int]]:
    """Digits make a number; a word may hold a few letters that look like them."""
    return [
        found.span()
        for found in _RUN.finditer(page.text)
        if sum(map(str.isdigit, found[0])) >= 2 * len(re.findall(_NO_DIGIT, found[0]))
    ]


def _signs(written: str) -> int:
    return len(re.findall(_SIGN, written))


def unsure_numbers(page: Page) -> list[Hit]:
    """On a scan: what is as long as an ID, and badly read numbers beside a person's words."""
    if not is_scan(page):
        return []
    hits = [
        Hit(start, end, digits_of(page.text[start:end]))
        for start, end in _runs(page, *words("unread")["number_signs"])
        if not _is_known(page, start, end)
    ]
    hits += [
        Hit(start, end, page.text[start:end])
        for start, end in (*_bad_words(page), *_behind_id_words(page))
        if not any(hit.start < end and start < hit.end for hit in hits)
    ]
    return hits


def _is_known(page: Page, start: int, end: int) -> bool:
    """Read for certain, and called a number of something else."""
    written = page.text[start:end]
    other, personal = _other_than_personal(page, start, end), _personal(page, start, end)
    if written.startswith("0") and other < FAR and other <= personal:
        # A firm's number begins with 0, which is the digit that scanners read best.
        return True
    if re.search(_NO_DIGIT, written) or any(
        first < end and start < last for first, last in _badly_read(page)
    ):
        return False
    # As near means inside: รหัสบัญชี is not a บัญชี.
    thing = distance(page, start, end, "national_id", "other")
    return other < min(personal, FAR) or (thing < FAR and thing <= personal)


def _personal(page: Page, start: int, end: int) -> int:
    window, context = words("context")["window"], words("context")
    person = any_of(
        tuple(one for kind in ("national_id", "bank", "phone") for one in context[kind]["person"])
    )
    return nearest(page.text, start, end, person, (window["before"], window["after"]))


def _bad_words(page: Page) -> Iterator[tuple[int, int]]:
    for start, end in _badly_read(page):
        written = page.text[start:end].strip()
        is_number = _NUMBER_WORD.fullmatch(written) and any(map(str.isdigit, written))
        if is_number and _personal(page, start, end) < FAR:
            yield start, end


def _behind_id_words(page: Page) -> Iterator[tuple[int, int]]:
    """Digits right behind the words of an ID, whatever the machine has read among them."""
    lists = words("unread")
    for called in any_of(tuple(lists["id"])).finditer(page.text):
        end = page.text.find("\n", called.end())
        reach = called.end() + lists["id_reach"]
        found = _SOME_DIGITS.match(page.text, called.end(), min(reach, end) if end > 0 else reach)
        if found:
            yield found.span("number")


@lru_cache(maxsize=2)
def _badly_read(page: Page) -> list[tuple[int, int]]:
    """Where the words stand of which the machine is not sure."""
    limit = words("unread")["word_confidence"]
    unsure = [word for word in page.seen.words if word.confidence < limit]
    return [page.placed(word.start, word.end) for word in unsure]


def unsure_pages(page: Page) -> list[Hit]:
    """A page that was read badly on the whole: what it says is not known."""
    confidence = page.seen.confidence
    is_bad = confidence is not None and confidence < words("unread")["page_confidence"]
    return [Hit(0, 0, page.text)] if is_bad else []


def table_pictures(page: Page) -> list[Hit]:
    """A scan most of whose words are numbers: figures that nobody can compute with."""
    shown = page.text.split() if is_scan(page) else []
    limits = words("unread")
    numbers = sum(any(map(str.isdigit, word)) and not re.search("[ก-ฮ]", word) for word in shown)
    is_table = numbers >= max(limits["table_numbers"], limits["table_share"] * len(shown))
    return [Hit(0, 0, page.text)] if shown and is_table else []
