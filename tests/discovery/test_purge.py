"""Recalled words leave the disk in small steps, whatever happens between two of them."""

import pytest

from prongsai.discovery import purge
from prongsai.discovery.folders import current, remove
from prongsai.discovery.index import Indexer
from prongsai.discovery.queries import search
from prongsai.discovery.reader import Reader
from tests.discovery.conftest import all_terms
from tests.record.factories import corrected, published, recalled, withdrawn

RARE, OTHER = "zqxjkvb", "wqjxzkv"
LAST = "2569-00007"


@pytest.fixture
def seven(indexer: Indexer, monkeypatch: pytest.MonkeyPatch) -> Indexer:
    """Seven items, indexed; a step takes two. The first holds a rare word, and so does the last."""
    monkeypatch.setattr(purge, "STEP", 2)
    monkeypatch.setattr("prongsai.discovery.index.STEP", 2)
    for number in range(7):
        word = {0: RARE, 6: OTHER}.get(number, "ทั่วไป")
        published(title=f"ประกาศขายทอดตลาด {number} {word}")
    indexer.follow()
    return indexer


def generations(indexer: Indexer) -> int:
    return len(list(indexer.root.glob("generation-*")))


def words_on_disk(indexer: Indexer, *words: str) -> set[str]:
    """Of rows that are deleted, too: their terms stay until the segment goes."""
    view = Reader(indexer.root).view()
    assert view is not None
    return all_terms(view) & set(words)


def finish(indexer: Indexer) -> list[int]:
    """All the steps that are left, with what each did."""
    done = []
    while step := indexer.follow():
        done.append(step)
    return done


def test_a_recall_is_followed_at_once_and_purged_in_small_steps(seven: Indexer) -> None:
    recalled("2569-00001")

    first = seven.follow()

    assert first == 1 + 2
    assert search("ขายทอดตลาด").total == 6
    assert words_on_disk(seven, RARE) == {RARE}
    assert generations(seven) == 2
    assert finish(seven) == [2, 2, 1]
    assert generations(seven) == 1
    assert not words_on_disk(seven, RARE)
    assert search("ขายทอดตลาด").total == 6


def test_no_step_takes_more_items_than_a_turn_of_the_worker_may_last(seven: Indexer) -> None:
    recalled("2569-00001")

    assert max([seven.follow() - 1, *finish(seven)]) <= 2


def test_what_is_published_between_two_steps_is_found_before_the_purge_ends(seven: Indexer) -> None:
    recalled("2569-00001")
    seven.follow()
    published(title="ประกาศสอบราคาเรือท้องแบน")

    seven.follow()

    assert generations(seven) == 2
    assert search("เรือท้องแบน").total == 1
    finish(seven)
    assert search("เรือท้องแบน").total == 1


def test_a_new_item_at_every_turn_does_not_keep_recalled_words_on_the_disk(seven: Indexer) -> None:
    recalled("2569-00001")
    for number in range(6):
        seven.follow()
        published(title=f"ข่าวประจำวัน {number}")
    seven.follow()

    assert not words_on_disk(seven, RARE)


def test_what_changes_between_two_steps_is_right_in_the_new_generation(seven: Indexer) -> None:
    recalled("2569-00001")
    seven.follow()
    corrected("2569-00002", title="ประกาศสอบราคาเรือท้องแบน")
    withdrawn("2569-00003")

    finish(seven)

    found = {hit.item.number for hit in search("ขายทอดตลาด").hits}
    assert found == {"2569-00004", "2569-00005", "2569-00006", "2569-00007"}
    assert [hit.item.number for hit in search("เรือท้องแบน").hits] == ["2569-00002"]


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_a_second_recall_begins_the_purge_anew(seven: Indexer, steps: int) -> None:
    """The new generation may hold the words of what is recalled while it is being written."""
    recalled("2569-00001")
    for _ in range(steps):
        seven.follow()
    recalled("2569-00002")
    recalled(LAST)

    finish(seven)

    assert not words_on_disk(seven, RARE, OTHER)
    assert generations(seven) == 1
    assert search("ขายทอดตลาด").total == 4


def test_a_recall_at_the_very_end_of_a_purge_is_noticed(
    seven: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process appends while the last rows are written."""
    recalled("2569-00001")
    real = purge.replace_rows

    def slow(*arguments: object) -> None:
        monkeypatch.setattr(purge, "replace_rows", real)
        real(*arguments)  # type: ignore[arg-type]
        recalled(LAST)

    monkeypatch.setattr(purge, "replace_rows", slow)
    finish(seven)

    assert not words_on_disk(seven, RARE, OTHER)


def test_a_purge_of_a_process_that_died_is_begun_anew_by_the_next(seven: Indexer) -> None:
    recalled("2569-00001")
    seven.follow()

    finish(Indexer())

    assert generations(seven) == 1
    assert not words_on_disk(seven, RARE)


def test_an_index_that_another_process_makes_again_ends_the_purge(seven: Indexer) -> None:
    recalled("2569-00001")
    seven.follow()
    Indexer().rebuild()

    assert finish(seven) == []
    assert not words_on_disk(seven, RARE)
    recalled(LAST)
    finish(seven)
    assert not words_on_disk(seven, OTHER)
    assert generations(seven) == 1


def test_a_generation_that_is_lost_on_its_way_is_begun_anew(seven: Indexer) -> None:
    recalled("2569-00001")
    seven.follow()
    (unfinished,) = set(seven.root.glob("generation-*")) - {current(seven.root)}
    remove(unfinished)

    finish(seven)

    assert not words_on_disk(seven, RARE)
    assert search("ขายทอดตลาด").total == 6
