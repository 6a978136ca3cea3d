"""Carries each event of the plan through the real actions: writing, screening, every decision, the gate.

Each step looks first whether it has been done, so an interrupted load goes on where it stopped.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate

from prongsai.approval.actions import decide, submit
from prongsai.approval.models import Submission
from prongsai.approval.states import OPEN_STATES, SubmissionState, Urgency, Verdict
from prongsai.config.demonstration.files import make
from prongsai.config.demonstration.plan import Event, decision_moments, html
from prongsai.disclosures.actions import attach, begin_correction, save, start
from prongsai.disclosures.content import Content, Official
from prongsai.disclosures.content import Signatory as ContentSignatory
from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.disclosures.states import Stage
from prongsai.files.actions import receive
from prongsai.letters.documents import Signatory
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Person, Unit
from prongsai.organisation.queries import actor_for
from prongsai.publication.actions import expire, publish
from prongsai.publication.queries import expired
from prongsai.record.states import CONTENT_ACTIONS, Action
from prongsai.screening.actions import decide_finding, submit_for_screening
from prongsai.screening.queries import open_findings
from prongsai.screening.states import Verdict as FindingVerdict

NAMESPACE = uuid.UUID("6a1c8a0e-5d8c-4f0e-9a62-4d656d6f0001")
REASON = "อ่านข้อความรอบข้างแล้ว เป็นข้อมูลของหน่วยงานหรือถ้อยคำในเอกสารราชการ ไม่ใช่ข้อมูลที่ต้องห้าม"


def load(events: Iterable[Event], *, say: Callable[[str], None]) -> int:
    """Load what is not there yet; returns how many acts were published now."""
    published = 0
    for event in events:
        published += carry(event)
        if published and published % 20 == 0:
            say(f"demonstration: {published} acts published")
    return published


def carry(event: Event) -> bool:
    """One event from writing to the record; False when it had been published before."""
    if event.action == Action.EXPIRED:
        return _end(event)
    officer = holder(f"officer-{event.row['unit']}", at=event.submitted)
    disclosure = start(
        kind=event.row["kind"],
        unit=Unit.objects.get(code=event.row["unit"]),
        by=officer,
        at=event.submitted - timedelta(hours=1),
        ref=_ref(event),
    )
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


def _end(event: Event) -> bool:
    """The day after the last day that counts."""
    disclosure = Disclosure.objects.get(ref=_ref(event))
    if disclosure not in expired(at=event.published):
        return False
    expire(disclosure=disclosure, at=event.published)
    return True


def _ref(event: Event) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, event.key)


def holder(post_code: str, *, at: datetime) -> Actor:
    """Whoever holds the post on that day, as actor."""
    day = localdate(at)
    held = Appointment.objects.held(on=day).select_related("person").get(post__code=post_code)
    return actor_for(held.person, post_code=post_code, on=day)


def _submit(event: Event, disclosure: Disclosure, officer: Actor) -> Submission:
    if event.action in CONTENT_ACTIONS:
        _write(event, disclosure, officer)
        submit_for_screening(disclosure=disclosure, by=officer, at=event.submitted)
        _decide_findings(disclosure, at=event.submitted)
    disclosure.refresh_from_db()
    return submit(
        disclosure=disclosure,
        action=event.action,
        urgency=Urgency.URGENT if event.row.get("urgent") else Urgency.NORMAL,
        significance=event.significance,
        change_note=event.note,
        explanation=event.explanation,
        recall_reason=event.recall_reason,
        by=officer,
        at=event.submitted,
    )


def _write(event: Event, disclosure: Disclosure, officer: Actor) -> None:
    at = event.submitted - timedelta(minutes=30)
    if disclosure.stage == Stage.RESTING:
        begin_correction(disclosure=disclosure, by=officer, at=at)
    if disclosure.stage not in (Stage.WRITING, Stage.RESTING):
        return
    _attach(event, disclosure, officer, at=at)
    disclosure.refresh_from_db()
    latest = disclosure.latest
    save(
        disclosure=disclosure,
        content=_content({**event.row, **event.changes}),
        base_sequence=latest.sequence if latest else 0,
        by=officer,
        at=at,
        note=event.note,
    )


def _attach(event: Event, disclosure: Disclosure, officer: Actor, *, at: datetime) -> None:
    there = set(
        Attachment.objects.filter(disclosure=disclosure, removed_at=None).values_list(
            "slot", flat=True
        )
    )
    for row in event.row.get("files", ()):
        if row["slot"] in there:
            continue
        upload = make(
            row, issuing_body=settings.MUNICIPALITY["name_th"], signatories=_signatories()
        )
        stored = receive(upload=upload, by=officer, at=at)
        attach(
            disclosure=disclosure,
            file=stored,
            slot=row["slot"],
            label=row["label"],
            by=officer,
            at=at,
        )


def _signatories() -> dict[str, Signatory]:
    mayor = Person.objects.get(username="mayor")
    return {"mayor": Signatory(name=mayor.full_name, post="นายกเทศมนตรีนครตั้งใจ")}


def _content(row: dict[str, Any]) -> Content:
    return Content(
        kind=row["kind"],
        section=row["section"],
        unit=row["unit"],
        title=row["title"],
        title_en=row.get("title_en", ""),
        summary=row["summary"],
        body=html(row.get("body", [])),
        official=_official(row.get("official", {})),
        fiscal_year=row.get("fiscal_year"),
        period=row.get("period", ""),
        source=row.get("source", ""),
        as_of_date=row.get("as_of"),
        details=row.get("details", {}),
        obligations=tuple(row.get("obligations", ())),
        expires_date=row.get("expires"),
    )


def _official(row: dict[str, Any]) -> Official:
    mayor = _signatories()["mayor"]
    return Official(
        number=row.get("number", ""),
        signed_date=row.get("signed"),
        in_force_date=row.get("in_force"),
        signatories=(ContentSignatory(name=mayor.name, post=mayor.post),) if row else (),
    )


def _decide_findings(disclosure: Disclosure, *, at: datetime) -> None:
    disclosure.refresh_from_db()
    screener = holder("legal-officer", at=at)
    found = open_findings(disclosure.latest) if disclosure.latest else ()
    for finding in found:
        decide_finding(
            finding=finding,
            verdict=FindingVerdict.NOT_APPLICABLE,
            reason=REASON,
            legal_ground="",
            by=screener,
            at=at,
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
