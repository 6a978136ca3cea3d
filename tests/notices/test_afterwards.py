"""What comes after: expiry by itself, the look back in time, drills, mending, the record, the channels."""

import hashlib
import hmac
import json
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import OperationalError, connection

from prongsai.notices import actions, queries, tasks
from prongsai.notices.actions.delivering import MOST_TRIES
from prongsai.notices.board import Board, read
from prongsai.notices.channels import line, mail, webhook
from prongsai.notices.channels.parcel import CannotDeliver, parcel
from prongsai.notices.models import Delivery
from prongsai.notices.policy import BadFile, policy
from prongsai.notices.queries import (
    director_posts,
    overdue_reviews,
    public_message,
    review_due,
    waiting_for,
)
from prongsai.notices.refusals import CannotReview
from prongsai.notices.states import Channel, DeliveryState, NoticeState
from prongsai.organisation.models import Act, Person, Post
from prongsai.organisation.queries import actor_for, posts_held
from tests.factories import NOW, TODAY, acting, unit
from tests.notices.factories import (
    UNTIL,
    People,
    again,
    awaiting,
    draft,
    ended,
    live,
    message,
    newest,
    public,
)

pytestmark = pytest.mark.django_db(databases=["default", "record"])
TEXTS = {"review_effect": "ประชาชนย้ายรถทัน", "review_lesson": "เพิ่มป้ายไฟ"}


def board(path: Path, at: datetime = NOW) -> Board:
    return Board(path, at.timestamp)


def test_what_is_over_is_noted_as_over_when_it_was(people: People) -> None:
    notice = live(people)
    assert tasks.end_what_is_over(at=UNTIL - timedelta(seconds=1)) == 0
    late = UNTIL + timedelta(hours=5)
    assert tasks.end_what_is_over(at=late) == 1
    assert tasks.end_what_is_over(at=late) == 0
    row = again(notice)
    assert (row.state, row.ended_at, row.end_cause) == (NoticeState.ENDED, UNTIL, "expired")
    assert not actions.expire(notice=notice, at=late)


def test_the_look_back_is_due_after_three_working_days() -> None:
    friday = datetime(2026, 12, 4, 3, 0, tzinfo=UTC)
    # The 5th is a holiday on a Saturday, made up for on Monday the 7th; the 10th is a holiday.
    assert review_due(friday) == date(2026, 12, 11)


def test_the_clerk_looks_back_once(people: People) -> None:
    notice = ended(people)
    actions.review(notice=notice, texts=TEXTS, by=people["clerk"], at=NOW)
    assert again(notice).state == NoticeState.REVIEWED
    with pytest.raises(CannotReview):
        actions.review(notice=notice, texts=TEXTS, by=people["clerk"], at=NOW)


@pytest.mark.parametrize(
    ("who", "texts"),
    [("director", TEXTS), ("officer", TEXTS), ("mayor", TEXTS), ("clerk", {"review_effect": "ดี"})],
)
def test_others_do_not_look_back_nor_anybody_with_half_a_review(
    people: People, who: str, texts: dict[str, str]
) -> None:
    notice = ended(people)
    with pytest.raises(CannotReview):
        actions.review(notice=notice, texts=texts, by=people[who], at=NOW)
    assert again(notice).state == NoticeState.ENDED


def test_an_order_for_other_work_lets_nobody_look_back(people: People) -> None:
    held = acting(post=Post.objects.get(code="clerk"), scope_kinds=["procurement"])
    by = actor_for(held.person, post_code="clerk", on=TODAY)
    with pytest.raises(CannotReview):
        actions.review(notice=ended(people), texts=TEXTS, by=by, at=NOW)


def test_a_clerk_who_agreed_leaves_the_look_back_to_the_deputy(people: People) -> None:
    wording = awaiting(people)
    actions.approve(wording=wording, seen=wording.hash, by=people["clerk"], at=NOW)
    notice = again(wording.notice)
    actions.end(notice=notice, cause="over", reason="น้ำลด", by=people["director"], at=NOW)
    with pytest.raises(CannotReview):
        actions.review(notice=notice, texts=TEXTS, by=people["clerk"], at=NOW)
    actions.review(notice=notice, texts=TEXTS, by=people["deputy-clerk"], at=NOW)


def test_everybody_sees_what_waits_for_them_and_executives_what_is_late(people: People) -> None:
    def waits(who: str, on: date) -> tuple[int, int, int]:
        person = Person.objects.get(pk=people[who].person_id)
        found = waiting_for(person, posts_held(person, on), on=on)
        return len(found.to_decide), len(found.to_review), len(found.overdue)

    awaiting(people)
    ended(people)
    assert [waits(who, TODAY) for who in ("officer", "director", "clerk", "mayor")] == [
        (0, 0, 0),
        (1, 0, 0),
        (1, 1, 0),
        (0, 0, 0),
    ]
    late = TODAY + timedelta(days=10)
    assert [waits(who, late) for who in ("clerk", "mayor")] == [(1, 1, 0), (0, 0, 1)]
    assert overdue_reviews(on=late).count() == 1


def test_a_drill_is_short_and_goes_neither_into_the_record_nor_to_a_channel(
    people: People, notice_file: Path, settings: Any
) -> None:
    settings.NOTICE_WEBHOOKS = ["https://hook.example/"]
    notice = live(people, is_drill=True, valid_until_at=NOW + timedelta(hours=1))
    assert read(notice_file).live(NOW)[0].is_drill
    assert Delivery.objects.count() == 0
    assert tasks.enter_what_was_told(at=NOW) == 0
    assert tasks.end_what_is_over(at=NOW + timedelta(hours=1)) == 1
    assert again(notice).number == ""
    with pytest.raises(actions.writing.CannotWrite):
        awaiting(people, is_drill=True, valid_until_at=NOW + timedelta(hours=5))


def test_a_file_behind_the_rows_is_mended(people: People, notice_file: Path) -> None:
    live(people)
    assert not tasks.keep_posted(board(notice_file), at=NOW)
    # As a kill between the commit and the rename leaves it, a restored backup, or a careless hand.
    for damage in (notice_file.unlink, lambda: notice_file.write_bytes(b"{")):
        damage()
        assert tasks.keep_posted(board(notice_file), at=NOW)
        assert len(read(notice_file).live(NOW)) == 1


def test_before_any_notice_there_is_nothing_to_mend(db: None, notice_file: Path) -> None:
    assert not tasks.keep_posted(board(notice_file), at=NOW)
    tasks.mend_at_start()
    assert not notice_file.exists()


class Listener(BaseHTTPRequestHandler):
    """A channel on the other side; `statuses` are what it answers, the last one again and again."""

    got: list[tuple[dict[str, str], bytes]] = []
    statuses: list[int] = [200]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Listener.got.append((dict(self.headers), body))
        found = Listener.statuses
        self.send_response(found.pop(0) if len(found) > 1 else found[0])
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Quietly."""


@pytest.fixture
def other_side() -> Iterator[str]:
    Listener.got, Listener.statuses = [], [200]
    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    thread.join()
    server.server_close()


def deliver(at: datetime = NOW) -> str:
    """One turn of the worker with its thread; what became of the delivery."""
    task = tasks.delivering(lambda: at)
    assert task is not None
    try:
        task.done(task.run(), at)
    except CannotDeliver as error:
        task.failed(error, at)
    return Delivery.objects.latest("id").state


def test_a_webhook_is_told_in_signed_json(people: People, settings: Any, other_side: str) -> None:
    settings.NOTICE_WEBHOOKS, settings.WEBHOOK_KEY = [other_side], "key"
    live(people)
    assert deliver() == DeliveryState.SENT
    [(headers, body)] = Listener.got
    signature = hmac.new(b"key", body, hashlib.sha256).hexdigest()
    assert headers["Prongsai-Signature"] == f"sha256={signature}"
    told = json.loads(body)
    assert (told["kind"], told["sent_at"]) == ("alert", "2026-11-23T10:00:00+07:00")
    assert tasks.delivering(lambda: NOW) is None


def test_what_does_not_get_through_is_tried_again_with_longer_pauses(
    people: People, settings: Any, other_side: str
) -> None:
    settings.NOTICE_WEBHOOKS = [other_side]
    Listener.statuses = [500, 302, 200]
    live(people)
    assert deliver() == DeliveryState.WAITING
    assert Delivery.objects.get().problem == "ปลายทางตอบ 500"
    assert tasks.delivering(lambda: NOW + timedelta(seconds=4)) is None
    assert deliver(NOW + timedelta(seconds=5)) == DeliveryState.WAITING
    assert deliver(NOW + timedelta(seconds=15)) == DeliveryState.SENT
    assert len(Listener.got) == 3
    keys = {headers["Idempotency-Key"] for headers, _body in Listener.got}
    assert len(keys) == 1


def test_at_last_it_is_given_up_and_the_trail_says_so(people: People, settings: Any) -> None:
    settings.NOTICE_WEBHOOKS = ["ftp://nowhere.example/"]
    live(people)
    at = NOW
    for _try in range(MOST_TRIES):
        at = Delivery.objects.get().next_try_at
        deliver(at)
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP
    assert at - NOW < timedelta(hours=3)
    assert Act.objects.filter(verb="deliver_notice").count() == 1


def test_line_is_told_in_words_with_a_key_against_repetition(other_side: str) -> None:
    ready = parcel(public(), target="broadcast", key="k", origin="https://www.tangjai.example")
    line.send(ready, token="secret", api=other_side)
    [(headers, body)] = Listener.got
    assert headers["Authorization"] == "Bearer secret"
    assert uuid.UUID(headers["X-Line-Retry-Key"])
    [sent] = json.loads(body)["messages"]
    assert "https://www.tangjai.example/notices/0123456789/" in sent["text"]


def test_an_end_is_told_with_its_reason_in_an_e_mail() -> None:
    over = public("0123456789", message(), message("end", reason="น้ำลดแล้ว"))
    ready = parcel(over, target="a@example.org", key="k", origin="https://www.tangjai.example")
    mail.send(ready, sender="info@tangjai.example")
    [sent] = outbox.outbox
    assert sent.subject.startswith("สิ้นสุดประกาศ")
    assert "น้ำลดแล้ว" in sent.body


def test_nobody_answering_is_a_sentence_without_secrets() -> None:
    ready = parcel(public(), target="http://127.0.0.1:9/", key="k", origin="https://a.example")
    with pytest.raises(CannotDeliver, match="ติดต่อปลายทางไม่ได้"):
        webhook.send(ready, key="secret")


def test_each_message_tells_what_was_said_then(people: People, settings: Any) -> None:
    settings.NOTICE_EMAILS = ["a@example.org"]
    notice = live(people)
    actions.end(notice=notice, cause="over", reason="น้ำลดแล้ว", by=people["director"], at=NOW)
    assert Delivery.objects.filter(channel=Channel.EMAIL).count() == 2
    deliver()
    deliver()
    assert [each.subject[:15] for each in outbox.outbox] == ["ประกาศฉุกเฉิน: ", "สิ้นสุดประกาศ: "]


def test_nothing_is_said_of_what_nobody_agreed_to(people: People) -> None:
    with pytest.raises(ValueError, match="agreed"):
        public_message(draft(people))


def test_the_seats_of_a_unit_without_a_division_are_the_others(people: People) -> None:
    assert director_posts(newest(draft(people).notice).notice.unit) == ["director", "clerk"]
    assert director_posts(unit("city")) == ["clerk"]


@pytest.mark.parametrize(
    "text",
    [
        "longest_hours = 73",
        "longest_hours = 0",
        "directors = []",
        "longest_hours = 'x'",
        "unknown = 1",
        "directors = ",
    ],
)
def test_a_municipalitys_own_rules_are_read_strictly(tmp_path: Path, text: str) -> None:
    own = tmp_path / "notices.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile):
        policy(own)


def test_a_municipalitys_own_rules_replace_ours_one_by_one(tmp_path: Path) -> None:
    own = tmp_path / "notices.toml"
    own.write_text('directors = ["director-health"]\nlongest_hours = 48', encoding="utf-8")
    found = policy(own)
    assert (found.directors, found.longest_hours) == (("director-health",), 48)
    assert found.reviewers == policy(None).reviewers


def test_line_is_an_address_as_soon_as_there_is_a_token(people: People, settings: Any) -> None:
    settings.LINE_TOKEN = "token"
    live(people)
    assert list(Delivery.objects.values_list("channel", "target")) == [(Channel.LINE, "broadcast")]


def test_what_was_told_once_is_not_counted_again(people: People, settings: Any) -> None:
    settings.NOTICE_EMAILS = ["a@example.org"]
    live(people)
    row = Delivery.objects.get()
    actions.delivery_done(delivery=row, at=NOW)
    actions.delivery_done(delivery=row, at=NOW)
    actions.delivery_failed(delivery=row, problem="สาย", at=NOW)
    row.refresh_from_db()
    assert (row.state, row.tries, row.problem) == (DeliveryState.SENT, 1, "")


def test_a_mail_server_that_does_not_answer_is_a_sentence(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    ready = parcel(public(), target="a@example.org", key="k", origin="https://a.example")
    with pytest.raises(CannotDeliver, match="ส่งอีเมลไม่ได้"):
        mail.send(ready, sender="info@tangjai.example")


def test_a_channel_that_nobody_knows_is_told(people: People, settings: Any) -> None:
    settings.NOTICE_EMAILS = ["a@example.org"]
    live(people)
    Delivery.objects.update(channel="pigeon")
    assert deliver() == DeliveryState.WAITING
    assert "pigeon" in Delivery.objects.get().problem


def test_nobody_is_told_to_move_after_they_were_told_that_it_is_over(
    people: People, settings: Any, other_side: str
) -> None:
    settings.NOTICE_WEBHOOKS = [other_side]
    Listener.statuses = [500, 200]
    notice = live(people)
    assert deliver() == DeliveryState.WAITING
    at = NOW + timedelta(seconds=1)
    actions.end(notice=notice, cause="over", reason="น้ำลดแล้ว", by=people["director"], at=at)
    assert deliver(at) == DeliveryState.SENT
    assert tasks.delivering(lambda: NOW + timedelta(hours=1)) is None
    assert [json.loads(body)["kind"] for _headers, body in Listener.got] == ["alert", "end"]
    alert = Delivery.objects.get(version=1)
    assert (alert.state, bool(alert.problem)) == (DeliveryState.GIVEN_UP, True)


def test_nobody_is_told_of_what_is_over_by_the_clock(people: People, settings: Any) -> None:
    settings.NOTICE_EMAILS = ["a@example.org"]
    live(people)
    assert tasks.delivering(lambda: UNTIL) is None
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP


def test_the_file_never_claims_to_know_what_was_agreed_to_while_it_was_made(
    people: People,
) -> None:
    live(people)
    second = awaiting(people)

    def agreed_meanwhile(execute: Any, sql: str, *rest: Any) -> Any:
        if "COUNT(" in sql and second.stage != "approved":
            second.stage, second.approved_at = "approved", NOW
            second.approved_by_id = people["director"].person_id
            second.save()
            second.notice.state = NoticeState.LIVE
            second.notice.save()
        return execute(sql, *rest)

    with connection.execute_wrapper(agreed_meanwhile):
        made = queries.bulletin(at=NOW)
    # Each notice was told once.
    assert made.sequence <= len(made.notices)


def test_a_database_that_fails_after_the_tap_is_told_as_not_up_yet(people: People) -> None:
    live(people)

    def fails(*_args: Any) -> None:
        raise OperationalError("database is locked")

    with connection.execute_wrapper(fails):
        assert actions.post(at=NOW) is False
