"""Sending to the approvers, and taking back."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from prongsai.approval import actions, queries
from prongsai.approval.models import Submission
from prongsai.approval.refusals import CannotSubmit, CannotTakeBack
from prongsai.approval.rules import submission_hash
from prongsai.approval.states import SubmissionBlocker as NotYet
from prongsai.approval.states import SubmissionState, TakeBackBlocker
from prongsai.disclosures.actions import save
from prongsai.disclosures.content import Content
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.states import Stage
from prongsai.organisation.actions import end_appointment
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person
from prongsai.organisation.states import RoleCode
from prongsai.screening.actions import screen
from tests import factories as base
from tests.approval import factories
from tests.approval.published import published
from tests.disclosures.factories import save_changes
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]


def codes(refusal: pytest.ExceptionInfo[CannotSubmit]) -> list[object]:
    return [blocker.code for blocker in refusal.value.blockers]


def test_a_submission_holds_the_chain_and_the_content_as_they_are(people: People) -> None:
    submission = factories.submitted(people)
    assert submission.steps == [
        {"posts": ["head"], "quorum": 1},
        {"posts": ["director"], "quorum": 1},
    ]
    assert (submission.state, submission.step, submission.round) == ("under_way", 0, 1)
    assert submission.content_hash == queries.current_hash(submission)
    assert submission.revision == submission.disclosure.latest
    assert submission.contributors == [people["officer"].person_id]
    assert submission.disclosure.stage == Stage.DECIDING
    assert queries.open_submission(submission.disclosure) == submission


def test_a_submission_is_recorded_with_what_it_is_about(people: People) -> None:
    submission = factories.submitted(people)
    act = Act.objects.get(verb="submit")
    assert (act.subject, act.post_code, act.outcome) == (submission.subject, "officer", "done")
    assert act.details["content_hash"] == submission.content_hash


def test_content_is_locked_while_it_is_under_way(people: People) -> None:
    submission = factories.submitted(people)
    latest = submission.revision
    with pytest.raises(CannotSave):
        save(
            disclosure=submission.disclosure,
            content=Content.from_json(latest.content | {"title": "อื่น"}),
            base_sequence=latest.sequence,
            by=people["officer"],
            at=NOW,
        )


def test_a_double_click_sends_once(people: People) -> None:
    draft = factories.draft(people["officer"])
    first, second = (factories.submitted(people, disclosure=draft) for _ in range(2))
    assert first == second
    assert Submission.objects.count() == 1
    assert Act.objects.filter(verb="submit").count() == 1


def test_a_second_submission_with_other_wishes_is_refused(people: People) -> None:
    draft = factories.draft(people["officer"])
    factories.submitted(people, disclosure=draft)
    with pytest.raises(CannotSubmit) as refusal:
        factories.submitted(people, disclosure=draft, publish_after=NOW)
    assert codes(refusal) == [NotYet.UNDER_WAY]


def test_the_database_holds_one_open_submission_at_most(people: People) -> None:
    factories.submitted(people)
    row = Submission.objects.values().get()
    row = {name: value for name, value in row.items() if name != "id"} | {"ref": uuid4()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(**row)


@pytest.mark.parametrize(
    ("post", "roles", "unit_code", "may"),
    [
        ("officer", [], "plan", True),
        ("webmaster", [RoleCode.WEBMASTER], "city", True),
        ("other-officer", [RoleCode.OFFICER], "academic", False),
        ("head", [], "plan", False),
        ("admin", [RoleCode.ADMINISTRATOR], "plan", False),
    ],
)
def test_who_may_send(
    people: People, post: str, roles: list[RoleCode], unit_code: str, may: bool
) -> None:
    draft = factories.draft(people["officer"])
    base.post(post, unit=base.unit(unit_code), roles=roles)
    by = people.get(post) or base.actor(post)
    Person.objects.filter(pk=by.person_id).update(is_superuser=True)
    screen(disclosure=draft, by=by, at=NOW)
    expected = nullcontext() if may else pytest.raises(CannotSubmit, match="ไม่ใช่เจ้าหน้าที่")
    with expected:
        actions.submit(disclosure=draft, action="published", by=by, at=NOW)
    assert Submission.objects.exists() is may


@pytest.mark.parametrize(
    "by",
    [Actor.system("worker"), Actor(999, "ใครก็ไม่รู้", "officer", "เจ้าหน้าที่")],
    ids=["machine", "forged"],
)
def test_neither_a_machine_nor_a_forged_actor_can_send(people: People, by: Actor) -> None:
    draft = factories.draft(people["officer"])
    screen(disclosure=draft, by=people["officer"], at=NOW)
    if by.person_id is not None:
        by = Actor(base.person(is_superuser=True).pk, by.name, by.post_code, by.post_title)
    with pytest.raises(CannotSubmit) as refusal:
        actions.submit(disclosure=draft, action="published", by=by, at=NOW)
    assert codes(refusal) == [NotYet.NOT_AUTHOR]


def test_a_refusal_names_everything_at_once_and_is_remembered(people: People) -> None:
    draft = factories.draft(people["officer"], title="")
    Appointment.objects.filter(post__code="director").update(to_date=date(2026, 11, 1))
    with pytest.raises(CannotSubmit) as refusal:
        factories.submitted(people, disclosure=draft)
    assert set(codes(refusal)) == {NotYet.FIELD_MISSING, NotYet.VACANT}
    act = Act.objects.get(verb="submit")
    assert (act.outcome, act.reason) == ("refused", str(refusal.value))
    assert "ผู้อำนวยการกอง" in act.reason
    draft.refresh_from_db()
    assert draft.stage == Stage.WRITING


def test_an_acting_holder_fills_a_vacant_post(people: People) -> None:
    director = Appointment.objects.get(post__code="director")
    end = {"to_date": date(2026, 10, 31), "reason": "เกษียณ"}
    end_appointment(appointment=director, by=Actor.system("test"), at=NOW, **end)
    base.acting(post=base.post("director"))
    assert factories.submitted(people).steps[1]["posts"] == ["director"]


def test_a_head_who_wrote_in_it_leaves_nobody_to_endorse(people: People) -> None:
    draft = factories.draft(people["officer"])
    save_changes(draft, by=people["head"], title="หัวหน้าแก้ชื่อเรื่อง")
    with pytest.raises(CannotSubmit) as refusal:
        factories.submitted(people, disclosure=draft)
    assert codes(refusal) == [NotYet.ONLY_CONTRIBUTORS]
    base.acting(post=base.post("head"))
    assert factories.submitted(people, disclosure=draft).state == "under_way"


@pytest.mark.parametrize("action", ["notice", "statement", "expired", "nonsense"])
def test_acts_with_ways_of_their_own_are_not_submitted(people: People, action: str) -> None:
    with pytest.raises(CannotSubmit) as refusal:
        factories.submitted(people, action=action)
    assert codes(refusal) == [NotYet.ACTION_UNKNOWN]


def test_a_withdrawal_is_bound_to_its_explanation(people: People) -> None:
    disclosure = published(people)
    submission = factories.submitted(
        people, disclosure=disclosure, action="withdrawn", explanation=" ใช้ฉบับใหม่แทน "
    )
    assert (submission.chain_code, submission.explanation) == ("withdrawal", "ใช้ฉบับใหม่แทน")
    assert submission.content_hash == submission_hash(queries.act_of(submission))
    Submission.objects.update(explanation="ข้อความที่ไม่มีใครอนุมัติ")
    submission.refresh_from_db()
    assert submission.content_hash != queries.current_hash(submission)


@pytest.mark.parametrize("action", ["withdrawn", "recalled", "consolidated", "restored"])
def test_what_was_never_published_cannot_leave(people: People, action: str) -> None:
    with pytest.raises(CannotSubmit) as refusal:
        factories.submitted(people, action=action, explanation="เพราะ", recall_reason="mistake")
    assert NotYet.NOT_PUBLISHED in codes(refusal)
    assert NotYet.WRONG_STAGE in codes(refusal)


def test_a_correction_needs_a_change_and_a_note(people: People) -> None:
    disclosure = published(people, stage=Stage.WRITING)
    with pytest.raises(CannotSubmit) as refusal:
        factories.submitted(people, disclosure=disclosure, action="corrected")
    assert codes(refusal) == [NotYet.NOTHING_CHANGED, NotYet.NO_CHANGE_NOTE]
    save_changes(disclosure, by=people["officer"], at=NOW + timedelta(hours=1), title="แก้แล้ว")
    note = {"action": "corrected", "change_note": "แก้ชื่อเรื่อง"}
    assert factories.submitted(people, disclosure=disclosure, **note).state == "under_way"


def test_a_withdrawal_may_be_endorsed_by_somebody_who_wrote_what_is_published(
    people: People,
) -> None:
    disclosure = published(people, also_written_by="head")
    submission = factories.submitted(
        people, disclosure=disclosure, action="withdrawn", explanation="เลิกใช้"
    )
    factories.endorse(submission, people["head"])
    assert submission.contributors == [people["officer"].person_id]
    assert submission.step == 1


def test_taking_back_unlocks_and_may_be_done_twice(people: People) -> None:
    submission = factories.submitted(people)
    for _ in range(2):
        actions.take_back(submission=submission, by=people["officer"], at=NOW, reason="พิมพ์ผิด")
    submission.disclosure.refresh_from_db()
    assert submission.state == SubmissionState.RECALLED
    assert submission.disclosure.stage == Stage.WRITING
    assert [act.reason for act in Act.objects.filter(verb="take_back")] == ["พิมพ์ผิด"]


def test_a_withdrawal_that_is_taken_back_leaves_the_item_at_rest(people: People) -> None:
    submission = factories.submitted(
        people, disclosure=published(people), action="withdrawn", explanation="เลิกใช้"
    )
    actions.take_back(submission=submission, by=people["officer"], at=NOW)
    submission.disclosure.refresh_from_db()
    assert submission.disclosure.stage == Stage.RESTING


def test_nobody_else_takes_it_back(people: People) -> None:
    submission = factories.submitted(people)
    with pytest.raises(CannotTakeBack) as refusal:
        actions.take_back(submission=submission, by=people["mayor"], at=NOW)
    assert [blocker.code for blocker in refusal.value.blockers] == [TakeBackBlocker.NOT_THEIRS]
    assert Act.objects.get(verb="take_back").outcome == "refused"


def test_what_is_approved_is_not_taken_back(people: People) -> None:
    submission = factories.approved(people)
    with pytest.raises(CannotTakeBack) as refusal:
        actions.take_back(submission=submission, by=people["officer"], at=NOW)
    assert [blocker.code for blocker in refusal.value.blockers] == [TakeBackBlocker.NOT_UNDER_WAY]
    submission.refresh_from_db()
    assert submission.state == SubmissionState.APPROVED


def test_after_a_remand_the_way_begins_again(people: People) -> None:
    submission = factories.submitted(people)
    actions.decide(
        submission=submission,
        verdict="remand_to_start",
        reason="แก้ยอดเงิน",
        content_hash_seen=submission.content_hash,
        by=people["head"],
        at=NOW,
    )
    submission.disclosure.refresh_from_db()
    save_changes(submission.disclosure, by=people["officer"], title="แก้แล้ว")
    again = factories.submitted(people, disclosure=submission.disclosure)
    assert (again.step, again.round, again == submission) == (0, 1, False)
    assert list(queries.submissions_of(submission.disclosure)) == [again, submission]


def test_the_submitters_post_is_kept_as_it_was(people: People) -> None:
    submission = factories.submitted(people)
    base.post("officer").__class__.objects.filter(code="officer").update(title_th="ชื่อใหม่")
    submission.refresh_from_db()
    assert submission.submitter_post == "เจ้าหน้าที่"
    assert TODAY.isoformat() in submission.submitted_at.isoformat()


def leaving(people: People, **wishes: Any) -> Submission:
    """A withdrawal of something published, or another act with these wishes."""
    wishes = {"action": "withdrawn", "explanation": "เลิกใช้"} | wishes
    return factories.submitted(people, disclosure=published(people), **wishes)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  ใช้ฉบับใหม่แทน \r\n", "ใช้ฉบับใหม่แทน"),
        ("บรรทัดหนึ่ง\r\nบรรทัดสอง  ", "บรรทัดหนึ่ง\nบรรทัดสอง"),
        ("นํ้าท่วม", "น้ำท่วม"),
        ("ซ่อน\u202eกลับด้าน\u200b", "ซ่อนกลับด้าน"),
        ("ตัด\x00ขาด", "ตัดขาด"),
        ("ตั้งแต่ ๑ ม.ค. ๒๕๗๐", "ตั้งแต่ ๑ ม.ค. ๒๕๗๐"),
    ],
)
def test_what_the_public_will_read_is_tidied_first(people: People, typed: str, kept: str) -> None:
    submission = leaving(people, explanation=typed)
    assert submission.explanation == kept
    assert submission.content_hash == queries.current_hash(submission)


@pytest.mark.parametrize("empty", ["", " ", "\n\t", "\u200b", "\u2060\ufeff", "\u00ad"])
def test_an_explanation_of_nothing_visible_is_none(people: People, empty: str) -> None:
    with pytest.raises(CannotSubmit) as refusal:
        leaving(people, explanation=empty)
    assert codes(refusal) == [NotYet.NO_EXPLANATION]


def test_an_explanation_with_a_national_id_is_refused_and_not_repeated(people: People) -> None:
    with pytest.raises(CannotSubmit) as refusal:
        leaving(people, explanation="เพราะมีเลขบัตร ๑๒๓๔๕๖๗๘๙๐๑๒๑ ของผู้ร้อง")
    assert codes(refusal) == [NotYet.TEXT_IS_UNSPEAKABLE]
    assert "ลบออกก่อนส่ง" in str(refusal.value)
    trail = Act.objects.get(outcome="refused").reason
    assert "๑๒๓๔๕" not in trail + str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        "ลับที่สุด",
        "ถอนเพราะนายสมชาย ใจดี ป่วยเป็นโรคเอดส์",
        "สอบถามผู้ร้องที่ 081-234-5678",
        "ผู้ร้องแจ้งจาก somchai.jaidee@gmail.com",
    ],
)
def test_nothing_that_may_not_go_out_is_said_beside_the_content(people: People, text: str) -> None:
    with pytest.raises(CannotSubmit) as refusal:
        leaving(people, explanation=text)
    assert set(codes(refusal)) == {NotYet.TEXT_IS_UNSPEAKABLE}
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "โทร 075-218017 ต่อ 1",
        "ถอนตามความเห็นของนายสมชาย ใจดี",
        "ตามหนังสือที่ ตง 52008/306",
        "ยอด 1,234,567,890,121 บาท",
    ],
)
def test_numbers_of_the_office_may_stand_in_an_explanation(people: People, text: str) -> None:
    assert leaving(people, explanation=text).explanation == text


@pytest.mark.parametrize(("length", "may"), [(4_000, True), (4_001, False)])
def test_an_explanation_has_a_longest_length(people: People, length: int, may: bool) -> None:
    expected = nullcontext() if may else pytest.raises(CannotSubmit, match="4,001 ตัวอักษร")
    with expected:
        leaving(people, explanation="ก" * length)
    assert Submission.objects.exists() is may


def test_a_target_may_be_typed_in_thai_digits(people: People) -> None:
    published(people, number="2569-00002")
    submission = leaving(people, action="consolidated", redirect_number=" ๒๕๖๙-๐๐๐๐๒ ")
    assert submission.redirect_number == "2569-00002"


@pytest.mark.parametrize(
    "number", ["", "2026-00002", "2569-99999", "2569-00001", "๒๕๖๙", "x" * 100_000]
)
def test_a_target_that_is_not_another_item_in_use_is_refused(people: People, number: str) -> None:
    published(people, number="2569-00002")
    with pytest.raises(CannotSubmit) as refusal:
        leaving(people, action="consolidated", redirect_number=number)
    assert codes(refusal) == [NotYet.NO_TARGET]


def test_an_act_keeps_only_what_belongs_to_it(people: People) -> None:
    submission = leaving(people, recall_reason="personal_data", redirect_number="2569-00009")
    assert (submission.recall_reason, submission.redirect_number) == ("", "")


def test_an_unknown_significance_never_reaches_a_row(people: People) -> None:
    with pytest.raises(ValueError, match="huge"):
        leaving(people, significance="huge")
    assert not Submission.objects.exists()


def test_the_same_again_but_urgent_is_another_wish(people: People) -> None:
    draft = factories.draft(people["officer"])
    factories.submitted(people, disclosure=draft)
    with pytest.raises(CannotSubmit) as refusal:
        factories.submitted(people, disclosure=draft, urgency="urgent")
    assert codes(refusal) == [NotYet.UNDER_WAY]


def test_a_colleague_who_sends_the_same_is_told_that_it_is_under_way(people: People) -> None:
    draft = factories.draft(people["officer"])
    factories.submitted(people, disclosure=draft)
    base.post("officer-2", unit=base.unit("plan"), roles=[RoleCode.OFFICER])
    with pytest.raises(CannotSubmit) as refusal:
        factories.submitted(people | {"officer": base.actor("officer-2")}, disclosure=draft)
    assert codes(refusal) == [NotYet.UNDER_WAY]


def test_a_time_is_kept_in_utc_wherever_it_was_set(people: People) -> None:
    bangkok = timezone(timedelta(hours=7))
    when = datetime(2026, 12, 1, 9, 0, tzinfo=bangkok)
    submission = factories.submitted(people, publish_after=when)
    submission.refresh_from_db()
    assert submission.publish_after == datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
    assert queries.current_hash(submission) == submission.content_hash
    assert queries.act_of(submission).publish_after == "2026-12-01T02:00:00+00:00"


@pytest.mark.parametrize(
    ("days", "later", "may"),
    [(None, 0, True), (1, 1, False), (1, 2, True), (15, 15, False), (15, 16, True)],
)
def test_the_last_day_of_the_posting_period_counts(
    people: People, days: int | None, later: int, may: bool
) -> None:
    """First published on NOW's day in Thailand, which is none of those days."""
    row = published(people, minimum_posting_days=days)
    wish = {"action": "withdrawn", "explanation": "เลิกใช้", "at": NOW + timedelta(days=later)}

    with nullcontext() if may else pytest.raises(CannotSubmit, match="ต้องติดประกาศถึงวันที่"):
        factories.submitted(people, disclosure=row, **wish)

    assert Submission.objects.exists() is may
