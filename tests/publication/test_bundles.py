"""A bundle goes through the gate as one: all members in one transaction of the record, or none."""

from datetime import timedelta

import pytest

from prongsai.approval.bundles.queries import lead_of, state_of
from prongsai.approval.bundles.states import BundleState
from prongsai.approval.models import BundleMember, Decision, Sending, Submission
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.models import Disclosure, Section
from prongsai.disclosures.states import Stage
from prongsai.files import places
from prongsai.organisation.models import Act
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.papers.queries import papers_of
from prongsai.publication.queries import due, overdue
from prongsai.publication.rules import Blocker
from prongsai.record.models import Bundling, Entry, Item
from prongsai.record.queries import tombstone
from prongsai.record.states import Action
from prongsai.record.together import bundle_page
from prongsai.record.verifier import verify_record
from tests.publication import bundles, factories
from tests.publication.factories import LATER, People

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def lead(sending: Sending) -> Submission:
    return bundles.rows(sending)[0]


def refused(sending: Sending, place: int = 0) -> CannotPublish:
    with pytest.raises(CannotPublish) as caught:
        publish(submission_ref=bundles.rows(sending)[place].ref, at=LATER)
    return caught.value


def blockers(refusal: CannotPublish) -> set[tuple[Blocker, str]]:
    return {(each.blocker, each.member) for each in refusal.reasons}


def recall(people: People, entry: Entry) -> None:
    disclosure = Disclosure.objects.get(number=entry.number)
    submission = factories.act(people, disclosure, Action.RECALLED, recall_reason="personal_data")
    publish(submission_ref=submission.ref, at=LATER + timedelta(hours=1))


def test_two_drafts_go_one_way_and_become_public_in_one_moment(people: People) -> None:
    sending = bundles.approved(people)

    (waiting,) = due(at=LATER)
    entry = publish(submission_ref=waiting.ref, at=LATER)

    first, second = Entry.objects.order_by("seq")
    assert entry == first
    assert (first.at, first.action) == (second.at, second.action) == (LATER, "published")
    assert list(Item.objects.order_by("number").values_list("number", "title", "state")) == [
        ("2569-00001", "ประกาศฉบับที่ 1", "current"),
        ("2569-00002", "ประกาศฉบับที่ 2", "current"),
    ]
    assert [each.state for each in bundles.rows(sending)] == [SubmissionState.PUBLISHED] * 2
    assert state_of(sending.bundle, lead_of(sending.bundle)) == BundleState.PUBLISHED
    assert not BundleMember.objects.filter(is_open=True).exists()


def test_fifty_members_become_public_in_one_moment(people: People) -> None:
    bundles.published(people, bundles.drafts(people, 50))
    assert Entry.objects.values("at").distinct().count() == 1
    assert Item.objects.listed().count() == 50
    assert verify_record().first_problem is None


def test_each_post_decides_once_for_all_members(people: People) -> None:
    sending = bundles.approved(people)

    first, second = bundles.rows(sending)
    said = [
        list(each.decisions.order_by("id").values_list("post_code", "verdict"))
        for each in (first, second)
    ]
    assert said[0] == said[1]
    assert len(said[0]) == len(first.steps)
    assert first.content_hash != second.content_hash


@pytest.mark.parametrize("place", [0, 1])
def test_whichever_member_is_named_the_whole_bundle_is_published(
    people: People, place: int
) -> None:
    sending = bundles.approved(people)
    entry = publish(submission_ref=bundles.rows(sending)[place].ref, at=LATER)
    assert entry.seq == place
    assert Entry.objects.count() == 2


def test_publishing_again_adds_nothing_and_says_nothing_twice(people: People) -> None:
    sending = bundles.approved(people)
    for each in bundles.rows(sending) * 2:
        publish(submission_ref=each.ref, at=LATER)
    assert Entry.objects.count() == 2
    assert Act.objects.filter(verb="publish").count() == 2


def test_an_office_that_was_told_of_nothing_or_of_half_is_told_on_the_next_run(
    people: People,
) -> None:
    sending = bundles.approved(people)
    publish(submission_ref=lead(sending).ref, at=LATER)
    second = bundles.rows(sending)[1]
    Submission.objects.filter(pk=second.pk).update(state=SubmissionState.APPROVED, entry_seq=None)
    Disclosure.objects.filter(pk=second.disclosure_id).update(
        stage=Stage.APPROVED, number="", published_revision=None
    )

    publish(submission_ref=second.ref, at=LATER)

    assert {each.state for each in bundles.rows(sending)} == {SubmissionState.PUBLISHED}
    assert Disclosure.objects.get(pk=second.disclosure_id).number == "2569-00002"
    assert Entry.objects.count() == 2


# All or nothing.


def test_one_member_that_shuts_the_gate_keeps_all_and_is_named(people: People) -> None:
    sending = bundles.approved(people)
    second = bundles.rows(sending)[1]
    places.path_of(second.revision.content["files"][0]["sha256"]).unlink()

    refusal = refused(sending)

    assert blockers(refusal) == {(Blocker.FILE_MISSING, "ประกาศฉบับที่ 2")}
    assert "“ประกาศฉบับที่ 2”: " in str(refusal)
    assert not Entry.objects.exists()
    assert not Item.objects.exists()
    assert [each.state for each in bundles.rows(sending)] == [SubmissionState.REFUSED] * 2
    assert {each.disclosure.stage for each in bundles.rows(sending)} == {Stage.WRITING}
    assert state_of(sending.bundle, lead_of(sending.bundle)) == BundleState.DRAFTING


def test_a_member_without_decisions_keeps_all(people: People) -> None:
    sending = bundles.sent(people)
    for each in bundles.rows(sending):
        Submission.objects.filter(pk=each.pk).update(state=SubmissionState.APPROVED)
    assert {each for each, _member in blockers(refused(sending))} == {Blocker.STEP_INCOMPLETE}
    assert not Decision.objects.exists()


def test_a_member_that_is_no_longer_approved_keeps_all(people: People) -> None:
    sending = bundles.approved(people)
    second = bundles.rows(sending)[1]
    Submission.objects.filter(pk=second.pk).update(state=SubmissionState.REMANDED)
    assert blockers(refused(sending)) == {(Blocker.NOT_APPROVED, "ประกาศฉบับที่ 2")}
    assert not Entry.objects.exists()


def test_a_section_that_was_renamed_meanwhile_shuts_the_gate(people: People) -> None:
    sending = bundles.approved(people)
    slug = lead(sending).revision.content["section"]
    Section.objects.filter(slug=slug).update(title_th="ชื่อใหม่")
    found = {each for each, _member in blockers(refused(sending))}
    assert found == {Blocker.CONTENT_CHANGED, Blocker.BUNDLE_CHANGED}


def test_an_approver_who_wrote_any_member_shuts_the_gate(people: People) -> None:
    sending = bundles.approved(people)
    second = bundles.rows(sending)[1]
    Disclosure.objects.filter(pk=second.disclosure_id).update(
        created_by_id=people["head"].person_id
    )
    assert {each for each, _member in blockers(refused(sending, place=0))} == {
        Blocker.APPROVER_CONTRIBUTED
    }


@pytest.mark.parametrize("columns", [{"sending": None, "place": 0}, {"place": 7}])
def test_a_member_that_was_moved_out_of_its_bundle_is_not_published(
    people: People, columns: dict[str, object]
) -> None:
    sending = bundles.approved(people)
    second = bundles.rows(sending)[1]
    Submission.objects.filter(pk=second.pk).update(**columns)
    for each in (lead(sending), second):
        with pytest.raises((CannotPublish, IndexError)):
            publish(submission_ref=each.ref, at=LATER)
    assert not Entry.objects.exists()


def test_somebody_elses_submission_is_not_smuggled_into_a_bundle(people: People) -> None:
    sending = bundles.approved(people)
    stranger = factories.ready(people)
    Submission.objects.filter(pk=stranger.pk).update(sending=sending, place=2)
    found = {each for each, _member in blockers(refused(sending))}
    assert Blocker.BUNDLE_CHANGED in found
    assert not Entry.objects.exists()


# Its time.


def test_before_its_time_nothing_of_it_is_public_and_at_its_time_all_is(people: People) -> None:
    tomorrow = LATER + timedelta(days=1)
    sending = bundles.approved(people, publish_after=tomorrow)

    early = refused(sending)

    assert {each for each, _member in blockers(early)} == {Blocker.TOO_EARLY}
    assert not due(at=LATER).exists()
    assert [each.state for each in bundles.rows(sending)] == [SubmissionState.APPROVED] * 2
    (waiting,) = due(at=tomorrow)
    publish(submission_ref=waiting.ref, at=tomorrow)
    assert Item.objects.listed().count() == 2


def test_a_late_bundle_is_told_of_once(people: People) -> None:
    bundles.approved(people)
    assert len(overdue(at=LATER + timedelta(days=1))) == 1


# What the record says of it, alone.


def test_members_know_their_bundle_from_the_record_alone(people: People) -> None:
    bundles.published(people)

    rows = list(Bundling.objects.values_list("number", "title", "place"))
    assert rows == [("2569-00001", bundles.TITLE, 0), ("2569-00002", bundles.TITLE, 1)]
    assert verify_record().first_problem is None


@pytest.mark.parametrize("which", [0, 1])
def test_one_member_is_recalled_alone_and_the_page_says_so(people: People, which: int) -> None:
    entries = bundles.published(people)
    recall(people, entries[which])

    page = bundle_page(Bundling.objects.first().bundle)  # type: ignore[union-attr]  # there are two
    assert page is not None
    assert [each.number for each in page.recalled] == [entries[which].number]
    assert page.title == bundles.TITLE
    assert Item.objects.listed().count() == 1
    assert tombstone(entries[which].number) is not None
    assert verify_record().first_problem is None


def test_nothing_that_is_left_tells_what_the_recalled_member_said(people: People) -> None:
    _first, second = bundles.published(people)
    salts = Sending.objects.get().salts
    recall(people, second)
    left = Entry.objects.exclude(edition__canonical=None).values_list(
        "edition__canonical", flat=True
    )
    assert not any("ประกาศฉบับที่ 2" in text or salts[1] in text for text in left if text)
    assert any(salts[0] in text for text in left if text)


def test_a_bundle_of_which_all_was_recalled_still_verifies(people: People) -> None:
    for entry in bundles.published(people):
        recall(people, entry)
    assert verify_record().first_problem is None
    assert not Item.objects.listed().exists()


def test_the_papers_of_a_bundle_are_one_memorandum_and_a_form_for_each(people: People) -> None:
    rows = bundles.rows(bundles.approved(people))
    papers = papers_of(rows)
    keys = {(each.kind, each.submission.place) for each in papers}
    assert len(keys) == 4
    assert len({each.paper for each in papers if each.paper}) == 0
