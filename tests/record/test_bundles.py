"""The record takes bundles whole, and whoever verifies a log finds one that is not."""

from collections.abc import Callable
from typing import Any

import pytest

from prongsai.record import bundles, replay
from prongsai.record.actions import Act, CannotAppend, append_all
from prongsai.record.models import Bundling, Entry, Item
from prongsai.record.states import Refusal
from tests.record import together
from tests.record.factories import BEGIN, act, content, do, later
from tests.record.written import Written

pytestmark = pytest.mark.django_db(databases=["record"])
BUNDLE = "11111111-2222-4333-8444-555555555555"
Change = Callable[[list[dict[str, Any]]], object]


def documents(count: int = 2, bundle: str = BUNDLE) -> list[dict[str, Any]]:
    """What the editions of a bundle say."""
    return together.documents([f"ฉบับที่ {n}" for n in range(count)], bundle)


def acts(papers: list[dict[str, Any]]) -> list[Act]:
    return [Act("published", None, each, f"bundle:{n}") for n, each in enumerate(papers)]


def refusals(caught: pytest.ExceptionInfo[CannotAppend]) -> set[Refusal]:
    return {each.refusal for each in caught.value.reasons}


def test_a_bundle_comes_in_whole_and_once() -> None:
    first = append_all(acts(documents()), at=BEGIN)
    again = append_all(acts(documents()), at=later(hours=1))
    assert first == again
    assert Entry.objects.count() == 2
    assert list(Bundling.objects.values_list("number", "place")) == [
        (first[0].number, 0),
        (first[1].number, 1),
    ]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda papers: papers.pop(), Refusal.BUNDLE_IN_PARTS),
        (lambda papers: papers.pop(0), Refusal.BUNDLE_IN_PARTS),
        (lambda papers: papers.reverse(), Refusal.BUNDLE_IN_PARTS),
        (lambda papers: papers.insert(1, content()), Refusal.BUNDLE_IN_PARTS),
        (lambda papers: papers[1].update(title="แก้แล้ว"), Refusal.BUNDLE_IN_PARTS),
        (lambda papers: [each.update(title="แก้แล้ว") for each in papers], Refusal.FIELD_MALFORMED),
        (lambda papers: [each["bundle"].update(hash="0" * 64) for each in papers], Refusal.FIELD_MALFORMED),
        (lambda papers: [each["bundle"].update(key="x") for each in papers], Refusal.FIELD_MALFORMED),
        (lambda papers: [each.update(bundle="x") for each in papers], Refusal.FIELD_MALFORMED),
        (lambda papers: [each.update(bundle={}) for each in papers], Refusal.FIELD_MALFORMED),
    ],
)  # fmt: skip
def test_a_part_of_a_bundle_or_another_content_is_refused_and_nothing_is_kept(
    change: Change, refusal: Refusal
) -> None:
    papers = documents()
    change(papers)
    with pytest.raises(CannotAppend) as caught:
        append_all(acts(papers), at=BEGIN)
    assert refusals(caught) == {refusal}
    assert not Entry.objects.exists()
    assert not Item.objects.exists()


def test_a_member_that_the_record_refuses_keeps_the_others_out_and_is_named() -> None:
    papers = documents(3)
    bad = content(title="ฉบับที่ 1", section={"top": "nowhere", "slug": ""})
    papers = together.stated([papers[0], bad, papers[2]], [None] * 3)
    with pytest.raises(CannotAppend) as caught:
        append_all(acts(papers), at=BEGIN)
    assert caught.value.place == 1
    assert refusals(caught) == {Refusal.SECTION_UNKNOWN}
    assert not Entry.objects.exists()


def test_keys_of_which_some_are_used_add_nothing() -> None:
    do("published", None, content(), key="bundle:1")
    with pytest.raises(CannotAppend) as caught:
        append_all(acts(documents()), at=BEGIN)
    assert refusals(caught) == {Refusal.KEY_REUSED}
    assert Entry.objects.count() == 1


# Verifying: logs as a program would write them that breaks the rules.


def test_a_log_with_a_whole_bundle_between_others_is_right() -> None:
    log = Written()
    log.add("published", content())
    for each in documents(3):
        log.add("published", each, hours=1)
    log.add("published", content(), hours=2)
    for each in documents(2, "99999999-2222-4333-8444-555555555555"):
        log.add("published", each, hours=2)
    assert log.problem() == ""


@pytest.mark.parametrize("lost", [{0}, {1}, {2}, {0, 1}, {1, 2}, {0, 1, 2}])
def test_members_that_were_recalled_leave_their_places(lost: set[int]) -> None:
    log = Written()
    for place, each in enumerate(documents(3)):
        log.add("published", each, lost=place in lost)
    log.add("published", content(), hours=1)
    for place in sorted(lost):
        said = act(bundles=[{"bundle": BUNDLE, "version": 1, "place": place}])
        log.add("recalled", said, hours=2, number=f"2569-{place + 1:05d}")
    assert log.problem() == ""


def test_a_log_that_ends_within_a_bundle_is_wrong() -> None:
    log = Written()
    log.add("published", documents()[0])
    assert log.problem() == "Entry 0: the log ends in the middle of a bundle."


def test_a_member_without_those_before_it_is_wrong() -> None:
    log = Written()
    log.add("published", content())
    log.add("published", documents()[1])
    assert "was not published as a whole" in log.problem()


def test_something_between_the_members_is_wrong() -> None:
    log, (first, second) = Written(), documents()
    for each in (first, content(), second):
        log.add("published", each)
    assert "stands between the members of a bundle" in log.problem()


def test_members_of_two_moments_are_wrong() -> None:
    log, (first, second) = Written(), documents()
    log.add("published", first)
    log.add("published", second, hours=1)
    assert "was not made together" in log.problem()


def test_a_member_of_another_bundle_in_its_place_is_wrong() -> None:
    log = Written()
    log.add("published", documents()[0])
    log.add("published", documents(2, "99999999-2222-4333-8444-555555555555")[1])
    assert "is a member of another bundle" in log.problem()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "แก้แล้ว"}, "its bundle was approved with another content"),
        ({"bundle": {"id": "x"}}, "in no possible form"),
        ({"bundle": []}, "in no possible form"),
    ],
)
def test_a_member_that_says_something_else_than_was_decided_is_wrong(
    change: dict[str, Any], said: str
) -> None:
    log, (first, second) = Written(), documents()
    log.add("published", first)
    log.add("published", second | change)
    assert said in log.problem()


def test_a_bundle_without_a_title_or_with_a_key_twice_is_in_no_possible_form() -> None:
    (paper,) = documents(1)
    member = bundles.Member("k0", paper["bundle"]["members"][0]["digest"])
    stated = bundles.statement(bundle_id=BUNDLE, title=" ", members=[member])
    untitled = {
        **paper,
        "bundle": bundles.of_member(stated, key="k0", salt=paper["bundle"]["salt"]),
    }
    with pytest.raises(ValueError, match="possible form"):
        bundles.bundled(untitled)
    stated = bundles.statement(bundle_id=BUNDLE, title="แผน", members=[member] * 2)
    doubled = {**paper, "bundle": bundles.of_member(stated, key="k0", salt=paper["bundle"]["salt"])}
    with pytest.raises(ValueError, match="possible form"):
        bundles.bundled(doubled)


def test_more_members_than_a_bundle_has_places_are_remembered_no_longer() -> None:
    assert replay.MOST_MEMBERS == bundles.MOST_MEMBERS
