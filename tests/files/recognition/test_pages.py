"""Pages of PDFs and pictures are drawn for reading and for showing, never larger than memory bears."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from prongsai.files import rules
from prongsai.files.recognition.pages import MAX_POINTS, page_image, page_picture, recognise_page
from tests.files.recognition.printed import picture, saved
from tests.files.samples import typst_pdf

SAID = "หน้าที่สอง"


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "pages.pdf"
    path.write_bytes(typst_pdf("หน้าที่หนึ่ง", "หน้าที่สอง"))
    return path


def test_each_page_of_a_pdf_is_read_by_its_number(pdf: Path) -> None:
    texts = [recognise_page(pdf, rules.PDF, number).text for number in (1, 2)]

    assert texts == ["หน้าที่หนึ่ง", "หน้าที่สอง"]


@pytest.mark.parametrize(
    ("media_type", "kind"), [(rules.PNG, "PNG"), (rules.JPEG, "JPEG"), (rules.WEBP, "WEBP")]
)
def test_pictures_are_read(tmp_path: Path, media_type: str, kind: str) -> None:
    path = saved(picture(SAID), tmp_path / "page", kind)

    assert recognise_page(path, media_type, 1).text == SAID


def test_what_is_transparent_shows_the_paper(tmp_path: Path) -> None:
    ink = picture(SAID).point(lambda shade: 255 - shade)
    black = Image.new("L", ink.size, 0)
    path = saved(Image.merge("LA", (black, ink)), tmp_path / "page.png")

    assert recognise_page(path, rules.PNG, 1).text == SAID


def test_a_picture_lies_as_the_camera_says(tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    sideways = Image.new("L", (40, 20), 255)
    exif = sideways.getexif()
    exif[0x0112] = 6
    sideways.save(path, exif=exif)

    assert page_image(path, rules.JPEG, 1).size == (20, 40)


@pytest.mark.parametrize("side", [100, 14_400])
def test_no_page_is_drawn_larger_than_the_limit(tmp_path: Path, side: int) -> None:
    path = tmp_path / "page.pdf"
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(side, side))
        document.save(path)

    across, down = page_image(path, rules.PDF, 1).size

    assert across * down <= MAX_POINTS * 1.001


def test_a_larger_picture_is_made_smaller(tmp_path: Path) -> None:
    path = saved(Image.new("L", (9_000, 9_000), 255), tmp_path / "page.png")

    assert page_image(path, rules.PNG, 1).size == (5_000, 5_000)


@pytest.mark.parametrize("width", [120, 800])
def test_a_page_is_shown_as_wide_as_asked(pdf: Path, width: int) -> None:
    with Image.open(io.BytesIO(page_picture(pdf, rules.PDF, 2, width))) as shown:
        assert (shown.format, shown.width) == ("JPEG", width)


@pytest.mark.parametrize("number", [0, 3, -1])
def test_there_is_no_page_beside_those_that_are(pdf: Path, number: int) -> None:
    with pytest.raises(IndexError):
        recognise_page(pdf, rules.PDF, number)
