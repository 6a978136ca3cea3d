"""What an answer of the portal proves after a recall, and when somebody asks again. Plain values."""

import html
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import rfc8785

from prongsai.thai.normalise import normalise

# 404: bytes that no edition names were never there, for the portal; 410: it says so.
GONE = frozenset({404, 410})
# Copies on the way ask again after 30 s and may show the old page for 60 s more (portal.site): only
# what still answers after that is a failure that people must hear of.
PAUSES = (2, 5, 10, 30, 60)
LONGEST_PAUSE = 300
# Shorter pieces of text stand in other pages by chance.
SHORTEST_MARK = 12
MOST_MARKS = 200


@dataclass(frozen=True)
class Question:
    """One address to ask. `stays`: another item shows the same bytes, so they are right to be there.

    `links` must not stand in any answer, `marks` (what the item said) in none either.
    """

    address: str
    carrier: str
    stays: bool = False
    links: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heard:
    """What the portal answered; status 0 when nobody did."""

    status: int
    body: str = ""


def complaint(question: Question, heard: Heard) -> str:
    """What is wrong with the answer, as a key of `texts.COMPLAINTS`; "" when the recall is in force there."""
    if heard.status == 0:
        return "silent"
    if question.stays:
        return "" if heard.status in {200, *GONE} else "odd_status"
    if question.carrier != "list" and heard.status not in GONE:
        return "still_there"
    if question.carrier == "list" and heard.status != 200 and heard.status not in GONE:
        return "odd_status"
    return "says_it" if _says_it(question, heard.body) else ""


def _says_it(question: Question, body: str) -> bool:
    # A page escapes, JSON may: the words are looked for as a reader sees them.
    text = html.unescape(body)
    if any(link in text for link in question.links):
        return True
    plain = normalise(_unescaped(text))
    return any(mark in plain for mark in question.marks)


def _unescaped(text: str) -> str:
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def marks(texts: Sequence[str], *, said_elsewhere: str) -> tuple[str, ...]:
    """Pieces of the item's words that no page may show: not too short, and not also said by others or the tombstone."""
    elsewhere = normalise(said_elsewhere)
    lines = (normalise(line).strip() for text in texts for line in text.split("\n"))
    long = dict.fromkeys(line for line in lines if len(line) >= SHORTEST_MARK)
    return tuple(line for line in long if line not in elsewhere)[:MOST_MARKS]


def pause(tries: int) -> timedelta:
    """How long to wait after so many attempts."""
    seconds = PAUSES[tries - 1] if 0 < tries <= len(PAUSES) else LONGEST_PAUSE
    return timedelta(seconds=seconds if tries else 0)


def is_failure(tries: int) -> bool:
    return tries >= len(PAUSES)


@dataclass(frozen=True)
class Clock:
    """How an incident stands against its hours: what is left, negative once they are over."""

    due_at: datetime
    left: timedelta

    @property
    def is_over(self) -> bool:
        return self.left < timedelta(0)

    @property
    def hours(self) -> int:
        """Whole hours left, or whole hours too late."""
        return int(abs(self.left) // timedelta(hours=1))


def clock(known_at: datetime, *, hours: int, at: datetime) -> Clock:
    """The hours run day and night, over holidays too."""
    due_at = known_at + timedelta(hours=hours)
    return Clock(due_at, due_at - at)


def set_text(numbers: Collection[str], *, reason: str, explanation: str) -> bytes:
    """What an approver of a set agrees to, in canonical JSON: its hash is what their decision is bound to."""
    bound = {"numbers": sorted(numbers), "reason": reason, "explanation": explanation}
    return rfc8785.dumps(bound)
