"""Every kind of page in a real browser: axe finds nothing, nothing scrolls sideways, no script is needed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.axe import violations
from tests.portal.serving import ServedPortal

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
ADDRESSES = {
    "home": "/",
    "section": "/sections/news/?year=2570",
    "empty section": "/sections/news/?year=2500",
    "item": "/p/{tender}/",
    "short item": "/p/{link}/",
    "earlier version": "/p/{tender}/v/1/",
    "withdrawn": "/p/{withdrawn}/",
    "expired": "/p/{expired}/",
    "consolidated": "/p/{consolidated}/",
    "history of what was consolidated": "/p/{consolidated}/history/",
    "tombstone": "/p/{recalled}/",
    "history": "/p/{tender}/history/",
    "proof": "/p/{tender}/proof/",
    "posting": "/p/{withdrawn}/posting/",
    "search": "/search",
    "found": "/search?q=ถนนเทศบาล",
    "not found": "/search?q=ซูเปอร์โนวา",
    "withheld parts": "/transparency/withheld/",
    "what is owed": "/transparency/",
    "a list of duties": "/transparency/ita-oit-2569/",
    "evidence": "/transparency/ita-oit-2569/o1/",
    "months of a duty": "/transparency/ita-oit-2569/o11/?on=2026-11-24",
    "index": "/transparency/oia/index/",
    "folder of the index": "/transparency/oia/index/7-1/?on=2026-11-24",
    "a duty not looked at": "/transparency/ita-oit-2569/o20/",
    "log": "/log/",
    "proof of an entry": "/log/entries/0/",
    "text of a file": "{file}text",
    "text of a long scan": "{scan}text?page=2",
    "text that was checked": "{letter}text",
    "missing": "/nothing/",
    "English home": "/en/",
    "English item": "/en/p/{tender}/",
    "English section": "/en/sections/procurement/",
    "English earlier version": "/en/p/{tender}/v/1/",
    "English withdrawn": "/en/p/{withdrawn}/",
    "English expired": "/en/p/{expired}/",
    "English consolidated": "/en/p/{consolidated}/",
    "English tombstone": "/en/p/{recalled}/",
    "English history": "/en/p/{tender}/history/",
    "English proof": "/en/p/{tender}/proof/",
    "English found": "/en/search?q=ถนนเทศบาล",
    "English not found": "/en/search?q=supernova",
    "English withheld parts": "/en/transparency/withheld/",
    "English what is owed": "/en/transparency/",
    "English index": "/en/transparency/oia/index/",
    "English list of duties": "/en/transparency/ita-oit-2569/",
    "English evidence": "/en/transparency/ita-oit-2569/o1/",
    "English log": "/en/log/",
    "English text of a file": "/en{file}text",
    "English text of a long scan": "/en{scan}text",
    "English text that was checked": "/en{letter}text",
    "English missing": "/en/nothing/",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPortal]:
    portal = ServedPortal(tmp_path_factory.mktemp("portal"))
    portal.start()
    yield portal
    portal.stop()


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def seen(page: Page) -> dict[int, tuple[bool, list[str]]]:
    """At each width, whether it scrolls sideways and what axe finds; the page's script does not ask for its width."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        is_wider = page.evaluate("document.documentElement.scrollWidth") > width
        found[width] = is_wider, violations(page)
    return found


@pytest.mark.parametrize("name", ADDRESSES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Page, served: ServedPortal, name: str
) -> None:
    page.goto(served.address + ADDRESSES[name].format_map(served.numbers))

    assert seen(page) == dict.fromkeys(WIDTHS, (False, []))


@pytest.fixture(scope="module")
def without_scripts(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def told(without_scripts: Page) -> Iterator[list[str]]:
    """What that page complains of while a test lasts."""
    said: list[str] = []
    listening = {
        "console": lambda message: said.append(message.text),
        "requestfailed": lambda request: said.append(request.url),
    }
    for event, listener in listening.items():
        without_scripts.on(event, listener)
    yield said
    for event, listener in listening.items():
        without_scripts.remove_listener(event, listener)


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_loads_without_a_complaint(
    without_scripts: Page, served: ServedPortal, told: list[str], name: str
) -> None:
    """The content security policy holds, every file is there, and no script is needed."""
    without_scripts.goto(served.address + ADDRESSES[name].format_map(served.numbers))
    heading = without_scripts.locator("h1").count()

    expected = 1 if name.removeprefix("English ") in {"missing", "tombstone"} else 0
    assert (heading, len(told)) == (1, expected), told


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPortal]:
    """A portal over a folder in which there is no record."""
    portal = ServedPortal(tmp_path_factory.mktemp("broken"))
    portal.serve()
    yield portal
    portal.stop()


@pytest.mark.parametrize("address", ["/", "/en/p/2569-00001/"])
def test_axe_finds_nothing_where_the_site_is_out_of_order(
    page: Page, broken: ServedPortal, address: str
) -> None:
    answer = page.goto(broken.address + address)

    assert answer is not None
    assert (answer.status, page.locator("h1").inner_text()) == (500, "ระบบขัดข้องชั่วคราว")
    assert seen(page) == dict.fromkeys(WIDTHS, (False, []))


def test_the_keyboard_reaches_content_first(page: Page, served: ServedPortal) -> None:
    page.goto(served.address)
    page.keyboard.press("Tab")
    link = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert link == "ข้ามไปที่เนื้อหา"
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_words_are_found_with_the_keyboard_alone(page: Page, served: ServedPortal) -> None:
    page.goto(served.address)
    page.get_by_role("searchbox").focus()
    page.keyboard.type("ราคากลาง")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")

    assert page.get_by_role("status").inner_text().startswith("พบ ")
    assert page.locator(".item-list li").count() >= 1


def test_our_own_letters_are_used(page: Page, served: ServedPortal) -> None:
    page.goto(served.address)
    page.evaluate("document.fonts.ready")

    assert page.evaluate("document.fonts.check('16px Sarabun', 'ก')")
    assert page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length") >= 2
