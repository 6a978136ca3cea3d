"""The nine tops stand; what is below them belongs to the staff."""

from typing import Any

import pytest
from django.core.management import call_command

from prongsai.disclosures import actions
from prongsai.disclosures.models import Section
from prongsai.disclosures.refusals import CannotShelve
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome
from prongsai.record.sections import sections
from tests.factories import NOW, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded() -> None:
    actions.load_sections(by=Actor.system("test"), at=NOW)


def get(slug: str) -> Section:
    return Section.objects.get(slug=slug)


def by() -> dict[str, Any]:
    return {"by": actor(), "at": NOW}


def test_loading_gives_the_nine_tops_in_order_each_with_children(loaded: None) -> None:
    tops = Section.objects.tops()
    assert [top.slug for top in tops] == [section.slug for section in sections()]
    assert all(top.children.exists() for top in tops)


def test_loading_again_changes_nothing_that_staff_changed(loaded: None) -> None:
    actions.rename_section(section=get("history"), title_th="ความเป็นมา", **by())
    actions.retire_section(section=get("jobs"), **by())
    acts = Act.objects.count()
    assert actions.load_sections(by=Actor.system("test"), at=NOW) == 0
    assert get("history").title_th == "ความเป็นมา"
    assert get("jobs").retired_at == NOW
    assert Act.objects.count() == acts


def test_the_command_loads_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_sections")
    call_command("load_sections")
    assert capsys.readouterr().out.split()[-3:] == ["0", "sections", "added"]


def test_a_new_section_comes_last(loaded: None) -> None:
    made = actions.add_section(
        parent=get("news"), slug="floods", title_th=" น้ำท่วม ", title_en="Floods", **by()
    )
    assert (made.title_th, made.top.slug) == ("น้ำท่วม", "news")
    assert get("news").children.last() == made


@pytest.mark.parametrize(
    ("slug", "title"),
    [("jobs", "ซ้ำ"), ("Big Letters", "ผิดรูป"), ("-x", "ผิดรูป"), ("ok", " "), ("ok", "ก" * 201)],
)
def test_a_section_with_a_bad_name_is_refused_and_remembered(
    loaded: None, slug: str, title: str
) -> None:
    before = Section.objects.count()
    with pytest.raises(CannotShelve):
        actions.add_section(parent=get("news"), slug=slug, title_th=title, **by())
    assert Section.objects.count() == before
    assert Act.objects.filter(outcome=Outcome.REFUSED, verb="add_section").count() == 1


def test_moving_closes_the_gap_and_opens_a_place(loaded: None) -> None:
    actions.move_section(section=get("jobs"), parent=get("news"), position=0, **by())
    slugs = [child.slug for child in get("news").children.all()]
    assert slugs == ["jobs", "activities", "executives", "public-notices"]


def test_moving_under_another_top_takes_the_branch_along(loaded: None) -> None:
    child = actions.add_section(parent=get("jobs"), slug="exams", title_th="ผลสอบ", **by())
    actions.move_section(section=get("jobs"), parent=get("other"), position=0, **by())
    child.refresh_from_db()
    assert child.top == get("other")


def test_a_section_cannot_go_under_itself(loaded: None) -> None:
    child = actions.add_section(parent=get("jobs"), slug="exams", title_th="ผลสอบ", **by())
    for target in (child, get("jobs")):
        with pytest.raises(CannotShelve, match="ใต้ตัวเอง"):
            actions.move_section(section=get("jobs"), parent=target, position=0, **by())


@pytest.mark.parametrize("verb", ["rename_section", "move_section", "retire_section"])
def test_the_tops_cannot_be_changed(loaded: None, verb: str) -> None:
    given = {
        "rename_section": {"title_th": "อื่น"},
        "move_section": {"parent": get("news"), "position": 0},
        "retire_section": {},
    }
    with pytest.raises(CannotShelve, match="หมวดหลัก"):
        getattr(actions, verb)(section=get("laws"), **given[verb], **by())


def test_a_section_with_children_is_retired_after_them(loaded: None) -> None:
    child = actions.add_section(parent=get("jobs"), slug="exams", title_th="ผลสอบ", **by())
    with pytest.raises(CannotShelve, match="หมวดย่อย"):
        actions.retire_section(section=get("jobs"), **by())
    for section in (child, get("jobs"), get("jobs")):
        actions.retire_section(section=section, **by())
    assert not Section.objects.in_use().filter(slug__in=["jobs", "exams"]).exists()
    assert Act.objects.filter(verb="retire_section", outcome=Outcome.DONE).count() == 2


def test_nothing_goes_under_a_retired_section(loaded: None) -> None:
    actions.retire_section(section=get("jobs"), **by())
    with pytest.raises(CannotShelve, match="เลิกใช้แล้ว"):
        actions.add_section(parent=get("jobs"), slug="exams", title_th="ผลสอบ", **by())
    with pytest.raises(CannotShelve, match="เลิกใช้แล้ว"):
        actions.move_section(section=get("history"), parent=get("jobs"), position=0, **by())


def test_renaming_to_the_same_name_is_no_act(loaded: None) -> None:
    section = get("jobs")
    actions.rename_section(
        section=section, title_th=section.title_th, title_en=section.title_en, **by()
    )
    assert not Act.objects.filter(verb="rename_section").exists()
