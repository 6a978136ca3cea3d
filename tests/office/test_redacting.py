"""The redaction screen: what it offers, what it keeps, what it refuses, and that looking changes nothing."""

from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from prongsai.disclosures.models import Disclosure
from prongsai.files.models import StoredFile
from prongsai.organisation.actors import Actor
from prongsai.screening.models import Finding, Redaction
from prongsai.screening.redacting.covers import words_of
from prongsai.screening.states import RedactionState
from tests.approval.factories import draft
from tests.files.samples import image, typst_pdf
from tests.office.conftest import SignIn
from tests.screening.factories import decide, submit
from tests.screening.redacting.factories import (
    BOX,
    LINE,
    NUMBER,
    OTHER,
    PERSON,
    marking,
    welfare_book,
    with_upload,
    work_off,
)

pytestmark = pytest.mark.django_db(databases=["default", "record"])


@pytest.fixture
def row(people: dict[str, Actor]) -> Disclosure:
    by = people["officer"]
    return with_upload(by, "บัญชี.pdf", typst_pdf(LINE, OTHER), draft(by))[0]


def place(name: str, row: Disclosure) -> str:
    return reverse(name, kwargs={"ref": row.ref, "slot": "main"})


def lying(row: Disclosure) -> StoredFile:
    return row.attachments.present().get(slot="main").file


def form(row: Disclosure, *boxes: str, **more: Any) -> dict[str, Any]:
    return {"file": str(lying(row).pk), "page": "1", "box": list(boxes), **more}


def post(client: Client, name: str, row: Disclosure, *boxes: str, **more: Any) -> str:
    answer = client.post(place(name, row), form(row, *boxes, **more), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def offered(row: Disclosure) -> list[str]:
    """The boxes that the screen offers on the first page."""
    return [words for offer in marking(row).offers(1) for words in map(words_of, offer.places)]


def test_findings_are_boxed_and_none_is_ticked_before_anybody_says_so(
    row: Disclosure, sit: SignIn
) -> None:
    page = sit("officer").get(place("redact", row)).content.decode()
    assert [words in page for words in offered(row)] == [True] * len(offered(row))
    assert "checked" not in page.partition("redact-choices")[2].partition("</fieldset>")[0]
    assert Redaction.objects.count() == 0


def test_what_the_screener_wants_covered_is_ticked_already(
    row: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    submit(row, by=people["officer"])
    for finding in Finding.objects.all():
        is_number = finding.detector == "national_id"
        decide(finding, "redact_later" if is_number else "not_applicable")
    row.refresh_from_db()

    page = sit("officer").get(place("redact", row)).content.decode()

    # The other one is of the template for boxes to come.
    assert page.count(" checked") == 2
    assert "ผู้ตรวจให้ปิดทับ" in page
    finding = Finding.objects.get(detector="national_id")
    screening = sit("officer").get(reverse("screening", kwargs={"ref": row.ref})).content.decode()
    assert f"{place('redact', row)}?page=1#finding-{finding.pk}" in screening
    write = sit("officer").get(reverse("write", kwargs={"ref": row.ref})).content.decode()
    assert f"{place('redact', row)}?page=1#finding-{finding.pk}" in write


def test_a_redacted_file_leaves_nothing_promised(
    row: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    submit(row, by=people["officer"])
    for finding in Finding.objects.all():
        decide(finding, "redact_later")
    client = sit("officer")
    client.post(place("redact_make", row), form(row, *offered(row)))
    work_off()
    row.refresh_from_db()

    screening = submit(row, by=people["officer"])

    assert not screening.findings.decisive().filter(place="file:main").exists()


def test_ticks_are_kept_with_their_grounds_and_findings(row: Disclosure, sit: SignIn) -> None:
    page = post(sit("officer"), "redact_mark", row, BOX, **{f"ground:{BOX}": "มาตรา 15 (5)"})

    [kept] = Redaction.objects.get().covers
    assert kept["ground"] == "มาตรา 15 (5)"
    assert kept["edges"] == [0.1, 0.1, 0.4, 0.2]
    assert "กรอบที่วาดเอง 1" in page
    assert "มาตรา 15 (5)" in page


def test_an_unticked_box_is_gone_and_other_pages_stay(row: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    post(client, "redact_mark", row, BOX)
    post(client, "redact_mark", row, BOX, page="2")

    post(client, "redact_mark", row)

    assert [cover["page"] for cover in Redaction.objects.get().covers] == [2]


@pytest.mark.parametrize(
    "words",
    [
        "nan,0,1,1", "0,0,inf,1", "0,0,1", "0.5,0.5,0.5,0.5", "0.6,0.1,0.5,0.2", "0,0,2,1", "-1,0,1,1",
        "0,0,1,1;x", "1e-1,0,1,1", "", "S1E2", "R1C1", "<script>", "๐,๐,๑,๑", "9" * 5000,
    ],
)  # fmt: skip
def test_a_forged_box_is_refused_in_words(row: Disclosure, sit: SignIn, words: str) -> None:
    page = post(sit("officer"), "redact_mark", row, words)
    assert "ตำแหน่งของกรอบไม่ถูกต้อง" in page
    assert not Redaction.objects.exists()


@pytest.mark.parametrize("page", ["0", "3", "-1", "x", "99999999999999999999"])
def test_a_page_that_the_file_does_not_have_is_refused(
    row: Disclosure, sit: SignIn, page: str
) -> None:
    post(sit("officer"), "redact_mark", row, BOX, page=page)
    assert not Redaction.objects.exists()


@pytest.mark.parametrize("page", ["0", "3", "-1", "x", "99999999999999999999"])
def test_a_page_that_is_not_there_is_answered_with_one_that_is(
    row: Disclosure, sit: SignIn, page: str
) -> None:
    assert sit("officer").get(place("redact", row), {"page": page}).status_code == 200


@pytest.mark.parametrize("file", ["", "x", "00000000-0000-0000-0000-000000000000"])
@pytest.mark.parametrize("name", ["redact_mark", "redact_make", "redact_alike"])
def test_another_file_than_the_one_in_the_slot_is_refused(
    row: Disclosure, sit: SignIn, name: str, file: str
) -> None:
    page = post(sit("officer"), name, row, BOX, file=file, sought=NUMBER)
    assert "ไฟล์ในช่องนี้ถูกเปลี่ยน" in page
    assert not Redaction.objects.exists()


def test_a_finding_of_somebody_elses_work_is_not_believed(
    row: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    other = draft(people["neighbour"], body=f"<p>{NUMBER}</p>")
    foreign = submit(other, by=people["neighbour"]).findings.first()
    assert foreign

    post(sit("officer"), "redact_mark", row, BOX, **{f"finding:{BOX}": str(foreign.pk)})

    assert [cover["finding"] for cover in Redaction.objects.get().covers] == [None]


def test_too_many_boxes_and_too_long_reasons_are_refused(row: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    many = [f"0.1,0.1,0.2,0.{number:04}" for number in range(2001, 2502)]
    assert "มีกรอบมากเกินไป" in post(client, "redact_mark", row, *many)
    assert "เกิน 300 ตัวอักษร" in post(client, "redact_mark", row, BOX, **{f"ground:{BOX}": "ก" * 301})
    assert not Redaction.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["redact_mark", "redact_alike", "redact_make", "redact_drop", "redact_undo", "redact_keep"],
)
def test_looking_changes_nothing_and_strangers_do_neither(
    row: Disclosure, sit: SignIn, name: str
) -> None:
    assert sit("officer").get(place(name, row)).status_code == 405
    assert sit("neighbour").post(place(name, row), form(row, BOX)).status_code == 403
    assert sit("screener").post(place(name, row), form(row, BOX)).status_code == 403
    assert sit("neighbour").get(place("redact", row)).status_code == 403
    assert sit("neighbour").get(place("redact_state", row)).status_code == 403
    assert sit("neighbour").get(place("redact_compare", row)).status_code == 403
    assert not Redaction.objects.exists()


def test_nothing_is_drawn_while_the_work_is_with_others(
    row: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    submit(row, by=people["officer"])
    assert sit("officer").post(place("redact_mark", row), form(row, BOX)).status_code == 403


def test_the_script_is_told_when_it_was_saved_and_why_it_was_not(
    row: Disclosure, sit: SignIn
) -> None:
    client = sit("officer")
    words = {"Accept": "application/json"}
    saved = client.post(place("redact_mark", row), form(row, BOX), headers=words)
    refused = client.post(place("redact_mark", row), form(row, "nan,0,1,1"), headers=words)
    assert saved.json()["total"] == 1
    assert (refused.status_code, "กรอบ" in refused.json()["why"]) == (409, True)


def test_the_same_text_is_covered_wherever_it_stands(people: dict[str, Actor], sit: SignIn) -> None:
    by = people["officer"]
    spaced = "อีกหน้า ๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๑ ของเดิม"
    row, _file = with_upload(by, "สองหน้า.pdf", typst_pdf(LINE, spaced), draft(by))

    page = post(sit("officer"), "redact_alike", row, sought=NUMBER)

    assert "ทำกรอบทับข้อความเดียวกันแล้ว 2 แห่ง ใน 2 หน้า" in page
    assert {cover["page"] for cover in Redaction.objects.get().covers} == {1, 2}


def test_a_word_that_is_nowhere_is_said_to_be_so(row: Disclosure, sit: SignIn) -> None:
    assert "ไม่พบข้อความนี้ในไฟล์" in post(sit("officer"), "redact_alike", row, sought="ไม่มีคำนี้")


def test_the_whole_way_ends_with_a_file_without_the_number(row: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    original = lying(row)
    first = post(client, "redact_make", row, *offered(row))
    second = post(client, "redact_make", row, *offered(row))
    assert ["รอคิวสร้างไฟล์" in page for page in (first, second)] == [True, True]
    assert client.get(place("redact_state", row)).json()["state"] == "making"

    work_off()

    assert client.get(place("redact_state", row)).json()["state"] == "verified"
    page = client.get(place("redact", row)).content.decode()
    assert "ไฟล์ในช่องนี้ปิดทับและตรวจผลแล้ว" in page
    compared = client.get(place("redact_compare", row)).content.decode()
    assert str(original.pk) in compared
    assert str(lying(row).pk) in compared
    write = client.get(reverse("write", kwargs={"ref": row.ref})).content.decode()
    assert "ปิดทับแล้ว" in write
    assert Redaction.objects.count() == 1
    undone = post(client, "redact_undo", row)
    assert "นำต้นฉบับกลับมาไว้ในช่องนี้แล้ว" in undone
    assert lying(row) == original


def test_a_result_that_still_says_it_is_shown_with_what_to_do(
    people: dict[str, Actor], sit: SignIn
) -> None:
    by = people["officer"]
    row, original = with_upload(by, "สองหน้า.pdf", typst_pdf(LINE, f"อีกหน้า {NUMBER}"), draft(by))
    client = sit("officer")
    post(client, "redact_make", row, *offered(row))
    work_off()

    page = client.get(place("redact", row)).content.decode()

    assert "ไฟล์ที่สร้างครั้งล่าสุดใช้ไม่ได้ และไม่ได้แนบ" in page
    assert "โปรดวาดกรอบทับจุดนั้นด้วย" in page
    assert 'href="?page=2"' in page
    assert "ยืนยันและสร้างไฟล์อีกครั้ง" not in page
    assert lying(row) == original


def test_a_table_is_shown_with_ticks_and_its_hidden_parts(
    people: dict[str, Actor], sit: SignIn
) -> None:
    by = people["officer"]
    row, _file = with_upload(by, "เบี้ย.xlsx", welfare_book(), draft(by))
    client = sit("officer")
    page = client.get(place("redact", row)).content.decode()
    assert "ส่วนที่ซ่อนอยู่: แผ่น 1 แถว 1 คอลัมน์ 0" in page
    assert all(f'value="{words}"' in page for words in ("C3F2", "R2", "R2C3"))

    ticks = ["C2F2", "C3F2"]
    post(client, "redact_make", row, *ticks, first="1", last="4")
    work_off()

    names = list(row.attachments.present().values_list("file__name", flat=True))
    assert names == ["เบี้ย (ปิดทับ).xlsx", "เบี้ย (ปิดทับ).csv"]
    said = "\n".join(page["text"] for page in lying(row).text)
    assert "เลขประจำตัวประชาชน" in said
    assert "600" in said
    assert [secret in said for secret in (NUMBER, PERSON, "มาลี", "ซ่อน")] == [False] * 4


def test_rows_that_are_not_shown_keep_their_ticks(people: dict[str, Actor], sit: SignIn) -> None:
    by = people["officer"]
    lines = "ชื่อ,เงิน\n" + "\n".join(f"คนที่ {number},{number}" for number in range(1, 121))
    row, _file = with_upload(by, "ยาว.csv", lines.encode(), draft(by))
    client = sit("officer")
    post(client, "redact_mark", row, "R60C1", "C2F2", first="51", last="100")

    page = post(client, "redact_mark", row, "R3", "C2F2", first="1", last="50")

    assert "แถวที่ 1 ถึง 50 จาก 121" in page
    cells = sorted(cover["cells"] for cover in Redaction.objects.get().covers if cover["cells"][0])
    assert cells == [[3, None, 1], [60, 1, 1]]


def test_a_document_is_redacted_by_its_words(people: dict[str, Actor], sit: SignIn) -> None:
    document, target = docx.Document(), BytesIO()
    document.add_paragraph(LINE)
    document.save(target)
    by = people["officer"]
    row, _file = with_upload(by, "หนังสือ.docx", target.getvalue(), draft(by))

    post(sit("officer"), "redact_make", row, *offered(row))
    work_off()

    redaction = Redaction.objects.get()
    assert redaction.state == RedactionState.VERIFIED, redaction.problems
    said = "\n".join(page["text"] for page in lying(row).text)
    assert NUMBER not in said
    assert "บ้านเลขที่" in said


def test_a_picture_of_a_document_is_covered_as_a_whole(
    people: dict[str, Actor], sit: SignIn
) -> None:
    document, target = docx.Document(), BytesIO()
    document.add_paragraph("หนังสือของเทศบาล")
    document.add_picture(BytesIO(image("PNG", (90, 60))))
    document.save(target)
    by, client = people["officer"], sit("officer")
    row, file = with_upload(by, "หนังสือ.docx", target.getvalue(), draft(by))
    shown = reverse("page_picture", kwargs={"file_id": file.pk, "number": 1})

    assert "ภาพที่ 1" in client.get(place("redact", row)).content.decode()
    assert client.get(shown).headers["Content-Type"] == "image/jpeg"
    post(client, "redact_mark", row, "P2")
    assert not Redaction.objects.exists()
    post(client, "redact_make", row, "P1")
    work_off()

    redaction = Redaction.objects.get()
    assert redaction.state == RedactionState.VERIFIED, redaction.problems
    assert [cover["picture"] for cover in redaction.covers] == [1]


def test_a_text_says_what_to_do_instead(people: dict[str, Actor], sit: SignIn) -> None:
    by = people["officer"]
    row, _file = with_upload(by, "ข้อความ.txt", b"text", draft(by))
    page = sit("officer").get(place("redact", row)).content.decode()
    assert "พิมพ์เป็น PDF" in page


def test_the_day_until_which_the_original_is_kept_can_be_moved(
    row: Disclosure, sit: SignIn
) -> None:
    client = sit("officer")
    post(client, "redact_make", row, *offered(row))
    work_off()

    client.post(place("redact_keep", row), {"until": "30 กันยายน 2590"})
    assert str(Redaction.objects.get().keep_original_until_date) == "2047-09-30"
    client.post(place("redact_keep", row), {"until": "30 กันยายน 2560"})
    client.post(place("redact_keep", row), {"until": "พรุ่งนี้"})
    assert str(Redaction.objects.get().keep_original_until_date) == "2047-09-30"


def test_a_draft_is_thrown_away_and_stays_as_a_row(row: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    post(client, "redact_mark", row, BOX)

    page = post(client, "redact_drop", row)

    assert "กรอบที่วาดเอง" not in page.partition("<template")[0].partition("<ul data-redact")[2]
    assert Redaction.objects.get().state == RedactionState.DROPPED


def test_in_english_too(row: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    client.post(reverse("set_language"), {"language": "en", "next": "/office/"})
    assert "Make the redacted file" in client.get(place("redact", row)).content.decode()


def test_a_table_with_formulas_that_nobody_computed_says_so(
    people: dict[str, Actor], sit: SignIn
) -> None:
    by = people["officer"]
    book, target = openpyxl.Workbook(), BytesIO()
    book.active.append([LINE, "=1+1"])
    book.save(target)
    row, _file = with_upload(by, "สูตร.xlsx", target.getvalue(), draft(by))
    client = sit("officer")
    assert "สูตรที่ยังไม่ได้คำนวณ" in client.get(place("redact", row)).content.decode()
    assert "สูตรที่ยังไม่ได้คำนวณ" in post(client, "redact_alike", row, sought=NUMBER, first="1")
