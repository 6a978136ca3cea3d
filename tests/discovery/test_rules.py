import pytest

from prongsai.discovery.rules import asks_for_all_words, is_telling, least_grams


@pytest.mark.parametrize(
    ("asked", "best", "letters", "least"),
    [
        (10, 10, 12, 10),
        (10, 10, 100, 10),
        (18, 15, 20, 12),
        (8, 5, 10, 3),
        (30, 12, 32, 6),
        (30, 9, 32, None),
        (48, 24, 90, 8),
        (48, 9, 90, None),
        (5, 0, 7, None),
    ],
    ids=[
        "everything stands in the best",
        "everything stands in the best of a description",
        "one slip allows as much again",
        "one slip in a short word",
        "words that are not together anywhere",
        "too little of a few words",
        "a description allows much to be missing",
        "too little of a description",
        "nothing",
    ],
)
def test_how_much_must_stand_in_an_item(
    asked: int, best: int, letters: int, least: int | None
) -> None:
    assert least_grams(asked=asked, best=best, letters=letters) == least


@pytest.mark.parametrize("letters", [10, 100])
def test_the_best_item_is_listed_if_any(letters: int) -> None:
    for asked in range(1, 50):
        for best in range(asked + 1):
            least = least_grams(asked=asked, best=best, letters=letters)
            assert least is None or 0 < least <= best


@pytest.mark.parametrize(
    ("frequency", "documents", "answer"),
    [(50, 60, True), (51, 60, False), (300, 1000, True), (301, 1000, False), (0, 0, True)],
)
def test_a_piece_in_a_third_of_all_items_tells_nothing(
    frequency: int, documents: int, answer: bool
) -> None:
    assert is_telling(frequency, documents) is answer


@pytest.mark.parametrize(("count", "answer"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_few_words_are_all_meant(count: int, answer: bool) -> None:
    assert asks_for_all_words(count) is answer
