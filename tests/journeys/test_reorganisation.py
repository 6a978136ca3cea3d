"""A unit with all its work goes into another: seen first, done once, and every old address still leads on."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import Staff
from tests.product import Product, status, text

pytestmark = pytest.mark.browser

# `bench/office_load` and tests/office/test_reorganising.py have hundreds; here people look.
WORKS = 60
OLD, NEW = "ฝ่ายควบคุมการก่อสร้าง", "ฝ่ายพัสดุและทรัพย์สิน"
TITLE = "งานควบคุมการก่อสร้าง เรื่องที่"


@pytest.fixture(scope="module")
def numbers(product: Product) -> list[str]:
    """What the unit has published, beside its drafts."""
    settings = {"DJANGO_SETTINGS_MODULE": "prongsai.config.settings.worker"}
    made = subprocess.run(
        [sys.executable, "-m", "tests.journeys.merged", str(WORKS)],
        env=product.environment | settings,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert made.returncode == 0, made.stderr
    return list(json.loads(made.stdout))


@pytest.fixture(scope="module")
def officer(chromium: Browser, product: Product) -> Staff:
    return Staff.signed_in(chromium, product, "officer-construction")


def until(happens: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def test_a_unit_goes_into_another_with_all_its_work(
    chromium: Browser, product: Product, officer: Staff, numbers: list[str]
) -> None:
    permalink = f"{product.portal}/p/{numbers[0]}/"
    administrator = Staff.signed_in(chromium, product, "webmaster")
    began = time.monotonic()
    administrator.open("/office/")
    administrator.follow("ปรับโครงสร้างหน่วยงาน")
    page = administrator.page
    page.get_by_label("ยุบรวมกับหน่วยงานอื่น").check()
    page.locator("select[name=unit]").select_option(label=OLD)
    page.locator("select[name=successor]").select_option(label=NEW)
    page.get_by_label("คำสั่งหรือประกาศ").fill("คำสั่งที่ 12/2569 ลงวันที่ 1 ตุลาคม 2569")

    administrator.press("ดูผลก่อน ยังไม่เปลี่ยนอะไร")

    figures = page.locator("dl.desk-figures > div").first
    expect(figures).to_contain_text(str(WORKS))
    officer.open("/office/disclosures/")
    officer.sees(OLD)
    assert "รับผิดชอบแทน" not in text(permalink)

    administrator.press("ยืนยันการปรับโครงสร้าง")
    administrator.sees("ปรับโครงสร้างแล้ว")
    done = time.monotonic()
    until(lambda: f"ปัจจุบัน {NEW} รับผิดชอบแทน" in text(permalink))
    sys.stderr.write(
        f"{WORKS} works: {done - began:.1f} s at the screen, "
        f"{time.monotonic() - done:.1f} s until every page says so\n"
    )


def test_its_officers_work_on_as_the_other_unit_s(
    chromium: Browser, product: Product, officer: Staff
) -> None:
    officer.open(f"/office/disclosures/?q={WORKS - 1}")
    row = officer.page.locator(".office-row", has_text=f"{TITLE} {WORKS - 1}")
    expect(row).to_contain_text(NEW)
    officer.follow(f"{TITLE} {WORKS - 1}")
    officer.follow("เขียนต่อ")
    officer.page.get_by_label("คำสรุป").fill("แจ้งประชาชนในนามหน่วยงานที่รับช่วง")
    officer.press("บันทึก")
    officer.sees("บันทึกแล้ว เป็นฉบับร่างที่")
    colleague = Staff.signed_in(chromium, product, "officer-supplies")
    colleague.open(f"/office/disclosures/?q={WORKS - 1}")
    colleague.sees(f"{TITLE} {WORKS - 1}")


def test_every_old_address_leads_on(product: Product, numbers: list[str]) -> None:
    addresses = [f"/p/{number}/{page}" for number in numbers for page in ("", "v/1/", "history/")]
    assert [each for each in addresses if status(f"{product.portal}{each}") != 200] == []
    listed = text(f"{product.portal}/sections/news/?unit=construction")
    assert set(re.findall(rf"{TITLE} \d+", listed)) == {f"{TITLE} 0", f"{TITLE} 1"}
    assert product.run("verify").returncode == 0
