"""What is approved and waits may be put off within what was approved; nothing brings it forward."""

from datetime import UTC, datetime, timedelta

import pytest

from prongsai.approval import actions, queries
from prongsai.approval.models import Submission, TimeChange
from prongsai.approval.refusals import CannotMoveTime
from prongsai.approval.states import SubmissionState
from prongsai.approval.states import TimeBlocker as Not
from prongsai.approval.timing import Change, approved_time, is_at_the_gate, latest_day
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Post
from prongsai.organisation.queries import actor_for
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.queries import due
from prongsai.publication.rules import Blocker as GateBlocker
from tests import factories as base
from tests.approval import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
TIME, HOUR, DAY = NOW + timedelta(hours=6), timedelta(hours=1), timedelta(days=1)
THEN = NOW + timedelta(minutes=10)


def put_off(
    submission: Submission,
    by: Actor,
    to: datetime = TIME + DAY,
    *,
    reason: str = "เลื่อนงาน",
    at: datetime = THEN,
) -> TimeChange:
    return actions.move_time(submission=submission, to=to, reason=reason, by=by, at=at)


def refused(submission: Submission, by: Actor, **wishes: object) -> set[object]:
    before = submission.publish_after
    with pytest.raises(CannotMoveTime) as refusal:
        put_off(submission, by, **wishes)  # type: ignore[arg-type]  # the caller names them
    submission.refresh_from_db()
    assert (submission.publish_after, TimeChange.objects.count()) == (before, 0)
    return {blocker.code for blocker in refusal.value.blockers}


@pytest.mark.parametrize("code", ["head", "director"])
def test_the_unit_s_head_and_the_last_approver_put_it_off_and_it_is_recorded(
    people: People, scheduled: Submission, code: str
) -> None:
    made = put_off(scheduled, people[code])
    assert (made.before_at, made.after_at, made.post) == (TIME, TIME + DAY, people[code].signature)
    assert list(due(at=TIME + HOUR)) == []
    assert list(due(at=TIME + DAY)) == [scheduled]
    act = Act.objects.get(verb="move_time")
    assert (act.person_id, act.reason) == (people[code].person_id, "เลื่อนงาน")


def test_the_approval_still_counts_and_the_gate_opens_at_the_new_time(
    people: People, scheduled: Submission
) -> None:
    put_off(scheduled, people["director"])
    assert queries.current_hash(scheduled) == scheduled.content_hash
    with pytest.raises(CannotPublish) as early:
        publish(submission_ref=scheduled.ref, at=TIME + HOUR)
    assert [each.blocker for each in early.value.reasons] == [GateBlocker.TOO_EARLY]
    publish(submission_ref=scheduled.ref, at=TIME + DAY)
    scheduled.refresh_from_db()
    assert scheduled.state == SubmissionState.PUBLISHED


@pytest.mark.parametrize("code", ["officer", "deputy-clerk", "clerk", "mayor"])
def test_nobody_else_puts_it_off(people: People, scheduled: Submission, code: str) -> None:
    assert refused(scheduled, people[code]) == {Not.NOT_THEIRS}
    assert Act.objects.get(verb="move_time").outcome == "refused"


@pytest.mark.parametrize(
    ("scope", "may"), [({}, True), ({"scope_kinds": ["law"]}, False), ({"scope_units": ["plan"]}, True)]
)  # fmt: skip
def test_an_order_puts_off_as_far_as_it_reaches(
    scheduled: Submission, scope: dict[str, list[str]], *, may: bool
) -> None:
    held = base.acting(post=Post.objects.get(code="director"), **scope)
    by = actor_for(held.person, post_code="director", on=TODAY)
    if may:
        assert put_off(scheduled, by).post == by.signature
    else:
        assert refused(scheduled, by) == {Not.NOT_THEIRS}


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        ({"to": TIME - HOUR}, Not.BEFORE_APPROVED),
        ({"to": TIME}, Not.SAME_TIME),
        ({"reason": " \u200b"}, Not.NO_REASON),
        ({"at": TIME - timedelta(seconds=59)}, Not.TIME_HAS_COME),
        ({"at": TIME + HOUR}, Not.TIME_HAS_COME),
    ],
)
def test_what_was_approved_sets_the_bounds(
    people: People, scheduled: Submission, wishes: dict[str, object], code: str
) -> None:
    assert refused(scheduled, people["director"], **wishes) == {code}


def test_a_past_time_is_told_with_all_other_reasons(people: People, scheduled: Submission) -> None:
    codes = refused(scheduled, people["clerk"], to=NOW - DAY, reason="")
    assert codes == {Not.NOT_THEIRS, Not.NO_REASON, Not.TIME_IS_PAST, Not.BEFORE_APPROVED}


def test_the_approved_end_leaves_room_for_the_promised_days(people: People) -> None:
    ends = TODAY + timedelta(days=30)
    work = factories.draft(people["officer"], expires_date=ends, minimum_posting_days=15)
    submission = factories.approved(people, disclosure=work, publish_after=TIME)
    assert queries.latest_day_of(submission) == TODAY + timedelta(days=15)
    assert refused(submission, people["head"], to=TIME + 16 * DAY) == {Not.AFTER_END}
    put_off(submission, people["head"], TIME + 15 * DAY)


def test_put_off_twice_it_may_come_back_to_the_approved_time_and_no_further(
    people: People, scheduled: Submission
) -> None:
    put_off(scheduled, people["head"], TIME + DAY)
    put_off(scheduled, people["director"], TIME + HOUR)
    put_off(scheduled, people["head"], TIME)
    assert queries.current_hash(scheduled) == scheduled.content_hash
    with pytest.raises(CannotMoveTime):
        put_off(scheduled, people["director"], TIME - HOUR)
    publish(submission_ref=scheduled.ref, at=TIME)


def test_a_double_click_is_one_change(people: People, scheduled: Submission) -> None:
    assert put_off(scheduled, people["head"]) == put_off(scheduled, people["head"])
    assert TimeChange.objects.count() == 1


@pytest.mark.parametrize("is_moved", [False, True])
def test_a_time_that_was_changed_behind_the_acts_is_one_that_nobody_approved(
    people: People, scheduled: Submission, is_moved: bool
) -> None:
    if is_moved:
        put_off(scheduled, people["head"])
    Submission.objects.update(publish_after=NOW + HOUR)
    with pytest.raises(CannotPublish) as refusal:
        publish(submission_ref=scheduled.ref, at=NOW + 2 * HOUR)
    assert GateBlocker.CONTENT_CHANGED in {each.blocker for each in refusal.value.reasons}


def test_a_forged_change_to_an_earlier_time_does_not_pass_the_gate(
    people: People, scheduled: Submission
) -> None:
    columns = {"reason": "-", "person_id": people["head"].person_id, "post": "", "at": THEN}
    TimeChange.objects.create(submission=scheduled, before_at=TIME, after_at=NOW + HOUR, **columns)
    Submission.objects.update(publish_after=NOW + HOUR)
    with pytest.raises(CannotPublish):
        publish(submission_ref=scheduled.ref, at=NOW + 2 * HOUR)


def test_changes_are_never_changed(people: People, scheduled: Submission) -> None:
    made = put_off(scheduled, people["head"])
    with pytest.raises(TypeError):
        made.save()


ONE, TWO, THREE = (datetime(2026, 11, day, tzinfo=UTC) for day in (1, 2, 3))


@pytest.mark.parametrize(
    ("now", "changes", "approved"),
    [
        (ONE, [], ONE),
        (TWO, [Change(ONE, TWO)], ONE),
        (TWO, [Change(ONE, THREE), Change(THREE, TWO)], ONE),
        (THREE, [Change(ONE, TWO)], THREE),
        (THREE, [Change(ONE, TWO), Change(ONE, THREE)], THREE),
        (ONE, [Change(TWO, THREE), Change(THREE, ONE)], ONE),
    ],
)
def test_the_approved_time_is_where_the_changes_began(
    now: datetime, changes: list[Change], approved: datetime
) -> None:
    assert approved_time(now, changes) == approved


def test_the_day_of_publication_is_none_of_the_promised_days() -> None:
    assert latest_day(TODAY, None) == TODAY
    assert latest_day(TODAY, 1) == TODAY - timedelta(days=1)
    assert latest_day(TODAY, 15) == TODAY - timedelta(days=15)
    assert latest_day(None, 15) is None


@pytest.mark.parametrize(
    ("left", "is_there"),
    [(DAY, False), (timedelta(seconds=60), False), (timedelta(seconds=59), True),
     (-timedelta(minutes=9), True), (-timedelta(minutes=10), False)],
)  # fmt: skip
def test_the_gate_is_left_alone_from_a_minute_before_to_ten_after(
    left: timedelta, is_there: bool
) -> None:
    assert is_at_the_gate(TIME, NOW, at=TIME - left) is is_there
    assert is_at_the_gate(None, TIME, at=TIME - left) is is_there
