"""What falls due, as a calendar that people subscribe to (iCalendar, RFC 5545). Plain values in, text out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from prongsai.thai.normalise import display_text

# Lines are folded so that none has more octets than this (RFC 5545, 3.1).
LONGEST_LINE = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class DueDay:
    """Something that is due on a day. `uid` stays the same for the same duty and period."""

    uid: str
    on: date
    title: str
    about: str
    url: str


def calendar(days: Iterable[DueDay], *, name: str, at: datetime) -> str:
    """One event a day that is due, each for the whole day; `at` is in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Prongsai//Due//TH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(name)}",
    ]
    for each in days:
        lines += _event(each, at)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _fold(line))


def _event(due: DueDay, at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{due.uid}",
        f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{due.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(due.title)}",
        f"DESCRIPTION:{_text(due.about)}",
        f"URL:{due.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    """What ends a line, or is not seen, would begin a property of its own in some calendars."""
    return display_text(words).translate(_ESCAPED)


def _fold(line: str) -> Iterator[str]:
    """Never within a letter: a Thai one has three octets."""
    part, length = "", 0
    for letter in line:
        octets = len(letter.encode())
        if length + octets > LONGEST_LINE:
            yield part
            # The blank that begins a continued line counts, too.
            part, length = " ", 1
        part, length = part + letter, length + octets
    yield part
