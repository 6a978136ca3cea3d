"""Finds stretches that one reader saw in the text of a page as another reader put it down."""

import re
from collections.abc import Iterable, Iterator

from prongsai.files.pdf_hidden import Run
from prongsai.files.rules import Hidden
from prongsai.thai.normalise import display_text

# Readers of PDF disagree about spaces and about the marks over and under letters, and about nothing else.
_LOOSE = re.compile("[\\s\u0e31\u0e33\u0e34-\u0e3a\u0e32\u0e47-\u0e4e\u0300-\u036f]")


def with_hidden(text: str, runs: Iterable[Run]) -> tuple[str, tuple[Hidden, ...]]:
    """The text with the places of the runs in it; what is not found in it is added at its end."""
    letters = [place for place, sign in enumerate(text) if not _LOOSE.match(sign)]
    firm = "".join(text[place] for place in letters)
    hidden: list[Hidden] = []
    added: list[str] = []
    for run in runs:
        if run.kind == "scan_layer":
            hidden.append(Hidden(run.kind, 0, len(text)))
            continue
        place = _nearest(firm, _LOOSE.sub("", display_text(run.text)), run.about)
        if place is None:
            start = len(text) + sum(map(len, added)) + len(added) + 1
            added.append(display_text(run.text))
            hidden.append(Hidden(run.kind, start, start + len(added[-1])))
        else:
            hidden.append(Hidden(run.kind, *_stretch(text, letters, *place)))
    return "\n".join([text, *added]), tuple(hidden)


def _nearest(firm: str, wanted: str, about: float) -> tuple[int, int] | None:
    """Of several places the one that is about as far into the page."""
    places = list(_places(firm, wanted)) if wanted else []
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - about * len(firm)))
    return start, start + len(wanted)


def _places(firm: str, wanted: str) -> Iterator[int]:
    place = firm.find(wanted)
    while place >= 0:
        yield place
        place = firm.find(wanted, place + 1)


def _stretch(text: str, letters: list[int], start: int, end: int) -> tuple[int, int]:
    """From the first letter to the last, with the marks that belong to it."""
    last = letters[end - 1] + 1
    while last < len(text) and _LOOSE.match(text[last]) and not text[last].isspace():
        last += 1
    return letters[start], last
