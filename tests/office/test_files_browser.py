"""Files in a browser: covering one by mouse, by finger, by keyboard alone; comparing a text with its pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import violations
from tests.files.samples import scanned_pdf, typst_pdf
from tests.office.browser import DESK, PHONE, nothing, seen, sign_in, start_news, unrolled
from tests.product import Product
from tests.screening.redacting.factories import LINE, NUMBER, OTHER, welfare_book

pytestmark = pytest.mark.browser
SMALL_PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def officer(chromium: Browser, product: Product) -> Iterator[Page]:
    page = sign_in(chromium, product, "officer", DESK)
    yield page
    page.context.close()


def opened(page: Page, product: Product, folder: Path, name: str, content: bytes) -> str:
    """The redaction screen of a new work with such a file; its address."""
    page.set_viewport_size(DESK)
    start_news(page, product, f"ปิดทับ {name}")
    (folder / name).write_bytes(content)
    page.set_input_files("#upload-files", folder / name)
    page.click("#files button:has-text('แนบไฟล์')")
    page.click(".office-file a:has-text('ปิดทับข้อมูล')")
    page.wait_for_selector("[data-redacting], .redact-table")
    return page.url


@pytest.fixture
def screen(officer: Page, product: Product, tmp_path: Path) -> str:
    address = opened(officer, product, tmp_path, "บัญชี.pdf", typst_pdf(LINE, OTHER))
    officer.wait_for_load_state("networkidle")
    # As high as the page, so that no bar at the foot lies over the picture.
    unrolled(officer)
    return address


def wait_until_saved(page: Page) -> None:
    page.wait_for_selector("[data-redact-status][data-state=saved]")


def ticked(page: Page) -> list[str]:
    return page.eval_on_selector_all(
        "input[name=box]:checked", "boxes => boxes.map(box => box.value)"
    )


def edges(words: str) -> list[float]:
    return [float(edge) for edge in words.split(",")]


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """On the page's picture, in parts of it."""
    area = page.locator("[data-redact-stage] img").bounding_box()
    assert area
    page.mouse.move(area["x"] + start[0] * area["width"], area["y"] + start[1] * area["height"])
    page.mouse.down()
    page.mouse.move(
        area["x"] + end[0] * area["width"], area["y"] + end[1] * area["height"], steps=4
    )
    page.mouse.up()


def test_a_box_is_drawn_moved_and_resized_by_mouse(officer: Page, screen: str) -> None:
    drag(officer, (0.2, 0.3), (0.5, 0.34))
    [drawn] = ticked(officer)
    assert edges(drawn) == pytest.approx([0.2, 0.3, 0.5, 0.34], abs=0.01)

    drag(officer, (0.3, 0.32), (0.4, 0.35))
    [moved] = ticked(officer)
    assert edges(moved) == pytest.approx([0.3, 0.33, 0.6, 0.37], abs=0.01)

    drag(officer, (0.598, 0.368), (0.7, 0.4))
    wait_until_saved(officer)
    officer.goto(screen)
    [resized] = ticked(officer)
    assert edges(resized) == pytest.approx([0.3, 0.33, 0.7, 0.4], abs=0.015)
    assert officer.problems == []


def test_a_box_is_made_moved_resized_and_taken_away_by_keyboard(officer: Page, screen: str) -> None:
    officer.focus("[data-do=add]")
    officer.keyboard.press("Enter")
    [made] = map(edges, ticked(officer))
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowRight"):
        officer.keyboard.press(key)
    [moved] = map(edges, ticked(officer))
    assert moved == pytest.approx([made[0] + 0.005, made[1] + 0.01, made[2] + 0.01, made[3] + 0.01])

    officer.keyboard.press("Delete")
    assert ticked(officer) == []
    officer.keyboard.press("Control+z")
    assert list(map(edges, ticked(officer))) == [moved]
    officer.keyboard.press("Control+y")
    assert ticked(officer) == []
    wait_until_saved(officer)
    officer.goto(screen)
    assert ticked(officer) == []


def test_what_was_found_is_ticked_on_the_picture_by_keyboard(officer: Page, screen: str) -> None:
    boxes = officer.locator(".redact-box")
    assert boxes.count() >= 1
    boxes.first.focus()
    officer.keyboard.press("Space")
    assert len(ticked(officer)) == 1
    assert boxes.first.get_attribute("aria-pressed") == "true"
    wait_until_saved(officer)


def test_leaving_for_another_page_keeps_what_was_drawn(officer: Page, screen: str) -> None:
    drag(officer, (0.2, 0.3), (0.5, 0.34))
    officer.click("a[data-page]:has-text('หน้าถัดไป')")
    officer.wait_for_url("**?page=2")
    officer.click("a[data-page]:has-text('หน้าก่อน')")
    officer.wait_for_url("**?page=1")
    assert len(ticked(officer)) == 1


def test_what_is_ticked_in_a_table_keeps_itself(
    officer: Page, product: Product, tmp_path: Path
) -> None:
    opened(officer, product, tmp_path, "เบี้ยยังชีพ.xlsx", welfare_book())
    officer.wait_for_load_state("networkidle")
    column = officer.locator("thead input[name=box]").nth(1)

    column.check()
    wait_until_saved(officer)
    officer.reload()

    assert column.is_checked()


def test_a_finger_scrolls_until_it_is_told_to_draw(
    chromium: Browser, officer: Page, screen: str
) -> None:
    state = officer.context.storage_state()
    phone = chromium.new_context(
        viewport=SMALL_PHONE, locale="th-TH", storage_state=state, has_touch=True, is_mobile=True
    ).new_page()
    phone.goto(screen)
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE["width"]
    swipe(phone)
    assert ticked(phone) == []

    phone.tap("[data-do=draw]")
    swipe(phone)

    wait_until_saved(phone)
    assert len(ticked(phone)) == 1
    low = phone.eval_on_selector_all(
        ".redact-tools button, .office-bar button, .redact-choice label, .redact-choice button",
        "all => all.filter(one => one.offsetParent && one.offsetHeight < 44).map(one => one.outerHTML)",
    )
    assert low == []
    phone.context.close()


def swipe(page: Page) -> None:
    """A finger across the middle of the picture."""
    picture = page.locator("[data-redact-stage] img")
    picture.evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
    area = picture.bounding_box()
    assert area
    session = page.context.new_cdp_session(page)
    spots = [
        {"x": area["x"] + part * area["width"], "y": area["y"] + (0.4 + part / 10) * area["height"]}
        for part in (0.2, 0.3, 0.4, 0.5)
    ]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": spots[:1]})
    for spot in spots[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [spot]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_file_is_made_while_the_officer_watches(officer: Page, screen: str) -> None:
    officer.fill("[name=sought]", NUMBER)
    officer.click("button:has-text('ปิดทับทุกแห่งที่พบ')")
    officer.wait_for_selector("text=ทำกรอบทับข้อความเดียวกันแล้ว")
    officer.click("button:has-text('สร้างไฟล์ที่ปิดทับ')")

    officer.wait_for_selector("text=ไฟล์ในช่องนี้ปิดทับและตรวจผลแล้ว", timeout=60_000)

    officer.click("a:has-text('เทียบต้นฉบับกับผล')")
    officer.wait_for_selector(".redact-sides img >> nth=1")
    assert violations(unrolled(officer)) == []
    assert officer.problems == []


def test_a_worker_that_is_killed_half_way_loses_nothing(
    officer: Page, product: Product, tmp_path: Path
) -> None:
    pages = [f"{LINE} {number}" for number in range(6)]
    opened(officer, product, tmp_path, "หกหน้า.pdf", typst_pdf(*pages))
    officer.fill("[name=sought]", NUMBER)
    officer.click("button:has-text('ปิดทับทุกแห่งที่พบ')")
    officer.wait_for_selector("text=6 แห่ง ใน 6 หน้า")
    officer.click("button:has-text('สร้างไฟล์ที่ปิดทับ')")
    officer.wait_for_selector("[data-redaction-state]:has-text('กำลังตรวจผล')", timeout=60_000)

    product.kill("worker")

    officer.wait_for_selector("text=ไฟล์ในช่องนี้ปิดทับและตรวจผลแล้ว", timeout=90_000)
    assert list(product.data.rglob("redaction-*")) == []
    officer.goto(officer.url.partition("/files/")[0] + "/write/")
    assert officer.locator(".office-file").count() == 1


def test_without_script_ticks_and_buttons_do_it_all(
    chromium: Browser, officer: Page, screen: str
) -> None:
    plain = chromium.new_context(
        viewport=DESK, storage_state=officer.context.storage_state(), java_script_enabled=False
    ).new_page()
    plain.goto(screen)
    assert plain.locator(".redact-tools").is_hidden()
    plain.check(".redact-choices input[name=box] >> nth=0")
    plain.click(".redact-lines summary")
    plain.check(".redact-lines input[name=box] >> nth=0")
    plain.click("button:has-text('บันทึกหน้านี้')")
    expect(plain.locator(".office-messages")).to_contain_text("บันทึกกรอบของหน้านี้แล้ว")
    expect(plain.locator("input[name=box]:checked")).to_have_count(2)
    plain.click("button:has-text('สร้างไฟล์ที่ปิดทับ')")
    expect(plain.locator("[data-redaction-state]")).to_be_visible()
    plain.context.close()


def test_the_screens_have_no_violation_and_fit(
    officer: Page, product: Product, tmp_path: Path
) -> None:
    addresses = [
        opened(officer, product, tmp_path, "บัญชี.pdf", typst_pdf(LINE, OTHER)),
        opened(officer, product, tmp_path, "เบี้ย.xlsx", welfare_book()),
    ]
    sizes = (SMALL_PHONE, PHONE, DESK)
    for address in addresses:
        officer.set_viewport_size(SMALL_PHONE)
        officer.goto(address)
        officer.wait_for_load_state("networkidle")
        assert (address, seen(officer, *sizes)) == (address, nothing(*sizes))
    assert officer.problems == []


# Comparing a text with its pages: by keyboard, without a connection, on a phone and on a desk.


@pytest.fixture(scope="module")
def work(officer: Page, product: Product, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of news with a PDF of two pages."""
    officer.set_viewport_size(DESK)
    address = start_news(officer, product, "แผนพัฒนาฉบับสแกน")
    paper = Path(tmp_path_factory.mktemp("files")) / "plan.pdf"
    paper.write_bytes(typst_pdf("แผนพัฒนาท้องถิ่น", "หน้าที่สอง"))
    officer.set_input_files("#upload-files", paper)
    officer.click("#files button:has-text('แนบไฟล์')")
    officer.wait_for_selector("#files a:has-text('plan.pdf')")
    return address.partition("?")[0].removesuffix("write/")


def reading_page(officer: Page, product: Product, work: str) -> str:
    officer.goto(f"{work}write/")
    return f"{product.office}{officer.get_attribute('.office-file-name a', 'href')}text/"


def text_page(work: str, number: int) -> str:
    return f"{work}files/main/text/{number}/"


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_screens_of_checking_have_no_violation_and_fit(
    officer: Page, work: str, product: Product, language: str
) -> None:
    officer.set_viewport_size(DESK)
    officer.goto(f"{product.office}/office/")
    with officer.expect_navigation():
        officer.click(f".office-language button[value={language}]")
    for address in (text_page(work, 1), f"{work}write/", reading_page(officer, product, work)):
        officer.set_viewport_size(PHONE)
        officer.goto(address)
        officer.wait_for_load_state("networkidle")
        assert officer.locator("html").get_attribute("lang") == language
        assert (address, seen(officer, PHONE, DESK)) == (address, nothing(PHONE, DESK))
    assert officer.problems == []


@pytest.fixture
def thai(officer: Page, product: Product) -> Page:
    officer.set_viewport_size(DESK)
    officer.goto(f"{product.office}/office/")
    with officer.expect_navigation():
        officer.click(".office-language button[value=th]")
    return officer


def test_the_picture_of_the_page_is_shown(thai: Page, work: str) -> None:
    thai.goto(text_page(work, 2))
    assert thai.evaluate("document.querySelector('.office-page-scroll img').naturalWidth") > 500


def test_a_whole_file_is_compared_by_keyboard_and_vouched_for(thai: Page, work: str) -> None:
    thai.goto(text_page(work, 1))
    for number, text in ((1, "แผนพัฒนา"), (2, "หน้าที่สอง")):
        thai.wait_for_url(f"**/text/{number}/")
        thai.focus("#page-text")
        thai.keyboard.press("Control+a")
        thai.keyboard.type(text)
        with thai.expect_navigation():
            thai.keyboard.press("Control+Enter")
    thai.click("button:has-text('รับรองข้อความทั้งไฟล์')")
    thai.wait_for_selector("#files :text('ข้อความตรวจกับภาพแล้ว')")
    assert thai.problems == []


def test_what_is_typed_without_a_connection_is_offered_again(thai: Page, work: str) -> None:
    page = thai.context.new_page()
    page.goto(text_page(work, 1))
    page.context.set_offline(True)
    page.fill("#page-text", "พิมพ์ตอนไม่มีสัญญาณ")
    page.wait_for_selector("[data-save-state][data-state=offline]")
    page.close()
    again = thai.context.new_page()
    thai.context.set_offline(False)
    again.goto(text_page(work, 1))
    again.click("[data-restore-yes]")
    again.wait_for_url("**?draft=1")
    assert again.input_value("#page-text") == "พิมพ์ตอนไม่มีสัญญาณ"
    again.close()


def test_the_list_of_files_follows_the_machine_by_itself(
    chromium: Browser, product: Product, tmp_path: Path
) -> None:
    page = sign_in(chromium, product, "officer-supplies", PHONE)
    start_news(page, product, "ประกาศที่สแกนมา")
    paper = tmp_path / "scan.pdf"
    paper.write_bytes(scanned_pdf())
    page.set_input_files("#upload-files", paper)
    page.click("#files button:has-text('แนบไฟล์')")
    # The only page is read, or given up, and the row then offers to check the text: nobody loads the page anew.
    page.wait_for_selector("#files a:has-text('ตรวจข้อความ')", timeout=90_000)
    assert page.locator("#files[data-busy]").count() == 0
    assert page.problems == []
    page.context.close()
