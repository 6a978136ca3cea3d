"""Numbers of persons are hidden in what is only proposed; those of papers, projects and companies stay."""

import pytest

from prongsai.intake.actions import confirm
from prongsai.intake.models import Arrival
from prongsai.intake.noting import notes_in
from prongsai.office.intake import unsure_in
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.thai.masking import is_masked, mask_persons_numbers
from tests.factories import NOW
from tests.intake import factories

# Synthetic: the checksum is right, the number is nobody's.
NUMBER = "1-2345-67890-12-1"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("บัตร 1-2345-67890-12-1 ของผู้ร้อง", "บัตร •-••••-•••••-••-• ของผู้ร้อง"),
        ("บัตร ๑๒๓๔๕๖๗๘๙๐๑๒๑", "บัตร •••••••••••••"),
        ("บัตร 1 2345 67890 12 1", "บัตร • •••• ••••• •• •"),
        ("โทร 081-234-5678", "โทร •••-•••-••••"),
    ],
)
def test_a_persons_number_is_hidden_digit_by_digit(text: str, masked: str) -> None:
    assert mask_persons_numbers(text) == masked
    assert is_masked(masked)


@pytest.mark.parametrize(
    "text",
    [
        "เลขที่โครงการ 67049123456",
        "บริษัทตัวอย่าง เลขผู้เสียภาษี 0105500000000",
        "ที่ ตง 52008/306 ลงวันที่ 23 พฤศจิกายน 2569",
        "งบประมาณ 12,345,678.90 บาท",
        "โทร 075-218-017",
        "• ข้อหนึ่ง • ข้อสอง",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_persons_numbers(text) == text
    assert not is_masked(text)


@pytest.fixture
def came(db: None, officer: Actor) -> Arrival:
    text = factories.ANNOUNCEMENT.replace("พนักงานจ้างทั่วไป ประจำปี", f"ผู้ถือบัตร {NUMBER} ประจำปี")
    return factories.proposed(officer, name=f"บัตร {NUMBER}.txt", data=text)


def test_a_proposed_title_holds_no_number_and_waits_for_a_person(came: Arrival) -> None:
    [title] = [note for note in notes_in(came.proposals) if note.field == "title"]

    assert NUMBER not in str(came.proposals)
    assert is_masked(title.value)
    assert title.level != "high"
    assert "number_hidden" in [doubt.code for doubt in title.doubts]
    assert "title" in unsure_in(came)


def test_the_trail_of_an_arrival_holds_no_number(came: Arrival, officer: Actor) -> None:
    confirm(
        arrival=came, content=factories.content(came), accepted={"title": "ก"}, by=officer, at=NOW
    )
    acts = Act.objects.filter(verb__in=["take_in", "confirm_arrival"])
    assert acts.count() == 2
    assert all(NUMBER not in f"{each.details}{each.reason}" for each in acts)
