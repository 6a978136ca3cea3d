"""A checked text goes out with its own file only, as a revision of its own, and goes when the file goes."""

import pytest

from prongsai.disclosures.actions import attach, bind_checked_text, move_stage, unbind_checked_text
from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.disclosures.queries import compare
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.states import Stage
from prongsai.files.actions import vouch_for_text
from prongsai.files.models import CheckedText, StoredFile
from prongsai.organisation.models import Act
from tests.disclosures.factories import disclosure, stored_file
from tests.factories import NOW, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Disclosure:
    made = disclosure()
    attach(disclosure=made, file=stored_file(), slot="main", by=actor(), at=NOW)
    return made


def checked(stored: StoredFile, text: str = "ข้อความที่ถูก") -> CheckedText:
    return vouch_for_text(stored=stored, pages={1: text}, by=actor(), at=NOW)


def bind(work: Disclosure, text: CheckedText, slot: str = "main") -> Attachment:
    return bind_checked_text(disclosure=work, slot=slot, checked=text, by=actor(), at=NOW)


def main(work: Disclosure) -> Attachment:
    return work.attachments.present().get(slot="main")


def promised(work: Disclosure) -> str:
    work.refresh_from_db()
    assert work.latest is not None
    text: str = work.latest.content["files"][0].get("text_sha256", "")
    return text


def test_a_bound_text_is_part_of_what_is_approved(work: Disclosure) -> None:
    before = work.latest
    text = checked(main(work).file)
    bind(work, text)
    assert promised(work) == text.text_sha256
    assert before is not None
    assert work.latest is not None
    assert work.latest.content_hash != before.content_hash
    [change] = compare(before, work.latest)
    assert change.field == "files.main"
    assert text.text_sha256[:12] in change.paragraphs[0][1].text


def test_binding_the_same_again_changes_nothing(work: Disclosure) -> None:
    text = checked(main(work).file)
    for _time in range(2):
        bind(work, text)
    assert Act.objects.filter(verb="bind_checked_text").count() == 1


def test_a_text_of_another_file_cannot_be_bound(work: Disclosure) -> None:
    with pytest.raises(CannotSave, match="ข้อความของไฟล์อื่น"):
        bind(work, checked(stored_file(text="ไฟล์อื่น")))
    assert promised(work) == ""


def test_a_text_needs_a_file_in_the_slot(work: Disclosure) -> None:
    with pytest.raises(CannotSave, match="ข้อความของไฟล์อื่น"):
        bind(work, checked(main(work).file), slot="annex")


@pytest.mark.parametrize("stage", [Stage.SCREENING, Stage.DECIDING])
def test_nothing_is_bound_or_unbound_while_others_decide(work: Disclosure, stage: Stage) -> None:
    text = checked(main(work).file)
    move_stage(disclosure=work, to=Stage.SCREENING, by=actor(), at=NOW)
    if stage == Stage.DECIDING:
        move_stage(disclosure=work, to=stage, by=actor(), at=NOW)
    with pytest.raises(CannotSave, match="แก้ไขไม่ได้"):
        bind(work, text)
    with pytest.raises(CannotSave, match="แก้ไขไม่ได้"):
        unbind_checked_text(disclosure=work, slot="main", by=actor(), at=NOW)
    assert promised(work) == ""


def test_unbinding_goes_back_to_the_machines_text_and_keeps_the_other(work: Disclosure) -> None:
    bind(work, checked(main(work).file))
    for _time in range(2):
        unbind_checked_text(disclosure=work, slot="main", by=actor(), at=NOW)
    assert promised(work) == ""
    assert CheckedText.objects.count() == 1
    assert Act.objects.filter(verb="unbind_checked_text").count() == 1


def test_a_new_file_in_the_slot_has_no_checked_text(work: Disclosure) -> None:
    bind(work, checked(main(work).file))
    attach(disclosure=work, file=stored_file(text="ฉบับใหม่"), slot="main", by=actor(), at=NOW)
    assert promised(work) == ""
