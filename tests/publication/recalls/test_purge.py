"""A recall is done when every address that carried the item has been asked and is without it."""

from datetime import timedelta

import pytest

from prongsai.organisation.actors import Actor
from prongsai.publication.actions import publish
from prongsai.publication.models import PurgeCheck
from prongsai.publication.recalls.actions import keep_answers
from prongsai.publication.recalls.queries import (
    checks_due,
    failed_purges,
    purge,
    questions,
)
from prongsai.publication.recalls.reach import reach
from prongsai.publication.recalls.rules import PAUSES, Heard
from prongsai.publication.recalls.states import CheckState
from tests.publication.factories import LATER, published
from tests.publication.recalls.factories import asked, leaked, recalled

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
FOUND, LOST = Heard(200, "ยังอยู่"), Heard(410, "")


def test_what_it_hits_is_counted_before_anybody_asks_for_it(people: People) -> None:
    disclosure = leaked(people, versions=3)
    twin, _entry = published(people)

    found = reach(disclosure)

    assert [each.version for each in found.versions] == [3, 2, 1]
    assert [(each.versions, each.twins) for each in found.files] == [((1, 2, 3), (twin.number,))]
    assert [each.number for each in found.twins] == [twin.number]
    assert found.counts == {"page": 22, "file": 3, "list": 15}
    assert found.texts == 1


def test_the_addresses_are_written_down_before_and_asked_after_the_gate(people: People) -> None:
    disclosure = leaked(people)
    submission = asked(people, disclosure)
    assert checks_due(at=LATER) == []

    submission = recalled(people, disclosure)

    due = checks_due(at=LATER)
    assert len(due) == purge(submission).total == PurgeCheck.objects.count()
    assert f"/p/{disclosure.number}/" in {each.address for each in due}


def test_a_gate_that_runs_again_notes_nothing_twice(people: People) -> None:
    submission = recalled(people, leaked(people))
    before = PurgeCheck.objects.count()

    publish(submission_ref=submission.ref, at=LATER)

    assert PurgeCheck.objects.count() == before


def test_all_gone_is_confirmed_and_asked_no_more(people: People) -> None:
    submission = recalled(people, leaked(people))
    due = checks_due(at=LATER)

    keep_answers(checks=due, heard=[LOST] * len(due), at=LATER)

    assert purge(submission).is_confirmed
    assert checks_due(at=LATER + timedelta(days=1)) == []


def test_what_still_answers_is_asked_again_and_becomes_a_failure_that_heals(people: People) -> None:
    submission = recalled(people, leaked(people))
    at = LATER
    for pause in (*PAUSES, 300):
        due = checks_due(at=at)
        heard = [FOUND if each.carrier == "file" else LOST for each in due]
        keep_answers(checks=due, heard=heard, at=at)
        at += timedelta(seconds=pause)
    assert purge(submission).failed == 3
    assert list(failed_purges()) == [submission]
    assert {row.complaint for row in PurgeCheck.objects.filter(state=CheckState.FAILED)} == {
        "still_there"
    }

    due = checks_due(at=at + timedelta(minutes=5))
    keep_answers(checks=due, heard=[LOST] * len(due), at=at)

    assert purge(submission).is_confirmed
    assert list(failed_purges()) == []


def test_a_clock_that_went_back_does_not_put_a_check_off(people: People) -> None:
    recalled(people, leaked(people))
    due = checks_due(at=LATER)
    keep_answers(checks=due, heard=[Heard(0)] * len(due), at=LATER)

    assert len(checks_due(at=LATER - timedelta(days=1))) == len(due)


def test_bytes_of_a_twin_stay_and_its_words_are_no_trace_of_the_recalled(people: People) -> None:
    disclosure = leaked(people)
    published(people)

    submission = recalled(people, disclosure)

    files = PurgeCheck.objects.filter(submission=submission, carrier="file")
    assert [each.is_shared for each in files] == [True] * 3
    asked_for = questions(list(files))
    assert all(each.stays for each in asked_for)
    assert all(not each.marks and not each.links for each in asked_for)


def test_words_of_every_version_and_file_are_looked_for(people: People) -> None:
    disclosure = leaked(people, versions=2, title="รายชื่อผู้รับเบี้ยยังชีพที่หลุดไป")
    submission = recalled(people, disclosure)

    page = questions(list(submission.purge_checks.filter(carrier="page")))[0]

    assert {"รายชื่อผู้รับเบี้ยยังชีพที่หลุดไป", "สรุปฉบับที่ 2 ของรายการนี้"} <= set(page.marks)
    assert any("ขยะชิ้นใหญ่" in mark for mark in page.marks)
