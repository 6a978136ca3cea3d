"""Pictures on pages that have a text of their own, and in office documents, are looked at in their own process."""

import io
from pathlib import Path

import docx
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from prongsai.files import reading, rules
from prongsai.files.recognition.isolated import IsolatedReader
from prongsai.screening.located import Seen
from prongsai.screening.rules import findings_in
from tests.files.samples import typst_pdf, with_entry
from tests.files.seeing.drawn import face, laid, signature

SIGNED = laid(Image.new("RGB", (320, 160), "white"), signature(2, 280), 20, 20)


def with_picture(picture: Image.Image) -> bytes:
    """A page of text; the picture stands 100 points from the left, and 300 from below, 200 wide."""
    document = pdfium.PdfDocument(typst_pdf("ประกาศเทศบาลนครตัวอย่าง เรื่อง กำหนดวันประชุม"))
    held = pdfium.PdfBitmap.from_pil(picture)
    image = pdfium.PdfImage.new(document)
    image.set_bitmap(held)
    high = 200 * picture.height / picture.width
    image.set_matrix(pdfium.PdfMatrix().scale(200, high).translate(100, 300))
    page = document[0]
    page.insert_obj(image)
    page.gen_content()
    made, plain = io.BytesIO(), io.BytesIO()
    document.save(made)
    with pikepdf.open(made) as pdf:
        pdf.save(plain)
    return plain.getvalue()


@pytest.mark.parametrize(("picture", "kind"), [(SIGNED, "signature"), (face(400), "face")])
def test_a_picture_on_a_page_of_text_is_seen_where_it_stands(
    picture: Image.Image, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(with_picture(picture))

    [page] = reading.read(path, path.name).texts
    with IsolatedReader() as reader:
        [seen] = reader.page(path, rules.PDF, 1, looks_only=True).sights

    assert (page.source, page.has_pictures, seen.kind) == ("text", True, kind)
    assert 100 / 595 - 0.01 <= seen.left < seen.right <= 300 / 595 + 0.01
    assert seen.bottom <= 1 - 300 / 842 + 0.01


def test_a_picture_of_a_word_document_is_seen(tmp_path: Path) -> None:
    content, path = io.BytesIO(), tmp_path / "a.docx"
    SIGNED.save(content, "PNG")
    document = docx.Document()
    document.add_paragraph("ประกาศเทศบาลนครตัวอย่าง")
    document.add_picture(content)
    document.save(str(path))

    [page] = reading.read(path, path.name).texts
    with IsolatedReader() as reader:
        seen = reader.page(path, rules.DOCX, 1, looks_only=True).sights

    assert page.has_pictures
    assert [one.kind for one in seen] == ["signature"]


def test_a_drawing_in_a_document_is_told_to_be_unseen(tmp_path: Path) -> None:
    document, path = docx.Document(), tmp_path / "a.docx"
    document.add_paragraph("ประกาศเทศบาลนครตัวอย่าง")
    document.save(str(path))
    path.write_bytes(with_entry(path.read_bytes(), "word/media/image1.emf", b"EMF" * 99))

    with IsolatedReader() as reader:
        seen = reader.page(path, rules.DOCX, 1, looks_only=True).sights

    assert [(one.kind, one.picture) for one in seen] == [("unseen", 1)]
    [found] = findings_in("", seen=Seen(sights=seen))
    assert (found.detector, found.severity) == ("unseen_picture", "decide")
    assert "ภาพที่ 1" in found.excerpt
