"""axe finds nothing on the office's screens that a published work, a mistake or another role brings up.

The everyday screens of one piece of work are in tests/office, the portal's pages in tests/portal.
"""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.axe import violations
from tests.journeys.people import DESK, PHONE, Staff
from tests.product import PASSWORD, Product

pytestmark = pytest.mark.browser

TITLE = "ตลาดนัดวันเสาร์ย้ายไปลานกีฬา"
# Who looks at which screen; {work} is the address of the published work.
PLACES = {
    "published": ("officer", "/office/published/"),
    "its work": ("officer", "{work}"),
    "its comparison": ("officer", "{work}compare/?old=1&new=1"),
    "withdrawal": ("officer", "{work}withdrawn/propose/"),
    "consolidation": ("officer", "{work}consolidated/propose/"),
    "recall": ("officer", "{work}recalled/propose/"),
    "a set to recall": ("officer", "/office/recalls/?kind=news"),
    "incidents": ("clerk", "/office/incidents/"),
    "schedule": ("officer", "/office/schedule/"),
    "inbox of a decider": ("clerk", "/office/"),
    "acts": ("clerk", "/office/acts/"),
    "sections": ("webmaster", "/office/sections/"),
    "a section": ("webmaster", "/office/sections/activities/"),
    "bundles": ("officer", "/office/bundles/"),
    "oversight": ("clerk", "/office/oversight/"),
    "words of papers": ("webmaster", "/office/paper-texts/"),
    "words of one paper": ("webmaster", "/office/paper-texts/memo.closing/"),
    "a person": ("webmaster", "/office/people/of/officer/"),
    "a new chain": ("webmaster", "/office/chains/new/"),
    "password": ("officer", "/office/accounts/password/change/"),
    "refused": ("officer", "/office/acts/"),
    "missing": ("officer", "/office/disclosures/00000000-0000-4000-8000-000000000000/"),
}


@pytest.fixture(scope="module")
def staff(chromium: Browser, product: Product) -> Iterator[dict[str, Staff]]:
    names = ("officer", "head", "director", "clerk", "webmaster")
    people = {name: Staff.signed_in(chromium, product, name) for name in names}
    yield people
    for one in people.values():
        one.page.context.close()


@pytest.fixture(scope="module")
def work(staff: dict[str, Staff]) -> str:
    """The path of a work that went all the way to the public."""
    officer = staff["officer"]
    officer.start("news")
    officer.write(title=TITLE, summary="เริ่มวันเสาร์หน้า", body="ลานกีฬาอยู่ตรงข้ามตลาดเดิม")
    officer.submit("บันทึกและส่ง")
    officer.submit("ส่งเข้าพิจารณา")
    officer.sees("ส่งเข้าพิจารณาแล้ว")
    path = officer.page.url.removeprefix(officer.office)
    for decider in ("head", "director"):
        staff[decider].endorse(TITLE)
        staff[decider].sees("ลงนามเห็นชอบแล้ว")
    until_published(officer)
    return path


def until_published(officer: Staff) -> None:
    deadline = time.monotonic() + 120
    officer.open("/office/published/")
    while not officer.page.locator(".office-follows").count():
        assert time.monotonic() < deadline, "the work was not published"
        officer.page.wait_for_timeout(250)
        officer.open("/office/published/")


def speak(one: Staff, language: str) -> None:
    one.page.context.add_cookies(
        [{"name": "prongsai_office_language", "value": language, "url": one.office}]
    )


@pytest.mark.parametrize(("language", "size"), [("th", PHONE), ("en", DESK)], ids=["th", "en"])
@pytest.mark.parametrize("name", PLACES)
def test_a_screen_has_no_violation(
    staff: dict[str, Staff], work: str, name: str, language: str, size: dict[str, int]
) -> None:
    who, address = PLACES[name]
    speak(staff[who], language)
    staff[who].page.set_viewport_size(size)
    staff[who].open(address.format(work=work))
    found = violations(staff[who].page)
    speak(staff[who], "th")

    assert staff[who].page.evaluate("document.documentElement.lang") == language
    assert found == []


def test_the_preview_has_no_violation(
    chromium: Browser, staff: dict[str, Staff], work: str
) -> None:
    """Its policy forbids every script, axe too: looked at with the policy put aside."""
    session = staff["officer"].page.context.storage_state()
    page = chromium.new_context(bypass_csp=True, storage_state=session).new_page()
    page.goto(f"{staff['officer'].office}{work}preview/")
    found = violations(page)
    page.context.close()

    assert found == []


def test_a_form_with_mistakes_has_no_violation(staff: dict[str, Staff], work: str) -> None:
    officer = staff["officer"]
    officer.start("news")
    officer.page.get_by_label("ถึงวันที่", exact=True).fill("เมื่อไรก็ได้")
    officer.submit("บันทึก")
    officer.sees("ยังไม่ได้บันทึก")

    assert violations(officer.page) == []


def test_a_correction_and_what_a_decider_compares_have_no_violation(
    staff: dict[str, Staff], work: str
) -> None:
    officer, head = staff["officer"], staff["head"]
    officer.open("/office/published/")
    officer.page.locator(".office-follows summary").first.click()
    officer.submit("แก้ไขเป็นฉบับใหม่")
    officer.page.get_by_label("คำสรุป").fill("เริ่มวันเสาร์ที่ 12 ธันวาคม 2569")
    officer.submit("บันทึกและส่ง")
    asked = violations(officer.page)
    officer.page.get_by_label("แก้ไขอะไร").fill("ระบุวันเริ่ม")
    officer.press("ส่งเข้าพิจารณา")
    officer.sees("ส่งเข้าพิจารณาแล้ว")
    head.open("/office/")
    head.follow(TITLE)
    head.sees("สิ่งที่เปลี่ยนจากฉบับที่เผยแพร่อยู่")

    assert asked == []
    assert violations(head.page) == []


def test_the_second_step_of_signing_in_has_no_violation(
    chromium: Browser, product: Product
) -> None:
    page = chromium.new_context(viewport=PHONE, locale="th-TH").new_page()
    page.goto(f"{product.office}/office/")
    page.get_by_label("ชื่อผู้ใช้").fill("screener")
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    page.wait_for_url("**/2fa/**")
    asked = violations(page)
    page.get_by_label("รหัส").fill("000000")
    with page.expect_navigation():
        page.get_by_role("button", name="ยืนยัน").click()
    page.wait_for_selector(".ds-validation-message, [role=alert]")
    told = violations(page)
    page.context.close()

    assert (asked, told) == ([], [])


def test_setting_up_a_second_factor_has_no_violation(chromium: Browser, product: Product) -> None:
    officer = Staff.signed_in(chromium, product, "officer-schools")
    officer.open("/office/accounts/reauthenticate/?next=/office/accounts/2fa/totp/deactivate/")
    asked_again = violations(officer.page)
    officer.page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    with officer.page.expect_navigation():
        officer.page.locator("main form button[type=submit]").first.click()
    officer.sees("เลิกใช้แอปยืนยันตัวตน")
    leaving = violations(officer.page)
    officer.submit("เลิกใช้")
    officer.open("/office/accounts/2fa/totp/activate/")
    officer.sees("ตั้งค่าการยืนยันสองชั้น")
    entering = violations(officer.page)
    officer.page.context.close()

    assert (asked_again, leaving, entering) == ([], [], [])
