"""What citizens get: the banner on every page, the register, CAP, and a site that nothing in it can harm."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from lxml import etree

from prongsai.notices.board import locked, put
from prongsai.notices.public import PublicNotice
from prongsai.portal import notices as portal_notices
from prongsai.portal.cache import PageCache
from prongsai.portal.head import head_reader
from prongsai.portal.notices import with_notices
from prongsai.portal.site import CACHE_CONTROL, CachedSite
from tests.factories import NOW
from tests.notices.factories import UNTIL, bulletin, message, public, text
from tests.notices.test_cap import SCHEMA
from tests.portal.conftest import portal_settings  # noqa: F401 -- a fixture, used by name
from tests.portal.visitor import Visitor
from tests.record.conftest import data, migrated  # noqa: F401 -- fixtures, used by name
from tests.record.factories import published

PAGES = ("/", "/en/", "/search?q=น้ำ", "/sections/news/", "/log/", "/notices/", "/nothing-here/")
ENDED = public(
    "bbbbbbbbbb",
    message(),
    message("end", reason="น้ำลดแล้ว", sent_at=NOW + timedelta(hours=1)),
    ended_at=NOW + timedelta(hours=1),
    end_cause="over",
)
DRILL = public("cccccccccc", message(text=text(headline="ซ้อมอพยพ")), is_drill=True)
Show = Callable[..., None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """The portal's clock, which stands still until a test moves it."""
    held = {"now": NOW.timestamp()}
    monkeypatch.setattr(portal_notices.time, "time", lambda: held["now"])
    return held


@pytest.fixture
def citizen(
    data: Path,  # noqa: F811 -- a fixture
    portal_settings: Any,  # noqa: F811 -- a fixture
    clock: dict[str, float],
) -> Visitor:
    head = with_notices(head_reader(connections["record"]))
    return Visitor(CachedSite(WSGIHandler(), head, PageCache()))


@pytest.fixture
def show(notice_file: Path) -> Show:
    def put_up(*notices: PublicNotice, sequence: int = 1) -> None:
        with locked(notice_file):
            put(notice_file, bulletin(*notices, sequence=sequence).to_json())

    return put_up


@pytest.mark.parametrize("page", PAGES)
def test_the_banner_comes_to_a_page_that_was_kept_and_goes_again(
    citizen: Visitor, show: Show, clock: dict[str, float], page: str
) -> None:
    assert "notice-banner" not in citizen.get(page).text
    show(public())
    with_banner = citizen.get(page).text
    assert with_banner.count("notice-banner") == 1
    assert "น้ำท่วมถนนริมคลอง" in with_banner
    clock["now"] = UNTIL.timestamp()
    assert "notice-banner" not in citizen.get(page).text


def test_pages_are_still_kept_while_nothing_changes(citizen: Visitor, show: Show) -> None:
    show(public())
    first = citizen.get("/")
    assert citizen.get("/", if_none_match=first["etag"]).status == 304
    assert first["cache-control"] == CACHE_CONTROL


def test_english_readers_get_the_frame_in_english_and_the_words_as_they_are(
    citizen: Visitor, show: Show
) -> None:
    show(public())
    page = citizen.get("/en/").text
    assert 'lang="th" dir="ltr">น้ำท่วมถนนริมคลอง' in page
    assert "Read all of it" in page
    show(public("0123456789", message(text=text(headline_en="Flood"))), sequence=2)
    assert '<span lang="en" dir="ltr">Flood</span>' in citizen.get("/en/").text


def test_a_drill_cannot_be_mistaken(citizen: Visitor, show: Show) -> None:
    show(DRILL)
    for path in ("/", "/notices/cccccccccc/"):
        page = citizen.get(path).text
        assert "นี่คือการฝึกซ้อม ไม่ใช่เหตุจริง" in page
        assert "data-drill" in page
        assert '<span class="notice-word">' not in page
    register = citizen.get("/notices/").text
    live_part = register[register.index('id="live-title"') : register.index('id="over-title"')]
    assert "ซ้อมอพยพ" not in live_part
    assert "การฝึกซ้อม (ไม่ใช่เหตุจริง)" in register
    assert "หมดเวลาตามที่กำหนด" not in register
    assert "<status>Exercise</status>" in citizen.get("/notices/cccccccccc.cap.xml").text


def test_the_register_keeps_what_has_ended(citizen: Visitor, show: Show) -> None:
    show(ENDED)
    assert "เหตุการณ์สิ้นสุดแล้ว" in citizen.get("/notices/").text
    page = citizen.get("/notices/bbbbbbbbbb/").text
    assert "ประกาศนี้สิ้นสุดแล้ว" in page
    assert "น้ำลดแล้ว" in page


def test_a_notice_leads_to_its_place_in_the_record(citizen: Visitor, show: Show) -> None:
    show(public(number="2569-00001"))
    assert 'href="/p/2569-00001/"' in citizen.get("/notices/0123456789/").text


def test_programs_read_valid_cap_and_atom(citizen: Visitor, show: Show) -> None:
    show(public(), ENDED, DRILL)
    feed = etree.fromstring(citizen.get("/notices/cap.atom").body)
    atom = "{http://www.w3.org/2005/Atom}"
    links = [
        each.get("href")
        for each in feed.iter(f"{atom}link")
        if each.get("type") == "application/cap+xml"
    ]
    assert len(links) == 3
    for link in links:
        answer = citizen.get(link.removeprefix("https://www.tangjai.example"))
        SCHEMA.assertValid(etree.fromstring(answer.body))
        assert answer["content-type"] == "application/cap+xml; charset=utf-8"


def test_what_is_current_is_asked_for_each_time(citizen: Visitor, show: Show) -> None:
    assert citizen.get("/notices/current.json").json["notices"] == []
    show(public())
    answer = citizen.get("/notices/current.json")
    assert answer["cache-control"] == "no-cache"
    assert [each["id"] for each in answer.json["notices"]] == ["0123456789"]
    assert answer.json["banner"]["th"].strip() in citizen.get("/").text
    assert answer.json["banner"]["en"].strip() in citizen.get("/en/").text
    again = citizen.get("/notices/current.json", if_none_match=answer["etag"])
    assert again.status == 304


@pytest.mark.parametrize("content", [b"", b"{", b"null", b"\x00" * 100, b'{"schema": 1}'])
def test_a_broken_file_harms_nothing_and_the_last_good_one_stays(
    citizen: Visitor, show: Show, notice_file: Path, content: bytes
) -> None:
    show(public())
    assert "notice-banner" in citizen.get("/").text
    notice_file.write_bytes(content)
    for page in PAGES[:6]:
        answer = citizen.get(page)
        assert (answer.status, "notice-banner" in answer.text) == (200, True)
    told = citizen.get("/readyz").json
    assert (told["ready"], told["notices"]["state"]) == (True, "kept")


def test_a_folder_in_the_place_of_the_file_harms_nothing(
    citizen: Visitor, notice_file: Path
) -> None:
    notice_file.mkdir(parents=True)
    assert citizen.get("/").status == 200
    assert citizen.get("/readyz").json["notices"]["state"] == "lost"


@pytest.mark.parametrize("path", ["/notices/ffffffffff/", "/notices/ffffffffff.cap.xml"])
def test_what_was_never_told_is_not_found(citizen: Visitor, show: Show, path: str) -> None:
    show(public())
    assert citizen.get(path).status == 404


@pytest.mark.parametrize(
    "name", ["headline", "happened", "to_do", "contact", "area", "source", "headline_en"]
)
def test_markup_in_the_file_stays_text(citizen: Visitor, show: Show, name: str) -> None:
    nasty = "<script>alert(1)</script>\"'>"
    show(public("0123456789", message(text=text(**{name: nasty}))))
    for path in ("/", "/en/", "/notices/", "/notices/0123456789/", "/en/notices/0123456789/"):
        assert "<script>alert" not in citizen.get(path).text
    banners = citizen.get("/notices/current.json").json["banner"]
    assert not any("<script>" in each for each in banners.values())


def test_notices_do_not_depend_on_the_records_pages(citizen: Visitor, show: Show) -> None:
    number = published().number
    show(public(number=number))
    assert citizen.get(f"/p/{number}/").text.count("notice-banner") == 1
