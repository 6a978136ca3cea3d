"""The same fields in other layouts: heads over several lines, tables of signatures, contracts, stamps of copies."""

from datetime import date

import pytest

from prongsai.intake.proposals.propose import propose
from prongsai.intake.proposals.values import Proposals, Signer
from prongsai.thai.dates import parse_date
from tests.intake.proposals.samples import page

MEMO = "บันทึกข้อความ\nส่วนราชการ กองช่าง\nที่ ตง 52003/147 วันที่ 8 มกราคม 2569\n"
CONTRACT = (
    "สัญญาซื้อขายรถบรรทุกน้ำ\nสัญญาเลขที่ 12/2569\nสัญญาฉบับนี้ทำขึ้นเมื่อวันที่ 14 มกราคม 2569 ระหว่าง เทศบาลเมืองนาป่า\n"
    "โดย นายมานพ ยิ้มแย้ม รองนายกเทศมนตรี ปฏิบัติราชการแทน\nนายกเทศมนตรีเมืองนาป่า ซึ่งต่อไปเรียกว่า ผู้ซื้อ กับ ร้านรถดี\n\n"
)


def read(text: str) -> Proposals:
    return propose([page(text)])


def signers(text: str) -> list[Signer | None]:
    return [each.value for each in read(text).signatories]


@pytest.mark.parametrize(
    ("head", "subject"),
    [
        (
            "ประกาศเทศบาลเมืองนาป่า\nเรื่อง ผู้ชนะการเสนอราคา จ้างซ่อมตลาด\n   ด้วยวิธีเฉพาะเจาะจง\n--------\nด้วยเทศบาล",
            "ผู้ชนะการเสนอราคา จ้างซ่อมตลาด ด้วยวิธีเฉพาะเจาะจง",
        ),
        (
            "ประกาศเทศบาลเมืองนาป่า\nเรื่อง งดรับของขวัญ\nจากการปฏิบัติหน้าที่\n\nข้าพเจ้าขอประกาศ",
            "งดรับของขวัญ จากการปฏิบัติหน้าที่",
        ),
        (f"{MEMO}เรื่อง ขอขยายเวลาจ้าง\nซอยสายทอง 3\nเรียน ปลัดเทศบาล", "ขอขยายเวลาจ้าง ซอยสายทอง 3"),
        (f"{MEMO}เรื่อง ขอซื้อหิน\nอ้างถึง หนังสือกองคลัง", "ขอซื้อหิน"),
        (
            "ประกาศเทศบาลเมืองนาป่า\nเรื่อง ปิดถนน\nเทศบาลจะปิดถนนหนึ่งวัน\nประกาศ ณ วันที่ 1 มีนาคม 2569",
            "ปิดถนน",
        ),
        (
            "รายงานผลการใช้จ่ายงบประมาณ\nไตรมาสที่ 2 ประจำปี 2569\nของเทศบาลเมืองนาป่า\n",
            "รายงานผลการใช้จ่ายงบประมาณ ไตรมาสที่ 2 ประจำปี 2569",
        ),
        (
            "ระเบียบเทศบาลเมืองนาป่า\nว่าด้วยการใช้รถยนต์\nพ.ศ. 2569\n\nโดยที่เป็นการสมควร",
            "ระเบียบเทศบาลเมืองนาป่า ว่าด้วยการใช้รถยนต์ พ.ศ. 2569",
        ),
        (
            "สรุปผลการจัดซื้อจัดจ้างในรอบเดือนมีนาคม 2569\t\tแบบ สขร.1",
            "สรุปผลการจัดซื้อจัดจ้างในรอบเดือนมีนาคม 2569",
        ),
        (
            "รายงานผลการส่งเสริมคุณธรรมและความโปร่งใสในการบริหารงาน\nของเทศบาลเมืองนาป่า ประจำปี 2568\nรอบ 6 เดือนหลัง\n",
            "รายงานผลการส่งเสริมคุณธรรมและความโปร่งใสในการบริหารงาน ของเทศบาลเมืองนาป่า ประจำปี 2568 รอบ 6 เดือนหลัง",
        ),
        (
            "สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน ธันวาคม 2568\nของ กองช่าง เทศบาลเมืองนาป่า\n",
            "สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน ธันวาคม 2568",
        ),
        ("ประกาศเทศบาลเมืองนาป่า\nเรื่อง ปิดถนน\nในการประชุม" + "ก" * 90, "ปิดถนน"),
        ("ใบสั่งซื้อ\nผู้ขาย ร้านทองดี          ใบสั่งซื้อเลขที่ 55/2569\n", "ใบสั่งซื้อ"),
    ],
)
def test_a_subject_is_whole_and_ends_where_another_part_begins(head: str, subject: str) -> None:
    assert read(head).subject.value == subject


def test_a_plan_of_procurement_is_a_plan_though_a_section_begins_like_it() -> None:
    assert read("แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2569").document_type.value == "plan"
    assert read("แผนกช่าง\nมีพนักงานสองคน").document_type.value == "other"


def test_a_garbled_head_over_garbled_lines_is_doubted_and_known() -> None:
    proposals = read("บันทีกข้อความ\nสวนราชการ กองช่าง\nเรือง ขอซื้อหิน\nเรียน ปลัดเทศบาล")

    assert proposals.document_type.value == "memo"
    assert [doubt.code for doubt in proposals.document_type.doubts] == ["type_garbled"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("เลขที่สัญญา 12/2568\nเลขคุมสัญญา 671214\n\nสัญญาซื้อขายรถบรรทุกน้ำ\n", "12/2568"),
        ("เลขที่รับ 77/2568\n\nสัญญาซื้อขายรถบรรทุกน้ำ\n", None),
        ("สัญญาเช่าเครื่องถ่ายเอกสาร\nเลขที 4/2569\n", "4/2569"),
        (
            "รายงานการประชุมสภาเทศบาล\nสมัยที่ 3 ครั้งที่ 1 ประจำปี พ.ศ. 2567\nเมื่อวันที่ 9 สิงหาคม 2567",
            "ครั้งที่ 1 ประจำปี พ.ศ. 2567",
        ),
        ("แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)\nเพิ่มเติม ครั้งที่ 2/2567\n", None),
    ],
)
def test_a_number_is_taken_from_where_papers_of_the_kind_have_it(
    text: str, number: str | None
) -> None:
    assert read(text).number.value == number


def test_signatures_in_cells_of_a_table_are_read_line_by_line() -> None:
    row = (
        "เรียน ปลัดเทศบาล  เห็นควรอนุมัติ    (นางมาลี  ศรีงาม)  ผู้อำนวยการกองช่าง  9 ม.ค. 2569\t"
        "อนุมัติ  (นายมานพ  ยิ้มแย้ม)  นายกเทศมนตรีเมืองนาป่า  12 ม.ค. 2569"
    )
    text = f"{MEMO}เรื่อง ขอซื้อหิน\nเรียน นายกเทศมนตรี\nจึงเรียนมา\n{row}\n"

    assert signers(text) == [
        Signer("นางมาลี ศรีงาม", "ผู้อำนวยการกองช่าง"),
        Signer("นายมานพ ยิ้มแย้ม", "นายกเทศมนตรีเมืองนาป่า"),
    ]
    assert read(text).dates["signed"].value == date(2026, 1, 12)


@pytest.mark.parametrize("gap", ["\t", "                         "])
def test_a_post_under_one_of_two_names_is_that_ones(gap: str) -> None:
    text = (
        f"สัญญาจ้างทำของ\nสัญญาเลขที่ 3/2569\n\n(ลงชื่อ)........ผู้ว่าจ้าง{gap}(ลงชื่อ)........ผู้รับจ้าง\n"
        f"(นายวิเชียร พูนสุข){gap}(นางสาวดวงใจ ทางดี)\nนายกเทศมนตรี\n"
    )

    assert signers(text) == [
        Signer("นายวิเชียร พูนสุข", "นายกเทศมนตรี"),
        Signer("นางสาวดวงใจ ทางดี", "ผู้รับจ้าง"),
    ]


def test_the_post_of_a_party_is_the_one_in_which_the_contract_is_made() -> None:
    ending = "ลงชื่อ          ผู้ซื้อ\n(นายมานพ ยิ้มแย้ม)\nลงชื่อ          พยาน\n(นางมาลี ศรีงาม)\nนิติกร\n"

    assert signers(CONTRACT + ending) == [
        Signer("นายมานพ ยิ้มแย้ม", "รองนายกเทศมนตรี", "ปฏิบัติราชการแทน นายกเทศมนตรีเมืองนาป่า"),
        Signer("นางมาลี ศรีงาม", "นิติกร (พยาน)"),
    ]


def test_who_says_that_a_copy_is_true_has_not_signed_the_paper() -> None:
    text = "ประกาศเทศบาลเมืองนาป่า\nเรื่อง ปิดถนน\n\n(นายมานพ ยิ้มแย้ม)\nนายกเทศมนตรี\n\nสำเนาถูกต้อง\n(นางมาลี ศรีงาม)\nนิติกร\n"

    assert signers(text) == [Signer("นายมานพ ยิ้มแย้ม", "นายกเทศมนตรี")]


def test_a_report_names_its_reporter_beside_the_word() -> None:
    text = "รายงานผลการดำเนินงาน\n\nผู้รายงาน  นายมานพ ยิ้มแย้ม\nตำแหน่ง  ผู้อำนวยการกองคลัง\nรายงาน ณ วันที่ 8 เมษายน 2569"

    assert signers(text) == [Signer("นายมานพ ยิ้มแย้ม", "ผู้อำนวยการกองคลัง")]
    assert read(text).dates["typed"].value == date(2026, 4, 8)


@pytest.mark.parametrize(
    ("ending", "signed"),
    [
        ("(นายมานพ ยิ้มแย้ม)\nวันที่ 6 ม.ค. 2569\n(นางมาลี ศรีงาม)\nวันที่ 5 ม.ค. 2569", "6 ม.ค. 2569"),
        ("ค่าเช่าถึงวันที่ 1 มกราคม 2570", "5 มกราคม 2569"),
    ],
)
def test_a_contract_is_signed_when_the_last_has_signed_or_when_it_was_made(
    ending: str, signed: str
) -> None:
    dates = read(f"บันทึกต่อท้ายสัญญาเช่าแผง\nเลขที่ 3/2569\nวันที่ 5 มกราคม 2569\n\n{ending}\n").dates

    assert dates["typed"].value == date(2026, 1, 5)
    assert dates["signed"].value == parse_date(signed)


def test_a_contract_holds_from_day_to_day() -> None:
    proposals = read(f"{CONTRACT}ข้อ 2 ตั้งแต่วันที่ 1 ตุลาคม 2567 ถึงวันที่\n30 กันยายน 2568\n")

    assert proposals.dates["in_force"].value == date(2024, 10, 1)
    assert (proposals.period.value, proposals.period.level) == (
        "1 ตุลาคม 2567 ถึง 30 กันยายน 2568",
        "medium",
    )


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("คำสั่งกองช่าง เทศบาลเมืองนาป่า\nที่ 6/2569", "กองช่าง เทศบาลเมืองนาป่า"),
        (
            "ประกาศ\nคณะกรรมการสรรหาพนักงานจ้าง\nของเทศบาลเมืองนาป่า\n",
            "คณะกรรมการสรรหาพนักงานจ้าง ของเทศบาลเมืองนาป่า",
        ),
        ("รายงานการประชุมสภาเทศบาลเมืองนาป่า\nครั้งที่ 1/2569", "สภาเทศบาลเมืองนาป่า"),
        ("สำนักงานเทศบาลเมืองนาป่า\n20 มกราคม 2569", "เทศบาลเมืองนาป่า"),
        (CONTRACT.replace("สัญญาฉบับนี้", "สัญญาฉบับนี้" + "ก" * 130), "เทศบาลเมืองนาป่า"),
    ],
)
def test_the_unit_is_the_part_of_the_body_that_the_head_names(head: str, unit: str) -> None:
    found = read(head).unit.value

    assert found
    assert found.written == unit


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("รอบ 6 เดือน (ตุลาคม 2567 - มีนาคม 2568)", "ตุลาคม 2567 - มีนาคม 2568"),
        ("ไตรมาสที่ 4 (กรกฎาคม - กันยายน 2567)", "ไตรมาสที่ 4"),
        ("(พ.ศ. 2566 - 2570)", "พ.ศ. 2566 - 2570"),
        ("(พ.ศ. 2570 - 2566)", None),
    ],
)
def test_a_stretch_of_months_or_years_in_the_head_is_the_period(
    line: str, period: str | None
) -> None:
    assert read(f"รายงานผลการดำเนินงาน\n{line}\n").period.value == period


def test_a_month_may_stand_in_the_line_after_the_word_for_it() -> None:
    assert read(f"{MEMO}เรื่อง รายงานประจำเดือน\nสิงหาคม 2569\n").period.value == "สิงหาคม 2569"


def test_days_under_names_side_by_side_are_days_of_signing_and_roles_under_posts_are_none() -> None:
    text = (
        "รายงานผลการดำเนินงาน\n\n(นางมาลี ศรีงาม)          (นายมานพ ยิ้มแย้ม)\nนิติกร                   ปลัดเทศบาล\n"
        "ผู้รายงาน                 ผู้รับรอง\n10 ต.ค. 2568           15 ต.ค. 2568\n"
    )

    assert signers(text) == [
        Signer("นางมาลี ศรีงาม", "นิติกร"),
        Signer("นายมานพ ยิ้มแย้ม", "ปลัดเทศบาล"),
    ]
    assert read(text).dates["signed"].value == date(2025, 10, 15)


def test_a_letter_to_another_country_may_be_dated_in_english() -> None:
    text = (
        "ที่ ตง 52101/77\nสำนักงานเทศบาลเมืองนาป่า\n9 March 2026\nเรื่อง ขอเชิญ\nเรียน ท่านทูต\nขอแสดงความนับถือ"
    )

    assert read(text).dates["typed"].value == date(2026, 3, 9)


def test_the_buddhist_era_may_be_written_out() -> None:
    text = "ประกาศเทศบาลเมืองนาป่า\nเรื่อง ปิดถนน\nประกาศ ณ วันที่ ๑๗ เดือน พฤศจิกายน พุทธศักราช ๒๕๖๘"

    assert read(text).dates["published"].value == date(2025, 11, 17)
