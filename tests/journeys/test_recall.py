"""A leaked list with three versions and two twins is recalled while somebody keeps asking for it."""

import json
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.axe import violations
from tests.journeys.people import Staff
from tests.product import Product

pytestmark = pytest.mark.browser
PATIENCE = 120_000


@dataclass
class Crawler:
    """Asks for one address after the other, again and again; remembers when something of the leak came back."""

    origin: str
    addresses: list[str]
    words: str
    leaks: list[tuple[float, str]] = field(default_factory=list)
    rounds: int = 0
    is_over: bool = False

    def run(self) -> None:
        while not self.is_over:
            for address in self.addresses:
                began = time.monotonic()
                if self.words in asked(self.origin + address):
                    self.leaks.append((began, address))
            self.rounds += 1


def asked(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            body: bytes = answer.read()
    except urllib.error.HTTPError as error:
        body = error.read()
    except OSError:
        return ""
    text = body.decode("utf-8", "replace")
    # JSON may write Thai by its code points.
    return text + re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.fixture(scope="module")
def leak(product: Product) -> dict[str, Any]:
    settings = {"DJANGO_SETTINGS_MODULE": "prongsai.config.settings.worker"}
    made = subprocess.run(
        [sys.executable, "-m", "tests.journeys.leak"],
        env=product.environment | settings,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr
    return dict(json.loads(made.stdout))


@pytest.fixture
def crawler(product: Product, leak: dict[str, Any]) -> Iterator[Crawler]:
    one = Crawler(product.portal, leak["addresses"], leak["words"])
    thread = threading.Thread(target=one.run, daemon=True)
    thread.start()
    yield one
    one.is_over = True
    thread.join(60)


def wait_for_rounds(crawler: Crawler, more: int) -> None:
    wanted, deadline = crawler.rounds + more, time.monotonic() + 300
    while crawler.rounds < wanted:
        assert time.monotonic() < deadline, "the crawler stands still"
        time.sleep(0.1)


def test_nothing_of_it_comes_back_once_the_director_has_tapped(
    chromium: Browser, product: Product, leak: dict[str, Any], crawler: Crawler
) -> None:
    first, *twins = leak["numbers"]
    officer = Staff.signed_in(chromium, product, "officer")
    director = Staff.signed_in(chromium, product, "director", on_phone=True)
    officer.open(f"/office/published/{first}/recall/")
    assert violations(officer.page) == []
    officer.page.locator("[name=recall_reason][value=personal_data]").check()
    officer.page.get_by_label("คำอธิบายต่อประชาชน").fill("เผยแพร่ไฟล์ผิด กำลังแก้ไข")
    for number in twins:
        officer.page.locator(f"[name=also][value='{number}']").check()
    officer.submit("ส่งเข้าพิจารณา")
    waiting = director.page.get_by_role("link", name="เผยแพร่ไฟล์ผิด กำลังแก้ไข")
    until_it_stands(director, "/office/", waiting)
    director.follow("เผยแพร่ไฟล์ผิด กำลังแก้ไข")
    wait_for_rounds(crawler, 1)
    assert {address for _at, address in crawler.leaks}

    tapped = time.monotonic()
    director.press("ลงนามเห็นชอบทั้งชุด")
    gone = [until_gone(product, number) for number in leak["numbers"]]
    clean = time.monotonic()
    wait_for_rounds(crawler, 2)

    assert [each for each in crawler.leaks if each[0] > clean] == []
    sys.stderr.write(f"gone {[round((at - tapped) * 1000) for at in gone]} ms after the tap\n")


def until_gone(product: Product, number: str) -> float:
    deadline = time.monotonic() + 60
    while "รายการนี้ถูกเรียกคืนแล้ว" not in asked(f"{product.portal}/p/{number}/"):
        assert time.monotonic() < deadline, f"{number} is still there"
        time.sleep(0.02)
    return time.monotonic()


def until_it_stands(one: Staff, path: str, what: Any) -> None:
    deadline = time.monotonic() + 60
    while True:
        one.open(path)
        if what.count():
            return
        assert time.monotonic() < deadline, "it did not come"
        one.page.wait_for_timeout(250)


def test_the_office_shows_that_every_address_was_asked_and_the_clock(
    chromium: Browser, product: Product, leak: dict[str, Any]
) -> None:
    webmaster = Staff.signed_in(chromium, product, "webmaster")
    place = f"/office/published/{leak['numbers'][0]}/recall/"
    status = webmaster.page.get_by_text(re.compile(r"หายแล้ว (\d+) จาก \1 ที่อยู่"))
    until_it_stands(webmaster, place, status)
    assert violations(webmaster.page) == []

    webmaster.follow("บันทึกเหตุข้อมูลส่วนบุคคล")

    expect(webmaster.page.get_by_text(re.compile("เหลือ 7[12] ชั่วโมง")).first).to_be_visible()
    assert violations(webmaster.page) == []
