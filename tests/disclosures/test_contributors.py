"""Who may not approve: everybody who touched the content since what is public was written."""

from datetime import timedelta

import pytest

from prongsai.disclosures import actions
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.queries import contributors_since_last_publication
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from tests.disclosures.factories import disclosure, save_changes, stored_file
from tests.factories import NOW, actor, unit

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def published(by: Actor) -> Disclosure:
    work = disclosure(by=by)
    assert work.latest is not None
    actions.record_publication(
        disclosure=work, revision=work.latest, number="2569-00001", by=Actor.system("gate"), at=NOW
    )
    actions.begin_correction(disclosure=work, by=by, at=NOW)
    return work


def test_everybody_who_wrote_or_attached_before_the_first_publication_counts() -> None:
    writer, attacher, remover = actor(), actor(), actor()
    work = disclosure(by=writer)
    actions.attach(disclosure=work, file=stored_file(), by=attacher, at=NOW)
    actions.detach(disclosure=work, slot="main", by=remover, at=NOW)
    people = {writer.person_id, attacher.person_id, remover.person_id}
    assert contributors_since_last_publication(work) == people


def test_after_a_publication_nobody_has_contributed_yet() -> None:
    assert contributors_since_last_publication(published(actor())) == set()


def test_only_those_who_worked_on_the_correction_count() -> None:
    writer, corrector, attacher = actor(), actor(), actor()
    work = published(writer)
    save_changes(work, by=corrector, at=LATER, title="ชื่อใหม่")
    actions.attach(disclosure=work, file=stored_file(), by=attacher, at=LATER)
    people = {corrector.person_id, attacher.person_id}
    assert contributors_since_last_publication(work) == people


def test_work_that_was_undone_still_counts() -> None:
    corrector, second = actor(), actor()
    work = published(actor())
    save_changes(work, by=corrector, at=LATER, title="ชื่อใหม่")
    save_changes(work, by=second, at=LATER, title="ประกาศทดสอบ")
    people = {corrector.person_id, second.person_id}
    assert contributors_since_last_publication(work) == people


def test_looking_or_autosaving_is_no_contribution() -> None:
    reader = actor()
    work = published(actor())
    actions.autosave(disclosure=work, form={"title": "x"}, base_sequence=2, by=reader, at=LATER)
    assert contributors_since_last_publication(work) == set()


def test_the_starter_counts_before_the_first_publication_only() -> None:
    starter, writer = actor(), actor()
    work = actions.start(kind="news", unit=unit("plan"), by=starter, at=NOW)
    assert contributors_since_last_publication(work) == {starter.person_id}
    work = published(writer)
    assert contributors_since_last_publication(work) == set()


def test_a_revision_of_the_very_second_of_the_publication_counts() -> None:
    corrector = actor()
    work = published(actor())
    save_changes(work, by=corrector, at=NOW, title="วินาทีเดียวกัน")
    assert contributors_since_last_publication(work) == {corrector.person_id}


def test_removing_arranging_and_relabelling_are_contributions() -> None:
    remover, arranger, labeller = actor(), actor(), actor()
    work = disclosure(by=actor())
    for text in "กข":
        actions.attach(disclosure=work, file=stored_file(text=text), by=actor(), at=NOW)
    assert work.latest is not None
    gate = Actor.system("gate")
    actions.record_publication(
        disclosure=work, revision=work.latest, number="2569-00001", by=gate, at=NOW
    )
    actions.begin_correction(disclosure=work, by=actor(), at=NOW)
    actions.relabel(disclosure=work, slot="main", label="ใหม่", by=labeller, at=LATER)
    actions.arrange(disclosure=work, slots=["attachment-1"], by=arranger, at=LATER)
    actions.detach(disclosure=work, slot="main", by=remover, at=LATER)
    people = {remover.person_id, arranger.person_id, labeller.person_id}
    assert contributors_since_last_publication(work) == people


def test_another_work_makes_nobody_a_contributor() -> None:
    busy, work = actor(), published(actor())
    other = disclosure(by=busy)
    actions.attach(disclosure=other, file=stored_file(), by=busy, at=LATER)
    assert contributors_since_last_publication(work) == set()


def test_moving_a_stage_is_no_contribution() -> None:
    work = published(actor())
    for stage in (Stage.SCREENING, Stage.WRITING):
        actions.move_stage(disclosure=work, to=stage, by=actor(), at=LATER)
    assert contributors_since_last_publication(work) == set()
