"""The worker's part: numbers first, then one paper after the other, each set beside the worker's turns."""

import logging
import time
from datetime import datetime
from functools import partial

from django.utils import timezone

from prongsai.files.tasks import SlowTask
from prongsai.letters.render import render
from prongsai.organisation.actors import Actor
from prongsai.publication.models import Paper
from prongsai.publication.papers.making import (
    Draft,
    certificate_draft,
    draft_of,
    keep,
    number_memorandum,
)
from prongsai.publication.papers.queries import certificate_due, next_due, without_number

logger = logging.getLogger(__name__)
WRITER = Actor.system("งานเอกสาร")
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_CERTIFICATES = 60.0


class PaperMaking:
    """Asked for the next paper; looks into the tables once a second while there is nothing to do."""

    def __init__(self) -> None:
        self._next_look = self._next_certificate = 0.0
        # What cannot be set, such as a title with a sign that no font has: not tried again by this worker.
        self._given_up: set[str] = set()

    def __call__(self) -> SlowTask | None:
        if time.monotonic() < self._next_look:
            return None
        at = timezone.now()
        draft = self._next(at)
        if draft is None:
            self._next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
            return None
        return SlowTask(
            name=f"make {draft.row.key}",
            run=partial(render, draft.letter),
            done=partial(_made, draft.row),
            failed=partial(self._not_made, draft.row),
        )

    def _next(self, at: datetime) -> Draft | None:
        for submission in without_number(at=at):
            number_memorandum(submission=submission, by=WRITER, at=at)
        found = next_due(at=at, without=self._given_up)
        if found is not None:
            return draft_of(submission=found[0], kind=found[1], by=WRITER, at=at)
        return self._certificate(at)

    def _certificate(self, at: datetime) -> Draft | None:
        if time.monotonic() < self._next_certificate:
            return None
        disclosure = certificate_due(at=at)
        if disclosure is None:
            self._next_certificate = time.monotonic() + SECONDS_BETWEEN_CERTIFICATES
            return None
        draft = certificate_draft(disclosure=disclosure, by=WRITER, at=at)
        return None if draft.row.key in self._given_up else draft

    def _not_made(self, row: Paper, error: Exception, _at: datetime) -> None:
        logger.warning("paper %s was not made: %s", row.key, error)
        self._given_up.add(row.key)


def _made(row: Paper, pdf: bytes, at: datetime) -> None:
    keep(row=row, pdf=pdf, by=WRITER, at=at)
