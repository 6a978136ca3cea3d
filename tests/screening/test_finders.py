"""The finer choices of the finders, where a wrong one would be costly."""

import pytest

from prongsai.screening import words
from prongsai.screening.finders.numbers import digits_of
from prongsai.screening.rules import findings_in


def severities(text: str, label: str = "THAI_ID") -> list[str]:
    return [found.severity for found in findings_in(text) if found.label == label]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # printed shape: right or wrong checksum, with a person's words, without any, with other words
        ("บัตรประชาชน 1-2345-67890-12-1", ["block"]),
        ("บัตรประชาชน 1-2345-67890-12-2", ["block"]),
        ("1-2345-67890-12-1", ["block"]),
        ("1-2345-67890-12-2", ["decide"]),
        ("เลขที่สัญญา 1-2345-67890-12-1", ["decide"]),
        ("เลขที่สัญญา 1-2345-67890-12-2", []),
        # thirteen digits in a row
        ("บัตรประชาชน 1234567890122", ["block"]),
        ("1234567890121", ["decide"]),
        ("1234567890122", []),
        ("บาร์โค้ด 1234567890121", []),
        # torn anywhere
        ("บัตรประชาชน 123 456789 0121", ["block"]),
        ("บัตรประชาชน 123 456789 0122", ["decide"]),
        ("123 456789 0121", []),
        # too many letters are a word, not a scan
        ("บัตรประชาชน loll-l0l0l-l0l0", []),
        # a longer number may be a misread one, unless something else is said of it
        ("บัตรประชาชน 12345678901212", ["decide"]),
        ("บัตรประชาชน 1-2345-67890-12-1-5", ["decide"]),
        ("บัตรประชาชน งบประมาณ 12345678901212", []),
        ("เลขคุมสัญญา 1-2345-67890-12-1-5", []),
    ],
)
def test_shape_checksum_and_words_decide_together(text: str, expected: list[str]) -> None:
    assert severities(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("บริษัท ก จำกัด โดยนายสมชาย ใจดี เลขทะเบียน 0503560161768", []),
        ("บริษัท ก จำกัด เลขทะเบียน 0-1055-36000-31-9", []),
        ("บัตรประชาชน 0-3861-49115-91-5", ["block"]),
        ("บัตรประชาชน 0-0170-20737-17-0", ["block"]),
        ("เทศบาลนครตรัง 0-0170-20737-17-0", []),
    ],
)
def test_a_zero_in_front_is_a_company_a_stateless_person_or_a_misread_digit(
    text: str, expected: list[str]
) -> None:
    assert severities(text) == expected


def test_the_nearest_words_speak_for_a_number() -> None:
    assert severities("เลขที่สัญญา 12/2567 ผู้รับจ้างถือบัตรประชาชน 1-2345-67890-12-2") == ["block"]
    assert severities("ผู้ถือบัตรประชาชนยื่นซอง ตามเลขที่สัญญา 1-2345-67890-12-2") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ขอแสดงความยินดีกับนายสมชาย ใจดี", ["นายสมชาย ใจดี"]),
        ("นายอับดุลเลาะ มะแซ", ["นายอับดุลเลาะ มะแซ"]),
        ("น.ส.มาลี ณ ถลาง", ["น.ส.มาลี ณ ถลาง"]),
        ("พระครูสมชาย ใจดี", ["พระครูสมชาย ใจดี"]),
        ("จ.ส.อ. สมชาย ใจดี", ["จ.ส.อ. สมชาย ใจดี"]),
        ("นายสมชาย", []),
        ("นายสมชาย กล่าวเปิดงาน", []),
        ("นายสมชายกล่าวว่า วันนี้ฝนตก", []),
        ("นางพญาเสือโคร่ง บานสะพรั่ง", []),
        ("คุณภาพ ชีวิตดี", []),
        ("นายสมชาย ใจดี นายกเทศมนตรี", []),
        ("ปลัดเทศบาล นายสมชาย ใจดี", []),
    ],
)
def test_names_are_a_title_a_given_name_and_a_surname(text: str, names: list[str]) -> None:
    found = [each for each in findings_in(text) if each.label == "NAME"]
    assert [text[each.start : each.end] for each in found] == names


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("นายสมชาย ใจดี ตาบอดทั้งสองข้าง", True),
        ("ผู้พิการ นายสมชาย ใจดี", True),
        ("นายสมชาย ใจดี 1-2345-67890-12-1 081-234-5678 พิการ", True),
        ("นายสมชาย ใจดี\nโครงการเพื่อคนพิการ", False),
        ("นายสมชาย ใจดี สนับสนุนโครงการคนพิการ", False),
        ("พิการ" + " ข้อความอื่นคั่นอยู่ยาวมาก" * 3 + " นายสมชาย ใจดี", False),
        ("นายสมชาย ใจดี" + " ข้อความอื่นคั่นอยู่ยาวมาก" * 4 + " พิการ", False),
    ],
)
def test_a_sensitive_fact_is_told_of_the_person_beside_it(text: str, is_told: bool) -> None:
    assert any(found.label == "DISABILITY" for found in findings_in(text)) is is_told


def test_several_facts_of_one_family_about_one_person_are_one_finding() -> None:
    found = findings_in("นายสมชาย ใจดี ป่วยเป็นโรคไต ต้องฟอกไต และเป็นเบาหวาน")
    assert [each.label for each in found if each.label == "HEALTH"] == ["HEALTH"]


@pytest.mark.parametrize(
    ("written", "digits"), [("1-OI2", "1012"), ("5|8", "518"), ("b s l", "851"), ("", "")]
)
def test_scanned_letters_mean_digits(written: str, digits: str) -> None:
    assert digits_of(written.lower()) == digits


def test_what_follows_a_number_speaks_half_as_loud_as_what_precedes_it() -> None:
    pattern = words.any_of(("ก",))
    assert words.nearest("ก..N", 3, 4, pattern, (9, 9)) == 2
    assert words.nearest("N..ก", 0, 1, pattern, (9, 9)) == 5
    assert words.nearest("N" + "." * 20 + "ก", 0, 1, pattern, (9, 9)) == words.FAR


@pytest.mark.parametrize("name", ["context", "names", "sensitive", "clauses", "secrecy", "lists"])
def test_every_word_list_is_written_as_the_searched_text_is(name: str) -> None:
    assert words.words(name) is words.words(name)
    assert words.words(name)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("ผู้ร้องอยู่บ้านเลขที่ 12/3 หมู่ 4 ต.บางรัก อ.เมือง", "บ้านเลขที่ 12/3 หมู่ 4 ต.บางรัก อ.เมือง"),
        # A machine read a letter among the digits, or for one.
        ("บ้านของนางแดง 1S3/4 หมู่ 4 ต.บางรัก อ.เมือง", "1S3/4 หมู่ 4 ต.บางรัก อ.เมือง"),
        ("บ้านของนางแดง ๑ด๓/๔ หมู่ ๔ ต.บางรัก อ.เมือง", "๑ด๓/๔ หมู่ ๔ ต.บางรัก อ.เมือง"),
        ("บ้านของนางแดง\nl3/4 หมู่ 4 ต.บางรัก อ.เมือง", "l3/4 หมู่ 4 ต.บางรัก อ.เมือง"),
        ("บ้านของนางแดง หลังที่ 13/4 หมู่ 4 ต.บางรัก อ.เมือง", "13/4 หมู่ 4 ต.บางรัก อ.เมือง"),
    ],
)
def test_an_address_begins_where_a_word_or_a_number_does(text: str, covered: str) -> None:
    [found] = [each for each in findings_in(text) if each.label == "ADDRESS"]

    assert text[found.start : found.end] == covered
    assert not set("1S3๑๓๔") & set(found.excerpt)
