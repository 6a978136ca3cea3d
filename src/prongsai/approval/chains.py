"""Chains as a file, and how the seats of a chain become the posts of one disclosure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prongsai.approval.states import SUBMITTABLE, SubmissionBlocker, Urgency
from prongsai.disclosures.states import KindCode
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.rows import Column, Row, Rows, parse

SECTION_HEAD = "section-head"
DIVISION_HEAD = "division-head"
# Words that fit whichever unit a disclosure belongs to; a post's code would need a chain for each unit.
PATTERNS = frozenset({SECTION_HEAD, DIVISION_HEAD})
STEPS = {
    "line": Column(),
    "seats": Column(type=list),
    "otherwise": Column(type=list, default=[]),
    "quorum": Column(type=int, default=1),
}
CHAINS = {
    "code": Column(),
    "name_th": Column(),
    "kind": Column(default="", choices=frozenset(KindCode.values)),
    "action": Column(default="", choices=frozenset(SUBMITTABLE)),
    "urgency": Column(choices=frozenset(Urgency.values)),
    "line": Column(),
}


@dataclass(frozen=True)
class Plan:
    """One step of a chain before it is known whose disclosure walks it."""

    seats: tuple[str, ...]
    otherwise: tuple[str, ...] = ()
    quorum: int = 1


@dataclass(frozen=True)
class Step:
    """One step with concrete posts."""

    posts: tuple[str, ...]
    quorum: int = 1


@dataclass(frozen=True)
class Head:
    """The head of the section or division: `post` is "" when the unit has none that approves."""

    unit_name: str
    post: str = ""


def read_chains(text: str, *, name: str, post_codes: set[str]) -> list[tuple[Row, list[Plan]]]:
    """Raises `BadFile`; `post_codes` are the posts that exist."""
    rows = parse(text, name=name)
    steps, chains = rows.table("steps", STEPS), rows.table("chains", CHAINS)
    _check_seats(rows, steps, post_codes)
    rows.refuse_repeats("chains", chains, "code")
    rows.refuse_strangers("chains", chains, "line", {step["line"] for step in steps})
    lines: dict[str, list[Plan]] = {}
    for step in steps:
        plan = Plan(tuple(step["seats"]), tuple(step["otherwise"]), step["quorum"])
        lines.setdefault(step["line"], []).append(plan)
    _refuse_doubt(rows, chains)
    return [(_without_line(row), lines[row["line"]]) for row in chains]


def _without_line(row: Row) -> Row:
    return {name: str(value) for name, value in row.items() if name != "line"}


def _refuse_doubt(rows: Rows, chains: Sequence[Row]) -> None:
    seen: set[tuple[str, ...]] = set()
    for index, row in enumerate(chains):
        key = (row["kind"], row["action"], row["urgency"])
        if key in seen:
            raise rows.error("chains", index, "มีสายอื่นสำหรับ kind, action และ urgency เดียวกันแล้ว")
        seen.add(key)


def _check_seats(rows: Rows, steps: Sequence[Row], post_codes: set[str]) -> None:
    for index, step in enumerate(steps):
        named = [*(seat for seat in step["seats"] if seat not in PATTERNS), *step["otherwise"]]
        strangers = [seat for seat in named if seat not in post_codes]
        if strangers:
            raise rows.error("steps", index, f"ไม่มีตำแหน่ง “{strangers[0]}” ในโครงสร้างหน่วยงาน")
        if not 1 <= step["quorum"] <= len(step["seats"]):
            raise rows.error("steps", index, "“quorum” ต้องอยู่ระหว่าง 1 กับจำนวน “seats”")


def resolve(
    plans: Sequence[Plan], heads: Mapping[str, Head | None]
) -> tuple[list[Step], list[Blocker]]:
    """The posts of each step. `heads` maps a pattern to None where no such unit stands above."""
    found = [(_seats(plan, heads), plan.quorum) for plan in plans]
    # Two seats may turn out to be one post; then it counts once, and the quorum is not lowered.
    steps = [
        Step(tuple(dict.fromkeys(_post(seat, heads) for seat in seats)), quorum)
        for seats, quorum in found
        if seats
    ]
    named = [heads.get(seat) for seats, _quorum in found for seat in seats]
    headless = dict.fromkeys(head.unit_name for head in named if head and not head.post)
    return steps, [*(Blocker(SubmissionBlocker.NO_HEAD, name) for name in headless), *_flaws(steps)]


def _flaws(steps: Sequence[Step]) -> list[Blocker]:
    """Why nobody could walk these steps to their end, whoever sits in the posts."""
    if not steps:
        return [Blocker(SubmissionBlocker.NO_CHAIN)]
    if any(step.quorum > len(step.posts) for step in steps):
        return [Blocker(SubmissionBlocker.NO_QUORUM)]
    return []


def _seats(plan: Plan, heads: Mapping[str, Head | None]) -> list[str]:
    """Without the patterns that fit no unit; if nothing is left, those of `otherwise`."""
    # A pattern without a unit is None in `heads`; a post's code is not in it at all and stands for itself.
    return [seat for seat in plan.seats if heads.get(seat, seat)] or list(plan.otherwise)


def _post(seat: str, heads: Mapping[str, Head | None]) -> str:
    head = heads.get(seat)
    return head.post if head else seat
