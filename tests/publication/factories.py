"""Approved submissions with real files; and forged ones, as somebody with the office's ORM could write them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from prongsai.approval.actions import submit
from prongsai.approval.models import Decision, Submission
from prongsai.approval.queries import current_hash
from prongsai.approval.states import SubmissionState, Verdict
from prongsai.disclosures.actions import attach, begin_correction
from prongsai.disclosures.models import Disclosure
from prongsai.files.actions import receive
from prongsai.files.models import StoredFile
from prongsai.organisation.actors import Actor
from prongsai.publication.actions import publish
from prongsai.record.models import Entry
from prongsai.record.states import Action
from tests.approval.factories import approved, draft, endorse
from tests.disclosures.factories import save_changes
from tests.factories import NOW
from tests.files.samples import upload

People = dict[str, Actor]
LATER = NOW + timedelta(hours=1)
ANNEX = "หลักเกณฑ์การจัดเก็บขยะชิ้นใหญ่ในเขตเทศบาล"


def drafted(people: People, *, annex: str = ANNEX, **changes: Any) -> Disclosure:
    """News with a text file in its main slot."""
    disclosure = draft(people["officer"], **changes)
    give_file(disclosure, people["officer"], annex)
    return disclosure


def give_file(disclosure: Disclosure, by: Actor, text: str, *, slot: str = "main") -> StoredFile:
    stored = receive(upload=upload("หลักเกณฑ์.txt", text.encode()), by=by, at=NOW)
    attach(disclosure=disclosure, file=stored, slot=slot, by=by, at=NOW)
    return stored


def ready(people: People, **wishes: Any) -> Submission:
    """Approved by the whole chain, with a file; `wishes` go to `submit`."""
    return approved(people, disclosure=drafted(people), **wishes)


def published(people: People, **changes: Any) -> tuple[Disclosure, Entry]:
    """Gone through the gate once."""
    submission = approved(people, disclosure=drafted(people, **changes))
    entry = publish(submission_ref=submission.ref, at=LATER)
    return Disclosure.objects.get(pk=submission.disclosure_id), entry


def correction(people: People, disclosure: Disclosure, **changes: Any) -> Submission:
    """A new version, approved."""
    officer = people["officer"]
    begin_correction(disclosure=disclosure, by=officer, at=LATER)
    save_changes(disclosure, by=officer, at=LATER, **changes)
    return approved(
        people, disclosure=disclosure, action=Action.CORRECTED, change_note="แก้วันที่", at=LATER
    )


def act(people: People, disclosure: Disclosure, action: Action, **wishes: Any) -> Submission:
    """An approved act about what is public."""
    submission = submit(
        disclosure=disclosure, action=action, by=people["officer"], at=LATER,
        explanation="มีฉบับใหม่แทน", **wishes,
    )  # fmt: skip
    while submission.state == SubmissionState.UNDER_WAY:
        endorse(submission, people[submission.steps[submission.step]["posts"][0]], at=LATER)
    return submission


def forged(
    people: People,
    disclosure: Disclosure,
    *,
    by: Iterable[str] = ("head", "director"),
    **columns: Any,
) -> Submission:
    """An approval that nobody gave: rows written past every action, in the order of `by`."""
    submission = Submission(
        disclosure=disclosure, revision=disclosure.latest, action=Action.PUBLISHED,
        chain_code="ordinary", state=SubmissionState.APPROVED, submitted_at=NOW, approved_at=NOW,
        submitted_by_id=people["officer"].person_id, submitter_post="เจ้าหน้าที่",
        steps=[{"posts": ["head"], "quorum": 1}, {"posts": ["director"], "quorum": 1}],
    )  # fmt: skip
    submission.content_hash = current_hash(submission)
    for name, value in columns.items():
        setattr(submission, name, value)
    submission.save()
    for step, code in enumerate(by):
        forge_decision(submission, people[code], step=step)
    return submission


def forge_decision(submission: Submission, by: Actor, *, step: int, **columns: Any) -> Decision:
    row = {
        "post_code": by.post_code, "post_title": by.post_title, "person_id": by.person_id,
        "capacity": by.capacity, "verdict": Verdict.ENDORSE, "at": NOW,
        "content_hash": submission.content_hash,
    }  # fmt: skip
    return Decision.objects.create(submission=submission, step=step, **row | columns)
