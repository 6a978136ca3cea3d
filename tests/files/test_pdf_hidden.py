"""Text of a PDF that is there and not seen is read, with how it is hidden. All persons are invented."""

import io
import time
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
import typst
from PIL import Image, ImageDraw

from prongsai.files import pdf_hidden
from prongsai.files.pdf_pages import read_pages
from prongsai.files.rules import PageText
from prongsai.letters.fonts import font_directory

NAME = "ผู้รับเงิน นางมาลี มีสุข บ้าน"
BAR = "#place(top+left, dx: {dx}, dy: -2pt, rect(width: 130pt, height: 24pt, fill: {fill}))"


def written(source: str) -> bytes:
    made: bytes = typst.compile(
        f'#set text(font: "Sarabun", lang: "th", size: 16pt)\n{source}'.encode(),
        font_paths=[font_directory()],
        ignore_system_fonts=True,
    )
    return made


def page_of(content: bytes, tmp_path: Path) -> PageText:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    return read_pages(path)[0]


def hidden(page: PageText) -> list[tuple[str, str]]:
    return [(one.kind, page.text[one.start : one.end]) for one in page.hidden]


def changed(content: bytes, drawing: bytes, picture: Image.Image | None = None) -> bytes:
    """The first page with more drawn on it, perhaps a picture that fills it."""
    pdf = pikepdf.open(io.BytesIO(content))
    page = pdf.pages[0]
    if picture is not None:
        held = io.BytesIO()
        picture.save(held, "PDF", resolution=144)
        scan = pikepdf.open(held)
        drawn = pdf.copy_foreign(scan.pages[0].resources.XObject.image)
        page.resources.XObject = pikepdf.Dictionary(Im=drawn)
        _, _, width, height = (float(edge) for edge in page.mediabox)
        page.contents_add(f"q {width} 0 0 {height} 0 0 cm /Im Do Q".encode())
    page.contents_add(drawing)
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def picture_of(content: bytes) -> Image.Image:
    document = pdfium.PdfDocument(content)
    picture: Image.Image = document[0].render(scale=2).to_pil().convert("L")
    document.close()
    return picture


@pytest.mark.parametrize("fill", ["black", "white", "red"])
def test_words_under_a_bar_are_covered(fill: str, tmp_path: Path) -> None:
    page = page_of(written(NAME + "\n" + BAR.format(fill=fill, dx="50pt")), tmp_path)

    assert page.text == NAME
    [(kind, text)] = hidden(page)
    assert kind == "covered"
    assert "มาลี มีสุข" in text
    assert "ผู้รับ" not in text


@pytest.mark.parametrize(
    ("source", "kind", "text"),
    [
        ("เห็น #text(fill: white)[ซ่อน 12345] ท้าย", "invisible", "ซ่อน 12345"),
        ("เห็น #text(size: 1pt)[ซ่อน 12345] ท้าย", "invisible", "ซ่อน 12345"),
        ("เห็น #place(dx: 900pt)[ซ่อน 12345]", "off_page", "ซ่อน 12345"),
        ("#rect(fill: navy)[#text(fill: navy)[ซ่อน 12345]]", "invisible", "ซ่อน 12345"),
    ],
)
def test_words_that_leave_no_trace_on_the_page_are_hidden(
    source: str, kind: str, text: str, tmp_path: Path
) -> None:
    assert hidden(page_of(written(source), tmp_path)) == [(kind, text)]


@pytest.mark.parametrize(
    "source",
    [
        NAME,
        "#rect(fill: navy)[#text(fill: white)[หัวตาราง]]",
        "#table(columns: 2, fill: (x, y) => if y == 0 { navy }, text(fill: white)[หัว], [ก], [ข], [ค])",
        NAME + "\n" + BAR.format(fill='rgb("ffff0040")', dx="50pt"),
        NAME + "\n" + BAR.format(fill="black", dx="400pt"),
        "#highlight[เน้นข้อความ] และ #underline[ขีดเส้นใต้] #strike[ขีดฆ่า]",
        "#set page(numbering: \"1\")\n" + NAME,
    ],
)  # fmt: skip
def test_what_is_seen_is_not_hidden(source: str, tmp_path: Path) -> None:
    assert hidden(page_of(written(source), tmp_path)) == []


def test_a_searchable_scan_is_told_once_and_is_not_covered(tmp_path: Path) -> None:
    content = written(f"{NAME}\n\nบรรทัดที่สอง 123456")
    page = page_of(changed(content, b"", picture_of(content)), tmp_path)

    assert [one.kind for one in page.hidden] == ["scan_layer"]


def test_a_bar_drawn_over_a_searchable_scan_covers_what_lies_behind_the_picture(
    tmp_path: Path,
) -> None:
    content = written(f"{NAME}\n\nบรรทัดที่สอง 123456")
    bar = b"q 0 g 122 748 130 30 re f Q"
    page = page_of(changed(content, bar, picture_of(content)), tmp_path)

    assert {kind for kind, _text in hidden(page)} == {"covered", "scan_layer"}
    assert "มาลี มีสุข" in dict(hidden(page))["covered"]


def test_a_bar_within_the_picture_of_a_scan_hides_nothing_of_the_text_behind(
    tmp_path: Path,
) -> None:
    content = written(f"{NAME}\n\nบรรทัดที่สอง 123456")
    picture = picture_of(content)
    ImageDraw.Draw(picture).rectangle((240, 120, 510, 190), fill=0)
    page = page_of(changed(content, b"", picture), tmp_path)

    assert "มาลี มีสุข" in dict(hidden(page))["covered"]


def test_a_box_laid_over_a_page_as_a_note_covers(tmp_path: Path) -> None:
    pdf = pikepdf.open(io.BytesIO(written(NAME)))
    drawn = pikepdf.Stream(pdf, b"0 g 0 0 130 33 re f")
    drawn.Type, drawn.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    drawn.BBox = [0, 0, 130, 33]
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, F=4)
    note.Rect, note.AP = [122, 745, 252, 778], pikepdf.Dictionary(N=drawn)
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])
    target = io.BytesIO()
    pdf.save(target)

    [(kind, text)] = hidden(page_of(target.getvalue(), tmp_path))

    assert kind == "covered"
    assert "มาลี มีสุข" in text


@pytest.mark.parametrize(
    ("subtype", "expected"),
    [("Text", [("comment", "โปรดตรวจ")]), ("FreeText", []), ("Link", [])],
)
def test_notes_that_open_when_asked_for_are_comments(
    subtype: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    pdf = pikepdf.open(io.BytesIO(written("ประกาศ")))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Contents=pikepdf.String("โปรดตรวจ"))
    note.Subtype, note.Rect = pikepdf.Name(f"/{subtype}"), [400, 400, 420, 420]
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])
    target = io.BytesIO()
    pdf.save(target)

    page = page_of(target.getvalue(), tmp_path)

    assert page.text == "ประกาศ\nโปรดตรวจ"
    assert hidden(page) == expected


def test_the_properties_of_a_file_are_hidden_text(tmp_path: Path) -> None:
    pdf = pikepdf.open(io.BytesIO(written("ประกาศ")))
    pdf.docinfo["/Author"] = "นางมาลี มีสุข"
    target = io.BytesIO()
    pdf.save(target)

    page = page_of(target.getvalue(), tmp_path)

    assert ("properties", "นางมาลี มีสุข") in hidden(page)


def test_a_page_that_is_drawn_without_end_is_read_in_time(tmp_path: Path) -> None:
    bars = b"q 1 g " + b"0 0 9 9 re f " * 20_000 + b"Q"
    content = changed(written("ก " * 900), bars)

    begun = time.process_time()
    page_of(content, tmp_path)

    assert time.process_time() - begun < 5


def test_a_page_with_more_letters_than_any_has_is_for_somebody_to_look_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_hidden, "_MOST_LETTERS", 20)
    page = page_of(written("เห็น #text(fill: white)[ซ่อน] " + "ยาวมาก " * 20), tmp_path)

    assert {kind for kind, _text in hidden(page)} == {"invisible"}
