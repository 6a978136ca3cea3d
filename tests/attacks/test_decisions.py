"""Approving what one may not approve: each attempt is refused, and each is remembered with its maker."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from prongsai.approval.actions import decide
from prongsai.approval.models import Submission
from prongsai.approval.refusals import CannotDecide
from prongsai.approval.states import DecisionBlocker as Not
from prongsai.approval.states import Verdict
from prongsai.disclosures.actions import autosave, detach, discard, relabel, save
from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.refusals import CannotMove, CannotSave
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person
from prongsai.organisation.queries import actor_for
from tests import factories as base
from tests.approval.factories import approved, draft, submitted
from tests.factories import NOW, TODAY
from tests.publication.factories import give_file

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("files"),
]
People = dict[str, Actor]


def refusal(submission: Submission, by: Actor) -> set[object]:
    """The reasons; the submission has not moved, and the trail knows who tried."""
    before = (submission.state, submission.step, submission.decisions.count())
    with pytest.raises(CannotDecide) as raised:
        decide(
            submission=submission, verdict=Verdict.ENDORSE, by=by, at=NOW,
            content_hash_seen=submission.content_hash,
        )  # fmt: skip
    submission.refresh_from_db()
    act = Act.objects.filter(verb="decide").latest("id")
    assert (submission.state, submission.step, submission.decisions.count()) == before
    assert (act.outcome, act.person_id, act.post_code) == ("refused", by.person_id, by.post_code)
    return {blocker.code for blocker in raised.value.blockers}


def also(actor: Actor, post_code: str, **period: date) -> Actor:
    """The same person standing in for another post."""
    person = Person.objects.get(pk=actor.person_id)
    base.acting(person=person, post=base.post(post_code), **period)
    return actor_for(person, post_code=post_code, on=TODAY)


def test_an_author_who_stands_in_for_the_head(people: People) -> None:
    submission = submitted(people)
    assert Not.CONTRIBUTED in refusal(submission, also(people["officer"], "head"))


def test_a_head_who_attached_one_file(people: People) -> None:
    disclosure = draft(people["officer"])
    give_file(disclosure, people["head"], "แนบโดยหัวหน้า", slot="attachment-1")
    base.appointment(
        post=base.post("head"), capacity="acting", order_number="9/2569", order_date=TODAY
    )
    submission = submitted(people, disclosure=disclosure)

    assert Not.CONTRIBUTED in refusal(submission, people["head"])


def test_a_head_whose_file_was_taken_out_again(people: People) -> None:
    disclosure = draft(people["officer"])
    give_file(disclosure, people["head"], "แนบโดยหัวหน้า", slot="attachment-1")
    detach(disclosure=disclosure, slot="attachment-1", by=people["officer"], at=NOW)
    base.appointment(
        post=base.post("head"), capacity="acting", order_number="9/2569", order_date=TODAY
    )
    submission = submitted(people, disclosure=disclosure)

    assert Not.CONTRIBUTED in refusal(submission, people["head"])


def test_a_super_user_who_wrote_it(people: People) -> None:
    submission = submitted(people)
    author = also(people["officer"], "head")
    Person.objects.filter(pk=author.person_id).update(is_superuser=True, is_staff=True)

    assert Not.CONTRIBUTED in refusal(submission, author)


def test_a_super_user_without_the_post(people: People) -> None:
    root = base.person("root", is_superuser=True, is_staff=True)
    actor = Actor(root.pk, root.full_name, "head", "หัวหน้าฝ่าย", "substantive")

    assert Not.POST_NOT_HELD in refusal(submitted(people), actor)


@pytest.mark.parametrize(
    "period",
    [
        {"to_date": TODAY - timedelta(days=1)},
        {"from_date": TODAY + timedelta(days=1)},
    ],
    ids=["ended yesterday", "begins tomorrow"],
)
def test_an_acting_appointment_that_does_not_hold_today(
    people: People, period: dict[str, date]
) -> None:
    deputy = base.acting(person=base.person(), post=base.post("head"), **period)
    as_remembered = Actor(
        deputy.person_id, "ผู้แทน", "head", "หัวหน้าฝ่าย", "acting", "ตามคำสั่งที่ 745/2569"
    )

    assert Not.POST_NOT_HELD in refusal(submitted(people), as_remembered)


def test_an_acting_appointment_that_ends_between_opening_and_endorsing(people: People) -> None:
    deputy = base.acting(person=base.person(), post=base.post("head"))
    actor = actor_for(deputy.person, post_code="head", on=TODAY)
    submission = submitted(people)
    Appointment.objects.filter(pk=deputy.pk).update(to_date=TODAY - timedelta(days=1))

    assert Not.POST_NOT_HELD in refusal(submission, actor)


def test_somebody_shut_out_since(people: People) -> None:
    Person.objects.filter(pk=people["head"].person_id).update(is_active=False)
    deputy = base.acting(person=base.person(), post=base.post("head"))
    assert actor_for(deputy.person, post_code="head", on=TODAY)

    assert Not.POST_NOT_HELD in refusal(submitted(people), people["head"])


def test_a_post_out_of_turn_and_one_without_the_role(people: People) -> None:
    submission = submitted(people)

    assert refusal(submission, people["mayor"]) == {Not.NOT_THEIR_TURN}
    assert Not.NOT_APPROVER in refusal(submission, people["webmaster"])


def test_one_person_for_two_steps(people: People) -> None:
    both = also(people["head"], "director")
    submission = submitted(people)
    decide(
        submission=submission, verdict=Verdict.ENDORSE, by=people["head"], at=NOW,
        content_hash_seen=submission.content_hash,
    )  # fmt: skip

    assert Not.DECIDED_ALREADY in refusal(submission, both)


def test_the_machine(people: People) -> None:
    assert Not.NOBODY in refusal(submitted(people), Actor.system("script"))


def test_an_endorsement_of_another_content(people: People) -> None:
    submission = submitted(people)
    with pytest.raises(CannotDecide) as raised:
        decide(
            submission=submission, verdict=Verdict.ENDORSE, content_hash_seen="0" * 64,
            by=people["head"], at=NOW,
        )  # fmt: skip
    assert [blocker.code for blocker in raised.value.blockers] == [Not.OTHER_CONTENT]


Edit = Callable[[Disclosure, Actor], object]
EDITS: dict[str, Edit] = {
    "save_disclosure": lambda each, by: save(
        disclosure=each, content=Content("news", "news", "plan", title="ถูกแก้"), base_sequence=3,
        by=by, at=NOW,
    ),
    "attach_file": lambda each, by: give_file(each, by, "แนบเพิ่มหลังอนุมัติ", slot="attachment-2"),
    "detach_file": lambda each, by: detach(disclosure=each, slot="main", by=by, at=NOW),
    "relabel_file": lambda each, by: relabel(disclosure=each, slot="main", label="x", by=by, at=NOW),
    "discard_disclosure": lambda each, by: discard(disclosure=each, by=by, at=NOW),
}  # fmt: skip


@pytest.mark.parametrize("verb", EDITS)
@pytest.mark.parametrize("how_far", [submitted, approved])
def test_editing_after_submission_or_approval(
    people: People, verb: str, how_far: Callable[..., Submission]
) -> None:
    disclosure = draft(people["officer"])
    give_file(disclosure, people["officer"], "ไฟล์ที่อนุมัติ")
    submission = how_far(people, disclosure=disclosure)
    latest = submission.revision

    with pytest.raises((CannotSave, CannotMove)):
        EDITS[verb](disclosure, people["officer"])

    disclosure.refresh_from_db()
    act = Act.objects.filter(verb=verb).latest("id")
    assert (act.outcome, act.person_id) == ("refused", people["officer"].person_id)
    assert disclosure.latest == latest


def test_autosaving_after_approval(people: People) -> None:
    submission = approved(people)
    with pytest.raises(CannotSave):
        autosave(
            disclosure=submission.disclosure, form={"title": "x"}, base_sequence=2,
            by=people["officer"], at=NOW,
        )  # fmt: skip
