"""A step is due in working days; what is late is said once a day, and to the post above once."""

from datetime import date, datetime, timedelta

import pytest

from prongsai.approval import actions
from prongsai.approval.chains import Plan
from prongsai.approval.models import Reminder, Submission
from prongsai.approval.queries import inbox
from prongsai.approval.queries.deadlines import Deadline, deadline
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from tests.approval import chains, factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "record"])
# Monday 23 November 2026; 5 December is a Saturday, so that Monday 7 is closed for it, and Thursday 10 is closed.
DUE = date(2026, 12, 1)


@pytest.fixture
def submission(people: dict[str, Actor]) -> Submission:
    """Its director has six working days, after the head."""
    chains.counting(Plan(("section-head",)), Plan(("division-head",), days=6))
    made = factories.submitted(people)
    factories.endorse(made, people["head"], at=NOW)
    return made


def at(day: date) -> datetime:
    return NOW + (day - TODAY)


def reminders() -> list[tuple[str, str]]:
    return list(Reminder.objects.order_by("id").values_list("cause", "post_code"))


@pytest.mark.parametrize(
    ("on", "late"),
    [
        (DUE, 0),
        (date(2026, 12, 2), 1),
        (date(2026, 12, 6), 3),
        (date(2026, 12, 7), 3),
        (date(2026, 12, 8), 4),
        (date(2026, 12, 11), 6),
    ],
)
def test_weekends_and_holidays_do_not_count(submission: Submission, on: date, late: int) -> None:
    assert deadline(submission, on=on) == Deadline(DUE, late)


def test_before_its_day_nobody_is_reminded(submission: Submission) -> None:
    assert actions.remind(at=at(DUE - timedelta(days=1))) == 0


def test_each_thing_is_said_once(submission: Submission) -> None:
    assert [actions.remind(at=at(DUE)) for _twice in range(2)] == [1, 0]
    assert actions.remind(at=at(date(2026, 12, 2))) == 2
    assert actions.remind(at=at(date(2026, 12, 3))) == 1
    assert actions.remind(at=at(date(2026, 12, 5))) == 0
    assert reminders() == [
        ("due", "director"),
        ("late", "director"),
        ("escalated", "deputy-clerk"),
        ("late", "director"),
    ]


def test_the_post_above_sees_it_until_it_is_decided(
    submission: Submission, people: dict[str, Actor]
) -> None:
    above = Person.objects.get(pk=people["deputy-clerk"].person_id)
    day = date(2026, 12, 2)
    actions.remind(at=at(day))
    (row,) = inbox(above, day).late_below
    assert row.submission == submission
    factories.endorse(submission, people["director"], at=at(day))
    assert inbox(above, day).late_below == ()


def test_a_step_without_a_deadline_is_never_late(people: dict[str, Actor]) -> None:
    made = factories.submitted(people)
    assert deadline(made, on=date(2027, 12, 1)) is None
    assert actions.remind(at=at(date(2027, 12, 1))) == 0


def test_a_decided_submission_is_not_late(submission: Submission, people: dict[str, Actor]) -> None:
    factories.endorse(submission, people["director"])
    assert deadline(submission, on=date(2027, 1, 5)) is None
