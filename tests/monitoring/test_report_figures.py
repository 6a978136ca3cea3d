"""Where a fiscal year begins and ends, and how its days are summed up."""

from datetime import UTC, date, datetime

import pytest

from prongsai.monitoring.reporting.figures import Span, middle, nine_of_ten


def test_a_year_is_told_from_october_to_its_end_and_a_running_one_until_today() -> None:
    whole, running = (
        Span.told(2569, on=date(2026, 12, 1)),
        Span.told(2570, on=date(2026, 12, 1)),
    )
    assert (whole.first, whole.last, whole.is_whole) == (
        date(2025, 10, 1),
        date(2026, 9, 30),
        True,
    )
    assert (running.last, running.is_whole) == (date(2026, 12, 1), False)


def test_its_moments_are_those_of_thailand() -> None:
    span = Span.told(2569, on=date(2026, 9, 30))
    assert span.begin == datetime(2025, 9, 30, 17, 0, tzinfo=UTC)
    assert span.end == datetime(2026, 9, 30, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "ends"),
    [
        (date(2025, 12, 30), 0),
        (date(2025, 12, 31), 1),
        (date(2026, 3, 31), 2),
        (date(2026, 9, 29), 3),
        (date(2027, 1, 1), 4),
    ],
)
def test_only_quarters_that_have_ended_are_told(on: date, ends: int) -> None:
    assert len(Span.told(2569, on=on).quarter_ends) == ends


def test_a_year_that_has_not_begun_is_not_told() -> None:
    with pytest.raises(ValueError, match="has not begun"):
        Span.told(2570, on=date(2026, 9, 30))


@pytest.mark.parametrize(
    ("days", "half", "most"),
    [([3.0], 3.0, 3.0), ([1, 2, 3, 10], 2.5, 10), (list(range(1, 21)), 10.5, 18)],
)
def test_days_are_summed_up_by_rank(days: list[float], half: float, most: float) -> None:
    assert (middle(days), nine_of_ten(days)) == (half, most)
