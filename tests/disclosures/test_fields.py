"""What officers type is read as they mean it, or they are told how to write it."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from prongsai.disclosures.fields import (
    DATE_ERRORS,
    AddressField,
    BodyField,
    BuddhistYearField,
    NumberField,
    PatternField,
    TextField,
    ThaiDateField,
)
from prongsai.thai import dates


def refused(field: forms.Field, typed: Any) -> str:
    with pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    return " ".join(refusal.value.messages)


@pytest.mark.parametrize(
    "typed",
    [
        "26 เมษายน 2564",
        "๒๖ เมษายน พ.ศ. ๒๕๖๔",
        "26/04/2564",
        "26 เม.ย. 64",
        "2021-04-26",
        "๒๖/๔/๖๔",
        "26/4/2021",
    ],
)
def test_a_date_is_read_however_it_is_written(typed: str) -> None:
    assert ThaiDateField().clean(typed) == date(2021, 4, 26)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("26 เมษายน ค.ศ. 2564", "พ.ศ."),
        ("26/04/3107", "พ.ศ."),
        ("26 เมษายน พ.ศ. 2021", "พ.ศ."),
        ("31/02/2564", "28 วัน"),
        ("29/02/2565", "28 วัน"),
        ("12/13/2564", "เดือนที่ 13"),
        ("เร็ว ๆ นี้", "เช่น 26 เมษายน 2564"),
    ],
)
def test_a_date_in_doubt_is_refused_with_what_to_do(typed: str, word: str) -> None:
    assert word in refused(ThaiDateField(), typed)


def test_no_date_is_no_date() -> None:
    assert ThaiDateField(required=False).clean("  ") is None


def test_every_reason_of_the_date_reader_has_a_sentence_and_it_is_the_same() -> None:
    assert {reason: str(text) for reason, text in DATE_ERRORS.items()} == dates._SENTENCES


def test_a_date_is_shown_in_the_buddhist_era_and_a_mistake_as_typed() -> None:
    widget = ThaiDateField().widget
    assert widget.format_value(date(2026, 11, 23)) == "23 พฤศจิกายน 2569"
    assert widget.format_value("31/02/2569") == "31/02/2569"


def test_the_calendar_speaks_the_language_of_the_page() -> None:
    with translation.override("th"):
        html = ThaiDateField().widget.render("day", None, {"id": "id_day"})
    assert "data-thai-date" in html
    assert "เปิดปฏิทิน" in html
    assert "style=" not in html


@pytest.mark.parametrize("typed", ["2569", "๒๕๖๙", " พ.ศ. 2569 "])
def test_a_year_of_the_buddhist_era_is_read(typed: str) -> None:
    assert BuddhistYearField().clean(typed) == 2569


@pytest.mark.parametrize(
    ("typed", "word"), [("2026", "พิมพ์ 2569"), ("69", "สี่หลัก"), ("ปีนี้", "สี่หลัก"), ("3112", "สี่หลัก")]
)
def test_a_year_543_off_is_asked_about_and_never_converted(typed: str, word: str) -> None:
    assert word in refused(BuddhistYearField(), typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1,250,000.5", "1250000.50"),
        ("๑,๒๕๐ บาท", "1250.00"),
        ("฿ 5", "5.00"),
        ("0", "0.00"),
        ("", ""),
    ],
)
def test_an_amount_is_kept_as_plain_digits_with_satang(typed: str, kept: str) -> None:
    assert NumberField(is_money=True, required=False).clean(typed) == kept


@pytest.mark.parametrize("typed", ["1.234", "-5", "1,25", "ห้าบาท", "1e9", "9" * 16])
def test_an_amount_in_doubt_is_refused(typed: str) -> None:
    assert refused(NumberField(is_money=True), typed)


def test_a_count_has_no_part() -> None:
    field = NumberField(is_money=False)
    assert field.clean("๑,๒๐๐") == "1200"
    assert "จำนวนเต็ม" in refused(field, "1.5")


def test_an_amount_is_shown_with_its_thousands_parted() -> None:
    field = NumberField(is_money=True)
    assert field.prepare_value("1250000.50") == "1,250,000.50"
    assert field.prepare_value("ห้าบาท") == "ห้าบาท"


def test_text_is_tidied_and_its_length_limited() -> None:
    assert TextField(max_length=10).clean("  น\u200bํ้า \n ใส ") == "น้ำ ใส"
    assert TextField(is_long=True).clean("ก  \r\nข ") == "ก\nข"
    assert "ยาวเกิน 3" in refused(TextField(max_length=3), "กกกก")


def test_digits_of_a_pattern_may_be_thai() -> None:
    field = PatternField(pattern="[0-9]{11,12}", message="ตัวเลข 11 หลัก")
    assert field.clean("๖๙๐๑๗๐๐๐๐๐๑") == "69017000001"
    assert refused(field, "690170000\n") == "ตัวเลข 11 หลัก"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.example.go.th", "https://www.example.go.th"),
        ("http://ตัวอย่าง.ไทย/ก", "http://ตัวอย่าง.ไทย/ก"),
    ],
)
def test_an_address_of_the_web_is_kept(typed: str, kept: str) -> None:
    assert AddressField().clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["javascript:alert(1)", "ftp://example.go.th/x", "ไม่มี", "https://"]
)
def test_any_other_address_is_refused(typed: str) -> None:
    assert refused(AddressField(), typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ย่อหน้าแรก\nบรรทัดสอง\n\nย่อหน้าสอง", "<p>ย่อหน้าแรก<br>บรรทัดสอง</p><p>ย่อหน้าสอง</p>"),
        ("5 < 7 & 3 > 2", "<p>5 &lt; 7 &amp; 3 &gt; 2</p>"),
        ("<p>ก<script>x</script></p>", "<p>ก</p>"),
        ("  ", ""),
    ],
)
def test_a_body_typed_without_javascript_becomes_paragraphs(typed: str, kept: str) -> None:
    assert BodyField().clean(typed) == kept


def test_the_editor_takes_its_words_and_images_from_attributes() -> None:
    field = BodyField()
    field.widget.images = [{"src": "/files/x", "name": '"><script>'}]
    html = field.widget.render("body", "<p>ก</p>", {"id": "id_body"})
    assert html.startswith("<textarea")
    assert "data-body-editor" in html
    assert "<script>" not in html
    assert "style=" not in html
