"""What lists show, as plain rows that a template only has to place."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from prongsai.approval.chains import Step
from prongsai.approval.models import Decision
from prongsai.disclosures.models import Section
from prongsai.organisation.models import Appointment, Post
from prongsai.organisation.queries import post_titles
from prongsai.organisation.states import Capacity


@dataclass(frozen=True)
class Seat:
    """A post today: nobody, one holder, or several (holder and stand-in)."""

    title: str
    holders: tuple[Appointment, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True)
class UnitOfChart:
    name: str
    posts: tuple[Seat, ...]


def chart(on: date) -> list[UnitOfChart]:
    """Units in their order, each with its posts and who holds them that day."""
    held: dict[int, list[Appointment]] = defaultdict(list)
    for one in Appointment.objects.held(on=on).select_related("person"):
        held[one.post_id].append(one)
    seats: dict[str, list[Seat]] = defaultdict(list)
    # Of a unit that ended without a successor the posts stay, and nobody is appointed to them any more.
    living = Post.objects.filter(unit__successor=None)
    posts = living.select_related("unit").prefetch_related("roles")
    for post in posts.order_by("unit__position", "unit__code", "rank"):
        seats[post.unit.name].append(_seat(post, held[post.pk]))
    return [UnitOfChart(name, tuple(posts)) for name, posts in seats.items()]


def _seat(post: Post, holders: Iterable[Appointment]) -> Seat:
    roles = tuple(role.name for role in post.roles.all())
    return Seat(title=post.title, holders=tuple(holders), roles=roles)


def place_of(section: Section) -> dict[str, Any]:
    """Where a child section stands now, counted from 1; one of the nine stands nowhere."""
    if section.parent is None:
        return {}
    slugs = list(section.parent.children.values_list("slug", flat=True))
    return {"parent": section.parent.slug, "place": slugs.index(section.slug) + 1}


@dataclass(frozen=True)
class ChainPost:
    """A post of a step: who holds it today, and what it has said in this round."""

    title: str
    holders: tuple[str, ...]
    decision: Decision | None
    alternate_of: str = ""
    stand_in: str = ""


@dataclass(frozen=True)
class ChainStep:
    """`state` is done, passed (over by a later post), now or later; `days` are working days, 0 for no deadline."""

    number: int
    quorum: int
    posts: tuple[ChainPost, ...]
    state: str
    days: int = 0
    pulls_up: bool = False


def chain_steps(
    steps: Iterable[Mapping[str, Any]],
    *,
    on: date,
    at_step: int = 0,
    decisions: Iterable[Decision] = (),
    passed: Collection[int] = (),
) -> list[ChainStep]:
    """The way through a chain, with the people of that day and what they have said."""
    rows = [Step.from_json(row) for row in steps]
    codes = {code for row in rows for code in row.posts}
    codes |= {other for row in rows for _seat, others in row.stand_ins for other in others}
    seats = Seats(titles=post_titles(codes), people=people_in(codes, on))
    said = {(one.step, one.seat): one for one in decisions}
    return [
        ChainStep(
            number=place + 1,
            quorum=row.quorum,
            state=_state(place, at_step, passed),
            posts=tuple(
                _chain_post(row, code, said.get((place, code)), seats) for code in row.posts
            ),
            days=row.days,
            pulls_up=row.pulls_up,
        )
        for place, row in enumerate(rows)
    ]


def _state(place: int, at_step: int, passed: Collection[int]) -> str:
    if place in passed:
        return "passed"
    return "done" if place < at_step else "now" if place == at_step else "later"


@dataclass(frozen=True)
class Seats:
    """Posts by their code: what they are called, and who is in them."""

    titles: Mapping[str, str]
    people: Mapping[str, tuple[str, ...]]


def _chain_post(step: Step, code: str, decision: Decision | None, seats: Seats) -> ChainPost:
    holders = seats.people.get(code, ())
    seat = step.seat_of(code)
    standing = dict(step.stand_ins).get(code, ()) if not holders else ()
    stand_in = next((other for other in standing if seats.people.get(other)), "")
    return ChainPost(
        title=seats.titles.get(code, code),
        holders=holders,
        decision=decision,
        alternate_of=seats.titles.get(seat, seat) if seat != code else "",
        stand_in=", ".join((seats.titles.get(stand_in, ""), *seats.people.get(stand_in, ())))
        if stand_in
        else "",
    )


def signature_of(held: Appointment) -> str:
    """The post, and how it is held when somebody only stands in."""
    if held.capacity == Capacity.SUBSTANTIVE:
        return held.post.title
    return f"{held.post.title} ({held.get_capacity_display()})"


def people_in(codes: Iterable[str], on: date) -> dict[str, tuple[str, ...]]:
    """Names, with the capacity of those who only stand in."""
    names: dict[str, tuple[str, ...]] = defaultdict(tuple)
    held = Appointment.objects.held(on=on).filter(
        post__code__in=list(codes), person__is_active=True
    )
    for one in held.select_related("person", "post"):
        name = one.person.full_name
        if one.capacity != Capacity.SUBSTANTIVE:
            name = f"{name} ({one.get_capacity_display()})"
        names[one.post.code] = (*names[one.post.code], name)
    return names
