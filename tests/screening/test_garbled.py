"""Data as scanners, copies and sly writers leave them: every label in garbled writing, and what must stay quiet."""

import pytest

from prongsai.screening.rules import findings_in
from prongsai.thai.digits import to_thai

GARBLED = [
    ("THAI_ID", "เลขบัตรประชาชน 1-2345-67890-12-1"),
    ("PHONE", "มือถือ 081-234-5678"),
    ("PHONE", "มือถือ (081) 234-5678"),
    ("EMAIL", "อีเมล wichai99@gmail.com"),
    ("BANK", "เลขที่บัญชี 123-4-56789-0"),
    ("PASSPORT", "หนังสือเดินทางเลขที่ AA1234567"),
    ("PLATE", "รถยนต์ทะเบียน 1กข 1234"),
    ("ADDRESS", "อยู่บ้านเลขที่ 12/3 หมู่ที่ 4 ตำบลบ้านควน อำเภอเมือง"),
    ("DOB", "เกิดวันที่ 5 มกราคม 2500"),
    ("NAME", "นายวิชัย แก้วใส"),
    ("HEALTH", "นายวิชัย แก้วใส ป่วยเป็นโรคหัวใจ"),
    ("DISABILITY", "นายวิชัย แก้วใส พิการทางการเห็น"),
    ("POVERTY", "นายวิชัย แก้วใส ครอบครัวยากจน"),
    ("CRIME", "นายวิชัย แก้วใส เคยต้องโทษจำคุก"),
    ("RELIGION", "นายวิชัย แก้วใส นับถือศาสนาพุทธ"),
]
WRITINGS = {
    "Thai digits": to_thai,
    "full-width digits": lambda text: text.translate(
        {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
    ),
    "zero-width spaces": lambda text: text.replace("", "\u200b"),
    "soft hyphens": "\u00ad".join,
    "right-to-left marks": lambda text: f"\u202e{text}\u202c\u200f",
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "capital letters": str.upper,
    "a long page around it": lambda text: f"{'ข้อความทั่วไป ' * 2000}\n{text}\n{'ท้ายหน้า ' * 2000}",
}


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(("label", "text"), GARBLED)
def test_a_datum_is_found_however_it_is_written(label: str, text: str, writing: str) -> None:
    written = WRITINGS[writing](text)

    assert label in {each.label for each in findings_in(written)}


@pytest.mark.parametrize("writing", ["Thai digits", "zero-width spaces", "no-break spaces"])
@pytest.mark.parametrize(("label", "text"), GARBLED)
def test_a_garbled_datum_is_as_grave_as_the_plain_one(label: str, text: str, writing: str) -> None:
    plain = {(each.label, each.severity) for each in findings_in(text)}

    assert {(f.label, f.severity) for f in findings_in(WRITINGS[writing](text))} == plain


@pytest.mark.parametrize(
    "number",
    [
        "1-2345-67890-12-l",
        "I-2345-67890-12-1",
        "1-2345-6789O-12-1",
        "1-2345-67B90-12-1",
        "1.2345.67890.12.1",
        "1 - 2345 - 67890 - 12 - 1",
        "1-2345-6789\n0-12-1",
        "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑",
        "1--2345--67890--12--1",
        "1-2345-67890-12-7",
    ],
)
def test_a_misread_national_id_beside_its_name_still_blocks(number: str) -> None:
    found = findings_in(f"เลขประจำตัวประชาชน {number} ออกให้ ณ อำเภอเมือง")

    assert ("THAI_ID", "block") in {(each.label, each.severity) for each in found}


# Hard negatives of the reference (obligations, sections 5.2 and 8): mandated tables, office contacts, set forms.
QUIET = [
    "เลขประจำตัวผู้เสียภาษี 0-1055-36000-11-1 บริษัท ตัวอย่าง จำกัด",
    "ผู้ชนะการเสนอราคา ห้างหุ้นส่วนจำกัด ก้าวหน้า 0923545000123 วงเงิน 499,000.00 บาท",
    "โทร. 0 7521 8017 ต่อ 1101-1105 โทรสาร 0 7521 8018",
    "สายด่วน 1132, 1567, 191 และ 199",
    "saraban_05920102@dla.go.th",
    "นายประเสริฐ แก้วใส ตำแหน่ง นายกเทศมนตรี",
    "ลงชื่อ (นางอรุณี ศรีสุข) ผู้อำนวยการกองคลัง",
    "ผู้สูงอายุ 1,245 คน คนพิการ 312 คน ผู้ป่วยเอดส์ 8 คน",
    "ระวางโทษจำคุกไม่เกินหกเดือน หรือปรับไม่เกินหนึ่งหมื่นบาท",
    "พระราชบัญญัติการพนัน พุทธศักราช 2478",
    "การป้องกันและปราบปรามการก่อการร้าย",
    "โครงการรณรงค์ต่อต้านการพนันออนไลน์ในสถานศึกษา",
    "ฝึกซ้อมแผนเผชิญเหตุก่อการร้าย ณ สนามบินตรัง",
    "ประกาศห้ามมิให้นำเสนอข้อมูลที่ปลุกปั่นให้เกิดความไม่สงบ",
    "รหัสมาตรฐานครุภัณฑ์ 7110-006-0003",
    "พิกัด 7.556700, 99.611400",
    "ตั้งแต่วันที่ 1 ตุลาคม 2568 - 30 กันยายน 2569",
    "มาตรา 15 (5) แห่งพระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540",
    "ถนนสาย ตง.ถ. 1-0012 ระยะทาง 1,250 เมตร",
]


@pytest.mark.parametrize("text", QUIET)
@pytest.mark.parametrize("writing", ["as it is", "Thai digits"])
def test_what_offices_must_publish_waits_for_nobody(text: str, writing: str) -> None:
    written = to_thai(text) if writing == "Thai digits" else text

    assert [each for each in findings_in(written) if each.severity != "advise"] == []
