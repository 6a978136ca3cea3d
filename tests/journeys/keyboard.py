"""Somebody who has no mouse: every stop of the Tab key must be seen, and no field may hold the focus for ever."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, Locator, Page, expect

from prongsai.office.accounts import demo_totp_secret
from tests.journeys.people import DESK, refuse_page_error
from tests.product import PASSWORD, Product, totp

MOST_STOPS = 90
# Where the focus is, whether it can be seen (a ring of its own or of the frame round it), and what lies over it.
STOP = """() => {
  const at = document.activeElement
  const ring = (element) => {
    const style = getComputedStyle(element)
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none"
  }
  // The clock inside a time field has a ring of the browser's own; the field itself is then not in :focus.
  const isClock = at.type === "time" && !at.matches(":focus")
  const frame = at.closest(".body-editor, label") ?? at
  const box = at.getBoundingClientRect()
  const x = Math.max(0, box.left) + Math.min(box.width, innerWidth) / 2
  const inside = (y) => {
    const over = document.elementFromPoint(x, y)
    return over !== null && (at.contains(over) || over.contains(at) || frame.contains(over))
  }
  const words = (at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent).trim()
  return {
    name: `${at.localName} ${at.name ?? at.className} «${words.replace(/\\s+/g, " ").slice(0, 60)}»`,
    isBody: at === document.body,
    hasRing: ring(at) || ring(frame) || isClock,
    isSeen: box.width > 0 && (inside(box.top + 3) || inside(box.top + box.height / 2) || inside(box.bottom - 3)),
  }
}"""
WRITABLE = "input, textarea, [contenteditable]"
IS_HERE = "element => element === document.activeElement"


@dataclass
class AtKeyboard:
    """A page that is used with the keyboard alone."""

    page: Page

    @classmethod
    def sits_down(cls, browser: Browser, size: dict[str, int] = DESK) -> Self:
        page = browser.new_context(
            viewport=size, locale="th-TH", reduced_motion="reduce"
        ).new_page()
        page.on("pageerror", refuse_page_error)
        # Listening from the start: the first key would else be faster than the browser is told to ask us.
        page.on("filechooser", lambda chooser: None)
        return cls(page)

    @classmethod
    def signed_in(cls, browser: Browser, product: Product, username: str) -> Self:
        """Both steps of signing in; the first field has the focus when the page has come."""
        person = cls.sits_down(browser)
        person.page.goto(f"{product.office}/office/")
        person.fill("ชื่อผู้ใช้", username)
        person.fill("รหัสผ่าน", PASSWORD)
        person.press_button("เข้าสู่ระบบ")
        person.page.wait_for_url("**/2fa/**")
        person.fill("รหัส", totp(demo_totp_secret(PASSWORD, username), now=time.time()))
        person.press_button("ยืนยัน")
        expect(person.page.get_by_role("heading", name="งานของฉัน")).to_be_visible()
        return person

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def stop(self) -> dict[str, Any]:
        """Where the focus is now; it must be seen."""
        found: dict[str, Any] = self.page.evaluate(STOP)
        assert found["isBody"] or found["hasRing"], f"the focus does not show: {found['name']}"
        assert found["isBody"] or found["isSeen"], f"something covers the focus: {found['name']}"
        return found

    def is_at(self, target: Locator) -> bool:
        return bool(target.evaluate(IS_HERE))

    def tab_to(self, target: Locator, key: str = "Tab") -> None:
        """Tab until the target has the focus. Two stops alike in a row would be a trap."""
        walked: list[str] = []
        while not self.is_at(target):
            self.press(key)
            walked.append(self.stop()["name"])
            assert len(walked) < MOST_STOPS, f"{target} was not reached: {walked}"

    def fill(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label).and_(self.page.locator(WRITABLE))
        self.tab_to(field.filter(visible=True).first)
        self.press("Control+A")
        self.page.keyboard.type(text)

    def press_button(self, name: str) -> None:
        self.tab_to(self.page.get_by_role("button", name=name, exact=True).first)
        self.press("Enter")

    def follow(self, name: str) -> None:
        self.tab_to(self.page.get_by_role("link", name=name).first)
        self.press("Enter")

    def choose(self, group: str, value: str) -> None:
        """A radio button: Tab to its group, arrows inside."""
        self._tab_into(group)
        for _ in range(20):
            if self.page.locator(f"input[name={group}][value={value}]").is_checked():
                return
            self.press("ArrowDown")
            self.stop()
        raise AssertionError(f"{value} of {group} was not reached with the arrow keys")

    def _tab_into(self, group: str) -> None:
        for _ in range(MOST_STOPS):
            if self.page.evaluate("document.activeElement.name") == group:
                return
            self.press("Tab")
            self.stop()
        raise AssertionError(f"{group} was not reached")

    def walk(self, key: str) -> list[str]:
        """The names of all stops until the focus leaves the page, or is where it began."""
        names: list[str] = []
        while len(names) < MOST_STOPS:
            self.press(key)
            stop = self.stop()
            if stop["isBody"] or stop["name"] in names[:1]:
                return names
            names.append(stop["name"])
        raise AssertionError(f"no end with {key}: {names}")

    def choose_file(self, file: Path) -> None:
        self.tab_to(self.page.get_by_label("เลือกไฟล์"))
        with self.page.expect_file_chooser() as chooser:
            self.press("Enter")
        chooser.value.set_files(file)

    def attach(self, file: Path) -> None:
        """The new file has the focus when it has arrived."""
        self.choose_file(file)
        self.press_button("แนบไฟล์")
        link = self.page.get_by_role("link", name=file.name, exact=True)
        expect(link).to_be_focused()
