"""Whatever people do in whatever order: nothing is approved but what its approvers read."""

from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from prongsai.approval import actions, queries
from prongsai.approval.chains import ABOVE, Plan
from prongsai.approval.models import Decision, Submission
from prongsai.approval.states import SubmissionState, Verdict
from prongsai.approval.walking import could_speak, is_step_complete, passed_steps
from prongsai.disclosures.actions import record_publication
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Person
from prongsai.organisation.queries import actor_for, first_broken_act
from prongsai.organisation.refusals import CannotAct
from prongsai.publication.queries import case
from prongsai.publication.rules import publication_blockers
from tests import factories as base
from tests.approval import chains, factories
from tests.disclosures.factories import save_changes
from tests.factories import NOW, TODAY

WRITERS = ("officer", "head", "director")
DECIDERS = ("officer", "head", "director", "double", "nobody", "deputy-clerk", "clerk", "mayor")
# Every kind of step at once: a seat with an alternate, a post that others stand in for, one that pulls up.
CHAIN = (
    Plan(("head", "deputy-clerk"), quorum=2, alternates=(("deputy-clerk", "mayor"),)),
    Plan(("director",), stand_in=ABOVE),
    Plan(("clerk",), pulls_up=True),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(WRITERS), st.none()),
        st.tuples(st.just("submit"), st.sampled_from(["officer", "head"]), st.none()),
        st.tuples(st.just("decide"), st.sampled_from(DECIDERS), st.sampled_from(Verdict)),
        st.tuples(st.just("take_back"), st.sampled_from(["officer", "head"]), st.none()),
        st.tuples(st.sampled_from(["leave", "return_"]), st.none(), st.none()),
        # The way forward is tried most, or hardly anything would ever be published.
        *[st.tuples(st.just("go_on"), st.none(), st.none())] * 16,
    ),
    min_size=8,
    max_size=20,
)


class World:
    """One disclosure, the people around it, and a clock that moves with each act."""

    def __init__(self) -> None:
        self.people = factories.line()
        chains.counting(*CHAIN)
        head = Person.objects.get(pk=self.people["head"].person_id)
        base.acting(person=head, post=base.post("director"))
        self.people["double"] = actor_for(head, post_code="director", on=TODAY)
        self.people["nobody"] = Actor(base.person(is_superuser=True).pk, "ผู้ใช้พิเศษ", "director")
        self.disclosure = factories.draft(self.people["officer"])
        self.numbers = count(1)

    def do(self, verb: str, who: str | None, verdict: Verdict | None) -> None:
        """Tries it; what is refused has changed nothing."""
        number = next(self.numbers)
        at = NOW + timedelta(minutes=number)
        self.disclosure.refresh_from_db()
        with suppress(CannotAct):
            getattr(self, verb)(self.people.get(who or ""), verdict, at, number)

    def write(self, by: Actor, _verdict: None, at: Any, number: int) -> None:
        save_changes(self.disclosure, by=by, at=at, title=f"ฉบับที่ {number}")

    def submit(self, by: Actor, _verdict: None, at: Any, _number: int) -> None:
        factories.submitted(self.people | {"officer": by}, disclosure=self.disclosure, at=at)

    def leave(self, _by: None, _verdict: None, _at: Any, _number: int) -> None:
        """The director's post falls vacant, whoever is in it."""
        Appointment.objects.filter(post__code="director").update(to_date=TODAY - timedelta(days=1))

    def return_(self, _by: None, _verdict: None, _at: Any, _number: int) -> None:
        Appointment.objects.filter(post__code="director").update(to_date=None)

    def decide(self, by: Actor, verdict: Verdict, at: Any, number: int) -> None:
        submission = queries.open_submission(self.disclosure)
        if submission is not None:
            actions.decide(
                submission=submission,
                verdict=verdict,
                reason="" if verdict == Verdict.ENDORSE else "ทบทวน",
                content_hash_seen=submission.content_hash,
                to_step=number % len(CHAIN),
                by=by,
                at=at,
            )

    def take_back(self, by: Actor, _verdict: None, at: Any, _number: int) -> None:
        submission = queries.open_submission(self.disclosure)
        if submission is not None:
            actions.take_back(submission=submission, by=by, at=at)

    def go_on(self, _by: None, _verdict: None, at: Any, number: int) -> None:
        """The next thing that ordinary people would do."""
        submission = queries.open_submission(self.disclosure)
        if submission is None:
            self.submit(self.people["officer"], None, at, number)
        elif submission.state == SubmissionState.APPROVED:
            self.publish(submission, at)
        else:
            self.endorse_by_somebody(submission, at, number)

    def endorse_by_somebody(self, submission: Submission, at: Any, number: int) -> None:
        """The first who may, each time another one first."""
        posts = sorted(could_speak(queries.steps_of(submission), submission.step))
        said = submission.decisions.count()
        for place in range(len(posts)):
            by = self.people[posts[(place + number) % len(posts)]]
            with suppress(CannotAct):
                self.decide(by, Verdict.ENDORSE, at, number)
            if submission.decisions.count() > said:
                return

    def publish(self, submission: Submission, at: Any) -> None:
        """What the gate does in the office once the record holds the entry."""
        Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.PUBLISHED)
        record_publication(
            disclosure=self.disclosure, revision=submission.revision, number="2569-00001",
            by=Actor.system("gate"), at=at,
        )  # fmt: skip


def check_approved(submission: Submission) -> None:
    """What must hold of whatever may go through the gate."""
    endorsements = queries.effective_endorsements(submission)
    people = [each.person_id for each in endorsements]
    assert queries.current_hash(submission) == submission.content_hash
    assert {each.content_hash for each in endorsements} == {submission.content_hash}
    assert not queries.contributors(submission).intersection(people)
    assert len(set(people)) == len(people)
    said = queries.said(endorsements)
    steps = queries.steps_of(submission)
    passed = passed_steps(said)
    for place, step in enumerate(steps):
        assert place in passed or is_step_complete(step, place, said)
        people_of_step = {each.person for each in said if each.step == place}
        assert place in passed or len(people_of_step) >= step.quorum
    # The gate, which trusts nobody, comes to the same.
    assert publication_blockers(case(submission, at=NOW + timedelta(hours=2))) == []


def check(disclosure: Disclosure) -> None:
    disclosure.refresh_from_db()
    submission = queries.open_submission(disclosure)
    stages = {SubmissionState.UNDER_WAY: Stage.DECIDING, SubmissionState.APPROVED: Stage.APPROVED}
    if submission is None:
        assert disclosure.stage in {Stage.WRITING, Stage.RESTING}
        return
    assert disclosure.stage == stages[SubmissionState(submission.state)]
    assert submission.revision == disclosure.latest
    if submission.state == SubmissionState.APPROVED:
        check_approved(submission)


class TestAnyOrderOfActs(TestCase):
    databases = {"default", "record"}

    @given(STEPS)
    @settings(
        max_examples=20,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def test_what_is_approved_is_what_was_read_by_people_who_did_not_write_it(
        self, steps: list[tuple[str, str | None, Verdict | None]]
    ) -> None:
        world = World()
        for verb, who, verdict in steps:
            world.do(verb, who, verdict)
            check(world.disclosure)
        event(f"published: {world.disclosure.number != ''}")
        for submission in Submission.objects.filter(state=SubmissionState.PUBLISHED):
            assert submission.content_hash == queries.current_hash(submission)
        superuser = world.people["nobody"].person_id
        assert not Decision.objects.filter(person_id=superuser).exists()
        assert first_broken_act() is None
