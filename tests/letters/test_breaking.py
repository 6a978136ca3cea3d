import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.letters.breaking import BREAK, between_words, parted
from prongsai.letters.wording import official


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("เว็บไซต์ของเทศบาลนครตั้งใจ", ["เว็บไซต์", "ของ", "เทศบาลนคร", "ตั้งใจ"]),
        ("ตลาด โรงเรียน", ["ตลาด โรงเรียน"]),
        ("กองวิชาการและแผนงาน", ["กองวิชาการ", "และ", "แผนงาน"]),
        ("คอมพิวเตอร์ชำนาญการ", ["คอมพิวเตอร์", "ชำนาญการ"]),
        ("หน่วยงานอื่น ๆ", ["หน่วยงาน", "อื่น ๆ"]),
        ("ประจำปี (ฉบับที่ ๒)", ["ประจำปี (ฉบับที่ ๒)"]),
        ("ใช้“ข้อมูล”นี้", ["ใช้", "“ข้อมูล”", "นี้"]),
        ("ITA 2569, e-GP", ["ITA 2569, e-GP"]),
    ],
)
def test_a_line_breaks_between_words(text: str, pieces: list[str]) -> None:
    assert between_words(text).split(BREAK) == pieces


@given(st.text())
def test_nothing_is_lost_and_nothing_added_but_breaks(text: str) -> None:
    words = official(text)

    assert between_words(words).replace(BREAK, "") == words.replace(BREAK, "")


def test_what_is_not_words_stays_as_it_is() -> None:
    words = {"title": "ข้อมูลข่าวสารของเทศบาล", "lines": [{"text": "ของเทศบาล"}], "depth": 1}

    assert parted(words) == {
        "title": "ข้อมูลข่าวสารของเทศบาล",
        "lines": [{"text": f"ของ{BREAK}เทศบาล"}],
        "depth": 1,
    }
