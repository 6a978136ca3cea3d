"""The page on how long an item was posted: of what stands, of what was withdrawn, and of what was recalled."""

import pytest

from tests.portal.visitor import Visitor
from tests.record.factories import published, recalled, withdrawn

TITLE = "ประกาศแผนจัดหาพัสดุ"


@pytest.fixture
def number() -> str:
    return published(title=TITLE).number


def test_what_stands_is_certified_with_its_proof(citizen: Visitor, number: str) -> None:
    answer = citizen.get(f"/p/{number}/posting/")
    assert answer.status == 200
    assert "ยังเผยแพร่อยู่ ณ วันที่" in answer.text
    assert "ดาวน์โหลดหลักฐาน (JSON)" in answer.text
    assert f'href="/p/{number}/posting/"' in citizen.get(f"/p/{number}/").text


def test_a_day_before_it_came_says_that_it_was_not_there(citizen: Visitor, number: str) -> None:
    assert (
        "วันที่ 1 มกราคม 2569 ยังไม่ได้เผยแพร่" in citizen.get(f"/p/{number}/posting/?on=2026-01-01").text
    )


def test_what_was_withdrawn_says_until_when(citizen: Visitor, number: str) -> None:
    withdrawn(number)
    text = citizen.get(f"/p/{number}/posting/").text
    assert "ไม่ได้เผยแพร่แล้วตั้งแต่วันที่" in text
    assert "ยังเผยแพร่อยู่" not in text


def test_what_was_recalled_shows_its_tombstone_alone(citizen: Visitor, number: str) -> None:
    recalled(number)
    answer = citizen.get(f"/p/{number}/posting/")
    assert answer.status == 410
    assert TITLE not in answer.text
    assert citizen.get("/p/2569-99999/posting/").status == 404
