"""A passkey on a phone, with Chromium's own virtual authenticator: added once, then no password and no code."""

import pytest
from playwright.sync_api import Browser, expect

from tests.axe import violations
from tests.office.browser import PHONE, give_code, unrolled
from tests.product import PASSWORD, Product

pytestmark = pytest.mark.browser
PHONE_LOCK = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_director_adds_a_passkey_on_the_phone_and_signs_in_with_it_alone(
    chromium: Browser, product: Product
) -> None:
    # Passkeys belong to names: browsers refuse them on bare addresses.
    office = f"http://localhost:{product.office_port}/office"
    page = chromium.new_context(viewport=PHONE, locale="th-TH").new_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_LOCK})

    page.goto(f"{office}/accounts/login/")
    assert violations(unrolled(page)) == []
    page.fill("[name=login]", "director")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    page.wait_for_url("**/authenticate/**")
    give_code(page, "director")
    page.wait_for_url("**/office/")

    page.goto(f"{office}/account/")
    with page.expect_navigation():
        page.get_by_role("link", name="เพิ่มพาสคีย์").click()
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="ยืนยันและดำเนินการต่อ").click()
    expect(page.get_by_role("heading", name="เพิ่มพาสคีย์")).to_be_visible()
    assert violations(unrolled(page)) == []
    page.get_by_role("button", name="เพิ่มพาสคีย์ของเครื่องนี้").click()
    expect(page.get_by_text("มีพาสคีย์แล้ว").or_(page.get_by_text("รหัสสำรอง")).first).to_be_visible()

    page.goto(f"{office}/accounts/logout/")
    page.locator("main").get_by_role("button", name="ออกจากระบบ").click()
    page.wait_for_url("**/login/**")
    page.get_by_role("button", name="ใช้พาสคีย์แทนรหัสผ่าน").click()
    expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
    page.context.close()
