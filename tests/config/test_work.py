"""The worker's turns: what fails waits longer each time and holds nobody up."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core import mail as outbox
from django.core.files.storage import storages
from django.utils.timezone import localdate

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.config.work import Retries, Rounds
from prongsai.disclosures.actions import attach_when_clean
from prongsai.disclosures.queries import waiting_attachments
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.organisation.actors import Actor
from prongsai.record.models import Entry, Item
from prongsai.record.states import ItemState
from prongsai.screening import words
from prongsai.screening.queries import open_findings, to_screen
from tests.approval.factories import approved
from tests.config.conftest import Command
from tests.disclosures.factories import disclosure, stored_file
from tests.factories import NOW, actor
from tests.notices.factories import live
from tests.publication import factories
from tests.screening.factories import screened

FIRST, SECOND = UUID(int=1), UUID(int=2)
pytestmark = pytest.mark.django_db(databases=["default", "record"])
LONG_AGO = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def search_index(tmp_path: Path, settings: Any) -> None:
    settings.SEARCH_ROOT = tmp_path / "search"


def states() -> list[str]:
    return list(Submission.objects.order_by("id").values_list("state", flat=True))


def lose_the_file(submission: Submission) -> str:
    """The bytes are swapped after approval: the file's name in the office's storage."""
    sha256 = submission.revision.content["files"][0]["sha256"]
    name = f"{sha256[:2]}/{sha256}"
    storages["files"].delete(name)
    return name


def test_each_failure_waits_twice_as_long_up_to_a_minute() -> None:
    retries = Retries()

    assert [retries.failed(FIRST, clock=0) for _ in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_who_failed_waits_exactly_so_long_and_nobody_else_does() -> None:
    retries = Retries()
    retries.failed(FIRST, clock=100)

    assert retries.is_waiting(FIRST, clock=100.999)
    assert not retries.is_waiting(FIRST, clock=101)
    assert not retries.is_waiting(SECOND, clock=100)


def test_after_a_success_the_first_pause_is_short_again() -> None:
    retries = Retries()
    for _ in range(5):
        retries.failed(FIRST, clock=0)
    retries.forget(FIRST)
    retries.forget(SECOND)

    assert not retries.is_waiting(FIRST, clock=0)
    assert retries.failed(FIRST, clock=0) == 1


def test_a_turn_publishes_what_is_due_and_the_next_one_rests(people: dict[str, Actor]) -> None:
    factories.ready(people)
    rounds = Rounds()

    assert [rounds.turn(), rounds.turn()] == [True, False]
    assert states() == [SubmissionState.PUBLISHED]


def test_one_that_cannot_go_out_holds_up_no_other(
    people: dict[str, Actor], shelves: Path, settings: Any
) -> None:
    factories.ready(people)
    approved(people, disclosure=factories.drafted(people, annex="แฟ้มอื่น"))
    spoilt = lose_the_file(Submission.objects.earliest("id"))

    while Rounds().turn():
        pass

    assert states()[1] == SubmissionState.PUBLISHED
    assert states()[0] != SubmissionState.PUBLISHED
    assert not storages["files"].exists(spoilt)
    assert Entry.objects.count() == 1


def test_without_a_key_everything_waits_and_goes_out_when_it_is_back(
    people: dict[str, Actor], shelves: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Longer than a turn takes on a busy machine.
    monkeypatch.setattr("prongsai.config.work.FIRST_PAUSE", 60.0)
    factories.ready(people)
    key, settings.LOG_KEY_PATH = settings.LOG_KEY_PATH, shelves / "files"
    rounds = Rounds()

    rounds.turn()
    assert states() == [SubmissionState.APPROVED]

    settings.LOG_KEY_PATH = key
    assert not rounds.turn(), "it waits for its next attempt"
    assert Rounds().turn()
    assert states() == [SubmissionState.PUBLISHED]


def test_a_file_whose_worker_died_before_attaching_it_is_attached_by_the_next() -> None:
    work, stored = disclosure(), stored_file(state=FileState.RECEIVED)
    attach_when_clean(disclosure=work, file=stored, by=actor(), at=NOW)
    StoredFile.objects.filter(pk=stored.pk).update(state=FileState.CLEAN)

    for _twice in range(2):
        Rounds().turn()

    assert [one.file for one in work.attachments.present()] == [stored]
    assert waiting_attachments(work) == []


@pytest.fixture
def own_words(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    words.add_words_of(None)


def test_work_that_lies_with_the_screeners_is_screened_anew_when_the_rules_change(
    own_words: Path,
) -> None:
    work = screened(body="<p>ผู้รับบัตร 1-2345-67890-12-1</p><p>คำต้องห้ามใหม่</p>").disclosure
    (own_words / "secrecy.toml").write_text('marks = ["คำต้องห้ามใหม่"]', encoding="utf-8")
    words.add_words_of(own_words)
    assert work not in to_screen(on=localdate(NOW))

    Rounds().turn()

    assert work in to_screen(on=localdate(NOW))
    assert work.latest is not None
    assert {one.detector for one in open_findings(work.latest, on=localdate(NOW))} == {
        "national_id",
        "secrecy_class",
    }


def test_what_is_planned_for_later_waits(people: dict[str, Actor]) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    factories.ready(people, publish_after=later)

    Rounds().turn()
    assert states() == [SubmissionState.APPROVED]


def test_an_index_that_cannot_be_written_stops_no_publishing(
    people: dict[str, Actor], tmp_path: Path, settings: Any
) -> None:
    factories.ready(people)
    (tmp_path / "occupied").touch()
    settings.SEARCH_ROOT = tmp_path / "occupied"

    assert Rounds().turn()
    assert states() == [SubmissionState.PUBLISHED]


@pytest.mark.parametrize("words", [["tick"], ["work", "--until-idle"]], ids=" ".join)
def test_what_is_due_is_done_and_what_has_expired_is_ended(
    prongsai: Command, people: dict[str, Actor], words: list[str]
) -> None:
    factories.ready(people)
    factories.published(people, expires_date=LONG_AGO)

    assert prongsai(*words).status == 0

    assert SubmissionState.APPROVED not in states()
    assert [item.state for item in Item.objects.order_by("number")] == [
        ItemState.EXPIRED,
        ItemState.CURRENT,
    ]
    assert [each.action for each in Entry.objects.order_by("seq")].count("expired") == 1


def test_a_tick_says_in_json_what_it_did(prongsai: Command, people: dict[str, Actor]) -> None:
    factories.ready(people)
    factories.published(people, expires_date=LONG_AGO)
    factories.forged(people, factories.drafted(people, annex="แฟ้มอื่น"), by=())

    ended = prongsai("tick", "--json")

    done = json.loads(ended.out)
    assert ended.status == 0
    assert done.pop("indexed") > 0
    # Every duty is looked at for the first time.
    assert done.pop("observed") > 0
    told = {"published": 1, "refused": 1, "postponed": 0, "expired": 1, "received": 0, "told": 0}
    assert done == told | {"reminded": 0}


def test_a_tick_says_what_it_leaves_for_later(
    prongsai: Command, people: dict[str, Actor], shelves: Path, settings: Any
) -> None:
    factories.ready(people)
    settings.LOG_KEY_PATH = shelves / "files"

    done = json.loads(prongsai("tick", "--json").out)

    assert (done["published"], done["postponed"]) == (0, 1)


def test_with_nothing_due_a_tick_says_and_changes_nothing(prongsai: Command) -> None:
    ended = prongsai("tick")

    assert (ended.status, ended.out) == (0, "")
    assert not Entry.objects.exists()


def test_people_are_told_of_an_emergency_that_the_record_cannot_take(
    people: dict[str, Actor], shelves: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NOTICE_FILE = shelves / "notices" / "live.json"
    settings.NOTICE_EMAILS = ["radio@example.org"]
    # A folder is no key.
    settings.LOG_KEY_PATH = shelves
    live(people)
    monkeypatch.setattr("prongsai.config.work.timezone.now", lambda: NOW)
    rounds = Rounds()
    deadline = time.monotonic() + 60
    while not outbox.outbox and time.monotonic() < deadline:
        rounds.next_look_at_notices = 0.0
        rounds.turn()
    rounds.stop()

    assert [each.to for each in outbox.outbox] == [["radio@example.org"]]
    assert not Entry.objects.exists()
