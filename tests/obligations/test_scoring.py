"""Items make parts, parts make indicators, indicators make the score: each step is a mean, and nothing else weighs."""

import pytest

from prongsai.obligations.catalogue import Indicator, read_sheet
from prongsai.obligations.queries import obligations
from prongsai.obligations.results import Result
from prongsai.obligations.scoring import Marks, marks, score
from prongsai.obligations.states import Confidence
from prongsai.organisation.rows import BadFile
from tests.obligations.test_obligations import FILE

KEYS = ("9", "9.1", "9.2", "10", "10.1", "10.2")
LISTED = [Indicator(key, key, key, "ทดสอบ", Confidence.SEEN) for key in KEYS]
MET, MISSING = Result.MET, Result.MISSING
ROW = """[[instrument.indicators]]
key = "{}"
label_th = "ข้อมูลพื้นฐาน"
label_en = "Basic"
source = "คู่มือ"
confidence = "S"
"""


def told(found: Marks) -> dict[str, str]:
    return {row.indicator.key: row.score for row in found.rows if row.total} | {"": found.score}


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ([], {"": "–"}),
        ([("9.1", MET)], {"9": "100.00", "9.1": "100.00", "": "100.00"}),
        # One item of a small part weighs as much as nine of a large one.
        (
            [("9.1", MET)] * 9 + [("9.2", MISSING)],
            {"9": "50.00", "9.1": "100.00", "9.2": "0.00", "": "50.00"},
        ),
        # A part without an item has no weight, and neither has an indicator without a part.
        (
            [("9.1", MET), ("9.1", Result.STALE), ("9.1", MISSING), ("10.2", MET)],
            {"9": "33.33", "9.1": "33.33", "10": "100.00", "10.2": "100.00", "": "66.67"},
        ),
        # Rounded once, at the end.
        (
            [("9.1", MET), *[("9.1", MISSING)] * 2, ("9.2", MET), *[("9.2", MISSING)] * 5],
            {"9": "25.00", "9.1": "33.33", "9.2": "16.67", "": "25.00"},
        ),
        ([("", MET), ("10.1", Result.INCOMPLETE)], {"10": "0.00", "10.1": "0.00", "": "0.00"}),
    ],
)
def test_a_score_is_the_mean_of_means(
    results: list[tuple[str, Result]], said: dict[str, str]
) -> None:
    assert told(marks(LISTED, results)) == said


def test_what_has_no_place_is_counted_apart() -> None:
    found = marks(LISTED, [("", MET), ("", MISSING), ("9.1", MET)])
    assert (found.fulfilled, found.unplaced, sum(row.total for row in found.rows)) == (1, 2, 2)


@pytest.mark.parametrize(
    ("year", "items", "unknown"),
    [(2564, 43, []), (2566, 43, []), (2567, 35, []), (2568, 28, []), (2569, 26, ["O25", "O26"])],
)
def test_each_item_of_a_year_is_in_one_part_or_said_to_be_unknown(
    year: int, items: int, unknown: list[str]
) -> None:
    duties = [each for each in obligations() if each.instrument.assessment_year == year]
    (listed,) = {each.instrument.indicators for each in duties}
    found = marks(listed, [(each.indicator, MET) for each in duties])

    assert [each.clause for each in duties if not each.indicator] == unknown
    assert sum(row.total for row in found.rows if row.indicator.whole) == items - len(unknown)
    assert found.score == "100.00"
    # No manual was read.
    assert not any(each.is_verified for each in listed)


@pytest.mark.parametrize(
    ("indicators", "of_item"),
    [(["9", "9"], ""), (["9.1"], ""), (["9", "9.1"], "9.2"), (["9", "9.1"], "9"), ([], "9.1")],
)
def test_a_file_that_speaks_of_an_unknown_indicator_is_refused(
    indicators: list[str], of_item: str
) -> None:
    head, item = FILE.split("[[obligations]]")
    text = head + "".join(map(ROW.format, indicators)) + "[[obligations]]" + item
    with pytest.raises(BadFile):
        read_sheet("act.toml", f'{text}\nindicator = "{of_item}"\n')


def test_a_file_with_indicators_is_taken() -> None:
    head, item = FILE.split("[[obligations]]")
    text = head + ROW.format("9") + ROW.format("9.1") + "[[obligations]]" + item
    (duty,) = read_sheet("act.toml", f'{text}\nindicator = "9.1"\n').obligations
    assert [each.named for each in duty.instrument.indicators] == [
        "9 ข้อมูลพื้นฐาน",
        "9.1 ข้อมูลพื้นฐาน",
    ]
    assert duty.indicator == "9.1"


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "–"),
        ({MET: 3}, "100.00"),
        ({MET: 1, MISSING: 2}, "33.33"),
        # What does not apply is whole; what lacks a part, or is not due, is nothing.
        ({Result.NOT_APPLICABLE: 1, Result.INCOMPLETE: 1, Result.NOT_DUE: 1, MET: 1}, "50.00"),
    ],
)
def test_a_list_without_indicators_is_scored_by_its_items(
    counts: dict[Result, int], said: str
) -> None:
    assert score(counts) == said
