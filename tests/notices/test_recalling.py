"""A notice that holds what nobody may read: taken back by one tap, and by no road is any word of it served."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from lxml import etree

from prongsai.discovery.index import Indexer
from prongsai.notices import actions, tasks
from prongsai.notices.actions import entering
from prongsai.notices.board import previous, read
from prongsai.notices.models import Delivery, Notice
from prongsai.notices.refusals import CannotDecide
from prongsai.notices.states import DecideBlocker, DeliveryState, NoticeState
from prongsai.organisation.models import Act
from prongsai.portal.cache import PageCache
from prongsai.portal.head import head_reader
from prongsai.portal.notices import with_notices
from prongsai.portal.site import CachedSite
from prongsai.publication.models import Incident
from prongsai.record.models import Edition, Entry, Item
from prongsai.record.states import Action, ItemState
from tests.factories import NOW
from tests.notices.factories import (
    People,
    again,
    awaiting,
    draft,
    ended,
    live,
    newest,
    words,
)
from tests.notices.test_cap import SCHEMA
from tests.portal.conftest import portal_settings  # noqa: F401 -- a fixture, used by name
from tests.portal.visitor import Visitor
from tests.record.conftest import data, migrated  # noqa: F401 -- fixtures, used by name

pytestmark = [
    pytest.mark.django_db(databases=["default"]),
    pytest.mark.usefixtures("data"),
]
LATER = NOW + timedelta(minutes=5)
SECRET = "นายปิยะลับแล"
WHY = "ประกาศมีชื่อบุคคลที่ไม่เกี่ยวข้อง จึงนำออก"
LEAKING: dict[str, Any] = {
    "headline": f"คนหาย {SECRET}",
    "happened": f"{SECRET} ออกจากบ้าน",
    "to_do": f"พบ {SECRET} ให้โทร",
    "area": f"บ้านของ {SECRET}",
    "source": f"ญาติของ {SECRET}",
    "headline_en": f"Missing {SECRET}",
    "to_do_en": f"Call when you see {SECRET}",
}
WAYS = (
    *("/", "/en/", "/notices/", "/en/notices/", "/notices/current.json", "/notices/cap.atom"),
    *("/sections/news/", "/feeds/latest.atom", "/feeds/latest.json", "/api/v1/disclosures"),
    *("/log/", "/sitemap.xml", "/search?q=คนหาย", "/api/v1/search?q=คนหาย"),
)


@pytest.fixture
def citizen(
    data: Path,  # noqa: F811 -- a fixture
    portal_settings: Any,  # noqa: F811 -- a fixture
) -> Visitor:
    head = with_notices(head_reader(connections["record"]))
    return Visitor(CachedSite(WSGIHandler(), head, PageCache()))


def recall(notice: Notice, people: People, **changes: Any) -> bool:
    plain: dict[str, Any] = {"ground": "personal_data", "reason": WHY, "by": people["director"]}
    return actions.recall(notice=notice, **plain | {"at": LATER} | changes)


def with_an_update(people: People) -> Notice:
    notice = live(people, **LEAKING)
    wording = actions.begin_update(notice=notice, by=people["officer"], at=NOW)
    changed = words(**LEAKING | {"to_do": f"{SECRET} อยู่ที่สถานีรถไฟ"})
    actions.save(wording=wording, words=changed, by=people["officer"], at=NOW)
    sent = actions.send_to_director(wording=wording, by=people["officer"], at=NOW)
    actions.approve(wording=sent, seen=sent.hash, by=people["director"], at=NOW)
    return again(notice)


def addresses(notice: Notice) -> Iterator[str]:
    yield from WAYS
    name, number = notice.public_id, notice.number
    yield from (f"/notices/{name}/", f"/en/notices/{name}/", f"/notices/{name}.cap.xml")
    yield from (f"/p/{number}/", f"/p/{number}/v/1/", f"/p/{number}/v/2/", f"/p/{number}/history/")
    yield from (f"/p/{number}/proof/", f"/api/v1/disclosures/{number}")
    yield from (f"/log/editions/{entry.edition_id}" for entry in Entry.objects.all())


def test_no_address_serves_a_word_of_it_and_its_own_say_why(
    people: People, citizen: Visitor, notice_file: Path
) -> None:
    notice = with_an_update(people)
    tasks.enter_what_was_told(at=NOW)
    Indexer().follow()
    notice = again(notice)
    before = [each for each in addresses(notice) if SECRET in citizen.get(each).text]
    assert len(before) > 12

    assert recall(notice, people)
    told = tasks.enter_what_was_told(at=LATER)
    Indexer().follow()

    assert told == 1
    assert [each for each in addresses(notice) if SECRET in citizen.get(each).text] == []
    for address in (f"/notices/{notice.public_id}/", f"/p/{notice.number}/"):
        answer = citizen.get(address)
        assert (answer.status, WHY in answer.text) == (410, True)
    for file in notice_file.parent.iterdir():
        assert SECRET not in file.read_text(encoding="utf-8")
    assert not Edition.objects.filter(canonical__contains=SECRET).exists()
    assert Item.objects.get().state == ItemState.RECALLED


def test_the_site_forgets_at_the_tap_while_the_worker_stands_still(
    people: People, citizen: Visitor, notice_file: Path
) -> None:
    notice = live(people, **LEAKING)
    name = notice.public_id

    recall(notice, people)

    for address in ("/", "/notices/", f"/notices/{name}/", "/notices/current.json"):
        assert SECRET not in citizen.get(address).text
    assert SECRET not in previous(notice_file).read_text(encoding="utf-8")
    assert read(notice_file).live(LATER) == ()
    assert again(notice).state == NoticeState.ENDED


def test_whoever_read_the_alert_by_machine_is_told_that_it_is_cancelled(
    people: People, citizen: Visitor
) -> None:
    notice = live(people, **LEAKING)
    recall(notice, people)

    answer = citizen.get(f"/notices/{notice.public_id}.cap.xml")

    SCHEMA.assertValid(etree.fromstring(answer.body))
    assert "<msgType>Cancel</msgType>" in answer.text
    assert WHY in answer.text


def test_what_the_record_did_not_know_yet_never_comes_there(people: People) -> None:
    notice = live(people, **LEAKING)
    recall(notice, people)

    tasks.enter_what_was_told(at=LATER)
    tasks.enter_what_was_told(at=LATER)

    assert not Entry.objects.exists()
    assert again(notice).recall_entered_at == LATER


def test_what_a_killed_worker_entered_without_telling_the_office_is_erased_too(
    people: People,
) -> None:
    notice = live(people, **LEAKING)
    tasks.enter_what_was_told(at=NOW)
    Notice.objects.update(number="")
    newest(notice).__class__.objects.update(entry_seq=None)
    recall(notice, people)

    tasks.enter_what_was_told(at=LATER)

    assert list(Entry.objects.order_by("seq").values_list("action", flat=True)) == [
        Action.NOTICE,
        Action.RECALLED,
    ]
    assert not Edition.objects.filter(canonical__contains=SECRET).exists()


def test_what_is_entered_in_the_moment_of_the_recall_is_erased_by_the_next_turn(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = live(people, **LEAKING)
    really = entering.append_notice

    def recalled_meanwhile(**told: Any) -> Entry:
        recall(notice, people)
        actions.enter_recall(notice=notice, at=LATER)
        return really(**told)

    with monkeypatch.context() as between:
        between.setattr(entering, "append_notice", recalled_meanwhile)
        actions.enter_wording(wording=newest(notice), at=LATER)
    tasks.enter_what_was_told(at=LATER)

    assert not Edition.objects.filter(canonical__contains=SECRET).exists()
    assert Item.objects.get().state == ItemState.RECALLED


def test_nothing_is_entered_of_it_afterwards(people: People) -> None:
    notice = with_an_update(people)
    wording = newest(notice)
    recall(notice, people)
    assert actions.enter_wording(wording=wording, at=LATER) is None
    assert not Entry.objects.exists()


@pytest.mark.parametrize("made", [live, ended])
def test_it_may_be_recalled_whether_it_is_over_or_not(people: People, made: Any) -> None:
    notice = made(people)
    assert recall(notice, people)
    assert again(notice).recalled_at == LATER


def test_a_drill_is_recalled_as_well_and_the_record_has_nothing_to_erase(
    people: People, notice_file: Path
) -> None:
    until = NOW + timedelta(hours=2)
    notice = live(people, is_drill=True, valid_until_at=until, **LEAKING)
    recall(notice, people)
    assert tasks.enter_what_was_told(at=LATER) == 0
    assert SECRET not in notice_file.read_text(encoding="utf-8")


def test_a_second_tap_changes_nothing(people: People) -> None:
    notice = live(people)
    recall(notice, people)
    recall(notice, people, reason="อื่น", at=LATER + timedelta(minutes=1))
    assert again(notice).recall_explanation == WHY
    assert Act.objects.filter(verb="recall_notice").count() == 1


def _reasons(caught: pytest.ExceptionInfo[CannotDecide]) -> set[str]:
    return {str(each.code) for each in caught.value.blockers}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ground": "whim"}, DecideBlocker.NO_GROUND),
        ({"reason": " "}, DecideBlocker.NO_REASON),
        ({"reason": "ของเลข 1-2345-67890-12-1"}, DecideBlocker.UNSPEAKABLE),
        ({"reason": "ก" * 301}, DecideBlocker.TOO_LONG),
    ],
)
def test_why_is_said_in_words_that_may_be_public(
    people: People, changes: dict[str, str], reason: DecideBlocker
) -> None:
    notice = live(people)
    with pytest.raises(CannotDecide) as caught:
        recall(notice, people, **changes)
    assert reason in _reasons(caught)
    assert again(notice).recalled_at is None


def test_only_a_director_recalls(people: People) -> None:
    notice = live(people)
    with pytest.raises(CannotDecide) as caught:
        recall(notice, people, by=people["officer"])
    assert _reasons(caught) == {DecideBlocker.NOT_DIRECTOR}


@pytest.mark.parametrize("made", [draft, awaiting])
def test_what_nobody_has_seen_is_not_recalled(people: People, made: Any) -> None:
    with pytest.raises(CannotDecide) as caught:
        recall(made(people).notice, people)
    assert _reasons(caught) == {DecideBlocker.NOT_PUBLIC}


def test_an_update_under_way_cannot_bring_it_back(people: People) -> None:
    notice = live(people)
    wording = actions.begin_update(notice=notice, by=people["officer"], at=NOW)
    sent = actions.send_to_director(wording=wording, by=people["officer"], at=NOW)
    recall(notice, people)
    with pytest.raises(CannotDecide):
        actions.approve(wording=sent, seen=sent.hash, by=people["director"], at=LATER)


def test_personal_data_start_the_clock_of_an_incident_once(people: People) -> None:
    notice = live(people)
    recall(notice, people)
    recall(notice, people)
    incident = Incident.objects.get()
    assert (incident.notice_ref, incident.known_at) == (notice.ref, LATER)


def test_a_mistake_starts_no_clock(people: People) -> None:
    recall(live(people), people, ground="mistake")
    assert not Incident.objects.exists()


def test_channels_hear_of_the_recall_and_of_nothing_else_any_more(
    people: People, settings: Any
) -> None:
    settings.NOTICE_EMAILS = ["press@example.th"]
    notice = live(people, **LEAKING)
    recall(notice, people)

    task = tasks.delivering(lambda: LATER)
    assert task is not None
    task.done(task.run(), LATER)

    assert tasks.delivering(lambda: LATER) is None
    assert dict(Delivery.objects.values_list("version", "state")) == {
        1: DeliveryState.GIVEN_UP,
        32_767: DeliveryState.SENT,
    }
    [sent] = mail.outbox
    assert SECRET not in f"{sent.subject}\n{sent.body}"
    assert WHY in sent.body
