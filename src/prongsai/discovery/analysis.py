"""Text to the terms that are indexed and asked for: words, and pieces of three letters.

Words win on clean text; pieces of three letters win when something is misspelt, misread or cut into
other words. Both sides, item and query, go through the same functions.
"""

import re
import unicodedata
from dataclasses import dataclass

from prongsai.thai.normalise import normalise
from prongsai.thai.words import segment

MAXIMUM_QUERY = 200
GRAM = 3

_THAI = "\u0e00-\u0e7f"
_CONTROLS = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
# In Thai a space parts phrases, not words, and people put it where they like.
SPACE_BESIDE_THAI = re.compile(f"(?<=[{_THAI}])\\s+|\\s+(?=[{_THAI}])")
# The segmenter keeps `ita-o43` and `a_b` in one piece; abbreviations keep their full stops.
_INSIDE_A_WORD = re.compile(r"[\s/_\-–]+")
_SPACES = re.compile(r"\s+")
# Tone marks, the shortener and the killer: what is most often typed wrong or left out.
SMALL_MARKS = re.compile("[\u0e47-\u0e4e]")


@dataclass(frozen=True)
class Terms:
    """What a query asks for, each term once, in the order of the query. `letters` counts its joined text."""

    words: tuple[str, ...]
    grams: tuple[str, ...]
    letters: int

    @property
    def telling_grams(self) -> tuple[str, ...]:
        """None when the same few letters come again and again: their pieces stand anywhere."""
        is_repetitive = len(self.grams) * 2 < self.letters - GRAM + 1
        return () if is_repetitive else self.grams

    def __bool__(self) -> bool:
        return bool(self.words or self.grams)


def clean_query(text: str) -> str:
    """What a person typed, fit to be shown again: one line, nothing invisible, 200 letters at most."""
    line = _SPACES.sub(" ", text[: MAXIMUM_QUERY * 4])
    seen = "".join(letter for letter in line if unicodedata.category(letter) not in _CONTROLS)
    # Once more: what was taken out may have stood between two spaces.
    return _SPACES.sub(" ", seen).strip()[:MAXIMUM_QUERY].strip()


def words(normalised: str) -> list[str]:
    """The words of a normalised text without spaces and signs."""
    pieces = (word for piece in segment(normalised) for word in _INSIDE_A_WORD.split(piece))
    return [word for word in pieces if any(letter.isalnum() for letter in word)]


def joined(normalised: str) -> str:
    """A normalised text without the spaces beside Thai letters; other runs of space become one."""
    return _SPACES.sub(" ", SPACE_BESIDE_THAI.sub("", normalised)).strip()


def grams(joined_text: str) -> list[str]:
    """Every three letters in a row."""
    return [joined_text[i : i + GRAM] for i in range(len(joined_text) - GRAM + 1)]


def folded(normalised: str) -> str:
    """Without the small marks above letters, for the second chance."""
    return SMALL_MARKS.sub("", normalised)


def query_terms(text: str) -> Terms:
    normalised = normalise(text)
    together = joined(normalised)
    return Terms(
        words=tuple(dict.fromkeys(words(normalised))),
        grams=tuple(dict.fromkeys(grams(together))),
        letters=len(together),
    )


def folded_terms(text: str) -> Terms:
    """The same for the second chance. Words are found before marks are lost."""
    normalised = normalise(text)
    together = folded(joined(normalised))
    return Terms(
        words=tuple(dict.fromkeys(folded(word) for word in words(normalised))),
        grams=tuple(dict.fromkeys(gram for gram in grams(together) if " " not in gram)),
        letters=len(together),
    )
