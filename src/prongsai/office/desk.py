"""Who sits at the desk in this request: the person, the posts they hold today, and the one they act as."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import cast

from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Person, Unit
from prongsai.organisation.queries import actor_by, actor_for, is_in_scope, posts_held
from prongsai.organisation.states import RoleCode

CHOSEN_POST = "office_post"
# Whoever can make something public, or change who can, proves more than a password.
SECOND_FACTOR_ROLES = frozenset(
    {RoleCode.APPROVER, RoleCode.SCREENER, RoleCode.WEBMASTER, RoleCode.ADMINISTRATOR}
)


@dataclass(frozen=True)
class Desk:
    """One request's answer to "who am I": nothing of it is trusted beyond the day `on`."""

    person: Person
    on: date
    appointments: tuple[Appointment, ...]
    chosen: Appointment | None

    @cached_property
    def actor(self) -> Actor:
        """As what they act now; without a post only their name, which no action accepts as an office."""
        if self.chosen is None:
            return Actor(person_id=self.person.pk, name=self.person.full_name)
        return actor_by(self.chosen)

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(code for held in self.appointments for code in roles_of(held))

    def reaching(self, kind: str, unit: Unit) -> "Desk":
        """The desk with those posts alone whose order reaches work of this kind and unit."""
        if not any(held.is_limited for held in self.appointments):
            return self
        within = tuple(held for held in self.appointments if is_in_scope(held, kind, unit))
        return replace(self, appointments=within)

    @property
    def unit_codes(self) -> frozenset[str]:
        return frozenset(held.post.unit.code for held in self.appointments)

    @property
    def writing_units(self) -> frozenset[str]:
        """Units for which a post of theirs writes; that another post lies in a unit makes nobody its officer."""
        writing = (held for held in self.appointments if RoleCode.OFFICER in roles_of(held))
        return frozenset(held.post.unit.code for held in writing)

    @property
    def post_codes(self) -> frozenset[str]:
        return frozenset(held.post.code for held in self.appointments)

    @property
    def needs_second_factor(self) -> bool:
        return bool(self.roles & SECOND_FACTOR_ROLES)

    def actor_at(self, post_code: str) -> Actor:
        """As this post; without one as whoever they are, which actions refuse and remember."""
        if not post_code:
            return self.actor
        return actor_for(self.person, post_code=post_code, on=self.on)

    def actor_with(self, role: str) -> Actor:
        """As the chosen post when it has the role, else as the first held post that has it."""
        if self.chosen is None or role in roles_of(self.chosen):
            return self.actor
        fitting = next((held for held in self.appointments if role in roles_of(held)), self.chosen)
        return actor_by(fitting)


def roles_of(appointment: Appointment) -> frozenset[str]:
    return frozenset(role.code for role in appointment.post.roles.all())


def desk_for(person: Person, *, chosen_code: str, on: date) -> Desk:
    """The desk of a person; a chosen post that they do not hold that day is as if not chosen."""
    held = tuple(posts_held(person, on))
    prefetch_related_objects(held, "post__roles")
    chosen = next((one for one in held if one.post.code == chosen_code), held[0] if held else None)
    return Desk(person=person, on=on, appointments=held, chosen=chosen)


def desk_of(request: HttpRequest) -> Desk:
    """The desk that `OpenDesk` put there for a signed-in person."""
    return cast("Desk", request.desk)  # type: ignore[attr-defined]  # set by our middleware
