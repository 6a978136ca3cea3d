"""A document goes in, is screened, approved and published; a citizen finds and verifies it.

Then it is corrected, and recalled.
"""

import base64
import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import DESK, Staff
from tests.product import Product, status, text

pytestmark = pytest.mark.browser

TITLE = "เปิดใช้สวนสาธารณะริมคลองแห่งใหม่"
CORRECTED = "เปิดใช้สวนสาธารณะริมคลองแห่งใหม่ เพิ่มเวลาวันหยุด"
RARE = "ทุ่นลอยกังหันน้ำชัยพัฒนา"
NATIONAL_ID = "1-2345-67890-12-1"
SECTION = "/sections/news/"
PATIENCE = 120.0
# By its hash, not by its slot: bytes that no edition names are not found; an item that was recalled is gone.
IS_FILE = re.compile(r"/files/[0-9a-f]{64}/")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    return {
        "leaking": document(
            folder / "รายละเอียดสวน.docx", f"{RARE} ผู้ดูแล เลขประจำตัวประชาชน {NATIONAL_ID}"
        ),
        "clean": document(folder / "รายละเอียดสวน ฉบับแก้.docx", f"ในสวนมี{RARE} 3 ชุด เปิดทุกวัน"),
    }


def document(path: Path, words: str) -> Path:
    made = Document()
    made.add_paragraph(words)
    made.save(str(path))
    return path


@pytest.fixture(scope="module")
def officer(chromium: Browser, product: Product) -> Staff:
    return Staff.signed_in(chromium, product, "officer")


@pytest.fixture(scope="module")
def phones(chromium: Browser, product: Product) -> dict[str, Staff]:
    """Those who decide, each with a phone."""
    names = ("head", "director", "clerk")
    return {name: Staff.signed_in(chromium, product, name, on_phone=True) for name in names}


@pytest.fixture(scope="module")
def citizen(chromium: Browser, product: Product) -> Iterator[Page]:
    page = chromium.new_context(viewport=DESK, locale="th-TH").new_page()
    page.goto(f"{product.portal}{SECTION}")
    yield page
    page.close()


def appears(page: Page, title: str) -> None:
    """The worker looks at its rows five times a second; the citizen reloads meanwhile."""
    deadline = time.monotonic() + PATIENCE
    page.reload()
    while not page.get_by_role("link", name=title).count():
        assert time.monotonic() < deadline, f"{title} did not appear"
        page.wait_for_timeout(250)
        page.reload()


def test_a_planted_national_id_stops_the_work_and_is_taken_out(
    officer: Staff, citizen: Page, files: dict[str, Path]
) -> None:
    officer.start("news")
    officer.write(title=TITLE, summary="สวนใหม่เปิดทุกวัน เวลา 05.00–20.00 น.", body="เชิญประชาชนใช้สวน")
    officer.submit("บันทึก")
    officer.attach(files["leaking"])
    officer.submit("บันทึกและส่ง")
    officer.submit("ส่งเข้าพิจารณา")

    officer.sees("เลขประจำตัวประชาชน")
    expect(officer.page.locator("body")).not_to_contain_text(NATIONAL_ID)
    citizen.reload()
    assert citizen.get_by_role("link", name=TITLE).count() == 0

    officer.submit("ขอเรื่องคืนเพื่อแก้ไข")
    officer.follow("เขียนต่อ")
    officer.submit(f"นำออก {files['leaking'].name}")
    officer.attach(files["clean"])
    officer.submit("บันทึกและส่ง")
    officer.submit("ส่งเข้าพิจารณา")


def test_the_head_and_the_director_approve_on_a_phone(
    phones: dict[str, Staff], citizen: Page
) -> None:
    for name in ("head", "director"):
        phones[name].endorse(TITLE)

    appears(citizen, TITLE)


@pytest.fixture
def number(product: Product, citizen: Page) -> str:
    """The item's number, as the section page links to it."""
    citizen.goto(f"{product.portal}{SECTION}")
    address = citizen.get_by_role("link", name=re.compile(TITLE)).first.get_attribute("href") or ""
    return address.strip("/").split("/")[-1]


def test_search_finds_it_by_a_word_inside_the_attachment(product: Product, citizen: Page) -> None:
    citizen.goto(f"{product.portal}/")
    citizen.get_by_role("searchbox").first.fill(RARE)
    citizen.keyboard.press("Enter")
    citizen.wait_for_url("**/search**")
    appears(citizen, TITLE)

    expect(citizen.locator("mark").first).to_be_visible()


def fresh(page: Page, address: str) -> None:
    """A browser may show its own copy for 30 seconds; one who reloads sees how things stand."""
    page.goto(address)
    page.reload()


def history_rows(citizen: Page, product: Product, number: str) -> list[dict[str, str]]:
    """Each row's words, day and note, the newest first."""
    fresh(citizen, f"{product.portal}/p/{number}/history/")
    rows = citizen.locator("main .timeline > li").all()
    return [
        {
            "what": row.locator("p").first.inner_text(),
            "day": (row.locator("time").get_attribute("datetime") or "")[:10],
            "note": " ".join(row.locator("p[lang=th]").all_inner_texts()),
        }
        for row in rows
    ]


def today() -> str:
    return datetime.now(ZoneInfo("Asia/Bangkok")).date().isoformat()


def test_its_history_and_its_proof_verify(product: Product, citizen: Page, number: str) -> None:
    assert history_rows(citizen, product, number) == [
        {"what": "เผยแพร่ · ฉบับที่ 1", "day": today(), "note": ""}
    ]
    assert_is_in_the_log(product, citizen, number, version=1)

    outside = product.run("verify", "--url", product.portal)

    assert "1 entries, 1 editions, 0 recalled, 1 files: all as signed" in outside.stdout


def assert_is_in_the_log(product: Product, citizen: Page, number: str, *, version: int) -> None:
    """The proof that the page offers leads from the edition's very bytes to the root that was signed."""
    fresh(citizen, f"{product.portal}/p/{number}/proof/")
    links = citizen.locator("main a").evaluate_all("links => links.map(a => a.href)")
    proof = json.loads(text(next(link for link in links if link.endswith(".json"))))
    edition = text(next(link for link in links if "/log/editions/" in link))
    leaf = json.loads(proof["leaf_data"])
    _origin, size, root = proof["checkpoint"].splitlines()[:3]
    reached = root_from(proof["leaf_data"].encode(), proof["seq"], int(size), proof["path"])

    assert base64.b64encode(reached).decode() == root
    assert (leaf["number"], leaf["version"]) == (number, version)
    assert leaf["edition"] == hashlib.sha256(edition.encode()).hexdigest()
    assert text(f"{product.portal}/log/checkpoint").splitlines()[2] == root


def root_from(leaf: bytes, index: int, size: int, path: list[str]) -> bytes:
    """RFC 9162, section 2.1.3.2, word for word, and nothing of the product's own arithmetic."""
    reached, place, last = hashlib.sha256(b"\x00" + leaf).digest(), index, size - 1
    for sibling in map(bytes.fromhex, path):
        assert last
        if place % 2 or place == last:
            reached = hashlib.sha256(b"\x01" + sibling + reached).digest()
            while not place % 2 and place:
                place, last = place // 2, last // 2
        else:
            reached = hashlib.sha256(b"\x01" + reached + sibling).digest()
        place, last = place // 2, last // 2
    assert last == 0
    return reached


def test_a_correction_leaves_both_versions_readable(
    product: Product, officer: Staff, phones: dict[str, Staff], citizen: Page, number: str
) -> None:
    officer.work(TITLE)
    officer.submit("แก้ไขเป็นฉบับใหม่")
    officer.page.get_by_label("ชื่อเรื่อง (ต้องกรอก)").fill(CORRECTED)
    officer.submit("บันทึกและส่ง")
    officer.page.get_by_label("แก้ไขอะไร").fill("เพิ่มเวลาเปิดวันหยุด")
    officer.submit("ส่งเข้าพิจารณา")
    for name in ("head", "director"):
        phones[name].endorse(CORRECTED)
    citizen.goto(f"{product.portal}{SECTION}")
    appears(citizen, CORRECTED)

    citizen.goto(f"{product.portal}/p/{number}/")
    expect(citizen.get_by_role("heading", level=1)).to_have_text(CORRECTED)
    expect(citizen.get_by_text("เพิ่มเวลาเปิดวันหยุด").first).to_be_visible()
    citizen.goto(f"{product.portal}/p/{number}/v/1/")
    expect(citizen.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert history_rows(citizen, product, number) == [
        {"what": "แก้ไข · ฉบับที่ 2", "day": today(), "note": "เพิ่มเวลาเปิดวันหยุด"},
        {"what": "เผยแพร่ · ฉบับที่ 1", "day": today(), "note": ""},
    ]
    assert_is_in_the_log(product, citizen, number, version=2)


def test_after_a_recall_nothing_of_it_is_left(
    product: Product, officer: Staff, phones: dict[str, Staff], number: str
) -> None:
    addresses = public_addresses(product, number)
    assert [address for address in addresses if status(address) != 200] == []

    officer.work(CORRECTED)
    officer.page.get_by_role("link", name="เรียกคืน", exact=True).click()
    officer.page.get_by_label("คำอธิบายต่อประชาชน").fill("ตรวจพบว่าภาพประกอบละเมิดสิทธิ")
    officer.page.locator("[name=recall_reason][value=rights]").check()
    officer.submit("ส่งเข้าพิจารณา")
    phones["director"].endorse(CORRECTED)
    page = f"{product.portal}/p/{number}/"
    wait_until(lambda: status(page) == 410)

    assert {address: status(address) for address in addresses} == {
        address: 404 if IS_FILE.search(address) else 410 for address in addresses
    }
    assert [each for each in addresses if CORRECTED in text(each) or TITLE in text(each)] == []
    assert "ตรวจพบว่าภาพประกอบละเมิดสิทธิ" in text(page)
    assert [each for each in lists(product) if number in text(each)] == []
    assert [each for each in lists(product) if TITLE in text(each) and "?q=" not in each] == []
    assert product.run("verify").returncode == 0
    assert product.run("verify", "--url", product.portal).returncode == 0


def public_addresses(product: Product, number: str) -> list[str]:
    """Every address under which the item or something made from it answers."""
    pages = [
        f"{language}/p/{number}/{page}"
        for language in ("", "/en")
        for page in ("", "v/1/", "v/2/", "history/", "proof/")
    ]
    pages += [f"/api/v1/disclosures/{number}", f"/p/{number}/files/main/"]
    pages += [f"/log/editions/{each}" for each in editions(product, number)]
    file = json.loads(text(f"{product.portal}/api/v1/disclosures/{number}"))["files"][0]
    pages += [
        f"/files/{file['sha256']}/{quote(file['name'])}",
        f"/files/{file['sha256']}/{quote(file['name'])}/text",
    ]
    return [f"{product.portal}{page}" for page in pages]


def editions(product: Product, number: str) -> list[str]:
    """The hash of each of its editions, as the log's entries name them."""
    entries = json.loads(text(f"{product.portal}/api/v1/entries"))["entries"]
    return [each["edition"] for each in entries if each["number"] == number]


def lists(product: Product) -> list[str]:
    paths = [
        "/",
        SECTION,
        "/feeds/latest.atom",
        "/feeds/latest.json",
        "/feeds/sections/news.atom",
        "/sitemap.xml",
    ]
    paths += ["/api/v1/disclosures", f"/api/v1/search?q={quote(RARE)}", f"/search?q={quote(TITLE)}"]
    return [f"{product.portal}{path}" for path in paths]


def wait_until(happens: Callable[[], bool], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
