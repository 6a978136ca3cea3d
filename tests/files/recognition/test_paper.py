"""Papers photographed on a table."""

import pytest
from PIL import Image

from prongsai.files.recognition.engine import recognise
from prongsai.files.recognition.paper import paper_in
from tests.files.recognition.printed import MEMO, picture

WHOLE = (0.0, 0.0, 1.0, 1.0)


def on_table(paper: Image.Image, shade: int, turned: float = 1.5) -> Image.Image:
    """The paper fills a third of the picture, a little askew, and the table darkens to one side."""
    table = Image.linear_gradient("L").point(lambda step: shade - step // 10)
    table = table.resize((paper.width * 3 // 2, paper.height * 2))
    mask = Image.new("L", paper.size, 255).rotate(turned, expand=True)
    lying = paper.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    table.paste(lying, (paper.width // 6, paper.height // 2), mask)
    return table


@pytest.mark.parametrize("shade", [70, 110, 170])
def test_the_paper_is_cut_out_of_the_table(shade: int) -> None:
    found = paper_in(on_table(picture(MEMO).crop((0, 0, 1654, 1000)), shade))

    assert found.place == pytest.approx((0.11, 0.25, 0.78, 0.77), abs=0.03)
    assert found.image.getextrema()[0] < 80
    assert found.image.getpixel((3, 3)) > 200


@pytest.mark.parametrize(
    "image",
    [
        picture(MEMO),
        Image.new("L", (600, 800), 200),
        Image.new("L", (600, 800), 0),
        Image.linear_gradient("L"),
    ],
    ids=["scan", "blank", "black", "shade"],
)
def test_what_shows_no_table_stays_whole(image: Image.Image) -> None:
    assert paper_in(image).place == WHOLE


def test_a_photographed_paper_is_read_and_its_words_stand_where_they_are_seen() -> None:
    paper = picture(MEMO).crop((0, 0, 1654, 1000))

    read = recognise(on_table(paper, 90, turned=0.0))

    plain = recognise(paper)
    assert read.text == plain.text
    first, alone = read.words[0], plain.words[0]
    assert first.left == pytest.approx((1 / 6 + alone.left) * 2 / 3, abs=0.01)
    assert first.top == pytest.approx((1 / 2 + alone.top) / 2, abs=0.01)
