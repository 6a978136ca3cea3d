import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.portal.visitor import Visitor
from tests.record.factories import published, withdrawn

UNIT = {"code": "works", "name_th": "สำนักช่าง", "name_en": "Works", "phone": "", "email": ""}


def test_a_section_lists_its_items_newest_first(citizen: Visitor) -> None:
    published(title="ข่าวแรก")
    published(title="ข่าวหลัง")
    published(title="กฎหมาย", section={"top": "laws", "slug": "laws"})
    text = citizen.get("/sections/news/").text

    assert "พบ 2 รายการ" in text
    assert text.index("ข่าวหลัง") < text.index("ข่าวแรก")
    assert "กฎหมาย<" not in text.partition('class="item-list"')[2].partition("</ul>")[0]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("year=2569", ["ก"]),
        ("year=2570&unit=works", ["ข"]),
        ("kind=dataset", ["ค"]),
        ("year=2569&kind=dataset", []),
        ("year=สองพัน", []),
        ("unit=nobody", []),
        ("year=2570&kind=news&unit=works", ["ข"]),
    ],
)
def test_filters_narrow_the_list(citizen: Visitor, query: str, found: list[str]) -> None:
    published(title="เรื่อง-ก", fiscal_year=2569)
    published(title="เรื่อง-ข", unit=UNIT)
    published(title="เรื่อง-ค", kind="dataset")
    text = citizen.get(f"/sections/news/?{query}").text

    assert [letter for letter in "กขค" if f"เรื่อง-{letter}<" in text] == found


def test_an_unheard_of_choice_stays_visible_in_the_form(citizen: Visitor) -> None:
    published()
    text = citizen.get("/sections/news/?unit=nobody").text

    assert '<option value="nobody" selected>nobody</option>' in text
    assert "ไม่มีรายการตามที่กรอง" in text


def test_a_script_in_the_query_is_text(citizen: Visitor) -> None:
    published()
    text = citizen.get("/sections/news/?unit=<script>alert(1)</script>").text

    assert "<script>" not in text


def test_a_long_section_has_pages(citizen: Visitor) -> None:
    for number in range(21):
        published(title=f"ข่าวที่-{number}-")
    first = citizen.get("/sections/news/").text
    last = citizen.get("/sections/news/?page=2").text

    assert "หน้า 1 จาก 2" in first
    assert ("ข่าวที่-20-" in first, "ข่าวที่-0-" in first) == (True, False)
    assert ("ข่าวที่-20-" in last, "ข่าวที่-0-" in last) == (False, True)
    assert citizen.get("/sections/news/?page=77").text.count("ข่าวที่-0-") == 1


def test_an_empty_section_says_so(citizen: Visitor) -> None:
    answer = citizen.get("/sections/knowledge/")

    assert answer.status == 200
    assert "หมวดนี้ยังไม่มีรายการที่เผยแพร่" in answer.text


def test_there_are_nine_sections_and_no_other(citizen: Visitor) -> None:
    assert citizen.get("/sections/secrets/").status == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_section_asks_three_questions_once_its_filters_are_known(
    citizen: Visitor, count: int
) -> None:
    for _ in range(count):
        published()
    citizen.get("/sections/news/?page=1")

    with CaptureQueriesContext(connections["record"]) as asked:
        citizen.get("/sections/news/")
    assert len(asked) == 3


def test_an_item_out_of_use_leaves_the_list(citizen: Visitor) -> None:
    entry = published(title="จะถูกเลิก")
    before = citizen.get("/sections/news/").text
    withdrawn(entry.number)

    assert "จะถูกเลิก" in before
    assert "จะถูกเลิก" not in citizen.get("/sections/news/").text
