"""`docs/reference/permissions.md` says what the tables of the code say."""

from pathlib import Path

from prongsai.office.chart import VISITORS, WORKS, may
from prongsai.office.permissions import ROLE_RULES, RULES
from prongsai.office.reference import page
from prongsai.office.rights import VERBS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "permissions.md"


def test_the_reference_page_matches_the_tables() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == page()


def test_every_verb_and_every_room_has_its_place() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    assert set(VERBS) == set(RULES)
    assert [name for name in (*RULES, *ROLE_RULES) if f"`{name}`" not in text] == []


def test_each_verb_is_allowed_to_somebody_somewhere_and_refused_to_others() -> None:
    for verb in RULES:
        cells = {may(verb, who, where) for who in VISITORS for where in WORKS}
        assert cells == {True, False}, verb
