"""The gate, recalls and mails on PostgreSQL, with several workers and clicks at once."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from prongsai.approval.models import Submission
from prongsai.approval.refusals import CannotSubmit
from prongsai.approval.states import Urgency
from prongsai.disclosures.models import Disclosure
from prongsai.office.actions.mailing import ask_for_mails, begin_mail
from prongsai.office.mails import next_mail
from prongsai.office.models import StaffMail
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.models import Incident
from prongsai.publication.recalls.actions import recall
from prongsai.record.models import Entry
from prongsai.record.states import Action, RecallReason
from prongsai.record.verifier import verify_record
from tests.approval.factories import line, submitted
from tests.at_once import Town, town_on
from tests.factories import NOW
from tests.publication.factories import LATER, published, ready

pytestmark = pytest.mark.postgres
HANDS = 5
People = dict[str, Actor]
RECALL = {"explanation": "เผยแพร่ไฟล์ผิด กำลังแก้ไข", "urgency": Urgency.URGENT, "at": LATER}


@pytest.fixture
def town(postgres_url: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    with django_db_blocker.unblock(), town_on(postgres_url) as made:
        yield made


@pytest.fixture
def people(town: Town) -> People:
    return line()


def test_two_workers_at_the_gate_append_one_entry(town: Town, people: People) -> None:
    submission = ready(people)
    gates = [partial(publish, submission_ref=submission.ref, at=LATER)] * HANDS

    entries = town.at_once(gates, told=CannotPublish)

    assert {entry.seq for entry in entries} == {Entry.objects.get().seq}
    assert verify_record().ok


def test_items_that_go_out_at_once_have_numbers_without_a_gap(town: Town, people: People) -> None:
    waiting = [ready(people) for _hand in range(HANDS)]
    gates = [partial(publish, submission_ref=each.ref, at=LATER) for each in waiting]

    entries = town.at_once(gates, told=CannotPublish)

    numbers = sorted(int(entry.number.partition("-")[2]) for entry in entries)
    assert numbers == list(range(1, HANDS + 1))
    assert sorted(entry.seq for entry in entries) == list(
        Entry.objects.values_list("seq", flat=True).order_by("seq")
    )
    assert verify_record().ok


def test_a_recall_asked_for_five_times_is_one_recall_with_one_clock(
    town: Town, people: People
) -> None:
    disclosure, _entry = published(people)
    pages = [Disclosure.objects.get(pk=disclosure.pk) for _click in range(HANDS)]
    reason, by = RecallReason.PERSONAL_DATA, people["officer"]
    clicks = [partial(recall, disclosure=page, reason=reason, by=by, **RECALL) for page in pages]

    asked = town.at_once(clicks, told=CannotSubmit)

    assert {each.pk for each in asked} == {Submission.objects.get(action=Action.RECALLED).pk}
    assert Incident.objects.count() == 1


def test_of_two_workers_one_sends_a_mail(town: Town, people: People) -> None:
    Person.objects.filter(pk=people["head"].person_id).update(email="head@tangjai.example")
    submitted(people, urgency=Urgency.NORMAL)
    looks = [partial(ask_for_mails, at=NOW + timedelta(minutes=1))] * 2

    assert sum(town.at_once(looks, told=CannotSubmit)) == StaffMail.objects.count() == 1
    mail = next_mail(at=NOW + timedelta(minutes=2))
    assert mail is not None
    takes = [partial(begin_mail, mail=mail, at=NOW + timedelta(minutes=2))] * HANDS
    assert sorted(town.at_once(takes, told=CannotSubmit)) == [False] * (HANDS - 1) + [True]
