"""In March 2569 the assessment's officer finds four gaps on the board and closes them: by binding, February's table, a
statement and another unit. What the demonstration has published by that morning is what the public has.
"""

import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from tests.axe import violations
from tests.journeys.people import Staff
from tests.product import Product, text

pytestmark = pytest.mark.browser
LIST = "/office/owed/?owed=on"
# A Friday: February is over, its table not yet there, and the assessment's day still to come.
MORNING = datetime(2026, 3, 6, 9, 5, tzinfo=timezone(timedelta(hours=7)))
# Duties as their pages' addresses name them.
OPENNESS, CONCESSIONS, MONTHLY, PLAN = (
    "rd-43/",
    "oia-9-6/",
    "proc-monthly/",
    "ita-oit-2569-o5/",
)
FEBRUARY = (
    "จ้างตัดแต่งต้นไม้ริมคลอง",
    "90,000.00",
    "89,500.00",
    "เฉพาะเจาะจง",
    "หจก. สวนเมืองใต้ 88,000 บาท",
    "หจก. สวนเมืองใต้",
    "88,000.00",
    "ราคาไม่เกินราคากลาง",
    "11/2569",
    "๑๐ ก.พ. ๒๕๖๙",
)


@pytest.fixture(scope="module")
def municipality(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Running on that morning, with everything that the demonstration had published by then."""
    running = Product(
        data=tmp_path_factory.mktemp("municipality") / "data",
        behind=int(time.time() - MORNING.timestamp()),
    )
    shutil.copytree(migrated, running.data)
    running.run("demo")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def officer(chromium: Browser, municipality: Product) -> Iterator[Staff]:
    one = Staff.signed_in(chromium, municipality, "webmaster")
    yield one
    one.page.context.close()


def signed(municipality: Product) -> None:
    """Everybody else endorses what was sent."""
    settings = {"DJANGO_SETTINGS_MODULE": "prongsai.config.settings.worker"}
    made = subprocess.run(
        [sys.executable, "-m", "tests.journeys.signing"],
        env=municipality.environment | settings,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr


def gaps(one: Staff) -> list[str]:
    """Keys of the duties that are still owed, with the year where it is not the present one."""
    one.open(LIST)
    rows = one.page.locator("a.office-row-title")
    return [str(row.get_attribute("href")).removeprefix("/office/owed/") for row in rows.all()]


def until(one: Staff, closed: set[str]) -> list[str]:
    """The gaps, as soon as these points are none any more."""
    deadline = time.monotonic() + 120
    while True:
        found = gaps(one)
        if found and not closed & set(found):
            return found
        assert time.monotonic() < deadline, found
        one.page.wait_for_timeout(500)


def test_four_gaps_are_found_and_closed(
    officer: Staff, municipality: Product, tmp_path: Path
) -> None:
    expect_board(officer)
    assert {OPENNESS, CONCESSIONS, MONTHLY, PLAN} <= set(gaps(officer))
    assert violations(officer.page) == []

    bind(officer, OPENNESS, "มาตรการเผยแพร่ข้อมูลต่อสาธารณะ")
    say_not_ours(officer, CONCESSIONS, "เทศบาลไม่มีสัญญาสัมปทานหรือสัญญาร่วมทุน")
    import_february(officer, tmp_path / "สขร.xlsx")
    charge(officer, PLAN, "head-dissemination")
    signed(municipality)

    assert PLAN in until(officer, {OPENNESS, CONCESSIONS, MONTHLY})
    officer.open("/office/owed/?instrument=ita-oit-2569&post=head-dissemination")
    officer.sees("O5")


def test_what_is_not_due_before_april_is_no_gap_in_march(
    officer: Staff, municipality: Product
) -> None:
    expect_board(officer)
    officer.open("/office/owed/ita-oit-2569-o18/")
    officer.sees("กำหนด 30 เมษายน 2569")
    # Ten working days before.
    officer.sees("วันที่ 16 เมษายน 2569")
    seen = text(f"{municipality.portal}/transparency/ita-oit-2569/?status=not_due")
    assert {"O18", "O26"} <= set(re.findall(r"\bO\d+\b", seen))


def test_the_pack_says_loudly_which_file_does_not_open(
    officer: Staff, municipality: Product
) -> None:
    page = urllib.request.urlopen(f"{municipality.portal}/transparency/ita-oit-2569/o3/").read()
    number = re.search(rb"/p/(\d{4}-\d{5})/", page)
    assert number
    page = urllib.request.urlopen(f"{municipality.portal}/transparency/ita-oit-2569/o11/").read()
    file = re.search(rb"/files/([0-9a-f]{64})/", page)
    assert file
    (blob,) = Path(municipality.data, "record").rglob(file[1].decode())
    aside = blob.with_suffix(".aside")
    blob.rename(aside)
    officer.open("/office/owed/pack/ita-oit-2569/")
    officer.submit("ทำชุดหลักฐาน")
    made(officer, "อย่าเพิ่งส่ง: เปิดไม่ได้")
    officer.sees(file[1].decode())
    assert violations(officer.page) == []
    aside.rename(blob)

    officer.submit("ทำชุดหลักฐานใหม่")
    made(officer, "ตรวจแล้ว เปิดได้ครบทุกที่อยู่")
    with officer.page.expect_download() as taken:
        officer.page.get_by_role("link", name="ดาวน์โหลด CSV").first.click()
    rows = taken.value.path().read_text("utf-8-sig")
    assert f"{municipality.portal}/p/{number[1].decode()}/" in rows
    assert "O26" in rows


def made(one: Staff, words: str) -> None:
    """The worker makes the pack; its page says what came of it."""
    deadline = time.monotonic() + 120
    while not one.page.get_by_text(words).count():
        assert time.monotonic() < deadline, one.page.locator("main").inner_text()[:500]
        one.page.wait_for_timeout(500)
        one.open("/office/owed/pack/ita-oit-2569/")


def expect_board(one: Staff) -> None:
    """The worker looks for the first time within its first turns."""
    deadline = time.monotonic() + 120
    while not gaps(one):
        assert time.monotonic() < deadline, "nothing was looked at"
        one.page.wait_for_timeout(500)


def bind(one: Staff, duty: str, words: str) -> None:
    one.open(f"/office/owed/{duty}")
    one.page.get_by_label("คำในชื่อเรื่อง").fill(words)
    one.submit("ค้นรายการ")
    one.page.get_by_role("button", name="ผูกกับข้อนี้").first.click()
    send(one, note="ผูกกับข้อที่ถามเรื่องเดียวกัน")


def say_not_ours(one: Staff, duty: str, reason: str) -> None:
    one.open(f"/office/owed/{duty}")
    one.follow("แจ้งว่าไม่มีหรือไม่เกี่ยวข้อง")
    assert violations(one.page) == []
    one.page.get_by_label("ข้อนี้ไม่เกี่ยวข้องกับเทศบาล").check()
    one.page.get_by_label("เหตุผลที่ประชาชนจะอ่าน").fill(reason)
    one.submit("ร่างถ้อยแถลง")
    send(one)


def import_february(one: Staff, template: Path) -> None:
    one.open(f"/office/owed/{MONTHLY}")
    one.follow("เขียนของกุมภาพันธ์ 2569")
    one.submit("เริ่มเขียน")
    one.follow("ตาราง")
    one.follow("สขร. 1")
    one.page.get_by_label("XLSX").set_input_files(filled_in(one, template))
    one.submit("ตรวจแถว")
    assert violations(one.page) == []
    expect(one.page.get_by_label("ปีงบประมาณ")).to_have_value("2569")
    expect(one.page.get_by_label("งวด")).to_have_value("กุมภาพันธ์ 2569")
    one.submit("ใช้แถวเหล่านี้")
    one.sees("บันทึกตารางแล้ว")
    assert violations(one.page) == []
    one.follow("กลับไปหน้าเขียน")
    one.page.get_by_label("ชื่อเรื่อง (ต้องกรอก)").fill("สรุปผลการจัดซื้อจัดจ้าง เดือนกุมภาพันธ์ 2569")
    one.page.get_by_label("คำสรุป").fill("จัดซื้อจัดจ้าง 1 รายการ")
    one.page.get_by_label("ขั้นของการจัดซื้อจัดจ้าง").select_option("monthly_summary")
    one.submit("บันทึกและส่ง")
    send(one)


def filled_in(one: Staff, template: Path) -> Path:
    """The template as the office gives it out, with February's row."""
    with one.page.expect_download() as taken:
        one.page.get_by_role("link", name="แม่แบบ XLSX").click()
    taken.value.save_as(template)
    book = load_workbook(template)
    for place, cell in enumerate(FEBRUARY, start=1):
        book["ข้อมูล"].cell(2, place, cell)
    book.save(template)
    return template


def send(one: Staff, *, note: str = "") -> None:
    if note:
        one.page.get_by_label("แก้ไขเล็กน้อย").check()
        one.page.get_by_label("แก้ไขอะไร").fill(note)
    one.submit("ส่งเข้าพิจารณา")
    one.sees("ส่งเข้าพิจารณาแล้ว")


def charge(one: Staff, duty: str, post: str) -> None:
    one.open(f"/office/owed/{duty}")
    one.page.get_by_label("ตำแหน่งที่รับผิดชอบ").select_option(post)
    one.submit("มอบ")
    one.sees("มอบแล้ว")
