"""What is approved and waits for its time can be kept from the gate, by few and in time."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from prongsai.approval import actions, queries
from prongsai.approval.models import Submission
from prongsai.approval.refusals import CannotStop
from prongsai.approval.rules import stop_blockers
from prongsai.approval.states import StopBlocker, SubmissionState
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person, Post
from prongsai.organisation.queries import actor_for
from prongsai.organisation.refusals import Blocker
from prongsai.publication.queries import due
from tests import factories as base
from tests.approval import factories
from tests.approval.published import published
from tests.disclosures.factories import save_changes
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
TIME = NOW + timedelta(hours=6)
TEN_MINUTES_ON = NOW + timedelta(minutes=10)


def stop(
    submission: Submission, by: Actor, *, reason: str = "รอเอกสาร", at: datetime = TEN_MINUTES_ON
) -> None:
    actions.stop(submission=submission, reason=reason, by=by, at=at)


def refused(submission: Submission, by: Actor, **wishes: object) -> list[object]:
    with pytest.raises(CannotStop) as refusal:
        stop(submission, by, **wishes)  # type: ignore[arg-type]  # the caller names them
    submission.refresh_from_db()
    return [blocker.code for blocker in refusal.value.blockers]


@pytest.mark.parametrize("code", ["officer", "director"])
def test_the_submitter_and_the_last_approver_may_stop_it(
    people: People, scheduled: Submission, code: str
) -> None:
    stop(scheduled, people[code])
    scheduled.disclosure.refresh_from_db()
    assert scheduled.state == SubmissionState.STOPPED
    assert scheduled.disclosure.stage == Stage.WRITING
    assert not due(at=TIME + timedelta(days=1)).exists()


@pytest.mark.parametrize("code", ["head", "deputy-clerk", "clerk", "mayor"])
def test_nobody_else_may_stop_it(people: People, scheduled: Submission, code: str) -> None:
    assert refused(scheduled, people[code]) == [StopBlocker.NOT_THEIRS]
    assert scheduled.state == SubmissionState.APPROVED
    assert list(due(at=TIME)) == [scheduled]


def test_a_machine_may_not_stop_it(scheduled: Submission) -> None:
    assert refused(scheduled, Actor.system("worker")) == [StopBlocker.NOT_THEIRS]


def test_a_super_user_may_not_stop_it(scheduled: Submission) -> None:
    person = base.person(is_superuser=True)
    by = Actor(person.pk, person.full_name, "director", "ผู้อำนวยการกอง")
    assert refused(scheduled, by) == [StopBlocker.NOT_THEIRS]


def test_a_submitter_who_lost_the_post_may_not_stop_it(
    people: People, scheduled: Submission
) -> None:
    Appointment.objects.filter(post__code="officer").update(to_date="2026-11-22")
    assert refused(scheduled, people["officer"]) == [StopBlocker.NOT_THEIRS]


def test_a_last_post_that_approves_no_more_stops_nothing(
    people: People, scheduled: Submission
) -> None:
    Post.objects.get(code="director").roles.clear()
    assert refused(scheduled, people["director"]) == [StopBlocker.NOT_THEIRS]


def test_whoever_stands_in_for_the_last_approver_may_stop_it(scheduled: Submission) -> None:
    held = base.acting(post=Post.objects.get(code="director"))
    by = actor_for(held.person, post_code="director", on=TODAY)
    stop(scheduled, by)
    assert scheduled.refusal == f"{by.signature}: รอเอกสาร"
    assert "รักษาราชการแทน ตามคำสั่งที่ 745/2569" in scheduled.refusal


@pytest.mark.parametrize("reason", ["", "  \n", "\u200b", "\u202e\ufeff"])
def test_a_stop_needs_a_reason_that_can_be_read(
    people: People, scheduled: Submission, reason: str
) -> None:
    assert refused(scheduled, people["officer"], reason=reason) == [StopBlocker.NO_REASON]


@pytest.mark.parametrize(
    ("left", "may"),
    [
        (timedelta(days=400), True),
        (timedelta(seconds=61), True),
        (timedelta(seconds=60), True),
        (timedelta(seconds=59), False),
        (timedelta(0), False),
        (timedelta(days=-1), False),
    ],
)
def test_a_stop_comes_a_minute_before_the_time_at_the_latest(left: timedelta, may: bool) -> None:
    blockers = stop_blockers(
        state=SubmissionState.APPROVED,
        state_label="",
        publish_after=TIME,
        at=TIME - left,
        is_theirs=True,
        reason="รอเอกสาร",
    )
    assert [blocker.code for blocker in blockers] == ([] if may else [StopBlocker.TIME_HAS_COME])


def test_what_has_no_time_goes_at_once_and_cannot_be_stopped(people: People) -> None:
    submission = factories.approved(people)
    assert refused(submission, people["officer"]) == [StopBlocker.TIME_HAS_COME]


@pytest.mark.parametrize(
    "state", [each for each in SubmissionState if each not in ("approved", "stopped")]
)
def test_only_what_is_approved_can_be_stopped(
    people: People, scheduled: Submission, state: str
) -> None:
    Submission.objects.update(state=state)
    assert refused(scheduled, people["officer"]) == [StopBlocker.NOT_APPROVED]
    assert scheduled.state == state


def test_every_reason_against_a_stop_comes_at_once(people: People) -> None:
    submission = factories.submitted(people)
    assert refused(submission, people["mayor"], reason="") == [
        StopBlocker.NOT_APPROVED,
        StopBlocker.NOT_THEIRS,
        StopBlocker.NO_REASON,
    ]


def test_a_stop_is_recorded_with_its_reason(people: People, scheduled: Submission) -> None:
    stop(scheduled, people["director"], reason="  ยอดเงิน\u200bผิด \r\nให้แก้ก่อน ")
    act = Act.objects.get(verb="stop")
    assert (act.subject, act.outcome, act.post_code) == (scheduled.subject, "done", "director")
    assert act.reason == "ยอดเงินผิด\nให้แก้ก่อน"


def test_a_refused_stop_is_recorded_too(people: People, scheduled: Submission) -> None:
    refused(scheduled, people["mayor"])
    act = Act.objects.get(verb="stop")
    assert (act.outcome, act.reason) == ("refused", str(Blocker(StopBlocker.NOT_THEIRS)))


def test_a_double_click_stops_once(people: People, scheduled: Submission) -> None:
    for reason in ("รอเอกสาร", "รอเอกสาร", ""):
        stop(scheduled, people["officer"], reason=reason)
    assert Act.objects.filter(verb="stop").count() == 1
    assert scheduled.refusal == "เจ้าหน้าที่: รอเอกสาร"


def test_somebody_else_is_told_that_it_is_stopped_already(
    people: People, scheduled: Submission
) -> None:
    stop(scheduled, people["officer"])
    assert refused(scheduled, people["mayor"]) == [
        StopBlocker.NOT_APPROVED,
        StopBlocker.NOT_THEIRS,
    ]


def test_stopped_work_comes_back_to_its_writers_with_the_reason(
    people: People, scheduled: Submission
) -> None:
    stop(scheduled, people["director"])
    officer = Person.objects.get(pk=people["officer"].person_id)
    found = queries.inbox(officer, TODAY)
    assert (found.sent_back, found.to_write) == ((scheduled,), ())
    assert found.sent_back[0].refusal == "ผู้อำนวยการกอง: รอเอกสาร"


def test_after_a_stop_it_is_written_and_sent_again(people: People, scheduled: Submission) -> None:
    stop(scheduled, people["officer"])
    scheduled.disclosure.refresh_from_db()
    save_changes(scheduled.disclosure, by=people["officer"], title="แก้แล้ว")
    again = factories.submitted(people, disclosure=scheduled.disclosure)
    assert (again == scheduled, again.state, again.decisions.count()) == (False, "under_way", 0)


def test_a_stopped_withdrawal_leaves_the_item_at_rest(people: People) -> None:
    submission = factories.approved(
        people,
        disclosure=published(people),
        action="withdrawn",
        explanation="เลิกใช้",
        publish_after=TIME,
    )
    stop(submission, people["clerk"])
    submission.disclosure.refresh_from_db()
    assert submission.disclosure.stage == Stage.RESTING


def test_the_page_gives_the_same_reasons_as_the_act(people: People, scheduled: Submission) -> None:
    may = {
        code: not queries.stopping(scheduled, reason="x", by=by, at=TEN_MINUTES_ON)
        for code, by in people.items()
    }
    assert {code for code, is_so in may.items() if is_so} == {"officer", "director"}


@pytest.mark.parametrize("code", list(StopBlocker))
def test_a_refused_stop_says_what_why_and_what_to_do(code: StopBlocker) -> None:
    with translation.override("th"):
        sentence = str(Blocker(code, "อนุมัติแล้ว"))
    assert sentence.startswith("หยุด")
    assert "ไม่ได้: " in sentence
    assert " — " in sentence
    assert "{" not in sentence
