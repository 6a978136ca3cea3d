from xml.etree import ElementTree

import pytest

from tests.portal.visitor import Visitor
from tests.record.factories import published, recalled, withdrawn

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITE = "https://www.tangjai.example"


def entries(text: str) -> list[str]:
    feed = ElementTree.fromstring(text)  # noqa: S314 -- our own feed
    return [title.text or "" for title in feed.iterfind("a:entry/a:title", ATOM)]


def test_the_feed_holds_what_is_in_use_newest_first(citizen: Visitor) -> None:
    published(title="แรก & <หนึ่ง>")
    published(title="หลัง")
    withdrawn(published(title="เลิกใช้").number)

    assert entries(citizen.get("/feeds/latest.atom").text) == ["หลัง", "แรก & <หนึ่ง>"]


def test_a_section_has_a_feed_of_its_own(citizen: Visitor) -> None:
    published(title="ข่าว")
    published(title="กฎหมาย", section={"top": "laws", "slug": "laws"})

    assert entries(citizen.get("/feeds/sections/laws.atom").text) == ["กฎหมาย"]
    assert citizen.get("/feeds/sections/secrets.atom").status == 404


@pytest.mark.parametrize("address", ["/feeds/latest.atom", "/feeds/sections/news.atom"])
def test_an_empty_feed_is_a_valid_feed(citizen: Visitor, address: str) -> None:
    answer = citizen.get(address)

    assert answer["content-type"] == "application/atom+xml; charset=utf-8"
    assert entries(answer.text) == []


def test_an_entry_says_when_where_and_by_whom(citizen: Visitor) -> None:
    entry = published()
    feed = ElementTree.fromstring(citizen.get("/feeds/latest.atom").text)  # noqa: S314 -- our own feed
    found = {
        name: feed.findtext(f"a:entry/{name}", namespaces=ATOM) for name in ("a:id", "a:published")
    }

    assert found == {
        "a:id": f"{SITE}/p/{entry.number}/",
        "a:published": "2026-11-23T10:00:00+07:00",
    }
    assert feed.findtext("a:entry/a:author/a:name", namespaces=ATOM) == "สำนักปลัด"


def test_programs_get_a_json_feed(citizen: Visitor) -> None:
    entry = published(title="ข่าว")
    answer = citizen.get("/feeds/latest.json")

    assert answer["content-type"] == "application/feed+json"
    assert answer.json["version"] == "https://jsonfeed.org/version/1.1"
    assert [(item["id"], item["title"]) for item in answer.json["items"]] == [
        (f"{SITE}/p/{entry.number}/", "ข่าว")
    ]


@pytest.mark.parametrize(
    "address",
    ["/feeds/latest.atom", "/feeds/latest.json", "/feeds/sections/news.atom", "/sitemap.xml"],
)
def test_a_recall_leaves_no_trace_in_feeds(citizen: Visitor, address: str) -> None:
    entry = published(title="รายชื่อผู้ป่วย")
    before = citizen.get(address).text
    recalled(entry.number)
    after = citizen.get(address).text

    assert entry.number in before
    assert entry.number not in after
    assert "ผู้ป่วย" not in after
