"""A bundle is put together, sent and decided without a mouse, on screens in which axe finds nothing."""

import pytest
from playwright.sync_api import Browser

from tests.axe import violations
from tests.journeys.people import DESK, PHONE, Staff
from tests.product import Product

pytestmark = pytest.mark.browser
TITLE = "แผนรับน้ำหลากกับบัญชีเครื่องสูบน้ำ"
MEMBERS = ("แผนรับน้ำหลาก ฉบับย่อ", "บัญชีเครื่องสูบน้ำ ฉบับย่อ")
FOCUSED = """words => {
    const here = document.activeElement
    if (here === document.body) return false
    const label = here.labels && here.labels.length ? here.labels[0].innerText : ""
    return [label, here.innerText, here.getAttribute("aria-label") || ""].join(" ").includes(words)
}"""


def tab_to(one: Staff, words: str) -> None:
    """Goes on with the tab key until something of these words has the focus."""
    for _ in range(200):
        one.page.keyboard.press("Tab")
        if one.page.evaluate(FOCUSED, words):
            return
    raise AssertionError(f"the keyboard does not reach “{words}”")


def press(one: Staff, words: str, key: str = "Enter") -> None:
    tab_to(one, words)
    one.page.keyboard.press(key)


def has_no_violation(one: Staff) -> None:
    """On a phone in English and at a desk in Thai; afterwards it stands there as before."""
    context, page = one.page.context, one.page
    for language, size in (("en", PHONE), ("th", DESK)):
        cookie = {"name": "prongsai_office_language", "value": language, "url": one.office}
        context.add_cookies([cookie])
        page.set_viewport_size(size)
        page.reload()
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert violations(page) == []


def write(officer: Staff, title: str) -> None:
    officer.start("news")
    officer.write(title=title, summary="สรุปสำหรับประชาชน", body="รายละเอียดอยู่ในเอกสารของเทศบาล")
    officer.submit("บันทึก")
    officer.sees("บันทึกแล้ว")


def test_a_bundle_needs_no_mouse(chromium: Browser, product: Product) -> None:
    officer = Staff.signed_in(chromium, product, "officer")
    for title in MEMBERS:
        write(officer, title)

    officer.open("/office/bundles/new/")
    has_no_violation(officer)
    tab_to(officer, "ชื่อชุด")
    officer.page.keyboard.type(TITLE)
    # In the list the newest stands first.
    for title in reversed(MEMBERS):
        press(officer, title, "Space")
    press(officer, "บันทึกชุด")
    officer.sees("เรื่องในชุด")
    has_no_violation(officer)
    press(officer, "ส่งทั้งชุดเข้าพิจารณา")
    officer.sees("ส่งทั้งชุดเข้าพิจารณาแล้ว")
    officer.page.context.close()

    head = Staff.signed_in(chromium, product, "head")
    with head.page.expect_navigation():
        press(head, TITLE)
    head.sees("2 เรื่องในชุด")
    has_no_violation(head)
    press(head, "ลงนามเห็นชอบ 2 เรื่อง")
    head.sees("ลงนามเห็นชอบทั้งชุดแล้ว")
    head.page.context.close()
