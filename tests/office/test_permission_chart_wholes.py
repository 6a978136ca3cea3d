"""The chart of bundles, other times, notices recalled and second words, tried through the verbs, both ways."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from prongsai.approval.actions import agree_to_time, ask_for_time, move_time, refuse_time
from prongsai.approval.bundles import actions, queries
from prongsai.approval.bundles.states import BundleState
from prongsai.approval.chains import Plan
from prongsai.approval.models import Bundle, Sending, Submission, TimeWish
from prongsai.approval.states import SubmissionState
from prongsai.notices import actions as noticing
from prongsai.notices.models import Notice, Wording
from prongsai.office.chart import (
    ANSWERERS,
    ASKERS,
    BUNDLE_VERBS,
    MOVERS,
    NOTICES,
    PARTIES,
    RECALLERS,
    SECONDS,
    WISHES,
    may_answer,
    may_ask_for_time,
    may_put_off,
    may_recall_notice,
    may_settle,
    may_with_bundle,
)
from prongsai.organisation.actions import appoint, settle_appointment
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person, Post, Unit
from prongsai.organisation.queries import actor_for
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode, Standing
from prongsai.record.states import RecallReason
from prongsai.screening.actions import screen
from tests import factories as base
from tests.approval import chains
from tests.approval.factories import approved, draft
from tests.factories import NOW, TODAY
from tests.notices import factories as notices
from tests.publication import bundles

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
TIME = NOW + timedelta(hours=6)
# Of what is to be put off: the last of the five days in which the chart lets a time lie.
ENDS = (TIME + timedelta(days=5)).date()
SOON = NOW + timedelta(minutes=10)


def done(verb: Callable[[], object]) -> bool:
    """Whether the verb did something; whatever it did is undone. A refusal leaves its trace, as an act does."""
    before = acts("refused"), acts("done")
    with transaction.atomic():
        try:
            verb()
            is_done = acts("done") > before[1]
        except CannotAct:
            is_done = False
            assert acts("refused") == before[0] + 1
        transaction.set_rollback(True)
    return is_done


def acts(outcome: str) -> int:
    return Act.objects.filter(outcome=outcome).count()


def super_user() -> Actor:
    return Actor(base.person(is_superuser=True).pk, "ผู้ใช้พิเศษ", "nowhere")


# Bundles: sent by the officer, endorsed by the head, before the director and then the clerk.


def bundle_in(people: People, state: BundleState) -> Sending:
    chains.counting(*(Plan((code,)) for code in ("head", "director", "clerk")))
    works = [draft(people["officer"], title=f"ร่างที่ {n}") for n in (1, 2)]
    for each in works:
        screen(disclosure=each, by=people["officer"], at=NOW)
    sending = bundles.sent(people, works, publish_after=TIME)
    speakers = ("head",) if state == BundleState.UNDER_WAY else ("head", "director", "clerk")
    if state in (BundleState.DRAFTING, BundleState.CLOSED):
        actions.take_back_bundle(bundle=sending.bundle, by=people["officer"], at=NOW)
        speakers = ()
    for code in speakers:
        bundles.say(sending, people[code])
    if state == BundleState.CLOSED:
        actions.close_bundle(bundle=sending.bundle, by=people["officer"], at=NOW)
    if state == BundleState.PUBLISHED:
        Submission.objects.update(state=SubmissionState.PUBLISHED)
    return sending


# Whose desk stands for which row; the others are made when they are asked for.
DESKS = {
    "writer of all members, who sent it": "officer",
    "writer of another unit": "neighbour",
    "approver whose turn it is": "director",
    "the same, who put it together": "director",
    "approver of its last step": "clerk",
    "approver of no step": "mayor",
}


def party(people: People, who: str) -> Actor:
    if who in DESKS:
        return people[DESKS[who]]
    if who == "super-user without a post":
        return super_user()
    home = Unit.objects.get(code="plan")
    base.post("second-officer", unit=home, roles=[RoleCode.OFFICER])
    return base.actor("second-officer")


def bundle_verbs(sending: Sending, by: Actor) -> dict[str, Callable[[], object]]:
    bundle, at = sending.bundle, SOON
    works = queries.members_of(bundle)
    seen = actions.seen_of(bundle, works)
    return {
        "arrange_bundle": lambda: actions.arrange_bundle(
            bundle=bundle, title="ชื่อใหม่", disclosures=works, by=by, at=at
        ),
        "send_bundle": lambda: actions.send_bundle(bundle=bundle, seen=seen, by=by, at=at),
        "decide_bundle": lambda: bundles.say(sending, by, at=at),
        "take_back_bundle": lambda: actions.take_back_bundle(bundle=bundle, by=by, at=at),
        "stop_bundle": lambda: actions.stop_bundle(bundle=bundle, reason="รอก่อน", by=by, at=at),
    }


@pytest.mark.parametrize("state", BundleState)
def test_a_bundle_obeys_those_whom_the_chart_names_alone(
    people: People, state: BundleState
) -> None:
    sending = bundle_in(people, state)
    assert queries.state_of(sending.bundle, queries.lead_of(sending.bundle)) == state
    charted, found = {}, {}
    for who in PARTIES:
        by = party(people, who)
        if who == "the same, who put it together":
            Bundle.objects.update(opened_by=by.person_id)
        for verb, act in bundle_verbs(Sending.objects.get(pk=sending.pk), by).items():
            charted[verb, who] = may_with_bundle(verb, who, state)
            found[verb, who] = done(act)
        Bundle.objects.update(opened_by=people["officer"].person_id)
    assert found == charted
    assert {verb for verb, _who in found} == set(BUNDLE_VERBS)


# Another time.


# Who stands for which row, where the submission stands, and the reason given.
MOVING = {
    "head of the unit, or post of the last step": ("director", SubmissionState.APPROVED, "เลื่อน"),
    "the same, without a reason": ("director", SubmissionState.APPROVED, ""),
    "the same, in a bundle": ("director", SubmissionState.APPROVED, "เลื่อน"),
    "the same, while it is decided": ("director", SubmissionState.UNDER_WAY, "เลื่อน"),
    "its sender, or anybody else": ("officer", SubmissionState.APPROVED, "เลื่อน"),
}


def waiting(people: People, *, is_bundle: bool) -> Submission:
    """Approved by head and director for a time six hours after it was sent."""
    works = [
        draft(people["officer"], title=f"ร่างที่ {n}", expires_date=ENDS) for n in range(1 + is_bundle)
    ]
    if not is_bundle:
        return approved(people, disclosure=works[0], publish_after=TIME)
    for each in works:
        screen(disclosure=each, by=people["officer"], at=NOW)
    return bundles.rows(bundles.approved(people, works, publish_after=TIME))[0]


@pytest.mark.parametrize("who", MOVERS)
def test_a_time_is_moved_by_those_whom_the_chart_names_alone(people: People, who: str) -> None:
    code, state, reason = MOVING[who]
    submission = waiting(people, is_bundle=who == "the same, in a bundle")
    Submission.objects.update(state=state)
    found = {}
    for wish, (further, ahead) in WISHES.items():
        wanted = {"to": TIME + further, "at": TIME - ahead, "reason": reason}
        found[wish] = done(partial(move_time, submission=submission, by=people[code], **wanted))
    assert found == {wish: may_put_off(who, wish) for wish in WISHES}


ASKING = {
    "its sender, or somebody who may write it": ("officer", "เลื่อน"),
    "the same, without a reason": ("officer", ""),
    "the same, in a bundle": ("officer", "เลื่อน"),
    "anybody else": ("clerk", "เลื่อน"),
}


@pytest.mark.parametrize("who", ASKERS)
def test_a_time_is_asked_for_by_those_whom_the_chart_names_alone(people: People, who: str) -> None:
    code, reason = ASKING[who]
    submission = waiting(people, is_bundle=who == "the same, in a bundle")
    found = {}
    for wish, (further, ahead) in WISHES.items():
        wanted = {"to": TIME + further, "at": TIME - ahead, "reason": reason}
        found[wish] = done(partial(ask_for_time, submission=submission, by=people[code], **wanted))
    assert found == {wish: may_ask_for_time(who, wish) for wish in WISHES}


# Who answers, with which reason, and who asked.
ANSWERING = {
    "post of the last step": ("director", "ไม่ได้", "officer"),
    "the same, without a reason": ("director", "", "officer"),
    "the same, having asked": ("director", "ไม่ได้", "director"),
    "the same, after it was answered or the time was changed": ("director", "ไม่ได้", "officer"),
    "head of the unit, or anybody else": ("head", "ไม่ได้", "officer"),
}


@pytest.mark.parametrize("who", ANSWERERS)
def test_a_wish_is_answered_by_those_whom_the_chart_names_alone(people: People, who: str) -> None:
    code, reason, asker = ANSWERING[who]
    submission = waiting(people, is_bundle=False)
    wish = TimeWish.objects.create(
        submission=submission, before_at=TIME, after_at=TIME + timedelta(days=1), reason="เลื่อน",
        person_id=people[asker].person_id or 0, post="", at=NOW,
    )  # fmt: skip
    if who.endswith("the time was changed"):
        put_off = TIME + timedelta(hours=1)
        move_time(submission=submission, to=put_off, reason="x", by=people["head"], at=SOON)
    answer = {"wish": wish, "by": people[code], "at": SOON}
    assert done(partial(agree_to_time, **answer)) == may_answer(who, is_agreed=True)
    refused = done(partial(refuse_time, reason=reason, **answer))
    assert refused == may_answer(who, is_agreed=False)


# A notice, recalled.

RECALLING = dict(zip(RECALLERS, ("director", "director", "officer", "head", ""), strict=True))


LOOK_BACK = {"review_effect": "ประชาชนย้ายรถทัน", "review_lesson": "เพิ่มป้ายไฟ"}


def notice_in(people: People, where: str) -> Notice:
    if where in ("draft", "awaiting_director"):
        return getattr(notices, where.removesuffix("_director"))(people).notice
    if where == "live":
        return notices.live(people)
    notice = notices.ended(people)
    if where == "reviewed":
        noticing.review(notice=notice, texts=LOOK_BACK, by=people["clerk"], at=NOW)
    if where == "recalled":
        taken = {"ground": RecallReason.PERSONAL_DATA, "reason": "มีชื่อบุคคล"}
        noticing.recall(notice=notice, by=people["director"], at=NOW, **taken)
        Notice.objects.update(recalled_by=people["mayor"].person_id)
    return notice


@pytest.mark.parametrize("where", NOTICES)
def test_a_notice_is_recalled_by_those_whom_the_chart_names_alone(
    people: People, settings: Any, tmp_path: Path, where: str
) -> None:
    settings.NOTICE_FILE = tmp_path / "live.json"
    notice = notice_in(people, where)
    state, is_recalled = NOTICES[where]
    found = {}
    for who, code in RECALLING.items():
        by = people[code] if code else super_user()
        if who == "the same, who wrote it":
            Wording.objects.update(written_by=by.person_id)
        found[who] = done(
            partial(
                noticing.recall, notice=notice, ground=RecallReason.PERSONAL_DATA,
                reason="มีชื่อบุคคล", by=by, at=SOON,
            )
        )  # fmt: skip
    charted = {who: may_recall_notice(who, state, is_recalled=is_recalled) for who in RECALLERS}
    assert found == charted


# The second word about an appointment.


def seconds(people: People, proposer: Actor, appointed: Person) -> dict[str, Actor]:
    limited = base.acting(post=Post.objects.get(code="deputy-clerk"), scope_units=["plan"])
    actors = (
        people["administrator"],
        proposer,
        people["clerk"],
        actor_for(appointed, post_code="mayor", on=TODAY),
        actor_for(limited.person, post_code="deputy-clerk", on=TODAY),
        people["director"],
        people["officer"],
        super_user(),
    )
    return dict(zip(SECONDS, actors, strict=True))


@pytest.mark.parametrize("standing", Standing)
def test_a_second_word_counts_from_those_whom_the_chart_names_alone(
    people: People, standing: Standing
) -> None:
    proposer = base.actor("second-administrator", roles=[RoleCode.ADMINISTRATOR])
    mayor = Person.objects.get(pk=people["mayor"].person_id)
    post = base.post("new-director", roles=[RoleCode.APPROVER])
    wanted = Appointment(person=mayor, post=post, from_date=TODAY)
    held = appoint(appointment=wanted, by=proposer, at=NOW)
    settled = {"settled_at": NOW, "settled_by": people["clerk"].person_id}
    Appointment.objects.filter(pk=held.pk).update(
        standing=standing, **({} if standing == Standing.WAITING else settled)
    )
    for who, by in seconds(people, proposer, mayor).items():
        for agrees, reason in ((True, ""), (False, "ไม่มีคำสั่งนี้"), (False, "")):
            lacks_reason = not (agrees or reason)
            said = partial(settle_appointment, appointment=held, agrees=agrees, reason=reason)
            is_heard = done(partial(said, by=by, at=SOON))
            assert is_heard is may_settle(who, standing, lacks_reason=lacks_reason), who
