"""Files come in by themselves, once, and nothing of them is lost."""

import pytest
from django.db import IntegrityError, transaction

from prongsai.files.models import StoredFile
from prongsai.intake import actions
from prongsai.intake.models import Arrival, Batch, Sketch
from prongsai.intake.refusals import CannotTakeIn
from prongsai.intake.states import ArrivalState
from prongsai.intake.tasks import propose_what_is_read, sketch_what_is_read
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Post
from prongsai.organisation.refusals import CannotAct
from tests.factories import NOW, unit
from tests.files.samples import scanned_pdf
from tests.intake import factories

pytestmark = pytest.mark.django_db


def test_the_same_ref_opens_the_same_batch(officer: Actor) -> None:
    first = factories.batch(officer)
    again = factories.batch(officer, ref=first.ref)
    assert again == first
    assert Batch.objects.count() == 1


def test_a_ref_of_another_units_batch_opens_nothing(officer: Actor, neighbour: Actor) -> None:
    theirs = factories.batch(neighbour)
    with pytest.raises(CannotTakeIn, match="หน่วยงานอื่น"):
        factories.batch(officer, ref=theirs.ref)


def test_a_machine_brings_nothing_in(officer: Actor) -> None:
    into = factories.batch(officer)
    with pytest.raises(CannotTakeIn, match="ไม่มีผู้ส่ง"):
        factories.batch(Actor.system("worker"), unit=into.unit)
    with pytest.raises(CannotAct, match="ไม่มีผู้ส่ง"):
        actions.take_in(batch=into, upload=factories.upload(), by=Actor.system("worker"), at=NOW)


def test_the_same_bytes_sent_again_are_the_arrival_that_is_there(officer: Actor) -> None:
    into = factories.batch(officer)
    first = factories.arrival(officer, into=into)
    again = factories.arrival(officer, into=into, name="ชื่ออื่น.txt")
    in_a_new_batch = factories.arrival(officer)
    assert first == again == in_a_new_batch
    assert StoredFile.objects.count() == 1


def test_bytes_that_another_unit_sent_are_not_known_here(officer: Actor, neighbour: Actor) -> None:
    theirs = factories.arrival(neighbour)
    ours = factories.arrival(officer)
    assert ours != theirs


def test_bytes_that_were_decided_may_come_in_again(officer: Actor) -> None:
    first = factories.proposed(officer)
    actions.discard(arrival=first, by=officer, at=NOW)
    assert factories.arrival(officer) != first


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ว่าง.pdf", b""),
        ("โปรแกรม.pdf", b"MZ\x90\x00\x03" + bytes(400)),
        ("ตัดขาด.pdf", factories.pdf()[:700]),
    ],
)
def test_a_refused_file_stands_in_the_batch_with_its_reason(
    officer: Actor, name: str, data: bytes
) -> None:
    into = factories.batch(officer)
    refused = factories.arrival(officer, into=into, name=name, data=data)
    good = factories.arrival(officer, into=into)
    assert refused.state == ArrivalState.REFUSED
    assert refused.file.refusal
    assert good.state == ArrivalState.READING


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..\\..\\boot.ini", "ใบ\u202eexe.txt", "a\x00b.txt", "/etc/x.txt"]
)
def test_a_name_never_is_a_path_nor_turns_round(officer: Actor, name: str) -> None:
    came = factories.arrival(officer, name=name)
    assert not set(came.name) & set("/\\\u202e\x00")
    assert not came.name.startswith(".")


def test_the_database_holds_the_same_bytes_of_a_batch_once(officer: Actor) -> None:
    came = factories.arrival(officer)
    twin = Arrival(
        batch=came.batch,
        file=came.file,
        name="x",
        sent_sha256=came.sent_sha256,
        arrived_at=NOW,
        arrived_by_id=officer.person_id or 0,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_what_came_in_is_an_act(officer: Actor) -> None:
    came = factories.arrival(officer)
    act = Act.objects.get(verb="take_in")
    assert (act.subject, act.details["arrival"]) == (came.batch.subject, str(came.ref))


def test_the_worker_proposes_and_a_second_answer_changes_nothing(officer: Actor) -> None:
    came = factories.arrival(officer)
    propose_what_is_read()
    came.refresh_from_db()
    kept = came.proposals
    assert came.state == ArrivalState.PROPOSED
    assert propose_what_is_read() == 0
    Arrival.objects.filter(pk=came.pk).update(proposals={"version": 0})
    actions.propose_for(arrival=came)
    came.refresh_from_db()
    assert kept["version"] == 2
    assert came.proposals == {"version": 0}


def test_a_scan_waits_until_its_pages_are_read(officer: Actor) -> None:
    came = factories.arrival(officer, name="สแกน.pdf", data=scanned_pdf())
    assert propose_what_is_read() == 0
    came.refresh_from_db()
    assert came.state == ArrivalState.READING


def test_a_text_that_kills_its_reader_three_times_is_left_to_people(officer: Actor) -> None:
    came = factories.arrival(officer)
    for _attempt in range(4):
        actions.begin_proposing(arrival=came)
    actions.propose_for(arrival=came)
    assert came.state == ArrivalState.PROPOSED
    assert came.proposals["notes"] == []
    assert [each["code"] for each in came.proposals["warnings"]] == ["no_text"]


def test_proposals_say_where_they_stand_and_how_sure_they_are(officer: Actor) -> None:
    came = factories.proposed(officer, name="ประกาศ.pdf", data=factories.pdf())
    title = next(each for each in came.proposals["notes"] if each["field"] == "title")
    assert title["value"] == "รับสมัครพนักงานจ้างทั่วไป ประจำปีงบประมาณ พ.ศ. 2570"
    assert title["page"] == 1
    assert "รับสมัครพนักงานจ้าง" in title["excerpt"]
    assert title["level"] in ("high", "medium", "low")


def test_a_batch_belongs_to_the_unit_for_which_it_was_opened(officer: Actor) -> None:
    own = Post.objects.get(code="officer").unit
    assert factories.batch(officer).unit == own
    assert factories.batch(officer, unit=unit("other")).unit.code == "other"


def test_files_of_drafts_are_sketched_once(officer: Actor) -> None:
    came = factories.arrival(officer)
    assert [sketch_what_is_read(), sketch_what_is_read()] == [1, 0]
    assert Sketch.objects.get().sha256 == came.file.sha256
