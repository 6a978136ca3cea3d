"""A file that waits for the virus scanner goes into its slot by itself, in the name of who brought it."""

import pytest

from prongsai.disclosures import actions
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.queries import waiting_attachments
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.states import Stage
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from tests.disclosures.factories import disclosure, stored_file
from tests.factories import NOW, actor

pytestmark = pytest.mark.django_db


def waiting_file(work: Disclosure) -> StoredFile:
    stored = stored_file(state=FileState.RECEIVED)
    actions.attach_when_clean(disclosure=work, file=stored, by=actor(), at=NOW)
    return stored


def settle(stored: StoredFile, state: FileState, refusal: str = "") -> None:
    stored.state, stored.refusal = state, refusal
    stored.save()
    actions.attach_what_waited(stored=stored, at=NOW)


def test_it_is_not_in_the_content_before_it_is_clean() -> None:
    work = disclosure()
    stored = waiting_file(work)
    assert not work.attachments.present().exists()
    assert [row.file for row in waiting_attachments(work)] == [stored]


def test_it_goes_where_it_was_to_go_when_it_is_clean() -> None:
    work = disclosure()
    stored, by = stored_file(state=FileState.RECEIVED), actor()
    actions.attach_when_clean(disclosure=work, file=stored, by=by, at=NOW, slot="main")
    settle(stored, FileState.CLEAN)
    [attachment] = work.attachments.present()
    assert (attachment.file, attachment.slot) == (stored, "main")
    assert attachment.added_by_id == by.person_id
    assert waiting_attachments(work) == []
    act = Act.objects.filter(verb="attach_file").latest("id")
    assert act.post_title == by.post_title


def test_a_refused_one_says_why_where_it_was_to_go() -> None:
    work = disclosure()
    settle(waiting_file(work), FileState.REFUSED, "พบไวรัส")
    assert not work.attachments.present().exists()
    assert [row.refusal for row in waiting_attachments(work)] == ["พบไวรัส"]


def test_content_that_was_sent_on_meanwhile_takes_no_file() -> None:
    work = disclosure()
    stored = waiting_file(work)
    actions.move_stage(disclosure=work, to=Stage.DECIDING, by=actor(), at=NOW)
    settle(stored, FileState.CLEAN)
    assert not work.attachments.present().exists()
    [row] = waiting_attachments(work)
    assert "แก้ไขไม่ได้" in row.refusal


def test_asking_twice_waits_once() -> None:
    work = disclosure()
    stored = waiting_file(work)
    actions.attach_when_clean(disclosure=work, file=stored, by=actor(), at=NOW)
    assert len(waiting_attachments(work)) == 1


def test_a_machine_brings_no_files() -> None:
    work = disclosure()
    with pytest.raises(CannotSave):
        actions.attach_when_clean(
            disclosure=work,
            file=stored_file(state=FileState.RECEIVED),
            by=Actor.system("worker"),
            at=NOW,
        )
