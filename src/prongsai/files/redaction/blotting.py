"""Letters of a document's XML that give way to blocks: those of spans, and the same words wherever they stand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from prongsai.files.aligning import aligned
from prongsai.files.redaction.rules import BLOCKS
from prongsai.files.redaction.seeking import Sought, letters_with_offsets
from prongsai.files.rules import PageText

# A string of an element: what stands in it, or what follows it.
String = tuple[Element, Literal["text", "tail"]]
Place = tuple[String, int]


@dataclass(frozen=True)
class Letters:
    """A text and where each of its letters is written; None for breaks that no element writes."""

    text: str
    places: list[Place | None]


def parsed(raw: bytes) -> Element:
    return ElementTree.fromstring(raw)  # noqa: S314 -- archives refuses entities before


def serialised(root: Element) -> bytes:
    made: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def blot_spans(letters: Letters, page: PageText, spans: Sequence[tuple[int, int]]) -> None:
    pairs = aligned(page.text, letters.text)
    wanted = [at for start, end in spans for at in pairs[start:end] if at is not None]
    _blot(place for at in wanted if (place := letters.places[at]) is not None)


def blot_everywhere(paragraphs: Iterable[Sequence[String]], covered: Sequence[str]) -> None:
    """Each of `paragraphs` is the strings in which its text is written, in order."""
    sought = [one for one in map(Sought, covered) if not one.is_short]
    if not any(one.letters for one in sought):
        return
    for strings in paragraphs:
        texts = [said(string) for string in strings]
        places = [
            (string, at)
            for string, text in zip(strings, texts, strict=True)
            for at in range(len(text))
        ]
        _blot(places[at] for at in _found("".join(texts), sought))


def said(string: String) -> str:
    element, where = string
    return (element.text if where == "text" else element.tail) or ""


def write(string: String, text: str) -> None:
    element, where = string
    if where == "text":
        element.text = text
    else:
        element.tail = text


def _blot(places: Iterable[Place]) -> None:
    by_string: dict[String, set[int]] = {}
    for string, at in places:
        by_string.setdefault(string, set()).add(at)
    for string, gone in by_string.items():
        text = said(string)
        for one, other in pairwise(sorted(gone)):
            if not text[one + 1 : other].strip():
                gone |= set(range(one, other))
        pieces = [
            (BLOCKS if at - 1 not in gone else "") if at in gone else letter
            for at, letter in enumerate(text)
        ]
        write(string, "".join(pieces))


def _found(text: str, sought: Sequence[Sought]) -> Iterator[int]:
    letters, offsets = letters_with_offsets(text)
    for one in sought:
        for found in re.finditer(one.pattern, letters):
            yield from range(offsets[found.start()], offsets[found.end() - 1] + 1)
