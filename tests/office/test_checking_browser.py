"""Comparing a text with its pages in a real browser: by keyboard, without a connection, on a phone and on a desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.axe import violations
from tests.files import samples
from tests.office.browser import DESK, PHONE, sign_in, start_news, unrolled
from tests.product import Product

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def officer(chromium: Browser, product: Product) -> Iterator[Page]:
    page = sign_in(chromium, product, "officer", DESK)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def work(officer: Page, product: Product, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The writing screen of news with a PDF of two pages."""
    address = start_news(officer, product, "แผนพัฒนาฉบับสแกน")
    paper = Path(tmp_path_factory.mktemp("files")) / "plan.pdf"
    paper.write_bytes(samples.typst_pdf("แผนพัฒนาท้องถิ่น", "หน้าที่สอง"))
    officer.set_input_files("#upload-files", paper)
    officer.click("#files button:has-text('แนบไฟล์')")
    officer.wait_for_selector("#files a:has-text('plan.pdf')")
    return address.partition("?")[0].removesuffix("write/")


def reading_page(officer: Page, product: Product, work: str) -> str:
    officer.goto(f"{work}write/")
    return f"{product.office}{officer.get_attribute('.office-file-name a', 'href')}text/"


def text_page(work: str, number: int) -> str:
    return f"{work}files/main/text/{number}/"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_screen_has_no_violation(
    officer: Page, work: str, product: Product, size: dict[str, int], language: str
) -> None:
    officer.set_viewport_size(DESK)
    officer.goto(f"{product.office}/office/")
    with officer.expect_navigation():
        officer.click(f".office-language button[value={language}]")
    officer.set_viewport_size(size)
    for address in (text_page(work, 1), f"{work}write/", reading_page(officer, product, work)):
        officer.goto(address)
        officer.wait_for_load_state("networkidle")
        assert officer.locator("html").get_attribute("lang") == language
        assert violations(unrolled(officer)) == []
        assert officer.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert officer.problems == []


@pytest.fixture
def thai(officer: Page, product: Product) -> Page:
    officer.set_viewport_size(DESK)
    officer.goto(f"{product.office}/office/")
    with officer.expect_navigation():
        officer.click(".office-language button[value=th]")
    return officer


def test_the_picture_of_the_page_is_shown(thai: Page, work: str) -> None:
    thai.goto(text_page(work, 2))
    assert thai.evaluate("document.querySelector('.office-page-scroll img').naturalWidth") > 500


def test_a_whole_file_is_compared_by_keyboard_and_vouched_for(thai: Page, work: str) -> None:
    thai.goto(text_page(work, 1))
    for number, text in ((1, "แผนพัฒนา"), (2, "หน้าที่สอง")):
        thai.wait_for_url(f"**/text/{number}/")
        thai.focus("#page-text")
        thai.keyboard.press("Control+a")
        thai.keyboard.type(text)
        with thai.expect_navigation():
            thai.keyboard.press("Control+Enter")
    thai.click("button:has-text('รับรองข้อความทั้งไฟล์')")
    thai.wait_for_selector("#files :text('ข้อความตรวจกับภาพแล้ว')")
    assert thai.problems == []


def test_what_is_typed_without_a_connection_is_offered_again(thai: Page, work: str) -> None:
    thai.goto(text_page(work, 1))
    thai.context.set_offline(True)
    thai.fill("#page-text", "พิมพ์ตอนไม่มีสัญญาณ")
    thai.wait_for_selector("[data-save-state][data-state=offline]")
    thai.close()
    again = thai.context.new_page()
    thai.context.set_offline(False)
    again.goto(text_page(work, 1))
    again.click("[data-restore-yes]")
    again.wait_for_url("**?draft=1")
    assert again.input_value("#page-text") == "พิมพ์ตอนไม่มีสัญญาณ"


def test_the_list_of_files_follows_the_machine_by_itself(
    chromium: Browser, product: Product, tmp_path: Path
) -> None:
    page = sign_in(chromium, product, "officer-supplies", PHONE)
    start_news(page, product, "ประกาศที่สแกนมา")
    paper = tmp_path / "scan.pdf"
    paper.write_bytes(samples.scanned_pdf())
    page.set_input_files("#upload-files", paper)
    page.click("#files button:has-text('แนบไฟล์')")
    # The only page is read, or given up, and the row then offers to check the text: nobody loads the page anew.
    page.wait_for_selector("#files a:has-text('ตรวจข้อความ')", timeout=90_000)
    assert page.locator("#files[data-busy]").count() == 0
    assert page.problems == []
    page.context.close()
