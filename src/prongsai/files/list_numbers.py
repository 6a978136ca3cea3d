"""Numbers of lists as office programs write them, and the counters behind them. Plain values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from prongsai.thai.digits import to_thai
from prongsai.thai.numbers import in_words

# The spec of Word's `thaiLetters` leaves out ฃ ฅ ฆ and the two vowels among the consonants, as offices do.
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# A number of a hostile file must not become a million letters; the programs end about there, too.
_MOST = 32_767
_LONGEST = 30
_PLAIN_BULLETS = frozenset("-–—•●○▪■□◦*►➢✓☐")
_PLACE = re.compile(r"%([1-9])")
LEVELS = 9


def _lettered(letters: str) -> Callable[[int], str]:
    def written(number: int) -> str:
        rounds, place = divmod(number - 1, len(letters))
        return letters[place] * min(rounds + 1, _LONGEST)

    return written


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        said += letters * times
    return said


_WRITTEN: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _lettered(_LATIN),
    "upperLetter": _lettered(_LATIN.upper()),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "thaiNumbers": lambda number: to_thai(str(number)),
    "thaiLetters": _lettered(_THAI_LETTERS),
    "thaiCounting": in_words,
    "none": lambda _number: "",
}


def written_number(number: int, number_format: str) -> str:
    """`number_format` is a name of WordprocessingML; what it does not know is written in Arabic digits."""
    if not 0 < number <= _MOST:
        return str(number) if number_format != "none" else ""
    return _WRITTEN.get(number_format, str)(number)


def bullet(sign: str) -> str:
    """Signs of picture fonts have no meaning outside of them."""
    return sign if sign in _PLAIN_BULLETS else "•"


@dataclass(frozen=True)
class Level:
    """How one depth of a list counts: `text` has `%1` for the number of the first level, and so on.

    With `restarts_after` 0 it never starts anew, with n when a level up to the n-th comes; None is any above.
    """

    number_format: str = "decimal"
    text: str = ""
    start: int = 1
    restarts_after: int | None = None
    is_legal: bool = False
    gap: str = " "


def is_in(level_text: str, text: str) -> bool:
    """Whether everything that a level writes beside its numbers stands in this text."""
    return all(part.strip() in text for part in _PLACE.split(level_text)[::2])


@dataclass
class Counter:
    """How far a list has counted, level by level."""

    reached: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, levels: Mapping[int, Level]) -> str:
        """The number of the next paragraph at this depth (from 0), with the gap behind it."""
        level = levels.get(depth, Level())
        self.reached[depth] = self.reached.get(depth, level.start - 1) + 1
        for lower in [lower for lower in self.reached if lower > depth]:
            if _restarts(levels.get(lower, Level()), depth):
                del self.reached[lower]
        said = self._said(level, levels)
        return said + level.gap if said.strip() else ""

    def restart(self, depth: int, start: int) -> None:
        self.reached[depth] = start - 1

    def _said(self, level: Level, levels: Mapping[int, Level]) -> str:
        if level.number_format == "bullet":
            return bullet(level.text) if level.text else ""

        def number(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            other = levels.get(depth, Level())
            number_format = "decimal" if level.is_legal else other.number_format
            return written_number(self.reached.get(depth, other.start), number_format)

        return _PLACE.sub(number, level.text)


def _restarts(level: Level, depth: int) -> bool:
    return level.restarts_after is None or depth < level.restarts_after
