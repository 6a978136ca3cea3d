"""The chart of who may do what: made-up people before made-up work, and what the rules say to each of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from prongsai.approval import rules as approval_rules
from prongsai.approval.bundles import rules as bundle_rules
from prongsai.approval.bundles.states import BY_SUBMISSION, BundleState
from prongsai.approval.rules import Deciding, decision_blockers
from prongsai.approval.states import SubmissionState, TimeBlocker, Verdict
from prongsai.approval.timing import Answering, Moving, answer_blockers, time_blockers
from prongsai.disclosures.states import Stage
from prongsai.notices.rules import Decider, recall_blockers
from prongsai.notices.states import NoticeState
from prongsai.office.permissions import Visitor, Work, refusal
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.rules import second_word_blockers
from prongsai.organisation.states import RoleCode, Standing
from prongsai.record.states import RecallReason

# Whoever may come to the door of one work: news of the section `plan`.
VISITORS: Mapping[str, Visitor] = {
    "officer of the unit": Visitor(
        frozenset({RoleCode.OFFICER}),
        frozenset({"plan"}),
        frozenset({"officer"}),
        frozenset({"plan"}),
    ),
    "officer of another unit": Visitor(
        frozenset({RoleCode.OFFICER}),
        frozenset({"treasury"}),
        frozenset({"neighbour"}),
        frozenset({"treasury"}),
    ),
    "approver whose turn it is": Visitor(
        frozenset({RoleCode.APPROVER}), frozenset({"academic"}), frozenset({"director"})
    ),
    "approver of a later step": Visitor(
        frozenset({RoleCode.APPROVER}), frozenset({"city"}), frozenset({"clerk"})
    ),
    "approver of no step": Visitor(
        frozenset({RoleCode.APPROVER}), frozenset({"city"}), frozenset({"mayor"})
    ),
    "screener": Visitor(
        frozenset({RoleCode.SCREENER}), frozenset({"legal"}), frozenset({"screener"})
    ),
    "webmaster": Visitor(
        frozenset({RoleCode.WEBMASTER}), frozenset({"it"}), frozenset({"webmaster"})
    ),
    "auditor": Visitor(frozenset({RoleCode.AUDITOR}), frozenset({"audit"}), frozenset({"auditor"})),
    "administrator": Visitor(
        frozenset({RoleCode.ADMINISTRATOR}), frozenset({"it"}), frozenset({"administrator"})
    ),
    "nobody's post": Visitor(),
}
_ASKED = Work(
    "plan",
    Stage.DECIDING,
    chain_posts=frozenset({"director", "clerk"}),
    step_posts=frozenset({"director"}),
)
# Where one work may stand: its stage, and whether the public sees an edition of it.
WORKS: Mapping[str, Work] = {
    "writing": Work("plan", Stage.WRITING),
    "screening": Work("plan", Stage.SCREENING),
    "deciding": _ASKED,
    "approved": replace(_ASKED, stage=Stage.APPROVED),
    "published": replace(_ASKED, stage=Stage.RESTING, step_posts=frozenset(), is_published=True),
    "discarded": Work("plan", Stage.DISCARDED),
}

_TURN = Deciding(
    state=SubmissionState.UNDER_WAY, state_label="", verdict=Verdict.ENDORSE, reason="reason", step=1,
    is_their_turn=True, post="director", post_title="", is_person=True, holds_post=True, is_approver=True,
    has_contributed=False, decided_as="", post_has_decided=False, hash_seen="a", hash_submitted="a",
    hash_now="a", to_step=0,
)  # fmt: skip
# Whoever may speak to a submission at its second step.
DECIDERS: Mapping[str, Deciding] = {
    "approver whose turn it is": _TURN,
    "the same, with a part in the content": replace(_TURN, has_contributed=True),
    "the same, having endorsed an earlier step": replace(_TURN, decided_as="head"),
    "the same, with an older page open": replace(_TURN, hash_seen="b"),
    "the same, after the content was changed": replace(_TURN, hash_now="b"),
    "the same, without a reason": replace(_TURN, reason=""),
    "acting, beyond the scope of the order": replace(_TURN, is_in_scope=False),
    "acting, after the order has ended": replace(_TURN, holds_post=False),
    "approver of another step": replace(_TURN, is_their_turn=False),
    "post that has spoken already": replace(_TURN, post_has_decided=True),
    "holder without the approver's role": replace(_TURN, is_approver=False),
    "super-user without a post": replace(
        _TURN, is_their_turn=False, holds_post=False, is_approver=False
    ),
    "the machine": replace(
        _TURN, is_their_turn=False, is_person=False, holds_post=False, is_approver=False
    ),
}

_EARLY = datetime(2026, 11, 23, 9, tzinfo=UTC)
_PUT_OFF = Moving(
    state=SubmissionState.APPROVED, state_label="", present=_EARLY, approved=_EARLY,
    wanted=_EARLY + timedelta(days=1), latest=None, may_move=True, reason="reason",
)  # fmt: skip
# Whoever may give another time to what is approved and waits.
MOVERS: Mapping[str, Moving] = {
    "head of the unit, or post of the last step": _PUT_OFF,
    "the same, without a reason": replace(_PUT_OFF, reason=""),
    "the same, in a bundle": replace(_PUT_OFF, bundle="bundle"),
    "the same, while it is decided": replace(_PUT_OFF, state=SubmissionState.UNDER_WAY),
    "its sender, or anybody else": replace(_PUT_OFF, may_move=False),
}
# Whoever may ask that it be put off.
ASKERS: Mapping[str, Moving] = {
    "its sender, or somebody who may write it": replace(
        _PUT_OFF, refused_as=TimeBlocker.NOT_WRITERS
    ),
    "the same, without a reason": replace(_PUT_OFF, reason=""),
    "the same, in a bundle": replace(_PUT_OFF, bundle="bundle"),
    "anybody else": replace(_PUT_OFF, may_move=False, refused_as=TimeBlocker.NOT_WRITERS),
}
_ANSWER = Answering(
    is_open=True, is_asker=False, is_last_approver=True, is_agreed=True, reason="reason"
)
# Whoever may answer them.
ANSWERERS: Mapping[str, Answering] = {
    "post of the last step": _ANSWER,
    "the same, without a reason": replace(_ANSWER, reason=""),
    "the same, having asked": replace(_ANSWER, is_asker=True),
    "the same, after it was answered or the time was changed": replace(_ANSWER, is_open=False),
    "head of the unit, or anybody else": replace(_ANSWER, is_last_approver=False),
}
# The wanted time, and how long before the present time it is asked for.
WISHES: Mapping[str, tuple[timedelta, timedelta]] = {
    "later": (timedelta(days=1), timedelta(hours=1)),
    "later, in the last minute": (timedelta(days=1), timedelta(seconds=59)),
    "before the approved time": (-timedelta(minutes=30), timedelta(hours=1)),
    "after the approved end": (timedelta(days=9), timedelta(hours=1)),
}


def may(verb: str, who: str, where: str) -> bool:
    return not refusal(verb, VISITORS[who], WORKS[where])


def may_say(who: str, verdict: str, state: str) -> bool:
    return not decision_blockers(replace(DECIDERS[who], verdict=verdict, state=state))


def may_put_off(who: str, wish: str) -> bool:
    further, ahead = WISHES[wish]
    latest = (_EARLY + timedelta(days=5)).date()
    case = replace(MOVERS[who], wanted=_EARLY + further, latest=latest)
    return not time_blockers(case, at=_EARLY - ahead)


def may_ask_for_time(who: str, wish: str) -> bool:
    further, ahead = WISHES[wish]
    latest = (_EARLY + timedelta(days=5)).date()
    case = replace(ASKERS[who], wanted=_EARLY + further, latest=latest)
    return not time_blockers(case, at=_EARLY - ahead)


def may_answer(who: str, *, is_agreed: bool) -> bool:
    return not answer_blockers(replace(ANSWERERS[who], is_agreed=is_agreed))


@dataclass(frozen=True)
class Party:
    """Somebody before a bundle whose first step has spoken."""

    speaks: Deciding
    writes_all: bool = False
    is_sender: bool = False
    is_of_last_step: bool = False

    @property
    def is_theirs(self) -> bool:
        return self.writes_all or self.is_sender


_NOBODY = DECIDERS["super-user without a post"]
PARTIES: Mapping[str, Party] = {
    "writer of all members, who sent it": Party(_NOBODY, writes_all=True, is_sender=True),
    "another writer of all members": Party(_NOBODY, writes_all=True),
    "writer of another unit": Party(_NOBODY),
    "approver whose turn it is": Party(_TURN),
    "the same, who put it together": Party(DECIDERS["the same, with a part in the content"]),
    "approver of its last step": Party(DECIDERS["approver of another step"], is_of_last_step=True),
    "approver of no step": Party(DECIDERS["approver of another step"]),
    "super-user without a post": Party(_NOBODY),
}
_SUBMITTED = {bundle: submission for submission, bundle in BY_SUBMISSION.items()}


def _arranging(party: Party, state: BundleState) -> list[Blocker]:
    is_draft = state == BundleState.DRAFTING
    member = bundle_rules.Candidate("", party.writes_all, is_draft, is_in_another=False)
    wanted = bundle_rules.Arrangement(state, party.writes_all, "title", [member])
    return bundle_rules.arrangement_blockers(wanted)


def _sending(party: Party, state: BundleState) -> list[Blocker]:
    member = bundle_rules.Candidate("", party.writes_all, True, is_in_another=False)
    return [*bundle_rules.state_blockers(state), *bundle_rules.candidate_blockers(member)]


def _speaking(party: Party, state: BundleState) -> list[Blocker]:
    return decision_blockers(replace(party.speaks, state=_submitted(state)))


def _taking_back(party: Party, state: BundleState) -> list[Blocker]:
    return approval_rules.take_back_blockers(
        state=_submitted(state), state_label="", is_theirs=party.is_theirs
    )


def _stopping(party: Party, state: BundleState) -> list[Blocker]:
    return approval_rules.stop_blockers(
        state=_submitted(state),
        state_label="",
        publish_after=_EARLY,
        at=_EARLY - timedelta(hours=1),
        is_theirs=party.is_sender or party.is_of_last_step,
        reason="reason",
    )


def _submitted(state: BundleState) -> SubmissionState:
    """Where its members stand; those of a draft that was sent before came back."""
    return _SUBMITTED.get(state, SubmissionState.RECALLED)


BUNDLE_VERBS: Mapping[str, Callable[[Party, BundleState], list[Blocker]]] = {
    "arrange_bundle": _arranging,
    "send_bundle": _sending,
    "decide_bundle": _speaking,
    "take_back_bundle": _taking_back,
    "stop_bundle": _stopping,
}


def may_with_bundle(verb: str, who: str, state: BundleState) -> bool:
    return not BUNDLE_VERBS[verb](PARTIES[who], state)


_DIRECTOR = Decider("", is_director=True, person_id=1)
_OTHER = replace(_DIRECTOR, is_director=False)
# Whoever may take a notice off the site for good; whether they wrote it is not asked.
RECALLERS: Mapping[str, Decider] = {
    "director of its unit": _DIRECTOR,
    "the same, who wrote it": _DIRECTOR,
    "its writer": _OTHER,
    "approver of another post": _OTHER,
    "super-user without a post": _OTHER,
}


def may_recall_notice(who: str, state: str, *, is_recalled: bool = False) -> bool:
    return not recall_blockers(
        RECALLERS[who],
        state=state,
        is_recalled=is_recalled,
        ground=RecallReason.PERSONAL_DATA,
        reason="reason",
        unspeakable=(),
    )


# Where a notice may stand, and whether it was recalled already.
NOTICES: Mapping[str, tuple[NoticeState, bool]] = {
    **{str(state): (state, False) for state in NoticeState},
    "recalled": (NoticeState.ENDED, True),
}


@dataclass(frozen=True)
class Second:
    """Somebody asked for the second word about an appointment."""

    may_second: bool
    is_own: bool = False


SECONDS: Mapping[str, Second] = {
    "administrator": Second(may_second=True),
    "the administrator who proposed it": Second(may_second=True, is_own=True),
    "approver of the municipality": Second(may_second=True),
    "the same, whom it appoints": Second(may_second=True, is_own=True),
    "the same, acting for one unit": Second(may_second=False),
    "approver of a unit": Second(may_second=False),
    "officer": Second(may_second=False),
    "super-user without a post": Second(may_second=False),
}


def may_settle(who: str, standing: str, *, lacks_reason: bool = False) -> bool:
    """Whether their word, for it or against it, counts; only a word against it takes a reason."""
    return not second_word_blockers(
        may_second=SECONDS[who].may_second,
        is_own=SECONDS[who].is_own,
        is_waiting=standing == Standing.WAITING,
        lacks_reason=lacks_reason,
    )
