"""What offices really send through both forms of paper: long, incomplete, mixed, and for somebody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from prongsai.letters.documents import (
    Announcement,
    Clause,
    Endorsement,
    Letter,
    Memorandum,
    Section,
    Signatory,
    Table,
)
from prongsai.letters.render import render

Pages = Callable[[Letter], list[str]]
NOBODY = Signatory("", "")
DAY = date(2026, 11, 26)
LETTERS: dict[str, Letter] = {
    "ประกาศ": Announcement("เทศบาลนครตัวอย่าง", "ปิดถนน", DAY, Signatory("นายก ข", "ปลัดเทศบาล")),
    "บันทึก": Memorandum(
        *("กองคลัง", "0 7500 0000", "ตง 52008/306", DAY, "ปิดถนน", "นายกเทศมนตรี"),
        Signatory("นายก ข", "ปลัดเทศบาล"),
        sections=(Section("เรื่องเดิม", ("ตามที่แจ้ง",)),),
    ),
}
TITLES = {
    "of many words": "มาตรการเผยแพร่ข้อมูลต่อสาธารณะของเทศบาล " * 12,
    "of one run of Thai": "มาตรการเผยแพร่ข้อมูลต่อสาธารณะของเทศบาล" * 12,
    "of one Latin word": "Transparency" * 20,
    "of an address": "https://example.go.th/" + "ita-2569/" * 30,
    "of mixed scripts": "ITA ข้อ O42 (Open Data) ปี 2569 และ e-Service ของเทศบาล " * 8,
    "of digits": "1234567890" * 15,
}
SIGNATORIES = {
    "nothing": NOBODY,
    "a name alone": Signatory("นายสมมุติ ตัวอย่างดี", ""),
    "a post alone": Signatory("", "ปลัดเทศบาล"),
    "acting alone": Signatory("", "", "รักษาราชการแทน นายกเทศมนตรี"),
    "a name and acting": Signatory("นายสมมุติ ตัวอย่างดี", "", "รักษาราชการแทน นายกเทศมนตรี"),
    "a post and acting": Signatory("", "ปลัดเทศบาล", "ปฏิบัติหน้าที่ นายกเทศมนตรี"),
    "all": Signatory("นายสมมุติ ตัวอย่างดี", "ปลัดเทศบาล", "ปฏิบัติหน้าที่ นายกเทศมนตรี"),
    "a long post": Signatory("ว่าที่ร้อยตรี สมมุติ ตัวอย่างดี", "ผู้อำนวยการกองยุทธศาสตร์และงบประมาณ " * 3),
}
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def solid(text: str) -> str:
    """Without what a line break adds, and with all digits alike; the reader gives U+FFFE for a hyphen before one."""
    return "".join(text.replace("\u200b", "").replace("\ufffe", "-").split()).translate(THAI_DIGITS)


def said(pages: list[str]) -> str:
    return solid("".join(pages))


def edges(letter: Letter) -> tuple[float, float, float]:
    """The leftmost and rightmost point of all letters and the lowest, in points from the left and lower edge."""
    boxes = []
    with pypdfium2.PdfDocument(render(letter)) as document:
        for page in document:
            text = page.get_textpage()
            boxes += [text.get_charbox(index) for index in range(text.count_chars())]
    drawn = [box for box in boxes if box[2] > box[0]]
    return min(b[0] for b in drawn), max(b[2] for b in drawn), min(b[1] for b in drawn)


@pytest.mark.parametrize("form", LETTERS)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_very_long_title_keeps_all_its_words_on_the_paper(
    form: str, title: str, pages_of: Pages
) -> None:
    letter = replace(LETTERS[form], subject=title)

    left, right, bottom = edges(letter)

    assert solid(title) in said(pages_of(letter))
    assert (left > 70, right < 595 - 50, bottom > 30) == (True, True, True), (left, right, bottom)


@pytest.mark.parametrize("form", LETTERS)
@pytest.mark.parametrize("signatory", SIGNATORIES.values(), ids=SIGNATORIES)
def test_a_signatory_is_shown_as_far_as_it_is_known(
    form: str, signatory: Signatory, pages_of: Pages
) -> None:
    letter = replace(LETTERS[form], signatory=signatory)

    read = said(pages_of(letter))
    parts = (signatory.name, signatory.post, signatory.acting)

    assert [part for part in parts if solid(part) not in read] == []
    assert "()" not in read.replace("\u2026", "").replace(".", "") or not signatory.name
    assert "None" not in read


@pytest.mark.parametrize("form", LETTERS)
def test_nobody_stands_below_another_one_s_name(form: str, pages_of: Pages) -> None:
    named = replace(LETTERS[form], signatory=SIGNATORIES["all"])

    read = said(pages_of(named))

    places = [read.index(solid(part)) for part in ("(นายสมมุติ", "ปลัดเทศบาล", "ปฏิบัติหน้าที่")]
    assert places == sorted(places)
    assert "นายก ข".replace(" ", "") not in read


@pytest.mark.parametrize("form", LETTERS)
def test_digits_are_thai_wherever_nobody_types_them_again(form: str, pages_of: Pages) -> None:
    letter = replace(LETTERS[form], subject="งบ 1,250.50 บาท ปี 2569 ดู https://a.go.th/25 ข้อ O12")

    read = "".join("".join(pages_of(letter)).replace("\u200b", "").split())

    assert "งบ๑,๒๕๐.๕๐บาทปี๒๕๖๙ดูhttps://a.go.th/25ข้อO12" in read
    rest = read.replace("https://a.go.th/25", "").replace("O12", "")
    assert [sign for sign in rest if sign.isascii() and sign.isdigit()] == []


@pytest.mark.parametrize(
    "text",
    [
        "ระบบ e-GP (Electronic Government Procurement) เปิด 24 ชั่วโมง",
        "ใช้ Wi-Fi ฟรี ณ ตลาดน้ำ, โทร. 0 7500 0000 ต่อ 12",
        "ตั้งที่ตู้นี้ด้วยปุ่ม “เริ่ม” แล้วกด Enter ๒ ครั้ง",
        "ปฏิรูป/ปรับปรุง & แก้ไข <ฉบับที่ 2> [ร่าง] {ใหม่}",
    ],
)
@pytest.mark.parametrize("place", ["paragraph", "clause", "heading", "cell", "closing"])
def test_latin_and_thai_stand_together_wherever_text_stands(
    text: str, place: str, pages_of: Pages
) -> None:
    parts: dict[str, dict[str, object]] = {
        "paragraph": {"paragraphs": (text,)},
        "clause": {"clauses": (Clause(text),)},
        "heading": {"clauses": (Clause(heading=text),)},
        "cell": {"tables": (Table(("เรื่อง", "ผู้ทำ"), ((text, "กองช่าง"),)),)},
        "closing": {"closing": text},
    }
    letter = replace(Announcement("", "", None, NOBODY), **parts[place])  # type: ignore[arg-type]

    assert solid(text) in said(pages_of(letter))


def test_every_endorsement_says_who_gave_it_and_for_whom(pages_of: Pages) -> None:
    endorsements = tuple(
        Endorsement(f"เห็นชอบครั้งที่ {number}", signatory, f"ผู้รับ {number}", DAY)
        for number, signatory in enumerate(SIGNATORIES.values(), start=1)
    )
    letter = replace(LETTERS["บันทึก"], endorsements=endorsements)

    read = said(pages_of(letter))  # type: ignore[arg-type]

    expected = [f"เรียนผู้รับ{n}เห็นชอบครั้งที่{n}" for n in range(1, len(endorsements) + 1)]
    assert [each for each in expected if solid(each) not in read] == []
    assert read.count("๒๖พฤศจิกายน๒๕๖๙") == len(endorsements) + 1


@pytest.mark.parametrize("columns", [1, 2, 5, 8])
def test_a_table_of_long_words_keeps_them_between_the_margins(
    columns: int, pages_of: Pages
) -> None:
    cells = tuple(f"องค์กรปกครองส่วนท้องถิ่นที่{number}" for number in range(columns))
    letter = replace(LETTERS["ประกาศ"], tables=(Table(cells, (cells, cells)),))

    left, right, _ = edges(letter)

    read = said(pages_of(letter))  # type: ignore[arg-type]
    assert left > 70
    assert right < 595 - 50
    assert read.count("ท้องถิ่นที่") >= 1 if columns > 5 else read.count("ท้องถิ่นที่") == columns * 3


@pytest.mark.parametrize("before", [0, 1, 28, 29, 30, 31, 32, 33, 40])
def test_a_space_is_kept_however_many_letters_came_before_the_first(
    before: int, pages_of: Pages
) -> None:
    letters = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"[:before]
    letter = Announcement("", "", None, NOBODY, paragraphs=(letters, "ที่ ดี มุ ติ"))

    assert "ที่ ดี มุ ติ" in "".join(pages_of(letter)).splitlines()
