"""A covered file is sent only when somebody has said what the register of withheld parts says of it."""

import pytest

from prongsai.disclosures.actions import Withholding, show_again, withhold
from prongsai.disclosures.models import Disclosure, WithheldPart
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.screening.actions import decide_findings
from prongsai.screening.actions.deciding import Words
from prongsai.screening.models import CoverAnswer
from prongsai.screening.redacting.actions import answer_cover
from prongsai.screening.redacting.queries import cover_reasons
from prongsai.screening.redacting.refusals import CannotRedactFile
from tests.disclosures.factories import disclosure
from tests.factories import NOW, actor
from tests.screening.factories import screener, submit, with_file
from tests.screening.redacting.factories import covered

pytestmark = pytest.mark.django_db
REASON = "ปิดเฉพาะเลขประจำตัว"
ENTRY = Withholding("words", "เลขประจำตัวของผู้รับเงิน", "oia-15-5", "รุกล้ำสิทธิส่วนบุคคล")


@pytest.fixture
def officer() -> Actor:
    return actor("officer")


@pytest.fixture
def row(officer: Actor) -> Disclosure:
    work = with_file()
    covered(work, officer)
    return work


def test_a_covered_file_is_asked_about_until_a_reason_is_given(
    row: Disclosure, officer: Actor
) -> None:
    [sentence] = cover_reasons(row)
    assert row.attachments.present().get().file.name in sentence

    for _twice in range(2):
        answer_cover(disclosure=row, slot="main", reason=REASON, by=officer, at=NOW)

    assert cover_reasons(row) == []
    act = Act.objects.get(verb="answer_cover")
    assert (act.reason, act.details["slot"]) == (REASON, "main")


def test_an_entry_answers_only_as_long_as_it_is_open(row: Disclosure, officer: Actor) -> None:
    part = withhold(disclosure=row, wanted=ENTRY, by=officer, at=NOW)
    assert cover_reasons(row), "another part may have been meant"
    answer_cover(disclosure=row, slot="main", part=part.ref, by=officer, at=NOW)
    assert cover_reasons(row) == []

    show_again(disclosure=row, ref=part.ref, by=officer, at=NOW, reason="เปิดแล้ว")

    assert len(cover_reasons(row)) == 1


def test_what_a_screener_entered_for_the_file_is_not_asked_again(officer: Actor) -> None:
    work = with_file("ผู้รับบัตร 1-2345-67890-12-1")
    screening = submit(work)
    words = Words("redact_later", "ข้อมูลส่วนบุคคล", withholding=ENTRY)
    finding = screening.findings.get()
    decide_findings(finding=finding, scope="one", words=words, by=screener(), at=NOW)

    covered(work, officer)

    assert WithheldPart.objects.present().exists()
    assert cover_reasons(work) == []


def test_another_attempt_over_the_file_is_asked_about_anew(row: Disclosure, officer: Actor) -> None:
    answer_cover(disclosure=row, slot="main", reason=REASON, by=officer, at=NOW)
    covered(row, officer)
    assert len(cover_reasons(row)) == 1


def test_what_cannot_be_said_is_refused(row: Disclosure, officer: Actor) -> None:
    plain = disclosure(by=officer)
    other = withhold(disclosure=plain, wanted=ENTRY, by=officer, at=NOW)
    with pytest.raises(CannotRedactFile, match="ไม่อยู่แล้ว"):
        answer_cover(disclosure=row, slot="main", part=other.ref, by=officer, at=NOW)
    with pytest.raises(CannotRedactFile, match="เหตุใดจึงไม่ต้องลงทะเบียน"):
        answer_cover(disclosure=row, slot="main", reason=" ", by=officer, at=NOW)
    with pytest.raises(CannotRedactFile, match="ไม่ใช่ไฟล์ที่ปิดทับ"):
        answer_cover(disclosure=plain, slot="main", reason=REASON, by=officer, at=NOW)
    Disclosure.objects.filter(pk=row.pk).update(stage=Stage.DECIDING)
    with pytest.raises(CannotRedactFile, match="ไม่ใช่ไฟล์ที่ปิดทับ"):
        answer_cover(disclosure=row, slot="main", reason=REASON, by=officer, at=NOW)
    assert len(cover_reasons(row)) == 1


OTHER_GROUNDS = [
    "พ.ร.บ.ข้อมูลข่าวสารของราชการ พ.ศ. 2540 มาตรา 15 (2): ทำให้การบังคับใช้กฎหมายเสื่อมประสิทธิภาพ",
    "ตาม ม. ๑๕(๖) ผู้เสนอราคาไม่ประสงค์ให้เปิด",
    "มาตรา 14",
    "กฎหมายอื่นห้ามเผยแพร่ต่อสาธารณะ",
]
PERSONAL_GROUNDS = [
    "",
    "เลขบัตรประชาชน",
    "มาตรา 15 (5)",
    "มาตรา 150 ของข้อบัญญัติ",
    "พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 24, 26 และ 27: ข้อมูลส่วนบุคคลที่ไม่มีฐานกฎหมายให้เปิดเผย",
]


@pytest.mark.parametrize("ground", OTHER_GROUNDS)
def test_boxes_on_another_ground_are_not_answered_by_personal_data(
    officer: Actor, ground: str
) -> None:
    work = with_file()
    redaction = covered(work, officer, ground=ground)
    with pytest.raises(CannotRedactFile) as refused:
        answer_cover(disclosure=work, slot="main", reason=REASON, by=officer, at=NOW)
    assert f"“{ground}”" in str(refused.value)
    # Neither where somebody has written that answer past the act.
    CoverAnswer.objects.create(
        redaction=redaction, reason=REASON, said_at=NOW, said_by_id=officer.person_id
    )
    assert len(cover_reasons(work)) == 1


@pytest.mark.parametrize("ground", PERSONAL_GROUNDS)
def test_boxes_over_personal_data_are_answered_by_it(officer: Actor, ground: str) -> None:
    work = with_file()
    covered(work, officer, ground=ground)
    answer_cover(disclosure=work, slot="main", reason=REASON, by=officer, at=NOW)
    assert cover_reasons(work) == []
