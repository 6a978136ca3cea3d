"""The reference page of who may do what: made from the tables of the code; tests compare, and try it both ways."""

from collections.abc import Iterable, Sequence
from itertools import product

from django.conf import settings

from prongsai.approval.bundles.states import BundleState
from prongsai.approval.states import SUBMITTABLE, SubmissionState, Verdict
from prongsai.office.chart import (
    ANSWERERS,
    ASKERS,
    BUNDLE_VERBS,
    DECIDERS,
    MOVERS,
    NOTICES,
    PARTIES,
    RECALLERS,
    SECONDS,
    VISITORS,
    WISHES,
    WORKS,
    may,
    may_answer,
    may_ask_for_time,
    may_put_off,
    may_recall_notice,
    may_say,
    may_settle,
    may_with_bundle,
)
from prongsai.office.permissions import ROLE_RULES, RULES, Visitor, role_refusal
from prongsai.organisation.states import RoleCode, Standing
from prongsai.record.states import MAY_FOLLOW, Action, ItemState

_HEAD = """# Who may do what

Made from the tables of the code by `python -m prongsai.office.reference > docs/reference/permissions.md`; a test
compares the two, and others try each side of it: plain rules for every cell, the office's addresses and the verbs of
approval for what they reach. ● is allowed, – is refused with a sentence and an act in the trail.

Roles belong to posts, not to accounts. Being a super-user adds nothing. An auditor who holds no other role is refused
whatever a request could change, on every address but those of their own account, before any other rule is asked.
"""

_BUNDLES = """## A bundle, by where it stands

Its members go together or not at all, and it gives nobody a right that they lack for one of them: it is seen by
whoever may `see` all its members, and decided by whoever may decide about each. Nobody decides who had a part in one
of them, put them together or sent them. What is on its way or waits in a bundle is sent, decided, taken back or
stopped by no other address.
"""


def page() -> str:
    parts = (_works, _rooms, _decisions, _bundles, _times, _notices, _appointments, _acts)
    return "\n".join((_HEAD, *(line for part in parts for line in part())))


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


def _bundles() -> Iterable[str]:
    yield _BUNDLES
    for verb in BUNDLE_VERBS:
        yield f"### `{verb}`\n"
        rows = [(who, [may_with_bundle(verb, who, on) for on in BundleState]) for who in PARTIES]
        yield from _table("who", [str(state) for state in BundleState], rows)


def _times() -> Iterable[str]:
    yield "## Another time for what is approved and waits\n"
    rows = [(who, [may_put_off(who, wish) for wish in WISHES]) for who in MOVERS]
    yield from _table("who", list(WISHES), rows)
    yield "## Asking that it be put off\n"
    rows = [(who, [may_ask_for_time(who, wish) for wish in WISHES]) for who in ASKERS]
    yield from _table("who", list(WISHES), rows)
    yield "## The answer to that\n"
    answers = [
        (who, [may_answer(who, is_agreed=each) for each in (True, False)]) for who in ANSWERERS
    ]
    yield from _table("who", ["agree", "refuse"], answers)


def _notices() -> Iterable[str]:
    yield "## An emergency notice, recalled\n"
    rows = [
        (who, [may_recall_notice(who, on, is_recalled=was) for on, was in NOTICES.values()])
        for who in RECALLERS
    ]
    yield from _table("who", list(NOTICES), rows)


def _appointments() -> Iterable[str]:
    yield "## The second word about an appointment to a post that approves or administers\n"
    rows = [(who, [may_settle(who, standing) for standing in Standing]) for who in SECONDS]
    yield from _table("who", [str(standing) for standing in Standing], rows)
    unfounded = any(may_settle(who, Standing.WAITING, lacks_reason=True) for who in SECONDS)
    yield f"A word against it {'counts' if unfounded else 'does not count'} without a reason.\n"


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
    settings.configure(USE_I18N=False)
    print(page(), end="")  # noqa: T201 -- printing the page is what it does
