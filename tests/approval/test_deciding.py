"""Endorsing and sending back, as it happens in the database."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from prongsai.approval import actions, queries
from prongsai.approval.models import Decision, Submission
from prongsai.approval.refusals import CannotDecide
from prongsai.approval.states import DecisionBlocker as Not
from prongsai.approval.states import SubmissionState, Verdict
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person
from prongsai.organisation.queries import actor_for
from prongsai.organisation.states import RoleCode
from tests import factories as base
from tests.approval import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]


def decide(submission: Submission, by: Actor, verdict: str = "endorse", **changes: Any) -> Decision:
    wishes = {"content_hash_seen": submission.content_hash, "at": NOW, "reason": ""} | changes
    return actions.decide(submission=submission, verdict=verdict, by=by, **wishes)


def refused(submission: Submission, by: Actor, **changes: Any) -> list[object]:
    with pytest.raises(CannotDecide) as refusal:
        decide(submission, by, **changes)
    return [blocker.code for blocker in refusal.value.blockers]


def test_endorsements_walk_the_line_to_the_mayor(people: People) -> None:
    submission = factories.approved(people, kind="law")
    submission.disclosure.refresh_from_db()
    assert submission.state == SubmissionState.APPROVED
    assert submission.approved_at == NOW + timedelta(minutes=5)
    assert submission.disclosure.stage == Stage.APPROVED
    endorsements = queries.effective_endorsements(submission)
    assert [each.post_code for each in endorsements] == list(factories.LINE)
    assert {each.content_hash for each in endorsements} == {submission.content_hash}


def test_an_urgent_item_needs_the_director_alone(people: People) -> None:
    submission = factories.submitted(people, kind="law", urgency="urgent")
    decide(submission, people["director"])
    assert submission.state == SubmissionState.APPROVED


def test_a_decision_keeps_post_capacity_and_order_of_that_day(people: People) -> None:
    submission = factories.submitted(people, urgency="urgent")
    Appointment.objects.filter(post__code="director").update(to_date=date(2026, 11, 1))
    stands_in = base.acting(post=base.post("director")).person
    by = actor_for(stands_in, post_code="director", on=TODAY)
    decision = decide(submission, by)
    Appointment.objects.filter(person=stands_in).update(order_number="9/9999")
    base.post("director").__class__.objects.filter(code="director").update(title_th="ชื่อใหม่")
    decision.refresh_from_db()
    assert (decision.post_title, decision.capacity) == ("ผู้อำนวยการกอง", "acting")
    assert decision.acting_order == "ตามคำสั่งที่ 745/2569 ลงวันที่ 28 กันยายน 2569"
    assert decision.person == stands_in


def test_a_double_click_endorses_once(people: People) -> None:
    submission = factories.submitted(people)
    assert decide(submission, people["head"]) == decide(submission, people["head"])
    assert (Decision.objects.count(), submission.step) == (1, 1)
    assert Act.objects.filter(verb="decide").count() == 1


def test_a_double_click_on_the_last_endorsement_approves_once(people: People) -> None:
    submission = factories.submitted(people, urgency="urgent")
    assert decide(submission, people["director"]) == decide(submission, people["director"])
    assert Act.objects.filter(verb="decide").count() == 1


@pytest.mark.parametrize("verdict", [Verdict.REMAND_TO_START, Verdict.REMAND_ONE_STEP])
def test_a_double_click_sends_back_once(people: People, verdict: Verdict) -> None:
    submission = factories.submitted(people)
    decide(submission, people["head"])
    first, second = (
        decide(submission, people["director"], verdict, reason="ทบทวน") for _ in range(2)
    )
    assert first == second
    assert Decision.objects.count() == 2


def test_another_verdict_after_the_first_click_is_refused(people: People) -> None:
    submission = factories.submitted(people)
    decide(submission, people["head"])
    found = refused(submission, people["head"], verdict="remand_to_start", reason="เปลี่ยนใจ")
    assert Not.NOT_THEIR_TURN in found


def test_a_remand_to_the_start_unlocks_the_content(people: People) -> None:
    submission = factories.submitted(people)
    decide(submission, people["head"], "remand_to_start", reason="แก้ยอดเงิน")
    submission.disclosure.refresh_from_db()
    assert submission.state == SubmissionState.REMANDED
    assert submission.disclosure.stage == Stage.WRITING
    assert submission.decisions.get().reason == "แก้ยอดเงิน"


def test_one_step_back_asks_the_earlier_post_again(people: People) -> None:
    submission = factories.submitted(people, kind="law")
    for code in ("head", "director"):
        decide(submission, people[code])
    decide(submission, people["deputy-clerk"], "remand_one_step", reason="ยังไม่ชัด")
    assert (submission.step, submission.round, submission.state) == (1, 2, "under_way")
    assert [each.post_code for each in queries.effective_endorsements(submission)] == ["head"]
    decide(submission, people["director"])
    assert (submission.step, Decision.objects.count()) == (2, 4)


@pytest.mark.parametrize("verdict", [Verdict.REMAND_TO_START, Verdict.REMAND_ONE_STEP])
def test_sending_back_needs_a_reason(people: People, verdict: Verdict) -> None:
    submission = factories.submitted(people)
    decide(submission, people["head"])
    assert refused(submission, people["director"], verdict=verdict) == [Not.NO_REASON]


def test_the_first_step_has_none_before_it(people: People) -> None:
    submission = factories.submitted(people)
    found = refused(submission, people["head"], verdict="remand_one_step", reason="ทบทวน")
    assert found == [Not.NO_EARLIER_STEP]


def test_an_expired_acting_appointment_decides_nothing(people: People) -> None:
    held = base.acting(post=base.post("head"), to_date=date(2026, 11, 22))
    by = actor_for(held.person, post_code="head", on=date(2026, 11, 22))
    submission = factories.submitted(people)
    assert refused(submission, by) == [Not.POST_NOT_HELD]
    decide(submission, people["head"])


def test_the_day_is_that_of_bangkok(people: People) -> None:
    """22 November 18:00 UTC is already the 23rd here."""
    held = base.acting(post=base.post("head"), to_date=date(2026, 11, 22))
    by = actor_for(held.person, post_code="head", on=date(2026, 11, 22))
    submission = factories.submitted(people)
    evening = NOW.replace(day=22, hour=18)
    assert refused(submission, by, at=evening) == [Not.POST_NOT_HELD]
    assert decide(submission, by, at=evening - timedelta(hours=2)).capacity == "acting"


def test_somebody_who_attached_or_wrote_cannot_endorse(people: People) -> None:
    base.acting(post=base.post("head"))
    draft = factories.draft(people["officer"])
    factories.disclosures.save_changes(draft, by=people["head"], summary="หัวหน้าแก้สรุป")
    submission = factories.submitted(people, disclosure=draft)
    assert refused(submission, people["head"]) == [Not.CONTRIBUTED]


def test_the_officer_cannot_endorse_from_a_second_post(people: People) -> None:
    author = Person.objects.get(pk=people["officer"].person_id)
    base.acting(person=author, post=base.post("head"))
    submission = factories.submitted(people)
    by = actor_for(author, post_code="head", on=TODAY)
    assert refused(submission, by) == [Not.CONTRIBUTED]


def test_one_person_cannot_endorse_as_two_posts(people: People) -> None:
    head = Person.objects.get(pk=people["head"].person_id)
    base.acting(person=head, post=base.post("director"))
    submission = factories.submitted(people)
    decide(submission, people["head"])
    by = actor_for(head, post_code="director", on=TODAY)
    assert refused(submission, by) == [Not.DECIDED_ALREADY]


@pytest.mark.parametrize("code", [None, "head"])
def test_a_super_user_is_not_exempt(people: People, code: str | None) -> None:
    person = base.person(is_superuser=True, is_staff=True)
    submission = factories.submitted(people)
    found = refused(submission, Actor(person.pk, person.full_name, code or "", "หัวหน้าฝ่าย"))
    assert Not.POST_NOT_HELD in found
    assert Decision.objects.count() == 0


def test_the_machine_endorses_nothing(people: People) -> None:
    submission = factories.submitted(people)
    assert refused(submission, Actor.system("worker"))[0] == Not.NOBODY


def test_a_page_of_older_content_endorses_nothing(people: People) -> None:
    submission = factories.submitted(people)
    assert refused(submission, people["head"], content_hash_seen="0" * 64) == [Not.OTHER_CONTENT]


@pytest.mark.parametrize(
    "change", [{"change_note": "อื่น"}, {"explanation": "อื่น"}, {"publish_after": NOW}]
)
def test_a_submission_changed_behind_the_approvers_cannot_be_endorsed(
    people: People, change: dict[str, object]
) -> None:
    submission = factories.submitted(people)
    Submission.objects.filter(pk=submission.pk).update(**change)
    assert refused(submission, people["head"]) == [Not.CONTENT_CHANGED]
    decide(submission, people["head"], "remand_to_start", reason="เนื้อหาไม่ตรง")


def test_a_refusal_is_remembered_with_its_reasons(people: People) -> None:
    submission = factories.submitted(people)
    refused(submission, people["mayor"])
    act = Act.objects.get(verb="decide")
    assert (act.outcome, act.subject, act.post_code) == ("refused", submission.subject, "mayor")
    assert act.reason.startswith("พิจารณาไม่ได้: ขณะนี้เรื่องไม่ได้อยู่ที่ตำแหน่ง นายก")


def with_quorum(people: People, quorum: int) -> Submission:
    """A submission whose first step asks `quorum` of three posts."""
    submission = factories.submitted(people)
    steps = [{"posts": ["head", "deputy-clerk", "clerk"], "quorum": quorum}, *submission.steps[1:]]
    Submission.objects.filter(pk=submission.pk).update(steps=steps)
    submission.refresh_from_db()
    return submission


def test_a_step_waits_for_its_quorum(people: People) -> None:
    submission = with_quorum(people, 2)
    decide(submission, people["clerk"])
    assert submission.step == 0
    decide(submission, people["head"])
    assert submission.step == 1


def test_a_post_counts_once_however_many_sit_in_it(people: People) -> None:
    submission = with_quorum(people, 2)
    second = base.acting(post=base.post("clerk"))
    decide(submission, people["clerk"])
    by = actor_for(second.person, post_code="clerk", on=TODAY)
    assert refused(submission, by) == [Not.POST_DECIDED]
    assert submission.step == 0


@pytest.mark.parametrize(
    "sql",
    ["UPDATE approval_decision SET verdict = 'endorse'", "DELETE FROM approval_decision"],
)
def test_sql_changes_no_decision(people: People, sql: str) -> None:
    decide(factories.submitted(people), people["head"])
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_the_orm_changes_no_decision(people: People) -> None:
    decision = decide(factories.submitted(people), people["head"])
    with pytest.raises(TypeError, match="never changed"):
        decision.save()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(reason="อื่น")


@pytest.mark.parametrize("code", ["officer", *factories.LINE, "admin"])
def test_the_reasons_on_the_page_are_those_of_the_act(people: People, code: str) -> None:
    by = people.get(code) or base.actor("admin", roles=[RoleCode.ADMINISTRATOR])
    person = Person.objects.get(pk=by.person_id)
    submission = factories.submitted(people)
    may = not queries.may_decide(person, submission, TODAY)
    assert may is (code == "head")
    assert queries.deciding_posts(person, submission, TODAY) == (["head"] if may else [])
