"""Every data file of duties, read as it lies there: whole, without repeats, on known ground."""

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from prongsai.obligations.catalogue import INSTRUMENT, OBLIGATION, SECTIONS, read_sheet
from prongsai.obligations.queries import obligations
from prongsai.obligations.states import Confidence, Period
from prongsai.record.sections import section_slugs

FILES = {
    path.name: path.read_text("utf-8")
    for path in files("prongsai.obligations").joinpath("data").iterdir()
    if path.name.endswith(".toml")
}
NAMES = sorted(FILES)
# A field that is an empty text would pass the reader and show a hole to whoever reads the board.
MUST_SAY = ("key", "topic", "clause", "label_th", "label_en", "demand_th", "source")


def document(name: str) -> dict[str, Any]:
    return tomllib.loads(FILES[name])


def rows(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = document(name)["obligations"]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_file_stands_alone(name: str) -> None:
    found = read_sheet(name, FILES[name]).obligations
    assert [each.key for each in found] == [row["key"] for row in rows(name)]
    assert found


def test_no_key_stands_in_two_files() -> None:
    """Editions carry these keys for ever, so one key may never mean two duties."""
    keys = [row["key"] for name in NAMES for row in rows(name)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_holds_no_word_that_nobody_reads(name: str) -> None:
    whole = document(name)
    assert set(whole) == {"instrument", "obligations"}
    assert set(whole["instrument"]) <= set(INSTRUMENT)
    assert {key for row in rows(name) for key in row} <= set(OBLIGATION)


@pytest.mark.parametrize("name", NAMES)
def test_an_instrument_is_called_as_its_file(name: str) -> None:
    assert f"{document(name)['instrument']['key']}.toml" == name


@pytest.mark.parametrize("name", NAMES)
def test_a_yearly_list_bears_its_year_in_its_name_and_no_other_file_has_one(name: str) -> None:
    head = document(name)["instrument"]
    year = head.get("assessment_year")
    assert (year is not None) == head["key"].startswith("ita-oit-")
    assert year is None or head["key"] == f"ita-oit-{year}"


@pytest.mark.parametrize("name", NAMES)
def test_every_duty_says_all_that_must_be_said(name: str) -> None:
    silent = [
        (row["key"], word) for row in rows(name) for word in MUST_SAY if not row[word].strip()
    ]
    assert silent == []


@pytest.mark.parametrize("name", NAMES)
def test_every_duty_leads_to_sections_that_the_record_knows_and_each_once(name: str) -> None:
    for row in rows(name):
        assert row["sections"], row["key"]
        assert len(set(row["sections"])) == len(row["sections"]), row["key"]
        assert set(row["sections"]) <= set(section_slugs()), row["key"]


@pytest.mark.parametrize("name", NAMES)
def test_periods_and_confidence_are_of_the_tables(name: str) -> None:
    for row in rows(name):
        assert row["period"] in Period.values, row["key"]
        assert row["confidence"] in Confidence.values, row["key"]
        assert row.get("year_offset", 0) in (-1, 0), row["key"]


@pytest.mark.parametrize("name", NAMES)
def test_no_text_begins_or_ends_with_a_space_or_hides_a_mark(name: str) -> None:
    texts = [value for row in rows(name) for value in row.values() if isinstance(value, str)]
    assert [text for text in texts if text != text.strip()] == []
    assert [
        text for text in texts if set(text) & set("\u200b\u200c\u200d\u2060\ufeff\u00a0\t\n")
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_thai_stands_in_the_thai_fields_and_none_in_the_english_ones(name: str) -> None:
    for row in rows(name):
        assert any("\u0e00" <= letter <= "\u0e7f" for letter in row["label_th"]), row["key"]
        assert any("\u0e00" <= letter <= "\u0e7f" for letter in row["demand_th"]), row["key"]
        assert not any("\u0e00" <= letter <= "\u0e7f" for letter in row["label_en"]), row["key"]


def test_all_files_together_are_the_catalogue() -> None:
    listed = [row["key"] for name in NAMES for row in rows(name)]
    assert sorted(each.key for each in obligations()) == sorted(listed)
    assert len(set(listed)) == len(listed)


def test_a_key_fits_into_an_edition() -> None:
    """The record refuses longer ones, and then nothing bound to the duty could be published."""
    assert [each.key for each in obligations() if len(each.key) > 80] == []


def test_sections_are_the_same_in_the_catalogue_and_in_the_record() -> None:
    assert frozenset(section_slugs()) == SECTIONS


def test_a_label_names_one_duty_within_its_instrument() -> None:
    labels = [(each.instrument.key, each.clause, each.label_th) for each in obligations()]
    assert len(set(labels)) == len(labels)


def test_the_same_topic_never_means_two_kinds_of_period_for_one_instrument() -> None:
    periods: dict[tuple[str, str], set[str]] = {}
    for each in obligations():
        periods.setdefault((each.instrument.key, each.topic), set()).add(each.period)
    assert {place: found for place, found in periods.items() if len(found) > 1} == {}
