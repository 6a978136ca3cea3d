"""Chains as data: which posts must agree for one disclosure."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from prongsai.approval.chains import Head, Plan, Step, read_chains, resolve
from prongsai.approval.models import Chain
from prongsai.approval.queries import route
from prongsai.approval.states import SubmissionBlocker as NotYet
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.models import Act, Post
from prongsai.organisation.rows import BadFile
from prongsai.organisation.states import RoleCode, UnitLevel
from tests.approval import factories
from tests.factories import TODAY, actor, post, unit

FULL = ["head", "director", "deputy-clerk", "clerk", "mayor"]
SECTION, DIVISION = Head("ฝ่าย", "head"), Head("กอง", "director")


@pytest.mark.parametrize(
    ("plans", "heads", "steps", "reasons"),
    [
        (
            [Plan(("section-head",)), Plan(("division-head",))],
            {"section-head": SECTION, "division-head": DIVISION},
            [Step(("head",)), Step(("director",))],
            [],
        ),
        (
            [Plan(("section-head",)), Plan(("division-head",))],
            {"section-head": None, "division-head": DIVISION},
            [Step(("director",))],
            [],
        ),
        (
            [Plan(("division-head",), ("clerk",))],
            {"section-head": SECTION, "division-head": None},
            [Step(("clerk",))],
            [],
        ),
        ([Plan(("section-head",))], {"section-head": None}, [], [NotYet.NO_CHAIN]),
        (
            [Plan(("section-head",))],
            {"section-head": Head("ฝ่าย", "")},
            [Step(("",))],
            [NotYet.NO_HEAD],
        ),
        ([Plan(("a", "b"), quorum=2)], {}, [Step(("a", "b"), 2)], []),
        (
            [Plan(("section-head", "head"), quorum=2)],
            {"section-head": SECTION},
            [Step(("head",), 2)],
            [NotYet.NO_QUORUM],
        ),
    ],
)
def test_seats_become_posts(
    plans: list[Plan],
    heads: dict[str, Head | None],
    steps: list[Step],
    reasons: list[NotYet],
) -> None:
    found, blockers = resolve(plans, heads)
    assert (found, [blocker.code for blocker in blockers]) == (steps, reasons)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "action", "urgency", "code", "posts"),
    [
        ("information", "published", "normal", "information", FULL),
        ("law", "corrected", "normal", "law", FULL),
        ("news", "published", "normal", "ordinary", FULL[:2]),
        ("procurement", "corrected", "normal", "ordinary", FULL[:2]),
        ("law", "published", "urgent", "urgent", ["director"]),
        ("news", "withdrawn", "normal", "withdrawal", ["head", "director", "clerk"]),
        ("law", "withdrawn", "normal", "withdrawal", ["head", "director", "clerk"]),
        ("law", "consolidated", "normal", "consolidation", ["head", "director", "clerk"]),
        ("form", "restored", "normal", "restoration", ["head", "director", "clerk"]),
        ("news", "recalled", "normal", "recall", ["director", "clerk"]),
        ("news", "recalled", "urgent", "urgent-recall", ["director"]),
    ],
)
def test_the_chain_of_each_kind_act_and_urgency(
    kind: str, action: str, urgency: str, code: str, posts: list[str]
) -> None:
    factories.line()
    disclosure = Disclosure(kind=kind, unit=unit("plan"))
    way = route(disclosure, action=action, urgency=urgency, excluded=set(), on=TODAY)
    assert (way.chain_code, way.blockers) == (code, ())
    assert [step.posts for step in way.steps] == [(post_code,) for post_code in posts]


@pytest.mark.django_db
def test_a_disclosure_of_a_division_skips_the_section() -> None:
    factories.line()
    disclosure = Disclosure(kind="news", unit=unit("academic"))
    way = route(disclosure, action="published", urgency="normal", excluded=set(), on=TODAY)
    assert [step.posts for step in way.steps] == [("director",)]


@pytest.mark.django_db
def test_a_section_without_division_goes_to_the_clerk() -> None:
    factories.line()
    audit = unit("audit", level=UnitLevel.SECTION, parent=unit("city"))
    actor("audit-head")
    post("audit-head").roles.set(post("head").roles.all())
    Post.objects.filter(code="audit-head").update(unit=audit)
    disclosure = Disclosure(kind="news", unit=audit)
    way = route(disclosure, action="published", urgency="normal", excluded=set(), on=TODAY)
    assert [step.posts for step in way.steps] == [("audit-head",), ("clerk",)]


@pytest.mark.django_db
def test_a_vacant_post_is_named_by_its_title() -> None:
    factories.chart()
    actor("head")
    disclosure = Disclosure(kind="news", unit=unit("plan"))
    way = route(disclosure, action="published", urgency="normal", excluded=set(), on=TODAY)
    assert [(blocker.code, blocker.detail) for blocker in way.blockers] == [
        (NotYet.VACANT, "ผู้อำนวยการกอง")
    ]


@pytest.mark.django_db
def test_a_unit_whose_head_approves_nothing_is_named() -> None:
    factories.line()
    Post.objects.get(code="head").roles.clear()
    disclosure = Disclosure(kind="news", unit=unit("plan"))
    way = route(disclosure, action="published", urgency="normal", excluded=set(), on=TODAY)
    assert [(blocker.code, blocker.detail) for blocker in way.blockers] == [
        (NotYet.NO_HEAD, "ฝ่ายแผน")
    ]


@pytest.mark.django_db
def test_without_chains_nothing_can_be_sent() -> None:
    disclosure = Disclosure(kind="news", unit=unit("plan"))
    way = route(disclosure, action="published", urgency="normal", excluded=set(), on=TODAY)
    assert [blocker.code for blocker in way.blockers] == [NotYet.NO_CHAIN]


@pytest.mark.django_db
def test_the_highest_approving_post_of_a_unit_is_its_head() -> None:
    factories.line()
    post("deputy-head", unit=unit("plan"), rank=6, roles=[RoleCode.APPROVER])
    post("adviser", unit=unit("plan"), rank=1)
    disclosure = Disclosure(kind="news", unit=unit("plan"))
    way = route(disclosure, action="published", urgency="normal", excluded=set(), on=TODAY)
    assert way.steps[0].posts == ("head",)


FILE = """
[[steps]]
line = "short"
seats = ["section-head", "clerk"]
quorum = 2

[[chains]]
code = "ordinary"
name_th = "ทั่วไป"
urgency = "normal"
line = "short"
"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"clerk"]', '"king"]', "chains.toml:2: steps .*ไม่มีตำแหน่ง “king”"),
        ("quorum = 2", "quorum = 3", "“quorum” ต้องอยู่ระหว่าง"),
        ("quorum = 2", "quorum = 0", "“quorum” ต้องอยู่ระหว่าง"),
        ("quorum = 2", 'otherwise = ["section-head"]', "ไม่มีตำแหน่ง “section-head”"),
        ('urgency = "normal"', 'urgency = "fast"', "chains.toml:7: .*“fast” ไม่ได้"),
        ('line = "short"\n', "", "ไม่มี “line”"),
        ('line = "short"\nseats', 'line = "long"\nseats', "“line” อ้างถึง “short”"),
        (FILE, FILE + FILE[FILE.index("[[chains]]") :], "“code” ซ้ำ: ordinary"),
        (
            FILE,
            FILE + FILE[FILE.index("[[chains]]") :].replace("ordinary", "other"),
            "มีสายอื่นสำหรับ",
        ),
    ],
)
def test_a_mistake_in_the_file_is_named(old: str, new: str, sentence: str) -> None:
    assert old in FILE
    with pytest.raises(BadFile, match=sentence):
        read_chains(FILE.replace(old, new, 1), name="chains.toml", post_codes={"clerk"})


def load(*arguments: str) -> str:
    out = StringIO()
    call_command("load_chains", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_loading_the_packaged_chains_again_changes_nothing() -> None:
    factories.chart()
    acts = Act.objects.count()
    assert load() == "chains.toml: 0 สายการอนุมัติที่เพิ่มหรือเปลี่ยน\n"
    assert (Chain.objects.count(), Act.objects.count()) == (9, acts)


@pytest.mark.django_db
def test_another_file_replaces_the_chains(tmp_path: Path) -> None:
    factories.chart()
    path = tmp_path / "chains.toml"
    path.write_text(FILE, "utf-8")
    load(str(path))
    (chain,) = Chain.objects.all()
    assert [(step.seats, step.quorum) for step in chain.steps.all()] == [
        (["section-head", "clerk"], 2)
    ]


@pytest.mark.django_db
def test_a_bad_file_or_a_missing_post_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ไม่มีตำแหน่ง “deputy-clerk”"):
        load()
    with pytest.raises(CommandError, match="อ่านไฟล์ไม่ได้"):
        load(str(tmp_path / "none.toml"))
