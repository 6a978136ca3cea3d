"""The worker's part: addresses that serve as evidence are opened now and then, beside the worker's turns."""

import time
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils import timezone

from prongsai.files.tasks import SlowTask
from prongsai.monitoring.actions import keep_visits
from prongsai.monitoring.probing import Spot, Visit, visits
from prongsai.monitoring.queries import paths_to_visit

SECONDS_BETWEEN_LOOKS = 20.0


class Probing:
    """Asked for the next addresses; a few at a time, so that citizens do not feel it."""

    def __init__(self) -> None:
        # Not at once: the portal may have been started together with the worker, and be up in a moment.
        self._next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS

    def __call__(self) -> SlowTask | None:
        if time.monotonic() < self._next_look:
            return None
        self._next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
        wanted = paths_to_visit(at=timezone.now())
        if not wanted:
            return None
        return SlowTask(
            name=f"open {len(wanted)} addresses as a citizen would",
            run=partial(_visit, wanted),
            done=_visited,
        )


def _visit(wanted: Mapping[Spot, str]) -> dict[Spot, Visit]:
    found = visits(settings.PORTAL_URL, wanted.values())
    return dict(zip(wanted, found, strict=True))


def _visited(found: Mapping[Spot, Visit], at: datetime) -> None:
    keep_visits(visits=found, at=at)
