import re

from prongsai.letters.qr import qr_svg

ADDRESS = "https://tangjai.example/p/2569-00123/"


def test_the_same_address_gives_the_same_code() -> None:
    assert qr_svg(ADDRESS) == qr_svg(ADDRESS)


def test_another_address_gives_another_code() -> None:
    assert qr_svg(ADDRESS) != qr_svg(ADDRESS.replace("123", "124"))


def test_the_code_is_one_path_with_white_around_it() -> None:
    drawn = qr_svg(ADDRESS)

    assert drawn.count("<path") == 1
    # Four modules on each side of a code of 21 + 4n.
    width = int(re.findall(r'width="(\d+)"', drawn)[0])
    assert (width - 8 - 21) % 4 == 0
    assert "M4 4.5" in drawn
