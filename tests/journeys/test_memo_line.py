"""The line of the founding memorandum: six posts, one remand, one who stands in, a day and an hour; and its letters."""

import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from prongsai.thai.dates import format_datetime
from tests.journeys.people import Staff
from tests.product import Product, text

pytestmark = pytest.mark.browser

TITLE = "แผนพัฒนาท้องถิ่นฉบับที่ 2"
STANDING_IN = "นางอรทัย มั่นสกุล"
REMAND = "โปรดเพิ่มปีงบประมาณในคำสรุป"
LINE = ("officer", "head", "director", "director-clerk", "clerk", "mayor")
PATIENCE = 120.0
# The clicks of a person, on this tab and since the last sign-in; what a label hands on to its field is none.
COUNTING = """addEventListener("click", e => {
  if (e.isTrusted && e.detail) sessionStorage.clicks = 1 + Number(sessionStorage.clicks || 0);
}, true)"""


def now() -> datetime:
    return datetime.now(ZoneInfo("Asia/Bangkok"))


@dataclass
class Desks:
    """Everybody of the line, signed in."""

    staff: dict[str, Staff]

    def clicks(self) -> dict[str, int]:
        asked = "Number(sessionStorage.clicks || 0)"
        return {name: one.page.evaluate(asked) for name, one in self.staff.items()}


@pytest.fixture(scope="module")
def desks(chromium: Browser, product: Product) -> Iterator[Desks]:
    made = Desks({name: Staff.signed_in(chromium, product, name) for name in LINE})
    for one in made.staff.values():
        one.page.add_init_script(COUNTING)
        one.open("/office/")
    yield made
    for one in made.staff.values():
        one.page.context.close()


def today_in_words() -> str:
    day = now()
    return f"{day.day}/{day.month}/{day.year + 543}"


def test_the_order_by_which_somebody_stands_in_counts_with_a_second_person_s_word(
    chromium: Browser, product: Product, desks: Desks
) -> None:
    webmaster = Staff.signed_in(chromium, product, "webmaster")
    webmaster.open("/office/organisation/appoint/?post=deputy-clerk")
    page = webmaster.page
    page.locator("[name=person]").select_option(label=STANDING_IN)
    page.locator("[name=capacity]").select_option("acting")
    page.get_by_label("เลขที่คำสั่ง").fill("745/2569")
    for name in ("order_date", "from_date"):
        page.locator(f"[name={name}]").fill(today_in_words())
    webmaster.press("บันทึก")
    webmaster.sees("บันทึกคำสั่งแล้ว")
    page.context.close()

    clerk = desks.staff["clerk"]
    clerk.open("/office/")
    clerk.follow(f"{STANDING_IN}: รองปลัดเทศบาล")
    clerk.submit(f"ตรงกับคำสั่ง ให้มีผล {STANDING_IN}")


def test_the_head_sends_it_back_with_a_reason(desks: Desks) -> None:
    officer, head = desks.staff["officer"], desks.staff["head"]
    officer.start("information")
    officer.write(title=TITLE, summary="แผนของเทศบาล", body="โครงการสำคัญของเทศบาล")
    officer.submit("บันทึกและส่ง")
    officer.submit("ส่งเข้าพิจารณา")
    officer.sees("ส่งเข้าพิจารณาแล้ว")

    head.open("/office/")
    head.follow(TITLE)
    head.page.get_by_label("ต้องแก้อะไร").fill(REMAND)
    head.press("ส่งกลับผู้เสนอ")
    head.sees("ส่งกลับแล้ว")


@pytest.fixture(scope="module")
def moment() -> datetime:
    """A minute that begins soon: nobody can choose a second."""
    return (now() + timedelta(seconds=75)).replace(second=0, microsecond=0)


def test_six_posts_sign_one_of_them_standing_in_and_nothing_is_public_before_its_time(
    desks: Desks, product: Product, moment: datetime
) -> None:
    officer = desks.staff["officer"]
    officer.open("/office/")
    officer.follow(TITLE)
    officer.sees(REMAND)
    officer.page.get_by_label("คำสรุป").fill("แผนของเทศบาล ปีงบประมาณ 2570")
    officer.submit("บันทึกและส่ง")
    officer.page.get_by_role("textbox", name="เผยแพร่ตั้งแต่วันที่").fill(
        f"{moment.day}/{moment.month}/{moment.year + 543}"
    )
    officer.page.get_by_label("เวลา", exact=True).fill(f"{moment:%H:%M}")
    officer.submit("ส่งเข้าพิจารณา")
    officer.sees("ส่งเข้าพิจารณาแล้ว")

    for name in LINE[1:]:
        desks.staff[name].endorse(TITLE)
        desks.staff[name].sees("ลงนามเห็นชอบแล้ว")
    officer.open("/office/schedule/")

    if now() < moment - timedelta(seconds=5):
        expect(officer.page.locator(f"time[datetime^='{moment:%Y-%m-%d}']").first).to_be_visible()
        officer.sees(TITLE)
        assert TITLE not in text(f"{product.portal}/sections/basic/")


def letters(officer: Staff) -> list[str]:
    """The text of each kept PDF, in the order in which the page of papers lists them, without spaces."""
    found = []
    for link in officer.page.locator("main .office-rows a.office-row-title").all():
        address = link.get_attribute("href") or ""
        answer = officer.page.context.request.get(f"{officer.office}{address}")
        assert answer.headers["content-type"] == "application/pdf"
        found.append(solid(text_of(answer.body())))
    return found


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def solid(words: str) -> str:
    """Lines break elsewhere with other fonts; the extraction marks a hyphen in its own way."""
    return "".join(words.replace("\ufffe", "-").split())


def until_all_are_kept(officer: Staff, how_many: int) -> None:
    officer.work(TITLE)
    officer.follow("เอกสารทั้งหมดของเรื่องนี้")
    address, deadline = officer.page.url, time.monotonic() + PATIENCE
    kept = officer.page.locator("main .ds-tag[data-color=success]")
    while kept.count() < how_many:
        assert time.monotonic() < deadline, officer.page.locator("main").inner_text()
        officer.page.wait_for_timeout(250)
        officer.page.goto(address)


@pytest.fixture(scope="module")
def public(desks: Desks, product: Product, moment: datetime) -> list[str]:
    """Its letters, once it has gone out and they are kept."""
    wait_until(lambda: TITLE in text(f"{product.portal}/sections/basic/"))
    late = (now() - moment).total_seconds()
    sys.stderr.write(f"{desks.clicks()} clicks; public {late:.1f} s after its minute\n")
    assert late >= 0
    # Of the round that came back the memorandum; of the second memorandum, form and proof.
    until_all_are_kept(desks.staff["officer"], 4)
    return letters(desks.staff["officer"])


def wait_until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.25)


def test_the_memorandum_shows_every_post_and_in_whose_place_somebody_signed(
    public: list[str], moment: datetime
) -> None:
    memorandum, hour = public[0], format_datetime(moment, digits="thai")
    signed = [
        "หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ",
        "ผู้อำนวยการกองวิชาการและแผนงาน",
        f"({STANDING_IN}) หัวหน้าสำนักปลัดเทศบาล รักษาราชการแทน รองปลัดเทศบาล ตามคำสั่งที่ ๗๔๕/๒๕๖๙ ลงวันที่",
        "(นางสาวพิมพ์ชนก ศรีสว่างกุล) ปลัดเทศบาล",
        "อนุญาตตามที่เสนอ ลงนามทางอิเล็กทรอนิกส์ (นายธำรง วัฒนาตั้งใจ) นายกเทศมนตรีนครตั้งใจ",
    ]
    places = [memorandum.rfind(solid(each)) for each in signed]
    assert -1 not in places
    assert places == sorted(places)
    assert memorandum.count("เห็นควรอนุญาตตามที่เสนอ") == len(LINE) - 2
    assert solid(f"ตั้งแต่วันที่ {hour}") in memorandum
    assert "ระหว่างพิจารณา" not in memorandum


def test_the_remand_is_a_memorandum_of_its_own(public: list[str]) -> None:
    sent_back = public[3]
    assert solid(f"ส่งเรื่องคืนผู้เสนอเพื่อแก้ไข {REMAND}") in sent_back
    assert "เห็นควรอนุญาตตามที่เสนอ" not in sent_back


def test_form_and_proof_name_the_memorandum_the_mayor_and_the_number(public: list[str]) -> None:
    form, proof = public[1], public[2]
    assert solid("ผู้อนุมัติรับรอง ลงนามทางอิเล็กทรอนิกส์ (นายธำรง วัฒนาตั้งใจ)") in form
    assert solid("แผนของเทศบาล ปีงบประมาณ ๒๕๗๐") in form
    assert re.search(r"เลขที่เผยแพร่๒๕[๐-๙]{2}-๐๐๐๐๑ฉบับที่๑", proof)
    assert re.search(r"/p/25\d\d-00001/", proof)
    for paper in (form, proof):
        assert "ตง๕๒๐๐๘/๒" in paper


def test_numbers_run_without_a_gap_and_only_machines_digits_are_arabic(public: list[str]) -> None:
    memos = [public[3], public[0]]
    assert [re.findall(r"ที่ตง๕๒๐๐๘/([๐-๙]+)วันที่", memo) for memo in memos] == [["๑"], ["๒"]]
    for paper in (*memos, public[1]):
        assert re.findall("[0-9]", paper) == []
