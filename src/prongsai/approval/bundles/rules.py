"""What a bundle must be, and how the ways of its members become one. Plain values in, reasons out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prongsai.approval.bundles.states import BundleBlocker as Not
from prongsai.approval.bundles.states import BundleState
from prongsai.approval.chains import Step
from prongsai.organisation.refusals import Blocker
from prongsai.record.bundles import LONGEST_TITLE, MOST_MEMBERS
from prongsai.record.states import Significance

FEWEST_MEMBERS = 2


@dataclass(frozen=True)
class Candidate:
    """A disclosure that somebody wants in a bundle."""

    title: str
    is_author: bool
    is_draft: bool
    is_in_another: bool
    is_statement: bool = False


@dataclass(frozen=True)
class Change:
    """What the sender says of a member that corrects what is public."""

    note: str = ""
    significance: str = Significance.MAJOR


@dataclass(frozen=True)
class Arrangement:
    """A bundle as somebody wants it."""

    state: BundleState
    is_of_unit: bool
    title: str
    members: Sequence[Candidate]


def arrangement_blockers(wanted: Arrangement) -> list[Blocker]:
    """Every reason why a bundle cannot be made or changed like this."""
    found = [
        (not wanted.is_of_unit, Not.NOT_OF_UNIT, ""),
        (not wanted.title, Not.NO_TITLE, ""),
        (len(wanted.title) > LONGEST_TITLE, Not.TITLE_TOO_LONG, f"{len(wanted.title):,}"),
        (len(wanted.members) > MOST_MEMBERS, Not.TOO_MANY, str(len(wanted.members))),
    ]
    return [
        *state_blockers(wanted.state),
        *(Blocker(code, detail) for is_so, code, detail in found if is_so),
        *(blocker for each in wanted.members for blocker in candidate_blockers(each)),
    ]


def state_blockers(state: BundleState) -> list[Blocker]:
    """Why nothing of it is changed, sent or given up now."""
    is_here = state == BundleState.DRAFTING
    return [] if is_here else [Blocker(Not.ON_ITS_WAY, str(state.label))]


def candidate_blockers(wanted: Candidate) -> list[Blocker]:
    """Why this disclosure cannot be a member."""
    found = [
        (not wanted.is_author, Not.NOT_AUTHOR),
        (not wanted.is_draft, Not.NO_DRAFT),
        (wanted.is_in_another, Not.IN_ANOTHER),
        (wanted.is_statement, Not.IS_STATEMENT),
    ]
    return [Blocker(code, wanted.title) for is_so, code in found if is_so]


@dataclass(frozen=True)
class Way:
    """The way that one member would go by itself."""

    chain: str
    version: int | None
    steps: tuple[Step, ...]
    informed: tuple[str, ...] = ()


def joined(ways: Sequence[Way]) -> tuple[Way | None, list[Blocker]]:
    """One way for all, on which nobody is left out whom a member alone would have asked; or why there is none."""
    chains = list(dict.fromkeys((way.chain, way.version) for way in ways))
    if len(chains) > 1:
        names = ", ".join(f"{code}/{version}" for code, version in chains)
        return None, [Blocker(Not.DIFFERENT_CHAINS, names)]
    steps = _joined_steps(ways)
    if not steps:
        return None, [Blocker(Not.DIFFERENT_WAYS)]
    informed = tuple(dict.fromkeys(post for way in ways for post in way.informed))
    first = ways[0]
    return Way(first.chain, first.version, steps, informed), []


def _joined_steps(ways: Sequence[Way]) -> tuple[Step, ...]:
    """One step for each place; none at all where a place has no common sense."""
    lengths = {len(way.steps) for way in ways}
    places = zip(*(way.steps for way in ways), strict=True) if len(lengths) == 1 else ()
    steps = [_joined_step(list(dict.fromkeys(each))) for each in places]
    common = tuple(each for each in steps if each)
    return common if len(common) == len(steps) else ()


def _joined_step(steps: Sequence[Step]) -> Step | None:
    """Steps that want the word of every seat become one that wants the words of all; others have no common sense."""
    if len(steps) == 1:
        return steps[0]
    seats = tuple(dict.fromkeys(seat for step in steps for seat in step.seats))
    alternates = _unique(pair for step in steps for pair in step.alternates if pair[1] not in seats)
    others = tuple(other for _seat, other in alternates)
    # Somebody who may stand in for two seats would fill only one of them.
    if not _are_alike(steps) or len(set(others)) < len(others):
        return None
    return Step(
        posts=(*seats, *others),
        quorum=len(seats),
        alternates=alternates,
        pulls_up=steps[0].pulls_up,
        stand_ins=_stand_ins(steps, seats),
        days=min((step.days for step in steps if step.days), default=0),
    )


def _are_alike(steps: Sequence[Step]) -> bool:
    """Whether each wants the word of every seat, and all pull matters up or none of them does."""
    wants_all = all(step.quorum == len(step.seats) for step in steps)
    return wants_all and len({step.pulls_up for step in steps}) == 1


def _stand_ins(
    steps: Sequence[Step], seats: tuple[str, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """By seat; nobody stands in who has a seat of their own."""
    found = dict(pair for step in steps for pair in step.stand_ins)
    return tuple(
        (seat, tuple(one for one in standing if one not in seats))
        for seat, standing in found.items()
    )


def _unique(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(pairs))
