"""How long something stood in public: all days on which it could be seen, and full days as the law counts them."""

from datetime import UTC, date, datetime

import pytest

from prongsai.record.posted import posted
from prongsai.record.posting import Event, posting
from prongsai.thai.dates import BANGKOK
from tests.record.factories import act, corrected, do, published


def day(number: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, number, hour, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("events", "on", "days", "full_days", "is_standing"),
    [
        # Thirty full days from the first are the second to the thirty-first, over when that day is.
        ([("published", day(1))], 1, 1, 0, True),
        ([("published", day(1))], 2, 2, 0, True),
        ([("published", day(1))], 3, 3, 1, True),
        ([("published", day(1))], 30, 30, 28, True),
        # At the first moment of a day and at the last the day itself does not count.
        ([("published", day(1, 0)), ("withdrawn", day(4, 23))], 9, 4, 2, False),
        # Away for an hour: no full day that day, seen all the same.
        (
            [("published", day(1)), ("withdrawn", day(5, 9)), ("restored", day(5, 10))],
            9,
            9,
            6,
            True,
        ),
        # A correction interrupts nothing.
        ([("published", day(1)), ("corrected", day(5))], 9, 9, 7, True),
        ([("statement", day(1)), ("recalled", day(3))], 9, 3, 1, False),
        # Five o'clock in the afternoon in London is the next day here.
        ([("published", datetime(2026, 11, 1, 17, tzinfo=UTC))], 4, 3, 1, True),
    ],
)
def test_days_and_full_days(
    events: list[tuple[str, datetime]], on: int, days: int, full_days: int, is_standing: bool
) -> None:
    found = posting((Event(*each) for each in events), minimum=0, on=date(2026, 11, on))
    assert found is not None
    assert (found.days, found.full_days, found.is_standing) == (days, full_days, is_standing)


def test_before_it_came_it_was_not_posted() -> None:
    assert posting([Event("published", day(5))], minimum=0, on=date(2026, 11, 4)) is None


@pytest.mark.django_db(databases=["record"])
def test_what_anybody_can_look_up_names_its_entries_and_proves_the_first() -> None:
    number = published().number
    corrected(number)
    later = datetime(2026, 11, 25, 3, tzinfo=UTC)
    do("withdrawn", number, act(), at=later)
    found = posted(number, on=date(2026, 11, 27))
    assert found is not None
    assert found.proof is not None
    assert [each.action for each in found.entries] == ["published", "corrected", "withdrawn"]
    assert found.proof.seq == found.entries[0].seq
    assert [label for _stay, label in found.stays] != [""]
    before = posted(number, on=date(2026, 11, 24))
    assert before is not None
    assert (before.posting.is_standing, len(before.entries)) == (True, 2)
    assert posted(number, on=date(2026, 11, 22)) is None
