"""The dashboards: on whom work waits, what is due, the whole in figures, and how the installation is."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState, Urgency
from prongsai.config.work import Rounds
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.office.actions import beat
from prongsai.office.dashboards import (
    MonthFigures,
    WholeFigures,
    due_soon,
    my_work,
    unit_work,
    whole,
)
from prongsai.office.desk import Desk, desk_for
from prongsai.office.figures import Spread, latest_months, percent, spread
from prongsai.office.health import WORKER, facts
from prongsai.office.models import Pulse
from prongsai.office.waiting import waits
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from tests.approval.factories import draft, endorse, submitted
from tests.factories import NOW, TODAY, unit
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def page(client: Client, name: str = "dashboard") -> str:
    return client.get(reverse(name)).content.decode()


def whole_of(_desk: Desk, *, at: datetime) -> WholeFigures:
    return whole(at=at)


def panels(text: str) -> list[str]:
    return re.findall(r'<h2 class="panel-title" id="([a-z]+)-title"', text)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("officer", ["mine", "due"]),
        ("head", ["unit"]),
        ("mayor", ["unit", "late", "posts", "months"]),
        ("webmaster", ["mine", "due"]),
        ("auditor", ["late", "posts", "months"]),
        ("screener", []),
    ],
)
def test_each_sees_the_panels_of_their_posts(sit: SignIn, code: str, expected: list[str]) -> None:
    assert panels(page(sit(code))) == expected


def test_an_officer_sees_on_whom_their_work_waits(people: dict[str, Actor], sit: SignIn) -> None:
    submitted(people, disclosure=draft(people["officer"], title="ถนนสายใหม่"))
    text = page(sit("officer"))
    assert "ถนนสายใหม่" in text
    assert "รอ หัวหน้าฝ่าย" in text


def test_work_waits_from_the_last_word_of_the_step_before(people: dict[str, Actor]) -> None:
    submission = submitted(people, at=NOW)
    endorse(submission, people["head"], at=NOW + timedelta(days=1))
    (wait,) = waits(Disclosure.objects.select_related("unit"), at=NOW + timedelta(days=3, hours=1))
    assert (wait.whom, wait.days) == ("ผู้อำนวยการกอง", 2)


def test_the_dashboard_of_a_head_names_nothing_of_another_unit(
    people: dict[str, Actor], sit: SignIn
) -> None:
    other = draft(people["officer"], title="เรื่องลับของกองคลัง")
    Disclosure.objects.filter(pk=other.pk).update(unit=unit("treasury"))
    assert "เรื่องลับของกองคลัง" not in page(sit("head"))
    assert "เรื่องลับของกองคลัง" not in page(sit("mayor"))


def test_what_is_to_be_reviewed_stands_under_due_with_its_day(
    people: dict[str, Actor], sit: SignIn
) -> None:
    late = draft(people["officer"], title="แผนพัฒนาท้องถิ่น", review_date=date(2026, 1, 5))
    late.refresh_from_db()
    Disclosure.objects.filter(pk=late.pk).update(
        stage=Stage.RESTING, number="2569-00001", published_revision=late.latest
    )
    text = page(sit("officer"))
    assert "แผนพัฒนาท้องถิ่น" in text
    assert 'datetime="2026-01-05"' in text
    assert "เลยกำหนด" in text
    assert whole(at=NOW + timedelta(hours=1)).reviews_late == 1


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(
    ("code", "ask", "questions"),
    [
        ("officer", my_work, 4),
        ("officer", due_soon, 2),
        ("head", unit_work, 5),
        ("mayor", whole_of, 8),
    ],
)
def test_a_dashboard_asks_the_same_number_of_questions(
    people: dict[str, Actor],
    many: int,
    code: str,
    ask: Any,
    questions: int,
    django_assert_num_queries: Any,
) -> None:
    for _each in range(many):
        draft(people["officer"])
        submitted(people)
    desk = desk_for(Person.objects.get(pk=people[code].person_id), chosen_code="", on=TODAY)
    assert desk.roles
    with django_assert_num_queries(questions):
        ask(desk, **({} if ask is due_soon else {"at": NOW}))


def test_posts_stand_in_the_order_of_their_longest_wait(people: dict[str, Actor]) -> None:
    slow, quick = submitted(people), submitted(people)
    Submission.objects.filter(pk=slow.pk).update(arrived_at=NOW - timedelta(days=9))
    slow.refresh_from_db()
    endorse(quick, people["head"], at=NOW)
    figures = whole(at=NOW + timedelta(days=1)).posts
    assert [(row.title, row.waiting) for row in figures] == [
        ("หัวหน้าฝ่าย", Spread(1, 10.0, 10.0)),
        ("ผู้อำนวยการกอง", Spread(1, 1.0, 1.0)),
    ]
    assert figures[0].decided == Spread(1, 0.0, 0.0)


def test_months_count_what_was_published_and_the_urgent_share(people: dict[str, Actor]) -> None:
    for urgency in (Urgency.URGENT, Urgency.NORMAL, Urgency.NORMAL, Urgency.NORMAL):
        one = submitted(people)
        Submission.objects.filter(pk=one.pk).update(
            state=SubmissionState.PUBLISHED,
            published_at=NOW,
            urgency=urgency,
        )
    months = whole(at=NOW).months
    assert len(months) == 12
    assert months[-1] == MonthFigures(date(2026, 11, 1), 4, 1, 25, 100, 25)
    assert months[0] == MonthFigures(date(2025, 12, 1), 0, 0, 0, 0, 0)


def test_figures_of_nothing_are_zeros() -> None:
    assert (spread([]), percent(3, 0)) == (Spread(0, 0.0, 0.0), 0)
    assert spread([1, 2, 9.04]) == Spread(3, 2, 9.0)
    assert latest_months(date(2026, 1, 31), 2) == [date(2025, 12, 1), date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("code", "status"), [("webmaster", 200), ("administrator", 200), ("mayor", 403)]
)
def test_health_is_for_those_who_look_after_the_site(sit: SignIn, code: str, status: int) -> None:
    assert sit(code).get(reverse("health")).status_code == status


def worker_fact(at: datetime) -> bool:
    return facts(at=at)[0].is_well


def test_a_silent_worker_is_seen(db: None) -> None:
    assert not worker_fact(NOW)
    beat(name=WORKER, at=NOW)
    beat(name=WORKER, at=NOW + timedelta(seconds=10))
    assert worker_fact(NOW + timedelta(minutes=1))
    assert not worker_fact(NOW + timedelta(minutes=3))


def test_a_turn_of_the_worker_says_that_it_is_alive(db: None) -> None:
    rounds = Rounds()
    rounds.turn()
    rounds.stop()
    assert Pulse.objects.filter(name=WORKER).exists()


def test_what_is_late_at_the_gate_is_called_so(people: dict[str, Actor], sit: SignIn) -> None:
    one = submitted(people)
    Submission.objects.filter(pk=one.pk).update(state=SubmissionState.APPROVED, approved_at=NOW)
    assert "ยังไม่มีอะไรถูกเผยแพร่" in page(sit("webmaster"), "health")
    assert whole(at=NOW + timedelta(hours=1)).publications_late == 1
