"""A schedule is rows: a server that stood still and a clock that was moved lose nothing and publish nothing early."""

from datetime import date, datetime, timedelta

import pytest

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.organisation.actors import Actor
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.queries import due, expired, overdue
from prongsai.record.models import Item
from prongsai.record.rules import CannotAppend
from tests.approval.factories import approved
from tests.factories import NOW
from tests.publication import factories
from tests.publication.factories import LATER

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
PLANNED = NOW + timedelta(days=3)


def planned(people: People) -> Submission:
    return approved(people, disclosure=factories.drafted(people), publish_after=PLANNED)


@pytest.mark.parametrize(
    ("at", "is_due"),
    [
        (PLANNED - timedelta(seconds=1), False),
        (PLANNED, True),
        # The server stood still for a month.
        (PLANNED + timedelta(days=30), True),
    ],
)
def test_it_is_due_from_its_moment_on_however_late_somebody_asks(
    people: People, at: datetime, is_due: bool
) -> None:
    submission = planned(people)

    assert (list(due(at=at)) == [submission]) is is_due


def test_a_clock_set_back_before_the_moment_only_makes_it_wait(people: People) -> None:
    submission = planned(people)
    with pytest.raises(CannotPublish):
        publish(submission_ref=submission.ref, at=PLANNED - timedelta(hours=1))

    entry = publish(submission_ref=submission.ref, at=PLANNED)

    assert Item.objects.get(number=entry.number).state == "current"


def test_a_clock_behind_the_record_keeps_the_approval_until_it_is_right_again(
    people: People,
) -> None:
    factories.published(people)
    submission = factories.ready(people)
    with pytest.raises(CannotAppend):
        publish(submission_ref=submission.ref, at=LATER - timedelta(days=2))
    submission.refresh_from_db()
    assert submission.state == SubmissionState.APPROVED

    assert publish(submission_ref=submission.ref, at=LATER).number


def test_an_expiry_that_a_stopped_server_missed_is_carried_out_when_it_wakes(
    people: People,
) -> None:
    disclosure, _entry = factories.published(people, expires_date=date(2026, 11, 30))

    asked = [expired(at=LATER + timedelta(days=days)) for days in (0, 7, 400, 1)]

    assert asked == [[], [], [disclosure], []]


def test_what_is_late_by_ten_minutes_is_told_and_nothing_before(people: People) -> None:
    submission = planned(people)

    late = [list(overdue(at=PLANNED + timedelta(minutes=minutes))) for minutes in (-60, 9, 11)]

    assert late == [[], [], [submission]]


def test_a_moment_that_passed_while_it_was_decided_is_late_only_after_its_approval(
    people: People,
) -> None:
    submission = approved(
        people, disclosure=factories.drafted(people), publish_after=NOW + timedelta(seconds=30)
    )
    approved_at = submission.approved_at
    assert approved_at is not None

    assert list(overdue(at=approved_at + timedelta(minutes=9))) == []
    assert list(overdue(at=approved_at + timedelta(minutes=11))) == [submission]
