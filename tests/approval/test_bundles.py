"""A bundle walks one chain: what is said of it is said of all its members, by whatever door one comes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from prongsai.approval import actions as alone
from prongsai.approval.actions.stopping import give_back
from prongsai.approval.bundles import actions, queries
from prongsai.approval.bundles.refusals import CannotArrange, CannotDecideBundle, CannotSend
from prongsai.approval.bundles.states import BundleBlocker, BundleState
from prongsai.approval.models import BundleMember, Decision, Sending, Submission
from prongsai.approval.queries import moving
from prongsai.approval.refusals import CannotDecide, CannotStop, CannotSubmit, CannotTakeBack
from prongsai.approval.states import DecisionBlocker, SubmissionState, TimeBlocker
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Unit
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode, UnitLevel
from prongsai.publication.papers.making import letter_of
from prongsai.publication.papers.states import PaperKind
from prongsai.screening.actions import screen
from tests import factories as base
from tests.approval import factories
from tests.factories import NOW
from tests.publication import bundles
from tests.publication.factories import LATER

pytestmark = pytest.mark.django_db
People = dict[str, Actor]


def drafts(people: People, count: int = 2, by: Actor | None = None) -> list[Disclosure]:
    made = [
        factories.draft(by or people["officer"], title=f"ร่างที่ {n}") for n in range(1, count + 1)
    ]
    for each in made:
        screen(disclosure=each, by=people["officer"], at=NOW)
    return made


def sent(people: People, count: int = 2, **wishes: Any) -> Sending:
    return bundles.sent(people, drafts(people, count), **wishes)


def approved(people: People, **wishes: Any) -> Sending:
    return bundles.approved(people, drafts(people), **wishes)


def state(sending: Sending) -> BundleState:
    sending.bundle.refresh_from_db()
    return queries.state_of(sending.bundle, queries.lead_of(sending.bundle))


def codes(refused: pytest.ExceptionInfo[CannotAct]) -> set[Any]:
    return {each.code for each in refused.value.blockers}  # type: ignore[attr-defined]  # Blockers


# Sending.


@pytest.mark.parametrize("count", [2, 50])
def test_all_members_are_sent_locked_and_bound_to_one_hash(people: People, count: int) -> None:
    sending = sent(people, count)

    rows = bundles.rows(sending)
    assert [each.place for each in rows] == list(range(count))
    assert {each.disclosure.stage for each in rows} == {Stage.DECIDING}
    assert [each["key"] for each in sending.statement["members"]] == [str(r.ref) for r in rows]
    assert {queries.is_as_sent(sending, queries.together(rows[0]))} == {True}


def test_one_draft_makes_no_bundle(people: People) -> None:
    with pytest.raises(CannotSend) as refused:
        sent(people, 1)
    assert codes(refused) == {BundleBlocker.TOO_FEW}


def test_a_member_that_blocks_is_named_and_nothing_is_sent(people: People) -> None:
    good, bad = drafts(people)
    bundles.edit(people, bad, summary="")
    bundle = bundles.opened(people, [good, bad])
    with pytest.raises(CannotSend, match="“ร่างที่ 2”: ") as refused:
        bundles.resent(people, bundle)
    assert codes(refused) == {BundleBlocker.MEMBER}
    assert not Submission.objects.exists()
    assert Disclosure.objects.get(pk=good.pk).stage == Stage.WRITING


def test_a_second_click_sends_nothing_again(people: People) -> None:
    sending = sent(people)
    members = [each.disclosure for each in bundles.rows(sending)]
    seen = actions.seen_of(sending.bundle, members)
    again = actions.send_bundle(bundle=sending.bundle, seen=seen, by=people["officer"], at=LATER)
    assert again == sending
    assert Submission.objects.count() == 2


def test_what_the_sender_did_not_see_is_not_sent(people: People) -> None:
    first, second, third = drafts(people, 3)
    bundle = bundles.opened(people, [first, second])
    seen = actions.seen_of(bundle, [first, second])
    actions.arrange_bundle(
        bundle=bundle, title=bundle.title, disclosures=[first, second, third],
        by=people["officer"], at=NOW,
    )  # fmt: skip
    with pytest.raises(CannotSend) as refused:
        actions.send_bundle(bundle=bundle, seen=seen, by=people["officer"], at=NOW)
    assert codes(refused) == {BundleBlocker.CHANGED_MEANWHILE}


def test_a_title_that_may_not_be_said_is_not_sent(people: People) -> None:
    bundle = actions.open_bundle(
        title="ข้อมูลของ 1-1037-02071-81-1", unit=Unit.objects.get(code="plan"),
        disclosures=drafts(people), by=people["officer"], at=NOW,
    )  # fmt: skip
    with pytest.raises(CannotSend) as refused:
        bundles.resent(people, bundle)
    assert codes(refused) == {BundleBlocker.TITLE_UNSPEAKABLE}


# Membership.


def test_members_are_frozen_while_the_bundle_is_on_its_way(people: People) -> None:
    sending, (third,) = sent(people), drafts(people, 1)
    before = list(BundleMember.objects.values_list("disclosure_id", "position"))
    with pytest.raises(CannotArrange) as refused:
        actions.arrange_bundle(
            bundle=sending.bundle, title="ชื่ออื่น", disclosures=[third], by=people["officer"], at=NOW
        )
    assert BundleBlocker.ON_ITS_WAY in codes(refused)
    assert list(BundleMember.objects.values_list("disclosure_id", "position")) == before


def test_a_draft_is_in_one_bundle_at_a_time(people: People) -> None:
    works = drafts(people)
    bundles.opened(people, works)
    with pytest.raises(CannotArrange) as refused:
        bundles.opened(people, [*drafts(people, 1), works[0]])
    assert codes(refused) == {BundleBlocker.IN_ANOTHER}
    assert "ร่างที่ 1" in str(refused.value)


def test_the_table_itself_refuses_a_draft_in_two_open_bundles(people: People) -> None:
    works = drafts(people)
    bundles.opened(people, works)
    other = bundles.opened(people, drafts(people, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        BundleMember.objects.create(bundle=other, disclosure=works[0], position=9)


def test_a_bundle_that_was_given_up_frees_its_drafts(people: People) -> None:
    works = drafts(people)
    bundle = bundles.opened(people, works)
    for _click in range(2):
        actions.close_bundle(bundle=bundle, by=people["officer"], at=NOW)
    assert bundles.sent(people, works).bundle != bundle
    assert Act.objects.filter(verb="close_bundle").count() == 1


def test_somebody_who_may_not_write_every_member_puts_no_bundle_together(people: People) -> None:
    base.post("outside", unit=base.unit("far"), roles=[RoleCode.OFFICER])
    stranger = base.actor("outside")
    foreign = factories.draft(stranger, unit="far", title="ของหน่วยอื่น")
    with pytest.raises(CannotArrange) as refused:
        bundles.opened(people, [*drafts(people, 1), foreign])
    assert codes(refused) == {BundleBlocker.NOT_AUTHOR}
    assert "ของหน่วยอื่น" in str(refused.value)


def test_members_of_two_units_ask_the_heads_of_both(people: People) -> None:
    other = base.unit("books", level=UnitLevel.SECTION, parent=Unit.objects.get(code="academic"))
    base.post("head-of-books", unit=other, rank=5, roles=[RoleCode.APPROVER])
    base.post("officer-of-books", unit=other, roles=[RoleCode.OFFICER])
    librarian, second = base.actor("officer-of-books"), base.actor("head-of-books")
    webmaster = base.actor("webmaster", roles=[RoleCode.WEBMASTER])
    foreign = factories.draft(librarian, unit="books", title="ของฝ่ายห้องสมุด")
    screen(disclosure=foreign, by=librarian, at=NOW)
    bundle = bundles.opened(people, [*drafts(people, 1), foreign], by=webmaster)

    sending = bundles.resent(people, bundle, by=webmaster)

    bundles.say(sending, people["head"])
    assert {each.step for each in bundles.rows(sending)} == {0}
    bundles.say(sending, second)
    assert {each.step for each in bundles.rows(sending)} == {1}


# Deciding.


def test_whoever_wrote_one_member_may_approve_none(people: People) -> None:
    own = factories.draft(people["director"], title="ที่ผู้อำนวยการร่าง")
    screen(disclosure=own, by=people["officer"], at=NOW)
    bundle = bundles.opened(people, [*drafts(people, 1), own])
    with pytest.raises(CannotSend, match="มีส่วนเขียน"):
        bundles.resent(people, bundle)


def test_whoever_wrote_a_member_meanwhile_is_refused_at_their_turn(people: People) -> None:
    sending = sent(people)
    second = bundles.rows(sending)[1]
    Disclosure.objects.filter(pk=second.disclosure_id).update(
        created_by_id=people["head"].person_id
    )
    with pytest.raises(CannotDecideBundle) as refused:
        bundles.say(sending, people["head"])
    assert DecisionBlocker.CONTRIBUTED in codes(refused)
    assert not Decision.objects.exists()


def test_a_second_click_says_nothing_twice(people: People) -> None:
    sending = sent(people)
    for _click in range(2):
        bundles.say(sending, people["head"])
    assert Decision.objects.count() == 2
    assert {each.step for each in bundles.rows(sending)} == {1}


@pytest.mark.parametrize("who", ["officer", "director", "mayor"])
def test_nobody_decides_before_their_turn(people: People, who: str) -> None:
    sending = sent(people)
    with pytest.raises(CannotDecideBundle):
        bundles.say(sending, people[who])
    assert not Decision.objects.exists()


def test_a_page_of_other_members_decides_nothing(people: People) -> None:
    sending = sent(people)
    with pytest.raises(CannotDecideBundle) as refused:
        bundles.say(sending, people["head"], hash_seen="0" * 64)
    assert codes(refused) == {BundleBlocker.OTHER_MEMBERS}


def test_a_content_that_was_changed_behind_the_approval_is_named(people: People) -> None:
    sending = sent(people)
    first, second = bundles.rows(sending)
    Submission.objects.filter(pk=second.pk).update(revision=first.revision)
    with pytest.raises(CannotDecideBundle, match="“ร่างที่ 2”: ") as refused:
        bundles.say(sending, people["head"])
    assert codes(refused) == {BundleBlocker.MEMBER, DecisionBlocker.CONTENT_CHANGED}
    bundles.say(sending, people["head"], "remand_to_start", reason="เนื้อหาไม่ตรง")
    assert state(sending) == BundleState.DRAFTING


def test_a_remand_returns_all_members_with_its_words_and_the_bundle_is_sent_anew(
    people: People,
) -> None:
    sending = sent(people)
    bundles.say(sending, people["head"])
    bundles.say(sending, people["director"], "remand_to_start", reason="แก้ร่างที่สอง")

    rows = bundles.rows(sending)
    assert {each.state for each in rows} == {SubmissionState.REMANDED}
    assert {each.disclosure.stage for each in rows} == {Stage.WRITING}
    assert state(sending) == BundleState.DRAFTING
    bundles.edit(people, rows[1].disclosure, title="ร่างที่แก้แล้ว")
    again = bundles.resent(people, sending.bundle)
    assert again.statement_hash != sending.statement_hash
    assert {each.step for each in bundles.rows(again)} == {0}


def test_a_remand_by_one_step_moves_all_members(people: People) -> None:
    sending = sent(people)
    bundles.say(sending, people["head"])
    bundles.say(sending, people["director"], "remand_one_step", reason="ดูอีกครั้ง")
    assert [(each.step, each.round) for each in bundles.rows(sending)] == [(0, 2), (0, 2)]


# Every other door.

SINGLE_DOORS: list[tuple[Callable[[Submission, People], object], type[CannotAct]]] = [
    (
        lambda each, people: alone.decide(
            submission=each, verdict="endorse", content_hash_seen=each.content_hash,
            by=people["head"], at=NOW,
        ),
        CannotDecide,
    ),
    (
        lambda each, people: alone.decide(
            submission=each, verdict="remand_to_start", reason="แก้", content_hash_seen=each.content_hash,
            by=people["head"], at=NOW,
        ),
        CannotDecide,
    ),
    (
        lambda each, people: alone.take_back(submission=each, by=people["officer"], at=NOW),
        CannotTakeBack,
    ),
    (
        lambda each, people: alone.stop(submission=each, reason="x", by=people["officer"], at=NOW),
        CannotStop,
    ),
    (
        lambda each, people: alone.submit(
            disclosure=each.disclosure, action="published", by=people["officer"], at=NOW
        ),
        CannotSubmit,
    ),
]  # fmt: skip


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(("door", "refusal"), SINGLE_DOORS)
def test_no_member_moves_alone(
    people: People,
    door: Callable[[Submission, People], object],
    refusal: type[CannotAct],
    place: int,
) -> None:
    rows = bundles.rows(sent(people))
    with pytest.raises(refusal):
        door(rows[place], people)
    after = bundles.rows(rows[0].sending)  # type: ignore[arg-type]  # it was sent
    assert [(each.state, each.step) for each in after] == [(SubmissionState.UNDER_WAY, 0)] * 2
    assert not Decision.objects.exists()


def test_a_draft_in_a_bundle_is_not_sent_alone(people: People) -> None:
    works = drafts(people)
    bundles.opened(people, works)
    with pytest.raises(CannotSubmit, match="ส่งทั้งชุด"):
        alone.submit(disclosure=works[0], action="published", by=people["officer"], at=NOW)


def test_an_approved_and_scheduled_bundle_is_not_stopped_by_one_member(people: People) -> None:
    sending = approved(people, publish_after=LATER)
    first = bundles.rows(sending)[0]
    with pytest.raises(CannotStop, match="หยุดทั้งชุด"):
        alone.stop(submission=first, reason="ผิด", by=people["officer"], at=NOW)
    actions.stop_bundle(bundle=sending.bundle, reason="ผิด", by=people["officer"], at=NOW)
    actions.stop_bundle(bundle=sending.bundle, reason="ผิด", by=people["officer"], at=NOW)
    assert {each.state for each in bundles.rows(sending)} == {SubmissionState.STOPPED}
    assert state(sending) == BundleState.DRAFTING


@pytest.mark.parametrize("who", ["officer", "head", "mayor"])
def test_the_whole_bundle_is_taken_back_by_its_writers_alone(people: People, who: str) -> None:
    sending = sent(people)
    bundles.say(sending, people["head"])
    if who == "officer":
        actions.take_back_bundle(bundle=sending.bundle, by=people[who], at=NOW)
        actions.take_back_bundle(bundle=sending.bundle, by=people[who], at=NOW)
        expected = SubmissionState.RECALLED
    else:
        with pytest.raises(CannotTakeBack):
            actions.take_back_bundle(bundle=sending.bundle, by=people[who], at=NOW)
        expected = SubmissionState.UNDER_WAY
    assert {each.state for each in bundles.rows(sending)} == {expected}


def test_nothing_is_taken_back_after_the_last_decision(people: People) -> None:
    sending = approved(people)
    with pytest.raises(CannotTakeBack):
        actions.take_back_bundle(bundle=sending.bundle, by=people["officer"], at=NOW)
    assert state(sending) == BundleState.APPROVED


@pytest.mark.parametrize("verb", ["take_back_bundle", "stop_bundle"])
def test_what_was_never_sent_does_not_come_back(people: People, verb: str) -> None:
    bundle = bundles.opened(people, drafts(people))
    more = {"reason": "x"} if verb == "stop_bundle" else {}
    with pytest.raises(CannotArrange):
        getattr(actions, verb)(bundle=bundle, by=people["officer"], at=NOW, **more)


def test_a_machine_opens_no_bundle(people: People) -> None:
    with pytest.raises(CannotAct):
        bundles.opened(people, drafts(people), by=Actor.system("worker"))


def test_the_bundles_of_a_unit_that_ends_are_looked_after_by_its_successor(people: People) -> None:
    bundle = bundles.opened(people, drafts(people))
    successor = base.unit("successor")
    actions.hand_over_bundles(unit=bundle.unit, successor=successor)
    bundle.refresh_from_db()
    assert bundle.unit == successor


@pytest.mark.parametrize("place", [0, 1])
def test_a_unit_that_ends_gives_back_the_whole_bundle(people: People, place: int) -> None:
    sending = sent(people)
    given = bundles.rows(sending)[place]
    give_back(submission=given, reason="ยุบหน่วยงาน", by=people["officer"], at=NOW)
    rows = bundles.rows(sending)
    assert {each.state for each in rows} == {SubmissionState.STOPPED}
    assert {each.disclosure.stage for each in rows} == {Stage.WRITING}


def test_a_member_is_not_put_off_alone(people: People) -> None:
    sending = approved(people, publish_after=LATER)
    by, first = people["director"], bundles.rows(sending)[0]
    reasons = moving(first, wanted=LATER, reason="รอ", by=by, at=NOW)
    assert TimeBlocker.IN_BUNDLE in {each.code for each in reasons}


# Papers.


def test_one_memorandum_names_all_members_in_its_annex(people: People) -> None:
    rows = bundles.rows(approved(people))
    letters = [letter_of(each, PaperKind.MEMORANDUM) for each in rows]
    assert letters[0] == letters[1]
    tables = [table for section in letters[0].sections for table in section.tables]  # type: ignore[union-attr]  # a memorandum
    assert [row[1] for table in tables for row in table.rows] == ["ร่างที่ 1", "ร่างที่ 2"]
    assert bundles.TITLE in letters[0].subject


@pytest.mark.parametrize("code", list(BundleBlocker))
def test_each_refusal_says_what_cannot_be_done_and_what_to_do(code: BundleBlocker) -> None:
    assert code == BundleBlocker.MEMBER or (
        "ไม่ได้: " in str(code.label) and " — " in str(code.label)
    )
