"""Without a mouse: an officer writes, attaches and submits, the head and the director approve, a citizen reads."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, expect

from tests.journeys.keyboard import AtKeyboard
from tests.journeys.people import PHONE
from tests.product import Product

pytestmark = pytest.mark.browser

TITLE = "เปิดสนามเด็กเล่นหลังตลาดสด"


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "ผังสนามเด็กเล่น.docx"
    made = Document()
    made.add_paragraph("พื้นที่ 1,200 ตารางเมตร เปิดทุกวัน")
    made.save(str(path))
    return path


@pytest.fixture(scope="module")
def officer(chromium: Browser, product: Product) -> Iterator[AtKeyboard]:
    person = AtKeyboard.signed_in(chromium, product, "officer")
    yield person
    person.page.context.close()


def start(officer: AtKeyboard, product: Product) -> None:
    officer.page.goto(f"{product.office}/office/")
    officer.follow("เขียนเรื่องใหม่")
    officer.page.wait_for_url("**/new/")
    officer.choose("kind", "news")
    officer.press_button("เริ่มเขียน")
    officer.page.wait_for_url("**/write/")
    officer.page.wait_for_selector(".ProseMirror")


def test_an_officer_writes_attaches_and_submits(
    officer: AtKeyboard, product: Product, plan: Path
) -> None:
    start(officer, product)
    officer.fill("ชื่อเรื่อง (ต้องกรอก)", TITLE)
    officer.fill("คำสรุป", "สนามเด็กเล่นแห่งใหม่เปิดทุกวัน เวลา 06.00–19.00 น.")
    officer.fill("เนื้อหา", "เชิญชวนผู้ปกครองพาเด็กมาเล่น")
    officer.press_button("บันทึก")
    expect(officer.page.get_by_text("บันทึกแล้ว เป็นฉบับร่าง")).to_be_visible()
    officer.attach(plan)
    officer.press_button("บันทึกและส่ง")
    officer.page.wait_for_url("**/submit/")
    officer.press_button("ส่งเข้าพิจารณา")

    expect(officer.page.get_by_text("ส่งเข้าพิจารณาแล้ว").first).to_be_visible()


def test_the_head_and_the_director_approve(chromium: Browser, product: Product) -> None:
    for username in ("head", "director"):
        approver = AtKeyboard.signed_in(chromium, product, username)
        approver.follow(TITLE)
        approver.page.wait_for_url("**/submissions/**")
        approver.press_button("ลงนามเห็นชอบ")
        expect(approver.page.get_by_text("ลงนามเห็นชอบแล้ว")).to_be_visible()
        approver.page.context.close()


def test_a_citizen_reaches_it_and_its_file(chromium: Browser, product: Product) -> None:
    citizen = AtKeyboard.sits_down(chromium)
    citizen.page.goto(f"{product.portal}/sections/news/")
    deadline = time.monotonic() + 120
    while not citizen.page.get_by_role("link", name=TITLE).count():
        assert time.monotonic() < deadline, "it did not appear"
        citizen.page.wait_for_timeout(250)
        citizen.page.reload()
    citizen.follow(TITLE)
    citizen.page.wait_for_url("**/p/**")
    citizen.tab_to(citizen.page.locator("a[href*='/files/']").first)
    citizen.page.context.close()


def test_the_skip_link_leads_past_the_menu(officer: AtKeyboard, product: Product) -> None:
    officer.page.goto(f"{product.office}/office/disclosures/")
    officer.press("Tab")
    assert officer.stop()["name"].endswith("«ข้ามไปที่เนื้อหา»")
    officer.press("Enter", "Tab")

    assert officer.page.evaluate("document.activeElement.closest('main') !== null")


def test_tab_walks_through_the_writing_screen_and_back(
    officer: AtKeyboard, product: Product
) -> None:
    """Every stop is seen, and the editor lets go in both directions."""
    start(officer, product)
    there = officer.walk("Tab")
    back = officer.walk("Shift+Tab")

    assert len(there) == len(set(there))
    assert back == there[::-1]
    assert any("ProseMirror" in name for name in there)


def test_the_menu_of_a_phone_opens_closes_and_gives_the_focus_back(
    officer: AtKeyboard, product: Product
) -> None:
    officer.page.set_viewport_size(PHONE)
    officer.page.goto(f"{product.office}/office/")
    opener = officer.page.get_by_role("button", name="เปิดเมนู")
    officer.tab_to(opener)
    officer.press("Enter", "Tab")
    inside = officer.page.evaluate("document.activeElement.closest('#office-menu') !== null")
    officer.press("Escape")

    assert inside
    assert officer.is_at(opener)
    officer.page.set_viewport_size({"width": 1280, "height": 900})


def test_a_day_is_picked_with_arrows_and_the_field_has_the_focus_again(
    officer: AtKeyboard, product: Product
) -> None:
    start(officer, product)
    button = officer.page.get_by_role("button", name="เปิดปฏิทิน: วันที่จัดงานหรือเริ่มต้น")
    officer.tab_to(button)
    officer.press("Enter", "ArrowRight", "Enter")

    assert officer.is_at(button)
    assert officer.page.get_by_label("วันที่จัดงานหรือเริ่มต้น", exact=True).input_value()


def test_the_tools_of_the_editor_are_one_stop_with_arrows_inside(
    officer: AtKeyboard, product: Product
) -> None:
    start(officer, product)
    officer.tab_to(officer.page.get_by_role("button", name="หัวข้อ", exact=True))
    officer.press("End")
    last = officer.stop()["name"]
    officer.press("Home", "Enter")

    assert "หัวข้อ" not in last
    assert officer.page.locator(".ProseMirror h2").count() == 1
    # The editor takes the focus back a frame later.
    expect(officer.page.locator(".ProseMirror")).to_be_focused()


def test_the_focus_goes_to_what_could_not_be_read(officer: AtKeyboard, product: Product) -> None:
    start(officer, product)
    officer.fill("ชื่อเรื่อง (ต้องกรอก)", "งานวันเด็ก")
    officer.fill("วันที่จัดงานหรือเริ่มต้น", "วันมะรืน")
    officer.press_button("บันทึก")
    officer.page.wait_for_selector(".ds-error-summary:focus")
    summary = officer.stop()["name"]
    officer.press("Tab", "Enter")

    assert "ยังไม่ได้บันทึก" in summary
    field = officer.page.get_by_label("วันที่จัดงานหรือเริ่มต้น", exact=True)
    expect(field).to_be_focused()


def test_the_focus_goes_to_a_refused_file(
    officer: AtKeyboard, product: Product, tmp_path: Path
) -> None:
    start(officer, product)
    broken = tmp_path / "เอกสาร.pdf"
    broken.write_bytes(b"not a document at all")
    officer.choose_file(broken)
    officer.press_button("แนบไฟล์")
    # The message is there before the focus is on it.
    officer.page.wait_for_selector("#files :focus:has-text('เอกสาร.pdf')")

    assert "เอกสาร.pdf" in officer.stop()["name"]


def test_the_focus_goes_to_why_signing_in_failed(chromium: Browser, product: Product) -> None:
    stranger = AtKeyboard.sits_down(chromium)
    stranger.page.goto(f"{product.office}/office/")
    stranger.fill("ชื่อผู้ใช้", "nobody")
    stranger.fill("รหัสผ่าน", "ไม่ใช่รหัสผ่าน")
    stranger.press_button("เข้าสู่ระบบ")

    expect(stranger.page.get_by_role("alert").first).to_be_focused()
    stranger.page.context.close()
