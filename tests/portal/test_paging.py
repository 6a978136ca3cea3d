import pytest

from prongsai.portal.paging import Pages, Step, page_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 1), ("1", 1), ("17", 17), ("0", 1), ("-3", 1), ("๒", 1), ("x", 1), ("99999", 1)],
)
def test_what_is_no_page_is_the_first(text: str, number: int) -> None:
    assert page_number(text) == number


def test_a_long_list_links_to_its_ends_and_to_neighbours() -> None:
    pages = Pages(number=10, last=20, total=400, query=(("year", "2569"),))

    assert [step.number for step in pages.steps] == [1, 0, 8, 9, 10, 11, 12, 0, 20]
    assert [step.is_here for step in pages.steps].index(True) == 4
    assert pages.steps[0] == Step(1, "?year=2569&page=1")
    assert (pages.previous_path, pages.next_path) == ("?year=2569&page=9", "?year=2569&page=11")


def test_the_ends_have_one_neighbour() -> None:
    first, last = Pages(1, 3, 60), Pages(3, 3, 60)

    assert (first.previous_path, first.next_path) == ("", "?page=2")
    assert (last.previous_path, last.next_path) == ("?page=2", "")
    assert [step.number for step in first.steps] == [1, 2, 3]
