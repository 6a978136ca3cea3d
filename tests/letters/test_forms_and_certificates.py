"""Orders, forms and certificates: what they say, and that every character of a hash is there to be compared."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from prongsai.letters.documents import (
    Certificate,
    Clause,
    Field,
    Form,
    Letter,
    Order,
    Signatory,
    Signature,
    Table,
)
from prongsai.letters.render import render
from tests.letters.test_render import tags

Pages = Callable[[Letter], list[str]]
DAY = date(2026, 11, 26)
HASH = "3f786850e387550fdab836ed7e6dc881de23001b3f786850e387550fdab836ed"
ADDRESS = "https://tangjai.example/p/2569-00123/"
CLERK = Signatory(
    "นายสมมุติ ตัวอย่างดี",
    "รองปลัดเทศบาล",
    "รักษาราชการแทน ปลัดเทศบาล",
    "ตามคำสั่งที่ 12/2569\nลงวันที่ 1 พฤศจิกายน 2569",
    "ลงนามทางอิเล็กทรอนิกส์",
)
ORDER = Order(
    issuing_body="เทศบาลนครตัวอย่าง",
    number="745/2569",
    subject="แต่งตั้งผู้รับผิดชอบ",
    ordered_on=DAY,
    signatory=Signatory("นายก ข", "นายกเทศมนตรี"),
    clauses=(Clause("ผู้ตรวจ", table=Table(("ลำดับ", "ชื่อ"), (("1", "นาย ก"),))),),
    closing="ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป",
)
FORM = Form(
    heading="แบบขอเผยแพร่ข้อมูล",
    issuing_body="เทศบาลนครตัวอย่าง",
    subject="ปิดถนน",
    filled_on=DAY,
    fields=(Field("หัวข้อ", "ปิดถนน ปี 2569"), Field("ลิงก์ภายนอก", ADDRESS, is_code=True)),
    signatures=(
        Signature("ผู้ให้ข้อมูล", CLERK, DAY),
        Signature("ผู้อนุมัติ", Signatory("", "")),
    ),
    status="ระหว่างพิจารณา",
)
CERTIFICATE = Certificate(
    heading="หลักฐานการเผยแพร่",
    issuing_body="เทศบาลนครตัวอย่าง",
    number="ตง 52001/7",
    subject="ปิดถนน",
    given_on=DAY,
    signatory=CLERK,
    paragraphs=("ให้ไว้เพื่อแสดงว่าได้เผยแพร่แล้ว",),
    fields=(Field("ค่าแฮช (SHA-256)", HASH, is_code=True),),
    address=ADDRESS,
    address_words="เปิดหน้าที่เผยแพร่",
)
LETTERS: dict[str, Letter] = {"คำสั่ง": ORDER, "แบบ": FORM, "หนังสือรับรอง": CERTIFICATE}


def said(pages: list[str]) -> str:
    return " ".join(" ".join(pages).replace("\ufffe", "-").split())


def test_an_order_says_its_number_and_day(pages_of: Pages) -> None:
    read = said(pages_of(ORDER))

    for part in (
        "คำสั่งเทศบาลนครตัวอย่าง ที่ ๗๔๕/๒๕๖๙ เรื่อง แต่งตั้งผู้รับผิดชอบ",
        "๑. ผู้ตรวจ ลำดับ ชื่อ ๑ นาย ก",
        "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป",
        "สั่ง ณ วันที่ ๒๖ พฤศจิกายน พ.ศ. ๒๕๖๙",
    ):
        assert part in read


def test_a_form_has_a_place_for_each_who_signs(pages_of: Pages) -> None:
    read = said(pages_of(FORM))

    for part in (
        "ระหว่างพิจารณา",
        "หัวข้อ ปิดถนน ปี ๒๕๖๙",
        ADDRESS,
        "ผู้ให้ข้อมูล ลงนามทางอิเล็กทรอนิกส์ (นายสมมุติ ตัวอย่างดี) รองปลัดเทศบาล รักษาราชการแทน ปลัดเทศบาล",
        "ตามคำสั่งที่ ๑๒/๒๕๖๙ ลงวันที่ ๑ พฤศจิกายน ๒๕๖๙ ๒๖ พฤศจิกายน ๒๕๖๙",
    ):
        assert part in read


def test_a_hash_and_an_address_keep_every_character(pages_of: Pages) -> None:
    [page] = pages_of(CERTIFICATE)

    assert HASH in page
    assert ADDRESS in page


def test_a_certificate_is_given_on_a_day_under_its_number(pages_of: Pages) -> None:
    read = said(pages_of(CERTIFICATE))

    assert "ที่ ตง ๕๒๐๐๑/๗ หลักฐานการเผยแพร่" in read
    assert "ให้ไว้ ณ วันที่ ๒๖ พฤศจิกายน พ.ศ. ๒๕๖๙" in read


def test_the_code_is_a_figure_that_is_read_aloud() -> None:
    assert "/Figure" in tags(render(CERTIFICATE))
    with pikepdf.open(BytesIO(render(CERTIFICATE))) as document:
        spoken = [
            str(each.Alt)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    assert spoken == [f"เปิดหน้าที่เผยแพร่ {ADDRESS}"]


def test_the_code_is_drawn_and_not_a_picture_of_points() -> None:
    with pikepdf.open(BytesIO(render(CERTIFICATE))) as document:
        assert [list(page.get_images()) for page in document.pages] == [[]]


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_each_is_made_to_be_kept_and_read_aloud(letter: Letter) -> None:
    with pikepdf.open(BytesIO(render(letter))) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert str(document.Root.Lang) == "th-TH"
        fonts = [
            font
            for page in document.pages
            for font in page.resources.get("/Font", pikepdf.Dictionary()).values()
        ]
        assert fonts
        assert all("/FontFile" in str(list(_descriptor(font).keys())) for font in fonts)


def _descriptor(font: pikepdf.Object) -> pikepdf.Object:
    return font.DescendantFonts[0].FontDescriptor


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_the_same_gives_the_same_bytes(letter: Letter) -> None:
    assert render(letter) == render(letter)


def test_twenty_files_run_over_pages_and_the_signature_is_not_alone(pages_of: Pages) -> None:
    files = tuple(Field(f"ไฟล์ที่ {number}", HASH, is_code=True) for number in range(1, 21))
    letter = Certificate(**{**vars(CERTIFICATE), "after": files, "closing": "ให้เทียบค่าแฮช"})

    pages = pages_of(letter)

    assert "".join(pages).count(HASH) == 21
    assert "ให้เทียบค่าแฮช" in said([pages[-1]])
    assert "นายสมมุติ" in pages[-1]
