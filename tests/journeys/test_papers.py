"""What officers really bring: ten harmful or broken files are refused, six papers are read and screened."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests import papers
from tests.files import samples
from tests.journeys.people import Staff
from tests.product import Product

pytestmark = pytest.mark.browser
READING = 180_000
PAPERS = {
    "บันทึกสแกน.pdf": papers.memo_scan,
    "เทศบัญญัติงบประมาณ.pdf": papers.budget,
    "รายชื่อเบี้ยยังชีพ.xlsx": papers.welfare_list,
    "สัญญาสแกน.pdf": papers.contract_scan,
    "ภาพถ่าย.jpg": samples.photograph,
    "กล่องดำ.pdf": papers.boxed_pdf,
}
# The papers of which something may not go out, and the words with which screening says so.
LEAKING = {
    "รายชื่อเบี้ยยังชีพ.xlsx": ("เลขประจำตัวประชาชน", "ซ่อน", "เบี้ย"),
    "สัญญาสแกน.pdf": ("เลขประจำตัวประชาชน", "สำเนาบัตร"),
    "กล่องดำ.pdf": ("เลขประจำตัวประชาชน", "กล่อง"),
}
REASONS = {
    "zip bomb": "คลายออกแล้วใหญ่ผิดปกติ",
    "pdf bomb": "คลายออกแล้วใหญ่ผิดปกติ",
    "polyglot": "ไฟล์สองชนิดซ้อนกัน",
    "wrong extension": "ไม่ตรงกับเนื้อหาจริง",
    "truncated": "ไฟล์เสียหรือส่งมาไม่ครบ",
    "huge picture": "ละเอียดเกินไป",
    "macro": "มาโคร",
    "encrypted": "รหัสผ่าน",
    "path in its name": "รับไฟล์ชนิดนี้ไม่ได้",
    "nothing in it": "ว่างเปล่า",
}


@pytest.fixture(scope="module")
def officer(chromium: Browser, product: Product) -> Staff:
    return Staff.signed_in(chromium, product, "officer")


def payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_each_harmful_file_is_refused_with_its_reason_and_the_papers_come_in(
    officer: Staff, product: Product
) -> None:
    officer.open("/office/intake/")
    harmful = [payload(name, make()) for name, make in papers.HARMFUL.values()]
    good = [payload(name, make()) for name, make in PAPERS.items()]
    officer.page.get_by_label("เลือกไฟล์").set_input_files([*good, *harmful])
    officer.press("นำเข้า")
    page = officer.page
    page.get_by_role("link", name="ไปยืนยันไฟล์ที่ส่งแล้ว").wait_for(timeout=READING)
    officer.follow("ไปยืนยันไฟล์ที่ส่งแล้ว")
    expect(page.locator("tr[data-state=reading]")).to_have_count(0, timeout=READING)
    expect(page.locator("tr[data-state=proposed]")).to_have_count(len(PAPERS))
    refused = page.locator("tr[data-state=refused]")
    expect(refused).to_have_count(len(papers.HARMFUL))
    told = refused.all_inner_texts()
    assert [reason for reason in REASONS.values() if not any(reason in text for text in told)] == []
    kept = product.data / "office" / "files"
    assert not [
        path for path in kept.rglob("*") if path.is_file() and b"macro" in path.read_bytes()
    ]


def test_the_scanned_memo_is_proposed_as_what_it_is(officer: Staff) -> None:
    row = officer.page.locator("tr", has_text="บันทึกสแกน.pdf")
    expect(row.locator("textarea[name=title]")).to_have_value(
        "มาตรการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ของเทศบาล"
    )
    expect(row).to_contain_text("อ่านจากภาพโดยเครื่อง")


@pytest.mark.parametrize("name", LEAKING)
def test_a_leaking_paper_is_stopped_and_what_leaks_is_not_shown(
    officer: Staff, name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(PAPERS[name]())
    officer.start("news")
    officer.write(title=f"เรื่องของ {path.stem}", summary="เอกสารของเทศบาล", body="ดูเอกสารแนบ")
    officer.submit("บันทึก")
    officer.attach(path)
    expect(officer.page.locator("#files progress:not([data-sending] *)")).to_have_count(
        0, timeout=READING
    )
    officer.submit("บันทึกและส่ง")
    officer.submit("ส่งเข้าพิจารณา")

    for words in LEAKING[name]:
        officer.sees(words)
    shown = officer.page.locator("body")
    for secret in (*papers.SECRET_IDS, papers.SECRET_NAME, "081-234-5678"):
        expect(shown).not_to_contain_text(secret)
