"""Chains as a file, and how the seats of a chain become the posts of one disclosure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, NamedTuple, Self

from prongsai.approval.states import SUBMITTABLE, SubmissionBlocker, Urgency
from prongsai.disclosures.states import KindCode
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.rows import Column, Row, Rows, parse

SECTION_HEAD = "section-head"
DIVISION_HEAD = "division-head"
# Words that fit whichever unit a disclosure belongs to; a post's code would need a chain for each unit.
PATTERNS = frozenset({SECTION_HEAD, DIVISION_HEAD})
# In `stand_in`: whoever sits next above a vacant post decides in its place.
ABOVE = "above"
# The longest time for one step, in working days: a quarter of a year is no deadline any more.
MOST_DAYS = 60
MOST_SEATS = 5
STEPS = {
    "line": Column(),
    "seats": Column(type=list),
    "otherwise": Column(type=list, default=[]),
    "quorum": Column(type=int, default=1),
    "alternates": Column(type=list, default=[]),
    "pulls_up": Column(type=bool, default=False),
    "stand_in": Column(default=""),
    "days": Column(type=int, default=0),
}
CHAINS = {
    "code": Column(),
    "name_th": Column(),
    "name_en": Column(default=""),
    "kind": Column(default="", choices=frozenset(KindCode.values)),
    "section": Column(default=""),
    "unit": Column(default=""),
    "action": Column(default="", choices=frozenset(SUBMITTABLE)),
    "urgency": Column(choices=frozenset(Urgency.values)),
    "line": Column(),
    "informed": Column(type=list, default=[]),
}


@dataclass(frozen=True)
class Plan:
    """One step of a chain before it is known whose disclosure walks it.

    `alternates` are pairs (seat, post that may decide in its place at any time). `stand_in` is who decides
    for a vacant seat: "" nobody, `ABOVE`, or a post. `days` are working days, 0 for no deadline.
    """

    seats: tuple[str, ...]
    otherwise: tuple[str, ...] = ()
    quorum: int = 1
    alternates: tuple[tuple[str, str], ...] = ()
    pulls_up: bool = False
    stand_in: str = ""
    days: int = 0

    def to_json(self) -> Row:
        """Seats always; the rest where it says something."""
        return {"seats": list(self.seats)} | _to_json(self, Plan(()))

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        return cls(**{name: _frozen(value) for name, value in row.items()})


@dataclass(frozen=True)
class Step:
    """One step with concrete posts: `stand_ins` are pairs (post, those who decide while it is vacant, in order)."""

    posts: tuple[str, ...]
    quorum: int = 1
    alternates: tuple[tuple[str, str], ...] = ()
    pulls_up: bool = False
    stand_ins: tuple[tuple[str, tuple[str, ...]], ...] = ()
    days: int = 0

    def to_json(self) -> Row:
        """Posts and quorum always, as the first submissions had them; the rest where it says something."""
        return {"posts": list(self.posts), "quorum": self.quorum} | _to_json(self, Step(()))

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        return cls(**{name: _frozen(value) for name, value in row.items()})

    def seat_of(self, post: str) -> str:
        """A post and its alternate fill one seat, which is called by the post."""
        return next((seat for seat, alternate in self.alternates if alternate == post), post)

    @property
    def asked(self) -> frozenset[str]:
        """Its own posts, and those that stand in while one of them is vacant."""
        return frozenset(self.posts).union(*(others for _seat, others in self.stand_ins))

    @property
    def seats(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.seat_of(post) for post in self.posts))


def _to_json(row: Plan | Step, plain: Plan | Step) -> Row:
    named = {each.name: getattr(row, each.name) for each in fields(row)}
    said = {name: value for name, value in named.items() if value != getattr(plain, name)}
    return {name: _thawed(value) for name, value in said.items()}


def _thawed(value: Any) -> Any:
    """As JSON gives it back."""
    return [_thawed(each) for each in value] if isinstance(value, tuple) else value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value


@dataclass(frozen=True)
class Head:
    """The head of the section or division: `post` is "" when the unit has none that approves."""

    unit_name: str
    post: str = ""


@dataclass(frozen=True)
class Known:
    """What a file of chains may name."""

    posts: Set[str]
    units: Set[str] = frozenset()
    sections: Set[str] = frozenset()


class Draft(NamedTuple):
    """A chain as a file has it: the columns of its version, and its steps."""

    row: Row
    plans: tuple[Plan, ...]


def read_chains(text: str, *, name: str, known: Known) -> list[Draft]:
    """Raises `BadFile`. Whether two chains are in doubt is for `scopes` to say."""
    rows = parse(text, name=name)
    steps, chains = rows.table("steps", STEPS), rows.table("chains", CHAINS)
    _check_seats(rows, steps, known.posts)
    rows.refuse_repeats("chains", chains, "code")
    rows.refuse_strangers("chains", chains, "line", {step["line"] for step in steps})
    rows.refuse_strangers("chains", chains, "unit", set(known.units))
    rows.refuse_strangers("chains", chains, "section", set(known.sections))
    for index, row in enumerate(chains):
        _refuse_unknown_posts(rows, "chains", index, row["informed"], known.posts)
    lines: dict[str, list[Plan]] = {}
    for step in steps:
        lines.setdefault(step["line"], []).append(_plan(step))
    _refuse_doubt(rows, chains)
    return [Draft(_without_line(row), tuple(lines[row["line"]])) for row in chains]


def _plan(step: Row) -> Plan:
    pairs = tuple(tuple(pair.split(":", 1)) for pair in step["alternates"])
    named = {name: _frozen(value) for name, value in step.items() if name != "line"}
    return Plan(**named | {"alternates": pairs})


def _without_line(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "line"}


def _refuse_doubt(rows: Rows, chains: Sequence[Row]) -> None:
    seen: set[tuple[str, ...]] = set()
    for index, row in enumerate(chains):
        key = tuple(row[name] for name in ("kind", "section", "unit", "action", "urgency"))
        if key in seen:
            raise rows.error("chains", index, "มีสายอื่นสำหรับ kind, action และ urgency เดียวกันแล้ว")
        seen.add(key)


def _check_seats(rows: Rows, steps: Sequence[Row], posts: Set[str]) -> None:
    for index, step in enumerate(steps):
        _refuse_unknown_posts(rows, "steps", index, _named_posts(step), posts)
        if not 1 <= step["quorum"] <= len(step["seats"]):
            raise rows.error("steps", index, "“quorum” ต้องอยู่ระหว่าง 1 กับจำนวน “seats”")
        if len(step["seats"]) > MOST_SEATS or len(step["otherwise"]) > 1:
            sentence = f"“seats” มีได้ไม่เกิน {MOST_SEATS} ตำแหน่ง และ “otherwise” ไม่เกินหนึ่ง"
            raise rows.error("steps", index, sentence)
        if not 0 <= step["days"] <= MOST_DAYS:
            raise rows.error("steps", index, f"“days” ต้องอยู่ระหว่าง 0 กับ {MOST_DAYS}")
        strangers = [pair for pair in step["alternates"] if pair.split(":")[0] not in step["seats"]]
        if strangers:
            raise rows.error(
                "steps", index, f"“alternates” อ้างถึง “{strangers[0]}” ซึ่งไม่อยู่ใน “seats”"
            )


def _named_posts(step: Row) -> list[str]:
    """Every post that must exist; patterns stand only in `seats`."""
    seats = [seat for seat in step["seats"] if seat not in PATTERNS]
    others = [pair.partition(":")[2] for pair in step["alternates"]]
    stand_in = [step["stand_in"]] if step["stand_in"] not in ("", ABOVE) else []
    return [*seats, *step["otherwise"], *others, *stand_in]


def _refuse_unknown_posts(
    rows: Rows, key: str, index: int, named: Sequence[str], posts: Set[str]
) -> None:
    strangers = [post for post in named if post not in posts]
    if strangers:
        raise rows.error(key, index, f"ไม่มีตำแหน่ง “{strangers[0]}” ในโครงสร้างหน่วยงาน")


def resolve(
    plans: Sequence[Plan],
    heads: Mapping[str, Head | None],
    above: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> tuple[list[Step], list[Blocker]]:
    """The posts of each step. `heads` maps a pattern to None where no such unit stands above.

    `above` names for each post those that sit above it, the nearest first.
    """
    found = [(plan, _seats(plan, heads)) for plan in plans]
    steps = [_step(plan, seats, heads, above) for plan, seats in found if seats]
    named = [heads.get(seat) for _plan, seats in found for seat in seats]
    headless = dict.fromkeys(head.unit_name for head in named if head and not head.post)
    return steps, [*(Blocker(SubmissionBlocker.NO_HEAD, name) for name in headless), *_flaws(steps)]


def _step(
    plan: Plan,
    seats: Sequence[str],
    heads: Mapping[str, Head | None],
    above: Mapping[str, tuple[str, ...]],
) -> Step:
    # Two seats may turn out to be one post; then it counts once, and the quorum is not lowered.
    posts = tuple(dict.fromkeys(post_of(seat, heads) for seat in seats))
    pairs = [(post_of(seat, heads), other) for seat, other in plan.alternates if seat in seats]
    alternates = tuple((seat, other) for seat, other in pairs if other not in posts)
    seated = posts if plan.stand_in else ()
    return Step(
        posts=(*posts, *(other for _seat, other in alternates)),
        quorum=plan.quorum,
        alternates=alternates,
        pulls_up=plan.pulls_up,
        stand_ins=tuple((post, _stand_ins(plan, post, posts, above)) for post in seated),
        days=plan.days,
    )


def _stand_ins(
    plan: Plan, post: str, posts: Sequence[str], above: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """Nobody who has a seat of their own at this step: they speak once."""
    named = above.get(post, ()) if plan.stand_in == ABOVE else (plan.stand_in,)
    return tuple(each for each in named if each not in posts)


def _flaws(steps: Sequence[Step]) -> list[Blocker]:
    """Why nobody could walk these steps to their end, whoever sits in the posts."""
    if not steps:
        return [Blocker(SubmissionBlocker.NO_CHAIN)]
    if any(step.quorum > len(step.seats) for step in steps):
        return [Blocker(SubmissionBlocker.NO_QUORUM)]
    return []


def _seats(plan: Plan, heads: Mapping[str, Head | None]) -> list[str]:
    """Without the patterns that fit no unit; if nothing is left, those of `otherwise`."""
    # A pattern without a unit is None in `heads`; a post's code is not in it at all and stands for itself.
    return [seat for seat in plan.seats if heads.get(seat, seat)] or list(plan.otherwise)


def post_of(seat: str, heads: Mapping[str, Head | None]) -> str:
    """A pattern becomes the post of the unit's head, "" where there is none; a post stays itself."""
    if seat not in PATTERNS:
        return seat
    head = heads.get(seat)
    return head.post if head else ""
