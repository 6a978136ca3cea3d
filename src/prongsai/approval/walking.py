"""How a submission walks its chain: which decisions count, where it stands, and who may speak now."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from prongsai.approval.chains import Step
from prongsai.approval.states import Passing, Verdict


@dataclass(frozen=True)
class Said:
    """One decision as far as it counts: `post` is the seat for which it was said.

    `passing` and `from_step` belong to a post that decided before its turn, `to_step` to a remand to a named step.
    """

    id: int
    step: int
    post: str
    person: int
    verdict: str
    passing: str = ""
    from_step: int | None = None
    to_step: int | None = None


def effective(decisions: Iterable[Said]) -> list[Said]:
    """The endorsements that still count, oldest first: a remand undoes its own step and the one it goes to."""
    counting: list[Said] = []
    for said in decisions:
        if said.verdict == Verdict.ENDORSE:
            counting.append(said)
        else:
            # The step that remands may hold endorsements of other posts; they were about the same text,
            # but a new round is a new question to everybody who is asked in it.
            counting = [each for each in counting if each.step < _returns_to(said)]
    return counting


def _returns_to(said: Said) -> int:
    if said.verdict == Verdict.REMAND_ONE_STEP:
        return said.step - 1
    if said.verdict == Verdict.REMAND_TO_STEP and said.to_step is not None:
        return said.to_step
    return 0


def is_step_complete(step: Step, position: int, counting: Iterable[Said]) -> bool:
    """Seats are counted, not decisions: a post and its alternate are one seat."""
    posts = {said.post for said in counting if said.step == position}
    return len({step.seat_of(post) for post in posts & set(step.posts)}) >= step.quorum


def passed_steps(counting: Iterable[Said]) -> frozenset[int]:
    """Steps that a later post decided over."""
    return frozenset(
        place
        for said in counting
        if said.passing and said.from_step is not None
        for place in range(said.from_step, said.step)
    )


def place_of(steps: Sequence[Step], decisions: Iterable[Said]) -> int:
    """The first step that is neither complete nor passed over; the number of steps when none is left.

    Where a submission stands follows from what was said and from nothing else.
    """
    counting = effective(decisions)
    passed = passed_steps(counting)
    return next(
        (
            place
            for place, step in enumerate(steps)
            if place not in passed and not is_step_complete(step, place, counting)
        ),
        len(steps),
    )


@dataclass(frozen=True)
class Turn:
    """As what a post may speak now: at which step, for which vacant seat, and by which right before its turn."""

    step: int
    for_post: str = ""
    passing: str = ""


def turn(
    steps: Sequence[Step], at_step: int, post: str, is_held: Callable[[str], bool]
) -> Turn | None:
    """How this post may speak while the submission stands at `at_step`; None when it may not."""
    step = steps[at_step]
    if post in step.posts:
        return Turn(at_step)
    later = next((n for n in range(at_step + 1, len(steps)) if post in steps[n].posts), None)
    if later is not None:
        return _before_its_turn(steps, at_step, later, post, is_held)
    for_post = next((seat for seat, other in _standing_in(step, is_held) if other == post), "")
    return Turn(at_step, for_post=for_post) if for_post else None


def _before_its_turn(
    steps: Sequence[Step], at_step: int, later: int, post: str, is_held: Callable[[str], bool]
) -> Turn | None:
    if steps[later].pulls_up:
        return Turn(later, passing=Passing.PULLED_UP)
    # Whoever stands in for a vacant post and is asked later anyway speaks once, in their own place.
    between = steps[at_step:later]
    if all(post in _vacant_for(each, is_held) for each in between):
        return Turn(later, passing=Passing.VACANT)
    return None


def _vacant_for(step: Step, is_held: Callable[[str], bool]) -> frozenset[str]:
    """Who decides over this step because it has too few people; nobody when it has enough."""
    held = {step.seat_of(post) for post in step.posts if is_held(post)}
    if len(held) >= step.quorum:
        return frozenset()
    return frozenset(other for _seat, other in _standing_in(step, is_held))


def _standing_in(step: Step, is_held: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Vacant seats, each with the first of its stand-ins that somebody holds."""
    held = {step.seat_of(post) for post in step.posts if is_held(post)}
    found = [
        (seat, next((other for other in others if is_held(other)), ""))
        for seat, others in step.stand_ins
        if seat not in held
    ]
    return [(seat, other) for seat, other in found if other]


def could_speak(steps: Sequence[Step], at_step: int) -> frozenset[str]:
    """Every post that may speak at this step, on whatever day: those of the step, who stands in, who pulls up."""
    pulling = {post for each in steps[at_step + 1 :] if each.pulls_up for post in each.posts}
    return steps[at_step].asked | pulling


def seats_now(
    steps: Sequence[Step], at_step: int, is_held: Callable[[str], bool]
) -> dict[str, AbstractSet[str]]:
    """Seat of this step -> the posts from which it can be filled today."""
    step = steps[at_step]
    standing = dict(_standing_in(step, is_held))
    seats: dict[str, AbstractSet[str]] = {}
    for seat in step.seats:
        own = {post for post in step.posts if step.seat_of(post) == seat}
        seats[seat] = own | ({standing[seat]} if seat in standing else set())
    return seats
