"""Whether a version of a chain may be proposed or confirmed: plain values in, every reason out."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from prongsai.approval.chains import ABOVE, MOST_DAYS, PATTERNS, Plan
from prongsai.approval.states import ChainBlocker as Not
from prongsai.organisation.refusals import Blocker


@dataclass(frozen=True)
class Change:
    """A version about to be proposed, with what surrounds it.

    `base_number` is the version that its author had before them, 0 for none. `doubtful` and `left_out` name what
    the chains together would leave open.
    """

    is_administrator: bool
    reason: str
    is_retired: bool
    plans: Sequence[Plan]
    informed: Sequence[str]
    approving_posts: AbstractSet[str]
    posts: AbstractSet[str]
    from_date: date
    today: date
    base_number: int
    newest_number: int
    waiting_number: int
    doubtful: Sequence[str] = ()
    left_out: Sequence[str] = ()


def change_blockers(change: Change) -> list[Blocker]:
    """Every reason why this version cannot be proposed."""
    found = [
        (not change.is_administrator, Not.NOT_ADMINISTRATOR, ""),
        (not change.reason.strip(), Not.NO_REASON, ""),
        (change.from_date < change.today, Not.DAY_IS_PAST, ""),
        (bool(change.waiting_number), Not.WAITING_ALREADY, str(change.waiting_number)),
        (change.base_number != change.newest_number, Not.CHANGED_MEANWHILE, ""),
    ]
    return [
        *(Blocker(code, detail) for is_so, code, detail in found if is_so),
        *([] if change.is_retired else _step_blockers(change)),
        *(Blocker(Not.IN_DOUBT, name) for name in change.doubtful),
        *(Blocker(Not.LEAVES_GAP, name) for name in change.left_out),
    ]


def _step_blockers(change: Change) -> Iterable[Blocker]:
    if not change.plans:
        yield Blocker(Not.NO_STEPS)
    for number, plan in enumerate(change.plans, start=1):
        yield from (Blocker(flaw, str(number)) for flaw in _flaws(plan))
    named = dict.fromkeys(post for plan in change.plans for post in deciders(plan))
    strangers = [post for post in named if post not in change.approving_posts]
    strangers += [post for post in change.informed if post not in change.posts | PATTERNS]
    yield from (Blocker(Not.NOT_APPROVING_POST, post) for post in strangers)


def _flaws(plan: Plan) -> Iterable[Not]:
    if not plan.seats:
        yield Not.STEP_WITHOUT_SEATS
    elif not 1 <= plan.quorum <= len(plan.seats):
        yield Not.QUORUM
    if plan.days > MOST_DAYS:
        yield Not.DAYS


def deciders(plan: Plan) -> list[str]:
    """Posts that a plan names by their code, each of which must be able to decide."""
    seats = [seat for seat in (*plan.seats, *plan.otherwise) if seat not in PATTERNS]
    stand_in = [plan.stand_in] if plan.stand_in not in ("", ABOVE) else []
    return [*seats, *(other for _seat, other in plan.alternates), *stand_in]


def confirmation_blockers(
    *, may_confirm: bool, is_own: bool, is_settled: bool, doubtful: Sequence[str]
) -> list[Blocker]:
    """Why this person cannot say whether the version counts. Others may have changed chains since."""
    found = [
        (not may_confirm, Not.NOT_CONFIRMER, ""),
        (is_own, Not.OWN_PROPOSAL, ""),
        (is_settled, Not.SETTLED_ALREADY, ""),
        *((True, Not.IN_DOUBT, name) for name in doubtful),
    ]
    return [Blocker(code, detail) for is_so, code, detail in found if is_so]
