"""The worker brings into the record what the site has shown long since: once, in order, with a proof."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from prongsai.notices import actions, tasks
from prongsai.notices.board import read
from prongsai.record import queries
from prongsai.record.models import Entry
from prongsai.record.states import Action, ItemState
from tests.factories import NOW
from tests.notices.factories import UNTIL, People, again, live, newest, words
from tests.record.conftest import data, migrated  # noqa: F401 -- fixtures, used by name

pytestmark = [
    pytest.mark.django_db(databases=["default"]),
    pytest.mark.usefixtures("data"),
]
LATER = NOW + timedelta(minutes=5)


def updated(people: People) -> None:
    notice = live(people)
    wording = actions.begin_update(notice=notice, by=people["officer"], at=NOW)
    actions.save(wording=wording, words=words(to_do="ขึ้นชั้นสอง"), by=people["officer"], at=NOW)
    sent = actions.send_to_director(wording=wording, by=people["officer"], at=NOW)
    actions.approve(wording=sent, seen=sent.hash, by=people["director"], at=NOW)


def test_an_alert_becomes_an_item_with_a_proof(people: People, notice_file: Path) -> None:
    notice = live(people)
    assert tasks.enter_what_was_told(at=LATER) == 1
    number = again(notice).number
    page = queries.page(number)
    assert page is not None
    assert (page.title, page.state) == ("น้ำท่วมถนนริมคลอง", ItemState.CURRENT)
    assert [each.post for each in page.decided] == ["ผู้อำนวยการกอง"]
    assert "ย้ายรถขึ้นที่สูง" in page.body
    assert page.place.seq is not None
    assert queries.proof(page.place.seq) is not None
    assert read(notice_file).live(NOW)[0].number == number


def test_all_that_was_told_while_the_worker_stood_still_comes_in_its_order(
    people: People,
) -> None:
    updated(people)
    assert tasks.enter_what_was_told(at=LATER) == 2
    assert list(Entry.objects.order_by("seq").values_list("action", "version")) == [
        (Action.NOTICE, 1),
        (Action.CORRECTED, 2),
    ]


def test_nothing_is_entered_twice(people: People) -> None:
    live(people)
    for _turn in range(3):
        tasks.enter_what_was_told(at=LATER)
    assert Entry.objects.count() == 1


def test_a_worker_killed_before_it_told_the_office_does_it_again_without_harm(
    people: People,
) -> None:
    notice = live(people)
    wording = newest(notice)
    actions.enter_wording(wording=wording, at=LATER)
    number = again(notice).number
    type(notice).objects.filter(pk=notice.pk).update(number="")
    type(wording).objects.filter(pk=wording.pk).update(entry_seq=None)
    assert tasks.enter_what_was_told(at=LATER) == 1
    assert Entry.objects.count() == 1
    assert again(notice).number == number


def _run_out(people: People) -> None:
    live(people)
    tasks.end_what_is_over(at=UNTIL)


def _called_off(people: People) -> None:
    notice = live(people)
    actions.end(notice=notice, cause="wrong", reason="แจ้งผิด", by=people["director"], at=NOW)


@pytest.mark.parametrize(
    ("way", "state"),
    [(_run_out, ItemState.EXPIRED), (_called_off, ItemState.WITHDRAWN)],
)
def test_the_end_comes_into_the_record_as_well(
    people: People, way: Callable[[People], None], state: ItemState
) -> None:
    way(people)
    assert tasks.enter_what_was_told(at=UNTIL + timedelta(minutes=5)) == 2
    number = Entry.objects.earliest("seq").number
    page = queries.page(number)
    assert page is not None
    assert page.state == state
    assert tasks.enter_what_was_told(at=UNTIL + timedelta(minutes=5)) == 0
