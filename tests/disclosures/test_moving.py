"""Stages: only the moves of the table, one place that changes them, and ways back that restore."""

import pytest

from prongsai.disclosures import actions
from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure, WorkingCopy
from prongsai.disclosures.refusals import CannotMove
from prongsai.disclosures.states import MAY_MOVE, Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome
from tests.disclosures.factories import disclosure, save_changes, stored_file
from tests.factories import NOW, actor

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
