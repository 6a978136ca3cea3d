"""What a new edition, or a new year's list, changes: in either direction."""

from dataclasses import replace

import pytest

from prongsai.obligations.catalogue import Due, Obligation, read_sheet
from prongsai.obligations.comparing import Changes, changes, differing, successions
from prongsai.obligations.queries import obligations
from prongsai.obligations.states import Confidence, DueRule, Fate
from tests.obligations.test_obligations import FILE

(ONE,) = read_sheet("act.toml", FILE).obligations


def duty(number: int, topic: str, *also: str) -> Obligation:
    return replace(ONE, key=f"act-{number}", clause=f"{number}", topic=topic, also_topics=also)


def of_year(year: int) -> list[Obligation]:
    return [each for each in obligations() if each.instrument.assessment_year == year]


def told(old: list[Obligation], new: list[Obligation]) -> list[tuple[str, str, str]]:
    """Fate and the clauses on both sides, of what is not simply kept under its number."""
    return [
        (
            found.fate.value,
            " ".join(each.clause for each in found.old),
            " ".join(each.clause for each in found.new),
        )
        for found in successions(old, new)
        if found.fate != Fate.KEPT
    ]


def test_the_same_list_has_no_changes() -> None:
    assert not changes([ONE], [ONE])
    assert changes([ONE], [ONE]) == Changes((), (), ())
    assert not changes([], [])


def test_another_edition_alone_is_no_change_of_a_duty() -> None:
    assert not changes([ONE], [replace(ONE, instrument=replace(ONE.instrument, edition=2))])


def test_what_came_and_what_went_are_told_by_key() -> None:
    old, new = [duty(1, "a"), duty(2, "b")], [duty(2, "b"), duty(3, "c")]
    found = changes(old, new)
    assert (found.added, found.removed, found.reworded) == ((new[1],), (old[0],), ())
    back = changes(new, old)
    assert (back.added, back.removed) == (found.removed, found.added)


@pytest.mark.parametrize(
    ("after", "names"),
    [
        (replace(ONE, label_th="ผัง"), ("label_th",)),
        (replace(ONE, due=Due(DueRule.DAYS_AFTER_PERIOD, days=30)), ("due",)),
        (replace(ONE, owner="clerk", demand_th="แสดงผัง"), ("demand_th", "owner")),
    ],
)
def test_which_fields_were_reworded_is_told(after: Obligation, names: tuple[str, ...]) -> None:
    (found,) = changes([ONE], [after]).reworded
    assert (found.old, found.new, found.fields) == (ONE, after, names)
    assert differing(after, ONE) == names


@pytest.mark.parametrize(
    ("old", "new", "there", "back"),
    [
        ([], [], [], []),
        ([duty(1, "a")], [duty(1, "a")], [], []),
        ([duty(1, "a")], [duty(2, "a")], [("renumbered", "1", "2")], [("renumbered", "2", "1")]),
        ([duty(1, "a")], [], [("dropped", "1", "")], [("new", "", "1")]),
        (
            [duty(1, "a"), duty(2, "b")],
            [duty(1, "a", "b")],
            [("merged", "1 2", "1")],
            [("split", "1", "1 2")],
        ),
        (
            [duty(1, "a", "b"), duty(2, "c")],
            [duty(1, "a"), duty(2, "b", "c")],
            [("rearranged", "1 2", "1 2")],
            [("rearranged", "1 2", "1 2")],
        ),
        # What took a topic in hands it on, even if nobody names it as the first.
        (
            [duty(1, "a", "b")],
            [duty(4, "b")],
            [("renumbered", "1", "4")],
            [("renumbered", "4", "1")],
        ),
    ],
)
def test_years_are_compared_by_topic(
    old: list[Obligation],
    new: list[Obligation],
    there: list[tuple[str, str, str]],
    back: list[tuple[str, str, str]],
) -> None:
    assert told(old, new) == there
    assert told(new, old) == back


def test_a_duty_that_follows_another_says_what_is_worded_anew() -> None:
    (kept,) = successions([ONE], [replace(ONE, label_th="ผัง", clause="มาตรา 1")])
    assert (kept.fate, kept.reworded) == (Fate.KEPT, ("label_th",))
    (moved,) = successions([ONE], [replace(ONE, clause="มาตรา 2", also_topics=("powers",))])
    assert (moved.fate, moved.reworded) == (Fate.RENUMBERED, ())


def test_every_duty_of_two_years_has_its_fate_and_only_one() -> None:
    years = (2564, 2566, 2567, 2568, 2569)
    for first in years:
        for second in years:
            found = successions(of_year(first), of_year(second))
            old = [each.key for one in found for each in one.old]
            new = [each.key for one in found for each in one.new]
            assert sorted(old) == sorted(each.key for each in of_year(first))
            assert sorted(new) == sorted(each.key for each in of_year(second))


def test_from_2567_to_2568_items_were_merged_and_dropped() -> None:
    found = told(of_year(2567), of_year(2568))
    assert [each for each in found if each[0] != "renumbered"] == [
        ("merged", "O1 O3", "O1"),
        ("merged", "O4 O6", "O3"),
        ("merged", "O14 O16", "O12"),
        ("dropped", "O15", ""),
        ("merged", "O20 O21", "O16"),
        ("merged", "O26 O27 O28", "O21"),
    ]


def test_where_a_point_was_seen_is_no_change_between_years() -> None:
    (kept,) = successions(
        [ONE], [replace(ONE, source="คู่มือของปีใหม่", confidence=Confidence.INFERRED)]
    )
    assert (kept.fate, kept.reworded) == (Fate.KEPT, ())
