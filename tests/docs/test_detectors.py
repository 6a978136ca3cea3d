import re
from pathlib import Path

import pytest
from django.utils import translation

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


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
def test_a_detector_speaks_english_too(detector: Detector) -> None:
    with translation.override("en"):
        said = f"{detector.explanation} {detector.law}"

    assert not re.search("[ก-๛]", said)
    assert len(said) > len("Found it. Some Act, section 1")


def test_a_passage_that_the_law_wants_read_is_not_judged_by_the_system() -> None:
    morals = next(each for each in DETECTORS if each.name == "clause_morals")

    with translation.override("th"):
        assert morals.explanation.endswith("ไม่ได้วินิจฉัยว่าผิด")
    with translation.override("en"):
        assert morals.explanation.endswith("it does not say that it is unlawful.")
        assert morals.law == "Announcement, clause 1.1; Computer Crime Act, section 14"
