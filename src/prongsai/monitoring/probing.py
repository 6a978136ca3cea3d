"""Opens pages and files as a citizen would, without signing in, and notes what came and how long it took."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from prongsai.publication.recalls.fetching import hear

# The aim of the Government Website Standard's practice and of our own design: a page within two seconds.
SLOWEST = 2_000


class Spot(NamedTuple):
    """What is opened: the page (`place` 0) or a file (from 1) of a version of an item; the home page has no number."""

    number: str = ""
    version: int = 0
    place: int = 0


HOME = Spot()


@dataclass(frozen=True)
class Visit:
    """What a path answered; status 0 when nobody did."""

    path: str
    status: int
    milliseconds: int

    @property
    def is_well(self) -> bool:
        return self.status == 200 and self.milliseconds <= SLOWEST


def visits(origin: str, paths: Iterable[str]) -> Iterator[Visit]:
    """One after the other over one connection, in their order."""
    wanted = list(paths)
    answers = hear(origin, wanted)
    for path in wanted:
        begun = time.monotonic()
        heard = next(answers)
        yield Visit(path, heard.status, round((time.monotonic() - begun) * 1000))
