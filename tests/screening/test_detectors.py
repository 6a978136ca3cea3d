"""What is found and what is not: a table for each detector. All numbers and persons are invented."""

import time

import pytest

from prongsai.screening.located import Own
from prongsai.screening.rules import findings_in
from tests.effort import is_done_within

FOUND = [
    ("THAI_ID", "เลขประจำตัวประชาชน 1-2345-67890-12-1", "block"),
    ("THAI_ID", "บัตรประชาชน ๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๑", "block"),
    ("THAI_ID", "1-2345-67890-12-1", "block"),
    ("THAI_ID", "1\u20102345\u201167890\u201212\u20131", "block"),
    ("THAI_ID", "1\u20142345\u201567890\u221212-1", "block"),
    ("THAI_ID", "เลขบัตร 1234567890121", "block"),
    ("THAI_ID", "บัตร ๑-๒๓๔๕-\n๖๗๘๙๐-๑๒-๑", "block"),
    ("THAI_ID", "เลขบัตร 12345\n67890121", "block"),
    ("THAI_ID", "บัตร 1 2 3 4 5 6 7 8 9 0 1 2 1", "block"),
    ("THAI_ID", "บัตร I-2345-6789O-l2-1", "block"),
    ("THAI_ID", "บัตร 1-234S-67B90-12-1", "block"),
    ("THAI_ID", "บัตรประชาชน 1-2345-67890-12-3", "block"),
    ("THAI_ID", "1-2345-67890-12-3", "decide"),
    ("THAI_ID", "รายการ 1234567890121 ท้าย", "decide"),
    ("THAI_ID", "เลขประจำตัวผู้เสียภาษี 1234567890121 ร้านชำ", "block"),
    ("THAI_ID", "บัตร 0-0123-45678-90-1", "block"),
    ("THAI_ID", "หลังบัตร JT1-2345678-90", "block"),
    ("PHONE", "มือถือ 081-234-5678", "decide"),
    ("PHONE", "โทร. ๐๘๑ ๒๓๔ ๕๖๗๘", "decide"),
    ("PHONE", "+66 81 234 5678", "decide"),
    ("PHONE", "โทร 0812345678", "decide"),
    ("PHONE", "โทร 0 8123 45678", "decide"),
    ("PHONE", "โทร o81-234-5678", "decide"),
    ("EMAIL", "อีเมล somchai.j@gmail.com", "decide"),
    ("EMAIL", "Somchai @ Hotmail.com", "decide"),
    ("BANK", "เลขที่บัญชี 123-4-56789-0 ธนาคารกรุงไทย", "decide"),
    ("BANK", "โอนเข้าบัญชี 1234567890", "decide"),
    ("PASSPORT", "หนังสือเดินทางเลขที่ AA1234567", "block"),
    ("PLATE", "รถยนต์ทะเบียน 1กข 1234 ตรัง", "advise"),
    ("ADDRESS", "อยู่บ้านเลขที่ 12/3 หมู่ที่ 4 ตำบลบ้านควน อำเภอเมือง", "decide"),
    ("ADDRESS", "นายสมชาย ใจดี 12 ม.4 ต.บางรัก อ.เมือง", "decide"),
    ("ADDRESS", "รหัสประจำบ้าน 9201-012345-6", "block"),
    ("DOB", "เกิดวันที่ ๕ มกราคม พ.ศ. ๒๕๐๐", "decide"),
    ("DOB", "วันเดือนปีเกิด 5/1/2500", "decide"),
    ("NAME", "นายสมชาย ใจดี", "advise"),
    ("NAME", "นางสมหญิง รักไทย ขอรับความช่วยเหลือ", "decide"),
    ("NAME", "ผู้ร้องเรียนคือ นางสมหญิง รักไทย", "block"),
    ("NAME", "ด.ญ.มาลี มีสุข", "decide"),
    ("NAME", "ว่าที่ ร.ต.หญิงมาลี มีสุข", "advise"),
    ("HEALTH", "นายสมชาย ใจดี ป่วยเป็นโรคหัวใจ", "block"),
    ("DISABILITY", "นายสมชาย ใจดี พิการทางการเห็น", "block"),
    ("POVERTY", "นายสมชาย ใจดี ครอบครัวยากจน", "block"),
    ("CRIME", "นายสมชาย ใจดี เคยต้องโทษจำคุก", "block"),
    ("RELIGION", "นายสมชาย ใจดี นับถือศาสนาพุทธ", "block"),
]


@pytest.mark.parametrize(("label", "text", "severity"), FOUND)
def test_personal_data_are_found_with_their_severity(label: str, text: str, severity: str) -> None:
    assert (label, severity) in {(each.label, each.severity) for each in findings_in(text)}


NOT_FOUND = [
    "โทร. 0 7521 8017 ต่อ 120",
    "โทรสาร 0-7521-1234",
    "โทร 02-241-9000 กด 3",
    "สายด่วน 1567",
    "ติดต่อ saraban@example.go.th",
    "เลขที่โครงการ e-GP 66917443039",
    "เลขคุมสัญญา 653627370183",
    "บาร์โค้ดสินค้า 8857390845693",
    "รหัสงบประมาณ 4372888761268953",
    "รหัสบัญชี 5104010104",
    "IMEI 415407987734877",
    "งบประมาณ 20,638,293.00 บาท จาก 1 250 000 บาท",
    "บริษัท ตัวอย่าง จำกัด เลขประจำตัวผู้เสียภาษี 0-8055-60533-06-1",
    "ทะเบียนนิติบุคคลเลขที่ 0503560161768",
    "เลขประจำตัวประชาชน 6-7271-XXXXX-XX-X",
    "เบอร์ 08x-xxx-xxxx",
    "ที่ ตง ๕๒๐๐๘/๑๓๙๓ ลงวันที่ 4 มกราคม 2567",
    "วันที่ 12/05/2564 เวลา 09.30-16.30 น.",
    "รหัสครุภัณฑ์ 416-61-0119",
    "1\t0\t2\t1\t1\t5\t3\t2\t1\t4\t7\t8\t9",
    "ตอ 1250 มม.",
    "สามารถ กด 3",
    "ทะเบียนบ้าน กข 12",
    "เหตุเกิดเมื่อวันที่ 5 มกราคม 2564",
    "เพลิงไหม้เกิดวันที่ 5 มกราคม 2564",
    "สำนักงานเทศบาล เลขที่ 317 ถนนห้วยยอด ตำบลทับเที่ยง",
    "จำนวน 5 หมู่ ของ อ.เมือง",
    "พื้นที่ 2 จังหวัด ได้แก่ จังหวัดเชียงใหม่",
    "ให้นายสมชาย ใจดี เป็นประธานกรรมการ",
    "(นายสมชาย ใจดี)\nนายกเทศมนตรี",
    "นายช่างโยธา ชำนาญงาน",
    "นายทะเบียนท้องถิ่น มีอำนาจ",
    "ทนายความ ผู้ชำนาญ",
    "นายวราวุธ กล่าวว่า",
    "30 มิถุนายน เป็นวันสุดท้าย",
    "พระมหากษัตริย์ ทรงเป็นประมุข",
    "สมเด็จพระนางเจ้า พระบรมราชินี",
    "สถิติผู้ป่วยโรคไข้เลือดออกประจำปี 2566",
    "ผู้รับเบี้ยความพิการ จำนวน 3527 ราย",
    "ระวางโทษจำคุกไม่เกินหนึ่งปี",
]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_only_looks_like_personal_data_is_left_alone(text: str) -> None:
    assert findings_in(text) == []


def test_an_official_named_once_is_an_official_on_the_whole_page() -> None:
    text = "นายสมชาย ใจดี ปลัดเทศบาล เป็นประธาน" + " " * 90 + "นายสมชาย ใจดี ลงพื้นที่"
    assert findings_in(text) == []


def test_a_list_of_recipients_blocks_without_any_number() -> None:
    rows = "\n".join(f"{number}\tนางมาลี มีสุข{number}\t600" for number in range(1, 4))
    listed = findings_in(f"ผู้มีสิทธิรับเบี้ยยังชีพ\n{rows}")
    names = [(each.label, each.severity) for each in listed if each.detector == "private_name"]
    assert names == [("NAME", "block")] * 3
    assert ("beneficiary_list", "block") in {(each.detector, each.severity) for each in listed}


def test_a_list_of_recipients_in_one_cell_blocks_as_one_in_rows_does() -> None:
    names = "  ".join(f"{number}. นางมาลี มีสุข" for number in range(1, 4))
    listed = findings_in(f"ผู้มีสิทธิรับเบี้ยยังชีพ\n{names}\t600")
    assert [each.severity for each in listed if each.detector == "private_name"] == ["block"] * 3


def test_a_fact_told_of_nobody_in_particular_is_no_finding() -> None:
    text = "นายสมชาย ใจดี กล่าวถึงโครงการช่วยเหลือผู้ป่วยติดเตียง"
    assert all(each.label == "NAME" for each in findings_in(text))


MARKED = [
    "ลับ\nบันทึกข้อความ",
    "บันทึกข้อความ\nลับที่สุด",
    "- ลับมาก -\nบันทึกข้อความ",
    "(ลับ)\nเรื่อง",
    "ลับมาก          ที่ ตง 52008/1",
    "ชั้นความลับ : ลับ",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_secrecy_mark_at_an_edge_of_the_page_blocks(text: str) -> None:
    assert [each.severity for each in findings_in(text) if each.family == "secrecy"] == ["block"]


@pytest.mark.parametrize(
    "text",
    [
        "ข้อมูลนี้เป็นความลับของทางราชการ",
        "การรักษาความลับ\nเอกสารลับมากต้องเก็บในตู้",
        "\n".join(["บรรทัด"] * 6 + ["ลับ"] + ["บรรทัด"] * 6),
        "กลับ\nสลับ",
    ],
)
def test_the_word_secret_elsewhere_is_no_mark(text: str) -> None:
    assert findings_in(text) == []


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("กลุ่มนี้จะล้มล้างการปกครองในเร็ววัน", "constitution"),
        ("วางแผนแบ่งแยกดินแดน", "security"),
        ("ขอปลุกระดมให้ออกมา", "order"),
        ("สมัครสล็อตรับเครดิตฟรี", "morals"),
    ],
)
def test_passages_of_clause_one_are_flagged_for_a_human(text: str, family: str) -> None:
    assert {(each.family, each.severity) for each in findings_in(text)} == {(family, "decide")}


@pytest.mark.parametrize(
    "text",
    ["ห้ามมิให้นำเสนอข้อมูลที่ก่อให้เกิดการล้มล้างการปกครอง", "รณรงค์ต่อต้านการพนันออนไลน์"],
)
def test_quoting_the_ban_is_not_breaking_it(text: str) -> None:
    assert findings_in(text) == []


def test_the_municipalitys_own_contacts_are_nobodys_secret() -> None:
    ours = Own(
        domains=frozenset({"tangjai.example"}),
        emails=frozenset({"kongchang@gmail.com"}),
        phones=frozenset({"0812345678"}),
    )
    text = "info@tangjai.example kongchang@gmail.com โทร 081-234-5678"
    assert findings_in(text, ours) == []
    assert len(findings_in(text)) == 3


def test_one_page_is_screened_in_less_than_twenty_milliseconds() -> None:
    line = "ด้วยเทศบาลจะดำเนินโครงการ ให้นายสมชาย ใจดี ปลัดเทศบาล โทร 0 7521 8017 จำนวน 1,234 คน "
    page = (line * 40)[:3000]
    findings_in(page)
    fastest = min(_seconds(page) for _ in range(5))
    assert fastest < 0.02


def _seconds(page: str) -> float:
    begun = time.process_time()
    findings_in(page)
    return time.process_time() - begun


@pytest.mark.parametrize(
    "text", ["1 " * 8000, "นาย" * 5000, "0-" * 8000, "12/3 หมู่ 4 " * 2000, " \t" * 9000]
)
def test_hostile_text_does_not_hold_up_the_screening(text: str) -> None:
    assert is_done_within(2, lambda: findings_in(text))
