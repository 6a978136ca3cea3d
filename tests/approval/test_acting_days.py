"""An order to stand in counts from its first day to its last, in Thailand, and not a minute longer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import localdate

from prongsai.approval import actions
from prongsai.approval.models import Decision, Submission
from prongsai.approval.refusals import CannotDecide, CannotSubmit
from prongsai.approval.states import DecisionBlocker, SubmissionBlocker, Verdict
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment
from prongsai.organisation.queries import actor_for
from prongsai.organisation.states import Capacity, Outcome, RoleCode
from prongsai.screening.actions import decide_finding, screen, submit_for_screening
from prongsai.screening.models import FindingDecision
from prongsai.screening.queries import open_findings
from prongsai.screening.refusals import CannotDecideFinding
from tests import factories as base
from tests.approval import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db(databases=["default", "record"])
FIRST, LAST = date(2026, 11, 25), date(2026, 11, 27)
ONE_DAY, ONE_SECOND = timedelta(days=1), timedelta(seconds=1)


def dawn(day: date) -> datetime:
    """The first moment of a Thai day, which is 17:00 UTC of the day before."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=7)


# The moment, and whether somebody who stands in from FIRST to LAST may act then.
MOMENTS = [
    pytest.param(dawn(FIRST) - ONE_DAY, False, id="the day before"),
    pytest.param(dawn(FIRST) - ONE_SECOND, False, id="the last second before"),
    pytest.param(dawn(FIRST), True, id="the first moment"),
    pytest.param(dawn(FIRST) + timedelta(hours=12), True, id="the first day"),
    pytest.param(dawn(LAST), True, id="the last day"),
    pytest.param(dawn(LAST) + ONE_DAY - ONE_SECOND, True, id="the last second"),
    pytest.param(dawn(LAST) + ONE_DAY, False, id="the next midnight"),
    pytest.param(dawn(LAST) + 2 * ONE_DAY, False, id="a day after"),
]


def stand_in(post_code: str) -> Actor:
    """Somebody with the order, as their page remembers them on a day on which it counted."""
    appointment = base.acting(post=base.post(post_code), from_date=FIRST, to_date=LAST)
    return actor_for(appointment.person, post_code=post_code, on=FIRST)


def refused(verb: str) -> int:
    return Act.objects.filter(verb=verb, outcome=Outcome.REFUSED).count()


@pytest.mark.parametrize(("at", "may"), MOMENTS)
def test_who_stands_in_for_the_officer_submits_on_those_days_only(
    people: dict[str, Actor], at: datetime, may: bool
) -> None:
    disclosure = factories.draft(people["officer"])
    screen(disclosure=disclosure, by=people["officer"], at=NOW)
    by = stand_in("officer")

    if may:
        actions.submit(disclosure=disclosure, action="published", by=by, at=at)
        assert Submission.objects.get().submitted_by_id == by.person_id
        return
    with pytest.raises(CannotSubmit) as refusal:
        actions.submit(disclosure=disclosure, action="published", by=by, at=at)
    assert [each.code for each in refusal.value.blockers] == [SubmissionBlocker.NOT_AUTHOR]
    assert (Submission.objects.count(), refused("submit")) == (0, 1)


@pytest.mark.parametrize(("at", "may"), MOMENTS)
@pytest.mark.parametrize("verdict", [Verdict.ENDORSE, Verdict.REMAND_TO_START])
def test_who_stands_in_for_the_head_decides_on_those_days_only(
    people: dict[str, Actor], at: datetime, may: bool, verdict: Verdict
) -> None:
    submission = factories.submitted(people)
    by = stand_in("head")

    def decide() -> Decision:
        return actions.decide(
            submission=submission, verdict=verdict, reason="ทบทวน", by=by, at=at,
            content_hash_seen=submission.content_hash,
        )  # fmt: skip

    if may:
        made = decide()
        assert (made.person_id, made.capacity) == (by.person_id, Capacity.ACTING)
        assert made.acting_order == by.acting_order != ""
        return
    with pytest.raises(CannotDecide) as refusal:
        decide()
    assert [each.code for each in refusal.value.blockers] == [DecisionBlocker.POST_NOT_HELD]
    assert (Decision.objects.count(), refused("decide")) == (0, 1)


@pytest.mark.parametrize(("at", "may"), MOMENTS)
def test_who_stands_in_for_the_screener_decides_findings_on_those_days_only(
    people: dict[str, Actor], at: datetime, may: bool
) -> None:
    base.post("screener", roles=[RoleCode.SCREENER])
    disclosure = factories.draft(people["officer"], summary="โทรมือถือ 081-234-5678")
    submit_for_screening(disclosure=disclosure, by=people["officer"], at=NOW)
    assert disclosure.latest is not None
    finding = open_findings(disclosure.latest, on=localdate(NOW)).get()
    by = stand_in("screener")

    if may:
        decide_finding(finding=finding, verdict="not_applicable", reason="เบอร์กลาง", by=by, at=at)
        assert FindingDecision.objects.get().acting_order == by.acting_order
        return
    with pytest.raises(CannotDecideFinding):
        decide_finding(finding=finding, verdict="not_applicable", reason="เบอร์กลาง", by=by, at=at)
    assert (FindingDecision.objects.count(), refused("decide_finding")) == (0, 1)


@pytest.mark.parametrize("end", [FIRST, LAST])
def test_an_endorsement_outlives_the_order_by_which_it_was_given(
    people: dict[str, Actor], end: date
) -> None:
    submission = factories.submitted(people)
    by = stand_in("head")
    factories.endorse(submission, by, at=dawn(FIRST))
    Appointment.objects.filter(person_id=by.person_id).update(to_date=end)

    factories.endorse(submission, people["director"], at=dawn(LAST) + 30 * ONE_DAY)

    assert submission.state == "approved"


def test_two_orders_that_meet_leave_no_day_and_no_double(people: dict[str, Actor]) -> None:
    """The first ends on LAST, the second begins the day after: one of them each moment."""
    first = stand_in("head")
    second = base.acting(post=base.post("head"), from_date=LAST + ONE_DAY)
    after = actor_for(second.person, post_code="head", on=LAST + ONE_DAY)
    midnight = dawn(LAST + ONE_DAY)

    for at, may, may_not in [(midnight - ONE_SECOND, first, after), (midnight, after, first)]:
        submission = factories.submitted(people)
        with pytest.raises(CannotDecide):
            factories.endorse(submission, may_not, at=at)
        factories.endorse(submission, may, at=at)

    assert list(Decision.objects.order_by("id").values_list("person_id", flat=True)) == [
        first.person_id,
        after.person_id,
    ]
