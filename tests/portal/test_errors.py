import pytest

from tests.portal.visitor import Visitor


def test_a_missing_page_offers_search(citizen: Visitor) -> None:
    answer = citizen.get("/nothing/here/")

    assert answer.status == 404
    assert 'role="search"' in answer.text
    assert "ไม่พบหน้านี้" in answer.text


def test_a_missing_page_is_english_below_en(citizen: Visitor) -> None:
    assert "Page not found" in citizen.get("/en/nothing/").text


def test_a_missing_page_does_not_echo_its_address(citizen: Visitor) -> None:
    assert "script" not in citizen.get("/<script>alert(1)</script>/").text.partition("<main")[2]


def test_a_page_without_its_last_slash_leads_to_the_right_address(citizen: Visitor) -> None:
    answer = citizen.get("/sections/news")

    assert (answer.status, answer["location"]) == (301, "/sections/news/")


@pytest.mark.parametrize(
    "address",
    [
        "/p/%FF/",
        "/p/2569-00001%00/",
        "/p/9999999999-99999999999999999999/",
        f"/files/{'a' * 64}/%00.pdf",
        f"/files/{'a' * 64}/..%2F..%2Fsecrets%2Flog-key",
        "/api/v1/disclosures/%00",
        "/feeds/sections/%FF.atom",
        "/sections/%00/",
    ],
)
def test_an_odd_address_is_not_found_and_breaks_nothing(citizen: Visitor, address: str) -> None:
    assert citizen.get(address).status == 404


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%FF%FE", "q=()*:[]{}~^%22", "q=a&page=0", "q=a&year=99999999999"]
)
def test_an_odd_query_breaks_nothing(citizen: Visitor, query: str) -> None:
    assert citizen.get(f"/search?{query}").status == 200
