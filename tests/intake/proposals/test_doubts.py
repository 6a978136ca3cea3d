"""What cannot be right, or may be misread, is proposed as it stands, and said."""

from datetime import date
from typing import NamedTuple

import pytest

from prongsai.files.rules import Hidden, PageText, Word
from prongsai.intake.proposals.propose import propose
from prongsai.intake.proposals.values import DateRole, Proposal, Proposals, Signer
from tests.intake.proposals import samples
from tests.intake.proposals.samples import page


class Unit(NamedTuple):
    code: str
    name_th: str


UNITS = (
    Unit("city", "เทศบาลนครเขาใหญ่"),
    Unit("academic", "กองวิชาการ"),
    Unit("relations", "ฝ่ายประชาสัมพันธ์"),
    Unit("finance", "กองคลัง"),
)


def codes(proposal: Proposal[str] | Proposal[int] | Proposal[date] | Proposal[Signer]) -> set[str]:
    return {doubt.code for doubt in proposal.doubts}


def warned(proposals: Proposals) -> list[str]:
    return [warning.code for warning in proposals.warnings]


def announcement(ending: str, body: str = "") -> Proposals:
    text = f"ประกาศเทศบาลเมืองนาป่า\nเรื่อง ปิดถนน\n{body}\n{ending}\n\n(นายมานพ ยิ้มแย้ม)\nนายกเทศมนตรี\n"
    return propose([page(text)])


def memo(head: str) -> Proposals:
    return propose([page(f"บันทึกข้อความ\nส่วนราชการ กองช่าง\n{head}\nเรื่อง ขอซื้อหิน\nเรียน นายกเทศมนตรี\n")])


# The memorandum that a machine read


def test_a_memorandum_and_the_announcement_behind_it_are_two_papers() -> None:
    head, foot = samples.MISREAD.split("ประกาศเทศบาลนครเขาใหญ่", 1)

    proposals = propose([page(head), page(f"ประกาศเทศบาลนครเขาใหญ่{foot}", 2)])

    papers = [(each.type, each.first_page, each.last_page) for each in proposals.papers]
    assert papers == [("memo", 1, 1), ("announcement", 2, 2)]
    assert codes(proposals.document_type) == {"several_papers"}
    assert "บันทึกข้อความ (หน้า 1), ประกาศ (หน้า 2)" in str(proposals.warnings[0])


def test_days_that_cannot_follow_each_other_keep_their_values_and_are_said() -> None:
    proposals = propose([page(samples.MISREAD)])

    assert {role: each.value for role, each in proposals.dates.items()} == {
        "typed": date(2022, 5, 21),
        "signed": date(2022, 4, 25),
        "in_force": None,
        "published": date(2022, 4, 17),
    }
    assert all("against_order" in codes(proposals.dates[role]) for role in ("typed", "signed"))
    assert warned(proposals).count("typed_after") == 2
    sentence = next(str(each) for each in proposals.warnings if each.code == "typed_after")
    assert "21 พฤษภาคม 2565" in sentence
    assert "25 เมษายน 2565" in sentence


def test_a_day_written_beside_the_printed_one_is_doubted() -> None:
    published = propose([page(samples.MISREAD)]).dates["published"]

    assert {"day_or_stamp", "odd_signs"} <= codes(published)
    assert published.level == "low"
    assert any("๒๖" in str(doubt) and "17" in str(doubt) for doubt in published.doubts)


def test_stamps_of_bare_figures_are_dates_of_low_confidence() -> None:
    signed = propose([page(samples.MISREAD)]).dates["signed"]

    assert {"stamped", "two_digit_year"} <= codes(signed)
    assert signed.level == "low"


def test_a_place_for_a_date_that_was_left_empty_is_said() -> None:
    assert "empty_date" in warned(propose([page(samples.MISREAD)]))


def test_a_number_without_its_letters_is_doubted_and_left_as_it_is() -> None:
    number = propose([page(samples.MISREAD)]).number

    assert (number.value, codes(number)) == ("๑๙๐๑๗/๔๑๒", {"number_without_letters"})
    assert number.level == "low"


@pytest.mark.parametrize(
    "garbled", ["บัญชีบดีหน้าที่", "ปัจจุบันที่", "ปฎิบัติหนาที่", "ปฏิปัติหน้าที", "รักษาราขการแทบ", "ปฏิบัตราชการแทน"]
)
def test_a_garbled_word_between_two_posts_is_proposed_as_acting(garbled: str) -> None:
    text = f"ประกาศเทศบาล\nเรื่อง ก\n\n(นายสุชาติ วงศ์ดี)\nปลัดเทศบาล {garbled}\nนายกเทศมนตรีนครเขาใหญ่\n"

    [signer] = propose([page(text)]).signatories

    assert signer.value == Signer("นายสุชาติ วงศ์ดี", "ปลัดเทศบาล", f"{garbled} นายกเทศมนตรีนครเขาใหญ่")
    assert codes(signer) == {"acting_garbled"}
    assert signer.level == "low"


@pytest.mark.parametrize(
    "post",
    [
        "ปลัดเทศบาลนครเขาใหญ่",
        "ผู้อำนวยการ กองคลัง",
        "นักวิชาการเงินและบัญชี ชำนาญการ",
        "เจ้าพนักงานธุรการ ปฏิบัติงาน",
        "นายกเทศมนตรี เมืองนาป่า",
    ],
)
def test_a_plain_post_is_no_acting(post: str) -> None:
    [signer] = propose([page(f"ประกาศเทศบาล\nเรื่อง ก\n\n(นายสุชาติ วงศ์ดี)\n{post}\n")]).signatories

    assert signer.value == Signer("นายสุชาติ วงศ์ดี", post, "")
    assert codes(signer) == set()


@pytest.mark.parametrize(
    "acting", ["ปฏิบัติหน้าที่", "รักษาราชการแทน", "ทำการแทน", "ปฏิบัติราชการแทน", "รักษาการในตำแหน่ง"]
)
def test_every_word_of_acting_parts_the_post_from_what_is_acted_as(acting: str) -> None:
    lines = (
        f"รองปลัดเทศบาล {acting}\nปลัดเทศบาลเมืองนาป่า",
        f"รองปลัดเทศบาล\n{acting} ปลัดเทศบาลเมืองนาป่า",
    )
    for post in lines:
        [signer] = propose([page(f"คำสั่งเทศบาล\nที่ 1/2569\n\n(นางมาลี ศรีงาม)\n{post}\n")]).signatories
        assert signer.value == Signer("นางมาลี ศรีงาม", "รองปลัดเทศบาล", f"{acting} ปลัดเทศบาลเมืองนาป่า")


def test_one_person_with_two_posts_is_said() -> None:
    text = "บันทึกข้อความ\nที่ ตง 1/2\n\n(นายสุชาติ วงศ์ดี)\nรองปลัดเทศบาล\n\n(นายสุชาติ วงศ์ดี)\nปลัดเทศบาล\n"
    proposals = propose([page(text)])

    assert warned(proposals) == ["two_posts"]
    assert [codes(each) for each in proposals.signatories] == [{"two_posts"}, {"two_posts"}]


def test_people_who_sign_side_by_side_each_have_the_post_below() -> None:
    text = (
        "สัญญาจ้างทำของ\nสัญญาเลขที่ 3/2569\n\n"
        "(นายวิเชียร พูนสุข)          (นางสาวดวงใจ ทางดี)\n"
        "ผู้ว่าจ้าง                        ผู้รับจ้าง\n"
    )

    signers = [each.value for each in propose([page(text)]).signatories]

    assert signers == [Signer("นายวิเชียร พูนสุข", "ผู้ว่าจ้าง"), Signer("นางสาวดวงใจ ทางดี", "ผู้รับจ้าง")]


def test_names_that_a_text_only_mentions_signed_nothing() -> None:
    text = "ประกาศเทศบาล\nเรื่อง ผลสอบ\n1. นายสมาน ดีใจ\nโดยนายสมาน ดีใจ (นางสาวแก้ว ดีใจ) มาด้วย\nนายกเทศมนตรี\n"

    assert propose([page(text)]).signatories == ()


# Dates


@pytest.mark.parametrize(
    ("ending", "doubts"),
    [
        ("ประกาศ ณ วันที่ 31 กุมภาพันธ์ พ.ศ. 2569", {"no_such_date"}),
        ("ประกาศ ณ วันที่ ๒๙ กุมภาพันธ์ ๒๕๖๙", {"no_such_date"}),
        ("ประกาศ ณ วันที่ 31/04/2569", {"no_such_date"}),
        ("ประกาศ ณ วันที่ ๑๒ มกราคม ๒๙๖๙", {"no_such_date"}),
        ("ประกาศ ณ วันที่          เดือนเมษายน พ.ศ. 2569", {"date_incomplete"}),
    ],
)
def test_a_day_that_no_calendar_has_is_no_date_and_is_said(ending: str, doubts: set[str]) -> None:
    proposals = announcement(ending)

    published = proposals.dates["published"]
    assert (published.value, published.confidence, codes(published)) == (None, 0.0, doubts)
    assert published.place is not None
    assert doubts <= set(warned(proposals))


@pytest.mark.parametrize(
    ("written", "doubts"),
    [
        ("15 มกราคม 2569", set()),
        ("๑๕ มกราคม พ.ศ. ๒๕๖๙", set()),
        ("15 เดือน มกราคม พ.ศ.2569", set()),
        ("15/1/2569", set()),
        ("15 ม.ค. 2569", set()),
        ("15 มกราคม 2026", {"common_year"}),
        ("15 มกราคม ค.ศ. 2026", {"common_year"}),
        ("2026-01-15", {"common_year"}),
        ("15 ม.ค. 69", {"two_digit_year"}),
        ("15/01/69", {"two_digit_year"}),
        ("15 มกราคบ 2569", {"month_garbled"}),
        ("๑๕/มกราคม พ.ศ.๒๕๖๙", {"odd_signs"}),
    ],
)
def test_one_day_is_read_from_all_its_spellings(written: str, doubts: set[str]) -> None:
    published = announcement(f"ประกาศ ณ วันที่ {written}").dates["published"]

    assert (published.value, codes(published) - {"announced_as_published"}) == (
        date(2026, 1, 15),
        doubts,
    )


def test_two_digits_near_the_other_years_as_common_years_are_taken_so_and_said() -> None:
    proposals = memo("ที่ ตง 52001/9  วันที่ 5/2/26\nอ้างถึงประกาศ 1 มกราคม 2569 และ 2 มกราคม 2569")

    assert proposals.dates["typed"].value == date(2026, 2, 5)
    assert codes(proposals.dates["typed"]) == {"common_year"}


def test_a_year_far_from_the_others_is_doubted() -> None:
    proposals = memo("ที่ ตง 52001/9  วันที่ 5 มกราคม 2469\nเมื่อวันที่ 1 มกราคม 2569 และวันที่ 2 มกราคม 2569")

    assert codes(proposals.dates["typed"]) == {"year_far"}


def test_dates_of_other_papers_that_a_text_cites_are_not_its_own() -> None:
    body = "ตามคำสั่งที่ 3/2560 ลงวันที่ 5 มกราคม 2560 และมติเมื่อวันที่ 7 มกราคม 2561"
    proposals = announcement("", body)

    assert [each.value for each in proposals.dates.values()] == [None] * 4


def test_working_backwards_is_said_and_not_called_impossible() -> None:
    proposals = announcement("ประกาศ ณ วันที่ 15 มกราคม 2569", "ทั้งนี้ ตั้งแต่วันที่ 1 ตุลาคม 2568 เป็นต้นไป")

    assert warned(proposals) == ["in_force_before"]
    assert "against_order" not in codes(proposals.dates["signed"])


@pytest.mark.parametrize("role", ["signed", "published"])
def test_what_is_only_derived_says_so(role: DateRole) -> None:
    derived = announcement("ประกาศ ณ วันที่ 15 มกราคม 2569").dates[role]

    assert codes(derived) & {"signed_as_announced", "announced_as_published"}


# Type, number, year


@pytest.mark.parametrize("head", ["บันทีกข้อความ", "บันทึกขอความ", "บันทกข้อควาน"])
def test_a_garbled_heading_is_recognised_and_said(head: str) -> None:
    proposals = propose([page(samples.MEMO.replace("บันทึกข้อความ", head))])

    assert proposals.document_type.value == "memo"
    assert codes(proposals.document_type) == {"type_garbled"}


def test_a_text_without_any_heading_is_another_paper_of_low_confidence() -> None:
    proposals = propose([page("ตารางเวรทำความสะอาด\nจันทร์ สมชาย")])

    assert (proposals.document_type.value, proposals.document_type.level) == ("other", "low")
    assert codes(proposals.document_type) == {"type_unknown"}


@pytest.mark.parametrize(
    ("line", "value", "doubts"),
    [
        ("ที่ ตง ๕๒๐๐๑/๑๒", "ตง ๕๒๐๐๑/๑๒", set()),
        ("ที่ ตง 52001.4/ว 12", "ตง 52001.4/ว 12", set()),
        ("ที่ 52001/12", "52001/12", {"number_without_letters"}),
        ("ที่ ตง 52O01-12/345", "ตง 52O01-12/345", {"number_without_letters"}),
        ("ที่", None, {"number_missing"}),
    ],
)
def test_the_number_is_proposed_as_written(line: str, value: str | None, doubts: set[str]) -> None:
    number = memo(line).number

    assert (number.value, codes(number)) == (value, doubts)


def test_an_order_numbered_in_another_year_than_it_is_dated_is_doubted() -> None:
    number = propose([page(samples.ORDER.replace("๗๔๕/๒๕๖๙", "๗๔๕/๒๕๕๙"))]).number

    assert (number.value, codes(number)) == ("๗๔๕/๒๕๕๙", {"number_of_other_year"})


@pytest.mark.parametrize(
    ("said", "year", "doubts"),
    [
        ("ประจำปีงบประมาณ พ.ศ. 2569", 2569, set()),
        ("ปีงบประมาณ ๒๕๖๙", 2569, set()),
        ("ประจำปีงบประมาณ 2026", 2569, {"common_year"}),
        ("งบประมาณรายจ่ายประจำปี 2569", 2569, set()),
        ("ประจำปีงบประมาณ 3569", None, {"year_unclear"}),
        ("ประจำเดือนตุลาคม 2568", 2569, {"year_from_period"}),
        ("ไตรมาสที่ 2/2569", 2569, {"year_from_period"}),
    ],
)
def test_the_budget_year_is_buddhist_however_it_is_said(
    said: str, year: int | None, doubts: set[str]
) -> None:
    proposals = propose([page(f"รายงานผลการดำเนินงาน {said}\nเทศบาลเมืองนาป่า\n")])

    assert (proposals.fiscal_year.value, codes(proposals.fiscal_year)) == (year, doubts)


def test_a_year_that_is_not_called_a_budget_year_is_doubted_and_that_of_a_sitting_is_none() -> None:
    order = propose([page("คำสั่งเทศบาลเมืองนาป่า\nที่ 3/2569\nเรื่อง จัดงานสงกรานต์ ประจำปี 2569\n")])
    minutes = propose([page("รายงานการประชุมสภาเทศบาล\nครั้งที่ 1 ประจำปี พ.ศ. 2567\nผู้มาประชุม\n")])

    assert (order.fiscal_year.value, codes(order.fiscal_year)) == (2569, {"year_of_calendar"})
    assert minutes.fiscal_year.value is None


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("ประจำเดือนมกราคม พ.ศ. ๒๕๖๙", "มกราคม 2569"),
        ("ไตรมาสที่ ๒", "ไตรมาสที่ 2"),
        ("รอบ 6 เดือนแรก", "รอบ 6 เดือนแรก"),
        ("รอบหกเดือนหลัง", "รอบ 6 เดือนหลัง"),
        ("ฉบับแก้ไข", None),
    ],
)
def test_the_period_is_said_in_one_way(said: str, period: str | None) -> None:
    assert propose([page(f"รายงานผลการดำเนินงาน {said}\n")]).period.value == period


# Units


def test_the_smaller_unit_of_the_line_is_the_one() -> None:
    unit = propose([page(samples.MISREAD)], units=UNITS).unit

    assert unit.value is not None
    assert (unit.value.code, unit.value.written) == ("relations", "ฝ่ายประชาสัมพันธ์ กองวิชาการ")
    assert unit.doubts == ()


@pytest.mark.parametrize(
    ("written", "code", "doubt"),
    [
        ("ฝายประชาสัมพันธ", "relations", "unit_like"),
        ("กองวิซาการ", "academic", "unit_like"),
        ("กองสาธารณสุข", "", "unit_unknown"),
    ],
)
def test_a_unit_is_known_by_its_likeness_or_not_at_all(written: str, code: str, doubt: str) -> None:
    text = samples.MEMO.replace("กองยุทธศาสตร์และงบประมาณ ฝ่ายแผนงาน", written)
    unit = propose([page(text)], units=UNITS).unit

    assert unit.value is not None
    assert (unit.value.code, unit.value.written) == (code, written)
    assert [each.code for each in unit.doubts] == [doubt]


def test_a_unit_that_is_only_mentioned_is_a_guess() -> None:
    unit = propose([page("แผนซ่อมถนน\nกองคลังจะจ่ายเงิน\nกองคลังรับผิดชอบ")], units=UNITS).unit

    assert unit.value is not None
    assert (unit.value.code, unit.level) == ("finance", "low")
    assert [each.code for each in unit.doubts] == ["unit_mentioned"]


# Marks


@pytest.mark.parametrize("mark", ["ลับ", "ลับมาก", "ลับที่สุด", "- ลับ -", "ล ั บ"])
def test_a_secrecy_class_at_the_edge_is_a_warning(mark: str) -> None:
    proposals = propose([page(f"{mark}\n{samples.MEMO}")])

    assert proposals.secrecy.value in ("ลับ", "ลับมาก", "ลับที่สุด")
    assert warned(proposals) == ["secret"]


def test_a_secret_in_a_sentence_is_no_class() -> None:
    proposals = propose([page(samples.MEMO.replace("นั้น", "นั้น เป็นความลับทางราชการและเรื่องลับ"))])

    assert proposals.secrecy.value is None


# Pages


def scanned(text: str, confidence: float = 0.93, words: tuple[Word, ...] = ()) -> PageText:
    return PageText(1, text, "ocr", confidence, words=words)


def test_figures_that_a_machine_read_are_never_sure() -> None:
    proposals = propose([scanned(samples.ORDER)])

    for each in (proposals.number, proposals.dates["signed"]):
        assert "digits_by_machine" in codes(each)
        assert each.level != "high"
    assert proposals.subject.level == "high"


def test_a_word_that_the_reader_was_unsure_of_lowers_what_it_is_part_of() -> None:
    at = samples.ORDER.index("ขับเคลื่อน")
    word = Word(at, at + 10, 0, 0, 1, 1, confidence=0.2)

    subject = propose([scanned(samples.ORDER, words=(word,))]).subject

    assert (subject.level, codes(subject)) == ("low", {"unsure_reading"})


def test_pages_that_nobody_has_read_are_named() -> None:
    proposals = propose([page(samples.ORDER), PageText(2, "", "none"), PageText(3, "", "none")])

    assert warned(proposals) == ["unread_pages"]
    assert "2, 3" in str(proposals.warnings[0])


def test_a_page_read_badly_is_named() -> None:
    assert "poorly_read" in warned(propose([scanned(samples.ORDER, confidence=0.4)]))


@pytest.mark.parametrize("pages", [[], [page("")], [page(" \n\n ")]])
def test_without_text_nothing_is_proposed_and_that_is_said(pages: list[PageText]) -> None:
    proposals = propose(pages)

    assert warned(proposals) == ["no_text"]
    assert proposals.subject.value is None
    assert proposals.papers == ()


def test_what_nobody_sees_on_the_page_proposes_nothing() -> None:
    start = samples.ORDER.index("๗๔๕")
    text = PageText(1, samples.ORDER, hidden=(Hidden("white", start, start + 8),))

    assert propose([text]).number.value is None


def test_a_signature_block_that_a_machine_tore_apart_is_still_one() -> None:
    text = (
        "บันทึกข้อความ\nที่ ตง 52001/2\nวันที่ ๒๒ เมษายน ๒๕๖๕\n\n"
        "(นายสุชาติ วงศ์ดี) 4\n\nปลัดเทศบาล บัญชีบดีหน้าที่\n\nนายกเทศมนตรีนครเขาใหญ่\nลงวันที๒ ๒๓ ๐๔๖๕\n"
    )
    proposals = propose([scanned(text)])

    [signer] = proposals.signatories
    acting = "บัญชีบดีหน้าที่ นายกเทศมนตรีนครเขาใหญ่"
    assert signer.value == Signer("นายสุชาติ วงศ์ดี", "ปลัดเทศบาล", acting)
    assert proposals.dates["signed"].value == date(2022, 4, 23)
    assert proposals.dates["signed"].level == "low"


@pytest.mark.parametrize(
    ("line", "value", "doubts"),
    [
        ("วันที๒ มกราคม ๒๕๖๙", date(2026, 1, 2), {"digits_by_machine"}),
        ("วับที่ ๘ มกราคน ๒๕๖๙", date(2026, 1, 8), {"digits_by_machine", "month_garbled"}),
        ("วันที่ ๘ ๕มกราคม ๒๕๖๙", date(2026, 1, 5), {"digits_by_machine", "day_or_stamp"}),
        ("วันที่ ๕ ๕ มกราคม ๒๕๖๙", date(2026, 1, 5), {"digits_by_machine"}),
        ("วันที่ ๒๑๑ มกราคม ๒๕๖๙", None, {"date_incomplete"}),
        ("วันที่ มกราคม ๒๕๖๙", None, {"date_incomplete"}),
    ],
)
def test_a_misread_day_is_doubted_or_not_read_at_all(
    line: str, value: date | None, doubts: set[str]
) -> None:
    text = f"บันทึกข้อความ\nส่วนราชการ กองช่าง\nที่ ตง 52001/2\n{line}\nเรื่อง ขอซื้อหิน\n"
    typed = propose([scanned(text)]).dates["typed"]

    assert (typed.value, codes(typed)) == (value, doubts)


@pytest.mark.parametrize(
    ("name", "number", "misread"),
    [("ORDER", "๗๔๕/๒๕๖๙", "๗๔๕๒๕๖๙"), ("CONTRACT", "๑๒/๒๕๖๙", "๑๒๒๕๖๙")],
)
def test_a_number_that_lost_its_stroke_is_doubted_and_left_as_it_is(
    name: str, number: str, misread: str
) -> None:
    found = propose([page(getattr(samples, name).replace(number, misread))]).number

    assert (found.value, codes(found)) == (misread, {"number_unrecognised"})


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("ทั้งนี้ ตั้งแต่วันที่ 1 มีนาคม 2569 เป็นต้นไป", date(2026, 3, 1)),
        ("ให้ใช้บังคับตั้งแต่วันที่ ๑ มีนาคม ๒๕๖๙", date(2026, 3, 1)),
        ("มีผลบังคับใช้ตั้งแต่\nวันที่ 1 มี.ค. 2569", date(2026, 3, 1)),
        ("ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป", date(2026, 1, 15)),
        ("ให้ใช้บังคับตั้งแต่วันประกาศเป็นต้นไป", date(2026, 1, 15)),
        ("ให้ใช้บังคับตั้งแต่วันถัดจากวันประกาศเป็นต้นไป", date(2026, 1, 16)),
        ("ประกาศนี้มีผลใช้บังคับตั้งแต่วันถัดจากวันประกาศ", date(2026, 1, 16)),
        ("ทั้งนี้ ตั้งแต่วันที ๑ มีนาคม ๒๕๖๙ เป็นต้นไป", date(2026, 3, 1)),
        ("จึงประกาศใช้แผน ตั้งแต่วันที่ 1 มีนาคม 2569 ถึงวันที่ 30 กันยายน 2569", date(2026, 3, 1)),
        ("รับสมัครตั้งแต่วันที่ 1 มีนาคม 2569 ถึงวันที่ 5 มีนาคม 2569", None),
    ],
)
def test_the_day_in_force_is_read_from_its_sentences(sentence: str, day: date | None) -> None:
    assert announcement("ประกาศ ณ วันที่ 15 มกราคม 2569", sentence).dates["in_force"].value == day
