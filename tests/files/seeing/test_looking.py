"""What is seen in pictures that nobody has read."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from prongsai.files import rules
from prongsai.files.recognition.pages import recognise_page
from prongsai.files.rules import Sight
from prongsai.files.seeing.looking import sights_in_picture, sights_on
from tests.files.recognition.printed import saved
from tests.files.seeing.drawn import BLACK, BLUE, face, id_card, laid, page, seal, signature

CONTRACT = (
    "สัญญาจ้างก่อสร้างถนนคอนกรีตเสริมเหล็ก",
    "#v(40pt)",
    "ลงชื่อ ................................................ ผู้รับจ้าง",
    "#h(60pt) (นางมาลี มีสุข)",
)
SIGNED_AT = (360, 250)


def small(image: Image.Image) -> Image.Image:
    return image.resize((1000, round(image.height * 1000 / image.width)), Image.Resampling.BOX)


def kinds(sights: tuple[Sight, ...]) -> list[str]:
    return [one.kind for one in sights]


def paper() -> Image.Image:
    return Image.new("RGB", (1000, 1414), (246, 246, 243))


def middle(sight: Sight) -> tuple[float, float]:
    return (sight.left + sight.right) / 2, (sight.top + sight.bottom) / 2


def test_a_face_is_found_where_it_is() -> None:
    [found] = sights_on(laid(paper(), face(140), 500, 700), "", ())

    assert found.kind == "face"
    assert middle(found) == pytest.approx((0.57, 0.545), abs=0.03)


def test_a_card_with_a_face_is_found_by_its_shape() -> None:
    sights = sights_on(laid(paper(), id_card(408), 300, 500), "", ())

    assert kinds(sights) == ["face", "card"]
    assert (sights[1].left, sights[1].right) == pytest.approx((0.3, 0.708), abs=0.02)


def test_a_card_that_lies_on_its_side_is_found() -> None:
    card = id_card(408).transpose(Image.Transpose.ROTATE_90)

    assert kinds(sights_on(laid(paper(), card, 300, 500), "", ())) == ["face", "card"]


def test_a_portrait_is_no_card() -> None:
    assert kinds(sights_on(laid(paper(), face(300), 300, 500), "", ())) == ["face"]


def test_a_seal_is_found_and_is_no_signature() -> None:
    [found] = sights_on(laid(paper(), seal(150), 600, 900), "", ())

    assert found.kind == "seal"
    assert middle(found) == pytest.approx((0.675, 0.69), abs=0.01)


def test_a_seal_in_a_grey_scan_is_found() -> None:
    [found] = sights_on(laid(paper(), seal(150), 600, 900).convert("L").convert("RGB"), "", ())
    assert found.kind == "seal"


@pytest.mark.parametrize("shape", ["pie", "ring", "circle"])
def test_a_round_chart_is_no_seal(shape: str) -> None:
    drawn = paper()
    pen, box = ImageDraw.Draw(drawn), (500, 800, 700, 1000)
    if shape == "pie":
        pen.pieslice(box, 0, 130, fill=(90, 90, 90))
        pen.pieslice(box, 130, 360, outline=(40, 40, 40), width=2)
    else:
        pen.ellipse(box, outline=(60, 60, 60), width={"ring": 30, "circle": 3}[shape])
    assert [one.kind for one in sights_on(drawn, "", ()) if one.kind == "seal"] == []


def test_blue_strokes_of_a_pen_are_a_signature_wherever_they_stand() -> None:
    [found] = sights_on(laid(paper(), signature(0, 220, BLUE), 300, 900), "", ())

    assert found.kind == "signature"


def test_a_page_of_print_shows_nothing() -> None:
    assert sights_on(small(page(*CONTRACT)), "", ()) == ()


def test_a_signature_is_found_above_the_name_of_who_signed(tmp_path: Path) -> None:
    signed = laid(page(*CONTRACT), signature(0, 300, BLACK), *SIGNED_AT).convert("L")

    read = recognise_page(saved(signed, tmp_path / "signed.png"), rules.PNG, 1)
    unsigned = recognise_page(saved(page(*CONTRACT), tmp_path / "unsigned.png"), rules.PNG, 1)

    assert kinds(read.sights) == ["signature"]
    assert unsigned.sights == ()


@pytest.mark.parametrize("ink", [BLUE, BLACK])
def test_a_picture_of_strokes_alone_is_a_signature(ink: tuple[int, int, int]) -> None:
    picture = laid(Image.new("RGB", (400, 200), "white"), signature(2, 340, ink), 20, 20)

    assert kinds(sights_in_picture(picture)) == ["signature"]


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGB", (300, 300), "white"),
        Image.new("RGB", (300, 100), (20, 60, 140)),
        Image.linear_gradient("L"),
        laid(Image.new("RGB", (200, 200), "white"), seal(180), 10, 10),
        Image.effect_noise((200, 200), 90),
    ],
    ids=["nothing", "a bar", "a shade", "an emblem", "a code"],
)
def test_other_pictures_are_no_signature(picture: Image.Image) -> None:
    assert sights_in_picture(picture) == ()
