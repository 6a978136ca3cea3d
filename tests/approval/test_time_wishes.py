"""A writer asks that something approved be put off; whoever decides its last step agrees, or it keeps its time."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from prongsai.approval import actions, queries
from prongsai.approval.models import Submission, TimeAnswer, TimeChange, TimeWish
from prongsai.approval.refusals import CannotMoveTime
from prongsai.approval.states import TimeBlocker as Not
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.states import RoleCode
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.queries import due
from tests import factories as base
from tests.factories import NOW
from tests.publication import bundles

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
TIME, HOUR, DAY = NOW + timedelta(hours=6), timedelta(hours=1), timedelta(days=1)
THEN = NOW + timedelta(minutes=10)


def ask(
    submission: Submission,
    by: Actor,
    *,
    to: datetime = TIME + DAY,
    reason: str = "ฝนตกหนัก",
    at: datetime = THEN,
) -> TimeWish:
    return actions.ask_for_time(submission=submission, to=to, reason=reason, by=by, at=at)


def codes(refused: pytest.ExceptionInfo[CannotMoveTime]) -> set[object]:
    return {each.code for each in refused.value.blockers}


def test_a_wish_changes_nothing_until_the_last_approver_agrees(
    people: People, scheduled: Submission
) -> None:
    wish = ask(scheduled, people["officer"])
    scheduled.refresh_from_db()
    assert (scheduled.publish_after, queries.open_wish(scheduled)) == (TIME, wish)

    actions.agree_to_time(wish=wish, by=people["director"], at=THEN + HOUR)

    scheduled.refresh_from_db()
    change = TimeChange.objects.get()
    assert (change.after_at, change.reason) == (scheduled.publish_after, "ฝนตกหนัก")
    assert change.person_id == people["director"].person_id
    assert (scheduled.publish_after, queries.open_wish(scheduled)) == (TIME + DAY, None)
    done = Act.objects.filter(verb__contains="time").order_by("id")
    assert list(done.values_list("verb", "post_code")) == [
        ("ask_for_time", "officer"),
        ("move_time", "director"),
        ("agree_to_time", "director"),
    ]


def test_the_gate_keeps_the_new_time_and_the_approval_still_counts(
    people: People, scheduled: Submission
) -> None:
    wish = ask(scheduled, people["officer"])
    actions.agree_to_time(wish=wish, by=people["director"], at=THEN)
    with pytest.raises(CannotPublish):
        publish(submission_ref=scheduled.ref, at=TIME + HOUR)
    assert list(due(at=TIME + DAY)) == [scheduled]
    publish(submission_ref=scheduled.ref, at=TIME + DAY)


def test_a_wish_that_is_refused_keeps_the_time_and_says_why(
    people: People, scheduled: Submission
) -> None:
    wish = ask(scheduled, people["officer"])
    for _click in range(2):
        actions.refuse_time(wish=wish, reason="กฎหมายกำหนดวัน", by=people["director"], at=THEN)
    scheduled.refresh_from_db()
    assert (scheduled.publish_after, queries.open_wish(scheduled)) == (TIME, None)
    answer = TimeAnswer.objects.get()
    assert (answer.is_agreed, answer.reason) == (False, "กฎหมายกำหนดวัน")
    assert not TimeChange.objects.exists()


def test_a_refusal_without_a_reason_is_none(people: People, scheduled: Submission) -> None:
    wish = ask(scheduled, people["officer"])
    with pytest.raises(CannotMoveTime) as refused:
        actions.refuse_time(wish=wish, reason=" ", by=people["director"], at=THEN)
    assert codes(refused) == {Not.NO_ANSWER}


@pytest.mark.parametrize("code", ["officer", "head", "clerk", "mayor"])
def test_nobody_but_the_last_step_answers(people: People, scheduled: Submission, code: str) -> None:
    wish = ask(scheduled, people["officer"])
    for answer in (
        lambda by: actions.agree_to_time(wish=wish, by=by, at=THEN),
        lambda by: actions.refuse_time(wish=wish, reason="x", by=by, at=THEN),
    ):
        with pytest.raises(CannotMoveTime) as refused:
            answer(people[code])
        assert Not.NOT_LAST in codes(refused)
    assert not TimeAnswer.objects.exists()
    assert not TimeChange.objects.exists()


def test_nobody_answers_their_own_wish(people: People, scheduled: Submission) -> None:
    director = people["director"]
    wish = TimeWish.objects.create(
        submission=scheduled, before_at=TIME, after_at=TIME + DAY, reason="x",
        person_id=director.person_id or 0, post="", at=NOW,
    )  # fmt: skip
    with pytest.raises(CannotMoveTime) as refused:
        actions.agree_to_time(wish=wish, by=director, at=THEN)
    assert codes(refused) == {Not.OWN_WISH}


@pytest.mark.parametrize("code", ["head", "director", "mayor", "stranger"])
def test_only_its_writers_ask(people: People, scheduled: Submission, code: str) -> None:
    base.post("stranger", unit=base.unit("far"), roles=[RoleCode.OFFICER])
    known = people | {"stranger": base.actor("stranger")}
    with pytest.raises(CannotMoveTime) as refused:
        ask(scheduled, known[code])
    assert codes(refused) == {Not.NOT_WRITERS}
    assert not TimeWish.objects.exists()


def test_the_webmaster_asks_for_every_unit(people: People, scheduled: Submission) -> None:
    webmaster = base.actor("webmaster", roles=[RoleCode.WEBMASTER])
    assert queries.open_wish(scheduled) is None
    ask(scheduled, webmaster)
    assert [each.post for each in queries.open_wishes(at=THEN)] == [webmaster.signature]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"to": TIME - HOUR}, Not.BEFORE_APPROVED),
        ({"to": TIME}, Not.SAME_TIME),
        ({"reason": " "}, Not.NO_REASON),
        ({"at": TIME}, Not.TIME_HAS_COME),
    ],
)
def test_what_could_not_be_set_cannot_be_asked_for(
    people: People, scheduled: Submission, wanted: dict[str, object], code: Not
) -> None:
    with pytest.raises(CannotMoveTime) as refused:
        ask(scheduled, people["officer"], **wanted)  # type: ignore[arg-type]  # the table names them
    assert codes(refused) == {code}


def test_a_double_click_asks_and_agrees_once(people: People, scheduled: Submission) -> None:
    first, second = (ask(scheduled, people["officer"]) for _click in range(2))
    for _click in range(2):
        actions.agree_to_time(wish=second, by=people["director"], at=THEN)
    assert first == second
    assert (TimeAnswer.objects.count(), TimeChange.objects.count()) == (1, 1)


def test_a_newer_wish_takes_the_place_of_the_older(people: People, scheduled: Submission) -> None:
    older, newer = (ask(scheduled, people["officer"], to=TIME + n * DAY) for n in (1, 2))
    with pytest.raises(CannotMoveTime) as refused:
        actions.agree_to_time(wish=older, by=people["director"], at=THEN)
    assert codes(refused) == {Not.WISH_CLOSED}
    assert queries.open_wishes(at=THEN) == [newer]


def test_a_wish_lapses_when_the_time_was_moved_or_the_work_was_stopped(
    people: People, scheduled: Submission
) -> None:
    wish = ask(scheduled, people["officer"])
    actions.move_time(submission=scheduled, to=TIME + HOUR, reason="x", by=people["head"], at=THEN)
    with pytest.raises(CannotMoveTime) as refused:
        actions.agree_to_time(wish=wish, by=people["director"], at=THEN)
    assert codes(refused) == {Not.WISH_CLOSED}
    again = ask(scheduled, people["officer"], to=TIME + DAY)
    actions.stop(submission=scheduled, reason="x", by=people["officer"], at=THEN)
    assert queries.open_wishes(at=THEN) == []
    with pytest.raises(CannotMoveTime) as stopped:
        actions.agree_to_time(wish=again, by=people["director"], at=THEN)
    assert Not.WISH_CLOSED in codes(stopped)


def test_a_wish_does_not_come_back_with_the_time_or_with_the_answer_to_a_newer_one(
    people: People, scheduled: Submission
) -> None:
    ask(scheduled, people["officer"])
    newer = ask(scheduled, people["officer"], to=TIME + 2 * DAY)
    actions.refuse_time(wish=newer, reason="ไม่ควรช้า", by=people["director"], at=THEN)
    assert queries.open_wishes(at=THEN) == []

    ask(scheduled, people["officer"])
    for minute, to in enumerate((TIME + DAY, TIME), start=1):
        at = THEN + timedelta(minutes=minute)
        actions.move_time(submission=scheduled, to=to, reason="เลื่อน", by=people["head"], at=at)
    scheduled.refresh_from_db()
    assert (scheduled.publish_after, queries.open_wish(scheduled)) == (TIME, None)
    assert queries.open_wishes(at=THEN) == []


def test_what_is_agreed_too_late_moves_nothing(people: People, scheduled: Submission) -> None:
    wish = ask(scheduled, people["officer"])
    with pytest.raises(CannotMoveTime) as refused:
        actions.agree_to_time(wish=wish, by=people["director"], at=TIME)
    assert codes(refused) == {Not.TIME_HAS_COME}
    assert not TimeAnswer.objects.exists()


def test_a_member_of_a_bundle_is_not_asked_for_alone(people: People) -> None:
    sending = bundles.approved(people, publish_after=TIME)
    with pytest.raises(CannotMoveTime) as refused:
        ask(bundles.rows(sending)[0], people["officer"])
    assert Not.IN_BUNDLE in codes(refused)


def test_the_tables_refuse_to_be_changed(people: People, scheduled: Submission) -> None:
    wish = ask(scheduled, people["officer"])
    actions.refuse_time(wish=wish, reason="ไม่ได้", by=people["director"], at=THEN)
    for rows in (TimeWish.objects.all(), TimeAnswer.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(reason="เขียนใหม่")
