"""An officer drops several files at once, checks what the machine proposes, and has drafts; nothing is lost."""

import base64
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import violations
from tests.intake.factories import ANNOUNCEMENT, pdf
from tests.journeys.people import DESK, Staff
from tests.product import Product

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
TITLE = "รับสมัครพนักงานจ้างทั่วไป ประจำปีงบประมาณ พ.ศ. 2570"
READING = 120_000


@pytest.fixture(scope="module")
def officer(chromium: Browser, product: Product) -> Iterator[Staff]:
    one = Staff.signed_in(chromium, product, "officer")
    yield one
    one.page.context.close()


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Two papers, one that is empty, and a scan that only a machine can read."""
    order = ANNOUNCEMENT.replace("รับสมัครพนักงานจ้างทั่วไป", "ประกวดราคาจ้างก่อสร้างถนน")
    return {
        "ประกาศรับสมัคร.pdf": pdf(),
        "ประกวดราคา.txt": order.replace("2570", "2571").encode(),
        "ว่าง.pdf": b"",
        "สแกน.png": scan(pdf(ANNOUNCEMENT.replace("2570", "2568"))),
    }


def scan(document: bytes) -> bytes:
    picture, target = pdfium.PdfDocument(document)[0].render(scale=2.5).to_pil(), BytesIO()
    picture.convert("L").save(target, "PNG")
    return target.getvalue()


def drag_in(page: Page, files: dict[str, bytes]) -> None:
    """As a hand would, out of a window of the desktop."""
    told = [[name, base64.b64encode(data).decode()] for name, data in files.items()]
    zone = page.locator("[data-intake]")
    zone.wait_for()
    # Only then is the script that takes the files in sure to have run.
    page.wait_for_load_state("load")
    zone.evaluate(
        """(zone, files) => {
            const carried = new DataTransfer();
            for (const [name, data] of files) {
                const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
                carried.items.add(new File([bytes], name));
            }
            for (const type of ["dragover", "drop"]) {
                zone.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
            }
        }""",
        told,
    )


def test_several_files_come_in_and_the_broken_one_stops_none(
    officer: Staff, files: dict[str, bytes]
) -> None:
    officer.open("/office/")
    officer.follow("นำเข้าเอกสาร")
    drag_in(officer.page, files)
    officer.sees("ไฟล์ว่างเปล่า")
    officer.follow("ไปยืนยันไฟล์ที่ส่งแล้ว")
    for name in files:
        officer.sees(name)


def test_the_worker_may_die_and_everything_is_read_all_the_same(
    officer: Staff, product: Product
) -> None:
    product.kill("worker")
    officer.page.reload()
    expect(officer.page.locator("tr[data-state=reading]")).to_have_count(0, timeout=READING)
    expect(officer.page.locator("tr[data-state=proposed]")).to_have_count(3)


def test_what_is_typed_in_a_row_is_there_after_a_reload(officer: Staff) -> None:
    page = officer.page
    title = page.locator("tr", has_text="ประกวดราคา.txt").locator("textarea[name=title]")
    with page.expect_response("**/keep/"):
        title.fill("ประกวดราคาจ้างก่อสร้างถนนสายทดสอบ")
        title.press("Tab")
    page.reload()
    expect(title).to_have_value("ประกวดราคาจ้างก่อสร้างถนนสายทดสอบ")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_table_is_accessible_and_no_wider_than_the_screen(
    officer: Staff, size: dict[str, int]
) -> None:
    page = officer.page
    page.set_viewport_size(size)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_row_is_confirmed_by_keyboard_and_becomes_a_draft(officer: Staff) -> None:
    page = officer.page
    line = page.locator("tr", has_text="ประกาศรับสมัคร.pdf")
    expect(line.locator("textarea[name=title]")).to_have_value(TITLE)
    line.locator("select[name=kind]").select_option("news")
    line.locator("select[name=section]").select_option("jobs")
    line.get_by_role("button", name="ยืนยันทั้งแถว").focus()
    page.keyboard.press("Enter")
    officer.sees(f"ทำเป็นฉบับร่างแล้ว: {TITLE}")
    officer.work(TITLE)
    officer.follow("เขียนต่อ")
    officer.sees("ประกาศรับสมัคร.pdf")


def test_the_same_files_dropped_again_are_known(officer: Staff, files: dict[str, bytes]) -> None:
    officer.open("/office/intake/")
    drag_in(officer.page, {"อีกครั้ง.txt": files["ประกวดราคา.txt"]})
    officer.page.wait_for_url("**/office/intake/*-*/")
    expect(officer.page.locator("tr", has_text="อีกครั้ง.txt")).to_have_count(0)
    expect(officer.page.locator("tr", has_text="ประกวดราคา.txt")).to_have_count(1)


def test_a_file_of_a_draft_is_pointed_out_as_a_duplicate(
    officer: Staff, files: dict[str, bytes]
) -> None:
    page = officer.page
    officer.open("/office/intake/")
    drag_in(page, {"ซ้ำ.pdf": files["ประกาศรับสมัคร.pdf"]})
    page.wait_for_url("**/office/intake/*-*/")
    expect(page.locator("tr[data-state=reading]")).to_have_count(0, timeout=READING)
    officer.sees("ไฟล์เดียวกันมีอยู่แล้ว")
    page.get_by_role("button", name="ข้าม ซ้ำ.pdf").click()
    officer.sees("ไม่มีเอกสารที่รอยืนยันในชุดนี้")


def test_without_javascript_a_plain_form_brings_files_in(
    chromium: Browser, product: Product, officer: Staff, tmp_path: Path
) -> None:
    state = officer.page.context.storage_state()
    context = chromium.new_context(java_script_enabled=False, storage_state=state)
    page = context.new_page()
    page.goto(f"{product.office}/office/intake/")
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(f"{ANNOUNCEMENT}\nฉบับที่ {number}")
    page.get_by_label("เลือกไฟล์").set_input_files([tmp_path / "1.txt", tmp_path / "2.txt"])
    page.get_by_role("button", name="นำเข้า", exact=True).click()
    expect(page.locator("tr[data-arrival]")).to_have_count(2)
    context.close()
