"""What each detector finds and what it leaves alone, in invented texts. Tests run every one of them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from prongsai.files.rules import Hidden, Sight, Word
from prongsai.screening.located import PLAIN, Link, Seen

_FILE = Path(__file__).parent / "data" / "examples" / "detectors.toml"


@dataclass(frozen=True)
class Example:
    """A text, what is known beside it, and the day on which it is asked about."""

    text: str
    seen: Seen = PLAIN
    day: date | None = None


@dataclass(frozen=True)
class Examples:
    found: tuple[Example, ...]
    not_found: tuple[Example, ...]


@cache
def examples_of(detector: str) -> Examples:
    """Those of the detector of that name; every detector has some of both."""
    row = tomllib.loads(_FILE.read_text(encoding="utf-8"))[detector]
    return Examples(*(tuple(map(_example, row[key])) for key in ("found", "not_found")))


def _example(said: str | Mapping[str, Any]) -> Example:
    """A text alone, or a table: `hidden` names how all of the text is hidden, `sure` how well it was read."""
    if isinstance(said, str):
        return Example(said)
    text = said["text"]
    confidence = said.get("sure")
    seen = Seen(
        source=said.get("source", "text"),
        confidence=confidence,
        hidden=(Hidden(said["hidden"], 0, len(text)),) if "hidden" in said else (),
        words=_words(text, said["word_sure"]) if "word_sure" in said else (),
        sights=tuple(Sight(kind, *edges) for kind, *edges in said.get("sights", ())),
        links=tuple(Link(*link) for link in said.get("links", ())),
        pictures=tuple(said.get("pictures", ())),
        needs=tuple(said.get("needs", ())),
    )
    return Example(text, seen, said.get("day"))


def _words(text: str, confidence: float) -> tuple[Word, ...]:
    """The words of the text, all read equally well."""
    words, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        words.append(Word(start, start + len(word), 0, 0, 0, 0, confidence))
        start += len(word)
    return tuple(words)
