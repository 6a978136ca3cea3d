"""`bench/reading` counts what was misread, and whether somebody was warned of it."""

import json
import subprocess
from pathlib import Path

import pytest

from bench.reading_quality import Tally, alignment, distance
from prongsai.files.rules import Word
from tests.files import samples
from tests.files.recognition.printed import MEMO, picture, saved

BENCH = Path(__file__).parents[3] / "bench" / "reading"


def word(start: int, end: int, confidence: float) -> Word:
    return Word(start, end, 0, 0, 1, 1, confidence)


@pytest.mark.parametrize(
    ("truth", "text", "expected"),
    [("๒๕๖๗", "๒๕๖๗", 0), ("๒๕๖๗", "๒๕๒๗", 1), ("๒๕๖๗", "๒๕๗", 1), ("", "กข", 2), ("กข", "", 2)],
)
def test_the_distance_counts_letters_to_change(truth: str, text: str, expected: int) -> None:
    assert distance(truth, text) == expected


def test_letters_are_aligned_with_what_they_became() -> None:
    assert alignment("ข้อ ๑๒", "ข้อ๑๒") == [0, 1, 2, None, 3, 4]


@pytest.mark.parametrize(
    ("text", "confidence", "expected"),
    [
        ("เลขที่ ๑๒๓", 0.9, (0, 0, 0)),
        ("เลขที่ ๑๒๓", 0.5, (0, 0, 1)),
        ("เลขที่ ๑๕๓", 0.9, (1, 1, 0)),
        ("เลขที่ ๑๕๓", 0.5, (1, 0, 0)),
        ("เลขที่ ๑๒๓๔", 0.9, (1, 1, 0)),
        ("เลขที่", 0.9, (1, 1, 0)),
    ],
)
def test_a_wrong_number_is_counted_with_whether_it_was_marked(
    text: str, confidence: float, expected: tuple[int, int, int]
) -> None:
    tally = Tally()

    tally.add("เลขที่ ๑๒๓", text, (word(0, 6, 0.9), word(7, len(text), confidence)))

    assert (tally.numbers_wrong, tally.wrong_and_unmarked, tally.right_and_marked) == expected


def test_the_bench_measures_each_condition(tmp_path: Path) -> None:
    for name in ("gt", "clean200"):
        (tmp_path / name).mkdir()
    (tmp_path / "gt/p00.txt").write_text(MEMO, encoding="utf-8")
    saved(picture(MEMO), tmp_path / "clean200/p00.png")

    done = subprocess.run([BENCH, tmp_path, "--json"], capture_output=True, text=True, check=True)

    said = json.loads(done.stdout)
    assert said["conditions"]["clean200"]["pages"] == said["pages"] == 1
    assert said["character_error_rate_without_spaces"] < 0.02
    assert said["thai_digit_error_rate"] == 0


def test_the_bench_measures_the_text_in_a_document(tmp_path: Path) -> None:
    (tmp_path / "gt").mkdir()
    (tmp_path / "gt/p00.txt").write_text(MEMO, encoding="utf-8")
    (tmp_path / "p00.pdf").write_bytes(samples.typst_pdf(MEMO))

    command = [BENCH, tmp_path, "--json", "--engine", "text-layer"]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert (said["pages"], said["digit_error_rate"]) == (1, 0)


def test_the_bench_says_what_is_missing(tmp_path: Path) -> None:
    done = subprocess.run([BENCH, tmp_path, "--json"], capture_output=True, text=True)

    assert done.returncode == 2
    assert done.stderr.splitlines() == [f"bench/reading: no pages beside {tmp_path / 'gt'}"]
