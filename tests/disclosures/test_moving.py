"""Stages: only the moves of the table, one place that changes them, and ways back that restore."""

from datetime import timedelta

import pytest
from django.utils import translation

from prongsai.disclosures import actions
from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure, WorkingCopy
from prongsai.disclosures.refusals import CannotMove, CannotSave
from prongsai.disclosures.states import MAY_MOVE, Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome
from tests.disclosures.factories import disclosure, save_changes, stored_file
from tests.factories import NOW, actor, unit

pytestmark = pytest.mark.django_db
GATE = Actor.system("gate")


def published() -> Disclosure:
    work = disclosure()
    actions.attach(disclosure=work, file=stored_file(text="ก"), by=actor(), at=NOW)
    assert work.latest is not None
    for _time in range(2):
        actions.record_publication(
            disclosure=work, revision=work.latest, number="2569-00001", by=GATE, at=NOW
        )
    return work


@pytest.mark.parametrize("before", Stage)
@pytest.mark.parametrize("after", Stage)
def test_only_the_moves_of_the_table_are_made(before: Stage, after: Stage) -> None:
    work = disclosure()
    Disclosure.objects.update(stage=before)
    if after == before or after in MAY_MOVE[before]:
        actions.move_stage(disclosure=work, to=after, by=actor(), at=NOW, reason="เหตุผล")
        assert work.stage == after
    else:
        with pytest.raises(CannotMove):
            actions.move_stage(disclosure=work, to=after, by=actor(), at=NOW)
        assert Act.objects.get(outcome=Outcome.REFUSED).verb == "move_stage"


def test_a_move_is_remembered_with_its_reason_and_only_once() -> None:
    work = disclosure()
    for _time in range(2):
        actions.move_stage(disclosure=work, to=Stage.SCREENING, by=GATE, at=NOW, reason="ส่งตรวจ")
    act = Act.objects.get(verb="move_stage")
    assert (act.reason, act.details) == ("ส่งตรวจ", {"from": "writing", "to": "screening"})


def test_a_publication_is_noted_once_and_rests() -> None:
    work = published()
    assert (work.stage, work.number, work.published_revision) == (
        Stage.RESTING,
        "2569-00001",
        work.latest,
    )
    assert Act.objects.filter(verb="record_publication").count() == 1


def test_a_correction_opens_published_work_for_writing() -> None:
    work = published()
    actions.begin_correction(disclosure=work, by=actor(), at=NOW, reason="ตัวเลขผิด")
    assert work.stage == Stage.WRITING
    assert Act.objects.get(verb="begin_correction").reason == "ตัวเลขผิด"


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.RESTING}))
def test_a_correction_cannot_unlock_work_under_way(stage: Stage) -> None:
    work = published()
    Disclosure.objects.update(stage=stage)
    with pytest.raises(CannotMove):
        actions.begin_correction(disclosure=work, by=actor(), at=NOW)
    assert work.revisions.count() == 3


def test_what_was_never_published_cannot_be_corrected() -> None:
    work = disclosure()
    Disclosure.objects.update(stage=Stage.RESTING)
    with pytest.raises(CannotMove):
        actions.begin_correction(disclosure=work, by=actor(), at=NOW)


def test_a_discarded_draft_is_put_away_and_can_be_resumed() -> None:
    by = actor()
    work = disclosure(by=by)
    actions.autosave(disclosure=work, form={}, base_sequence=2, by=by, at=NOW)
    actions.discard(disclosure=work, by=by, at=NOW, reason="ซ้ำ")
    assert (work.stage, WorkingCopy.objects.count()) == (Stage.DISCARDED, 0)
    actions.resume(disclosure=work, by=by, at=NOW)
    assert work.stage == Stage.WRITING


def test_a_discarded_correction_returns_to_what_was_published() -> None:
    by = actor()
    work = published()
    actions.begin_correction(disclosure=work, by=by, at=NOW)
    save_changes(work, by=by, title="ผิด")
    actions.attach(disclosure=work, file=stored_file(text="ข"), slot="main", by=by, at=NOW)
    actions.attach(disclosure=work, file=stored_file(text="ค"), by=by, at=NOW)
    actions.discard(disclosure=work, by=by, at=NOW)
    assert work.latest is not None
    assert work.published_revision is not None
    assert work.stage == Stage.RESTING
    assert work.latest.content == work.published_revision.content
    file = Content.from_json(work.latest.content).files[0]
    present = work.attachments.present().get()
    assert (present.slot, str(present.file_id)) == (file.slot, file.file_id)


def test_a_discarded_correction_gives_the_work_back_to_its_unit() -> None:
    """Else another unit, and its heads, would rule over what this one published."""
    by, work = actor(), published()
    unit("schools")
    actions.begin_correction(disclosure=work, by=by, at=NOW)
    save_changes(work, by=by, unit="schools")
    assert work.unit.code == "schools"

    actions.discard(disclosure=work, by=by, at=NOW)

    assert Disclosure.objects.get(pk=work.pk).unit.code == "plan"


@pytest.mark.parametrize("stage", [Stage.SCREENING, Stage.DECIDING, Stage.APPROVED, Stage.RESTING])
def test_work_under_way_cannot_be_discarded(stage: Stage) -> None:
    work = published()
    Disclosure.objects.update(stage=stage)
    with pytest.raises(CannotMove):
        actions.discard(disclosure=work, by=actor(), at=NOW)
    work.refresh_from_db()
    assert work.stage == stage


def test_only_discarded_work_is_resumed() -> None:
    with pytest.raises(CannotMove):
        actions.resume(disclosure=disclosure(), by=actor(), at=NOW)


def test_discarding_an_untouched_correction_adds_nothing() -> None:
    work = published()
    before = list(work.attachments.values_list("pk", "added_by", "removed_at"))
    actions.begin_correction(disclosure=work, by=actor(), at=NOW)
    actions.discard(disclosure=work, by=actor(), at=NOW)
    assert work.latest == work.published_revision
    assert list(work.attachments.values_list("pk", "added_by", "removed_at")) == before


# Where work may go, by hand and long: the table in states.py must not drift unseen.
WAYS = {
    "writing": {"screening", "deciding", "discarded", "resting"},
    "screening": {"writing", "deciding"},
    "deciding": {"writing", "approved", "resting"},
    "approved": {"resting", "writing"},
    "resting": {"writing", "deciding"},
    "discarded": {"writing"},
}


def test_the_table_of_moves_is_this_one() -> None:
    assert {stage.value: {to.value for to in MAY_MOVE[stage]} for stage in Stage} == WAYS


@pytest.mark.parametrize("verb", ["begin_correction", "discard", "resume"])
def test_a_machine_takes_no_writers_decision(verb: str) -> None:
    work = published()
    stages = {"discard": Stage.WRITING, "resume": Stage.DISCARDED, "begin_correction": "resting"}
    Disclosure.objects.update(stage=stages[verb])
    with pytest.raises(CannotSave, match="ระบบแก้ไขเนื้อหาเองไม่ได้"):
        getattr(actions, verb)(disclosure=work, by=GATE, at=NOW)
    assert Disclosure.objects.get().stage == stages[verb]


@pytest.mark.parametrize(
    ("verb", "stage", "recorded", "given"),
    [
        ("begin_correction", Stage.RESTING, "begin_correction", {"reason": "เหตุ"}),
        ("discard", Stage.WRITING, "discard_disclosure", {"reason": "เหตุ"}),
        ("resume", Stage.DISCARDED, "resume_disclosure", {}),
    ],
)
def test_each_way_is_recorded_under_its_own_verb_with_its_reason(
    verb: str, stage: Stage, recorded: str, given: dict[str, str]
) -> None:
    work, by = published(), actor()
    Disclosure.objects.update(stage=stage)
    getattr(actions, verb)(disclosure=work, by=by, at=NOW, **given)
    act = Act.objects.get(verb=recorded)
    told = (work.subject, given.get("reason", ""), by.person_id)
    assert (act.subject, act.reason, act.person_id) == told
    assert act.details["from"] == stage


def test_a_move_moves_the_hour_too() -> None:
    work, later = disclosure(), NOW + timedelta(hours=2)
    actions.move_stage(disclosure=work, to=Stage.SCREENING, by=GATE, at=later)
    assert work.changed_at == later


def test_a_move_to_where_it_stands_is_neither_change_nor_act() -> None:
    work, acts = disclosure(), Act.objects.count()
    actions.move_stage(disclosure=work, to=Stage.WRITING, by=GATE, at=NOW + timedelta(hours=2))
    assert (work.changed_at, Act.objects.count()) == (NOW, acts)


def test_only_the_work_that_was_meant_moves() -> None:
    first, second = disclosure(), disclosure()
    actions.move_stage(disclosure=second, to=Stage.SCREENING, by=GATE, at=NOW)
    first.refresh_from_db()
    assert first.stage == Stage.WRITING


def test_a_discarded_correction_brings_labels_and_order_back() -> None:
    by, work = actor(), disclosure()
    for text, label in (("ก", "หนึ่ง"), ("ข", "สอง")):
        actions.attach(disclosure=work, file=stored_file(text=text), label=label, by=by, at=NOW)
    assert work.latest is not None
    actions.record_publication(
        disclosure=work, revision=work.latest, number="2569-00001", by=GATE, at=NOW
    )
    actions.begin_correction(disclosure=work, by=by, at=NOW)
    actions.arrange(disclosure=work, slots=["attachment-1"], by=by, at=NOW)
    actions.relabel(disclosure=work, slot="main", label="แก้แล้ว", by=by, at=NOW)
    actions.detach(disclosure=work, slot="attachment-1", by=by, at=NOW)
    actions.discard(disclosure=work, by=by, at=NOW)
    present = [(each.slot, each.label) for each in work.attachments.present()]
    assert present == [("main", "หนึ่ง"), ("attachment-1", "สอง")]


def test_a_file_that_comes_back_says_who_brought_it() -> None:
    by, work = actor(), published()
    actions.begin_correction(disclosure=work, by=actor(), at=NOW)
    actions.detach(disclosure=work, slot="main", by=actor(), at=NOW)
    actions.discard(disclosure=work, by=by, at=NOW)
    assert work.attachments.present().get().added_by_id == by.person_id
    assert work.attachments.count() == 2


def test_a_discard_takes_everybodys_working_copies() -> None:
    work = disclosure()
    for _person in range(3):
        actions.autosave(disclosure=work, form={}, base_sequence=2, by=actor(), at=NOW)
    actions.discard(disclosure=work, by=actor(), at=NOW)
    assert not WorkingCopy.objects.exists()


def test_a_resumed_draft_is_as_it_was_left() -> None:
    work, by = disclosure(), actor()
    actions.attach(disclosure=work, file=stored_file(), by=by, at=NOW)
    before = work.latest
    actions.discard(disclosure=work, by=by, at=NOW)
    actions.resume(disclosure=work, by=by, at=NOW)
    assert (work.latest, work.attachments.present().count()) == (before, 1)


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("begin_correction", "เรื่องนี้อยู่ในขั้น “กำลังเขียน”"),
        ("resume", "เรื่องนี้ไม่ได้ถูกเลิกทำ จึงไม่ต้องนำกลับมา โปรดเปิดหน้าเขียนเพื่อทำต่อ"),
    ],
)
def test_a_refused_way_says_where_the_work_stands(act: str, sentence: str) -> None:
    with translation.override("th"), pytest.raises(CannotMove) as refusal:
        getattr(actions, act)(disclosure=disclosure(), by=actor(), at=NOW)
    assert sentence in str(refusal.value)


def test_a_move_that_cannot_be_names_both_stages() -> None:
    work = disclosure()
    with translation.override("th"), pytest.raises(CannotMove) as refusal:
        actions.move_stage(disclosure=work, to=Stage.APPROVED, by=GATE, at=NOW)
    assert str(refusal.value) == (
        "เรื่องในขั้น “กำลังเขียน” ไปขั้น “อนุมัติแล้ว รอเผยแพร่” ไม่ได้ โปรดเปิดเรื่องนี้ใหม่เพื่อดูขั้นปัจจุบัน"
    )
