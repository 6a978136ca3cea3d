"""The worker's part: numbers first, then one paper after the other, each set beside the worker's turns."""

import logging
import time
from collections import Counter
from datetime import datetime
from functools import partial

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from prongsai.files.tasks import SlowTask
from prongsai.letters.render import render
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import CannotAct
from prongsai.publication.models import Paper
from prongsai.publication.papers.making import (
    Draft,
    certificate_draft,
    draft_of,
    keep,
    number_memorandum,
)
from prongsai.publication.papers.queries import (
    certificate_due,
    certificate_prefix,
    next_due,
    paper_key,
    without_number,
)

logger = logging.getLogger(__name__)
WRITER = Actor.system("งานเอกสาร")
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_BETWEEN_CERTIFICATES = 60.0
MOST_TRIES = 3
# Rows that an older version wrote, or a hand: the paper is missing, the worker goes on.
CANNOT_COMPOSE = (LookupError, ValueError, TypeError, AttributeError, ObjectDoesNotExist, CannotAct)


class PaperMaking:
    """Asked for the next paper; looks into the tables once a second while there is nothing to do.

    What cannot be made, such as a title with a sign that no font has, is left out until the worker starts anew:
    somebody may make it by hand, and publication never waits for it.
    """

    def __init__(self) -> None:
        self._next_look = self._next_certificate = 0.0
        self._tries: Counter[str] = Counter()

    def __call__(self) -> SlowTask | None:
        if time.monotonic() < self._next_look:
            return None
        draft = self._composed(timezone.now())
        if draft is None:
            self._next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
            return None
        # Counted before: a typesetter that dies tells nobody.
        self._tries[draft.row.key] += 1
        return SlowTask(
            name=f"make {draft.row.key}",
            run=partial(render, draft.letter),
            done=partial(_made, draft.row),
            failed=partial(self._not_made, draft.row),
        )

    def _composed(self, at: datetime) -> Draft | None:
        """None as well when something cannot be composed: the worker has more important things to do."""
        try:
            return self._next(at)
        except CANNOT_COMPOSE:
            logger.exception("a paper cannot be composed")
            return None

    def _next(self, at: datetime) -> Draft | None:
        for submission in without_number(at=at):
            number_memorandum(submission=submission, by=WRITER, at=at)
        while found := next_due(at=at, without=self._given_up()):
            submission, kind = found
            try:
                return draft_of(submission=submission, kind=kind, by=WRITER, at=at)
            except CANNOT_COMPOSE as error:
                logger.warning("%s of %s cannot be composed: %r", kind, submission.ref, error)
                self._tries[paper_key(submission, kind)] = MOST_TRIES
        return self._certificate(at)

    def _given_up(self) -> set[str]:
        return {key for key, tries in self._tries.items() if tries >= MOST_TRIES}

    def _certificate(self, at: datetime) -> Draft | None:
        if time.monotonic() < self._next_certificate:
            return None
        # Set at once: what cannot be composed is not tried again every second.
        self._next_certificate = time.monotonic() + SECONDS_BETWEEN_CERTIFICATES
        while disclosure := certificate_due(at=at, without=self._given_up()):
            try:
                draft = certificate_draft(disclosure=disclosure, by=WRITER, at=at)
            except CANNOT_COMPOSE as error:
                logger.warning("a certificate of %s cannot be composed: %r", disclosure.ref, error)
                self._tries[certificate_prefix(disclosure)] = MOST_TRIES
            else:
                self._next_certificate = 0.0
                return draft
        return None

    def _not_made(self, row: Paper, error: Exception, _at: datetime) -> None:
        logger.warning("paper %s was not made: %s", row.key, error)
        self._tries[row.key] = MOST_TRIES


def _made(row: Paper, pdf: bytes, at: datetime) -> None:
    keep(row=row, pdf=pdf, by=WRITER, at=at)
