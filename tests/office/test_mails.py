"""Staff are told by mail that work waits: once, as they wish, and without a word of what it is."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from prongsai.approval.states import Urgency
from prongsai.monitoring.actions import remind_of_duties
from prongsai.notices.actions import send_back, send_to_director
from prongsai.office.actions import (
    ask_for_mails,
    begin_mail,
    leave_unsure,
    tell_directors,
    wish_to_be_told,
)
from prongsai.office.actions.mailing import MOST_ATTEMPTS
from prongsai.office.models import StaffMail
from prongsai.office.states import MailState, Telling
from prongsai.office.tasks import mailing
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person, Post
from prongsai.organisation.queries import actor_for
from tests.approval.factories import draft, submitted
from tests.factories import NOW, acting
from tests.notices.factories import awaiting, ended
from tests.office.conftest import SignIn
from tests.office.mail_server import MailServer, mail_server
from tests.record.factories import observed

pytestmark = pytest.mark.django_db(databases=["default", "record"])
# A Monday in Bangkok, before eight and after; the Sunday before it.
EARLY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def wish(actor: Actor, how: str) -> None:
    person = Person.objects.get(pk=actor.person_id)
    wish_to_be_told(person=person, how=how, email="head@example.go.th", by=actor, at=EARLY)


def send(at: datetime = MONDAY) -> bool:
    """As the worker does it; whether there was a mail to send."""
    task = mailing(lambda: at)
    if task is None:
        return False
    try:
        task.done(task.run(), at)
    except OSError as error:
        task.failed(error, at)
    return True


def test_a_mail_says_how_much_waits_and_not_what(
    people: dict[str, Actor], server: MailServer
) -> None:
    wish(people["head"], Telling.AT_ONCE)
    for title in ("ถนนสายลับ", "สะพานลับ", "ตลาดลับ"):
        submitted(people, disclosure=draft(people["officer"], title=title))
    assert ask_for_mails(at=EARLY) == 1
    assert send()
    (taken,) = server.taken
    mail = message_from_bytes(taken)
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert str(make_header(decode_header(mail["Subject"]))) == "โปร่งใส: มีเรื่องรอท่าน 3 เรื่อง"
    assert "/office/\r\n" in body.decode()
    assert "ลับ" not in body.decode()
    assert "submissions" not in body.decode()


def test_nobody_is_told_twice_of_the_same(people: dict[str, Actor], server: MailServer) -> None:
    wish(people["head"], Telling.AT_ONCE)
    submitted(people)
    assert [ask_for_mails(at=EARLY), ask_for_mails(at=MONDAY)] == [1, 0]
    assert [send(), send()] == [True, False]
    submitted(people)
    assert ask_for_mails(at=MONDAY) == 1


@pytest.mark.parametrize(
    ("how", "urgency", "at", "mails"),
    [
        (Telling.DIGEST, Urgency.NORMAL, EARLY, 0),
        (Telling.DIGEST, Urgency.NORMAL, MONDAY, 1),
        (Telling.DIGEST, Urgency.NORMAL, SUNDAY, 0),
        (Telling.NONE, Urgency.NORMAL, MONDAY, 0),
        (Telling.AT_ONCE, Urgency.NORMAL, SUNDAY, 1),
        (Telling.NONE, Urgency.URGENT, SUNDAY, 1),
        (Telling.DIGEST, Urgency.URGENT, SUNDAY, 1),
    ],
)
def test_people_are_told_as_they_wish_and_of_what_is_urgent_always(
    people: dict[str, Actor], how: str, urgency: str, at: datetime, mails: int
) -> None:
    for code in ("head", "director"):
        wish(people[code], how)
    submitted(people, urgency=urgency)
    assert ask_for_mails(at=at) == mails


def test_a_digest_goes_once_a_day_with_what_waits_then(people: dict[str, Actor]) -> None:
    wish(people["head"], Telling.DIGEST)
    assert ask_for_mails(at=MONDAY) == 0
    submitted(people)
    assert ask_for_mails(at=MONDAY + timedelta(hours=2)) == 0
    assert ask_for_mails(at=MONDAY + timedelta(days=1)) == 1


def test_without_an_address_nothing_is_asked_for(people: dict[str, Actor]) -> None:
    submitted(people)
    assert ask_for_mails(at=MONDAY) == 0


def test_what_the_server_refuses_is_tried_again_later_and_at_last_given_up(
    people: dict[str, Actor], server: MailServer
) -> None:
    wish(people["head"], Telling.AT_ONCE)
    submitted(people)
    ask_for_mails(at=EARLY)
    server.refuses = True
    at = MONDAY
    assert send(at)
    assert not send(at + timedelta(seconds=30))
    for _attempt in range(MOST_ATTEMPTS - 1):
        at += timedelta(hours=3)
        assert send(at)
    mail = StaffMail.objects.get()
    assert (mail.state, mail.attempts) == (MailState.GIVEN_UP, MOST_ATTEMPTS)
    assert "example" not in mail.problem
    assert server.taken == []


def test_a_mail_begun_by_a_worker_that_was_killed_is_not_sent_again(
    people: dict[str, Actor], server: MailServer
) -> None:
    wish(people["head"], Telling.AT_ONCE)
    submitted(people)
    ask_for_mails(at=EARLY)
    mail = StaffMail.objects.get()
    assert begin_mail(mail=mail, at=MONDAY)
    assert not begin_mail(mail=mail, at=MONDAY)
    assert leave_unsure(at=MONDAY + timedelta(minutes=11)) == 1
    assert not send(MONDAY + timedelta(hours=5))
    assert server.taken == []


@pytest.fixture
def notice_file(settings: Any, tmp_path: Path) -> None:
    settings.NOTICE_FILE = tmp_path / "notices" / "live.json"


def deputy(code: str, **order: Any) -> Actor:
    """Somebody who stands in for this post, with an address, who wants no mail."""
    held = acting(post=Post.objects.get(code=code), **order)
    by = actor_for(held.person, post_code=code, on=localdate(EARLY))
    wish(by, Telling.NONE)
    return by


def addressed() -> list[int]:
    return list(StaffMail.objects.order_by("person_id").values_list("person_id", flat=True))


@pytest.mark.usefixtures("notice_file")
def test_who_may_agree_to_an_emergency_notice_is_mailed_at_once_and_once(
    people: dict[str, Actor], server: MailServer
) -> None:
    wish(people["director"], Telling.NONE)
    told = [people["director"], deputy("director", scope_units=["academic"])]
    deputy("director", scope_units=["treasury"])
    wish(people["mayor"], Telling.AT_ONCE)
    waiting = awaiting(people)
    assert [tell_directors(at=SUNDAY), tell_directors(at=MONDAY), ask_for_mails(at=MONDAY)] == [
        2,
        0,
        0,
    ]
    assert addressed() == sorted(each.person_id or 0 for each in told)
    while send(SUNDAY):
        pass
    assert len(server.taken) == 2
    text = message_from_bytes(server.taken[0]).get_payload(decode=True)
    assert isinstance(text, bytes)
    assert text.decode().startswith("เร่งด่วน: มีเรื่องรอท่าน 1 เรื่อง")
    assert waiting.headline not in text.decode()
    assert str(waiting.notice.ref) not in text.decode()


@pytest.mark.usefixtures("notice_file")
def test_a_notice_sent_anew_is_told_anew(people: dict[str, Actor]) -> None:
    wish(people["director"], Telling.NONE)
    waiting = awaiting(people)
    assert tell_directors(at=SUNDAY) == 1
    send_back(wording=waiting, reason="เพิ่มจุดอพยพ", by=people["director"], at=SUNDAY)
    assert tell_directors(at=SUNDAY) == 0
    waiting.refresh_from_db()
    send_to_director(wording=waiting, by=people["officer"], at=MONDAY)
    assert tell_directors(at=MONDAY) == 1


@pytest.mark.usefixtures("notice_file")
def test_the_clerk_is_mailed_on_the_day_on_which_a_look_back_is_late_and_once(
    people: dict[str, Actor], server: MailServer
) -> None:
    for code in ("clerk", "mayor"):
        wish(people[code], Telling.NONE)
    over = ended(people)
    due = datetime.combine(over.review_due_date, time(9), tzinfo=UTC)
    assert [ask_for_mails(at=NOW), ask_for_mails(at=due)] == [0, 0]
    late = due + timedelta(days=1)
    assert [ask_for_mails(at=late), ask_for_mails(at=late + timedelta(days=1))] == [2, 0]
    assert addressed() == sorted(people[code].person_id or 0 for code in ("clerk", "mayor"))
    assert send(late)
    assert len(server.taken) == 1


def test_somebody_chooses_how_they_are_told_and_the_trail_keeps_no_address(
    people: dict[str, Actor], sit: SignIn
) -> None:
    client = sit("officer")
    assert client.get(reverse("telling")).status_code == 200
    words = {"email": "me@example.go.th", "how": Telling.NONE}
    assert client.post(reverse("telling"), words).status_code == 302
    person = Person.objects.get(pk=people["officer"].person_id)
    assert (person.email, person.telling_wish.how) == ("me@example.go.th", Telling.NONE)
    act = Act.objects.get(verb="wish_to_be_told")
    assert act.details == {"how": "none", "address_changed": True}


def test_a_wrong_address_is_not_kept(sit: SignIn) -> None:
    words = {"email": "x@y\nBcc: z@example.org", "how": Telling.NONE}
    assert sit("officer").post(reverse("telling"), words).status_code == 422


def owing(people: dict[str, Actor], *keys: str) -> None:
    """Duties of the head that were found missing yesterday."""
    for key in keys:
        observed(key, "missing", at=MONDAY - timedelta(days=3), post_code=people["head"].post_code)


def test_what_must_be_published_is_named_once_in_one_mail_a_day(
    people: dict[str, Actor], server: MailServer
) -> None:
    wish(people["head"], Telling.DIGEST)
    owing(people, "oia-7-1", "oia-7-2")
    assert remind_of_duties(at=MONDAY - timedelta(hours=1)) == 2
    assert [ask_for_mails(at=MONDAY + timedelta(minutes=minute)) for minute in range(2)] == [1, 0]
    assert send()
    (taken,) = server.taken
    body = message_from_bytes(taken).get_payload(decode=True)
    assert isinstance(body, bytes)
    text = body.decode()
    assert text.count("ค้างมา 2 วันทำการ") == 2
    assert "ซึ่งตำแหน่งของท่านรับผิดชอบ" in text
    assert "ตำแหน่งอื่นรับผิดชอบ" not in text
    for key in ("oia-7-1", "oia-7-2"):
        assert reverse("duty", kwargs={"duty_key": key}) in text
    # It was said; a digest speaks each day only of what waits to be decided.
    assert remind_of_duties(at=MONDAY + timedelta(days=1)) == 0
    assert ask_for_mails(at=MONDAY + timedelta(days=1)) == 0


def test_what_came_up_from_another_post_stands_apart_and_names_who_answers_for_it(
    people: dict[str, Actor], server: MailServer
) -> None:
    wish(people["mayor"], Telling.DIGEST)
    wish(people["head"], Telling.NONE)
    observed(
        "oia-7-1",
        "missing",
        at=MONDAY - timedelta(days=60),
        post_code=people["head"].post_code,
        post_th="หัวหน้า",
    )
    assert remind_of_duties(at=MONDAY - timedelta(hours=1))
    assert ask_for_mails(at=MONDAY) == 1
    assert send()
    (taken,) = server.taken
    body = message_from_bytes(taken).get_payload(decode=True)
    assert isinstance(body, bytes)
    text = body.decode()
    assert "ตำแหน่งอื่นรับผิดชอบแต่ยังไม่เสร็จ" in text
    assert "(ผู้รับผิดชอบ: หัวหน้า)" in text
    assert "ซึ่งตำแหน่งของท่านรับผิดชอบ" not in text


def test_of_what_was_published_before_the_mail_nothing_is_said(people: dict[str, Actor]) -> None:
    wish(people["head"], Telling.DIGEST)
    owing(people, "oia-7-1")
    assert remind_of_duties(at=MONDAY - timedelta(hours=1)) == 1
    observed("oia-7-1", "met", at=MONDAY, post_code=people["head"].post_code)
    assert ask_for_mails(at=MONDAY) == 0
