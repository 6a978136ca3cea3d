"""axe finds nothing on the screens of the main flow, on a phone and on a desk; nor does the console complain."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.axe import violations
from tests.office.browser import DESK, PHONE, nothing, seen, sign_in, start_news, unrolled
from tests.product import Product

pytestmark = pytest.mark.browser
PLACES = (
    "",
    "disclosures/",
    "disclosures/new/",
    "intake/",
    "published/",
    "papers/",
    "notices/",
    "notices/new/?drill",
    "withheld/",
    "organisation/",
    "chains/",
    "chains/ordinary/",
    "dashboard/",
    "search?q=ประชุม",
    "help/",
    "help/officer/",
    "account/",
    "account/mail/",
    "account/own/",
    "owed/condition/",
    "owed/?owed=",
    "owed/proc-monthly/statement/",
    "owed/pack/ita-oit-2569/",
    "owed/score/ita-oit-2569/?with=o4",
    "owed/uptime/",
    "owed/ita-oit-2569-o2/",
    "owed/report/2569/",
    "owed/ahead/",
    "owed/freshness/",
    "owed/lists/",
    "owed/lists/ita-oit-2569/",
)
# What only some see: a name of the demonstration, and places.
DESKS = {
    "clerk": ("dashboard/",),
    "director": ("owed/ita-oit-2569-o2/",),
    "webmaster": ("owed/lists/", "health/", "people/names/"),
}


@pytest.fixture(scope="module")
def officer(chromium: Browser, product: Product) -> Iterator[Page]:
    page = sign_in(chromium, product, "officer", DESK)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def written(officer: Page, product: Product) -> str:
    return start_news(officer, product, "ประชุมรับฟังความคิดเห็น")


@pytest.mark.parametrize("place", PLACES)
def test_a_list_has_no_violation_and_is_no_wider_than_the_screen(
    officer: Page, product: Product, written: str, place: str
) -> None:
    officer.set_viewport_size(PHONE)
    officer.goto(f"{product.office}/office/{place}")
    assert seen(officer, PHONE, DESK) == nothing(PHONE, DESK)
    assert officer.problems == []


@pytest.mark.parametrize("username", DESKS)
def test_a_desk_of_those_who_oversee_has_no_violation_on_a_phone(
    chromium: Browser, product: Product, username: str
) -> None:
    page = sign_in(chromium, product, username, PHONE)
    for place in DESKS[username]:
        page.set_viewport_size(PHONE)
        page.goto(f"{product.office}/office/{place}")
        assert (place, seen(page, PHONE)) == (place, nothing(PHONE))
    assert page.problems == []
    page.context.close()


@pytest.mark.parametrize(
    "place",
    ["write/", "submit/", "revisions/", "withheld/", "papers/", "table/", "table/?form=skr1", ""],
)
def test_a_screen_of_one_piece_of_work_has_no_violation_and_is_no_wider_than_the_screen(
    officer: Page, written: str, place: str
) -> None:
    officer.set_viewport_size(PHONE)
    officer.goto(written.removesuffix("write/") + place)
    officer.wait_for_load_state("networkidle")
    assert seen(officer, PHONE, DESK) == nothing(PHONE, DESK)
    assert officer.problems == []


def submit(page: Page, name: str) -> None:
    """Press the first such button once it is there, and wait for the page after it."""
    button = page.locator(f"main form button:has-text('{name}')").first
    button.wait_for()
    with page.expect_navigation():
        button.click()


def test_sign_in_has_no_violation(chromium: Browser, product: Product) -> None:
    page = chromium.new_page(viewport=PHONE)
    page.goto(f"{product.office}/office/accounts/login/")
    assert violations(unrolled(page)) == []
    page.close()


def test_screening_and_deciding_have_no_violation(
    chromium: Browser, officer: Page, product: Product
) -> None:
    officer.set_viewport_size(DESK)
    address = start_news(officer, product, "ติดต่อสอบถาม").removesuffix("write/")
    officer.fill("[name=summary]", "ติดต่อนางทดสอบ โทร 081-234-5678")
    officer.click("button[name=then]")
    submit(officer, "ส่งเข้าพิจารณา")
    screener = sign_in(chromium, product, "screener", PHONE)
    screener.goto(address + "screening/")
    assert seen(screener, DESK, PHONE) == nothing(DESK, PHONE)
    screener.set_viewport_size(PHONE)
    screener.check("[name=verdict][value=not_applicable] >> nth=0")
    screener.fill("textarea[name=reason] >> nth=0", "เป็นเบอร์ของหน่วยงาน")
    submit(screener, "บันทึกคำตัดสิน")
    officer.goto(address + "submit/")
    submit(officer, "ส่งเข้าพิจารณา")
    head = sign_in(chromium, product, "head", PHONE)
    head.click(".office-row-title >> nth=0")
    head.wait_for_selector("#verdict")
    assert seen(head, PHONE, DESK) == nothing(PHONE, DESK)
    assert [*screener.problems, *head.problems] == []
    for page in (screener, head):
        page.context.close()
