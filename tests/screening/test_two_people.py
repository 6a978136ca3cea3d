"""What is blocked is let stand by two people, or not at all; and what was said may be taken back until submission."""

from typing import Any

import pytest
from django.utils.timezone import localdate

from prongsai.disclosures.actions import autosave, move_stage
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.screening import queries
from prongsai.screening.actions import say_second_word, withdraw_decision
from prongsai.screening.models import Finding, FindingDecision, Screening
from prongsai.screening.refusals import SENTENCES, CannotDecideFinding
from prongsai.screening.states import Scope
from tests.disclosures.factories import save_changes
from tests.factories import NOW, actor
from tests.screening.factories import (
    WITH_ID,
    agree,
    confirm,
    decide,
    screened,
    screener,
    submit,
)

pytestmark = pytest.mark.django_db
PHONE = "<p>โทร 081-234-5678</p>"


def only(screening: Screening) -> Finding:
    return Finding.objects.get(screening=screening)


def is_open(screening: Screening) -> bool:
    return queries.open_findings(screening.revision, on=localdate(NOW)).exists()


@pytest.mark.parametrize("verdict", ["legal_ground", "not_applicable"])
def test_one_person_alone_lets_nothing_blocked_stand(verdict: str) -> None:
    screening = screened()
    decide(only(screening), verdict, legal_ground="มาตรา 9")
    assert is_open(screening)
    assert queries.to_screen(on=localdate(NOW)).get() == screening.disclosure
    [reason] = queries.blocking_reasons(screening.revision, on=localdate(NOW))
    assert "รอผู้ตรวจคนที่สอง" in reason


@pytest.mark.parametrize(
    ("body", "verdict"), [(WITH_ID, "remove"), (WITH_ID, "redact_later"), (PHONE, "not_applicable")]
)
def test_no_second_person_is_asked_where_nothing_blocked_stands(body: str, verdict: str) -> None:
    screening = screened(body=body)
    decide(only(screening), verdict)
    assert not is_open(screening)


def test_a_second_person_who_agrees_closes_it_and_both_are_remembered() -> None:
    screening = screened()
    first = decide(only(screening), reason="เลขตัวอย่าง")
    second = confirm(first, reason="อ่านแล้ว เห็นพ้อง")
    assert not is_open(screening)
    assert queries.blocking_reasons(screening.revision, on=localdate(NOW)) == []
    assert (second.confirms, second.verdict) == (first, first.verdict)
    assert second.person_id != first.person_id
    act = Act.objects.get(verb="confirm_decision")
    assert (act.person_id, act.reason) == (second.person_id, "อ่านแล้ว เห็นพ้อง")


def test_an_objection_opens_it_again_and_says_why() -> None:
    screening = screened()
    first = decide(only(screening))
    made = say(first, "object", reason="เลขนี้ตรวจหลักแล้วถูกต้อง")
    assert is_open(screening)
    assert only(screening).decision is None
    assert only(screening).newest == made[0]
    assert Act.objects.get(verb="object_to_decision").reason == "เลขนี้ตรวจหลักแล้วถูกต้อง"


def say(decision: FindingDecision, word: str, **changes: Any) -> list[FindingDecision]:
    plain: dict[str, Any] = {"by": screener(), "at": NOW}
    return say_second_word(decision=decision, word=word, **(plain | changes))


def refused(
    decision: FindingDecision, *expected: str, word: str = "confirm", **changes: Any
) -> None:
    before = FindingDecision.objects.count()
    with pytest.raises(CannotDecideFinding) as refusal:
        say(decision, word, **changes)
    assert list(refusal.value.blockers) == [SENTENCES[key] for key in expected]
    assert FindingDecision.objects.count() == before
    assert Act.objects.filter(outcome="refused").count() == 1


def test_the_same_person_is_not_two_people() -> None:
    by = screener()
    refused(decide(only(screened()), by=by), "same_person", by=by)


def test_a_writer_of_the_content_is_not_the_second_person() -> None:
    writer = screener()
    refused(decide(only(screened(by=writer))), "own_work", by=writer)


def test_only_a_screener_is_the_second_person() -> None:
    refused(decide(only(screened())), "no_role", by=actor(roles=["officer", "approver"]))


def test_a_machine_is_not_the_second_person() -> None:
    refused(decide(only(screened())), "no_person", by=Actor.system("worker"))


def test_an_objection_needs_a_reason() -> None:
    refused(decide(only(screened())), "no_objection_reason", word="object", reason=" ")


def test_a_word_that_nobody_knows_is_refused() -> None:
    refused(decide(only(screened())), "unknown_word", word="publish")


def test_what_the_second_person_saw_must_still_be_so() -> None:
    finding = only(screened())
    seen = decide(finding, reason="เหตุผลหนึ่ง")
    decide(finding, reason="เหตุผลอื่น")
    refused(seen, "not_awaiting")


def test_what_waits_for_nobody_cannot_be_confirmed() -> None:
    refused(decide(only(screened(body=PHONE))), "not_awaiting")


@pytest.mark.parametrize(("word", "reason"), [("confirm", ""), ("object", "ไม่ใช่")])
def test_saying_it_twice_says_it_once(word: str, reason: str) -> None:
    first, by = decide(only(screened())), screener()
    once = say(first, word, by=by, reason=reason)
    assert say(first, word, by=by, reason=reason) == once
    assert FindingDecision.objects.count() == 2


def test_two_different_people_may_decide_one_after_the_other_and_still_need_a_word() -> None:
    screening, one, other = screened(), screener(), screener()
    decide(only(screening), by=one)
    newer = decide(only(screening), by=other, reason="อ่านเองอีกครั้ง")
    assert is_open(screening)
    confirm(newer, by=one)
    assert not is_open(screening)


def again(screening: Screening, *, by: Actor) -> Screening:
    row = screening.disclosure
    row.refresh_from_db()
    row.stage = Stage.WRITING
    row.save()
    save_changes(row, by=by, title="ชื่อใหม่")
    return submit(row, by=by)


def test_an_unconfirmed_decision_still_waits_in_the_next_revision() -> None:
    writer = actor()
    screening = screened(by=writer)
    first = decide(only(screening))
    carried = only(again(screening, by=writer)).decision
    assert carried is not None
    assert (carried.person_id, carried.confirms) == (first.person_id, None)
    assert is_open(again(screening, by=writer))


def test_a_second_person_who_began_to_write_is_asked_for_again() -> None:
    writer, second = actor(), screener()
    screening = screened(by=writer)
    confirm(decide(only(screening)), by=second)
    newer = again(screening, by=second)
    assert only(newer).awaits_second
    assert is_open(newer)


def withdraw(decision: FindingDecision, **changes: Any) -> list[FindingDecision]:
    plain: dict[str, Any] = {"by": screener(), "at": NOW}
    return withdraw_decision(decision=decision, **(plain | changes))


def test_a_decision_taken_back_leaves_the_finding_open() -> None:
    screening = screened(body=PHONE)
    decision = decide(only(screening))
    withdraw(decision, reason="กดผิดข้อ")
    assert is_open(screening)
    assert only(screening).decision is None
    assert Act.objects.get(verb="withdraw_decision").reason == "กดผิดข้อ"
    assert FindingDecision.objects.count() == 2


def test_what_went_back_to_its_writers_comes_back_with_the_decision() -> None:
    screening = screened()
    decision = decide(only(screening), "remove")
    row = screening.disclosure
    row.refresh_from_db()
    assert row.stage == Stage.WRITING
    withdraw(decision)
    row.refresh_from_db()
    assert row.stage == Stage.SCREENING


def test_work_that_somebody_has_begun_to_change_stays_with_them() -> None:
    writer = actor()
    screening = screened(by=writer)
    decision = decide(only(screening), "remove")
    row = screening.disclosure
    autosave(disclosure=row, form={"title": "แก้"}, base_sequence=1, by=writer, at=NOW)
    withdraw(decision)
    row.refresh_from_db()
    assert row.stage == Stage.WRITING
    assert is_open(screening)


def test_after_submission_nothing_is_taken_back() -> None:
    screening = screened(body=PHONE)
    decision = decide(only(screening))
    row = screening.disclosure
    move_stage(disclosure=row, to=Stage.DECIDING, by=actor(), at=NOW)
    with pytest.raises(CannotDecideFinding) as refusal:
        withdraw(decision)
    assert list(refusal.value.blockers) == [SENTENCES["not_screening"]]
    assert only(screening).decision == decision


def test_taking_back_twice_takes_back_once() -> None:
    decision = decide(only(screened(body=PHONE)))
    assert withdraw(decision) == withdraw(decision)
    assert FindingDecision.objects.count() == 2


def test_a_decision_that_is_not_the_newest_is_not_taken_back() -> None:
    finding = only(screened(body=PHONE))
    older = decide(finding, reason="หนึ่ง")
    decide(finding, reason="สอง")
    with pytest.raises(CannotDecideFinding) as refusal:
        withdraw(older)
    assert list(refusal.value.blockers) == [SENTENCES["not_newest"]]


@pytest.mark.parametrize(("who", "key"), [("officer", "no_role"), ("writer", "own_work")])
def test_only_screeners_who_did_not_write_take_back(who: str, key: str) -> None:
    writer = screener()
    decision = decide(only(screened(by=writer, body=PHONE)))
    by = writer if who == "writer" else actor(roles=["officer"])
    with pytest.raises(CannotDecideFinding) as refusal:
        withdraw(decision, by=by)
    assert list(refusal.value.blockers) == [SENTENCES[key]]


def test_a_confirmation_taken_back_opens_the_finding() -> None:
    screening = screened()
    second = confirm(decide(only(screening)))
    withdraw(second)
    assert is_open(screening)
    assert only(screening).decision is None


def test_what_was_taken_back_is_not_carried_over() -> None:
    writer = actor()
    screening = screened(by=writer, body=PHONE)
    withdraw(agree(only(screening)))
    assert only(again(screening, by=writer)).decision is None


def test_the_role_is_asked_of_the_day_and_others_are_named() -> None:
    writer, by, other = screener(), screener(), screener()
    row = screened(by=writer).disclosure
    day = NOW.date()
    named = [
        one.person_id for one in queries.other_screeners(row, than={by.person_id or 0}, on=day)
    ]
    assert named == [other.person_id]
    assert Scope.ONE in Scope.values


def test_where_nobody_else_screens_some_are_named_who_could() -> None:
    writer, by, head = actor(), screener(), actor(roles=["approver"])
    row, day = screened(by=writer).disclosure, NOW.date()
    assert queries.other_screeners(row, than={by.person_id or 0}, on=day) == []
    possible = queries.possible_screeners(row, than={by.person_id or 0}, on=day)
    assert [one.person_id for one in possible] == [head.person_id]
