"""Who is told when of what must be published: steps in Thai working days, upwards from the post that owes."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction

from prongsai.monitoring.actions import remind_of_duties
from prongsai.monitoring.ladder import ladder
from prongsai.monitoring.models import DutyReminder
from prongsai.monitoring.reminding import awaited, escalation, recent_reminders, still_waiting
from prongsai.organisation.holidays import holidays_around
from prongsai.organisation.rows import BadFile
from prongsai.organisation.states import RoleCode, UnitLevel
from prongsai.record.owed import lines
from prongsai.thai.dates import BANGKOK
from tests.factories import acting, holder, post, unit
from tests.record.factories import observed, part

pytestmark = pytest.mark.django_db
KEY = "proc-monthly"
FIRST_LOOK = datetime(2026, 1, 5, 3, tzinfo=UTC)
DUE = date(2026, 3, 31)
TAKEN = [
    ("owner-10", "2026-03-17"),
    ("owner-3", "2026-03-26"),
    ("owner+1", "2026-04-01"),
    ("head+5", "2026-04-08"),
    ("clerk+10", "2026-04-20"),
    ("mayor+20", "2026-05-05"),
]


@pytest.fixture(autouse=True)
def town(data: Path) -> None:
    """An officer in a section, its director, the clerk and the mayor."""
    city = unit("city", level=UnitLevel.MUNICIPALITY)
    division = unit("supplies", parent=city)
    for rank, (code, place) in enumerate(
        [("mayor", city), ("clerk", city), ("director", division), ("officer", division)]
    ):
        roles = [] if code == "officer" else [RoleCode.APPROVER]
        post(code, unit=place, rank=rank, roles=roles)
        if roles:
            seat(code)


def seat(code: str) -> None:
    holder(code, from_date=date(2025, 10, 1))


def seen(
    result: str,
    *,
    at: datetime = FIRST_LOOK,
    due: date | None = DUE,
    post: str = "officer",
    **changes: Any,
) -> None:
    period = part(result, key="m2", due=due.isoformat() if due else None, **changes)
    observed(KEY, result, period, at=at, due_date=due, post_code=post)


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=BANGKOK)


def days(first: str, last: str) -> list[datetime]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [at(begin + timedelta(days=number)) for number in range((end - begin).days + 1)]


def told() -> list[tuple[str, str, str]]:
    return [
        (row.step, row.post_code, row.at.astimezone(BANGKOK).date().isoformat())
        for row in DutyReminder.objects.all()
    ]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        # Chakri day and Songkran in between.
        (DUE, TAKEN),
        # 1 May is a working day of the government; the 4th is Coronation Day.
        (date(2026, 4, 30), [("owner+1", "2026-05-01"), ("head+5", "2026-05-08")]),
        # 5 December 2026 is a Saturday, made up for on Monday.
        (date(2026, 12, 4), [("owner+1", "2026-12-08")]),
        (date(2028, 2, 29), [("owner-3", "2028-02-24"), ("owner+1", "2028-03-01")]),
        (date(2026, 9, 30), [("owner-3", "2026-09-25"), ("owner+1", "2026-10-01")]),
        # 31 December and 1 January are closed.
        (date(2026, 12, 30), [("owner+1", "2027-01-04")]),
        (date(2027, 1, 5), [("owner-3", "2026-12-29")]),
    ],
)
def test_steps_are_counted_in_working_days(last: date, expected: list[tuple[str, str]]) -> None:
    holidays = holidays_around(last, None)
    found = {each.code: each.day(last, holidays).isoformat() for each in ladder(None).steps}
    assert [(code, found[code]) for code, _day in expected] == expected


def test_whoever_owes_is_told_first_and_then_those_above_each_once() -> None:
    seat("officer")
    seen("not_due")
    for moment in days("2026-03-10", "2026-03-31"):
        remind_of_duties(at=moment)
    seen("missing", at=at(date(2026, 4, 1)) - timedelta(hours=8))
    for moment in days("2026-04-01", "2026-05-20"):
        remind_of_duties(at=moment)
        # Another worker, or the same again.
        assert remind_of_duties(at=moment) == 0
    posts = ["officer", "officer", "officer", "director", "clerk", "mayor"]
    assert told() == [(step, code, day) for (step, day), code in zip(TAKEN, posts, strict=True)]


def test_what_was_answered_meanwhile_is_said_no_more() -> None:
    seat("officer")
    seen("not_due")
    seen("met", at=at(date(2026, 3, 12)))
    for moment in days("2026-03-13", "2026-04-10"):
        assert remind_of_duties(at=moment) == 0


def test_a_post_that_nobody_holds_is_passed_over_at_once() -> None:
    seen("not_due")
    remind_of_duties(at=at(date(2026, 3, 17)))
    assert told() == [("owner-10", "director", "2026-03-17")]


def test_what_was_charged_to_nobody_goes_to_the_clerk() -> None:
    seen("not_due", post="")
    remind_of_duties(at=at(date(2026, 3, 17)))
    assert told() == [("owner-10", "clerk", "2026-03-17")]


def test_a_second_worker_cannot_take_the_same_step() -> None:
    seat("officer")
    seen("not_due")
    remind_of_duties(at=at(date(2026, 3, 17)))
    (row,) = DutyReminder.objects.all()
    row.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)
    assert len(told()) == 1


def test_whoever_stands_in_holds_the_post() -> None:
    acting(post=post("officer"), from_date=date(2026, 3, 2), to_date=date(2026, 3, 20))
    seen("not_due")
    remind_of_duties(at=at(date(2026, 3, 17)))
    remind_of_duties(at=at(date(2026, 3, 26)))
    assert [code for _step, code, _day in told()] == ["officer", "director"]


def test_of_steps_that_were_missed_only_the_last_is_made_up_for() -> None:
    seat("officer")
    seen("not_due")
    remind_of_duties(at=at(date(2026, 3, 27)))
    assert told() == [("owner-3", "officer", "2026-03-27")]


def test_what_the_first_look_finds_long_overdue_does_not_go_to_the_mayor_that_day() -> None:
    seat("officer")
    seen("missing", at=at(date(2026, 6, 15)))
    for moment in days("2026-06-15", "2026-06-18"):
        remind_of_duties(at=moment)
    assert [step for step, _code, _day in told()] == ["owner+1"]


def test_what_is_to_be_looked_at_again_is_said_before_its_day_and_anew_the_next_time() -> None:
    seat("officer")
    evidence = {"number": "2569-00001", "version": 1}
    seen("met", due=None, evidence=[evidence | {"review": "2026-03-31"}])
    remind_of_duties(at=at(date(2026, 3, 17)))
    seen("met", at=at(date(2026, 3, 18)), due=None, evidence=[evidence | {"review": "2026-09-30"}])
    for moment in days("2026-03-18", "2026-04-10"):
        assert remind_of_duties(at=moment) == 0
    remind_of_duties(at=at(date(2026, 9, 16)))
    assert [(step, day) for step, _code, day in told()] == [
        ("owner-10", "2026-03-17"),
        ("owner-10", "2026-09-16"),
    ]


def test_on_a_holiday_nobody_is_told() -> None:
    seat("officer")
    seen("missing", at=at(date(2026, 4, 10)))
    assert [remind_of_duties(at=moment) for moment in days("2026-04-11", "2026-04-16")] == [
        *(0, 0, 0, 0, 0),
        1,
    ]


def test_a_municipality_has_days_and_posts_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "reminders.toml"
    own.write_text('mayor = "deputy-mayor"\n[[steps]]\nto = "mayor"\ndays = 2\n', "utf-8")
    found = ladder(own)
    assert ([each.code for each in found.steps], found.clerk, found.mayor) == (
        ["mayor+2"],
        "clerk",
        "deputy-mayor",
    )


@pytest.mark.parametrize(
    "text",
    [
        "[[steps]]\nto = 'neighbour'\ndays = 1",
        "[[steps]]\nto = 'owner'\ndays = 0",
        "[[steps]]\nto = 'owner'\ndays = 251",
        "steps = []",
        "deputy = 'x'",
        "clerk = ''",
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    own = tmp_path / "reminders.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(BadFile):
        ladder(own)


SEEN_AT = datetime(2026, 4, 20, 3, tzinfo=UTC)
FOUND = date(2026, 4, 19)


@pytest.mark.parametrize(
    ("result", "due", "review", "told_date", "has_day", "is_review"),
    [
        # What was late from the beginning is told by its own day; the steps count from the day on which it was found.
        ("missing", DUE, None, DUE, True, False),
        ("incomplete", DUE, None, FOUND, True, False),
        ("broken", None, None, FOUND, False, False),
        ("missing", None, None, FOUND, False, False),
        ("not_due", DUE, None, DUE, True, False),
        ("met", None, date(2026, 6, 1), date(2026, 6, 1), True, True),
        ("stale", None, date(2026, 4, 1), FOUND, True, True),
    ],
)
def test_what_is_awaited_is_told_by_its_day_or_by_when_it_was_found(
    *,
    result: str,
    due: date | None,
    review: date | None,
    told_date: date,
    has_day: bool,
    is_review: bool,
) -> None:
    used = [{"number": "2569-00001", "version": 1, "review": review.isoformat()}] if review else []
    seen(result, at=SEEN_AT, due=due, evidence=used)
    [found] = awaited(lines(), on=FOUND)
    assert (found.due_date, found.has_day, found.is_review) == (told_date, has_day, is_review)
    assert found.named.endswith("ตุลาคม 2568")


@pytest.mark.parametrize(
    ("on", "coming", "is_business", "late"),
    [
        (date(2026, 3, 2), ("2026-03-17", "officer"), False, 0),
        (date(2026, 3, 17), ("2026-03-26", "officer"), True, 0),
        (date(2026, 4, 1), ("2026-04-08", "director"), True, 1),
        (date(2026, 4, 20), ("2026-05-05", "mayor"), True, 10),
        (date(2026, 5, 5), None, True, 20),
    ],
)
def test_whoever_is_told_next_is_known_beforehand(
    on: date, coming: tuple[str, str] | None, is_business: bool, late: int
) -> None:
    seat("officer")
    seen("not_due")
    [thing] = awaited(lines(), on=on)
    ways = escalation([thing.line], on=on)
    found = ways.coming(thing)
    assert (found and (found.day.isoformat(), found.post_code)) == coming
    assert (ways.is_business(thing), ways.days_late(thing)) == (is_business, late)


def test_what_was_answered_is_waited_for_no_more() -> None:
    seat("officer")
    seen("not_due")
    remind_of_duties(at=at(date(2026, 3, 17)))
    rows = recent_reminders({"officer"}, on=date(2026, 3, 18))
    assert [row.step for row, _thing in still_waiting(rows, on=date(2026, 3, 18))] == ["owner-10"]
    assert recent_reminders({"officer"}, on=date(2026, 4, 18)) == []
    seen("met", at=at(date(2026, 3, 19)))
    assert (
        still_waiting(rows, on=date(2026, 3, 19)) == still_waiting([], on=date(2026, 3, 19)) == []
    )


def test_a_broken_file_of_reminders_stops_the_start(tmp_path: Path, settings: Any) -> None:
    settings.REMINDERS_FILE = tmp_path / "reminders.toml"
    settings.REMINDERS_FILE.write_text("steps = []", "utf-8")
    with pytest.raises(ImproperlyConfigured, match=r"reminders.toml: .*mend the file"):
        apps.get_app_config("monitoring").ready()
