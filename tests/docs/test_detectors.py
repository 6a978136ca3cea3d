from pathlib import Path

import pytest

from prongsai.screening.detectors import DETECTORS, Detector
from prongsai.screening.reference import page
from prongsai.screening.states import Severity

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "detectors.md"


def test_the_reference_page_matches_the_table() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == page()


def test_no_two_detectors_share_a_name() -> None:
    names = [detector.name for detector in DETECTORS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
def test_a_detector_says_what_and_on_what_law(detector: Detector) -> None:
    assert detector.severity in Severity.values
    assert detector.explanation_th
    assert detector.legal_basis
    assert f"`{detector.name}`" in REFERENCE.read_text(encoding="utf-8")
