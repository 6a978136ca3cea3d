"""Numbers as scanners leave them, and pages of which nobody can be sure.

Measured on rendered pages at 200 dpi: Tesseract reads three Thai digits in ten as another digit, as one of a
few letters, twice, or not at all; so an ID may have eleven or fifteen signs. What was not read for certain is
found, because it must not pass for a number that belongs to nobody.
"""

import re
from collections.abc import Iterator

from prongsai.files.rules import Word
from prongsai.screening.finders.numbers import digits_of
from prongsai.screening.located import Hit, Page
from prongsai.screening.words import FAR, any_of, nearest, words

_SIGN = r"[0-9oilsb|@ฒซญ]"
_GAP = r"[ \n\-\u2010-\u2015\u2212.]{0,3}"
_RUN = re.compile(rf"(?<![0-9a-z,/])[0-9](?:{_GAP}{_SIGN}){{9,15}}(?![0-9a-z,/])")
_NUMBER_WORD = re.compile(rf"{_SIGN}(?:[\-.]?{_SIGN}){{3,}}")
_MOBILE = re.compile(r"0[689][0-9]{8}")


def is_scan(page: Page) -> bool:
    """Read by machine: now, or before, where the text lies behind the picture of the page."""
    seen = page.seen
    return seen.source == "ocr" or any(one.kind == "scan_layer" for one in seen.hidden)


def scanned_ids(page: Page) -> list[Hit]:
    """Twelve to fifteen signs beside the words of an ID; ten to sixteen on a scan, where they block."""
    least, most = words("unread")["id_signs_scan" if is_scan(page) else "id_signs_text"]
    severity = "block" if is_scan(page) else "decide"
    return [
        Hit(start, end, digits_of(page.text[start:end]), severity)
        for start, end in _runs(page)
        if least <= _signs(page.text[start:end]) <= most and _is_called_id(page, start, end)
    ]


def _is_called_id(page: Page, start: int, end: int) -> bool:
    if _MOBILE.fullmatch(digits_of(page.text[start:end])):
        return False
    lists = words("unread")
    called = nearest(page.text, start, end, any_of(tuple(lists["id"])), (lists["id_reach"], 0))
    return called < min(_other_than_personal(page, start, end), FAR)


def _other_than_personal(page: Page, start: int, end: int) -> int:
    window, lists = words("context")["window"], words("context")["national_id"]
    other = any_of((*lists["other"], *lists["company"]))
    return nearest(page.text, start, end, other, (window["before"], window["after"]))


def _runs(page: Page) -> Iterator[tuple[int, int]]:
    for found in _RUN.finditer(page.text):
        written = found[0]
        # Digits make a number; a word may hold a few letters that look like them.
        if sum(sign.isdigit() for sign in written) >= 2 * len(re.findall(r"[a-z|@ฒซญ]", written)):
            yield found.span()


def _signs(written: str) -> int:
    return len(re.findall(_SIGN, written))


def unsure_numbers(page: Page) -> list[Hit]:
    """On a scan: what is as long as an ID, and badly read numbers beside a person's words."""
    if not is_scan(page):
        return []
    least, most = words("unread")["number_signs"]
    hits = [
        Hit(start, end, digits_of(page.text[start:end]))
        for start, end in _runs(page)
        if least <= _signs(page.text[start:end]) <= most and not _is_known(page, start, end)
    ]
    hits += [
        Hit(start, end, page.text[start:end])
        for start, end in _bad_words(page)
        if not any(hit.start < end and start < hit.end for hit in hits)
    ]
    return hits


def _is_known(page: Page, start: int, end: int) -> bool:
    """Read for certain, and called a number of something else."""
    written = page.text[start:end]
    if re.search(r"[a-z|@ฒซญ]", written) or any(
        _is_bad(word) and first < end and start < last for word, first, last in _words(page)
    ):
        return False
    return _other_than_personal(page, start, end) < min(_personal(page, start, end), FAR)


def _personal(page: Page, start: int, end: int) -> int:
    window, context = words("context")["window"], words("context")
    person = any_of(
        tuple(one for kind in ("national_id", "bank", "phone") for one in context[kind]["person"])
    )
    return nearest(page.text, start, end, person, (window["before"], window["after"]))


def _bad_words(page: Page) -> Iterator[tuple[int, int]]:
    for word, start, end in _words(page):
        written = page.text[start:end].strip()
        is_number = _NUMBER_WORD.fullmatch(written) and any(map(str.isdigit, written))
        if is_number and _is_bad(word) and _personal(page, start, end) < FAR:
            yield start, end


def _is_bad(word: Word) -> bool:
    limit: float = words("unread")["word_confidence"]
    return word.confidence < limit


def _words(page: Page) -> Iterator[tuple[Word, int, int]]:
    for word in page.seen.words:
        yield word, *page.placed(word.start, word.end)


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
