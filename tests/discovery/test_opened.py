"""What search keeps in memory of items, and for how long."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from prongsai.discovery.opened import OVERHEAD, Openings
from prongsai.record.queries import head
from tests.record.factories import corrected, file, published, recalled, withdrawn

ONE, TWO = "2569-00001", "2569-00002"


def titles(openings: Openings, *numbers: str) -> dict[str, str]:
    found = openings.listed(head(), numbers)
    return {number: opened.title.shown for number, opened in found.items()}


def questions(openings: Openings, *numbers: str) -> int:
    with CaptureQueriesContext(connections["record"]) as asked:
        openings.listed(head(), numbers)
    return len(asked) - 1  # that for the head


@pytest.mark.usefixtures("data")
def test_items_are_read_once_while_the_head_stands_still() -> None:
    published(title="แผนขยะ")
    openings = Openings()

    assert [questions(openings, ONE) for _ in range(2)] == [2, 0]
    assert titles(openings, ONE) == {ONE: "แผนขยะ"}


@pytest.mark.usefixtures("data")
def test_a_correction_is_seen_with_the_next_question() -> None:
    published(title="แผนขยะ")
    openings = Openings()
    titles(openings, ONE)

    corrected(ONE, title="แผนขยะ ฉบับแก้ไข")

    assert titles(openings, ONE) == {ONE: "แผนขยะ ฉบับแก้ไข"}


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize("take_out", [recalled, withdrawn])
def test_what_was_taken_out_of_use_is_not_kept(take_out: Any) -> None:
    published(title="แผนขยะ")
    published(title="แผนน้ำ")
    openings = Openings()
    titles(openings, ONE, TWO)

    take_out(ONE)

    assert titles(openings, ONE, TWO) == {TWO: "แผนน้ำ"}
    assert list(openings._kept) == [TWO]


@pytest.mark.usefixtures("data")
def test_what_was_read_before_the_head_moved_is_not_kept_after() -> None:
    published(title="แผนขยะ")
    openings = Openings()
    before = openings.listed(head(), [ONE])
    openings.listed(head() + 1, [])

    openings._keep(head(), before.values())

    assert not openings._kept


@pytest.fixture
def ten(data: Any) -> list[str]:
    """Ten items of one size."""
    return [published(title="แผนขยะ").number for _ in range(10)]


def size_of(number: str) -> int:
    return Openings().listed(head(), [number])[number].size


def test_what_was_not_asked_for_longest_goes_first(ten: list[str]) -> None:
    openings = Openings(limit=9 * size_of(ten[0]))
    for number in (*ten[:9], ten[0], ten[9]):
        openings.listed(head(), [number])

    assert list(openings._kept) == [*ten[2:9], ten[0], ten[9]]
    assert openings._size == 9 * size_of(ten[0])


def test_what_would_leave_room_for_little_else_is_shown_but_not_kept(ten: list[str]) -> None:
    openings = Openings(limit=8 * size_of(ten[0]) - 1)

    assert set(openings.listed(head(), ten)) == set(ten)
    assert not openings._kept


def test_files_are_read_once_and_count_too(data: Any) -> None:
    attachment = file()
    pages = [{"number": 1, "text": "ถังขยะเปียก", "source": "text"}]
    published(files=[attachment], texts={attachment["sha256"]: pages})
    openings = Openings()
    (opened,) = openings.listed(head(), [ONE]).values()
    before = openings._size

    for _ in range(2):
        openings.read_files(head(), [opened])

    assert [page.text.shown for page in opened.pages or ()] == ["ถังขยะเปียก"]
    assert openings._size == before + len("ถังขยะเปียก") + OVERHEAD
