"""Word lists from `data/*.toml`, spelt as the searched text is, and how alike a misread word is to one of them."""

import re
import tomllib
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from prongsai.thai.normalise import normalise

FOLDER = Path(__file__).parents[1] / "data"
# Machines lose and swap marks above all, so words are compared by what is left without them.
_LOST = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\s.()/\-]")

ALIKE = 0.99


@cache
def table(name: str) -> dict[str, Any]:
    """The file `data/<name>.toml` as it is written."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(*path: str) -> tuple[str, ...]:
    """A list of `data/words.toml`, normalised, the longest first so that it wins over its own beginning."""
    value: Any = table("words")
    for key in path:
        value = value[key]
    return longest_first(value)


def longest_first(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(normalise, found), key=len, reverse=True))


@cache
def any_of(found: tuple[str, ...]) -> str:
    """A pattern of alternatives in their order."""
    return "(?:" + "|".join(map(re.escape, found)) + ")"


def skeleton(text: str) -> str:
    """The letters alone, without vowels and tones above and below, spaces and stops."""
    return _LOST.sub("", text)


def likeness(first: str, second: str) -> float:
    """0 to 1, by the letters that both have in the same order."""
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def beginning_like(text: str, word: str) -> float:
    """How much the beginning of `text` is like `word`; 1 when it is the same."""
    if text.startswith(word):
        return 1.0
    meant, seen = skeleton(word), skeleton(text[: 2 * len(word) + 4])
    if len(meant) < 4 or not seen:
        return 0.0
    lengths = {len(meant) - 1, len(meant), len(meant) + 1}
    # Letters alike with other marks are alike, not the same.
    return min(ALIKE, max(likeness(seen[:length], meant) for length in lengths))
