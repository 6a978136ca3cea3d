"""The table of kinds is whole, and each kind asks for what it must."""

from typing import Any

import pytest

from prongsai.disclosures.kinds import Kind, kind_of, kinds, missing_fields
from prongsai.disclosures.states import KindCode
from prongsai.obligations.queries import obligations
from prongsai.obligations.states import Period
from prongsai.record.sections import section_slugs
from tests.disclosures.factories import content

BY_CODE = {kind.code: kind for kind in kinds()}
MAIN_FILE = {"slot": "main"}


def complete(code: str, **changes: Any) -> dict[str, Any]:
    document = content(code).to_json() | {"files": [MAIN_FILE]}
    return document | changes


def test_the_table_has_exactly_the_nine_kinds_and_statements() -> None:
    assert [kind.code for kind in kinds()] == [code.value for code in KindCode]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_each_kind_starts_in_one_of_the_nine_sections(kind: Kind) -> None:
    assert kind.section in section_slugs()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.code)
def test_rules_of_a_kind_name_details_and_values_that_are_there(kind: Kind) -> None:
    for detail in kind.details:
        assert not detail.not_before or kind.detail(detail.not_before) is not None
        assert (detail.type == "choice") == bool(detail.choices)
        for key, values in detail.required_when.items():
            asked = kind.detail(key)
            assert asked is not None
            assert set(values) <= {choice.value for choice in asked.choices}


@pytest.mark.parametrize("code", BY_CODE)
def test_a_complete_content_lacks_nothing(code: str) -> None:
    assert missing_fields(complete(code)) == []


@pytest.mark.parametrize(
    ("code", "lost", "sentence"),
    [
        ("news", {"title": ""}, "ชื่อเรื่อง"),
        ("news", {"summary": ""}, "คำสรุป"),
        ("knowledge", {"source": ""}, "แหล่งที่มา"),
        ("knowledge", {"as_of_date": None}, "วันที่ของข้อมูล"),
        ("procurement", {"fiscal_year": None}, "ปีงบประมาณ"),
        ("form", {"files": []}, "เอกสารหลัก"),
        ("law", {"body": "", "files": []}, "เนื้อหาและไฟล์แนบ"),
        ("service", {"details": {}}, "ใครขอรับบริการได้"),
        ("information", {"unit": ""}, "หน่วยงาน"),
        ("information", {"body": '<img src="/files/x/y" alt="">'}, "คำบรรยาย"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(
    code: str, lost: dict[str, Any], sentence: str
) -> None:
    missing = missing_fields(complete(code, **lost))
    assert any(sentence in said for said in missing)
    assert all("โปรด" in said for said in missing)


def test_every_missing_thing_is_said_at_once() -> None:
    empty = {"kind": "service", "title": "", "section": "", "unit": "", "details": {}}
    assert len(missing_fields(empty)) == 3 + 1 + 7


@pytest.mark.parametrize(
    ("stage", "asked"),
    [
        ("plan", set()),
        (
            "invitation",
            {"วิธีจัดซื้อจัดจ้าง", "วงเงินงบประมาณ", "ราคากลาง", "วันสุดท้ายที่ยื่นข้อเสนอ"},
        ),
        ("cancelled", {"เหตุที่ยกเลิก"}),
    ],
)
def test_the_stage_of_a_procurement_decides_what_it_asks(stage: str, asked: set[str]) -> None:
    missing = missing_fields(complete("procurement", details={"stage": stage}))
    assert {said.split("“")[1].split("”")[0] for said in missing} == asked


@pytest.mark.parametrize(
    ("slot", "allowed"),
    [
        ("main", True),
        ("tor", True),
        ("attachment-1", True),
        ("attachment-999", True),
        ("attachment-0", False),
        ("attachment-1000", False),
        ("poster", False),
        ("../main", False),
        ("", False),
    ],
)
def test_slots_are_those_of_the_kind_and_numbered_ones(slot: str, allowed: bool) -> None:
    assert kind_of("procurement").allows_slot(slot) is allowed


def test_a_numbered_slot_is_called_by_its_number() -> None:
    assert kind_of("news").slot("attachment-7").label_th == "เอกสารแนบ 7"
    assert kind_of("news").slot("poster").label_en == "Poster"


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        kind_of("blog")


def duty(period: Period) -> str:
    """The key of some duty that returns this often."""
    return next(each.key for each in obligations() if each.period == period)


@pytest.mark.parametrize(
    ("period", "asked"),
    [
        (Period.KEPT_CURRENT, []),
        (Period.ON_EVENT, []),
        (Period.FISCAL_YEAR, ["ปีงบประมาณ"]),
        (Period.HALF_YEAR, ["ปีงบประมาณ", "งวดหรือช่วงเวลา"]),
        (Period.QUARTERLY, ["ปีงบประมาณ", "งวดหรือช่วงเวลา"]),
        (Period.MONTHLY, ["ปีงบประมาณ", "งวดหรือช่วงเวลา"]),
    ],
)
def test_what_is_due_again_and_again_says_for_when(period: Period, asked: list[str]) -> None:
    bound = complete("news", obligations=[duty(period)], fiscal_year=None, period="")
    told = bound | {"fiscal_year": 2569, "period": "ไตรมาสที่ 2"}

    missing = missing_fields(bound)

    assert [sentence.split(" ซึ่ง ")[0] for sentence in missing] == [
        f"ยังไม่ได้กรอก{each}" for each in asked
    ]
    assert missing_fields(told) == []


def test_two_duties_that_ask_for_the_same_are_one_sentence() -> None:
    both = [each.key for each in obligations() if each.period == Period.FISCAL_YEAR][:2]

    assert len(missing_fields(complete("news", obligations=both, fiscal_year=None))) == 1


def test_a_duty_that_is_no_longer_known_asks_for_nothing() -> None:
    assert missing_fields(complete("news", obligations=["ita-oit-2560-o1"])) == []
