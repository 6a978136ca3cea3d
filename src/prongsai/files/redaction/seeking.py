"""Whether a covered text can be found in what is left, however it is written there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

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

    @cached_property
    def _short_number(self) -> re.Pattern[str]:
        """The number by itself, perhaps with a sign between its digits."""
        return re.compile(rf"(?<!\d){'[-.,/]?'.join(self.letters)}(?!\d)")

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

    def is_in(self, haystack: "Haystack") -> bool:
        if self.is_short:
            return False
        if self.is_short_number:
            return bool(self._short_number.search(haystack.folded))
        backwards = self.letters[::-1] if len(self.letters) >= _LONG_BACKWARDS else self.letters
        return self.letters in haystack.letters or backwards in haystack.letters


class Haystack:
    """A text, folded once for all that is sought in it."""

    def __init__(self, text: str) -> None:
        self.folded = normalise(text)
        self.letters = _SIGNS.sub("", self.folded)


def squeezed(text: str) -> str:
    """What makes a text itself: its letters, marks and Arabic digits, in lower case, with nothing between."""
    return _SIGNS.sub("", normalise(text))


def letters_with_offsets(text: str) -> tuple[str, list[int]]:
    """The text squeezed, and the place in `text` of each of its letters."""
    traced = normalise_with_offsets(text)
    kept = [at for at, letter in enumerate(traced.text) if not _SIGNS.match(letter)]
    return "".join(traced.text[at] for at in kept), [traced.offsets[at] for at in kept]


def sought_in(text: str, sought: Sequence[Sought]) -> list[Sought]:
    haystack = Haystack(text)
    return [one for one in sought if one.is_in(haystack)]


def sought_in_bytes(raw: bytes, sought: Sequence[Sought]) -> list[Sought]:
    return [one for one in sought if any(form in raw for form in one.bytes_forms)]


def masked(text: str) -> str:
    """The first letter and how many follow: enough to know which one is meant for who has covered it."""
    shown = " ".join(text.split())
    return shown[:1] + "•" * min(len(shown) - 1, 12)
