"""The worker's part, in lanes beside its turns: content is looked at as it is published, its links are asked for."""

import time
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from threading import Event

from django.conf import settings
from django.utils import timezone

from prongsai.files.tasks import SlowTask
from prongsai.monitoring.condition.actions import Found, begin_anew, keep_round
from prongsai.monitoring.condition.fetching import Asker
from prongsai.monitoring.condition.links import (
    Heard,
    ask_all,
    keep_answers,
    leave_others,
    next_plan,
)
from prongsai.monitoring.condition.queries import Round, is_of_other_checks, next_round
from prongsai.monitoring.condition.reading import Wanted, with_marks
from prongsai.monitoring.condition.rules import flaws

SECONDS_BETWEEN_LOOKS = 3.0
SECONDS_BETWEEN_PLANS = 30.0
# Between two requests to anybody: we are in no hurry.
SECONDS_BETWEEN_REQUESTS = 1.5


class Stopped(Exception):
    """The worker stops; what was not asked for is asked for by the next one."""


class Looking:
    """Asked for the next editions; a few at a time, so that whoever takes in a file hardly waits."""

    def __init__(self) -> None:
        self._next_look = 0.0

    def __call__(self) -> SlowTask | None:
        if time.monotonic() < self._next_look:
            return None
        self._next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
        if is_of_other_checks():
            begin_anew()
        looked = next_round()
        if looked is None:
            return None
        return SlowTask(
            name=f"look at {len(looked.editions)} editions up to entry {looked.until}",
            run=partial(_look, looked.editions),
            done=partial(_looked, looked),
        )


def _look(editions: Sequence[Wanted]) -> list[Found]:
    return [Found(each, flaws(with_marks(each))) for each in editions]


def _looked(looked: Round, found: Sequence[Found], at: datetime) -> None:
    keep_round(looked=looked, found=found, at=at)


class LinkAsking:
    """Asked for the next links. `stop` ends what is under way before the next request."""

    def __init__(self) -> None:
        self._next_plan = 0.0
        self._stopped = Event()

    def __call__(self) -> SlowTask | None:
        if time.monotonic() < self._next_plan:
            return None
        self._next_plan = time.monotonic() + SECONDS_BETWEEN_PLANS
        if not settings.LINK_CHECKS:
            leave_others()
        plan = next_plan(at=timezone.now(), asks_others=settings.LINK_CHECKS)
        if not plan.own and not plan.others:
            return None
        return SlowTask(
            name=f"ask for {len(plan.own) + len(plan.others)} links",
            run=partial(ask_all, plan, Asker(our_name(), self._pause)),
            done=_asked,
        )

    def stop(self) -> None:
        self._stopped.set()

    def _pause(self) -> None:
        if self._stopped.wait(SECONDS_BETWEEN_REQUESTS):
            raise Stopped


def our_name() -> str:
    """Who asks, and how the municipality is reached: what a site's administrator sees in their log."""
    body = settings.MUNICIPALITY
    said = f"Prongsai-link-check ({body['name_en']}; +{settings.PORTAL_URL}; {body['email']})"
    return said.encode("ascii", "ignore").decode("ascii")


def _asked(heard: Sequence[Heard], at: datetime) -> None:
    keep_answers(heard=heard, at=at)
