"""What current items do not show: listed without words of theirs, made again by a rebuild, gone with the item."""

from typing import Any

import pytest

from prongsai.record.actions import CannotAppend, rebuild
from prongsai.record.models import Withholding
from prongsai.record.queries import page
from prongsai.record.withheld import register
from tests.record.factories import (
    WITHHELD_WORDS,
    corrected,
    published,
    recalled,
    withdrawn,
    withheld_part,
)

pytestmark = pytest.mark.usefixtures("data")


def listed() -> list[tuple[str, str, str]]:
    return [(each.part.number, each.part.extent, each.part.ground) for each in register().lines]


def test_an_item_says_what_it_withholds_and_the_register_lists_it() -> None:
    number = published(withheld=[withheld_part()]).number
    shown = page(number)
    assert shown is not None
    [said] = shown.withheld
    assert (said.part, said.law_en, said.appeal_th) == (
        WITHHELD_WORDS, "Official Information Act, s. 15 (2)", "อุทธรณ์ได้ภายใน 15 วัน",
    )  # fmt: skip
    assert listed() == [(number, "pages", "oia-15-2")]


def test_the_register_keeps_no_words_of_the_edition() -> None:
    published(withheld=[withheld_part()])
    [row] = Withholding.objects.values()
    assert not [value for value in row.values() if value in (WITHHELD_WORDS, "ผู้ก่อเหตุอาจใช้หลบกล้อง")]


def test_a_rebuild_makes_the_register_again() -> None:
    published(withheld=[withheld_part(), withheld_part(extent="words")])
    before = list(Withholding.objects.values("number", "position", "extent", "review_date"))
    rebuild()
    assert list(Withholding.objects.values("number", "position", "extent", "review_date")) == before
    assert len(before) == 2


@pytest.mark.parametrize("end", [withdrawn, recalled])
def test_what_is_out_of_use_is_not_listed(end: Any) -> None:
    number = published(withheld=[withheld_part()]).number
    end(number)
    assert listed() == []
    assert not Withholding.objects.exists()


def test_a_correction_that_shows_the_part_takes_it_off_the_register() -> None:
    number = published(withheld=[withheld_part()]).number
    corrected(number)
    assert listed() == []


def test_an_item_that_shows_all_has_no_line() -> None:
    published()
    assert register().total == 0


@pytest.mark.parametrize(
    "withheld",
    [
        "all",
        ["all"],
        [withheld_part(part="")],
        [withheld_part(extent="a b")],
        [withheld_part(ground={})],
        [withheld_part(decided_date="2026-02-30")],
        [withheld_part(decided_date="")],
        [withheld_part(review_date="next year")],
        [withheld_part(ground=withheld_part()["ground"] | {"law_th": "ก" * 301})],
    ],
)
def test_a_register_in_another_form_is_not_recorded(withheld: Any) -> None:
    with pytest.raises(CannotAppend):
        published(withheld=withheld)


def test_pages_and_grounds_narrow_the_register() -> None:
    published(withheld=[withheld_part()] * 60)
    published(withheld=[withheld_part(ground=withheld_part()["ground"] | {"key": "oia-15-5"})])
    assert (register().pages, len(register(page=2).lines), register(page=9).page) == (2, 11, 2)
    assert [each.part.ground for each in register(ground="oia-15-5").lines] == ["oia-15-5"]


def test_the_register_costs_three_questions(django_assert_num_queries: Any) -> None:
    published(withheld=[withheld_part()])
    published(withheld=[withheld_part(), withheld_part()])
    with django_assert_num_queries(3, using="record"):
        register()
