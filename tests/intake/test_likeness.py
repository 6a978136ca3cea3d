"""The same document in other clothes is the same; next year's and next month's are not."""

import pytest

from prongsai.intake.likeness import Sketch, bands, is_same, sketch, text_of, wording
from tests.intake.factories import ANNOUNCEMENT

FORM = (
    "คำร้องทั่วไป เรื่อง ขออนุญาตใช้สถานที่ เรียน นายกเทศมนตรี ข้าพเจ้ามีความประสงค์ขออนุญาตใช้สถานที่ของเทศบาล"
    "เพื่อจัดกิจกรรม พร้อมนี้ได้แนบเอกสารประกอบการพิจารณามาด้วยแล้ว จึงเรียนมาเพื่อโปรดพิจารณา พ.ศ. {year}"
)
# What a machine makes of a scan: marks lost, some letters taken for others.
MISREAD = str.maketrans({"ั": "", "่": "้", "ผ": "พ", "ท": "ห"})


def made(text: str, *, is_scanned: bool = False) -> Sketch:
    found = sketch(text, is_scanned=is_scanned)
    assert found is not None
    return found


SAME = {
    "a typo was put right": ANNOUNCEMENT.replace("จำนวน", "จํานวนทั้งสิ้น", 1),
    "digits are Thai": ANNOUNCEMENT.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
    "lines break elsewhere": ANNOUNCEMENT.replace("\n", " ").replace(" ", "\n"),
    "a stamp was added": f"รับที่ 415\n{ANNOUNCEMENT}",
}
OTHER = {
    "next year": ANNOUNCEMENT.replace("2570", "2571").replace("2569", "2570"),
    "another paper": FORM.format(year=2569) * 2,
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_the_same_document_is_the_same(text: str) -> None:
    one, other = made(ANNOUNCEMENT), made(text)
    assert is_same(one, other)
    assert set(bands(one)) & set(bands(other))


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_another_document_is_not_the_same(text: str) -> None:
    assert not is_same(made(ANNOUNCEMENT), made(text))


def test_a_scan_is_the_same_as_what_was_typed() -> None:
    scan = made(ANNOUNCEMENT.translate(MISREAD), is_scanned=True)
    assert 0.45 < wording(made(ANNOUNCEMENT), scan) < 0.95
    assert is_same(made(ANNOUNCEMENT), scan)


def test_the_scan_of_next_years_paper_is_not_the_same() -> None:
    scan = made(OTHER["next year"].translate(MISREAD), is_scanned=True)
    assert not is_same(made(ANNOUNCEMENT), scan)


def test_a_year_misread_once_does_not_make_a_scan_another_paper() -> None:
    misread = ANNOUNCEMENT.replace("2570", "2510").translate(MISREAD)
    assert is_same(made(ANNOUNCEMENT + " พ.ศ. 2570"), made(misread + " 2570 2570", is_scanned=True))


def test_of_a_form_with_few_numbers_the_year_decides() -> None:
    this_year = made(FORM.format(year=2568))
    assert is_same(this_year, made(FORM.format(year=2568)))
    assert not is_same(this_year, made(FORM.format(year=2569)))


def test_a_text_too_short_to_tell_has_no_sketch() -> None:
    assert sketch("ประกาศ 123") is None


def test_only_the_head_of_a_long_text_is_looked_at() -> None:
    pages = [ANNOUNCEMENT] * 100
    assert len(text_of(pages)) == 30_000
    assert text_of([]) == ""
