import re

import pytest

from tests.portal.visitor import Visitor
from tests.record.factories import published

PAGES = (
    "/",
    "/sections/news/",
    "/p/{}/",
    "/p/{}/v/1/",
    "/p/{}/history/",
    "/p/{}/proof/",
    "/log/",
    "/search",
)
ONE_LANGUAGE = (
    "/en/",
    "/feeds/",
    "/api/",
    "/log/checkpoint",
    "/log/key",
    "/log/entries/0.json",
    "/log/editions/",
)


@pytest.mark.parametrize("page", PAGES)
def test_the_address_alone_decides_about_the_language(citizen: Visitor, page: str) -> None:
    path = page.format(published().number)
    thai = citizen.get(path, accept_language="en", cookie="django_language=en")
    english = citizen.get(f"/en{path}", accept_language="th")

    assert ('<html lang="th">' in thai.text, '<html lang="en">' in english.text) == (True, True)
    assert {thai["vary"], english["vary"]} == {"Accept-Encoding"}
    assert (thai["set-cookie"], english["set-cookie"]) == ("", "")


@pytest.mark.parametrize("page", PAGES)
def test_the_language_switch_stays_on_the_page(citizen: Visitor, page: str) -> None:
    path = page.format(published().number)

    assert f'<a href="/en{path}" hreflang="en" lang="en">' in citizen.get(path).text
    assert f'<a href="{path}" hreflang="th" lang="th">' in citizen.get(f"/en{path}").text


def test_the_other_language_shows_the_same_choice_and_nothing_that_was_made_up(
    citizen: Visitor,
) -> None:
    text = citizen.get("/transparency/?on=2026-01-01&post=x&evil=1").text
    assert '<a href="/en/transparency/?post=x&amp;on=2026-01-01" hreflang="en"' in text
    assert "evil" not in text
    # Search engines are told of the pages themselves.
    assert (
        '<link rel="alternate" hreflang="en" href="https://www.tangjai.example/en/transparency/">'
        in text
    )


@pytest.mark.parametrize("page", PAGES)
def test_links_of_an_english_page_stay_english(citizen: Visitor, page: str) -> None:
    text = citizen.get("/en" + page.format(published().number)).text
    links = re.findall(r'<a [^>]*?href="(/[^"]*)"', text)
    thai = [link for link in links if not link.startswith(ONE_LANGUAGE)]

    assert len(thai) == 1


@pytest.mark.parametrize("page", PAGES)
def test_an_english_page_has_no_thai_of_our_own(citizen: Visitor, page: str) -> None:
    english = published(
        title="Road works", summary="", body="<p>Text</p>", unit={"code": "a", "name_th": "Works"}
    )
    text = citizen.get("/en" + page.format(english.number)).text
    own = re.sub(r'<(\w+)[^>]* lang="th"[^>]*>.*?</\1>', "", text, flags=re.DOTALL)

    assert re.findall(r"[ก-๛]+", own) == []


def test_an_english_title_is_shown_on_english_pages(citizen: Visitor) -> None:
    entry = published(title="ปรับปรุงถนน", title_en="Road works")

    assert ">Road works</h1>" in citizen.get(f"/en/p/{entry.number}/").text
    assert ">ปรับปรุงถนน</h1>" in citizen.get(f"/p/{entry.number}/").text
    assert ">Road works</a>" in citizen.get("/en/sections/news/").text
