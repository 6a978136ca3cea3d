"""What counts as having published it, and which words say why not."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from prongsai.monitoring.evidence import Evidence, FileSeen
from prongsai.monitoring.rules import Failure, Statement, together, verdict
from prongsai.obligations.catalogue import Component, Due
from prongsai.obligations.results import ORDER, WORDS, Check, Result
from prongsai.obligations.states import Asks, DueRule, Period
from tests.monitoring.factories import asked, duty, evidence

PDF, SHEET = FileSeen("plan.pdf", "pdf", True), FileSeen("plan.xlsx", "xlsx", True)
ACT = "พระราชบัญญัติ " + " ".join(f"มาตรา {number} ให้มีอำนาจหน้าที่" for number in range(1, 60))
BY_YEAR = duty(period=Period.FISCAL_YEAR)
MONTHLY = duty(period=Period.MONTHLY, due=Due(DueRule.DAYS_AFTER_PERIOD, days=15))
NEXT_WEEK, YESTERDAY = date(2026, 3, 23), date(2026, 3, 15)
WITH_CHART = Component("chart", "ผัง", "Chart", ("แผนผัง", "โครงสร้าง"))
WITH_PHOTO = Component("photo", "รูปถ่าย", "Photo", ())
WITH_PHONE = Component("phone", "โทรศัพท์", "Phone", ("โทรศัพท์", "โทร."))


@pytest.mark.parametrize(
    ("owed", "seen", "check", "about"),
    [
        (duty(components=(WITH_CHART, WITH_PHONE)), {}, Check.COMPONENT, "phone"),
        (duty(formats=("pdf", "xlsx")), {"files": (PDF,)}, Check.FORMAT, "xlsx"),
        (duty(checks=(Asks.BOTH_SIDES,)), {"text": "นายกเทศมนตรี"}, Check.BOTH_SIDES, "ฝ่ายประจำ"),
        (duty(checks=(Asks.OWN_WORDS,)), {"text": ACT}, Check.OWN_WORDS, ""),
        (
            duty(checks=(Asks.SIGNED_AND_DATED,)),
            {"has_signatory": True},
            Check.SIGNED_AND_DATED,
            "",
        ),
        (duty(checks=(Asks.AS_OF_DATE,)), {}, Check.AS_OF_DATE, ""),
        (duty(), {"files": (FileSeen("scan.pdf", "pdf", False),)}, Check.READABLE, "#1"),
        (duty(), {"unreachable": ("2569-00001 #2",)}, Check.REACHABLE, "2569-00001 #2"),
        (duty(checks=(Asks.LINKS_ANSWER,)), {"dead_links": (1, 3)}, Check.LINKS_ANSWER, "1, 3"),
        (duty(), {"review_date": YESTERDAY}, Check.FRESH, "15 มีนาคม 2569"),
        (duty(review_days=30), {}, Check.FRESH, "14 กุมภาพันธ์ 2569"),
        (BY_YEAR, {"title": "โครงสร้าง", "text": ""}, Check.YEAR_IN_TITLE, "2569"),
    ],
)
def test_what_is_lacking_is_named(
    owed: Any, seen: dict[str, Any], check: Check, about: str
) -> None:
    found = verdict(asked(owed), [evidence(**seen)])
    assert [(each.check, each.about) for each in found.failed] == [(check, about)]
    assert check not in found.passed


@pytest.mark.parametrize(
    ("owed", "seen"),
    [
        (duty(components=(WITH_CHART, WITH_PHOTO)), {}),
        (duty(formats=("pdf", "xlsx")), {"files": (PDF, SHEET)}),
        (duty(checks=(Asks.BOTH_SIDES,)), {"text": "นายกเทศมนตรี และปลัดเทศบาล"}),
        (duty(checks=(Asks.OWN_WORDS,)), {"text": "ตามมาตรา 50 เทศบาลมีหน้าที่ดูแลถนน"}),
        (duty(checks=(Asks.OWN_WORDS,)), {"text": ACT + " คำอธิบาย" * 5000}),
        (
            duty(checks=(Asks.SIGNED_AND_DATED,)),
            {"has_signatory": True, "signed_date": date(2026, 1, 10)},
        ),
        (duty(checks=(Asks.AS_OF_DATE,)), {"text": "ข้อมูล ณ วันที่ 1 มกราคม 2569"}),
        (duty(checks=(Asks.AS_OF_DATE,)), {"as_of_date": date(2026, 1, 1)}),
        (duty(), {"review_date": NEXT_WEEK}),
        (duty(checks=(Asks.TWO_WAY,)), {}),
        (duty(checks=(Asks.LINKS_ANSWER,)), {}),
        (duty(), {"dead_links": (1,)}),
        (BY_YEAR, {"title": "แผน พ.ศ. ๒๕๖๙", "text": ""}),
        (BY_YEAR, {"title": "Plan 2026", "text": "", "review_date": YESTERDAY}),
    ],
)
def test_what_is_there_meets_it(owed: Any, seen: dict[str, Any]) -> None:
    found = verdict(asked(owed), [evidence(**seen)])
    assert (found.result, found.failed) == (Result.MET, ())
    assert Check.BOUND in found.passed


def test_two_items_together_show_what_neither_shows_alone() -> None:
    owed = duty(checks=(Asks.BOTH_SIDES,), formats=("pdf", "xlsx"))
    one = evidence(text="คณะผู้บริหาร นายกเทศมนตรี", files=(PDF,))
    other = evidence(number="2569-00002", text="ปลัดเทศบาล", files=(SHEET,))
    assert verdict(asked(owed), [one, other]).result == Result.MET
    assert verdict(asked(owed), [one]).result == Result.INCOMPLETE


def test_dates_in_an_impossible_order_are_told_with_the_dates() -> None:
    seen = evidence(typed_date=date(2026, 1, 12), signed_date=date(2026, 1, 9))
    (failure,) = verdict(asked(duty()), [seen]).failed
    assert failure.check == Check.DATES_IN_ORDER
    assert failure.about == "12 มกราคม 2569, 9 มกราคม 2569, 15 มกราคม 2569"


def test_of_several_troubles_the_worst_is_the_result() -> None:
    seen = evidence(review_date=YESTERDAY, unreachable=("/x",))
    found = verdict(asked(duty(components=(WITH_PHONE,))), [seen])
    assert {each.check for each in found.failed} == {
        *(Check.FRESH, Check.REACHABLE, Check.COMPONENT)
    }
    assert found.result == Result.BROKEN


def test_last_years_paper_does_not_answer_for_this_year() -> None:
    found = verdict(asked(BY_YEAR), [evidence(fiscal_year=2568)])
    assert (found.result, found.used) == (Result.MISSING, ())
    assert found.failed == (Failure(Check.YEAR, about="2568"),)


def test_nothing_bound_is_missing() -> None:
    found = verdict(asked(duty()), [])
    assert (found.result, found.failed) == (Result.MISSING, (Failure(Check.BOUND),))


def month(words: str, number: str = "2569-00001") -> Evidence:
    return evidence(number=number, title=f"สรุป {words}", period=words)


def test_each_month_wants_its_own_paper() -> None:
    bound = [month("ตุลาคม 2568"), month("พฤศจิกายน 2568", "2569-00002")]
    results = {
        key: verdict(asked(MONTHLY, key), bound).result for key in ("m10", "m11", "m12", "m3")
    }
    assert results == {
        "m10": Result.MET,
        "m11": Result.MET,
        "m12": Result.MISSING,
        "m3": Result.NOT_DUE,
    }


def test_a_paper_on_the_half_year_answers_for_each_of_its_months() -> None:
    found = verdict(asked(MONTHLY, "m12"), [month("ตุลาคม 2568 – มีนาคม 2569")])
    assert found.result == Result.MET


def test_a_paper_without_a_period_is_named_as_that() -> None:
    found = verdict(asked(MONTHLY, "m10"), [evidence()])
    assert found.result == Result.MISSING
    assert found.failed == (Failure(Check.PERIOD, "2569-00001"),)


@pytest.mark.parametrize(
    ("says", "result"),
    [("none_this_period", Result.MET), ("not_applicable", Result.NOT_APPLICABLE)],
)
def test_a_statement_stands_where_nothing_is_published(says: str, result: Result) -> None:
    said = [Statement("2569-00009", says)]
    found = verdict(asked(MONTHLY, "m10"), [], said)
    assert (found.result, found.statement) == (result, said[0])
    # What is published speaks before it.
    beside = verdict(asked(MONTHLY, "m10"), [month("ตุลาคม 2568")], said)
    assert (beside.result, beside.statement) == (Result.MET, None)


def test_news_of_this_year_is_wanted_each_year() -> None:
    news = duty(period=Period.ON_EVENT)
    without_year = evidence(fiscal_year=None)
    old = replace(without_year, published_date=date(2025, 9, 30))
    assert verdict(asked(news), [without_year]).result == Result.MET
    assert verdict(asked(news), [old]).result == Result.MISSING


@pytest.mark.parametrize(
    ("results", "whole"),
    [
        ([Result.MET, Result.NOT_DUE], Result.MET),
        ([Result.NOT_DUE, Result.NOT_DUE], Result.NOT_DUE),
        ([Result.MET, Result.MISSING, Result.NOT_DUE], Result.MISSING),
        ([Result.MET, Result.NOT_APPLICABLE], Result.MET),
        ([Result.NOT_DUE, Result.NOT_APPLICABLE], Result.NOT_DUE),
        ([Result.STALE, Result.INCOMPLETE], Result.INCOMPLETE),
    ],
)
def test_an_item_is_as_good_as_its_worst_part_that_is_due(
    results: list[Result], whole: Result
) -> None:
    assert together(results) == whole


def test_each_check_and_each_result_has_its_words_and_its_place() -> None:
    assert set(WORDS) == set(Check)
    assert set(ORDER) == set(Result)


def test_an_order_from_before_may_stand_beside_the_plan_of_the_year() -> None:
    bound = [evidence(title="แผน ปี 2569"), evidence(number="2569-00002", title="คำสั่ง", text="")]
    assert verdict(asked(BY_YEAR), bound).result == Result.MET
