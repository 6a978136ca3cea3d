"""The frame around all screens: inbox, posts, languages, error pages, trail, chart, sections."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from prongsai.disclosures.models import Disclosure, Section
from prongsai.disclosures.states import Stage
from prongsai.office.icons import PATHS
from prongsai.office.navigation import TABLE
from prongsai.office.verbs import VERBS
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from tests.approval.factories import draft, submitted
from tests.disclosures.factories import section
from tests.factories import acting, post
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def text(client: Client, name: str, query: str = "", **parts: str) -> str:
    return client.get(reverse(name, kwargs=parts) + query).content.decode()


def test_the_inbox_puts_each_thing_where_it_is_done(people: dict[str, Actor], sit: SignIn) -> None:
    draft(people["officer"], title="เรื่องที่เขียนค้าง")
    submission = submitted(people)
    assert reverse("decide", kwargs={"ref": submission.ref}) in text(sit("head"), "inbox")
    page = text(sit("officer"), "inbox")
    assert "เรื่องที่เขียนค้าง" in page
    assert reverse("decide", kwargs={"ref": submission.ref}) not in page


def test_counts_in_the_navigation_are_those_of_the_inbox(
    people: dict[str, Actor], sit: SignIn
) -> None:
    for _each in range(3):
        draft(people["officer"])
    page = text(sit("officer"), "help")
    assert '<span class="office-count">3<span class="only-read">' in page


def test_an_empty_inbox_says_what_will_come(sit: SignIn) -> None:
    assert "ไม่มีเรื่องที่รอการเห็นชอบจากท่าน" in text(sit("mayor"), "inbox")


@pytest.mark.parametrize(
    ("username", "keys"),
    [
        ("officer", ["sent-back", "to-write"]),
        ("screener", ["to-screen"]),
        ("mayor", ["to-decide"]),
    ],
)
def test_the_inbox_shows_the_lists_of_ones_roles(
    sit: SignIn, username: str, keys: list[str]
) -> None:
    assert (
        re.findall(r'<section class="panel" id="([a-z-]+)"', text(sit(username), "inbox")) == keys
    )


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_database_the_same_number_of_questions(
    people: dict[str, Actor], sit: SignIn, many: int, django_assert_max_num_queries: object
) -> None:
    for _each in range(many):
        draft(people["officer"])
    client = sit("officer")
    with django_assert_max_num_queries(27):  # type: ignore[operator]  # a fixture without types
        client.get(reverse("disclosures"))


def test_filters_narrow_the_list(people: dict[str, Actor], sit: SignIn) -> None:
    draft(people["officer"], title="น้ำท่วมถนนสายหลัก")
    other = draft(people["officer"], title="ตลาดนัด")
    Disclosure.objects.filter(pk=other.pk).update(stage=Stage.RESTING, number="2569-00007")
    client = sit("officer")
    assert "ตลาดนัด" not in text(client, "disclosures", "?q=น้ำท่วม")
    assert "น้ำท่วม" not in text(client, "disclosures", "?q=2569-00007")
    assert "น้ำท่วม" not in text(client, "disclosures", "?stage=resting")
    assert "พบ 2 รายการ" in text(client, "disclosures", "?section=news&mine=on&unit=plan")
    assert "ไม่มีเรื่องที่ตรงกับตัวกรอง" in text(client, "disclosures", "?kind=law")


def test_a_post_is_chosen_for_the_session_and_signs_from_then_on(
    people: dict[str, Actor], sit: SignIn
) -> None:
    officer = Person.objects.get(pk=people["officer"].person_id)
    acting(person=officer, post=post("another", title_th="ตำแหน่งที่สอง"))
    client = sit("officer")
    answer = client.post(reverse("choose_post"), {"post": "another", "next": "/office/help/"})
    assert answer.headers["Location"] == "/office/help/"
    assert "ตำแหน่งที่สอง (รักษาราชการแทน ตามคำสั่งที่ 745/2569" in text(client, "help")


def test_a_chosen_post_that_has_ended_is_forgotten(people: dict[str, Actor], sit: SignIn) -> None:
    officer = Person.objects.get(pk=people["officer"].person_id)
    second = acting(person=officer, post=post("another", title_th="ตำแหน่งที่สอง"))
    client = sit("officer")
    client.post(reverse("choose_post"), {"post": "another"})
    second.delete()
    assert "ตำแหน่งที่สอง" not in text(client, "help")


def test_a_post_of_somebody_else_cannot_be_chosen(sit: SignIn) -> None:
    assert sit("officer").post(reverse("choose_post"), {"post": "mayor"}).status_code == 403


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_choosing_a_post_leads_to_no_other_site(sit: SignIn, target: str) -> None:
    words = {"post": "officer", "next": target}
    assert sit("officer").post(reverse("choose_post"), words).headers["Location"] == "/office/"


def test_the_office_speaks_thai_whatever_the_browser_asks_for(sit: SignIn) -> None:
    page = sit("officer").get("/office/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="th">' in page


def test_english_is_switched_on_by_a_post_only(sit: SignIn) -> None:
    client = sit("officer")
    assert client.get(reverse("set_language") + "?language=en").status_code == 302
    assert '<html lang="th">' in text(client, "inbox")
    client.post(reverse("set_language"), {"language": "en"})
    assert '<html lang="en">' in text(client, "inbox")
    assert settings.LANGUAGE_COOKIE_NAME in client.cookies


def test_an_unknown_page_says_what_to_do(sit: SignIn) -> None:
    answer = sit("officer").get("/office/nowhere/")
    assert (answer.status_code, "ไม่พบหน้านี้" in answer.content.decode()) == (404, True)


def test_a_forged_form_is_refused_in_plain_words(people: dict[str, Actor], sit: SignIn) -> None:
    cookies = sit("officer").cookies
    client = Client(enforce_csrf_checks=True)
    client.cookies = cookies
    answer = client.post(reverse("choose_post"), {"post": "officer"})
    assert (answer.status_code, "ยังไม่ได้ส่งข้อมูล" in answer.content.decode()) == (403, True)


def test_a_broken_page_tells_that_nothing_is_lost(
    sit: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prongsai.office.views.acts.chart", lambda _on: 1 / 0)
    client = sit("officer")
    client.raise_request_exception = False
    answer = client.get(reverse("organisation"))
    assert (answer.status_code, "สิ่งที่บันทึกไว้ก่อนหน้านี้ยังอยู่ครบ" in answer.content.decode()) == (500, True)


def test_every_page_carries_a_strict_policy(sit: SignIn) -> None:
    policy = sit("officer").get("/office/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_trail_is_read_by_the_auditor_with_filters(
    people: dict[str, Actor], sit: SignIn
) -> None:
    draft(people["officer"])
    sit("officer").get(reverse("acts"))
    client = sit("auditor")
    page = text(client, "acts")
    assert "เริ่มเขียนเรื่อง" in page
    assert "เปิดบันทึกการกระทำ" in page
    refused = text(client, "acts", "?outcome=refused")
    assert 'office-act-what">เริ่มเขียนเรื่อง' not in refused
    assert "ไม่มีการกระทำที่ตรงกับตัวกรอง" in text(client, "acts", "?q=ไม่มีใคร")


def test_the_chart_shows_holders_stand_ins_and_empty_seats(
    people: dict[str, Actor], sit: SignIn
) -> None:
    post("empty", title_th="ตำแหน่งว่าง")
    acting(post=post("held", title_th="ตำแหน่งมีผู้แทน"))
    page = text(sit("officer"), "organisation")
    assert people["mayor"].name in page
    assert "ว่าง ไม่มีผู้ดำรงตำแหน่ง" in page
    assert "คำสั่งที่ 745/2569 ลงวันที่ 28 กันยายน 2569" in page


def test_account_and_help_open_for_everybody(sit: SignIn) -> None:
    for who in ("officer", "mayor", "auditor"):
        assert "การยืนยันสองชั้น" in text(sit(who), "account")
        assert "ตรวจกลั่นกรอง" in text(sit(who), "help")


def test_the_webmaster_adds_renames_and_retires_a_child_section(sit: SignIn) -> None:
    section("news")
    client = sit("webmaster")
    words = {"parent": "news", "slug": "market", "title_th": "ข่าวตลาด", "title_en": "Market"}
    client.post(reverse("sections"), words)
    client.post(reverse("section", kwargs={"slug": "market"}), {"title_th": "ข่าวตลาดนัด"})
    assert "ข่าวตลาดนัด" in text(client, "sections")
    client.post(reverse("section", kwargs={"slug": "market"}), {"do": "retire"})
    assert Section.objects.get(slug="market").retired_at
    assert "เลิกใช้แล้ว" in text(client, "sections")


def test_one_of_the_nine_sections_stays_as_it_is(sit: SignIn) -> None:
    section("news")
    client = sit("webmaster")
    page = client.post(
        reverse("section", kwargs={"slug": "news"}), {"title_th": "อื่น"}, follow=True
    ).content.decode()
    assert "มาจากประกาศของเทศบาล" in page
    assert Section.objects.get(slug="news").title_th == "news"


def test_every_place_has_an_icon_and_every_own_verb_has_words() -> None:
    assert {row[2] for row in TABLE} <= set(PATHS)
    assert all(str(words) for words in VERBS.values())
