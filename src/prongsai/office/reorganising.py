"""What a reorganisation would move and what stands in its way, before anything is changed."""

import hashlib
import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate

from prongsai.approval.chains import Plan as ChainPlan
from prongsai.approval.models import Submission
from prongsai.approval.queries import steps_of
from prongsai.approval.queries.chains import in_force
from prongsai.approval.states import OPEN_STATES, SubmissionState
from prongsai.approval.timing import is_at_the_gate
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.intake.models import Batch
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Post, Unit
from prongsai.organisation.queries import held_by
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.states import ReorganisationBlocker, RoleCode, UnitLevel
from prongsai.thai.normalise import normalise

MERGE, RENAME, CLOSE = "merge", "rename", "close"


@dataclass(frozen=True)
class Wish:
    """What somebody wants: `unit` goes into `successor`, gets other names, or ends. `order` is by whose word.

    Of one that ends the `successor` is the unit that answers for what is left (`residual_unit`).
    """

    kind: str
    unit: Unit
    order: str
    successor: Unit | None = None
    name_th: str = ""
    name_en: str = ""


@dataclass(frozen=True)
class Plan:
    """What moves: disclosures by stage, posts by title, units below by name; and every reason against."""

    wish: Wish
    stages: tuple[tuple[str, int], ...]
    posts: tuple[str, ...]
    units: tuple[str, ...]
    batches: int
    under_way: int
    # Of a unit that ends: how many submissions go back to their writers, and who holds its posts until today.
    returned: int
    holders: tuple[str, ...]
    blockers: tuple[Blocker, ...]

    @property
    def disclosures(self) -> int:
        return sum(count for _stage, count in self.stages)

    @property
    def seen(self) -> str:
        """Of what this plan says: an apply that names another one is not what somebody agreed to."""
        wish = self.wish
        said = [wish.kind, wish.unit.code, wish.order, wish.name_th, wish.name_en]
        said.append(wish.successor.code if wish.successor else "")
        counted = [self.stages, self.posts, self.units, self.batches, self.under_way]
        counted += [self.returned, self.holders]
        return hashlib.sha256(json.dumps([said, counted]).encode()).hexdigest()


def open_submissions_of(unit: Unit) -> QuerySet[Submission]:
    """Of the works that are the unit's now."""
    return Submission.objects.filter(state__in=OPEN_STATES, disclosure__unit=unit)


def plan(wish: Wish, *, by: Actor, at: datetime) -> Plan:
    on = localdate(at)
    ends = wish.kind == CLOSE
    open_ones = Submission.objects.filter(
        state__in=OPEN_STATES, revision__content__unit=wish.unit.code
    )
    under_way = open_ones.count()
    works = Disclosure.objects.filter(unit=wish.unit).order_by("stage")
    stages = works.values_list("stage").annotate(count=Count("pk"))
    return Plan(
        wish=wish,
        stages=tuple((str(Stage(stage)), count) for stage, count in stages),
        posts=tuple(each.title for each in Post.objects.filter(unit=wish.unit)),
        units=tuple(each.name for each in wish.unit.children.all()),
        batches=Batch.objects.filter(unit=wish.unit).count(),
        under_way=under_way,
        returned=open_submissions_of(wish.unit).count() if ends else 0,
        holders=tuple(_holders(wish.unit, on)) if ends else (),
        blockers=(*_blockers(wish, under_way, by, on), *(_closing(wish, on, at) if ends else ())),
    )


def _blockers(wish: Wish, under_way: int, by: Actor, on: date) -> Iterator[Blocker]:
    if not held_by(by, on=on).filter(post__roles__code=RoleCode.ADMINISTRATOR).exists():
        yield Blocker(ReorganisationBlocker.NOT_ADMINISTRATOR)
    if not wish.order.strip():
        yield Blocker(ReorganisationBlocker.NO_ORDER)
    if wish.unit.successor is not None:
        yield Blocker(ReorganisationBlocker.ENDED, wish.unit.name)
    if wish.kind == RENAME:
        yield from _renaming(wish, under_way)
    else:
        if wish.kind == MERGE:
            yield from _merging(wish)
        yield from _naming_it(wish.unit, on)


def _merging(wish: Wish) -> Iterator[Blocker]:
    successor = wish.successor
    if successor is None:
        yield Blocker(ReorganisationBlocker.NO_SUCCESSOR)
    elif successor == wish.unit:
        yield Blocker(ReorganisationBlocker.SAME_UNIT)
    elif successor.successor is not None:
        yield Blocker(ReorganisationBlocker.ENDED, successor.name)
    elif _is_below(successor, wish.unit):
        yield Blocker(ReorganisationBlocker.SUCCESSOR_IS_BELOW, successor.name)
    elif successor.level == UnitLevel.MUNICIPALITY:
        yield from _rising(wish.unit)


def _rising(unit: Unit) -> Iterator[Blocker]:
    """Who approves for the municipality also watches its administrators: no administrator alone makes somebody one."""
    rising = Post.objects.filter(unit=unit, roles__code=RoleCode.APPROVER).order_by("rank", "code")
    for each in rising:
        yield Blocker(ReorganisationBlocker.RAISES_POSTS, each.title)


def _holders(unit: Unit, on: date) -> list[str]:
    held = Appointment.objects.filter(post__unit=unit).exclude(to_date__lte=on)
    rows = held.select_related("person", "post").order_by("post__rank", "id")
    return [f"{each.person.full_name}: {each.post.title}" for each in rows]


def _closing(wish: Wish, on: date, at: datetime) -> Iterator[Blocker]:
    """Nobody may be left waiting for a post that is held by nobody any more."""
    unit, rest = wish.unit, wish.successor
    if rest is None or rest == unit or _is_below(rest, unit):
        yield Blocker(ReorganisationBlocker.NO_RESIDUAL)
    below = unit.children.filter(successor=None).first()
    if below is not None:
        yield Blocker(ReorganisationBlocker.HAS_CHILDREN, below.name)
    approved = open_submissions_of(unit).filter(state=SubmissionState.APPROVED)
    if any(is_at_the_gate(each.publish_after, each.approved_at, at=at) for each in approved):
        yield Blocker(ReorganisationBlocker.AT_THE_GATE)
    yield from _waited_for(unit, on)


def _waited_for(unit: Unit, on: date) -> Iterator[Blocker]:
    """Chains, submissions and offices that would be without the posts of this unit."""
    posts = set(Post.objects.filter(unit=unit).values_list("code", flat=True))
    for version in in_force(on).values():
        if posts & {
            *version.informed,
            *(post for plan in version.steps for post in seats_of(plan)),
        }:
            yield Blocker(ReorganisationBlocker.CHAIN_ASKS_IT, version.name)
    administrators = Appointment.objects.held(on=on).filter(
        post__roles__code=RoleCode.ADMINISTRATOR, person__is_active=True
    )
    if not administrators.exclude(post__unit=unit).exists():
        yield Blocker(ReorganisationBlocker.LAST_ADMINISTRATOR)
    elsewhere = _asked_elsewhere(unit, posts)
    if elsewhere:
        yield Blocker(ReorganisationBlocker.ASKED_ELSEWHERE, str(elsewhere))


def seats_of(plan: ChainPlan) -> Iterator[str]:
    """Every post that a step names, as a seat or in the place of one."""
    yield from (*plan.seats, *plan.otherwise, plan.stand_in)
    yield from (alternate for _seat, alternate in plan.alternates)


def _asked_elsewhere(unit: Unit, posts: AbstractSet[str]) -> int:
    """How many submissions of other units are to be decided by these posts, now or later."""
    rows = Submission.objects.filter(state=SubmissionState.UNDER_WAY).exclude(disclosure__unit=unit)
    ahead = ({post for step in steps_of(each)[each.step :] for post in step.posts} for each in rows)
    return sum(bool(posts & asked) for asked in ahead)


def _naming_it(unit: Unit, on: date) -> Iterator[Blocker]:
    """Chains and orders that say this very unit: whether they hold for the other one, a person must say."""
    for version in in_force(on).values():
        if version.unit_code == unit.code:
            yield Blocker(ReorganisationBlocker.CHAIN_NAMES_IT, version.name)
    limited = Appointment.objects.exclude(scope_units=[]).exclude(to_date__lt=on)
    for one in limited.select_related("person"):
        if unit.code in one.scope_units:
            yield Blocker(ReorganisationBlocker.ORDER_NAMES_IT, one.person.full_name)


def _is_below(unit: Unit, other: Unit) -> bool:
    above = unit.parent
    while above is not None and above != other:
        above = above.parent
    return above is not None


def _renaming(wish: Wish, under_way: int) -> Iterator[Blocker]:
    """The name is part of what was approved; under another name nobody approved it."""
    if wish.name_th in ("", wish.unit.name_th):
        yield Blocker(ReorganisationBlocker.NO_NAME)
    for taken in _names_taken(wish):
        yield Blocker(ReorganisationBlocker.NAME_TAKEN, taken)
    if under_way:
        yield Blocker(ReorganisationBlocker.UNDER_WAY, str(under_way))


def _names_taken(wish: Wish) -> list[str]:
    """Names of other units, in either language, that nobody could tell from those that are wanted."""
    wanted = {normalise(name) for name in (wish.name_th, wish.name_en)} - {""}
    others = Unit.objects.in_use().exclude(pk=wish.unit.pk)
    names = (name for each in others for name in (each.name_th, each.name_en))
    return list(dict.fromkeys(name for name in names if normalise(name) in wanted))
