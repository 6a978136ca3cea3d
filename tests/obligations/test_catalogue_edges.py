"""A bad data file stops the start with one clear sentence; the real files keep their promises to each other."""

import re
from importlib.resources import files
from typing import Any

import pytest
from django.utils import translation

from prongsai.disclosures.kinds import kinds
from prongsai.obligations.catalogue import read_sheet
from prongsai.obligations.queries import instruments, obligation, obligation_at, obligations
from prongsai.obligations.states import Confidence, Period
from prongsai.organisation.rows import BadFile
from prongsai.record.sections import section_slugs
from tests.obligations.test_obligations import FILE

DATA = files("prongsai.obligations").joinpath("data")
NAMES = sorted(each.name for each in DATA.iterdir() if each.name.endswith(".toml"))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('key = "act-1"', 'key = ""', "act.toml:9: obligations รายการที่ 1: ไม่มี “key”"),
        ('key = "act-1"', "key = 1", "“key” ต้องเป็นข้อความ"),
        ('topic = "structure"', "", "ไม่มี “topic”"),
        ('clause = "มาตรา 1"', "", "ไม่มี “clause”"),
        ('demand_th = "แสดงโครงสร้าง"', 'demand_th = ""', "ไม่มี “demand_th”"),
        ('period = "monthly"', "period = 1", "“period” ต้องเป็นข้อความ"),
        ('period = "monthly"', 'period = "Monthly"', "“period” เป็น “Monthly” ไม่ได้"),
        ('sections = ["basic"]', 'sections = "basic"', "“sections” ต้องเป็นรายการ"),
        ('sections = ["basic"]', 'sections = ["basic", "x"]', "“sections” เป็น “x” ไม่ได้"),
        ('confidence = "M"', 'confidence = "M"\nyear_offset = "1"', "“year_offset” ต้องเป็นจำนวนเต็ม"),
        ('confidence = "M"', 'confidence = "M"\nfine = 1', "ไม่รู้จัก “fine”"),
        ('short_en = "Act"', 'short_en = "Act"\nassessment_year = "๒๕๖๙"', "“assessment_year” ต้อง"),
        ("[[obligations]]", "[obligations]", r"ต้องเขียนเป็นตาราง \[\[obligations\]\]"),
        ("[instrument]", "[[instrument]]", r"ไม่มีตาราง \[instrument\]"),
        ('"act-1"', '"act-1', "act.toml: อ่านไม่ได้"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, sentence: str) -> None:
    assert old in FILE
    with pytest.raises(BadFile, match=sentence):
        read_sheet("act.toml", FILE.replace(old, new, 1))


def test_a_file_may_name_an_instrument_and_nothing_else() -> None:
    assert read_sheet("act.toml", FILE[: FILE.index("[[obligations]]")]).obligations == ()


def test_a_duty_cannot_be_changed_once_it_is_read() -> None:
    (found,) = read_sheet("act.toml", FILE).obligations
    with pytest.raises(AttributeError):
        found.key = "other"  # type: ignore[misc]  # what a careless caller would do


def test_files_are_read_in_the_order_of_their_names() -> None:
    keys = [each.key for each in obligations()]
    by_file = [
        each.key
        for name in NAMES
        for each in read_sheet(name, (DATA / name).read_text("utf-8")).obligations
    ]
    assert keys == by_file


def test_an_instrument_stands_once_however_many_duties_it_has() -> None:
    assert len(instruments()) == len(NAMES) == len(set(instruments()))


def test_a_key_is_found_by_itself_and_by_nothing_like_it() -> None:
    first = obligations()[0]
    assert obligation(first.key) is first
    assert [obligation(key) for key in ("", first.key.upper(), f" {first.key}", "๑")] == [None] * 4


@pytest.mark.parametrize(("year", "own"), [(2569, 26), (2565, 0), (2570, 0), (2026, 0), (0, 0)])
def test_a_year_of_the_common_era_brings_no_list(year: int, own: int) -> None:
    found = [each for each in obligations(year=year) if each.instrument.assessment_year == year]
    assert len(found) == own


def test_only_duties_of_a_yearly_list_carry_its_year_in_their_key() -> None:
    for each in obligations():
        year = each.instrument.assessment_year
        assert (str(year) in each.key) is (year is not None), each.key


def test_a_topic_is_a_slug_that_survives_renumbering() -> None:
    topics = {each.topic for each in obligations()}
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic) for topic in topics)
    assert not any(re.search(r"-o[0-9]+$", topic) for topic in topics)


def test_every_duty_points_at_sections_that_the_site_has() -> None:
    assert {slug for each in obligations() for slug in each.sections} == set(section_slugs())
    assert {kind.section for kind in kinds()} <= set(section_slugs())


@pytest.mark.parametrize("each", obligations(), ids=lambda each: each.key)
def test_a_duty_is_said_in_both_languages(each: Any) -> None:
    assert re.search("[ก-ฮ]", each.label_th)
    assert not re.search("[ก-ฮ]", each.label_en)
    assert each.label_en.strip() == each.label_en
    assert each.label_th.strip() == each.label_th
    assert len(set(each.sections)) == len(each.sections) > 0


@pytest.mark.parametrize("each", obligations(), ids=lambda each: each.key)
def test_a_duty_speaks_of_the_present_year_or_of_one_just_past(each: Any) -> None:
    assert each.year_offset in {-1, 0}
    assert each.is_verified is (each.confidence == "S")


@pytest.mark.parametrize("table", [Period, Confidence])
def test_words_for_staff_are_thai_and_each_its_own(table: Any) -> None:
    with translation.override("th"):
        labels = [str(each.label) for each in table]
    assert len(set(labels)) == len(labels)
    assert all(re.search("[ก-ฮ]", label) for label in labels)


@pytest.mark.parametrize(
    ("language", "named", "short", "name"),
    [
        ("th", "มาตรา 7 (1) ", "ข้อมูลข่าวสาร", "ราชการ"),
        ("en", "Section 7 (1) ", "Information", "Information Act"),
    ],
)
def test_a_duty_is_named_in_the_reader_s_language(
    language: str, named: str, short: str, name: str
) -> None:
    duty = obligation("oia-7-1")
    assert duty is not None
    with translation.override(language):
        assert duty.named.startswith(named)
        assert duty.named.endswith(duty.label)
        assert short in duty.instrument.short
        assert name in duty.instrument.name


@pytest.mark.parametrize(
    ("law", "slug", "key"),
    [
        ("ita-oit-2569", "o1", "ita-oit-2569-o1"),
        # A key that does not begin with its instrument's is its own address.
        ("procurement", "proc-monthly", "proc-monthly"),
        ("oia", "proc-monthly", None),
        ("ita-oit-2569", "o99", None),
        ("nothing", "o1", None),
    ],
)
def test_an_address_leads_to_the_duty_of_that_list_alone(
    law: str, slug: str, key: str | None
) -> None:
    found = obligation_at(law, slug)
    assert (found and found.key) == key
