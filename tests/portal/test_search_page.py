from collections.abc import Callable
from typing import Any

import pytest

from prongsai.discovery.index import Indexer
from tests.portal.visitor import Visitor
from tests.record.factories import file, published, recalled

Follow = Callable[[], int]


@pytest.fixture
def follow(citizen: Visitor) -> Follow:
    """The worker's part: brings the index to the record's head."""
    return lambda: Indexer().follow()


def test_a_word_of_the_title_finds_the_item(citizen: Visitor, follow: Follow) -> None:
    entry = published(title="ประกวดราคาก่อสร้างสะพานคนเดินข้าม")
    published(title="เชิญร่วมงานลอยกระทง")
    follow()
    text = citizen.get("/search?q=สะพาน").text

    assert "พบ 1 รายการ" in text
    assert f"/p/{entry.number}/" in text
    assert "<mark>สะพาน</mark>" in text


def test_a_word_inside_a_file_names_file_and_page(citizen: Visitor, follow: Follow) -> None:
    paper = file(name="แบบแปลน.pdf")
    pages = [{"number": 3, "text": "ฐานรากเสาเข็มเจาะ", "source": "text"}]
    published(files=[paper], texts={paper["sha256"]: pages})
    follow()
    text = citizen.get("/search?q=เสาเข็ม").text

    assert "แบบแปลน.pdf" in text
    assert "หน้า 3" in text


def test_filters_narrow_what_is_found(citizen: Visitor, follow: Follow) -> None:
    published(title="ถนนสายเก่า", fiscal_year=2569)
    published(title="ถนนสายใหม่", fiscal_year=2570)
    follow()
    text = citizen.get("/search?q=ถนนสาย&year=2569").text

    assert ("ถนนสาย</mark>เก่า" in text, "ถนนสาย</mark>ใหม่" in text) == (True, False)
    assert "พบ 0 รายการ" in citizen.get("/search?q=ถนนสาย&year=abc").text


def test_what_a_document_says_is_never_markup(citizen: Visitor, follow: Follow) -> None:
    published(title="<script>alert('สะพาน')</script>")
    follow()
    text = citizen.get("/search?q=สะพาน").text

    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_without_words_the_page_says_what_can_be_searched(citizen: Visitor, follow: Follow) -> None:
    answer = citizen.get("/search")

    assert answer.status == 200
    assert "พิมพ์ผิดเล็กน้อยก็ยังพบ" in answer.text


def test_nothing_found_is_said_with_advice(citizen: Visitor, follow: Follow) -> None:
    published()
    follow()

    assert "ไม่พบรายการที่มี “ซูเปอร์โนวา”" in citizen.get("/search?q=ซูเปอร์โนวา").text


def test_an_index_that_is_behind_says_so_and_is_not_kept(citizen: Visitor, follow: Follow) -> None:
    follow()
    published(title="สะพานใหม่")
    behind = citizen.get("/search?q=สะพาน")
    follow()
    caught_up = citizen.get("/search?q=สะพาน")

    assert behind["cache-control"] == "no-store"
    assert "ดัชนีค้นหากำลังตามรายการล่าสุด" in behind.text
    assert "พบ 1 รายการ" in caught_up.text
    assert caught_up["cache-control"].startswith("public")


def test_a_recalled_item_is_not_found_before_the_index_follows(
    citizen: Visitor, follow: Follow
) -> None:
    entry = published(title="รายชื่อผู้ป่วยสะพาน")
    follow()
    before = citizen.get("/search?q=ผู้ป่วย").text
    recalled(entry.number)
    after = citizen.get("/search?q=ผู้ป่วย").text

    assert "พบ 1 รายการ" in before
    assert entry.number not in after
    assert "รายชื่อ" not in after


def test_programs_get_the_agreed_shape(citizen: Visitor, follow: Follow) -> None:
    entry = published(title="สะพานคนเดินข้าม")
    follow()
    found: dict[str, Any] = citizen.get("/api/v1/search?q=สะพาน&limit=5").json

    assert (found["query"], found["total"]) == ("สะพาน", 1)
    assert set(found) == {"query", "total", "took_ms", "results"}
    result = found["results"][0]
    assert set(result) == {"number", "title", "url", "score", "highlights"}
    assert result["url"] == f"https://www.tangjai.example/p/{entry.number}/"


@pytest.mark.parametrize(("limit", "count"), [("2", 2), ("0", 1), ("x", 3), ("99999", 3), ("", 3)])
def test_a_limit_is_kept_within_reason(
    citizen: Visitor, follow: Follow, limit: str, count: int
) -> None:
    for number in range(3):
        published(title=f"สะพานที่ {number}")
    follow()

    assert len(citizen.get(f"/api/v1/search?q=สะพาน&limit={limit}").json["results"]) == count
