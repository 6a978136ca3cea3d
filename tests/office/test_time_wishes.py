"""Asking for a later time, and the one tap that agrees to it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from prongsai.approval.models import Submission, TimeAnswer, TimeChange, TimeWish
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from tests.approval.factories import approved, draft
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
TITLE = "ประกาศรับสมัครงาน"


@pytest.fixture
def planned(people: People) -> Submission:
    """Approved, for the day after tomorrow."""
    after = datetime.now(UTC) + timedelta(days=2)
    return approved(people, disclosure=draft(people["officer"], title=TITLE), publish_after=after)


def ask(client: Client, planned: Submission, reason: str = "ฝนตก") -> str:
    day = localdate() + timedelta(days=9)
    typed = {"day": f"{day.day}/{day.month}/{day.year + 543}", "hour": "09:00", "reason": reason}
    sent = {f"time-{planned.pk}-{name}": value for name, value in typed.items()}
    place = reverse("ask_for_time", kwargs={"ref": planned.disclosure.ref})
    return client.post(place, sent, follow=True).content.decode()


def answer(client: Client, what: str, reason: str = "") -> str:
    place = reverse("answer_time_wish", kwargs={"pk": TimeWish.objects.get().pk})
    return client.post(place, {"do": what, "reason": reason}, follow=True).content.decode()


def page(client: Client, name: str) -> str:
    return client.get(reverse(name)).content.decode()


def test_an_officer_asks_and_the_last_approver_agrees_with_one_tap_in_the_inbox(
    planned: Submission, sit: SignIn
) -> None:
    before = planned.publish_after
    assert "ขอเลื่อนเวลาแล้ว" in ask(sit("officer"), planned)
    tap = reverse("answer_time_wish", kwargs={"pk": TimeWish.objects.get().pk})
    found = {who: f'action="{tap}"' in page(sit(who), "inbox") for who in ("director", "head")}
    assert found == {"director": True, "head": False}

    assert "เห็นชอบแล้ว" in answer(sit("director"), "agree")

    planned.refresh_from_db()
    assert before is not None
    assert planned.publish_after is not None
    assert planned.publish_after > before
    assert tap not in page(sit("director"), "inbox")
    work = reverse("work", kwargs={"ref": planned.disclosure.ref})
    assert "เห็นชอบให้เลื่อน" in sit("officer").get(work).content.decode()


def test_the_schedule_says_what_was_asked_and_lets_the_last_step_refuse(
    planned: Submission, sit: SignIn
) -> None:
    ask(sit("officer"), planned, reason="<b>ฝนตก</b>")
    for who, may in (("officer", False), ("director", True)):
        shown = page(sit(who), "schedule")
        assert "&lt;b&gt;ฝนตก&lt;/b&gt;" in shown
        assert ('name="do" value="refuse"' in shown) is may
    assert "ยังไม่ได้บอกเหตุผล" in answer(sit("director"), "refuse")
    assert "ไม่เห็นชอบ" in answer(sit("director"), "refuse", "กฎหมายกำหนดวัน")
    work = reverse("work", kwargs={"ref": planned.disclosure.ref})
    assert "กฎหมายกำหนดวัน" in sit("officer").get(work).content.decode()
    assert not TimeChange.objects.exists()


def test_those_who_may_move_it_are_not_offered_to_ask(planned: Submission, sit: SignIn) -> None:
    asking = reverse("ask_for_time", kwargs={"ref": planned.disclosure.ref})
    offered = {
        who: f'action="{asking}"' in page(sit(who), "schedule")
        for who in ("officer", "webmaster", "head", "director", "auditor")
    }
    assert offered == {
        "officer": True, "webmaster": True, "head": False, "director": False, "auditor": False,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["head", "clerk", "auditor", "neighbour", "screener"])
def test_others_neither_ask_nor_answer_by_any_road(
    planned: Submission, sit: SignIn, who: str
) -> None:
    ask(sit(who), planned)
    assert not TimeWish.objects.exists()
    ask(sit("officer"), planned)
    for what in ("agree", "refuse", ""):
        answer(sit(who), what, "x")
    assert not TimeAnswer.objects.exists()
    assert not TimeChange.objects.exists()


def test_an_answer_in_the_inbox_leads_back_to_it(planned: Submission, sit: SignIn) -> None:
    ask(sit("officer"), planned)
    place = reverse("answer_time_wish", kwargs={"pk": TimeWish.objects.get().pk})
    told = sit("director").post(place, {"do": "agree", "from": "inbox"})
    assert told["Location"] == reverse("inbox")


def test_whoever_asked_may_ask_for_another_time_instead(planned: Submission, sit: SignIn) -> None:
    ask(sit("officer"), planned, reason="ฝนตก")
    asking = reverse("ask_for_time", kwargs={"ref": planned.disclosure.ref})
    assert f'action="{asking}"' in page(sit("officer"), "schedule")


def test_the_work_leads_to_its_place_in_the_schedule(planned: Submission, sit: SignIn) -> None:
    work = reverse("work", kwargs={"ref": planned.disclosure.ref})
    place = f"planned-{planned.pk}"
    way = f'href="{reverse("schedule")}#{place}"'
    assert way in sit("officer").get(work).content.decode()
    assert f'id="{place}"' in page(sit("officer"), "schedule")


def test_a_visit_answers_nothing(planned: Submission, sit: SignIn) -> None:
    ask(sit("officer"), planned)
    place = reverse("answer_time_wish", kwargs={"pk": TimeWish.objects.get().pk})
    assert sit("director").get(place).status_code == 405
    assert sit("director").post(f"{place}9", {"do": "agree"}).status_code == 404
    assert not TimeAnswer.objects.exists()


def test_who_asked_and_who_was_refused_stand_in_the_trail(planned: Submission, sit: SignIn) -> None:
    ask(sit("officer"), planned)
    answer(sit("head"), "agree")
    found = Act.objects.filter(verb__endswith="_time").order_by("id")
    assert list(found.values_list("verb", "outcome")) == [
        ("ask_for_time", "done"),
        ("agree_to_time", "refused"),
    ]
