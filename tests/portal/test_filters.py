import pytest

from prongsai.portal.filters import LIST_FIELDS, NO_YEAR, Choice, Filters, narrowing


def filters(**values: str) -> Filters:
    choices = tuple(Choice(name, name, (), value) for name, value in values.items())
    return Filters(choices, kept={"q": "ถนน"})


def test_only_fields_that_were_chosen_narrow_a_list() -> None:
    asked = {"year": "2569", "unit": "", "kind": "news", "colour": "red"}

    assert narrowing(asked, LIST_FIELDS) == {"year": 2569, "kind": "news"}


def test_the_next_page_keeps_what_was_chosen_and_searched_for() -> None:
    chosen = filters(year="2569", unit="", kind="news")

    assert chosen.query == (("q", "ถนน"), ("year", "2569"), ("kind", "news"))
    assert chosen.is_used


def test_filters_that_nobody_chose_are_not_used() -> None:
    assert not filters(year="", kind="").is_used


@pytest.mark.parametrize("year", ["๒๕๖๙", "abcd", "25699", "-1"])
def test_a_year_that_is_no_number_finds_nothing(year: str) -> None:
    assert narrowing({"year": year}, LIST_FIELDS) == {"year": NO_YEAR}


def test_clearing_keeps_the_words_searched_for() -> None:
    assert filters(year="2569").cleared_query == "q=%E0%B8%96%E0%B8%99%E0%B8%99"
