"""What the papers of one submission say, from the first endorsement to the proof."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from prongsai.approval.actions import decide
from prongsai.approval.models import Submission
from prongsai.approval.states import Verdict
from prongsai.letters.documents import Letter
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Unit
from prongsai.organisation.queries import actor_for
from prongsai.publication.actions import publish
from prongsai.publication.models import Paper
from prongsai.publication.papers.making import CannotMake, draft_of, letter_of, make
from prongsai.publication.papers.queries import next_due, open_paper, papers_of, without_number
from prongsai.publication.papers.states import PaperKind
from prongsai.record.models import Entry
from prongsai.record.states import Action
from tests.approval.factories import endorse, submitted
from tests.factories import NOW, TODAY, acting, holder, post
from tests.publication.factories import LATER, act, drafted, published, ready
from tests.publication.papers.conftest import Said

pytestmark = pytest.mark.django_db(databases=["default", "record"])
Read = Callable[[Letter], Said]
People = dict[str, Actor]
CLERK = Actor.system("test")
MEMO, FORM, PROOF = PaperKind.MEMORANDUM, PaperKind.REQUEST_FORM, PaperKind.PROOF


@pytest.fixture(autouse=True)
def letters(people: People) -> None:
    Unit.objects.filter(code="academic").update(letter_code="ตง 52008")


def made(submission: Submission, kind: PaperKind) -> Paper:
    submission.refresh_from_db()
    draft = draft_of(submission=submission, kind=kind, by=CLERK, at=LATER)
    return make(draft=draft, by=CLERK, at=LATER)


def remand(submission: Submission, by: Actor, verdict: str, reason: str) -> None:
    decide(
        submission=submission, verdict=verdict, reason=reason, by=by, at=NOW,
        content_hash_seen=submission.content_hash,
    )  # fmt: skip


def test_the_memorandum_shows_the_way_that_it_has_gone(people: People, read: Read) -> None:
    submission = submitted(people, disclosure=drafted(people, title="ปิดถนนพระราม 6"))
    endorse(submission, people["head"])

    said = read(letter_of(submission, MEMO))

    assert "บันทึกข้อความ ระหว่างพิจารณา" in said
    assert "ส่วนราชการ ฝ่ายแผน กองวิชาการ" in said
    assert "เรื่อง ขออนุญาตเผยแพร่ข้อมูลข่าวสารผ่านเว็บไซต์ของ" in said
    assert "ปิดถนนพระราม ๖" in said
    assert "เรียน หัวหน้าฝ่าย" in said
    assert "๑ หลักเกณฑ์.txt" in said
    assert "เรียน ผู้อำนวยการกอง เพื่อโปรดพิจารณา เห็นควรอนุญาตตามที่เสนอ" in said
    assert f"({people['head'].name}) หัวหน้าฝ่าย ๒๓ พฤศจิกายน ๒๕๖๙" in said


def test_the_last_word_permits_and_the_paper_is_complete(people: People, read: Read) -> None:
    submission = ready(people)

    said = read(letter_of(submission, MEMO))

    assert "ระหว่างพิจารณา" not in said
    assert said.count("เห็นควรอนุญาตตามที่เสนอ") == len(submission.steps) - 1
    assert "อนุญาตตามที่เสนอ ลงนามทางอิเล็กทรอนิกส์" in said


def test_a_remand_stays_on_the_paper(people: People, read: Read) -> None:
    submission = submitted(people)
    endorse(submission, people["head"])
    remand(submission, people["director"], Verdict.REMAND_ONE_STEP, "ขอให้ทบทวนวันที่")
    endorse(submission, people["head"])
    remand(submission, people["director"], Verdict.REMAND_TO_START, "แก้ชื่อถนน")

    said = read(letter_of(submission, MEMO))

    assert "เรียน หัวหน้าฝ่าย ส่งเรื่องกลับให้พิจารณาทบทวน ขอให้ทบทวนวันที่" in said
    assert "เรียน เจ้าหน้าที่ ส่งเรื่องคืนผู้เสนอเพื่อแก้ไข แก้ชื่อถนน" in said
    assert said.count("เห็นควรอนุญาตตามที่เสนอ") == 2


def test_whoever_stands_in_signs_with_own_post_capacity_and_order(
    people: People, read: Read
) -> None:
    person = holder("legal-officer")
    acting(person=person, post=post("head"))
    submission = submitted(people)
    endorse(submission, actor_for(person, post_code="head", on=TODAY))

    said = read(letter_of(submission, MEMO))

    assert (
        f"({person.full_name}) ตำแหน่ง legal-officer รักษาราชการแทน หัวหน้าฝ่าย "
        "ตามคำสั่งที่ ๗๔๕/๒๕๖๙ ลงวันที่ ๒๘ กันยายน ๒๕๖๙"
    ) in said


def test_an_act_on_what_is_public_explains_itself(people: People, read: Read) -> None:
    disclosure, entry = published(people)
    submission = act(people, disclosure, Action.WITHDRAWN)

    said = read(letter_of(submission, MEMO))

    assert "ขออนุญาตยกเลิกการใช้ข้อมูลข่าวสารบนเว็บไซต์ของ" in said
    assert "มีฉบับใหม่แทน" in said
    assert "๒๕๖๙-๐๐๐๐๑" in said
    assert entry.number == "2569-00001"


def test_the_form_names_who_gave_who_permitted_and_who_published(
    people: People, read: Read
) -> None:
    webmaster = holder("webmaster", roles=["webmaster"])
    submission = ready(people)
    publish(submission_ref=submission.ref, at=LATER)
    submission.refresh_from_db()

    said = read(letter_of(submission, FORM))

    for part in (
        "แบบขอเผยแพร่ข้อมูลข่าวสารผ่านเว็บไซต์",
        "หัวข้อ",
        "รายละเอียดข้อมูล",
        "ลิงก์ภายนอก ไม่มี",
        "๑ หลักเกณฑ์.txt",
        f"ผู้รับผิดชอบการให้ข้อมูล ลงนามทางอิเล็กทรอนิกส์ ({people['officer'].name}) เจ้าหน้าที่",
        "ผู้รับผิดชอบการนำข้อมูลขึ้นเผยแพร่ ระบบนำขึ้นเผยแพร่เมื่อ",
        webmaster.full_name,
    ):
        assert part in said
    assert "ระหว่างพิจารณา" not in said


def test_before_anybody_has_permitted_the_form_has_empty_places(people: People, read: Read) -> None:
    said = read(letter_of(submitted(people), FORM))

    assert "ระหว่างพิจารณา" in said
    assert "ผู้อนุมัติรับรอง ()" in said


def test_the_proof_says_what_where_when_and_by_which_hashes(
    people: People, read: Read, settings: Any
) -> None:
    settings.PORTAL_URL = "https://tangjai.example"
    disclosure, entry = published(people)
    submission = Submission.objects.get(disclosure=disclosure)

    said = read(letter_of(submission, PROOF))

    file = submission.revision.content["files"][0]
    for part in (
        "หลักฐานการเผยแพร่ข้อมูลข่าวสาร",
        "ฉบับที่ ๑",
        "วันและเวลา ๒๓ พฤศจิกายน ๒๕๖๙ เวลา ๑๑.๐๐ น.",
        "ลำดับในสมุดทะเบียน ๐",
        entry.edition_id,
        entry.leaf_hash,
        file["sha256"],
        "https://tangjai.example/p/2569-00001/",
    ):
        assert part in said


def test_a_paper_is_kept_under_its_hash_and_the_trail_says_so(people: People) -> None:
    paper = made(ready(people), MEMO)

    with open_paper(paper) as stream:
        said = Said(stream.read())
    details = Act.objects.get(verb="make_paper").details
    assert paper.number == "ตง 52008/1"
    assert "ที่ ตง ๕๒๐๐๘/๑" in said
    assert (details["sha256"], details["number"]) == (paper.sha256, paper.number)


def test_making_a_paper_again_keeps_the_first(people: People) -> None:
    submission = ready(people)

    papers = [made(submission, MEMO), made(submission, MEMO)]

    assert papers[0] == papers[1]
    assert Act.objects.filter(verb="make_paper").count() == 1


def test_what_may_still_change_is_not_kept(people: People) -> None:
    submission = submitted(people)

    with pytest.raises(CannotMake, match="ยังไม่ครบขั้นตอน"):
        made(submission, MEMO)

    assert not Paper.objects.exists()


def test_a_title_that_no_font_has_is_refused_with_the_sign(people: People) -> None:
    submission = ready(people)
    submission.revision.content["title"] = "ยินดี 😀"
    draft = draft_of(submission=submission, kind=MEMO, by=CLERK, at=LATER)

    with pytest.raises(CannotMake, match="😀"):
        make(draft=draft, by=CLERK, at=LATER)


def test_papers_are_due_one_after_the_other(people: People) -> None:
    submission = ready(people)
    assert list(without_number(at=LATER)) == [submission]
    assert next_due(at=LATER) == (submission, MEMO)

    made(submission, MEMO)
    assert next_due(at=LATER) is None

    publish(submission_ref=submission.ref, at=LATER)
    assert next_due(at=LATER) == (submission, FORM)
    made(submission, FORM)
    assert next_due(at=LATER) == (submission, PROOF)
    made(submission, PROOF)
    assert next_due(at=LATER) is None
    assert not without_number(at=LATER).exists()
    assert [each.paper is not None for each in papers_of([submission])] == [True, True, True]


def test_what_is_old_is_made_only_when_asked_for(people: People) -> None:
    submission = ready(people)
    much_later = LATER + timedelta(days=31)

    assert next_due(at=much_later) is None
    assert not without_number(at=much_later).exists()
    assert [(each.kind, each.is_complete) for each in papers_of([submission])] == [
        (MEMO, True),
        (FORM, False),
    ]


def test_a_submission_without_an_entry_has_no_proof(people: People) -> None:
    with pytest.raises(Entry.DoesNotExist):
        letter_of(ready(people), PROOF)
