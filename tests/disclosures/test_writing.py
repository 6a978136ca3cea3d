"""Starting, saving and autosaving: nothing is lost, nothing locked is changed, everything is remembered."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from prongsai.disclosures import actions
from prongsai.disclosures.content import Content, Official, Signatory
from prongsai.disclosures.models import Disclosure, Revision, WorkingCopy
from prongsai.disclosures.queries import working_copy
from prongsai.disclosures.refusals import CannotSave, EditConflict
from prongsai.disclosures.states import EDITABLE_STAGES, Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome
from tests.disclosures.factories import content, disclosure, save_changes, section, stored_file
from tests.factories import NOW, actor, unit

pytestmark = pytest.mark.django_db
LOCKED = sorted(set(Stage) - EDITABLE_STAGES)


def save(work: Disclosure, by: Actor, base_sequence: int = 2, **changes: Any) -> Revision:
    return actions.save(
        disclosure=work, content=content(**changes), base_sequence=base_sequence, by=by, at=NOW
    )


def test_a_start_is_an_empty_revision_in_the_section_of_its_kind() -> None:
    by = actor()
    work = actions.start(kind="procurement", unit=unit("plan"), by=by, at=NOW)
    assert work.latest is not None
    empty = Content(kind="procurement", section="procurement", unit="plan")
    assert (work.latest.sequence, Content.from_json(work.latest.content)) == (1, empty)
    assert Act.objects.get(verb="start_disclosure").subject == f"disclosure:{work.ref}"


def test_a_second_click_on_start_opens_the_same_work() -> None:
    by, ref = actor(), uuid4()
    first = actions.start(kind="news", unit=unit("plan"), by=by, at=NOW, ref=ref)
    second = actions.start(kind="news", unit=unit("plan"), by=by, at=NOW, ref=ref)
    assert first == second
    assert Revision.objects.count() == 1


def test_a_machine_cannot_be_an_author() -> None:
    unit("plan")
    with pytest.raises(CannotSave):
        actions.start(kind="news", unit=unit("plan"), by=Actor.system("worker"), at=NOW)


def test_each_save_is_one_more_revision_and_is_remembered() -> None:
    by = actor()
    work = disclosure(by=by)
    revision = save(work, by, title="ชื่อใหม่")
    assert (revision.sequence, work.title, work.latest) == (3, "ชื่อใหม่", revision)
    act = Act.objects.filter(verb="save_disclosure").first()
    assert act is not None
    assert act.details == {"sequence": 3, "content_hash": revision.content_hash}


def test_the_same_content_again_is_no_new_revision_and_no_act() -> None:
    by = actor()
    work = disclosure(by=by)
    acts = Act.objects.count()
    assert save(work, by) == work.latest
    assert save(work, by, base_sequence=1) == work.latest
    assert (work.revisions.count(), Act.objects.count()) == (2, acts)


def test_what_is_saved_is_tidy() -> None:
    work = disclosure(
        title="  ประกาศ\u200b\nเรื่อง  น้ำ ",
        summary="นํ้า \r\nสะอาด  ",
        body="<p onclick='x()'>ก<script>x</script></p>",
    )
    assert work.latest is not None
    saved = Content.from_json(work.latest.content)
    assert (saved.title, saved.summary, saved.body) == ("ประกาศ เรื่อง น้ำ", "น้ำ\nสะอาด", "<p>ก</p>")


def test_files_of_a_revision_are_those_attached_whatever_the_content_says() -> None:
    by = actor()
    work = disclosure(by=by)
    actions.attach(disclosure=work, file=stored_file(), by=by, at=NOW)
    revision = save(work, by, base_sequence=3, title="อื่น", files=())
    assert [file["slot"] for file in revision.content["files"]] == ["main"]


@pytest.mark.parametrize("stage", LOCKED)
def test_nothing_is_saved_in_a_locked_stage_and_the_refusal_is_remembered(stage: Stage) -> None:
    by = actor()
    work = disclosure(by=by)
    Disclosure.objects.update(stage=stage)
    with pytest.raises(CannotSave) as refusal:
        save(work, by, title="อื่น")
    assert str(Stage(stage).label) in str(refusal.value)
    assert work.revisions.count() == 2
    refused = Act.objects.get(outcome=Outcome.REFUSED)
    assert (refused.verb, refused.person_id, refused.reason) == (
        "save_disclosure",
        by.person_id,
        str(refusal.value),
    )


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"kind": "news"}, "ประเภท"),
        ({"section": "nowhere"}, "nowhere"),
        ({"unit": "nobody"}, "nobody"),
        ({"title": "ก" * 501}, "ชื่อเรื่อง"),
        ({"body": f"<p>{'ก' * 300_001}</p>"}, "เนื้อหา"),
        ({"details": {"subject": "ก" * 5_001}}, "เนื้อหาเกี่ยวกับ"),
        ({"official": Official(signatories=(Signatory("ก" * 301),))}, "ผู้ลงนาม"),
        ({"official": Official(signatories=(Signatory("ก"),) * 21)}, "20 คน"),
    ],
)
def test_an_impossible_content_is_refused_with_the_reason(
    changes: dict[str, Any], word: str
) -> None:
    by = actor()
    work = disclosure(by=by)
    with pytest.raises(CannotSave, match=word):
        save(work, by, **changes)
    assert work.revisions.count() == 2


def test_every_reason_of_a_refusal_comes_at_once() -> None:
    work = disclosure()
    with pytest.raises(CannotSave) as refusal:
        save(work, actor(), section="nowhere", unit="nobody", title="ก" * 501)
    assert len(refusal.value.blockers) == 3


def test_a_retired_section_takes_no_new_content() -> None:
    by = actor()
    work = disclosure(by=by)
    child = section("history", parent=section("basic"))
    actions.retire_section(section=child, by=by, at=NOW)
    with pytest.raises(CannotSave, match="history"):
        save(work, by, section="history")


def test_another_unit_takes_the_work_over() -> None:
    by = actor()
    work = disclosure(by=by)
    unit("clerk")
    save(work, by, unit="clerk")
    assert work.unit.code == "clerk"


def test_the_second_of_two_writers_is_told_and_loses_nothing() -> None:
    first, second = actor(), actor()
    work = disclosure(by=first)
    save(work, first, title="ของเขา", summary="เขาแก้")
    with pytest.raises(EditConflict) as conflict:
        save(work, second, title="ของคุณ", source="คุณแก้")
    versions = conflict.value.versions
    assert conflict.value.sequence == 3
    assert first.name in str(conflict.value)
    assert (versions.theirs.title, versions.yours.title) == ("ของเขา", "ของคุณ")
    assert versions.merge.conflicts == ("title",)
    merged = Content.from_json(versions.merge.merged)
    assert (merged.title, merged.summary, merged.source) == ("ของคุณ", "เขาแก้", "คุณแก้")


def test_the_merged_content_can_be_saved_upon_theirs() -> None:
    first, second = actor(), actor()
    work = disclosure(by=first)
    save(work, first, summary="เขาแก้")
    with pytest.raises(EditConflict) as conflict:
        save(work, second, source="คุณแก้")
    merged = Content.from_json(conflict.value.versions.merge.merged)
    actions.save(
        disclosure=work,
        content=merged,
        base_sequence=conflict.value.sequence,
        by=second,
        at=NOW,
    )
    assert work.latest is not None
    assert (work.latest.content["summary"], work.latest.content["source"]) == ("เขาแก้", "คุณแก้")


def test_a_file_attached_meanwhile_is_no_conflict() -> None:
    by = actor()
    work = disclosure(by=by)
    actions.attach(disclosure=work, file=stored_file(), by=actor(), at=NOW)
    revision = save(work, by, title="อื่น")
    assert revision.sequence == 4
    assert len(revision.content["files"]) == 1


def test_a_base_that_never_was_is_refused() -> None:
    with pytest.raises(CannotSave, match="ไม่พบฉบับ"):
        save(disclosure(), actor(), base_sequence=99, title="อื่น")


def test_a_working_copy_is_personal_and_newest_wins() -> None:
    mine, theirs = actor(), actor()
    work = disclosure()
    for by, text in ((mine, "ก"), (theirs, "ข"), (mine, "ค")):
        actions.autosave(disclosure=work, form={"title": [text]}, base_sequence=2, by=by, at=NOW)
    assert {copy.form["title"][0] for copy in WorkingCopy.objects.all()} == {"ข", "ค"}
    assert mine.person_id is not None
    copy = working_copy(work, mine.person_id)
    assert copy is not None
    assert (copy.form, copy.base) == ({"title": ["ค"]}, work.latest)


def test_a_save_clears_only_the_writers_working_copy() -> None:
    mine, theirs = actor(), actor()
    work = disclosure()
    for by in (mine, theirs):
        actions.autosave(disclosure=work, form={}, base_sequence=2, by=by, at=NOW)
    save(work, mine, title="อื่น")
    assert [copy.person_id for copy in WorkingCopy.objects.all()] == [theirs.person_id]


def test_a_conflict_leaves_the_working_copy_alone() -> None:
    by = actor()
    work = disclosure()
    actions.autosave(disclosure=work, form={"title": ["ของฉัน"]}, base_sequence=2, by=by, at=NOW)
    save(work, actor(), title="ของเขา")
    with pytest.raises(EditConflict):
        save(work, by, title="ของฉัน")
    assert WorkingCopy.objects.get().form == {"title": ["ของฉัน"]}


def test_autosaving_is_refused_when_locked_or_huge() -> None:
    by = actor()
    work = disclosure(by=by)
    huge = {"body": ["ก" * 1_000_001]}
    with pytest.raises(CannotSave, match="ยาวเกิน"):
        actions.autosave(disclosure=work, form=huge, base_sequence=2, by=by, at=NOW)
    Disclosure.objects.update(stage=Stage.DECIDING)
    with pytest.raises(CannotSave):
        actions.autosave(disclosure=work, form={}, base_sequence=2, by=by, at=NOW)


def test_a_working_copy_is_thrown_away_only_on_demand() -> None:
    by = actor()
    work = disclosure()
    actions.autosave(disclosure=work, form={}, base_sequence=2, by=by, at=NOW)
    actions.forget_working_copy(disclosure=work, by=by, at=NOW)
    actions.forget_working_copy(disclosure=work, by=by, at=NOW)
    assert not WorkingCopy.objects.exists()
    assert Act.objects.filter(verb="forget_working_copy").count() == 1


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE disclosures_revision SET content_hash = 'x'",
        "DELETE FROM disclosures_revision",
        "INSERT OR REPLACE INTO disclosures_revision SELECT * FROM disclosures_revision",
    ],
)
def test_the_database_refuses_to_change_a_revision(attack: str) -> None:
    disclosure()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(attack)


def test_a_revision_cannot_be_changed_or_deleted_through_the_orm() -> None:
    revision = disclosure().latest
    assert revision is not None
    with pytest.raises(TypeError):
        revision.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(note="x")


def test_the_newest_save_orders_the_list() -> None:
    by = actor()
    work = disclosure(by=by)
    later = NOW + timedelta(hours=1)
    save_changes(work, by=by, at=later, title="ใหม่")
    assert work.changed_at == later


def test_a_person_finds_the_work_that_they_touched() -> None:
    mine, other = actor(), actor()
    work = disclosure(by=other)
    disclosure(by=other)
    save_changes(work, by=mine, title="ใหม่")
    assert mine.person_id is not None
    assert list(Disclosure.objects.touched_by(mine.person_id)) == [work]
    assert Disclosure.objects.under_way().count() == 2


def test_rows_are_called_by_what_people_know_of_them() -> None:
    by = actor()
    work = disclosure(by=by)
    untitled = actions.start(kind="news", unit=unit("plan"), by=by, at=NOW)
    attachment = actions.attach(disclosure=work, file=stored_file(), by=by, at=NOW)
    copy = actions.autosave(disclosure=work, form={}, base_sequence=2, by=by, at=NOW)
    assert [
        str(row) for row in (work, untitled, work.latest, attachment, copy, section("news"))
    ] == [
        "ประกาศทดสอบ",
        "(ข่าวประชาสัมพันธ์)",
        f"{work.pk} r3",
        "main: ประกาศ.pdf",
        f"{work.pk} {by.person_id}",
        "news",
    ]


def test_work_without_any_revision_can_be_given_its_first() -> None:
    """Only a program could make such a row; a file must not be lost in it."""
    by = actor()
    work = Disclosure.objects.create(
        kind="news", unit=unit("plan"), created_at=NOW, changed_at=NOW, created_by_id=by.person_id
    )
    actions.attach(disclosure=work, file=stored_file(), by=by, at=NOW)
    assert work.latest is not None
    assert (work.latest.sequence, len(work.latest.content["files"])) == (1, 1)


def keep(work: Disclosure, by: Actor, text: str) -> WorkingCopy:
    return actions.autosave(disclosure=work, form={"body": [text]}, base_sequence=2, by=by, at=NOW)


@pytest.mark.parametrize("text", ["ก" * 300_000, "😀" * 300_000, '"\\' * 150_000])
def test_a_body_that_may_be_saved_may_be_autosaved(text: str) -> None:
    assert keep(disclosure(), actor(), text).form == {"body": [text]}


def test_an_autosave_has_a_limit_all_the_same() -> None:
    work = disclosure()
    with pytest.raises(CannotSave, match="บันทึกอัตโนมัติ"):
        keep(work, actor(), "ก" * 1_000_001)
    assert not WorkingCopy.objects.exists()


def test_autosaving_is_no_act_and_no_revision() -> None:
    work, acts = disclosure(), Act.objects.count()
    keep(work, actor(), "ก")
    assert (work.revisions.count(), Act.objects.count()) == (2, acts)


def test_an_autosave_from_a_base_that_never_was_keeps_what_was_typed() -> None:
    copy = actions.autosave(
        disclosure=disclosure(), form={"title": ["ก"]}, base_sequence=99, by=actor(), at=NOW
    )
    assert (copy.base, copy.form) == (None, {"title": ["ก"]})


def test_a_machine_autosaves_nothing() -> None:
    with pytest.raises(CannotSave, match="ระบบแก้ไขเนื้อหาเองไม่ได้"):
        keep(disclosure(), Actor.system("worker"), "ก")


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("ประกาศ\u202eกลับด้าน", "ประกาศกลับด้าน"),
        ("ก\x00ข", "กข"),
        ("  ก \t\n ข ", "ก ข"),
        ("พ.ศ. ๒๕๖๙", "พ.ศ. ๒๕๖๙"),
        ("เเปลก", "แปลก"),
        ("ก" * 500, "ก" * 500),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("", ""),
    ],
)
def test_a_title_is_kept_as_it_reads(title: str, kept: str) -> None:
    work = disclosure(title=title)
    assert work.latest is not None
    assert (work.title, work.latest.content["title"]) == (kept, kept)


@pytest.mark.parametrize(
    ("name", "most"), [("title_en", 500), ("summary", 2_000), ("period", 100), ("source", 500)]
)
def test_each_text_may_be_as_long_as_its_limit_and_no_longer(name: str, most: int) -> None:
    by = actor()
    work = disclosure(by=by)
    save(work, by, **{name: "ก" * most})
    with pytest.raises(CannotSave, match=f"ยาว {most + 1} ตัวอักษร รับได้ไม่เกิน {most} "):
        save(work, by, base_sequence=3, **{name: "ก" * (most + 1)})


@pytest.mark.parametrize("part", ["name", "post", "acting"])
def test_each_part_of_a_signature_has_its_limit(part: str) -> None:
    by = actor()
    work = disclosure(by=by)
    long = Signatory(**({"name": "นาย ก"} | {part: "ก" * 301}))
    with pytest.raises(CannotSave, match="“ผู้ลงนาม” ยาว 301"):
        save(work, by, official=Official(signatories=(long,)))


def test_signatories_are_tidied_and_the_nameless_left_out() -> None:
    by = actor()
    rows = (Signatory(" นาย\u200b ก ", " ปลัด\n", " ตามคำสั่งที่ ๑ "), Signatory(" ", "ปลัด"))
    saved = save(disclosure(by=by), by, official=Official(" ตง 1 ", signatories=rows))
    assert saved.content["official"]["signatories"] == [
        {"name": "นาย ก", "post": "ปลัด", "acting": "ตามคำสั่งที่ ๑"}
    ]
    assert saved.content["official"]["number"] == "ตง 1"


def test_obligations_are_bound_once_and_in_one_order() -> None:
    by = actor()
    saved = save(disclosure(by=by), by, obligations=("oia-7-2", "oia-7-1", "oia-7-2"))
    assert saved.content["obligations"] == ["oia-7-1", "oia-7-2"]


def test_a_note_stays_with_its_revision() -> None:
    by = actor()
    work = disclosure(by=by)
    saved = actions.save(
        disclosure=work, content=content(title="ใหม่"), base_sequence=2, by=by, at=NOW, note="เหตุ"
    )
    saved.refresh_from_db()
    assert saved.note == "เหตุ"


def test_going_back_to_an_older_content_is_a_revision_of_its_own() -> None:
    by = actor()
    work = disclosure(by=by)
    first = work.latest
    assert first is not None
    save(work, by, title="ใหม่")
    again = save(work, by, base_sequence=3)
    assert (again.sequence, again.content_hash) == (4, first.content_hash)


def test_a_conflict_is_remembered_as_a_refusal_of_the_second() -> None:
    first, second = actor(), actor()
    work = disclosure(by=first)
    save(work, first, title="ของเขา")
    with pytest.raises(EditConflict):
        save(work, second, title="ของคุณ")
    act = Act.objects.get(outcome=Outcome.REFUSED)
    assert (act.person_id, act.subject) == (second.person_id, work.subject)
    assert first.name in act.reason


def test_two_who_typed_the_same_are_not_troubled() -> None:
    first, second = actor(), actor()
    work = disclosure(by=first)
    made = save(work, first, title="เหมือนกัน")
    assert save(work, second, title="เหมือนกัน") == made


@pytest.mark.parametrize("kind", ["news", "law"])
def test_a_start_by_somebody_else_with_the_same_ref_is_refused(kind: str) -> None:
    work = actions.start(kind="news", unit=unit("plan"), by=actor(), at=NOW, ref=uuid4())
    with pytest.raises(CannotSave, match="เป็นของเรื่องอื่น"):
        actions.start(kind=kind, unit=unit("plan"), by=actor("other"), at=NOW, ref=work.ref)
    assert [each.latest for each in Disclosure.objects.all()] == [work.latest]


def test_a_start_of_no_known_kind_leaves_nothing() -> None:
    with pytest.raises(KeyError, match="blog"):
        actions.start(kind="blog", unit=unit("plan"), by=actor(), at=NOW)
    assert not Disclosure.objects.exists()


def test_throwing_away_what_is_not_there_is_no_act() -> None:
    work, acts = disclosure(), Act.objects.count()
    actions.forget_working_copy(disclosure=work, by=actor(), at=NOW)
    assert Act.objects.count() == acts


def test_somebody_elses_working_copy_stays() -> None:
    mine, theirs = actor(), actor()
    work = disclosure()
    for by in (mine, theirs):
        keep(work, by, "ก")
    actions.forget_working_copy(disclosure=work, by=mine, at=NOW)
    assert [copy.person_id for copy in WorkingCopy.objects.all()] == [theirs.person_id]
