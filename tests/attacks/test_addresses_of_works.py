"""A form brings the address of the work that it begins; that of somebody else's work opens and sends nothing."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from tests.approval.factories import draft
from tests.disclosures.factories import section
from tests.office.conftest import SignIn
from tests.publication import factories as gate

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
UNTOLD = "หน้าที่เปิดไว้เป็นของเรื่องอื่น"


@pytest.fixture
def theirs(people: People) -> Disclosure:
    """Complete, and not sent by the neighbour who writes it."""
    section("basic")
    return draft(people["neighbour"])


def as_it_was(work: Disclosure) -> tuple[Any, ...]:
    row = Disclosure.objects.get(pk=work.pk)
    return row.stage, row.latest_id, row.unit_id, row.submissions.count(), row.screenings.count()


def test_a_review_sends_no_draft_of_somebody_else(
    people: People, sit: SignIn, theirs: Disclosure
) -> None:
    mine, _entry = gate.published(people)
    before = as_it_was(theirs)
    place = reverse("review", kwargs={"ref": mine.ref})
    text = sit("officer").post(place, {"ref": str(theirs.ref)}, follow=True).content.decode()
    assert UNTOLD in text
    assert as_it_was(theirs) == before
    assert before[0] == Stage.WRITING


def test_a_report_is_not_written_over_a_draft_of_somebody_else(
    sit: SignIn, theirs: Disclosure
) -> None:
    before = as_it_was(theirs)
    given = {"ref": str(theirs.ref), "unit": "plan"}
    answer = sit("officer").post(reverse("report", kwargs={"year": 2569}), given)
    assert answer.status_code == 422
    assert UNTOLD in answer.content.decode()
    assert as_it_was(theirs) == before


def test_a_statement_finds_no_draft_of_somebody_else(sit: SignIn, theirs: Disclosure) -> None:
    given = {
        "ref": str(theirs.ref),
        "unit": "plan",
        "says": "none_this_period",
        "fiscal_year": "2569",
        "period": "ตุลาคม 2568",
    }
    place = reverse("state", kwargs={"duty_key": "proc-monthly"})
    answer = sit("officer").post(place, given)
    assert UNTOLD in answer.content.decode()


def test_a_new_work_is_no_work_of_somebody_else(sit: SignIn, theirs: Disclosure) -> None:
    given = {"ref": str(theirs.ref), "unit": "plan", "kind": "news"}
    answer = sit("officer").post(reverse("start"), given, follow=True)
    assert UNTOLD in answer.content.decode()


def test_nobody_waits_at_an_address_for_a_file_that_is_still_to_be_confirmed(
    people: People, sit: SignIn
) -> None:
    """Whoever has begun a work where a draft of an arrival will be made gets nothing of it."""
    ref = uuid4()
    given = {"ref": str(ref), "unit": "treasury", "kind": "news"}
    section("news")
    sit("neighbour").post(reverse("start"), given)
    begun = Disclosure.objects.get(ref=ref)
    before = as_it_was(begun)
    answer = sit("officer").post(reverse("start"), given | {"unit": "plan"}, follow=True)
    assert UNTOLD in answer.content.decode()
    assert as_it_was(begun) == before
