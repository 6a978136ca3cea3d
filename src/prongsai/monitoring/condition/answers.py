"""What other sites' answers mean, and when a link is asked for again: plain values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from prongsai.monitoring.condition.states import FAILING, Outcome

# It is there, but not for machines, or not now.
_UNSURE = frozenset({401, 403, 405, 406, 407, 408, 425, 429, 451, 999})
AGAIN, AGAIN_OWN, AGAIN_SOON = timedelta(days=7), timedelta(days=1), timedelta(days=1)
# While nothing outside answers.
AGAIN_AFTER_NOTHING = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=7)
# In a row, on different days.
BROKEN_AFTER = 2


@dataclass(frozen=True)
class Answer:
    """`status` is 0 when nobody answered; `wait` is how long the site asks to be left alone."""

    outcome: Outcome
    status: int = 0
    wait: timedelta | None = None


@dataclass(frozen=True)
class Standing:
    """What is known of a link. `failures` counts days in a row, `failed_date` is the newest of them."""

    outcome: str
    failures: int
    failed_date: date | None
    next_try_at: datetime

    @property
    def is_broken(self) -> bool:
        return self.failures >= BROKEN_AFTER


def answered(status: int, wait: timedelta | None = None) -> Answer:
    """What a status says to somebody who wants to read the page."""
    if 200 <= status < 300:
        return Answer(Outcome.WELL, status)
    if status in {404, 410}:
        return Answer(Outcome.GONE, status)
    if status < 400 or status in _UNSURE or wait is not None:
        return Answer(Outcome.UNSURE, status, wait)
    return Answer(Outcome.FAILED, status)


def answered_by_us(status: int) -> Answer | None:
    """Of our own portal, whose redirects lead to what took the place; None while it is down, which says nothing."""
    if status == 0:
        return None
    return Answer(Outcome.WELL, status) if 300 <= status < 400 else answered(status)


def wait_of(header: str) -> timedelta | None:
    """`Retry-After` in seconds; a date asks for a day, because a clock may be wrong. None without one."""
    text = header.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        return timedelta(days=1)
    return min(timedelta(seconds=int(text[:9])), LONGEST_WAIT)


def standing_after(
    answer: Answer, before: Standing, *, is_own: bool, at: datetime, on: date
) -> Standing:
    """`on` is the day of `at` in Thailand. What our own portal says is gone is gone, without another day."""
    again = AGAIN_OWN if is_own else AGAIN
    if answer.outcome == Outcome.UNSURE:
        wait = max(again, answer.wait or again)
        return Standing(answer.outcome, before.failures, before.failed_date, at + wait)
    if answer.outcome not in FAILING:
        return Standing(answer.outcome, 0, None, at + again)
    failures = before.failures + (before.failed_date != on)
    if is_own and answer.outcome == Outcome.GONE:
        failures = max(failures, BROKEN_AFTER)
    # What has been broken for days is asked for less and less often.
    wait = min(AGAIN_SOON * max(failures - 1, 1), AGAIN)
    return Standing(answer.outcome, failures, on, at + wait)


def is_offline(outcomes: Collection[Answer]) -> bool:
    """Whether nothing at all answered: then it is our own way out that is closed."""
    return bool(outcomes) and all(each.outcome == Outcome.SILENT for each in outcomes)
