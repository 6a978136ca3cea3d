"""When things become public by themselves: seen, moved, stopped, and missed by nobody."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from prongsai.approval.models import Submission, TimeChange
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from tests.approval.factories import approved, draft
from tests.office.conftest import SignIn
from tests.publication.conftest import shelves  # noqa: F401 -- a fixture, used by name

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("shelves"),
]
People = dict[str, Actor]
SEND_AGAIN = "หยุดแล้วส่งใหม่พร้อมเวลาอื่น"


@pytest.fixture
def planned(people: People) -> Submission:
    """Approved, for the day after tomorrow."""
    after = datetime.now(UTC) + timedelta(days=2)
    work = draft(people["officer"], title="ประกาศรับสมัครงาน")
    return approved(people, disclosure=work, publish_after=after)


def page(client: object, name: str) -> str:
    return client.get(reverse(name)).content.decode()  # type: ignore[attr-defined]  # a test client


def test_what_is_planned_stands_under_its_day(planned: Submission, sit: SignIn) -> None:
    shown = page(sit("officer"), "schedule")

    assert "ประกาศรับสมัครงาน" in shown
    assert "ไม่มีเรื่องที่เลยเวลา" in shown
    assert SEND_AGAIN in shown


def test_the_hour_that_was_approved_is_the_hour_that_is_proposed(
    planned: Submission, sit: SignIn
) -> None:
    assert planned.publish_after is not None
    hour = localtime(planned.publish_after)

    assert f'value="{hour:%H:%M:%S}' in page(sit("director"), "schedule")


@pytest.mark.parametrize(("who", "may"), [("officer", True), ("director", True), ("head", False)])
def test_only_its_sender_and_its_last_step_may_change_it(
    planned: Submission, sit: SignIn, who: str, may: bool
) -> None:
    place = reverse("reschedule", kwargs={"ref": planned.disclosure.ref})

    assert (SEND_AGAIN in page(sit(who), "schedule")) is may
    sit(who).post(place, {"reason": "เลื่อนการรับสมัคร"})

    planned.refresh_from_db()
    assert (planned.state == "stopped") is may


def test_another_time_is_sent_again_with_the_same_words(planned: Submission, sit: SignIn) -> None:
    place = reverse("reschedule", kwargs={"ref": planned.disclosure.ref})

    answer = sit("officer").post(place, {"reason": "เลื่อน"}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("submit", kwargs={"ref": planned.disclosure.ref})


def wish(planned: Submission, *, days: int = 9, **changes: str) -> dict[str, str]:
    """The small form of this submission: so many days from now, at nine."""
    day = localdate() + timedelta(days=days)
    typed = {"day": f"{day.day}/{day.month}/{day.year + 543}", "hour": "09:00", "reason": "เลื่อนงาน"}
    return {f"time-{planned.pk}-{name}": value for name, value in (typed | changes).items()}


@pytest.mark.parametrize(
    ("who", "may"), [("head", True), ("director", True), ("officer", False), ("webmaster", False)]
)
def test_the_head_and_the_last_step_put_it_off_and_others_are_refused(
    planned: Submission, sit: SignIn, who: str, may: bool
) -> None:
    place = reverse("move_time", kwargs={"ref": planned.disclosure.ref})
    assert (f'action="{place}"' in page(sit(who), "schedule")) is may

    answer = sit(who).post(place, wish(planned), follow=True).content.decode()

    assert ("เลื่อนเวลาแล้ว" in answer) is may
    assert ("เลื่อนได้เฉพาะหัวหน้าของหน่วยงาน" in answer) is not may
    planned.refresh_from_db()
    assert planned.state == "approved"
    assert TimeChange.objects.count() == int(may)
    assert Act.objects.get(verb="move_time").outcome == ("done" if may else "refused")


def test_who_put_it_off_and_why_stands_beside_it(planned: Submission, sit: SignIn) -> None:
    place = reverse("move_time", kwargs={"ref": planned.disclosure.ref})
    sit("head").post(place, wish(planned, reason="<b>ฝนตก</b>"))

    for shown in (
        page(sit("officer"), "schedule"),
        sit("officer")
        .get(reverse("work", kwargs={"ref": planned.disclosure.ref}))
        .content.decode(),
    ):
        assert "หัวหน้าฝ่าย: &lt;b&gt;ฝนตก&lt;/b&gt;" in shown


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "ยังไม่ได้บอกเหตุผล"),
        ({"day": "เมื่อวาน"}, "อ่าน “เมื่อวาน” เป็นวันที่ไม่ได้"),
        ({"days": 1}, "ที่อนุมัติไว้คือไม่ก่อน"),
        ({"days": -1}, "เวลาใหม่ผ่านมาแล้ว"),
    ],
)
def test_what_cannot_be_set_is_said(
    planned: Submission, sit: SignIn, changes: Any, sentence: str
) -> None:
    place = reverse("move_time", kwargs={"ref": planned.disclosure.ref})
    assert (
        sentence in sit("head").post(place, wish(planned, **changes), follow=True).content.decode()
    )
    assert not TimeChange.objects.exists()


def test_a_visit_and_a_neighbour_change_nothing(planned: Submission, sit: SignIn) -> None:
    place = reverse("move_time", kwargs={"ref": planned.disclosure.ref})
    assert sit("head").get(place).status_code == 405
    assert sit("neighbour").post(place, wish(planned)).status_code == 403
    assert not TimeChange.objects.exists()


def test_what_is_late_shouts_at_its_sender_and_the_webmaster(
    planned: Submission, sit: SignIn
) -> None:
    before = datetime.now(UTC) - timedelta(minutes=11)
    Submission.objects.filter(pk=planned.pk).update(publish_after=before, approved_at=before)

    for who in ("officer", "webmaster"):
        assert "ถึงเวลาแล้วแต่ยังไม่เผยแพร่" in page(sit(who), "inbox")
    assert "ถึงเวลาแล้วแต่ยังไม่เผยแพร่" not in page(sit("head"), "inbox")
    assert "เลยเวลาแล้วยังไม่เสร็จ 1 เรื่อง" in page(sit("head"), "schedule")
