"""Whatever a file holds, proposing takes little work."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from prongsai.files.rules import PageText
from prongsai.intake.proposals.propose import propose
from prongsai.intake.proposals.sheets import LONGEST_HEAD, LONGEST_TAIL
from prongsai.obligations.queries import obligations
from tests.effort import is_done_within
from tests.intake.proposals import samples
from tests.intake.proposals.samples import page

LENGTH = 100_000
SHAPES = {
    "papers": samples.MISREAD,
    "empty lines": "\n",
    "spaces": " ",
    "digits": "1",
    "digits and spaces": "1 ",
    "dates": "5 มกราคม 2569\n",
    "dates in one line": "5 มกราคม 2569 ",
    "signatures": "(นายก ขคง)\nปลัดเทศบาล\n",
    "brackets": "(",
    "headings": "\n\nประกาศเทศบาล\nเรื่อง ก\n",
    "almost headings": "\n\nบันทกขอคม\n",
    "one word": "ก",
    "dots": "ลงชื่อ....",
    "labels": "ที่ วันที่ ประกาศ ณ วันที่ ",
    "months": "เดือน เดือน ",
}


def calls(act: Callable[[], object]) -> int:
    """How many calls of functions an act makes, in Python and in C."""
    counted = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hundred_thousand_letters_of_any_shape_take_less_than_a_second(shape: str) -> None:
    text = (SHAPES[shape] * LENGTH)[:LENGTH]

    assert is_done_within(1, lambda: propose([page(text)], obligations=obligations()))


def test_ten_times_the_text_is_at_most_some_times_the_work() -> None:
    def read(length: int) -> int:
        text = (samples.MISREAD * 1_000)[:length]
        return calls(lambda: propose([page(text)], obligations=obligations()))

    read(1_000)

    assert read(2_000_000) < 1.3 * read(400_000)


def test_of_a_very_long_file_head_and_tail_are_read_and_that_is_said() -> None:
    middle = "ก ข ค\n" * 100_000
    head, foot = samples.ANNOUNCEMENT.split("ประกาศ ณ")

    proposals = propose([page(head), page(middle, 2), page(f"ประกาศ ณ{foot}", 3)])

    assert proposals.subject.page == 1
    assert proposals.dates["published"].page == 3
    assert [warning.code for warning in proposals.warnings] == ["cut"]


def test_places_in_the_tail_of_one_long_page_are_counted_from_its_beginning() -> None:
    text = samples.ANNOUNCEMENT.replace("๑.", "ก ข ค\n" * (LONGEST_HEAD + LONGEST_TAIL))
    published = propose([PageText(1, text)]).dates["published"]

    assert published.place is not None
    assert text[published.place.start : published.place.end] == "15 มกราคม พ.ศ. 2569"
