"""The question about covered files on the screen from which work is sent."""

import pytest
from django.urls import reverse

from prongsai.approval.models import Submission
from prongsai.disclosures.models import Disclosure, WithheldPart
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.screening.models import CoverAnswer
from tests.office.conftest import SignIn
from tests.publication.factories import drafted
from tests.screening.redacting.factories import covered

pytestmark = pytest.mark.django_db(databases=["default", "record"])
ENTRY = {
    "extent": "table",
    "part": "ตารางราคาของผู้เสนอราคา",
    "ground": "oia-15-6",
    "reason": "ผู้เสนอราคาให้มาโดยไม่ประสงค์ให้เปิด",
    "slot": "main",
}


@pytest.fixture
def row(people: dict[str, Actor]) -> Disclosure:
    work = drafted(people)
    covered(work, people["officer"])
    return work


def send(sit: SignIn, row: Disclosure, **answer: str) -> tuple[int, str]:
    address = reverse("submit", kwargs={"ref": row.ref})
    got = sit("officer").post(address, {"urgency": "normal", **answer}, follow=True)
    return got.status_code, got.content.decode()


def test_work_with_a_covered_file_is_not_sent_before_the_question_is_answered(
    row: Disclosure, sit: SignIn
) -> None:
    status, page = send(sit, row)

    assert (status, Submission.objects.exists()) == (422, False)
    assert "ยังไม่ได้ตอบว่าส่วนที่ปิดทับต้องลงทะเบียนหรือไม่" in page
    assert "cover-main" in page


def test_one_choice_answers_and_sends(row: Disclosure, sit: SignIn) -> None:
    _status, page = send(sit, row, **{"cover-main": "personal"})

    assert "ส่งเข้าพิจารณาแล้ว" in page
    assert "ข้อมูลส่วนบุคคล" in CoverAnswer.objects.get().reason
    assert Submission.objects.get().state == "under_way"
    assert Act.objects.filter(verb="answer_cover").count() == 1


def test_an_entry_made_for_the_file_answers_and_leads_back_to_sending(
    row: Disclosure, sit: SignIn
) -> None:
    client = sit("officer")
    asked = client.get(reverse("withheld_parts", kwargs={"ref": row.ref}), {"slot": "main"})
    assert 'name="slot" value="main"' in asked.content.decode()

    answer = client.post(reverse("withheld_parts", kwargs={"ref": row.ref}), ENTRY)

    assert answer.headers["Location"] == reverse("submit", kwargs={"ref": row.ref})
    assert CoverAnswer.objects.get().part == WithheldPart.objects.get()
    assert "cover-main" not in client.get(answer.headers["Location"]).content.decode()


def test_an_entry_that_is_there_may_be_the_answer(row: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    client.post(reverse("withheld_parts", kwargs={"ref": row.ref}), {**ENTRY, "slot": ""})
    part = WithheldPart.objects.get()

    _status, page = send(sit, row, **{"cover-main": str(part.ref)})

    assert "ส่งเข้าพิจารณาแล้ว" in page
    assert CoverAnswer.objects.get().part == part


def test_a_work_without_covered_files_is_asked_nothing(
    people: dict[str, Actor], sit: SignIn
) -> None:
    _status, page = send(sit, drafted(people))
    assert "ส่งเข้าพิจารณาแล้ว" in page


def test_grounds_are_shown_and_one_of_them_takes_the_short_answer_away(
    people: dict[str, Actor], sit: SignIn
) -> None:
    work, ground = drafted(people), "มาตรา 15 (6)"
    covered(work, people["officer"], ground=ground)
    page = sit("officer").get(reverse("submit", kwargs={"ref": work.ref})).content.decode()
    assert f"เหตุผลที่เขียนไว้กับกรอบ: {ground}" in page
    assert 'value="personal"' not in page
    assert send(sit, work, **{"cover-main": "personal"})[0] == 422
    assert not CoverAnswer.objects.exists()
