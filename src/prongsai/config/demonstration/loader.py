"""Carries each event of the plan through the real actions: writing, screening, every decision, the gate.

Each step looks first whether it has been done, so an interrupted load goes on where it stopped.
"""

import uuid
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from prongsai.approval.actions import decide, submit
from prongsai.approval.models import Submission
from prongsai.approval.states import OPEN_STATES, SubmissionState, Urgency, Verdict
from prongsai.config.demonstration.content import write
from prongsai.config.demonstration.looks import look_back
from prongsai.config.demonstration.plan import (
    BEGUN,
    SENT,
    WRITTEN,
    Event,
    Row,
    decision_moments,
)
from prongsai.config.demonstration.underway import Word, Work
from prongsai.config.demonstration.verdicts import decide_findings
from prongsai.disclosures.actions import begin_correction, make_statement, start
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.statements import Wish
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Unit
from prongsai.organisation.queries import actor_for
from prongsai.publication.actions import expire, publish
from prongsai.publication.queries import expired
from prongsai.record.models import Item
from prongsai.record.states import CONTENT_ACTIONS, Action
from prongsai.screening.actions import submit_for_screening

NAMESPACE = uuid.UUID("6a1c8a0e-5d8c-4f0e-9a62-4d656d6f0001")


def load(
    events: Iterable[Event], *, say: Callable[[str], None], looks: Iterable[datetime] = ()
) -> int:
    """Load what is not there yet, and at each of `looks`, which are in order of time, look at what was public then;
    returns how many acts were published now.
    """
    published, waiting = 0, deque(looks)
    for event in events:
        while waiting and waiting[0] < event.published:
            look_back(at=waiting.popleft())
        published += carry(event)
        if published and published % 20 == 0:
            say(f"demonstration: {published} acts published")
    for at in waiting:
        look_back(at=at)
    return published


def carry(event: Event) -> bool:
    """One event from writing to the record; False when it had been published before."""
    if event.action == Action.EXPIRED:
        return _end(event)
    officer = holder(f"officer-{event.row['unit']}", at=event.submitted)
    disclosure = _begun(event, officer)
    submission = Submission.objects.filter(
        disclosure=disclosure,
        action=event.action,
        submitted_at=event.submitted,
        state__in=[*OPEN_STATES, SubmissionState.PUBLISHED],
    ).first()
    if submission is None:
        submission = _submit(event, disclosure, officer)
    if submission.state == SubmissionState.PUBLISHED:
        return False
    _decide(submission, event)
    publish(submission_ref=submission.ref, at=event.published)
    return True


def _begun(event: Event, officer: Actor) -> Disclosure:
    """A statement is begun with what it says; its words are written over it like those of every work."""
    row, ref, at = event.row, _ref(event.key), event.submitted - BEGUN
    there = Disclosure.objects.filter(ref=ref).first()
    if there is not None:
        return there
    unit = Unit.objects.get(code=row["unit"])
    if "statement" not in row:
        return start(kind=row["kind"], unit=unit, by=officer, at=at, ref=ref)
    return make_statement(wish=_wish(row), unit=unit, by=officer, at=at, ref=ref)


def _wish(row: Row) -> Wish:
    said = row["statement"]
    about = Disclosure.objects.get(ref=_ref(said["about"])) if "about" in said else None
    item = Item.objects.get(number=about.number) if about else None
    return Wish(
        says=said["says"],
        duties=tuple(row["obligations"]),
        reason=row["summary"],
        fiscal_year=row.get("fiscal_year"),
        about_number=item.number if item else "",
        about_version=item.version if item else None,
    )


def _end(event: Event) -> bool:
    """The day after the last day that counts."""
    disclosure = Disclosure.objects.get(ref=_ref(event.key))
    if disclosure not in expired(at=event.published):
        return False
    expire(disclosure=disclosure, at=event.published)
    return True


def _ref(key: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, key)


def _urgency(row: Row) -> Urgency:
    return Urgency.URGENT if row.get("urgent") else Urgency.NORMAL


def holder(post_code: str, *, at: datetime) -> Actor:
    """Whoever holds the post on that day, as actor."""
    day = localdate(at)
    held = Appointment.objects.held(on=day).select_related("person").get(post__code=post_code)
    return actor_for(held.person, post_code=post_code, on=day)


def _submit(event: Event, disclosure: Disclosure, officer: Actor) -> Submission:
    if event.action in CONTENT_ACTIONS:
        _write(event, disclosure, officer)
        _screen(disclosure, officer, at=event.submitted - SENT)
    disclosure.refresh_from_db()
    return submit(
        disclosure=disclosure,
        action=event.action,
        urgency=_urgency(event.row),
        significance=event.significance,
        change_note=event.note,
        explanation=event.explanation,
        recall_reason=event.recall_reason,
        by=officer,
        at=event.submitted,
    )


def _write(event: Event, disclosure: Disclosure, officer: Actor) -> None:
    at = event.submitted - WRITTEN
    if disclosure.stage == Stage.RESTING:
        begin_correction(disclosure=disclosure, by=officer, at=at)
    if disclosure.stage in (Stage.WRITING, Stage.RESTING):
        write({**event.row, **event.changes}, disclosure, by=officer, at=at, note=event.note)


def _screen(disclosure: Disclosure, officer: Actor, *, at: datetime) -> None:
    """Sent to the screeners, who decide some minutes later what was found."""
    submit_for_screening(disclosure=disclosure, by=officer, at=at)
    decide_findings(
        disclosure,
        sent=at,
        by=holder("legal-officer", at=at),
        second=holder("records-officer", at=at),
    )


def _decide(submission: Submission, event: Event) -> None:
    """Every step of the chain, at hours at which people sit at their desks."""
    moments = decision_moments(event, steps=len(submission.steps))
    while submission.state == SubmissionState.UNDER_WAY:
        at = moments[submission.step]
        posts = submission.steps[submission.step]["posts"]
        decide(
            submission=submission,
            verdict=Verdict.ENDORSE,
            reason="" if event.action != Action.RECALLED else "เห็นควรเรียกคืนโดยเร็ว",
            by=holder(posts[0], at=at),
            content_hash_seen=submission.content_hash,
            at=at,
        )
        submission.refresh_from_db()


def lay_out(works: Iterable[Work]) -> int:
    """Puts unfinished work on the desks; returns how many pieces are new.

    A piece is laid out whole or not at all, and once: what people have done with it since is theirs.
    """
    there = set(Disclosure.objects.values_list("ref", flat=True))
    missing = [work for work in works if _ref(work.key) not in there]
    for work in missing:
        with transaction.atomic():
            _lay_out(work)
    return len(missing)


def _lay_out(work: Work) -> None:
    officer = holder(f"officer-{work.row['unit']}", at=work.begun)
    disclosure = start(
        kind=work.row["kind"],
        unit=Unit.objects.get(code=work.row["unit"]),
        by=officer,
        at=work.begun,
        ref=_ref(work.key),
    )
    write(work.row, disclosure, by=officer, at=work.written)
    if work.sent:
        submit_for_screening(disclosure=disclosure, by=officer, at=work.sent)
    if work.submitted:
        submission = submit(
            disclosure=disclosure,
            action=Action.PUBLISHED,
            urgency=_urgency(work.row),
            by=officer,
            at=work.submitted,
        )
        for word in work.words:
            _speak(word, submission)


def _speak(word: Word, submission: Submission) -> None:
    """What the post whose turn it is says."""
    decide(
        submission=submission,
        verdict=word.verdict,
        reason=word.reason,
        by=holder(submission.steps[submission.step]["posts"][0], at=word.at),
        content_hash_seen=submission.content_hash,
        at=word.at,
    )
