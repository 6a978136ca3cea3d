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
