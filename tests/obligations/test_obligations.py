"""The catalogue of duties: real data, each with its source and how sure we are."""

import re
import tomllib
from importlib.resources import files

import pytest
from django.utils.translation import override

from prongsai.obligations.catalogue import SECTIONS, read_sheet
from prongsai.obligations.queries import by_topic, instruments, obligation, obligations, offered
from prongsai.obligations.states import Confidence, Period
from prongsai.organisation.rows import BadFile

FILE = """
[instrument]
key = "act"
name_th = "พระราชบัญญัติ"
name_en = "Act"
short_th = "พ.ร.บ."
short_en = "Act"

[[obligations]]
key = "act-1"
topic = "structure"
clause = "มาตรา 1"
label_th = "โครงสร้าง"
label_en = "Structure"
demand_th = "แสดงโครงสร้าง"
period = "monthly"
sections = ["basic"]
source = "ราชกิจจานุเบกษา"
confidence = "M"
"""


def keys(*prefixes: str) -> set[str]:
    return {each.key for each in obligations() if each.key.startswith(prefixes)}


def test_the_laws_of_the_founding_document_are_all_there() -> None:
    assert {f"oia-7-{number}" for number in range(1, 6)} <= keys("oia-7")
    assert {f"oia-9-{number}" for number in range(1, 8)} <= keys("oia-9")
    assert keys("rd-") == {f"rd-{section}" for section in range(37, 46)}
    assert {each.key for each in by_topic("website-security")} == {
        "gws-2.0-security",
        "ncsa-web-statement",
    }
    assert len(keys("oia-9-8-")) == 8
    assert keys("fac") == {"fac-7"}
    assert keys("ita-oit-2569") == {f"ita-oit-2569-o{number}" for number in range(1, 27)}
    assert keys("proc") >= {"proc-plan", "proc-monthly", "proc-winner", "proc-yearly-report"}


def test_the_instruments_are_named() -> None:
    assert [each.key for each in instruments()] == [
        "facilitation",
        "good-governance",
        "gws-2.0",
        "gws-3.0",
        *(f"ita-oit-{year}" for year in (2564, 2566, 2567, 2568, 2569)),
        "ncsa-web",
        "oia",
        "pdpa",
        "procurement",
    ]


def test_every_section_of_the_site_answers_some_duty_but_none_that_does_not_exist() -> None:
    assert {section for each in obligations() for section in each.sections} == SECTIONS


@pytest.mark.parametrize("each", obligations(), ids=lambda each: each.key)
def test_a_duty_is_complete_and_carries_its_source(each) -> None:  # type: ignore[no-untyped-def]
    assert len(each.demand_th) > 10
    assert len(each.source) > 10
    assert re.fullmatch(r"[a-z0-9.]+(-[a-z0-9.]+)+", each.key)
    assert re.fullmatch(r"([1-2]\.[0-9](\.[0-9])?)?", each.seed_clause)
    assert not re.search(r"\[[WG]\d+\]|https?://", each.source)


def test_only_what_was_seen_counts_as_verified() -> None:
    unverified = {each.confidence for each in obligations() if not each.is_verified}
    assert unverified == set(Confidence) - {Confidence.SEEN}
    assert not obligation("rd-44").is_verified  # type: ignore[union-attr]
    assert "มาตรา 45" in obligation("rd-44").source  # type: ignore[union-attr]


def test_a_year_brings_its_own_list_and_no_other() -> None:
    lists = {year: len(obligations(year=year)) for year in (2564, 2565, 2566, 2567, 2568, 2569)}
    standing = lists[2565]
    assert {each.instrument.assessment_year for each in obligations(year=2565)} == {None}
    assert {year: count - standing for year, count in lists.items()} == {
        2564: 43,
        2565: 0,
        2566: 43,
        2567: 35,
        2568: 28,
        2569: 26,
    }


def test_the_same_duty_shares_its_topic_across_instruments() -> None:
    monthly = [each.key for each in obligations() if each.topic == "monthly-procurement-summary"]
    items = {2564: 23, 2566: 21, 2567: 16, 2568: 12, 2569: 11}
    yearly = [f"ita-oit-{year}-o{number}" for year, number in items.items()]
    assert monthly == [*yearly, "oia-9-8-monthly-procurement", "proc-monthly"]
    assert {obligation(key).period for key in monthly} == {Period.MONTHLY}  # type: ignore[union-attr]


def test_an_unknown_key_is_none() -> None:
    assert obligation("ita-oit-2565-o42") is None


def test_a_file_is_read_into_frozen_values() -> None:
    (found,) = read_sheet("act.toml", FILE).obligations
    assert (found.key, found.instrument.key, found.seed_clause) == ("act-1", "act", "")
    assert (found.period, found.sections) == (Period.MONTHLY, ("basic",))
    assert found.instrument.assessment_year is None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('period = "monthly"', 'period = "weekly"', "act.toml:9: .*“weekly” ไม่ได้"),
        ('confidence = "M"', 'confidence = "sure"', "“confidence” เป็น “sure” ไม่ได้"),
        ('["basic"]', '["attic"]', "“sections” เป็น “attic” ไม่ได้"),
        ('source = "ราชกิจจานุเบกษา"', "", "ไม่มี “source”"),
        ('short_en = "Act"', "", "act.toml:2: .*ไม่มี “short_en”"),
        ("[instrument]", "[tool]", r"ไม่มีตาราง \[instrument\]"),
    ],
)
def test_a_mistake_stops_the_file(old: str, new: str, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence):
        read_sheet("act.toml", FILE.replace(old, new, 1))


def test_one_file_cannot_use_a_key_twice() -> None:
    twice = FILE + FILE[FILE.index("[[obligations]]") :]
    with pytest.raises(BadFile, match=r"act.toml:20: .*ซ้ำ: act-1"):
        read_sheet("act.toml", twice)


def test_every_duty_names_a_post_of_the_chart_that_owes_it() -> None:
    chart = files("prongsai.config").joinpath("demonstration/data/organisation.toml")
    posts = {row["code"] for row in tomllib.loads(chart.read_text("utf-8"))["posts"]}
    assert {each.owner for each in obligations()} <= posts


def test_what_is_kept_current_must_be_looked_at_again_within_a_year() -> None:
    kept = [each for each in obligations(year=0) if each.period == Period.KEPT_CURRENT]
    assert [each.key for each in kept if each.review_days not in (180, 365)] == []


def test_new_content_is_bound_to_the_newest_list_and_standard_only() -> None:
    keys = {each.instrument.key for each in offered()}
    everything = {each.key for each in instruments()}
    past = {f"ita-oit-{year}" for year in (2564, 2566, 2567, 2568)}
    assert everything - keys == {*past, "gws-2.0"}


def test_an_instrument_is_followed_by_one_that_is_there() -> None:
    followed = {each.succeeded_by for each in instruments()} - {""}
    assert followed <= {each.key for each in instruments()}


@pytest.mark.parametrize(
    ("key", "thai", "english"),
    [
        ("ita-oit-2569-o2", "O2 ข้อมูลผู้บริหาร", "O2 Executives"),
        ("gws-3.0-forms", "หมวดแบบฟอร์ม: แบบฟอร์มที่ดาวน์โหลดได้", "Forms: Forms to download"),
        (
            "proc-yearly-report",
            "รายงานผลการจัดซื้อจัดจ้างประจำปี",
            "Yearly procurement report",
        ),
    ],
)
def test_a_duty_is_named_once(key: str, thai: str, english: str) -> None:
    duty = obligation(key)
    assert duty
    assert duty.named == thai
    with override("en"):
        assert duty.named == english
