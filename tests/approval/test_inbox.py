"""What waits for whom today."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prongsai.approval import actions
from prongsai.approval.models import Submission
from prongsai.approval.queries import Inbox, inbox
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Person
from prongsai.organisation.states import RoleCode
from prongsai.screening.actions import submit_for_screening
from tests import factories as base
from tests.approval import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]


def inbox_of(by: Actor, on: date = TODAY) -> Inbox:
    return inbox(Person.objects.get(pk=by.person_id), on)


def test_a_draft_waits_for_the_officers_of_its_unit_alone(people: People) -> None:
    colleague = base.actor("officer-2")
    base.post("officer-2").roles.set(base.post("officer").roles.all())
    type(base.post("officer-2")).objects.filter(code="officer-2").update(unit=base.unit("plan"))
    draft = factories.draft(people["officer"])
    assert inbox_of(people["officer"]).to_write == (draft,)
    assert inbox_of(colleague).to_write == (draft,)
    assert inbox_of(people["head"]) == Inbox()


def test_a_webmaster_sees_what_they_began_and_not_everybodys_drafts(people: People) -> None:
    webmaster = base.actor("webmaster", roles=[RoleCode.WEBMASTER])
    factories.draft(people["officer"])
    own = factories.draft(webmaster)
    assert inbox_of(webmaster).to_write == (own,)


def test_a_submission_waits_for_one_post_after_the_other(people: People) -> None:
    submission = factories.submitted(people)
    assert inbox_of(people["head"]).to_decide == (submission,)
    assert inbox_of(people["director"]).to_decide == ()
    factories.endorse(submission, people["head"])
    assert inbox_of(people["head"]) == Inbox()
    assert inbox_of(people["director"]).to_decide == (submission,)
    factories.endorse(submission, people["director"])
    assert inbox_of(people["director"]) == Inbox()
    assert inbox_of(people["officer"]) == Inbox()


def test_a_remand_returns_to_the_writers_as_sent_back(people: People) -> None:
    submission = factories.submitted(people)
    actions.decide(
        submission=submission,
        verdict="remand_to_start",
        reason="แก้ยอดเงิน",
        content_hash_seen=submission.content_hash,
        by=people["head"],
        at=NOW,
    )
    found = inbox_of(people["officer"])
    assert (found.to_write, found.sent_back) == ((), (submission,))
    assert [each.reason for each in found.sent_back[0].decisions.all()] == ["แก้ยอดเงิน"]


def test_what_the_gate_refused_is_sent_back_too(people: People) -> None:
    submission = factories.approved(people)
    Submission.objects.update(state="refused", refusal="ไฟล์ไม่ตรง")
    Disclosure.objects.update(stage="writing")
    assert inbox_of(people["officer"]).sent_back == (submission,)


def test_what_was_taken_back_is_a_draft_again(people: People) -> None:
    submission = factories.submitted(people)
    actions.take_back(submission=submission, by=people["officer"], at=NOW)
    found = inbox_of(people["officer"])
    assert (found.to_write, found.sent_back) == ((submission.disclosure,), ())


def test_a_finding_waits_for_the_screener(people: People) -> None:
    screener = base.actor("screener", roles=[RoleCode.SCREENER])
    draft = factories.draft(people["officer"], body="<p>เลขบัตร 1234567890121</p>")
    submit_for_screening(disclosure=draft, by=people["officer"], at=NOW)
    assert inbox_of(screener).to_screen == (draft,)
    assert inbox_of(people["officer"]) == Inbox()
    assert inbox_of(people["mayor"]) == Inbox()


def test_own_work_is_not_offered_for_decision(people: People) -> None:
    base.acting(person=Person.objects.get(pk=people["officer"].person_id), post=base.post("head"))
    factories.submitted(people)
    assert inbox_of(people["officer"]).to_decide == ()


def test_nothing_is_offered_twice_to_one_person(people: People) -> None:
    head = Person.objects.get(pk=people["head"].person_id)
    base.acting(person=head, post=base.post("director"))
    submission = factories.submitted(people)
    assert inbox_of(people["head"]).to_decide == (submission,)
    factories.endorse(submission, people["head"])
    assert inbox_of(people["head"]).to_decide == ()


def test_urgent_comes_first_then_the_oldest(people: People) -> None:
    old, new, urgent = (
        factories.submitted(people, kind="law", urgency=urgency, at=NOW + timedelta(hours=hour))
        for hour, urgency in ((0, "normal"), (1, "normal"), (2, "urgent"))
    )
    for each in (new, old):
        factories.endorse(each, people["head"], at=NOW + timedelta(hours=3))
    assert inbox_of(people["director"]).to_decide == (urgent, old, new)


def test_with_the_post_the_work_goes_too(people: People) -> None:
    factories.submitted(people)
    Appointment.objects.filter(post__code="head").update(to_date=TODAY)
    assert inbox_of(people["head"]).count == 1
    assert inbox_of(people["head"], on=date(2026, 11, 24)) == Inbox()


def test_counts_add_up(people: People) -> None:
    for _ in range(2):
        factories.draft(people["officer"])
    found = inbox_of(people["officer"])
    assert {name: count for name, count in found.counts.items() if count} == {"to_write": 2}
    assert found.count == 2


def remanded(people: People) -> None:
    submission = factories.submitted(people)
    actions.decide(
        submission=submission,
        verdict="remand_to_start",
        reason="แก้ยอดเงิน",
        content_hash_seen=submission.content_hash,
        by=people["head"],
        at=NOW,
    )


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("code", "kinds", "questions"), [("officer", 2, 7), ("head", 1, 8)])
def test_an_inbox_asks_as_much_for_one_row_as_for_three(
    people: People, rows: int, code: str, kinds: int, questions: int
) -> None:
    for _ in range(rows):
        factories.submitted(people)
        factories.draft(people["officer"])
        remanded(people)
    person = Person.objects.get(pk=people[code].person_id)
    with CaptureQueriesContext(connection) as asked:
        found = inbox(person, TODAY)
        shown = [each.unit.name_th for each in found.to_write]
        for each in (*found.to_decide, *found.sent_back):
            shown.append(each.disclosure.unit.name_th)
            shown.extend(said.person.full_name for said in each.decisions.all())
    assert (found.count, len(asked)) == (rows * kinds, questions)
