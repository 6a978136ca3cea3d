"""What an office should not say of candidates while an election is near: flagged on the days of a calendar.

The calendar is data; it is empty until a municipality enters its windows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from prongsai.screening.located import Hit, Page
from prongsai.screening.words import any_of, words
from prongsai.thai.normalise import normalise

_AROUND = 40


@dataclass(frozen=True)
class Window:
    """First and last day; `names` are candidates, incumbents and slogans, written as they are searched."""

    key: str
    first: date
    last: date
    names: tuple[str, ...]


def open_windows(day: date | None) -> list[Window]:
    """The windows that this day lies in; none without a day."""
    return [one for one in _windows() if day is not None and one.first <= day <= one.last]


def _windows() -> Iterator[Window]:
    calendar: dict[str, Any] = words("elections")
    for row in calendar["windows"]:
        names = tuple(normalise(name) for name in row.get("names", ()))
        yield Window(row["key"], row["from"], row["to"], names)


def election_passages(page: Page) -> list[Hit]:
    """Names of the window, and the words that praise who holds an office."""
    windows = open_windows(page.day)
    names = tuple(name for window in windows for name in window.names)
    praise = tuple(words("elections")["praise"]["words"]) if windows else ()
    return [
        Hit(*found.span(), _passage(page.text, *found.span()))
        for found in any_of(names + praise).finditer(page.text)
    ]


def _passage(text: str, start: int, end: int) -> str:
    return "".join(text[max(0, start - _AROUND) : end + _AROUND].split())
