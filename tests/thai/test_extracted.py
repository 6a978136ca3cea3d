"""What PDF writers break of Thai is mended, and nothing else is touched."""

import pytest

from prongsai.thai.extracted import mend_extracted


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("ความสĠาคัญ", "ความสำคัญ"),
        ("ดsาเนินงาน", "ดำเนินงาน"),
        ("ดĻาเนิน", "ดำเนิน"),
        ("น้Ġา", "น้ำ"),
        ("นĠ้า", "น้ำ"),
        ("ฝ่ ายบริการ", "ฝ่ายบริการ"),
        ("ส าคัญ", "สำคัญ"),
        ("จ านวนน้ า", "จำนวนน้ำ"),
        ("ต่ าง", "ต่าง"),
        ("คĺำสั่งเทศบำลนครตัวอย่ำง", "คำสั่งเทศบาลนครตัวอย่าง"),
    ],
)
def test_a_broken_letter_is_put_back(broken: str, whole: str) -> None:
    assert mend_extracted(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "ประกาศ เรื่อง การชำระภาษี พ.ศ. ๒๕๖๙",
        "ห้อง A อาคาร B",
        "โครงการ e-bidding ราคากลาง",
        "ข้อ ๑.า",
        "COVIDา",
    ],
)
def test_text_that_is_whole_stays(text: str) -> None:
    assert mend_extracted(text) == text
