"""The screens of notices, and what somebody might try: another's tap, a replay, a GET, a stale session, markup."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from prongsai.notices import actions
from prongsai.notices.board import read
from prongsai.notices.models import Notice, Wording
from prongsai.notices.states import NoticeState, Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person
from prongsai.publication.models import Incident
from prongsai.thai.dates import BANGKOK
from tests.factories import person
from tests.notices.factories import HEADLINE, again, awaiting, draft, ended, live, newest
from tests.office.conftest import SignIn, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "record"])
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
TURNED = "น้ำ\u202eท่วม\u2066"


@pytest.fixture(autouse=True)
def notice_file(settings: Any, tmp_path: Path) -> Path:
    settings.NOTICE_FILE = tmp_path / "notices" / "live.json"
    return Path(settings.NOTICE_FILE)


@pytest.fixture
def now() -> Any:
    return datetime.now(tz=UTC)


def until(now: Any) -> Any:
    return now + timedelta(hours=6)


def typed(now: Any, **changes: str) -> dict[str, str]:
    end = until(now).astimezone(BANGKOK)
    plain = {
        "ref": str(uuid.uuid4()),
        "headline": HEADLINE,
        "happened": "น้ำล้นตลิ่ง",
        "to_do": "ย้ายรถ",
        "contact": "0 7500 0199",
        "area": "ริมคลอง",
        "impact": "ประชาชนรู้ทัน",
        "valid_date": f"{end.day}/{end.month}/{end.year + 543}",
        "valid_time": f"{end:%H:%M}",
    }
    return plain | changes


def post(client: Client, name: str, notice: Notice, **payload: str) -> Any:
    return client.post(reverse(name, kwargs={"ref": notice.ref}), payload)


def page(client: Client, notice: Notice) -> str:
    return client.get(reverse("notice", kwargs={"ref": notice.ref})).content.decode()


def test_from_the_form_to_the_public_in_two_screens(
    sit: SignIn, now: Any, notice_file: Path
) -> None:
    sit("officer").post(reverse("new_notice"), typed(now) | {"send": "yes"})
    notice = Notice.objects.get()
    director = sit("director")
    assert HEADLINE in director.get(reverse("inbox")).content.decode()
    assert "เห็นชอบ ขึ้นเว็บทันที" in page(director, notice)
    post(director, "approve_notice", notice, seen=newest(notice).hash)
    assert len(read(notice_file).live(datetime.now(tz=UTC))) == 1
    assert "แถบ" not in page(sit("mayor"), notice)


def test_one_form_sent_twice_is_one_notice_sent_once(sit: SignIn, now: Any) -> None:
    payload = typed(now) | {"send": "yes"}
    officer = sit("officer")
    for _tap in range(2):
        officer.post(reverse("new_notice"), payload)
    assert Notice.objects.count() == 1
    assert Act.objects.filter(verb="send_notice").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"valid_date": "31 กุมภาพันธ์ 2569"}, "ไม่มีวันที่ 31 กุมภาพันธ์"),
        ({"valid_date": "31/02/2570"}, "ไม่มีวันที่ 31 กุมภาพันธ์"),
        ({"valid_date": "พรุ่งนี้"}, "อ่าน “พรุ่งนี้” เป็นวันที่ไม่ได้"),
        ({"valid_date": "1/1/3112"}, "ไม่แน่ใจว่าปี “3112” คือปีใด"),
        ({"valid_time": "25:00"}, "autofocus"),
        ({"valid_time": ""}, "ใส่วันที่แล้วแต่ไม่มีเวลา"),
        ({"headline": "ก" * 101}, "ยาวเกิน 100 ตัวอักษร"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(
    sit: SignIn, now: Any, changes: dict[str, str], sentence: str
) -> None:
    answer = sit("officer").post(reverse("new_notice"), typed(now, **changes) | {"send": "yes"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Notice.objects.count() == 0


def test_a_year_of_either_era_is_the_same_day(sit: SignIn, now: Any) -> None:
    end = until(now).astimezone(BANGKOK)
    common = f"{end.day}/{end.month}/{end.year}"
    officer = sit("officer")
    officer.post(reverse("new_notice"), typed(now) | {"keep": "yes"})
    officer.post(reverse("new_notice"), typed(now, valid_date=common) | {"keep": "yes"})
    assert Wording.objects.values("valid_until_at").distinct().count() == 1


def test_more_than_seventy_two_hours_stays_a_draft(sit: SignIn, now: Any) -> None:
    far = (now + timedelta(hours=80)).astimezone(BANGKOK)
    day = f"{far.day}/{far.month}/{far.year + 543}"
    answer = sit("officer").post(
        reverse("new_notice"), typed(now, valid_date=day) | {"send": "yes"}, follow=True
    )
    assert "ไกลเกิน 72 ชั่วโมง" in answer.content.decode()
    assert Wording.objects.get().stage == Stage.DRAFT


def test_others_are_not_let_in_to_write(sit: SignIn, now: Any) -> None:
    for who in ("head", "director", "screener"):
        answer = sit(who).post(reverse("new_notice"), typed(now) | {"send": "yes"})
        assert answer.status_code == 403
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(("who", "may"), [("officer", True), ("webmaster", True), ("head", False)])
def test_only_those_who_may_write_are_offered_a_new_notice(
    sit: SignIn, who: str, may: bool
) -> None:
    shown = sit(who).get(reverse("notices")).content.decode()

    assert (reverse("new_notice") in shown) is may
    assert ("โปรดโทรแจ้งเจ้าหน้าที่ประชาสัมพันธ์" in shown) is not may


def test_the_writers_own_tap_is_refused_and_remembered(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
    notice_file: Path,
) -> None:
    wording = awaiting(people, at=now, valid_until_at=until(now))
    for who in ("officer", "head", "mayor", "webmaster", "administrator"):
        post(sit(who), "approve_notice", wording.notice, seen=wording.hash)
    assert again(wording.notice).state == NoticeState.AWAITING_DIRECTOR
    assert Act.objects.filter(verb="approve_notice", outcome="refused").count() == 5
    assert not notice_file.exists()


def test_looking_changes_nothing(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
    notice_file: Path,
) -> None:
    wording = awaiting(people, at=now, valid_until_at=until(now))
    before = list(Notice.objects.values_list()), list(Wording.objects.values_list())
    director = sit("director")
    names = ("approve", "send_back", "update", "renew", "end", "review")
    statuses = {
        director.get(reverse(f"{name}_notice", kwargs={"ref": wording.notice.ref})).status_code
        for name in names
    }
    assert statuses == {405}
    page(director, wording.notice)
    assert (list(Notice.objects.values_list()), list(Wording.objects.values_list())) == before
    assert not notice_file.exists()


def test_a_tap_from_another_site_is_refused(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
) -> None:
    wording = awaiting(people, at=now, valid_until_at=until(now))
    sit("director")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Person.objects.get(pk=people["director"].person_id))
    assert post(strict, "approve_notice", wording.notice, seen=wording.hash).status_code == 403
    assert again(wording.notice).state == NoticeState.AWAITING_DIRECTOR


def test_a_tap_long_after_the_sign_in_asks_who_is_there(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
) -> None:
    notice = live(people, at=now, valid_until_at=until(now))
    wording = awaiting(people, at=now, valid_until_at=until(now))
    sit("director")
    director = Person.objects.get(pk=people["director"].person_id)
    stale = signed_in(director, seconds_ago=400)
    taps = (
        ("approve_notice", wording.notice, {"seen": wording.hash}),
        ("renew_notice", notice, {"hours": "24"}),
        ("end_notice", notice, {"cause": "over", "reason": "น้ำลด"}),
    )
    for name, about, payload in taps:
        answer = post(stale, name, about, **payload)
        assert (answer.status_code, "reauthenticate" in answer["location"]) == (302, True)
    assert again(wording.notice).state == NoticeState.AWAITING_DIRECTOR
    assert again(notice).state == NoticeState.LIVE


def test_without_a_session_the_door_is_shut(people: dict[str, Actor], now: Any) -> None:
    wording = awaiting(people, at=now, valid_until_at=until(now))
    answer = post(Client(), "approve_notice", wording.notice, seen=wording.hash)
    assert (answer.status_code, "login" in answer["location"]) == (302, True)


def test_whose_order_ended_while_the_page_lay_open_taps_in_vain(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
) -> None:
    wording = awaiting(people, at=now, valid_until_at=until(now))
    director = sit("director")
    held = Appointment.objects.filter(person_id=people["director"].person_id)
    held.update(to_date=localdate() - timedelta(days=1))
    assert post(director, "approve_notice", wording.notice, seen=wording.hash).status_code == 403
    assert again(wording.notice).state == NoticeState.AWAITING_DIRECTOR


@pytest.mark.parametrize("name", ["headline", "happened", "to_do", "contact", "area", "source"])
def test_markup_and_turning_marks_in_any_field_stay_harmless_text(
    sit: SignIn, now: Any, name: str
) -> None:
    payload = typed(now, **{name: f"{NASTY[:60]}{TURNED}"}) | {"keep": "yes"}
    officer = sit("officer")
    officer.post(reverse("new_notice"), payload)
    notice = Notice.objects.get()
    for address in ("notice", "write_notice"):
        shown = officer.get(reverse(address, kwargs={"ref": notice.ref})).content.decode()
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert" in shown
        assert "\u202e" not in shown
        assert "\u2066" not in shown


def test_an_update_a_renewal_an_end_and_a_review_from_the_screens(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
    notice_file: Path,
) -> None:
    notice = live(people, at=now, valid_until_at=until(now))
    officer, director, clerk = sit("officer"), sit("director"), sit("clerk")
    assert "เริ่มเขียนข้อความใหม่" in page(officer, notice)
    post(officer, "update_notice", notice)
    new = typed(now, to_do="ขึ้นชั้นสอง") | {"send": "yes"}
    officer.post(reverse("write_notice", kwargs={"ref": notice.ref}), new)
    post(director, "send_back_notice", notice, reason="บอกพื้นที่ด้วย")
    assert (
        "บอกพื้นที่ด้วย"
        in officer.get(reverse("write_notice", kwargs={"ref": notice.ref})).content.decode()
    )
    officer.post(reverse("write_notice", kwargs={"ref": notice.ref}), new)
    post(director, "approve_notice", notice, seen=newest(notice).hash)
    assert "ต่อเวลาด้วยข้อความเดิม" in page(director, notice)
    post(director, "renew_notice", notice, hours="24")
    post(director, "end_notice", notice, cause="over", reason="น้ำลดแล้ว")
    [shown] = read(notice_file).over(datetime.now(tz=UTC))
    assert [each.kind for each in shown.messages] == ["alert", "update", "renewal", "end"]
    assert "บันทึกการทบทวน" in page(clerk, notice)
    post(clerk, "review_notice", notice, review_effect="รู้ทัน", review_lesson="ไม่มี")
    assert again(notice).state == NoticeState.REVIEWED


def test_half_filled_small_forms_are_said_on_the_page(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
) -> None:
    notice = live(people, at=now, valid_until_at=until(now))
    director = sit("director")
    for name, sentence in (
        ("end_notice", "ยังไม่ได้บอกประชาชน"),
        ("send_back_notice", "ยังไม่ได้บอกว่าต้องแก้อะไร"),
        ("renew_notice", "ยังไม่ได้เลือกจำนวนชั่วโมง"),
        ("review_notice", "ยังไม่ได้บอกผลที่เกิดขึ้นจริง"),
        ("recall_notice", "ยังไม่ได้เลือกเหตุที่เรียกคืน"),
    ):
        answer = director.post(reverse(name, kwargs={"ref": notice.ref}), {}, follow=True)
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
    assert again(notice).state == NoticeState.LIVE


WHY = "ประกาศมีชื่อบุคคลที่ไม่เกี่ยวข้อง จึงนำออก"


def test_a_director_recalls_by_one_form_and_the_incident_is_in_the_inbox(
    sit: SignIn, people: dict[str, Actor], now: Any, notice_file: Path
) -> None:
    notice = live(people, at=now, valid_until_at=until(now))
    director, clerk = sit("director"), sit("clerk")
    assert "เรียกคืนทันที" in page(director, notice)
    post(director, "recall_notice", notice, ground="personal_data", reason=WHY)
    assert HEADLINE not in notice_file.read_text(encoding="utf-8")
    shown = page(director, notice)
    assert WHY in shown
    assert "เรียกคืนทันที" not in shown
    inbox = clerk.get(reverse("inbox")).content.decode()
    assert f"ประกาศฉุกเฉิน {notice.public_id}" in inbox
    incident = Incident.objects.get()
    there = clerk.get(reverse("incident", kwargs={"ref": incident.ref})).content.decode()
    assert "กำลังลบจากทะเบียน" in there
    assert reverse("notice", kwargs={"ref": notice.ref}) in there
    assert f"ประกาศฉุกเฉิน {notice.public_id}" in clerk.get(reverse("incidents")).content.decode()


def test_an_officer_recalls_nothing_and_the_attempt_is_remembered(
    sit: SignIn, people: dict[str, Actor], now: Any
) -> None:
    notice = live(people, at=now, valid_until_at=until(now))
    officer = sit("officer")
    assert "เรียกคืนทันที" not in page(officer, notice)
    post(officer, "recall_notice", notice, ground="mistake", reason=WHY)
    assert again(notice).recalled_at is None
    assert Act.objects.filter(verb="recall_notice", outcome="refused").count() == 1


def test_a_wording_that_is_not_a_draft_cannot_be_opened_for_writing(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
) -> None:
    wording = awaiting(people, at=now, valid_until_at=until(now))
    answer = sit("officer").get(reverse("write_notice", kwargs={"ref": wording.notice.ref}))
    assert answer.status_code == 302


def test_a_director_who_wrote_is_told_why_there_is_no_button(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
) -> None:
    wording = awaiting(people, at=now, valid_until_at=until(now))
    Wording.objects.filter(pk=wording.pk).update(writers=[people["director"].person_id])
    shown = page(sit("director"), wording.notice)
    assert "จึงเห็นชอบเองไม่ได้" in shown
    assert "เห็นชอบ ขึ้นเว็บทันที" not in shown


def test_what_is_late_stands_in_the_mayors_inbox(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
) -> None:
    long_ago = now - timedelta(days=20)
    ended(people, at=long_ago, valid_until_at=long_ago + timedelta(hours=6))
    assert "เกินกำหนดทบทวน" in sit("mayor").get(reverse("inbox")).content.decode()
    assert "เกินกำหนดทบทวน" in sit("clerk").get(reverse("notices")).content.decode()


def test_drills_are_apart_and_say_so_everywhere(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
) -> None:
    notice = live(people, at=now, is_drill=True, valid_until_at=now + timedelta(hours=1))
    officer = sit("officer")
    assert HEADLINE not in officer.get(reverse("notices")).content.decode()
    assert HEADLINE in officer.get(f"{reverse('notices')}?drills").content.decode()
    assert "นี่คือการฝึกซ้อม ไม่ใช่เหตุจริง" in page(officer, notice)
    assert "เขียนประกาศฝึกซ้อม" in officer.get(f"{reverse('new_notice')}?drill").content.decode()


def test_a_list_asks_as_much_for_one_row_as_for_three(
    sit: SignIn,
    people: dict[str, Actor],
    now: Any,
) -> None:
    officer = sit("officer")
    # What waits for its reader is counted by the first page, and stands for the next ones.
    officer.get(reverse("notices"))
    counted = []
    for rows in (1, 2):
        for _row in range(rows):
            draft(people, at=now)
        with CaptureQueriesContext(connection) as asked:
            officer.get(reverse("notices"))
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_stranger_without_a_post_sees_nothing(people: dict[str, Actor], now: Any) -> None:
    notice = live(people, at=now, valid_until_at=until(now))
    client = signed_in(person())
    answer = client.get(reverse("notice", kwargs={"ref": notice.ref}))
    assert answer.status_code == 403
    assert actions.post(at=now)
