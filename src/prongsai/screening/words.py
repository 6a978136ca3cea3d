"""Word lists and thresholds of the detectors, read from `data/*.toml` once."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from prongsai.thai.normalise import normalise

FOLDER = Path(__file__).parent / "data"


@cache
def words(name: str) -> dict[str, Any]:
    """The file `data/<name>.toml`, every text in it normalised as the searched text is."""
    document = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    normalised: dict[str, Any] = _normalised(document)
    return normalised


def _normalised(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _normalised(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_pattern_or_text(inner) for inner in value]
    return value


def _pattern_or_text(value: Any) -> Any:
    """Small letters would turn `\\S` of a pattern into `\\s`; patterns are written normalised."""
    return normalise(value) if isinstance(value, str) and "\\" not in value else value


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """The longest word wins; an empty list matches nothing."""
    # Alternatives are tried in their order: a short word would hide the long one that begins with it.
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def nearest(
    text: str, start: int, end: int, pattern: re.Pattern[str], reach: tuple[int, int]
) -> int:
    """How many characters lie between the span and the nearest match; more than any reach if none.

    What stands before speaks for a number more than what follows it, which counts double.
    """
    before, after = reach
    low = max(0, start - before)
    distances = [start - found.end() for found in pattern.finditer(text, low, start)]
    distances += [
        2 * (found.start() - end) + 1 for found in pattern.finditer(text, end, end + after)
    ]
    return min(distances, default=FAR)


FAR = 10_000
