"""Two people's changes are joined without loss."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.disclosures.merge import merge

BASE = {
    "title": "เดิม",
    "summary": "เดิม",
    "details": {"fee": "10", "who": "ทุกคน"},
    "official": {"number": "1"},
    "files": ["a"],
}


def changed(**changes: Any) -> dict[str, Any]:
    return {**BASE, **changes}


def test_changes_of_different_fields_are_both_kept() -> None:
    joined = merge(BASE, changed(title="เขา"), changed(summary="คุณ"))
    assert joined.merged == changed(title="เขา", summary="คุณ")
    assert joined.conflicts == ()


def test_one_field_changed_by_both_is_named_and_keeps_yours() -> None:
    joined = merge(BASE, changed(title="เขา"), changed(title="คุณ"))
    assert joined.merged["title"] == "คุณ"
    assert joined.conflicts == ("title",)


def test_the_same_change_by_both_is_no_conflict() -> None:
    assert merge(BASE, changed(title="ใหม่"), changed(title="ใหม่")).conflicts == ()


def test_details_are_joined_key_by_key() -> None:
    theirs = changed(details={"fee": "20", "who": "ทุกคน"})
    yours = changed(details={"fee": "10", "who": "เจ้าบ้าน"})
    joined = merge(BASE, theirs, yours)
    assert joined.merged["details"] == {"fee": "20", "who": "เจ้าบ้าน"}
    assert joined.conflicts == ()


def test_a_detail_that_one_side_emptied_is_gone() -> None:
    joined = merge(BASE, changed(details={"who": "ทุกคน"}), BASE)
    assert joined.merged["details"] == {"who": "ทุกคน"}


def test_a_detail_that_one_emptied_and_the_other_changed_is_a_conflict() -> None:
    theirs, yours = changed(details={"who": "ทุกคน"}), changed(details={"fee": "30", "who": "ทุกคน"})
    assert merge(BASE, theirs, yours).conflicts == ("details.fee",)


def test_files_are_always_those_that_are_attached_now() -> None:
    joined = merge(BASE, changed(files=["a", "b"]), changed(files=[]))
    assert joined.merged["files"] == ["a", "b"]
    assert joined.conflicts == ()


TEXTS = st.fixed_dictionaries(
    {name: st.sampled_from("กขค") for name in ("title", "summary", "source")}
)


@pytest.mark.parametrize("whose", ["theirs", "yours"])
@given(base=TEXTS, other=TEXTS)
def test_if_only_one_side_changed_the_merge_is_that_side(
    whose: str, base: dict[str, str], other: dict[str, str]
) -> None:
    empty: dict[str, Any] = {"details": {}, "official": {}, "files": []}
    sides = (other, base) if whose == "theirs" else (base, other)
    joined = merge(base | empty, *(side | empty for side in sides))
    assert joined.merged == other | empty
    assert joined.conflicts == ()
