"""The worker's part: addresses that serve as evidence are opened now and then, beside the worker's turns."""

import time
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils import timezone

from prongsai.files.tasks import SlowTask
from prongsai.monitoring.actions import keep_visits
from prongsai.monitoring.probing import Visit, visits
from prongsai.monitoring.queries import paths_to_visit

SECONDS_BETWEEN_LOOKS = 20.0


class Probing:
    """Asked for the next addresses; a few at a time, so that citizens do not feel it."""

    def __init__(self) -> None:
        self._next_look = 0.0

    def __call__(self) -> SlowTask | None:
        if time.monotonic() < self._next_look:
            return None
        self._next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
        paths = paths_to_visit(at=timezone.now())
        if not paths:
            return None
        return SlowTask(
            name=f"open {len(paths)} addresses as a citizen would",
            run=partial(_visit, paths),
            done=_visited,
            failed=_not_visited,
        )


def _visit(paths: Sequence[str]) -> list[Visit]:
    return list(visits(settings.PORTAL_URL, paths))


def _visited(found: Sequence[Visit], at: datetime) -> None:
    keep_visits(visits=found, at=at)


def _not_visited(_error: Exception, _at: datetime) -> None:
    """Nothing was seen, and nothing is said: they are asked again."""
