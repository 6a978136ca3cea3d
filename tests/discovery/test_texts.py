from pathlib import Path

import pytest

from prongsai.discovery.texts import (
    attached_texts,
    bare_texts,
    body_text,
    names_beside,
    own_texts,
    searchables,
)
from prongsai.record.models import Item
from tests.record.factories import content, file, published, recalled, withdrawn


def test_a_body_is_a_line_for_each_block() -> None:
    html = "<h2>หัวข้อ</h2><p>ข้อ<strong>หนึ่ง</strong><br>ข้อสอง</p><ul><li>ก &amp; ข</li></ul>"

    assert body_text(html) == "หัวข้อ\nข้อหนึ่ง\nข้อสอง\nก & ข"


def test_an_angle_bracket_in_an_attribute_ends_no_tag() -> None:
    assert body_text('<img alt="a > b" src="x">ภาพ 1 &lt; 2') == "ภาพ 1 < 2"


def test_an_edition_says_its_fields_and_its_files() -> None:
    document = content(
        summary="สรุป",
        body="<p>เนื้อหา</p>",
        title_en="Vacancies 2026",
        details=[
            {"key": "price", "label_th": "ราคากลาง", "value": 120000, "type": "money"},
            {"key": "none", "label_th": "ไม่มีค่า", "value": None},
        ],
        official={"number": "ตง 52001/9", "signatories": [{"name": "นางสาวทดสอบ", "post": "ปลัด"}]},
        files=[{"slot": "main", "label": "แบบคำขอ", "name": "form.pdf"}],
    )

    assert own_texts(document) == [
        "สรุป", "เนื้อหา", "ราคากลาง 120,000 บาท", "Vacancies 2026", "ตง 52001/9",
        "นางสาวทดสอบ ปลัด", "แบบคำขอ form.pdf",
    ]  # fmt: skip
    assert names_beside(document) == ["สำนักปลัด", "Clerk", "รับสมัครงาน", "Vacancies"]


@pytest.mark.parametrize(
    ("type_", "value", "said"),
    [
        ("money", 4800000, "4,800,000 บาท"),
        ("money", "4752000.00", "4,752,000 บาท"),
        ("money", "1250.50", "1,250.50 บาท"),
        ("money", 0, "0 บาท"),
        ("money", "ตามสัญญา", "ตามสัญญา"),
        ("int", 12345, "12,345"),
        ("date", "2026-03-17", "17 มีนาคม 2569"),
        ("date", "เร็ว ๆ นี้", "เร็ว ๆ นี้"),
        ("text", "69029100217", "69029100217"),
        ("later kind", "2569", "2569"),
    ],
)
def test_a_detail_is_told_with_its_name_and_as_people_write_it(
    type_: str, value: object, said: str
) -> None:
    document = content(details=[{"label_th": "ชื่อ", "value": value, "type": type_}])

    assert f"ชื่อ {said}" in own_texts(document)
    assert bare_texts(document) == [str(value)]


def test_pages_keep_their_numbers() -> None:
    document = content(files=[{"slot": "main", "name": "a.pdf", "sha256": "ab"}])
    read = {"ab": [{"number": 3, "text": "สาม"}, {"text": "ถัดไป"}]}

    assert attached_texts(document, read)[0].pages == ((3, "สาม"), (2, "ถัดไป"))


def test_a_file_that_was_not_read_has_no_pages() -> None:
    assert attached_texts(content(files=[{"slot": "main", "sha256": "ab"}]), {})[0].pages == ()


def test_what_is_searched_is_what_is_listed(data: Path) -> None:
    attachment = file()
    published(
        title="มีไฟล์",
        files=[attachment],
        texts={attachment["sha256"]: [{"number": 1, "text": "ข้อความในไฟล์"}]},
    )
    for title in ("เรียกคืน", "ยกเลิก"):
        published(title=title)
    recalled("2569-00002")
    withdrawn("2569-00003")

    (only,) = searchables(Item.objects.listed())

    assert (only.number, only.title, only.files) == ("2569-00001", "มีไฟล์", ("ข้อความในไฟล์",))
    assert (only.top_section, only.section, only.unit_code, only.fiscal_year) == (
        "news", "jobs", "clerk", 2570,
    )  # fmt: skip
    assert "2569-00001" in only.main


def test_an_edition_that_is_erased_is_not_searched(data: Path) -> None:
    published()
    # The moment between a recall's erasure and the list's next look.
    Item.objects.update(edition_hash="00" * 32)

    assert list(searchables(Item.objects.listed())) == []
