"""Leaked items with several versions and twins; an answering portal without a network."""

from typing import Any

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState, Urgency
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.publication.actions import publish
from prongsai.publication.recalls.actions import recall
from prongsai.record.states import RecallReason
from tests.approval.factories import endorse
from tests.publication.factories import LATER, correction, published

People = dict[str, Actor]
WORDS = "เผยแพร่ไฟล์ผิด กำลังแก้ไข"


def leaked(people: People, *, versions: int = 1, **changes: Any) -> Disclosure:
    """Public in so many versions, all with the same file."""
    disclosure, _entry = published(people, **changes)
    for version in range(2, versions + 1):
        submission = correction(people, disclosure, summary=f"สรุปฉบับที่ {version} ของรายการนี้")
        publish(submission_ref=submission.ref, at=LATER)
        disclosure.refresh_from_db()
    return disclosure


def asked(people: People, disclosure: Disclosure, **wishes: Any) -> Submission:
    """An urgent recall on its way to the director."""
    plain = {
        "reason": RecallReason.MISTAKE, "explanation": WORDS, "urgency": Urgency.URGENT,
        "by": people["officer"], "at": LATER,
    }  # fmt: skip
    return recall(disclosure=disclosure, **plain | wishes)


def recalled(people: People, disclosure: Disclosure, **wishes: Any) -> Submission:
    submission = asked(people, disclosure, **wishes)
    while submission.state == SubmissionState.UNDER_WAY:
        endorse(submission, people[submission.steps[submission.step]["posts"][0]], at=LATER)
    publish(submission_ref=submission.ref, at=LATER)
    submission.refresh_from_db()
    return submission
