"""Statements in the record: what comes in, what is refused, and what can be asked."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from prongsai.record import queries
from prongsai.record.actions import CannotAppend, rebuild
from prongsai.record.models import Entry, Said
from prongsai.record.states import Action, Refusal
from prongsai.record.verifier import verify_folder
from tests.record.factories import (
    act,
    content,
    corrected,
    correction,
    do,
    later,
    published,
    recalled,
    reviewed,
    stated,
    withdrawn,
)

MONTHLY = "oia-9-8"


def refusals(action: str, number: str | None, document: dict[str, Any]) -> list[Refusal]:
    with pytest.raises(CannotAppend) as refused:
        do(action, number, document)
    return [each.refusal for each in refused.value.reasons]


def said(document: dict[str, Any], **options: Any) -> Entry:
    return do(Action.STATEMENT, None, document, **options)


def restated(number: str, document: dict[str, Any]) -> Entry:
    changed = document | {"change": {"significance": "major", "note": "แก้คำผิด"}}
    return do(Action.CORRECTED, number, changed)


def test_a_statement_is_found_by_its_duty_and_period(data: Path) -> None:
    number = said(stated(review_date="2027-10-31")).number

    october = date(2026, 10, 1), date(2026, 10, 31)
    row = Said.objects.get(obligation_key=MONTHLY)
    assert (row.number, row.says, row.period, row.fiscal_year) == (
        number,
        "none_this_period",
        "ตุลาคม 2569",
        2570,
    )
    assert (row.first_date, row.last_date, row.review_date) == (*october, date(2027, 10, 31))
    assert verify_folder(data).ok


@pytest.mark.parametrize("end", [withdrawn, recalled])
def test_a_statement_out_of_use_says_nothing_any_more(data: Path, end: Any) -> None:
    end(said(stated()).number)

    assert not Said.objects.filter(obligation_key=MONTHLY).exists()
    assert verify_folder(data).ok


def test_rebuilding_says_the_same(data: Path) -> None:
    about = published().number
    said(stated())
    said(reviewed(about))
    withdrawn(said(stated(period="กันยายน 2569", fiscal_year=2569)).number)
    before = list(Said.objects.order_by("number", "position").values())

    rebuild()

    rows = list(Said.objects.order_by("number", "position").values())
    for row in (*before, *rows):
        del row["id"]
    assert rows == before
    assert len(rows) == 2


def test_the_newest_review_of_an_item_is_found(data: Path) -> None:
    about, other = published().number, published().number
    said(reviewed(about))
    newest = said(reviewed(about), at=later(days=90))

    found = queries.last_reviewed([about, other])

    assert {number: row.number for number, row in found.items()} == {about: newest.number}
    assert queries.reviewed_at(about) == newest.at
    assert queries.reviewed_at(other) is None


def test_correcting_the_words_of_a_review_reviews_nothing(data: Path) -> None:
    about = published().number
    entry = said(reviewed(about))
    document = reviewed(about, change={"significance": "major", "note": "แก้คำผิด"})

    do(Action.CORRECTED, entry.number, document, at=later(days=200))

    assert queries.reviewed_at(about) == entry.at


def _after(*ends: Any) -> Any:
    def make() -> str:
        number: str = published().number
        for end in ends:
            end(number)
        return number

    return make


@pytest.mark.parametrize(
    ("make", "refused"),
    [
        (_after(withdrawn), Refusal.ABOUT_NOT_CURRENT),
        (_after(recalled), Refusal.ABOUT_NOT_CURRENT),
        (_after(corrected), Refusal.ABOUT_CHANGED),
        (lambda: "2569-00077", Refusal.ABOUT_NOT_CURRENT),
        (lambda: said(stated()).number, Refusal.ABOUT_NOT_CURRENT),
    ],
)
def test_only_what_is_in_use_in_the_version_that_was_looked_at_can_be_said_unchanged(
    data: Path, make: Any, refused: Refusal
) -> None:
    about = make()

    assert refusals(Action.STATEMENT, None, reviewed(about)) == [refused]


@pytest.mark.parametrize("words", ["ตุลาคม 2569", "ต.ค. 2569"])
def test_the_same_is_not_said_twice(data: Path, words: str) -> None:
    first = said(stated()).number

    with pytest.raises(CannotAppend, match=first):
        said(stated(period=words))
    said(stated(period="กันยายน 2569", fiscal_year=2569))
    said(stated(obligations=["oia-9-7"]))
    withdrawn(first)
    second = said(stated()).number
    # Nor by bringing the first one back.
    assert refusals(Action.RESTORED, first, act()) == [Refusal.SAID_ALREADY]
    assert restated(second, stated(title="ไม่มีการจัดซื้อจัดจ้าง")).version == 2


def test_a_statement_about_what_was_recalled_is_not_brought_back(data: Path) -> None:
    about = published().number
    number = said(reviewed(about)).number
    withdrawn(number)
    recalled(about)

    assert refusals(Action.RESTORED, number, act()) == [Refusal.ABOUT_NOT_CURRENT]


def test_a_correction_does_not_make_a_statement_say_otherwise(data: Path) -> None:
    about, number = published().number, said(stated()).number

    for document in (stated("not_applicable"), reviewed(about)):
        noted = document | {"change": {"significance": "major", "note": "แก้"}}
        assert refusals(Action.CORRECTED, number, noted) == [Refusal.SAYS_OTHERWISE]


BLOCK = {"says": "none_this_period", "about_number": "", "about_version": None}


@pytest.mark.parametrize(
    ("action", "document"),
    [
        (Action.PUBLISHED, stated()),
        (Action.NOTICE, stated()),
        (Action.STATEMENT, content()),
        (Action.PUBLISHED, content(statement=BLOCK)),
        (Action.STATEMENT, {**stated(), "statement": None}),
        (Action.STATEMENT, stated(statement={**BLOCK, "says": "no_idea"})),
        (Action.STATEMENT, stated(statement={**BLOCK, "about_number": "2569-00001"})),
        (Action.STATEMENT, reviewed("", 1)),
        (Action.STATEMENT, reviewed("2569-00001", 0)),
        (Action.STATEMENT, stated(period=5)),
        (Action.STATEMENT, stated(period="ก" * 201)),
    ],
)
def test_kind_block_and_act_belong_together(
    data: Path, action: Action, document: dict[str, Any]
) -> None:
    published()

    assert Refusal.FIELD_MALFORMED in refusals(action, None, document)


def test_a_correction_does_not_change_what_is_a_statement(data: Path) -> None:
    number, other = said(stated()).number, published().number
    noted = stated(change={"significance": "major", "note": "แก้"})

    assert Refusal.FIELD_MALFORMED in refusals(Action.CORRECTED, number, correction())
    assert Refusal.FIELD_MALFORMED in refusals(Action.CORRECTED, other, noted)


def test_a_review_without_a_duty_is_kept_too(data: Path) -> None:
    about = published().number
    entry = said(reviewed(about, obligations=[]))

    assert queries.reviewed_at(about) == entry.at
    assert isinstance(queries.reviewed_at(about), datetime)
