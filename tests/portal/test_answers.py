"""What every address answers to programs and proxies: validators, encodings, HEAD, shapes, pages of lists."""

import re
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from prongsai.discovery.index import Indexer
from prongsai.record.states import Action
from tests.portal.visitor import Visitor
from tests.record.factories import correction, do, file, later, published

SITE = "https://www.tangjai.example"
ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = ("/", "/sections/news/", "/p/{}/", "/p/{}/v/1/", "/p/{}/history/", "/p/{}/proof/", "/log/")
TREES = (*PAGES, *(f"/en{page}" for page in PAGES))
FOR_PROGRAMS = (
    *("/feeds/latest.atom", "/feeds/latest.json", "/feeds/sections/news.atom", "/sitemap.xml"),
    *("/robots.txt", "/api/v1/sections", "/api/v1/disclosures", "/api/v1/disclosures/{}"),
    *("/api/v1/entries", "/log/entries/0.json"),
)
KEPT = (*TREES, *FOR_PROGRAMS)


@pytest.mark.parametrize("address", KEPT)
def test_who_has_the_page_is_told_so_until_the_record_moves(citizen: Visitor, address: str) -> None:
    path = address.format(published().number)
    first = citizen.get(path)
    again = citizen.get(path, if_none_match=first["etag"])
    other = citizen.get(path, if_none_match='W/"other"')

    assert (first.status, again.status, again.raw, other.status) == (200, 304, b"", 200)
    assert again["etag"] == first["etag"] == other["etag"]
    assert set(again.headers) == {"etag", "cache-control", "vary"}


@pytest.mark.parametrize("address", KEPT)
def test_both_encodings_carry_the_same_page(citizen: Visitor, address: str) -> None:
    path = address.format(published().number)
    packed, plain = citizen.get(path, accept_encoding="gzip, br"), citizen.get(path)

    assert packed.body == plain.raw
    assert (packed["content-encoding"], plain["content-encoding"]) == ("gzip", "")
    assert packed["etag"] == plain["etag"]
    lengths = int(packed["content-length"]), int(plain["content-length"])
    assert lengths == (len(packed.raw), len(plain.raw))


@pytest.mark.parametrize("encoding", ["gzip", ""])
@pytest.mark.parametrize("address", KEPT)
def test_head_says_what_get_would_and_sends_nothing(
    citizen: Visitor, address: str, encoding: str
) -> None:
    path = address.format(published().number)
    head = citizen.get(path, method="HEAD", accept_encoding=encoding)
    get = citizen.get(path, accept_encoding=encoding)

    assert head.raw == b""
    assert (head.status, head.headers) == (get.status, get.headers)


def test_thai_and_english_have_validators_of_their_own(citizen: Visitor) -> None:
    path = f"/p/{published().number}/"
    thai, english = citizen.get(path), citizen.get(f"/en{path}")

    assert thai["etag"] != english["etag"]
    assert citizen.get(f"/en{path}", if_none_match=thai["etag"]).status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["/", "/p/{}/", "/search", "/api/v1/entries", "/healthz"])
def test_nothing_but_reading_is_offered(citizen: Visitor, address: str, method: str) -> None:
    answer = citizen.get(address.format(published().number), method=method)

    assert (answer.status, answer["allow"], answer.raw) == (405, "GET, HEAD", b"")


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, [0]), (1, [1]), (20, [20]), (21, [20, 1]), (41, [20, 20, 1])],
)
def test_pages_of_a_list_hold_every_item_once(
    citizen: Visitor, count: int, sizes: list[int]
) -> None:
    numbers = {published().number for _each in range(count)}
    pages = [
        citizen.get(f"/api/v1/disclosures?page={page}").json for page in range(1, len(sizes) + 1)
    ]
    shown = [[row["number"] for row in page["disclosures"]] for page in pages]

    assert [len(page) for page in shown] == sizes
    assert {number for page in shown for number in page} == numbers
    assert {(page["total"], page["pages"]) for page in pages} == {(count, len(sizes))}
    section = citizen.get(f"/sections/news/?page={len(sizes)}").text
    assert set(re.findall(r'href="/p/([\d-]+)/"', section)) == set(shown[-1])


@pytest.mark.parametrize(
    ("page", "shown"), [("0", 1), ("-1", 1), ("x", 1), ("๒", 1), ("3", 2), ("9999", 2), ("", 1)]
)
def test_a_page_beyond_the_ends_is_the_nearest(citizen: Visitor, page: str, shown: int) -> None:
    for _each in range(21):
        published()

    assert citizen.get(f"/api/v1/disclosures?page={page}").json["page"] == shown
    assert citizen.get(f"/sections/news/?page={page}").status == 200


def test_a_row_of_the_list_has_exactly_these_fields(citizen: Visitor) -> None:
    entry = published(title="ประกาศ", title_en="Notice")

    assert citizen.get("/api/v1/disclosures").json == {
        "total": 1,
        "page": 1,
        "pages": 1,
        "disclosures": [
            {
                "number": entry.number,
                "version": 1,
                "title": "ประกาศ",
                "title_en": "Notice",
                "summary": "รับสมัครพนักงานจ้างสองตำแหน่ง",
                "kind": "news",
                "section": "jobs",
                "unit": "clerk",
                "fiscal_year": 2570,
                "first_published_at": "2026-11-23T10:00:00+07:00",
                "updated_at": "2026-11-23T10:00:00+07:00",
                "url": f"{SITE}/p/{entry.number}/",
            }
        ],
    }


def test_sections_are_nine_and_each_has_a_page_and_a_feed(citizen: Visitor) -> None:
    rows: list[dict[str, Any]] = citizen.get("/api/v1/sections").json["sections"]

    assert len(rows) == 9
    assert {frozenset(row) for row in rows} == {
        frozenset(("slug", "clause", "title", "url", "feed"))
    }
    addresses = [row[name].removeprefix(SITE) for row in rows for name in ("url", "feed")]
    assert {citizen.get(address).status for address in addresses} == {200}


def feed_of(citizen: Visitor, address: str) -> list[tuple[str, str]]:
    """Id and day of change of each entry, in order."""
    feed = ElementTree.fromstring(citizen.get(address).body)  # noqa: S314 -- our own feed
    return [
        (each.findtext(f"{ATOM}id", ""), each.findtext(f"{ATOM}updated", ""))
        for each in feed.iter(f"{ATOM}entry")
    ]


@pytest.mark.parametrize("address", ["/feeds/latest.atom", "/feeds/sections/news.atom"])
def test_a_correction_moves_an_entry_up_and_keeps_its_id(citizen: Visitor, address: str) -> None:
    first, second = (published().number for _each in range(2))
    before = feed_of(citizen, address)
    do(Action.CORRECTED, first, correction(title="แก้แล้ว"), at=later(hours=1))
    after = feed_of(citizen, address)

    ids = {number: f"{SITE}/p/{number}/" for number in (first, second)}
    assert [one for one, _at in before] == [ids[second], ids[first]]
    assert after == [
        (ids[first], "2026-11-23T11:00:00+07:00"),
        (ids[second], "2026-11-23T10:00:00+07:00"),
    ]


def test_both_feeds_hold_the_same_items_in_the_same_order(citizen: Visitor) -> None:
    for number in range(3):
        published(title=f"ข่าว {number}")
    items = citizen.get("/feeds/latest.json").json["items"]

    atom = [one for one, _at in feed_of(citizen, "/feeds/latest.atom")]
    assert [one["id"] for one in items] == atom
    assert {frozenset(one) for one in items} == {
        frozenset(
            ("id", "url", "title", "summary", "content_text", "date_published", "date_modified")
        )
    }


@pytest.mark.parametrize(
    "words",
    [
        "ถนน" * 100,
        "🚒🌊" * 40,
        "مرحبا بكم",
        "\u202egnihtyna\u202c",
        "ถนน\x00สาย",
        '" OR NEAR(* AND',
        "(((((((((",
        "<script>alert(1)</script>",
        "ก" * 3000,
        "% _ \\ ' ;--",
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_whatever_is_searched_for_is_answered_honestly(
    citizen: Visitor, words: str, prefix: str
) -> None:
    published(title="ประกาศเชิญชวน")
    Indexer().follow()
    answer = citizen.get(f"{prefix}/search?q={quote(words)}")

    assert answer.status == 200
    assert "<script>alert" not in answer.text
    assert re.findall(r"/p/[\d-]+/", answer.text) == []
    assert re.search(r"พบ 0 รายการ|ไม่พบ|0 results|[Nn]othing|No item", answer.text)
    assert citizen.get(f"/api/v1/search?q={quote(words)}").json["total"] == 0


@pytest.mark.parametrize("query", ["q=%", "q=%E0%B8", "q=%ff%fe", "q=%zz", "&&&=", "q", "q=&q=x"])
@pytest.mark.parametrize("path", ["/search", "/en/search", "/api/v1/search", "/sections/news/"])
def test_a_broken_query_breaks_nothing(citizen: Visitor, path: str, query: str) -> None:
    published()
    Indexer().follow()

    assert citizen.get(f"{path}?{query}").status == 200


@pytest.mark.parametrize(
    ("asked", "status", "part", "place"),
    [
        ("", 200, b"0123456789", ""),
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=8-", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=0-1,3-4", 200, b"0123456789", ""),
        ("nonsense", 200, b"0123456789", ""),
    ],
)
def test_a_part_of_a_file_is_sent_with_the_files_headers(
    citizen: Visitor, asked: str, status: int, part: bytes, place: str
) -> None:
    paper = file(b"0123456789")
    published(files=[paper])
    answer = citizen.get(f"/files/{paper['sha256']}/{paper['name']}", range=asked)

    assert (answer.status, answer.raw, answer["content-range"]) == (status, part, place)
    assert (answer["etag"], answer["content-type"]) == (f'"{paper["sha256"]}"', "application/pdf")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_text_of_a_file_is_a_page_with_a_way_back(citizen: Visitor, prefix: str) -> None:
    paper = file()
    pages = [
        {"number": 1, "text": "บรรทัดแรก <b>", "source": "text"},
        {"number": 2, "text": "  ", "source": "text"},
        {"number": 3, "text": "บรรทัดท้าย", "source": "ocr"},
    ]
    entry = published(files=[paper], texts={paper["sha256"]: pages})
    text = citizen.get(f"{prefix}/files/{paper['sha256']}/{paper['name']}/text").text

    assert "บรรทัดแรก &lt;b&gt;" in text
    assert "บรรทัดท้าย" in text
    assert f'href="{prefix}/p/{entry.number}/"' in text
