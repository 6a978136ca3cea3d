"""Comparing a file's text with its pages at the office: drafts, vouching, and who may do it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.disclosures.actions import attach, attach_when_clean, move_stage
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.files.actions import begin_reading, fail_reading, finish_reading, receive
from prongsai.files.models import CheckedText, PageDraft, PageReading, StoredFile
from prongsai.files.rules import Word
from prongsai.files.states import Derivation, FileState
from prongsai.organisation.actors import Actor
from tests.approval.factories import draft
from tests.disclosures.factories import stored_file
from tests.factories import NOW
from tests.files import samples
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
JSON = {"Accept": "application/json"}
WORDS = [Word(0, 6, 0.1, 0.1, 0.3, 0.15, 0.95), Word(6, 9, 0.3, 0.1, 0.4, 0.15, 0.4)]


@pytest.fixture(autouse=True)
def shelf(tmp_path: Any, settings: Any) -> None:
    backend = "django.core.files.storage.FileSystemStorage"
    options = {"location": str(tmp_path / "files")}
    settings.STORAGES = settings.STORAGES | {"files": {"BACKEND": backend, "OPTIONS": options}}


@pytest.fixture
def work(people: dict[str, Actor]) -> Disclosure:
    """News with a scan of two pages, of which the first was read."""
    made = draft(people["officer"])
    scan(made, people["officer"])
    return made


def scan(made: Disclosure, by: Actor, *, pages: int = 2) -> StoredFile:
    stored = receive(upload=samples.upload("scan.pdf", samples.blank_pdf(pages)), by=by, at=NOW)
    attach(disclosure=made, file=stored, slot="main", by=by, at=NOW)
    first = PageReading.objects.get(sha256=stored.sha256, number=1)
    finish_reading(page=first, text="ประกาศงบฯ", confidence=0.8, words=WORDS, at=NOW)
    return stored


def address(name: str, made: Disclosure, **parts: Any) -> str:
    return reverse(name, kwargs={"ref": made.ref, "slot": "main", **parts})


def save(
    client: Client, made: Disclosure, number: int, text: str, act: str = "", **headers: Any
) -> Any:
    where = address("save_page", made, number=number)
    return client.post(where, {"text": text, "act": act}, **headers)


def compare_all(client: Client, made: Disclosure) -> None:
    for number, text in ((1, "ประกาศงบฯ"), (2, "หน้าสอง")):
        save(client, made, number, text, "same")


def promised(made: Disclosure) -> str:
    made.refresh_from_db()
    assert made.latest is not None
    text: str = made.latest.content["files"][0].get("text_sha256", "")
    return text


def test_the_screen_shows_picture_and_text_and_marks_doubtful_words(
    sit: SignIn, work: Disclosure
) -> None:
    page = sit("officer").get(address("check_page", work, number=1)).content.decode()
    stored = work.attachments.get().file
    picture = reverse("page_picture", kwargs={"file_id": stored.pk, "number": 1})
    assert f'src="{picture}"' in page
    assert ">ประกาศงบฯ</textarea>" in page
    assert "ประกาศ<mark>งบฯ</mark>" in page


def test_the_way_in_leads_to_the_first_page_that_was_not_compared(
    sit: SignIn, work: Disclosure
) -> None:
    officer = sit("officer")
    save(officer, work, 1, "ประกาศงบฯ", "same")
    answer = officer.get(address("check_text", work))
    assert answer.url == address("check_page", work, number=2)


def test_a_verdict_leads_to_the_next_page_and_at_the_end_to_what_is_open(
    sit: SignIn, work: Disclosure
) -> None:
    officer = sit("officer")
    assert save(officer, work, 2, "สอง", "same").url == address("check_page", work, number=1)
    assert save(officer, work, 1, "หนึ่ง", "same").url == address("check_page", work, number=2)


def test_what_is_typed_is_kept_for_whoever_typed_it(sit: SignIn, work: Disclosure) -> None:
    officer = sit("officer")
    answer = save(officer, work, 1, "ประกาศงบประมาณ", headers=JSON)
    assert "saved_at" in answer.json()
    mine = officer.get(address("check_page", work, number=1)).content.decode()
    others = sit("webmaster").get(address("check_page", work, number=1)).content.decode()
    assert "ประกาศงบประมาณ</textarea>" in mine
    assert "ประกาศงบฯ</textarea>" in others


def test_typing_on_takes_the_verdict_back_and_saving_the_same_does_not(
    sit: SignIn, work: Disclosure
) -> None:
    officer = sit("officer")
    save(officer, work, 1, "หนึ่ง\nสอง", "same")
    save(officer, work, 1, "หนึ่ง\r\nสอง", headers=JSON)
    assert PageDraft.objects.get().is_same
    save(officer, work, 1, "หนึ่ง", headers=JSON)
    assert not PageDraft.objects.get().is_same


def test_vouching_for_every_page_makes_a_revision_with_that_text(
    sit: SignIn, work: Disclosure
) -> None:
    officer = sit("officer")
    compare_all(officer, work)
    officer.post(address("vouch_for_text", work))
    checked = CheckedText.objects.get()
    assert [page["text"] for page in checked.pages] == ["ประกาศงบฯ", "หน้าสอง"]
    assert promised(work) == checked.text_sha256


def test_a_file_of_which_a_page_is_open_is_not_vouched_for(sit: SignIn, work: Disclosure) -> None:
    officer = sit("officer")
    save(officer, work, 1, "ประกาศงบฯ", "same")
    save(officer, work, 2, "หน้าสอง", "keep")
    answer = officer.post(address("vouch_for_text", work), follow=True)
    assert "ยังไม่ได้เทียบหน้า 2" in answer.content.decode()
    assert not CheckedText.objects.exists()


def test_vouching_twice_adds_nothing(sit: SignIn, work: Disclosure) -> None:
    officer = sit("officer")
    compare_all(officer, work)
    for _click in range(2):
        officer.post(address("vouch_for_text", work))
    assert CheckedText.objects.count() == 1
    assert promised(work)


def test_one_mistake_in_a_vouched_text_is_mended_alone(sit: SignIn, work: Disclosure) -> None:
    officer = sit("officer")
    compare_all(officer, work)
    officer.post(address("vouch_for_text", work))
    save(officer, work, 2, "หน้าที่สอง", "same")
    officer.post(address("vouch_for_text", work))
    newest = CheckedText.objects.first()
    assert newest is not None
    assert [page["text"] for page in newest.pages] == ["ประกาศงบฯ", "หน้าที่สอง"]
    assert promised(work) == newest.text_sha256


def test_the_machines_text_can_be_had_back(sit: SignIn, work: Disclosure) -> None:
    officer = sit("officer")
    compare_all(officer, work)
    officer.post(address("vouch_for_text", work))
    officer.post(address("unbind_text", work))
    assert promised(work) == ""


@pytest.mark.parametrize(
    "name", ["vouch_for_text", "unbind_text", "make_searchable", "original_file"]
)
@pytest.mark.parametrize("visitor", ["neighbour", "screener", "auditor", "head"])
def test_nobody_but_its_writers_touches_a_files_text(
    sit: SignIn, work: Disclosure, visitor: str, name: str
) -> None:
    client = sit(visitor)
    assert client.get(address("check_page", work, number=1)).status_code == 403
    assert save(client, work, 1, "ไม่ใช่ของเขา").status_code == 403
    assert client.post(address(name, work)).status_code == 403
    assert not PageDraft.objects.exists()


def test_nothing_is_typed_into_what_others_decide(
    sit: SignIn, work: Disclosure, people: dict[str, Actor]
) -> None:
    move_stage(disclosure=work, to=Stage.SCREENING, by=people["officer"], at=NOW)
    assert save(sit("officer"), work, 1, "ช้าไป").status_code == 403


@pytest.mark.parametrize(
    "name", ["vouch_for_text", "unbind_text", "make_searchable", "original_file"]
)
def test_a_link_changes_nothing(sit: SignIn, work: Disclosure, name: str) -> None:
    assert sit("officer").get(address(name, work)).status_code == 405


@pytest.mark.parametrize("number", [0, 3, 999999])
def test_a_page_that_is_not_there_is_not_found(sit: SignIn, work: Disclosure, number: int) -> None:
    assert sit("officer").get(address("check_page", work, number=number)).status_code == 404


def test_a_page_that_is_not_there_is_not_kept(sit: SignIn, work: Disclosure) -> None:
    answer = save(sit("officer"), work, 9, "ไม่มีหน้านี้", headers=JSON)
    assert answer.status_code == 409
    assert "ไม่มีหน้า 9" in answer.json()["why"]


def panel(client: Client, made: Disclosure) -> str:
    return client.get(reverse("files", kwargs={"ref": made.ref})).content.decode()


def progress(client: Client, made: Disclosure) -> dict[str, Any]:
    state: dict[str, Any] = client.get(reverse("files_progress", kwargs={"ref": made.ref})).json()
    return state


def test_how_far_the_machine_is_stands_beside_the_file(sit: SignIn, work: Disclosure) -> None:
    officer = sit("officer")
    before = progress(officer, work)
    assert before["files"] == [{"slot": "main", "percent": 50, "words": "กำลังอ่านหน้า 2 จาก 2"}]
    assert before["is_busy"]
    assert "กำลังอ่านหน้า 2 จาก 2" in panel(officer, work)
    assert 'data-busy="yes"' in panel(officer, work)

    finish_reading(
        page=PageReading.objects.get(number=2), text="สอง", confidence=0.9, words=[], at=NOW
    )

    after = progress(officer, work)
    assert not after["is_busy"]
    assert after["mark"] != before["mark"]
    assert "data-busy" not in panel(officer, work)


def test_pages_that_the_machine_gave_up_are_named(sit: SignIn, work: Disclosure) -> None:
    broken = PageReading.objects.get(number=2)
    for _attempt in range(3):
        begin_reading(page=broken)
        fail_reading(page=broken, problem="timeout", at=NOW)
    assert "ระบบอ่านไม่ได้: หน้า 2" in panel(sit("officer"), work)


def test_what_was_taken_out_of_a_photograph_is_told(sit: SignIn, people: dict[str, Actor]) -> None:
    made = draft(people["officer"])
    photograph = stored_file("ภาพ.jpg", media_type="image/jpeg", notes=["position", "unknown"])
    attach(disclosure=made, file=photograph, slot="main", by=people["officer"], at=NOW)
    assert "ลบพิกัดที่ถ่ายภาพออกแล้ว" in panel(sit("officer"), made)


def test_a_file_that_waits_for_the_scanner_is_told(sit: SignIn, people: dict[str, Actor]) -> None:
    made = draft(people["officer"])
    waiting = stored_file("รอ.pdf", state=FileState.RECEIVED)
    attach_when_clean(disclosure=made, file=waiting, by=people["officer"], at=NOW)
    officer = sit("officer")
    assert "รอ.pdf: รอโปรแกรมตรวจไวรัส" in panel(officer, made)
    assert progress(officer, made)["is_busy"]


def test_others_do_not_learn_how_far_a_file_is(sit: SignIn, work: Disclosure) -> None:
    where = reverse("files_progress", kwargs={"ref": work.ref})
    assert sit("neighbour").get(where).status_code == 403


@pytest.fixture
def read_scan(people: dict[str, Actor]) -> Disclosure:
    made = draft(people["officer"])
    scan(made, people["officer"], pages=1)
    return made


def test_a_searchable_copy_takes_the_place_of_the_scan_and_gives_it_back(
    sit: SignIn, read_scan: Disclosure
) -> None:
    officer, original = sit("officer"), read_scan.attachments.get().file
    officer.post(address("make_searchable", read_scan))
    made = read_scan.attachments.present().get().file
    assert (made.derivation, made.derived_from) == (Derivation.SEARCHABLE, original)
    assert "นำไฟล์สแกนเดิมกลับมา" in panel(officer, read_scan)
    assert (
        ">ประกาศงบฯ</textarea>"
        in officer.get(address("check_page", read_scan, number=1)).content.decode()
    )

    officer.post(address("original_file", read_scan))

    assert read_scan.attachments.present().get().file == original


def test_a_copy_that_was_made_is_used_again(sit: SignIn, read_scan: Disclosure) -> None:
    officer = sit("officer")
    for _time in range(2):
        officer.post(address("make_searchable", read_scan))
        officer.post(address("original_file", read_scan))
    assert StoredFile.objects.filter(derivation=Derivation.SEARCHABLE).count() == 1


def test_no_copy_is_made_of_a_scan_that_is_being_read(sit: SignIn, work: Disclosure) -> None:
    answer = sit("officer").post(address("make_searchable", work), follow=True)
    assert "ระบบยังอ่านไม่ครบทุกหน้า" in answer.content.decode()
    assert not StoredFile.objects.filter(derivation=Derivation.SEARCHABLE).exists()


def test_what_was_covered_does_not_come_back_with_the_original(
    sit: SignIn, people: dict[str, Actor]
) -> None:
    made = draft(people["officer"])
    covered = stored_file(derived_from=stored_file(text="ความลับ"), derivation=Derivation.REDACTED)
    attach(disclosure=made, file=covered, slot="main", by=people["officer"], at=NOW)
    assert sit("officer").post(address("original_file", made)).status_code == 404
    assert made.attachments.present().get().file == covered


def test_approvers_and_screeners_read_the_text_that_goes_out(
    sit: SignIn, work: Disclosure, people: dict[str, Actor]
) -> None:
    officer, stored = sit("officer"), work.attachments.get().file
    compare_all(officer, work)
    officer.post(address("vouch_for_text", work))
    move_stage(disclosure=work, to=Stage.SCREENING, by=people["officer"], at=NOW)
    where = reverse("read_text", kwargs={"file_id": stored.pk})
    text = sit("screener").get(f"{where}?text={promised(work)}").content.decode()
    assert "หน้าสอง</div>" in text
    assert "ตรวจกับภาพแล้วโดย" in text
    assert "อ่านโดยเครื่อง ยังไม่ได้ตรวจ" in sit("screener").get(where).content.decode()


@pytest.mark.parametrize("named", ["0" * 64, "x", "' OR 1=1"])
def test_a_text_that_nobody_vouched_for_is_not_found(
    sit: SignIn, work: Disclosure, named: str
) -> None:
    where = reverse("read_text", kwargs={"file_id": work.attachments.get().file.pk})
    assert sit("officer").get(where, {"text": named}).status_code == 404


def test_the_text_of_a_file_of_others_is_private(sit: SignIn, work: Disclosure) -> None:
    where = reverse("read_text", kwargs={"file_id": work.attachments.get().file.pk})
    assert sit("neighbour").get(where).status_code == 403
