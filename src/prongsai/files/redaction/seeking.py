"""Whether a covered text can be found in what is left, however it is written there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from prongsai.thai.digits import to_arabic, to_thai
from prongsai.thai.normalise import normalise, normalise_with_offsets

_SIGNS = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|_")
# Shorter texts are everywhere; of them only the place under the box is looked at.
_SHORTEST = 4
# Digits that cannot be met by chance when all that stands between digits is taken away.
_LONG_NUMBER = 9
# Bytes that cannot be met by chance in packed pixels.
_LONG_BYTES = 6
_LONG_BACKWARDS = 6
# Needles, and needles times letters, up to which each is sought by itself.
_FEW, _ONE_BY_ONE = 400, 200_000_000
_ROW_OF_DIGITS = re.compile(r"\d+(?:[-.,/]\d+)*")
# A number has fewer groups than this.
_RUNS = 8

Text = TypeVar("Text", str, bytes)


@dataclass(frozen=True)
class Sought:
    """One covered text."""

    text: str

    @property
    def is_short(self) -> bool:
        return len(self.letters) < _SHORTEST

    @property
    def is_short_number(self) -> bool:
        return self.letters.isdigit() and len(self.letters) < _LONG_NUMBER

    @cached_property
    def letters(self) -> str:
        return squeezed(self.text)

    @property
    def pattern(self) -> str:
        """Of its letters in a text that was squeezed; a short number counts only by itself."""
        plain = re.escape(self.letters)
        return rf"(?<!\d){plain}(?!\d)" if self.is_short_number else plain

    @cached_property
    def bytes_forms(self) -> tuple[bytes, ...]:
        if self.is_short or self.is_short_number:
            return ()
        return tuple({form for form in self._encoded() if len(form) >= _LONG_BYTES})

    def _encoded(self) -> Iterator[bytes]:
        plain = " ".join(self.text.split())
        spellings = {self.text, plain, "".join(plain.split()), to_arabic(plain), to_thai(plain)}
        if self.letters.isdigit():
            spellings |= {self.letters, to_thai(self.letters)}
        for spelling in spellings:
            for encoding in ("utf-8", "utf-16-be", "utf-16-le", "cp874"):
                # What an old encoding cannot write does not stand in it.
                form = spelling.encode(encoding, "ignore")
                if form and form.decode(encoding) == spelling:
                    yield form
                    yield form.hex().encode()
                    yield form.hex().upper().encode()


def squeezed(text: str) -> str:
    """What makes a text itself: its letters, marks and Arabic digits, in lower case, with nothing between."""
    return _SIGNS.sub("", normalise(text))


def letters_with_offsets(text: str) -> tuple[str, list[int]]:
    """The text squeezed, and the place in `text` of each of its letters."""
    traced = normalise_with_offsets(text)
    kept = [at for at, letter in enumerate(traced.text) if not _SIGNS.match(letter)]
    return "".join(traced.text[at] for at in kept), [traced.offsets[at] for at in kept]


class Seeker:
    """All covered texts, made ready once for everything in which they are sought."""

    def __init__(self, covered: Iterable[str]) -> None:
        sought = [Sought(text) for text in dict.fromkeys(covered)]
        self._sought = [one for one in sought if not one.is_short]
        self._numbers = {one.letters: one for one in self._sought if one.is_short_number}
        self._letters = _Needles(self._spellings(), _SHORTEST)
        forms = ((form, one) for one in self._sought for form in one.bytes_forms)
        self._bytes = _Needles(forms, _LONG_BYTES)

    def _spellings(self) -> Iterator[tuple[str, Sought]]:
        for one in self._sought:
            if not one.is_short_number:
                yield one.letters, one
                if len(one.letters) >= _LONG_BACKWARDS:
                    yield one.letters[::-1], one

    def in_text(self, text: str, *, short_numbers: bool = True) -> list[Sought]:
        """Whatever stands between letters; short numbers only where they stand by themselves."""
        folded = normalise(text)
        found = self._letters.found_in(_SIGNS.sub("", folded))
        if short_numbers and self._numbers:
            there = set(_numbers_in(folded))
            found |= {one.text for letters, one in self._numbers.items() if letters in there}
        return [one for one in self._sought if one.text in found]

    def in_bytes(self, raw: bytes) -> list[Sought]:
        found = self._bytes.found_in(raw)
        return [one for one in self._sought if one.text in found]


class _Needles(Generic[Text]):
    """Few are sought one by one, which is fast; many at once, by what they begin with."""

    def __init__(self, needles: Iterable[tuple[Text, Sought]], shortest: int) -> None:
        # Two texts may be spelled alike when the signs between their letters are taken away.
        self._texts: dict[Text, list[str]] = {}
        for needle, one in needles:
            self._texts.setdefault(needle, []).append(one.text)
        self._shortest = shortest

    @cached_property
    def _by_start(self) -> dict[Text, list[Text]]:
        starts: dict[Text, list[Text]] = {}
        for needle in self._texts:
            starts.setdefault(needle[: self._shortest], []).append(needle)
        return starts

    def found_in(self, haystack: Text) -> set[str]:
        if len(self._texts) < _FEW or len(self._texts) * len(haystack) <= _ONE_BY_ONE:
            there = {needle for needle in self._texts if needle in haystack}
        else:
            there = set(self._met(haystack))
        return {text for needle in there for text in self._texts[needle]}

    def _met(self, haystack: Text) -> Iterator[Text]:
        size, by_start = self._shortest, self._by_start
        for at in range(len(haystack) - size + 1):
            for needle in by_start.get(haystack[at : at + size], ()):
                if haystack.startswith(needle, at):
                    yield needle


def _numbers_in(folded: str) -> Iterator[str]:
    """Each run of digits, and each row of runs with one sign between them, without the signs."""
    for row in _ROW_OF_DIGITS.findall(folded):
        runs = re.split(r"\D", row)
        for first in range(len(runs)):
            for last in range(first, min(first + _RUNS, len(runs))):
                yield "".join(runs[first : last + 1])


def masked(text: str) -> str:
    """The first letter and how many follow: enough to know which one is meant for who has covered it."""
    shown = " ".join(text.split())
    return shown[:1] + "•" * min(len(shown) - 1, 12)
