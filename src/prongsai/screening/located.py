"""A finding in one text, before anybody has decided anything."""

from collections.abc import Callable
from dataclasses import dataclass, field

from prongsai.thai.normalise import Normalised


@dataclass(frozen=True)
class Located:
    """`start` and `end` are code points of the original text, `excerpt` is masked.

    `datum` is what was found, as it would be compared: it is never stored, printed or logged.
    """

    detector: str
    label: str
    family: str
    severity: str
    start: int
    end: int
    excerpt: str
    datum: str = field(repr=False)


@dataclass(frozen=True)
class Hit:
    """A span of the normalised text, the datum in it, and a severity where it is not the detector's own."""

    start: int
    end: int
    datum: str = field(repr=False)
    severity: str = ""
    label: str = ""

    def overlaps(self, other: "Hit") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Own:
    """What is the municipality's own and therefore nobody's secret. Phones are digits only, the rest small letters."""

    domains: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Page:
    """One text as detectors look at it."""

    normalised: Normalised
    own: Own = Own()

    @property
    def text(self) -> str:
        return self.normalised.text


Find = Callable[[Page], list[Hit]]
