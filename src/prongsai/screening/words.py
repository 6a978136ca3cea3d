"""Word lists and thresholds of the detectors, read from `data/*.toml` once.

A municipality adds its own words in files of the same names and shapes, in a folder that a setting names:
lists grow, and single values (thresholds) take the place of the built-in ones.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from prongsai.thai.normalise import normalise

FOLDER = Path(__file__).parent / "data"
_ADDED: list[Path] = []


class BadWordList(ValueError):
    """An added file cannot be used; the message says which, why, and what to do."""


def add_words_of(folder: Path | None) -> None:
    """Adds a municipality's own lists to the built-in ones, before anything is screened. Raises `BadWordList`."""
    _ADDED[:] = [folder] if folder is not None else []
    words.cache_clear()
    for path in added_files():
        if not (FOLDER / path.name).exists():
            known = ", ".join(sorted(each.stem for each in FOLDER.glob("*.toml")))
            raise BadWordList(f"{path} adds to no word list; its name must be one of {known}")
        _grown(_read(FOLDER / path.name), _read(path), path)


def added_files() -> list[Path]:
    return sorted(path for folder in _ADDED for path in folder.glob("*.toml"))


@cache
def words(name: str) -> dict[str, Any]:
    """The file `data/<name>.toml` and what is added to it, every text normalised as the searched text is."""
    document = _read(FOLDER / f"{name}.toml")
    for path in added_files():
        if path.stem == name:
            document = _grown(document, _read(path), path)
    normalised: dict[str, Any] = _normalised(document)
    return normalised


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadWordList(f"{path} is not TOML in UTF-8: {error}") from error


def _grown(built_in: dict[str, Any], added: dict[str, Any], path: Path) -> dict[str, Any]:
    grown = dict(built_in)
    for key, value in added.items():
        grown[key] = _joined(built_in.get(key, value), value, f"{path}: {key}", path)
    return grown


def _joined(built_in: Any, added: Any, place: str, path: Path) -> Any:
    is_number = isinstance(built_in, int | float) and isinstance(added, int | float)
    if not is_number and type(built_in) is not type(added):
        raise BadWordList(f"{place} must be a {type(built_in).__name__}, as in the built-in list")
    if isinstance(built_in, dict):
        return _grown(built_in, added, path)
    if isinstance(built_in, list):
        return built_in + [each for each in added if each not in built_in]
    return added


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
