"""The reference page of who may do what: made from the tables of the code; tests compare, and try it both ways."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

from prongsai.approval.rules import Deciding, decision_blockers
from prongsai.approval.states import SUBMITTABLE, SubmissionState, Verdict
from prongsai.approval.timing import Moving, time_blockers
from prongsai.disclosures.states import Stage
from prongsai.office.permissions import ROLE_RULES, RULES, Visitor, Work, refusal, role_refusal
from prongsai.organisation.states import RoleCode
from prongsai.record.states import MAY_FOLLOW, Action, ItemState

_HEAD = """# Who may do what

Made from the tables of the code by `python -m prongsai.office.reference > docs/reference/permissions.md`; a test
compares the two, and others try each side of it: plain rules for every cell, the office's addresses and the verbs of
approval for what they reach. ● is allowed, – is refused with a sentence and an act in the trail.

Roles belong to posts, not to accounts. Being a super-user adds nothing. An auditor who holds no other role is refused
whatever a request could change, on every address but those of their own account, before any other rule is asked.
"""

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


def page() -> str:
    return "\n".join((_HEAD, *_works(), *_rooms(), *_decisions(), *_times(), *_acts(), _BUNDLES))


_BUNDLES = """## A bundle

A bundle has no rights of its own. It is seen by whoever may `see` all its members; arranged and given up by writers of
its unit who may write every member, while it is not on its way; sent and taken back by them; decided by whoever may
decide about every member, which nobody may who had a part in one of them, put them together or sent them; stopped
before its time by its sender and the posts of its last step. What is on its way or waits in a bundle is sent, decided,
taken back or stopped by no other address.
"""


def _works() -> Iterable[str]:
    yield "## One piece of work, by where it stands\n"
    for verb in RULES:
        yield f"### `{verb}`\n"
        rows = [(who, [may(verb, who, where) for where in WORKS]) for who in VISITORS]
        yield from _table("who", list(WORKS), rows)


def _rooms() -> Iterable[str]:
    yield "## Rooms, by role\n"
    roles = [str(role) for role in RoleCode]
    rows = [
        (f"`{room}`", [not role_refusal(room, Visitor(frozenset({role}))) for role in roles])
        for room in ROLE_RULES
    ]
    yield from _table("room", roles, rows)


def _decisions() -> Iterable[str]:
    yield "## A decision about what is under way\n"
    verdicts = [str(verdict) for verdict in Verdict]
    under_way = SubmissionState.UNDER_WAY
    rows = [(who, [may_say(who, each, under_way) for each in verdicts]) for who in DECIDERS]
    yield from _table("who", verdicts, rows)
    closed = [state for state in SubmissionState if state != under_way]
    anybody = any(may_say(*case) for case in product(DECIDERS, verdicts, closed))
    words = ", ".join(f"`{state}`" for state in closed)
    yield f"In {words} {'somebody decides' if anybody else 'nobody decides anything'}.\n"


def _times() -> Iterable[str]:
    yield "## Another time for what is approved and waits\n"
    rows = [(who, [may_put_off(who, wish) for wish in WISHES]) for who in MOVERS]
    yield from _table("who", list(WISHES), rows)


def _acts() -> Iterable[str]:
    yield "## Acts that may be asked for, by what the public sees\n"
    acts = [act for act in Action if act in SUBMITTABLE]
    rows = [(str(state), [act in MAY_FOLLOW[state] for act in acts]) for state in ItemState]
    nothing = ("nothing yet", [act == Action.PUBLISHED for act in acts])
    yield from _table("the public sees", [str(act) for act in acts], [nothing, *rows])


def _table(
    head: str, columns: Sequence[str], rows: Iterable[tuple[str, Sequence[bool]]]
) -> Iterable[str]:
    yield f"| {head} | {' | '.join(columns)} |"
    yield f"|---|{'---|' * len(columns)}"
    for name, cells in rows:
        yield f"| {name} | {' | '.join('●' if cell else '–' for cell in cells)} |"
    yield ""


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 -- printing the page is what it does
