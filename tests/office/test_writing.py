"""Starting, writing, losing the connection, meeting somebody else's changes, and looking before publishing."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.approval.actions import decide, take_back
from prongsai.approval.models import Submission
from prongsai.approval.states import Verdict
from prongsai.disclosures.models import Disclosure, WorkingCopy
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.screening.models import Finding
from tests.approval.factories import draft, submitted
from tests.disclosures.factories import section
from tests.factories import NOW
from tests.office.conftest import SignIn
from tests.office.factories import attached, save, typed
from tests.screening.factories import NATIONAL_ID

pytestmark = pytest.mark.django_db(databases=["default", "record"])


@pytest.fixture
def work(people: dict[str, Actor]) -> Disclosure:
    return draft(people["officer"])


def place(name: str, disclosure: Disclosure) -> str:
    return reverse(name, kwargs={"ref": disclosure.ref})


def test_a_second_click_on_start_opens_the_same_work(sit: SignIn) -> None:
    section("news")
    client, words = sit("officer"), {"ref": uuid4(), "kind": "news", "unit": "plan"}
    first, second = (client.post(reverse("start"), words).headers["Location"] for _ in range(2))
    assert first == second
    assert Disclosure.objects.count() == 1


def test_an_officer_starts_only_for_their_own_unit(sit: SignIn) -> None:
    words = {"ref": uuid4(), "kind": "news", "unit": "treasury"}
    assert sit("officer").post(reverse("start"), words).status_code == 200
    assert not Disclosure.objects.exists()


def test_saving_makes_a_revision_and_says_its_number(work: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    assert save(client, work, title="ชื่อใหม่") == 302
    work.refresh_from_db()
    assert (work.title, work.latest and work.latest.sequence) == ("ชื่อใหม่", 3)
    assert "บันทึกแล้ว เป็นฉบับร่างที่ 3" in client.get(place("write", work)).content.decode()


def test_what_cannot_be_read_comes_back_as_it_was_typed(work: Disclosure, sit: SignIn) -> None:
    answer = sit("officer").post(
        place("write", work), typed(work, signed_date="31 กุมภาพันธ์ 2569", summary="พิมพ์ไว้ยาวมาก")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ยังไม่ได้บันทึก" in page
    assert "31 กุมภาพันธ์ 2569" in page
    assert "พิมพ์ไว้ยาวมาก" in page


def test_script_in_a_body_is_gone_before_it_is_kept(work: Disclosure, sit: SignIn) -> None:
    save(sit("officer"), work, body="<p onclick=x()>ดี</p><script>alert(1)</script>")
    work.refresh_from_db()
    assert work.latest
    assert work.latest.content["body"] == "<p>ดี</p>"


def test_autosave_keeps_the_form_and_makes_no_revision(work: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    answer = client.post(place("autosave", work), typed(work, title="พิมพ์ค้างไว้"))
    assert answer.json()["saved_at"].endswith(" น.")
    work.refresh_from_db()
    assert work.latest
    assert work.latest.sequence == 2
    page = client.get(place("write", work)).content.decode()
    assert "มีข้อความที่ท่านพิมพ์ไว้แต่ยังไม่ได้กดบันทึก" in page
    assert "พิมพ์ค้างไว้" not in page
    assert "พิมพ์ค้างไว้" in client.get(place("write", work) + "?draft=1").content.decode()


def test_typed_text_is_thrown_away_only_on_request(work: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    client.post(place("autosave", work), typed(work, title="พิมพ์ค้างไว้"))
    client.post(place("forget", work))
    assert not WorkingCopy.objects.exists()


def test_autosave_says_why_when_the_work_is_locked(people: dict[str, Actor], sit: SignIn) -> None:
    submission = submitted(people)
    answer = sit("officer").post(place("autosave", submission.disclosure), {"title": "x"})
    assert answer.status_code == 403


def test_the_second_to_save_is_shown_both_texts_and_loses_nothing(
    work: Disclosure, sit: SignIn
) -> None:
    first, second = sit("officer"), sit("webmaster")
    stale = typed(work, title="ของคนที่สอง", source="แหล่งของคนที่สอง")
    save(first, work, title="ของคนแรก", summary="สรุปของคนแรก")
    answer = second.post(place("write", work), stale)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert {"ของคนแรก", "ของคนที่สอง", "สรุปของคนแรก", "แหล่งของคนที่สอง"} <= words_in(
        page, "ของคนแรก", "ของคนที่สอง", "สรุปของคนแรก", "แหล่งของคนที่สอง"
    )


def remand(submission: Submission, by: Actor, reason: str) -> None:
    decide(
        submission=submission,
        verdict=Verdict.REMAND_TO_START,
        reason=reason,
        content_hash_seen=submission.content_hash,
        by=by,
        at=NOW,
    )


def words_in(page: str, *words: str) -> set[str]:
    return {word for word in words if word in page}


@pytest.mark.parametrize(("choice", "title"), [("theirs", "ของคนแรก"), ("yours", "ของคนที่สอง")])
def test_a_conflict_ends_with_the_text_that_was_chosen(
    work: Disclosure, sit: SignIn, choice: str, title: str
) -> None:
    second = sit("webmaster")
    save(sit("officer"), work, title="ของคนแรก")
    save(second, work, title="ของคนที่สอง", use_title=choice)
    work.refresh_from_db()
    assert work.title == title


@pytest.mark.parametrize(
    ("first", "heading"),
    [("officer", "ท่านบันทึกเรื่องนี้จากอีกหน้าต่างหนึ่งแล้ว"), ("webmaster", "มีผู้บันทึกเรื่องนี้ก่อนท่าน")],
)
def test_a_conflict_says_whether_it_is_with_oneself(
    work: Disclosure, sit: SignIn, first: str, heading: str
) -> None:
    stale = typed(work, title="จากหน้าต่างที่สอง")
    save(sit(first), work, title="จากหน้าต่างแรก")
    page = sit("officer").post(place("write", work), stale).content.decode()

    headings = ("ท่านบันทึกเรื่องนี้จากอีกหน้าต่างหนึ่งแล้ว", "มีผู้บันทึกเรื่องนี้ก่อนท่าน")
    assert words_in(page, *headings) == {heading}


def test_a_preview_shows_unsaved_words_in_the_portals_template_and_keeps_nothing(
    work: Disclosure, sit: SignIn
) -> None:
    answer = sit("officer").post(place("preview", work), typed(work, title="ยังไม่ได้บันทึก"))
    page = answer.content.decode()
    assert "ตัวอย่าง ยังไม่เผยแพร่" in page
    assert "ยังไม่ได้บันทึก" in page
    assert 'class="edition-body"' in page
    assert "sandbox allow-same-origin" in answer.headers["Content-Security-Policy"]
    work.refresh_from_db()
    assert work.title != "ยังไม่ได้บันทึก"


def test_a_preview_of_unreadable_fields_says_which(work: Disclosure, sit: SignIn) -> None:
    answer = sit("officer").post(place("preview", work), typed(work, signed_date="เมื่อวาน"))
    assert answer.status_code == 422
    assert "วันที่ลงนาม" in answer.content.decode()


def test_two_revisions_are_compared_word_by_word(work: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    save(client, work, summary="สรุปเรื่องใหม่ทั้งหมด")
    assert client.get(place("revisions", work)).status_code == 200
    page = client.get(place("compare", work) + "?old=2&new=3").content.decode()
    assert "<ins>" in page
    assert "คำสรุป" in page
    assert client.get(place("compare", work) + "?old=2&new=99").status_code == 404


def test_a_discarded_draft_can_be_brought_back(work: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    client.post(place("discard", work))
    work.refresh_from_db()
    assert work.stage == Stage.DISCARDED
    assert "นำกลับมาเขียนต่อ" in client.get(place("work", work)).content.decode()
    client.post(place("bring_back", work))
    work.refresh_from_db()
    assert work.stage == Stage.WRITING


def test_several_files_are_taken_and_a_bad_one_spoils_nothing(
    work: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    from_disk = [
        named("หนึ่ง.txt", "หนึ่ง".encode()),
        named("empty.txt", b""),
        named("สอง.txt", "สอง".encode()),
    ]
    answer = sit("officer").post(
        place("attach", work), {"files": from_disk}, headers={"accept": "application/json"}
    )
    taken = answer.json()["taken"]
    assert [one["slot"] for one in taken] == ["main", "", "attachment-1"]
    assert "0 ไบต์" in taken[1]["refusal"]
    assert work.attachments.present().count() == 2


def named(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_without_script_the_answer_is_the_writing_page_with_the_reason(
    work: Disclosure, sit: SignIn
) -> None:
    client = sit("officer")
    answer = client.post(place("attach", work), {"files": [named("a.exe", b"MZ")]}, follow=True)
    assert "a.exe: รับไฟล์" in answer.content.decode()
    assert "ยังไม่ได้เลือกไฟล์" in client.post(place("attach", work), follow=True).content.decode()


def test_a_file_is_named_and_taken_out(
    work: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    attached(work, people["officer"])
    client = sit("officer")
    slot = {"ref": work.ref, "slot": "main"}
    client.post(reverse("relabel", kwargs=slot), {"label": "ประกาศฉบับเต็ม"})
    assert "ประกาศฉบับเต็ม" in client.get(place("files", work)).content.decode()
    client.post(reverse("detach", kwargs=slot))
    assert not work.attachments.present().exists()


def test_a_file_whose_name_tells_of_a_person_asks_for_another_name(
    work: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    client, slot = sit("officer"), {"ref": work.ref, "slot": "main"}
    client.post(place("attach", work), {"files": [named("บัตร 1-2345-67890-12-1.txt", b"a text")]})
    reason = "ชื่อไฟล์นี้มีข้อมูลส่วนบุคคล"
    assert reason in client.get(place("files", work)).content.decode()
    client.post(reverse("rename_file", kwargs=slot), {"name": "สำเนาบัตร"})
    panel = client.get(place("files", work)).content.decode()
    assert reason not in panel
    assert "สำเนาบัตร.txt" in panel


def test_a_remand_stands_on_the_writing_page_until_it_is_sent_again(
    people: dict[str, Actor], sit: SignIn
) -> None:
    submission, client = submitted(people), sit("officer")
    remand(submission, people["head"], "แก้ยอดเงินในตาราง")
    work = submission.disclosure
    for _time in range(2):
        page = client.get(place("write", work)).content.decode()
        assert words_in(page, "แก้ยอดเงินในตาราง", "หัวหน้าฝ่าย") == {"แก้ยอดเงินในตาราง", "หัวหน้าฝ่าย"}
        save(client, work, summary="แก้แล้ว")
    work.refresh_from_db()
    again = submitted(people, disclosure=work)
    take_back(submission=again, by=people["officer"], at=NOW)
    assert "แก้ยอดเงินในตาราง" not in client.get(place("write", work)).content.decode()


def test_what_a_screener_wants_removed_is_in_the_inbox_and_on_the_writing_page(
    people: dict[str, Actor], sit: SignIn
) -> None:
    client, work = sit("officer"), draft(people["officer"], body=f"<p>บัตร {NATIONAL_ID}</p>")
    client.post(place("submit", work), {"urgency": "normal"})
    finding = Finding.objects.get(detector="national_id")
    words = {"finding": finding.pk, "verdict": "remove", "reason": "เลขของผู้ร้องเรียน"}
    sit("screener").post(place("decide_findings", work), words)

    listed = {one.key: one.rows for one in client.get("/office/").context["waiting_lists"]}
    page = client.get(place("write", work)).content.decode()

    assert [row.note for row in listed["sent-back"]] == ["ผู้ตรวจกลั่นกรองให้นำออกหรือปิดทับ 1 รายการ"]
    assert not listed["to-write"]
    shown = {finding.excerpt, "เลขของผู้ร้องเรียน", place("screening", work), "เนื้อหา"}
    assert words_in(page, *shown) == shown
    assert NATIONAL_ID not in page.split("office-bar")[0].split('id="writing"')[0]
