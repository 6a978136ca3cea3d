"""What the worker does in one turn. Rows of the office and the record say what is due; nothing is queued in memory."""

import logging
import time
from datetime import datetime

from django.db import close_old_connections
from django.utils import timezone

from prongsai.discovery.index import Indexer
from prongsai.publication.actions import CannotPublish, expire, publish
from prongsai.publication.queries import due, expired
from prongsai.record.actions import sweep
from prongsai.record.rules import CannotAppend

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_SWEEPS = 60.0
SECONDS_BETWEEN_EXPIRIES = 30.0


class Rounds:
    """The worker's turns, one after the other, with what must be remembered between them."""

    def __init__(self) -> None:
        self.indexer = Indexer()
        self.next_sweep = self.next_expiry = 0.0

    def turn(self) -> bool:
        """Do what is due; True when there was anything. A failure is logged and tried again next time."""
        close_old_connections()
        published = [_publish(submission.ref) for submission in due(at=timezone.now())]
        indexed = self.indexer.follow()
        self._now_and_then()
        return any(published) or indexed > 0

    def _now_and_then(self) -> None:
        clock = time.monotonic()
        if clock >= self.next_expiry:
            self.next_expiry = clock + SECONDS_BETWEEN_EXPIRIES
            _expire(at=timezone.now())
        if clock >= self.next_sweep:
            self.next_sweep = clock + SECONDS_BETWEEN_SWEEPS
            sweep(at=timezone.now())


def _publish(ref: object) -> bool:
    try:
        entry = publish(submission_ref=ref, at=timezone.now())  # type: ignore[arg-type]
    except CannotPublish as refusal:
        logger.warning(
            "submission %s was refused: %s",
            ref,
            [reason.blocker.value for reason in refusal.reasons],
        )
    except (CannotAppend, OSError):
        # A full disk, or a clock behind another worker's: the submission stays approved and is tried again.
        logger.exception("submission %s could not be published now", ref)
        return False
    else:
        logger.info("%s %s version %s", entry.action, entry.number, entry.version)
    return True


def _expire(*, at: datetime) -> None:
    for disclosure in expired(at=at):
        expire(disclosure=disclosure, at=at)
