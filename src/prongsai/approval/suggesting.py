"""Small corrections of words that an approver sends back with a submission: plain values in, plain values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

# In these an approver may correct words. Figures of the kind's own fields are the author's to look up again.
FIELDS = ("title", "summary", "body")
MOST_LETTERS = 300


@dataclass(frozen=True)
class Replacement:
    """Words as they stand, and as they should."""

    old: str
    new: str


def absent(content: Mapping[str, Any], replacements: Sequence[Replacement]) -> list[str]:
    """Words that are to be replaced and stand in none of the fields."""
    return [
        each.old for each in replacements if not any(_has(content, name, each) for name in FIELDS)
    ]


def _has(content: Mapping[str, Any], name: str, replacement: Replacement) -> bool:
    return _written(name, replacement.old) in str(content.get(name, ""))


def _written(name: str, words: str) -> str:
    """The body is HTML: its words are escaped, all but the quotation marks."""
    return escape(words, quote=False) if name == "body" else words


def corrected(content: Mapping[str, Any], replacements: Sequence[Replacement]) -> dict[str, Any]:
    """The content with the words replaced wherever they stand in those fields."""
    texts = {name: str(content.get(name, "")) for name in FIELDS}
    for each in replacements:
        for name, text in texts.items():
            texts[name] = text.replace(_written(name, each.old), _written(name, each.new))
    return {**content, **texts}


def is_small(replacements: Sequence[Replacement]) -> bool:
    """Whether it is a slip of the pen and not a new text, which only its author may write."""
    return sum(len(each.old) + len(each.new) for each in replacements) <= MOST_LETTERS
