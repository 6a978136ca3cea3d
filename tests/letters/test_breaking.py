import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.letters.breaking import BREAK, GLUE, between_words, parted
from prongsai.letters.wording import official


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("เว็บไซต์ของเทศบาลนครตั้งใจ", ["เว็บไซต์", "ของ", "เทศบาลนคร", "ตั้งใจ"]),
        ("ตลาด โรงเรียน", ["ตลาด โรงเรียน"]),
        ("กองวิชาการและแผนงาน", ["กอง", "วิชาการ", "และ", "แผนงาน"]),
        ("นางสาวพิมพ์ชนก ศรีสว่างกุล", ["นางสาวพิมพ์ชนก ศรีสว่างกุล"]),
        ("คอมพิวเตอร์ชำนาญการ", ["คอมพิวเตอร์", "ชำนาญการ"]),
        ("หน่วยงานอื่น ๆ", ["หน่วยงาน", f"อื่น{GLUE}ๆ"]),
        ("ประจำปี (ฉบับที่ ๒)", [f"ประจำปี (ฉบับที่{GLUE}๒)"]),
        ("ใช้“ข้อมูล”นี้", ["ใช้", "“ข้อมูล”", "นี้"]),
        ("ITA 2569, e-GP", ["ITA 2569, e-GP"]),
        ("สำนักงาน ป.ป.ช.", ["สำนักงาน ป.ป.ช."]),
        ("ผู้อำนวยการสำนักการศึกษา", ["ผู้อำนวยการ", "สำนักการศึกษา"]),
    ],
)
def test_a_line_breaks_between_words(text: str, pieces: list[str]) -> None:
    assert between_words(text).split(BREAK) == pieces


def whole(text: str) -> str:
    return text.replace(BREAK, "").replace(GLUE, " ")


@pytest.mark.parametrize(
    "text",
    [
        "พ.ศ. ๒๕๔๐",
        "มาตรา ๗",
        "๑ ธันวาคม ๒๕๖๙",
        "ลงวันที่ ๒๘ กันยายน พ.ศ. ๒๕๖๙",
        "เวลา ๑๑.๐๐ น.",
    ],
)
def test_a_number_stays_with_what_it_counts(text: str) -> None:
    spaces = between_words(text).count(" ")

    assert spaces == ("กันยายน พ.ศ." in text)


@given(st.text())
def test_nothing_is_lost_and_nothing_added_but_breaks(text: str) -> None:
    words = official(text)

    assert whole(between_words(words)) == whole(words)


def test_what_is_not_words_stays_as_it_is() -> None:
    words = {"title": "ข้อมูลข่าวสารของเทศบาล", "lines": [{"text": "ของเทศบาล"}], "depth": 1}

    assert parted(words) == {
        "title": "ข้อมูลข่าวสารของเทศบาล",
        "lines": [{"text": f"ของ{BREAK}เทศบาล"}],
        "depth": 1,
    }
