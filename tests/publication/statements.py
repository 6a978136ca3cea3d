"""Statements as drafts, and approved and through the gate."""

from typing import Any
from uuid import uuid4

from prongsai.disclosures.actions import make_review, make_statement
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.statements import Wish
from prongsai.organisation.models import Unit
from prongsai.publication.actions import publish
from prongsai.record.models import Entry
from prongsai.record.states import Says
from tests.approval.factories import approved
from tests.factories import NOW
from tests.publication.factories import LATER, People

MONTHLY, KEPT = "proc-monthly", "rd-43"
NONE, OUT, REVIEWED = Says.NONE_THIS_PERIOD, Says.NOT_APPLICABLE, Says.REVIEWED_NO_CHANGE


def wish(says: str = NONE, *duties: str, **changes: Any) -> Wish:
    fields: dict[str, Any] = {"fiscal_year": 2570, "period": "ตุลาคม 2569"}
    if says == OUT:
        fields = {"reason": "เทศบาลไม่มีสัมปทาน"}
    if says == REVIEWED:
        fields = {}
    return Wish(says, duties or (MONTHLY,), **(fields | changes))


def made(people: People, wanted: Wish, **changes: Any) -> Disclosure:
    fields: dict[str, Any] = {"ref": uuid4(), "at": NOW, "by": people["officer"]}
    return make_statement(wish=wanted, unit=Unit.objects.get(code="plan"), **(fields | changes))


def told(people: People, wanted: Wish) -> Entry:
    """Approved and through the gate."""
    submission = approved(people, disclosure=made(people, wanted))
    return publish(submission_ref=submission.ref, at=LATER)


def review(people: People, work: Disclosure, **changes: Any) -> Disclosure:
    """That what is public of the work was looked at, as a draft."""
    fields: dict[str, Any] = {"ref": uuid4(), "at": LATER, "by": people["officer"]}
    return make_review(disclosure=work, **(fields | changes))
