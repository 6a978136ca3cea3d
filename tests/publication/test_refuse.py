"""Every blocker through the real database: whatever was written past the actions, the gate stays shut."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from prongsai.approval.models import Submission
from prongsai.approval.queries import current_hash
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.actions import set_table
from prongsai.disclosures.models import Disclosure, Section
from prongsai.disclosures.states import Stage
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.organisation.models import Act, Unit
from prongsai.publication import actions
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.rules import Blocker, Reason
from prongsai.record.models import Entry
from prongsai.record.states import Action
from prongsai.screening import words
from prongsai.screening.actions import screen
from prongsai.screening.models import Finding
from tests.approval.factories import approved, draft, submitted
from tests.disclosures.test_tables import example, skr1
from tests.factories import NOW
from tests.publication import factories
from tests.publication.factories import LATER, People, forge_decision, forged
from tests.record.factories import act, correction, do
from tests.screening.factories import decide, submit
from tests.screening.redacting.factories import covered

pytestmark = pytest.mark.django_db(databases=["default", "record"])
NATIONAL_ID = "1-1037-02071-81-1"
Spoil = Callable[[People, Path], Submission]


def refusal(submission: Submission) -> list[Blocker]:
    """The gate's reasons; and the record is as empty as before."""
    with pytest.raises(CannotPublish) as raised:
        publish(submission_ref=submission.ref, at=LATER)
    assert not Entry.objects.exists()
    return [reason.blocker for reason in raised.value.reasons]


def without_decisions(people: People, _shelves: Path) -> Submission:
    return forged(people, draft(people["officer"]), by=())


def without_a_chain(people: People, _shelves: Path) -> Submission:
    return forged(people, draft(people["officer"]), by=(), steps=[])


def by_the_wrong_post(people: People, _shelves: Path) -> Submission:
    return forged(people, draft(people["officer"]), by=("head", "clerk"))


def by_its_author(people: People, _shelves: Path) -> Submission:
    submission = forged(people, draft(people["officer"]), by=("head",))
    forge_decision(submission, people["officer"], step=1, post_code="director")
    return submission


def by_one_person_in_two_posts(people: People, _shelves: Path) -> Submission:
    submission = forged(people, draft(people["officer"]), by=("head",))
    forge_decision(submission, people["head"], step=1, post_code="director")
    return submission


def with_a_note_changed_since(people: People, _shelves: Path) -> Submission:
    submission = factories.ready(people)
    Submission.objects.filter(pk=submission.pk).update(change_note="ข้อความที่ไม่มีใครอนุมัติ")
    return submission


def with_a_note_and_the_hash_changed(people: People, _shelves: Path) -> Submission:
    submission = with_a_note_changed_since(people, _shelves)
    submission.refresh_from_db()
    submission.content_hash = current_hash(submission)
    submission.save()
    return submission


def with_another_revision(people: People, _shelves: Path) -> Submission:
    submission = factories.ready(people)
    other = draft(people["officer"], title="เรื่องอื่นที่ไม่มีใครอนุมัติ")
    Submission.objects.filter(pk=submission.pk).update(revision=other.latest)
    return submission


def with_an_undecided_finding(people: People, _shelves: Path) -> Submission:
    return forged(people, draft(people["officer"], summary=f"ติดต่อเจ้าของเลข {NATIONAL_ID}"))


def with_one_person_s_word(people: People, _shelves: Path) -> Submission:
    written = draft(people["officer"], summary=f"ติดต่อเจ้าของเลข {NATIONAL_ID}")
    submit(written, by=people["officer"])
    decide(Finding.objects.get(), reason="เลขตัวอย่าง")
    return forged(people, written)


def with_its_section_renamed(people: People, _shelves: Path) -> Submission:
    submission = factories.ready(people)
    Section.objects.update(title_th="ชื่อที่ไม่มีใครอนุมัติ")
    return submission


def with_its_section_moved(people: People, _shelves: Path) -> Submission:
    submission = factories.ready(people)
    slug = submission.revision.content["section"]
    elsewhere = Section.objects.create(slug="elsewhere", title_th="หมวดอื่น")
    Section.objects.filter(slug=slug).update(parent=elsewhere)
    return submission


def with_its_unit_s_telephone_changed(people: People, _shelves: Path) -> Submission:
    submission = factories.ready(people)
    Unit.objects.update(phone="1900 000 000")
    return submission


def with_a_secret_in_its_note(people: People, _shelves: Path) -> Submission:
    submission = forged(people, draft(people["officer"]), by=())
    submission.change_note = "ลับที่สุด"
    submission.content_hash = current_hash(submission)
    submission.save()
    for step, code in enumerate(("head", "director")):
        forge_decision(submission, people[code], step=step)
    return submission


def without_the_year_of_its_duty(people: People, _shelves: Path) -> Submission:
    duties = ("ita-oit-2569-o19",)
    return forged(people, draft(people["officer"], obligations=duties, fiscal_year=None))


def with_a_field_missing(people: People, _shelves: Path) -> Submission:
    return forged(people, draft(people["officer"], summary=""))


def with_a_file_gone(people: People, shelves: Path) -> Submission:
    submission = factories.ready(people)
    (place,) = (shelves / "files").glob("??/*")
    place.unlink()
    return submission


def without_the_files_of_its_long_table(people: People, _shelves: Path) -> Submission:
    work, by = draft(people["officer"]), people["officer"]
    assert work.latest
    numbered = tuple(example("skr1") | {"contract_number": f"{each}/2569"} for each in range(200))
    base = work.latest.sequence
    set_table(disclosure=work, table=skr1(*numbered), base_sequence=base, by=by, at=NOW)
    work.refresh_from_db()
    screen(disclosure=work, by=by, at=NOW)
    return forged(people, work)


def with_a_row_of_the_file_gone(people: People, _shelves: Path) -> Submission:
    submission = factories.ready(people)
    submission.disclosure.attachments.all().delete()
    StoredFile.objects.all().delete()
    return submission


def with_bytes_swapped(people: People, shelves: Path) -> Submission:
    submission = factories.ready(people)
    (place,) = (shelves / "files").glob("??/*")
    place.write_text("เนื้อหาที่ไม่มีใครอนุมัติ", encoding="utf-8")
    return submission


def with_a_file_refused_since(people: People, _shelves: Path) -> Submission:
    submission = factories.ready(people)
    StoredFile.objects.update(state=FileState.REFUSED, refusal="พบมัลแวร์")
    return submission


SPOILED: list[tuple[Spoil, list[Blocker]]] = [
    (without_decisions, [Blocker.STEP_INCOMPLETE, Blocker.STEP_INCOMPLETE]),
    (without_a_chain, [Blocker.STEP_INCOMPLETE]),
    (by_the_wrong_post, [Blocker.STEP_INCOMPLETE]),
    (by_its_author, [Blocker.APPROVER_CONTRIBUTED]),
    (by_one_person_in_two_posts, [Blocker.PERSON_DECIDED_TWICE]),
    (with_a_note_changed_since, [Blocker.CONTENT_CHANGED]),
    (with_a_note_and_the_hash_changed, [Blocker.DECISIONS_ON_OTHER_CONTENT]),
    (with_another_revision, [Blocker.CONTENT_CHANGED, Blocker.OPEN_FINDINGS]),
    (with_an_undecided_finding, [Blocker.OPEN_FINDINGS]),
    (with_one_person_s_word, [Blocker.OPEN_FINDINGS]),
    (with_its_section_renamed, [Blocker.CONTENT_CHANGED]),
    (with_its_section_moved, [Blocker.CONTENT_CHANGED]),
    (with_its_unit_s_telephone_changed, [Blocker.CONTENT_CHANGED]),
    (with_a_secret_in_its_note, [Blocker.TEXT_UNSPEAKABLE]),
    (without_the_year_of_its_duty, [Blocker.FIELDS_MISSING]),
    (with_a_field_missing, [Blocker.FIELDS_MISSING]),
    (without_the_files_of_its_long_table, [Blocker.FIELDS_MISSING]),
    (with_a_file_gone, [Blocker.FILE_MISSING]),
    (with_a_row_of_the_file_gone, [Blocker.FILE_MISSING, Blocker.FILE_NOT_CLEAN]),
    (with_bytes_swapped, [Blocker.FILE_CHANGED]),
    (with_a_file_refused_since, [Blocker.FILE_MISSING, Blocker.FILE_NOT_CLEAN]),
]


@pytest.mark.parametrize(
    ("spoil", "reasons"), SPOILED, ids=lambda each: getattr(each, "__name__", "")
)
def test_the_gate_stays_shut(
    people: People, shelves: Path, spoil: Spoil, reasons: list[Blocker]
) -> None:
    submission = spoil(people, shelves)

    assert refusal(submission) == reasons

    act = Act.objects.get(verb="publish")
    submission.refresh_from_db()
    assert (act.outcome, act.person_id) == ("refused", None)
    assert act.details == {"blockers": [reason.value for reason in reasons]}
    assert submission.state == SubmissionState.REFUSED
    assert submission.refusal == act.reason


def test_what_is_refused_goes_back_to_its_author(people: People, shelves: Path) -> None:
    submission = with_bytes_swapped(people, shelves)
    refusal(submission)

    disclosure = Disclosure.objects.get(pk=submission.disclosure_id)
    assert disclosure.stage == Stage.WRITING
    assert "หลักเกณฑ์.txt" in Submission.objects.get(pk=submission.pk).refusal


def test_a_refused_submission_stays_refused_and_each_attempt_is_remembered(
    people: People, shelves: Path
) -> None:
    submission = with_bytes_swapped(people, shelves)
    refusal(submission)

    assert refusal(submission) == [Blocker.NOT_APPROVED, Blocker.FILE_CHANGED]
    submission.refresh_from_db()
    assert submission.state == SubmissionState.REFUSED
    assert Act.objects.filter(verb="publish", outcome="refused").count() == 2


def test_two_workers_that_refuse_at_once_tell_the_author_once(people: People) -> None:
    submission = without_decisions(people, Path())
    second = Submission.objects.get(pk=submission.pk)
    refusal(submission)
    reasons = CannotPublish([Reason(Blocker.STEP_INCOMPLETE, "1")])

    actions._refuse([second], reasons, at=LATER)

    assert Act.objects.filter(verb="publish").count() == 1


def test_what_is_still_under_way_is_not_taken_from_its_approvers(people: People) -> None:
    submission = submitted(people)

    assert Blocker.NOT_APPROVED in refusal(submission)

    submission.refresh_from_db()
    assert submission.state == SubmissionState.UNDER_WAY
    assert Act.objects.get(verb="publish").outcome == "refused"


def test_what_comes_too_early_waits(people: People) -> None:
    submission = approved(
        people,
        disclosure=draft(people["officer"]),
        publish_after=LATER + timedelta(seconds=1),
    )

    assert refusal(submission) == [Blocker.TOO_EARLY]

    submission.refresh_from_db()
    assert submission.state == SubmissionState.APPROVED
    assert publish(submission_ref=submission.ref, at=LATER + timedelta(seconds=1)).seq == 0


def test_a_refused_withdrawal_leaves_the_public_item_alone(people: People) -> None:
    disclosure, _entry = factories.published(people)
    submission = factories.act(people, disclosure, Action.WITHDRAWN)
    Submission.objects.filter(pk=submission.pk).update(explanation="คำที่ไม่มีใครอนุมัติ")

    with pytest.raises(CannotPublish):
        publish(submission_ref=submission.ref, at=LATER)

    disclosure.refresh_from_db()
    assert disclosure.stage == Stage.RESTING
    assert Entry.objects.count() == 1


def test_an_approver_who_touched_the_correction_spoils_it(people: People) -> None:
    disclosure, _entry = factories.published(people)
    submission = factories.correction(people, disclosure, title="ประกาศที่แก้แล้ว")
    revision = submission.revision
    revision.pk, revision.sequence, revision.author_id = None, 99, people["head"].person_id
    revision.save(force_insert=True)

    with pytest.raises(CannotPublish) as raised:
        publish(submission_ref=submission.ref, at=LATER)

    assert [reason.blocker for reason in raised.value.reasons] == [Blocker.APPROVER_CONTRIBUTED]


def test_an_approver_of_the_first_edition_may_write_the_next(people: People) -> None:
    """Whoever wrote before the last edition is free again; only what came since counts."""
    disclosure, _entry = factories.published(people)
    submission = factories.correction(people, disclosure, title="ประกาศที่แก้แล้ว")

    assert publish(submission_ref=submission.ref, at=LATER).version == 2
    assert NOW < LATER


@pytest.fixture
def election(tmp_path: Path) -> Iterator[datetime]:
    """A moment within an election whose window opens after the approvals."""
    window = '[[windows]]\nkey = "invented"\nfrom = 2570-01-01\nto = 2570-06-30\nnames = ["นกแก้ว"]'
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "elections.toml").write_text(window, encoding="utf-8")
    words.add_words_of(folder)
    yield datetime(2570, 2, 1, 9, tzinfo=UTC)
    words.add_words_of(None)


def test_what_was_screened_before_an_election_is_screened_again_within_it(
    people: People, election: datetime
) -> None:
    work = factories.drafted(people, body="<p>ขอบคุณ นกแก้ว ที่ดูแลสวนสาธารณะ</p>")
    submission = approved(people, disclosure=work)

    with pytest.raises(CannotPublish) as raised:
        publish(submission_ref=submission.ref, at=election)

    assert [reason.blocker for reason in raised.value.reasons] == [Blocker.OPEN_FINDINGS]
    assert not Entry.objects.exists()
    found = Finding.objects.filter(detector="election_window")
    assert found.get().screening.revision == submission.revision


def test_what_says_nothing_of_an_election_goes_out_within_it(
    people: People, election: datetime
) -> None:
    submission = factories.ready(people)
    assert publish(submission_ref=submission.ref, at=election).seq == 0


def test_a_covered_file_that_nobody_has_answered_for_stays_in(people: People) -> None:
    submission = factories.ready(people)
    covered(submission.disclosure, people["officer"])

    with pytest.raises(CannotPublish, match="ต้องลงทะเบียนหรือไม่"):
        publish(submission_ref=submission.ref, at=LATER)

    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("action", "document"), [(Action.CORRECTED, correction()), (Action.WITHDRAWN, act())]
)
def test_a_correction_is_bound_to_what_the_public_read_when_it_was_sent(
    people: People, action: Action, document: dict[str, Any]
) -> None:
    disclosure, _entry = factories.published(people)
    sent = factories.correction(people, disclosure, summary="สรุปที่แก้แล้ว")
    do(action, disclosure.number, document, at=LATER)
    with pytest.raises(CannotPublish) as raised:
        publish(submission_ref=sent.ref, at=LATER + timedelta(hours=1))
    assert [each.blocker for each in raised.value.reasons] == [Blocker.BASE_CHANGED]
    # Nor does it help to write another base into the row.
    Submission.objects.filter(pk=sent.pk).update(base_seq=None)
    assert current_hash(Submission.objects.get(pk=sent.pk)) != sent.content_hash
