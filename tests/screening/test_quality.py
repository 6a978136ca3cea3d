"""What screening promises, on snippets that were made and not chosen."""

from collections.abc import Iterable

from prongsai.screening.rules import findings_in
from tests.screening.generated import clean_ids, look_alikes, scanned_ids

MANY = 600


def share_found(snippets: Iterable[str]) -> float:
    every = list(snippets)
    return sum(
        any(found.label == "THAI_ID" for found in findings_in(text)) for text in every
    ) / len(every)


def test_national_ids_in_clean_text_are_found() -> None:
    assert share_found(clean_ids(MANY)) >= 0.995


def test_national_ids_in_scanned_text_are_found_although_digits_are_wrong() -> None:
    assert share_found(scanned_ids(MANY)) >= 0.97


def test_almost_no_look_alike_blocks() -> None:
    blocked = [
        text for text in look_alikes(MANY) if any(f.severity == "block" for f in findings_in(text))
    ]
    assert len(blocked) <= MANY / 100, blocked


def test_hardly_any_look_alike_asks_for_a_decision() -> None:
    asked = [
        text for text in look_alikes(MANY) if any(f.severity != "advise" for f in findings_in(text))
    ]
    assert len(asked) <= MANY / 50, asked
