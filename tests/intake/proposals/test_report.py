"""The rows of the table in which an officer confirms."""

import tomllib
from pathlib import Path

from django.utils import translation

import prongsai
from prongsai.disclosures.kinds import kinds
from prongsai.intake.proposals.papers import paper_types
from prongsai.intake.proposals.propose import propose
from prongsai.intake.proposals.report import rows
from prongsai.intake.proposals.values import DATE_ROLES
from prongsai.intake.proposals.words import table
from tests.intake.proposals import samples
from tests.intake.proposals.samples import page

SECTIONS = Path(prongsai.__file__).parent / "disclosures/data/sections.toml"


def test_a_row_shows_value_confidence_place_and_doubt() -> None:
    pages = [page(samples.MISREAD)]

    found = {row.field: row for row in rows(propose(pages), pages)}

    row = found["number"]
    assert (row.label, row.value, row.level, row.level_label) == (
        "เลขที่",
        "๑๙๐๑๗/๔๑๒",
        "low",
        "ไม่แน่ใจ",
    )
    assert (row.page, row.excerpt) == (1, "ที่ ๑๙๐๑๗/๔๑๒")
    assert len(row.doubts) == 1
    assert found["typed"].value == "21 พฤษภาคม 2565"
    assert found["document_type"].value == "บันทึกข้อความ"


def test_a_row_without_value_stands_only_where_something_is_doubted() -> None:
    text = samples.ORDER.replace("ที่ ๗๔๕/๒๕๖๙\n", "")
    pages = [page(text)]

    found = {row.field: row for row in rows(propose(pages), pages)}

    assert (found["number"].value, found["number"].page) == ("", None)
    assert "urgency" not in found


def test_names_say_keys_in_words() -> None:
    pages = [page(samples.CONTRACT)]

    found = {row.field: row for row in rows(propose(pages), pages, {"procurement": "จัดซื้อจัดจ้าง"})}

    assert found["kind"].value == "จัดซื้อจัดจ้าง"


def test_doubts_are_said_in_the_readers_language() -> None:
    [doubt] = propose([page(samples.MISREAD)]).number.doubts

    assert str(doubt).startswith("เลขที่ “๑๙๐๑๗/๔๑๒” ไม่มีอักษรย่อ")
    with translation.override("en"):
        assert str(doubt).startswith("The number “๑๙๐๑๗/๔๑๒” has no letters")


def test_every_shelf_is_one_that_disclosures_has() -> None:
    shelves = table("shelves")["shelves"]
    sections = _sections()

    assert {row["kind"] for row in shelves} <= {kind.code for kind in kinds()}
    assert {row["section"] for row in shelves} <= sections
    types = {code for row in shelves for code in row.get("types", ())}
    assert types <= {each.code for each in paper_types()}
    # Whatever a paper is, some shelf takes it.
    bare = {code for row in shelves if not row.get("words") for code in row["types"]}
    assert bare == {each.code for each in paper_types()}


def _sections() -> set[str]:
    from_disclosures = tomllib.loads(SECTIONS.read_text(encoding="utf-8"))
    children = {child["slug"] for top in from_disclosures.values() for child in top["children"]}
    return set(from_disclosures) | children


def test_dates_have_four_roles_always() -> None:
    assert tuple(propose([page("ก")]).dates) == DATE_ROLES
