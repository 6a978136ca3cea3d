"""What a submission leaves behind: its whole row, its place in the trail, and nothing in its neighbours."""

from datetime import timedelta
from typing import Any

import pytest

from prongsai.approval import actions, queries
from prongsai.approval.models import Submission
from prongsai.approval.refusals import CannotSubmit, CannotTakeBack
from prongsai.approval.states import SubmissionBlocker as NotYet
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.content import content_hash
from prongsai.disclosures.edition import edition_content
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person
from prongsai.organisation.queries import actor_for
from tests import factories as base
from tests.approval import factories
from tests.approval.published import published
from tests.disclosures.factories import save_changes
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
LATER = NOW + timedelta(days=2)


def corrected(people: People, **wishes: Any) -> Submission:
    """A correction of something published, with a title that changed."""
    disclosure = published(people, stage=Stage.WRITING)
    later = NOW + timedelta(hours=1)
    save_changes(disclosure, by=people["officer"], at=later, title="แก้แล้ว")
    wishes = {"action": "corrected", "change_note": "แก้ชื่อเรื่อง"} | wishes
    return factories.submitted(people, disclosure=disclosure, **wishes)


def test_the_whole_row_of_a_correction(people: People) -> None:
    made = corrected(people, significance="minor", urgency="urgent", publish_after=LATER)
    row = Submission.objects.values().get(pk=made.pk)
    kept = {name: row[name] for name in row if name not in ("id", "ref", "content_hash")}
    assert kept == {
        "disclosure_id": made.disclosure_id,
        "revision_id": made.disclosure.latest_id,
        "action": "corrected",
        "urgency": "urgent",
        "significance": "minor",
        "change_note": "แก้ชื่อเรื่อง",
        "explanation": "",
        "recall_reason": "",
        "redirect_number": "",
        "chain_code": "urgent",
        "chain_version": 1,
        "steps": [{"posts": ["director"], "quorum": 1}],
        "informed": [],
        "step": 0,
        "arrived_at": NOW,
        "round": 1,
        "state": "under_way",
        "publish_after": LATER,
        "submitted_at": NOW,
        "submitted_by_id": people["officer"].person_id,
        "submitter_post": "เจ้าหน้าที่",
        "contributors": [people["officer"].person_id],
        "approved_at": None,
        "entry_seq": None,
        "published_at": None,
        "refusal": "",
        "base_seq": 0,
        "sending_id": None,
        "place": 0,
    }


@pytest.mark.parametrize(
    ("wishes", "kept"),
    [
        (
            {"action": "withdrawn", "explanation": "เลิกใช้"},
            ("withdrawal", "เลิกใช้", "", "", ["head", "director", "clerk"]),
        ),
        (
            {"action": "recalled", "explanation": "มีชื่อ", "recall_reason": "personal_data"},
            ("recall", "มีชื่อ", "personal_data", "", ["director", "clerk"]),
        ),
        (
            {"action": "consolidated", "explanation": "รวม", "redirect_number": "2569-00002"},
            ("consolidation", "รวม", "", "2569-00002", ["head", "director", "clerk"]),
        ),
    ],
)
def test_an_act_on_what_is_public_keeps_its_words_and_its_way(
    people: People, wishes: dict[str, str], kept: tuple[object, ...]
) -> None:
    published(people, number="2569-00002")
    disclosure = published(people)
    made = factories.submitted(people, disclosure=disclosure, **wishes)
    made.refresh_from_db()
    posts = [post for step in made.steps for post in step["posts"]]
    found = (made.chain_code, made.explanation, made.recall_reason, made.redirect_number, posts)
    assert found == kept
    assert made.revision == disclosure.published_revision
    assert queries.act_of(made).content == ""


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [({"change_note": "แก้ชื่อ"}, "แก้ชื่อ"), ({"change_note": "ก", "explanation": "ข"}, "ก")],
)
def test_the_trail_says_what_was_asked_and_why(
    people: People, wishes: dict[str, str], reason: str
) -> None:
    made = corrected(people, **wishes)
    act = Act.objects.get(verb="submit")
    assert (act.subject, act.reason) == (made.subject, reason)
    assert act.details == {
        "disclosure": str(made.disclosure.ref),
        "action": "corrected",
        "urgency": "normal",
        "content_hash": made.content_hash,
    }


def test_the_trail_gives_the_explanation_of_a_withdrawal(people: People) -> None:
    factories.submitted(
        people, disclosure=published(people), action="withdrawn", explanation="เลิกใช้"
    )
    assert Act.objects.get(verb="submit").reason == "เลิกใช้"


def test_a_refusal_stands_under_the_disclosure(people: People) -> None:
    draft = factories.draft(people["officer"], title="")
    with pytest.raises(CannotSubmit):
        factories.submitted(people, disclosure=draft)
    act = Act.objects.get(verb="submit")
    assert (act.subject, act.outcome) == (draft.subject, "refused")


def test_the_callers_object_shows_the_new_stage(people: People) -> None:
    draft = factories.draft(people["officer"])
    factories.submitted(people, disclosure=draft)
    assert draft.stage == Stage.DECIDING


def test_only_the_disclosure_that_was_sent_is_locked(people: People) -> None:
    first, second = (factories.draft(people["officer"]) for _ in range(2))
    factories.submitted(people, disclosure=second)
    assert Disclosure.objects.get(pk=first.pk).stage == Stage.WRITING
    assert queries.open_submission(first) is None


def test_only_the_submission_that_was_meant_is_taken_back(people: People) -> None:
    first, second = factories.submitted(people), factories.submitted(people)
    actions.take_back(submission=second, by=people["officer"], at=NOW)
    first.refresh_from_db()
    assert (first.state, second.state) == (SubmissionState.UNDER_WAY, SubmissionState.RECALLED)


def test_a_refused_taking_back_stands_under_its_submission(people: People) -> None:
    submission = factories.submitted(people)
    with pytest.raises(CannotTakeBack):
        actions.take_back(submission=submission, by=people["head"], at=NOW)
    assert Act.objects.get(verb="take_back").subject == submission.subject


@pytest.mark.parametrize("outcome", ["done", "refused"])
def test_somebody_else_is_refused_before_and_after_it_was_taken_back(
    people: People, outcome: str
) -> None:
    submission = factories.submitted(people)
    if outcome == "done":
        actions.take_back(submission=submission, by=people["officer"], at=NOW)
    with pytest.raises(CannotTakeBack, match="เฉพาะผู้ส่ง"):
        actions.take_back(submission=submission, by=people["director"], at=NOW)


def test_a_submitter_who_moved_to_another_post_may_take_back(people: People) -> None:
    submission = factories.submitted(people)
    Appointment.objects.filter(post__code="officer").delete()
    author = Person.objects.get(pk=people["officer"].person_id)
    base.appointment(person=author, post=base.post("elsewhere", unit=base.unit("far")))
    by = actor_for(author, post_code="elsewhere", on=TODAY)
    actions.take_back(submission=submission, by=by, at=NOW)
    assert submission.state == SubmissionState.RECALLED


def test_what_the_decisions_are_bound_to_is_the_act_as_it_stands(people: People) -> None:
    made = corrected(people, significance="minor", publish_after=LATER)
    assert vars(queries.act_of(made)) == {
        "action": "corrected",
        "number": "2569-00001",
        "content": content_hash(edition_content(made.revision)),
        "significance": "minor",
        "change_note": "แก้ชื่อเรื่อง",
        "explanation": "",
        "recall_reason": "",
        "bundle": "",
        "base": 0,
        "redirect_number": "",
        "publish_after": "2026-11-25T03:00:00+00:00",
    }


@pytest.mark.parametrize(
    "change",
    [
        {"significance": "minor"},
        {"change_note": "อื่น"},
        {"explanation": "อื่น"},
        {"recall_reason": "mistake"},
        {"redirect_number": "2569-00002"},
        {"publish_after": LATER},
        {"action": "published"},
    ],
)
def test_nothing_that_becomes_public_changes_unseen(
    people: People, change: dict[str, object]
) -> None:
    made = corrected(people)
    Submission.objects.filter(pk=made.pk).update(**change)
    made.refresh_from_db()
    assert queries.current_hash(made) != made.content_hash


@pytest.mark.parametrize("stage", [Stage.SCREENING, Stage.WRITING])
def test_a_correction_may_be_sent_from_writing_and_from_screening(
    people: People, stage: Stage
) -> None:
    disclosure = published(people, stage=Stage.WRITING)
    save_changes(disclosure, by=people["officer"], at=LATER, title="แก้แล้ว")
    Disclosure.objects.filter(pk=disclosure.pk).update(stage=stage)
    made = factories.submitted(
        people, disclosure=disclosure, action="corrected", change_note="แก้ชื่อ"
    )
    assert made.state == SubmissionState.UNDER_WAY


@pytest.mark.parametrize("stage", [Stage.WRITING, Stage.SCREENING, Stage.DISCARDED])
def test_a_withdrawal_does_not_disturb_a_correction_being_written(
    people: People, stage: Stage
) -> None:
    disclosure = published(people, stage=stage)
    with pytest.raises(CannotSubmit) as refusal:
        actions.submit(
            disclosure=disclosure,
            action="withdrawn",
            explanation="เลิกใช้",
            by=people["officer"],
            at=NOW,
        )
    assert [each.code for each in refusal.value.blockers] == [NotYet.WRONG_STAGE]
