"""Texts in the encodings that Thai offices still use go the whole way, and what the record refuses comes back."""

import pytest

from prongsai.approval.states import SubmissionState
from prongsai.disclosures.actions import attach
from prongsai.disclosures.states import Stage
from prongsai.files.actions import receive
from prongsai.organisation.models import Unit
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.rules import Blocker
from prongsai.record import blobs
from prongsai.record.models import Entry, FileText, PublishedFile
from prongsai.record.templatetags.editions import file_type
from tests.approval.factories import approved, draft
from tests.factories import NOW
from tests.files.samples import upload
from tests.publication.factories import LATER, People

pytestmark = pytest.mark.django_db(databases=["default", "record"])
TABLE = "รายการ,บาท\nน้ำดื่ม,1200\n"


@pytest.mark.parametrize(
    ("encoding", "stated"),
    [
        ("utf-8", "text/csv"),
        ("cp874", "text/csv; charset=windows-874"),
        ("utf-16", "text/csv; charset=utf-16"),
    ],
)
def test_a_table_is_published_in_the_encoding_in_which_it_came(
    people: People, encoding: str, stated: str
) -> None:
    disclosure = draft(people["officer"])
    stored = receive(
        upload=upload("ราคา.csv", TABLE.encode(encoding)), by=people["officer"], at=NOW
    )
    attach(disclosure=disclosure, file=stored, slot="main", by=people["officer"], at=NOW)
    submission = approved(people, disclosure=disclosure)

    publish(submission_ref=submission.ref, at=LATER)

    file = PublishedFile.objects.get()
    assert (file.media_type, file_type(file.media_type)) == (stated, "CSV")
    with blobs.open_blob(file.sha256) as stream:
        assert stream.read() == TABLE.encode(encoding)
    assert FileText.objects.get().pages[0]["text"].split() == TABLE.split()


def test_what_the_record_can_never_take_goes_back_to_its_author(people: People) -> None:
    """Else the worker would try for ever, and nobody would be told."""
    Unit.objects.update(name_th="ก" * 201)
    submission = approved(people, disclosure=draft(people["officer"]))

    with pytest.raises(CannotPublish) as refusal:
        publish(submission_ref=submission.ref, at=LATER)

    assert [reason.blocker for reason in refusal.value.reasons] == [Blocker.RECORD_REFUSES]
    submission.refresh_from_db()
    assert (submission.state, submission.disclosure.stage) == (
        SubmissionState.REFUSED,
        Stage.WRITING,
    )
    assert "unit.name_th" in submission.refusal
    assert not Entry.objects.exists()
