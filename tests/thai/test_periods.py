"""Periods as officers write them, and the days that they stand for."""

from datetime import date

import pytest

from prongsai.thai.periods import Stretch, months, stretch, whole_year


def days(first: str, last: str) -> Stretch:
    return Stretch(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("เมษายน 2569", days("2026-04-01", "2026-04-30")),
        ("ประจำเดือน กุมภาพันธ์ พ.ศ. ๒๕๖๗", days("2024-02-01", "2024-02-29")),
        ("ก.พ. 2569", days("2026-02-01", "2026-02-28")),
        ("ตุลาคม 2568 – มีนาคม 2569", days("2025-10-01", "2026-03-31")),
        ("ตุลาคม 2568 ถึงเดือนมีนาคม 2569 (ไม่รวมเงินกัน)", days("2025-10-01", "2026-03-31")),
        ("ตุลาคม - มีนาคม 2569", days("2025-10-01", "2026-03-31")),
        ("ไตรมาสที่ 2", days("2026-01-01", "2026-03-31")),
        ("ไตรมาสที่ ๑/๒๕๖๘", days("2024-10-01", "2024-12-31")),
        ("รอบ 6 เดือนแรก", days("2025-10-01", "2026-03-31")),
        ("รอบหกเดือน", days("2025-10-01", "2026-03-31")),
        ("รอบ 6 เดือนหลัง", days("2026-04-01", "2026-09-30")),
        ("ครึ่งปีหลัง", days("2026-04-01", "2026-09-30")),
        ("ประจำปีงบประมาณ พ.ศ. 2569", days("2025-10-01", "2026-09-30")),
        ("รายงานประจำปี 2568", days("2024-10-01", "2025-09-30")),
        ("April 2026", None),
        ("มีนาคม 2569 – ตุลาคม 2568", None),
        ("เมษายน 9999", None),
        ("ไตรมาสที่ 5", None),
        ("", None),
    ],
)
def test_words_stand_for_days(words: str, meant: Stretch | None) -> None:
    assert stretch(words, fiscal_year=2569) == meant


@pytest.mark.parametrize("words", ["ไตรมาสที่ 2", "รอบ 6 เดือนแรก", "ครึ่งปีหลัง"])
def test_without_a_year_nothing_is_guessed(words: str) -> None:
    assert stretch(words) is None


def test_a_budget_year_begins_in_october_of_the_year_before() -> None:
    assert whole_year(2569) == days("2025-10-01", "2026-09-30")
    assert months(2567, 5, 5) == days("2024-02-01", "2024-02-29")
    assert whole_year(2569).covers(months(2569, 1, 6))
    assert not months(2569, 1, 6).covers(whole_year(2569))
