"""Numbered pages of a list: plain numbers in, links out."""

from dataclasses import dataclass
from urllib.parse import urlencode

NEIGHBOURS = 2
LONGEST_NUMBER = 4


@dataclass(frozen=True)
class Step:
    """A link to a page, or a gap between two (`path` is empty)."""

    number: int = 0
    path: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class Pages:
    """Page `number` of `last` of a list of `total` lines; `query` is what the links keep."""

    number: int
    last: int
    total: int
    query: tuple[tuple[str, str], ...] = ()

    @property
    def previous_path(self) -> str:
        return self._path(self.number - 1) if self.number > 1 else ""

    @property
    def next_path(self) -> str:
        return self._path(self.number + 1) if self.number < self.last else ""

    @property
    def steps(self) -> list[Step]:
        near = range(self.number - NEIGHBOURS, self.number + NEIGHBOURS + 1)
        shown = sorted({1, self.last, *near} & set(range(1, self.last + 1)))
        steps: list[Step] = []
        for before, number in zip([0, *shown], shown, strict=False):
            if number - before > 1:
                steps.append(Step())
            steps.append(Step(number, self._path(number), is_here=number == self.number))
        return steps

    def _path(self, number: int) -> str:
        return "?" + urlencode([*self.query, ("page", str(number))])


def page_number(text: str) -> int:
    """The page that a query asks for; the first when it asks for none."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return max(1, int(text)) if is_number else 1
