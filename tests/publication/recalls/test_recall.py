"""A recall waits for nobody's correction, and personal data start a clock."""

from datetime import datetime, timedelta

import pytest

from prongsai.approval.models import Submission
from prongsai.approval.refusals import CannotSubmit
from prongsai.approval.states import SubmissionBlocker, SubmissionState, Urgency
from prongsai.disclosures.actions import begin_correction
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.publication.actions import publish
from prongsai.publication.models import Incident
from prongsai.publication.queries import due
from prongsai.publication.recalls.actions import answer, close_incident
from prongsai.publication.recalls.checklist import checklist
from prongsai.publication.recalls.queries import clock_of, lines, open_incidents
from prongsai.publication.recalls.refusals import CannotRecord
from prongsai.publication.recalls.states import IncidentBlocker
from prongsai.record.queries import item
from prongsai.record.states import Action, ItemState, RecallReason
from tests.approval.factories import approved, endorse, submitted
from tests.disclosures.factories import save_changes
from tests.publication import factories
from tests.publication.factories import LATER
from tests.publication.recalls.factories import asked, leaked, recalled

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
PERSONAL = {"reason": RecallReason.PERSONAL_DATA}


def test_an_urgent_recall_needs_one_tap_of_the_director(people: People) -> None:
    submission = asked(people, leaked(people))
    assert [each["posts"] for each in submission.steps] == [["director"]]

    endorse(submission, people["director"], at=LATER)

    submission.refresh_from_db()
    assert submission.state == SubmissionState.APPROVED


def test_it_goes_through_the_gate_before_what_was_approved_earlier(people: People) -> None:
    disclosure = leaked(people)
    earlier = factories.ready(people)

    submission = asked(people, disclosure)
    endorse(submission, people["director"], at=LATER)

    assert [each.pk for each in due(at=LATER)] == [submission.pk, earlier.pk]


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_correction_being_written_or_decided_gives_way(people: People, is_sent: bool) -> None:
    disclosure = leaked(people)
    begin_correction(disclosure=disclosure, by=people["officer"], at=LATER)
    save_changes(disclosure, by=people["officer"], at=LATER, title="ชื่อที่กำลังแก้")
    if is_sent:
        submitted(
            people, disclosure=disclosure, action=Action.CORRECTED, change_note="แก้", at=LATER
        )

    recalled(people, disclosure)

    found = item(disclosure.number)
    assert found is not None
    assert found.state == ItemState.RECALLED


def planned(people: People, disclosure: Disclosure, publish_after: datetime | None) -> Submission:
    """A correction that is approved; the approvers spoke long before LATER."""
    begin_correction(disclosure=disclosure, by=people["officer"], at=LATER)
    save_changes(disclosure, by=people["officer"], at=LATER, title="ชื่อใหม่พร้อมเวลา")
    wishes = {"action": Action.CORRECTED, "change_note": "แก้", "publish_after": publish_after}
    return approved(people, disclosure=disclosure, at=LATER, **wishes)


@pytest.mark.parametrize(
    "publish_after", [LATER + timedelta(days=9), LATER - timedelta(minutes=30), None]
)
def test_what_is_approved_and_waits_is_stopped_and_never_published(
    people: People, publish_after: datetime | None
) -> None:
    disclosure = leaked(people)
    waiting = planned(people, disclosure, publish_after)

    recalled(people, disclosure)

    waiting.refresh_from_db()
    assert waiting.state == SubmissionState.STOPPED
    assert "เรียกคืนรายการที่เผยแพร่" in waiting.refusal
    assert not due(at=LATER + timedelta(days=30)).exists()
    found = item(disclosure.number)
    assert found is not None
    assert found.state == ItemState.RECALLED


@pytest.mark.parametrize("minutes", [-9, 0])
def test_what_the_gate_may_be_carrying_is_waited_for(people: People, minutes: int) -> None:
    disclosure = leaked(people)
    waiting = planned(people, disclosure, LATER + timedelta(minutes=minutes))

    with pytest.raises(CannotSubmit) as refusal:
        asked(people, disclosure)

    assert [each.code for each in refusal.value.blockers] == [SubmissionBlocker.AT_THE_GATE]
    waiting.refresh_from_db()
    assert waiting.state == SubmissionState.APPROVED


def test_nobody_stops_what_waits_by_asking_for_a_recall_that_is_not_theirs(people: People) -> None:
    disclosure = leaked(people)
    waiting = planned(people, disclosure, LATER + timedelta(days=9))

    with pytest.raises(CannotSubmit):
        asked(people, disclosure, by=people["mayor"])

    waiting.refresh_from_db()
    assert waiting.state == SubmissionState.APPROVED


def test_the_same_wish_again_is_the_first_one(people: People) -> None:
    disclosure = leaked(people)

    first, again = asked(people, disclosure, **PERSONAL), asked(people, disclosure, **PERSONAL)

    assert first == again
    assert Incident.objects.count() == 1


def test_what_cannot_be_recalled_leaves_the_correction_as_it_was(people: People) -> None:
    disclosure = leaked(people)
    begin_correction(disclosure=disclosure, by=people["officer"], at=LATER)

    with pytest.raises(CannotSubmit):
        asked(people, disclosure, explanation="")

    disclosure.refresh_from_db()
    assert disclosure.stage == "writing"
    assert Incident.objects.count() == 0


def test_personal_data_start_seventy_two_hours_from_when_it_became_known(people: People) -> None:
    known_at = LATER - timedelta(hours=5)

    submission = asked(people, leaked(people), known_at=known_at, **PERSONAL)

    incident = open_incidents().get()
    assert incident.submission == submission
    assert clock_of(incident, at=LATER).hours == 67
    assert clock_of(incident, at=LATER + timedelta(hours=70)).is_over


def test_nobody_can_know_of_it_in_the_future(people: People) -> None:
    with pytest.raises(CannotRecord) as refusal:
        asked(people, leaked(people), known_at=LATER + timedelta(hours=1), **PERSONAL)

    assert [each.code for each in refusal.value.blockers] == [IncidentBlocker.KNOWN_LATER]


def test_a_recall_by_another_way_gets_its_clock_at_the_gate(people: People) -> None:
    disclosure = leaked(people)
    submission = factories.act(people, disclosure, Action.RECALLED, recall_reason="personal_data")

    publish(submission_ref=submission.ref, at=LATER)

    assert open_incidents().get().submission == submission


def test_it_is_closed_with_a_reason_once_every_question_is_answered(people: People) -> None:
    asked(people, leaked(people), **PERSONAL)
    incident, by = open_incidents().get(), people["officer"]
    with pytest.raises(CannotRecord) as refusal:
        close_incident(incident=incident, reason="", by=by, at=LATER)
    needed = [each.key for each in checklist().questions if each.required]
    assert len(refusal.value.blockers) == len(needed) + 1

    for key in needed:
        answer(incident=incident, question=key, text=f"คำตอบของ {key}", by=by, at=LATER)
    close_incident(incident=incident, reason="แจ้งครบแล้ว", by=by, at=LATER)

    assert not open_incidents().exists()
    with pytest.raises(CannotRecord):
        answer(incident=incident, question="what", text="เพิ่ม", by=by, at=LATER)


def test_the_newest_answer_counts_and_the_same_words_add_nothing(people: People) -> None:
    asked(people, leaked(people), **PERSONAL)
    incident = open_incidents().get()
    for words in ("ราว 10 คน", "12 คน", "12 คน"):
        answer(incident=incident, question="how_many", text=words, by=people["officer"], at=LATER)

    said = {line.asked.key: line.answer and line.answer.text for line in lines(incident)}

    assert said["how_many"] == "12 คน"
    assert incident.answers.count() == 2


@pytest.mark.parametrize(("post", "may"), [("clerk", True), ("mayor", True), ("head", False)])
def test_those_who_are_told_may_answer_and_others_may_not(
    people: People, post: str, may: bool
) -> None:
    asked(people, leaked(people), **PERSONAL)
    words = {"question": "what", "text": "ชื่อ", "by": people[post], "at": LATER}
    incident = open_incidents().get()

    if may:
        assert answer(incident=incident, **words).pk
    else:
        with pytest.raises(CannotRecord):
            answer(incident=incident, **words)


def test_the_chain_of_a_recall_that_is_not_urgent_is_the_longer_one(people: People) -> None:
    submission = asked(people, leaked(people), urgency=Urgency.NORMAL)

    assert [each["posts"] for each in submission.steps] == [["director"], ["clerk"]]
