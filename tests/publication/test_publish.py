"""An approved submission goes through the gate once, with everything that belongs to it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.models import Act
from prongsai.organisation.queries import actor_for
from prongsai.publication.actions import publish
from prongsai.publication.queries import due
from prongsai.record import blobs
from prongsai.record.models import Entry, FileText, Item, PublishedFile
from prongsai.record.queries import page
from prongsai.record.states import Action, ItemState
from tests import factories as base
from tests.approval.factories import approved, draft, endorse, submitted
from tests.factories import NOW
from tests.publication import factories
from tests.publication.factories import LATER, People

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def acts(verb: str = "publish") -> list[tuple[str, dict[str, Any]]]:
    return list(Act.objects.filter(verb=verb).order_by("id").values_list("outcome", "details"))


def test_what_was_approved_is_what_the_public_reads(people: People) -> None:
    submission = factories.ready(people)

    entry = publish(submission_ref=submission.ref, at=LATER)

    edition = page("2569-00001")
    assert edition is not None
    assert (entry.number, entry.version, entry.seq, entry.at) == ("2569-00001", 1, 0, LATER)
    assert (edition.title, edition.summary) == ("ประกาศทดสอบ", "สรุปเรื่องสั้น ๆ")
    assert [file.name for file in edition.files] == ["หลักเกณฑ์.txt"]


def test_the_office_is_told(people: People) -> None:
    submission = factories.ready(people)

    entry = publish(submission_ref=submission.ref, at=LATER)

    submission.refresh_from_db()
    disclosure = Disclosure.objects.get(pk=submission.disclosure_id)
    assert (submission.state, submission.entry_seq) == (SubmissionState.PUBLISHED, entry.seq)
    assert submission.published_at == LATER
    assert (disclosure.stage, disclosure.number) == (Stage.RESTING, "2569-00001")
    assert disclosure.published_revision == submission.revision
    assert acts() == [("done", {"number": "2569-00001", "seq": 0, "action": "published"})]


def test_files_lie_in_the_record_with_their_text(people: People) -> None:
    submission = factories.ready(people)
    (promised,) = submission.revision.content["files"]

    publish(submission_ref=submission.ref, at=LATER)

    with blobs.open_blob(promised["sha256"]) as stream:
        assert stream.read().decode() == factories.ANNEX
    (text,) = FileText.objects.get(sha256=promised["sha256"]).pages
    assert text["text"].strip() == factories.ANNEX
    assert PublishedFile.objects.get().number == "2569-00001"


def test_an_edition_names_the_posts_that_decided_and_no_person(people: People) -> None:
    submission = factories.ready(people)

    entry = publish(submission_ref=submission.ref, at=LATER)

    text = entry.edition.canonical or ""
    assert '"post":"หัวหน้าฝ่าย"' in text
    assert '"post":"ผู้อำนวยการกอง"' in text
    assert not any(person.name in text for person in people.values())


def test_publishing_again_answers_the_same_entry_and_says_nothing_twice(people: People) -> None:
    submission = factories.ready(people)

    first = publish(submission_ref=submission.ref, at=LATER)
    second = publish(submission_ref=submission.ref, at=LATER + timedelta(days=1))

    assert second == first
    assert Entry.objects.count() == 1
    assert len(acts()) == 1


def test_an_office_that_was_not_told_is_told_on_the_next_run(people: People) -> None:
    submission = factories.ready(people)
    entry = publish(submission_ref=submission.ref, at=LATER)
    Submission.objects.filter(pk=submission.pk).update(
        state=SubmissionState.APPROVED, entry_seq=None
    )
    Disclosure.objects.filter(pk=submission.disclosure_id).update(
        stage=Stage.APPROVED, number="", published_revision=None
    )

    assert publish(submission_ref=submission.ref, at=LATER) == entry

    submission.refresh_from_db()
    assert (submission.state, submission.entry_seq) == (SubmissionState.PUBLISHED, entry.seq)
    assert Disclosure.objects.get(pk=submission.disclosure_id).number == entry.number


def test_a_correction_is_a_second_version_with_its_note(people: People) -> None:
    disclosure, first = factories.published(people)
    submission = factories.correction(people, disclosure, title="ประกาศที่แก้แล้ว")

    entry = publish(submission_ref=submission.ref, at=LATER)

    before, after = page(entry.number, 1), page(entry.number)
    assert before is not None
    assert after is not None
    assert (entry.number, entry.version) == (first.number, 2)
    assert (before.title, after.title) == ("ประกาศทดสอบ", "ประกาศที่แก้แล้ว")
    assert after.change_note == "แก้วันที่"


@pytest.mark.parametrize(
    ("action", "wishes", "state"),
    [
        (Action.WITHDRAWN, {}, ItemState.WITHDRAWN),
        (Action.RECALLED, {"recall_reason": "personal_data"}, ItemState.RECALLED),
    ],
)
def test_an_act_about_what_is_public_keeps_the_published_revision(
    people: People, action: Action, wishes: dict[str, str], state: ItemState
) -> None:
    disclosure, _first = factories.published(people)
    revision = disclosure.published_revision
    submission = factories.act(people, disclosure, action, **wishes)

    publish(submission_ref=submission.ref, at=LATER)

    disclosure.refresh_from_db()
    assert Item.objects.get().state == state
    assert (disclosure.stage, disclosure.published_revision) == (Stage.RESTING, revision)


def test_a_recalled_number_holds_no_text_and_no_file(people: People) -> None:
    disclosure, first = factories.published(people)
    submission = factories.act(people, disclosure, Action.RECALLED, recall_reason="mistake")

    publish(submission_ref=submission.ref, at=LATER)

    assert Entry.objects.get(pk=first.pk).edition.canonical is None
    assert not PublishedFile.objects.exists()
    assert not FileText.objects.exists()


def test_what_is_due_comes_in_the_order_of_its_approval(people: People) -> None:
    scheduled = approved(people, disclosure=draft(people["officer"]), publish_after=LATER)
    second = approved(people, disclosure=draft(people["officer"]), at=NOW + timedelta(minutes=9))
    first = approved(people, disclosure=draft(people["officer"]))
    Submission.objects.filter(pk=second.pk).update(approved_at=NOW + timedelta(minutes=30))

    assert list(due(at=LATER - timedelta(seconds=1))) == [first, second]
    assert set(due(at=LATER)) == {first, second, scheduled}


def test_numbers_are_running_without_gaps(people: People) -> None:
    refs = [approved(people, disclosure=draft(people["officer"])).ref for _ in range(3)]
    refused = factories.forged(people, draft(people["officer"]), by=())
    publishers: list[Callable[[], Entry]] = [
        lambda ref=ref: publish(submission_ref=ref, at=LATER) for ref in refs
    ]

    publishers[0]()
    with pytest.raises(Exception, match="เห็นชอบ"):
        publish(submission_ref=refused.ref, at=LATER)
    publishers[1]()
    publishers[2]()

    numbers = Entry.objects.order_by("seq").values_list("seq", "number")
    assert list(numbers) == [(0, "2569-00001"), (1, "2569-00002"), (2, "2569-00003")]


def test_the_edition_says_who_stood_in_and_by_which_order(people: People) -> None:
    stands_in = base.acting(post=base.post("director")).person
    acting = actor_for(stands_in, post_code="director", on=NOW.date())
    submission = submitted(people, disclosure=factories.drafted(people))
    endorse(submission, people["head"])
    endorse(submission, acting)

    publish(submission_ref=submission.ref, at=LATER)

    edition = page("2569-00001")
    assert edition is not None
    assert [decision.acting for decision in edition.decided] == [
        "",
        "รักษาราชการแทน ตามคำสั่งที่ 745/2569 ลงวันที่ 28 กันยายน 2569",
    ]
