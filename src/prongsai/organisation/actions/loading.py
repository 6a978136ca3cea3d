"""Brings the tables in line with data files. What a file does not name is left alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from prongsai.organisation.actions.appointing import clashes
from prongsai.organisation.actions.trail import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.chart import Chart
from prongsai.organisation.models import Appointment, Person, Post, Role, Unit
from prongsai.organisation.queries import living
from prongsai.organisation.refusals import CannotAppoint
from prongsai.organisation.rows import Row
from prongsai.organisation.states import Standing

ModelT = TypeVar("ModelT", bound=models.Model)


@transaction.atomic
def load_roles(*, roles: Iterable[Row], by: Actor, at: datetime) -> int:
    """Returns how many rows were added or changed; loading the same again returns 0."""
    changed = sum(_bring(Role, row, "code")[1] for row in roles)
    _record(changed, verb="load_roles", by=by, at=at)
    return changed


@transaction.atomic
def load_chart(*, chart: Chart, by: Actor, at: datetime) -> int:
    """Returns how many rows were added or changed. Raises `CannotAppoint`; then nothing is loaded."""
    # In this order, for each part points at rows of the one before.
    changed = sum(_load_unit(row) for row in chart.units)
    changed += sum(_load_post(row) for row in chart.posts)
    changed += sum(_load_person(row) for row in chart.people)
    changed += sum(_load_appointment(row) for row in chart.appointments)
    _record(changed, verb="load_organisation", by=by, at=at)
    return changed


def _record(changed: int, *, verb: str, by: Actor, at: datetime) -> None:
    if changed:
        record_act(by=by, at=at, verb=verb, details={"changed": changed})


def _load_unit(row: Row) -> bool:
    parent = Unit.objects.filter(code=row["parent"]).first()
    return _bring(Unit, row | {"parent": parent}, "code")[1]


def _load_post(row: Row) -> bool:
    wanted = set(row["roles"])
    fields = {name: value for name, value in row.items() if name != "roles"}
    post, changed = _bring(
        Post, fields | {"unit": living(Unit.objects.get(code=row["unit"]))}, "code"
    )
    if set(post.roles.values_list("code", flat=True)) == wanted:
        return changed
    post.roles.set(Role.objects.filter(code__in=wanted))
    return True


def _load_person(row: Row) -> bool:
    # A password is never in the file; until one is set, nobody can sign in.
    person, changed = _bring(Person, row, "username")
    if not person.password:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return changed


def _load_appointment(row: Row) -> bool:
    person = Person.objects.get(username=row["person"])
    fields = row | {"person": person, "post": Post.objects.get(code=row["post"])}
    # Whoever loads the file sits at the machine itself: what it says counts.
    fields["standing"] = Standing.COUNTS
    keys = ("person", "post", "from_date")
    known = Appointment.objects.filter(**{key: fields[key] for key in keys}).first()
    # An end that the office recorded is not in the file: loading it again must not open the door anew.
    if known and fields["to_date"] is None:
        fields["to_date"] = known.to_date
    blockers = clashes(Appointment(pk=known.pk if known else None, **fields))
    if blockers:
        raise CannotAppoint(blockers)
    return _bring(Appointment, fields, *keys)[1]


def _bring(model: type[ModelT], fields: dict[str, Any], *keys: str) -> tuple[ModelT, bool]:
    """The row that these keys name, made or changed to have these fields; and whether it was."""
    named = {key: fields[key] for key in keys}
    row = model._default_manager.filter(**named).first()
    if row is None:
        return model._default_manager.create(**fields), True
    # Only what differs is written, so that loading the same file again is no change and no act.
    stale = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in stale:
        setattr(row, name, fields[name])
    if stale:
        row.save(update_fields=stale)
    return row, bool(stale)
