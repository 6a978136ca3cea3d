"""The demonstration's data fit the product's own tables, and its events come in order of time."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from prongsai.config.demonstration.plan import DATA, Event, events, html
from prongsai.disclosures.body import clean_body
from prongsai.disclosures.kinds import kind_of
from prongsai.obligations.queries import obligation
from prongsai.record.sections import section_slugs
from prongsai.record.states import Action

ALL = events()
FIRST = [event for event in ALL if event.action == Action.PUBLISHED]
SECTIONS = Path(DATA).parents[2] / "disclosures/data/sections.toml"


def tops() -> dict[str, str]:
    """Section slug -> the top section that it stands under."""
    tree = tomllib.loads(SECTIONS.read_text(encoding="utf-8"))
    below = {child["slug"]: top for top, row in tree.items() for child in row["children"]}
    return below | {slug: slug for slug in section_slugs()}


def test_at_least_sixty_disclosures_over_all_nine_sections() -> None:
    assert len(FIRST) >= 60
    assert {tops()[event.row["section"]] for event in FIRST} == set(section_slugs())


def test_the_founding_announcement_is_the_first() -> None:
    assert ALL[0].key == "measure-2569"


def test_there_are_versions_a_withdrawal_a_recall_and_an_ended_notice() -> None:
    found = [event.action for event in ALL]

    assert found.count(Action.CORRECTED) >= 3
    assert {Action.WITHDRAWN, Action.RECALLED, Action.EXPIRED} <= set(found)
    assert any(event.row.get("urgent") and event.row.get("expires") for event in FIRST)


def test_events_come_in_order_and_each_is_published_after_it_was_submitted() -> None:
    assert all(before.published <= after.published for before, after in pairwise(ALL))
    assert all(event.submitted <= event.published for event in ALL)


@pytest.mark.parametrize("event", FIRST, ids=lambda event: event.key)
def test_a_row_speaks_of_what_exists(event: Event) -> None:
    row, kind = event.row, kind_of(event.row["kind"])

    assert [key for key in row.get("obligations", ()) if obligation(key) is None] == []
    assert [key for key in row.get("details", {}) if kind.detail(key) is None] == []
    assert [
        file["slot"] for file in row.get("files", ()) if not kind.allows_slot(file["slot"])
    ] == []
    assert row["section"] in tops()


@pytest.mark.parametrize("event", FIRST, ids=lambda event: event.key)
def test_a_body_is_kept_as_it_is_written(event: Event) -> None:
    body = html(event.row.get("body", []))

    assert clean_body(body) == body


def test_lines_become_headings_lists_and_tables() -> None:
    made = html(["เปิด", "## หัวข้อ", "- หนึ่ง", "- สอง", "| ก | ข", "| 1 | <2>"])

    assert made == (
        "<p>เปิด</p><h2>หัวข้อ</h2><ul><li><p>หนึ่ง</p></li><li><p>สอง</p></li></ul>"
        '<table><thead><tr><th scope="col"><p>ก</p></th><th scope="col"><p>ข</p></th></tr></thead>'
        "<tbody><tr><td><p>1</p></td><td><p>&lt;2&gt;</p></td></tr></tbody></table>"
    )
