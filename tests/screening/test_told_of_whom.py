"""Whose a number, a name or a place is, is told by the words around it: by sentences as offices write them."""

import pytest

from prongsai.screening.rules import findings_in


def found(text: str, label: str) -> list[tuple[str, str]]:
    """What is found under the label, and how grave."""
    return [
        (text[each.start : each.end], each.severity)
        for each in findings_in(text)
        if each.label == label
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("บัตรประจำตัวคนซึ่งไม่มีสัญชาติไทย 0-5293-75764-44-9", "0-5293-75764-44-9"),
        ("เลขประจำตัวประชาชน 3-7792-58567-381", "3-7792-58567-381"),
        ("บัตรประชาชน 6~6325~34880~44~O", "6~6325~34880~44~O"),
        ("นายสมชาย ใจดี หมายเลข 24692g3236349", "24692g3236349"),
        ("เลขประจำตัวประชาชน 3=5826-01295=35-0", "3=5826-01295=35-0"),
        ("ID No. 7-2215-D0648-14-6", "7-2215-D0648-14-6"),
        ("ผู้ถูกหัก นายสมชาย ใจดี 1 | 2345 | 67890 | 12 | 1", "1 | 2345 | 67890 | 12 | 1"),
        ("เลขบัตรประชาชน|1|2|3|4|5|6|7|8|9|0|1|2|1|", "1|2|3|4|5|6|7|8|9|0|1|2|1"),
        ("เลขประจำตัวประชาชน 1,234,567,890,121", "1,234,567,890,121"),
        ("นางสาวมาลี มีสุข1234567890121/064 832 7403", "1234567890121"),
        ("เลขประจำตัวประชาชน ☐" + "☐".join("1234567890121"), "☐".join("1234567890121")),
        ("บัตร ปชช. ID1234567890121", "1234567890121"),
    ],
)
def test_an_id_is_found_however_it_is_written(text: str, number: str) -> None:
    assert found(text, "THAI_ID") == [(number, "block")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("สำเนาบัตร 3017743 936006", "3017743 936006"),
        ("บัตร ปชช. T920400234776", "T920400234776"),
        ("น.ส.มาลี มีสุข ๕-๙ ๓๐๒-๐๘๐๑๕-๓๖-๐ ผู้รับมอบ", "๕-๙ ๓๐๒-๐๘๐๑๕-๓๖-๐"),
        ("นางมาลี มีสุข39098-3T619-861หมู่ 5", "39098-3T619-861"),
        ("ผู้รับเงิน นายสมชาย ใจดี 5101A00581591", "5101A00581591"),
        ("เลขประจำตัวประชาชน |5][9 005][40624]\n[74][4|", "5][9 005][40624]\n[74][4|"),
        ("ทะเบียนประวัติ เลข 0895943614845", "0895943614845"),
    ],
)
def test_an_id_that_was_misread_or_whose_words_are_far_is_a_question(
    text: str, number: str
) -> None:
    assert found(text, "THAI_ID") == [(number, "decide")]


@pytest.mark.parametrize(
    "text",
    [
        "9786160315703\tนิทานอีสป\t3 เล่ม",
        "ผู้ขาย: สหกรณ์โคนมทุ่งพลับ จำกัด เลขทะเบียน ๐ ๘๐๓๕ ๔๕๒๖๗ ๘๑ ๗",
        "มูลนิธิเพื่อนผู้ป่วยจิตเวช เลขประจำตัว 0-9235-39173-89-9 บริจาคผ้าห่ม",
        "บัญชีคุมพัสดุ\nรหัสสินค้า\tจำนวน\tหน่วย\n7082085819637\t12\tรีม",
        "รหัสพัสดุ 13 หลัก 7924223485153 ทรายหยาบ",
        "หลักประกันอิเล็กทรอนิกส์ e-LG 6046275167083",
        "นมโรงเรียน 8857689053856 ขนาด 200 มล.",
        "ตัวอย่างการกรอก 0-0000-00000-00-0",
        "งบประมาณ 1,234,567,890,121 บาท",
    ],
)
def test_numbers_of_firms_and_goods_are_nobodys(text: str) -> None:
    assert found(text, "THAI_ID") + found(text, "PHONE") == []


def test_the_number_under_which_a_person_registers_a_trade_is_their_own() -> None:
    text = "ผู้จดทะเบียนพาณิชย์ (บุคคลธรรมดา) นายเฉลิม ใจดี ทะเบียนพาณิชย์เลขที่ 5909816312711"

    assert [grave for _number, grave in found(text, "THAI_ID")] == ["block"]


def test_the_edges_of_cells_are_no_digits() -> None:
    assert found("เลขบัตร|โทร\n1|0699937398\n2|0979773343", "THAI_ID") == []


def test_the_same_code_under_a_heading_of_ids_is_somebodys() -> None:
    text = "เลขประจำตัวประชาชน\tจำนวน\n1-2345-67890-12-1\t12"

    assert found(text, "THAI_ID") == [("1-2345-67890-12-1", "block")]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ('ชำระภาษีเข้าบัญชี "เทศบาลเมืองตัวอย่าง" ธนาคารกรุงไทย เลขที่ 914-0-47958-3', ""),
        ("รายงานสถานะการเงินประจำวัน\nกรุงไทย ออมทรัพย์ 819-0-34739-1", ""),
        ("เทศบาลโอนเข้าบัญชี นายสมชาย ใจดี เลขที่ 914-0-47958-3", "block"),
        ("กองทุนจ่ายให้ผู้มีสิทธิ เข้าบัญชี 914-0-47958-3", "block"),
        ("acc. no. 914-0-47958-3 SCB", "decide"),
        ("โอนเข้าบัญชี 914-0-47958-3", "decide"),
        ("บริจาคช่วยผู้ประสบภัย บัญชีกองทุน 914-0-47958-3", ""),
        ("บริจาคเข้ากองทุนของสำนักนายกรัฐมนตรี บัญชี 914-0-47958-3 กรุงไทย", ""),
        ("คืนเงินประกันซอง บช.914-0-47958-3 นางมาลี มีสุข", "block"),
        ("ชื่อ\tธนาคาร\tเลขที่บัญชี\nมาลี มีสุข\tออมสิน\t098-74936897-0", "block"),
    ],
)
def test_an_account_is_nothing_of_an_office_a_block_of_who_is_paid_and_else_a_question(
    text: str, severity: str
) -> None:
    assert [grave for _number, grave in found(text, "BANK")] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ผู้ยื่นคำขอ นายเอกชัย ใจดี", ["นายเอกชัย ใจดี"]),
        ("นายวุฒิชัย ใจดี นายจักรพงษ์ มีสุข", ["นายวุฒิชัย ใจดี", "นายจักรพงษ์ มีสุข"]),
        ("นายสมบัติ ทองแท้", ["นายสมบัติ ทองแท้"]),
        ("นางรำไพ เรืองเดช", ["นางรำไพ เรืองเดช"]),
        ("Mr. John Peterson ขอรับรองสำเนา", ["Mr. John Peterson"]),
        ("มาลี มีสุข\t123-4-56789-0\tกรุงไทย", ["มาลี มีสุข"]),
        ("คุณสมบัติ ของผู้สมัคร", []),
        ("คุณวุฒิ ปริญญาตรี", []),
        ("น.ส.โสภา ใจดี ปลัดเทศบาล และราษฎรคือ นายวรวุฒิ มีสุข", ["นายวรวุฒิ มีสุข"]),
        ("ผู้จัดการมรดกของ นางโสภา ใจดี", ["นางโสภา ใจดี"]),
    ],
)
def test_a_name_is_found_with_and_without_a_title(text: str, names: list[str]) -> None:
    assert [name for name, _severity in found(text, "NAME")] == names


@pytest.mark.parametrize(
    ("text", "is_home"),
    [
        ("อยู่บ้านเลขที่ 59 ตรอกโรงฝิ่น ถนนท่าเรือ ตำบลปากน้ำ", True),
        ("ย้ายไปพักกับญาติ เลขที่ 15 หมู่ 5 บ้านควนปริง ตำบลนาท่อม", True),
        ("address: 118/3 Moo 9, Tambon Thap Thiang, Amphoe Mueang", True),
        ("บริษัท คอนกรีต จำกัด สำนักงานตั้งอยู่เลขที่ 88/9 ถ.หลัก ต.นาโยง อ.นาโยง", False),
    ],
)
def test_where_somebody_lives_is_told_from_where_a_firm_sits(text: str, is_home: bool) -> None:
    assert bool(found(text, "ADDRESS")) is is_home


def test_facts_on_both_sides_of_a_name_are_both_found() -> None:
    text = "ผู้ป่วยชื่อ นายสมชาย ใจดี ติดเชื้อไวรัสตับอักเสบบี"

    assert [fact for fact, _severity in found(text, "HEALTH")] == [
        "ผู้ป่วยชื่อ",
        "ติดเชื้อไวรัสตับอักเสบบี",
    ]


def test_facts_told_in_one_breath_are_found_whole() -> None:
    text = "นายสมชาย ใจดี ป่วยเป็นโรคไต ต้องฟอกไต และเป็นเบาหวาน"

    assert [fact for fact, _severity in found(text, "HEALTH")] == [
        "ป่วยเป็นโรคไต ต้องฟอกไต และเป็นเบาหวาน"
    ]


@pytest.mark.parametrize(
    ("text", "is_somebodys"),
    [
        ("รถของผู้ร้อง กระบะ 2พง 8070 ตรัง", True),
        ("ขออนุมัติซ่อมรถยนต์ส่วนกลาง หมายเลขทะเบียน บฉ 3071", False),
        ("รถราชการเทศบาลชนกับรถของนางกัลยา มีสุข ทะเบียน 3กษ 4028", True),
    ],
)
def test_a_plate_of_the_state_is_nobodys(text: str, is_somebodys: bool) -> None:
    assert bool(found(text, "PLATE")) is is_somebodys
