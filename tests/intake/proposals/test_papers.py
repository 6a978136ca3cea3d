"""Papers of every kind, typed in Thai or Arabic digits: what is proposed for each field."""

from datetime import date
from typing import Any

import pytest

from prongsai.intake.proposals.propose import propose
from prongsai.intake.proposals.values import Proposals
from prongsai.intake.proposals.words import table
from prongsai.obligations.queries import obligations, offered
from prongsai.thai.digits import to_arabic, to_thai
from tests.intake.proposals import samples
from tests.intake.proposals.samples import page

# Lists and standards that newer ones have followed.
PAST = (*(f"ita-oit-{year}" for year in range(2564, 2569)), "gws-2.0")
FIELDS: dict[str, dict[str, Any]] = {
    "MEMO": {
        "type": "memo",
        "number": "ตง 52003/147",
        "subject": "ขออนุมัติเผยแพร่แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2569",
        "unit": "กองยุทธศาสตร์และงบประมาณ ฝ่ายแผนงาน",
        "typed": date(2026, 1, 8),
        "signed": date(2026, 1, 9),
        "signers": [
            ("นางสาวอรุณี แสงทอง", "นักวิเคราะห์นโยบายและแผนชำนาญการ", ""),
            ("นายประเสริฐ ไกรทอง", "รองปลัดเทศบาล", "รักษาราชการแทน ปลัดเทศบาลตำบลบ้านควนใหม่"),
        ],
        "year": 2569,
        "shelf": ("procurement", "procurement-plans"),
        "duty": "proc-plan",
    },
    "ANNOUNCEMENT": {
        "type": "announcement",
        "subject": "หลักเกณฑ์การใช้สนามกีฬาของเทศบาลตำบลบ้านควนใหม่และการเก็บค่าบำรุง สถานที่ในวันหยุดราชการ",
        "unit": "เทศบาลตำบลบ้านควนใหม่",
        "signed": date(2026, 1, 15),
        "in_force": date(2026, 2, 1),
        "published": date(2026, 1, 15),
        "signers": [("นายวิเชียร พูนสุข", "นายกเทศมนตรีตำบลบ้านควนใหม่", "")],
        "year": 2569,
        "shelf": ("law", "announcements"),
    },
    "ORDER": {
        "type": "order",
        "number": "745/2569",
        "subject": "แต่งตั้งคณะทำงานขับเคลื่อนจริยธรรม",
        "unit": "เทศบาลเมืองนาป่า",
        "signed": date(2026, 3, 2),
        "in_force": date(2026, 3, 2),
        "signers": [("นายธวัชชัย จันทร์ส่อง", "ปลัดเทศบาล", "ปฏิบัติหน้าที่ นายกเทศมนตรีเมืองนาป่า")],
        "year": 2569,
        "shelf": ("law", "announcements"),
    },
    "BY_LAW": {
        "type": "by_law",
        "subject": "การกำจัดสิ่งปฏิกูลและมูลฝอย พ.ศ. 2569",
        "unit": "เทศบาลตำบลบ้านควนใหม่",
        "signed": date(2026, 2, 20),
        "in_force": date(2026, 2, 21),
        "published": date(2026, 2, 20),
        "signers": [("นายวิเชียร พูนสุข", "นายกเทศมนตรีตำบลบ้านควนใหม่", "")],
        "year": 2569,
        "shelf": ("law", "ordinances"),
        "duty": "oia-7-4",
    },
    "CONTRACT": {
        "type": "contract",
        "number": "12/2569",
        "subject": "สัญญาจ้างก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านควน",
        "unit": "เทศบาลตำบลบ้านควนใหม่",
        "signed": date(2026, 1, 14),
        "signers": [
            ("นายวิเชียร พูนสุข", "ผู้ว่าจ้าง", ""),
            ("นางสาวดวงใจ ทางดี", "ผู้รับจ้าง", ""),
            ("นายมานะ เพียรดี", "พยาน", ""),
        ],
        "year": 2569,
        "shelf": ("procurement", "contracts"),
        "duty": "proc-contract",
    },
    "SKR1": {
        "type": "skr1",
        "subject": "สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน ตุลาคม 2568",
        "unit": "เทศบาลตำบลบ้านควนใหม่",
        "typed": date(2025, 11, 5),
        "year": 2569,
        "period": "ตุลาคม 2568",
        "shelf": ("procurement", "monthly-summaries"),
        "duty": "proc-monthly",
    },
    "PLAN": {
        "type": "plan",
        "subject": "แผนปฏิบัติการป้องกันการทุจริต",
        "unit": "เทศบาลเมืองนาป่า",
        "year": 2569,
        "shelf": ("information", "integrity"),
        "duty": "ita-oit-2569-o23",
    },
    "REPORT": {
        "type": "report",
        "subject": "รายงานผลการดำเนินงานประจำปี ประจำปีงบประมาณ พ.ศ. 2568 รอบ 6 เดือนแรก",
        "unit": "เทศบาลเมืองนาป่า",
        "year": 2568,
        "period": "รอบ 6 เดือนแรก",
        "shelf": ("information", "results"),
        "duty": "ita-oit-2569-o7",
    },
    "MINUTES": {
        "type": "minutes",
        "number": "2/2569",
        "subject": "รายงานการประชุมสภาเทศบาลเมืองนาป่า สมัยสามัญ สมัยที่ 1 ครั้งที่ 2/2569",
        "unit": "สภาเทศบาลเมืองนาป่า",
        "signers": [("นางวันดี มีสุข", "ผู้จดรายงานการประชุม", "")],
        "shelf": ("information", "results"),
    },
    "LETTER": {
        "type": "letter",
        "number": "ตง 52003/ว 306",
        "subject": "ขอความร่วมมือสำรวจข้อมูล",
        "unit": "เทศบาลตำบลบ้านควนใหม่",
        "typed": date(2026, 1, 20),
        "signers": [("นายวิเชียร พูนสุข", "นายกเทศมนตรีตำบลบ้านควนใหม่", "")],
        "year": 2569,
        "urgency": "ด่วนที่สุด",
        "shelf": ("dataset", "other"),
    },
}


def arabic(value: str | None) -> str | None:
    return to_arabic(value) if value else value


def found(proposals: Proposals) -> dict[str, Any]:
    """The values alone, in Arabic digits; what was not found is left out."""
    said: dict[str, Any] = {
        "type": proposals.document_type.value,
        "number": arabic(proposals.number.value),
        "subject": arabic(proposals.subject.value),
        "unit": proposals.unit.value and proposals.unit.value.written,
        **{role: each.value for role, each in proposals.dates.items()},
        "signers": [
            (each.value.name, each.value.post, each.value.acting)
            for each in proposals.signatories
            if each.value
        ],
        "year": proposals.fiscal_year.value,
        "period": proposals.period.value,
        "urgency": proposals.urgency.value,
        "secrecy": proposals.secrecy.value,
        "shelf": (proposals.kind.value, proposals.section.value),
    }
    return {field: value for field, value in said.items() if value}


@pytest.mark.parametrize("digits", [to_thai, to_arabic], ids=["thai", "arabic"])
@pytest.mark.parametrize("name", FIELDS)
def test_the_fields_of_a_paper_are_what_it_says(name: str, digits: Any) -> None:
    expected = {field: value for field, value in FIELDS[name].items() if field != "duty"}

    proposals = propose([page(digits(getattr(samples, name)))])

    assert found(proposals) == expected


@pytest.mark.parametrize("name", [name for name in FIELDS if "duty" in FIELDS[name]])
def test_the_duty_that_a_paper_meets_is_proposed(name: str) -> None:
    proposals = propose([page(getattr(samples, name))], obligations=obligations())

    assert FIELDS[name]["duty"] in [each.value for each in proposals.obligations]


@pytest.mark.parametrize("name", [name for name in FIELDS if "duty" in FIELDS[name]])
def test_no_duty_is_proposed_twice_or_from_a_list_of_the_past(name: str) -> None:
    proposals = propose([page(getattr(samples, name))], obligations=offered())

    keys = [each.value for each in proposals.obligations]
    assert FIELDS[name]["duty"] in keys
    assert len(set(keys)) == len(keys)
    assert not any(str(key).startswith(PAST) for key in keys)


@pytest.mark.parametrize("name", FIELDS)
def test_a_plain_paper_has_nothing_to_be_warned_of(name: str) -> None:
    assert propose([page(getattr(samples, name))]).warnings == ()


@pytest.mark.parametrize("name", [*FIELDS, "MISREAD"])
def test_every_place_is_where_the_page_says_what_was_read(name: str) -> None:
    text = f"\u200f {getattr(samples, name)}".replace("เรื่อง", "เรื่\u200bอง")
    proposals = propose([page(text)])

    placed = [
        *(getattr(proposals, field) for field in ("document_type", "number", "subject", "unit")),
        *proposals.dates.values(),
        *proposals.signatories,
    ]
    for each in placed:
        if each.place:
            stretch = text[each.place.start : each.place.end]
            assert " ".join(stretch.replace("\u200b", "").split()) == each.written


def test_marks_that_nobody_sees_change_nothing() -> None:
    marked = (
        samples.MEMO.replace(" ", " \u200f").replace("ที่", "\u200eที่\u202c").replace(" ", "\u00a0")
    )

    assert found(propose([page(marked)])) == found(propose([page(samples.MEMO)]))


def test_a_paper_may_go_on_over_pages() -> None:
    head, foot = samples.MEMO.split("จึงเรียนมา")

    proposals = propose([page(head, 1), page(f"จึงเรียนมา{foot}", 2)])

    assert found(proposals) == found(propose([page(samples.MEMO)]))
    assert [each.page for each in proposals.signatories] == [2, 2]
    assert (proposals.number.page, proposals.dates["signed"].page) == (1, 2)


@pytest.mark.parametrize(
    ("subject", "met", "unmet"),
    [
        ("ประกาศผู้ชนะการเสนอราคา จ้างซ่อมถนน โดยวิธี e-bidding", "proc-winner", "proc-invitation"),
        ("ประกวดราคาจ้างซ่อมถนน ด้วยวิธี e-bidding", "proc-invitation", "proc-winner"),
    ],
)
def test_obligations_of_one_topic_are_told_apart(subject: str, met: str, unmet: str) -> None:
    proposals = propose(
        [page(f"ประกาศเทศบาลเมืองนาป่า\nเรื่อง {subject}\n")], obligations=obligations()
    )

    keys = [each.value for each in proposals.obligations]
    assert met in keys
    assert unmet not in keys


def test_words_for_duties_name_topics_or_keys_of_the_catalogue() -> None:
    known = {name for each in obligations() for name in (each.topic, each.key)}

    named = [row["topic"] for row in table("duties")["duties"]]

    assert len(set(named)) == len(named)
    assert [name for name in named if name not in known] == []


@pytest.mark.parametrize(
    ("head", "urgency", "secrecy"),
    [
        ("ด่วน                         ลับมาก\nบันทึกข้อความ", "ด่วน", "ลับมาก"),
        ("ด่วนที่สุด/ลับ\nบันทึกข้อความ", "ด่วนที่สุด", "ลับ"),
        ("          ด่วนมาก                 บันทึกข้อความ", "ด่วนมาก", None),
    ],
)
def test_stamps_are_read_beside_each_other_and_beside_the_heading(
    head: str, urgency: str | None, secrecy: str | None
) -> None:
    body = "ส่วนราชการ กองช่าง\nที่ ตง 52003/147      วันที่ 8 มกราคม 2569\nเรื่อง ขออนุมัติ\nเรียน ปลัดเทศบาล"
    found = propose([page(f"{head}\n{body}")])

    assert found.document_type.value == "memo"
    assert (found.urgency.value, found.secrecy.value) == (urgency, secrecy)


def test_a_rank_above_a_name_belongs_to_it() -> None:
    text = "คำสั่งเทศบาลตำบลบ้านควนใหม่\nที่ 12/2569\nเรื่อง แต่งตั้ง\n\nพ.ต.ท.\n     (วิชัย ใจดี)\nนายกเทศมนตรีตำบลบ้านควนใหม่"
    [signer] = propose([page(text)]).signatories

    assert signer.value
    assert signer.value.name == "พ.ต.ท.วิชัย ใจดี"


def test_a_contract_is_of_the_day_it_was_made_and_not_of_the_day_it_ends() -> None:
    text = (
        "สัญญาจ้างเหมาบริการ\nสัญญาเลขที่ 47/2568\n"
        "สัญญาฉบับนี้ทำขึ้น ณ สำนักงานเทศบาล เมื่อวันที่ 30 กันยายน 2567 ระหว่าง\n"
        "ข้อ 1. ระยะเวลาจ้าง ตั้งแต่วันที่ 1 ตุลาคม 2567 ถึงวันที่ 30 กันยายน 2568"
    )

    assert propose([page(text)]).dates["signed"].value == date(2024, 9, 30)


def test_below_the_bare_word_for_a_by_law_stands_its_title() -> None:
    text = "เทศบัญญัติ\nงบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. 2569\nเทศบาลตำบลบ้านควนใหม่"

    assert propose([page(text)]).subject.value == ("งบประมาณรายจ่าย ประจำปีงบประมาณ พ.ศ. 2569")
