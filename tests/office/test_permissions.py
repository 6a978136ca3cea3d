"""Who may do what with a piece of work, case by case; no database."""

import pytest
from django.utils import translation

from prongsai.disclosures.states import Stage
from prongsai.office.permissions import ROLE_RULES, RULES, Visitor, Work, refusal, role_refusal
from prongsai.organisation.states import RoleCode

ACADEMIC, TREASURY = frozenset({"academic"}), frozenset({"treasury"})
OFFICER = Visitor(frozenset({"officer"}), ACADEMIC, frozenset({"officer-1"}), ACADEMIC)
NEIGHBOUR = Visitor(frozenset({"officer"}), TREASURY, frozenset({"officer-2"}), TREASURY)
# Writes for the treasury, and decides in the academic division.
BOTH = Visitor(
    frozenset({"officer", "approver"}),
    ACADEMIC | TREASURY,
    frozenset({"officer-2", "deputy-head"}),
    TREASURY,
)
SCREENER = Visitor(frozenset({"screener"}), frozenset({"legal"}), frozenset({"lawyer"}))
HEAD = Visitor(frozenset({"approver"}), frozenset({"academic"}), frozenset({"head"}))
MAYOR = Visitor(frozenset({"approver"}), frozenset({"city"}), frozenset({"mayor"}))
WEBMASTER = Visitor(frozenset({"webmaster"}), frozenset({"it"}), frozenset({"web"}))
AUDITOR = Visitor(frozenset({"auditor"}), frozenset({"audit"}), frozenset({"auditor"}))
ADMINISTRATOR = Visitor(frozenset({"administrator"}), frozenset({"it"}), frozenset({"admin"}))
EVERYBODY = {
    "officer": OFFICER,
    "neighbour": NEIGHBOUR,
    "screener": SCREENER,
    "head": HEAD,
    "both": BOTH,
    "mayor": MAYOR,
    "webmaster": WEBMASTER,
    "auditor": AUDITOR,
    "administrator": ADMINISTRATOR,
    "nobody": Visitor(),
}
WRITING = Work(unit_code="academic", stage=Stage.WRITING)
SCREENING = Work(unit_code="academic", stage=Stage.SCREENING)
WITH_HEAD = Work(
    unit_code="academic",
    stage=Stage.DECIDING,
    chain_posts=frozenset({"head", "mayor"}),
    step_posts=frozenset({"head"}),
)
PUBLISHED = Work(unit_code="academic", stage=Stage.RESTING, is_published=True)
DISCARDED = Work(unit_code="academic", stage=Stage.DISCARDED)


def allowed(verb: str, work: Work) -> set[str]:
    return {name for name, visitor in EVERYBODY.items() if not refusal(verb, visitor, work)}


@pytest.mark.parametrize(
    ("verb", "work", "who"),
    [
        ("see", WRITING, {"officer", "head", "both", "webmaster", "auditor"}),
        ("see", SCREENING, {"officer", "head", "both", "screener", "webmaster", "auditor"}),
        (
            "see",
            WITH_HEAD,
            {"officer", "head", "both", "mayor", "screener", "webmaster", "auditor"},
        ),
        ("edit", WRITING, {"officer", "webmaster"}),
        ("edit", SCREENING, set()),
        ("edit", WITH_HEAD, set()),
        ("edit", PUBLISHED, set()),
        ("attach", WRITING, {"officer", "webmaster"}),
        ("attach", WITH_HEAD, set()),
        ("submit", WRITING, {"officer", "webmaster"}),
        ("discard", WRITING, {"officer", "webmaster"}),
        ("discard", WITH_HEAD, set()),
        ("bring_back", DISCARDED, {"officer", "webmaster"}),
        ("bring_back", WRITING, set()),
        ("take_back", WITH_HEAD, {"officer", "webmaster"}),
        ("take_back", WRITING, set()),
        ("screen", SCREENING, {"screener"}),
        ("screen", WRITING, set()),
        ("decide", WITH_HEAD, {"head"}),
        ("decide", SCREENING, set()),
        ("change_published", PUBLISHED, {"officer", "webmaster"}),
        ("change_published", WRITING, set()),
    ],
)
def test_only_these_people_may_do_it(verb: str, work: Work, who: set[str]) -> None:
    assert allowed(verb, work) == who


@pytest.mark.parametrize(
    ("room", "who"),
    [
        ("write", {"officer", "neighbour", "both", "webmaster"}),
        ("see_acts", {"auditor", "administrator"}),
        ("edit_sections", {"webmaster"}),
    ],
)
def test_only_these_roles_open_a_room(room: str, who: set[str]) -> None:
    assert {name for name, one in EVERYBODY.items() if not role_refusal(room, one)} == who


def test_the_holder_of_a_step_without_the_approver_role_decides_nothing() -> None:
    demoted = Visitor(frozenset({"officer"}), frozenset({"academic"}), frozenset({"head"}))
    assert refusal("decide", demoted, WITH_HEAD)


def test_the_post_of_a_later_step_waits_for_its_turn() -> None:
    assert refusal("decide", MAYOR, WITH_HEAD)
    assert not refusal("see", MAYOR, WITH_HEAD)


def test_a_role_of_an_administrator_opens_no_content() -> None:
    assert [verb for verb in RULES if not refusal(verb, ADMINISTRATOR, WRITING)] == []


@pytest.mark.parametrize("verb", sorted(RULES))
def test_every_refusal_is_a_thai_sentence(verb: str) -> None:
    with translation.override("th"):
        why = refusal(verb, NEIGHBOUR, DISCARDED) or refusal(verb, Visitor(), DISCARDED)
    assert len(why) > 40
    assert "ก" <= why[0] <= "๛"


def test_every_room_names_roles_that_exist() -> None:
    assert set().union(*(roles for roles, _why in ROLE_RULES.values())) <= set(RoleCode.values)
