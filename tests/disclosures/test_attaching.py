"""Files go into slots and out of them, each time by somebody, and only while that is allowed."""

from typing import Any

import pytest

from prongsai.disclosures import actions
from prongsai.disclosures.actions.attaching import MOST_FILES
from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.states import Stage
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome
from tests.disclosures.factories import disclosure, save_changes, stored_file
from tests.factories import NOW, actor

pytestmark = pytest.mark.django_db


def attach(work: Disclosure, file: StoredFile | None = None, **given: Any) -> Attachment:
    values: dict[str, Any] = {"by": actor(), "at": NOW, "file": file or stored_file()}
    return actions.attach(disclosure=work, **values | given)


def slots(work: Disclosure) -> list[str]:
    assert work.latest is not None
    return [file["slot"] for file in work.latest.content["files"]]


def test_files_without_a_slot_take_the_next_free_one() -> None:
    work = disclosure()
    taken = [attach(work, stored_file(text=text)).slot for text in "กขค"]
    assert taken == slots(work) == ["main", "attachment-1", "attachment-2"]


def test_an_attachment_is_a_revision_with_an_author_and_an_act() -> None:
    by, file = actor(), stored_file()
    work = disclosure()
    attach(work, file, by=by, label="ประกาศฉบับเต็ม")
    assert work.latest is not None
    assert (work.latest.sequence, work.latest.author_id) == (3, by.person_id)
    assert work.latest.content["files"][0]["label"] == "ประกาศฉบับเต็ม"
    act = Act.objects.get(verb="attach_file")
    assert act.details["sha256"] == file.sha256


def test_the_same_bytes_again_change_nothing() -> None:
    work = disclosure()
    first = attach(work)
    assert attach(work) == first
    assert attach(work, slot="main") == first
    assert work.revisions.count() == 3


def test_another_file_in_a_slot_replaces_and_keeps_the_old_row() -> None:
    by = actor()
    work = disclosure()
    first = attach(work, stored_file(text="ก"), slot="main")
    second = attach(work, stored_file(text="ข"), slot="main", by=by)
    first.refresh_from_db()
    assert (first.removed_at, first.removed_by_id) == (NOW, by.person_id)
    assert list(work.attachments.present()) == [second]


def test_a_replacement_keeps_the_place_of_what_it_replaces() -> None:
    work = disclosure()
    for text in "กข":
        attach(work, stored_file(text=text))
    attach(work, stored_file(text="ค"), slot="main")
    assert slots(work) == ["main", "attachment-1"]


@pytest.mark.parametrize("state", [FileState.RECEIVED, FileState.REFUSED])
def test_a_file_that_is_not_clean_is_refused(state: FileState) -> None:
    work = disclosure()
    file = stored_file(state=state, refusal="ไฟล์มีรหัสผ่าน")
    with pytest.raises(CannotSave, match="มีรหัสผ่าน"):
        attach(work, file)
    assert slots(work) == []


@pytest.mark.parametrize("slot", ["tor", "attachment-0", "../x", "MAIN"])
def test_a_slot_that_the_kind_does_not_have_is_refused(slot: str) -> None:
    with pytest.raises(CannotSave, match="ช่องไฟล์"):
        attach(disclosure("news"), slot=slot)


def test_a_label_that_is_too_long_is_refused() -> None:
    with pytest.raises(CannotSave, match="ยาวเกิน"):
        attach(disclosure(), label="ก" * 301)


def test_there_is_a_limit_of_files() -> None:
    work = disclosure()
    template = attach(work)
    for number in range(1, MOST_FILES):
        Attachment.objects.create(
            disclosure=work,
            file=template.file,
            slot=f"attachment-{number}",
            added_at=NOW,
            added_by=template.added_by,
        )
    with pytest.raises(CannotSave, match=str(MOST_FILES)):
        attach(work, stored_file(text="อีกไฟล์"))


def test_detaching_takes_the_file_out_and_twice_is_once() -> None:
    by = actor()
    work = disclosure()
    attach(work)
    actions.detach(disclosure=work, slot="main", by=by, at=NOW)
    actions.detach(disclosure=work, slot="main", by=by, at=NOW)
    assert (slots(work), work.revisions.count()) == ([], 4)
    assert Act.objects.filter(verb="detach_file").count() == 1


@pytest.mark.parametrize("stage", [Stage.SCREENING, Stage.DECIDING, Stage.APPROVED, Stage.RESTING])
def test_locked_work_takes_and_gives_no_file_and_remembers_who_tried(stage: Stage) -> None:
    by = actor()
    work = disclosure()
    attach(work)
    Disclosure.objects.update(stage=stage)
    tries: list[tuple[Any, dict[str, Any]]] = [
        (actions.attach, {"file": stored_file(text="อื่น")}),
        (actions.detach, {"slot": "main"}),
        (actions.relabel, {"slot": "main", "label": "อื่น"}),
        (actions.arrange, {"slots": ["main"]}),
    ]
    for act, given in tries:
        with pytest.raises(CannotSave):
            act(disclosure=work, by=by, at=NOW, **given)
    refused = Act.objects.filter(outcome=Outcome.REFUSED, person_id=by.person_id)
    assert refused.count() == len(tries)
    assert slots(work) == ["main"]


def test_an_image_in_the_body_cannot_be_taken_away() -> None:
    work = disclosure()
    image = stored_file(name="map.png", text="ภาพ", media_type="image/png")
    attach(work, image)
    body = f'<p>ก</p><figure><img src="/files/{image.sha256}/map.png" alt="แผนที่"></figure>'
    save_changes(work, by=actor(), body=body)
    for act in (
        lambda: actions.detach(disclosure=work, slot="main", by=actor(), at=NOW),
        lambda: attach(work, stored_file(text="อื่น"), slot="main"),
    ):
        with pytest.raises(CannotSave, match=r"map\.png"):
            act()
    assert work.latest is not None
    assert image.sha256 in work.latest.content["body"]


def test_relabelling_changes_the_content_once() -> None:
    work = disclosure()
    attach(work)
    for _time in range(2):
        actions.relabel(disclosure=work, slot="main", label="ชื่อใหม่", by=actor(), at=NOW)
    assert work.latest is not None
    assert (work.latest.sequence, work.latest.content["files"][0]["label"]) == (4, "ชื่อใหม่")


def test_arranging_puts_named_slots_first() -> None:
    work = disclosure()
    for text in "กขค":
        attach(work, stored_file(text=text))
    actions.arrange(disclosure=work, slots=["attachment-2", "main"], by=actor(), at=NOW)
    assert slots(work) == ["attachment-2", "main", "attachment-1"]
    before = work.latest
    actions.arrange(disclosure=work, slots=["attachment-2"], by=actor(), at=NOW)
    assert work.latest == before


def test_a_refused_replacement_leaves_the_old_file() -> None:
    work = disclosure()
    first = attach(work, slot="main")
    with pytest.raises(CannotSave):
        attach(work, stored_file(text="ข", state=FileState.RECEIVED), slot="main")
    assert list(work.attachments.present()) == [first]


def test_a_revision_remembers_the_file_itself() -> None:
    work = disclosure()
    file = stored_file(text="ก")
    attach(work, file)
    assert work.latest is not None
    assert work.latest.content["files"] == [
        {
            "slot": "main",
            "label": "",
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "pages": file.pages,
            "sha256": file.sha256,
            "file_id": str(file.pk),
        }
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  ประกาศ\r\nฉบับเต็ม ", "ประกาศ ฉบับเต็ม"),
        ("\u202efdp.ประกาศ", "fdp.ประกาศ"),
        ("นํ้า\x00ท่วม\u200b", "น้ำท่วม"),
        ("<b>หนา</b>", "<b>หนา</b>"),
        ("ฉบับที่ ๒", "ฉบับที่ ๒"),
        ("\u2066\u2069", ""),
        ("ก" * 300 + "   ", "ก" * 300),
    ],
)
def test_a_label_is_one_visible_line(typed: str, kept: str) -> None:
    work = disclosure()
    assert attach(work, label=typed).label == kept
    actions.relabel(disclosure=work, slot="main", label="อื่น", by=actor(), at=NOW)
    actions.relabel(disclosure=work, slot="main", label=typed, by=actor(), at=NOW)
    assert work.latest is not None
    assert work.latest.content["files"][0]["label"] == kept


def test_relabelling_with_what_looks_the_same_is_no_change() -> None:
    work = disclosure()
    attach(work, label="ประกาศ")
    before = work.latest
    actions.relabel(disclosure=work, slot="main", label=" ประกาศ\u200b", by=actor(), at=NOW)
    assert work.latest == before
    assert not Act.objects.filter(verb="relabel_file").exists()


def test_a_new_label_may_not_be_too_long_either() -> None:
    work = disclosure()
    attach(work, label="ประกาศ")
    with pytest.raises(CannotSave, match="ยาวเกิน 300"):
        actions.relabel(disclosure=work, slot="main", label="ก" * 301, by=actor(), at=NOW)
    assert work.attachments.get().label == "ประกาศ"


@pytest.mark.parametrize("verb", ["detach", "relabel"])
def test_a_slot_that_is_empty_gives_no_revision(verb: str) -> None:
    work, given = disclosure(), {"relabel": {"label": "ใหม่"}, "detach": {}}
    before = work.latest
    getattr(actions, verb)(disclosure=work, slot="tor", by=actor(), at=NOW, **given[verb])
    assert work.latest == before


def test_arranging_nothing_and_strangers_changes_nothing() -> None:
    work = disclosure()
    for text in "กข":
        attach(work, stored_file(text=text))
    before = work.latest
    for order in ([], ["nowhere"], ["main", "attachment-1"], ["main", "main"]):
        actions.arrange(disclosure=work, slots=order, by=actor(), at=NOW)
    assert work.latest == before
    assert not Act.objects.filter(verb="arrange_files").exists()


def test_an_arrangement_is_recorded_as_it_became() -> None:
    work = disclosure()
    for text in "กข":
        attach(work, stored_file(text=text))
    actions.arrange(disclosure=work, slots=["attachment-1"], by=actor(), at=NOW)
    act = Act.objects.get(verb="arrange_files")
    assert (act.subject, act.details) == (work.subject, {"slots": ["attachment-1", "main"]})


def test_an_attachment_is_recorded_with_all_that_tells_it_apart() -> None:
    work, file = disclosure(), stored_file()
    attach(work, file, label="เต็ม")
    act = Act.objects.get(verb="attach_file")
    assert (act.subject, act.details) == (
        work.subject,
        {"slot": "main", "file": str(file.pk), "sha256": file.sha256, "label": "เต็ม"},
    )


def test_a_machine_attaches_nothing() -> None:
    work = disclosure()
    with pytest.raises(CannotSave, match="ระบบแก้ไขเนื้อหาเองไม่ได้"):
        attach(work, by=Actor.system("worker"))
    assert slots(work) == []


def test_the_last_file_goes_behind_all_others_whatever_was_removed() -> None:
    work = disclosure()
    for text in "กขค":
        attach(work, stored_file(text=text))
    actions.detach(disclosure=work, slot="attachment-1", by=actor(), at=NOW)
    again = attach(work, stored_file(text="ง"))
    assert (again.slot, again.position) == ("attachment-1", 3)
    assert slots(work) == ["main", "attachment-2", "attachment-1"]


def test_the_same_bytes_may_come_back_after_they_were_taken_out() -> None:
    work = disclosure()
    first = attach(work, stored_file())
    actions.detach(disclosure=work, slot="main", by=actor(), at=NOW)
    second = attach(work, first.file)
    assert (second == first, slots(work)) == (False, ["main"])


def test_the_same_bytes_may_stand_in_two_slots_when_both_are_named() -> None:
    work, file = disclosure("procurement"), stored_file()
    attach(work, file, slot="main")
    attach(work, file, slot="tor")
    assert slots(work) == ["main", "tor"]


def test_a_file_still_being_looked_at_says_so() -> None:
    with pytest.raises(CannotSave, match=r"แนบไฟล์ “ใหม่\.pdf” ไม่ได้: ไฟล์ยังตรวจไม่เสร็จ"):
        attach(disclosure(), stored_file(name="ใหม่.pdf", state=FileState.RECEIVED))
