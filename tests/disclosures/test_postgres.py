"""Writing on PostgreSQL, where rows are locked, texts have a length and some letters are refused."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.http import QueryDict

from prongsai.disclosures import actions
from prongsai.disclosures.forms import typed
from prongsai.disclosures.models import Attachment, Disclosure, Revision, Section, TableMaking
from prongsai.disclosures.refusals import EditConflict
from prongsai.disclosures.tables import making
from prongsai.disclosures.tables.isolated import TableMaker
from prongsai.disclosures.tasks import TableFiles
from prongsai.organisation.actors import Actor
from prongsai.organisation.append_only import missing_triggers
from prongsai.organisation.models import Act
from prongsai.organisation.queries import first_broken_act
from tests.at_once import Town, town_on
from tests.disclosures.factories import content, disclosure, save_changes, stored_file
from tests.disclosures.test_tables import example, skr1
from tests.factories import NOW, actor

pytestmark = pytest.mark.postgres
HANDS = 5


@pytest.fixture(scope="module")
def town(postgres_url: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    with django_db_blocker.unblock(), town_on(postgres_url) as made:
        yield made


def at_once(acts: list[Callable[[], Any]], town: Town) -> list[Any]:
    return town.at_once(acts, told=EditConflict)


def saving(work: Disclosure, title: str) -> Callable[[], Any]:
    by, fresh = actor(), Disclosure.objects.get(pk=work.pk)
    return lambda: actions.save(
        disclosure=fresh, content=content(title=title), base_sequence=2, by=by, at=NOW
    )


def test_nothing_is_missing_after_migrating_from_nothing(town: Town) -> None:
    assert missing_triggers("default") == []


def test_of_writers_at_once_one_is_saved_and_the_others_are_told(town: Town) -> None:
    work = disclosure()
    answers = at_once([saving(work, f"ของคนที่ {number}") for number in range(HANDS)], town)
    conflicts = [answer for answer in answers if isinstance(answer, EditConflict)]
    assert (len(answers), len(conflicts)) == (HANDS, HANDS - 1)
    assert sorted(work.revisions.values_list("sequence", flat=True)) == [1, 2, 3]
    assert first_broken_act() is None


def test_a_double_click_on_save_is_one_revision(town: Town) -> None:
    work = disclosure()
    answers = at_once([saving(work, "เหมือนกัน") for _click in range(HANDS)], town)
    assert {answer.sequence for answer in answers} == {3}


def test_files_dropped_at_once_each_get_a_slot(town: Town) -> None:
    work, by = disclosure(), actor()

    def attaching(number: int) -> Callable[[], Any]:
        file, fresh = stored_file(text=f"ไฟล์ {number}"), Disclosure.objects.get(pk=work.pk)
        return lambda: actions.attach(disclosure=fresh, file=file, by=by, at=NOW)

    at_once([attaching(number) for number in range(HANDS)], town)
    assert Attachment.objects.filter(disclosure=work).values("slot").distinct().count() == HANDS
    work.refresh_from_db()
    assert work.latest is not None
    assert len(work.latest.content["files"]) == HANDS


def test_the_same_start_from_two_windows_opens_one_work(town: Town) -> None:
    by, where, ref = actor(), disclosure().unit, uuid4()
    acts = [
        lambda: actions.start(kind="information", unit=where, by=by, at=NOW, ref=ref)
        for _window in range(HANDS)
    ]
    work = {answer.pk for answer in at_once(acts, town)}
    assert work == {Disclosure.objects.get(ref=ref).pk}


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE disclosures_revision SET content_hash = 'x'",
        "DELETE FROM disclosures_revision",
        "TRUNCATE disclosures_revision CASCADE",
    ],
)
def test_the_database_refuses_to_change_a_revision(town: Town, attack: str) -> None:
    work = disclosure()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(attack)
    assert work.revisions.count() == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "ก\x00ข\u202e"),
        ("title", "😀" * 500),
        ("title", "ก" * 500),
        ("summary", "a\x00" * 2_000),
        ("body", "<p>" + "ก" * 299_990 + "</p>"),
    ],
)
def test_whatever_is_typed_can_be_kept(town: Town, name: str, value: str) -> None:
    by = actor()
    work = disclosure(by=by)
    save_changes(work, by=by, **{name: value})
    work.refresh_from_db()
    assert work.latest is not None
    assert work.latest.sequence == 3
    assert "\x00" not in work.latest.content[name]


def test_what_stands_in_the_form_can_be_kept_too(town: Town) -> None:
    data = QueryDict(mutable=True)
    data.setlist("body", ["ก\x00ข \\u0000 \ud7ff"])
    copy = actions.autosave(
        disclosure=disclosure(), form=typed(data), base_sequence=2, by=actor(), at=NOW
    )
    copy.refresh_from_db()
    assert copy.form == {"body": ["กข \\u0000 \ud7ff"]}


@pytest.mark.parametrize("label", ["ก" * 300, "\x00ประกาศ\u202e", "😀" * 300])
def test_a_label_can_be_kept(town: Town, label: str) -> None:
    work, file = disclosure(), stored_file(text=label.replace("\x00", ""))
    attachment = actions.attach(disclosure=work, file=file, label=label, by=actor(), at=NOW)
    attachment.refresh_from_db()
    assert attachment.label == label.strip("\x00\u202e")


def test_a_reason_with_a_nul_does_not_stop_a_move(town: Town) -> None:
    work = disclosure()
    actions.discard(disclosure=work, by=actor(), at=NOW, reason="ซ้ำ\x00")
    act = Act.objects.filter(verb="discard_disclosure").first()
    assert act is not None
    assert act.reason == "ซ้ำ"


def test_a_content_comes_back_from_the_database_as_it_was_hashed(town: Town) -> None:
    work = disclosure("procurement", details={"stage": "plan", "budget": "1250000.50"})
    revision = Revision.objects.get(disclosure=work, sequence=2)
    whole = replace(content("procurement"), details={"budget": "1250000.50", "stage": "plan"})
    assert revision.content == whole.to_json()


def test_the_sections_are_loaded_once(town: Town) -> None:
    counts = [actions.load_sections(by=Actor.system("test"), at=NOW) for _time in range(2)]
    assert counts[1] == 0
    assert Section.objects.tops().count() == 9


def test_files_are_laid_beside_no_other_rows_however_close_they_come(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "LETTERS_AT_ONCE", 0)
    work, by = disclosure("procurement"), actor()
    actions.set_table(disclosure=work, table=skr1(), base_sequence=2, by=by, at=NOW)
    task = TableFiles(TableMaker())()
    assert task
    made, fresh = task.run(), Disclosure.objects.get(pk=work.pk)
    other = skr1({**example("skr1"), "work": "งานอื่น"})

    def rewritten() -> Revision | None:
        return actions.set_table(disclosure=fresh, table=other, base_sequence=3, by=by, at=NOW)

    at_once([lambda: task.done(made, NOW), rewritten], town)
    work.refresh_from_db()
    assert work.latest
    assert work.latest.content["table"]["rows"][0]["work"] == "งานอื่น"
    assert work.latest.content["files"] == []
    assert TableMaking.objects.get(pk=work.pk).problem == ""
