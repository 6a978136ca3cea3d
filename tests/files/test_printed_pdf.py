"""PDFs as a browser prints them: what officers get from “Print to PDF” of any web page or web office."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from prongsai.files import reading
from prongsai.files.rules import PageText
from prongsai.letters.fonts import font_directory

pytestmark = pytest.mark.browser

STYLE = """<style>
  @font-face {{ font-family: Sarabun; src: url(data:font/ttf;base64,{typeface}) }}
  body {{ font: 16px Sarabun }}
  td {{ border: 1px solid; padding: 4px }}
</style>"""
SENTENCES = (
    "ประกาศเทศบาลนครตัวอย่าง เรื่อง กำหนดชำระค่าน้ำประปา",
    "ผู้ชำนาญการสำรวจหมู่บ้านที่ ๑๒ ตำบลน้ำผุด",
    "งบประมาณ ๑,๒๕๐,๐๐๐.๕๐ บาท (หนึ่งล้านสองแสนห้าหมื่นบาทห้าสิบสตางค์)",
    "เลขที่โครงการ 69029100217 ลงวันที่ ๒๖ เมษายน พ.ศ. ๒๕๖๔",
    "กฎ ฎีกา ฐาน ญาติ ปู่ ฝ้าย ฟื้น ป้า ปี่ ฟ้า ไฟ ใหญ่ น้ำท่วม ก๋วยเตี๋ยว",
    "ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป ฯลฯ และ ฯพณฯ",
    "English words between คำไทย stay (as they are) — 100%.",
)


@pytest.fixture
def printed(chromium: Browser, tmp_path: Path) -> Callable[[str], tuple[PageText, ...]]:
    """Print this body in the letters' typeface, send it in, and read what was understood."""
    typeface = b64encode((font_directory() / "Sarabun_400Regular.ttf").read_bytes()).decode()
    style = STYLE.format(typeface=typeface)

    def read(body: str) -> tuple[PageText, ...]:
        page = chromium.new_page()
        page.set_content(f"<html lang='th'>{style}<body>{body}</body></html>")
        page.wait_for_function("() => document.fonts.status === 'loaded'")
        path = tmp_path / "print.pdf"
        path.write_bytes(page.pdf(format="A4", print_background=True))
        page.close()
        return reading.read(path, path.name).texts

    return read


def test_sentences_read_letter_for_letter_as_they_were_written(
    printed: Callable[[str], tuple[PageText, ...]],
) -> None:
    [page] = printed("".join(f"<p>{sentence}</p>" for sentence in SENTENCES))

    assert page.source == "text"
    assert page.text.splitlines() == list(SENTENCES)


def test_a_bold_heading_and_a_large_one_read_as_small_text_does(
    printed: Callable[[str], tuple[PageText, ...]],
) -> None:
    [page] = printed("<h1>น้ำประปาสำหรับผู้ชำนาญ</h1><p><b>น้ำ</b>ท่วม<i>ปี่</i></p>")

    assert page.text.splitlines() == ["น้ำประปาสำหรับผู้ชำนาญ", "น้ำท่วมปี่"]


def test_the_cells_of_a_row_stand_in_one_line_and_apart(
    printed: Callable[[str], tuple[PageText, ...]],
) -> None:
    rows = [("ลำดับ", "รายการ", "บาท"), ("๑", "น้ำดื่ม", "1,200.00"), ("๒", "ค่าไฟฟ้า", "800.00")]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)

    [page] = printed(f"<table style='width:100%'>{table}</table>")

    assert [tuple(line.split()) for line in page.text.splitlines()] == rows


def test_each_printed_page_is_a_page_of_its_own(
    printed: Callable[[str], tuple[PageText, ...]],
) -> None:
    pages = printed(
        "<p>หน้าหนึ่ง</p><p style='break-before:page'>หน้าสอง</p><p style='break-before:page'>หน้าสาม</p>"
    )

    assert [(page.number, page.text.strip()) for page in pages] == [
        (1, "หน้าหนึ่ง"),
        (2, "หน้าสอง"),
        (3, "หน้าสาม"),
    ]


def test_a_picture_of_a_page_that_is_printed_is_known_as_unread(
    printed: Callable[[str], tuple[PageText, ...]],
) -> None:
    drawing = (
        "<canvas id='c' width='600' height='900'></canvas>"
        "<script>const c=document.getElementById('c').getContext('2d');"
        "c.fillStyle='#ccc';c.fillRect(0,0,600,900);c.fillStyle='#000';c.fillText('ลับ',50,50)</script>"
    )

    pages = printed(drawing)

    assert pages[0].source == "none"


def test_words_that_are_printed_white_on_white_are_read_too(
    printed: Callable[[str], tuple[PageText, ...]],
) -> None:
    """A black box or white ink hides nothing from who copies the text."""
    [page] = printed(
        "<p>เลขบัตร <span style='background:#000;color:#000'>1-2345-67890-12-1</span>"
        " <span style='color:#fff'>081-234-5678</span></p>"
    )

    assert "1-2345-67890-12-1" in page.text
    assert "081-234-5678" in page.text
