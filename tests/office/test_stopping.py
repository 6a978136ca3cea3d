"""Stopping what is approved and scheduled, from the page of the work."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from tests.approval.factories import approved, draft, submitted
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
BUTTON = "หยุดก่อนเผยแพร่</button>"
REASON = {"reason": "รอเอกสาร"}


@pytest.fixture
def scheduled(people: dict[str, Actor]) -> Submission:
    # The office asks the clock itself, so the time is set from now.
    return approved(people, publish_after=datetime.now(tz=UTC) + timedelta(days=3))


def place(name: str, submission: Submission) -> str:
    return reverse(name, kwargs={"ref": submission.disclosure.ref})


@pytest.mark.parametrize(
    ("who", "offered"),
    [("officer", True), ("director", True), ("head", False), ("mayor", None), ("auditor", False)],
)
def test_the_page_offers_it_to_those_who_may(
    sit: SignIn, scheduled: Submission, who: str, offered: bool | None
) -> None:
    answer = sit(who).get(place("work", scheduled))
    if offered is None:
        assert answer.status_code == 403
    else:
        assert (BUTTON in answer.content.decode()) is offered


@pytest.mark.parametrize("who", ["officer", "director"])
def test_it_goes_back_to_its_writers_with_the_reason(
    sit: SignIn, scheduled: Submission, who: str
) -> None:
    client = sit(who)
    client.post(place("stop", scheduled), REASON)
    scheduled.refresh_from_db()
    assert scheduled.state == SubmissionState.STOPPED
    page = client.get(place("work", scheduled)).content.decode()
    assert "หยุดไว้ก่อนเผยแพร่" in page
    assert "รอเอกสาร" in page
    assert BUTTON not in page


@pytest.mark.parametrize("who", ["head", "webmaster"])
def test_others_who_see_it_are_refused_and_remembered(
    people: dict[str, Actor], sit: SignIn, scheduled: Submission, who: str
) -> None:
    page = sit(who).post(place("stop", scheduled), REASON, follow=True).content.decode()
    assert "หยุดได้เฉพาะผู้ส่งและผู้อนุมัติขั้นสุดท้าย" in page
    act = Act.objects.get(verb="stop")
    assert (act.outcome, act.person_id) == ("refused", people[who].person_id)
    scheduled.refresh_from_db()
    assert scheduled.state == SubmissionState.APPROVED


def test_a_neighbour_does_not_even_reach_it(sit: SignIn, scheduled: Submission) -> None:
    assert sit("neighbour").post(place("stop", scheduled), REASON).status_code == 403
    scheduled.refresh_from_db()
    assert scheduled.state == SubmissionState.APPROVED


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_without_a_reason_nothing_is_stopped(
    sit: SignIn, scheduled: Submission, reason: str
) -> None:
    page = sit("officer").post(place("stop", scheduled), {"reason": reason}, follow=True)
    assert "ยังไม่ได้บอกเหตุผล" in page.content.decode()
    scheduled.refresh_from_db()
    assert scheduled.state == SubmissionState.APPROVED


def test_a_visit_stops_nothing(sit: SignIn, scheduled: Submission) -> None:
    assert sit("officer").get(place("stop", scheduled)).status_code == 405


def test_a_second_click_says_nothing_more(sit: SignIn, scheduled: Submission) -> None:
    client = sit("officer")
    for _click in range(2):
        client.post(place("stop", scheduled), REASON)
    assert Act.objects.filter(verb="stop").count() == 1


def test_what_is_still_being_decided_is_not_stopped_but_taken_back(
    people: dict[str, Actor], sit: SignIn
) -> None:
    submission = submitted(people, publish_after=datetime.now(tz=UTC) + timedelta(days=3))
    client = sit("officer")
    assert BUTTON not in client.get(place("work", submission)).content.decode()
    page = client.post(place("stop", submission), REASON, follow=True).content.decode()
    assert "เรื่องนี้ไม่ได้รอเวลาเผยแพร่ (อยู่ระหว่างพิจารณา)" in page


def test_a_work_that_was_never_sent_has_nothing_to_stop(
    people: dict[str, Actor], sit: SignIn
) -> None:
    ref = draft(people["officer"]).ref
    assert sit("officer").post(reverse("stop", kwargs={"ref": ref}), REASON).status_code == 404
