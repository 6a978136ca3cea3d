"""A person at the office in Chromium: signs in with both steps, and starts to write."""

import base64
import hashlib
import hmac
import struct
import time

from playwright.sync_api import Browser, Page

from prongsai.office.accounts import demo_totp_secret
from tests.axe import violations
from tests.product import PASSWORD, Product

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}


def totp(username: str, at: float) -> str:
    """The six digits that the phone of a demonstration person shows at that time (RFC 6238)."""
    key = base64.b32decode(demo_totp_secret(PASSWORD, username))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def sign_in(chromium: Browser, product: Product, username: str, size: dict[str, int]) -> Page:
    """A page at the inbox; what the console complains about is gathered in `page.problems`."""
    page = chromium.new_context(viewport=size, locale="th-TH").new_page()
    problems: list[str] = []
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    page.problems = problems
    page.goto(f"{product.office}/office/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    give_code(page, username)
    page.wait_for_url("**/office/")
    return page


def unrolled(page: Page) -> Page:
    """With a screen as high as the page, so that no bar at the foot lies over what axe measures."""
    width = (page.viewport_size or DESK)["width"]
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})
    return page


def give_code(page: Page, username: str) -> None:
    """Each code works once: who signs in again within half a minute takes the neighbouring one."""
    for seconds in (0, 30, -30):
        if page.locator("[name=code]").count():
            page.fill("[name=code]", totp(username, time.time() + seconds))
            # Looked at too early, the old page would ask for another code and cut the first answer off.
            with page.expect_navigation():
                page.click("main form:has([name=code]) button[type=submit]")


def start_news(page: Page, product: Product, title: str) -> str:
    """A new piece of news with a title and a body, saved; the address of its writing screen."""
    page.goto(f"{product.office}/office/disclosures/new/")
    page.check("[name=kind][value=news]")
    page.click("main form button[type=submit]")
    page.wait_for_selector(".body-editor-text")
    page.fill("[name=title]", title)
    page.fill("[name=summary]", "เชิญประชาชนร่วมประชุมที่สำนักงานเทศบาล")
    page.click(".body-editor-text")
    # As a whole: to type it key by key takes longer than all the rest.
    page.keyboard.insert_text("ขอเชิญประชาชนร่วมประชุมรับฟังความคิดเห็น")
    save(page)
    return page.url


def save(page: Page) -> None:
    """The message of an earlier time may still stand on the page: only a new page says that it is saved."""
    with page.expect_navigation():
        page.click(".office-bar button >> nth=0")
    page.wait_for_selector(".office-messages")


def seen(page: Page, *sizes: dict[str, int]) -> dict[int, tuple[bool, list[str]]]:
    """At each width, whether the page is wider and what axe finds; no script of ours asks for the width."""
    found = {}
    for size in sizes:
        page.set_viewport_size(size)
        is_wider = page.evaluate("document.documentElement.scrollWidth") > size["width"]
        found[size["width"]] = is_wider, violations(unrolled(page))
    return found


def nothing(*sizes: dict[str, int]) -> dict[int, tuple[bool, list[str]]]:
    return {size["width"]: (False, []) for size in sizes}
