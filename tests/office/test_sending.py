"""Files on their way to the office over a line as it is: slow, cut, and with people who change their mind."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Route, expect

from tests.axe import violations
from tests.office.browser import PHONE, sign_in, start_news
from tests.product import Product

pytestmark = pytest.mark.browser
LINE = "[data-sending] li"
# So slow that it would take a minute, and one on which a few hundred KB take a second.
STANDSTILL, SLOW = 10_000, 300_000


@pytest.fixture(scope="module")
def officer(chromium: Browser, office: Product) -> Iterator[Page]:
    page = sign_in(chromium, office, "officer", PHONE)
    yield page
    page.context.close()


@pytest.fixture
def line(officer: Page) -> Iterator[CDPSession]:
    session = officer.context.new_cdp_session(officer)
    session.send("Network.enable")
    yield session
    at_speed(session, -1)
    session.detach()


def at_speed(line: CDPSession, bytes_per_second: int) -> None:
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": bytes_per_second,
        },
    )


def choose(page: Page, *paths: Path) -> None:
    page.set_input_files("#upload-files", list(paths))
    page.click("#files button:has-text('แนบไฟล์')")


def text_file(folder: Path, name: str, size: int = 10) -> Path:
    path = folder / name
    path.write_bytes(b"words " * (size // 6 + 1))
    return path


def office_files(office: Product) -> set[str]:
    return {path.name for path in (office.data / "office" / "files").rglob("*") if path.is_file()}


def test_a_cancelled_file_leaves_nothing_behind(
    officer: Page, office: Product, tmp_path: Path, line: CDPSession
) -> None:
    start_news(officer, office, "ยกเลิกกลางทาง")
    before = office_files(office)
    at_speed(line, STANDSTILL)
    choose(officer, text_file(tmp_path, "ใหญ่.txt", 600_000), text_file(tmp_path, "เล็ก.txt"))
    expect(officer.locator(LINE).first).to_contain_text(re.compile("กำลังส่ง [1-9]"))
    assert violations(officer) == []
    officer.get_by_role("button", name="ยกเลิก ใหญ่.txt").click()
    expect(officer.locator(LINE).first).to_contain_text("ยกเลิกแล้ว ไม่ได้ส่ง")
    at_speed(line, -1)
    expect(officer.locator(".office-file")).to_have_count(1)
    expect(officer.locator(".office-file-name")).to_contain_text("เล็ก.txt")
    assert len(office_files(office) - before) == 1


def test_a_slow_line_shows_how_far_it_is(
    officer: Page, office: Product, tmp_path: Path, line: CDPSession
) -> None:
    start_news(officer, office, "สายช้า")
    officer.evaluate(
        """() => {
          const list = document.querySelector("[data-sending]")
          const seen = () => window.parts.push(list.querySelector("progress")?.value)
          window.parts = []
          new MutationObserver(seen).observe(list, { subtree: true, childList: true, attributes: true })
        }"""
    )
    at_speed(line, SLOW)
    choose(officer, text_file(tmp_path, "ช้า.txt", 300_000))
    expect(officer.locator(".office-file")).to_have_count(1)
    parts = [part for part in officer.evaluate("window.parts") if part]
    assert parts == sorted(parts)
    assert any(0 < part < 1 for part in parts)


def test_a_cut_line_is_taken_up_again_by_itself(
    officer: Page, office: Product, tmp_path: Path
) -> None:
    start_news(officer, office, "สายขาดครั้งเดียว")
    cut: list[str] = []

    def cut_once(route: Route) -> None:
        cut.append(route.request.url)
        route.abort() if len(cut) == 1 else route.continue_()

    officer.route("**/files/attach/", cut_once)
    choose(officer, text_file(tmp_path, "ขาด.txt"))
    expect(officer.locator(".office-file")).to_have_count(1)
    officer.unroute("**/files/attach/")
    assert len(cut) == 2
    expect(officer.locator(LINE)).to_have_count(0)


def test_what_is_too_large_is_said_before_it_is_sent(
    officer: Page, office: Product, tmp_path: Path
) -> None:
    start_news(officer, office, "ไม่ต้องส่ง")
    sent: list[str] = []
    officer.on("request", lambda each: sent.append(each.url) if "attach" in each.url else None)
    officer.eval_on_selector("[data-sending]", "list => list.dataset.limit = '1000'")
    empty = tmp_path / "ว่าง.txt"
    empty.touch()
    choose(officer, text_file(tmp_path, "ใหญ่.txt", 1_001), empty)
    expect(officer.locator(LINE).nth(0)).to_contain_text("จึงไม่ส่ง โปรดแยกไฟล์")
    # Nothing is lost on the way by sending what is empty, and the office itself says why it is refused.
    expect(officer.locator(LINE).nth(1)).to_contain_text("0 ไบต์")
    assert len(sent) == 1


def test_who_is_signed_out_meanwhile_sends_it_again_without_choosing_anew(
    officer: Page, office: Product, tmp_path: Path
) -> None:
    start_news(officer, office, "ส่งอีกครั้ง")
    officer.route("**/files/attach/", lambda route: route.fulfill(status=403, body="{}"))
    choose(officer, text_file(tmp_path, "รอ.txt"))
    again = officer.get_by_role("button", name="ส่งอีกครั้ง รอ.txt")
    expect(again).to_be_visible()
    officer.unroute("**/files/attach/")
    again.click()
    expect(officer.locator(".office-file")).to_have_count(1)
    expect(officer.locator(LINE)).to_have_count(0)
