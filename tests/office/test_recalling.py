"""The screens of a recall: what it hits, one tap, what is gone, the clock; and of a set of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.publication.actions import publish
from prongsai.publication.models import Incident, RecallSet
from prongsai.publication.queries import due
from prongsai.publication.recalls import sets
from prongsai.publication.recalls.actions import keep_answers
from prongsai.publication.recalls.queries import checks_due
from prongsai.publication.recalls.rules import PAUSES, Heard
from prongsai.record.models import Item
from tests.office.conftest import SignIn
from tests.publication import bundles
from tests.publication.conftest import shelves  # noqa: F401 -- a fixture, used by name
from tests.publication.factories import LATER, published
from tests.publication.recalls.factories import asked, leaked, recalled
from tests.publication.recalls.test_recall import planned

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("shelves"),
]
People = dict[str, Actor]
WISH = {
    "recall_reason": "personal_data",
    "explanation": "ไฟล์มีข้อมูลที่เปิดเผยไม่ได้",
    "urgency": "urgent",
}


def address_of(disclosure: Disclosure) -> str:
    return reverse("recall", kwargs={"number": disclosure.number})


def publish_what_is_due() -> None:
    for each in due(at=datetime.now(UTC)):
        publish(submission_ref=each.ref, at=datetime.now(UTC))


def page(client: object, address: str) -> str:
    answer = client.get(address)  # type: ignore[attr-defined]  # a test client
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_screen_names_versions_files_and_twins_before_anything_is_asked_for(
    people: People, sit: SignIn
) -> None:
    disclosure = leaked(people, versions=2)
    twin, _entry = published(people)

    shown = page(sit("officer"), address_of(disclosure))

    assert "ฉบับที่ 2" in shown
    assert "หลักเกณฑ์.txt" in shown
    assert twin.number in shown
    assert 'value="urgent"' in shown


def test_the_screen_says_that_what_waits_for_its_time_will_be_stopped(
    people: People, sit: SignIn
) -> None:
    disclosure = leaked(people)
    waiting = planned(people, disclosure, datetime.now(UTC) + timedelta(days=9))

    assert "จะถูกหยุดทันทีที่ส่งเรียกคืน" in page(sit("officer"), address_of(disclosure))
    sit("officer").post(address_of(disclosure), WISH)

    waiting.refresh_from_db()
    assert (waiting.state, disclosure.submissions.filter(action="recalled").count()) == (
        "stopped",
        1,
    )


def test_one_post_and_one_tap_make_a_tombstone_of_it(people: People, sit: SignIn) -> None:
    disclosure = leaked(people)

    sit("officer").post(address_of(disclosure), WISH)
    submission = disclosure.submissions.get(action="recalled")
    decision = {"verdict": "endorse", "post": "director", "content_hash": submission.content_hash}
    sit("director").post(reverse("decide", kwargs={"ref": submission.ref}), decision)
    publish_what_is_due()

    assert Item.objects.get(number=disclosure.number).state == "recalled"
    assert "หายแล้ว 0 จาก" in page(sit("officer"), address_of(disclosure))


def test_the_page_says_when_every_address_was_found_without_it(people: People, sit: SignIn) -> None:
    disclosure = leaked(people)
    recalled(people, disclosure)
    due_now = checks_due(at=LATER)
    keep_answers(checks=due_now, heard=[Heard(410)] * len(due_now), at=LATER)

    shown = page(sit("head"), address_of(disclosure))

    assert f"หายแล้ว {len(due_now)} จาก {len(due_now)} ที่อยู่" in shown
    assert f"/p/{disclosure.number}/history/" in shown


def test_a_check_that_fails_shouts_at_the_webmaster_alone(people: People, sit: SignIn) -> None:
    recalled(people, leaked(people))
    at = LATER
    for pause in PAUSES:
        checks = checks_due(at=at)
        keep_answers(checks=checks, heard=[Heard(200)] * len(checks), at=at)
        at += timedelta(seconds=pause)

    assert "ยังยืนยันไม่ได้ว่าหายจากเว็บไซต์" in page(sit("webmaster"), reverse("inbox"))
    assert "ยังยืนยันไม่ได้" not in page(sit("officer"), reverse("inbox"))


@pytest.mark.parametrize(
    ("who", "sees"), [("webmaster", True), ("clerk", True), ("mayor", True), ("head", False)]
)
def test_the_clock_stands_in_the_inboxes_of_those_who_must_know(
    people: People, sit: SignIn, who: str, sees: bool
) -> None:
    asked(people, leaked(people), reason="personal_data", at=datetime.now(UTC))

    assert ("เหลือ 71 ชั่วโมง" in page(sit(who), reverse("inbox"))) is sees


@pytest.mark.parametrize(
    ("known_for", "said"),
    [
        (timedelta(hours=73, minutes=30), "เกินกำหนด 1 ชั่วโมง"),
        (timedelta(days=7, hours=23), "เกินกำหนด 119 ชั่วโมง"),
        (timedelta(days=8, minutes=1), "เกินกำหนด 5 วัน"),
    ],
)
def test_what_is_long_over_is_counted_in_days(
    people: People, sit: SignIn, known_for: timedelta, said: str
) -> None:
    asked(people, leaked(people), reason="personal_data", at=datetime.now(UTC) - known_for)

    clerk = sit("clerk")
    assert said in page(clerk, reverse("inbox"))
    assert said in page(clerk, reverse("incidents"))


def test_an_incident_is_answered_and_closed_on_its_page(people: People, sit: SignIn) -> None:
    asked(people, leaked(people), reason="personal_data", at=datetime.now(UTC))
    incident, clerk = Incident.objects.get(), sit("clerk")
    place = {"ref": incident.ref}
    words = {"question": "what", "text": "ชื่อและเลขประจำตัว"}
    clerk.post(reverse("answer_incident", kwargs=place), words)
    clerk.post(reverse("close_incident", kwargs=place), {"reason": "ครบ"})

    shown = page(clerk, reverse("incident", kwargs=place))

    assert "ชื่อและเลขประจำตัว" in shown
    assert "ปิดเหตุไม่ได้" in shown
    assert "มาตรา 37 (4)" in shown
    assert Incident.objects.get().closed_at is None
    assert "เหลือ" in page(clerk, reverse("incidents"))


@pytest.mark.parametrize(("who", "may"), [("clerk", False), ("officer", True)])
def test_an_incident_links_to_what_its_reader_may_open(
    people: People, sit: SignIn, who: str, may: bool
) -> None:
    asked(people, leaked(people), reason="personal_data")
    incident = Incident.objects.get()
    place = reverse("recall", kwargs={"number": incident.submission.disclosure.number})

    assert (place in page(sit(who), reverse("incident", kwargs={"ref": incident.ref}))) is may


@pytest.mark.parametrize("who", ["neighbour", "screener"])
def test_an_incident_of_another_unit_stays_closed(people: People, sit: SignIn, who: str) -> None:
    asked(people, leaked(people), reason="personal_data")
    ref = Incident.objects.get().ref

    answers = [sit(who).get(reverse("incident", kwargs={"ref": ref}))]
    answers += [
        sit(who).post(reverse(name, kwargs={"ref": ref}), {"reason": "x", "text": "x"})
        for name in ("answer_incident", "close_incident")
    ]

    assert {each.status_code for each in answers} == {403}


def test_twins_that_are_ticked_go_with_it_in_one_set(people: People, sit: SignIn) -> None:
    disclosure = leaked(people)
    twins = [published(people)[0] for _ in range(2)]
    wish = WISH | {"also": [each.number for each in twins]}

    sit("officer").post(address_of(disclosure), wish)

    made = RecallSet.objects.get()
    assert {each.number for each in made.members.all()} == {
        disclosure.number,
        *(each.number for each in twins),
    }


def test_a_set_is_looked_at_sent_signed_once_and_followed(people: People, sit: SignIn) -> None:
    works = [leaked(people, title=f"ผู้ทิ้งงาน {n}") for n in range(3)]
    officer, director = sit("officer"), sit("director")
    place = reverse("recall_sets") + "?words=ผู้ทิ้งงาน"
    assert "จะเรียกคืน 3 รายการ" in page(officer, place)
    assert works[0].number in page(officer, reverse("recall_dry_run") + "?words=ผู้ทิ้งงาน")

    officer.post(place, WISH | {"seen": [each.number for each in works]})
    made = RecallSet.objects.get()
    sets.carry_on(at=datetime.now(UTC))
    sets.carry_on(at=datetime.now(UTC))
    assert page(director, reverse("inbox")).count("เรียกคืนเป็นชุด 3 รายการ") == 1
    assert "ผู้ทิ้งงาน 1" not in page(director, reverse("inbox"))
    where = reverse("recall_set", kwargs={"ref": made.ref})
    decision = {"verdict": "endorse", "post": "director", "content_hash": made.content_hash}
    director.post(where, decision)
    sets.carry_on(at=datetime.now(UTC))
    publish_what_is_due()

    assert "เรียกคืนแล้ว 3 จาก 3 รายการ" in page(officer, where)
    assert sit("neighbour").get(where).status_code == 403


def test_a_dry_run_tells_of_members_of_the_bundle_as_much_as_its_reader_may_see(
    people: People, sit: SignIn
) -> None:
    work, corrected = bundles.mixed(people)
    bundles.sent(people, [work, corrected])
    officer, query = sit("officer"), f"?words={corrected.title}"

    for name in ("recall_sets", "recall_dry_run"):
        assert work.title in page(officer, reverse(name) + query)
    Disclosure.objects.filter(pk=work.pk).update(unit=Unit.objects.get(code="treasury"))

    told = page(officer, reverse("recall_sets") + query)
    assert "1 เรื่องของหน่วยงานอื่น" in told
    assert work.title not in told + page(officer, reverse("recall_dry_run") + query)


def test_nothing_is_chosen_without_a_filter(people: People, sit: SignIn) -> None:
    leaked(people)

    assert "จะเรียกคืน" not in page(sit("officer"), reverse("recall_sets") + "?words=")


def test_a_member_of_another_unit_is_left_out_with_its_reason(people: People, sit: SignIn) -> None:
    leaked(people, title="ผู้ทิ้งงาน")
    shown = page(sit("webmaster"), reverse("recall_sets") + "?words=ผู้ทิ้งงาน")
    assert "จะเรียกคืน 1 รายการ" in shown

    assert "ผู้ทิ้งงาน" not in page(sit("neighbour"), reverse("recall_sets") + "?kind=news")


def test_a_recall_tells_which_members_of_the_bundle_go_back_with_it(
    people: People, sit: SignIn
) -> None:
    work, corrected = bundles.mixed(people)
    bundles.sent(people, [work, corrected])

    shown = page(sit("officer"), address_of(corrected))
    assert "อีก 1 เรื่องอยู่ในชุดเผยแพร่เดียวกัน" in shown
    assert f'<span class="office-row-title">{work.title}</span>' in shown
