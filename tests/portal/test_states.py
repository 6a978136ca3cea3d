"""Every page of an item in every state that an item can have, in both languages."""

import re
from collections.abc import Callable

import pytest

from prongsai.record.states import Action, ItemState
from tests.portal.visitor import Answer, Visitor
from tests.record.factories import act, corrected, do, file, published, recalled, withdrawn

SITE = "https://www.tangjai.example"
PREFIXES = ("", "/en")
READABLE = (ItemState.CURRENT, ItemState.WITHDRAWN, ItemState.EXPIRED)
NOINDEX = '<meta name="robots" content="noindex">'
NUMBER = "2569-00001"


def _expired(number: str) -> None:
    do(Action.EXPIRED, number, act(explanation=""))


def _consolidated(number: str) -> None:
    do(Action.CONSOLIDATED, number, act(redirect_number=published(title="ปลายทาง").number))


REACH: dict[str, Callable[[str], object]] = {
    ItemState.CURRENT: str,
    ItemState.WITHDRAWN: withdrawn,
    ItemState.EXPIRED: _expired,
    ItemState.RECALLED: recalled,
    ItemState.CONSOLIDATED: _consolidated,
}


def in_state(state: str) -> str:
    """The number of an item with a file and two versions that has come into this state."""
    number = published(title="ประกาศเดิม", files=[file()]).number
    corrected(number, title="ประกาศใหม่", files=[file()])
    REACH[state](number)
    return number


def head_links(answer: Answer) -> dict[str, str]:
    """The canonical address and those of the languages."""
    links = re.findall(
        r'<link rel="(canonical|alternate)"(?: hreflang="(\w+)")? href="([^"]*)"', answer.text
    )
    return {language or rel: address for rel, language, address in links}


def notices(answer: Answer) -> list[str]:
    """The headings of the notices over an item."""
    pattern = r'<div class="ds-alert notice"[^>]*>\s*<h2[^>]*>(.*?)</h2>'
    return re.findall(pattern, answer.text)


def test_every_state_is_reached_in_these_tests() -> None:
    assert set(REACH) == set(ItemState)


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize(
    ("state", "statuses"),
    [
        (ItemState.CURRENT, {"": 200, "v/1/": 200, "history/": 200, "proof/": 200}),
        (ItemState.WITHDRAWN, {"": 200, "v/1/": 200, "history/": 200, "proof/": 200}),
        (ItemState.EXPIRED, {"": 200, "v/1/": 200, "history/": 200, "proof/": 200}),
        (ItemState.CONSOLIDATED, {"": 301, "v/1/": 200, "history/": 200, "proof/": 200}),
        (ItemState.RECALLED, {"": 410, "v/1/": 410, "history/": 410, "proof/": 410}),
    ],
)
def test_a_state_decides_the_status_of_all_pages_of_its_item(
    citizen: Visitor, state: str, statuses: dict[str, int], prefix: str
) -> None:
    number = in_state(state)

    assert {
        page: citizen.get(f"{prefix}/p/{number}/{page}").status for page in statuses
    } == statuses


@pytest.mark.parametrize("page", ["", "v/1/", "v/2/", "history/", "proof/"])
@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("state", READABLE)
def test_a_readable_page_names_its_own_address_and_both_languages(
    citizen: Visitor, state: str, prefix: str, page: str
) -> None:
    path = f"/p/{in_state(state)}/{page}"

    assert head_links(citizen.get(prefix + path)) == {
        "canonical": f"{SITE}{prefix}{path}",
        "th": f"{SITE}{path}",
        "en": f"{SITE}/en{path}",
    }


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize(
    ("page", "is_hidden"), [("", False), ("v/1/", True), ("v/2/", False), ("history/", False)]
)
@pytest.mark.parametrize("state", READABLE)
def test_only_old_versions_are_kept_out_of_search_engines(
    citizen: Visitor, state: str, page: str, is_hidden: bool, prefix: str
) -> None:
    answer = citizen.get(f"{prefix}/p/{in_state(state)}/{page}")

    assert (NOINDEX in answer.text) is is_hidden


@pytest.mark.parametrize(
    ("state", "headings"),
    [
        (ItemState.CURRENT, []),
        (ItemState.WITHDRAWN, ["รายการนี้ถูกยกเลิกการใช้งานแล้ว"]),
        (ItemState.EXPIRED, ["รายการนี้สิ้นสุดระยะเวลาแล้ว"]),
    ],
)
def test_a_notice_stands_over_what_is_no_longer_in_use(
    citizen: Visitor, state: str, headings: list[str]
) -> None:
    number = in_state(state)
    thai = notices(citizen.get(f"/p/{number}/"))
    english = notices(citizen.get(f"/en/p/{number}/"))

    assert thai == headings
    assert len(english) == len(headings)
    assert [heading for heading in english if re.search("[ก-๛]", heading)] == []


@pytest.mark.parametrize(
    ("state", "count"),
    [(ItemState.CURRENT, 1), (ItemState.WITHDRAWN, 2), (ItemState.EXPIRED, 2)],
)
def test_an_old_version_says_so_beside_what_its_item_has_become(
    citizen: Visitor, state: str, count: int
) -> None:
    found = notices(citizen.get(f"/p/{in_state(state)}/v/1/"))

    assert (len(found), found[-1]) == (count, "นี่คือฉบับเก่า (ฉบับที่ 1)")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_tombstone_keeps_no_word_of_any_version(citizen: Visitor, prefix: str) -> None:
    number = in_state(ItemState.RECALLED)
    told = "".join(
        citizen.get(f"{prefix}/p/{number}/{page}").text for page in ("", "v/1/", "v/2/", "history/")
    )

    assert number in told
    assert [words for words in ("ประกาศเดิม", "ประกาศใหม่", "ยื่นใบสมัคร") if words in told] == []


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("state", READABLE)
def test_a_page_has_one_heading_and_says_the_title_of_its_version(
    citizen: Visitor, state: str, prefix: str
) -> None:
    number = in_state(state)
    headings = [
        re.findall(r"<h1[^>]*>(.*?)</h1>", citizen.get(f"{prefix}/p/{number}/{page}").text)
        for page in ("v/1/", "v/2/", "")
    ]

    assert headings == [["ประกาศเดิม"], ["ประกาศใหม่"], ["ประกาศใหม่"]]


@pytest.mark.parametrize("state", list(ItemState))
def test_the_sitemap_and_the_feeds_hold_exactly_what_may_be_found(
    citizen: Visitor, state: str
) -> None:
    number = in_state(state)
    address = f"{SITE}/p/{number}/"
    holders = {
        "sitemap": f"<loc>{address}</loc>" in citizen.get("/sitemap.xml").text,
        "atom": f"<id>{address}</id>" in citizen.get("/feeds/latest.atom").text,
        "json": address in [one["id"] for one in citizen.get("/feeds/latest.json").json["items"]],
        "api": number
        in [one["number"] for one in citizen.get("/api/v1/disclosures").json["disclosures"]],
    }

    is_current = state == ItemState.CURRENT
    assert holders == {
        "sitemap": state in READABLE,
        "atom": is_current,
        "json": is_current,
        "api": is_current,
    }


@pytest.mark.parametrize("prefix", PREFIXES)
def test_crumbs_lead_from_the_first_page_to_the_section(citizen: Visitor, prefix: str) -> None:
    number = in_state(ItemState.CURRENT)
    crumbs = re.search(
        r'<nav class="crumbs".*?</nav>', citizen.get(f"{prefix}/p/{number}/").text, re.DOTALL
    )

    assert crumbs is not None
    links = re.findall(r'href="([^"]*)"', crumbs[0])
    assert links[:2] == [f"{prefix}/", f"{prefix}/sections/news/"]


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("state", READABLE)
def test_a_page_needs_no_script_to_be_read(citizen: Visitor, state: str, prefix: str) -> None:
    text = citizen.get(f"{prefix}/p/{in_state(state)}/").text

    assert "ยื่นใบสมัครได้ที่สำนักปลัด" in text
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|\sstyle=", text) == []
