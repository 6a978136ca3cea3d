"""The accessible text of a file: structured, in parts, labelled with who or what read it."""

from collections.abc import Mapping
from typing import Any

import pytest

from prongsai.discovery.index import Indexer
from prongsai.portal.reading import file_reading
from prongsai.record.states import Action
from tests.portal.visitor import Visitor
from tests.record.factories import correction, do, file, published, recalled

Page = Mapping[str, Any]
CHECKED = {"post": "เจ้าพนักงานธุรการ", "at": "2026-11-19T04:00:00+00:00"}


def page(number: int, *blocks: dict[str, Any], **changes: Any) -> dict[str, Any]:
    text = f"ข้อความของหน้าที่ {number} จบ"
    shown = list(blocks) or [{"kind": "paragraph", "text": text}]
    return {"number": number, "text": text, "source": "text", "blocks": shown} | changes


def text_of(citizen: Visitor, pages: list[Page], query: str = "", **changes: Any) -> str:
    paper = file(**changes)
    published(files=[paper], texts={paper["sha256"]: pages})
    return citizen.get(f"/files/{paper['sha256']}/{paper['name']}/text{query}").text


def test_blocks_become_headings_lists_and_tables(citizen: Visitor) -> None:
    text = text_of(
        citizen,
        [
            page(
                1,
                {"kind": "heading", "text": "หมวด ๑", "level": 2},
                {"kind": "heading", "text": "1. เหตุผล", "level": 3},
                {"kind": "list", "items": ["(๑) <i>ก</i>", "(๒) ข"]},
                {"kind": "table", "rows": [["ชื่อ", "บาท"], ["ก", "900"]], "has_head": True},
            )
        ],
    )

    assert "<h2>หมวด ๑</h2>" in text
    assert "<h3>1. เหตุผล</h3>" in text
    assert "<li>(๑) &lt;i&gt;ก&lt;/i&gt;</li><li>(๒) ข</li>" in text
    assert '<th scope="col">บาท</th>' in text
    assert "<td>900</td>" in text


def test_the_first_heading_of_a_page_is_of_the_second_rank() -> None:
    [shown] = file_reading(
        [page(1, *({"kind": "heading", "text": "1. ก", "level": 3} for _n in range(2)))], 1
    ).pages
    assert [block.depth for block in shown.blocks] == [2, 3]


@pytest.mark.parametrize(
    ("rows", "head", "body"),
    [
        ([["ก", "ข"]], (), (("ก", "ข"),)),
        ([["ก", "ข"], ["1", "2"]], ("ก", "ข"), (("1", "2"),)),
    ],
)
def test_a_table_of_one_row_has_no_head(rows: Any, head: Any, body: Any) -> None:
    [shown] = file_reading([page(1, {"kind": "table", "rows": rows, "has_head": True})], 1).pages
    assert (shown.blocks[0].head, shown.blocks[0].rows) == (head, body)


def test_a_text_that_nobody_compared_says_so(citizen: Visitor) -> None:
    text = text_of(citizen, [page(1)])
    assert "อ่านโดยเครื่อง ยังไม่ได้ตรวจ" in text
    assert "ตรวจกับเอกสารแล้ว" not in text


def test_a_checked_text_says_by_which_post_and_when(citizen: Visitor) -> None:
    text = text_of(citizen, [page(1, source="checked", checked=CHECKED)])
    assert "อ่านโดยเครื่อง" not in text
    assert "เจ้าพนักงานธุรการ" in text
    assert '<time datetime="2026-11-19">19 พฤศจิกายน 2569</time>' in text


def test_a_text_of_which_one_page_was_not_checked_is_not_called_checked(citizen: Visitor) -> None:
    text = text_of(citizen, [page(1, checked=CHECKED), page(2)])
    assert "อ่านโดยเครื่อง ยังไม่ได้ตรวจ" in text


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.9, "อ่านได้ชัด"), (0.75, "อ่านได้พอใช้"), (0.7499, "อ่านได้ไม่ชัด"), (0, "อ่านได้ไม่ชัด")],
)
def test_how_well_a_picture_was_read_is_said_in_words(
    citizen: Visitor, confidence: float, words: str
) -> None:
    assert words in text_of(citizen, [page(1, source="ocr", confidence=confidence)])


def test_a_page_without_text_is_named_among_the_others(citizen: Visitor) -> None:
    empty = {"number": 2, "text": " ", "source": "none", "blocks": []}
    text = text_of(citizen, [page(1), empty])
    assert 'id="page-2"' in text
    assert "หน้านี้ไม่มีข้อความที่อ่านได้" in text


def test_a_long_text_comes_in_parts_that_lead_to_each_other(citizen: Visitor) -> None:
    pages: list[Page] = [page(number) for number in range(1, 46)]
    text = text_of(citizen, pages, "?page=2")

    assert "ข้อความของหน้าที่ 21 จบ" in text
    assert "ข้อความของหน้าที่ 40 จบ" in text
    assert "ข้อความของหน้าที่ 20 จบ" not in text
    assert "หน้า 21 จาก 45" in text
    assert 'href="?page=1#page-20"' in text
    assert 'href="#page-22"' in text
    assert 'href="?page=3#page-41"' in text
    assert '<a href="?page=2" aria-current="page">หน้า 21–40</a>' in text


@pytest.mark.parametrize("query", ["?page=99", "?page=3"])
def test_a_part_beyond_the_last_is_the_last(citizen: Visitor, query: str) -> None:
    pages: list[Page] = [page(number) for number in range(1, 46)]
    assert "ข้อความของหน้าที่ 45 จบ" in text_of(citizen, pages, query)


@pytest.mark.parametrize("query", ["", "?page=0", "?page=-1", "?page=abc", "?page=%00"])
def test_any_other_part_is_the_first(citizen: Visitor, query: str) -> None:
    pages: list[Page] = [page(number) for number in range(1, 46)]
    assert "ข้อความของหน้าที่ 1 จบ" in text_of(citizen, pages, query)


def test_a_text_from_before_there_were_blocks_is_shown_as_it_is(citizen: Visitor) -> None:
    old = {"number": 1, "text": "บรรทัดหนึ่ง\n  บรรทัดสอง", "source": "text"}
    text = text_of(citizen, [old])
    assert '<div class="file-text" lang="th">บรรทัดหนึ่ง\n  บรรทัดสอง</div>' in text


def test_whoever_cannot_read_it_learns_whom_to_ask_for_another_form(citizen: Visitor) -> None:
    paper = file(name="แผน.pdf")
    number = published(files=[paper], unit={
        "code": "plan", "name_th": "งานแผน", "name_en": "", "phone": "0 7500 0110", "email": "plan@tangjai.example",
    }).number  # fmt: skip
    text = citizen.get(f"/files/{paper['sha256']}/{paper['name']}/text").text

    assert 'id="accessible-format"' in text
    assert 'href="tel:075000110"' in text
    assert "mailto:plan@tangjai.example?subject=" in text
    assert number in text
    assert f"{number}&amp;body=%E0%B9%81%E0%B8%9C%E0%B8%99.pdf" in text


@pytest.mark.parametrize(
    ("media_type", "is_offered"),
    [("application/pdf", True), ("image/png", True), ("text/csv", False)],
)
def test_under_what_may_be_a_scan_an_accessible_format_is_offered(
    citizen: Visitor, media_type: str, is_offered: bool
) -> None:
    paper = file(media_type=media_type)
    number = published(files=[paper]).number
    text = citizen.get(f"/p/{number}/").text
    address = f"/files/{paper['sha256']}/{paper['name']}/text"

    assert f'href="{address}"' in text
    assert (f'href="{address}#accessible-format"' in text) is is_offered


def test_a_passage_that_was_found_leads_to_its_page(citizen: Visitor) -> None:
    paper = file()
    pages = [page(number) for number in range(1, 30)] + [page(30, text="ฐานรากเสาเข็มเจาะ")]
    published(files=[paper], texts={paper["sha256"]: pages})
    Indexer().follow()
    text = citizen.get("/en/search?q=เสาเข็ม").text
    assert f'href="/en/files/{paper["sha256"]}/{paper["name"]}/text?page=2#page-30"' in text


def test_a_recall_takes_every_part_of_the_text_away(citizen: Visitor) -> None:
    paper = file()
    pages = [page(number) for number in range(1, 46)]
    entry = published(files=[paper], texts={paper["sha256"]: pages})
    address = f"/files/{paper['sha256']}/{paper['name']}/text"
    before = [citizen.get(f"{address}?page={part}").status for part in (1, 2, 3)]
    recalled(entry.number)
    after = [citizen.get(f"{address}?page={part}").status for part in (1, 2, 3)]
    assert (before, after) == ([200] * 3, [404] * 3)


def test_a_correction_shows_the_checked_text_of_the_same_file(citizen: Visitor) -> None:
    paper = file()
    address = f"/files/{paper['sha256']}/{paper['name']}/text"
    entry = published(files=[paper], texts={paper["sha256"]: [page(1)]})
    before = citizen.get(address).text
    pages = [page(1, source="checked", checked=CHECKED)]
    document = correction(files=[paper])
    do(Action.CORRECTED, entry.number, document, file_texts={paper["sha256"]: pages})
    assert "อ่านโดยเครื่อง" in before
    assert "ตรวจกับเอกสารแล้ว" in citizen.get(address).text
