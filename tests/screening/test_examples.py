"""Every example of every detector: what it finds, and what it leaves alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from prongsai.screening import words
from prongsai.screening.detectors import DETECTORS, Detector
from prongsai.screening.examples import Example
from prongsai.screening.rules import findings_in

# Somebody's calendar, as a municipality would enter it. Nobody stands for election here.
CALENDAR = """
[[windows]]
key = "invented"
from = 2570-01-01
to = 2570-06-30
names = ["สมชาย ใจดี"]
source = "invented"
confidence = "invented"
"""
# What is seen in the file alone, and told by whoever reads it.
SEEN_ELSEWHERE = {"unread_page"}


@pytest.fixture(autouse=True)
def _calendar(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "elections.toml").write_text(CALENDAR, encoding="utf-8")
    words.add_words_of(tmp_path)
    yield
    words.add_words_of(None)


def _named(kind: str) -> list[tuple[str, Example]]:
    return [
        (detector.name, example)
        for detector in DETECTORS
        for example in getattr(detector.examples, kind)
    ]


def _found(example: Example) -> set[str]:
    return {each.detector for each in findings_in(example.text, seen=example.seen, day=example.day)}


@pytest.mark.parametrize(("name", "example"), _named("found"))
def test_a_detector_finds_its_examples(name: str, example: Example) -> None:
    assert name in _found(example)


@pytest.mark.parametrize(("name", "example"), _named("not_found"))
def test_a_detector_leaves_its_counter_examples_alone(name: str, example: Example) -> None:
    assert name not in _found(example)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
def test_every_detector_has_examples_of_both_kinds(detector: Detector) -> None:
    assert detector.examples.found or detector.name in SEEN_ELSEWHERE
    assert detector.examples.not_found
