"""Thai data know no Latin letters: where they were unsure, English data look again."""

import re
from collections.abc import Iterable
from dataclasses import replace

from prongsai.files.recognition.printed import Printed, around, mean_confidence

# Measured: Thai data read Thai words with about 0.93 and most Latin ones with 0.4 to 0.8; English data read Latin words
# with 0.65 to 0.97 and Thai ones with 0 to 0.6, long ones among them with 0.1 at most.
_UNSURE = 0.75
_BELIEVED, _CERTAIN, _BETTER_BY = 0.6, 0.9, 0.05
_LONG, _LONG_BELIEVED = 6, 0.35
_HAS_LATIN = re.compile(r"[A-Za-z]{2}|^[A-Za-z]$")


def may_be_latin(words: Iterable[Printed]) -> bool:
    """Whether some word was read so badly that it may be Latin."""
    return any(mean_confidence(token) < _UNSURE for token in _tokens(list(words)))


def with_latin(thai: list[Printed], english: list[Printed]) -> list[Printed]:
    """A line as read with Thai data, with the Latin words of the same line as read with English data."""
    words = thai
    for token in _tokens(english):
        latin = _joined(token)
        believed = _LONG_BELIEVED if len(latin.text) >= _LONG else _BELIEVED
        if latin.confidence >= believed and _HAS_LATIN.search(latin.text):
            words = _replaced(words, latin)
    return words


def _replaced(words: list[Printed], latin: Printed) -> list[Printed]:
    left, _, right, _ = latin.box
    # The two readers do not part letters at the same points.
    slack = (right - left) / len(latin.text) / 2
    inside = [
        place for place, word in enumerate(words) if left - slack <= word.middle <= right + slack
    ]
    if not inside:
        return words
    first, last = inside[0], inside[-1] + 1
    covered = words[first:last]
    if latin.confidence < min(_CERTAIN, mean_confidence(covered) + _BETTER_BY):
        return words
    return [*words[:first], replace(latin, ends=covered[-1].ends), *words[last:]]


def _tokens(words: list[Printed]) -> list[list[Printed]]:
    """The pieces between spaces."""
    tokens: list[list[Printed]] = [[]]
    for word in words:
        tokens[-1].append(word)
        if word.ends:
            tokens.append([])
    return [token for token in tokens if token]


def _joined(token: list[Printed]) -> Printed:
    box = token[0].box
    for word in token[1:]:
        box = around(box, word.box)
    text = "".join(word.text for word in token)
    return Printed(text, mean_confidence(token), box, token[-1].ends)
