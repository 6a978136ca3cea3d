"""Sending for approval, and deciding on a phone in a hurry."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from prongsai.approval.models import Decision, Submission
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Person
from prongsai.organisation.states import RoleCode
from tests.approval.factories import draft, submitted
from tests.approval.published import published
from tests.factories import acting, post
from tests.office.conftest import SignIn, signed_in
from tests.office.factories import attached, save

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def place(name: str, disclosure: Disclosure) -> str:
    return reverse(name, kwargs={"ref": disclosure.ref})


def page_of(submission: Submission) -> str:
    return reverse("decide", kwargs={"ref": submission.ref})


def verdict(submission: Submission, **changes: str) -> dict[str, str]:
    plain = {"verdict": "endorse", "post": "head", "content_hash": submission.content_hash}
    return plain | {"reason": ""} | changes


def test_the_way_and_todays_people_are_shown_before_anything_is_sent(
    people: dict[str, Actor], sit: SignIn
) -> None:
    disclosure = draft(people["officer"])
    page = sit("officer").get(place("submit", disclosure)).content.decode()
    assert "หัวหน้าฝ่าย" in page
    assert people["head"].name in page
    assert people["director"].name in page
    assert Disclosure.objects.get(pk=disclosure.pk).stage == Stage.WRITING


def test_a_vacant_post_is_named_before_sending(people: dict[str, Actor], sit: SignIn) -> None:
    Appointment.objects.filter(post__code="director").delete()
    page = sit("officer").get(place("submit", draft(people["officer"]))).content.decode()
    assert "วันนี้ไม่มีผู้ดำรงตำแหน่งหรือรักษาราชการแทน ผู้อำนวยการกอง" in page


def test_missing_fields_are_listed_and_nothing_is_sent(
    people: dict[str, Actor], sit: SignIn
) -> None:
    disclosure = draft(people["officer"], kind="knowledge", source="")
    client = sit("officer")
    assert "ยังไม่ได้อ้างแหล่งที่มา" in client.get(place("submit", disclosure)).content.decode()
    client.post(place("submit", disclosure), {"urgency": "normal"})
    assert not Submission.objects.exists()


def test_a_clean_work_goes_straight_to_the_first_approver(
    people: dict[str, Actor], sit: SignIn
) -> None:
    disclosure = draft(people["officer"])
    words = {"urgency": "urgent", "publish_date": "1 ธันวาคม 2599", "publish_time": "08:30"}
    sit("officer").post(place("submit", disclosure), words)
    submission = Submission.objects.get()
    assert submission.publish_after == datetime(2056, 12, 1, 1, 30, tzinfo=UTC)
    assert submission.urgency == "urgent"
    page = sit("director").get("/office/").content.decode()
    assert page_of(submission) in page
    assert "เร่งด่วน" in page


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"publish_time": "23:30"}, "ใส่เวลาแล้วแต่ไม่มีวันที่"),
        ({"publish_date": "1 มกราคม 2569"}, "วันที่จะเผยแพร่ผ่านมาแล้ว"),
        ({"publish_date": "31 กุมภาพันธ์ 2599", "publish_time": "23:30"}, "31 กุมภาพันธ์"),
    ],
)
def test_a_moment_that_cannot_be_meant_is_not_taken_for_at_once(
    people: dict[str, Actor], sit: SignIn, words: dict[str, str], sentence: str
) -> None:
    disclosure = draft(people["officer"])
    answer = sit("officer").post(
        place("submit", disclosure), {"urgency": "normal", **words}, follow=True
    )

    assert sentence in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_withdrawal_asks_from_when_it_is_withdrawn(people: dict[str, Actor], sit: SignIn) -> None:
    address = reverse("propose", kwargs={"ref": published(people).ref, "action": "withdrawn"})
    page = sit("officer").get(address).content.decode()

    assert "ยกเลิกตั้งแต่วันที่" in page
    assert "เผยแพร่ตั้งแต่วันที่" not in page


def test_the_trail_of_a_work_says_what_was_decided(people: dict[str, Actor], sit: SignIn) -> None:
    submission = submitted(people)
    words = {
        "verdict": "remand_to_start",
        "content_hash": submission.content_hash,
        "reason": "ขาดไฟล์",
    }
    sit("head").post(page_of(submission), words | {"post": "head"})
    page = sit("officer").get(place("work", submission.disclosure)).content.decode()

    assert "พิจารณา: ส่งกลับผู้เสนอ" in page
    assert "ขาดไฟล์" in page


def test_whoever_decides_a_recall_is_told_what_the_public_will_see(
    people: dict[str, Actor], sit: SignIn
) -> None:
    wish = {"action": "recalled", "explanation": "เปิดเผยไม่ได้", "recall_reason": "rights"}
    submission = submitted(people, disclosure=published(people), **wish)

    page = sit("director").get(page_of(submission)).content.decode()

    assert "เนื้อหาที่จะถูกลบ" in page
    assert "เนื้อหาตามที่ประชาชนจะเห็น" not in page


def test_a_submission_is_taken_back_by_its_unit(people: dict[str, Actor], sit: SignIn) -> None:
    submission = submitted(people)
    sit("officer").post(place("take_back", submission.disclosure), {"reason": "ลืมแนบไฟล์"})
    submission.refresh_from_db()
    assert submission.state == SubmissionState.RECALLED


def test_the_decider_reads_content_files_and_the_chain(
    people: dict[str, Actor], sit: SignIn
) -> None:
    disclosure = draft(people["officer"])
    stored = attached(disclosure, people["officer"])
    submission = submitted(people, disclosure=disclosure)
    page = sit("head").get(page_of(submission)).content.decode()
    assert 'class="edition-body"' in page
    assert reverse("file", kwargs={"file_id": stored.pk}) in page
    assert people["director"].name in page
    assert "ลงนามเห็นชอบ" in page
    whole = sit("director").get(reverse("submitted_content", kwargs={"ref": submission.ref}))
    assert "sandbox" in whole.headers["Content-Security-Policy"]


def test_two_endorsements_approve_and_the_trail_names_both(
    people: dict[str, Actor], sit: SignIn
) -> None:
    submission = submitted(people)
    sit("head").post(page_of(submission), verdict(submission))
    sit("director").post(page_of(submission), verdict(submission, post="director"))
    submission.refresh_from_db()
    assert submission.state == SubmissionState.APPROVED
    page = sit("officer").get(place("work", submission.disclosure)).content.decode()
    assert {name for name in ("head", "director") if people[name].name in page} == {
        "head",
        "director",
    }


def test_a_double_click_signs_once(people: dict[str, Actor], sit: SignIn) -> None:
    submission, client = submitted(people), sit("head")
    answers = [client.post(page_of(submission), verdict(submission)) for _again in range(2)]
    assert Decision.objects.count() == 1
    assert answers[0].status_code == 302


def test_a_page_that_shows_other_content_signs_nothing(
    people: dict[str, Actor], sit: SignIn
) -> None:
    submission = submitted(people)
    words = verdict(submission, content_hash="0" * 64)
    answer = sit("head").post(page_of(submission), words, follow=True)
    assert "ฉบับที่ท่านเปิดอ่านไม่ใช่ฉบับที่เสนอ" in answer.content.decode()
    assert not Decision.objects.exists()


def test_sending_back_needs_a_reason_which_reaches_the_writer(
    people: dict[str, Actor], sit: SignIn
) -> None:
    submission, head = submitted(people), sit("head")
    words = verdict(submission, verdict="remand_to_start")
    assert "ยังไม่ได้บอกเหตุผล" in head.post(page_of(submission), words, follow=True).content.decode()
    head.post(page_of(submission), words | {"reason": "แก้วันที่ในย่อหน้าแรก"})
    page = sit("officer").get("/office/").content.decode()
    assert "หัวหน้าฝ่าย: แก้วันที่ในย่อหน้าแรก" in page


def test_a_contributor_sees_why_they_cannot_decide(people: dict[str, Actor], sit: SignIn) -> None:
    submission = submitted(people)
    Submission.objects.update(submitted_by=people["head"].person_id)
    page = sit("head").get(page_of(submission)).content.decode()
    assert "ท่านมีส่วนเขียน แนบไฟล์ หรือเป็นผู้ส่งเรื่องนี้" in page
    assert "ลงนามเห็นชอบ" not in page


def test_a_signature_after_five_minutes_asks_for_the_password_and_then_carries_on(
    people: dict[str, Actor], sit: SignIn
) -> None:
    submission = submitted(people)
    sit("head")
    head = Person.objects.get(pk=people["head"].person_id)
    head.set_password("กขค-long-enough-1")
    head.save()
    client = signed_in(head, seconds_ago=301)
    asked = client.post(page_of(submission), verdict(submission))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not Decision.objects.exists()
    client.post(asked.headers["Location"], {"password": "wrong"})
    assert not Decision.objects.exists()
    client.post(asked.headers["Location"], {"password": "กขค-long-enough-1"})
    assert Decision.objects.get().post_code == "head"


def test_who_holds_two_posts_of_a_step_chooses_one(people: dict[str, Actor], sit: SignIn) -> None:
    submission = submitted(people)
    Submission.objects.update(steps=[{"posts": ["head", "second"], "quorum": 1}])
    head = Person.objects.get(pk=people["head"].person_id)
    acting(person=head, post=post("second", roles=[RoleCode.APPROVER], title_th="ตำแหน่งที่สอง"))
    client = sit("head")
    assert '<option value="second">' in client.get(page_of(submission)).content.decode()
    client.post(page_of(submission), verdict(submission, post="second"))
    decision = Decision.objects.get()
    assert (decision.post_code, decision.capacity) == ("second", "acting")
    assert decision.acting_order == "ตามคำสั่งที่ 745/2569 ลงวันที่ 28 กันยายน 2569"


def test_a_correction_shows_what_changed(people: dict[str, Actor], sit: SignIn) -> None:
    disclosure, officer = published(people), sit("officer")
    officer.post(place("correct", disclosure))
    save(officer, disclosure, summary="สรุปที่แก้แล้ว")
    words = {"urgency": "normal", "significance": "minor", "change_note": "แก้คำสรุป"}
    officer.post(place("submit", disclosure), words)
    submission = Submission.objects.get()
    page = sit("head").get(page_of(submission)).content.decode()
    assert "สิ่งที่เปลี่ยนจากฉบับที่เผยแพร่อยู่" in page
    assert "แก้คำสรุป" in page
    assert "<ins>" in page


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("withdrawn", {"explanation": "ใช้ประกาศใหม่แทน"}),
        ("recalled", {"explanation": "มีเลขบัตรประชาชน", "recall_reason": "personal_data"}),
    ],
)
def test_acts_on_what_is_public_go_through_a_chain_too(
    people: dict[str, Actor], sit: SignIn, action: str, words: dict[str, str]
) -> None:
    disclosure, client = published(people), sit("officer")
    place = reverse("propose", kwargs={"ref": disclosure.ref, "action": action})
    assert "คำอธิบายต่อประชาชน" in client.get(place).content.decode()
    assert client.post(place, {"urgency": "normal"}).status_code == 422
    client.post(place, {"urgency": "normal"} | words)
    assert Submission.objects.get().action == action


def test_a_refused_proposal_keeps_what_was_typed(people: dict[str, Actor], sit: SignIn) -> None:
    place = reverse("propose", kwargs={"ref": published(people).ref, "action": "consolidated"})
    words = {"urgency": "urgent", "redirect_number": "2569-99999", "explanation": "รวมไว้ที่เดียว"}
    answer = sit("officer").post(place, words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="2569-99999"' in page
    assert "รวมไว้ที่เดียว</textarea>" in page
    assert 'value="urgent" checked' in page
    assert page.count("เลขที่ปลายทางไม่ใช่รายการอื่นที่ใช้อยู่") == 1
    assert 'id="id_redirect_number_error"' in page
    assert not Submission.objects.exists()


def test_any_other_refusal_of_a_proposal_is_told_above_the_form(
    people: dict[str, Actor], sit: SignIn
) -> None:
    disclosure, client = published(people), sit("officer")
    place = reverse("propose", kwargs={"ref": disclosure.ref, "action": "restored"})
    answer = client.post(place, {"urgency": "normal", "explanation": "นำกลับมา"})
    assert answer.status_code == 422
    assert "ซึ่งทำการนี้ไม่ได้" in answer.content.decode()
    assert "นำกลับมา</textarea>" in answer.content.decode()


@pytest.mark.parametrize("action", ["published", "corrected", "expired", "nonsense"])
def test_only_acts_on_what_is_public_are_proposed(
    people: dict[str, Actor], sit: SignIn, action: str
) -> None:
    place = reverse("propose", kwargs={"ref": published(people).ref, "action": action})
    assert sit("officer").get(place).status_code == 404


def test_the_published_list_shows_number_state_and_what_may_follow(
    people: dict[str, Actor], sit: SignIn
) -> None:
    disclosure = published(people)
    page = sit("officer").get(reverse("published")).content.decode()
    assert "2569-00001" in page
    assert reverse("recall", kwargs={"number": disclosure.number}) in page
    assert reverse("propose", kwargs={"ref": disclosure.ref, "action": "restored"}) not in page
    assert "/p/2569-00001/" in page
    for act in ("/propose/", "/recall/"):
        assert act not in sit("auditor").get(reverse("published")).content.decode()
