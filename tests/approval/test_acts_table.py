"""Every act asked of every state of an item by every post: done, or refused with a reason and a trace."""

import pytest

from prongsai.approval import actions
from prongsai.approval.models import Submission
from prongsai.approval.refusals import CannotSubmit
from prongsai.approval.states import SubmissionBlocker as NotYet
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from prongsai.organisation.queries import first_broken_act
from prongsai.organisation.states import Outcome, RoleCode
from prongsai.record.states import Action, ItemState
from prongsai.screening.actions import screen
from tests import factories as base
from tests.approval import factories
from tests.approval.published import published
from tests.disclosures.factories import save_changes
from tests.factories import NOW

pytestmark = pytest.mark.django_db(databases=["default", "record"])
STATES = (None, *ItemState)
# Written out, not taken from the code: state of the item -> acts that may be asked for.
MAY = {
    None: {"published"},
    "current": {"corrected", "withdrawn", "consolidated", "recalled"},
    "withdrawn": {"corrected", "restored", "recalled"},
    "expired": {"corrected", "restored", "recalled"},
    "consolidated": {"restored", "recalled"},
    "recalled": set(),
}
# Those that go through no chain of approval: the machine's own, and those with ways of their own.
NOT_ASKED_FOR = {"expired", "notice", "statement"}
ASKING = ("officer", "webmaster", "head", "mayor", "elsewhere", "super-user", "machine")
MAY_ASK = {"officer", "webmaster"}


def people_around() -> dict[str, Actor]:
    people = factories.line()
    boss: Person = base.person(is_superuser=True)
    elsewhere = base.post("elsewhere", unit=base.unit("health"), roles=[RoleCode.OFFICER])
    return people | {
        "webmaster": base.actor("web", roles=[RoleCode.WEBMASTER]),
        "elsewhere": base.actor(elsewhere.code),
        "super-user": Actor(boss.pk, "ผู้ใช้พิเศษ", "officer"),
        "machine": Actor.system("เครื่อง"),
    }


def work(people: dict[str, Actor], state: ItemState | None, action: str) -> Disclosure:
    """In the stage in which this act could be asked for, if the item's state allowed it."""
    officer = people["officer"]
    if state is None:
        made = factories.draft(officer)
    else:
        stage = Stage.WRITING if action in ("published", "corrected") else Stage.RESTING
        published(people, number="2569-00002")
        made = published(people, state=state, stage=stage)
        if stage == Stage.WRITING:
            save_changes(made, by=officer, title="ประกาศที่แก้แล้ว")
    screen(disclosure=made, by=officer, at=NOW)
    return made


def ask(disclosure: Disclosure, action: str, by: Actor) -> Submission:
    return actions.submit(
        disclosure=disclosure, action=action, by=by, at=NOW, change_note="แก้", explanation="เลิกใช้",
        recall_reason="mistake", redirect_number="2569-00002",
    )  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", Action.values)
def test_an_act_is_taken_in_or_refused_with_its_reasons_whoever_asks(
    action: str, state: ItemState | None
) -> None:
    people = people_around()
    disclosure = work(people, state, action)

    for who in ASKING:
        if action in MAY[state] and who in MAY_ASK:
            is_taken_in(disclosure, action, people[who])
        else:
            is_refused(disclosure, action, people[who], is_author=who in MAY_ASK)

    trace = Act.objects.filter(verb="submit").order_by("id")
    assert [(each.outcome, each.person_id, each.post_code) for each in trace] == [
        (
            Outcome.DONE if action in MAY[state] and who in MAY_ASK else Outcome.REFUSED,
            people[who].person_id,
            people[who].post_code,
        )
        for who in ASKING
    ]
    assert all(each.reason for each in trace)
    assert first_broken_act() is None


def is_taken_in(disclosure: Disclosure, action: str, by: Actor) -> None:
    """And taken back, so that the next may ask."""
    stage = disclosure.stage
    made = ask(disclosure, action, by)
    assert (made.action, made.state, made.submitted_by_id) == (action, "under_way", by.person_id)
    assert disclosure.stage == Stage.DECIDING
    actions.take_back(submission=made, by=by, at=NOW)
    disclosure.refresh_from_db()
    assert disclosure.stage == stage


def is_refused(disclosure: Disclosure, action: str, by: Actor, *, is_author: bool) -> None:
    before = (disclosure.stage, disclosure.latest_id, Submission.objects.count())
    with pytest.raises(CannotSubmit) as refusal:
        ask(disclosure, action, by)
    codes = {getattr(each, "code", None) for each in refusal.value.blockers}
    if action in NOT_ASKED_FOR:
        assert codes == {NotYet.ACTION_UNKNOWN}
    else:
        assert (NotYet.NOT_AUTHOR in codes) == (not is_author)
        assert codes
    disclosure.refresh_from_db()
    assert (disclosure.stage, disclosure.latest_id, Submission.objects.count()) == before
