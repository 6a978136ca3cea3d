from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from prongsai.discovery.index import Indexer
from prongsai.discovery.queries import Filters, indexed_seq, search
from prongsai.record.models import Item
from prongsai.record.states import Action, ItemState
from tests.record.factories import content, corrected, do, file, later, published

SECTION = {"top": "procurement", "slug": "procurement", "title_th": "จัดซื้อ", "title_en": ""}


def pages(*texts: str) -> list[dict[str, Any]]:
    return [{"number": n, "text": text, "source": "text"} for n, text in enumerate(texts, 1)]


def titles(**asked: Any) -> list[str]:
    return [hit.item.title for hit in search(**asked).hits]


def test_without_an_index_nothing_is_found_and_nothing_breaks(indexer: Indexer) -> None:
    published(title="แผนจัดเก็บขยะ")

    answer = search("ขยะ")

    assert (answer.total, answer.hits, answer.indexed_seq, indexed_seq()) == (0, (), -1, -1)


def test_an_empty_query_lists_everything_newest_first(indexer: Indexer) -> None:
    for minutes in range(3):
        document = content(title=f"ฉบับที่ {minutes}")
        do(Action.PUBLISHED, None, document, at=later(minutes=minutes))

    answer = search("  \u200b ", per_page=2)

    assert [hit.item.title for hit in answer.hits] == ["ฉบับที่ 2", "ฉบับที่ 1"]
    assert (answer.query, answer.total, answer.pages) == ("", 3, 2)


def test_an_empty_query_keeps_to_the_filters(indexer: Indexer) -> None:
    published(title="ข่าว", fiscal_year=2569)
    published(title="จัดซื้อ", section=SECTION)

    assert titles(query="", filters=Filters(section="procurement")) == ["จัดซื้อ"]
    assert titles(query="", filters=Filters(year=2569)) == ["ข่าว"]


def test_filters_narrow_what_is_found(indexer: Indexer) -> None:
    published(title="ขยะ ข่าว")
    published(title="ขยะ จัดซื้อ", section=SECTION)
    indexer.follow()

    assert titles(query="ขยะ", filters=Filters(section="procurement")) == ["ขยะ จัดซื้อ"]


def test_a_word_in_a_file_is_shown_with_its_file_and_page(indexer: Indexer) -> None:
    attachment = file(name="บัญชีแนบท้าย.pdf")
    texts = {attachment["sha256"]: pages("หน้าปก", "เครื่องสูบน้ำแบบหอยโข่ง จำนวนสามตัว")}
    published(title="ประกวดราคา", files=[attachment], texts=texts)
    indexer.follow()

    (highlight,) = search("เครื่องสูบน้ำแบบหอยโข่ง").hits[0].highlights

    assert (highlight.place, highlight.slot, highlight.file_name, highlight.page) == (
        "file", "main", "บัญชีแนบท้าย.pdf", 2,
    )  # fmt: skip
    assert highlight.sha256 == attachment["sha256"]
    assert [piece.text for piece in highlight.pieces if piece.is_match] == ["เครื่องสูบน้ำแบบหอยโข่ง"]


def test_a_file_that_holds_less_than_the_body_is_not_shown(indexer: Indexer) -> None:
    attachment = file()
    published(
        body="<p>เครื่องสูบน้ำ ขนาดแปดนิ้ว</p>",
        files=[attachment],
        texts={attachment["sha256"]: pages("เครื่องสูบน้ำ")},
    )
    indexer.follow()

    (hit,) = search("เครื่องสูบน้ำแปดนิ้ว").hits

    assert [highlight.place for highlight in hit.highlights] == ["body"]


def test_a_match_in_the_body_is_shown_with_its_words(indexer: Indexer) -> None:
    published(title="ประชาสัมพันธ์", body="<p>งดให้บริการ &amp; ปิด<b>สระว่ายน้ำ</b>เทศบาล</p>")
    indexer.follow()
    (hit,) = search("สระว่ายน้ำ").hits
    (highlight,) = hit.highlights

    assert not any(piece.is_match for piece in hit.title)
    assert highlight.place == "body"
    assert "งดให้บริการ & ปิดสระว่ายน้ำเทศบาล" in highlight.text


def test_a_match_in_the_title_is_marked_there(indexer: Indexer) -> None:
    published(title="ประกาศสระว่ายน้ำ")
    indexer.follow()
    (hit,) = search("สระว่ายน้ำ").hits

    assert [(piece.text, piece.is_match) for piece in hit.title] == [
        ("ประกาศ", False), ("สระว่ายน้ำ", True),
    ]  # fmt: skip


def test_what_the_record_lists_is_shown_and_not_what_the_index_remembers(indexer: Indexer) -> None:
    published(title="แผนขยะ ฉบับเดิม")
    indexer.follow()
    corrected("2569-00001", title="แผนขยะ ฉบับแก้ไข")

    assert titles(query="แผนขยะ") == ["แผนขยะ ฉบับแก้ไข"]


def test_a_row_that_is_not_listed_is_neither_shown_nor_counted(indexer: Indexer) -> None:
    for _ in range(2):
        published(title="แผนขยะ")
    indexer.follow()
    # No act does this: it stands for any way in which index and record could come apart.
    Item.objects.filter(number="2569-00001").update(state=ItemState.RECALLED)

    answer = search("แผนขยะ")

    assert (answer.total, [hit.item.number for hit in answer.hits]) == (1, ["2569-00002"])


@pytest.mark.parametrize(
    ("page", "shown", "found"), [(1, 1, 2), (3, 3, 1), (4, 3, 1), (10**12, 3, 1), (0, 1, 2)]
)
def test_a_page_beyond_the_ends_is_the_nearest(
    indexer: Indexer, page: int, shown: int, found: int
) -> None:
    for n in range(5):
        published(title=f"แผนขยะ {n}")
    indexer.follow()

    for query in ("แผนขยะ", ""):
        answer = search(query, page=page, per_page=2)
        assert (answer.page, len(answer.hits), answer.total) == (shown, found, 5)


def test_pages_together_show_each_hit_once(indexer: Indexer) -> None:
    for n in range(7):
        published(title=f"แผนขยะ {n}")
    indexer.follow()

    shown = [
        hit.item.number
        for page in (1, 2, 3)
        for hit in search("แผนขยะ", page=page, per_page=3).hits
    ]

    assert sorted(shown) == [f"2569-0000{n}" for n in range(1, 8)]


def test_a_number_finds_its_item(indexer: Indexer) -> None:
    for n in range(3):
        published(title=f"แผนขยะ {n}")
    indexer.follow()

    assert titles(query="๒๕๖๙-๐๐๐๐๒") == ["แผนขยะ 1"]


def test_facets_come_when_they_are_asked_for(indexer: Indexer) -> None:
    published(title="แผนขยะ", fiscal_year=2569)
    published(title="แผนขยะ", section=SECTION)
    indexer.follow()

    assert search("แผนขยะ").facets == {}
    assert search("แผนขยะ", with_facets=True).facets["top_section"] == {"news": 1, "procurement": 1}


@pytest.mark.parametrize("amount", [1, 3])
def test_the_number_of_questions_does_not_grow_with_the_hits(indexer: Indexer, amount: int) -> None:
    for n in range(amount):
        attachment = file(f"{n}".encode())
        texts = {attachment["sha256"]: pages("ถังขยะเปียก")}
        published(title=f"ฉบับที่ {n}", files=[attachment], texts=texts)
    indexer.follow()

    for questions in (4, 1):  # the second time, all but the head is remembered
        with CaptureQueriesContext(connections["record"]) as asked:
            assert search("ถังขยะเปียก").total == amount
        assert len(asked) == questions


@pytest.mark.parametrize(
    "text", ["'", '"', "\\", "\x00", "(", "*:*", "a" * 5_000, "ก" * 5_000, "\ud800"]
)
def test_any_text_is_a_query(indexer: Indexer, text: str) -> None:
    published(title="แผนขยะ")
    indexer.follow()

    assert len(search(text).query) <= 200


def _with_details(indexer: Indexer) -> None:
    price = {"label_th": "ราคากลาง", "type": "money", "value": 4752000}
    day = {"label_th": "วันที่ประกาศ", "type": "date", "value": "2026-03-17"}
    published(title="ประกาศจัดซื้อรถขยะ", details=[price, day])
    published(title="ประกาศอื่น")
    indexer.follow()


@pytest.mark.parametrize("asked", ["4,752,000", "17 มีนาคม 2569", "ราคากลาง"])
def test_a_detail_is_shown_with_its_name_and_as_people_write_it(
    indexer: Indexer, asked: str
) -> None:
    _with_details(indexer)

    (hit,) = search(asked).hits

    (highlight,) = hit.highlights
    assert "ราคากลาง 4,752,000 บาท · วันที่ประกาศ 17 มีนาคม 2569" in highlight.text


@pytest.mark.parametrize("asked", ["4752000", "2026-03-17"])
def test_a_detail_is_found_as_machines_write_it_too_but_not_shown_so(
    indexer: Indexer, asked: str
) -> None:
    _with_details(indexer)

    (hit,) = search(asked).hits

    assert hit.item.number == "2569-00001"
    assert not any(asked in highlight.text for highlight in hit.highlights)
