"""The same datum in other clothes: what each detector sees through, and what it deliberately does not.

All numbers and persons are invented.
"""

import pytest

from prongsai.screening.rules import findings_in

ZERO_WIDTH = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")
TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
TO_WIDE = str.maketrans("0123456789", "".join(chr(0xFF10 + digit) for digit in range(10)))
# Label, the words before the datum, the datum, and a place in it where a line may break.
DATA = {
    "THAI_ID": ("เลขประจำตัวประชาชน ", "1-2345-67890-12-1", 7),
    "PHONE": ("มือถือ ", "081-234-5678", 4),
    "BANK": ("เลขที่บัญชี ธนาคารกรุงไทย ", "123-4-56789-0", 6),
    "PASSPORT": ("หนังสือเดินทางเลขที่ ", "AA1234567", 2),
    "PLATE": ("รถยนต์ทะเบียน ", "1กข 1234 ตรัง", 4),
    "DOB": ("เกิดวันที่ ", "5 มกราคม พ.ศ. 2500", 9),
    "ADDRESS": ("อยู่บ้านเลขที่ ", "12/3 หมู่ที่ 4 ตำบลบ้านควน อำเภอเมือง", 5),
    "EMAIL": ("อีเมล ", "somchai.j@gmail.com", 9),
}


def labels(text: str) -> set[str]:
    return {each.label for each in findings_in(text)}


@pytest.mark.parametrize("label", DATA)
def test_a_datum_is_found_as_it_is_usually_written(label: str) -> None:
    before, datum, _break = DATA[label]
    assert label in labels(before + datum)


@pytest.mark.parametrize("label", DATA)
@pytest.mark.parametrize("digits", [TO_THAI, TO_WIDE], ids=["thai", "full-width"])
def test_other_digits_hide_nothing(label: str, digits: dict[int, int]) -> None:
    before, datum, _break = DATA[label]
    assert label in labels(before + datum.translate(digits))


@pytest.mark.parametrize("label", DATA)
@pytest.mark.parametrize("mark", ZERO_WIDTH, ids=lambda mark: f"U+{ord(mark):04X}")
def test_marks_that_nobody_sees_hide_nothing(label: str, mark: str) -> None:
    before, datum, _break = DATA[label]
    assert label in labels(before + mark.join(datum))


@pytest.mark.parametrize("label", DATA)
def test_marks_digits_and_a_break_together_hide_nothing_of_a_number(label: str) -> None:
    before, datum, _break = DATA[label]
    dressed = "\u200b".join(datum.translate(TO_THAI))
    assert label in labels(f"ข้อความนำ\n{before}{dressed}\nข้อความตาม")


@pytest.mark.parametrize("label", DATA)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\u00a0", "\u2028"], ids=ascii)
def test_the_end_of_a_line_inside_hides_nothing(label: str, end: str) -> None:
    before, datum, place = DATA[label]
    assert label in labels(before + datum[:place] + end + datum[place:])


@pytest.mark.parametrize("label", DATA)
def test_two_spaces_for_one_hide_nothing(label: str) -> None:
    """Typed letters set them around numbers and the parts of a date."""
    before, datum, _break = DATA[label]
    assert label in labels((before + datum).replace(" ", "  "))


GROUPED = ("THAI_ID", "PHONE", "BANK")
SEPARATORS = (
    *("", "-", "--", " - ", " ", "  ", "\t", "\u00a0", "\u2009", "\u202f", "\u3000", ".", "\u00b7"),
    *("\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\uff0d", "\u00ad"),
)
# A slash parts the numbers of letters and days, a comma those of a list, and the others draw tables.
PARTS_OTHERS = ("/", ",", "_", "*", "\u2022", "\u30fb")


@pytest.mark.parametrize("label", GROUPED)
@pytest.mark.parametrize("separator", SEPARATORS, ids=ascii)
def test_groups_of_a_number_are_joined_whatever_parts_them(label: str, separator: str) -> None:
    before, datum, _break = DATA[label]
    assert label in labels(before + datum.replace("-", separator))


@pytest.mark.parametrize("separator", PARTS_OTHERS, ids=ascii)
def test_an_id_s_own_groups_are_joined_by_what_parts_other_things(separator: str) -> None:
    """Nothing else is grouped like that."""
    before, datum, _break = DATA["THAI_ID"]
    assert "THAI_ID" in labels(before + datum.replace("-", separator))


@pytest.mark.parametrize("label", ["PHONE", "BANK"])
@pytest.mark.parametrize("separator", PARTS_OTHERS, ids=ascii)
def test_what_parts_other_things_joins_no_number(label: str, separator: str) -> None:
    before, datum, _break = DATA[label]
    assert label not in labels(before + datum.replace("-", separator))


@pytest.mark.parametrize(
    "text",
    [
        "เลขประจำตัวประชาชน 1-2345-67890",
        "เลขประจำตัวประชาชน 1-2345-67890-XX-X",
        "มือถือ 081-234-567",
        "มือถือ 0812-345-6789-0",
        "เลขที่บัญชี 123-4-567",
        "หนังสือเดินทางเลขที่ A12",
        "เกิดวันที่ มกราคม พ.ศ. 2500",
        "อีเมล somchai.j at gmail",
    ],
)
def test_half_a_datum_is_none(text: str) -> None:
    assert labels(text) & {"THAI_ID", "PHONE", "BANK", "PASSPORT", "DOB", "EMAIL"} == set()
