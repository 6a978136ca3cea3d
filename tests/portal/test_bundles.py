"""What citizens read of items that were published together."""

from xml.etree import ElementTree

import pytest

from prongsai.record import bundles
from prongsai.record.actions import append_all
from prongsai.record.bundles import Base
from prongsai.record.models import Entry
from tests.portal.visitor import Visitor
from tests.record.factories import BEGIN, act, content, corrected, do
from tests.record.together import BUNDLE, TITLE, bundled_acts, together

ADDRESS = f"/bundles/{BUNDLE}/"


def recalled(number: str, place: int) -> Entry:
    return do("recalled", number, act(bundles=[{"bundle": BUNDLE, "version": 1, "place": place}]))


def test_the_page_of_an_item_links_to_what_was_published_with_it(citizen: Visitor) -> None:
    first, second = together("แผนพัฒนา", "งบประมาณ")
    text = citizen.get(f"/p/{first.number}/").text
    assert "เผยแพร่พร้อมกับ" in text
    assert f'href="/p/{second.number}/"' in text
    assert f'href="{ADDRESS}"' in text


def test_a_corrected_item_still_says_so(citizen: Visitor) -> None:
    first, _second = together("แผนพัฒนา", "งบประมาณ")
    corrected(first.number)
    assert f'href="{ADDRESS}"' in citizen.get(f"/p/{first.number}/").text


def test_an_item_that_came_alone_says_nothing_of_it(citizen: Visitor) -> None:
    entry = do("published", None, content())
    together("แผนพัฒนา", "งบประมาณ")
    assert "เผยแพร่พร้อมกับ" not in citizen.get(f"/p/{entry.number}/").text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_of_a_bundle_names_its_members_in_their_order(
    citizen: Visitor, prefix: str
) -> None:
    first, second = together("แผนพัฒนา", "งบประมาณ")
    answer = citizen.get(f"{prefix}{ADDRESS}")
    assert answer.status == 200
    assert TITLE in answer.text
    assert answer.text.index(f"/p/{first.number}/") < answer.text.index(f"/p/{second.number}/")
    assert "noindex" not in answer.text


def test_what_was_recalled_is_named_by_its_number_alone(citizen: Visitor) -> None:
    first, second = together("แผนพัฒนา", "รายชื่อผู้ป่วย")
    recalled(second.number, 1)
    page, item = citizen.get(ADDRESS).text, citizen.get(f"/p/{first.number}/").text
    for text in (page, item):
        assert second.number in text
        assert "รายการนี้ถูกเรียกคืนแล้ว" in text
        assert "รายชื่อผู้ป่วย" not in text
    assert "แผนพัฒนา" in page


def test_a_bundle_of_which_nothing_is_left_is_gone(citizen: Visitor) -> None:
    for place, entry in enumerate(together("แผนพัฒนา", "งบประมาณ")):
        recalled(entry.number, place)
    answer = citizen.get(ADDRESS)
    assert answer.status == 410
    assert TITLE not in answer.text


def test_a_member_that_corrects_something_says_so_and_leads_to_the_comparison(
    citizen: Visitor,
) -> None:
    base = do("published", None, content(title="แผนเดิม"))
    append_all(bundled_acts("งบประมาณ", Base(base.number, 1)), at=BEGIN)
    text = citizen.get(ADDRESS).text
    assert text.count("แก้ไขเป็นฉบับที่ 2") == 1
    assert f'href="/p/{base.number}/compare/?from=1&amp;to=2"' in text
    assert citizen.get(f"/p/{base.number}/v/1/").status == 200


def test_an_unknown_bundle_is_not_found(citizen: Visitor) -> None:
    together("แผนพัฒนา", "งบประมาณ", bundle="99999999-2222-4333-8444-555555555555")
    assert citizen.get(ADDRESS).status == 404


def test_programs_read_of_it_without_the_salt(citizen: Visitor) -> None:
    first, _second = together("แผนพัฒนา", "งบประมาณ")
    said = citizen.get(f"/api/v1/disclosures/{first.number}").json["bundle"]
    assert set(said) == {"id", "title", "members", "hash", "key", "url"}
    assert said["url"].endswith(ADDRESS)
    assert bundles.statement_hash(said) == said["hash"]


def test_feeds_name_the_bundle_of_an_entry_and_of_no_other(citizen: Visitor) -> None:
    do("published", None, content(title="มาเดี่ยว"))
    together("แผนพัฒนา", "งบประมาณ")
    entries = {
        each["title"]: each.get("_prongsai")
        for each in citizen.get("/feeds/latest.json").json["items"]
    }
    assert entries["มาเดี่ยว"] is None
    assert entries["แผนพัฒนา"]["bundle"].endswith(ADDRESS)
    feed = ElementTree.fromstring(citizen.get("/feeds/latest.atom").text)  # noqa: S314 -- our own feed
    links = [each.get("href") for each in feed.iter() if each.get("rel") == "collection"]
    assert len(links) == 2
    assert set(links) == {entries["แผนพัฒนา"]["bundle"]}


def test_search_engines_find_the_page(citizen: Visitor) -> None:
    together("แผนพัฒนา", "งบประมาณ")
    assert ADDRESS in citizen.get("/sitemap.xml").text
