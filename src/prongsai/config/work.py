"""What the worker does in one turn. Rows of the office and the record say what is due; nothing is queued in memory."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.timezone import localdate

from prongsai.approval.actions import remind
from prongsai.config.lanes import Lanes
from prongsai.config.slow_work import SlowWork
from prongsai.config.watching import Watching
from prongsai.disclosures.actions import attach_what_waited
from prongsai.disclosures.queries import files_that_arrived
from prongsai.disclosures.tables.isolated import TableMaker
from prongsai.discovery.index import CannotIndex, Indexer
from prongsai.files import places
from prongsai.files.actions import finish_receiving
from prongsai.files.queries import on_the_way
from prongsai.files.recognition.isolated import IsolatedReader
from prongsai.files.recognition.trained import MissingTrainedData
from prongsai.files.redaction.isolated import RedactionMaker
from prongsai.intake.tasks import propose_what_is_read, sketch_what_is_read
from prongsai.monitoring.actions import look, remind_of_duties
from prongsai.monitoring.assembling.tasks import PackMaking
from prongsai.monitoring.uptime_papers import tell_uptime
from prongsai.notices import tasks as notices
from prongsai.notices.board import Board
from prongsai.office.actions import (
    ask_for_mails,
    beat,
    forget_sessions,
    refresh_search,
    tell_directors,
)
from prongsai.office.health import WORKER
from prongsai.office.tasks import mailing
from prongsai.organisation.actions import drop_old_mirrors, mirror_acts
from prongsai.organisation.actors import Actor
from prongsai.organisation.queries import successors_now
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.rows import BadFile
from prongsai.organisation.successors import write_successors
from prongsai.publication.actions import CannotPublish, expire, publish
from prongsai.publication.papers.tasks import PaperMaking
from prongsai.publication.queries import due, expired
from prongsai.publication.recalls.sets import carry_on
from prongsai.publication.recalls.tasks import PurgeChecking
from prongsai.record.actions import sweep
from prongsai.record.blobs import WrongBytes
from prongsai.record.keys import CannotSign
from prongsai.record.rules import CannotAppend
from prongsai.record.states import Action
from prongsai.screening.actions import screen
from prongsai.screening.queries import to_screen_again

logger = logging.getLogger(__name__)
PAUSE = 0.2
SECONDS_BETWEEN_SWEEPS = 60.0
SECONDS_BETWEEN_EXPIRIES = 30.0
SECONDS_BETWEEN_SKETCHES = 20.0
SECONDS_BETWEEN_RECEIPTS = 5.0
SECONDS_BETWEEN_LOOKS_AT_NOTICES = 1.0
SECONDS_BETWEEN_BEATS = 10.0
SECONDS_BETWEEN_OBSERVATIONS = 5.0
SECONDS_BETWEEN_MAILS = 60.0
# No upload and no redaction takes so long: what is older, nobody will come back for.
OLDEST_ON_ITS_WAY = timedelta(hours=24)
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
# A full disk, a lost key, files swapped that very moment, a clock behind another worker's: the submission stays
# approved, the others go on, and somebody may repair it meanwhile.
CANNOT_NOW = (
    *(CannotAppend, CannotAct, CannotSign, CannotIndex, WrongBytes, BadFile),
    *(OSError, DatabaseError),
)


class Retries:
    """Which submissions wait before they are tried again: a second, then twice as long each time, up to a minute."""

    def __init__(self) -> None:
        self._pauses: dict[UUID, tuple[float, float]] = {}

    def is_waiting(self, ref: UUID, *, clock: float) -> bool:
        return self._pauses.get(ref, (0.0, 0.0))[1] > clock

    def failed(self, ref: UUID, *, clock: float) -> float:
        """Seconds until the next attempt."""
        before, _until = self._pauses.get(ref, (FIRST_PAUSE / 2, 0.0))
        pause = min(before * 2, LONGEST_PAUSE)
        self._pauses[ref] = (pause, clock + pause)
        return pause

    def forget(self, ref: UUID) -> None:
        self._pauses.pop(ref, None)


@dataclass
class Done:
    """What the turns came to so far: submissions published, refused by the gate, or left for a later attempt;
    items that ended; steps of the search index; files that had waited for the virus scanner; notices that
    came into the record; reminders of steps and duties that are due or late; duties that came out otherwise.
    """

    published: int = 0
    refused: int = 0
    postponed: int = 0
    expired: int = 0
    indexed: int = 0
    received: int = 0
    told: int = 0
    reminded: int = 0
    observed: int = 0


@contextmanager
def unhindered(what: str) -> Iterator[None]:
    """What cannot be done now keeps nothing else from being done; it comes again."""
    try:
        yield
    except CANNOT_NOW as error:
        logger.warning("could not %s now: %s", what, error)


def _of_notices(step: Callable[..., int], *given: Any) -> int:
    """What a step for notices came to; 0 when it cannot be done now."""
    with unhindered("look after notices"):
        return step(*given, at=timezone.now())
    return 0


class Rounds:
    """The worker's turns, one after the other, with what must be remembered between them."""

    def __init__(self) -> None:
        self.indexer = Indexer()
        self.retries = Retries()
        self.done = Done()
        self.next_sweep = self.next_expiry = self.next_sketch = self.next_receipt = 0.0
        self.next_beat = self.next_mail = self.next_observation = 0.0
        self.mails = SlowWork(partial(mailing, timezone.now))
        self.slow_work = Lanes(_reader(), RedactionMaker(), TableMaker())
        self.papers = SlowWork(PaperMaking())
        self.next_look_at_notices = 0.0
        self.board = Board(settings.NOTICE_FILE, time.time)
        # Apart, because an emergency does not wait for the page of a scan.
        self.telling = SlowWork(partial(notices.delivering, timezone.now))
        self.checks = SlowWork(PurgeChecking())
        self.watching = Watching()
        self.pack_making = PackMaking()
        self.packs = SlowWork(self.pack_making)

    def stop(self) -> None:
        """What is under way is left: the next worker begins it again."""
        lanes = (self.slow_work, self.papers, self.mails, self.telling, self.checks, self.watching)
        for each in (*lanes, self.pack_making, self.packs):
            each.stop()

    def rest(self) -> None:
        """Between two turns: looking all the time would finish no page sooner."""
        if self.slow_work.is_busy or self.telling.is_busy:
            time.sleep(PAUSE)

    def turn(self) -> bool:
        """Do what is due; True when there was anything. A failure is logged and tried again later."""
        # Requests do this by themselves; a worker must, or it keeps a connection that the server has dropped.
        close_old_connections()
        told = self._look_at_notices()
        self._beat()
        published = [*self._recall_sets(), *self._publish_what_is_due()]
        indexed = self._index()
        self.done.indexed += indexed
        proposed = self._propose()
        self._now_and_then()
        is_moving = told > 0 or any(published) or indexed > 0 or proposed > 0
        is_working = self._slow_work() | self._confirm_recalls()
        self._watch()
        self._make_packs()
        if not is_moving:
            self._papers()
        return is_moving or is_working

    def _look_at_notices(self) -> int:
        """First in each turn. A notice that is live needs none of this to be seen."""
        if time.monotonic() < self.next_look_at_notices:
            return 0
        self.next_look_at_notices = time.monotonic() + SECONDS_BETWEEN_LOOKS_AT_NOTICES
        # Each by itself, the record last: where it takes no entry, people are told all the same.
        _of_notices(notices.end_what_is_over)
        _of_notices(notices.keep_posted, self.board)
        # The mail itself goes out in this turn as well; the minute of other mails is not waited for.
        _of_notices(tell_directors)
        is_telling = _of_notices(self.telling.turn)
        told = _of_notices(notices.enter_what_was_told)
        self.done.told += told
        if told or is_telling:
            self.next_look_at_notices = 0.0
        return told + is_telling + self.telling.is_busy

    def _beat(self) -> None:
        """What the office's page of health reads."""
        if time.monotonic() < self.next_beat:
            return
        self.next_beat = time.monotonic() + SECONDS_BETWEEN_BEATS
        with unhindered("say that the worker is alive"):
            beat(name=WORKER, at=timezone.now())

    def _publish_what_is_due(self) -> Iterator[bool]:
        """One after the other, and asked again before each: a recall that was signed meanwhile goes first."""
        for submission in due(at=timezone.now()):
            if submission.action != Action.RECALLED:
                yield from self._recall()
            yield self._publish(submission.ref)

    def _recall(self) -> Iterator[bool]:
        for submission in due(at=timezone.now()).filter(action=Action.RECALLED):
            yield self._publish(submission.ref)

    def _recall_sets(self) -> list[bool]:
        """A few members of each set that is under way, so that what they come to is recalled in between."""
        with unhindered("go on with a set of recalls"):
            return [carry_on(at=timezone.now())]
        return []

    def _confirm_recalls(self) -> bool:
        with unhindered("keep what the portal answered"):
            return self.checks.turn(at=timezone.now())
        return False

    def _watch(self) -> None:
        """Nobody waits for it, so that a turn in which only this was done has rested."""
        with unhindered("keep what was seen of addresses and content"):
            self.watching.turn(at=timezone.now())

    def _make_packs(self) -> None:
        """For an officer who looks how far it is; nobody's publication waits for it."""
        with unhindered("see to packs for assessors"):
            self.packs.turn(at=timezone.now())

    def _slow_work(self) -> bool:
        """Whether something was begun, is under way, or was finished."""
        with unhindered("keep what was read"):
            return self.slow_work.turn(at=timezone.now())
        return False

    def _papers(self) -> None:
        """While there is nothing to publish; nobody waits for a paper, so a turn that only made one has rested."""
        with unhindered("keep a paper"):
            self.papers.turn(at=timezone.now())

    def _mail(self) -> bool:
        """Once a minute it is asked who must be told; what is asked for goes out at once."""
        with unhindered("see to mails"):
            if time.monotonic() >= self.next_mail:
                self.next_mail = time.monotonic() + SECONDS_BETWEEN_MAILS
                ask_for_mails(at=timezone.now())
            return self.mails.turn(at=timezone.now())
        return False

    def _propose(self) -> int:
        """Somebody else may be at the same arrival, or its bytes not be there now: next time."""
        with unhindered("look at what came in"):
            return propose_what_is_read() + self._sketch()
        return 0

    def _sketch(self) -> int:
        """Asked for seldom while there is nothing to do: the question looks at every file."""
        if time.monotonic() < self.next_sketch:
            return 0
        sketched = sketch_what_is_read()
        self.next_sketch = 0.0 if sketched else time.monotonic() + SECONDS_BETWEEN_SKETCHES
        return sketched

    def _index(self) -> int:
        """Another worker may be writing the index, or the disk be full: what is left out comes next time."""
        with unhindered("index"):
            return self.indexer.follow()
        return 0

    def _publish(self, ref: UUID) -> bool:
        if self.retries.is_waiting(ref, clock=time.monotonic()):
            return False
        try:
            if _publish(ref):
                self.done.published += 1
            else:
                self.done.refused += 1
        except CANNOT_NOW as error:
            self.done.postponed += 1
            pause = self.retries.failed(ref, clock=time.monotonic())
            logger.warning("submission %s: %s; next attempt in %g s", ref, error, pause)
            return False
        self.retries.forget(ref)
        return True

    def _now_and_then(self) -> None:
        clock = time.monotonic()
        if clock >= self.next_expiry:
            self.next_expiry = clock + SECONDS_BETWEEN_EXPIRIES
            self.done.expired += _expire(at=timezone.now())
        if clock >= self.next_sweep:
            self.next_sweep = clock + SECONDS_BETWEEN_SWEEPS
            _sweep(at=timezone.now())
            self.done.reminded += _remind(at=timezone.now())
        if clock >= self.next_observation:
            self.done.observed += _observe(at=timezone.now())
            # From its end: a night's round over everything takes seconds.
            self.next_observation = time.monotonic() + SECONDS_BETWEEN_OBSERVATIONS
        if clock >= self.next_receipt:
            self.next_receipt = clock + SECONDS_BETWEEN_RECEIPTS
            self.done.received += _receive(at=timezone.now())
            _refresh_search(at=timezone.now())
            _name_successors()
            _screen_again(at=timezone.now())


def _reader() -> IsolatedReader | None:
    """None where what Tesseract must know is not installed: pages wait until it is."""
    try:
        return IsolatedReader()
    except MissingTrainedData as error:
        logger.error("scanned pages are not read: %s", error)  # noqa: TRY400 -- the sentence says it all
        return None


def _publish(ref: UUID) -> bool:
    """Whether the gate let it pass; a refusal is final, and its author is told."""
    try:
        entry = publish(submission_ref=ref, at=timezone.now())
    # A CannotAct as well, and caught here because no later attempt would help.
    except CannotPublish as refusal:
        reasons = [reason.blocker.value for reason in refusal.reasons]
        logger.warning("submission %s was refused: %s", ref, reasons)
        return False
    logger.info("%s %s version %s", entry.action, entry.number, entry.version)
    return True


def _receive(*, at: datetime) -> int:
    """How many files have waited long enough; the scanner is asked about one after the other until it is away."""
    came_in = 0
    for stored in on_the_way():
        with unhindered(f"take {stored.pk} in"):
            if not finish_receiving(stored=stored, at=at):
                break
            came_in += 1
    # Asked of the rows again: a worker may have died between a file's coming in and its going where it was to go.
    for stored in files_that_arrived():
        with unhindered(f"attach {stored.pk}"):
            attach_what_waited(stored=stored, at=at)
    return came_in


def _refresh_search(*, at: datetime) -> None:
    """What the staff's search finds; a file that cannot be read now is put in later."""
    with unhindered("refresh the office's search"):
        refresh_search(at=at)


def _name_successors() -> None:
    """The portal's copy of which unit answers for one that has ended."""
    with unhindered("name successors of units"):
        write_successors(settings.SUCCESSORS_FILE, successors_now())


def _screen_again(*, at: datetime) -> None:
    """After an update, or as an election draws near, the screeners find their work by today's rules."""
    for disclosure in to_screen_again(on=localdate(at)):
        with unhindered(f"screen {disclosure.ref} again"):
            screen(disclosure=disclosure, by=Actor.system("worker"), at=at)


def _expire(*, at: datetime) -> int:
    """How many items were ended."""
    ended = 0
    for disclosure in expired(at=at):
        with unhindered(f"end {disclosure.number}"):
            expire(disclosure=disclosure, at=at)
            ended += 1
    return ended


def _observe(*, at: datetime) -> int:
    """How many duties came out otherwise; a broken file of duties or holidays leaves what was seen before."""
    with unhindered("look at what is owed"):
        tell_uptime(at=at)
        return look(at=at)
    return 0


def _remind(*, at: datetime) -> int:
    """How many were added, of steps and of duties; the rows say what has been said, whichever worker is asked."""
    added = 0
    for remind_all in (remind, remind_of_duties):
        with unhindered("remind"):
            added += remind_all(at=at)
    return added


def _sweep(*, at: datetime) -> None:
    with unhindered("sweep"):
        sweep(at=at)
        places.remove_leftovers(before=at - OLDEST_ON_ITS_WAY)
        mirror_acts()
        drop_old_mirrors(at=at)
        forget_sessions(at=at)
