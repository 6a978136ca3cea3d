"""The yearly report in the office: its numbers are seen, and a draft begins from them for whoever may write."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from prongsai.disclosures.body import PROMPT, clean_body
from prongsai.disclosures.kinds import missing_fields
from prongsai.disclosures.models import Disclosure
from prongsai.monitoring.reporting.decided import FAMILIES
from prongsai.monitoring.reporting.duties import duties_of_report, report_year
from prongsai.obligations.queries import obligation
from prongsai.organisation.actors import Actor
from prongsai.screening.actions import screen
from prongsai.screening.states import MUST_BE_DECIDED
from tests.approval.factories import draft
from tests.disclosures.factories import section
from tests.factories import NOW
from tests.office.conftest import SignIn
from tests.record.factories import observed, published, recalled

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
PAGE = reverse("report", kwargs={"year": 2569})


@pytest.fixture(autouse=True)
def _sections() -> None:
    """The shelf on which it stands."""
    section("basic")


def drafted(client: Any, ref: Any = None) -> Disclosure:
    given = {"ref": ref or uuid4(), "unit": "plan"}
    answer = client.post(PAGE, given)
    assert answer.status_code == 302
    return Disclosure.objects.get(ref=given["ref"])


def test_the_page_shows_every_table_with_what_it_counts(sit: SignIn) -> None:
    observed("ita-oit-2569-o1")
    number = published(title="ผังกล้องวงจรปิด").number
    recalled(number)
    text = sit("officer").get(PAGE).content.decode()
    assert "ข้อสังเกตจากการตรวจกลั่นกรอง" in text
    assert "ตามเวลาในประเทศไทย" in text
    assert "ผังกล้องวงจรปิด" not in text


@pytest.mark.parametrize("year", [1, 2026, 2650])
def test_a_year_that_is_none_or_to_come_is_not_found(sit: SignIn, year: int) -> None:
    address = reverse("report", kwargs={"year": year})
    assert sit("officer").get(address).status_code == 404


def test_only_who_writes_opens_it(sit: SignIn) -> None:
    assert sit("director").get(PAGE).status_code == 403


def test_a_draft_has_the_tables_the_duties_and_the_prompts(sit: SignIn) -> None:
    latest = drafted(sit("officer")).latest
    assert latest is not None
    content = latest.content
    assert (content["fiscal_year"], content["section"]) == (2569, "basic")
    assert content["obligations"] == ["ita-oit-2569-o26"]
    assert content["body"] == clean_body(content["body"])
    assert content["body"].count("<table>") >= 1
    (sentence,) = missing_fields(content)
    assert f"“{PROMPT}” อยู่ 4 แห่ง" in sentence
    assert not missing_fields(content | {"body": content["body"].replace(PROMPT, "")})


def test_the_draft_itself_gives_the_screener_nothing_to_decide(sit: SignIn, people: People) -> None:
    families = "".join(f"<p>{words}</p>" for words in FAMILIES.values())
    for work in (drafted(sit("officer")), draft(people["officer"], body=families)):
        looked = screen(disclosure=work, by=people["officer"], at=NOW)
        found = looked.findings.filter(severity__in=MUST_BE_DECIDED)
        assert list(found.values_list("detector", "excerpt")) == []


def test_a_second_click_does_not_write_over_what_was_typed(sit: SignIn) -> None:
    client, ref = sit("officer"), uuid4()
    assert drafted(client, ref).revisions.count() == drafted(client, ref).revisions.count()
    assert Disclosure.objects.filter(ref=ref).count() == 1
    assert "มีร่างหรือรายงานของปีนี้อยู่แล้ว" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("year", "keys"),
    [
        (2568, {"ita-oit-2568-o28", "ita-oit-2569-o26"}),
        (2566, {"ita-oit-2566-o43"}),
        # No list asks for it yet; the newest is bound, and a later one counts by the topic.
        (2570, {"ita-oit-2569-o26"}),
    ],
)
def test_a_report_answers_the_lists_that_ask_for_its_year(year: int, keys: set[str]) -> None:
    assert {each.key for each in duties_of_report(year)} == keys


@pytest.mark.parametrize(
    ("key", "year"),
    [("ita-oit-2569-o25", 2568), ("ita-oit-2569-o26", 2568), ("ita-oit-2568-o28", 2568)],
)
def test_the_pages_of_its_duties_lead_to_it(sit: SignIn, key: str, year: int) -> None:
    duty = obligation(key)
    assert duty is not None
    assert report_year(duty) == year
    page = sit("officer").get(reverse("duty", kwargs={"duty_key": key})).content.decode()
    assert reverse("report", kwargs={"year": year}) in page


def test_the_officer_makes_the_official_paper_of_the_draft(sit: SignIn) -> None:
    client = sit("officer")
    work = drafted(client)
    address = reverse("print_body", kwargs={"ref": work.ref})
    assert address in client.get(reverse("write", kwargs={"ref": work.ref})).content.decode()
    assert client.post(address).status_code == 302
    assert [each.slot for each in work.attachments.present()] == ["body-pdf"]
