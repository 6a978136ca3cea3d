import io
from datetime import date
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from PIL import Image

from prongsai.files import reading
from prongsai.files.rules import Hidden, PageText, Read
from tests.files import samples


def read(tmp_path: Path, name: str, content: bytes) -> Read:
    path = tmp_path / "draft"
    path.write_bytes(content)
    return reading.read(path, name)


def letters(text: str) -> str:
    return "".join(text.split())


def test_a_thai_pdf_is_read_without_one_wrong_letter(tmp_path: Path) -> None:
    found = read(tmp_path, "a.pdf", samples.typst_pdf(samples.THAI))
    assert letters(found.texts[0].text) == letters(samples.THAI)


def test_each_page_of_a_pdf_is_a_text_of_its_own(tmp_path: Path) -> None:
    found = read(tmp_path, "a.pdf", samples.typst_pdf("หน้าแรก", "หน้าสอง"))
    assert found.texts == (PageText(1, "หน้าแรก"), PageText(2, "หน้าสอง"))
    assert found.pages == 2


@pytest.mark.parametrize("content", [samples.blank_pdf(), samples.scanned_pdf()])
def test_a_page_without_letters_says_so(content: bytes, tmp_path: Path) -> None:
    assert read(tmp_path, "a.pdf", content).texts == (PageText(1, "", "none"),)


def test_a_page_number_over_a_scan_does_not_pass_for_its_text(tmp_path: Path) -> None:
    found = read(tmp_path, "a.pdf", samples.scanned_pdf("page 12"))
    assert found.texts == (PageText(1, "page 12", "none"),)


def test_comments_and_filled_in_fields_of_a_pdf_are_read(tmp_path: Path) -> None:
    def fill_in(made: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Contents="ความเห็น")
        field = pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, V="นายตัวอย่าง")
        fields = pikepdf.Array([made.make_indirect(field)])
        made.pages[0].obj["/Annots"] = pikepdf.Array([note, *fields])
        made.Root["/AcroForm"] = pikepdf.Dictionary(Fields=fields)

    text = read(tmp_path, "a.pdf", samples.pdf(fill_in)).texts[0].text
    assert text.endswith("ความเห็น\nนายตัวอย่าง")


def test_a_pdf_whose_font_tells_no_letters_is_left_to_pdfium(tmp_path: Path) -> None:
    def forget(made: pikepdf.Pdf) -> None:
        for font in made.pages[0].resources.Font.values():
            del font["/ToUnicode"]

    assert read(tmp_path, "a.pdf", samples.pdf(forget)).pages == 1


def test_word_gives_body_tables_boxes_deletions_headers_and_footers(tmp_path: Path) -> None:
    [page] = read(tmp_path, "a.docx", samples.rich_word()).texts
    for expected in ("ย่อหน้า", "ช่องหนึ่ง\tช่องสอง", "ที่ลบไว้", "หัวกระดาษ", "ท้ายกระดาษ"):
        assert expected in page.text
    assert page.text.count("กล่องข้อความ") == 1


def test_a_workbook_gives_every_sheet_also_hidden_ones_and_comments(tmp_path: Path) -> None:
    found = read(tmp_path, "a.xlsx", samples.workbook())
    first, hidden, comments = found.texts
    assert first == PageText(1, "รายชื่อ\nลำดับ\tเลข\n1\t1234567890121")
    text = "ซ่อน\nข้อมูลในแผ่นที่ซ่อน"
    assert hidden == PageText(2, text, hidden=(Hidden("hidden_sheet", 0, len(text)),))
    assert "ความเห็นลับ" in comments.text


@pytest.mark.parametrize(
    ("picture", "pages"),
    [
        (samples.image("PNG", (900, 600)), ["text", "none"]),
        (samples.image("PNG", (200, 200)), ["text"]),
        (b"\x01\x00" * 40_000, ["text", "none"]),
        (b"\x01\x00", ["text"]),
    ],
)
def test_a_scan_pasted_into_word_is_a_page_that_nobody_has_read(
    picture: bytes, pages: list[str], tmp_path: Path
) -> None:
    content = samples.with_entry(samples.word("ข้อความ"), "word/media/image1.emf", picture)
    assert [page.source for page in read(tmp_path, "a.docx", content).texts] == pages


def test_an_empty_document_was_not_read(tmp_path: Path) -> None:
    assert read(tmp_path, "a.docx", samples.word()).texts == (PageText(1, "", "none"),)


def test_dates_and_numbers_of_a_workbook_are_written_as_people_write_them(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append([date(2021, 4, 26), 1234567890121.0, 2.5, None, True])
    target = io.BytesIO()
    made.save(target)
    [page] = read(tmp_path, "a.xlsx", target.getvalue()).texts
    assert page.text == "Sheet\n26/04/2021\t1234567890121\t2.5\t\tTrue"


def test_open_documents_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, "a.odt", samples.odt()).texts == (PageText(1, "หัวเรื่อง\nเนื้อหา\tต่อ"),)
    sheet = "แผ่น\nก\tก"
    assert read(tmp_path, "a.ods", samples.ods()).texts == (PageText(1, sheet), PageText(2, sheet))


@pytest.mark.parametrize(
    ("encoding", "media_type"),
    [
        ("utf-8", "text/csv"),
        ("utf-8-sig", "text/csv"),
        ("utf-16", "text/csv; charset=utf-16"),
        ("cp874", "text/csv; charset=windows-874"),
    ],
)
def test_csv_is_read_in_each_encoding_that_offices_use(
    encoding: str, media_type: str, tmp_path: Path
) -> None:
    found = read(tmp_path, "a.csv", "ลำดับ,ชื่อ\n๑,ตรัง\n".encode(encoding))
    assert found == Read(media_type, (PageText(1, "ลำดับ,ชื่อ\n๑,ตรัง\n"),))


def test_decomposed_sara_am_is_mended(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", "น\u0e4d\u0e49าประปา".encode())
    assert found.texts[0].text == "น้ำประปา"


def test_a_photograph_keeps_its_picture_upright_and_nothing_else(tmp_path: Path) -> None:
    found = read(tmp_path, "a.jpg", samples.photograph())
    kept = (tmp_path / "draft").read_bytes()
    with Image.open(io.BytesIO(kept)) as redrawn:
        assert redrawn.size == (20, 30)
        assert not redrawn.getexif()
    assert b"Secret" not in kept
    assert found == Read("image/jpeg", (PageText(1, "", "none"),), 1, ("position", "metadata"))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_bytes_behind_a_picture_do_not_come_along(kind: str, tmp_path: Path) -> None:
    extension = {"JPEG": "jpg"}.get(kind, kind.lower())
    read(tmp_path, f"a.{extension}", samples.image(kind) + b"SecretTail")
    assert b"SecretTail" not in (tmp_path / "draft").read_bytes()


@pytest.mark.parametrize("mode", ["P", "RGBA", "L", "1", "LA"])
def test_pictures_of_every_mode_are_redrawn(mode: str, tmp_path: Path) -> None:
    target = io.BytesIO()
    original = Image.new("RGB", (4, 4), (200, 30, 30)).convert(mode)
    original.save(target, "PNG")
    read(tmp_path, "a.png", target.getvalue())
    with Image.open(tmp_path / "draft") as redrawn:
        assert redrawn.convert("RGB").getpixel((0, 0)) == original.convert("RGB").getpixel((0, 0))


def test_a_web_page_without_a_head_is_read_too(tmp_path: Path) -> None:
    read_page = read(tmp_path, "a.html", "<h1>เรื่อง</h1>\n<p>ข้อความ".encode())

    assert (read_page.media_type, read_page.texts[0].text) == ("text/html", "เรื่อง\nข้อความ")


def test_a_web_page_is_read_line_by_line_and_also_what_it_does_not_show(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html lang=th><head><title>ประกาศ</title></head><body><h1>เรื่อง</h1>"
        "<p>ข้อความ\nต่อกัน &amp; จบ</p><table><tr><td>ก</td><td>๑</td></tr></table>"
        "<!-- ผู้ร้อง 1-2345-67890-12-1 --><p><a href='mailto:a@example.com' title='ลับ'>ลิงก์</a></p>"
    )
    [found] = read(tmp_path, "a.html", page.encode()).texts
    assert found.text == (
        "ประกาศ\nเรื่อง\nข้อความ ต่อกัน & จบ\nก\t๑\nลิงก์\n"
        "ผู้ร้อง 1-2345-67890-12-1\nmailto:a@example.com\nลับ"
    )
