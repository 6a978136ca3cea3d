"""A file whose name tells of a person goes out by no road before it is called something else."""

import json
from datetime import timedelta

import pytest

from prongsai.approval.actions import submit
from prongsai.approval.models import Submission
from prongsai.approval.refusals import CannotSubmit
from prongsai.disclosures.actions import attach, rename
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.states import Stage
from prongsai.files.actions import receive
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.queries import due
from prongsai.publication.rules import Blocker
from prongsai.record.models import Entry, PublishedFile
from prongsai.record.states import Action
from prongsai.screening.actions import screen, submit_for_screening
from prongsai.screening.models import Finding
from prongsai.screening.refusals import CannotScreen
from tests.approval.factories import approved, draft
from tests.factories import NOW
from tests.files.samples import upload
from tests.publication.factories import LATER, People, forged
from tests.screening.factories import agree

pytestmark = pytest.mark.django_db(databases=["default", "record"])
# Synthetic: the checksum is right, the number is nobody's.
NUMBER = "1-2345-67890-12-1"


def named(people: People, name: str) -> Disclosure:
    disclosure = draft(people["officer"])
    stored = receive(upload=upload(name, b"a text"), by=people["officer"], at=NOW)
    attach(disclosure=disclosure, file=stored, slot="main", by=people["officer"], at=NOW)
    return disclosure


def renamed(disclosure: Disclosure, by: Actor, name: str = "คำร้อง.txt") -> None:
    rename(disclosure=disclosure, slot="main", name=name, by=by, at=NOW)


@pytest.mark.parametrize(
    "name", [f"บัตร {NUMBER}.txt", "1234567890121.txt", "สำเนา_1_2345_67890_12_1.txt"]
)
def test_it_is_sent_neither_to_screeners_nor_to_approvers(people: People, name: str) -> None:
    disclosure = named(people, name)
    with pytest.raises(CannotScreen, match="เปลี่ยนชื่อไฟล์") as raised:
        submit_for_screening(disclosure=disclosure, by=people["officer"], at=NOW)
    assert "23456789" not in str(raised.value).replace("-", "")
    with pytest.raises(CannotSubmit, match="เปลี่ยนชื่อไฟล์"):
        submit(disclosure=disclosure, action=Action.PUBLISHED, by=people["officer"], at=NOW)
    assert not Submission.objects.exists()


@pytest.mark.parametrize("wait", [timedelta(0), timedelta(hours=2)])
def test_the_gate_stays_shut_now_and_at_the_time_that_was_promised(
    people: People, wait: timedelta
) -> None:
    disclosure = named(people, f"บัตร {NUMBER}.txt")
    submission = forged(people, disclosure, publish_after=LATER + wait)
    assert list(due(at=LATER + wait)) == [submission]
    with pytest.raises(CannotPublish, match="เปลี่ยนชื่อไฟล์"):
        publish(submission_ref=submission.ref, at=LATER + wait)
    assert not Entry.objects.exists()


def test_no_two_screeners_open_the_gate_for_it(people: People) -> None:
    disclosure = named(people, f"บัตร {NUMBER}.txt")
    screen(disclosure=disclosure, by=people["officer"], at=NOW)
    Disclosure.objects.update(stage=Stage.SCREENING)
    agree(Finding.objects.get(place="file_name:main"), "not_applicable")
    submission = forged(people, disclosure)
    with pytest.raises(CannotPublish) as raised:
        publish(submission_ref=submission.ref, at=LATER)
    assert [each.blocker for each in raised.value.reasons] == [Blocker.OPEN_FINDINGS]
    assert not Entry.objects.exists()


def test_renamed_it_goes_through_under_its_new_name(people: People) -> None:
    disclosure = named(people, f"บัตร {NUMBER}.txt")
    renamed(disclosure, people["officer"])
    publish(submission_ref=approved(people, disclosure=disclosure).ref, at=LATER)
    assert PublishedFile.objects.values_list("name", flat=True).get() == "คำร้อง.txt"


def test_the_trail_never_says_the_number(people: People) -> None:
    disclosure = named(people, f"บัตร {NUMBER}.txt")
    with pytest.raises(CannotScreen):
        submit_for_screening(disclosure=disclosure, by=people["officer"], at=NOW)
    renamed(disclosure, people["officer"])
    told = [json.dumps(each.details) + each.reason for each in Act.objects.all()]
    assert {"receive_file", "attach_file", "rename_file"} <= set(
        Act.objects.values_list("verb", flat=True)
    )
    assert not [each for each in told if NUMBER in each or "1234567890121" in each]


def test_a_new_name_keeps_the_extension_of_its_type(people: People) -> None:
    disclosure = named(people, "ก.txt")
    renamed(disclosure, people["officer"], "ประกาศ.exe")
    renamed(disclosure, people["officer"], "ประกาศ.exe")
    assert disclosure.attachments.get().file.name == "ประกาศ.exe.txt"
    assert disclosure.latest is not None
    assert disclosure.latest.content["files"][0]["name"] == "ประกาศ.exe.txt"
    assert Act.objects.filter(verb="rename_file").count() == 1


def test_a_name_of_nothing_renames_nothing(people: People) -> None:
    disclosure = named(people, "ก.txt")
    with pytest.raises(CannotSave, match="ยังไม่ได้พิมพ์ชื่อใหม่"):
        renamed(disclosure, people["officer"], "  ")
    assert disclosure.attachments.get().file.name == "ก.txt"
