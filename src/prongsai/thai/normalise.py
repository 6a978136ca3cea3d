"""One spelling for what looks the same, with the way back to the original.

The rules are those that measurably helped retrieval. NFKC is not used: it splits sara am (U+0E33)
and never joins it again.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from re import Match, Pattern
from typing import NamedTuple

from prongsai.thai.digits import FULL_WIDTH, THAI, to_arabic


@dataclass(frozen=True)
class Normalised:
    """`offsets[i]` is where character `i` began in the original; one end offset follows."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that `text[start:end]` came from, never empty if that is not."""
        last = end
        # One original letter may have become several, and an end among them would be its beginning.
        while start < last < len(self.text) and self.offsets[last] == self.offsets[start]:
            last += 1
        return self.offsets[start], self.offsets[last]


class _Rule(NamedTuple):
    pattern: Pattern[str]
    replacement: Callable[[str], str]


# Thai glyph codes that old fonts and PDF files keep in the private use area, U+F700 to U+F71A.
_GLYPHS = "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู"
_GLYPH_TABLE = {0xF700 + index: letter for index, letter in enumerate(_GLYPHS)}

_LINE_BREAKS = r"\r\n?|[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]"
_INVISIBLE = (
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    r"\U000e0000-\U000e0fff]+"
)
# Variation selectors, tags, bidi controls, zero-width signs, surrogates and non-characters above.
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_NIKHAHIT, _SARA_AA, _SARA_AM = "\u0e4d", "\u0e32", "\u0e33"

# The order in which a consonant's marks are written: below, above, shortener, tone, killer.
_MARK_ORDER = (
    "\u0e3a\u0e38\u0e39\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e4d"
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e"
)


def _tidy_marks(run: str) -> str:
    """The marks of one consonant, once each and in writing order, before its sara aa or sara am."""
    vowels = [letter for letter in run if letter in (_SARA_AA, _SARA_AM)]
    marks = sorted(set(run) - set(vowels), key=_MARK_ORDER.index)
    if vowels and _NIKHAHIT in marks:
        marks.remove(_NIKHAHIT)
        # Nikhahit and sara aa, typed apart, look like sara am.
        vowels[0] = _SARA_AM
    return "".join(marks) + re.sub(f"{_SARA_AM}+", _SARA_AM, "".join(vowels))


_UNSEEN = re.compile(f"{_LINE_BREAKS}|{_INVISIBLE}")
_CLEAN = (
    _Rule(re.compile(_LINE_BREAKS), lambda _: "\n"),
    _Rule(re.compile(_INVISIBLE), lambda _: ""),
    _Rule(re.compile("[\uf700-\uf71a]+"), lambda run: run.translate(_GLYPH_TABLE)),
)
_FOLD = (
    _Rule(re.compile(f"[{THAI}{FULL_WIDTH}]+"), to_arabic),
    _Rule(re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+"), lambda run: " " * len(run)),
    # Letter by letter: str.lower() on a whole word would turn a final sigma into another letter.
    _Rule(re.compile("[A-Z\u0080-\u0dff\u0e80-\U0010ffff]"), str.lower),
)
# Each run of marks belongs to one consonant, so that order within it carries no meaning. Runs that are in
# order already, as nearly all are, do not match: tidying them took a third of the time.
_RUN = f"{_MARKS}{_SARA_AA}{_SARA_AM}"
_TIDY = f"[\u0e31\u0e34-\u0e3a]?\u0e47?[\u0e48-\u0e4c]?[{_SARA_AA}{_SARA_AM}]?(?![{_RUN}])"
_REPAIR = (
    _Rule(re.compile(f"(?<![{_RUN}])(?!{_TIDY})[{_RUN}]{{2,}}"), _tidy_marks),
    # Two sara e look like sara ae, and are typed for it.
    _Rule(re.compile("เเ"), lambda _: "แ"),
)


def _replaced(rule: _Rule, match: Match[str]) -> str:
    return rule.replacement(match[0])


def _apply(rules: tuple[_Rule, ...], text: str) -> str:
    for rule in rules:
        text = rule.pattern.sub(partial(_replaced, rule), text)
    return text


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def normalise(text: str) -> str:
    """For comparing, searching and screening; not for showing: case and Thai digits are lost."""
    return _nfc(_apply(_REPAIR, _nfc(_apply(_FOLD, _apply(_CLEAN, text)))))


def display_text(text: str) -> str:
    """What may be stored and shown: nothing invisible, marks in order, case and digits kept."""
    return _nfc(_apply(_REPAIR, _nfc(_apply(_CLEAN, text))))


def hides_signs(text: str) -> bool:
    """Whether something stands in it that no reader sees, or a break that is not a plain one."""
    return _UNSEEN.search(text) is not None


def normalise_with_offsets(text: str) -> Normalised:
    """The same text as `normalise`, with the way back to the original."""
    traced = Normalised(text, tuple(range(len(text) + 1)))
    traced = _compose_traced(_trace(_CLEAN + _FOLD, traced))
    return _compose_traced(_trace(_REPAIR, traced))


def _trace(rules: tuple[_Rule, ...], traced: Normalised) -> Normalised:
    for rule in rules:
        changes = (
            (match.start(), match.end(), rule.replacement(match[0]))
            for match in rule.pattern.finditer(traced.text)
        )
        traced = _rewrite(traced, changes)
    return traced


def _rewrite(traced: Normalised, changes: Iterator[tuple[int, int, str]]) -> Normalised:
    """Put each replacement in the place of its span; spans come in order and do not overlap."""
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for start, end, replacement in changes:
        pieces += (traced.text[done:start], replacement)
        offsets += traced.offsets[done:start]
        offsets += (traced.offsets[min(start + i, end - 1)] for i in range(len(replacement)))
        done = end
    pieces.append(traced.text[done:])
    offsets += traced.offsets[done:]
    return Normalised("".join(pieces), tuple(offsets))


def _compose_traced(traced: Normalised) -> Normalised:
    if unicodedata.is_normalized("NFC", traced.text):
        return traced
    return _rewrite(traced, _compositions(traced.text))


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    # A letter that joins nothing before it begins a piece that NFC changes independently.
    starts = [i for i, letter in enumerate(text) if i == 0 or not _joins_what_is_before(letter)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        composed = _nfc(text[start:end])
        if composed != text[start:end]:
            yield start, end, composed


def _joins_what_is_before(letter: str) -> bool:
    """Whether NFC may join or reorder it with the letters before: marks and Korean jamo."""
    if letter < "\u0300":
        return False
    is_jamo = "\u1160" <= letter <= "\u11ff" or letter in "\U00016d63\U00016d67"
    return is_jamo or unicodedata.category(letter).startswith("M")
