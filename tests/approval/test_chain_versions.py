"""Chains are changed by proposing a version, which counts once a second person has confirmed it."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from prongsai.approval import actions
from prongsai.approval.chains import Plan
from prongsai.approval.models import ChainVersion
from prongsai.approval.queries.chains import in_force, waiting
from prongsai.approval.refusals import CannotChangeChain
from prongsai.approval.states import ChainBlocker as Not
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.states import RoleCode
from tests import factories as base
from tests.approval import chains, factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "record"])
TOMORROW = TODAY + timedelta(days=1)
CLERK = Plan(("clerk",))


@pytest.fixture
def keepers(people: dict[str, Actor]) -> tuple[Actor, Actor]:
    return chains.keepers()


def codes(refused: pytest.ExceptionInfo[CannotChangeChain]) -> set[Any]:
    return {each.code for each in refused.value.blockers if isinstance(each, Blocker)}


def test_a_proposal_counts_only_from_its_confirmation_and_its_day(
    keepers: tuple[Actor, Actor],
) -> None:
    made = chains.proposed(keepers[0], CLERK, from_date=TOMORROW)
    assert (list(waiting()), "news" in in_force(TOMORROW)) == ([made], False)
    actions.confirm_chain(version=made, by=keepers[1], at=NOW)
    assert ("news" in in_force(TODAY), in_force(TOMORROW)["news"]) == (False, made)
    assert [act.verb for act in Act.objects.filter(subject="chain:news/1").order_by("id")] == [
        "propose_chain",
        "confirm_chain",
    ]


def test_the_newest_version_that_has_begun_counts(keepers: tuple[Actor, Actor]) -> None:
    first = chains.proposed(keepers[0], CLERK)
    actions.confirm_chain(version=first, by=keepers[1], at=NOW)
    second = chains.proposed(keepers[1], Plan(("mayor",)), from_date=TOMORROW)
    actions.confirm_chain(version=second, by=keepers[0], at=NOW)
    assert (in_force(TODAY)["news"], in_force(TOMORROW)["news"]) == (first, second)


def test_whoever_proposed_cannot_confirm(
    keepers: tuple[Actor, Actor], people: dict[str, Actor]
) -> None:
    made = chains.proposed(keepers[0], CLERK)
    with pytest.raises(CannotChangeChain) as refused:
        actions.confirm_chain(version=made, by=keepers[0], at=NOW)
    assert codes(refused) == {Not.OWN_PROPOSAL}
    assert Act.objects.filter(verb="confirm_chain", outcome="refused").exists()


@pytest.mark.parametrize("code", ["officer", "head", "director", "clerk", "mayor"])
def test_only_those_who_approve_for_the_whole_municipality_confirm(
    keepers: tuple[Actor, Actor], people: dict[str, Actor], code: str
) -> None:
    made = chains.proposed(keepers[0], CLERK)
    if code in ("clerk", "mayor"):
        actions.confirm_chain(version=made, by=people[code], at=NOW)
        assert made.confirmation.post == people[code].signature
        return
    with pytest.raises(CannotChangeChain) as refused:
        actions.confirm_chain(version=made, by=people[code], at=NOW)
    assert codes(refused) == {Not.NOT_CONFIRMER}


def test_a_refused_version_never_counts_and_needs_a_reason(keepers: tuple[Actor, Actor]) -> None:
    made = chains.proposed(keepers[0], CLERK)
    with pytest.raises(CannotChangeChain) as refused:
        actions.refuse_chain(version=made, reason=" ", by=keepers[1], at=NOW)
    assert codes(refused) == {Not.NO_REASON}
    actions.refuse_chain(version=made, reason="ยังไม่มีคำสั่ง", by=keepers[1], at=NOW)
    assert "news" not in in_force(TODAY)
    with pytest.raises(CannotChangeChain) as refused:
        actions.confirm_chain(version=made, by=keepers[1], at=NOW)
    assert codes(refused) == {Not.SETTLED_ALREADY}


@pytest.mark.parametrize(
    ("plans", "columns", "found"),
    [
        ((), {}, {Not.NO_STEPS}),
        ((Plan(()),), {}, {Not.STEP_WITHOUT_SEATS}),
        ((Plan(("clerk",), quorum=2),), {}, {Not.QUORUM}),
        ((Plan(("clerk",), days=61),), {}, {Not.DAYS}),
        ((Plan(("officer",)),), {}, {Not.NOT_APPROVING_POST}),
        ((Plan(("clerk",), stand_in="nobody"),), {}, {Not.NOT_APPROVING_POST}),
        ((Plan(("clerk",), alternates=(("clerk", "x"),)),), {}, {Not.NOT_APPROVING_POST}),
        ((CLERK,), {"informed": ["nobody"]}, {Not.NOT_APPROVING_POST}),
        ((CLERK,), {"from_date": TODAY - timedelta(days=1)}, {Not.DAY_IS_PAST}),
        ((CLERK,), {"reason": "\u200b"}, {Not.NO_REASON}),
        ((CLERK,), {"kind": "law"}, {Not.IN_DOUBT}),
        # Law of every unit has a chain, and so would this unit for every kind: which for its law?
        ((CLERK,), {"kind": "", "unit_code": "plan"}, {Not.IN_DOUBT}),
        ((CLERK,), {"kind": "law", "unit_code": "plan"}, set()),
    ],
)
def test_a_version_that_could_not_be_walked_or_leaves_a_doubt_is_refused(
    keepers: tuple[Actor, Actor], plans: tuple[Plan, ...], columns: dict[str, Any], found: set[Not]
) -> None:
    if not found:
        assert chains.proposed(keepers[0], *plans, **columns).number == 1
        return
    with pytest.raises(CannotChangeChain) as refused:
        chains.proposed(keepers[0], *plans, **columns)
    assert codes(refused) == found
    assert not ChainVersion.objects.filter(code="news").exists()


def test_only_administrators_propose(people: dict[str, Actor]) -> None:
    with pytest.raises(CannotChangeChain) as refused:
        chains.proposed(people["mayor"], CLERK)
    assert codes(refused) == {Not.NOT_ADMINISTRATOR}


def test_two_people_do_not_change_one_chain_at_once(keepers: tuple[Actor, Actor]) -> None:
    chains.proposed(keepers[0], CLERK)
    with pytest.raises(CannotChangeChain) as refused:
        actions.propose_chain(version=chains.version(CLERK), base_number=0, by=keepers[1], at=NOW)
    assert codes(refused) == {Not.WAITING_ALREADY, Not.CHANGED_MEANWHILE}


def test_a_chain_without_which_something_has_no_way_is_not_retired(
    keepers: tuple[Actor, Actor],
) -> None:
    ordinary = in_force(TODAY)["ordinary"]
    wish = {"code": "ordinary", "name_th": ordinary.name_th, "kind": "", "is_retired": True}
    with pytest.raises(CannotChangeChain) as refused:
        chains.proposed(keepers[0], **wish)
    assert codes(refused) == {Not.LEAVES_GAP}


def test_a_retired_chain_leaves_its_work_to_the_general_one(
    keepers: tuple[Actor, Actor], people: dict[str, Actor]
) -> None:
    wish = {"code": "law", "name_th": "กฎหมาย", "kind": "law", "is_retired": True}
    made = chains.proposed(keepers[0], **wish)
    assert factories.submitted(people, kind="law").chain_code == "law"
    actions.confirm_chain(version=made, by=keepers[1], at=NOW)
    assert factories.submitted(people, kind="law").chain_code == "ordinary"


def test_a_submission_names_its_version_and_keeps_its_steps(people: dict[str, Actor]) -> None:
    before = factories.submitted(people)
    chains.counting(CLERK)
    after = factories.submitted(people)
    assert (before.chain_code, before.chain_version) == ("ordinary", 1)
    assert (after.chain_code, after.chain_version) == ("news", 1)
    factories.endorse(before, people["head"])
    factories.endorse(after, people["clerk"])
    assert (before.step, after.state) == (1, "approved")


def test_a_file_leaves_alone_what_the_office_has_changed(
    keepers: tuple[Actor, Actor], tmp_path: Path
) -> None:
    named = {"code": "law", "kind": "law", "name_th": "กฎหมายของเรา"}
    made = chains.proposed(keepers[0], CLERK, **named)
    actions.confirm_chain(version=made, by=keepers[1], at=NOW)
    out = StringIO()
    call_command("load_chains", stdout=out)
    assert "0 สายการอนุมัติ" in out.getvalue()
    assert "ไม่แตะสายที่แก้ในระบบงานแล้ว: law" in out.getvalue()
    assert in_force(TODAY)["law"] == made


def test_a_file_that_leaves_a_doubt_is_not_loaded(people: object, tmp_path: Path) -> None:
    path = tmp_path / "chains.toml"
    step = '[[steps]]\nline = "a"\nseats = ["clerk"]\n'
    row = '[[chains]]\ncode = "{0}"\nname_th = "{0}"\nurgency = "normal"\nline = "a"\n{1}\n'
    path.write_text(step + row.format("x", 'kind = "law"') + row.format("y", 'unit = "plan"'))
    with pytest.raises(CommandError, match="“x, y”"):
        call_command("load_chains", str(path))
    assert in_force(TODAY).keys() >= {"law", "ordinary"}


def test_versions_and_words_about_them_are_never_changed(keepers: tuple[Actor, Actor]) -> None:
    made = chains.proposed(keepers[0], CLERK)
    actions.confirm_chain(version=made, by=keepers[1], at=NOW)
    for rows in (ChainVersion.objects.filter(pk=made.pk), type(made.confirmation).objects.all()):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.update(reason="อื่น")


def test_an_auditor_neither_proposes_nor_confirms(keepers: tuple[Actor, Actor]) -> None:
    auditor = base.actor("auditor", roles=[RoleCode.AUDITOR])
    made = chains.proposed(keepers[0], CLERK)
    with pytest.raises(CannotChangeChain):
        actions.confirm_chain(version=made, by=auditor, at=NOW)
