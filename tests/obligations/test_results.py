"""What a failed check says: in the reader's language, and by the calendar that is read there."""

import pytest
from django.utils.translation import override

from prongsai.obligations.results import FULFILLED, ORDER, OWED, Check, Result, Told

CASES = [
    (
        (Check.YEAR, "2567, 2568"),
        "รายการที่มีเป็นของปีงบประมาณ 2567, 2568",
        "What is there is of fiscal year 2024, 2025",
    ),
    # The title must say the Buddhist year, whoever reads about it.
    (
        (Check.YEAR_IN_TITLE, "2569"),
        "ชื่อเรื่องและเนื้อหาไม่บอกปี 2569",
        "Neither title nor text tells the year B.E. 2569",
    ),
    (
        (Check.FRESH, "6 มีนาคม 2569"),
        "ครบกำหนดทบทวนเมื่อ 6 มีนาคม 2569",
        "It was due for review on 6 March 2026",
    ),
    (
        (Check.DATES_IN_ORDER, "2 มีนาคม 2569, 1 มีนาคม 2569"),
        "วันที่ของเอกสารเรียงเป็นไปไม่ได้: 2 มีนาคม 2569, 1 มีนาคม 2569",
        "The order of its dates is impossible: 2 March 2026, 1 March 2026",
    ),
    ((Check.BOTH_SIDES, "ฝ่ายประจำ"), "ไม่พบฝ่ายประจำ", "Not shown: the permanent side"),
    (
        (Check.READABLE, "#1, #3"),
        "มีแต่ภาพ ไม่มีข้อความ: ไฟล์ที่ 1, ไฟล์ที่ 3",
        "Pictures only, no text: file 1, file 3",
    ),
    (
        (Check.REACHABLE, "2569-00001, 2569-00001 #2"),
        "เปิดไม่ได้หรือช้าเกินไป: หน้าของรายการ, ไฟล์ที่ 2",
        "Cannot be opened, or too slow: the page of the item, file 2",
    ),
    (
        (Check.LINKS_ANSWER, "4"),
        "ลิงก์ในหน้าเปิดไม่ได้: ลิงก์ที่ 4 นับจากต้นหน้า",
        "Links on the page that lead nowhere: link 4, counted from its top",
    ),
    # What an older version kept is shown as it stands.
    ((Check.FRESH, "เมื่อวาน"), "ครบกำหนดทบทวนเมื่อ เมื่อวาน", "It was due for review on เมื่อวาน"),
]


@pytest.mark.parametrize(("told", "thai", "english"), CASES, ids=lambda each: str(each)[:30])
def test_what_is_wrong_is_told_in_both_languages(
    told: tuple[Check, str], thai: str, english: str
) -> None:
    for language, words in (("th", thai), ("en", english)):
        with override(language):
            assert Told(*told).wrong == words


@pytest.mark.parametrize("check", Check)
def test_every_check_has_a_sentence_and_an_act(check: Check) -> None:
    told = Told(check, "แผนพัฒนา")
    assert told.wrong
    assert told.act
    assert "%" not in told.wrong + told.act


def test_a_result_is_whole_owed_or_to_come_and_stands_in_one_order() -> None:
    assert set(ORDER) == FULFILLED | OWED | {Result.NOT_DUE}
    assert not FULFILLED & OWED
    assert max(ORDER.index(each) for each in FULFILLED) < min(ORDER.index(each) for each in OWED)
