"""The editor and the calendar in a real browser, under the policy that the office sends."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path

import pytest
from csp.utils import build_policy
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, expect

from prongsai.disclosures.body import clean_body
from prongsai.disclosures.fields import BodyField, ThaiDateField

pytestmark = pytest.mark.browser
OWN = "a" * 64
BODY = (
    '<h2>หัวข้อ</h2><p>ติดต่อ <a href="https://www.example.go.th/" rel="noopener noreferrer">เรา</a></p>'
    '<table><tbody><tr><th scope="row"><p>ก</p></th><td><p>ข</p></td></tr></tbody></table>'
    f'<figure><img src="/files/{OWN}/x.png" alt="แผนที่"><figcaption>ภาพ 1</figcaption></figure>'
    '<aside class="callout"><p>โปรดทราบ</p></aside><ol start="3"><li><p>สาม</p></li></ol><hr>'
)
WATCH = """
window.violations = []
document.addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
})
"""


def page_html() -> str:
    body, day = BodyField().widget, ThaiDateField().widget
    body.images = [{"src": f"/files/{OWN}/x.png", "name": "แผนที่ตลาด"}]
    return f"""<!doctype html><html lang="th"><meta charset="utf-8"><title>เขียน</title><form>
    <label for="id_body">เนื้อหา</label>{body.render("body", BODY, {"id": "id_body"})}
    <label for="id_day">วันที่ลงนาม</label>{day.render("day", None, {"id": "id_day"})}
    </form>{(body.media + day.media).render()}"""


class Pages(BaseHTTPRequestHandler):
    """The form at `/`, static files as the office serves them, and the office's policy on all."""

    def do_GET(self) -> None:
        is_page = self.path == "/"
        body = page_html().encode() if is_page else self.static()
        kind = "text/html; charset=utf-8" if is_page else guess_type(self.path)[0]
        policy = build_policy(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body)

    def static(self) -> bytes:
        found = finders.find(self.path.removeprefix("/static/").lstrip("/"))
        return Path(str(found)).read_bytes() if found else b""

    def log_message(self, *_args: object) -> None:
        """Tests are quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    opened = chromium.new_page()
    opened.add_init_script(WATCH)
    opened.goto(address)
    opened.wait_for_selector(".body-editor-text")
    yield opened
    assert opened.evaluate("violations") == []
    opened.close()


def tool(page: Page, name: str) -> None:
    """Press it; the editor takes the focus back a frame later, unless a dialog asks first."""
    page.locator(f"[data-tool={name}]").click()
    expect(page.locator(".body-editor-text:focus, dialog[open]")).to_be_visible()


def written(page: Page) -> str:
    return clean_body(page.locator("#id_body").input_value(), images={OWN})


def at_end(page: Page) -> None:
    """A new paragraph at the end, by the editor itself: a click would land wherever the middle is."""
    page.locator(".body-editor-text").evaluate("text => text.editor.commands.focus('end')")
    page.wait_for_function("() => document.activeElement.classList.contains('body-editor-text')")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#id_body').value.endsWith('<p></p>')")


def test_opening_and_typing_keeps_what_was_written(page: Page) -> None:
    at_end(page)
    page.keyboard.type("บรรทัดใหม่")
    assert written(page) == BODY + "<p>บรรทัดใหม่</p>"


def test_an_untouched_text_is_not_changed_by_opening(page: Page) -> None:
    assert page.locator("#id_body").input_value() == BODY


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("heading2", "<h2>ก</h2>"),
        ("heading3", "<h3>ก</h3>"),
        ("bold", "<p><strong>ก</strong></p>"),
        ("italic", "<p><em>ก</em></p>"),
        ("bullets", "<ul><li><p>ก</p></li></ul>"),
        ("numbers", "<ol><li><p>ก</p></li></ol>"),
        ("quote", "<blockquote><p>ก</p></blockquote>"),
        ("callout", '<aside class="callout"><p>ก</p></aside>'),
    ],
)
def test_each_tool_writes_what_the_table_allows(page: Page, name: str, html: str) -> None:
    at_end(page)
    tool(page, name)
    page.keyboard.type("ก")
    assert written(page).removeprefix(BODY) == html


@pytest.mark.parametrize("name", ["table", "line"])
def test_what_is_put_in_takes_nothing_away(page: Page, name: str) -> None:
    page.locator(".body-editor-text").evaluate("text => text.editor.commands.selectAll()")

    tool(page, name)

    assert written(page).startswith(BODY)
    assert written(page) != BODY


def test_a_table_begins_with_heading_cells_and_grows(page: Page) -> None:
    at_end(page)
    tool(page, "table")
    page.keyboard.type("ชื่อ")
    tool(page, "addRow")
    tool(page, "deleteColumn")
    made = written(page).removeprefix(BODY)
    assert made.count("<tr>") == 4
    assert made.count('<th scope="col">') == 2


def test_an_attached_image_goes_in_with_words_for_those_who_cannot_see(page: Page) -> None:
    at_end(page)
    tool(page, "image")
    page.locator("dialog select").select_option(label="แผนที่ตลาด")
    page.locator("dialog input[name=alt]").fill("ตลาดอยู่ทางทิศเหนือ")
    page.locator("dialog button[value=ok]").click()
    page.wait_for_selector("dialog", state="detached")
    assert f'<figure><img src="/files/{OWN}/x.png" alt="ตลาดอยู่ทางทิศเหนือ"></figure>' in written(page)


def test_an_address_that_would_be_dropped_is_not_taken(page: Page) -> None:
    at_end(page)
    tool(page, "link")
    page.locator("dialog input[name=text]").fill("ดูต่อ")
    page.locator("dialog input[name=href]").fill("javascript:alert(1)")
    page.locator("dialog button[value=ok]").click()
    assert page.locator("dialog").is_visible()
    page.locator("dialog input[name=href]").fill("https://b.go.th/x")
    page.locator("dialog button[value=ok]").click()
    page.wait_for_selector("dialog", state="detached")
    assert written(page).endswith(
        '<p><a href="https://b.go.th/x" rel="noopener noreferrer">ดูต่อ</a></p>'
    )


@pytest.mark.parametrize("typed", ["www.b.go.th", "b.go.th/x?y=1", "b-c.go.th#z"])
def test_an_address_as_posters_print_it_is_completed(page: Page, typed: str) -> None:
    at_end(page)
    tool(page, "link")
    page.locator("dialog input[name=text]").fill("ดูต่อ")
    page.locator("dialog input[name=href]").fill(typed)
    page.locator("dialog button[value=ok]").click()
    page.wait_for_selector("dialog", state="detached")
    assert f'<a href="https://{typed}"' in written(page)


def test_the_tools_are_one_stop_of_the_keyboard_with_arrows_between(page: Page) -> None:
    page.locator("[data-tool=heading2]").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.tool") == "bold"
    assert page.locator("[role=toolbar] button[tabindex='0']").count() == 1


def test_the_editor_is_named_by_its_label(page: Page) -> None:
    editor = page.get_by_role("textbox", name="เนื้อหา")
    assert editor.get_attribute("aria-multiline") == "true"


def test_the_calendar_writes_a_date_by_keyboard_that_the_field_reads(page: Page) -> None:
    page.locator("#id_day").fill("31 มกราคม 2569")
    page.get_by_role("button", name="เปิดปฏิทิน: วันที่ลงนาม").click()
    for key in ("PageDown", "ArrowDown", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    typed = page.locator("#id_day").input_value()
    assert typed == "6 มีนาคม 2569"
    assert ThaiDateField().clean(typed).isoformat() == "2026-03-06"  # type: ignore[union-attr]
    assert page.evaluate("document.activeElement.className") == "thai-date-open"


def test_the_calendar_turns_to_a_buddhist_year_and_closes_by_escape(page: Page) -> None:
    page.locator("#id_day").fill("๑๕/๐๘/๒๕๖๘")
    page.locator(".thai-date-open").click()
    page.locator("dialog input[type=number]").fill("2500")
    page.locator("dialog input[type=number]").press("Tab")
    assert (
        page.locator("dialog button[aria-pressed=true]").get_attribute("aria-label")
        == "15 สิงหาคม 2500"
    )
    page.keyboard.press("Escape")
    assert page.locator("#id_day").input_value() == "๑๕/๐๘/๒๕๖๘"


def test_without_javascript_there_are_a_textarea_and_an_input(
    chromium: Browser, address: str
) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(address)
    assert page.locator("textarea#id_body").is_visible()
    assert page.locator("input#id_day").is_visible()
    page.close()
