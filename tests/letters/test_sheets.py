"""A table on its side: lines within its cells, notes above it, and pictures of pages behind it."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from prongsai.letters.documents import Picture, Sheet, Table
from prongsai.letters.render import render

HEADER = ("ข้อ", "คำอธิบาย")


def sheet(*pictures: Picture, cell: str = "มี", notes: tuple[str, ...] = ()) -> bytes:
    table = Table(HEADER, (("O1", cell),), shares=(1, 9))
    return render(Sheet("รายการ", "เทศบาล", "", None, table, notes=notes, pictures=pictures))


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_a_line_of_a_cell_stays_a_line() -> None:
    (text,) = pages(sheet(cell="มีประกาศ\nมีแผน", notes=("อย่าเพิ่งส่ง",)))
    lines = [line.strip() for line in text.split("\n")]
    assert [line.removeprefix("O1 ") for line in lines][-2:] == ["มีประกาศ", "มีแผน"]
    assert "อย่าเพิ่งส่ง" in "".join(lines)


def test_a_picture_has_a_page_with_its_address_and_can_be_read_aloud() -> None:
    drawn = BytesIO()
    Image.new("RGB", (1280, 800), "white").save(drawn, "JPEG")
    pdf = sheet(Picture(drawn.getvalue(), "https://www.tangjai.example/p/2569-00001/", "ภาพหน้าเว็บ"))
    _table, text = pages(pdf)
    assert "https://www.tangjai.example/p/2569-00001/" in text
    assert "ภาพหน้าเว็บ" in text
    with pikepdf.open(BytesIO(pdf)) as document:
        alternatives = [
            str(each.Alt)
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    assert alternatives == ["ภาพหน้าเว็บ https://www.tangjai.example/p/2569-00001/"]


def test_a_share_is_asked_for_each_column() -> None:
    with pytest.raises(ValueError, match="share"):
        Table(HEADER, (), shares=(1,))
