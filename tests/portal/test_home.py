import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.portal.visitor import Visitor
from tests.record.factories import published, recalled, withdrawn

NEWS = {"top": "news", "slug": "news"}
LAWS = {"top": "laws", "slug": "bylaws"}


def test_an_empty_record_has_a_home_page_with_the_nine_sections(citizen: Visitor) -> None:
    answer = citizen.get("/")

    assert answer.status == 200
    assert answer.text.count('class="topic-card"') == 9
    assert "เผยแพร่ล่าสุด" not in answer.text


def test_each_section_shows_its_newest_five(citizen: Visitor) -> None:
    for number in range(6):
        published(section=LAWS, title=f"เทศบัญญัติที่ {number}")
    text = citizen.get("/").text

    shown = [number for number in range(6) if f"เทศบัญญัติที่ {number}<" in text]
    assert shown == [1, 2, 3, 4, 5]
    assert text.index("เทศบัญญัติที่ 5<") < text.index("เทศบัญญัติที่ 1<")


def test_what_is_not_in_use_is_not_listed(citizen: Visitor) -> None:
    kept, gone, secret = (published(section=LAWS, title=title) for title in ("ใช้อยู่", "เลิกใช้", "ลับ"))
    withdrawn(gone.number)
    recalled(secret.number)
    text = citizen.get("/").text

    assert f"/p/{kept.number}/" in text
    assert f"/p/{gone.number}/" not in text
    assert f"/p/{secret.number}/" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_page_asks_two_questions_however_much_there_is(
    citizen: Visitor, count: int
) -> None:
    for _ in range(count):
        published(section=NEWS)

    with CaptureQueriesContext(connections["record"]) as asked:
        citizen.get("/")
    assert len(asked) == 2


def test_the_home_page_says_how_long_the_register_is(citizen: Visitor) -> None:
    published()
    published()

    assert "ขณะนี้มี 2 รายการในสมุดทะเบียน" in citizen.get("/").text
    assert "The register now holds 2 entries" in citizen.get("/en/").text
