"""Whole letters in words: what the templates get, from first to last, and nothing beside it."""

from dataclasses import replace
from datetime import date

import pytest

from prongsai.letters.documents import (
    Announcement,
    Clause,
    Endorsement,
    Memorandum,
    Section,
    Signatory,
    Table,
)
from prongsai.letters.tables import column_align, column_width
from prongsai.letters.wording import SHORT_TABLE, SHORT_TEXT, official, wording

NOBODY = Signatory("", "")


def test_a_memorandum_in_words(memorandum: Memorandum) -> None:
    assert wording(memorandum) == {
        "title": "บันทึกข้อความ เรื่อง ขออนุมัติมาตรการ",
        "unit": "สำนักปลัดเทศบาล งานเทคโนโลยีสารสนเทศ",
        "phone": "๐ ๗๕๐๐ ๐๐๐๐",
        "number": "ตง ๕๒๐๐๘/๓๐๖",
        "written_on": "๒๓ เมษายน ๒๕๖๔",
        "subject": "ขออนุมัติมาตรการ",
        "addressee": "นายกเทศมนตรีนครตัวอย่าง",
        "sections": [
            {
                "heading": "เรื่องเดิม",
                "paragraphs": ["ตามที่ได้รับแจ้งนั้น"],
                "clauses": [],
                "tables": [],
            },
            {
                "heading": "ข้อพิจารณา",
                "paragraphs": [],
                "clauses": [clause("๑.", 1, 3, ["เห็นควรอนุมัติ"])],
                "tables": [],
            },
        ],
        "closing": ["จึงเรียนมาเพื่อโปรดพิจารณา"],
        "signatory": {
            "name": "นางสาวสมหญิง ทดลองงาน",
            "post": "นักวิชาการคอมพิวเตอร์",
            "acting": "",
            "order": [],
            "mark": "",
        },
        "endorsements": [
            {
                "addressee": "ปลัดเทศบาล",
                "text": ["เห็นควรอนุมัติ"],
                "signatory": {
                    "name": "นายสมมุติ ตัวอย่างดี",
                    "post": "รองนายกเทศมนตรี",
                    "acting": "รักษาราชการแทน นายกเทศมนตรีนครตัวอย่าง",
                    "order": [],
                    "mark": "",
                },
                "signed_on": "๒๔ เมษายน ๒๕๖๔",
            }
        ],
        "status": "",
    }


def clause(
    label: str, depth: int, level: int, lines: list[str], heading: str = "", tables: object = ()
) -> dict[str, object]:
    return {
        "is-short": True,
        "label": label,
        "depth": depth,
        "level": level,
        "heading": heading,
        "lines": lines,
        "tables": list(tables),  # type: ignore[call-overload]
    }


def test_an_announcement_in_words(announcement: Announcement) -> None:
    duties = {
        "caption": "ตารางผู้รับผิดชอบ",
        "header": ["ลำดับ", "ผู้รับผิดชอบ", "งบประมาณ (บาท)"],
        "rows": [["๑", "งานเทคโนโลยีสารสนเทศ", "๑๒,๕๐๐.๐๐"], ["๒", "สำนักปลัดเทศบาล", "๘๐๐.๐๐"]],
        "columns": [
            {"width": 5, "align": "center"},
            {"width": 13, "align": "left"},
            {"width": 11, "align": "right"},
        ],
    }

    words = wording(announcement)

    assert words["title"] == "ประกาศเทศบาลนครตัวอย่าง เรื่อง มาตรการเผยแพร่ข้อมูลผ่านเว็บไซต์"
    assert words["paragraphs"] == ["เพื่อให้ประชาชนทราบข้อมูลตามมาตรา ๗ จึงประกาศดังนี้"]
    assert words["tables"] == words["closing"] == []
    assert words["clauses"] == [
        clause("๑.", 1, 2, [], "หลักเกณฑ์"),
        clause("๑.๑", 2, 3, ["ข้อมูลต้องไม่กระทบต่อความมั่นคง"]),
        clause("๑.๑.๑", 3, 3, ["ทั้งนี้ให้ตรวจทานก่อน"]),
        clause("๒.", 1, 2, ["ให้หน่วยงานต่อไปนี้รับผิดชอบ"], tables=[duties]),
    ]


@pytest.mark.parametrize(
    ("letters", "rows", "is_short"),
    [
        (SHORT_TEXT, 0, True),
        (SHORT_TEXT + 1, 0, False),
        (0, SHORT_TABLE, True),
        (0, SHORT_TABLE + 1, False),
        (SHORT_TEXT, SHORT_TABLE, True),
        (SHORT_TEXT + 1, SHORT_TABLE + 1, False),
    ],
)
def test_only_a_short_end_is_held_together_with_the_signature(
    letters: int, rows: int, is_short: bool
) -> None:
    table = Table(("ก",), (("ข",),) * rows)
    letter = Announcement("", "", None, NOBODY, clauses=(Clause("ก" * letters, table=table),))

    [only] = wording(letter)["clauses"]  # type: ignore[misc]

    assert only["is-short"] is is_short


def test_clauses_of_a_section_without_a_heading_stand_one_level_higher() -> None:
    section = Section(clauses=(Clause("ก"),))
    letter = Memorandum("", "", "", None, "", "", NOBODY, (section, replace(section, heading="ข")))

    levels = [part["clauses"][0]["level"] for part in wording(letter)["sections"]]  # type: ignore[attr-defined]

    assert levels == [2, 3]


def test_an_endorsement_that_waits_for_its_day_leaves_the_place_empty() -> None:
    waiting = Endorsement("เห็นชอบ\nตามเสนอ", NOBODY)
    letter = Memorandum("", "", "", date(2026, 1, 1), "", "", NOBODY, endorsements=(waiting,))

    [words] = wording(letter)["endorsements"]  # type: ignore[misc]

    assert (words["signed_on"], words["text"]) == ("", ["เห็นชอบ", "ตามเสนอ"])


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("12,500.00 บาท", "๑๒,๕๐๐.๐๐ บาท"),
        ("โทร. 075-218017", "โทร. ๐๗๕-๒๑๘๐๑๗"),
        ("ม.7(1)", "ม.๗(๑)"),
        ("O42/2569", "O42/2569"),
        ("v2 ปี2569", "v2 ปี๒๕๖๙"),
        ("A" * 30, "A" * 30),
        ("A" * 31, "A" * 30 + "\u200b" + "A"),
        ("ก" * 40, "ก" * 40),
        ("1\u202e2\u202c3", "๑๒๓"),
        ("๑๒๓", "๑๒๓"),
        ("", ""),
        (" \n ", ""),
        ("ก  ข", "ก  ข"),
    ],
)
def test_a_text_is_set_as_official_letters_have_it(text: str, set_as: str) -> None:
    assert official(text) == set_as


@pytest.mark.parametrize(
    ("cells", "align"),
    [
        (["999", "1"], "center"),
        (["1000", "1"], "right"),
        (["1.5"], "center"),
        (["12.5%"], "right"),
        (["\u2212500"], "right"),
        (["", "7"], "center"),
        (["1-2"], "left"),
        (["1.2.3"], "left"),
        (["-"], "center"),
    ],
)
def test_a_column_stands_where_its_kind_of_cells_does(cells: list[str], align: str) -> None:
    assert column_align(cells) == align


@pytest.mark.parametrize(
    ("longest", "width"), [(1, 5), (5, 5), (6, 6), (39, 39), (40, 40), (41, 40)]
)
def test_a_column_is_never_narrower_than_a_word_or_wider_than_a_page(
    longest: int, width: int
) -> None:
    assert column_width(["ก", "ก" * longest]) == width
