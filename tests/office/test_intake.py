"""The intake screens: what is shown to whom, what a click does, and what it does not."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from prongsai.disclosures.actions import load_sections
from prongsai.disclosures.models import Disclosure
from prongsai.intake import actions
from prongsai.intake.models import Arrival, Batch
from prongsai.intake.noting import values_in
from prongsai.intake.states import ArrivalState
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome
from tests.factories import NOW
from tests.intake import factories
from tests.office.conftest import SignIn
from tests.office.factories import body

# Every page of the office counts what waits, and what must be published lies in the record.
pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
GOOD = {"title": "รับสมัครพนักงาน", "kind": "news", "section": "jobs", "unit": "plan"}


@pytest.fixture(autouse=True)
def shelves(people: People) -> None:
    load_sections(by=Actor.system("test"), at=NOW)


def address(name: str, thing: Batch | Arrival) -> str:
    return reverse(name, kwargs={"ref": thing.ref})


def sent(name: str = "ประกาศ.txt", text: str = factories.ANNOUNCEMENT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def drop(client: Client, *files: SimpleUploadedFile, **words: Any) -> Any:
    data = {"batch": str(uuid4()), "unit": "plan", "files": list(files)} | words
    headers = {"Accept": "application/json"} if words.pop("as_script", False) else {}
    return client.post(reverse("drop"), data, headers=headers)


def test_files_come_in_without_a_script(sit: SignIn) -> None:
    answer = drop(sit("officer"), sent(), sent("สอง.txt", "อีกเรื่องหนึ่ง"))
    batch = Batch.objects.get()
    assert answer.url == address("batch", batch)
    assert batch.unit.code == "plan"
    assert [each.name for each in batch.arrivals.all()] == ["ประกาศ.txt", "สอง.txt"]


def test_an_error_stands_beside_its_file_and_the_others_go_on(sit: SignIn) -> None:
    client = sit("officer")
    answer = drop(client, sent("ว่าง.pdf", ""), sent("ไม่ใช่.pdf", "MZ"), sent(), as_script=True)
    taken = answer.json()["taken"]
    assert [bool(each["refusal"]) for each in taken] == [True, True, False]
    page = client.get(taken[0]["batch"]).content.decode()
    for each in taken[:2]:
        assert each["refusal"] in page


def test_the_script_may_ask_whether_bytes_are_there(sit: SignIn, people: People) -> None:
    came = factories.arrival(people["officer"])
    question = {"unit": "plan", "sha256": came.sent_sha256}
    known = sit("officer").get(reverse("known_file"), question).json()["known"]
    assert (known["arrival"], known["is_known"]) == (str(came.ref), True)
    assert sit("neighbour").get(reverse("known_file"), question).json() == {"known": None}


@pytest.mark.parametrize("words", [{"unit": "treasury"}, {"unit": "no-such"}, {"batch": "no-uuid"}])
def test_a_forged_unit_or_batch_takes_nothing_in(sit: SignIn, words: dict[str, str]) -> None:
    assert drop(sit("officer"), sent(), **words).status_code == 404
    assert Batch.objects.count() == 0


def test_files_cannot_be_put_into_another_units_batch(sit: SignIn, people: People) -> None:
    theirs = factories.batch(people["neighbour"])
    assert drop(sit("officer"), sent(), batch=str(theirs.ref)).status_code == 403
    assert theirs.arrivals.count() == 0


ROOMS = ["batch", "batch_progress", "manifest", "manifest_report"]
VERBS = ["confirm_arrival", "keep_arrival", "decide_duplicate", "discard_arrival"]


@pytest.mark.parametrize("who", ["neighbour", "head", "screener", "auditor"])
def test_another_units_batch_is_not_seen_and_the_attempt_is_remembered(
    sit: SignIn, people: People, who: str
) -> None:
    came = factories.proposed(people["officer"])
    client = sit(who)
    for room in ROOMS:
        assert client.get(address(room, came.batch)).status_code == 403
    for verb in VERBS:
        assert client.post(address(verb, came), GOOD).status_code == 403
    assert client.get(reverse("file", kwargs={"file_id": came.file.pk})).status_code == 403
    came.refresh_from_db()
    assert came.state == ArrivalState.PROPOSED
    # What auditors send is refused before any other rule is asked.
    verbs = ["office.intake", "office.change"]
    assert Act.objects.filter(verb__in=verbs, outcome=Outcome.REFUSED).count() == 8


def test_the_own_unit_opens_its_files_and_sees_only_its_batches(
    sit: SignIn, people: People
) -> None:
    ours = factories.proposed(people["officer"])
    theirs = factories.proposed(people["neighbour"], data="เรื่องของกองคลัง")
    page = sit("officer").get(reverse("intake")).content.decode()
    assert address("batch", ours.batch) in page
    assert address("batch", theirs.batch) not in page
    opened = sit("officer").get(reverse("file", kwargs={"file_id": ours.file.pk}))
    assert body(opened) == factories.ANNOUNCEMENT.encode()


@pytest.mark.parametrize("who", ["auditor", "head"])
def test_whoever_may_not_write_finds_no_way_in(sit: SignIn, who: str) -> None:
    client = sit(who)
    assert client.get(reverse("intake")).status_code == 403
    assert reverse("intake") not in client.get(reverse("inbox")).content.decode()


def test_looking_changes_nothing(sit: SignIn, people: People) -> None:
    came = factories.proposed(people["officer"])
    client = sit("officer")
    before = Act.objects.count()
    for room in ROOMS:
        assert client.get(address(room, came.batch)).status_code == 200
    for verb in VERBS:
        assert client.get(address(verb, came)).status_code == 405
    assert client.get(address("confirm_ticked", came.batch)).status_code == 405
    assert client.get(reverse("run_manifest", kwargs={"ref": came.batch.ref})).status_code == 405
    assert Disclosure.objects.count() == 0
    assert Act.objects.count() == before


def test_a_row_shows_its_proposals_with_confidence_in_words_and_place(
    sit: SignIn, people: People
) -> None:
    came = factories.proposed(people["officer"], name="ประกาศ.pdf", data=factories.pdf())
    page = sit("officer").get(address("batch", came.batch)).content.decode()
    assert "รับสมัครพนักงานจ้างทั่วไป ประจำปีงบประมาณ พ.ศ. 2570</textarea>" in page
    assert "ค่อนข้างแน่" in page
    assert reverse("page_picture", kwargs={"file_id": came.file.pk, "number": 1}) in page
    assert "23 พฤศจิกายน 2569" in page


def test_a_file_can_be_taken_off_the_list_while_it_is_read(sit: SignIn, people: People) -> None:
    came = factories.arrival(people["officer"])
    client = sit("officer")

    assert (
        address("discard_arrival", came)
        in client.get(address("batch", came.batch)).content.decode()
    )
    client.post(address("discard_arrival", came))
    # What its reader finds afterwards brings it back to nobody.
    actions.propose_for(arrival=Arrival.objects.get())

    assert Arrival.objects.get().state == ArrivalState.DISCARDED


def test_what_is_typed_after_somebody_decided_is_refused_with_the_reason(
    sit: SignIn, people: People
) -> None:
    came = factories.proposed(people["officer"])
    actions.discard(arrival=came, by=people["officer"], at=NOW)

    answer = sit("officer").post(
        address("keep_arrival", came), GOOD, headers={"Accept": "application/json"}
    )

    assert (answer.status_code, answer.json()["kept"]) == (409, False)
    assert "นำออกแล้ว" in answer.json()["why"]
    told = sit("officer").post(address("confirm_arrival", came), GOOD, follow=True)
    assert "ตัดสินไปแล้ว: นำออกแล้ว" in told.content.decode()
    assert not Disclosure.objects.exists()


def test_a_double_click_confirms_once(sit: SignIn, people: People) -> None:
    came = factories.proposed(people["officer"])
    client = sit("officer")
    for _click in range(2):
        answer = client.post(address("confirm_arrival", came), GOOD | {"signed_date": "๒๓/๑๑/๒๕๖๙"})
        assert answer.status_code == 302
    draft = Disclosure.objects.get()
    assert draft.latest is not None
    assert draft.latest.content["official"]["signed_date"] == "2026-11-23"
    assert Act.objects.filter(verb="confirm_arrival", outcome=Outcome.DONE).count() == 1


def test_a_mistake_in_a_row_comes_back_with_what_was_typed(sit: SignIn, people: People) -> None:
    came = factories.proposed(people["officer"])
    wrong = GOOD | {"signed_date": "31 กุมภาพันธ์ 2569", "title": "ชื่อที่พิมพ์"}
    answer = sit("officer").post(address("confirm_arrival", came), wrong)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "ไม่มีวันที่ 31 กุมภาพันธ์" in page
    assert "ชื่อที่พิมพ์</textarea>" in page
    assert Disclosure.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"unit": "treasury"},
        {"kind": "no-such"},
        {"section": "no-such"},
        {"obligations": "no-such"},
        {"another_obligation": "ไม่มีข้อกำหนดนี้"},
        {"title": ""},
        {"signatories": "นายทดสอบ\n" * 21},
    ],
)
def test_a_forged_choice_makes_no_draft(
    sit: SignIn, people: People, change: dict[str, str]
) -> None:
    came = factories.proposed(people["officer"])
    answer = sit("officer").post(address("confirm_arrival", came), GOOD | change)
    assert answer.status_code == 200
    assert Disclosure.objects.count() == 0


def test_what_was_typed_survives_a_reload_and_is_no_draft(sit: SignIn, people: People) -> None:
    came = factories.proposed(people["officer"])
    client = sit("officer")
    typed = GOOD | {"title": "ชื่อค้าง", "signed_date": "เมื่อวาน"}
    answer = client.post(
        address("keep_arrival", came), typed, headers={"Accept": "application/json"}
    )
    assert answer.json() == {"kept": True}
    page = client.get(address("batch", came.batch)).content.decode()
    assert "ชื่อค้าง</textarea>" in page
    assert 'value="เมื่อวาน"' in page
    assert Disclosure.objects.count() == 0


def sure(people: People) -> Arrival:
    """An arrival of which every proposal is sure, with no warning."""
    came = factories.proposed(people["officer"])
    notes = [
        {"field": field, "value": value, "confidence": 0.9, "level": "high"}
        | {"page": 1, "excerpt": "", "doubts": []}
        for field, value in (("title", "เรื่องแน่"), ("kind", "news"), ("section", "jobs"))
    ]
    came.proposals = {"version": 1, "notes": notes, "warnings": []}
    came.save()
    return came


def test_ticked_rows_are_confirmed_only_when_the_machine_is_sure(
    sit: SignIn, people: People
) -> None:
    into = factories.batch(people["officer"])
    certain = sure(people)
    doubtful = factories.proposed(people["officer"], into=into, data="เรื่องสั้น ๆ ที่ไม่มีหัว")
    Arrival.objects.filter(pk=certain.pk).update(batch=into)
    client = sit("officer")
    client.post(address("confirm_ticked", into), {"arrival": [certain.ref, doubtful.ref]})
    certain.refresh_from_db()
    doubtful.refresh_from_db()
    assert (certain.state, doubtful.state) == (ArrivalState.CONFIRMED, ArrivalState.PROPOSED)
    assert [each.title for each in Disclosure.objects.all()] == ["เรื่องแน่"]


def test_nothing_is_ticked_beforehand_and_doubtful_rows_cannot_be(
    sit: SignIn, people: People
) -> None:
    came = factories.proposed(people["officer"], data="เรื่องสั้น ๆ ที่ไม่มีหัว")
    page = sit("officer").get(address("batch", came.batch)).content.decode()
    box = page.split(f'id="tick-{came.ref}"')[1].split(">")[0]
    assert "disabled" in box
    assert "checked" not in box


@pytest.mark.parametrize("refs", [[], ["no-uuid"], ["0b5f4a4e-8d0c-4c43-9d3b-3f6c5d1f8a11"]])
def test_forged_ticks_do_nothing(sit: SignIn, people: People, refs: list[str]) -> None:
    came = factories.proposed(people["officer"])
    answer = sit("officer").post(address("confirm_ticked", came.batch), {"arrival": refs})
    assert answer.status_code == 302
    assert Disclosure.objects.count() == 0


def test_rows_of_another_batch_are_not_confirmed_through_this_one(
    sit: SignIn, people: People
) -> None:
    own, theirs = factories.batch(people["officer"]), factories.proposed(people["neighbour"])
    sit("officer").post(address("confirm_ticked", own), {"arrival": [str(theirs.ref)]})
    theirs.refresh_from_db()
    assert theirs.state == ArrivalState.PROPOSED


def duplicate(people: People) -> tuple[Disclosure, Arrival]:
    draft = factories.confirmed(factories.proposed(people["officer"]), people["officer"])
    return draft, factories.proposed(people["officer"])


def test_a_duplicate_is_pointed_out_with_a_link_and_three_choices(
    sit: SignIn, people: People
) -> None:
    draft, came = duplicate(people)
    page = sit("officer").get(address("batch", came.batch)).content.decode()
    assert reverse("work", kwargs={"ref": draft.ref}) in page
    for choice in ("skip", "new", "correct"):
        assert f'name="choice" value="{choice}"' in page


@pytest.mark.parametrize(
    ("choice", "state"),
    [
        ("skip", ArrivalState.SKIPPED),
        ("new", ArrivalState.PROPOSED),
        ("correct", ArrivalState.CORRECTED),
        ("no-such", ArrivalState.PROPOSED),
    ],
)
def test_each_choice_does_what_it_says(
    sit: SignIn, people: People, choice: str, state: str
) -> None:
    draft, came = duplicate(people)
    data = {"choice": choice, "work": str(draft.ref)}
    assert sit("officer").post(address("decide_duplicate", came), data).status_code == 302
    came.refresh_from_db()
    assert came.state == state


@pytest.mark.parametrize("work", ["", "no-uuid", "0b5f4a4e-8d0c-4c43-9d3b-3f6c5d1f8a11"])
def test_only_what_was_pointed_out_can_be_corrected(sit: SignIn, people: People, work: str) -> None:
    _draft, came = duplicate(people)
    data = {"choice": "correct", "work": work}
    assert sit("officer").post(address("decide_duplicate", came), data).status_code == 404


def test_of_another_units_draft_only_the_unit_is_told(sit: SignIn, people: People) -> None:
    theirs = factories.proposed(people["neighbour"])
    draft = factories.confirmed(theirs, people["neighbour"], title="ความลับของกองคลัง")
    came = factories.proposed(people["officer"])
    page = sit("officer").get(address("batch", came.batch)).content.decode()
    assert "ไฟล์เดียวกันมีอยู่แล้ว" in page
    assert "ความลับของกองคลัง" not in page
    assert str(draft.ref) not in page


def test_progress_tells_what_is_still_being_read(sit: SignIn, people: People) -> None:
    came = factories.arrival(people["officer"])
    client = sit("officer")
    told = client.get(address("batch_progress", came.batch)).json()
    assert told["is_done"] is False
    assert told["arrivals"][0]["words"] == "กำลังหาข้อเสนอ"
    actions.propose_for(arrival=came)
    assert client.get(address("batch_progress", came.batch)).json()["is_done"] is True


def test_a_name_that_turns_text_round_is_shown_harmless(sit: SignIn) -> None:
    client = sit("officer")
    drop(client, sent("ใบ\u202etxt.<script>.txt"))
    page = client.get(address("batch", Batch.objects.get())).content.decode()
    assert "\u202e" not in page
    assert "<script>." not in page


MANIFEST = "ไฟล์,ชื่อเรื่อง,ประเภท,ปีงบประมาณ\nประกาศ.txt,เรื่องจากบัญชี,news,๒๕๗๐\nไม่มี.txt,ข,news,\n"


def test_a_manifest_is_looked_at_before_it_is_imported(sit: SignIn, people: People) -> None:
    came = factories.proposed(people["officer"])
    client = sit("officer")
    manifest = address("manifest", came.batch)
    client.post(manifest, {"manifest": sent("บัญชี.csv", MANIFEST)})
    page = client.get(manifest).content.decode()
    assert "ยังไม่มีไฟล์ “ไม่มี.txt” ในชุดนำเข้านี้" in page
    assert Disclosure.objects.count() == 0
    for _click in range(2):
        client.post(address("run_manifest", came.batch))
    draft = Disclosure.objects.get()
    assert draft.latest is not None
    assert (draft.title, draft.latest.content["fiscal_year"]) == ("เรื่องจากบัญชี", 2570)
    report = client.get(address("manifest_report", came.batch)).content.decode("utf-8-sig")
    assert [line.split(",")[2] for line in report.splitlines()[1:]] == ["นำเข้าไปแล้ว", "ต้องแก้"]


def test_a_manifest_fills_in_files_that_are_still_being_read(sit: SignIn, people: People) -> None:
    came = factories.arrival(people["officer"])
    client = sit("officer")
    client.post(address("manifest", came.batch), {"manifest": sent("บัญชี.csv", MANIFEST)})
    client.post(address("run_manifest", came.batch))
    came.refresh_from_db()
    assert (came.state, came.manifest_row) == (ArrivalState.CONFIRMED, 2)


def test_what_is_no_manifest_says_why(sit: SignIn, people: People) -> None:
    batch = factories.batch(people["officer"])
    client = sit("officer")
    client.post(address("manifest", batch), {"manifest": sent("บัญชี.csv", "สี,รส\nแดง,หวาน\n")})
    page = client.get(address("manifest", batch)).content.decode()
    assert "ไม่รู้จักหัวคอลัมน์" in page
    assert client.post(address("manifest", batch)).status_code == 302
    assert (
        client.post(address("run_manifest", factories.batch(people["officer"]))).status_code == 404
    )


@pytest.mark.parametrize(("form", "status"), [("csv", 200), ("xlsx", 200), ("exe", 404)])
def test_there_is_a_template_to_download(sit: SignIn, form: str, status: int) -> None:
    answer = sit("officer").get(reverse("manifest_template", kwargs={"form": form}))
    assert answer.status_code == status


def batch_with_one_in_doubt(people: People) -> tuple[Batch, Arrival, Arrival]:
    """Of two rows one was typed over by a person, the other nobody has looked at."""
    officer = people["officer"]
    into = factories.batch(officer)
    certain = factories.proposed(officer, into=into)
    actions.keep(arrival=certain, typed=GOOD, by=officer, at=NOW)
    doubtful = factories.proposed(officer, into=into, data="เรื่องสั้น ๆ ที่ไม่มีหัว")
    return into, certain, doubtful


def test_one_click_confirms_all_sure_rows_and_no_doubtful_one(sit: SignIn, people: People) -> None:
    into, certain, doubtful = batch_with_one_in_doubt(people)

    page = sit("officer").post(address("confirm_all_sure", into), follow=True).content.decode()

    certain.refresh_from_db()
    doubtful.refresh_from_db()
    assert (certain.state, doubtful.state) == (ArrivalState.CONFIRMED, ArrivalState.PROPOSED)
    assert "ยังเหลือ 1 แถวที่มีข้อต้องดู" in page
    assert doubtful.name in page


def test_a_confirmed_row_leads_to_its_draft(sit: SignIn, people: People) -> None:
    came = factories.proposed(people["officer"])
    client = sit("officer")

    page = client.post(address("confirm_arrival", came), GOOD, follow=True).content.decode()

    draft = Disclosure.objects.get()
    assert reverse("write", kwargs={"ref": draft.ref}) in page


def test_several_confirmed_rows_are_told_in_one_sentence(sit: SignIn, people: People) -> None:
    into, _certain, doubtful = batch_with_one_in_doubt(people)
    actions.keep(arrival=doubtful, typed=GOOD | {"title": "อีกเรื่อง"}, by=people["officer"], at=NOW)

    page = sit("officer").post(address("confirm_all_sure", into), follow=True).content.decode()

    assert "ทำเป็นฉบับร่างแล้ว 2 เรื่อง" in page
    assert "?show=all" in page.partition("office-messages")[2].partition("</a>")[0]


def test_a_title_with_a_hidden_number_is_typed_anew(sit: SignIn, people: People) -> None:
    came = factories.proposed(people["officer"])
    hidden = GOOD | {"title": "คำสั่งถึงผู้ถือบัตร •-••••-•••••-••-•"}

    page = sit("officer").post(address("confirm_arrival", came), hidden).content.decode()

    assert "ชื่อเรื่องยังมีเลขที่ปิดไว้" in page
    assert not Disclosure.objects.exists()


def test_one_choice_of_kind_and_section_reaches_the_rows_in_doubt_only(
    sit: SignIn, people: People
) -> None:
    officer = people["officer"]
    into = factories.batch(officer)
    chosen = factories.proposed(officer, into=into)
    actions.keep(arrival=chosen, typed=GOOD, by=officer, at=NOW)
    doubtful = factories.proposed(officer, into=into, data="เรื่องสั้น ๆ ที่ไม่มีหัว")
    client = sit("officer")

    client.post(address("place_arrivals", into), {"kind": "law", "section": "announcements"})

    chosen.refresh_from_db()
    doubtful.refresh_from_db()
    assert (chosen.given["kind"], chosen.given["section"]) == ("news", "jobs")
    assert doubtful.given == {"kind": "law", "section": "announcements"}
    assert doubtful.state == ArrivalState.PROPOSED


@pytest.mark.parametrize("sent", [{}, {"kind": "news"}, {"kind": "news", "section": "no-such"}])
def test_half_a_choice_reaches_no_row(sit: SignIn, people: People, sent: dict[str, str]) -> None:
    came = factories.proposed(people["officer"], data="เรื่องสั้น ๆ ที่ไม่มีหัว")

    page = sit("officer").post(address("place_arrivals", came.batch), sent, follow=True)

    came.refresh_from_db()
    assert came.given == {}
    assert "ยังไม่ได้ใส่ให้แถวใด" in page.content.decode()


def test_what_was_chosen_for_many_stays_chosen_when_the_row_is_typed_in(
    sit: SignIn, people: People
) -> None:
    came = factories.proposed(people["officer"])
    proposed = values_in(came.proposals)
    actions.keep(arrival=came, typed={"kind": proposed["kind"]}, by=people["officer"], at=NOW)

    sit("officer").post(address("keep_arrival", came), GOOD | {"kind": proposed["kind"]})

    came.refresh_from_db()
    assert came.given["kind"] == proposed["kind"]
