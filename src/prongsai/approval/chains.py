"""Chains as a file, and how the seats of a chain become the posts of one disclosure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prongsai.approval.states import SUBMITTABLE, SubmissionBlocker, Urgency
from prongsai.disclosures.states import KindCode
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.rows import Column, Row, Rows, parse

SECTION_HEAD = "section-head"
DIVISION_HEAD = "division-head"
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
    steps, blockers = [], []
    for plan in plans:
        seats = [seat for seat in plan.seats if heads.get(seat, seat)] or list(plan.otherwise)
        posts = []
        for seat in seats:
            head = heads.get(seat)
            if head is not None and not head.post:
                blockers.append(Blocker(SubmissionBlocker.NO_HEAD, head.unit_name))
            posts.append(head.post if head else seat)
        if posts:
            steps.append(Step(tuple(dict.fromkeys(posts)), plan.quorum))
    if any(step.quorum > len(step.posts) for step in steps):
        blockers.append(Blocker(SubmissionBlocker.NO_QUORUM))
    if not steps:
        blockers.append(Blocker(SubmissionBlocker.NO_CHAIN))
    return steps, list(dict.fromkeys(blockers))
