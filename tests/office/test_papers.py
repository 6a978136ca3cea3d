"""Papers in the office: found beside the work, opened by those who may, made once, and of the year."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from prongsai.approval.models import Submission
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.publication.models import Paper
from prongsai.publication.papers.states import PaperKind
from tests.approval.factories import approved, draft, submitted
from tests.office.conftest import SignIn
from tests.office.factories import body
from tests.publication.papers.conftest import Said

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]


def at(name: str, submission: Submission, kind: str = PaperKind.MEMORANDUM) -> str:
    return reverse(name, kwargs={"ref": submission.ref, "kind": kind})


def of_work(name: str, submission: Submission) -> str:
    return reverse(name, kwargs={"ref": submission.disclosure.ref})


def test_a_memorandum_under_way_opens_as_it_stands(people: People, sit: SignIn) -> None:
    submission = submitted(people)

    answer = sit("head").get(at("submission_paper", submission))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert "inline" in answer["Content-Disposition"]
    assert "ระหว่างพิจารณา" in Said(body(answer))
    assert not Paper.objects.exists()


def test_english_readers_get_the_paper_in_thai(people: People, sit: SignIn) -> None:
    submission, client = submitted(people), sit("head")
    client.cookies["django_language"] = "en"

    said = Said(body(client.get(at("submission_paper", submission))))

    assert "ประเภทข่าวประชาสัมพันธ์" in said
    assert "อนุญาตให้เผยแพร่ข้อมูล" in said


def test_a_complete_paper_is_made_once_and_stays(people: People, sit: SignIn) -> None:
    submission, client = approved(people), sit("officer")

    for _click in range(2):
        answer = client.post(at("make_paper", submission))
        assert answer["Location"] == of_work("papers", submission)

    paper = Paper.objects.get()
    kept = body(client.get(reverse("paper", kwargs={"ref": paper.ref})))
    assert body(client.get(at("submission_paper", submission))) == kept
    assert "ระหว่างพิจารณา" not in Said(kept)


def test_a_paper_under_way_is_not_kept(people: People, sit: SignIn) -> None:
    submission, client = submitted(people), sit("officer")

    answer = client.post(at("make_paper", submission), follow=True)

    assert "ยังไม่ครบขั้นตอน" in answer.content.decode()
    assert not Paper.objects.exists()


@pytest.mark.parametrize("who", ["head", "auditor", "neighbour"])
def test_only_writers_of_the_unit_make_papers(people: People, sit: SignIn, who: str) -> None:
    submission = approved(people)

    assert sit(who).post(at("make_paper", submission)).status_code == 403
    assert sit(who).post(of_work("certify", submission)).status_code == 403
    assert not Paper.objects.exists()


def test_a_neighbour_opens_no_paper_of_another_unit(people: People, sit: SignIn) -> None:
    submission = approved(people)
    sit("officer").post(at("make_paper", submission))
    client = sit("neighbour")

    for address in (
        of_work("papers", submission),
        at("submission_paper", submission),
        reverse("paper", kwargs={"ref": Paper.objects.get().ref}),
    ):
        assert client.get(address).status_code == 403


def test_a_guessed_paper_is_not_found(people: People, sit: SignIn) -> None:
    client, submission = sit("officer"), submitted(people)

    assert client.get(reverse("paper", kwargs={"ref": uuid4()})).status_code == 404
    assert client.get(at("submission_paper", submission, "proof")).status_code == 404
    assert client.get(at("submission_paper", submission, "novel")).status_code == 404
    assert client.post(at("make_paper", submission, "novel")).status_code == 404


def test_papers_stand_beside_the_work_and_before_the_decider(people: People, sit: SignIn) -> None:
    submission = submitted(people)
    address = at("submission_paper", submission)

    for page in (of_work("work", submission), reverse("decide", kwargs={"ref": submission.ref})):
        assert address in sit("head").get(page).content.decode()


def test_work_without_papers_says_when_they_come(people: People, sit: SignIn) -> None:
    disclosure = draft(people["officer"])

    page = sit("officer").get(reverse("papers", kwargs={"ref": disclosure.ref}))

    assert "เอกสารชุดแรกเกิดขึ้นเมื่อส่งเข้าพิจารณา" in page.content.decode()


def test_what_was_never_public_is_not_certified(people: People, sit: SignIn) -> None:
    submission = approved(people)

    page = sit("officer").post(of_work("certify", submission), follow=True)

    assert "ออกหนังสือรับรองไม่ได้" in page.content.decode()


def test_the_papers_of_the_year_are_made_from_the_chart(people: People, sit: SignIn) -> None:
    ways = {"kind": PaperKind.APPOINTMENT_ORDER, "year": 2570}
    client = sit("webmaster")
    drawn = Said(body(client.get(reverse("yearly_paper", kwargs=ways))))

    client.post(reverse("make_yearly_paper", kwargs=ways))

    paper = Paper.objects.get()
    said = Said(body(client.get(reverse("paper", kwargs={"ref": paper.ref}))))
    assert "ประจำปีงบประมาณ พ.ศ. ๒๕๗๐" in drawn
    assert people["officer"].name in said
    assert f"ที่ {paper.number}" in said
    assert paper.number.startswith("1/")
    assert paper.number in client.get(reverse("papers_of_the_year")).content.decode()


def test_only_the_webmaster_makes_papers_of_the_year(people: People, sit: SignIn) -> None:
    ways = {"kind": PaperKind.FRAMEWORK, "year": 2569}
    client = sit("officer")

    assert client.post(reverse("make_yearly_paper", kwargs=ways)).status_code == 403
    assert "make/" not in client.get(reverse("papers_of_the_year")).content.decode()
    assert not Paper.objects.exists()


@pytest.mark.parametrize(("kind", "year"), [("framework", 1999), ("memorandum", 2569)])
def test_a_paper_of_no_year_is_not_found(sit: SignIn, kind: str, year: int) -> None:
    address = reverse("yearly_paper", kwargs={"kind": kind, "year": year})

    assert sit("webmaster").get(address).status_code == 404


def test_the_framework_lists_the_duties_of_the_year(people: People, sit: SignIn) -> None:
    address = reverse("yearly_paper", kwargs={"kind": "framework", "year": 2569})

    said = Said(body(sit("officer").get(address)))

    assert "กรอบการเผยแพร่ข้อมูลข่าวสารต่อสาธารณะผ่านเว็บไซต์" in said
    assert "มาตรา ๗ (๑)" in said
    assert "โครงสร้างและการจัดองค์กร" in said
    assert "จึงประกาศให้ทราบโดยทั่วกัน" in said


def test_the_office_says_how_many_duties_must_still_be_checked(sit: SignIn) -> None:
    page = sit("officer").get(reverse("papers_of_the_year") + "?year=2569").content.decode()

    assert "ยังไม่ได้เทียบกับต้นฉบับกฎหมาย" in page


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_papers_asks_the_same_number_of_questions(
    people: People, sit: SignIn, many: int, django_assert_max_num_queries: Any
) -> None:
    submission, client = submitted(people), sit("officer")
    for number in range(many):
        Paper.objects.create(
            key=f"posting_certificate:{number}", kind="posting_certificate", sha256="0" * 64, size=1,
            disclosure=submission.disclosure, title="ก", at=submission.submitted_at,
        )  # fmt: skip
    with django_assert_max_num_queries(24):
        client.get(of_work("papers", submission))


def test_a_paper_of_the_year_that_cannot_be_set_is_told_in_words(
    people: People, sit: SignIn
) -> None:
    Person.objects.filter(pk=people["officer"].person_id).update(last_name="ใจดี 😀")
    ways = {"kind": PaperKind.APPOINTMENT_ORDER, "year": 2570}
    answer = sit("webmaster").get(reverse("yearly_paper", kwargs=ways), follow=True)
    assert "จัดทำหนังสือไม่ได้" in answer.content.decode()
