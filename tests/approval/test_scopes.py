"""Of several chains the most particular is walked, and what leaves it open is found."""

import pytest

from prongsai.approval.scopes import Doubt, Scope, Trees, chosen, covers, doubts, gaps

TREES = Trees(
    section={"budget": "basic", "salary": "budget"}, unit={"plan": "academic", "academic": "city"}
)
N = "normal"
SCOPES = {
    "all": Scope(N),
    "law": Scope(N, kind="law"),
    "recall": Scope(N, action="recalled"),
    "academic": Scope(N, unit="academic"),
    "plan-law": Scope(N, kind="law", unit="plan"),
    "basic": Scope(N, section="basic"),
    "salary": Scope(N, section="salary"),
}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Scope(N, "published", "news", "news", "treasury"), ["all"]),
        (Scope(N, "published", "law", "news", "treasury"), ["law"]),
        (Scope(N, "recalled", "law", "news", "plan"), ["recall"]),
        (Scope(N, "published", "news", "news", "plan"), ["academic"]),
        (Scope(N, "published", "law", "news", "plan"), ["plan-law"]),
        (Scope(N, "published", "news", "budget", "treasury"), ["basic"]),
        (Scope(N, "published", "news", "salary", "treasury"), ["salary"]),
        (Scope("urgent", "published", "news", "news", "plan"), []),
        (Scope(N, "published", "law", "news", "academic"), ["law", "academic"]),
    ],
)
def test_the_most_particular_chain_is_walked(wanted: Scope, found: list[str]) -> None:
    assert chosen(SCOPES, wanted, TREES) == found


@pytest.mark.parametrize(
    ("one", "other", "is_doubtful"),
    [
        (Scope(N), Scope(N), True),
        (Scope(N), Scope("urgent"), False),
        (Scope(N), Scope(N, kind="law"), False),
        (Scope(N, kind="law"), Scope(N, kind="news"), False),
        (Scope(N, kind="law"), Scope(N, unit="plan"), True),
        (Scope(N, kind="law"), Scope(N, "recalled", unit="plan"), False),
        (Scope(N, unit="plan"), Scope(N, unit="academic"), False),
        (Scope(N, unit="plan", kind="law"), Scope(N, unit="academic", section="basic"), True),
        (Scope(N, unit="treasury"), Scope(N, unit="academic"), False),
        (Scope(N, section="budget"), Scope(N, unit="plan"), True),
    ],
)
def test_two_chains_that_nothing_decides_between_are_in_doubt(
    one: Scope, other: Scope, *, is_doubtful: bool
) -> None:
    found = [Doubt("one", "other")] if is_doubtful else []
    assert doubts({"one": one, "other": other}, TREES) == found


def test_a_third_chain_for_what_they_share_takes_the_doubt_away() -> None:
    scopes = {"law": Scope(N, kind="law"), "plan": Scope(N, unit="plan")}
    assert doubts(scopes, TREES)
    assert not doubts(scopes | {"both": Scope(N, kind="law", unit="plan")}, TREES)


def test_without_doubt_there_is_never_more_than_one() -> None:
    scopes = {name: scope for name, scope in SCOPES.items() if name not in ("basic", "salary")}
    scopes |= {"academic-law": Scope(N, kind="law", unit="academic")}
    assert not doubts(scopes, TREES)
    for unit in ("plan", "academic", "city", "treasury"):
        for kind in ("law", "news"):
            assert len(chosen(scopes, Scope(N, "published", kind, "", unit), TREES)) == 1


def test_a_gap_is_what_no_chain_is_for_everywhere() -> None:
    asked = {"kinds": ["law", "news"], "acts": ["published", "recalled"], "urgencies": [N]}
    assert gaps({"law": Scope(N, kind="law"), "plan": Scope(N, unit="plan")}, TREES, **asked) == [
        Scope(N, "published", "news"),
        Scope(N, "recalled", "news"),
    ]
    assert gaps({"all": Scope(N)}, TREES, **asked) == []


def test_a_tree_that_bites_its_tail_ends() -> None:
    trees = Trees(unit={"a": "b", "b": "a"})
    assert covers(Scope(N, unit="b"), Scope(N, unit="a"), trees)
