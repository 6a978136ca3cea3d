"""Who was told of what must be published, who is told next, and what has to be looked at again, on office pages."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from prongsai.disclosures.models import Disclosure
from prongsai.monitoring.models import DutyReminder
from prongsai.organisation.actors import Actor
from prongsai.thai.dates import BANGKOK
from tests.office.conftest import SignIn
from tests.publication import factories as gate
from tests.record.factories import observed, part

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
STRUCTURE, POWERS = "oia-7-1", "oia-7-2"
BOARD = reverse("owed")


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def this_morning() -> datetime:
    return datetime.combine(localdate(), time(), tzinfo=BANGKOK)


def long_ago() -> datetime:
    """So long that every step has been taken, whichever day it is."""
    return this_morning() - timedelta(days=60)


def told(key: str, post: str, *, step: str = "owner+1", rung: str = "owner") -> None:
    """What was found missing then, the post being told the day after."""
    at = long_ago() + timedelta(days=1)
    DutyReminder.objects.create(
        obligation_key=key,
        year=2569,
        last_date=localdate(long_ago()) - timedelta(days=1),
        step=step,
        rung=rung,
        post_code=post,
        at=at,
    )


def test_the_inbox_holds_what_my_post_owes_and_what_came_up_to_it(
    people: People, sit: SignIn
) -> None:
    officer, head = people["officer"].post_code, people["head"].post_code
    lacks = part("missing", failed=[{"check": "bound", "number": "", "about": ""}])
    observed(STRUCTURE, "missing", lacks, at=long_ago(), post_code=head, post_th="หัวหน้า")
    observed(POWERS, "missing", lacks, at=long_ago(), post_code=officer, post_th="เจ้าหน้าที่")
    lists = {each.key: each for each in sit("head").get(reverse("inbox")).context["waiting_lists"]}
    assert [row.title.split()[0] for row in lists["owed"].rows] == ["มาตรา"]
    told(POWERS, head, step="head+5", rung="head")
    client = sit("head")
    lists = {each.key: each for each in client.get(reverse("inbox")).context["waiting_lists"]}
    rows = [*lists["owed"].rows, *lists["owed-below"].rows]
    assert [(row.address, row.unit) for row in rows] == [
        (reverse("duty", kwargs={"duty_key": STRUCTURE}), "หัวหน้า"),
        (reverse("duty", kwargs={"duty_key": POWERS}), "เจ้าหน้าที่"),
    ]
    assert all(row.days_late > 30 for row in rows)
    # No law says until when: it is owed, and not past its date.
    assert [row.has_day for row in rows] == [False, False]
    # Who is told of another post's duty is not told to do it, and it is nothing that waits for them.
    assert [bool(row.note) for row in rows] == [True, False]
    text = page(client, reverse("inbox"))
    assert text.count("ไม่ใช่ข้อของตำแหน่งท่าน โปรดติดตาม") == 1
    (place,) = (each for each in client.get(BOARD).context["places"] if each.name == "inbox")
    assert place.count == 1
    # What was answered came down again.
    observed(POWERS, "met", at=this_morning(), post_code=officer)
    assert 'id="owed-below"' not in page(sit("head"), reverse("inbox"))


def test_periods_of_one_duty_are_one_row(people: People, sit: SignIn) -> None:
    months = [
        part("missing", key=f"m{place}", first=f"2025-{place}-01", last=f"2025-{place}-28")
        for place in (10, 11, 12)
    ]
    observed("proc-monthly", "missing", *months, post_code=people["head"].post_code)
    lists = {each.key: each for each in sit("head").get(reverse("inbox")).context["waiting_lists"]}
    (row,) = lists["owed"].rows
    assert row.title.endswith("ตุลาคม 2568 และอีก 2 งวด")


def test_what_is_due_in_months_or_owed_by_others_is_not_in_the_inbox(
    people: People, sit: SignIn
) -> None:
    due = localdate() + timedelta(days=90)
    later = part("not_due", due=due.isoformat())
    observed(STRUCTURE, "not_due", later, due_date=due, post_code=people["head"].post_code)
    observed(POWERS, "missing", at=long_ago(), post_code=people["clerk"].post_code)
    assert 'id="owed"' not in page(sit("head"), reverse("inbox"))


def test_duty_and_board_say_who_was_told_and_who_will_be(people: People, sit: SignIn) -> None:
    observed(STRUCTURE, "missing", at=this_morning(), post_code=people["officer"].post_code)
    told(STRUCTURE, people["officer"].post_code)
    client = sit("officer")
    for address in (reverse("duty", kwargs={"duty_key": STRUCTURE}), reverse("owed")):
        text = page(client, address)
        assert people["officer"].post_title in text.partition("เตือน")[2]
        assert "จะแจ้ง" in text


def review(number: str, day: Any) -> None:
    used = {"number": number, "version": 1, "review": day.isoformat()}
    observed(STRUCTURE, "met", part(evidence=[used]), at=this_morning())


def live(people: People) -> Disclosure:
    made, _entry = gate.published(people)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(("days", "late"), [(-1, True), (5, False)])
def test_what_must_be_looked_at_again_is_one_tap_away(
    people: People, sit: SignIn, days: int, late: bool
) -> None:
    work = live(people)
    review(work.number, localdate() + timedelta(days=days))
    client = sit("officer")
    text = page(client, reverse("freshness"))
    assert (work.title in text, "เลยวันทบทวน" in text) == (True, late)
    assert f'action="{reverse("review", kwargs={"ref": work.ref})}"' in text
    assert work.title in page(client, f"{reverse('freshness')}?mine=on")
    assert work.title not in page(sit("neighbour"), f"{reverse('freshness')}?mine=on")


def test_what_was_said_to_be_reviewed_is_not_asked_for_again(people: People, sit: SignIn) -> None:
    work = live(people)
    review(work.number, localdate())
    client = sit("officer")
    client.post(reverse("review", kwargs={"ref": work.ref}))
    (row,) = client.get(reverse("freshness")).context["rows"]
    assert row.sent == Disclosure.objects.get(kind="statement")
    text = page(client, reverse("freshness"))
    assert "ส่งว่าตรวจทานแล้ว" in text
    assert reverse("review", kwargs={"ref": work.ref}) not in text


def test_what_answers_no_duty_has_a_date_of_its_own(people: People, sit: SignIn) -> None:
    soon, later = (localdate() + timedelta(days=days) for days in (3, 300))
    shown, _entry = gate.published(people, title="ถนนสายเหนือ", review_date=soon)
    gate.published(people, title="ถนนสายใต้", review_date=later)
    rows = sit("officer").get(reverse("freshness")).context["rows"]
    assert [(row.work.number, row.review_date, row.duties) for row in rows] == [
        (shown.number, soon, ())
    ]


def test_what_is_fresh_for_a_year_is_left_out(people: People, sit: SignIn) -> None:
    work = live(people)
    review(work.number, localdate() + timedelta(days=360))
    assert work.title not in page(sit("officer"), reverse("freshness"))


def test_the_work_ahead_leads_from_each_figure_to_its_duties(people: People, sit: SignIn) -> None:
    clerk = {"post_code": people["clerk"].post_code, "unit_code": "city"}
    due = localdate() + timedelta(days=40)
    observed(STRUCTURE, "missing", at=long_ago(), **clerk)
    observed(POWERS, "not_due", part("not_due", due=due.isoformat()), **clerk)
    client = sit("clerk")
    rows = client.get(reverse("work_ahead")).context["ahead"].months
    overdue, month = rows[0], next(row for row in rows if row.month == due.replace(day=1))
    assert [(row.whole.count, row.length, row.cells[0].count) for row in (overdue, month)] == [
        (1, 100, 1),
        (1, 100, 1),
    ]
    for row, key in ((overdue, STRUCTURE), (month, POWERS)):
        for cell in (row.whole, *row.cells):
            listed = client.get(cell.address).context["rows"]
            assert [each.line.duty.key for each in listed] == [key]


def asked(client: Client, address: str) -> int:
    """How many questions both databases are asked for a page that was opened before."""
    client.get(address)
    with (
        CaptureQueriesContext(connections["default"]) as office,
        CaptureQueriesContext(connections["record"]) as record,
    ):
        assert client.get(address).status_code == 200
    return len(office) + len(record)


@pytest.mark.parametrize("place", ["owed", "work_ahead", "inbox"])
def test_a_page_of_three_duties_asks_what_a_page_of_one_asks(
    people: People, sit: SignIn, place: str
) -> None:
    head, client = people["head"].post_code, sit("head")
    observed(STRUCTURE, "missing", at=long_ago(), post_code=head)
    told(STRUCTURE, head)
    one = asked(client, reverse(place))
    for key in (POWERS, "oia-7-3"):
        observed(key, "missing", at=long_ago(), post_code=head)
        told(key, head)
    assert asked(client, reverse(place)) == one
