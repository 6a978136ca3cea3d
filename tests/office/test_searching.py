"""Search over everything that one may see, and over nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.disclosures.models import Disclosure
from prongsai.office.actions import refresh_search
from prongsai.office.searching import words_of
from prongsai.organisation.actors import Actor
from tests.approval.factories import draft
from tests.factories import NOW, unit
from tests.office.conftest import SignIn
from tests.office.factories import attached

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def results(client: Client, query: str) -> str:
    refresh_search(at=NOW)
    return client.get(reverse("search"), {"q": query}).content.decode()


@pytest.mark.parametrize(
    "query", ["น้ำท่วม", "ถนน น้ำท่วม", "ถนนน้ำท่วม", "ซ่อมสะพาน", "ฉบับที่ 12", "ฉบับที่ ๑๒"]
)
def test_words_are_found_in_title_and_text(
    people: dict[str, Actor], sit: SignIn, query: str
) -> None:
    draft(people["officer"], title="น้ำท่วมถนนสายหลัก", body="<p>ซ่อม<b>สะพาน</b>ตามฉบับที่ ๑๒</p>")
    draft(people["officer"], title="ตลาดนัด", body="<p>วันเสาร์</p>")
    text = results(sit("officer"), query)
    assert "น้ำท่วมถนนสายหลัก" in text
    assert "ตลาดนัด" not in text


def test_the_text_of_a_file_is_found(people: dict[str, Actor], sit: SignIn) -> None:
    work = draft(people["officer"], title="ประกาศแผนงาน")
    attached(work, people["officer"], data="รายชื่อครุภัณฑ์ยานพาหนะ".encode())
    assert "ประกาศแผนงาน" in results(sit("officer"), "ยานพาหนะ")


def test_a_number_is_found_in_thai_digits(people: dict[str, Actor], sit: SignIn) -> None:
    one = draft(people["officer"], title="ประกาศแผนงาน")
    Disclosure.objects.filter(pk=one.pk).update(number="2569-00123")
    assert "ประกาศแผนงาน" in results(sit("officer"), "๒๕๖๙-๐๐๑๒๓")


def test_a_draft_of_another_unit_leaves_no_trace_not_even_as_a_number(
    people: dict[str, Actor], sit: SignIn
) -> None:
    secret = draft(people["officer"], title="ยุงลายพาหะ", body="<p>หิ่งห้อยเรืองแสง</p>")
    Disclosure.objects.filter(pk=secret.pk).update(unit=unit("treasury"))
    for query in ("หิ่งห้อย", "ยุงลาย"):
        text = results(sit("officer"), query)
        assert "พบ 0 รายการ" in text
        assert "ยุงลายพาหะ" not in text
        assert "เรืองแสง" not in text
        assert "ยุงลายพาหะ" in results(sit("neighbour"), query)


def test_people_and_posts_are_found(sit: SignIn) -> None:
    assert "ผู้อำนวยการกอง" in results(sit("officer"), "ผู้อำนวยการ")


def test_only_those_who_may_read_the_trail_find_acts(people: dict[str, Actor], sit: SignIn) -> None:
    draft(people["officer"])
    query = people["officer"].name.split()[0].removeprefix("นาง")
    assert 'class="office-acts"' not in results(sit("head"), query)
    assert 'class="office-acts"' in results(sit("auditor"), query)


@pytest.mark.parametrize("query", ["", "   ", "!!!", "'; DROP TABLE", "%", "<script>"])
def test_odd_words_find_nothing_and_break_nothing(sit: SignIn, query: str) -> None:
    text = results(sit("officer"), query)
    assert "<script>" not in text.split("<main")[1]


def test_what_changed_is_put_in_again_and_only_that(people: dict[str, Actor]) -> None:
    draft(people["officer"])
    assert refresh_search(at=NOW) == 1
    assert refresh_search(at=NOW) == 0


def test_words_are_cut_and_named_once() -> None:
    assert words_of("ประกาศประกวดราคา ประกาศ ๑๒") == ["ประกาศ", "ประกวดราคา", "12"]
