"""When things become public by themselves: seen, moved, stopped, and missed by nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from prongsai.approval.models import Submission
from prongsai.organisation.actors import Actor
from tests.approval.factories import approved, draft
from tests.office.conftest import SignIn
from tests.publication.conftest import shelves  # noqa: F401 -- a fixture, used by name

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("shelves"),
]
People = dict[str, Actor]


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
    assert "เลยเวลาแล้วยังไม่เสร็จ 0 เรื่อง" in shown
    assert "เปลี่ยนเวลา" in shown


@pytest.mark.parametrize(("who", "may"), [("officer", True), ("director", True), ("head", False)])
def test_only_its_sender_and_its_last_step_may_change_it(
    planned: Submission, sit: SignIn, who: str, may: bool
) -> None:
    place = reverse("reschedule", kwargs={"ref": planned.disclosure.ref})

    assert ("เปลี่ยนเวลา" in page(sit(who), "schedule")) is may
    sit(who).post(place, {"reason": "เลื่อนการรับสมัคร"})

    planned.refresh_from_db()
    assert (planned.state == "stopped") is may


def test_another_time_is_sent_again_with_the_same_words(planned: Submission, sit: SignIn) -> None:
    place = reverse("reschedule", kwargs={"ref": planned.disclosure.ref})

    answer = sit("officer").post(place, {"reason": "เลื่อน"}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("submit", kwargs={"ref": planned.disclosure.ref})


def test_what_is_late_shouts_at_its_sender_and_the_webmaster(
    planned: Submission, sit: SignIn
) -> None:
    before = datetime.now(UTC) - timedelta(minutes=11)
    Submission.objects.filter(pk=planned.pk).update(publish_after=before, approved_at=before)

    for who in ("officer", "webmaster"):
        assert "ถึงเวลาแล้วแต่ยังไม่เผยแพร่" in page(sit(who), "inbox")
    assert "ถึงเวลาแล้วแต่ยังไม่เผยแพร่" not in page(sit("head"), "inbox")
    assert "เลยเวลาแล้วยังไม่เสร็จ 1 เรื่อง" in page(sit("head"), "schedule")
