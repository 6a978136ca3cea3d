"""What is to be covered and why, as values: read from forms, kept as JSON, joined. No texts, no tables."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from prongsai.files.locating import Box
from prongsai.files.redaction.questions import Cover

MOST_MARKS = 5_000
MOST_ON_A_PAGE = 500
LONGEST_GROUND = 300
# Of a page's width or height: less is a slip of the hand and would cover nothing.
_SMALLEST = 0.0005
_PLACES = 4
_CELLS = re.compile(r"(?:R(?P<row>\d{1,7}))?(?:C(?P<column>\d{1,5}))?(?:F(?P<begin>\d{1,7}))?")
_SPAN = re.compile(r"S(\d{1,8})E(\d{1,8})")
_PICTURE = re.compile(r"P([1-9]\d{0,4})")
_EDGE = re.compile(r"[01](?:\.\d{1,8})?|\.\d{1,8}")


class BadMark(ValueError):
    """The form says something that no screen of ours would send."""


@dataclass(frozen=True)
class Span:
    """A stretch of a document's text, in code points."""

    page: int
    start: int
    end: int


@dataclass(frozen=True)
class Picture:
    """A whole picture of a document or a book of sheets, by its number from 1; `page` is where it is offered."""

    page: int
    number: int


Place = Box | Cover | Span | Picture


@dataclass(frozen=True)
class Mark:
    """A box of a page, cells of a sheet, a stretch of a text or a picture; why, perhaps not said; its finding."""

    place: Place
    ground: str = ""
    finding: int | None = None

    @property
    def page(self) -> int:
        return self.place.sheet if isinstance(self.place, Cover) else self.place.page

    @property
    def words(self) -> str:
        """The place as forms carry it; the same place of a page has the same words."""
        return words_of(self.place)

    def to_json(self) -> dict[str, Any]:
        why = {"page": self.page, "ground": self.ground, "finding": self.finding}
        if isinstance(self.place, Box):
            box = self.place
            return why | {"edges": [box.left, box.top, box.right, box.bottom]}
        if isinstance(self.place, Picture):
            return why | {"picture": self.place.number}
        if isinstance(self.place, Span):
            return why | {"span": [self.place.start, self.place.end]}
        return why | {"cells": [self.place.row, self.place.column, self.place.from_row]}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        return cls(_place(said), said["ground"], said["finding"])


def _place(said: Mapping[str, Any]) -> Place:
    if "edges" in said:
        return Box(said["page"], *said["edges"])
    if "picture" in said:
        return Picture(said["page"], said["picture"])
    return (
        Span(said["page"], *said["span"]) if "span" in said else Cover(said["page"], *said["cells"])
    )


def words_of(place: Place) -> str:
    if isinstance(place, Picture):
        return f"P{place.number}"
    if isinstance(place, Span):
        return f"S{place.start}E{place.end}"
    if isinstance(place, Box):
        edges = (place.left, place.top, place.right, place.bottom)
        return ",".join(f"{edge:.{_PLACES}f}" for edge in edges)
    row = "" if place.row is None else f"R{place.row}"
    column = "" if place.column is None else f"C{place.column}"
    return f"{row}{column}" + (f"F{place.from_row}" if place.from_row > 1 else "")


def cells_of(words: str, sheet: int) -> Cover:
    """`R3C2` is a cell, `R3` a row, `C2F2` a column from its second row on. Raises `BadMark` for anything else."""
    found = _CELLS.fullmatch(words)
    if not found or not (found["row"] or found["column"]):
        raise BadMark(words[:60])
    row, column, begin = (int(one) if one else None for one in found.groups())
    return Cover(sheet, row, column, begin or 1)


def span_of(words: str, page: int) -> Span:
    """`S12E25` is what stands from the 12th letter to before the 25th. Raises `BadMark` for anything else."""
    found = _SPAN.fullmatch(words)
    if not found or int(found[1]) >= int(found[2]):
        raise BadMark(words[:60])
    return Span(page, int(found[1]), int(found[2]))


def picture_of(words: str, page: int) -> Picture | None:
    """`P3` is the third picture; None for anything else."""
    found = _PICTURE.fullmatch(words)
    return Picture(page, int(found[1])) if found else None


def box_of(words: str, page: int) -> Box:
    """Raises `BadMark` for anything but four parts of a page that make a box."""
    pieces = words.split(",")
    if len(pieces) != 4 or not all(_EDGE.fullmatch(piece) for piece in pieces):
        raise BadMark(words[:60])
    left, top, right, bottom = (round(float(piece), _PLACES) for piece in pieces)
    box = Box(page, left, top, right, bottom)
    if not is_box(box):
        raise BadMark(words[:60])
    return box


def is_box(box: Box) -> bool:
    """Whether it lies on its page and covers something; what is no number does not."""
    edges = (box.left, box.top, box.right, box.bottom)
    return (
        all(math.isfinite(edge) and 0 <= edge <= 1 for edge in edges)
        and box.right - box.left >= _SMALLEST
        and box.bottom - box.top >= _SMALLEST
    )


def rounded(box: Box) -> Box:
    """As forms carry it, outwards, so that nothing of the letters is left at an edge."""
    unit = 10**_PLACES
    return Box(
        box.page,
        math.floor(box.left * unit) / unit,
        math.floor(box.top * unit) / unit,
        math.ceil(box.right * unit) / unit,
        math.ceil(box.bottom * unit) / unit,
    )


def joined(*groups: Iterable[Mark]) -> tuple[Mark, ...]:
    """All of them, the same box once: the first one says why."""
    known: dict[tuple[int, str], Mark] = {}
    for group in groups:
        for mark in group:
            known.setdefault((mark.page, mark.words), mark)
    return tuple(sorted(known.values(), key=lambda mark: mark.page))
