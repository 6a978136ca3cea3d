"""What only a browser can show: lost connections, dropped files, double clicks, passkeys, and one without script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import violations
from tests.office.browser import DESK, PHONE, give_code, save, sign_in, start_news, unrolled
from tests.product import PASSWORD, Product

pytestmark = pytest.mark.browser
# Chromium's own virtual authenticator.
PHONE_LOCK = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def officer(chromium: Browser, office: Product) -> Iterator[Page]:
    page = sign_in(chromium, office, "officer", DESK)
    yield page
    page.context.close()


def wait_for_state(page: Page, words: str) -> None:
    page.wait_for_function(
        "words => document.querySelector('[data-save-state]').textContent.includes(words)",
        arg=words,
    )


def test_text_typed_without_a_connection_is_sent_when_it_is_back(
    officer: Page, office: Product
) -> None:
    address = start_news(officer, office, "ก่อนสายหลุด")
    officer.context.set_offline(True)
    officer.fill("[name=summary]", "พิมพ์ระหว่างที่สายหลุด")
    wait_for_state(officer, "ไม่ได้เชื่อมต่อ ข้อความยังอยู่ในเครื่องนี้")
    officer.context.set_offline(False)
    wait_for_state(officer, "บันทึกร่างแล้ว")
    officer.goto(address + "?draft=1")
    assert officer.input_value("[name=summary]") == "พิมพ์ระหว่างที่สายหลุด"


def test_text_that_never_reached_the_office_is_offered_after_a_reload(
    officer: Page, office: Product
) -> None:
    address = start_news(officer, office, "ก่อนไฟดับ")
    officer.context.set_offline(True)
    officer.fill("[name=summary]", "พิมพ์ไว้ก่อนไฟดับ")
    wait_for_state(officer, "ไม่ได้เชื่อมต่อ")
    officer.goto("about:blank")
    officer.context.set_offline(False)
    officer.goto(address)
    assert officer.input_value("[name=summary]") != "พิมพ์ไว้ก่อนไฟดับ"
    officer.click("[data-restore-yes]")
    officer.wait_for_url("**?draft=1")
    assert officer.input_value("[name=summary]") == "พิมพ์ไว้ก่อนไฟดับ"


def test_a_saved_text_is_not_offered_again(officer: Page, office: Product) -> None:
    address = start_news(officer, office, "บันทึกแล้ว")
    officer.fill("[name=summary]", "แก้แล้วบันทึก")
    save(officer)
    officer.goto(address)
    assert officer.locator("[data-restore]").is_hidden()
    assert officer.locator("text=ยังไม่ได้กดบันทึก").count() == 0


def test_files_go_up_together_and_a_bad_one_says_why(
    officer: Page, office: Product, tmp_path: Path
) -> None:
    start_news(officer, office, "แนบหลายไฟล์")
    for name, data in (("หนึ่ง.txt", "หนึ่ง"), ("สอง.txt", "สอง"), ("ว่าง.txt", "")):
        (tmp_path / name).write_text(data, encoding="utf-8")
    officer.set_input_files("#upload-files", sorted(tmp_path.iterdir()))
    officer.click("#files button:has-text('แนบไฟล์')")
    officer.wait_for_selector(".office-file >> nth=1")
    expect(officer.locator("[data-sending]")).to_contain_text("0 ไบต์")
    assert officer.locator(".office-file").count() == 2


@pytest.mark.parametrize("by_keyboard", [False, True])
def test_taking_a_file_out_keeps_what_is_typed(
    officer: Page, office: Product, tmp_path: Path, by_keyboard: bool
) -> None:
    address = start_news(officer, office, "นำไฟล์ออกระหว่างเขียน")
    (tmp_path / "แนบ.txt").write_text("แนบ", encoding="utf-8")
    officer.set_input_files("#upload-files", tmp_path / "แนบ.txt")
    officer.click("#files button:has-text('แนบไฟล์')")
    officer.wait_for_selector(".office-file")
    officer.fill("[name=summary]", "พิมพ์ไว้ก่อนนำไฟล์ออก")
    take_out = officer.locator(".office-file button:has-text('นำออก')")
    take_out.press("Enter") if by_keyboard else take_out.click()
    officer.wait_for_url("**?draft=1#files")
    assert officer.locator(".office-file").count() == 0
    assert officer.input_value("[name=summary]") == "พิมพ์ไว้ก่อนนำไฟล์ออก"
    assert officer.locator("[data-restore]").is_hidden()
    save(officer)
    officer.goto(address)
    assert officer.input_value("[name=summary]") == "พิมพ์ไว้ก่อนนำไฟล์ออก"


def test_a_file_is_dropped_on_the_screen(officer: Page, office: Product) -> None:
    start_news(officer, office, "ลากวาง")
    officer.evaluate(
        """() => {
          const data = new DataTransfer()
          data.items.add(new File(["ลากมาวาง"], "ลาก.txt", { type: "text/plain" }))
          const zone = document.querySelector("[data-drop]")
          zone.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }))
        }"""
    )
    officer.wait_for_selector(".office-file")
    assert "ลาก.txt" in officer.inner_text(".office-file")


def test_the_preview_opens_beside_the_form_and_the_form_goes_on(
    officer: Page, office: Product
) -> None:
    start_news(officer, office, "ดูก่อน")
    officer.fill("[name=title]", "ชื่อที่ยังไม่บันทึก")
    with officer.context.expect_page() as opened:
        officer.click("button[formtarget=_blank]")
    opened.value.wait_for_selector("text=ตัวอย่าง ยังไม่เผยแพร่")
    assert opened.value.inner_text("h1") == "ชื่อที่ยังไม่บันทึก"
    opened.value.close()
    save(officer)


def test_a_double_click_endorses_once_on_a_phone(
    chromium: Browser, officer: Page, office: Product
) -> None:
    start_news(officer, office, "คลิกสองครั้ง")
    officer.click("button[name=then]")
    officer.click("main form button:has-text('ส่งเข้าพิจารณา')")
    officer.wait_for_selector("text=ส่งเข้าพิจารณาแล้ว")
    work = officer.url
    head = sign_in(chromium, office, "head", PHONE)
    head.click(".office-row-title:has-text('คลิกสองครั้ง')")
    head.dblclick("button[value=endorse]")
    head.wait_for_url("**/office/")
    officer.goto(work)
    assert officer.locator(".office-decision").count() == 1


def test_the_phone_menu_opens_and_closes_by_keyboard(chromium: Browser, office: Product) -> None:
    page = sign_in(chromium, office, "officer-schools", PHONE)
    assert page.locator("#office-menu").is_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#office-menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#office-menu")).to_be_hidden()
    page.context.close()


def test_without_script_one_writes_attaches_and_submits(
    chromium: Browser, office: Product, tmp_path: Path
) -> None:
    page = chromium.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto(f"{office.office}/office/accounts/login/")
    page.fill("[name=login]", "officer-environment")
    page.fill("[name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    give_code(page, "officer-environment")
    page.goto(f"{office.office}/office/disclosures/new/")
    page.check("[name=kind][value=news]")
    page.click("main form button[type=submit]")
    page.fill("[name=title]", "เขียนโดยไม่มีสคริปต์")
    page.fill("[name=summary]", "สรุป")
    page.fill("[name=body]", "ย่อหน้าแรก\n\nย่อหน้าที่สอง")
    save(page)
    note = tmp_path / "แนบ.txt"
    note.write_text("กำหนดการ", encoding="utf-8")
    page.set_input_files("#upload-files", note)
    page.click("#files button:has-text('แนบไฟล์')")
    expect(page.locator(".office-file")).to_have_count(1)
    page.click("button[name=then]")
    page.click("main form button:has-text('ส่งเข้าพิจารณา')")
    expect(page.locator(".office-messages")).to_contain_text("ส่งเข้าพิจารณาแล้ว")
    page.context.close()


# A passkey on a phone: added once, then no password and no code.


def test_a_director_adds_a_passkey_on_the_phone_and_signs_in_with_it_alone(
    chromium: Browser, office: Product
) -> None:
    # Passkeys belong to names: browsers refuse them on bare addresses.
    address = f"http://localhost:{office.office_port}/office"
    page = chromium.new_context(viewport=PHONE, locale="th-TH").new_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_LOCK})

    page.goto(f"{address}/accounts/login/")
    assert violations(unrolled(page)) == []
    page.fill("[name=login]", "director")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    page.wait_for_url("**/authenticate/**")
    give_code(page, "director")
    page.wait_for_url("**/office/")

    page.goto(f"{address}/account/")
    with page.expect_navigation():
        page.get_by_role("link", name="เพิ่มพาสคีย์").click()
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="ยืนยันและดำเนินการต่อ").click()
    expect(page.get_by_role("heading", name="เพิ่มพาสคีย์")).to_be_visible()
    assert violations(unrolled(page)) == []
    page.get_by_role("button", name="เพิ่มพาสคีย์ของเครื่องนี้").click()
    expect(page.get_by_text("มีพาสคีย์แล้ว").or_(page.get_by_text("รหัสสำรอง")).first).to_be_visible()

    page.goto(f"{address}/accounts/logout/")
    page.locator("main").get_by_role("button", name="ออกจากระบบ").click()
    page.wait_for_url("**/login/**")
    page.get_by_role("button", name="ใช้พาสคีย์แทนรหัสผ่าน").click()
    expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
    page.context.close()
