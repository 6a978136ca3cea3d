"""A correction goes with others as a first publication does, on the edition that it was written upon, or not at all."""

from datetime import timedelta
from typing import Any

import pytest

from prongsai.approval.bundles.queries import is_as_sent, lead_of, state_of
from prongsai.approval.bundles.refusals import CannotDecideBundle, CannotSend
from prongsai.approval.bundles.rules import Change
from prongsai.approval.bundles.states import BundleBlocker, BundleState
from prongsai.approval.models import Sending, Submission
from prongsai.approval.refusals import CannotSubmit
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.refusals import CannotAct
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.papers.making import letter_of
from prongsai.publication.papers.states import PaperKind
from prongsai.publication.recalls.actions import recall
from prongsai.publication.rules import Blocker
from prongsai.record.models import Bundling, Entry, Item
from prongsai.record.queries import history, page
from prongsai.record.states import Action
from prongsai.record.together import bundle_page
from prongsai.record.verifier import verify_record
from tests.publication import bundles, factories
from tests.publication.factories import LATER, People
from tests.record.factories import act, correction, do

pytestmark = pytest.mark.django_db(databases=["default", "record"])
PUBLIC = "2569-00001"
MUCH_LATER = LATER + timedelta(hours=2)


def sent(people: People) -> Sending:
    return bundles.sent(people, bundles.mixed(people))


def approved(people: People) -> Sending:
    return bundles.approved(people, bundles.mixed(people))


def published(people: People) -> list[Entry]:
    return bundles.published(people, bundles.mixed(people))


def ask_for_recall(people: People, number: str) -> Submission:
    return recall(
        disclosure=Disclosure.objects.get(number=number), reason="personal_data",
        explanation="มีเลขบัตรประชาชน", urgency="normal", by=people["officer"], at=MUCH_LATER,
    )  # fmt: skip


def test_a_draft_and_a_correction_become_public_in_one_moment(people: People) -> None:
    first, second = published(people)

    assert (first.at, first.action) == (LATER, Action.PUBLISHED)
    assert (second.at, second.action) == (LATER, Action.CORRECTED)
    assert (second.number, second.version) == (PUBLIC, 2)
    assert list(Bundling.objects.order_by("place").values_list("number", "version", "title")) == [
        (first.number, 1, bundles.TITLE),
        (PUBLIC, 2, bundles.TITLE),
    ]
    assert {each.stage for each in Disclosure.objects.all()} == {Stage.RESTING}
    assert verify_record().first_problem is None


def test_the_edition_before_stays_readable_and_the_new_one_says_what_changed(
    people: People,
) -> None:
    published(people)
    before, now = page(PUBLIC, 1), page(PUBLIC)
    assert before is not None
    assert now is not None
    assert (before.version, now.version) == (1, 2)
    assert now.summary == "สรุปที่แก้แล้ว"
    assert before.summary != now.summary
    assert history(PUBLIC)[0].note == bundles.NOTE
    assert (before.place.bundle, now.place.bundle) == ("", str(Sending.objects.get().bundle.ref))


def test_corrections_alone_make_a_bundle(people: People) -> None:
    works = [bundles.being_corrected(people, title) for title in ("แผน", "งบประมาณ")]
    entries = bundles.published(people, works)
    assert {each.action for each in entries} == {Action.CORRECTED}
    assert verify_record().first_problem is None


def test_the_next_bundle_corrects_what_the_one_before_published(people: People) -> None:
    first, _second = published(people)
    disclosure = Disclosure.objects.get(number=first.number)
    factories.begin_correction(disclosure=disclosure, by=people["officer"], at=MUCH_LATER)
    bundles.edit(people, disclosure, summary="แก้ครั้งที่สอง")
    fresh = Disclosure.objects.get(pk=disclosure.pk)
    sending = bundles.approved(people, [*bundles.drafts(people, 1), fresh])

    publish(submission_ref=bundles.rows(sending)[0].ref, at=MUCH_LATER)

    bundled = Bundling.objects.filter(number=first.number).order_by("version")
    assert [each.version for each in bundled] == [1, 2]
    assert len({each.bundle for each in bundled}) == 2
    assert verify_record().first_problem is None


# What is said of it.


@pytest.mark.parametrize("changes", [{}, {"note": " "}])
def test_a_correction_that_says_nothing_of_itself_is_not_sent(
    people: People, changes: dict[str, str]
) -> None:
    works = bundles.mixed(people)
    said = {str(works[1].ref): Change(**changes)} if changes else {}
    bundle = bundles.opened(people, works)
    with pytest.raises(CannotSend, match="“แผนที่เผยแพร่แล้ว”: "):
        bundles.resent(people, bundle, changes=said)
    assert Submission.objects.filter(state=SubmissionState.UNDER_WAY).count() == 0


def test_a_correction_that_corrects_nothing_is_not_sent(people: People) -> None:
    disclosure, _entry = factories.published(people)
    factories.begin_correction(disclosure=disclosure, by=people["officer"], at=LATER)
    bundle = bundles.opened(people, [*bundles.drafts(people, 1), disclosure])
    with pytest.raises(CannotSend) as refused:
        bundles.resent(people, bundle)
    assert {each.code for each in refused.value.blockers} == {BundleBlocker.MEMBER}


def test_the_note_is_bound_by_the_hash_over_all_members(people: People) -> None:
    sending = sent(people)
    rows = bundles.rows(sending)
    assert is_as_sent(sending, rows)
    rows[1].change_note = "เขียนใหม่หลังเห็นชอบ"
    assert not is_as_sent(sending, rows)


def test_a_note_about_what_is_new_is_not_kept(people: People) -> None:
    works = bundles.mixed(people)
    said = {str(each.ref): Change(bundles.NOTE) for each in works}
    first, second = bundles.rows(bundles.sent(people, works, changes=said))
    assert (first.change_note, second.change_note) == ("", bundles.NOTE)


def test_the_memorandum_says_which_member_corrects_what(people: People) -> None:
    letter = letter_of(bundles.rows(approved(people))[0], PaperKind.MEMORANDUM)
    rows = [row for part in letter.sections for table in part.tables for row in table.rows]  # type: ignore[union-attr]  # a memorandum
    assert [row[1] for row in rows] == [
        "ประกาศฉบับที่ 1",
        f"แผนที่เผยแพร่แล้ว (แก้ไขรายการเลขที่ {PUBLIC}: {bundles.NOTE})",
    ]


# All or nothing.


@pytest.mark.parametrize(
    ("action", "document"), [(Action.CORRECTED, correction()), (Action.WITHDRAWN, act())]
)
def test_a_correction_whose_base_changed_meanwhile_shuts_the_gate_and_is_named(
    people: People, action: Action, document: dict[str, Any]
) -> None:
    sending = approved(people)
    do(action, PUBLIC, document, at=LATER)

    with pytest.raises(CannotPublish) as caught:
        publish(submission_ref=bundles.rows(sending)[0].ref, at=MUCH_LATER)

    found = {(each.blocker, each.member) for each in caught.value.reasons}
    assert found == {(Blocker.BASE_CHANGED, "แผนที่เผยแพร่แล้ว")}
    assert "“แผนที่เผยแพร่แล้ว”: " in str(caught.value)
    assert Item.objects.count() == 1
    assert {each.state for each in bundles.rows(sending)} == {SubmissionState.REFUSED}
    assert state_of(sending.bundle, lead_of(sending.bundle)) == BundleState.DRAFTING


def test_nobody_agrees_to_a_correction_whose_base_changed_but_it_can_be_sent_back(
    people: People,
) -> None:
    sending = sent(people)
    do(Action.CORRECTED, PUBLIC, correction(), at=LATER)
    with pytest.raises(CannotDecideBundle) as refused:
        bundles.say(sending, people["head"])
    assert {each.code for each in refused.value.blockers} == {BundleBlocker.BASE_CHANGED}
    assert "แผนที่เผยแพร่แล้ว" in str(refused.value)
    bundles.say(sending, people["head"], "remand_to_start", reason="มีฉบับใหม่แล้ว")
    again = bundles.resent(people, sending.bundle)
    assert again.statement["members"][1]["corrects"] == {"number": PUBLIC, "version": 2}


def test_a_bundle_that_was_killed_before_the_office_was_told_is_told_on_the_next_run(
    people: People,
) -> None:
    sending = approved(people)
    publish(submission_ref=bundles.rows(sending)[0].ref, at=LATER)
    second = bundles.rows(sending)[1]
    Submission.objects.filter(pk=second.pk).update(state=SubmissionState.APPROVED, entry_seq=None)

    publish(submission_ref=second.ref, at=MUCH_LATER)

    assert {each.state for each in bundles.rows(sending)} == {SubmissionState.PUBLISHED}
    assert Entry.objects.filter(number=PUBLIC).count() == 2


@pytest.mark.parametrize(
    "columns",
    [
        {"action": Action.PUBLISHED},
        {"change_note": "แก้อย่างอื่น"},
        {"sending": None, "place": 0},
        {"place": 7},
    ],
)
def test_a_member_that_was_forged_after_its_approval_is_not_published(
    people: People, columns: dict[str, object]
) -> None:
    sending = approved(people)
    second = bundles.rows(sending)[1]
    Submission.objects.filter(pk=second.pk).update(**columns)
    for each in bundles.rows(sending):
        with pytest.raises(CannotAct):
            publish(submission_ref=each.ref, at=MUCH_LATER)
    assert Entry.objects.count() == 1


# A leak does not wait for a bundle.


@pytest.mark.parametrize("is_approved", [False, True])
def test_a_recall_of_what_is_being_corrected_sends_the_whole_bundle_back(
    people: People, is_approved: bool
) -> None:
    sending = approved(people) if is_approved else sent(people)

    asked = ask_for_recall(people, PUBLIC)

    assert asked.state == SubmissionState.UNDER_WAY
    assert {each.state for each in bundles.rows(sending)} == {SubmissionState.STOPPED}
    assert state_of(sending.bundle, lead_of(sending.bundle)) == BundleState.DRAFTING


def test_a_member_that_rests_again_keeps_the_bundle_from_being_sent_and_is_named(
    people: People,
) -> None:
    sending = sent(people)
    ask_for_recall(people, PUBLIC)
    with pytest.raises(CannotSend, match="“แผนที่เผยแพร่แล้ว”: "):
        bundles.resent(people, sending.bundle)


def test_somebody_who_writes_no_such_work_recalls_nothing_and_stops_nothing(
    people: People,
) -> None:
    sending = approved(people)
    with pytest.raises(CannotSubmit):
        recall(
            disclosure=Disclosure.objects.get(number=PUBLIC), reason="personal_data",
            explanation="x", urgency="normal", by=people["mayor"], at=MUCH_LATER,
        )  # fmt: skip
    assert {each.state for each in bundles.rows(sending)} == {SubmissionState.APPROVED}


def test_a_corrected_member_is_recalled_alone_and_the_others_stay_proved(people: People) -> None:
    published(people)
    bundle = str(Sending.objects.get().bundle.ref)
    gone = Disclosure.objects.get(number=PUBLIC)
    submission = factories.act(people, gone, Action.RECALLED, recall_reason="personal_data")

    publish(submission_ref=submission.ref, at=MUCH_LATER)

    found = bundle_page(bundle)
    assert found is not None
    assert [each.number for each in found.recalled] == [PUBLIC]
    assert [each.version for each in found.members] == [1, 2]
    assert found.published_at == LATER
    assert verify_record().first_problem is None
