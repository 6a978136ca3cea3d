"""An item of a unit that has ended says who answers for it now, at once."""

from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from prongsai.organisation.successors import Successor, successors, write_successors
from prongsai.portal.cache import PageCache
from prongsai.portal.head import head_reader
from prongsai.portal.site import CachedSite
from prongsai.portal.units import with_successors
from tests.portal.visitor import Visitor
from tests.record.factories import published

FINANCE = Successor("finance", "กองคลัง", "Finance Division", "0 7500 0009", "")


@pytest.fixture
def visitor(data: Path, portal_settings: Any, tmp_path: Path) -> Visitor:
    portal_settings.SUCCESSORS_FILE = tmp_path / "successors.json"
    standing = with_successors(head_reader(connections["record"]))
    return Visitor(CachedSite(WSGIHandler(), standing, PageCache()))


def test_an_item_names_the_successor_once_there_is_one_and_keeps_the_old_name(
    visitor: Visitor, portal_settings: Any
) -> None:
    unit = {"code": "plan", "name_th": "ฝ่ายแผน", "name_en": "", "phone": "", "email": ""}
    path = f"/p/{published(unit=unit).number}/"
    assert "รับผิดชอบแทน" not in visitor.get(path).text
    assert write_successors(portal_settings.SUCCESSORS_FILE, {"plan": FINANCE})
    text = visitor.get(path).text
    assert "ปัจจุบัน กองคลัง รับผิดชอบแทน" in text
    assert "ฝ่ายแผน" in text


def plan_and_finance() -> tuple[str, str]:
    """Numbers of an item of each unit, with titles of their own."""
    units = {"plan": "ฝ่ายแผน", "finance": "กองคลัง"}
    made = [
        published(
            unit={"code": code, "name_th": name, "name_en": "", "phone": "", "email": ""},
            title=f"แผนของ{name}",
        )
        for code, name in units.items()
    ]
    return made[0].number, made[1].number


@pytest.mark.parametrize("place", ["/sections/news/?", "/api/v1/disclosures?"])
def test_a_filter_by_a_unit_finds_what_those_published_that_went_into_it(
    visitor: Visitor, portal_settings: Any, place: str
) -> None:
    plan, finance = plan_and_finance()

    def found(unit: str) -> set[str]:
        text = visitor.get(f"{place}unit={unit}").text
        return {number for number in (plan, finance) if number in text}

    assert found("finance") == {finance}
    write_successors(portal_settings.SUCCESSORS_FILE, {"plan": FINANCE})
    assert found("finance") == {plan, finance}
    assert found("plan") == {plan}


def test_a_unit_that_ended_is_listed_as_former_under_the_one_that_answers(
    visitor: Visitor, portal_settings: Any
) -> None:
    plan_and_finance()
    write_successors(portal_settings.SUCCESSORS_FILE, {"plan": FINANCE})
    text = visitor.get("/sections/news/").text
    first, second = text.index('<option value="finance"'), text.index('<option value="plan"')
    assert first < second
    assert "– เดิม: ฝ่ายแผน" in text
    assert "– formerly: ฝ่ายแผน" in visitor.get("/en/sections/news/").text


def test_a_successor_that_has_published_nothing_is_offered_for_those_before_it(
    visitor: Visitor, portal_settings: Any
) -> None:
    unit = {"code": "plan", "name_th": "ฝ่ายแผน", "name_en": "", "phone": "", "email": ""}
    number = published(unit=unit).number
    write_successors(portal_settings.SUCCESSORS_FILE, {"plan": FINANCE})
    assert '<option value="finance"' in visitor.get("/sections/news/").text
    assert number in visitor.get("/sections/news/?unit=finance").text


def test_the_file_is_written_only_when_it_says_something_new(tmp_path: Path) -> None:
    path = tmp_path / "successors.json"
    assert not write_successors(path, {})
    assert not path.exists()
    assert [write_successors(path, {"plan": FINANCE}) for _each in "ab"] == [True, False]
    assert successors(path) == {"plan": FINANCE}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"plan": 3}', '{"plan": {"x": 1}}'])
def test_a_file_of_another_shape_names_nobody(tmp_path: Path, text: str) -> None:
    path = tmp_path / "successors.json"
    path.write_text(text, encoding="utf-8")
    assert successors(path) == {}
