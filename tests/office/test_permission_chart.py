"""The chart of who may do what, tried at the office's addresses and through the verbs of approval, both ways."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from prongsai.approval import actions
from prongsai.approval.chains import Plan
from prongsai.approval.models import Submission
from prongsai.approval.refusals import CannotDecide
from prongsai.approval.states import SubmissionState, Verdict
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.office.chart import VISITORS, WORKS, may, may_say
from prongsai.office.permissions import RULES
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.record.models import Item
from prongsai.screening.actions import submit_for_screening
from tests import factories as base
from tests.approval import chains
from tests.approval.factories import draft, endorse, submitted
from tests.factories import NOW
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
# Whose desk stands for which row of the chart; nobody's post does not come in at all.
DESKS = {
    "officer of the unit": "officer",
    "officer of another unit": "neighbour",
    "approver whose turn it is": "director",
    "approver of a later step": "clerk",
    "approver of no step": "mayor",
    **{name: name for name in ("screener", "webmaster", "auditor", "administrator")},
}
# Verb -> the address that does it, and whether it is looked at or sent to.
PLACES = {
    "see": ("work", "get"), "edit": ("write", "get"), "attach": ("attach", "post"),
    "discard": ("discard", "post"), "submit": ("submit", "get"), "bring_back": ("bring_back", "post"),
    "take_back": ("take_back", "post"), "screen": ("decide_findings", "post"),
    "withdraw": ("withdraw_decision", "post"), "decide": ("decide", "post"),
    "make_papers": ("certify", "post"), "change_published": ("correct", "post"),
    "recall": ("recall", "get"),
}  # fmt: skip


def work(people: People, where: str) -> Disclosure:
    """News of the section that stands there; its chain asks the director, then the clerk."""
    officer = people["officer"]
    if where in ("writing", "screening", "discarded"):
        made = draft(officer, body="<p>เลขบัตร 1234567890121</p>")
        if where == "screening":
            submit_for_screening(disclosure=made, by=officer, at=NOW)
        if where == "discarded":
            Disclosure.objects.update(stage=Stage.DISCARDED)
        return made
    chains.counting(Plan(("director",)), Plan(("clerk",)))
    submission = submitted(people)
    if where != "deciding":
        for code in ("director", "clerk"):
            endorse(submission, people[code])
    if where == "approved":
        # Where the chart asks whose turn it was: the step of a chain that is through is its last.
        Submission.objects.update(step=0)
    if where == "published":
        publish(submission)
    return submission.disclosure


def publish(submission: Submission) -> None:
    Submission.objects.update(state=SubmissionState.PUBLISHED)
    Disclosure.objects.update(
        stage=Stage.RESTING, number="2569-00001", published_revision=submission.revision
    )
    Item.objects.create(
        number="2569-00001", state="current", version=1, edition_hash="0" * 64, seq=0, kind="news",
        top_section="news", section="news", unit_code="plan", unit_name_th="ฝ่ายแผน", title="ข่าว",
        first_published_at=NOW, updated_at=NOW, major_updated_at=NOW,
    )  # fmt: skip


def status(client: Client, verb: str, disclosure: Disclosure) -> int:
    """What the address answers; whatever was done is undone."""
    name, method = PLACES[verb]
    target = disclosure.submissions.get() if verb == "decide" else disclosure
    where = {"number": disclosure.number} if verb == "recall" else {"ref": target.ref}
    with transaction.atomic():
        answer = getattr(client, method)(reverse(name, kwargs=where))
        transaction.set_rollback(True)
    return int(answer.status_code)


def sample(verb: str, where: str, number: int) -> list[tuple[str, bool]]:
    """One who may and one who may not, others in each state."""
    cells = [(who, may(verb, who, where)) for who in DESKS]
    chosen = ([cell for cell in cells if cell[1] is is_allowed] for is_allowed in (True, False))
    return [group[number % len(group)] for group in chosen if group]


def test_the_chart_and_the_addresses_name_the_same_verbs() -> None:
    assert set(PLACES) == set(RULES)
    assert set(DESKS) == set(VISITORS) - {"nobody's post"}


@pytest.mark.parametrize("where", WORKS)
def test_a_door_opens_to_those_whom_the_chart_names_alone(
    people: People, sit: SignIn, where: str
) -> None:
    disclosure = work(people, where)
    disclosure.refresh_from_db()
    for number, verb in enumerate(RULES):
        if verb == "decide" and not disclosure.submissions.exists():
            continue
        if verb == "recall" and not disclosure.number:
            continue
        for who, is_allowed in sample(verb, where, number + list(WORKS).index(where)):
            answered = status(sit(DESKS[who]), verb, disclosure)
            assert (answered != 403) is is_allowed, f"{verb} by {who}: {answered}"


WHO = (
    "approver whose turn it is",
    "the same, with a part in the content",
    "approver of another step",
)
SPEAKERS = {**dict.fromkeys(WHO[:2], "director"), WHO[2]: "clerk", "super-user without a post": ""}


@pytest.mark.parametrize(("who", "verdict"), list(product(SPEAKERS, Verdict)))
def test_a_word_counts_from_those_whom_the_chart_names_alone(
    people: People, who: str, verdict: Verdict
) -> None:
    chains.counting(*(Plan((code,)) for code in ("head", "director", "clerk")))
    submission = submitted(people)
    endorse(submission, people["head"])
    if who == WHO[1]:
        Submission.objects.update(submitted_by=people["director"].person_id)
    boss = Actor(base.person(is_superuser=True).pk, "ผู้ใช้พิเศษ", "director")
    for state in SubmissionState:
        Submission.objects.update(state=state)
        with transaction.atomic():
            said = says(submission, people.get(SPEAKERS[who], boss), verdict)
            transaction.set_rollback(True)
        assert said is may_say(who, verdict, state), f"{verdict} by {who} in {state}"


def says(submission: Submission, by: Actor, verdict: Verdict) -> bool:
    """Whether it was taken; a refusal leaves its trace."""
    before = Act.objects.filter(outcome="refused").count()
    try:
        actions.decide(
            submission=submission, verdict=verdict, reason="ทบทวน", to_step=0, by=by,
            content_hash_seen=submission.content_hash, at=NOW + timedelta(minutes=5),
        )  # fmt: skip
    except CannotDecide:
        assert Act.objects.filter(outcome="refused").count() == before + 1
        return False
    return True
