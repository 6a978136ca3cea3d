"""The nine tops stand; what is below them belongs to the staff."""

from typing import Any

import pytest
from django.core.management import call_command

from prongsai.disclosures import actions
from prongsai.disclosures.models import Section
from prongsai.disclosures.refusals import CannotSave, CannotShelve
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


@pytest.mark.parametrize(
    ("slug", "may"),
    [
        ("a", True),
        ("9", True),
        ("floods-2569", True),
        ("a" * 60, True),
        ("a" * 61, False),
        ("", False),
        ("a-", False),
        ("-", False),
        ("a_b", False),
        ("น้ำท่วม", False),
        ("๑๒", False),
        ("a/../b", False),
        ("a\n", False),
        ("É", False),
    ],
)
def test_a_slug_is_safe_in_an_address(loaded: None, slug: str, may: bool) -> None:
    given = {"parent": get("news"), "slug": slug, "title_th": "น้ำท่วม"}
    if may:
        assert actions.add_section(**given, **by()).slug == slug
    else:
        with pytest.raises(CannotShelve, match="ชื่อย่อของหมวดใช้ได้เฉพาะ"):
            actions.add_section(**given, **by())


@pytest.mark.parametrize(
    ("title", "kept"),
    [("น้ำ\u200bท่วม", "น้ำท่วม"), ("\u202eกลับ", "กลับ"), ("ก\x00\nข", "ก ข"), ("ก" * 200, "ก" * 200)],
)
def test_a_title_is_one_visible_line(loaded: None, title: str, kept: str) -> None:
    made = actions.add_section(parent=get("news"), slug="x", title_th=title, **by())
    actions.rename_section(section=get("jobs"), title_th=title, **by())
    assert (made.title_th, get("jobs").title_th) == (kept, kept)


@pytest.mark.parametrize("title", ["", "\u200b", "ก" * 201])
def test_a_section_is_not_renamed_to_nothing_or_to_a_novel(loaded: None, title: str) -> None:
    before = get("jobs").title_th
    with pytest.raises(CannotShelve):
        actions.rename_section(section=get("jobs"), title_th=title, **by())
    assert get("jobs").title_th == before


def test_an_english_title_has_its_limit_too(loaded: None) -> None:
    with pytest.raises(CannotShelve, match="ยาวเกิน 200"):
        actions.rename_section(section=get("jobs"), title_th="ก", title_en="x" * 201, **by())


@pytest.mark.parametrize(
    ("position", "order"),
    [
        (0, ["jobs", "activities", "executives", "public-notices"]),
        (1, ["activities", "jobs", "executives", "public-notices"]),
        (3, ["activities", "executives", "public-notices", "jobs"]),
        (999, ["activities", "executives", "public-notices", "jobs"]),
    ],
)
def test_a_section_goes_where_it_is_put(loaded: None, position: int, order: list[str]) -> None:
    actions.move_section(section=get("jobs"), parent=get("news"), position=position, **by())
    assert [child.slug for child in get("news").children.all()] == order
    assert [child.position for child in get("news").children.all()] == [0, 1, 2, 3]


def test_a_move_and_a_new_section_are_recorded_whole(loaded: None) -> None:
    actions.add_section(parent=get("news"), slug="x", title_th="ก", title_en="X", **by())
    actions.move_section(section=get("x"), parent=get("other"), position=1, **by())
    found = {act.verb: (act.subject, act.details) for act in Act.objects.all()[:2]}
    assert found == {
        "add_section": ("section:x", {"parent": "news", "title_th": "ก", "title_en": "X"}),
        "move_section": ("section:x", {"parent": "other", "position": 1}),
    }


def test_the_first_child_of_a_section_stands_at_its_head(loaded: None) -> None:
    made = actions.add_section(parent=get("jobs"), slug="exams", title_th="ผลสอบ", **by())
    assert (made.position, made.top) == (0, get("news"))


def test_a_machine_retires_nothing(loaded: None) -> None:
    with pytest.raises(CannotSave, match="ระบบแก้ไขเนื้อหาเองไม่ได้"):
        actions.retire_section(section=get("jobs"), by=Actor.system("worker"), at=NOW)
    assert get("jobs").retired_at is None


def test_a_section_goes_up_from_under_another(loaded: None) -> None:
    child = actions.add_section(parent=get("jobs"), slug="exams", title_th="ผลสอบ", **by())
    actions.move_section(section=child, parent=get("news"), position=0, **by())
    actions.move_section(section=get("jobs"), parent=child, position=0, **by())
    assert get("jobs").parent == get("exams")


def test_what_a_mended_data_file_says_of_a_top_is_taken_over(loaded: None) -> None:
    Section.objects.filter(slug="news").update(title_th="ข่าวเก่า", position=99)
    assert actions.load_sections(by=Actor.system("test"), at=NOW) == 0
    news = get("news")
    assert (news.title_th, news.position) == ("ข่าวประชาสัมพันธ์", 3)


def test_a_load_is_recorded_with_how_many_it_added(loaded: None) -> None:
    assert Act.objects.get(verb="load_sections").details == {"added": Section.objects.count()}
