"""What lists show, as plain rows that a template only has to place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from prongsai.approval.models import Decision
from prongsai.disclosures.models import Section
from prongsai.organisation.models import Appointment, Post
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
    posts = Post.objects.select_related("unit").prefetch_related("roles")
    for post in posts.order_by("unit__position", "unit__code", "rank"):
        seats[post.unit.name_th].append(_seat(post, held[post.pk]))
    return [UnitOfChart(name, tuple(posts)) for name, posts in seats.items()]


def _seat(post: Post, holders: Iterable[Appointment]) -> Seat:
    roles = tuple(role.name_th for role in post.roles.all())
    return Seat(title=post.title_th, holders=tuple(holders), roles=roles)


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


@dataclass(frozen=True)
class ChainStep:
    number: int
    quorum: int
    posts: tuple[ChainPost, ...]
    state: str


def chain_steps(
    steps: Iterable[Mapping[str, Any]],
    *,
    on: date,
    at_step: int = 0,
    decisions: Iterable[Decision] = (),
) -> list[ChainStep]:
    """The way through a chain; `state` is done, now or later."""
    rows = list(steps)
    titles = _titles({code for row in rows for code in row["posts"]})
    people = _people(titles, on)
    said = {(one.step, one.post_code): one for one in decisions}
    return [
        ChainStep(
            number=place + 1,
            quorum=row["quorum"],
            state="done" if place < at_step else "now" if place == at_step else "later",
            posts=tuple(
                ChainPost(titles.get(code, code), people[code], said.get((place, code)))
                for code in row["posts"]
            ),
        )
        for place, row in enumerate(rows)
    ]


def _titles(codes: set[str]) -> dict[str, str]:
    return dict(Post.objects.filter(code__in=codes).values_list("code", "title_th"))


def _people(codes: Iterable[str], on: date) -> dict[str, tuple[str, ...]]:
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
