"""The worker's part: recalls are confirmed by asking the portal, beside the worker's turns."""

import time
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils import timezone

from prongsai.files.tasks import SlowTask
from prongsai.publication.models import PurgeCheck
from prongsai.publication.recalls.actions import keep_answers
from prongsai.publication.recalls.fetching import NOBODY, hear
from prongsai.publication.recalls.queries import checks_due
from prongsai.publication.recalls.rules import Heard

SECONDS_BETWEEN_LOOKS = 0.5


class PurgeChecking:
    """Asked for the next addresses; looks into the table twice a second while there is nothing to ask."""

    def __init__(self) -> None:
        self._next_look = 0.0

    def __call__(self) -> SlowTask | None:
        if time.monotonic() < self._next_look:
            return None
        checks = checks_due(at=timezone.now())
        if not checks:
            self._next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
            return None
        return SlowTask(
            name=f"confirm the recall of {len(checks)} addresses",
            run=partial(_ask, [each.address for each in checks]),
            done=partial(_heard, checks),
            failed=partial(_not_heard, checks),
        )


def _ask(addresses: Sequence[str]) -> list[Heard]:
    return list(hear(settings.PORTAL_URL, addresses))


def _heard(checks: Sequence[PurgeCheck], heard: Sequence[Heard], at: datetime) -> None:
    keep_answers(checks=checks, heard=heard, at=at)


def _not_heard(checks: Sequence[PurgeCheck], _error: Exception, at: datetime) -> None:
    keep_answers(checks=checks, heard=[NOBODY] * len(checks), at=at)
