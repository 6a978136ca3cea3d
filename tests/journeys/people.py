"""People at their screens: each in a browser of their own, doing what the page offers by its words."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, Locator, Page, expect

from prongsai.office.accounts import demo_totp_secret
from tests.product import PASSWORD, Product, totp

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass
class Staff:
    """Somebody signed in to the office."""

    page: Page
    office: str

    @classmethod
    def signed_in(
        cls, browser: Browser, product: Product, username: str, *, on_phone: bool = False
    ) -> Self:
        context = browser.new_context(viewport=PHONE if on_phone else DESK, locale="th-TH")
        page = context.new_page()
        page.on("pageerror", refuse_page_error)
        page.goto(f"{product.office}/office/")
        page.get_by_label("ชื่อผู้ใช้").fill(username)
        page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        page.get_by_role("button", name="เข้าสู่ระบบ").click()
        page.get_by_label("รหัส").fill(totp(demo_totp_secret(PASSWORD, username), now=product.now()))
        page.get_by_role("button", name="ยืนยัน").click()
        expect(page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
        return cls(page, product.office)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.office}{path}")

    def press(self, name: str) -> None:
        self._button(name).click()

    def submit(self, name: str) -> None:
        """Press a button that leads to another page, and wait until that is there."""
        self._go_by(self._button(name))

    def follow(self, name: str) -> None:
        self._go_by(self.page.get_by_role("link", name=name).first)

    def _button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def _go_by(self, way: Locator) -> None:
        # A click alone answers before the new page is there, and what is asked next would be of neither.
        # Only once the way is seen has the page before it come, which must not be taken for the new one.
        way.wait_for()
        with self.page.expect_navigation():
            way.click()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def start(self, kind: str) -> None:
        self.open("/office/disclosures/new/")
        self.page.locator(f"input[name=kind][value={kind}]").check()
        self.submit("เริ่มเขียน")

    def write(self, *, title: str, summary: str, body: str) -> None:
        self.page.get_by_label("ชื่อเรื่อง (ต้องกรอก)").fill(title)
        self.page.get_by_label("คำสรุป").fill(summary)
        self.page.locator(".ProseMirror").fill(body)

    def attach(self, file: Path) -> None:
        self.page.get_by_label("เลือกไฟล์").set_input_files(file)
        with_button = self.page.get_by_role("button", name="แนบไฟล์")
        if with_button.is_visible():
            with_button.click()
        expect(self.page.get_by_role("link", name=file.name, exact=True)).to_be_visible()

    def work(self, title: str) -> None:
        """Open a piece of work from the list of all."""
        self.open("/office/disclosures/")
        self.follow(title)

    def endorse(self, title: str) -> None:
        """Open the piece of work from the inbox and sign."""
        self.open("/office/")
        self.follow(title)
        self.submit("ลงนามเห็นชอบ")


def refuse_page_error(error: object) -> None:
    raise AssertionError(f"a script failed on the page: {error}")
