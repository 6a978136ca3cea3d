"""The text that goes out with a file: what a person vouched for, or the machine's, and never another."""

from typing import Any

import pytest
from django.utils.timezone import localdate

from prongsai.disclosures.actions import (
    attach,
    begin_correction,
    bind_checked_text,
    unbind_checked_text,
)
from prongsai.disclosures.models import Disclosure
from prongsai.files.actions import receive, vouch_for_text
from prongsai.files.models import CheckedText, StoredFile
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.rules import Blocker
from prongsai.record.models import FileText
from prongsai.record.states import Action
from prongsai.screening.actions import screen
from prongsai.screening.queries import findings
from tests.approval.factories import approved
from tests.factories import NOW
from tests.files.samples import typst_pdf, upload
from tests.publication.factories import ANNEX, LATER, People, drafted, ready

pytestmark = pytest.mark.django_db(databases=["default", "record"])
NATIONAL_ID = "1-1037-02071-81-1"


def vouched(people: People, text: str, **wishes: Any) -> Disclosure:
    """A draft whose main file has a text that its officer vouches for."""
    disclosure = drafted(people, **wishes)
    officer = people["officer"]
    stored = disclosure.attachments.present().get().file
    checked = vouch_for_text(stored=stored, pages={1: text}, by=officer, at=NOW)
    bind_checked_text(disclosure=disclosure, slot="main", checked=checked, by=officer, at=NOW)
    return disclosure


def test_the_checked_text_goes_out_with_who_checked_it_and_when(people: People) -> None:
    submission = approved(people, disclosure=vouched(people, "ข้อความที่เทียบแล้ว"))
    publish(submission_ref=submission.ref, at=LATER)
    text = FileText.objects.get()
    assert text.pages == [
        {
            "number": 1,
            "text": "ข้อความที่เทียบแล้ว",
            "source": "checked",
            "blocks": [{"kind": "paragraph", "text": "ข้อความที่เทียบแล้ว"}],
            "checked": {"post": people["officer"].post_title, "at": NOW.isoformat()},
        }
    ]


def test_without_one_the_machines_text_goes_out_and_nobody_is_named(people: People) -> None:
    publish(submission_ref=ready(people).ref, at=LATER)
    [page] = FileText.objects.get().pages
    assert (page["text"], page["source"], "checked" in page) == (ANNEX, "text", False)


def test_the_name_of_who_checked_is_not_public(people: People) -> None:
    submission = approved(people, disclosure=vouched(people, "ข้อความที่เทียบแล้ว"))
    publish(submission_ref=submission.ref, at=LATER)
    assert people["officer"].name not in str(FileText.objects.get().pages)


@pytest.mark.parametrize("damage", ["lost", "changed"])
def test_the_gate_stays_shut_when_the_checked_text_is_not_there_in_these_words(
    people: People, damage: str
) -> None:
    submission = approved(people, disclosure=vouched(people, "ข้อความที่เทียบแล้ว"))
    row = CheckedText.objects.get()
    if damage == "lost":
        CheckedText.objects.update(text_sha256="0" * 64)
    else:
        CheckedText.objects.update(pages=[{**row.pages[0], "text": "ข้อความที่ไม่มีใครตรวจ"}])
    with pytest.raises(CannotPublish) as raised:
        publish(submission_ref=submission.ref, at=LATER)
    assert Blocker.TEXT_NOT_VOUCHED in {each.blocker for each in raised.value.reasons}
    assert not FileText.objects.exists()


def sources() -> list[str]:
    return [page["source"] for page in FileText.objects.get().pages]


def test_a_checked_text_stays_when_another_item_shows_the_same_file(people: People) -> None:
    for disclosure in (vouched(people, "ข้อความที่เทียบแล้ว"), drafted(people)):
        publish(submission_ref=approved(people, disclosure=disclosure).ref, at=LATER)
    assert sources() == ["checked"]


def test_a_correction_takes_the_text_back_that_its_own_item_told(people: People) -> None:
    disclosure = vouched(people, "ข้อความที่เทียบแล้ว")
    publish(submission_ref=approved(people, disclosure=disclosure).ref, at=LATER)
    officer = people["officer"]
    disclosure.refresh_from_db()
    begin_correction(disclosure=disclosure, by=officer, at=LATER)
    unbind_checked_text(disclosure=disclosure, slot="main", by=officer, at=LATER)
    again = approved(
        people, disclosure=disclosure, action=Action.CORRECTED, change_note="แก้ข้อความ", at=LATER
    )
    publish(submission_ref=again.ref, at=LATER)
    assert sources() == ["text"]


def found(disclosure: Disclosure, people: People) -> list[tuple[str, str]]:
    screening = screen(disclosure=disclosure, by=people["officer"], at=NOW)
    return [(each.place, each.label) for each in findings(screening.revision, on=localdate(NOW))]


def test_what_is_left_out_of_the_checked_text_is_still_found_in_the_file(people: People) -> None:
    disclosure = vouched(people, "ไม่มีอะไร", annex=f"เลขประจำตัว {NATIONAL_ID}")
    assert ("file:main", "THAI_ID") in found(disclosure, people)


def test_what_a_person_types_into_the_checked_text_is_screened(people: People) -> None:
    disclosure = vouched(people, f"เลขประจำตัว {NATIONAL_ID}")
    assert ("file_text:main", "THAI_ID") in found(disclosure, people)


def test_what_both_texts_say_is_found_once(people: People) -> None:
    text = f"เลขประจำตัว {NATIONAL_ID}"
    disclosure = vouched(people, text, annex=text)
    assert [place for place, label in found(disclosure, people) if label == "THAI_ID"] == [
        "file:main"
    ]


@pytest.mark.parametrize(("text", "is_open"), [("ข้อความในภาพ", False), ("", True)])
def test_a_page_that_the_machine_cannot_read_is_told_by_a_person_or_stays_unread(
    people: People, text: str, is_open: bool
) -> None:
    disclosure = vouched(people, text)
    StoredFile.objects.update(text=[{"number": 1, "text": "", "source": "none"}])
    assert (("file:main", "") in found(disclosure, people)) is is_open


TABLE = "#table(columns: 3, [ที่], [โครงการ], [งบประมาณ], [1], [ปรับปรุงถนน], [4,900,000], [2], [ซ่อมท่อ], [90,000])"


def test_a_table_of_a_pdf_is_found_by_where_its_words_stand(people: People) -> None:
    disclosure = drafted(people)
    paper = upload("แผน.pdf", typst_pdf(f"แผนพัฒนาท้องถิ่น\n{TABLE}"))
    stored = receive(upload=paper, by=people["officer"], at=NOW)
    attach(disclosure=disclosure, file=stored, slot="main", by=people["officer"], at=NOW)
    publish(submission_ref=approved(people, disclosure=disclosure).ref, at=LATER)
    [page] = FileText.objects.get(sha256=stored.sha256).pages
    assert page["blocks"][-1] == {
        "kind": "table",
        "rows": [
            ["ที่", "โครงการ", "งบประมาณ"],
            ["1", "ปรับปรุงถนน", "4,900,000"],
            ["2", "ซ่อมท่อ", "90,000"],
        ],
        "has_head": True,
    }
