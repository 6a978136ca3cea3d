"""A finding in one text, before anybody has decided anything."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from prongsai.files.rules import Hidden, PageText, Sight, Word
from prongsai.thai.normalise import Normalised


@dataclass(frozen=True)
class Located:
    """`start` and `end` are code points of the original text, `excerpt` is masked.

    `datum` is what was found, as it would be compared: it is never stored, printed or logged. What is seen and not
    read has `boxes` and no letters.
    """

    detector: str
    label: str
    family: str
    severity: str
    start: int
    end: int
    excerpt: str
    datum: str = field(repr=False)
    boxes: tuple[Sight, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A span of the normalised text, the datum in it, and a severity where it is not the detector's own."""

    start: int
    end: int
    datum: str = field(repr=False)
    severity: str = ""
    label: str = ""
    boxes: tuple[Sight, ...] = ()

    def overlaps(self, other: "Hit") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Own:
    """What is the municipality's own and therefore nobody's secret. Phones are digits only, the rest small letters."""

    domains: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Link:
    """A link of a body: where it leads, and what a reader sees of it."""

    href: str
    text: str


@dataclass(frozen=True)
class Seen:
    """What is known of a text beside its letters. Spans are code points of the original text.

    `pictures` are the alternative texts of the pictures in a body; `needs` names what the content must say
    for others' pictures and knowledge: `source`, `licence`. `is_row`: cells that were typed one by one, each with its
    heading, so that the words of one say nothing of another's number.
    """

    source: str = "text"
    confidence: float | None = None
    hidden: tuple[Hidden, ...] = ()
    words: tuple[Word, ...] = ()
    sights: tuple[Sight, ...] = ()
    links: tuple[Link, ...] = ()
    pictures: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    is_row: bool = False

    @classmethod
    def of(cls, page: PageText) -> Self:
        """What a reader of files knows of a page."""
        return cls(page.source, page.confidence, page.hidden, page.words, page.sights)

    def part(self, start: int, end: int) -> Self:
        """What of it belongs to `text[start:end]`; what speaks of the whole stays with the first part."""
        moved = replace(
            self,
            hidden=tuple(
                replace(one, start=max(one.start, start) - start, end=min(one.end, end) - start)
                for one in self.hidden
                if one.start < end and start < one.end
            ),
            words=tuple(
                replace(one, start=one.start - start, end=one.end - start)
                for one in self.words
                if start <= one.start and one.end <= end
            ),
        )
        if not start:
            return moved
        return replace(moved, confidence=None, sights=(), links=(), pictures=())


PLAIN = Seen()


# Compared by identity, so that finders may keep what they have worked out about it.
@dataclass(frozen=True, eq=False)
class Page:
    """One text as detectors look at it. `day` is the day for which they ask, where it matters."""

    normalised: Normalised
    own: Own = Own()
    seen: Seen = PLAIN
    day: date | None = None

    @property
    def text(self) -> str:
        return self.normalised.text

    def placed(self, start: int, end: int) -> tuple[int, int]:
        """The span of the normalised text that comes from this span of the original."""
        offsets = self.normalised.offsets
        last = len(self.text)
        return min(bisect_left(offsets, start), last), min(bisect_left(offsets, end), last)


Find = Callable[[Page], list[Hit]]
