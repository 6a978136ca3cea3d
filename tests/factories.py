"""The plainest valid rows of the organisation. Apps add theirs in `tests/<app>/factories.py`."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Person, Post, Role, Unit
from prongsai.organisation.queries import actor_for
from prongsai.organisation.states import Capacity, RoleCode, UnitLevel

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
_numbers = count(1)


def unit(code: str | None = None, **fields: Any) -> Unit:
    code = code or f"unit-{next(_numbers)}"
    defaults: dict[str, Any] = {"name_th": f"หน่วยงาน {code}", "level": UnitLevel.DIVISION}
    return Unit.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def role(code: str) -> Role:
    name = RoleCode(code).label
    fields = {"name_th": name, "name_en": code, "description_th": f"งานของ{name}"}
    return Role.objects.get_or_create(code=code, defaults=fields)[0]


def post(code: str | None = None, *, roles: Iterable[str] = (), **fields: Any) -> Post:
    code = code or f"post-{next(_numbers)}"
    defaults: dict[str, Any] = {"title_th": f"ตำแหน่ง {code}", "unit": fields.pop("unit", None)}
    defaults["unit"] = defaults["unit"] or unit("city", level=UnitLevel.MUNICIPALITY)
    made, _created = Post.objects.get_or_create(code=code, defaults=defaults | fields)
    made.roles.add(*(role(name) for name in roles))
    return made


def person(username: str | None = None, **fields: Any) -> Person:
    number = next(_numbers)
    defaults = {"title_th": "นาง", "first_name": f"ทดสอบ{number}", "last_name": "ใจดี"}
    return Person.objects.create(username=username or f"person-{number}", **(defaults | fields))


def appointment(**fields: Any) -> Appointment:
    defaults: dict[str, Any] = {"from_date": date(2026, 10, 1)}
    for name, make in (("person", person), ("post", post)):
        if name not in fields:
            defaults[name] = make()
    return Appointment.objects.create(**(defaults | fields))


def acting(**fields: Any) -> Appointment:
    """An appointment of somebody who stands in, with the order that says so."""
    order = {"order_number": "745/2569", "order_date": date(2026, 9, 28)}
    return appointment(**({"capacity": Capacity.ACTING, **order} | fields))


def holder(post_code: str, *, roles: Iterable[str] = (), **fields: Any) -> Person:
    """Somebody who holds this post in their own right."""
    return appointment(post=post(post_code, roles=roles), **fields).person


def actor(post_code: str | None = None, *, roles: Iterable[str] = ()) -> Actor:
    """A new person who acts as holder of this post today."""
    code = post_code or f"post-{next(_numbers)}"
    return actor_for(holder(code, roles=roles), post_code=code, on=TODAY)
